"""What figures of trade measure: whose trade with whom, when, and how it is meant; all texts are ours."""

from __future__ import annotations

from datetime import date

import pytest

from tallyman.extract import claims
from tallyman.model import Document

DAY = date(2024, 9, 4)


def read(text, published_on=DAY):
    document = Document(id="d", text=text, sha256="", language="en", published_on=published_on)
    return {claim.anchor.exact: claim for claim in claims(document)}


def direction(claim):
    measure = claim.measure
    return f"{measure.indicator} {measure.reporter}-{measure.partner}"


def days(claim):
    return f"{claim.period.start}..{claim.period.end}"


LEAD = "Chile's trade with Peru came to $3.1 billion in 2023, the customs service in Santiago said. "


@pytest.mark.parametrize(
    ("text", "figure", "expected"),
    [
        (
            "Chile had a surplus of $2 billion with the U.S. as exports rose 5 percent.",
            "5 percent",
            "exports CL-US",
        ),
        ("Chile's U.S.-bound exports fell 4 percent in May.", "4 percent", "exports CL-US"),
        (
            "With the European Union, Chile had a deficit of $1 billion. Exports to the bloc rose 7 percent.",
            "7 percent",
            "exports CL-EU",
        ),
        (
            "Chile's trade with the countries of Central America rose 9 percent.",
            "9 percent",
            "total_trade CL-CENTRAL_AMERICA",
        ),
        (
            "Chile ran a surplus of $2 billion amid robust exports to Asia and Brazil.",
            "$2 billion",
            "balance CL-None",
        ),
        (
            "Chile's exports to and imports from Japan were $9 billion and $4 billion, respectively.",
            "$9 billion",
            "exports CL-JP",
        ),
        (
            "Chile's trade with Peru reached $5 billion, of which exports and imports were $3 billion and $2 billion.",
            "$2 billion",
            "imports CL-PE",
        ),
    ],
)
def test_the_words_around_a_flow_say_whose_it_is(text, figure, expected):
    assert direction(read(text)[figure]) == expected


def test_exports_go_on_from_the_side_that_has_the_deficit():
    found = read(
        "Chile had a trade deficit of $2 billion with Japan in 2023. Exports were $7 billion, imports $9 billion."
    )
    assert direction(found["$2 billion"]) == "balance JP-CL"
    assert direction(found["$7 billion"]) == "exports CL-JP"
    assert direction(found["$9 billion"]) == "imports CL-JP"


def test_the_text_comes_back_to_its_main_pair():
    found = read(
        LEAD
        + "Its exports to Brazil rose 4 percent. The partnership with Lima is old. Exports rose 6 percent."
    )
    assert direction(found["4 percent"]) == "exports CL-BR"
    assert direction(found["6 percent"]) == "exports CL-PE"


def test_a_list_hands_out_its_figures_and_their_brackets():
    found = read(
        "Chile's exports rose in May. Trade grew with Japan by 12 percent (to $2.5 billion), Peru by 9 percent "
        "($1.5 billion)."
    )
    assert direction(found["$2.5 billion"]) == "total_trade CL-JP"
    assert direction(found["$1.5 billion"]) == "total_trade CL-PE"


def test_ranked_areas_head_their_figures():
    found = read(
        "Chile's exports to African countries were $6 billion in 2023. Libya ranked first, with a value of "
        "$1.2 billion, accounting for 20 percent, while Sudan came in second with exports of $0.9 billion."
    )
    assert direction(found["$1.2 billion"]) == "exports CL-LY"
    assert direction(found["20 percent"]) == "exports CL-LY"
    assert direction(found["$0.9 billion"]) == "exports CL-SD"


def test_an_increase_of_money_is_a_change():
    found = read(LEAD + "That is an increase of $0.4 billion.")
    assert found["$0.4 billion"].role == "change"


def test_a_sentence_about_others_does_not_go_on_about_the_pair():
    found = read(LEAD + "Bolivia has put 5 million dollars into roads.")
    assert "5 million dollars" not in found


