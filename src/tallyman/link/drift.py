"""How a claim changed from telling to telling: a tree from the first report on, one edge a retelling."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from tallyman import quantity
from tallyman.model import Claim, Document, Noun

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


class Change(Noun, frozen=True, kw_only=True):
    """A field that a retelling changed; ``None`` where a telling says nothing of it."""

    field: str
    was: str | None
    became: str | None


class Retelling(Noun, frozen=True, kw_only=True):
    """One telling in the tree: whose telling it goes back to, and what is different in it.

    ``parent`` is the earlier telling with the fewest differences, the first of equals; the first telling of all
    has none.
    """

    claim: Claim
    document: Document
    parent: str | None = None
    changes: tuple[Change, ...] = ()


def tree(claims: Iterable[Claim], documents: Mapping[str, Document]) -> list[Retelling]:
    """Return the tellings of a claim, oldest first; of those alike in one document only the first one.

    Amount, deadline, speaker, period, direction, bound and modality are compared. Undated documents come last.
    """
    found: list[Retelling] = []
    known = [claim for claim in claims if claim.document_id in documents]
    for claim in sorted(known, key=lambda claim: _order(claim, documents[claim.document_id])):
        document = documents[claim.document_id]
        options = [(_changes(earlier.claim, claim), earlier) for earlier in found]
        if any(not changes and earlier.document.id == document.id for changes, earlier in options):
            continue
        changes, parent = min(options, key=lambda option: len(option[0]), default=((), None))
        found.append(
            Retelling(
                claim=claim,
                document=document,
                parent=parent.claim.id if parent else None,
                changes=tuple(changes),
            )
        )
    return found


def _changes(earlier: Claim, later: Claim) -> list[Change]:
    was, became = _fields(earlier), _fields(later)
    return [
        Change(field=field, was=was[field], became=became[field])
        for field in was
        if was[field] != became[field]
    ]


def _fields(claim: Claim) -> dict[str, str | None]:
    amount, change = claim.quantity, claim.comparison
    return {
        "amount": quantity.format(amount) if amount else None,
        "deadline": _day(claim.deadline),
        "speaker": claim.attribution.holder or claim.attribution.speaker,
        "period": None if claim.deadline else _day(claim.period.end),
        "direction": _direction(claim) if change is None else change.direction,
        "bound": amount.bound if amount else None,
        "modality": claim.modality,
    }


def _direction(claim: Claim) -> str | None:
    """Return from whom to whom goods go, for flows of one direction."""
    measure = claim.measure
    if measure.indicator not in ("exports", "imports"):
        return None
    ways = (measure.reporter, measure.partner)
    return " to ".join(str(area) for area in (ways if measure.indicator == "exports" else ways[::-1]))


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _order(claim: Claim, document: Document) -> tuple[date, str, int]:
    return (document.published_on or date.max, document.id, claim.anchor.start)
