"""What a claim asks of the statistics: which interval, counted how, as seen from which day."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from tallyman.interval import Interval, claimed
from tallyman.model import Claim, Noun, Quantity, Role
from tallyman.quantity import currencies, units
from tallyman.quantity import format as written
from tallyman.wording import say

CROSSING = "crossing"
BELOW = "below"
COUNTED = ("total_trade", "exports", "imports", "balance")
RATE_UNITS = ("percent", "pp", "times", "count")
DOLLAR = "USD"
_ONE = Decimal(1)


class Question(Noun, frozen=True, kw_only=True):
    """A claim made ready to be held against statistics known on ``as_of``.

    ``day`` is when it was said, ``interval`` what its words claim (falls are negative), ``currency`` the
    currency a rate of growth is counted in.
    """

    claim: Claim
    as_of: date
    day: date
    interval: Interval
    words: str
    currency: str = DOLLAR
    crossing: bool = False

    @property
    def unit(self) -> str:
        """The unit of the figure; per cent where a change has no figure."""
        return self.claim.quantity.unit if self.claim.quantity else "percent"

    @property
    def step(self) -> Decimal:
        """One unit of the last written digit."""
        return (self.claim.quantity.step if self.claim.quantity else None) or _ONE

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


def ask(claim: Claim, *, as_of: date, said_on: date | None, currency: str = DOLLAR) -> Question:
    """Return the question a checkable claim asks; ``said_on`` dates a claim that carries no day itself."""
    crossing = _cued(claim, CROSSING)
    return Question(
        claim=claim,
        as_of=as_of,
        day=claim.said_on or said_on or as_of,
        interval=_interval(claim, crossing=crossing),
        words=_words(claim, crossing=crossing),
        currency=currency,
        crossing=crossing,
    )


def _cued(claim: Claim, rule: str) -> bool:
    return any(cue.field == "bound" and cue.rule.rpartition(".")[2] == rule for cue in claim.cues)


def _interval(claim: Claim, *, crossing: bool) -> Interval:
    direction = claim.comparison.direction if claim.comparison else None
    if claim.quantity is None:
        rise = Interval(low=Decimal(0), high=None)
        return rise.mirrored() if direction == "down" else rise
    found = claimed(_readable(claim), threshold=crossing, nearly=_cued(claim, BELOW))
    return found.mirrored() if claim.role == "change" and direction == "down" else found


def _readable(claim: Claim) -> Quantity:
    quantity = claim.quantity
    if quantity is None:
        raise AssertionError
    unhedged = quantity.bound == "exact"
    loose = claim.role == "multiple" or claim.modality == "forecast"
    if not (unhedged and loose):
        return quantity
    return Quantity(value=quantity.value, unit=quantity.unit, bound="about", step=quantity.step)


def _words(claim: Claim, *, crossing: bool) -> str:
    quantity = claim.quantity
    if quantity is None:
        return claim.anchor.exact
    kind = "threshold" if crossing else "nearly" if _cued(claim, BELOW) else quantity.bound
    return say(f"bound.{kind}", figure=written(quantity))
