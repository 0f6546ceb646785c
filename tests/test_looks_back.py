"""What a text only looks back at, or aside, does not become its time; all texts are ours."""

from __future__ import annotations

from datetime import date

import pytest
from timed import NO_TIME, days, read

from tallyman.extract import claims
from tallyman.model import Document

_MAY, _YEAR = "2023-05-01..2023-05-31", "2022-01-01..2022-12-31"


@pytest.mark.parametrize(
    ("text", "figure", "expected"),
    [
        (
            (
                "Chile's exports to Peru rose in May to $9 billion — the highest level since April 2015 — on more "
                "copper.\n\nIn May exports of tin fell 5 percent."
            ),
            "$9 billion",
            NO_TIME,
        ),
        (
            (
                "Chile's exports to Peru grew by 9 percent in 2017. Peru has been Chile's largest export destination "
                "since 2013.\n\nExports rose 5 percent in December alone."
            ),
            "5 percent",
            "2017-12-01..2017-12-31",
        ),
        (
            (
                "In May 2023 Chile's exports to Peru came to $9 billion, which is above the $8 billion of April. "
                "Imports fell 5 percent."
            ),
            "5 percent",
            _MAY,
        ),
        (
            "Chile's exports to Peru grew by 9 percent in 2017. Exports rose 5 percent in December.",
            "5 percent",
            NO_TIME,
        ),
        (
            (
                "Chile's exports to Peru grew by 9 percent in 2017, and all are to be free of tariffs by 2019. "
                "Exports rose 5 percent in December alone."
            ),
            "5 percent",
            "2017-12-01..2017-12-31",
        ),
        (
            (
                "In February 2023 Chile had a trade surplus of $9 billion. In the year to date (1 January to 28 "
                "February 2023) it had a deficit of $1 billion.\n\nThat is due to a trade deficit of $2 billion in "
                "January 2023.\n\nImports were 5 percent higher than a year earlier."
            ),
            "5 percent",
            "2023-02-01..2023-02-28",
        ),
        (
            (
                "In February 2023 Chile's exports to Peru were $9 billion, higher than the P8 billion in February 2022."
                "\n\nIn February imports were $7 billion."
            ),
            "$7 billion",
            "2023-02-01..2023-02-28",
        ),
    ],
)
def test_a_report_without_a_day(text, figure, expected):
    assert days(read(text, None)[figure]) == expected


