"""Level filters: exponential smoothing of log months, for many series and settings in one pass.

Arrays have the axes (setting, series, month) or (series, year, month of the year). A month that is not known
is NaN: the state waits. What is expected of a month comes from earlier months only.
"""

from __future__ import annotations

from calendar import monthrange
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]

YEAR = 12
WORKDAYS_IN_WEEK = 5
FEBRUARY_DAYS = 28.2425
MONTH_DAYS = (31.0, FEBRUARY_DAYS, 31.0, 30.0, 31.0, 30.0, 31.0, 31.0, 30.0, 31.0, 30.0, 31.0)
WORKDAY_ELASTICITY = 0.5
"""Per cent of trade for one per cent of working days; months of 1990 to 2010 give 0.44 to 0.58."""

FIRST_YEARS = 3
SEASON_DOUBT = 0.75
TREND_KEPT = 0.7
MEMORY = 0.985
SHARPNESS = 15.0
WILD = 1.0
ERROR_FLOOR = 1e-6


class Track(NamedTuple):
    """What filters said on the way.

    ``rest[g, n, y, k]`` is the expected sum of the months after the first ``k`` of year ``y`` when ``k`` are
    known; ``error[g, n, t]`` is the log error one month ahead, NaN where the month is not known.
    """

    rest: Array
    error: Array


def workday_effect(first_year: int, years: int, first_month: int = 1) -> Array:
    """Return the log effect of working days on each month: shape (years, 12), zero for an average month.

    ``first_month`` is the calendar month in which a year begins (4 for India's fiscal year).

    >>> float(workday_effect(2023, 1)[0, 1].round(4))  # February 2023 had 20 weekdays
    -0.0043
    """
    effect = np.empty((years, YEAR))
    for year in range(years):
        for place in range(YEAR):
            late, month = divmod(first_month - 1 + place, YEAR)
            weekday, days = monthrange(first_year + year + late, month + 1)
            weekdays = sum((weekday + day) % 7 < WORKDAYS_IN_WEEK for day in range(days))
            usual = MONTH_DAYS[month] * WORKDAYS_IN_WEEK / 7
            effect[year, place] = WORKDAY_ELASTICITY * np.log(weekdays / usual)
    return effect


def adaptive(logs: Array, effect: Array, levels: tuple[float, ...], seasons: tuple[float, ...]) -> Track:
    """Smooth level and season together; one setting for each pair of a level and a season speed.

    ``logs`` is (series, years, 12); ``effect`` as from :func:`workday_effect`. Speeds lie in (0, 1).
    """
    flat = (logs - effect).reshape(len(logs), -1)
    alpha = np.repeat(levels, len(seasons))[:, None]
    gamma = np.tile(seasons, len(levels))[:, None] * (1 - alpha)
    begin = _first(flat)
    level, season = _start(flat, begin)
    level = np.repeat(level[None], len(alpha), axis=0)
    season = np.repeat(season[:, None], len(alpha), axis=1)
    track = _track(len(alpha), logs)
    for month in range(flat.shape[1]):
        year, place = divmod(month, YEAR)
        shape = np.exp(season[place:] + effect[year, place:, None, None])
        track.rest[:, :, year, place] = np.exp(level) * shape.sum(0)
        error = flat[:, month] - level - season[place]
        error[:, month < begin] = np.nan
        track.error[:, :, month] = error
        news = np.nan_to_num(error)
        level += alpha * news
        season[place] += gamma * news
    return track


def steady(logs: Array, effect: Array, levels: tuple[float, ...], season: Array) -> Track:
    """Smooth the level under a season that is given at the start of each year (series, years, 12)."""
    flat = (logs - effect - season).reshape(len(logs), -1)
    alpha = np.array(levels)[:, None]
    begin = _first(flat)
    level = np.zeros((len(alpha), len(logs)))
    track = _track(len(alpha), logs)
    shape = np.exp(season + effect)
    rest = shape[:, :, ::-1].cumsum(2)[:, :, ::-1]
    for month in range(flat.shape[1]):
        year, place = divmod(month, YEAR)
        level[:, month == begin] = flat[month == begin, month]
        track.rest[:, :, year, place] = np.exp(level) * rest[:, year, place]
        error = flat[:, month] - level
        error[:, month <= begin] = np.nan
        track.error[:, :, month] = error
        level += alpha * np.nan_to_num(error)
    return track