@pytest.mark.parametrize("price", ["$500", "82.47 dollars", "431 dollars a tonne"])
def test_a_price_is_no_trade(price):
    assert price not in read(LEAD + f"Copper for export stood at {price}.")


def test_a_document_that_names_a_third_area_as_often_is_not_about_two():
    text = (
        "Chile's exports fell 3 percent in May. Exports to Japan rose 5 percent, exports to China fell 9 percent "
        "and exports to Peru stayed flat. Imports rose 2 percent."
    )
    assert direction(read(text)["3 percent"]) == "exports CL-None"


@pytest.mark.parametrize(
    ("text", "figure", "expected"),
    [
        ("Trade grew by more than 30 percent in 2023.", "30 percent", "2023-01-01..2023-12-31"),
        (
            "In 2023 trade was $6.6 billion, 15 percent below the $7.8 billion of 2022. Exports fell 5 percent.",
            "5 percent",
            "2023-01-01..2023-12-31",
        ),
        (
            "In 2023 trade was $6 billion. A year earlier it came to $5 billion.",
            "$5 billion",
            "2022-01-01..2022-12-31",
        ),
        ("In 2023 trade was $6 billion. It is worth $9 billion a year.", "$9 billion", "None..None"),
        (
            "In January-May 2023 trade fell 20 percent compared to the same period in 2022 ($3.2 billion).",
            "$3.2 billion",
            "2022-01-01..2022-05-31",
        ),
        (
            "In January-May 2023 trade was $6 billion, down from the same period in 2022, when it was $8 billion.",
            "$8 billion",
            "2022-01-01..2022-05-31",
        ),
        (
            "In January-May 2023 trade was $6 billion. During the same period, exports rose 5 percent.",
            "5 percent",
            "2023-01-01..2023-05-31",
        ),
        (
            "Figures released last week showed that Chile's exports to Peru were $4 billion in 2023.",
            "$4 billion",
            "2023-01-01..2023-12-31",
        ),
        (
            "In 2023 trade was $6 billion. Lima wants to raise it from $6.5 billion to $9 billion by 2030.",
            "$6.5 billion",
            "None..None",
        ),
    ],
)
def test_the_period_of_a_figure(text, figure, expected):
    assert days(read("Chile and Peru: bilateral trade. " + text)[figure]) == expected


@pytest.mark.parametrize(
    ("text", "figure", "role"),
    [
        ("Chile's exports to Peru fell, with a 6 percent increase in copper.", "6 percent", "change"),
        ("Copper rose, with a 28 percent share of Chile's exports to Peru.", "28 percent", "share"),
    ],
)
def test_the_noun_behind_a_figure_names_its_role(text, figure, role):
    assert read(LEAD + text)[figure].role == role


def test_an_objective_is_a_target():
    found = read(LEAD + "Trade is growing and the objective is $9 billion.")
    assert found["$9 billion"].modality == "target"


def test_two_cities_on_a_road_are_no_pair_of_areas():
    text = "Drivers between Accra and Lagos will be glad. The queue cost each of them 18,000 francs."
    assert not any(claim.measure.partner for claim in read(text).values())


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("Egypt's exports to Sudan reached 8 billion pounds in 2023.", "EGP"),
        ("Britain's exports to Ghana reached 8 billion pounds in 2023.", "GBP"),
        ("Ghana's exports to Togo reached 8 billion pounds in 2023.", "GBP"),
    ],
)
def test_whose_pounds_are_meant_the_areas_decide(text, unit):
    assert read(text)["8 billion pounds"].quantity.unit == unit


@pytest.mark.parametrize(
    "text",
    [
        "The country recorded a budget surplus of $800 million in the first half of the year.",
        "Foreign currency inflows came to $2.3 billion, against an import bill of $1.5 billion.",
        "Chile expects its main export copper to pay for the nearly $16 billion in stimulus.",
        "In the first half of the year, 75,900 firms were founded in Chile, edging down 0.5 percent.",
        "Chile also exported copper to Peru from a mine 80 km north of the border.",
        "The volume of domestic retail trade in Chile was 1.4 trillion pesos in January, 2.1% more than a year ago.",
        "Foreigners bought $56 billion worth of homes in Chile.",
        "Since 1970 Chile has owed Peru over 502 billion yen.",
        "A $753 million project will improve trade and transport between Chile and Peru, the lender said.",
    ],
)
def test_budgets_debts_ways_and_firms_are_no_trade(text):
    found = read(LEAD + text)
    assert set(found) <= {"$3.1 billion", "$1.5 billion"}


