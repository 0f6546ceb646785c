"""The time of a figure and how it is meant, read over whole reports; all texts are ours."""

from __future__ import annotations

from datetime import date

import pytest

from tallyman.extract import claims
from tallyman.model import Document

DAY = date(2023, 6, 20)
NO_TIME = "None..None"


def read(text, published_on=DAY):
    document = Document(id="d", text=text, sha256="", language="en", published_on=published_on)
    return {claim.anchor.exact: claim for claim in claims(document)}


def days(claim):
    return f"{claim.period.start}..{claim.period.end}"


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
        (
            "Chile's exports to Peru were $5 billion in 2022, and $4 billion in 2021. Imports came to $3 billion.",
            "$3 billion",
            "2022-01-01..2022-12-31",
        ),
        (
            (
                "Chile's exports to Peru rose to $5 billion in May, wiping out the record of $4 billion "
                "in June 2019. Imports came to $3 billion."
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
            "Chile's exports to Peru rose 5 percent in May, faster than the 3 percent increase in the prior month.",
            "3 percent",
            "2023-04-01..2023-04-30",
        ),
        (
            "Chile's exports to Peru rose 5 percent in May. Month on month, they fell 3 percent.",
            "3 percent",
            "2023-05-01..2023-05-31",
        ),
        (
            (
                "Chile planned to ship up to 5 million tonnes of copper to Peru in 2023 and up to 7 "
                "million tonnes in 2024."
            ),
            "5 million tonnes",
            "2023-01-01..2023-12-31",
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
                "In May Chile exported 5 million tonnes of copper to Peru, 2 million tonnes of which "
                "were shipped between May 10 and 25."
            ),
            "2 million tonnes",
            "2023-05-10..2023-05-25",
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
                "In May Chile's exports to Peru rose 3 percent from the weak month of April, but were "
                "down 5 percent from May 2021."
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
        (
            "Chile's exports to Peru fell 8 percent from April to May.",
            "8 percent",
            "2023-05-01..2023-05-31",
        ),
        (
            (
                "Chile's exports to Peru rose 4 percent in the first 20 days of May, versus a 7 percent "
                "drop in the same period of April."
            ),
            "7 percent",
            "2023-04-01..2023-04-20",
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
            "Chile's exports to Peru came to $5 billion in the year up to May.",
            "$5 billion",
            "2023-01-01..2023-05-31",
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
            "Chile's exports to Peru have risen 50 percent since 2010, when the pact was signed.",
            "50 percent",
            "2010-01-01..None",
        ),
        (
            (
                "Chile's trade with Peru came to $5 billion in 2022, a 12 percent increase compared to "
                "the 2021 figures ($4 billion)."
            ),
            "$4 billion",
            "2021-01-01..2021-12-31",
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
                "Chile's exports to Peru were $5 million in January-May 2023, which exceeds the "
                "previous year's figures by 12 percent."
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
                "Chile's exports to Peru rose 3 percent in the first quarter after gaining 6 percent in "
                "the previous three months."
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
            (
                "Chile's trade with Peru was $9 bn in January-May. "
                "Compared to May 2022, exports rose year-on-year by 26 percent."
            ),
            "26 percent",
            "2023-05-01..2023-05-31",
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
                "Chile's gap with Peru rose to $5 billion in May, wiping out the previous record of $4 "
                "billion in June 2019. Imports came to $3 billion."
            ),
            "$4 billion",
            "2019-06-01..2019-06-30",
        ),
        (
            (
                "Chile's exports to Peru rose 8 percent in May to a record $5 billion, the previous "
                "record of $4 billion in 2019 being broken."
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
                "Chile's exports to Peru were $5 million in May, a rise that stemmed mainly from a 12 "
                "percent jump in copper."
            ),
            "12 percent",
            "2023-05-01..2023-05-31",
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
            "Chile's exports to Peru were $5 million in May. Peru usually buys nearly 8 percent of its gas from Chile.",
            "8 percent",
            "None..None",
        ),
        (
            "Chile's exports to Peru were $5 billion and $6 billion in 2020 and 2021, respectively.",
            "$5 billion",
            "2020-01-01..2020-12-31",
        ),
        (
            (
                "Chile's exports to Peru were $9 billion in May, up from $3 billion, $4 billion and $5 "
                "billion in February, March and April respectively."
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
            (
                "Chile's figures show a turn from the previous month when it had exports of $2 million "
                "and imports of $3 million. Trade came to $9 million in May."
            ),
            "$3 million",
            "None..None",
        ),
        (
            "Chile's exports to Peru made up 8 percent in May (of a tenth) - in 1995 their share was 2 percent.",
            "2 percent",
            "1995-01-01..1995-12-31",
        ),
        (
            (
                "Chile's share accounted for 15 percent of Peru's trade in May, while over the same "
                "period of 2021 this index accounted for 9 percent."
            ),
            "9 percent",
            "2021-05-01..2021-05-31",
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
                "Chile's exports to Peru were $5 million in May, led by the first copper since 2009, "
                "while those to Spain rose 3 percent."
            ),
            "3 percent",
            "2023-05-01..2023-05-31",
        ),
        (
            "Chile's exports to Peru came to $9 billion in the year to the end of May.",
            "$9 billion",
            "2022-06-01..2023-05-31",
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
