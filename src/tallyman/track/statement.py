"""What claims say of targets: which of them state one, of which amount, due when, and said on which day."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import TYPE_CHECKING

from msgspec import structs

from tallyman.ids import content_id
from tallyman.model import Claim, Measure, Modality, Noun, Quantity
from tallyman.period import split_years
from tallyman.quantity import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from decimal import Decimal

    from tallyman.model import Document, Target

FAR = date.max
"""The day of a statement of which nobody knows the day: it counts on every day, after all others."""
STATING = ("target", "forecast")
"""The modalities of claims that set, restate or deny a target; no other has a part in the register."""
Subject = tuple[object, ...]
Aim = tuple[Subject, "Decimal", str]
_DOLLAR = "USD"


class Statement(Noun, frozen=True, kw_only=True):
    """One claim that states a target, and the day on which it was said.

    ``target_id`` is the target of this amount and deadline, ``undated_id`` that of the amount without a deadline.
    """

    claim_id: str
    document_id: str
    start: int
    modality: Modality
    measure: Measure
    quantity: Quantity
    deadline: date | None
    cumulative: bool
    day: date
    holder: str | None
    speaker: str | None
    relayed_by: str | None
    target_id: str = ""
    undated_id: str = ""

    @property
    def order(self) -> tuple[date, str, int, str]:
        """The place in time and text, the same in whatever order the claims were read."""
        return (self.day, self.document_id, self.start, self.claim_id)


def statements(claims: Iterable[Claim], documents: Mapping[str, Document]) -> list[list[Statement]]:
    """Return the statements of each subject, in the order in which they were said.

    "Double it" has the amount and deadline of the target that its own clause names: "to $200 billion".
    """
    stating = [claim for claim in claims if claim.modality in STATING and not claim.negated]
    made = [(claim, one) for claim in stating if (one := _statement(claim, documents)) is not None]
    named = {
        (subject(claim.measure), one.document_id, claim.clause, one.day): one
        for claim, one in sorted(made, key=lambda row: row[1].order)
        if claim.role == "level" and claim.modality == "target"
    }
    found: defaultdict[Subject, list[Statement]] = defaultdict(list)
    for claim, one in made:
        about = subject(claim.measure)
        level = (
            one if claim.role == "level" else named.get((about, one.document_id, claim.clause, one.day), one)
        )
        found[about].append(structs.replace(one, quantity=level.quantity, deadline=level.deadline))
    return [_identified(about, stated) for about, stated in found.items()]


def _statement(claim: Claim, documents: Mapping[str, Document]) -> Statement | None:
    quantity = amount(claim)
    if quantity is None:
        return None
    document = documents.get(claim.document_id)
    published_on, agency = (
        (document.published_on, document.agency or document.outlet) if document else (None, None)
    )
    told = claim.attribution
    start, end = claim.period.start, claim.period.end
    return Statement(
        claim_id=claim.id,
        document_id=claim.document_id,
        start=claim.anchor.start,
        modality=claim.modality,
        measure=claim.measure,
        quantity=quantity,
        deadline=claim.deadline or (end if claim.modality == "target" else None),
        cumulative=start is not None and end is not None and len(split_years(start, end)) > 1,
        day=claim.said_on or published_on or FAR,
        holder=told.holder,
        speaker=told.speaker,
        relayed_by=told.relayed_by or agency,
    )


def _identified(about: Subject, stated: list[Statement]) -> list[Statement]:
    words = [sorted(map(str, part)) if isinstance(part, frozenset) else part for part in about]
    ids: dict[tuple[object, ...], str] = {}

    def identity(quantity: Quantity, deadline: date | None) -> str:
        named = (quantity.value, quantity.unit, deadline)
        if named not in ids:
            ids[named] = content_id("tgt", words, plain(quantity.value), quantity.unit, deadline)
        return ids[named]

    return [
        structs.replace(
            one, target_id=identity(one.quantity, one.deadline), undated_id=identity(one.quantity, None)
        )
        for one in sorted(stated, key=lambda one: one.order)
    ]


def amount(claim: Claim) -> Quantity | None:
    """Return the amount a claim aims at: "double from $100 billion" is $200 billion."""
    quantity, comparison = claim.quantity, claim.comparison
    if quantity is None:
        return None
    if claim.role == "level":
        return quantity
    if claim.role == "multiple" and comparison is not None and comparison.base_value:
        unit = _DOLLAR if comparison.unit in (None, quantity.unit) else comparison.unit
        return Quantity(value=quantity.value * comparison.base_value, unit=unit or _DOLLAR)
    return quantity if claim.role in ("multiple", "change") else None


def subject(measure: Measure) -> Subject:
    """Return what a target is about, apart from its amount and deadline."""
    areas = (measure.reporter, measure.partner)
    pair = frozenset(areas) if measure.indicator == "total_trade" else areas
    basis = "goods" if measure.basis == "unspecified" else measure.basis
    return (measure.indicator, pair, measure.product, basis)


def by_subject(claims: Iterable[Claim]) -> Mapping[Subject, list[Claim]]:
    """Return the claims by what they are about, so that a target need not look at all of them."""
    found: defaultdict[Subject, list[Claim]] = defaultdict(list)
    for claim in claims:
        found[subject(claim.measure)].append(claim)
    return found


def by_aim(claims: Iterable[Claim]) -> Mapping[Aim, list[Claim]]:
    """Return the claims by what they are about and the amounts they name, so that a target sees only its own."""
    found: defaultdict[Aim, list[Claim]] = defaultdict(list)
    for claim in claims:
        about = subject(claim.measure)
        named = {(row.value, row.unit) for row in (claim.quantity, amount(claim)) if row is not None}
        for value, unit in named:
            found[about, value, unit].append(claim)
    return found


def aim(target: Target) -> Aim:
    """Return what a target is about and its amount, the key of ``by_aim``."""
    return (subject(target.measure), target.quantity.value, target.quantity.unit)
