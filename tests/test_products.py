"""Which goods a figure counts; all texts are ours."""

from __future__ import annotations

from datetime import date

import pytest

from tallyman.extract import claims
from tallyman.model import Document

LEAD = "Chile's exports to Peru grew 3% in 2023. "


def product(text, figure):
    document = Document(id="d", text=LEAD + text, sha256="", language="en", published_on=date(2024, 9, 4))
    return next(claim.measure.product for claim in claims(document) if claim.anchor.exact == figure)


@pytest.mark.parametrize(
    ("text", "figure", "expected"),
    [
        ("Chile shipped $3 billion worth of semiconductors to Peru.", "$3 billion", "semiconductors"),
        ("Chile exported $3 billion of garden chairs to Peru.", "$3 billion", "garden chairs"),
        (
            "It led Chile's exports to Peru: wheat ($4 million), garden chairs ($3 million).",
            "$3 million",
            "garden chairs",
        ),
        (
            "Chile's exports to Peru of ceramic products, worth $4 million, fell.",
            "$4 million",
            "ceramic products",
        ),
        ("Chile's exports of mineral paint to Peru were worth $4 million.", "$4 million", "mineral paint"),
        ("Chile's food exports to Peru rose 4%, machinery shipments jumped 9%.", "9%", "machinery"),
        ("Exports to Peru were led by copper, which surged 36% to $7 million.", "$7 million", "copper"),
        ("Chile's sugar, coffee and tea exports to Peru rose 4%, 5% and 6%, respectively.", "5%", "coffee"),
        ("Chile's exports to Peru fell with a 9% drop in coal shipments.", "9%", "coal"),
        ("Chile exported 9% more wheat to Peru.", "9%", "wheat"),
        ("Chile supplied Peru with 61% of its coal.", "61%", "coal"),
        ("Chile exported 5 million tonnes of Chilean coal to Peru.", "5 million tonnes", "coal"),
        ("Chile's exports of high-tech products to Peru hit $4 million.", "$4 million", "high-tech products"),
        ("The share of oil exports in Chile's total exports fell to 61%.", "61%", "crude oil"),
        ("Tea made up 61% of Chile's exports to Peru, green coffee 9%.", "9%", "green coffee"),
        ("Wheat made up 61% of Chile's exports to Peru, followed by copper at 9%.", "9%", "copper"),
        (
            "Farm products ranked first in Chile's exports to Peru, with $4 million.",
            "$4 million",
            "agricultural products",
        ),
        ("Exports to Peru were led by copper; electronics, including chips, surged 9%.", "9%", "electronics"),
        (
            "Chile's exports to Peru of mechanical and electrical products and coal rose 5% and 9%, respectively.",
            "5%",
            "mechanical and electrical products",
        ),
        (
            "Chile's exports of car parts and radios to Peru rose 5% and 9%, respectively; all rose 2%.",
            "9%",
            "radios",
        ),
        ("Chile sold 9 bcm of gas to Peru. It will supply 12 bcm by 2030.", "12 bcm", "natural gas"),
    ],
)
def test_words_beside_a_figure_name_its_goods(text, figure, expected):
    assert product(text, figure) == expected


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("Chile exported $3 billion worth of goods to Peru.", "$3 billion"),
        ("Without diamonds, Chile's exports to Peru rose 4%.", "4%"),
        ("Chile sells copper, and its exports to Peru reached $7 million.", "$7 million"),
        ("Peru takes 9% of what Chile exports.", "9%"),
        ("Chile's imports from Peru comprised tea, coffee and copper worth $4 million.", "$4 million"),
        (
            "Chile sold Peru 5 million tonnes of wheat. Its exports to Japan were 8 million tonnes.",
            "8 million tonnes",
        ),
        ("Chile exported $4 million worth of commodities and products to Peru.", "$4 million"),
        ("Chile's non-oil and gas exports to Peru hit $4 million.", "$4 million"),
        ("Chile's trade surplus of $3 billion with Peru grew.", "$3 billion"),
    ],
)
def test_a_figure_of_all_goods_names_none(text, figure):
    assert product(text, figure) is None
