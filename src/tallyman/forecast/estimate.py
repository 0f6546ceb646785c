"""One year's total as a distribution, from one provider's months: the blend, its error and its shape."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from tallyman.forecast import blend, calibrate
from tallyman.forecast.evidence import Evidence, gather, tide
from tallyman.forecast.filters import YEAR, Array
from tallyman.forecast.pool import learned

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tallyman.forecast.months import Months

FINE = 3
"""Longest block, in months, that still shows how restless a series is."""
LOOK_BACK = 36
FEWEST_FINE = 12
LONGEST_GAP = 3
FEWEST_MONTHS = 24


class Estimate(NamedTuple):
    """The distribution of an annual total, full units; symmetric in the logarithm around ``median``.

    ``size`` scales the past errors ``sizes``; nothing below ``floor``, which is already counted, is possible.
    """

    median: float
    size: float
    sizes: Array
    floor: float

    def quantiles(self, levels: Array) -> Array:
        """Return the totals that are not exceeded with the probabilities ``levels``."""
        error = self.size * calibrate.quantile(self.sizes, levels)
        return np.maximum(self.floor, self.median * np.exp(error))

    def exceedance(self, total: float) -> float:
        """Return the probability that the year reaches ``total``."""
        if total <= self.floor:
            return 1.0
        scaled = np.array(np.log(total / self.median) / self.size)
        return float(calibrate.exceedance(self.sizes, scaled))


def estimate(months: Months, year: int, neighbours: Sequence[Months] = ()) -> Estimate | None:
    """Return the total of a year that is not complete, or None where its months tell too little.

    Too little: fewer than 24 months before the year, more than three unknown before its first unknown one, or
    whole years only, of which a walk from year to year says more.
    """
    past = months.until(year)
    known = past.known(year)
    gap = _gap(past, year, known)
    if gap > LONGEST_GAP or np.isfinite(past.values[:-1]).sum() < FEWEST_MONTHS:
        return None
    if known == 0 and not _parts(months, year):
        return None
    abreast = [other.until(year) for other in neighbours if other.known(year) >= known]
    together = [past, *abreast]
    evidence = gather(_stacked(together), past.first_year, past.first_month)
    common = tide(evidence, np.zeros(len(together)))
    here = Evidence(*(field[:1, -1:] for field in evidence))
    here = _steadied(here, months, year)
    taught = learned()
    rest = blend.rest_of_year(taught.pool, here, common[:1, -1:])
    size = calibrate.spread(taught.scale, here, rest)[0, 0, known]
    counted = float(here.known[0, 0, known])
    return Estimate(
        median=counted + float(np.exp(rest[0, 0, known])),
        size=float(size) * ((YEAR - known + gap) / (YEAR - known)) ** 0.5,
        sizes=taught.scale.sizes[known],
        floor=counted,
    )


def _gap(past: Months, year: int, known: int) -> int:
    """Return how many months before the first unknown month of a year are unknown too."""
    flat = np.isfinite(past.values.ravel())
    open_from = (year - past.first_year) * YEAR + known
    return int(open_from - 1 - np.flatnonzero(flat[:open_from]).max(initial=-1 - LOOK_BACK))


def _parts(months: Months, year: int) -> list[int]:
    """Return the lengths of the blocks of less than a year in the last three years and this one."""
    end = (year + 1) * YEAR + months.first_month - 1
    recent = [block for block in months.blocks if end - LOOK_BACK - YEAR <= block.start < end]
    return [block.end - block.start for block in recent if block.end - block.start < YEAR]


def _stacked(together: list[Months]) -> Array:
    """Return the months (series, years, 12) of several views, cut to the years of the first."""
    first = together[0]
    out = np.full((len(together), *first.values.shape), np.nan)
    for place, view in enumerate(together):
        ahead = view.first_year - first.first_year
        source = view.values[max(-ahead, 0) :]
        out[place, max(ahead, 0) : max(ahead, 0) + len(source)] = source[: out.shape[1] - max(ahead, 0)]
    return out


def _steadied(evidence: Evidence, months: Months, year: int) -> Evidence:
    """Raise the noise of a series whose coarse blocks hide it, and of one too short to show it."""
    least = learned().noise if sum(length <= FINE for length in _parts(months, year)) < FEWEST_FINE else 0.0
    noise = np.fmax(evidence.noise, least)
    return evidence._replace(noise=noise, recent=np.fmax(evidence.recent, least))
