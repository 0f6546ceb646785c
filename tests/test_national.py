"""Reports on one country's trade with the world: who trades, and with whom, where nobody else is meant."""

from __future__ import annotations

from datetime import date

import pytest

from tallyman.extract import claims
from tallyman.model import Document

AUTHORITY = "Trade deficit narrowed to $4.1 billion in May, the Philippine Statistics Authority said."
MARKET = "Japan remains the top export market of the Philippines with $0.9 billion."
UNNAMED = (
    "The state's statistics office says that the deficit grew to $4.6 billion in May.\n"
    "Canada's trade deficit with the world was $2.1 billion in April.\n"
    "The United States is by far Canada's largest trading partner."
)
MISSION = (
    "Minister heads mission to Japan to raise exports\n\nTrade with Japan is worth €4 billion. "
    "Irish firms will visit Osaka. Ireland exported goods worth €2 billion to Japan."
)

SELLER = (
    "Uruguayan beef sales to Chile fall again\n\nUruguay's exports to Chile fell 8 percent in May, the customs "
    "office of Uruguay said. Chile bought less beef.\n\nUruguay's exports amounted to $1.1 billion in May.\n\n"
    "Uruguay also exported $0.2 billion of wood."
)
PARTNERS = f"Uruguay and Chile trade more\n\nBilateral trade reached $3 billion.\n\n{SELLER}"


def read(text: str) -> dict[str, tuple[str, str | None, str | None]]:
    """Return the indicator, reporter and partner of each figure of a text, by its words."""
    found = claims(Document(id="doc", text=text, sha256="", language="en"))
    return {
        claim.anchor.exact: (claim.measure.indicator, claim.measure.reporter, claim.measure.partner)
        for claim in found
    }


@pytest.mark.parametrize(
    ("text", "exact", "measure"),
    [
        (AUTHORITY, "$4.1 billion", ("balance", None, "PH")),
        (f"{AUTHORITY}\n\nTotal trade came to $15.2 billion.", "$15.2 billion", ("total_trade", "PH", None)),
        (f"{AUTHORITY}\n\nExports reached $5.5 billion.", "$5.5 billion", ("exports", "PH", None)),
        (
            f"{AUTHORITY}\n\n{MARKET}\n\nImports of fuels amounted to $0.7 billion.",
            "$0.7 billion",
            ("imports", "PH", None),
        ),
        (
            UNNAMED,
            "$4.6 billion",
            ("balance", None, "CA"),
        ),
        (SELLER, "$1.1 billion", ("exports", "UY", None)),
        (SELLER.replace("in May.", "to Chile in May."), "$1.1 billion", ("exports", "UY", "CL")),
        (
            SELLER.replace("exports amounted", "exports to it amounted"),
            "$0.2 billion",
            ("exports", "UY", "CL"),
        ),
        (PARTNERS, "$1.1 billion", ("exports", "UY", "CL")),
        (
            MISSION,
            "€4 billion",
            ("total_trade", "IE", "JP"),
        ),
    ],
)
def test_the_trade_of_one_with_all(
    text: str, exact: str, measure: tuple[str, str | None, str | None]
) -> None:
    assert read(text)[exact] == measure


PARTNERS = (
    "Completing the five major export partners are Japan, $869.2 million (14.6 percent); Hong Kong, $761.1 million "
    "(12.8 percent); and Peru, $624.7 million (10.5 percent)."
)
COAL = "Japan takes 31.1% of Australian coal exports, with South Korea 17.3%, Taiwan 9.8% and the EU at 4.1%."


@pytest.mark.parametrize(
    ("text", "partners"),
    [
        (
            f"{AUTHORITY}\n\n{MARKET}\n\n{PARTNERS}",
            {"$869.2 million": "JP", "12.8 percent": "HK", "$624.7 million": "PE", "10.5 percent": "PE"},
        ),
        (COAL, {"31.1%": "JP", "17.3%": "KR", "9.8%": "TW", "4.1%": "EU"}),
    ],
)
def test_partners_right_before_their_figures(text: str, partners: dict[str, str]) -> None:
    measures = read(text)
    assert {exact: measures[exact][2] for exact in partners} == partners


@pytest.mark.parametrize(
    ("text", "exact", "measure"),
    [
        (
            "Chile's imports of gas from Peru hit $3 billion in May. The value of the supplies rose 17 percent.",
            "17 percent",
            ("imports", "CL", "PE"),
        ),
        (
            "Chile will receive 9,000 tons of wheat from Peru in June. Another 5,000 tons will be shipped in July.",
            "5,000 tons",
            ("imports", "CL", "PE"),
        ),
        (
            "Chile acquired 9,000 tons of wheat from Peru in May.",
            "9,000 tons",
            ("imports", "CL", "PE"),
        ),
        (
            "The value of total exported goods of Chile fell $196 million (4.8 percent) to $3.8 billion in May.",
            "$196 million",
            ("exports", "CL", None),
        ),
    ],
)
def test_goods_under_way(text: str, exact: str, measure: tuple[str, str | None, str | None]) -> None:
    assert read(text)[exact] == measure


