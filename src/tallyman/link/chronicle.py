"""What happened between two areas, in order: events, first tellings of claims, targets, and what became of them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Literal

from tallyman import quantity
from tallyman.link.claim import repetitions
from tallyman.model import Claim, Document, Noun, Target, TargetEvent

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from tallyman.link.events import Event

_ORDER = ("event", "claim", "commitment", "target", "outcome")


class Entry(Noun, frozen=True, kw_only=True):
    """One line of a chronicle: the day, what it is, what is told, who tells it, and the record behind it."""

    on: date | None
    kind: Literal["event", "claim", "commitment", "target", "outcome"]
    text: str
    who: str | None = None
    place: str | None = None
    record_id: str
    document_id: str | None = None
    sources: int | None = None


def chronicle(
    pair: Collection[str],
    *,
    documents: Mapping[str, Document],
    claims: Iterable[Claim],
    events: Iterable[Event],
    targets: Iterable[tuple[Target, Iterable[TargetEvent]]],
    sources: Mapping[str, int],
) -> list[Entry]:
    """Return the chronicle of a pair, oldest first, undated entries last.

    Of a claim only its first telling; ``sources`` says how many independent ones there are. An event belongs to
    the pair if its sentence names both areas, or if the document makes a claim about the pair.
    """
    about = [claim for claim in claims if {claim.measure.reporter, claim.measure.partner} == set(pair)]
    speaking = {claim.document_id for claim in about}
    found = [_claim(group[0], documents, sources) for group in repetitions(about, documents.values())]
    found += [
        _event(row, documents) for row in events if row.document_id in speaking or set(pair) <= set(row.areas)
    ]
    for target, outcomes in targets:
        if {target.measure.reporter, target.measure.partner} == set(pair):
            found.append(_target(target))
            found += [_outcome(row) for row in outcomes if row.status != "open"]
    return sorted(found, key=lambda row: (row.on or date.max, _ORDER.index(row.kind), row.record_id))


def _claim(claim: Claim, documents: Mapping[str, Document], sources: Mapping[str, int]) -> Entry:
    promised = claim.modality == "commitment" or claim.measure.indicator == "contract"
    return Entry(
        on=claim.said_on or documents[claim.document_id].published_on,
        kind="commitment" if promised else "claim",
        text=" ".join(claim.clause.exact.split()),
        who=claim.attribution.holder or claim.attribution.speaker,
        record_id=claim.id,
        document_id=claim.document_id,
        sources=sources.get(claim.id),
    )


def _event(row: Event, documents: Mapping[str, Document]) -> Entry:
    return Entry(
        on=row.on or documents[row.document_id].published_on,
        kind="event",
        text=f"{row.kind}: {' '.join(row.clause.exact.split())}",
        who=", ".join(row.people) or None,
        place=row.place,
        record_id=row.id,
        document_id=row.document_id,
    )


def _target(target: Target) -> Entry:
    due = f" by {target.deadline}" if target.deadline else ", no deadline"
    text = f"{quantity.format(target.quantity)}{due}"
    return Entry(on=target.set_on, kind="target", text=text, who=target.set_by, record_id=target.id)


def _outcome(row: TargetEvent) -> Entry:
    return Entry(on=row.on, kind="outcome", text=row.explanation, who=row.provider, record_id=row.target_id)
