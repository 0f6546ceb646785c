"""Times of any text with their days: what the day of the report, the words before and the text itself decide."""

import doctest
from datetime import date

import pytest

from tallyman.extract import calendar, days, periods, stretches

DAY = date(2024, 8, 20)  # a Tuesday


def told(text, published_on=DAY):
    return [f"{p.start or ''}..{p.end or ''}" for _, p in periods(text, published_on)]


def test_the_examples_in_the_docstrings_hold():
    assert doctest.testmod(__import__("sys").modules[periods.__module__]).failed == 0


@pytest.mark.parametrize(
    ("text", "interval"),
    [
        ("the first four months of this year", "2024-01-01..2024-04-30"),
        ("the I quarter of 2020", "2020-01-01..2020-03-31"),
        ("the 11 calendar months that ended on February 19", "2023-03-20..2024-02-19"),
        ("between March last year and February this year", "2023-03-01..2024-02-29"),
        ("from March 2022 to May last year", "2022-03-01..2023-05-31"),
        ("in 2005/6, not more", "2005-01-01..2006-12-31"),
        ("last year's final quarter", "2023-10-01..2023-12-31"),
        ("in 3Q23", "2023-07-01..2023-09-30"),
        ("in 9M2022", "2022-01-01..2022-09-30"),
        ("in 1H2020", "2020-01-01..2020-06-30"),
        ("between 1300 and 1350", "1300-01-01..1350-12-31"),
        ("the most since 1878.", "1878-01-01.."),
        ("on 5 August 1861", "1861-08-05..1861-08-05"),
        ("from 10 June to 2 July", "2024-06-10..2024-07-02"),
        ("June 28 to July 2, 2023", "2023-06-28..2023-07-02"),
        ("Sunday, November 03, 2019", "2019-11-03..2019-11-03"),
        ("on 23/05/2023", "2023-05-23..2023-05-23"),
        ("updated 23-Apr-2020", "2020-04-23..2020-04-23"),
        ("on the 27th.", "2024-08-27..2024-08-27"),
        ("the last Friday of the month", "2024-08-30..2024-08-30"),
        ("the third Monday in January 2024", "2024-01-15..2024-01-15"),
        ("in the week ended August 16", "2024-08-10..2024-08-16"),
        ("the last week of March 2021", "2021-03-25..2021-03-31"),
        ("last week", "2024-08-12..2024-08-18"),
        ("next week", "2024-08-26..2024-09-01"),
        ("over the next week", "2024-08-20..2024-08-27"),
        ("next month", "2024-09-01..2024-09-30"),
        ("in the past 12 months", "2023-08-20..2024-08-20"),
        ("in the last 24 hours", "2024-08-19..2024-08-20"),
        ("two weeks ago", "2024-08-06..2024-08-06"),
        ("25 years ago", "1999-01-01..1999-12-31"),
        ("the day before yesterday", "2024-08-18..2024-08-18"),
        ("last night", "2024-08-19..2024-08-19"),
        ("last weekend", "2024-08-17..2024-08-18"),
        ("this Thursday", "2024-08-22..2024-08-22"),
        ("last Tuesday", "2024-08-13..2024-08-13"),
        ("next Tuesday", "2024-08-27..2024-08-27"),
        ("last August", "2023-08-01..2023-08-31"),
        ("this fall", "2024-09-01..2024-11-30"),
        ("the winter of 2023-24", "2023-12-01..2024-02-29"),
        ("the early 19th century", "1801-01-01..1833-12-31"),
        ("the 12th and 13th centuries", "1101-01-01..1300-12-31"),
        ("around mid-century", "2050-01-01..2050-12-31"),
        ("in the 1800s", "1800-01-01..1899-12-31"),
        ("in the late Seventies", "1970-01-01..1979-12-31"),
        ("the second half of the 1990s", "1995-01-01..1999-12-31"),
        ("on Good Friday", "2024-03-29..2024-03-29"),
        ("at Easter 2021", "2021-04-04..2021-04-04"),
        ("by Christmas", "2024-12-25..2024-12-25"),
        ("in Q1 FY24", "2023-04-01..2023-06-30"),
        ("the three months ended June 30", "2024-04-01..2024-06-30"),
        ("in the year to March 2018", "2017-04-01..2018-03-31"),
        ("from May until the end of 2023", "2023-05-01..2023-12-31"),
        ("in 2021 (January-May)", "2021-01-01..2021-05-31"),
    ],
)
def test_one_time(text, interval):
    assert told(text) == [interval]


