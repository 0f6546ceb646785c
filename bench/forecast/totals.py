"""The annual total from the months known so far: errors, distributions, deadline-year probabilities."""

from __future__ import annotations

import time

import baselines
import library
import numpy as np
from measures import at, brier, calibration_error, crps_percent, log_score, percent_error, reliability
from panel import FIRST, Array, Panel
from replay import Replay, replay
from tables import table

from tallyman.forecast import blend, calibrate
from tallyman.forecast.evidence import gather, tide
from tallyman.forecast.pool import learned

LEVELS = np.linspace(0.005, 0.995, 100)
MONTHS = range(1, 12)
MULTIPLES = (0.9, 1.0, 1.1, 1.25)
DRAWS = 2000
SEED = 20150101


def report(panel: Panel) -> Replay:
    """Print the tables of one panel and return our replay."""
    ours = _timed(panel)
    alone = replay(panel, neighbours=False)
    forecasts = baselines.all_of(ours.evidence)
    forecasts |= library.totals(panel)
    known = ours.evidence.known
    forecasts |= {
        "ours: level filter": blend.total(ours.evidence.level, known),
        "ours: classical season": blend.total(ours.evidence.classical, known),
        "ours: pooled part": blend.total(ours.pooled, known),
        "ours, a series alone": alone.total,
        "ours": ours.total,
    }
    _points(panel, forecasts)
    _edge(panel, forecasts)
    quantiles = _quantiles(panel, ours)
    _distributions(panel, quantiles)
    _deadlines(panel, ours)
    return ours


def _timed(panel: Panel) -> Replay:
    """Return our replay; print how many totals a second one core forecasts, without and with the fits."""
    taught = learned()
    started = time.process_time()
    evidence = gather(panel.months, FIRST)
    rest = blend.rest_of_year(taught.pool, evidence, tide(evidence, panel.group))
    calibrate.spread(taught.scale, evidence, rest)
    forecast = time.process_time() - started
    started = time.process_time()
    ours = replay(panel)
    replayed = time.process_time() - started
    for name, count, spent in (
        ("totals with their scales, coefficients given", int(np.isfinite(rest).sum()), forecast),
        ("totals with every year's own fits and scales", int(np.isfinite(ours.rest).sum()), replayed),
    ):
        print(f"{count} {name}: {spent:.2f} s, {count / spent:,.0f} a second")
    return ours


def _points(panel: Panel, forecasts: dict[str, Array]) -> None:
    actual = panel.totals[..., None]
    lull = ~np.isin(FIRST + np.arange(actual.shape[1]), (2020, 2021))
    rows = []
    for name, forecast in forecasts.items():
        error = percent_error(forecast, actual)
        cases = at(error, panel.tested)
        calm = at(error, panel.tested & lull)
        shock = error[:, 2020 - FIRST][panel.tested[:, 2020 - FIRST]][:, 1:]
        rows.append([name, *cases.mean(0), cases.mean(), float(np.median(cases)), calm.mean(), shock.mean()])
    head = ["MAPE, %", *(f"k={k}" for k in MONTHS), "mean", "median", "ex 2020-21", "2020"]
    print(f"\n{cases.size} cases: {len(panel.keys)} series, 8 test years each, k months known\n")
    print(table(head, rows))


def _edge(panel: Panel, forecasts: dict[str, Array]) -> None:
    """Print how much smaller our error is, with a bootstrap over reporter-years: they share their shocks."""
    actual = panel.totals[..., None]
    ours = at(percent_error(forecasts["ours"], actual), panel.tested).mean(1)
    year = np.broadcast_to(np.arange(panel.tested.shape[1]), panel.tested.shape)[panel.tested]
    group = np.broadcast_to(panel.group[:, None], panel.tested.shape)[panel.tested]
    _, cluster = np.unique(year * 10 + group, return_inverse=True)
    count = int(cluster.max()) + 1
    picks = np.random.default_rng(SEED).integers(0, count, (DRAWS, count))
    times = np.stack([np.bincount(pick, minlength=count) for pick in picks])
    rows = []
    for name, forecast in forecasts.items():
        if name == "ours":
            continue
        other = at(percent_error(forecast, actual), panel.tested).mean(1)
        sums = [times @ np.bincount(cluster, error, minlength=count) for error in (ours, other)]
        change = (sums[0] / sums[1] - 1) * 100
        low, high = np.quantile(change, [0.025, 0.975])
        rows.append([name, float((ours.mean() / other.mean() - 1) * 100), float(low), float(high)])
    print(f"\nChange of the mean error from each method to ours, %; {count} reporter-years, {DRAWS} draws\n")
    print(table(["against", "change", "2.5 %", "97.5 %"], rows))


def _quantiles(panel: Panel, ours: Replay) -> Array:
    """Return the quantiles of the test cases (cases, k = 1..11, levels)."""
    spread = at(ours.spread, panel.tested)
    median = at(ours.total, panel.tested)
    floor = at(ours.evidence.known, panel.tested)
    year = np.broadcast_to(np.arange(panel.tested.shape[1]), panel.tested.shape)[panel.tested]
    unit = np.array([[calibrate.quantile(ours.sizes[y, k], LEVELS) for k in MONTHS] for y in year])
    return np.maximum(floor[..., None], median[..., None] * np.exp(spread[..., None] * unit))


