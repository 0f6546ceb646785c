"""The time of a figure and how it is meant, read over whole reports; all texts are ours."""

from __future__ import annotations

from datetime import date

import pytest
from timed import NO_TIME, days, read


@pytest.mark.parametrize(
    ("text", "figure", "expected"),
    [
        (
            "Chile's exports to Peru rose from $5 billion in January 2021. Exports to Peru rose 3 percent in May.",
            "3 percent",
            "2023-05-01..2023-05-31",
        ),
        (
            "In 2022 Chile's exports to Peru rose 4 percent on 2021 to $5 billion.",
            "4 percent",
            "2022-01-01..2022-12-31",
        ),
        (
            "Chile's exports to Peru came to $5 billion in 2022, an increase of 4 percent over 2021.",
            "4 percent",
            "2022-01-01..2022-12-31",
        ),
        (
            "Chile's exports to Peru rose 3 percent in May, after growth of 8 percent in April.",
            "3 percent",
            "2023-05-01..2023-05-31",
        ),
        (
            "Chile's exports to Peru rose 3 percent in May, after growth of 8 percent in April.",
            "8 percent",
            "2023-04-01..2023-04-30",
        ),
        (
            (
                "Chile's trade with Peru came to $5 billion in 2022, five times the $1 billion recorded "
                "ten years earlier."
            ),
            "$1 billion",
            "2012-01-01..2012-12-31",
        ),
        (
            "Chile's exports to Peru were $5 billion in January-May, up from $4 billion last year.",
            "$4 billion",
            "2022-01-01..2022-05-31",
        ),
        (
            "Chile's exports to Peru were $5 billion in 2022, up from last year's $4 billion.",
            "$4 billion",
            "2022-01-01..2022-12-31",
        ),
        (
            "Chile's trade with Peru was $9 billion in January-May. It was $7 billion in the same period of 2022.",
            "$7 billion",
            "2022-01-01..2022-05-31",
        ),
        (
            "In 2022 Chile's exports to Peru came to $4 billion in the first ten months alone.",
            "$4 billion",
            "2022-01-01..2022-10-31",
        ),
        (
            (
                "Chile-Peru trade was $9 bn in January-May. "
                "In May alone it was $2 bn.\n\nExports to Peru rose 6 percent."
            ),
            "6 percent",
            "2023-01-01..2023-05-31",
        ),
        (
            "Chile-Peru trade was $9 bn in January-May. In May alone it was $2 bn. Exports to Peru rose 6 percent.",
            "6 percent",
            "2023-05-01..2023-05-31",
        ),
        (
            (
                "Chile's exports to Peru recovered in the first quarter of 2023.\n\nCopper exports to "
                "Peru rose 6 percent."
            ),
            "6 percent",
            "2023-01-01..2023-03-31",
        ),
        (
            "Chile-Peru trade was $9 bn in 2021. The port reopened last year. No ship came. Exports rose 6 percent.",
            "6 percent",
            NO_TIME,
        ),
        (
            "Chile's trade with Peru came to $9 billion in January-May. The annual trade with Peru is $20 billion.",
            "$20 billion",
            NO_TIME,
        ),
        (
            "Chile's trade with Peru came to $9 billion in 2021. It now stands at $11 billion.",
            "$11 billion",
            NO_TIME,
        ),
        (
            "Under the pact signed in March 2019, Chile's exports to Peru reached $4 billion.",
            "$4 billion",
            NO_TIME,
        ),
        (
            "Chile's exports to Peru surged 14 percent in 2022, keeping double-digit growth since February.",
            "14 percent",
            "2022-01-01..2022-12-31",
        ),
        (
            "Exports of Chile to Peru top $9 billion\n\nChile's exports to Peru reached $9.1 billion in May 2023.",
            "$9 billion",
            "2023-05-01..2023-05-31",
        ),
        (
            "Chile's exports to Peru were $5 billion and imports from Peru $3 billion in May.",
            "$5 billion",
            "2023-05-01..2023-05-31",
        ),
        (
            (
                "In ten months of 2022 Chile sold more to Peru. "
                "In May it fell. In ten months its imports were $2 billion."
            ),
            "$2 billion",
            "2022-01-01..2022-10-31",
        ),
        (
            "Chile's exports to Peru rose in 2022. Exports to Peru rose by 46 percent compared to May 2022.",
            "46 percent",
            "2023-05-01..2023-05-31",
        ),
        (
            "Analysts had expected that Chile's exports to Peru would rise 5 percent in May.",
            "5 percent",
            "2023-05-01..2023-05-31",
        ),
        (
            "Pakistan's exports to Peru came to $2 billion during the first quarter of current fiscal year.",
            "$2 billion",
            "2022-07-01..2022-09-30",
        ),
        (
            "Iran's exports to Peru came to $1 billion in the first month of this year, which began on March 21.",
            "$1 billion",
            "2023-03-21..2023-04-20",
        ),
        (
            "Iran's exports to Peru came to $1 billion in the first month of this year.",
            "$1 billion",
            "2023-01-01..2023-01-31",
        ),
        (
            "Bangladesh's exports to Japan came to $1 billion in fiscal 2021-22.",
            "$1 billion",
            "2021-07-01..2022-06-30",
        ),
        (
            "In 2021-22 exports of India to Peru rose. In March they fell. Imports during the year were $2 billion.",
            "$2 billion",
            "2021-04-01..2022-03-31",
        ),
        (
            "In the first quarter of this fiscal year exports of India fell. Imports rose 5% in the first quarter.",
            "5%",
            "2023-04-01..2023-06-30",
        ),
        (
            "Chile's trade with Peru is to reach $9 billion by 2030, up from $5 billion a year ago.",
            "$5 billion",
            NO_TIME,
        ),
        (
            (
                "Chile's trade surplus of $4 billion for May 2023 is a fall from that recorded in May "
                "2022 of $7 billion."
            ),
            "$7 billion",
            "2022-05-01..2022-05-31",
        ),
        (
            "Exports of Chile rose 5% in May 2023. Exports of $4 bn are 2% more than exports recorded in May 2022.",
            "2%",
            "2023-05-01..2023-05-31",
        ),
        (
            "Chile's exports to Peru rose 5% in January-May from $4 billion in 2022 to $5 billion in 2023.",
            "$5 billion",
            "2023-01-01..2023-05-31",
        ),
        (
            "That compared with a forecast of a 6% year-on-year increase in exports of Chile for May in a poll.",
            "6%",
            "2023-05-01..2023-05-31",
        ),
    ],
)
def test_when(text, figure, expected):
    assert days(read(text)[figure]) == expected


