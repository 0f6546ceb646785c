"""Which time a change or a multiple is held against, and which it is of; all texts are ours."""

from __future__ import annotations

from datetime import date

import pytest
from timed import days, read

_MAY, _YEAR, _QUARTER = "2023-05-01..2023-05-31", "2022-01-01..2022-12-31", "2023-03-01..2023-05-31"


@pytest.mark.parametrize(
    ("text", "figure", "expected"),
    [
        ("In 2022 Chile's trade with Peru reached $7 billion, double that of 2014.", "double", _YEAR),
        ("In May Chile's exports to Peru were $3 billion, more than triple those of April.", "triple", _MAY),
        ("Chile's exports to Peru were $9 billion in 2022, twice the level of 2015.", "twice", _YEAR),
        (
            "Chile's exports to Peru were $9 billion in 2022, twice the amount recorded in 2015.",
            "twice",
            _YEAR,
        ),
        ("Chile's exports to Peru were $9 billion in May, twice last year's level.", "twice", _MAY),
        ("Chile doubled the volume of its exports to Peru in 2022.", "doubled", _YEAR),
        ("In relation to May 2022, Chile's exports to Peru rose 9 percent in May.", "9 percent", _MAY),
        (
            "In May Chile's exports to Peru rose, and imports also rose 9 percent with respect to May 2022.",
            "9 percent",
            _MAY,
        ),
        (
            "In May Chile's exports to Peru rose by $1 billion, or 9 percent, over May of the previous year.",
            "9 percent",
            _MAY,
        ),
        (
            "Chile's exports to Peru rose by $1 billion, or 9 percent, over the first five months of 2023.",
            "9 percent",
            "2023-01-01..2023-05-31",
        ),
        ("In May Chile's exports to Peru grew by 9 percent vis-à-vis May 2022.", "9 percent", _MAY),
        (
            "In relation to 2009, Chile doubled its exports to Peru, which last year were $1 bn.",
            "doubled",
            _YEAR,
        ),
        (
            (
                "In the quarter ended in May, Chile's exports to Peru grew 9 percent vis-à-vis the quarter "
                "ended in May 2022."
            ),
            "9 percent",
            _QUARTER,
        ),
        ("Chile's exports to Peru jumped by 9 percent between 2021 and 2022.", "9 percent", _YEAR),
        ("Chile's exports to Peru more than doubled between 2021 and 2022.", "doubled", _YEAR),
        (
            "Chile's exports to Peru rose by 9 percent from 2021 to 2022, touching $5 billion.",
            "$5 billion",
            _YEAR,
        ),
        (
            "Chile sold Peru copper worth $5 billion between 2021 and 2022.",
            "$5 billion",
            "2021-01-01..2022-12-31",
        ),
        (
            "Chile's exports to Peru rose by 9 percent between 2015 and 2022.",
            "9 percent",
            "2015-01-01..2022-12-31",
        ),
        ("India's exports to Peru jumped by 9 percent between 2021 and 2022.", "9 percent", _YEAR),
        ("India's exports to Peru jumped by 9 percent in 2021-22.", "9 percent", "2021-04-01..2022-03-31"),
    ],
)
def test_a_change_is_of_its_clause_and_not_of_the_time_it_is_held_against(text, figure, expected):
    assert days(read(text)[figure]) == expected


@pytest.mark.parametrize(
    ("text", "figure", "base"),
    [
        ("In 2022 Chile's trade with Peru reached $7 billion, double that of 2014.", "double", 2014),
        (
            "In relation to 2009, Chile doubled its exports to Peru, which last year were $1 bn.",
            "doubled",
            2009,
        ),
        ("In 2022 Chile's exports to Peru grew by 9 percent vis-à-vis 2020.", "9 percent", 2020),
        ("Chile's exports to Peru jumped by 9 percent between 2021 and 2022.", "9 percent", 2021),
    ],
)
def test_the_time_named_beside_a_change_is_its_base(text, figure, base):
    assert read(text)[figure].comparison.base_start.year == base


