"""Series arithmetic on made-up observations: every sum the printed numbers allow, and nothing more."""

from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from tallyman.crossing import best_year, first_crossing
from tallyman.model import Measure, Observation, Period
from tallyman.period import add_months, month_end
from tallyman.series import Shelf

LATE = date(2030, 1, 1)


def row(start, end, value, *, indicator="total_trade", released=None, step=1, status="normal", **fields):
    first, last = date.fromisoformat(start), date.fromisoformat(end)
    day = released or add_months(last, 1)
    values = {
        "id": f"{indicator}{start}{end}{value}{day}{status}",
        "provider": "office",
        "measure": Measure(indicator=indicator, reporter="AA", partner="BB", basis="goods"),
        "role": "level",
        "period": Period(start=first, end=last, relation="during"),
        "value": Decimal(str(value)),
        "unit": "USD",
        "currency": "USD",
        "step": Decimal(str(step)),
        "status": status,
        "released_on": day if isinstance(day, date) else date.fromisoformat(day),
        "release_kind": "source",
    }
    return Observation(**(values | fields))


def one(rows, as_of=LATE):
    (series,) = Shelf(rows).series("AA", "BB", as_of=as_of)
    return series


def level(series, start, end, indicator="total_trade"):
    reading = series.level(indicator, date.fromisoformat(start), date.fromisoformat(end))
    return None if reading is None else int(reading.value)


def test_a_printed_number_comes_first():
    series = one(
        [
            row("2021-01-01", "2021-12-31", 100),
            row("2021-01-01", "2021-06-30", 40),
            row("2021-07-01", "2021-12-31", 61),
        ]
    )
    assert level(series, "2021-01-01", "2021-12-31") == 100
    assert level(series, "2021-07-01", "2021-12-31") == 61


def test_differences_sums_and_rolling_years():
    series = one(
        [
            row("2021-01-01", "2021-12-31", 100),
            row("2021-01-01", "2021-09-30", 70),
            row("2022-01-01", "2022-09-30", 90),
        ]
    )
    assert level(series, "2021-10-01", "2021-12-31") == 30
    assert level(series, "2021-10-01", "2022-09-30") == 120
    assert level(series, "2022-10-01", "2022-12-31") is None
    assert level(series, "2021-01-01", "2022-09-30") == 190


def test_the_flows_make_the_total_and_the_total_a_flow():
    series = one(
        [
            row("2021-01-01", "2021-12-31", 60, indicator="exports"),
            row("2021-01-01", "2021-12-31", 40, indicator="imports"),
            row("2022-01-01", "2022-12-31", 110),
            row("2022-01-01", "2022-12-31", 70, indicator="exports"),
        ]
    )
    assert level(series, "2021-01-01", "2021-12-31") == 100
    assert level(series, "2022-01-01", "2022-12-31", "imports") == 40
    assert level(series, "2021-01-01", "2021-12-31", "balance") == 20


def test_rounding_adds_up():
    series = one([row("2021-01-01", "2021-01-31", 10), row("2021-02-01", "2021-02-28", 20)])
    reading = series.level("total_trade", date(2021, 1, 1), date(2021, 2, 28))
    assert (reading.span.low, reading.span.high) == (29, 32)
    assert not reading.printed


def test_suspects_never_count_and_conversions_yield():
    series = one([row("2021-01-01", "2021-12-31", 500, status="suspect")])
    assert level(series, "2021-01-01", "2021-12-31") is None
    assert [
        found.value for found in series.suspects("total_trade", date(2021, 1, 1), date(2021, 12, 31))
    ] == [500]
    series = one(
        [
            row("2021-01-01", "2021-12-31", 105, status="converted", currency="CNY"),
            row("2021-01-01", "2021-12-31", 100),
        ]
    )
    assert level(series, "2021-01-01", "2021-12-31") == 100


def test_a_revision_is_slack_but_a_rounded_repetition_is_not():
    revised = one(
        [
            row("2021-01-01", "2021-12-31", 100, released="2022-01-10"),
            row("2021-01-01", "2021-12-31", 104, released="2022-03-10"),
        ]
    )
    assert revised.level("total_trade", date(2021, 1, 1), date(2021, 12, 31)).slack == 4
    repeated = one(
        [
            row("2021-01-01", "2021-12-31", 104, released="2022-01-10"),
            row("2021-01-01", "2021-12-31", 100, step=10, released="2022-03-10"),
        ]
    )
    reading = repeated.level("total_trade", date(2021, 1, 1), date(2021, 12, 31))
    assert (reading.value, reading.slack) == (104, 0)


def test_second_hand_figures_stand_back():
    rows = [
        row("2021-01-01", "2021-12-31", 100, released="2022-01-10"),
        row(
            "2021-01-01",
            "2021-12-31",
            177,
            released="2022-03-10",
            release_kind="second_hand",
            document_id="doc_1",
        ),
    ]
    assert level(one(rows), "2021-01-01", "2021-12-31") == 100
    assert Shelf(rows[1:]).series("BB", "AA", as_of=LATE, without=["doc_1"]) == []


def test_first_crossings_and_best_years():
    series = one(
        [
            row("2021-01-01", "2021-12-31", 90),
            row("2022-01-01", "2022-11-30", 101),
            row("2022-01-01", "2022-12-31", 112),
        ]
    )
    crossing = first_crossing(series, "total_trade", Decimal(100), since=date(2020, 6, 1), until=None)
    assert (crossing.reading.end, crossing.known_on) == (date(2022, 11, 30), date(2022, 12, 31))
    assert (
        first_crossing(series, "total_trade", Decimal(100), since=date(2020, 6, 1), until=date(2021, 12, 31))
        is None
    )
    assert best_year(series, "total_trade", since=date(2020, 6, 1), until=date(2021, 12, 31)).value == 90


@given(st.data())
def test_every_sum_agrees_with_the_months_behind_it(data):
    """Any mixture of months, quarters and years to date gives the sum of the months, or nothing."""
    months = data.draw(st.lists(st.integers(1, 100), min_size=24, max_size=24))
    firsts = [add_months(date(2021, 1, 1), index) for index in range(24)]
    spans = data.draw(
        st.lists(st.tuples(st.integers(0, 23), st.integers(0, 23)).map(sorted), min_size=1, max_size=30)
    )
    rows = [row(str(firsts[a]), str(month_end(firsts[b])), sum(months[a : b + 1])) for a, b in spans]
    series = one(rows)
    a, b = data.draw(st.sampled_from(spans)), data.draw(st.sampled_from(spans))
    start, end = min(a[0], b[0]), max(a[1], b[1])
    reading = series.level("total_trade", firsts[start], month_end(firsts[end]))
    if reading is not None:
        assert reading.value == sum(months[start : end + 1])
        assert reading.span.holds(reading.value)


@given(st.dates(date(2021, 1, 1), date(2024, 1, 1)), st.dates(date(2021, 1, 1), date(2024, 1, 1)))
def test_an_earlier_day_never_knows_more(one_day, other_day):
    rows = [row(f"2021-{month:02}-01", str(month_end(date(2021, month, 1))), month) for month in range(1, 13)]
    earlier, later = sorted((one_day, other_day))
    known = [
        {span for series in Shelf(rows).series("AA", "BB", as_of=day) for span in series.spans("total_trade")}
        for day in (earlier, later)
    ]
    assert known[0] <= known[1]
