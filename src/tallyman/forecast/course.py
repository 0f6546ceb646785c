"""The annual totals that may come: the year in progress by the blend, the years after it by the walk."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from tallyman.forecast import horizon
from tallyman.forecast.estimate import Estimate, estimate
from tallyman.forecast.filters import YEAR, Array
from tallyman.forecast.pool import learned

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tallyman.forecast.months import Months

DRAWS = 20_000
OLDEST = 2


class Course(NamedTuple):
    """``totals`` (draws, years) of the years from ``first`` on, full units; each draw is one possible course.

    ``running`` is the distribution of the first year, None if no part of it is known.
    """

    first: int
    totals: Array
    running: Estimate | None

    def until(self, year: int) -> Array:
        """Return the draws of the years up to ``year``."""
        return self.totals[:, : max(year - self.first + 1, 0)]


def running_year(months: Months) -> int:
    """Return the year of the last known month, or the year after it if that is complete."""
    known = np.flatnonzero(np.isfinite(months.values).any(1))
    last = months.first_year + int(known.max(initial=0))
    return last + (months.known(last) == YEAR)


def begun(months: Months, neighbours: Sequence[Months] = ()) -> Estimate | None:
    """Return the distribution of the running year, None if no part of it can be told from months."""
    return estimate(months, running_year(months), neighbours)


def course(months: Months, last: int, running: Estimate | None) -> Course | None:
    """Return the possible totals up to the year ``last``, or None where too little is known.

    ``running`` is what ``begun`` tells of the same months. Too little: no part of the running year can be told
    from months, and none of the last two complete years is known.
    """
    first = running_year(months)
    totals = np.log(months.until(first).totals)
    known = np.isfinite(totals)
    if running is None and not known[-1 - OLDEST :].any():
        return None
    taught = learned()
    own = horizon.volatility(np.diff(totals)[None])
    size = float(horizon.shrunk(own, taught.volatility, taught.unknown_volatility)[0])
    years = max(last - first, 0)
    if running is not None:
        start = np.log(running.quantiles((np.arange(DRAWS) + 0.5) / DRAWS))
        ahead = horizon.paths(start, size, _before(totals, len(totals) - 1), years)
        return Course(first, np.exp(np.column_stack([start, ahead])), running)
    place = int(np.flatnonzero(known).max())
    skipped = len(totals) - 1 - place
    ahead = horizon.paths(np.full(DRAWS, totals[place]), size, _before(totals, place), years + skipped)
    return Course(first, np.exp(ahead[:, skipped - 1 :]), None)


def _before(totals: Array, place: int) -> Array:
    """Return the two log totals before a place, NaN where unknown."""
    return np.concatenate([np.full(2, np.nan), totals[:place]])[-2:]
