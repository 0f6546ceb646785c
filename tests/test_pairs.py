"""Whose trade with whom a figure is, over whole reports; all texts are ours."""

from __future__ import annotations

from datetime import date

import pytest

from tallyman.extract import claims
from tallyman.model import Document


def read(text):
    document = Document(id="d", text=text, sha256="", language="en", published_on=date(2024, 9, 4))
    return {
        c.anchor.exact: f"{c.measure.indicator} {c.measure.reporter}-{c.measure.partner}"
        for c in claims(document)
    }


SPAIN = (
    "Chile's trade deficit was $2 billion. Trade with Spain came to $5 billion with the balance in favour of Spain, "
    "which exported $3 billion, and Chile exported $2 billion."
)
TOP = (
    "Chile's exports fell.\n\n"
    "Peru was Chile's top export market, with $4 billion, or 9 percent of total exports."
)
LEAD = "Chile's trade with Peru came to $3.1 billion in 2023. "
WORLD = "Chile's exports fell 3 percent in May as shipments to Peru sank. "


@pytest.mark.parametrize(
    ("text", "figure", "expected"),
    [
        (WORLD + "\nExports stood at $8 billion.", "$8 billion", "exports CL-None"),
        (
            WORLD + "\nExports to Peru were $2 billion.\nImports rose to $7 billion.",
            "$7 billion",
            "imports CL-None",
        ),
        (WORLD + "Exports to Peru were $2 billion and imports $1 billion.", "$1 billion", "imports CL-PE"),
        (
            "Chile's natural gas imports rose to 5 million tonnes in May.",
            "5 million tonnes",
            "imports CL-None",
        ),
        (
            "Chile's imports of gas rose in May.\nGas imports came to 5 million tonnes.",
            "5 million tonnes",
            "imports CL-None",
        ),
        ("In 2020, Chile imported 12 million tons of oil.", "12 million tons", "imports CL-None"),
    ],
)
def test_a_report_that_begins_with_all_trade_counts_all_trade(text, figure, expected):
    assert read(text)[figure] == expected


@pytest.mark.parametrize(
    ("text", "figure", "expected"),
    [
        (LEAD + "Exports to neighbouring countries rose 4 percent.", "4 percent", "exports CL-None"),
        ("Chile's trade deficit with nine regional states was $5 billion.", "$5 billion", "balance None-CL"),
        (LEAD + "Exports to states bordering Peru grew by 6 percent.", "6 percent", "exports CL-None"),
        (LEAD + "Trade of the two countries fell 4 percent in May.", "4 percent", "total_trade CL-PE"),
        (LEAD + "Exports to the countries of Africa rose 4 percent.", "4 percent", "exports CL-AFRICA"),
    ],
)
def test_countries_that_are_not_named_are_no_partner(text, figure, expected):
    assert read(text)[figure] == expected


@pytest.mark.parametrize(
    ("text", "figure", "expected"),
    [
        (LEAD + "Japan saw its copper exports to Peru reach $2 billion.", "$2 billion", "exports JP-PE"),
        (
            LEAD + "Peru bought Chilean goods, and its shipments to Chile came to $2 billion.",
            "$2 billion",
            "exports PE-CL",
        ),
        (
            "In trade with Japan, Chile's surplus fell to $2 billion. Exports rose 4 percent.",
            "4 percent",
            "exports CL-JP",
        ),
        (
            LEAD + "With Japan it rose to $5 billion, while for Brazil, it fell to $4 billion.",
            "$4 billion",
            "total_trade CL-BR",
        ),
        (
            LEAD
            + "They ship via lands such as Bolivia and Brazil.\nTrade between the two countries rose 7 percent.",
            "7 percent",
            "total_trade CL-PE",
        ),
        (
            LEAD
            + "Japan emerged as the second largest import source for Chile, with imports rising 15 percent.",
            "15 percent",
            "imports CL-JP",
        ),
        (
            LEAD + "\nExports to Japan, Brazil and Spain rose.\nChile's exports fell 9 percent in July.",
            "9 percent",
            "exports CL-None",
        ),
        (
            "Trade between Chile and Peru hit $5 billion, exports $3 billion, up 4 and 6 percent respectively.",
            "$3 billion",
            "exports CL-PE",
        ),
    ],
)
def test_the_words_around_say_who_trades(text, figure, expected):
    assert read(text)[figure] == expected


SWISS = "The Swiss trade surplus widened to CHF 2 billion in May as exports rose 6 percent. "


