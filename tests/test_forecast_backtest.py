"""The backtest sees no future, reaches what it promises, and its pieces do what they say."""

import math
import sys
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "bench" / "forecast"))

import baselines  # noqa: E402
import measures  # noqa: E402
import years  # noqa: E402
from panel import FIRST, SERIES, YEARS, Panel, available, load  # noqa: E402
from replay import replay  # noqa: E402

from tallyman.forecast import calibrate, filters, horizon  # noqa: E402
from tallyman.forecast.evidence import FEWEST_NEIGHBOURS, gather, tide  # noqa: E402
from tallyman.forecast.months import Block, blocks, spread  # noqa: E402
from tallyman.forecast.pace import wilson  # noqa: E402
from tallyman.forecast.pool import learned  # noqa: E402

needs_series = pytest.mark.skipif(not available(), reason=f"no series at {SERIES}")


def made_up(series=12, seed=3):
    """A panel of two reporters: seasonal random walks over all 49 years."""
    rng = np.random.default_rng(seed)
    shape = (series, YEARS, 12)
    walk = (0.03 * rng.standard_normal(shape)).reshape(series, -1).cumsum(1).reshape(shape)
    season = 0.2 * np.sin(np.arange(12) * np.pi / 6)
    months = np.exp(5 + walk + season + 0.05 * rng.standard_normal(shape))
    keys = [(("US", "CH")[place % 2], f"partner {place}", "export") for place in range(series)]
    return Panel(keys, months, np.arange(series) % 2)


def assert_no_look_ahead(panel, year, k):
    """Change everything after ``k`` months of ``year``, in all series; nothing said before may change."""
    place = year - FIRST
    months = panel.months.copy()
    noise = np.random.default_rng(9).uniform(0.2, 5, months.shape)
    months[:, place, k:] *= noise[:, place, k:]
    months[:, place + 1 :] *= noise[:, place + 1 :]
    before, after = replay(panel), replay(panel._replace(months=months))
    for name in ("rest", "pooled", "spread"):
        told, told_again = getattr(before, name), getattr(after, name)
        np.testing.assert_array_equal(told[:, :place], told_again[:, :place])
        np.testing.assert_array_equal(told[:, place, : k + 1], told_again[:, place, : k + 1])
    np.testing.assert_array_equal(before.sizes[: place + 1], after.sizes[: place + 1])
    assert not np.array_equal(before.rest[:, place + 1], after.rest[:, place + 1], equal_nan=True)


@pytest.mark.parametrize(("year", "k"), [(2009, 5), (2016, 0)])
def test_a_changed_future_changes_no_earlier_forecast(year, k):
    assert_no_look_ahead(made_up(), year, k)


@needs_series
def test_the_real_panel_has_no_look_ahead_either():
    panel = load()
    small = panel._replace(keys=panel.keys[::6], months=panel.months[::6], group=panel.group[::6])
    assert_no_look_ahead(small, 2018, 7)


@needs_series
def test_the_panel_is_the_frozen_one():
    panel = load()
    cases = measures.at(np.broadcast_to(panel.totals[..., None], panel.months.shape), panel.tested)
    assert cases.size == 13904
    last = baselines.all_of(gather(panel.months, FIRST))
    error = {
        name: measures.at(measures.percent_error(total, panel.totals[..., None]), panel.tested).mean()
        for name, total in last.items()
    }
    assert round(error["last year's total"], 3) == 15.124
    assert round(error["last year x growth so far"], 3) == 8.072


@needs_series
def test_the_goals_are_reached():
    panel = load()
    ours = replay(panel)
    error = measures.at(measures.percent_error(ours.total, panel.totals[..., None]), panel.tested)
    assert error.mean() <= 5.10
    assert error[:, 5].mean() <= 4.5


def test_base_rates_use_resolved_cases_only():
    logs = np.log(made_up().totals)
    growth = np.diff(logs, axis=1, prepend=np.nan)
    cases = years._cases(logs, growth)
    changed = logs.copy()
    cut = 2012 - FIRST
    changed[:, cut + 1 :] += 3
    early = cases.origin <= cut
    told = years._base_rates(logs, cases)[early]
    np.testing.assert_array_equal(told, years._base_rates(changed, cases)[early])
    told = years._ours(logs, growth, cases)[early]
    later = np.diff(changed, axis=1, prepend=np.nan)
    np.testing.assert_array_equal(told, years._ours(changed, later, cases)[early])


def test_the_tide_needs_neighbours_and_leaves_groups_apart():
    months = made_up(series=2 * FEWEST_NEIGHBOURS).months[:, :12].copy()
    group = np.arange(len(months)) % 2
    months[group == 1, 11, 3:] *= 0.5
    evidence = gather(months, 2000)
    common = tide(evidence, group)
    assert (common[group == 1, 11, 6] < -0.1).all()
    assert (np.abs(common[group == 0, 11, 6]) < 0.1).all()
    assert not tide(evidence, np.arange(len(months))).any()


