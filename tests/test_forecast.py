"""Nowcasts and target chances on the shipped statistics and on hand-made series."""

import json
import math
import subprocess
import sys
from datetime import date, timedelta
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tallyman.forecast import Outlook, base_rate, nowcast, target_probability
from tallyman.model import (
    Forecast,
    Measure,
    Observation,
    Period,
    Quantity,
    Reject,
    TallymanError,
    Target,
    TargetEvent,
)
from tallyman.period import month_end
from tallyman.providers import reference
from tallyman.series import Shelf

RUSSIA = Measure(indicator="total_trade", reporter="CN", partner="RU")
LEVELS = ["0.05", "0.1", "0.25", "0.5", "0.75", "0.9", "0.95"]
BILLION = 10**9


@pytest.fixture(scope="module")
def shelf():
    return Shelf(reference.observations())


def printed(start, end, value, *, partner="RU", released=None, number=0, provider="gacc"):
    """A goods figure of China in dollars, released ten days after its period."""
    return Observation(
        id=f"obs_{partner}_{start}_{end}_{number}",
        provider=provider,
        measure=Measure(indicator="total_trade", reporter="CN", partner=partner, basis="goods"),
        role="level",
        period=Period(start=start, end=end, relation="during"),
        value=Decimal(round(value)),
        unit="USD",
        currency="USD",
        released_on=released or end + timedelta(days=10),
        release_kind="source",
    )


