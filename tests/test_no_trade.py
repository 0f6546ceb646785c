"""Figures that are no trade though words of trade stand near; all texts are ours."""

from __future__ import annotations

from datetime import date

import pytest

from tallyman.extract import claims
from tallyman.model import Document

LEAD = "Chile's trade with Peru came to $3.1 billion in 2023. "


def figures(text):
    document = Document(id="d", text=LEAD + text, sha256="", language="en", published_on=date(2024, 9, 4))
    return {claim.anchor.exact for claim in claims(document)} - {"$3.1 billion"}


@pytest.mark.parametrize(
    "text",
    [
        "Chile laid tariffs on $5 billion of Peruvian imports.",
        "Peru answered with $2 billion in new duties on Chilean exports.",
        "The levy on imports is to rise to 25 percent.",
        "Tariffs of up to 15 percent on 120 Peruvian imports worth $2 billion took effect.",
    ],
)
def test_what_a_tariff_is_laid_on_is_no_trade(text):
    assert figures(text) == set()


def test_trade_that_a_tariff_hits_is_still_trade():
    assert figures("Despite the tariffs, exports to Peru rose 4 percent.") == {"4 percent"}


@pytest.mark.parametrize(
    "text",
    [
        "The Chilean club sold its midfielder to Peru's champions for 30 million euros and bought a goalkeeper.",
        "Chile has supplied Peru with $4 billion of military aid since 2022.",
        "Police in Peru seized 5 tonnes of cocaine. Peru supplies 60 percent of what is sold in Chile.",
    ],
)
def test_a_report_that_only_sells_players_or_sends_aid_has_no_claims(text):
    document = Document(id="d", text=text, sha256="", language="en", published_on=date(2024, 9, 4))
    assert claims(document) == []


def test_the_weight_of_a_bag_is_no_trade():
    found = figures("Chile sold Peru 4 million 90-kilogramme bags of rice, 5 percent more than in 2022.")
    assert "90-kilogramme" not in found
    assert "5 percent" in found


@pytest.mark.parametrize(
    "text",
    [
        "The Chilean firm has 50 stations in Peru and a 20 percent share of the market.",
        "The Peruvian and Chilean economies grew more than 3 percent.",
        "The company's exports rose, and its revenue of $5 million was a record.",
        "The peso fell 3 percent to 950 a dollar.",
        "Some 40 percent of those polled in Peru oppose the deal.",
        "The central bank cut its rate by 25 basis points to 4 percent.",
    ],
)
def test_shares_of_markets_growth_and_revenue_are_no_trade(text):
    assert figures(text) == set()
