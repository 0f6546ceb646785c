"""Years ahead: a random walk of the log annual total with a fixed drift and shocks with heavy tails.

Extrapolating a country's own growth is worse than the base rate, so growth is not extrapolated: all series
drift by 3.5 % a year, a seventh part of a recent jump is lost again, and only the size of the shocks is the
series' own. docs/forecasting.md has the measurements.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from tallyman.forecast.pooled import DRIFT

if TYPE_CHECKING:
    from tallyman.forecast.filters import Array

DRIFT_SPREAD = 0.02
FREEDOM = 4
UNIT_SHOCK = 1 / np.sqrt(2)
"""Turns a t with 4 degrees of freedom into a shock of unit standard deviation."""
FALL_BACK = 0.15
FALL_BACK_YEARS = 3
FALL_BACK_LIMIT = 0.5
VOLATILITY_YEARS = 15
FEWEST_GROWTHS = 2
OWN_SHARE = 0.7
NORMAL_SPREAD = 1.25
VOLATILITY_LIMIT = 1.0
SEED = 20231220


def volatility(growth: Array) -> Array:
    """Return the usual size of a series' yearly log growth around its median; NaN with under two growths.

    ``growth`` is (series, years), NaN where unknown; the last 15 years count. A mean absolute distance, times
    1.25 to be a standard deviation: one wild year must not decide.
    """
    recent = growth[:, -VOLATILITY_YEARS:]
    out = np.full(len(growth), np.nan)
    for place, row in enumerate(recent):
        known = row[np.isfinite(row)]
        if len(known) >= FEWEST_GROWTHS:
            out[place] = NORMAL_SPREAD * np.abs(known - np.median(known)).mean()
    return np.asarray(np.minimum(out, VOLATILITY_LIMIT))


def shrunk(own: Array, panel: float, unknown: float) -> Array:
    """Return the volatility that is believed: seven parts own, three parts that of the panel.

    ``unknown`` stands in for the own one of a series too short to show it.
    """
    return OWN_SHARE * np.where(np.isfinite(own), own, unknown) + (1 - OWN_SHARE) * panel


def fall_back(last: Array, before: Array) -> Array:
    """Return by how much the coming totals are lower because the last one jumped above its neighbours.

    ``last`` are log totals, ``before`` (..., 2) those of the two years before; zero where one is unknown.
    """
    mean = (last + before.sum(-1)) / FALL_BACK_YEARS
    jump = last - mean - DRIFT * (FALL_BACK_YEARS - 1) / 2
    return np.asarray(np.nan_to_num(-FALL_BACK * np.clip(jump, -FALL_BACK_LIMIT, FALL_BACK_LIMIT)))


@lru_cache(maxsize=4)
def shocks(draws: int, years: int) -> tuple[Array, Array]:
    """Return the same antithetic shocks (draws, years) and drift shocks (draws, 1) for every call."""
    random = np.random.default_rng(SEED)
    half = random.standard_t(FREEDOM, (draws // 2, years)) * UNIT_SHOCK
    drift = random.standard_normal((draws // 2, 1)) * DRIFT_SPREAD
    return np.concatenate([half, -half]), random.permutation(np.concatenate([drift, -drift]))


def paths(start: Array, size: float, before: Array, years: int) -> Array:
    """Return simulated log totals (draws, years) of the years after ``start`` (draws,).

    ``size`` is the believed volatility; ``before`` are the log totals of the two years before ``start``.
    """
    shock, drift = shocks(len(start), years)
    level = start + fall_back(start, before)
    steps = (DRIFT + drift) * np.arange(1, years + 1) + size * shock.cumsum(1)
    return np.asarray(level[:, None] + steps)
