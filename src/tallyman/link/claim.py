"""The same claim over time and outlets: who said it first, who repeats it, how many independent sources carry it."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from tallyman.ids import content_id
from tallyman.interval import rounding, written_step
from tallyman.link.story import independent
from tallyman.model import Link

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from tallyman.model import Claim, Document

    Meaning = tuple[object, ...]

_AHEAD = ("target", "forecast", "commitment")
_PLAIN = ("exact", "about")
_OPEN = Decimal("0.01")
_ROUNDED = 0.9


def meaning(claim: Claim) -> Meaning:
    """Return what two claims must share beside the figure to be the same one: measure, role, time, fact or plan.

    The order of a pair does not matter for trade in both directions; nor do speaker and hedge.
    """
    measure, change = claim.measure, claim.comparison
    pair: object = (measure.reporter, measure.partner)
    if measure.indicator == "total_trade":
        pair = frozenset((measure.reporter, measure.partner))
    ahead = claim.modality in _AHEAD
    when = claim.deadline or claim.period.end if ahead else (claim.period.start, claim.period.end)
    said = (claim.role, claim.quantity and claim.quantity.unit, change and change.direction, claim.negated)
    return (measure.indicator, pair, measure.product, *said, ahead, when)


def rounds(claim: Claim, finer: Claim) -> bool:
    """Tell whether a claim of the same meaning says the figure of a finer one in fewer digits.

    Only facts of a known time, and only where the last digit leaves at most one hundredth of the figure open:
    "$146.9 billion" rounds $146.887 billion, "$150 billion" may be another count, and "8 percent" another growth.
    """
    one, other = claim.quantity, finer.quantity
    if one is None or other is None or not (_is_plain(claim) and _is_plain(finer)):
        return False
    step = _step(claim)
    if step > abs(one.value) * _OPEN or step <= _step(finer):
        return False
    span = rounding(one.value, step)
    return span.holds(other.value) and other.value not in (span.low, span.high)


def _is_plain(claim: Claim) -> bool:
    quantity, period = claim.quantity, claim.period
    plain = quantity is not None and quantity.value_max is None and quantity.bound in _PLAIN
    return plain and claim.modality == "actual" and period.start is not None and period.end is not None


def repetitions(claims: Iterable[Claim], documents: Iterable[Document]) -> list[list[Claim]]:
    """Return the claims that are the same, oldest telling first; claims without a figure are left out.

    A figure in fewer digits is the same as a finer one; where it could be two of them it stands alone.
    """
    days = {document.id: document.published_on or date.max for document in documents}
    groups: defaultdict[Meaning, defaultdict[object, list[Claim]]] = defaultdict(lambda: defaultdict(list))
    for claim in claims:
        if claim.quantity is not None:
            groups[meaning(claim)][claim.quantity.value, claim.quantity.value_max].append(claim)

    def order(claim: Claim) -> tuple[date, str, int]:
        return (days.get(claim.document_id, date.max), claim.document_id, claim.anchor.start)

    return [sorted(group, key=order) for figures in groups.values() for group in _joined(figures.values())]


def _joined(figures: Collection[list[Claim]]) -> list[list[Claim]]:
    """Return the claims of each figure, those in fewer digits with the one finer figure that they round."""
    groups: list[list[Claim]] = []
    for told in sorted(figures, key=lambda told: min(map(_step, told))):
        finest = min(told, key=_step)
        finer = [group for group in groups if rounds(finest, group[0])] if len(figures) > 1 else []
        if len(finer) == 1:
            finer[0].extend(told)
        else:
            groups.append([finest, *(claim for claim in told if claim is not finest)])
    return groups


def _step(claim: Claim) -> Decimal:
    quantity = claim.quantity
    return Decimal(0) if quantity is None else quantity.step or written_step(quantity.value)


def same_claims(claims: Iterable[Claim], documents: Iterable[Document]) -> list[Link]:
    """Return the links from each repetition of a claim in another document to its first telling."""
    return [
        Link(
            id=content_id("lnk", "same_claim", claim.id, first.id),
            kind="same_claim",
            from_id=claim.id,
            to_id=first.id,
            score=1.0 if _same_figure(claim, first) else _ROUNDED,
            evidence=_evidence(claim, first),
        )
        for first, *others in repetitions(claims, documents)
        for claim in others
        if claim.document_id != first.document_id
    ]


def _same_figure(claim: Claim, first: Claim) -> bool:
    return bool(claim.quantity and first.quantity and claim.quantity.value == first.quantity.value)


def _evidence(claim: Claim, first: Claim) -> str:
    said = first.anchor.exact
    if not _same_figure(claim, first):
        said = f"{said}, here {claim.anchor.exact},"
    return f"both say {said} of the same measure and time"


def corroboration(
    claims: Iterable[Claim],
    documents: Iterable[Document],
    families: Mapping[str, str],
    rejected: frozenset[str] = frozenset(),
) -> dict[str, int]:
    """Return for each claim with a figure how many independent sources carry it, its own among them.

    Copies and rewrites of one report, and reports of one agency, are one source; ``families`` is
    ``story.families``, ``rejected`` the ids of ``same_claim`` links that a person took back.
    """
    by_id = {document.id: document for document in documents}
    known = [claim for claim in claims if claim.document_id in by_id]
    found: dict[str, int] = {}
    for group in repetitions(known, by_id.values()):
        held = [row for row in group if content_id("lnk", "same_claim", row.id, group[0].id) not in rejected]
        sources = len(independent((by_id[key] for key in {row.document_id for row in held}), families))
        found |= {row.id: sources if row in held else 1 for row in group}
    return found