@pytest.mark.parametrize(
    ("text", "figure", "expected"),
    [
        ("Chile and Peru said they would double trade to $9 billion by 2030.", "double", "target"),
        ("Chile and Peru said they would double trade to $9 billion by 2030.", "$9 billion", "target"),
        ("Chile's trade with Peru will double to $9 billion by 2030.", "$9 billion", "forecast"),
        ("The goal, he said, is to bring Chile's trade with Peru to $9 billion.", "$9 billion", "target"),
        ("Chile's target for exports to Peru this year is $9 billion.", "$9 billion", "target"),
        ("Chile's trade with Peru could easily be increased to $9 billion.", "$9 billion", "potential"),
        (
            "There is potential for Chile's trade with Peru to hit $9 billion by 2030.",
            "$9 billion",
            "potential",
        ),
        ("Our potential is $9 billion in trade between Chile and Peru.", "$9 billion", "potential"),
        ("They promised to double Chile's trade with Peru by 2030.", "double", "target"),
        ("Chile's trade with Peru, the $9 billion that the minister had expected.", "$9 billion", "forecast"),
        (
            "They want to raise Chile's trade with Peru, which was $5 billion in 2021, to $9 billion.",
            "$9 billion",
            "target",
        ),
        (
            "They want to raise Chile's trade with Peru, which was $5 billion in 2021, to $9 billion.",
            "$5 billion",
            "actual",
        ),
        (
            "Chile's trade with Peru stood at $5 billion and will cross $9 billion by 2030.",
            "$5 billion",
            "actual",
        ),
        (
            "Chile's trade with Peru stood at $5 billion and will cross $9 billion by 2030.",
            "$9 billion",
            "forecast",
        ),
        (
            "Chile imported 9 million tonnes of copper from Peru under this agreement.",
            "9 million tonnes",
            "actual",
        ),
        ("Chile's exports to Peru fell 9 percent, less than expected.", "9 percent", "actual"),
        (
            "Economists had expected exports of Chile to Peru to rise, after a 9 percent fall in April.",
            "9 percent",
            "actual",
        ),
        (
            "Chile's trade with Peru was less than the $9 billion expected by economists.",
            "$9 billion",
            "forecast",
        ),
        (
            "They aim to boost Chile's trade with Peru from the current $5 billion by 2030.",
            "$5 billion",
            "actual",
        ),
        ("Chile and Peru agreed on Friday to increase trade to $9 billion.", "$9 billion", "target"),
        ("Chile's trade with Peru was to reach $9 billion by 2020.", "$9 billion", "target"),
        (
            "There is every opportunity to bring Chile's trade with Peru to $9 billion.",
            "$9 billion",
            "potential",
        ),
        (
            "Chile's exports to Peru rose 9 percent, compared with expectations of 5 percent.",
            "5 percent",
            "forecast",
        ),
        (
            "Last year's trade between Chile and Peru of $5 billion could grow to $9 billion.",
            "$5 billion",
            "actual",
        ),
        ("They expect Chile's trade with Peru to exceed last year's $5 billion.", "$5 billion", "actual"),
        ("Chile's trade with Peru is $5 billion and our goal is $9 billion.", "$5 billion", "actual"),
        (
            "Exports growth of 15 percent between Chile and Peru is achievable this year.",
            "15 percent",
            "potential",
        ),
        (
            "Chile's exports fell, less than a forecast 9 percent, leaving a trade surplus of $2 bn.",
            "$2 bn",
            "actual",
        ),
        ("Chile's exports fell, versus a forecast fall of 9 percent.", "9 percent", "forecast"),
        ("Officials put Chile's exports to Peru for June 2023 at $9 billion.", "$9 billion", "forecast"),
        ("Chile to export copper worth $9 billion to Peru", "$9 billion", "target"),
        ("Chile's trade with Peru to hit $9 billion", "$9 billion", "forecast"),
    ],
)
def test_how_it_is_meant(text, figure, expected):
    assert read(text)[figure].modality == expected


