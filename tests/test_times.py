"""Which time of its sentence a figure has; all texts are ours."""

from __future__ import annotations

import pytest
from timed import days, read


@pytest.mark.parametrize(
    ("text", "figure", "expected"),
    [
        (
            "Chile's exports to Peru rose 5 percent in May, faster than the 3 percent increase in the prior month.",
            "3 percent",
            "2023-04-01..2023-04-30",
        ),
        (
            (
                "Chile planned to ship up to 5 million tonnes of copper to Peru in 2023 and up to 7 million "
                "tonnes in 2024."
            ),
            "5 million tonnes",
            "2023-01-01..2023-12-31",
        ),
        (
            (
                "In May Chile exported 5 million tonnes of copper to Peru, 2 million tonnes of which were "
                "shipped between May 10 and 25."
            ),
            "2 million tonnes",
            "2023-05-10..2023-05-25",
        ),
        (
            (
                "In May Chile's exports to Peru rose 3 percent from the weak month of April, but were down 5 "
                "percent from May 2021."
            ),
            "5 percent",
            "2023-05-01..2023-05-31",
        ),
        (
            "Chile's exports to Peru were $5 billion in 2022, surging by 20 percent over the previous year.",
            "20 percent",
            "2022-01-01..2022-12-31",
        ),
        (
            "Chile's exports to Peru rose 8 percent in May over May 2022.",
            "8 percent",
            "2023-05-01..2023-05-31",
        ),
        ("Chile's exports to Peru fell 8 percent from April to May.", "8 percent", "2023-05-01..2023-05-31"),
        (
            (
                "Chile's exports to Peru rose 4 percent in the first 20 days of May, versus a 7 percent drop in "
                "the same period of April."
            ),
            "7 percent",
            "2023-04-01..2023-04-20",
        ),
        (
            "Chile's exports to Peru came to $5 billion in the year up to May.",
            "$5 billion",
            "2023-01-01..2023-05-31",
        ),
        (
            "Chile's exports to Peru have risen 50 percent since 2010, when the pact was signed.",
            "50 percent",
            "2010-01-01..None",
        ),
        (
            (
                "Chile's trade with Peru came to $5 billion in 2022, a 12 percent increase compared to the 2021 "
                "figures ($4 billion)."
            ),
            "$4 billion",
            "2021-01-01..2021-12-31",
        ),
        (
            (
                "Chile's exports to Peru were $5 million in January-May 2023, which exceeds the previous year's "
                "figures by 12 percent."
            ),
            "$5 million",
            "2023-01-01..2023-05-31",
        ),
        (
            "Chile's exports to Peru were $5 million in 2022 (up 12 percent from the level of 2021).",
            "12 percent",
            "2022-01-01..2022-12-31",
        ),
        (
            (
                "Chile's exports to Peru rose 3 percent in the first quarter after gaining 6 percent in the "
                "previous three months."
            ),
            "6 percent",
            "2022-10-01..2022-12-31",
        ),
        (
            "Since 2010 Chile's exports to Peru have grown from $2 million to $5 million.",
            "$2 million",
            "2010-01-01..2010-12-31",
        ),
        (
            "Year-to-date through May, Chile's exports to Peru came to $2 million.",
            "$2 million",
            "2023-01-01..2023-05-31",
        ),
        (
            "Chile's trade with Peru was $1 million in 1984, and now Chile has $9 million of exports to Peru.",
            "$9 million",
            "None..None",
        ),
        (
            "Chile and Peru want to bring trade to $5 billion from $2 billion in 2024.",
            "$5 billion",
            "None..None",
        ),
        (
            "Chile's exports to Peru are expected to reach $5 billion by December 31.",
            "$5 billion",
            "2023-12-31..2023-12-31",
        ),
        (
            (
                "Chile's exports to Peru rose 8 percent in May to a record $5 billion, the previous record of "
                "$4 billion in 2019 being broken."
            ),
            "$5 billion",
            "2023-05-01..2023-05-31",
        ),
        (
            "The drop in Chile's exports to Peru was the worst since March's $4 billion.",
            "$4 billion",
            "2023-03-01..2023-03-31",
        ),
        (
            (
                "Chile's exports to Peru were $5 million in May, a rise that stemmed mainly from a 12 percent "
                "jump in copper."
            ),
            "12 percent",
            "2023-05-01..2023-05-31",
        ),
        (
            "Chile's trade with Peru has doubled since 2016, and they agreed to bring it to $9 billion.",
            "$9 billion",
            "None..None",
        ),
        (
            "Chile and Peru want to bring their trade to $9 billion within the next years.",
            "$9 billion",
            "None..None",
        ),
        (
            "In this year (2022), Chile's exports to Peru came to $9 billion.",
            "$9 billion",
            "2022-01-01..2022-12-31",
        ),
        (
            "Chile's exports to Peru were $5 billion and $6 billion in 2020 and 2021, respectively.",
            "$5 billion",
            "2020-01-01..2020-12-31",
        ),
        (
            (
                "Chile's exports to Peru were $9 billion in May, up from $3 billion, $4 billion and $5 billion "
                "in February, March and April respectively."
            ),
            "$4 billion",
            "2023-03-01..2023-03-31",
        ),
        (
            "Chile's exports to Peru fell 3 percent in May, following a 6 percent decrease the previous month.",
            "6 percent",
            "2023-04-01..2023-04-30",
        ),
        (
            "Chile's exports to Peru made up 8 percent in May (of a tenth) - in 1995 their share was 2 percent.",
            "2 percent",
            "1995-01-01..1995-12-31",
        ),
        (
            (
                "Chile's share accounted for 15 percent of Peru's trade in May, while over the same period of "
                "2021 this index accounted for 9 percent."
            ),
            "9 percent",
            "2021-05-01..2021-05-31",
        ),
        (
            (
                "Chile's exports to Peru were $5 million in May, led by the first copper since 2009, while "
                "those to Spain rose 3 percent."
            ),
            "3 percent",
            "2023-05-01..2023-05-31",
        ),
        (
            "Chile's exports to Peru came to $9 billion in the year to the end of May.",
            "$9 billion",
            "2022-06-01..2023-05-31",
        ),
        (
            "Between 2015 and 2021 Chile's exports to Peru rose from $2 billion to $5 billion.",
            "$2 billion",
            "2015-01-01..2015-12-31",
        ),
        (
            "Between 2015 and 2021 Chile's exports to Peru rose from $2 billion to $5 billion.",
            "$5 billion",
            "2021-01-01..2021-12-31",
        ),
        (
            "In May Chile's exports to Peru came to $5 billion, compared with $3 billion for Spain.",
            "$3 billion",
            "2023-05-01..2023-05-31",
        ),
        (
            (
                "Chile's share in Peru's imports shrank to 9 percent in 2022, well below the 20 percent it held "
                "at its peak in 2017."
            ),
            "9 percent",
            "2022-01-01..2022-12-31",
        ),
        (
            "Chile's trade with Peru was $9 billion in 2022, after $7 billion in 2021 ($3 billion of exports).",
            "$3 billion",
            "2021-01-01..2021-12-31",
        ),
        (
            "Chile's exports to Peru were $3 billion in 2022, and $4 billion in 2021, a decline of 25 percent.",
            "25 percent",
            "2022-01-01..2022-12-31",
        ),
    ],
)
def test_when(text, figure, expected):
    assert days(read(text)[figure]) == expected


