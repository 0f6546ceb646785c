"""How forecasts are measured: per cent errors, CRPS, coverage, Brier and log score, calibration, skill."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from panel import Array, Mask

BINS = 10
LEAST_CHANCE = 1e-4


class Reliability(NamedTuple):
    """Per bin of forecast probability: the mean forecast, the share that came true, the number of cases."""

    forecast: list[float]
    came_true: list[float]
    cases: list[int]


def percent_error(forecast: Array, actual: Array) -> Array:
    """Return absolute per cent errors of the actual."""
    return np.abs(forecast / actual - 1) * 100


def crps_percent(quantiles: Array, levels: Array, actual: Array) -> Array:
    """Return the continuous ranked probability score, % of the actual: twice the mean pinball loss."""
    over = actual[..., None] - quantiles
    return 2 * np.maximum(levels * over, (levels - 1) * over).mean(-1) / actual * 100


def brier(chance: Array, outcome: Array) -> float:
    """Return the mean squared error of probabilities."""
    return float(((chance - outcome) ** 2).mean())


def log_score(chance: Array, outcome: Array) -> float:
    """Return the mean negative log of the probability given to what happened, cut at 0.0001."""
    given = np.where(outcome > 0, chance, 1 - chance)
    return float(-np.log(np.clip(given, LEAST_CHANCE, 1)).mean())


def reliability(chance: Array, outcome: Array) -> Reliability:
    """Return the ten bins that are not empty."""
    place = np.minimum((chance * BINS).astype(int), BINS - 1)
    bins = [place == number for number in range(BINS) if (place == number).any()]
    return Reliability(
        [float(chance[here].mean()) for here in bins],
        [float(outcome[here].mean()) for here in bins],
        [int(here.sum()) for here in bins],
    )


def calibration_error(chance: Array, outcome: Array) -> float:
    """Return the expected calibration error over ten bins."""
    bins = reliability(chance, outcome)
    gaps = [abs(f - t) * n for f, t, n in zip(*bins, strict=True)]
    return sum(gaps) / sum(bins.cases)


def at(values: Array, tested: Mask) -> Array:
    """Return (cases, k = 1..11) of the test years."""
    return values[tested][:, 1:12]
