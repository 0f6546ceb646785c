"""How wrong the annual total may be: past errors of the total itself, scaled, pooled over series.

Adding up monthly bounds gives far too wide intervals and simulated models far too narrow ones, so the error
of the whole year is calibrated: its size by a regression, its shape by the quantiles of what is left. The
shape is symmetric in the logarithm, so the median is the point forecast.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import numpy.typing as npt

from tallyman.forecast.filters import YEAR, Array

if TYPE_CHECKING:
    from tallyman.forecast.evidence import Evidence

LEVELS = (*np.linspace(0.0, 0.98, 50).round(2).tolist(), 0.99, 0.995)
"""Shares of past errors whose sizes are kept; beyond the last the tail falls like a t with 4 degrees."""
TAIL = 4.0
HALF_LIFE = 8.0
NEIGHBOUR_WEIGHT = 0.5
RECENT_FLOOR = 0.01
SPREAD_FLOOR = 0.003
ERROR_FLOOR = 0.002
RIDGE = 1e-3

Mask = npt.NDArray[np.bool_]


class Scale(NamedTuple):
    """Per k = 0..11: ``slopes`` (12, 5) of the log error's size, ``sizes`` (12, levels) of scaled errors."""

    slopes: Array
    sizes: Array


def signs(evidence: Evidence, rest: Array) -> Array:
    """Return what foretells the size of an error (series, year, k, 5).

    They are a constant, the usual noise, the noise now, the share of the year that is open, and how far the
    two filters disagree.

    ``rest`` is the log forecast of the months to come.
    """
    share = 1 / (1 + evidence.known * np.exp(-rest))
    apart = np.abs(evidence.classical - evidence.level) * share
    return np.stack(
        [
            np.ones_like(rest),
            np.log(evidence.noise),
            np.log(evidence.recent + RECENT_FLOOR),
            np.log(share),
            np.log(apart + SPREAD_FLOOR),
        ],
        axis=-1,
    )


def spread(scale: Scale, evidence: Evidence, rest: Array) -> Array:
    """Return the size by which past errors of the log total are multiplied (series, year, k)."""
    return np.asarray(np.exp((signs(evidence, rest) * scale.slopes).sum(-1)))


def fit(found: Array, error: Array, before: int) -> Scale:
    """Fit on the resolved years before index ``before``; a year's weight halves every 8 years.

    ``found`` are the :func:`signs`, ``error`` (series, year, k) the log of actual over forecast total, made
    by forecasts that had not seen that year.
    """
    known = np.isfinite(found).all(-1) & np.isfinite(error)
    known[:, before:] = False
    rows = [_fit_one(found, error, known, k, before) for k in range(YEAR)]
    slopes, sizes = zip(*rows, strict=True)
    return Scale(np.array(slopes), np.array(sizes))


def _fit_one(found: Array, error: Array, known: Mask, k: int, before: int) -> tuple[Array, Array]:
    x, size, weight, own = [], [], [], []
    for j in range(max(0, k - 1), min(YEAR, k + 2)):
        here = known[:, :, j]
        year = np.broadcast_to(np.arange(known.shape[1]), here.shape)[here]
        x.append(found[:, :, j][here])
        size.append(np.abs(error[:, :, j][here]))
        weight.append(0.5 ** ((before - year) / HALF_LIFE) * (1.0 if j == k else NEIGHBOUR_WEIGHT))
        own.append(np.full(len(year), j == k))
    signs_, sizes, weights, mine = (np.concatenate(rows) for rows in (x, size, weight, own))
    moment = (signs_ * weights[:, None]).T
    slopes = np.linalg.solve(
        moment @ signs_ / weights.sum() + RIDGE * np.eye(signs_.shape[1]),
        moment @ np.log(sizes + ERROR_FLOOR) / weights.sum(),
    )
    scaled = sizes / np.exp(signs_ @ slopes)
    return slopes, _weighted_quantiles(scaled[mine], weights[mine])


def _weighted_quantiles(values: Array, weights: Array) -> Array:
    order = np.argsort(values)
    share = np.cumsum(weights[order]) - weights[order] / 2
    return np.asarray(np.interp(LEVELS, np.r_[0.0, share / weights.sum()], np.r_[0.0, values[order]]))


def quantile(sizes: Array, level: Array) -> Array:
    """Return the scaled log errors that are not exceeded with the probabilities ``level`` (0 < level < 1).

    ``sizes`` is (levels,).

    >>> quantile(np.linspace(0.0, 2.0, len(LEVELS)), np.array([0.5])).tolist()
    [0.0]
    """
    inner = np.abs(2 * level - 1)
    tail = sizes[-1] * ((1 - LEVELS[-1]) / (1 - inner)) ** (1 / TAIL)
    size = np.where(inner > LEVELS[-1], tail, np.interp(inner, LEVELS, sizes))
    return np.asarray(np.sign(level - 0.5) * size)


def exceedance(sizes: Array, scaled: Array) -> Array:
    """Return the probability that a scaled log error is at least ``scaled``; ``sizes`` is (levels,)."""
    size = np.abs(scaled)
    inner = np.interp(size, sizes, LEVELS)
    with np.errstate(divide="ignore"):
        beyond = (1 - LEVELS[-1]) * (sizes[-1] / size) ** TAIL
    tail = np.where(size > sizes[-1], beyond, 1 - inner) / 2
    return np.asarray(np.where(scaled > 0, tail, 1 - tail))
