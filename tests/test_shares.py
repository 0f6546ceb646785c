"""What a percentage is: a share, or a change; all texts are ours."""

from __future__ import annotations

from datetime import date

import pytest

from tallyman.extract import claims
from tallyman.model import Document

LEAD = "Chile's exports to Peru grew 3 percent in 2023. "


def read(text):
    document = Document(id="d", text=LEAD + text, sha256="", language="en", published_on=date(2024, 9, 4))
    return {claim.anchor.exact: claim for claim in claims(document)}


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("More than 90 percent of Chile's exports usually go to Peru.", "90 percent"),
        ("Peru's share in the total exports of Chile equaled 9 percent.", "9 percent"),
        ("Peru's share of Chile's exports rose to 9 percent from 8 percent.", "9 percent"),
        ("Peru's share of Chile's exports rose to 9 percent from 8 percent.", "8 percent"),
        ("Peru took 9 percent of Chile's exports, against 8 percent in 2020.", "8 percent"),
        ("The main trading partners of Chile are Peru (9 percent) and Brazil (8 percent).", "8 percent"),
        ("The exports to Peru grew by 7 percent in May, which was 9 percent of all exports.", "9 percent"),
        ("Chile's exports hit $5 billion in May, and Peru accounted 9 percent of that figure.", "9 percent"),
        ("It sold most to Peru ($4 million or 9 percent), Brazil ($3 million, 8 percent).", "9 percent"),
        ("It sold most to Peru ($4 million or 9 percent), Brazil ($3 million, 8 percent).", "8 percent"),
        ("Peru took 9 percent of Chile's exports, more than others such as Brazil (8 percent).", "8 percent"),
        (
            "Peru's share in exports fell to 9%, 2 percentage points less than in 2022, below the 12% of 2017.",
            "12%",
        ),
        ("Chile's exports to Peru are composed of tea (9 percent), copper (8 percent).", "8 percent"),
        ("Goods shipped from Peru made up 9 percent of total imports.", "9 percent"),
        ("A tenth of Chile's exports went to Peru in May (9.8 percent).", "9.8 percent"),
        ("Chile imports 9 percent from Peru, 8 percent from Cuba and 7 percent from the US.", "7 percent"),
        (
            "It sources nearly 9 percent of its natural gas, and 8 percent of its wheat from Peru.",
            "8 percent",
        ),
        ("Chile shipped 2 million tonnes of wheat, out of which 9 percent went to Peru.", "9 percent"),
        (
            "Chile's exports were dominated by copper, 9 percent ($3 million), and tea, 8 percent ($2 million).",
            "8 percent",
        ),
        ("Chile's exports hit $5 billion, or 9 percent, taken by Peru.", "9 percent"),
        ("In second place came Peru, whose purchases were $5 million, or 9 percent.", "9 percent"),
        ("Peru ranks fourth in Chile's exports with a specific weight of 9 percent.", "9 percent"),
        ("Peru and Cuba absorbed 9 percent and 8 percent of Chile's exports.", "8 percent"),
        ("Peru's share in Chile's exports went up from 7.5 to 9 percent.", "9 percent"),
        ("Brazil supplied 9 percent of Chile's imports; Peru, 8 percent; and China, 7 percent.", "7 percent"),
        ("Of the total, 9 percent was copper and 8 percent tea.", "8 percent"),
        ("Sales to Peru doubled, but averaged 9 percent in Chile's overall exports.", "9 percent"),
        (
            "Peru took 9 percent of Chile's exports. Next come Cuba at 8 percent and Japan at 7 percent.",
            "7 percent",
        ),
        ("Peru took 9 percent of Chile's exports. It was followed by Cuba with 8 percent.", "8 percent"),
        (
            "Peru was the top buyer of Chile's exports with 9 percent, followed by Cuba with 8 percent.",
            "8 percent",
        ),
    ],
)
def test_a_part_of_a_whole_is_a_share(text, figure):
    assert read(text)[figure].role == "share"


@pytest.mark.parametrize(
    ("text", "figure", "direction"),
    [
        (
            "Growth was led by increased exports to Peru of feed (9 percent) and textiles (8 percent).",
            "8 percent",
            "up",
        ),
        ("The treaty could lift Chile's exports to Peru by up to 9 percent.", "9 percent", "up"),
        ("This represents a 9 percent year-on-year fall in exports.", "9 percent", "down"),
        ("Exports to Peru made up $2 billion (+9 percent).", "9 percent", "up"),
        ("Exports to Peru were $7 billion, 9 percent or $1 billion lower than in 2022.", "9 percent", "down"),
        ("Exports to Peru saw an increase of 9 percent or $1 billion.", "$1 billion", "up"),
        ("Exports to Peru rose $1 billion to $7 billion.", "$1 billion", "up"),
        (
            "Exports to Peru grew 5 percent, faster than the 9 percent of Chile's exports in general.",
            "9 percent",
            "up",
        ),
        ("Exports to Peru saw a 9 and 7 percent rise in volume and value.", "9", "up"),
        ("Chile and Peru have increased trade turnover by $1 billion.", "$1 billion", "up"),
        (
            "Exports to Peru were $7 billion, that is 9 percent or $1 billion more than in 2022.",
            "9 percent",
            "up",
        ),
        (
            "Exports to Peru, at $7 billion, exceed the figures of the year before by 9 percent.",
            "9 percent",
            "up",
        ),
        (
            "Exports to Peru saw an increase of $7 billion and 2 million tonnes, respectively.",
            "2 million tonnes",
            "up",
        ),
        (
            "Exports to Peru amounted to $7 billion and are 9 percent higher than the same period.",
            "9 percent",
            "up",
        ),
        ("A ban cuts Chile's exports to Peru by 9 percent.", "9 percent", "down"),
        (
            "Exports to Peru are 9 percent lower than in 2019, but 7 percent higher than in 2020.",
            "7 percent",
            "up",
        ),
        ("Exports to Peru fell $1 billion in May.", "$1 billion", "down"),
        ("Exports to Peru jumped 1 billion dollars to 7 billion.", "1 billion dollars", "up"),
        ("The increase in Chile's exports to Peru stood at 9 percent.", "9 percent", "up"),
        ("Cuban and Peruvian exports saw hikes of 9 percent and 7 percent, respectively.", "9 percent", "up"),
        (
            "Peru took a tenth of Chile's exports. Next came Cuba, with exports up by 8 percent.",
            "8 percent",
            "up",
        ),
    ],
)
def test_what_moves_is_a_change(text, figure, direction):
    comparison = read(text)[figure].comparison
    assert comparison is not None
    assert comparison.direction == direction


