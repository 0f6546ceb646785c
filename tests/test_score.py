"""Scores of resolved forecasts, ours and the officials'."""

from datetime import date
from decimal import Decimal

import pytest
from msgspec import structs
from test_check import claim, dollars, year

from tallyman.forecast import beside, nowcast, target_probability
from tallyman.model import Measure, Quantity, Target
from tallyman.naive import naive
from tallyman.providers import reference
from tallyman.score import record, reliability, scores, stated
from tallyman.series import Shelf

RUSSIA = Measure(indicator="total_trade", reporter="CN", partner="RU")
TODAY = date(2026, 10, 1)


@pytest.fixture(scope="module")
def shelf():
    return Shelf(reference.observations())


def values(rows):
    return {row.metric: row.value for row in rows}


def test_a_nowcast_is_scored_when_its_year_is_counted(shelf):
    forecast = nowcast(shelf, RUSSIA, 2023, as_of=date(2023, 8, 10), threshold=200e9)[0]
    assert scores([forecast], shelf, as_of=date(2023, 12, 10)) == []
    rows = scores([forecast], shelf, as_of=date(2024, 1, 20))
    found = values(rows)
    assert found["percent_error"] == pytest.approx(
        abs(forecast.quantiles["0.5"] / 240.11e9 - 1) * 100, abs=0.01
    )
    assert (found["covered_80"], found["covered_90"]) == (1.0, 1.0)
    assert found["crps"] < found["percent_error"]
    assert found["brier"] < 0.01
    assert {row.outcome for row in rows} == {240.1e9, 1.0}


@pytest.mark.parametrize(
    ("as_of", "amount"),
    [
        (date(2023, 12, 10), 240.784e9),  # eleven months of both years are known
        (date(2023, 1, 20), 190.271e9),  # none of the new year: last year's total
        (date(2022, 6, 20), 247.946e9),  # two years ahead: the growth of January-May twice
    ],
)
def test_growth_so_far_foresees_what_officials_arithmetic_does(shelf, as_of, amount):
    ours = nowcast(shelf, RUSSIA, 2023, as_of=as_of, threshold=200e9)[0]
    plain = naive(ours, shelf)
    assert plain.quantiles["0.5"] == pytest.approx(amount, rel=1e-4)
    assert len(set(plain.quantiles.values())) == 1
    assert (plain.probability, plain.threshold) == (float(amount >= 200e9), 200e9)
    assert (plain.provider, plain.as_of, plain.period) == (ours.provider, ours.as_of, ours.period)
    assert values(scores([plain], shelf, as_of=TODAY))["brier"] in {0.0, 1.0}


def test_growth_so_far_foresees_nothing_where_no_year_is_known(shelf):
    ours = nowcast(shelf, RUSSIA, 2023, as_of=date(2023, 8, 10))[0]
    assert naive(structs.replace(ours, as_of=date(1990, 1, 1)), shelf) is None
    half_year = structs.replace(ours.period, end=date(2023, 6, 30))
    assert naive(structs.replace(ours, period=half_year), shelf) is None


def test_a_target_chance_is_scored_when_it_is_met_or_passed(shelf):
    target = Target(
        id="tgt",
        measure=RUSSIA,
        quantity=Quantity(value=Decimal("200e9"), unit="USD"),
        deadline=date(2024, 12, 31),
        set_on=date(2019, 6, 5),
    )
    forecast = target_probability(target, shelf, as_of=date(2021, 12, 31))[0].forecast
    assert scores([forecast], shelf, as_of=date(2023, 6, 30)) == []
    found = values(scores([forecast], shelf, as_of=date(2024, 2, 1)))
    assert found["brier"] == pytest.approx((1 - forecast.probability) ** 2)
    assert found["log_score"] > 0
    assert "crps" not in found


def test_officials_are_scored_beside_us_on_the_same_days_knowledge(shelf):
    said = claim(dollars(300), year(2023, "during"), modality="forecast", said="2023-05-20", pair="CN-RU")
    theirs = stated(said, shelf)[0]
    ours = beside([theirs], shelf)[0]
    assert ours == nowcast(shelf, RUSSIA, 2023, as_of=date(2023, 5, 20))[0]
    assert (theirs.provider, theirs.method, theirs.issued_on) == (ours.provider, "officials", ours.issued_on)
    both = [theirs, ours]
    table = {(row.method, row.metric): row for row in record(both, scores(both, shelf, as_of=TODAY))}
    assert table["officials", "percent_error"].mean == pytest.approx(24.9, abs=0.1)
    assert table["officials", "crps"].mean == pytest.approx(table["officials", "percent_error"].mean)
    assert table["blend-1", "percent_error"].mean < 5
    assert table["blend-1", "crps"].count == 1


def test_a_forecast_by_a_deadline_is_a_certainty_too(shelf):
    said = claim(dollars(200), year(2024, "by"), modality="forecast", said="2021-06-04", pair="CN-RU")
    theirs = stated(said, shelf)[0]
    assert (theirs.period.relation, theirs.probability) == ("by", 1.0)
    assert scores([theirs], shelf, as_of=date(2023, 6, 1)) == []
    assert values(scores([theirs], shelf, as_of=TODAY))["brier"] == 0.0
    (ours,) = beside([theirs], shelf)
    assert (ours.period.end, ours.threshold) == (theirs.period.end, theirs.threshold)
    assert 0 < ours.probability < 0.5


def test_more_than_is_certainty_and_a_wrong_certainty_costs_much_but_not_everything(shelf):
    said = claim(
        dollars(300, bound="at_least"),
        year(2023, "during"),
        modality="forecast",
        said="2023-05-20",
        pair="CN-RU",
    )
    found = values(scores(stated(said, shelf)[:1], shelf, as_of=TODAY))
    assert found["brier"] == 1.0
    assert 6 < found["log_score"] < 7


@pytest.mark.parametrize(
    "changed",
    [
        {"modality": "actual"},
        {"role": "change"},
        {"said": None},
        {"indicator": "investment"},
    ],
)
def test_only_dated_forecasts_of_a_years_trade_are_scored(shelf, changed):
    known = {"modality": "forecast", "said": "2023-05-20", "pair": "CN-RU"}
    assert stated(claim(dollars(300), year(2023, "during"), **(known | changed)), shelf) == []


def test_a_forecast_of_an_unknown_provider_is_not_scored(shelf):
    forecast = nowcast(shelf, RUSSIA, 2023, as_of=date(2023, 8, 10))[0]
    assert scores([forecast], [], as_of=TODAY) == []


def test_reliability_groups_what_was_said_to_be_as_likely(shelf):
    days = [date(2023, month, 20) for month in range(3, 12)]
    made = [
        nowcast(shelf, RUSSIA, 2023, as_of=day, threshold=amount)[0]
        for day in days
        for amount in (220e9, 245e9)
    ]
    groups = reliability(made, scores(made, shelf, as_of=TODAY))
    assert sum(group.count for group in groups) == len(made)
    assert [group.probability for group in groups] == sorted(group.probability for group in groups)
    assert groups[0].share < groups[-1].share
