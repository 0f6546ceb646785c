"""The arithmetic beside a probability: the growth that is needed, the best there was, the usual fate."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tallyman.model import Noun

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from tallyman.forecast.months import Months
    from tallyman.model import TargetEvent

PERCENT = 100
TWO_SIDED_95 = 1.96
MET = ("met", "met_early")


class Pace(Noun, frozen=True, kw_only=True):
    """Growth in per cent a year: what is ``needed`` after the last complete year, the ``best`` there was.

    ``best`` is the highest growth a year over as many years as are left, from ``best_from`` to ``best_to``.
    None where there is no deadline, no year left or too short a history.
    """

    last_year: int
    last_total: float
    needed: float | None = None
    best: float | None = None
    best_from: int | None = None
    best_to: int | None = None


class BaseRate(Noun, frozen=True, kw_only=True):
    """How many resolved targets were met, with the 95 % interval of the share (Wilson's)."""

    met: int
    resolved: int
    low: float
    high: float

    @property
    def share(self) -> float:
        """The share that was met."""
        return self.met / self.resolved


def pace(months: Months, amount: float, until: int | None) -> Pace | None:
    """Return the growth that ``amount`` needs by the year ``until``, None if no complete year is known."""
    totals = months.totals
    known = np.flatnonzero(np.isfinite(totals))
    if not len(known):
        return None
    last = int(known[-1])
    year, total = months.first_year + last, float(totals[last])
    left = 0 if until is None else until - year
    if left <= 0:
        return Pace(last_year=year, last_total=total)
    growth = (totals[left:] / totals[:-left]) ** (1 / left) - 1
    best = int(np.nanargmax(growth)) if np.isfinite(growth).any() else None
    return Pace(
        last_year=year,
        last_total=total,
        needed=((amount / total) ** (1 / left) - 1) * PERCENT,
        best=None if best is None else float(growth[best]) * PERCENT,
        best_from=None if best is None else months.first_year + best,
        best_to=None if best is None else months.first_year + best + left,
    )


def base_rate(events: Iterable[TargetEvent], *, as_of: date) -> BaseRate | None:
    """Return how often resolved targets were met by what was known on a day; None if none was resolved.

    A target that several providers follow counts once, as met if one of them has it met.
    """
    met: dict[str, bool] = {}
    for event in events:
        if event.on <= as_of and event.status in (*MET, "missed"):
            met[event.target_id] = met.get(event.target_id, False) or event.status in MET
    if not met:
        return None
    low, high = wilson(sum(met.values()), len(met))
    return BaseRate(met=sum(met.values()), resolved=len(met), low=low, high=high)


def wilson(hits: int, count: int) -> tuple[float, float]:
    """Return Wilson's 95 % interval of a share.

    >>> [round(end, 2) for end in wilson(31, 61)]
    [0.39, 0.63]
    """
    square = TWO_SIDED_95**2
    centre = (hits + square / 2) / (count + square)
    half = TWO_SIDED_95 / (count + square) * (hits * (count - hits) / count + square / 4) ** 0.5
    return max(centre - half, 0.0), min(centre + half, 1.0)