@pytest.mark.parametrize(
    ("text", "figure", "expected"),
    [
        (
            "Chile's imports from Peru have grown by 9 percent since the pact was signed in 2005.",
            "9 percent",
            "2005-01-01..None",
        ),
        (
            "Chile's imports from Peru grew by 9 percent in 2022, when the pact was signed.",
            "9 percent",
            _YEAR,
        ),
        (
            "Chile exported copper worth $3 billion to Peru by the end of April 2023.",
            "$3 billion",
            "2023-01-01..2023-04-30",
        ),
        (
            "Chile sold copper worth $3 million to Peru until April.",
            "$3 million",
            "2023-01-01..2023-04-30",
        ),
        (
            "By April 2023 Peru's share in Chile's exports fell to 9 percent.",
            "9 percent",
            "2023-04-01..2023-04-30",
        ),
        (
            (
                "Chile's exports to Peru in 2022 rose to $9 billion. The previous record for exports to Peru, "
                "$8 billion, was set in 1997. Chile's surplus with Peru for the year was $2 billion."
            ),
            "$2 billion",
            _YEAR,
        ),
        (
            "Chile's trade surplus with Peru rose by $3 billion in 2022 over the previous year, to $9 billion.",
            "$9 billion",
            _YEAR,
        ),
        (
            "Chile's trade with Peru in 2022 was up from $8 billion in 2008, but down from a 2012 peak of $11 billion.",
            "$11 billion",
            "2012-01-01..2012-12-31",
        ),
        (
            "In May Chile's exports to Peru came to $3 billion, a year-on-year rise of 5 percent.",
            "5 percent",
            _MAY,
        ),
        (
            "In May Chile sold Peru $3 billion, 5 percent up from May 2022's export flows of $2 billion.",
            "$2 billion",
            "2022-05-01..2022-05-31",
        ),
        (
            (
                "Chile's exports to Peru came to $9 billion in January-May, 9 percent more than in the same period "
                "last year ($8 billion in January-May 2022). Imports over the period were $3 billion."
            ),
            "$3 billion",
            "2023-01-01..2023-05-31",
        ),
        (
            "Chile's trade surplus with Peru widened by $2 billion in 2022 from 2021, to $9 billion.",
            "$9 billion",
            _YEAR,
        ),
        (
            "Chile's exports to Peru in 2022 were twice the $2 billion recorded in 2012.",
            "twice",
            _YEAR,
        ),
        (
            (
                "By the end of March Chile had sold copper worth $3 billion to Peru, up from $2 billion in the same "
                "period of 2022."
            ),
            "$2 billion",
            "2022-01-01..2022-03-31",
        ),
        (
            (
                "Chile's trade with Peru for the first 5 months of this year was $9 billion, $2 billion more than the "
                "whole volume of last year."
            ),
            "$2 billion",
            "2023-01-01..2023-05-31",
        ),
        (
            "In May Chile's share in the imports of Peru was 5 percent, behind only Ecuador, as in 2021.",
            "5 percent",
            _MAY,
        ),
        (
            "In 2022 Chile's trade with Peru came to $9 billion, 3 times as much as that in 2012.",
            "3 times",
            _YEAR,
        ),
        (
            (
                "Chile's exports to Peru rose to $4 billion in January-May. Peru leads in 2023.\n\nImports were $3 "
                "billion in the reporting period."
            ),
            "$3 billion",
            "2023-01-01..2023-05-31",
        ),
        (
            (
                "Chile's exports to Peru rose to $4 billion in January-May. Peru led in 2022.\n\nImports were $3 "
                "billion in the reporting period."
            ),
            "$3 billion",
            _YEAR,
        ),
        (
            "Chile sold Peru goods worth $5 million in May, a rise of 9 percent over the same month of 2022 ($4 mn).",
            "$4 mn",
            "2022-05-01..2022-05-31",
        ),
    ],
)
def test_a_time_looked_back_at(text, figure, expected):
    assert days(read(text)[figure]) == expected


@pytest.mark.parametrize(
    ("text", "figure", "expected"),
    [
        (
            (
                "In 2022 Chile imported goods from Peru for $9 billion ($8 billion in 2021), from Brazil for $7 "
                "billion ($6 billion) and from Cuba for $5 billion ($4 billion)."
            ),
            "$7 billion",
            _YEAR,
        ),
        (
            (
                "In 2022 Chile imported goods from Peru for $9 billion ($8 billion in 2021), from Brazil for $7 "
                "billion ($6 billion) and from Cuba for $5 billion ($4 billion)."
            ),
            "$6 billion",
            "2021-01-01..2021-12-31",
        ),
        (
            (
                "In May Chile imported goods for $9 billion. It spent $5 billion in Peru ($4 billion in May 2022), and "
                "$3 billion in Cuba ($2 billion)."
            ),
            "$3 billion",
            "2023-05-01..2023-05-31",
        ),
        (
            (
                "In May Chile imported goods for $9 billion. It spent $5 billion in Peru ($4 billion in May 2022), and "
                "$3 billion in Cuba ($2 billion)."
            ),
            "$2 billion",
            "2022-05-01..2022-05-31",
        ),
        (
            "Chile's exports to Peru were low in 2021 (a bad year) and rose to $7 billion.",
            "$7 billion",
            "2021-01-01..2021-12-31",
        ),
    ],
)
def test_a_time_shut_in_brackets_dates_its_own_figure_only(text, figure, expected):
    assert days(read(text)[figure]) == expected


@pytest.mark.parametrize(
    ("text", "figure", "expected"),
    [
        (
            "Compared with January 2023, Chile raised its imports from Peru by 9 percent in January to $5 million.",
            "9 percent",
            "2024-01-01..2024-01-31",
        ),
        (
            "In January Chile's imports from Peru were 9 percent higher than in January 2023.",
            "9 percent",
            "2024-01-01..2024-01-31",
        ),
        (
            "In February Chile's imports from Peru were 9 percent higher than in January 2023.",
            "9 percent",
            NO_TIME,
        ),
    ],
)
def test_a_month_held_against_that_of_a_year_is_the_one_a_year_on(text, figure, expected):
    assert days(read(text, None)[figure]) == expected