@pytest.mark.parametrize(
    "text", ["Exports to Peru fell below $1 billion.", "Exports to Peru rose to $1 billion."]
)
def test_what_is_passed_is_a_level(text):
    assert read(text)["$1 billion"].role == "level"


def test_the_level_behind_the_size_of_a_move():
    found = read("Exports to Peru jumped 1 billion dollars to 7 billion.")
    assert (found["7 billion"].role, found["7 billion"].quantity.unit) == ("level", "USD")


def test_the_time_of_a_level_that_is_passed_is_not_that_of_what_passes_it():
    found = read(
        "Exports to Peru came to $7 billion in May. The level of May 2020 has been exceeded by 9 percent."
    )
    assert found["9 percent"].period.start == date(2024, 5, 1)


def test_who_is_next_to_another_has_the_share():
    found = read("Peru took 9 percent of Chile's exports. Cuba was fourth behind Mexico with 8 percent.")
    assert (found["8 percent"].measure.reporter, found["8 percent"].measure.partner) == ("CL", "CU")


def test_the_share_of_one_country_hands_nothing_on():
    found = read(
        "Peru took 9 percent of what Chile exports to Latin America, against 8 percent for Brazil. "
        "Exports rose 5 percent."
    )
    assert found["8 percent"].measure.partner == "BR"
    assert found["5 percent"].measure.partner is None


@pytest.mark.parametrize(
    ("text", "figure", "partner"),
    [
        ("Latin America as a whole accounts for 9 percent of Chile's exports.", "9 percent", "LATIN_AMERICA"),
        (
            "Brazil took 9 percent of Chile's exports, 2 percentage points more than in 2022.",
            "2 percentage points",
            "BR",
        ),
        ("Brazil took the largest share at 9 percent, ahead of Cuba on 8 percent.", "9 percent", "BR"),
        ("The share of Brazil in exports was 9 percent, of Cuba 8 percent.", "9 percent", "BR"),
        ("The share of Brazil in exports was 9 percent, of Cuba 8 percent.", "8 percent", "CU"),
        (
            "Chile's exports to Latin America hit $9 billion. Brazil accounted for $5 billion of it.",
            "$5 billion",
            "BR",
        ),
    ],
)
def test_who_takes_a_share_is_the_partner(text, figure, partner):
    measure = read(text)[figure].measure
    assert partner in (measure.reporter, measure.partner)


def test_behind_a_list_the_text_speaks_of_no_partner_in_it():
    found = read(
        "Chile's trade with Peru, Brazil and Japan rose 4, 5 and 6 percent, respectively. "
        "The goal is to reach $9 billion."
    )
    assert found["6 percent"].measure.partner == "JP"
    assert found["$9 billion"].measure.partner is None


def test_a_share_of_several_together_has_no_partner():
    found = read("Brazil, Japan and the European Union (EU) account for 9 percent of Chile's exports.")
    assert found["9 percent"].measure.partner is None


def test_the_place_told_first_heads_its_figures():
    found = read("Chile's imports rose. In second place is Brazil, imports amount to $9 million (8 percent).")
    assert found["$9 million"].measure.partner == "BR"
    assert found["8 percent"].measure.partner == "BR"


def test_the_flow_that_makes_a_share_is_its_measure():
    found = read("Some 95 percent of the trade with Peru is accounted for by imports from Peru.")
    assert found["95 percent"].measure.indicator == "imports"


def test_members_of_a_group_trade_with_it_where_its_inner_trade_is_told():
    found = read("EAEU mutual trade reached $5 billion. Kyrgyzstan traded 30 percent more.")
    assert {found["30 percent"].measure.reporter, found["30 percent"].measure.partner} == {"KG", "EAEU"}


def test_what_drops_several_times_goes_down():
    comparison = read("Exports to Peru dropped by three times.")["three times"].comparison
    assert comparison is not None
    assert comparison.direction == "down"


def test_who_owns_a_share_that_is_told_alone():
    assert (
        read("Peru takes 9 percent of Chile's exports. Brazil's share was 8 percent.")[
            "8 percent"
        ].measure.partner
        == "BR"
    )