@pytest.mark.parametrize(
    ("text", "figure", "expected"),
    [
        (
            "In 2022 Chile sold more. Exports to Peru came to $9 billion ($8 billion in 2021).",
            "$9 billion",
            _YEAR,
        ),
        (
            "In May Chile sold more. Exports to Peru rose 5 percent and imports 9 percent (7 percent both in April).",
            "9 percent",
            _MAY,
        ),
        (
            "Chile's trade with Peru came to $9 billion (exports of $5 billion and imports of $4 billion in 2022).",
            "$9 billion",
            _YEAR,
        ),
        (
            "In 2022 Chile's trade with Peru rose 9 percent from 2021. Exports had risen 2.7 times up to $7 billion.",
            "$7 billion",
            _YEAR,
        ),
        (
            (
                "Chile's imports stood at $8 billion against exports of $7 billion in 2021. During the year the "
                "deficit widened to $1 billion."
            ),
            "$1 billion",
            "2021-01-01..2021-12-31",
        ),
        (
            "In May Chile's exports to Peru were $3 billion, higher than the April 2023 figure of $2 billion.",
            "$2 billion",
            "2023-04-01..2023-04-30",
        ),
        (
            "Chile's ambassador hopes that trade with Peru will reach $9 billion, from the 2021 results of $2 billion.",
            "$2 billion",
            "2021-01-01..2021-12-31",
        ),
        (
            "Chile's exports to Peru fell in May, a turnaround from the previous month's revised 3 percent growth.",
            "3 percent",
            "2023-04-01..2023-04-30",
        ),
        (
            "Chile's exports to Peru should rise from $9 billion, registered in 2018, to $16 billion by 2025.",
            "$9 billion",
            "2018-01-01..2018-12-31",
        ),
        (
            "Chile's exports to Peru remained in 2022 at the 2021 level ($9 billion).",
            "$9 billion",
            _YEAR,
        ),
    ],
)
def test_what_is_told_for_comparison_does_not_date_the_figure_itself(text, figure, expected):
    assert days(read(text)[figure]) == expected


@pytest.mark.parametrize(
    ("text", "figure", "expected"),
    [
        (
            "Chile's imports from Peru were $9 billion for May, an increase of $2 billion (+5%) on May 2022.",
            "$2 billion",
            _MAY,
        ),
        (
            "Chile's imports from Peru were $9 billion for May, an increase of $2 billion (+5%) on May 2022.",
            "5%",
            _MAY,
        ),
        (
            "Chile's imports from Peru came to $2 billion (+5%) in May 2022.",
            "$2 billion",
            "2022-05-01..2022-05-31",
        ),
        (
            (
                "In January-May Chile's trade with Peru came to $9 billion. Against the same period of last year, "
                "trade rose by $2 billion (5 percent), exports by $1 billion (7 percent)."
            ),
            "7 percent",
            "2023-01-01..2023-05-31",
        ),
        (
            (
                "In January-May Chile's trade with Peru came to $9 billion. In the same period of last year, trade "
                "rose by $2 billion."
            ),
            "$2 billion",
            "2022-01-01..2022-05-31",
        ),
        (
            (
                "Chile's exports in May were $9 billion, imports $7 billion.\n\n"
                "The change in imports from April to May came mainly from decreases in:\n"
                "- Copper [down by $2 billion (20%)]\n- Tin [down by $1 billion (10%)]"
            ),
            "$1 billion",
            _MAY,
        ),
        (
            "Chile's trade with Peru was counted from April to May.\n- Copper: exports of $2 billion",
            "$2 billion",
            "2023-04-01..2023-05-31",
        ),
        (
            (
                "Chile's trade with Peru turned to a $3 billion surplus in May from a deficit in April, revised to "
                "$1 billion."
            ),
            "$1 billion",
            "2023-04-01..2023-04-30",
        ),
        (
            (
                "Chile's trade surplus with Peru was $3 billion in May. In the same month of the year before, it "
                "had been $4 billion."
            ),
            "$4 billion",
            "2022-05-01..2022-05-31",
        ),
        (
            (
                "Chile's trade with Peru was $15 billion in January-May 2023, a rise of 50% on the first five months "
                "of last year (when it stood at $10 billion)."
            ),
            "$10 billion",
            "2022-01-01..2022-05-31",
        ),
        (
            "Chile's exports were $9 billion in May, up $2 billion (5%) on April and up $1 billion (3%) on May 2022.",
            "$1 billion",
            _MAY,
        ),
        (
            "Chile's exports fell in 2022. Chile's exports rose 5 percent in the year's last month.",
            "5 percent",
            "2022-12-01..2022-12-31",
        ),
    ],
)
def test_what_a_figure_is_held_on_is_not_its_time(text, figure, expected):
    assert days(read(text)[figure]) == expected


