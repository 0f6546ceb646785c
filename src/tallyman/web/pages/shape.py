"""What the API returns: the nouns, and the sheets that carry them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import msgspec

from tallyman.mirror import Gap
from tallyman.model import Claim, Document, Noun, Observation, Story, Target, TargetEvent, Verdict
from tallyman.providers.catalogue import Provider
from tallyman.publish.chance import Chance
from tallyman.publish.coverage import Coverage, Health, PairCoverage
from tallyman.publish.standings import Standing
from tallyman.publish.view import PairView, SpeakerView
from tallyman.score import Fared

if TYPE_CHECKING:
    from tallyman.publish.view import ClaimView, TargetView


class Sheet(Noun, frozen=True, kw_only=True):
    """Every answer names the day whose knowledge it shows and the edition of the ledger it comes from."""

    as_of: date
    edition: str


class Judged(Noun, frozen=True, kw_only=True):
    """A claim with both verdicts."""

    claim: Claim
    verdict_then: Verdict | None
    verdict_today: Verdict | None


class Followed(Target, frozen=True, kw_only=True):
    """A target with its status and the event that decided it."""

    status: str
    outcome: TargetEvent | None


class Counted(Noun, frozen=True, kw_only=True):
    """A value to filter by, and how many rows have it."""

    value: str
    count: int


class Targets(Sheet, frozen=True, kw_only=True):
    """A page of targets; ``next`` is the value of ``after`` that continues it."""

    items: tuple[Followed, ...]
    total: int
    next: int | None


class TargetSheet(Sheet, frozen=True, kw_only=True):
    """One target with all its events, the claims that state it and, while open, how likely it is to be met."""

    target: Followed
    events: tuple[TargetEvent, ...]
    claims: tuple[Claim, ...]
    chances: tuple[Chance, ...]


class Claims(Sheet, frozen=True, kw_only=True):
    """A page of claims; ``next`` is the value of ``after`` that continues it."""

    items: tuple[Judged, ...]
    total: int
    next: int | None
    facets: dict[str, tuple[Counted, ...]]


class ClaimSheet(Sheet, frozen=True, kw_only=True):
    """One claim with its document and the official figures that its verdicts use."""

    claim: Claim
    verdict_then: Verdict | None
    verdict_today: Verdict | None
    document: Document
    observations: tuple[Observation, ...]


class Documents(Sheet, frozen=True, kw_only=True):
    """A page of documents; ``next`` is the value of ``after`` that continues it."""

    items: tuple[Document, ...]
    total: int
    next: int | None


class DocumentSheet(Sheet, frozen=True, kw_only=True):
    """One document with its claims."""

    document: Document
    claims: tuple[Judged, ...]


class StorySheet(Sheet, frozen=True, kw_only=True):
    """One story with its documents."""

    story: Story
    documents: tuple[Document, ...]


class Pairs(Sheet, frozen=True, kw_only=True):
    """All pairs."""

    items: tuple[PairView, ...]


class PairSheet(Sheet, frozen=True, kw_only=True):
    """One pair: its targets, its latest claims, and where both sides' counts differ."""

    pair: str
    targets: tuple[Followed, ...]
    claims: tuple[Judged, ...]
    mirror: tuple[Gap, ...]


class Speakers(Sheet, frozen=True, kw_only=True):
    """All speakers with their records."""

    items: tuple[SpeakerView, ...]


class SpeakerSheet(Sheet, frozen=True, kw_only=True):
    """One speaker's record and claims."""

    record: SpeakerView
    claims: tuple[Judged, ...]


class Providers(Sheet, frozen=True, kw_only=True):
    """All providers."""

    items: tuple[Coverage, ...]


class ProviderSheet(Sheet, frozen=True, kw_only=True):
    """One provider, how recently it released something, and its coverage by pair."""

    provider: Provider
    health: Health | None
    coverage: tuple[PairCoverage, ...]


class Scores(Sheet, frozen=True, kw_only=True):
    """The public record of forecasts: how each kind fared, and every forecast with its scores."""

    standings: tuple[Standing, ...]
    items: tuple[Fared, ...]


class Chances(Sheet, frozen=True, kw_only=True):
    """How the chance of a target moved, by provider and day, as issued or as replayed."""

    target_id: str
    items: tuple[Fared, ...]


class Stories(Sheet, frozen=True, kw_only=True):
    """A page of stories; ``next`` is the value of ``after`` that continues it."""

    items: tuple[Story, ...]
    total: int
    next: int | None


def judged(shown: ClaimView) -> Judged:
    """Return a claim with its two verdicts, as in ``check --format jsonl``."""
    return Judged(claim=shown.claim, verdict_then=shown.then, verdict_today=shown.today)


def followed(shown: TargetView) -> Followed:
    """Return a target with its status and the event that decided it."""
    fields = {name: getattr(shown.target, name) for name in Target.__struct_fields__}
    return Followed(**fields, status=shown.status, outcome=shown.outcome)


def brief(document: Document) -> Document:
    """Return a document without its text, for lists."""
    return msgspec.structs.replace(document, text="")


SHEETS: tuple[type[Sheet], ...] = (
    Targets,
    TargetSheet,
    Claims,
    ClaimSheet,
    Documents,
    DocumentSheet,
    StorySheet,
    Pairs,
    PairSheet,
    Speakers,
    SpeakerSheet,
    Providers,
    ProviderSheet,
    Scores,
    Chances,
    Stories,
)