@pytest.mark.parametrize(
    ("text", "figure", "expected"),
    [
        (
            SWISS + "Exports to the EU rose 5 percent, mainly to Germany (4 percent).",
            "4 percent",
            "exports CH-DE",
        ),
        (
            SWISS + "Exports dropped to Canada (-10.5 percent) and Poland (-7.4 percent).",
            "7.4 percent",
            "exports CH-PL",
        ),
        (
            SWISS + "The deficit in trade of goods with Japan fell to CHF 1 billion.",
            "CHF 1 billion",
            "balance JP-CH",
        ),
        (SWISS + "The shortfall with China grew to CHF 3 billion.", "CHF 3 billion", "balance CN-CH"),
        (SWISS + "Sales of watches grew 7 percent.", "7 percent", "exports CH-None"),
    ],
)
def test_a_country_with_many_partners_stays_the_one_that_counts(text, figure, expected):
    assert read(text)[figure] == expected


def test_a_drop_by_one_amount_to_another_is_no_range():
    found = read(SWISS + "Exports to Japan decreased 1.5 billion francs to 9 billion francs.")
    assert {"1.5 billion francs", "9 billion francs"} <= found.keys()


NEPAL = (
    "Nepal's trade deficit with India grows\n"
    "The deficit with India crossed Rs 865 billion whereas the deficit with China remained Rs 233 billion, "
    "the customs department said. Imports from India came to Rs 972 billion, those from China to Rs 234 billion."
)


@pytest.mark.parametrize(
    ("figure", "expected"),
    [
        ("Rs 865 billion", "balance IN-NP"),
        ("Rs 233 billion", "balance CN-NP"),
        ("Rs 972 billion", "imports NP-IN"),
        ("Rs 234 billion", "imports NP-CN"),
    ],
)
def test_who_trades_is_who_speaks_and_not_who_is_named_most(figure, expected):
    assert read(NEPAL)[figure] == expected


def test_the_currency_is_that_of_who_speaks():
    document = Document(id="d", text=NEPAL, sha256="", language="en", published_on=date(2024, 9, 4))
    assert {claim.quantity.unit for claim in claims(document) if claim.quantity} == {"NPR"}


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("Canada's exports to Japan were $2 billion, Statistics Canada said.", "CAD"),
        ("Canada's exports to Japan were $2 billion.", "USD"),
        (
            "Canada's exports to Japan were C$3 billion ($2 billion), Statistics Canada said. Imports were $1 billion.",
            "USD",
        ),
        ("Canada's exports to Japan were C$3 billion (US$2 billion). Imports were $1 billion.", "CAD"),
    ],
)
def test_dollars_without_a_mark_are_those_of_the_office_that_counts(text, unit):
    document = Document(id="d", text=text, sha256="", language="en", published_on=date(2024, 9, 4))
    assert claims(document)[-1].quantity.unit == unit


@pytest.mark.parametrize(
    ("text", "figure", "expected"),
    [
        (
            "Peru imported goods worth $5 million from Chile in May.",
            "$5 million",
            "imports PE-CL",
        ),
        ("Intra-BRICS trade rose to $9 billion in 2023.", "$9 billion", "total_trade BRICS-BRICS"),
        (
            "Peru's exports to China, India and Brazil came to $9 billion in 2023.",
            "$9 billion",
            "exports PE-None",
        ),
        (
            LEAD + "In May Chile sold goods for $9 million to Peru, up 3%, and took in $7 million in return.",
            "$9 million",
            "exports CL-PE",
        ),
        (
            "Trade of Chile and Peru came to $9 billion in 2023.",
            "$9 billion",
            "total_trade CL-PE",
        ),
    ],
)
def test_goods_behind_verbs_inside_groups_and_of_several(text, figure, expected):
    assert read(text)[figure] == expected


@pytest.mark.parametrize(
    ("text", "figure", "expected"),
    [
        (LEAD + "Spanish imports to Chile were $2 billion.", "$2 billion", "imports CL-ES"),
        (LEAD + "Chile's imports from Spain to Peru were $2 billion.", "$2 billion", "imports CL-ES"),
        (
            "In May Germany raised its trade with Russia by 5 percent, France by 4 percent and Italy by 3 percent.",
            "3 percent",
            "total_trade IT-RU",
        ),
        (
            "In May Germany raised its exports to Russia by 5 percent, to France by 4 percent.",
            "4 percent",
            "exports DE-FR",
        ),
        (
            "Peru is one of Chile's main trading partners, with exports of $3 billion, the Central Bank of Peru said.",
            "$3 billion",
            "exports PE-CL",
        ),
        (
            "Peru is one of Chile's main trading partners, with exports of $3 billion, the Central Bank of Chile said.",
            "$3 billion",
            "exports CL-PE",
        ),
    ],
)
def test_the_side_that_trade_is_told_from_says_who_exports(text, figure, expected):
    assert read(text)[figure] == expected