def test_a_deadline_until_a_year_is_one():
    told = read("The presidents set the task of raising Chile's trade with Peru to $9 billion until 2030.")
    assert told["$9 billion"].deadline == date(2030, 12, 31)


def test_a_promise_without_a_day_of_the_report_is_a_target():
    told = read("Chile and Peru met to boost bilateral trade to $9 billion by 2030.", None)["$9 billion"]
    assert (told.modality, told.deadline) == ("target", date(2030, 12, 31))


@pytest.mark.parametrize(
    ("text", "figure", "expected"),
    [
        (
            "Since the pact with Peru took effect on May 3, 2021, Chile's exports to Peru have come to $9 billion.",
            "$9 billion",
            "2021-05-03..None",
        ),
        (
            "Since the talks, held when the pact took effect, Chile's exports to Peru came to $9 billion in May 2021.",
            "$9 billion",
            "2021-05-01..2021-05-31",
        ),
        (
            "Chile's trade with Peru is now $2 billion compared with $5 billion before the war erupted in 2011.",
            "$5 billion",
            NO_TIME,
        ),
        (
            "Chile's trade with Peru rose to 9 billion U.S.\ndollars in 2021.",
            "9 billion U.S.\ndollars",
            "2021-01-01..2021-12-31",
        ),
    ],
)
def test_the_time_of_an_event_dates_what_is_counted_from_it(text, figure, expected):
    assert days(read(text)[figure]) == expected


def test_a_target_has_the_time_that_it_is_set_for():
    found = read(
        "Chile's trade with Peru rose to $21 billion in 2008, near the target of $25 billion set for 2010.",
        published_on=None,
    )
    assert days(found["$25 billion"]) == "2010-01-01..2010-12-31"


def test_part_of_a_year_behind_a_whole_one_is_of_no_known_year_in_an_undated_report():
    found = read(
        "Chile's trade with Peru came to $9 billion in 2005. In the first six months, it rose to $8 billion.",
        published_on=None,
    )
    assert days(found["$8 billion"]) == NO_TIME


@pytest.mark.parametrize(
    ("behind", "expected"), [("\n", "2023-01-01..2023-05-31"), (" ", "2023-05-01..2023-05-31")]
)
def test_a_month_told_by_the_way_lasts_for_its_paragraph(behind, expected):
    found = read(
        "In January-May, Chile's exports to Peru reached $9 billion. In May they rose to $3 billion."
        f"{behind}Imports came to $4 billion."
    )
    assert days(found["$4 billion"]) == expected
