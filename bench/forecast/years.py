"""One to five years ahead: will the annual total reach c times today's at least once by the deadline?"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from measures import brier, calibration_error, log_score, reliability
from panel import FIRST, Array, Panel
from tables import table

from tallyman.forecast import horizon

if TYPE_CHECKING:
    from collections.abc import Callable

ORIGINS = range(2005, 2022)
RESOLVED_FROM = 1985
HORIZONS = (1, 2, 3, 4, 5)
MULTIPLES = (1.05, 1.1, 1.25, 1.5, 2.0)
HISTORY = 8
DRAWS = 4000
OWN_YEARS = 10
GONE = -20.0
"""Log of a total of nothing: it reaches no target, and no growth is counted from it."""


class Cases(NamedTuple):
    """Flat cases: which series, origin, horizon and multiple, and whether it was reached."""

    series: Array
    origin: Array
    horizon: Array
    multiple: Array
    reached: Array


def report(panel: Panel) -> None:
    """Print Brier score, skill, calibration and log score of every method, and our reliability."""
    totals = panel.totals
    logs = np.where(totals > 0, np.log(np.where(totals > 0, totals, 1)), np.where(totals == 0, GONE, np.nan))
    growth = np.diff(np.where(logs > GONE, logs, np.nan), axis=1, prepend=np.nan)
    cases = _cases(logs, growth)
    outcome = cases.reached
    chances = {
        "base rate for (c, H)": _base_rates(logs, cases),
        "last growth goes on, yes or no": _extrapolated(growth, cases, 1),
        "growth of 5 years goes on, yes or no": _extrapolated(growth, cases, 5),
        "random walk, own drift and spread of 10 years": _own_walk(growth, cases),
        "ours": _ours(logs, growth, cases),
    }
    base = brier(chances["base rate for (c, H)"], outcome)
    rows = []
    for name, chance in chances.items():
        score = brier(chance, outcome)
        by_horizon = []
        for years in HORIZONS:
            here = cases.horizon == years
            rate = brier(chances["base rate for (c, H)"][here], outcome[here])
            by_horizon.append(1 - brier(chance[here], outcome[here]) / rate)
        rows.append(
            [
                name,
                score,
                1 - score / base,
                calibration_error(chance, outcome),
                log_score(chance, outcome),
                *by_horizon,
            ]
        )
    share = outcome.mean()
    span = f"origins {ORIGINS[0]}-{ORIGINS[-1]}"
    print(f"\n{len(outcome)} cases: {len(logs)} series, {span}, reached in {share:.3f}\n")
    print(
        table(["", "Brier", "skill", "ECE", "log score", *(f"skill H={h}" for h in HORIZONS)], rows, digits=3)
    )
    bins = reliability(chances["ours"], outcome)
    print("\nReliability of ours\n")
    print(table(["forecast", "came true", "cases"], [list(row) for row in zip(*bins, strict=True)], digits=3))


def _cases(logs: Array, growth: Array) -> Cases:
    rows = []
    for origin in ORIGINS:
        now = origin - FIRST
        history = np.isfinite(growth[:, now - HISTORY + 1 : now + 1]).sum(1) >= HISTORY
        for years in HORIZONS:
            best = _best(logs, now, years)
            usable = np.flatnonzero(history & np.isfinite(best) & (logs[:, now] > GONE))
            rows += [
                np.stack(
                    [
                        usable,
                        *np.full((2, len(usable)), [[now], [years]]),
                        np.full(len(usable), c),
                        best[usable] >= np.log(c),
                    ]
                )
                for c in MULTIPLES
            ]
    return Cases(*np.concatenate(rows, axis=1))


def _best(logs: Array, now: int, years: int) -> Array:
    """Return the highest log total of the next years over that of now, NaN if one is not known."""
    ahead = logs[:, now + 1 : now + years + 1]
    if ahead.shape[1] < years:
        return np.full(len(logs), np.nan)
    return np.where(np.isfinite(ahead).all(1), ahead.max(1), np.nan) - logs[:, now]


def _base_rates(logs: Array, cases: Cases) -> Array:
    """Return the share of all earlier cases, resolved by the origin, in which the same (c, H) was reached."""
    out = np.empty(len(cases.reached))
    for years in HORIZONS:
        past = [_best(logs, now, years) for now in range(RESOLVED_FROM - FIRST, logs.shape[1])]
        for multiple in MULTIPLES:
            hits = np.array([(best >= np.log(multiple)).sum() for best in past])
            count = np.array([np.isfinite(best).sum() for best in past])
            here = (cases.horizon == years) & (cases.multiple == multiple)
            resolved = cases.origin[here].astype(int) - years - (RESOLVED_FROM - FIRST) + 1
            out[here] = (hits.cumsum() / np.maximum(count.cumsum(), 1))[resolved - 1]
    return out


def _extrapolated(growth: Array, cases: Cases, years: int) -> Array:
    pace = _mean_growth(growth, years)[cases.series.astype(int), cases.origin.astype(int)]
    return (np.maximum(pace, pace * cases.horizon) >= np.log(cases.multiple)).astype(float)


def _mean_growth(growth: Array, years: int) -> Array:
    out = np.full_like(growth, np.nan)
    for now in range(years, growth.shape[1]):
        window = growth[:, now - years + 1 : now + 1]
        known = np.isfinite(window)
        out[:, now] = np.where(known, window, 0).sum(1) / np.maximum(known.sum(1), 1)
    return out


def _own_walk(growth: Array, cases: Cases) -> Array:
    """Return the chances of a normal walk with each series' own mean and spread of ten years."""
    random = np.random.default_rng(horizon.SEED)
    unit = random.standard_normal((DRAWS, len(HORIZONS))).cumsum(1)
    drift = _mean_growth(growth, OWN_YEARS)

    def walk(series: int, now: int) -> Array:
        recent = growth[series, max(now - OWN_YEARS + 1, 0) : now + 1]
        return drift[series, now] * np.array(HORIZONS) + np.nanstd(recent) * unit

    return _chances(cases, walk)


def _ours(logs: Array, growth: Array, cases: Cases) -> Array:
    own = np.stack([horizon.volatility(growth[:, : now + 1]) for now in range(growth.shape[1])], axis=1)
    start = np.zeros(DRAWS)

    def walk(series: int, now: int) -> Array:
        known = own[:, now]
        usual = float(np.nanmean(known))
        size = horizon.shrunk(known, usual, usual)[series]
        before = logs[series, now - 2 : now] - logs[series, now]
        return horizon.paths(start, float(size), before, len(HORIZONS))

    return _chances(cases, walk)


def _chances(cases: Cases, walk: Callable[[int, int], Array]) -> Array:
    out = np.empty(len(cases.reached))
    keys, place = np.unique(cases.series * 1000 + cases.origin, return_inverse=True)
    order = np.argsort(place, kind="stable")
    ends = np.searchsorted(place[order], np.arange(len(keys) + 1))
    for number, key in enumerate(keys):
        here = order[ends[number] : ends[number + 1]]
        best = np.maximum.accumulate(walk(int(key // 1000), int(key % 1000)), axis=1)
        columns = best[:, cases.horizon[here].astype(int) - 1]
        out[here] = (columns >= np.log(cases.multiple[here])).mean(0)
    return out