@pytest.mark.parametrize(
    ("figure", "expected"),
    [("$3 billion", "exports CL-PE"), ("$2 billion", "exports CL-CU"), ("$1 billion", "exports CL-CU")],
)
def test_a_list_of_buyers_counts_what_is_sold_to_them(figure, expected):
    text = (
        "Chile's exports to Ghana rose 5 percent in May. Peru topped the list of importing countries from Chile "
        "with $3 billion, followed by Cuba with a value of $2 billion compared to $1 billion."
    )
    assert read(text)[figure] == expected


def test_an_office_that_owns_exports_sells_to_all():
    text = LEAD + "The chamber's exports came to $9 billion in May."
    assert read(text)["$9 billion"] == "exports CL-None"


def test_trade_with_which_is_trade_with_the_area_before():
    text = LEAD + "The largest volume was recorded with China, trade with which amounted to $7 billion."
    assert read(text)["$7 billion"] == "total_trade CL-CN"


def test_a_place_in_the_list_of_partners_counts_all_trade():
    text = (
        "Chile's foreign trade reached $90 billion in May. Exports of copper were $5 billion.\n"
        "In second place is Peru with $3 billion. Third place is occupied by Cuba ($2 billion)."
    )
    found = read(text)
    assert found["$3 billion"] == "total_trade CL-PE"
    assert found["$2 billion"] == "total_trade CL-CU"


def test_the_balance_of_foreign_trade_is_a_balance():
    text = "In May Chile achieved a positive foreign trade balance of $4 billion."
    assert read(text)["$4 billion"] == "balance CL-None"


@pytest.mark.parametrize(
    ("text", "figure", "expected"),
    [
        ("Chile's gap with Peru widened to $2 billion in May.", "$2 billion", "balance PE-CL"),
        (
            "In May Chile posted a trade deficit of $3 billion, against $2 billion in surplus a year before.",
            "$2 billion",
            "balance CL-None",
        ),
        (
            "Chile's exports to Peru rose 4 percent in May while Bolivia exported goods worth $3 million.",
            "$3 million",
            "exports BO-PE",
        ),
        (SPAIN, "$2 billion", "exports CL-ES"),
        ("India's imports of Peruvian copper rose to 5 million tonnes.", "5 million tonnes", "imports IN-PE"),
        (
            "India's imports of Peruvian copper fell due to the Chilean strike, as imports came to 5 million tonnes.",
            "5 million tonnes",
            "imports IN-PE",
        ),
        (
            "Peru remains the top destination for Chilean coal exports with 9 million tonnes shipped in May.",
            "9 million tonnes",
            "exports CL-PE",
        ),
    ],
)
def test_a_clause_takes_its_sides_from_the_one_before(text, figure, expected):
    assert read(text)[figure] == expected


TRADERS = "Chile's trade with Peru came to $3.1 billion in 2023.\n\n"
ASEAN = "Chile's exports to the 10-member ASEAN rose 4 percent."


@pytest.mark.parametrize(
    ("text", "figure", "expected"),
    [
        ("Chile's exports to non-EU countries rose 4 percent.", "4 percent", "exports CL-None"),
        (
            "Chile's trade with countries outside the EU came to $4 billion.",
            "$4 billion",
            "total_trade CL-None",
        ),
        (ASEAN, "4 percent", "exports CL-ASEAN"),
        (
            "Chile's trade with Peru fell by 9 percent and with Brazil, by contrast, rose by 4 percent.",
            "4 percent",
            "total_trade CL-BR",
        ),
        (
            "Trade between Chile and Peru was 36 percent of all trade between Chile and Africa and came to $4 billion.",
            "$4 billion",
            "total_trade CL-PE",
        ),
        (
            TRADERS + "Chile's foreign trade came to $90 billion.\n\nChile's exports fell 4 percent.",
            "4 percent",
            "exports CL-None",
        ),
        (TOP, "$4 billion", "exports CL-PE"),
    ],
)
def test_who_stands_outside_and_who_inside(text, figure, expected):
    assert read(text)[figure] == expected


def test_a_report_that_owns_no_trade_gives_no_claim():
    text = "Exports fell 5 percent to $21 billion in May on the US-China trade war. Shipments to Japan fell 4 percent."
    assert read(text) == {}