def _distributions(panel: Panel, quantiles: Array) -> None:
    actual = np.repeat(panel.totals[panel.tested][:, None], len(MONTHS), 1)
    year = FIRST + np.broadcast_to(np.arange(panel.tested.shape[1]), panel.tested.shape)[panel.tested]
    score = crps_percent(quantiles, LEVELS, actual)
    cover, width = {}, {}
    for share in (80, 95):
        low, high = (_level(quantiles, (1 + sign * share / 100) / 2) for sign in (-1, 1))
        cover[share] = 100.0 * ((low <= actual) & (actual <= high))
        width[share] = (high - low) / actual * 100
    rows = [["CRPS, % of actual", *score.mean(0), score.mean()]]
    for share in (80, 95):
        rows.append([f"{share} % cover", *cover[share].mean(0), cover[share].mean()])
        rows.append([f"{share} % width", *width[share].mean(0), width[share].mean()])
    print("\nDistribution of the total\n")
    print(table(["", *(f"k={k}" for k in MONTHS), "mean"], rows))
    years = sorted(set(year.tolist()))
    rows = [
        [f"{share} % cover", *(float(cover[share][year == y].mean()) for y in years)] for share in (80, 95)
    ]
    rows.append(["CRPS", *(float(score[year == y].mean()) for y in years)])
    print("\nBy year, all k\n")
    print(table(["", *map(str, years)], rows))


def _level(quantiles: Array, level: float) -> Array:
    place = np.searchsorted(LEVELS, level)
    part = (level - LEVELS[place - 1]) / (LEVELS[place] - LEVELS[place - 1])
    return quantiles[..., place - 1] * (1 - part) + quantiles[..., place] * part


def _deadlines(panel: Panel, ours: Replay) -> None:
    """Print how probabilities fare that the year reaches a multiple of last year's total."""
    last = np.full_like(panel.totals, np.nan)
    last[:, 1:] = panel.totals[:, :-1]
    growth = baselines.all_of(ours.evidence)["last year x growth so far"]
    rows, chances, outcomes = [], [], []
    everything: dict[str, list[Array]] = {"base rate": [], "growth so far, yes or no": [], "ours": []}
    for multiple in MULTIPLES:
        amount = multiple * last
        outcome = (panel.totals >= amount).astype(float)
        chance = _exceedance(ours, amount)
        rate = _base_rate(outcome, np.isfinite(panel.totals) & np.isfinite(last))
        outcomes.append(np.repeat(outcome[panel.tested][:, None], len(MONTHS), 1))
        everything["base rate"].append(at(np.broadcast_to(rate[None, :, None], chance.shape), panel.tested))
        everything["growth so far, yes or no"].append(
            at((growth >= amount[..., None]).astype(float), panel.tested)
        )
        everything["ours"].append(at(chance, panel.tested))
    outcome = np.concatenate(outcomes)
    for name, parts in everything.items():
        chances = np.concatenate(parts)
        score = brier(chances, outcome)
        base = brier(np.concatenate(everything["base rate"]), outcome)
        flat = chances.ravel(), outcome.ravel()
        by_k = [brier(chances[:, k], outcome[:, k]) for k in range(len(MONTHS))]
        rows.append([name, *by_k, score, 1 - score / base, calibration_error(*flat), log_score(*flat)])
    print(f"\nWill the year reach 0.9, 1, 1.1, 1.25 times the last one? Brier score, {outcome.size} cases\n")
    print(table(["", *(f"k={k}" for k in MONTHS), "mean", "skill", "ECE", "log score"], rows, digits=3))
    bins = reliability(np.concatenate(everything["ours"]).ravel(), outcome.ravel())
    print("\nReliability of ours\n")
    print(table(["forecast", "came true", "cases"], [list(row) for row in zip(*bins, strict=True)], digits=3))


def _exceedance(ours: Replay, amount: Array) -> Array:
    chance = np.full_like(ours.rest, np.nan)
    with np.errstate(divide="ignore", invalid="ignore"):
        scaled = np.log(amount[..., None] / ours.total) / ours.spread
    for year in range(ours.rest.shape[1]):
        for k in range(12):
            if np.isfinite(ours.sizes[year, k]).all():
                chance[:, year, k] = calibrate.exceedance(ours.sizes[year, k], scaled[:, year, k])
    return np.where(amount[..., None] <= ours.evidence.known, 1.0, chance)


def _base_rate(outcome: Array, resolved: Array) -> Array:
    """Return per year the share of earlier years, all series, in which it happened."""
    hits = (outcome * resolved).sum(0).cumsum()
    count = resolved.sum(0).cumsum()
    rate = np.full(len(hits), 0.5)
    rate[1:] = hits[:-1] / np.maximum(count[:-1], 1)
    return rate
