"""What the claims of one document say of each other: deadlines given elsewhere, targets named again."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from msgspec import structs

if TYPE_CHECKING:
    from datetime import date

    from tallyman.model import Claim, Period

Amount = tuple[Decimal, str]
_HEADLINE, _ROUNDING, _RATES = 120, Decimal("0.02"), frozenset({"percent", "pp", "times"})
_LONG_YEAR = 366
BASE_RULE = "base/actual"


def settle(claims: list[Claim]) -> list[Claim]:
    """Give "ahead of schedule" the deadline of its target, headlines the time of the body; bare targets are such.

    A target named again without a word that says so is a target.
    """
    known = {
        amount: c.deadline or c.period.end
        for c in claims
        if (amount := _amount(c)) and (c.modality == "target" or (c.modality == "forecast" and c.deadline))
    }
    return [_dated(_settled(claim, known), claims) for claim in claims]


def _dated(claim: Claim, claims: list[Claim]) -> Claim:
    """Give a figure of the headline that has no time the time of the first later figure that says the same."""
    bare = claim.period.start is None and claim.clause.start <= _HEADLINE
    if not bare or claim.modality != "actual" or claim.role == "rank" or claim.origin.rule == BASE_RULE:
        return claim
    told = next((c for c in claims if c.anchor.start > claim.clause.end and _says_more(c, claim)), None)
    return structs.replace(claim, period=told.period) if told and _is_short(told.period) else claim


def _is_short(period: Period) -> bool:
    """Whether a time is one that a headline may leave out: a year at most."""
    first, last = period.start, period.end
    return first is not None and last is not None and (last - first).days <= _LONG_YEAR


def _rounded(head: Decimal, body: Decimal, unit: str) -> bool:
    """Whether a headline's figure is the body's with fewer digits."""
    if unit in _RATES:
        return head in (body, round(body, 0), round(body, 1))
    return abs(head - body) <= abs(body) * _ROUNDING


def _says_more(body: Claim, head: Claim) -> bool:
    """Whether two claims give one figure of one thing, the first with a time and perhaps more digits."""
    first, second = head.quantity, body.quantity
    if first is None or second is None or first.unit != second.unit or not body.period.start:
        return False
    alike = (head.role, head.modality) == (body.role, body.modality)
    same_flow = (head.measure.indicator, head.measure.reporter) == (
        body.measure.indicator,
        body.measure.reporter,
    )
    return alike and same_flow and _rounded(first.value, second.value, first.unit)


def _settled(claim: Claim, known: dict[Amount, date | None]) -> Claim:
    amount = _amount(claim)
    if amount is None or amount not in known:
        return claim
    if claim.period.relation == "before" and known[amount]:
        return structs.replace(claim, deadline=known[amount])
    return structs.replace(claim, modality="target") if _unsaid(claim) else claim


def _amount(claim: Claim) -> Amount | None:
    return (claim.quantity.value, claim.quantity.unit) if claim.quantity else None


def _unsaid(claim: Claim) -> bool:
    """Whether no word says that an amount is real."""
    if claim.modality != "actual" or claim.role != "level" or claim.quantity is None:
        return False
    decided = any(cue.field in ("modality", "role") for cue in claim.cues)
    return not decided and claim.quantity.bound == "exact" and claim.period.start is None
