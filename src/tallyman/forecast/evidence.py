"""What the months known so far say about the rest of the year, for many series and all origins at once.

Axes: (series, year, k), where ``k`` = 0..11 is the number of months of that year that are known. Values are
never negative; zero and unknown months are NaN. Nothing at an origin depends on later months.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from tallyman.forecast.filters import (
    YEAR,
    Array,
    Track,
    adaptive,
    classical_season,
    noise,
    steady,
    weights,
    workday_effect,
)

LEVEL_SPEEDS = (0.1, 0.2, 0.3, 0.5, 0.8)
SEASON_SPEEDS = (0.02, 0.05, 0.1, 0.2, 0.4)
STEADY_SPEEDS = (0.1, 0.2, 0.3, 0.45, 0.65, 0.85)
CLASSICAL_YEARS = 15
SHARE_YEARS = 5
HINTS = ("speed 0.1", "speed 0.2", "speed 0.5", "speed 0.8", "share of 5 years", "rest of last year")
HINT_LIMIT = 0.3
CALM = 0.2

LONG_MEMORY = 0.98
SHORT_MEMORY = 0.75
TIDE_LIMIT = 0.7
TIDE_NOISE = 0.01
FEWEST_NEIGHBOURS = 5


class Evidence(NamedTuple):
    """All that a forecast stands on; logs of sums over the months that are still to come, unless said.

    ``known`` is the sum of the first k months; ``total`` (series, year) the year's total; ``level`` and
    ``classical`` are two forecasts of the rest; ``hints`` (…, 6) are bounded distances of other forecasts
    from ``level``, zero where one is missing; ``noise`` and ``recent`` are the usual size of a month's
    surprise over about four years and over the last months; ``swing`` is how far fast and slow smoothing
    differ.
    """

    known: Array
    total: Array
    level: Array
    classical: Array
    hints: Array
    noise: Array
    recent: Array
    swing: Array


def gather(months: Array, first_year: int, first_month: int = 1) -> Evidence:
    """Return the evidence in ``months`` (series, years, 12): full units, NaN where unknown.

    ``first_month`` is the calendar month in which the years begin.
    """
    logs = np.log(months, out=np.full_like(months, np.nan), where=months > 0)
    effect = workday_effect(first_year, months.shape[1], first_month)
    track = adaptive(logs, effect, LEVEL_SPEEDS, SEASON_SPEEDS)
    mixed, surprise = _mix(track)
    fixed = steady(logs, effect, STEADY_SPEEDS, classical_season(logs, CLASSICAL_YEARS))
    classical, _ = _mix(fixed)
    at_speed = dict(zip(LEVEL_SPEEDS, _by_speed(track), strict=True))
    sums = np.concatenate([np.zeros_like(months[..., :1]), months.cumsum(2)], axis=2)
    known, total = sums[..., :YEAR], sums[..., YEAR]
    usual = noise(surprise, LONG_MEMORY).reshape(months.shape)
    others = [at_speed[speed] for speed in (0.1, 0.2, 0.5, 0.8)]
    others += [_by_share(known, total), _last_rest(known, total)]
    distance = np.stack(others, axis=-1) - mixed[..., None]
    return Evidence(
        known=known,
        total=total,
        level=mixed,
        classical=classical,
        hints=_bounded(distance, usual),
        noise=usual,
        recent=noise(surprise, SHORT_MEMORY).reshape(months.shape),
        swing=at_speed[0.8] - at_speed[0.2],
    )


def tide(evidence: Evidence, group: Array) -> Array:
    """Return how the series of a group move together: the mean swing, calm series weighing more.

    ``group`` numbers the group of each series (all series of one reporter, for example). Zero where fewer
    than five series of the group are known.
    """
    swing = np.clip(evidence.swing, -TIDE_LIMIT, TIDE_LIMIT)
    weight = 1 / (evidence.noise**2 + TIDE_NOISE)
    counts = np.isfinite(swing) & np.isfinite(weight)
    out = np.zeros_like(swing)
    for name in np.unique(group):
        here = group == name
        count = counts[here].sum(0)
        share = np.where(counts[here], weight[here], 0.0)
        mean = (share * np.where(counts[here], swing[here], 0.0)).sum(0) / np.maximum(share.sum(0), 1e-12)
        out[here] = np.where(count >= FEWEST_NEIGHBOURS, mean, 0.0)
    return out


def _mix(track: Track) -> tuple[Array, Array]:
    """Return the weighted log forecast (series, year, k) and the weighted one-month error (series, month)."""
    share = weights(track.error)
    rest = (share.reshape(track.rest.shape) * np.log(track.rest)).sum(0)
    return rest, (share * track.error).sum(0)


def _by_speed(track: Track) -> Array:
    """Return the forecast of each level speed (speed, series, year, k), its season speeds weighted by errors."""
    speeds, seasons = len(LEVEL_SPEEDS), len(SEASON_SPEEDS)
    series, years, _ = track.rest.shape[1:]
    side_by_side = Track(
        track.rest.reshape(speeds, seasons, series, years, YEAR)
        .swapaxes(0, 1)
        .reshape(seasons, -1, years, YEAR),
        track.error.reshape(speeds, seasons, series, -1).swapaxes(0, 1).reshape(seasons, speeds * series, -1),
    )
    return _mix(side_by_side)[0].reshape(speeds, series, years, YEAR)


def _by_share(known: Array, total: Array) -> Array:
    """Return the rest if the known months have the share of the year that they had in the last five years."""
    whole = np.isfinite(total)
    part, full = np.zeros_like(known), np.zeros_like(known)
    for years in range(1, min(SHARE_YEARS, total.shape[1] - 1) + 1):
        part[:, years:] += np.where(whole[:, :-years, None], known[:, :-years], 0.0)
        full[:, years:] += np.where(whole, total, 0.0)[:, :-years, None]
    usable = (part > 0) & (full > part) & (known > 0)
    ratio = np.divide(full - part, part, out=np.full_like(known, np.nan), where=usable)
    return np.log(known * ratio, out=np.full_like(known, np.nan), where=usable)


def _last_rest(known: Array, total: Array) -> Array:
    rest = np.full_like(known, np.nan)
    rest[:, 1:] = total[:, :-1, None] - known[:, :-1]
    return np.log(rest, out=np.full_like(rest, np.nan), where=rest > 0)


def _bounded(distance: Array, usual: Array) -> Array:
    """Return the distances made smaller for restless series, bounded, and zero where unknown."""
    calm = distance / (1 + (usual[..., None] / CALM) ** 2)
    return np.nan_to_num(HINT_LIMIT * np.tanh(calm / HINT_LIMIT))
