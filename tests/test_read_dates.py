from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tallyman.read.calendar import compiled, data, days
from tallyman.read.inferred import inferred
from tallyman.read.masthead import masthead
from tallyman.read.year import Years

SEEDS = Path(__file__).parents[2] / "shared" / "seeds"
PATTERNS = [(section, row) for section in ("dateline", "evidence") for row in data()[section]]


@pytest.mark.parametrize(("section", "row"), PATTERNS, ids=[row["name"] for _, row in PATTERNS])
def test_every_pattern_matches_its_examples_and_no_counterexample(section, row):
    pattern = compiled(row["pattern"])
    assert [text for text in row["examples"] if not pattern.search(text)] == []
    assert [text for text in row["counterexamples"] if pattern.search(text)] == []
    assert row["examples"], section


@pytest.mark.parametrize(
    ("text", "day", "agency"),
    [
        ("MOSCOW, February 4, 2022. /TASS/. Trade rose.", date(2022, 2, 4), "TASS"),
        ("BEIJING, Dec. 20, 2023 (Xinhua) -- Trade rose.", date(2023, 12, 20), "Xinhua"),
        ("New Delhi, 3 March 2023 (PTI) Trade rose.", date(2023, 3, 3), "PTI"),
        ("ISTANBUL - Oct. 31, 2023 (AA) Trade rose.", date(2023, 10, 31), "AA"),
        ("LAHORE:(Some Point News-Dec 22nd, 2021) Trade rose.", date(2021, 12, 22), "Some Point News"),
        ("May 3, 2023 (Reuters) - Trade rose.", date(2023, 5, 3), "Reuters"),
        ("\ufeffSEOUL, July 6, 2022 (Yonhap) -- Trade rose.", date(2022, 7, 6), "Yonhap"),
        ("Geneva, 31 February 2023 – Trade rose.", None, None),
        ("Hanoi (VNA) – Trade rose.", None, "VNA"),
        ("Trade rose.\n\n– Bernama", None, "Bernama"),
    ],
)
def test_a_dateline_gives_day_and_agency(text, day, agency):
    head = masthead(text)
    assert (head.published_on, head.agency) == (day, agency)
    assert head.date_basis == ("dateline" if day else "none")


@pytest.mark.parametrize(
    "line",
    [
        "December 1, 2018",
        "Sat 1st December 2018 | 11:30 AM",
        "Published: 0413 GMT December 01, 2018",
        "2018-12-01 10:24 | www.example.org | 1",
        "01.12.2018, 17:07",
        "Updated 1 December 2018",
        "December 1, 2018 / 4:13 PM / Updated 2 hours ago",
        "(The Daily Post December 1, 2018)",
    ],
)
def test_a_stamp_gives_the_day(line):
    head = masthead(f"Trade between two countries is rising fast\n\n{line}\n\nTrade rose again.")
    assert (head.published_on, head.date_basis) == (date(2018, 12, 1), "text")


@pytest.mark.parametrize(
    "line",
    [
        "02/06/2018 14h11",
        "The trade agreement that both had signed on December 1, 2018 was extended",
        "Sixth meeting of the joint commission of December 1, 2018",
    ],
)
def test_an_ambiguous_or_spoken_date_is_no_stamp(line):
    assert masthead(f"{line}\n\nTrade rose again.").published_on is None


def test_published_ranks_before_updated():
    text = "Updated: March 5, 2023 10:00\nPublished: March 3, 2023 09:00\n\nTrade rose."
    assert masthead(text).published_on == date(2023, 3, 3)


def test_a_stamp_or_an_address_close_by_gives_the_year_of_a_dateline():
    text = "BAKU, Azerbaijan, Dec. 28\n\nTrade rose."
    assert masthead(f"2017-12-29 10:24\n\n{text}").published_on == date(2017, 12, 28)
    assert masthead(text, url="https://example.org/2017/12/28/trade").published_on == date(2017, 12, 28)


def test_a_page_dated_years_later_does_not_date_the_dateline():
    text = "MOSCOW, December 30. /TASS/. Trade grew by 25 percent in the first 11 months of 2022."
    assert masthead(text, page_date=date(2024, 11, 13)).published_on == date(2022, 12, 30)


@pytest.mark.parametrize(
    ("body", "day", "year"),
    [
        ("Trade reached $5 billion in the first 11 months of 2022.", "December 30", 2022),
        ("Trade reached $5 billion in January-November 2022.", "January 12", 2023),
        ("Trade in 2023 is expected to grow.", "September 29", 2023),
        ("They met on the sidelines of the 2021 Harbour Economic Forum.", "June 5", 2021),
        ("Exports reached $3 billion in March 2024.", "April 15", 2024),
        ("Trade was worth $4 billion in 2021.", "February 4", 2022),
        ("On Saturday it said trade would exceed $70 billion in 2011.", "August 27", 2011),
        ("Trade rose on Friday's figures, more than in 2021, and is to double by 2030.", "January 13", 2023),
        ("They want to double trade by 2030.", "July 8", None),
        ("Trade was $2 billion when the partnership began in 2006.", "February 22", None),
        ("It has grown since 2022.", "November 11", None),
    ],
)
def test_a_missing_year_comes_from_the_text_or_not_at_all(body, day, year):
    found = Years(body).of(next(days(day)))
    assert found == year


def test_a_day_without_dateline_is_inferred_only_with_evidence():
    assert inferred("On December 30 they met. On Friday he spoke of trade by the end of 2022.") == date(
        2022, 12, 30
    )
    assert inferred("They will meet on December 30, a Friday, by the end of 2022.") is None
    assert inferred("They met on December 30.") is None
    assert inferred("He spoke on Friday at the 2021 St. Petersburg International Economic Forum.") == date(
        2021, 6, 4
    )


def test_title_outlet_and_noise():
    text = "All news\n\nTwo countries want more trade\n\nPorto, May 3, 2023, The Quay Post: Trade rose."
    head = masthead(text)
    assert (head.title, head.outlet) == ("Two countries want more trade", "The Quay Post")


@pytest.mark.skipif(not SEEDS.exists(), reason="../shared/seeds is not here")
@pytest.mark.parametrize(
    ("seed", "day", "basis"),
    [
        ("000", date(2021, 6, 5), "inferred"),
        ("001", date(2021, 6, 5), "dateline"),
        ("002", date(2023, 12, 20), "dateline"),
        ("003", date(2022, 12, 30), "inferred"),
        ("004", date(2022, 2, 4), "dateline"),
    ],
)
def test_the_seeds_are_dated(seed, day, basis):
    text = next(SEEDS.glob(f"{seed}_*.txt")).read_bytes().decode()
    head = masthead(text)
    assert (head.published_on, head.date_basis) == (day, basis)