_DETAILED = (
    "Chile's exports in May 2023 were $9 billion.\n\n"
    "Detailed results for April 2023\n\n"
    "Chile's deficit with Peru widened (-$3 billion in April 2023 against -$2 billion in April 2022), and so did the "
    "surplus with Cuba (+$5 billion against +$4 billion).\n\n"
    "Chile's imports from Brazil came to $7 billion, against $6 billion."
)


@pytest.mark.parametrize(
    ("figure", "expected"),
    [
        ("$2 billion", "2022-04-01..2022-04-30"),
        ("$5 billion", "2023-04-01..2023-04-30"),
        ("$4 billion", "2022-04-01..2022-04-30"),
        ("$7 billion", "2023-04-01..2023-04-30"),
        ("$6 billion", "2022-04-01..2022-04-30"),
    ],
)
@pytest.mark.parametrize("published", [None, date(2023, 6, 20)])
def test_a_heading_tells_the_time_of_what_stands_under_it(figure, expected, published):
    found = read(_DETAILED, published)
    assert days(next(c for exact, c in found.items() if exact.endswith(figure[1:]))) == expected


def test_a_line_with_a_figure_is_no_heading():
    text = (
        "Chile's exports in May 2023 were $9 billion.\n\nIn April 2023 exports were $8 billion\n\n"
        "Imports from Brazil came to $7 billion."
    )
    assert days(read(text)["$7 billion"]) == "2023-05-01..2023-05-31"


@pytest.mark.parametrize(
    ("text", "figure", "expected"),
    [
        (
            "Chile's exports in May were $5 billion. The April figure was revised from $4 billion to $4.2 billion.",
            "$4 billion",
            "2023-04-01..2023-04-30",
        ),
        (
            "Chile's trade surplus was $5 billion in May. April's was revised up to $3 billion from $2 billion.",
            "$2 billion",
            "2023-04-01..2023-04-30",
        ),
        ("Chile's trade surplus in May was $5 billion, revised from $4 billion.", "$4 billion", _MAY),
        (
            "Chile's trade surplus in May rose to $5 billion from $4 billion.",
            "$4 billion",
            "2022-05-01..2022-05-31",
        ),
        (
            "Chile's trade deficit widened to $3 billion in May (April: $2 billion; May 2022: $1 billion).",
            "$2 billion",
            "2023-04-01..2023-04-30",
        ),
        (
            "Chile's trade deficit widened to $3 billion in May (April: $2 billion; May 2022: $1 billion).",
            "$1 billion",
            "2022-05-01..2022-05-31",
        ),
    ],
)
def test_a_figure_restated_or_labelled_has_the_time_it_is_given_for(text, figure, expected):
    assert days(read(text)[figure]) == expected


@pytest.mark.parametrize(
    ("text", "figure", "expected"),
    [
        (
            "Between April and May Chile's exports rose from $4 billion to $5 billion.",
            "$4 billion",
            "2023-04-01..2023-04-30",
        ),
        ("Between April and May Chile's exports rose from $4 billion to $5 billion.", "$5 billion", _MAY),
        ("From May 2022 to May 2023 Chile's exports rose by 9 percent.", "9 percent", _MAY),
        (
            "From May 2022 to April 2023 Chile's exports rose by 9 percent.",
            "9 percent",
            "2022-05-01..2023-04-30",
        ),
        (
            "From May 2022 to May 2023 Chile's exports came to $9 billion.",
            "$9 billion",
            "2022-05-01..2023-05-31",
        ),
        (
            "Chile's exports fell by 5 percent in May from the all-time high of $6 billion set in March 2022.",
            "$6 billion",
            "2022-03-01..2022-03-31",
        ),
        (
            (
                "Chile's exports in the year to the end of May came to $5 billion. In the 12 months before, they had "
                "been $4 billion."
            ),
            "$4 billion",
            "2021-06-01..2022-05-31",
        ),
    ],
)
def test_the_two_ends_of_a_growth(text, figure, expected):
    assert days(read(text)[figure]) == expected
