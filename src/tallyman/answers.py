"""What a ledger answers with: claims with their verdicts, targets with what became of them, readings summed up."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from tallyman import track
from tallyman.check import check
from tallyman.model import (
    Claim,
    Document,
    Noun,
    Observation,
    Reject,
    Target,
    TargetEvent,
    TargetStatus,
    Verdict,
)
from tallyman.publish import notebook
from tallyman.publish.view import ClaimView, evidence_ids

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence
    from datetime import date

    from tallyman.series import Shelf

_UNDATED = "The report carries no day, so what was known then cannot be told; give its day with --published."


class Checked(Noun, frozen=True, kw_only=True):
    """A claim with its two verdicts: as known on the day it was said, and as known on the day asked for.

    ``independent_sources`` carry the claim in the ledger, its own among them; copies count once, and none of
    them is evidence.
    """

    claim: Claim
    verdict_then: Verdict
    verdict_today: Verdict
    independent_sources: int | None = None

    @property
    def then(self) -> Verdict:
        """The verdict as known on the day it was said, as the tables of the exports name it."""
        return self.verdict_then

    @property
    def today(self) -> Verdict:
        """The verdict as known on the day asked for, as the tables of the exports name it."""
        return self.verdict_today

    @property
    def evidence_ids(self) -> tuple[str, ...]:
        """The ids of the official rows that both verdicts stand on."""
        return evidence_ids(self.verdict_then, self.verdict_today)

    def _repr_html_(self) -> str:
        return notebook.checked(self.claim, self.verdict_then, self.verdict_today)


class Followed(Noun, frozen=True, kw_only=True):
    """A target with what became of it by the day asked for, one event a provider, the first one leading.

    ``declared`` is who said by then that it was reached, which is not yet that statistics confirm it.
    """

    target: Target
    events: tuple[TargetEvent, ...]
    declared: tuple[TargetEvent, ...] = ()

    @property
    def status(self) -> TargetStatus:
        """What the leading provider's figures make of it; open while nobody counts it."""
        return self.events[0].status if self.events else "open"

    def _repr_html_(self) -> str:
        return notebook.followed(self.target, self.events, self.declared)


class Explained(Noun, frozen=True, kw_only=True):
    """All that stands behind a claim: its report, its verdicts, and the official rows that they used."""

    document: Document
    checked: Checked
    observations: tuple[Observation, ...]

    def _repr_html_(self) -> str:
        told = self.checked
        shown = ClaimView(
            claim=told.claim,
            document=self.document,
            then=told.then,
            today=told.today,
            evidence=self.observations,
        )
        return notebook.explained(shown)


class Summary(Noun, frozen=True, kw_only=True):
    """What a reading brought: documents seen and new, new claims, and what was refused."""

    documents: int = 0
    new_documents: int = 0
    new_claims: int = 0
    rejects: tuple[Reject, ...] = ()


def judged(
    claim: Claim,
    statistics: Shelf,
    *,
    published_on: date | None,
    as_of: date,
    beside: Collection[Claim],
    copies: Collection[str],
) -> Checked:
    """Return a claim with both verdicts; ``beside`` are the claims and ``copies`` the copies of its report."""
    judge = partial(check, claim, statistics, said_on=published_on, beside=beside, copies=copies)
    said_on = claim.said_on or published_on
    then = undated(claim, as_of) if said_on is None else judge(as_of=min(said_on, as_of))
    return Checked(claim=claim, verdict_then=then, verdict_today=judge(as_of=as_of))


def undated(claim: Claim, as_of: date) -> Verdict:
    """Return the verdict of the day on which a claim was said that nobody knows."""
    return Verdict(
        claim_id=claim.id, as_of=as_of, label="not_checkable", rule="undated", explanation=_UNDATED
    )


def said_by(claim: Claim, published_on: date | None, as_of: date) -> bool:
    """Tell whether a claim was said by ``as_of``; one of an unknown day always was."""
    day = claim.said_on or published_on
    return day is None or day <= as_of


def followed(
    register: Sequence[Target], said: Iterable[Claim], judge: track.Judge, *, as_of: date
) -> list[Followed]:
    """Return the targets of a register with what became of them by ``as_of``, and who declared them reached.

    ``said`` are the claims said by then, and ``register`` the targets that they set.
    """
    naming, newer = track.by_aim(said), track.successors(register)
    found = []
    for target in register:
        claims = naming.get(track.aim(target), [])
        successor = [newer[target.id]] if target.id in newer else []
        events = judge.events(target, as_of=as_of, register=successor, claims=claims)
        declared = tuple(track.declared(target, claims))
        found.append(Followed(target=target, events=tuple(events), declared=declared))
    return found