def test_goods_go_on_in_the_same_unit() -> None:
    text = (
        "Chile exported 9 million tons of coal to Peru in May. In June things improved, with 11 million tons."
    )
    assert read(text)["11 million tons"] == ("exports", "CL", "PE")
    made = "Chile exported 9 million tons of coal to Peru in May. In June it produced 11 million tons."
    assert "11 million tons" not in read(made)


def test_what_banks_and_canals_count_is_no_trade() -> None:
    text = (
        "Peru's exports were $5 billion in May. Broad money expanded by 13 percent and deposits by 14 percent. "
        "The balance of payments remained at a surplus of $2 billion."
    )
    assert set(read(text)) == {"$5 billion"}


DAY = date(2023, 6, 20)


def test_quarters_go_on_by_the_calendar() -> None:
    text = (
        "Australia exported 91 million tonnes of coal to India in the second quarter of 2022. "
        "In the third quarter it exported 96 million tonnes."
    )
    document = Document(id="doc", text=text, sha256="", language="en", published_on=DAY)
    assert [str(claim.period.start) for claim in claims(document)] == ["2022-04-01", "2022-07-01"]


@pytest.mark.parametrize(
    ("text", "days"),
    [
        (
            (
                "Chile's surplus was $1.3 billion last month. This was 37% below the $2.1 billion surplus recorded "
                "a year earlier, in May 2022; the value of exports was up 35%."
            ),
            {"37%": "2023-05", "$2.1 billion": "2022-05", "35%": "2023-05"},
        ),
        (
            (
                "Chile's exports were $8 billion in May 2023. Imports of $6 billion were 22% more than the $5 billion "
                "imports recorded in May 2022."
            ),
            {"$6 billion": "2023-05", "22%": "2023-05", "$5 billion": "2022-05"},
        ),
        (
            (
                "Chile's exports for the whole of last year fell 9 percent to $43 billion, after $47 billion in 2021 "
                "and $44 billion in 2020; imports dropped 17 percent. That left a full-year surplus of $8 billion."
            ),
            {"$44 billion": "2020-01", "17 percent": "2022-01", "$8 billion": "2022-01"},
        ),
        (
            (
                "April saw the weakest exports of Chile so far this year at $3 billion.\n\n"
                "In the 4 months to April its deficit was $1 billion, as imports reached $2 billion by end-April."
            ),
            {"$3 billion": "2023-04", "$2 billion": "2023-01"},
        ),
        (
            "Chile's trade with Peru rose by 2.5% in 2022 compared to 2021, surpassing $1.7 billion.",
            {"$1.7 billion": "2022-01"},
        ),
        (
            "Trade of Chile with Peru rose in 2005 to $6.8 billion and to $14.5 billion in 2008.",
            {"$6.8 billion": "2005-01", "$14.5 billion": "2008-01"},
        ),
        (
            "Exports to two of Chile's top five partners plunged last month.\n\nExports to Peru rose 22 percent.",
            {"22 percent": "2023-05"},
        ),
        (
            (
                "Chile exported 64 million tons of copper in 2021, an increase of 13% over the 56 million tons "
                "exported in 2020."
            ),
            {"13%": "2021-01", "56 million tons": "2020-01"},
        ),
    ],
)
def test_the_time_of_the_other_side_is_not_that_of_the_text(text: str, days: dict[str, str]) -> None:
    document = Document(id="doc", text=text, sha256="", language="en", published_on=DAY)
    found = {claim.anchor.exact: f"{claim.period.start:%Y-%m}" for claim in claims(document)}
    assert {exact: found[exact] for exact in days} == days


FACED = (
    "The trade deficit grew to $2 billion in 2020.\n\nExports to Peru and Chile were growing. Exports fell 4 percent."
    "\n\nIn 2020, both exports and imports fell. Exports from Uruguay came to $7 billion."
)


def test_those_who_are_only_sold_to_are_no_pair() -> None:
    found = read(FACED)
    assert found["$7 billion"] == ("exports", "UY", None)
    assert found["$2 billion"] == ("balance", None, "UY")


def test_who_is_only_sold_to_across_an_article_owns_nothing() -> None:
    assert read("Exports to the US grew by 4 percent in May, and exports of chemicals fell 9 percent.") == {}


def test_a_compound_in_a_headline_does_not_make_the_buyer_the_seller() -> None:
    text = (
        "Firms' Chile exports up\n\nPeru's exports to Chile rose in May. Peru's trade gap with Chile widened.\n\n"
        "The country's imports came to $7 billion, and Peru's exports to $5 billion."
    )
    assert read(text)["$7 billion"][1] == "PE"