def test_the_base_over_the_same_period():
    text = (
        "Chile exported goods worth $5 million to Peru in Q1 2023, up from $4 million in Q1 2022.\n"
        "Imports from Peru rose from $2 million to $3 million over the same period."
    )
    found = read(text)
    assert days(found["$2 million"]) == "2022-01-01..2022-03-31"
    assert days(found["$3 million"]) == "2023-01-01..2023-03-31"


def test_a_target_met_before_its_time():
    text = "Chile and Peru had set a target to achieve $20 billion trade by 2008, but the target was achieved in 2006."
    found = claims(Document(id="d", text=text, sha256="", language="en", published_on=date(2010, 6, 1)))
    assert [(c.modality, c.period.start) for c in found] == [
        ("actual", date(2006, 1, 1)),
        ("target", date(2008, 1, 1)),
    ]


@pytest.mark.parametrize(
    ("text", "figure", "expected"),
    [
        (
            (
                "In May Chile's trade with Peru came to $5 billion. Brazil, Chile's number one trade partner in 2022 "
                "(at $9 billion), placed second at $3 billion."
            ),
            "$3 billion",
            _MAY,
        ),
        ("Chile's exports to Peru, in 2022, rose to $3 billion.", "$3 billion", _YEAR),
        (
            "In 2010 Chile's trade with Peru came to $2 billion, and now it stands at $3 billion.",
            "$3 billion",
            NO_TIME,
        ),
        (
            "In 2022 Chile's trade with Peru came to $2 billion, and exports stood at $3 billion.",
            "$3 billion",
            _YEAR,
        ),
        (
            (
                "Chile's trade with Peru came to $9 billion in 2022, five times the $2 billion recorded ten years "
                "earlier. Exports were $3 billion in the same year."
            ),
            "$3 billion",
            _YEAR,
        ),
        (
            (
                "Bangladesh's exports were $3 billion in April, the 10th month of the current fiscal year 2022-23 "
                "(July 2022-June 2023), which was 4 percent higher than the same month a year ago."
            ),
            "4 percent",
            "2023-04-01..2023-04-30",
        ),
    ],
)
def test_a_clause_with_a_time_of_its_own(text, figure, expected):
    assert days(read(text)[figure]) == expected


def test_a_month_of_a_fiscal_year():
    text = "Pakistan's exports to Peru fell to $5 million in July FY26, compared to $8 million in July FY25."
    found = read(text, date(2025, 8, 21))
    assert days(found["$5 million"]) == "2025-07-01..2025-07-31"
    assert days(found["$8 million"]) == "2024-07-01..2024-07-31"


def test_months_of_another_calendar_are_told_once_and_meant_again():
    text = (
        "Iran's trade rose 9 percent in the first 11 months of the Iranian year (March 21, 2021-February 19, 2022). "
        "Iran imported goods worth $4 billion in the first 11 months of the present year."
    )
    assert days(read(text, None)["$4 billion"]) == "2021-03-21..2022-02-19"
    other = text.replace("11 months of the present", "10 months of the present")
    assert days(read(other, None)["$4 billion"]) == NO_TIME


@pytest.mark.parametrize(
    ("text", "figure", "expected"),
    [
        (
            (
                "In May Chile's exports to Peru were $9 billion. Volumes have been growing since March 2019.\n\n"
                "Imports fell 7 percent in May."
            ),
            "7 percent",
            NO_TIME,
        ),
        (
            (
                "In May Chile's exports to Peru were $9 billion. It was the first time since January 2019 that they "
                "had risen.\n\nImports fell 7 percent in May."
            ),
            "7 percent",
            NO_TIME,
        ),
        (
            "In May volumes of Chile's exports to Peru rose 5 percent and have been growing since March 2019.",
            "5 percent",
            NO_TIME,
        ),
        (
            (
                "In May Chile's exports to Peru were $9 billion. They have grown since the peak reached in January "
                "2008.\n\nImports fell 7 percent in April."
            ),
            "7 percent",
            NO_TIME,
        ),
        (
            "Volumes of Chile's exports to Peru have grown 5 percent since March 2019.",
            "5 percent",
            "2019-03-01..None",
        ),
        (
            (
                "Chile's exports to Peru have been falling since spring 2013. In October of that year, exports were "
                "valued at $3 billion."
            ),
            "$3 billion",
            "2013-10-01..2013-10-31",
        ),
        (
            "Chile's exports to Peru grew to $9 billion in 2019. Imports fell 7 percent in May.",
            "7 percent",
            NO_TIME,
        ),
        (
            "Chile's exports to Peru grew to $9 billion in April 2019. Imports fell 7 percent in March.",
            "7 percent",
            "2019-03-01..2019-03-31",
        ),
    ],
)
def test_a_year_since_which_something_is_so_dates_no_month_told_behind_it(text, figure, expected):
    assert days(read(text, None)[figure]) == expected


