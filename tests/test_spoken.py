"""What time a text goes on about from sentence to sentence; all texts are ours."""

from __future__ import annotations

import pytest
from timed import NO_TIME, days, read


@pytest.mark.parametrize(
    ("text", "figure", "expected"),
    [
        (
            "Chile's exports to Peru were $5 billion in 2022, and $4 billion in 2021. Imports came to $3 billion.",
            "$3 billion",
            "2022-01-01..2022-12-31",
        ),
        (
            (
                "Chile's exports to Peru rose to $5 billion in May, wiping out the record of $4 billion in June 2019. "
                "Imports came to $3 billion."
            ),
            "$3 billion",
            "2023-05-01..2023-05-31",
        ),
        (
            (
                "Chile's exports to Peru were $5 billion in 2022. "
                "In 2021, they had been $4 billion.\n\nImports came to $3 billion."
            ),
            "$3 billion",
            "2022-01-01..2022-12-31",
        ),
        (
            "Chile's exports to Peru rose 5 percent in May. Month on month, they fell 3 percent.",
            "3 percent",
            "2023-05-01..2023-05-31",
        ),
        (
            (
                "Chile's exports to Peru rose 5 percent on a yearly basis to $4 billion in May. "
                "Imports were down 3 percent on a yearly basis to $2 billion."
            ),
            "$2 billion",
            "2023-05-01..2023-05-31",
        ),
        (
            (
                "Economists had expected Chile's exports to rise 5 percent. "
                "In May they rose 3 percent, worse than the 4 percent growth expected in the poll."
            ),
            "4 percent",
            "2023-05-01..2023-05-31",
        ),
        (
            "Chile's exports to Peru rose 3 percent in May. That was below the forecast of 4 percent growth.",
            "4 percent",
            "2023-05-01..2023-05-31",
        ),
        (
            (
                "Chile's exports to Peru fell in the first five months of 2023. "
                "Imports from Peru decreased $5 million over the same period."
            ),
            "$5 million",
            "2023-01-01..2023-05-31",
        ),
        (
            (
                "Chile's exports to Peru were $5 million in May. "
                "Thanks to the demand for the feast next year, Peru raised its share in Chile's exports to 8 percent."
            ),
            "8 percent",
            "2023-05-01..2023-05-31",
        ),
        (
            "Chile's exports to Peru were $5 million in May. It buys 8 percent of its gas from Peru.",
            "8 percent",
            "None..None",
        ),
        (
            (
                "Chile's exports to Peru were $5 million in 2022. "
                "The two countries exchange goods worth $8 million annually."
            ),
            "$8 million",
            "None..None",
        ),
        (
            (
                "In the period from July 2021 to March 2022, Chile's exports to Peru were $5 million. "
                "Imports came to $2 million from July to March."
            ),
            "$2 million",
            "2021-07-01..2022-03-31",
        ),
        (
            "In January-May Chile's exports to Peru rose. During the reporting period, imports came to $2 million.",
            "$2 million",
            "2023-01-01..2023-05-31",
        ),
        (
            (
                "Chile's exports to Peru were $5 million in January-May. "
                "In the same period of 2021, Peru's exports to Chile stood at $2 million."
            ),
            "$2 million",
            "2021-01-01..2021-05-31",
        ),
        (
            (
                "Chile's exports to Peru were $5 million in May. "
                "There was a rise in the same month of 2021 - they totalled $2 million."
            ),
            "$2 million",
            "2021-05-01..2021-05-31",
        ),
        (
            "Chile's exports to Peru were $5 million in May. The figure a year earlier was $2 million.",
            "$2 million",
            "2022-05-01..2022-05-31",
        ),
        (
            (
                "Chile's trade with Peru was $9 bn in January-May. "
                "Compared to May 2022, exports rose year-on-year by 26 percent."
            ),
            "26 percent",
            "2023-05-01..2023-05-31",
        ),
        (
            (
                "Chile's gap with Peru rose to $5 billion in May, wiping out the previous record of $4 billion "
                "in June 2019. Imports came to $3 billion."
            ),
            "$4 billion",
            "2019-06-01..2019-06-30",
        ),
        (
            (
                "Chile's exports to Peru were $5 million in May. "
                "In April, exports had fallen.\n\nImports from Peru came to $2 million."
            ),
            "$2 million",
            "2023-05-01..2023-05-31",
        ),
        (
            (
                "Chile's exports to Peru were $5 million in May. "
                "Peru usually buys nearly 8 percent of its gas from Chile."
            ),
            "8 percent",
            "None..None",
        ),
        (
            (
                "Chile's figures show a turn from the previous month when it had exports of $2 million and "
                "imports of $3 million. Trade came to $9 million in May."
            ),
            "$3 million",
            "None..None",
        ),
        (
            (
                "Over the reporting period of 2022, exports to Peru came to $3 million. "
                "Chile's trade with Peru was $9 million in January-May."
            ),
            "$3 million",
            "None..None",
        ),
        (
            (
                "Chile's trade with Peru was $9 million in January-May. "
                "Peru, its main buyer in 2019 (at $4 million), came second.\n\nExports rose 3 percent."
            ),
            "3 percent",
            "2023-01-01..2023-05-31",
        ),
        (
            (
                "Chile's exports to Peru were $5 million in 2022. "
                "The minister said in May 2021 that they exceeded $3 million."
            ),
            "$3 million",
            "None..None",
        ),
        (
            (
                "Chile's exports to Peru were $3 billion in May. "
                "Chile had a share of 8 percent in Peru's imports in 2021.\n\nImports came to $2 billion."
            ),
            "$2 billion",
            "2023-05-01..2023-05-31",
        ),
        (
            (
                "Chile's exports to Peru were $3 billion in May. "
                "Chile had a share of 8 percent in Peru's imports in 2021.\n\nTrade with Peru was "
                "$9 billion in 2021. Imports came to $2 billion."
            ),
            "$2 billion",
            "2021-01-01..2021-12-31",
        ),
    ],
)
def test_when(text, figure, expected):
    assert days(read(text)[figure]) == expected