def test_a_filter_waits_through_gaps():
    logs = np.log(made_up(series=1).months[:, :8])
    holes = logs.copy()
    holes[0, 5, 3:8] = np.nan
    effect = filters.workday_effect(2000, 8)
    track = filters.adaptive(holes, effect, (0.3,), (0.1,))
    assert np.isfinite(track.rest).all()
    assert np.isnan(track.error[0, 0, 63:68]).all()


def test_february_has_fewer_working_days_than_its_leap_year():
    leap, plain = filters.workday_effect(2024, 2)[:, 1]
    assert leap > plain
    assert abs(filters.workday_effect(1995, 28).mean()) < 0.001


def test_a_fiscal_year_has_the_working_days_of_its_months():
    calendar = filters.workday_effect(2020, 2)
    fiscal = filters.workday_effect(2020, 1, first_month=4)
    np.testing.assert_array_equal(fiscal[0], np.r_[calendar[0, 3:], calendar[1, :3]])


@given(st.floats(0.001, 0.999), st.integers(0, 11))
def test_quantile_and_exceedance_are_inverse(level, k):
    sizes = learned().scale.sizes[k]
    error = calibrate.quantile(sizes, np.array([level]))
    assert np.allclose(calibrate.exceedance(sizes, error), 1 - level, atol=1e-6)


def test_the_tail_goes_on_beyond_the_worst_error():
    sizes = learned().scale.sizes[6]
    chances = calibrate.exceedance(sizes, np.array([1.0, 2.0, 10.0]) * sizes[-1])
    assert (chances > 0).all()
    assert (np.diff(chances) < 0).all()


def test_one_wild_year_does_not_decide_the_volatility():
    calm = np.tile([0.05, 0.01, 0.03], 5)[None]
    wild = calm.copy()
    wild[0, 7] = 2.0
    assert horizon.volatility(calm)[0] < 0.03
    assert horizon.volatility(wild)[0] < 0.2
    assert np.isnan(horizon.volatility(np.full((1, 5), np.nan))[0])


def test_a_jump_is_partly_lost_again():
    steady, jumped = horizon.fall_back(np.array([0.0, 0.0]), np.array([[-0.07, -0.035], [-0.5, -0.5]]))
    assert abs(steady) < 1e-9
    assert -0.1 < jumped < 0
    assert horizon.fall_back(np.array([0.0]), np.array([np.nan, 0.0]))[0] == 0


def test_the_shipped_coefficients_say_where_they_come_from():
    taught = learned()
    assert taught.pool.slopes.shape == (12, 6)
    assert taught.scale.sizes.shape == (12, len(calibrate.LEVELS))
    assert (np.diff(taught.scale.sizes, axis=1) >= 0).all()
    text = (ROOT / "src" / "tallyman" / "forecast" / "pooled.json").read_text("utf-8")
    assert "bench/forecast/ship.py" in text
    assert "Census" in text


def test_measures_on_small_numbers():
    chance, outcome = np.array([0.1, 0.9, 0.9, 0.4]), np.array([0.0, 1.0, 0.0, 1.0])
    assert measures.brier(chance, outcome) == pytest.approx((0.01 + 0.01 + 0.81 + 0.36) / 4)
    assert measures.calibration_error(chance, outcome) == pytest.approx((0.1 + 2 * 0.4 + 0.6) / 4)
    assert measures.reliability(chance, outcome).cases == [1, 1, 2]
    levels = np.linspace(0.005, 0.995, 100)
    assert measures.crps_percent(np.full((1, 100), 90.0), levels, np.array([100.0])) == pytest.approx(10)


@given(st.lists(st.floats(1, 1e6), min_size=12, max_size=36), st.integers(0, 5))
def test_spread_sums_stay_as_printed(values, cut):
    edges = [Block(0, 2, values[0] + values[1])]
    edges += [
        Block(0, month + 1, sum(values[: month + 1])) for month in range(2, len(values)) if month % 6 != cut
    ]
    found = blocks(edges)
    months = spread(found).values.ravel()
    assert found[0].start == 0
    for before, after in pairwise(found):
        assert before.end == after.start
    for block in found:
        assert math.isclose(months[block.start : block.end].sum(), block.value, rel_tol=1e-9)


def test_january_and_february_stay_one():
    assert blocks([Block(24, 26, 5.0), Block(24, 27, 9.0), Block(30, 31, 3.0)]) == [
        Block(24, 26, 5.0),
        Block(26, 27, 4.0),
        Block(30, 31, 3.0),
    ]


@given(st.integers(0, 40), st.integers(1, 40))
def test_wilson_holds_the_share(hits, more):
    low, high = wilson(hits, hits + more)
    assert 0 <= low <= hits / (hits + more) <= high <= 1