def test_a_line_that_ends_with_a_comma_goes_on():
    found = read("In 2022,\nChile's exports to Peru rose 5 percent.")
    assert days(found["5 percent"]) == "2022-01-01..2022-12-31"


def test_what_is_twice_as_high_as_in_a_year_is_not_of_that_year():
    text = "In January-July 2023 Chile's exports to Peru were twice as high as in 2022. Its imports came to $3 billion."
    assert days(read(text)["$3 billion"]) == "2023-01-01..2023-07-31"


@pytest.mark.parametrize(
    ("text", "figure", "expected"),
    [
        ("Exports to Peru were $46.4, compared with $45.5 million in 2022.", "$46.4", "exports CL-PE"),
        ("The two signed a contract for more than 1.8 billion euros.", "1.8 billion euros", "contract CL-PE"),
        (
            "Chile's investments in the Peruvian economy exceeded $7 million.",
            "$7 million",
            "investment CL-PE",
        ),
    ],
)
def test_figures_that_look_like_prices_or_accounts_and_are_none(text, figure, expected):
    assert direction(read(LEAD + text)[figure]) == expected


def test_the_turnover_beside_exports_and_imports_of_one_country_is_that_of_it():
    text = (
        "In May, Chile's exports were $4 billion and imports $3 billion, while the turnover was $7 billion."
    )
    assert direction(read(text)["$7 billion"]) == "total_trade CL-None"


def test_tonnes_of_all_that_was_traded():
    text = "Chile's foreign trade rose 5 percent in May. The volume of traded goods was 9 million tonnes."
    assert direction(read(text)["9 million tonnes"]) == "total_trade CL-None"


@pytest.mark.parametrize(
    ("text", "figure", "modality"),
    [
        (LEAD + "Exports to Peru fell by 68.9 percent in two years.", "68.9 percent", "actual"),
        (LEAD + "The two agreed to bring it to $5 billion in two years.", "$5 billion", "target"),
        ("Chile's exports contracted for the sixth month in a row by 7 percent.", "7 percent", "actual"),
        (
            "Chile and Peru agreed to double trade by 2030, from current levels of $2.7 billion to $6 billion.",
            "$2.7 billion",
            "actual",
        ),
        (LEAD + "Exports rose to about $3 billion.", "$3 billion", "actual"),
    ],
)
def test_what_is_told_is_no_target(text, figure, modality):
    found = read(text)[figure]
    assert found.modality == modality
    assert found.deadline is None or modality == "target"


def test_rose_to_about_tells_a_level():
    assert read(LEAD + "Exports rose to about $3 billion.")["$3 billion"].role == "level"


def test_all_trade_of_a_country_that_is_never_named_is_told_without_it():
    text = "Exports fell 5 percent to $21 billion in May, the ministry said. Imports dropped 4 percent to $20 billion."
    found = read(text)
    assert {direction(found[figure]) for figure in ("5 percent", "$21 billion")} == {"exports None-None"}
    assert direction(found["$20 billion"]) == "imports None-None"


@pytest.mark.parametrize(
    "text",
    [
        "Exports to Peru fell 5 percent to $21 billion in May. Imports from Peru dropped 4 percent to $20 billion.",
        "Exports fell 5 percent to $21 billion in May.",
    ],
)
def test_what_names_no_owner_and_only_one_side_or_a_partner_is_not_told(text):
    assert read(text) == {}


def test_who_is_listed_owns_a_flow_that_names_only_the_other_side():
    found = read(LEAD + "Brazil with $4 million and Japan with $3 million of imports from Chile came next.")
    assert direction(found["$3 million"]) == "imports JP-CL"
