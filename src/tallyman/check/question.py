"""What a claim asks of the statistics: which interval, counted how, as seen from which day."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from msgspec import structs

from tallyman.interval import Interval, claimed, written_step
from tallyman.model import Bound, Claim, Noun, Quantity, Role
from tallyman.quantity import currencies, units
from tallyman.quantity import format as written
from tallyman.wording import say

CROSSING = "crossing"
BELOW = "below"
if TYPE_CHECKING:
    from collections.abc import Iterable

COUNTED = ("total_trade", "exports", "imports", "balance")
RATE_UNITS = ("percent", "pp", "times", "count")
DOLLAR = "USD"
_ONE = Decimal(1)
_TEN = Decimal(10)
_TENTH = Decimal("0.1")
_HALF = Decimal("0.5")
_MOVES = {
    "up": Interval(low=Decimal(0), high=None),
    "down": Interval(low=None, high=Decimal(0)),
    "unchanged": Interval(low=-_HALF, high=_HALF),
}


class Question(Noun, frozen=True, kw_only=True):
    """A claim made ready to be held against statistics known on ``as_of``.

    ``day`` is when it was said, ``interval`` what its words claim (falls are negative), ``currency`` the
    currency a rate of growth is counted in, ``told_in`` the documents that tell it: the report and its copies.
    """

    claim: Claim
    as_of: date
    day: date
    interval: Interval
    words: str
    currency: str = DOLLAR
    crossing: bool = False
    told_in: tuple[str, ...] = ()

    @property
    def unit(self) -> str:
        """The unit of the figure; per cent where a change has no figure."""
        return self.claim.quantity.unit if self.claim.quantity else "percent"

    @property
    def step(self) -> Decimal:
        """One unit of the last written digit, or of the last that is not zero where the digits are unknown."""
        quantity = self.claim.quantity
        if quantity is None:
            return _ONE
        return quantity.step or written_step(quantity.value)

    @property
    def one_sided(self) -> bool:
        """Whether the words name a floor: "more than", "reached", "above"."""
        return self.crossing or (self.claim.quantity is not None and self.claim.quantity.bound == "at_least")

    @property
    def money(self) -> bool:
        """Whether the figure is an amount of money."""
        return self.unit not in RATE_UNITS


def obstacle(claim: Claim) -> str | None:
    """Return why no trade statistics could ever decide a claim, as a clause; None if they could."""
    measure, quantity, period = claim.measure, claim.quantity, claim.period
    reasons = {
        claim.modality: claim.modality in ("commitment", "potential"),
        "indicator": measure.indicator not in COUNTED,
        "no_pair": measure.reporter is None or measure.partner is None,
        "same_area": measure.reporter == measure.partner,
        "no_figure": quantity is None and not _speaks_without_figure(claim),
        "no_unit": quantity is not None and not _unit_of_role(quantity.unit, claim.role),
        "impossible": period.start is not None and period.end is not None and period.end < period.start,
    }
    reason = next((name for name, holds in reasons.items() if holds), None)
    if reason is None:
        return None
    return say(f"not_checkable.{reason}", indicator=say(f"indicator.{measure.indicator}"))


def _speaks_without_figure(claim: Claim) -> bool:
    """Whether a claim says something countable without a figure: "a record", "trade grew"."""
    moved = claim.comparison is not None and claim.comparison.direction is not None
    return claim.role == "rank" or (claim.role == "change" and moved)


def _unit_of_role(unit: str, role: Role) -> bool:
    if role == "level":
        return unit not in RATE_UNITS and (unit in currencies() or unit in units())
    return unit in currencies() or unit in units()


def ask(
    claim: Claim,
    *,
    as_of: date,
    said_on: date | None,
    beside: Iterable[Claim] = (),
    copies: Iterable[str] = (),
) -> Question:
    """Return the question a checkable claim asks.

    ``said_on`` dates a claim that carries no day itself; the claims ``beside`` it tell the currency;
    ``copies`` of its report are no evidence for it.
    """
    crossing = _cued(claim, CROSSING) or claim.negated
    return Question(
        claim=claim,
        as_of=as_of,
        day=claim.said_on or said_on or as_of,
        interval=_interval(claim, crossing=crossing),
        words=_words(claim, crossing=crossing),
        currency=_currency(claim, beside),
        crossing=crossing,
        told_in=(claim.document_id, *copies),
    )


def is_base(claim: Claim, beside: Iterable[Claim]) -> bool:
    """Tell whether a level without period is only what a target of the same clause starts from."""
    timeless = claim.period.start is None and claim.period.end is None
    if claim.role != "level" or claim.modality != "actual" or not timeless or _verb(claim):
        return False
    return any(other.modality == "target" and other.clause == claim.clause for other in beside)


def same_goal(claim: Claim, beside: Iterable[Claim]) -> Claim:
    """Return the claim with the amount its clause names: "double it to $200 billion" aims at that."""
    if claim.role != "multiple" or claim.modality not in ("target", "forecast"):
        return claim
    named = (other for other in beside if _aims(other) and other.clause == claim.clause)
    level = next(named, None)
    if level is None:
        return claim
    return structs.replace(level, id=claim.id, anchor=claim.anchor)


def _aims(claim: Claim) -> bool:
    return claim.role == "level" and claim.modality in ("target", "forecast")


def _verb(claim: Claim) -> bool:
    return any(cue.field == "modality" for cue in claim.cues)


def _currency(claim: Claim, beside: Iterable[Claim]) -> str:
    """Return the currency of the level named nearest to a rate in its clause; dollars where there is none."""
    if claim.quantity is not None and claim.quantity.unit in currencies():
        return claim.quantity.unit
    levels = [
        other
        for other in beside
        if other.clause == claim.clause and other.quantity is not None and other.quantity.unit in currencies()
    ]
    nearest = min(levels, key=lambda other: abs(other.anchor.start - claim.anchor.start), default=None)
    return nearest.quantity.unit if nearest is not None and nearest.quantity is not None else DOLLAR


def _cued(claim: Claim, rule: str) -> bool:
    return any(cue.field == "bound" and cue.rule.rpartition(".")[2] == rule for cue in claim.cues)


def _interval(claim: Claim, *, crossing: bool) -> Interval:
    direction = claim.comparison.direction if claim.comparison else None
    if claim.quantity is None:
        return _MOVES[direction or "up"]
    found = claimed(_readable(claim.quantity, claim), threshold=crossing, nearly=_cued(claim, BELOW))
    falls = direction == "down" and (claim.role == "change" or claim.measure.indicator == "balance")
    return found.mirrored() if falls else found


def _readable(quantity: Quantity, claim: Claim) -> Quantity:
    """Return a figure as it wants to be read: a bare forecast, a multiple and a figure in words mean "about".

    "Doubled" is a word, not a number with two whole digits, so a multiple counts in tenths; "more than a
    third" leads to "more than 40 %", not to 33.34 %.
    """
    in_words = quantity.step is None and quantity.unit in RATE_UNITS
    loose = quantity.bound == "exact" and (
        in_words or claim.role == "multiple" or claim.modality == "forecast"
    )
    bound: Bound = "about" if loose else quantity.bound
    step = quantity.step
    if claim.role == "multiple":
        step = min(step or _TENTH, _TENTH)
    elif in_words:
        step = _TEN if bound == "at_least" else _ONE
    return structs.replace(quantity, bound=bound, step=step)


def _words(claim: Claim, *, crossing: bool) -> str:
    quantity = claim.quantity
    if quantity is None:
        return claim.anchor.exact
    kind = "threshold" if crossing else "nearly" if _cued(claim, BELOW) else quantity.bound
    return say(f"bound.{kind}", figure=written(quantity))
