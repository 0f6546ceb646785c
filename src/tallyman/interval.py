"""What a written figure claims: an interval, never a single point.

A figure stands for every value that would be written so, rounded half up or cut off: "$140 billion" claims
139.5 to 141. A hedge widens it or bounds it to one side.
"""

from __future__ import annotations

from decimal import Decimal

from tallyman.model import Noun, Quantity

ABOUT = Decimal("0.05")
_FIVE = 5
_HALF = Decimal("0.5")


class Interval(Noun, frozen=True, kw_only=True):
    """The values from ``low`` to ``high``, both included; None is an open side."""

    low: Decimal | None
    high: Decimal | None

    def holds(self, value: Decimal) -> bool:
        """Tell whether a value lies inside."""
        return (self.low is None or value >= self.low) and (self.high is None or value <= self.high)

    def meets(self, other: Interval) -> bool:
        """Tell whether two intervals have a value in common."""
        return _reaches(self.high, other.low) and _reaches(other.high, self.low)

    def distance(self, value: Decimal) -> Decimal:
        """Return the value minus the nearest end, zero inside."""
        if self.low is not None and value < self.low:
            return value - self.low
        if self.high is not None and value > self.high:
            return value - self.high
        return Decimal(0)

    def widened(self, slack: Decimal) -> Interval:
        """Return the interval with both ends moved outwards by ``slack``."""
        return Interval(
            low=None if self.low is None else self.low - slack,
            high=None if self.high is None else self.high + slack,
        )

    def one_sided(self) -> Interval:
        """Return the interval without its far end: a level that was kept has no ceiling."""
        return Interval(low=self.low, high=None)

    def mirrored(self) -> Interval:
        """Return the interval of the opposite sign: a fall of 6.5 to 8 is a growth of -8 to -6.5."""
        return Interval(
            low=None if self.high is None else -self.high,
            high=None if self.low is None else -self.low,
        )


def _reaches(high: Decimal | None, low: Decimal | None) -> bool:
    return high is None or low is None or high >= low


def written_step(value: Decimal) -> Decimal:
    """Return one unit of the last digit that is not zero, for a figure whose written digits are unknown.

    >>> written_step(Decimal("146900000000"))
    Decimal('1E+8')
    """
    if not value:
        return Decimal(1)
    exponent = value.normalize().as_tuple().exponent
    return Decimal(1).scaleb(int(exponent))


def rounding(value: Decimal, step: Decimal | None) -> Interval:
    """Return what could be written as ``value`` with last digit ``step``, rounded half up or cut off.

    >>> rounding(Decimal(140), Decimal(1))
    Interval(low=Decimal('139.5'), high=Decimal('141'))
    """
    unit = written_step(value) if step is None else step
    if value < 0:
        return rounding(-value, unit).mirrored()
    return Interval(low=value - unit * _HALF, high=value + unit)


def next_round(value: Decimal, step: Decimal | None = None) -> Decimal:
    """Return the next number a speaker would have named instead of "more than ``value``".

    The grid is one unit of the last digit that is not zero, so 40 leads to 50, 140 to 150 and 100 to 200;
    a figure of two or more digits that ends in five counts in fives, so 250 leads to 300. ``step`` asks for a
    coarser grid, for figures in words.

    >>> [int(next_round(Decimal(number))) for number in (40, 100, 140, 250)]
    [50, 200, 150, 300]
    """
    return value + max(_grid(value), step or Decimal(0))


def previous_round(value: Decimal) -> Decimal:
    """Return the round number below ``value`` on the same grid: 150 leads to 100, 20 to 10."""
    return value - _grid(value)


def _grid(value: Decimal) -> Decimal:
    digits = value.normalize().as_tuple().digits
    unit = written_step(value)
    return unit * _FIVE if len(digits) > 1 and digits[-1] == _FIVE else unit


def claimed(quantity: Quantity, *, threshold: bool = False, nearly: bool = False) -> Interval:
    """Return the interval that a quantity claims, in its own unit.

    ``threshold`` is for a level that was crossed or kept ("reached", "exceeded the 100 billion mark"): it has
    no upper end. ``nearly`` is for "almost": from 5 % below up to the figure itself; any other "up to" or
    "less than" reaches down to the round number before.
    """
    value, exact = quantity.value, rounding(quantity.value, quantity.step)
    if threshold:
        return Interval(
            low=value - (quantity.step or 0) * _HALF if quantity.bound == "exact" else value, high=None
        )
    if nearly:
        return Interval(low=value * (1 - ABOUT), high=value)
    top = value if quantity.value_max is None else quantity.value_max
    return {
        "exact": exact,
        "about": _union(exact, _share(value, ABOUT)),
        "at_least": Interval(low=value, high=next_round(value, quantity.step)),
        "at_most": Interval(low=previous_round(value), high=value),
        "range": Interval(low=exact.low, high=rounding(top, quantity.step).high),
    }[quantity.bound]


def _share(value: Decimal, share: Decimal) -> Interval:
    ends = (value * (1 - share), value * (1 + share))
    return Interval(low=min(ends), high=max(ends))


def _union(one: Interval, other: Interval) -> Interval:
    lows = [end.low for end in (one, other) if end.low is not None]
    highs = [end.high for end in (one, other) if end.high is not None]
    return Interval(low=min(lows), high=max(highs))