@pytest.mark.parametrize(
    ("text", "figure", "expected"),
    [
        ("Chile's negative balance of foreign trade grew by $5 billion.", "$5 billion", "balance None-CL"),
        (
            "Chile recorded no surplus whereas trade deficits averaged $2 billion.",
            "$2 billion",
            "balance None-CL",
        ),
        (
            "Brazil's deficit was $5 billion. Chile's trade deficit was $3 billion while Peru's totalled $2 billion.",
            "$2 billion",
            "balance None-PE",
        ),
        (
            "Chile's exports to Peru and the EU fell, while its imports came to $4 billion.",
            "$4 billion",
            "imports CL-None",
        ),
    ],
)
def test_whose_deficit_and_whose_imports(text, figure, expected):
    assert read(text)[figure] == expected


@pytest.mark.parametrize(
    ("text", "figure", "expected"),
    [
        (
            "In Peru, exports rose 5 percent in May. In Chile, exports fell 4 percent.",
            "4 percent",
            "exports CL-None",
        ),
        (
            "Chile's exports to the 22 countries of the Arab League rose 4 percent.",
            "4 percent",
            "exports CL-ARAB",
        ),
        ("Intra-Brics trade came to $235 billion.", "$235 billion", "total_trade BRICS-BRICS"),
        (
            TRADERS + "Overall, Chile's non-oil trade turnover was $26 billion.",
            "$26 billion",
            "total_trade CL-None",
        ),
        (TRADERS + "The chamber said that its exports came to $2 billion.", "$2 billion", "exports CL-None"),
        (
            "Chile's exports fell. Exports to third countries and the EU fell, while its imports came to $4 billion.",
            "$4 billion",
            "imports CL-None",
        ),
    ],
)
def test_whose_trade_a_setting_tells(text, figure, expected):
    assert read(text)[figure] == expected


def test_what_works_cost_is_no_trade():
    text = (
        LEAD + "The second project on roads, worth $500 million, will help regional trade and connectivity."
    )
    assert "$500 million" not in read(text)


def test_an_explained_balance_goes_on_behind_its_comma():
    text = (
        LEAD + "Chile's trade deficit, the difference between imports and exports, grew to $2 billion in May."
    )
    assert read(text)["$2 billion"].startswith("balance")


@pytest.mark.parametrize(
    ("text", "figure", "expected"),
    [
        ("Chile's supplies to second-ranked Peru fell 8 percent.", "8 percent", "exports CL-PE"),
        (
            LEAD + "Chile's imports grew 8 percent in May, but its purchases from Peru fell.",
            "8 percent",
            "imports CL-None",
        ),
        (
            "Chile sold goods worth $7 billion to the EU, while it imported goods worth $6 billion from those states.",
            "$6 billion",
            "imports CL-EU",
        ),
        (
            "The statistics office of Colombia, DANE, said that exports were $5 billion in May and imports $6 billion.",
            "$5 billion",
            "exports CO-None",
        ),
    ],
)
def test_whom_a_describing_word_and_a_contrast_leave(text, figure, expected):
    assert read(text)[figure] == expected


@pytest.mark.parametrize(
    ("text", "figure", "expected"),
    [
        (
            "Export earnings from Peru rose 8 percent, the customs of Chile said.",
            "8 percent",
            "exports CL-PE",
        ),
        (
            "Chile's sales grew. Peru bought 9 million tonnes of Chilean copper. Brazil bought 7 million tonnes.",
            "7 million tonnes",
            "imports BR-CL",
        ),
        (TRADERS + "Chile's total crude oil imports fell 15 percent.", "15 percent", "imports CL-None"),
    ],
)
def test_whose_earnings_and_whose_purchases(text, figure, expected):
    assert read(text)[figure] == expected


def test_initials_of_an_area_named_in_full_name_it():
    text = "South Africa's exports to Ghana rose in May. SA exports of steel to Ghana came to $2 billion."
    assert read(text)["$2 billion"] == "exports ZA-GH"
    assert read("SA exports of steel to Ghana came to $2 billion, Ghana said.") == {}


BRUSSELS = "BRUSSELS (AFX) - Chile's trade surplus fell in May.\n\nThe surplus fell to $2 billion."
WORLDWIDE = (
    "Chile's exports fell in May. Exports to the EU fell 3 percent.\n\n"
    "Germany, the largest export market in the EU, took goods worth $1 billion."
)


def test_a_dateline_is_no_partner_and_a_region_no_seller():
    assert read(BRUSSELS)["$2 billion"] == "balance CL-None"
    assert read(WORLDWIDE)["$1 billion"] == "exports CL-DE"


def test_a_dateline_owns_no_trade():
    text = "BAKU - Trade between the two countries reached $5 billion, the Turkish minister told his Azerbaijani host."
    assert read(text)["$5 billion"] == "total_trade AZ-TR"
