"""What written figures claim, and calendar arithmetic."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallyman.interval import Interval, claimed, next_round, previous_round, rounding, written_step
from tallyman.model import Quantity
from tallyman.period import (
    add_months,
    calendar_year,
    is_year,
    is_year_to_date,
    last_month_end,
    month_end,
    months_between,
    previous_year,
    split_years,
    whole_months,
)

figures = st.decimals(min_value=1, max_value=10**6, places=3)
days = st.dates(date(1950, 1, 1), date(2090, 12, 31))


def ends(bound, value, step="1", **how):
    interval = claimed(Quantity(value=Decimal(value), unit="USD", bound=bound, step=Decimal(step)), **how)
    return interval.low, interval.high


@pytest.mark.parametrize(
    ("bound", "value", "expected"),
    [
        ("exact", "140", ("139.5", "141")),
        ("about", "140", ("133", "147")),
        ("about", "3", ("2.5", "4")),
        ("at_least", "40", ("40", "50")),
        ("at_least", "100", ("100", "200")),
        ("at_least", "140", ("140", "150")),
        ("at_least", "250", ("250", "300")),
        ("at_least", "5", ("5", "6")),
        ("at_most", "150", ("100", "150")),
        ("at_most", "20", ("10", "20")),
    ],
)
def test_what_a_figure_claims(bound, value, expected):
    assert ends(bound, value) == tuple(Decimal(end) for end in expected)


def test_thresholds_are_open_and_nearly_comes_from_below():
    assert ends("at_least", "200", threshold=True) == (200, None)
    assert ends("exact", "200", threshold=True) == (Decimal("199.5"), None)
    assert ends("about", "200", nearly=True) == (190, 200)


def test_ranges_are_rounded_at_both_ends():
    quantity = Quantity(value=Decimal(20), value_max=Decimal(30), unit="USD", bound="range", step=Decimal(1))
    assert (claimed(quantity).low, claimed(quantity).high) == (Decimal("19.5"), 31)


@given(figures, st.sampled_from([Decimal("0.01"), Decimal("0.1"), Decimal(1), Decimal(10)]))
def test_rounding_and_cutting_off_both_stay_inside(value, step):
    half_up = (value / step + Decimal("0.5")).to_integral_value(rounding="ROUND_FLOOR") * step
    cut_off = (value / step).to_integral_value(rounding="ROUND_FLOOR") * step
    assert rounding(half_up, step).holds(value)
    assert rounding(cut_off, step).holds(value)
    assert rounding(-half_up, step).holds(-value)


@given(figures)
def test_the_next_round_number_is_above_and_the_previous_below(value):
    assert next_round(value) > value > previous_round(value)
    assert next_round(value) - value <= max(written_step(value) * 5, value)


@given(figures, figures, figures)
def test_distance_is_zero_inside_only(low, width, value):
    interval = Interval(low=low, high=low + width)
    assert (interval.distance(value) == 0) == interval.holds(value)
    assert interval.mirrored().distance(-value) == -interval.distance(value)
    assert interval.widened(Decimal(1)).holds(low - 1)


@given(days, st.integers(-500, 500))
def test_months_are_added_and_taken_back(day, count):
    assert months_between(day, add_months(day, count)) == count
    assert add_months(add_months(month_end(day), count), -count) == month_end(day)


@given(days)
def test_month_ends(day):
    assert month_end(day).month == day.month
    assert last_month_end(day) <= day
    assert last_month_end(day) == month_end(last_month_end(day))


@given(days, st.integers(1, 60))
def test_whole_months_are_counted_and_years_split(day, count):
    start = day.replace(day=1)
    end = month_end(add_months(start, count - 1))
    assert whole_months(start, end) == count
    assert is_year(start, end) == (count == 12)
    years = split_years(start, end)
    assert len(years) == (count // 12 if count % 12 == 0 else 0)
    assert not years or (years[0][0], years[-1][1]) == (start, end)
    earlier = previous_year(start, end)
    assert whole_months(*earlier) == count


def test_spans_that_cut_a_month_have_no_months():
    assert whole_months(date(2021, 1, 2), date(2021, 1, 31)) is None
    assert whole_months(date(2021, 1, 1), date(2021, 1, 30)) is None
    assert whole_months(date(2021, 3, 1), date(2021, 1, 31)) is None
    assert is_year_to_date(date(2024, 1, 1), date(2024, 2, 29))
    assert not is_year_to_date(*calendar_year(2024))
    assert previous_year(date(2024, 2, 1), date(2024, 2, 29)) == (date(2023, 2, 1), date(2023, 2, 28))
