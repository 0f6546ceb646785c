"""What a ledger answers with: claims with their verdicts, targets with what became of them, readings summed up."""

from __future__ import annotations

from tallyman.model import Claim, Document, Noun, Observation, Reject, Target, TargetEvent, Verdict


class Checked(Noun, frozen=True, kw_only=True):
    """A claim with its two verdicts: as known on the day it was said, and as known on the day asked for.

    ``independent_sources`` carry the claim in the ledger, its own among them; copies count once, and none of
    them is evidence.
    """

    claim: Claim
    verdict_then: Verdict
    verdict_today: Verdict
    independent_sources: int | None = None


class Followed(Noun, frozen=True, kw_only=True):
    """A target with what became of it by the day asked for, one event a provider, the first one leading.

    ``declared`` is who said by then that it was reached, which is not yet that statistics confirm it.
    """

    target: Target
    events: tuple[TargetEvent, ...]
    declared: tuple[TargetEvent, ...] = ()


class Explained(Noun, frozen=True, kw_only=True):
    """All that stands behind a claim: its report, its verdicts, and the official rows that they used."""

    document: Document
    checked: Checked
    observations: tuple[Observation, ...]


class Summary(Noun, frozen=True, kw_only=True):
    """What a reading brought: documents seen and new, new claims, and what was refused."""

    documents: int = 0
    new_documents: int = 0
    new_claims: int = 0
    rejects: tuple[Reject, ...] = ()
