"""The same claim over time and outlets: who said it first, who repeats it, how many independent sources carry it."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import TYPE_CHECKING

from tallyman.ids import content_id
from tallyman.link.story import independent
from tallyman.model import Link

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tallyman.model import Claim, Document

    Meaning = tuple[object, ...]

_AHEAD = ("target", "forecast", "commitment")


def meaning(claim: Claim) -> Meaning:
    """Return what two claims must share to be the same one: measure, role, figure, time, and fact or plan.

    The order of a pair does not matter for trade in both directions; nor do speaker and hedge.
    """
    measure, quantity, change = claim.measure, claim.quantity, claim.comparison
    pair: object = (measure.reporter, measure.partner)
    if measure.indicator == "total_trade":
        pair = frozenset((measure.reporter, measure.partner))
    ahead = claim.modality in _AHEAD
    when = claim.deadline or claim.period.end if ahead else (claim.period.start, claim.period.end)
    figure = quantity and (quantity.value, quantity.value_max, quantity.unit)
    said = (claim.role, figure, change and change.direction, claim.negated)
    return (measure.indicator, pair, measure.product, *said, ahead, when)


def repetitions(claims: Iterable[Claim], documents: Iterable[Document]) -> list[list[Claim]]:
    """Return the claims that are the same, oldest telling first; claims without a figure are left out."""
    days = {document.id: document.published_on or date.max for document in documents}
    groups: defaultdict[Meaning, list[Claim]] = defaultdict(list)
    for claim in claims:
        if claim.quantity is not None:
            groups[meaning(claim)].append(claim)

    def order(claim: Claim) -> tuple[date, str, int]:
        return (days.get(claim.document_id, date.max), claim.document_id, claim.anchor.start)

    return [sorted(group, key=order) for group in groups.values()]


def same_claims(claims: Iterable[Claim], documents: Iterable[Document]) -> list[Link]:
    """Return the links from each repetition of a claim in another document to its first telling."""
    return [
        Link(
            id=content_id("lnk", "same_claim", claim.id, first.id),
            kind="same_claim",
            from_id=claim.id,
            to_id=first.id,
            score=1.0,
            evidence=f"both say {first.anchor.exact} of the same measure and time",
        )
        for first, *others in repetitions(claims, documents)
        for claim in others
        if claim.document_id != first.document_id
    ]


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
