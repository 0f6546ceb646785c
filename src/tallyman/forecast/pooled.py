"""What many series taught: how far to trust the hints, how fast trade drifts, how a common tide carries on.

The regressions say how much the logarithm of the rest of a year lies above the ``level`` forecast. A year
shocks all series at once, so slopes are fitted within the groups of one year, and drift and tide across those
groups, where a year counts once however many series it has.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from tallyman.forecast.evidence import HINTS, Evidence
from tallyman.forecast.filters import YEAR, Array

HALF_LIFE = 15.0
NEIGHBOUR_WEIGHT = 0.5
HINT_RIDGE = 0.1
TIDE_RIDGE = 0.2
TIDE_UNIT = 0.05
DRIFT = 0.035
"""Log growth a year that is believed before the data speak; the history moves it by about ``DRIFT_DOUBT``."""
DRIFT_DOUBT = 0.01
LAG_YEARS = 0.35
FULL_GROUP = 30
SMALL = 0.02
ROUNDS = 4

Index = npt.NDArray[np.int64]


class Pool(NamedTuple):
    """Coefficients per k = 0..11: ``slopes`` (12, 6) of the hints, ``drift`` (12,) and ``tide`` (12,)."""

    slopes: Array
    drift: Array
    tide: Array


class Lesson(NamedTuple):
    """Resolved cases of one k: hints, outcome above ``level``, weight, year, group of one year, tide."""

    hints: Array
    outcome: Array
    weight: Array
    year: Index
    group: Index
    tide: Array

    def before(self, year: int) -> Lesson:
        """Return the cases of earlier years."""
        here = self.year < year
        return Lesson(
            hints=self.hints[here],
            outcome=self.outcome[here],
            weight=self.weight[here],
            year=self.year[here],
            group=self.group[here],
            tide=self.tide[here],
        )


def lift(pool: Pool, evidence: Evidence, tide: Array) -> Array:
    """Return how far the log rest of the year is expected to lie above ``evidence.level``."""
    return np.asarray((evidence.hints * pool.slopes).sum(-1) + pool.drift + tide * pool.tide)


def lessons(evidence: Evidence, tide: Array, group: Index, usable: npt.NDArray[np.bool_]) -> list[Lesson]:
    """Return the resolved cases per k; ``usable`` (series, year) says which years may teach."""
    rest = evidence.total[..., None] - evidence.known
    outcome = np.log(rest, out=np.full_like(rest, np.nan), where=rest > 0) - evidence.level
    share = 1 / (1 + evidence.known * np.exp(-evidence.level))
    years = np.arange(evidence.total.shape[1])
    cases = []
    for k in range(YEAR):
        here = usable & np.isfinite(outcome[..., k])
        year = np.broadcast_to(years, here.shape)[here]
        reporter = np.broadcast_to(group[:, None], here.shape)[here]
        cases.append(
            Lesson(
                hints=evidence.hints[:, :, k][here],
                outcome=outcome[..., k][here],
                weight=share[..., k][here],
                year=year,
                group=year * (int(group.max()) + 1) + reporter,
                tide=tide[..., k][here],
            )
        )
    return cases


def fit(cases: list[Lesson], before: int) -> Pool:
    """Fit on the years before index ``before`` only; a year's weight halves every 15 years."""
    past = [case.before(before) for case in cases]
    rows = [_fit_one(past, k, before) for k in range(YEAR)]
    slopes, drift, tide = zip(*rows, strict=True)
    return Pool(np.array(slopes), np.array(drift), np.array(tide))


def _fit_one(past: list[Lesson], k: int, before: int) -> tuple[Array, float, float]:
    near = range(max(0, k - 1), min(YEAR, k + 2))
    cases = [past[j] for j in near]
    which = np.repeat(np.array(near), [len(case.year) for case in cases])
    year = np.concatenate([case.year for case in cases])
    heard = np.where(which == k, 1.0, NEIGHBOUR_WEIGHT) * 0.5 ** ((before - year) / HALF_LIFE)
    keys = np.concatenate([case.group for case in cases]) * YEAR + which
    keys, first, group = np.unique(keys, return_index=True, return_inverse=True)
    slopes, shock = _within(
        np.concatenate([case.hints for case in cases]),
        np.concatenate([case.outcome for case in cases]),
        np.concatenate([case.weight for case in cases]) * heard,
        group,
    )
    tides = np.concatenate([case.tide for case in cases])[first] / TIDE_UNIT
    size = np.sqrt(np.minimum(np.bincount(group), FULL_GROUP)) * heard[first]
    drift, tide = _across(shock - _believed(keys % YEAR), tides, size, _independent(year, before))
    return slopes, float(_believed(np.array(k))) + drift, tide / TIDE_UNIT


def _believed(k: Index) -> Array:
    """Return the drift of the months to come against the level, before the data speak."""
    return np.asarray(DRIFT * ((YEAR - k) / (2 * YEAR) + LAG_YEARS))


def _independent(year: Index, before: int) -> float:
    """Return how many years the discounted years amount to."""
    heard = 0.5 ** ((before - np.unique(year)) / HALF_LIFE)
    return float(heard.sum() ** 2 / (heard**2).sum())


def _within(hints: Array, outcome: Array, weight: Array, group: Index) -> tuple[Array, Array]:
    """Return least-absolute-error slopes with a free constant for each group, and those constants."""
    scale = np.sqrt((hints**2).mean(0)) + 1e-9
    x = hints / scale
    ridge = np.eye(len(HINTS)) * HINT_RIDGE
    pull = weight
    slopes, shock = np.zeros(len(HINTS)), np.zeros(int(group.max()) + 1)
    for _ in range(ROUNDS):
        size = np.bincount(group, pull)
        mean_x = np.stack([np.bincount(group, pull * column) / size for column in x.T], axis=1)
        mean_y = np.bincount(group, pull * outcome) / size
        inner, left = x - mean_x[group], outcome - mean_y[group]
        slopes = np.linalg.solve(
            (inner * pull[:, None]).T @ inner / pull.sum() + ridge,
            (inner * pull[:, None]).T @ left / pull.sum(),
        )
        shock = mean_y - mean_x @ slopes
        pull = weight / np.maximum(np.abs(outcome - x @ slopes - shock[group]), SMALL)
    return slopes / scale, shock


def _across(shock: Array, tide: Array, weight: Array, independent: float) -> tuple[float, float]:
    """Return constant and tide slope of the yearly shocks; the constant is shrunk by the spread of years."""
    x = np.stack([np.ones_like(tide), tide], axis=1)
    pull, both = weight, np.zeros(2)
    for _ in range(ROUNDS):
        left = shock - x @ both
        spread = float(np.average(left**2, weights=weight))
        ridge = np.diag([spread / independent / DRIFT_DOUBT**2, TIDE_RIDGE])
        both = np.linalg.solve(
            (x * pull[:, None]).T @ x / pull.sum() + ridge, (x * pull[:, None]).T @ shock / pull.sum()
        )
        pull = weight / np.maximum(np.abs(shock - x @ both) / np.sqrt(spread), 0.5)
    return float(both[0]), float(both[1])