def amounts(years, *, growth=0.05, noise=0.04, seed=1, first=2010):
    """Months of a seasonal, growing, slightly noisy series from January of ``first``, in full units."""
    rng = np.random.default_rng(seed)
    month = np.arange(years * 12)
    season = 0.1 * np.sin(2 * math.pi * month / 12)
    logs = math.log(BILLION) + growth * month / 12 + season + noise * rng.standard_normal(len(month))
    return {date(first + m // 12, m % 12 + 1, 1): math.exp(log) for m, log in zip(month, logs, strict=True)}


def monthly(values, **fields):
    return [printed(start, month_end(start), value, **fields) for start, value in values.items()]


def to_date(values):
    """Year-to-date figures, January and February as one."""
    rows = []
    for start in values:
        if start.month > 1:
            total = sum(v for day, v in values.items() if day.year == start.year and day <= start)
            rows.append(printed(date(start.year, 1, 1), month_end(start), total))
    return rows


def quarterly(values):
    rows = []
    for start in values:
        if start.month % 3 == 1:
            quarter = [date(start.year, start.month + i, 1) for i in range(3)]
            if all(day in values for day in quarter):
                rows.append(printed(start, month_end(quarter[-1]), sum(values[day] for day in quarter)))
    return rows


def yearly(values):
    years = sorted({day.year for day in values})
    return [
        printed(date(y, 1, 1), date(y, 12, 31), sum(v for d, v in values.items() if d.year == y))
        for y in years
    ]


def only(found):
    assert len(found) == 1
    return found[0]


def median(forecast):
    return forecast.quantiles["0.5"]


def width(forecast):
    return math.log(forecast.quantiles["0.95"] / forecast.quantiles["0.05"])


def test_chinas_customs_come_first_and_knew_2023_in_november(shelf):
    first, *others = nowcast(shelf, RUSSIA, 2023, as_of=date(2023, 11, 8), threshold=200e9)
    assert (first.provider, first.method, first.threshold) == ("gacc", "blend-1", 200e9)
    assert list(first.quantiles) == LEVELS
    assert abs(median(first) / 240.11e9 - 1) < 0.02
    assert first.probability > 0.99
    assert {type(other) for other in others} <= {Forecast, Reject}


def test_the_growth_so_far_is_not_extrapolated(shelf):
    """In April 2023 trade was up 41 %; the year ended at 240.11, not at the 268 that the rule gives."""
    first = nowcast(shelf, RUSSIA, 2023, as_of=date(2023, 5, 12))[0]
    assert first.quantiles["0.1"] < 240.11e9 < first.quantiles["0.9"]
    assert median(first) < 255e9


@pytest.mark.parametrize("day", [date(2021, 6, 15), date(2022, 1, 20), date(2024, 10, 20)])
def test_only_what_was_released_by_the_day_counts(day):
    rows = reference.observations()
    seen = [row for row in rows if row.released_on <= day]
    assert nowcast(rows, RUSSIA, day.year, as_of=day) == nowcast(seen, RUSSIA, day.year, as_of=day)


def test_a_forecast_has_the_same_id_on_every_run_and_another_one_on_another_day(shelf):
    one, again, later = (
        nowcast(shelf, RUSSIA, 2023, as_of=day)[0]
        for day in (date(2023, 6, 30), date(2023, 6, 30), date(2023, 8, 30))
    )
    assert one == again
    assert one.id != later.id
    replayed = nowcast(shelf, RUSSIA, 2023, as_of=date(2023, 6, 30), issued_on=date(2026, 1, 1))[0]
    assert (replayed.issued_on, replayed.as_of, replayed.id) == (date(2026, 1, 1), one.as_of, one.id)


@pytest.mark.parametrize("make", [monthly, to_date, quarterly])
def test_months_year_to_date_and_quarters_foretell_the_same_year(make):
    values = amounts(11)
    known = {day: value for day, value in values.items() if day < date(2020, 10, 1)}
    actual = sum(value for day, value in values.items() if day.year == 2020)
    forecast = only(nowcast(make(known), RUSSIA, 2020, as_of=date(2020, 10, 20)))
    assert forecast.method == "blend-1"
    assert abs(median(forecast) / actual - 1) < 0.03
    assert forecast.quantiles["0.05"] < actual < forecast.quantiles["0.95"]


def test_whole_years_alone_are_walked_on_from():
    values = amounts(11)
    known = {day: value for day, value in values.items() if day.year < 2020}
    actual = sum(value for day, value in values.items() if day.year == 2020)
    forecast = only(nowcast(yearly(known), RUSSIA, 2020, as_of=date(2020, 3, 1)))
    assert forecast.method == "walk-1"
    assert forecast.quantiles["0.05"] < actual < forecast.quantiles["0.95"]


def test_a_lone_year_borrows_the_spread_of_all_series():
    one, ten = (
        only(nowcast(yearly(amounts(n)), RUSSIA, 2010 + n, as_of=date(2010 + n, 3, 1))) for n in (1, 10)
    )
    assert width(one) > 2 * width(ten)


def test_intervals_narrow_as_months_become_known():
    values = amounts(11)
    widths = []
    for month in (1, 4, 7, 10, 12):
        known = {day: value for day, value in values.items() if day < date(2020, month, 1)}
        widths.append(width(only(nowcast(monthly(known), RUSSIA, 2020, as_of=date(2020, month, 15)))))
    assert widths == sorted(widths, reverse=True)


def test_a_year_cannot_end_below_what_is_counted():
    values = {day: v for day, v in amounts(11, noise=0.5).items() if day < date(2020, 12, 1)}
    counted = sum(v for day, v in values.items() if day.year == 2020)
    forecast = only(nowcast(monthly(values), RUSSIA, 2020, as_of=date(2020, 12, 20), threshold=counted))
    assert min(forecast.quantiles.values()) >= counted * 0.999
    assert forecast.probability == 1.0


def test_a_fiscal_year_begins_in_its_month():
    values = {day: v for day, v in amounts(11).items() if day < date(2020, 1, 1)}
    forecast = only(nowcast(monthly(values), RUSSIA, 2019, as_of=date(2020, 1, 20), fiscal=4))
    assert (forecast.period.start, forecast.period.end) == (date(2019, 4, 1), date(2020, 3, 31))
    actual = sum(v for day, v in amounts(11).items() if date(2019, 4, 1) <= day <= date(2020, 3, 31))
    assert abs(median(forecast) / actual - 1) < 0.05


def test_years_ahead_are_wider_the_further_they_are():
    rows = monthly(amounts(10))
    widths = [width(only(nowcast(rows, RUSSIA, y, as_of=date(2020, 2, 1)))) for y in (2020, 2021, 2025)]
    assert widths == sorted(widths)


def test_a_level_shift_makes_the_answer_less_sure():
    values = {day: v for day, v in amounts(11, growth=0).items() if day < date(2020, 7, 1)}
    fallen = {day: v * (0.3 if day >= date(2020, 3, 1) else 1) for day, v in values.items()}
    calm, shifted = (
        only(nowcast(monthly(rows), RUSSIA, 2020, as_of=date(2020, 7, 15))) for rows in (values, fallen)
    )
    assert width(shifted) > 2 * width(calm)


def test_gaps_and_zeros_are_waited_through():
    values = {day: v for day, v in amounts(11).items() if day < date(2020, 9, 1)}
    holes = {day: v for day, v in values.items() if day not in (date(2018, 5, 1), date(2018, 6, 1))}
    rows = [*monthly(holes), printed(date(2018, 5, 1), date(2018, 5, 31), 0)]
    full, gap = (only(nowcast(r, RUSSIA, 2020, as_of=date(2020, 9, 15))) for r in (monthly(values), rows))
    assert abs(median(gap) / median(full) - 1) < 0.01


def test_neighbours_of_the_same_office_move_the_answer_together():
    def trade(partner, seed, shock):
        values = {day: v for day, v in amounts(11, growth=0, seed=seed).items() if day < date(2020, 4, 1)}
        fallen = {day: v * (shock if day >= date(2020, 1, 1) else 1) for day, v in values.items()}
        return monthly(fallen, partner=partner)

    own = trade("RU", 1, 1)
    calm = [row for i, p in enumerate(("JP", "KR", "US", "IN", "BR")) for row in trade(p, i + 2, 1)]
    storm = [row for i, p in enumerate(("JP", "KR", "US", "IN", "BR")) for row in trade(p, i + 2, 0.7)]
    in_calm, in_storm = (
        only(nowcast([*own, *others], RUSSIA, 2020, as_of=date(2020, 4, 15))) for others in (calm, storm)
    )
    assert median(in_storm) < median(in_calm) * 0.98


@pytest.mark.parametrize(
    ("rows", "measure", "year", "day", "reason"),
    [
        ([], RUSSIA, 2023, date(2023, 11, 8), "no provider here had printed whole months"),
        ([], Measure(indicator="balance", reporter="CN", partner="RU"), 2023, date(2023, 11, 8), "balance"),
        (monthly(amounts(10)), RUSSIA, 2019, date(2020, 2, 1), "there is nothing to forecast"),
        (monthly(amounts(10)), RUSSIA, 2021, date(2021, 6, 1), "counts as ended"),
        (monthly(amounts(10)), RUSSIA, 2090, date(2020, 2, 1), "too far away"),
        (
            monthly(dict(list(amounts(1).items())[:10])),
            RUSSIA,
            2010,
            date(2010, 11, 20),
            "too little is known",
        ),
    ],
)
def test_too_little_is_refused_with_the_reason(rows, measure, year, day, reason):
    refused = only(nowcast(rows, measure, year, as_of=day))
    assert isinstance(refused, Reject)
    assert refused.fix
    assert reason in refused.reason


def test_a_threshold_must_be_positive(shelf):
    with pytest.raises(TallymanError, match="must be positive"):
        nowcast(shelf, RUSSIA, 2023, as_of=date(2023, 11, 8), threshold=0)


@settings(max_examples=15, deadline=None)
@given(
    st.integers(2, 8),
    st.floats(0, 1.5),
    st.integers(0, 11),
    st.integers(0, 1000),
    st.sampled_from([monthly, to_date, quarterly, yearly]),
)
def test_an_answer_is_finite_and_ordered_or_a_refusal(years, noise, month, seed, make):
    last = date(2009 + years, month + 1, 1)
    values = {day: v for day, v in amounts(years, noise=noise, seed=seed).items() if day < last}
    for found in nowcast(make(values), RUSSIA, last.year, as_of=month_end(last), threshold=12e9):
        if isinstance(found, Forecast):
            numbers = list(found.quantiles.values())
            assert numbers == sorted(numbers)
            assert all(math.isfinite(number) and number > 0 for number in numbers)
            assert 0 <= found.probability <= 1
        else:
            assert found.reason


def target(amount=200, deadline=date(2024, 12, 31), set_on=date(2019, 6, 5), **fields):
    known = {
        "id": "tgt",
        "measure": RUSSIA,
        "quantity": Quantity(value=Decimal(amount) * BILLION, unit="USD"),
    }
    return Target(**(known | {"deadline": deadline, "set_on": set_on} | fields))


def test_two_hundred_billion_by_2024_was_a_long_shot_that_came_true(shelf):
    days = [date(2020, 12, 31), date(2021, 12, 31), date(2022, 12, 31), date(2023, 11, 8)]
    found = [target_probability(target(), shelf, as_of=day)[0] for day in days]
    chances = [outlook.forecast.probability for outlook in found]
    assert chances == sorted(chances)
    assert chances[0] < 0.25
    assert 0.45 < chances[2] < 0.65
    assert chances[3] > 0.99
    assert found[0].forecast.provider == "gacc"


def test_the_arithmetic_stands_beside_the_chance(shelf):
    rate = base_rate(
        [
            TargetEvent(target_id=f"t{n}", on=date(2020, 1, 1), status=status, explanation="")
            for n, status in enumerate(["met", "missed", "met_early", "open", "untestable"])
        ],
        as_of=date(2021, 1, 1),
    )
    outlook = target_probability(target(), shelf, as_of=date(2020, 12, 31), base_rate=rate)[0]
    assert round(outlook.pace.needed, 1) == 12.5
    assert (outlook.pace.last_year, outlook.pace.best_from, outlook.pace.best_to) == (2019, 2009, 2014)
    assert (rate.met, rate.resolved) == (2, 3)
    assert "of 3 resolved targets 2 were met" in outlook.explanation
    assert "it needs +12.5 % a year from 2019" in outlook.explanation


def test_without_a_deadline_the_median_year_and_three_horizons_are_told(shelf):
    day = date(2022, 2, 4)
    outlook = target_probability(target(250, deadline=None, set_on=day), shelf, as_of=day)[0]
    assert list(outlook.by_year) == [2022, 2024, 2026]
    assert list(outlook.by_year.values()) == sorted(outlook.by_year.values())
    assert outlook.median_year > 2026
    assert "as likely as not by" in outlook.explanation


def test_higher_amounts_are_less_likely(shelf):
    chances = [
        target_probability(target(amount), shelf, as_of=date(2021, 12, 31))[0].forecast.probability
        for amount in (120, 160, 200, 300, 500)
    ]
    assert chances == sorted(chances, reverse=True)


def test_a_target_may_be_met_by_a_year_that_is_over(shelf):
    outlook = target_probability(target(100, set_on=date(2018, 1, 1)), shelf, as_of=date(2020, 6, 1))[0]
    assert outlook.forecast.probability == 1.0


def test_double_starts_from_the_year_before(shelf):
    double = target(quantity=Quantity(value=Decimal(2), unit="times"), set_on=date(2021, 2, 1))
    outlook = target_probability(double, shelf, as_of=date(2021, 12, 31))[0]
    assert 2 * 107e9 < outlook.forecast.threshold < 2 * 109e9


def test_a_cumulative_target_without_a_year_after_the_one_it_was_set_in_is_refused(shelf):
    total = target(900, rule="cumulative", set_on=date(2024, 2, 5), deadline=date(2024, 12, 31))
    found = target_probability(total, shelf, as_of=date(2024, 6, 1))
    assert found
    assert not [row for row in found if isinstance(row, Outlook)]


def test_a_cumulative_target_adds_up_the_years_after_it_was_set(shelf):
    total = target(900, rule="cumulative", set_on=date(2019, 6, 5))
    outlook = target_probability(total, shelf, as_of=date(2023, 6, 30))[0]
    assert list(outlook.by_year) == [2023, 2024]
    assert outlook.by_year[2023] < 0.5 < outlook.by_year[2024]


@pytest.mark.parametrize(
    ("changed", "day", "reason"),
    [
        ({"set_on": None}, date(2021, 1, 1), "no day on which the target was set"),
        ({}, date(2025, 1, 1), "has passed"),
        (
            {"measure": Measure(indicator="investment", reporter="CN", partner="RU")},
            date(2021, 1, 1),
            "investment",
        ),
        ({"quantity": Quantity(value=Decimal(1), unit="EUR")}, date(2021, 1, 1), "in EUR"),
    ],
)
def test_a_target_that_cannot_be_judged_is_refused(shelf, changed, day, reason):
    refused = only(target_probability(target(**changed), shelf, as_of=day))
    assert isinstance(refused, Reject)
    assert reason in refused.reason


def test_a_provider_that_stopped_is_refused_beside_one_that_did_not(shelf):
    found = target_probability(target(), shelf, as_of=date(2021, 12, 31))
    assert isinstance(found[0], Outlook)
    assert any(isinstance(other, Reject) and "2018-12" in other.reason for other in found)


def test_the_heavy_libraries_are_not_loaded():
    code = (
        "import json, sys, tallyman\n"
        "early = 'numpy' in sys.modules\n"
        "import tallyman.forecast, tallyman.score\n"
        "heavy = ('scipy', 'pandas', 'statsforecast', 'scoringrules', 'duckdb')\n"
        "print(json.dumps([early, [name for name in heavy if name in sys.modules]]))"
    )
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603
    assert json.loads(out.stdout) == [False, []]
