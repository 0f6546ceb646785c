"""The register of targets: which claims speak of the same target, who set it, who told it."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date
from typing import TYPE_CHECKING

from msgspec import structs

from tallyman.ids import content_id
from tallyman.model import Claim, Noun, Quantity, Target
from tallyman.period import split_years

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from decimal import Decimal

    from tallyman.model import Anchor, Document, Link, Measure

    Identity = tuple[Decimal, str, date | None]

_FAR = date.max
_DOLLAR = "USD"
STATING = ("target", "forecast")
"""The modalities of claims that set, restate or deny a target; no other has a part in the register."""
Subject = tuple[object, ...]
Aim = tuple[Subject, "Decimal", str]


class Statement(Noun, frozen=True, kw_only=True):
    """One claim that states a target, and the day on which it was said."""

    claim: Claim
    day: date
    quantity: Quantity
    deadline: date | None
    relayed_by: str | None

    @property
    def identity(self) -> Identity:
        """What tells this target from others on the same subject."""
        return (self.quantity.value, self.quantity.unit, self.deadline)

    @property
    def order(self) -> tuple[date, str, int, str]:
        """The place in time and text, the same in whatever order the claims were read."""
        return (self.day, self.claim.document_id, self.claim.anchor.start, self.claim.id)


def targets(
    claims: Iterable[Claim], documents: Iterable[Document] = (), judged: Iterable[Link] = ()
) -> list[Target]:
    """Return every target that the claims state, oldest first; the order of the claims does not matter.

    A target is one pair (in either order for total trade), indicator, amount and deadline. A forecast of the
    same restates it. A statement without deadline joins the one dated target of the same amount that was
    known by then, if there is just one. ``documents`` date the claims that carry no day, and name the agency;
    a ``restates`` link that a person rejected keeps its claim out of that target.
    """
    sources = {document.id: document for document in documents}
    rejected = frozenset(link.id for link in judged if link.judgement == "reject")
    groups: defaultdict[Subject, list[Statement]] = defaultdict(list)
    for claim in claims:
        statement = _statement(claim, sources)
        if statement is not None:
            groups[subject(claim.measure)].append(statement)
    found = [
        _target(statements)
        for about, stated in groups.items()
        for statements in _Grouping(about, _resolved(stated), rejected).by_identity()
    ]
    return sorted(_superseding(found), key=lambda target: (target.set_on or _FAR, target.id))


def restatement(claim_id: str, target_id: str) -> str:
    """Return the id of the link that says: this claim restates that target."""
    return content_id("lnk", "restates", claim_id, target_id)


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


def _statement(claim: Claim, documents: Mapping[str, Document]) -> Statement | None:
    quantity = amount(claim)
    if claim.modality not in STATING or claim.negated or quantity is None:
        return None
    document = documents.get(claim.document_id)
    day = claim.said_on or (document.published_on if document else None) or _FAR
    agency = (document.agency or document.outlet) if document else None
    return Statement(
        claim=claim,
        day=day,
        quantity=quantity,
        deadline=claim.deadline or _year_named(claim),
        relayed_by=claim.attribution.relayed_by or agency,
    )


def _resolved(statements: list[Statement]) -> list[Statement]:
    """Give "double it" the amount and deadline of the target that its own clause names: "to $200 billion"."""
    named = {
        (other.claim.document_id, other.claim.clause): other
        for other in statements
        if other.claim.role == "level" and other.claim.modality == "target"
    }
    return [_same_goal(statement, named) for statement in statements]


def _same_goal(statement: Statement, named: Mapping[tuple[str, Anchor], Statement]) -> Statement:
    level = named.get((statement.claim.document_id, statement.claim.clause))
    if statement.claim.role == "level" or level is None:
        return statement
    return structs.replace(statement, quantity=level.quantity, deadline=level.deadline)


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


def _year_named(claim: Claim) -> date | None:
    """Return the end of the year a target names: "the target for 2024"."""
    return claim.period.end if claim.modality == "target" else None


class _Grouping:
    """The statements on one subject, sorted out by the amount and the deadline they mean."""

    def __init__(self, about: Subject, statements: list[Statement], rejected: frozenset[str]) -> None:
        self._about = about
        self._statements = sorted(statements, key=lambda statement: statement.order)
        self._rejected = rejected
        self._dated: dict[Identity, Statement] = {}

    def by_identity(self) -> list[list[Statement]]:
        """Return the statements of each target, in the order in which they were said."""
        groups: defaultdict[Identity, list[Statement]] = defaultdict(list)
        named = [statement for statement in self._statements if statement.claim.modality == "target"]
        for statement in named:
            if statement.deadline is not None and not self._is_rejected(statement, statement.identity):
                self._dated.setdefault(statement.identity, statement)
                groups[statement.identity].append(statement)
        for statement in named:
            if statement.deadline is None:
                groups[self._meant(statement)].append(statement)
        for statement in self._statements:
            meant = self._meant(statement) if statement.deadline is None else statement.identity
            if statement.claim.modality == "forecast" and meant in groups:
                groups[meant] += [] if self._is_rejected(statement, meant) else [statement]
        return [sorted(group, key=lambda statement: statement.order) for group in groups.values()]

    def _meant(self, statement: Statement) -> Identity:
        """Return the one dated target a statement without deadline can mean, else its own identity."""
        known = [
            identity
            for identity, first in self._dated.items()
            if identity[:2] == statement.identity[:2]
            and (first.day <= statement.day or first.claim.document_id == statement.claim.document_id)
            and not self._is_rejected(statement, identity)
        ]
        return known[0] if len(known) == 1 else statement.identity

    def _is_rejected(self, statement: Statement, identity: Identity) -> bool:
        target_id = _target_id(self._about, identity)
        return restatement(statement.claim.id, target_id) in self._rejected


def _target(statements: list[Statement]) -> Target:
    first = statements[0]
    opening = [statement for statement in statements if statement.day == first.day]
    holder = _most_named(statement.claim.attribution.holder for statement in opening)
    speaker = _most_named(statement.claim.attribution.speaker for statement in opening)
    deadline = next((statement.deadline for statement in statements if statement.deadline), None)
    quantity = structs.replace(first.quantity, bound="exact")
    return Target(
        id=_target_id(subject(first.claim.measure), (quantity.value, quantity.unit, deadline)),
        measure=first.claim.measure,
        quantity=quantity,
        deadline=deadline,
        rule="cumulative" if _several_years(first.claim) else "annual",
        set_on=None if first.day == _FAR else first.day,
        set_by=holder or speaker,
        told_by=speaker if holder and speaker != holder else None,
        relayed_by=_most_named(statement.relayed_by for statement in opening),
        claim_ids=tuple(statement.claim.id for statement in statements),
    )


def _target_id(about: Subject, identity: Identity) -> str:
    words = [sorted(map(str, part)) if isinstance(part, frozenset) else part for part in about]
    return content_id("tgt", words, *identity)


def _several_years(claim: Claim) -> bool:
    start, end = claim.period.start, claim.period.end
    return start is not None and end is not None and len(split_years(start, end)) > 1


def _most_named(names: Iterable[str | None]) -> str | None:
    """Return the name given most often, the first of equals."""
    counted = Counter(name for name in names if name)
    return counted.most_common(1)[0][0] if counted else None


def _superseding(found: list[Target]) -> list[Target]:
    """Name for each target the lower one of the same subject and no later deadline that it replaced."""
    return [structs.replace(target, supersedes=_replaced(target, found)) for target in found]


def _replaced(target: Target, found: list[Target]) -> str | None:
    older = [other for other in found if same_subject(target, other) and replaces(target, other)]
    latest = max(older, key=lambda other: (other.set_on or date.min, other.quantity.value), default=None)
    return latest.id if latest else None


def denies(claim: Claim, target: Target) -> bool:
    """Tell whether a claim says that a target no longer holds."""
    quantity = amount(claim)
    if quantity is None or claim.modality != "target" or not claim.negated:
        return False
    same = (quantity.value, quantity.unit) == (target.quantity.value, target.quantity.unit)
    return same and subject(claim.measure) == subject(target.measure)


def same_subject(one: Target, other: Target) -> bool:
    """Tell whether two targets are about the same trade, whatever the amount and the deadline."""
    return subject(one.measure) == subject(other.measure)


def replaces(new: Target, old: Target) -> bool:
    """Tell whether a target leaves an older one without object: more, set later, due no later.

    $30 billion by 2030, set in 2026, replaces $20 billion by 2030, set in 2025; $40 billion by 2035 does not.
    """
    if None in (new.set_on, old.set_on, new.deadline, old.deadline) or new.quantity.unit != old.quantity.unit:
        return False
    return (
        _after(new.set_on, old.set_on)
        and not _after(new.deadline, old.deadline)
        and (new.quantity.value > old.quantity.value)
    )


def _after(one: date | None, other: date | None) -> bool:
    return one is not None and other is not None and one > other
