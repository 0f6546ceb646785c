"""Reports on one country's trade with the world: who trades, and with whom, where nobody else is meant."""

from __future__ import annotations

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