def classical_season(logs: Array, span: int) -> Array:
    """Return the season known at the start of each year: mean log distance from the centred yearly mean.

    It uses the last ``span`` years. Zero (no season) where not one month has a centred mean yet.
    """
    series, years, _ = logs.shape
    flat = logs.reshape(series, -1)
    centred = np.full_like(flat, np.nan)
    if years > 1:
        window = np.lib.stride_tricks.sliding_window_view(flat, YEAR + 1, axis=1)
        weights = np.r_[0.5, np.ones(YEAR - 1), 0.5] / YEAR
        centred[:, YEAR // 2 : -YEAR // 2] = flat[:, YEAR // 2 : -YEAR // 2] - window @ weights
    distance = centred.reshape(series, years, YEAR)
    season = np.zeros_like(logs)
    for year in range(1, years):
        past = distance[:, max(0, year - span) : year].copy()
        past[:, -1, YEAR // 2 :] = np.nan
        season[:, year] = _mean(past, axis=1)
    return np.asarray(season - season.mean(2, keepdims=True))


def weights(error: Array) -> Array:
    """Return the weight of each setting at each origin, from its discounted squared errors before it.

    Shape as ``error``; the weights of the settings add up to 1; equal where nothing is known yet.
    """
    squares, count = _discounted(error, MEMORY)
    score = -SHARPNESS * np.log((squares + ERROR_FLOOR) / (count + ERROR_FLOOR))
    share = np.exp(score - score.max(0))
    return np.asarray(share / share.sum(0))


def noise(error: Array, memory: float) -> Array:
    """Return the discounted root mean square of past errors (series, months), NaN before the first."""
    squares, count = _discounted(error, memory)
    return np.sqrt(np.divide(squares, count, out=np.full_like(squares, np.nan), where=count > 0))


def _discounted(error: Array, memory: float) -> tuple[Array, Array]:
    """Return the sum and the number of squared errors before each month, older ones counting less.

    An unknown month neither adds nor ages.
    """
    by_month = np.ascontiguousarray(np.moveaxis(error, -1, 0))
    known = np.isfinite(by_month)
    news = np.clip(np.where(known, by_month, 0.0), -WILD, WILD) ** 2
    ageing = np.where(known, memory, 1.0)
    squares, count = np.zeros_like(news), np.zeros_like(news)
    for month in range(1, len(news)):
        squares[month] = squares[month - 1] * ageing[month - 1] + news[month - 1]
        count[month] = count[month - 1] * ageing[month - 1] + known[month - 1]
    return np.moveaxis(squares, 0, -1), np.moveaxis(count, 0, -1)


def _track(settings: int, logs: Array) -> Track:
    series, years, _ = logs.shape
    return Track(np.empty((settings, *logs.shape)), np.empty((settings, series, years * YEAR)))


def _first(flat: Array) -> npt.NDArray[np.int64]:
    known = np.isfinite(flat)
    return np.asarray(np.where(known.any(1), known.argmax(1), flat.shape[1]))


def _start(flat: Array, begin: npt.NDArray[np.int64]) -> tuple[Array, Array]:
    """Return the level (series,) and season (12, series) that the first three years suggest."""
    level = np.zeros(len(flat))
    season = np.zeros((YEAR, len(flat)))
    for place, first in enumerate(begin):
        block = flat[place, first : first + YEAR * FIRST_YEARS]
        known = np.isfinite(block)
        if not known.any():
            continue
        month = np.arange(len(block))
        trend = _trend(block)
        centre = month[known].mean()
        distance = block - block[known].mean() - trend * (month - centre)
        years = known.sum() / YEAR
        padded = np.full(-(-len(block) // YEAR) * YEAR, np.nan)
        padded[: len(block)] = distance
        shape = np.roll(_mean(padded.reshape(-1, YEAR), axis=0), first % YEAR)
        season[:, place] = shape * years / (years + SEASON_DOUBT)
        level[place] = block[known].mean() - TREND_KEPT * trend * (centre + 1)
    return level, season


def _trend(block: Array) -> float:
    """Return the monthly log growth between the first and the last year of a block; 0 in under two years."""
    if len(block) < 2 * YEAR:
        return 0.0
    first, last = block[:YEAR], block[-YEAR:]
    if not (np.isfinite(first).any() and np.isfinite(last).any()):
        return 0.0
    return float((np.nanmean(last) - np.nanmean(first)) / (len(block) - YEAR))


def _mean(values: Array, axis: int) -> Array:
    """Return the mean of the known values, 0 where there is none."""
    known = np.isfinite(values)
    return np.asarray(np.where(known, values, 0.0).sum(axis) / np.maximum(known.sum(axis), 1))