def test_two_months_that_and_joins_are_one_time_unless_handed_out():
    both = read("Chile's exports in January and February came to $5 billion.")["$5 billion"]
    assert days(both) == "2023-01-01..2023-02-28"
    each = read("Chile's exports came to $5 billion and $6 billion in January and February, respectively.")
    assert [days(each[f"${n} billion"])[:10] for n in (5, 6)] == ["2023-01-01", "2023-02-01"]


@pytest.mark.parametrize(
    ("text", "figure", "expected"),
    [
        (
            "Chile's exports to Peru stood at $3 billion while its imports were nearly $2 billion in January-May 2023.",
            "$3 billion",
            "2023-01-01..2023-05-31",
        ),
        (
            "Chile's trade with Peru came to $9 billion, with a deficit of $1 billion for Chile, at the end of 2022.",
            "$9 billion",
            "2022-01-01..2022-12-31",
        ),
        (
            "Chile's trade with Peru is made up of imports of $9 billion and exports of $8 billion during May 2023.",
            "$9 billion",
            "2023-05-01..2023-05-31",
        ),
        (
            "Chile's exports to Peru are worth $9 billion, three times the $3 billion shipped in 2015.",
            "$9 billion",
            "None..None",
        ),
        (
            "Chile's exports to Peru came to $9 billion, and imports rose 5 percent (3 percent in volume, in 2015).",
            "$9 billion",
            "None..None",
        ),
        (
            "Chile's exports to Peru are worth $9 billion, while the figure stood at $3 billion in 2015.",
            "$9 billion",
            "None..None",
        ),
        (
            "Chile's share in trade with Peru is now up to 29 percent, having surpassed $5 billion in 2015.",
            "29 percent",
            "None..None",
        ),
        (
            "Chile's share in trade with Peru has risen to 29 percent, having surpassed $5 billion in 2015.",
            "29 percent",
            "None..None",
        ),
        (
            "Chile's share in trade with Peru has risen to 29 percent, having surpassed $5 billion in 2015.",
            "$5 billion",
            "2015-01-01..2015-12-31",
        ),
        (
            "Chile's exports to Peru came to $9 billion (as in 2015).",
            "$9 billion",
            "2015-01-01..2015-12-31",
        ),
        (
            "Chile's exports to Peru came to $9 billion, up from $8 billion before the pact was signed in 2015.",
            "$9 billion",
            "None..None",
        ),
    ],
)
def test_the_one_time_of_a_sentence_at_its_end_is_that_of_its_first_clause_too(text, figure, expected):
    assert days(read(text)[figure]) == expected


