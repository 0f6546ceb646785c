"""Which figures are told of trade, and what each is to it: its size, a change, a part; all texts are ours."""

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
    ("text", "figure", "role"),
    [
        (
            "They were $9 million in May, $2 million more than in the whole of last year.",
            "$2 million",
            "change",
        ),
        (
            "They were $9 million in May, $2 million more than the whole volume of 2022.",
            "$2 million",
            "change",
        ),
        ("Exports to Peru rose by 25 percent, or more than $7 million.", "$7 million", "change"),
        ("Exports to Peru were 25 percent of all, or more than $7 million.", "$7 million", "level"),
        ("May saw a decrease in the deficit with Peru of $2 million to $7 million.", "$2 million", "change"),
        ("May saw a decrease in the deficit with Peru of $2 million to $7 million.", "$7 million", "level"),
        (
            "There was a drop in the deficit with Peru of $2 million or 1.6 percent to $7 million.",
            "1.6 percent",
            "change",
        ),
        ("In May the rise in trade with Peru brought a deficit of $2 million.", "$2 million", "level"),
        (
            "Exports to Peru and Japan showed 18 percent and 9.8 percent growth, respectively.",
            "18 percent",
            "change",
        ),
        (
            "Exports to Peru and Japan saw positive 18 percent and negative 9.8 percent growth.",
            "18 percent",
            "change",
        ),
        ("Almost two-fifths (39 percent) of Chile's exports go to Peru.", "39 percent", "share"),
        ("Exports to Peru hit $9 million, gaining 8 percent.", "8 percent", "change"),
        ("Chile's trade surplus with Peru narrows 21 percent to $5 million.", "21 percent", "change"),
        (
            "Export and import revenues exceeded $24 million and $22 million, up 5 and 9 percent, respectively.",
            "$22 million",
            "level",
        ),
        ("Chile's import expenditure in trade with Peru grew by one percent.", "one percent", "change"),
        ("Chilean investments in the economy of Peru exceeded $8 million.", "$8 million", "level"),
        ("Exports of capital goods (+14 percent) and tea (+9 percent) to Peru grew.", "14 percent", "change"),
        ("Peru sold $13.0 bn to Japan, or 30% of the total, followed by Chile ($5.8 bn or 13%).", "13%", "share"),
        ("The deficits of 2023 were largest with Peru ($-8.5 bn) and Brazil ($-5.8 bn).", "$-8.5 bn", "level"),
        ("Chile's imports from Peru fell by 15%, from 92.1 bn to 77.9 bn euros.", "92.1 bn", "level"),
        ("Chilean exports to Peru were 0.6% and imports 2.3% lower in May.", "0.6%", "change"),
    ],
)  # fmt: skip
def test_what_a_figure_is(text, figure, role):
    assert read(text)[figure].role == role


@pytest.mark.parametrize(
    "text",
    [
        "The average value of exports to Peru fell by 3 percent to $381 per tonne.",
        "The two-fifths (39 percent) were a surprise.",
        "The economy of Peru grew 5 percent.",
        "Exports to Peru are $2 million more than imports.",
    ],
)
def test_what_tells_no_figure_of_trade(text):
    assert read(text).keys() == {"3 percent"}


def test_a_part_beside_an_amount_in_brackets_lends_it_no_unit():
    found = read("Exports hit €3 bn, or 30% of the total, followed by those to Brazil (5.8 bn or 13%).")
    assert (found["5.8 bn"].quantity.unit, found["13%"].quantity.unit) == ("EUR", "percent")


def test_shares_follow_each_other_with_their_owners():
    text = "Peru was Chile's top source of imports with a 19.9% share in May ($2 million), followed by Japan's 10.4%."
    found = read(text)
    assert [found[exact].measure.partner for exact in ("19.9%", "10.4%")] == ["PE", "JP"]