@pytest.mark.parametrize(
    ("text", "figure", "expected"),
    [
        (
            (
                "Chile's exports to Peru fell 9 percent in May. Sales of copper stood 30 percent below the series' "
                "peak of January 2022.\n\nExports of tin fell by 5 percent."
            ),
            "30 percent",
            _MAY,
        ),
        (
            (
                "Chile's exports to Peru fell 9 percent in May. Sales of copper stood 30 percent below the series' "
                "peak of January 2022.\n\nExports of tin fell by 5 percent."
            ),
            "5 percent",
            _MAY,
        ),
        (
            (
                "Chile's exports to Peru fell 9 percent in May. They have come back from the high values of late last "
                "year.\n\nExports of tin fell by 5 percent."
            ),
            "5 percent",
            _MAY,
        ),
        (
            (
                "Chile's exports to Peru fell 9 percent in May and are near the levels of 2012.\n\nExports of tin "
                "fell by 5 percent."
            ),
            "5 percent",
            _MAY,
        ),
        (
            "Chile's exports to Peru hit a peak of $9 billion in January 2022.",
            "$9 billion",
            "2022-01-01..2022-01-31",
        ),
        (
            "Chile's exports to Peru were at a level of $9 billion in January 2022.",
            "$9 billion",
            "2022-01-01..2022-01-31",
        ),
    ],
)
def test_a_peak_or_level_of_a_time_is_what_a_figure_is_held_against(text, figure, expected):
    assert days(read(text)[figure]) == expected


_MARKETS = (
    "Chile's exports came to $9 billion in the first five months of 2023. In May 2023 they were $2 billion, while in "
    "2021 exports {told} $3 billion.\n\nThe top markets for Chile's exports in the period were Peru ($5 billion) and "
    "Cuba ($1 billion)."
)


def test_the_period_is_neither_its_last_month_nor_a_year_that_had_been():
    assert days(read(_MARKETS.format(told="had been"))["$5 billion"]) == "2023-01-01..2023-05-31"
    assert days(read(_MARKETS.format(told="were"))["$5 billion"]) == "2021-01-01..2021-12-31"


_QUARTER = (
    "In the first quarter of 2023 Chile's exports came to $9 billion.\n\nGoing by the figures for the year to March "
    "2023, the main markets were: Peru (9%) and Cuba (8%).\n\nImports were $4 billion, a decline of 2%{base}. Notable "
    "decreases over the period were those in imports of copper (-5%)."
)


@pytest.mark.parametrize(
    ("figure", "base", "expected"),
    [
        ("$4 billion", " against the previous quarter", "2023-01-01..2023-03-31"),
        ("2%", " against the previous quarter", "2023-01-01..2023-03-31"),
        ("5%", " against the previous quarter", "2023-01-01..2023-03-31"),
        ("8%", " against the previous quarter", "2022-04-01..2023-03-31"),
        ("2%", "", "2022-04-01..2023-03-31"),
    ],
)
def test_what_is_held_against_the_quarter_before_is_of_a_quarter(figure, base, expected):
    assert days(read(_QUARTER.format(base=base))[figure]) == expected


@pytest.mark.parametrize(("told", "expected"), [("had been", _MAY), ("were", "2022-05-01..2022-05-31")])
def test_what_had_been_a_year_before_is_told_by_the_way(told, expected):
    text = (
        f"Chile's exports were $9 billion in May. In the same month of last year they {told} $8 billion. Imports were "
        "$7 billion."
    )
    assert days(read(text)["$7 billion"]) == expected