@pytest.mark.parametrize(
    ("text", "figure", "expected"),
    [
        (
            "Chile's exports to Peru in April and May 2021 came to $5 billion.",
            "$5 billion",
            "2021-04-01..2021-05-31",
        ),
        (
            "Chile's exports to Peru came to $5 billion in April and $6 billion in May last year.",
            "$5 billion",
            "2022-04-01..2022-04-30",
        ),
        (
            "Chile's exports to Peru were $9 bn in May, up from $5 billion in April and $6 billion in May last year.",
            "$5 billion",
            "2023-04-01..2023-04-30",
        ),
        (
            "Chile's exports to Peru came to $5 billion in May and $6 billion in April 2021.",
            "$5 billion",
            "2023-05-01..2023-05-31",
        ),
        (
            "Chile's exports to Peru in 2021 and 2022 rose to $5 billion and $6 billion respectively.",
            "$5 billion",
            "2021-01-01..2021-12-31",
        ),
        (
            "Chile's exports to Peru in April and May 2023 rose to $5 billion and $6 billion, respectively.",
            "$6 billion",
            "2023-05-01..2023-05-31",
        ),
        (
            "Exports and imports of Chile rose by 5 percent and 6 percent respectively, in nominal terms, in May.",
            "5 percent",
            "2023-05-01..2023-05-31",
        ),
        (
            "In 2022 exports of Chile and Peru came to $5 billion and $6 billion, respectively.",
            "$5 billion",
            "2022-01-01..2022-12-31",
        ),
    ],
)
def test_times_that_share_a_year_or_a_list_of_figures(text, figure, expected):
    assert days(read(text)[figure]) == expected