@pytest.mark.parametrize(
    ("text", "interval"),
    [
        ("he came on Monday", "2024-08-19..2024-08-19"),
        ("he will come on Monday", "2024-08-26..2024-08-26"),
        ("it will be held on Monday", "2024-08-26..2024-08-26"),
        ("on Monday he will come", "2024-08-26..2024-08-26"),
        ("she hopes to be there by Monday", "2024-08-26..2024-08-26"),
        ("the line was shut until Thursday", "2024-08-15..2024-08-15"),
        ("it will rise, he said on Friday", "2024-08-16..2024-08-16"),
        ("prices fell in November", "2023-11-01..2023-11-30"),
        ("elections are due in November", "2024-11-01..2024-11-30"),
        ("crude for September delivery fell", "2024-09-01..2024-09-30"),
        ("the season runs until November 30", "2024-11-30..2024-11-30"),
        ("a step is expected in the autumn", "2024-09-01..2024-11-30"),
    ],
)
def test_the_words_beside_a_time_say_whether_it_is_still_to_come(text, interval):
    assert told(text) == [interval]


@pytest.mark.parametrize(
    ("text", "intervals"),
    [
        (
            "It fell in March 2022, after a month earlier it rose",
            ["2022-03-01..2022-03-31", "2022-02-01..2022-02-28"],
        ),
        ("in August 2020 and the following month", ["2020-08-01..2020-08-31", "2020-09-01..2020-09-30"]),
        ("He landed on Friday; two days later he left", ["2024-08-16..2024-08-16", "2024-08-18..2024-08-18"]),
        (
            "in the first half of 2014, and in June alone",
            ["2014-01-01..2014-06-30", "2014-06-01..2014-06-30"],
        ),
        ("In the five months to August 2022 it fell. In the five months", ["2022-04-01..2022-08-31"] * 2),
        ("in 2022, up from the same period of 2021", ["2022-01-01..2022-12-31", "2021-01-01..2021-12-31"]),
    ],
)
def test_a_time_may_hang_on_the_one_before(text, intervals):
    assert told(text) == intervals


@pytest.mark.parametrize(
    "text",
    [
        "they may go", "May Turner said so", "Theresa May left", "a crowd of 1500 people", "every Friday",
        "in the sixth century BC", "the hottest day in 17 years", "in the coming months", "in recent years",
        "two days later", "the first Sunday of each month",
        "jailed for five months", "a nine-month extension", "the turn of the century", "on 12/05/2023", "soon",
    ],
)  # fmt: skip
def test_what_has_no_days(text):
    assert [interval for interval in told(text) if interval != ".."] == []


def test_without_the_day_of_the_report_relative_times_stay_open():
    assert told("last month, on Friday, in May, tomorrow, in 2021", None) == [
        "..",
        "..",
        "..",
        "..",
        "2021-01-01..2021-12-31",
    ]


def test_the_fiscal_year_is_that_of_the_area():
    assert told("in fiscal 2024 in Japan") == ["2024-04-01..2025-03-31"]
    assert told("in fiscal 2024 in Pakistan") == ["2023-07-01..2024-06-30"]


def test_what_the_calendar_cannot_hold_has_no_days():
    assert told("3000 years ago, 90 centuries ago") == ["..", ".."]


@pytest.mark.parametrize(
    ("year", "sunday"), [(1961, (4, 2)), (2000, (4, 23)), (2008, (3, 23)), (2019, (4, 21)), (2038, (4, 25))]
)
def test_easter(year, sunday):
    assert days._easter(year) == date(year, *sunday)


def test_months_keep_their_last_day():
    assert calendar.shift_years((date(2024, 2, 1), date(2024, 2, 29)), -1) == (
        date(2023, 2, 1),
        date(2023, 2, 28),
    )
    assert calendar.add_months(date(2024, 1, 31), 1) == date(2024, 2, 29)
    context = calendar.Context(last=(date(2024, 2, 1), date(2024, 2, 29)))
    assert stretches.unit_after({"unit": "1"}, context) == (date(2024, 3, 1), date(2024, 3, 31))


def test_months_may_mean_days_told_before():
    text = "Sales rose in the five months to May 19, 2024. Between {} and May this year it bought more."
    assert told(text.format("December last year"))[-1] == "2023-12-20..2024-05-19"
    assert told(text.format("October last year"))[-1] == "2023-10-01..2024-05-31"


def test_a_single_digit_behind_a_stroke_is_no_year_where_it_is_a_figure():
    assert told("in 2005-6 percent more") == ["2005-01-01..2005-12-31"]