def test_the_same_month_of_a_named_year_needs_no_day_of_the_report():
    found = read(
        "Chile's exports to Peru fell to $4 billion in May compared with $5 billion in the same month in 2021.",
        None,
    )
    assert (days(found["$4 billion"]), days(found["$5 billion"])) == (NO_TIME, "2021-05-01..2021-05-31")


def test_the_same_period_behind_months_of_no_known_year_is_of_no_known_year():
    found = read(
        "In 2015 Chile's exports to Peru came to $9 billion. In the first five months they were $4 billion. "
        "In the same period, imports amounted to $2 billion.",
        None,
    )
    assert days(found["$2 billion"]) == NO_TIME


@pytest.mark.parametrize(
    ("text", "rank", "expected"),
    [
        (
            "In May Chile's exports to Peru rose 3 percent to their highest level since 2008.",
            "their highest level since 2008",
            "2023-05-01..2023-05-31",
        ),
        (
            "Chile's trade with Peru came to $9 bn in 2022. Spain became Peru's biggest buyer with $5 bn.",
            "Peru's biggest buyer",
            "2022-01-01..2022-12-31",
        ),
        (
            "Spain has been Peru's biggest buyer since 2020, when trade came to $5 bn.",
            "Peru's biggest buyer",
            "2020-01-01..None",
        ),
    ],
)
def test_when_a_rank_was_held(text, rank, expected):
    assert days(read(text)[rank]) == expected


def test_months_of_one_sentence_follow_each_other_in_an_undated_report():
    found = read(
        "Chile's exports to Peru were $2 bn in May 2020, exports were $3 bn in June and $4 bn in July.", None
    )
    assert [days(found[f"${n} bn"]) for n in (3, 4)] == ["2020-06-01..2020-06-30", "2020-07-01..2020-07-31"]


def test_a_quarter_of_no_known_year_dates_nothing_in_an_undated_report():
    found = read(
        "In 2008 Chile's exports to Peru came to $9 bn. The second quarter saw imports of $4 bn.", None
    )
    assert days(found["$4 bn"]) == NO_TIME
