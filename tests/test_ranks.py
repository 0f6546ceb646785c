"""Places in a list, and records; all texts are ours."""

from __future__ import annotations

from datetime import date

import msgspec
import pytest

from tallyman.extract import claims
from tallyman.model import Document

LEAD = "Chile's trade with Peru came to $3.1 billion in 2023. "


def ranks(text):
    document = Document(id="d", text=LEAD + text, sha256="", language="en", published_on=date(2024, 9, 4))
    return [
        (claim.anchor.exact, f"{m.indicator.removeprefix('total_')} {m.reporter}-{m.partner}")
        for claim in claims(document)
        for m in [claim.measure]
        if claim.role == "rank"
    ]


@pytest.mark.parametrize(
    ("text", "words", "measure"),
    [
        ("Brazil is Chile's second largest trading partner.", "Chile's second largest", "trade CL-BR"),
        ("Brazil became the top destination for Chilean exports.", "top destination", "exports CL-BR"),
        ("Brazil was Chile's main partner by imports.", "Chile's main partner", "imports CL-BR"),
        ("Brazil remained the top Chilean trade turnover partner.", "top Chilean trade turnover", "trade CL-BR"),
        ("Chile's No. 1 export and import market has been Brazil.", "Chile's No. 1", "trade CL-BR"),
        ("Brazil tops Chile's trading partners.", "tops Chile's trading partners", "trade CL-BR"),
        ("Brazil ranks fourth in the ranking of Chile's largest trading partners.", None, "trade CL-BR"),
        ("Brazil ranked fourth among the countries importing the most from Chile.", None, "exports CL-BR"),
        ("Brazil moved up to fourth place among Chile's customers.", None, "exports CL-BR"),
        ("Brazil has been the largest source of wheat imports to Chile.", "largest source", "imports CL-BR"),
        ("Exports to Peru, the country's third partner, fell.", "the country's third partner", "trade CL-PE"),
        ("Chile bought more oil, which made Brazil its biggest supplier.", "its biggest supplier", "imports CL-BR"),
        ("Brazil was the South American country's third partner.", "the South American", "trade CL-BR"),
        ("Chilean exports to its largest partner Brazil fell.", "its largest", "trade CL-BR"),
        ("Trade with the US fell, and Brazil regained its place as Chile's main buyer.", None, "exports CL-BR"),
        ("Brazil is the fifth largest exporter to Chile.", "fifth largest", "imports CL-BR"),
        ("Brazil is among Chile's five largest trading partners.", "among Chile's five", "trade CL-BR"),
        ("Brazil was fourth among the major trading partners of Chile.", "fourth among", "trade CL-BR"),
        ("That lifted Brazil to second place after Peru among Chile's major customers.", None, "exports CL-BR"),
        ("Brazil occupied second place in exports of Chile after Peru.", "second place", "exports CL-BR"),
        ("Brazil holds first place in Chile's trade turnover with all countries.", "first place", "trade CL-BR"),
        ("Brazil is the world's second-largest coffee exporter.", "world's second", "exports BR-None"),
        ("Chile bought coffee from Brazil, the biggest exporter in the world.", None, "exports BR-None"),
        ("Peru, the world's largest buyer of rice, paid more.", "world's largest", "imports PE-None"),
        ("Chile's exports rose 5 percent. Brazil was the largest importer.", "largest importer", "exports CL-BR"),
        ("Brazil is Chile's No. 2 trade partner.", "Chile's No. 2", "trade CL-BR"),
        ("Brazil ranked second in terms of trade turnover with Chile.", "ranked second", "trade CL-BR"),
        ("Brazil is the leader among Chile's trade partners.", "leader among", "trade CL-BR"),
        ("Brazil is the largest purchaser of Chilean copper.", "largest purchaser", "exports CL-BR"),
        ("Brazil is Chile's largest single-country export market.", "Chile's largest", "exports CL-BR"),
        ("Brazil held its position as the largest import market for Chile.", "largest import", "imports CL-BR"),
    ],
)  # fmt: skip
def test_a_place_in_a_list_is_a_rank(text, words, measure):
    [(told, found)] = ranks(text)
    assert found == measure
    assert words is None or told.startswith(words)


@pytest.mark.parametrize(
    "text",
    [
        "Chile's main trading partners are Peru, Brazil and Japan.",
        "Chile is the largest market for farmers.",
        "It was Apple's largest market.",
        "Peru stands out among the customers.",
        "Brazil is one of Chile's largest trading partners.",
        "Chile's major trading partners are Peru, Brazil and Japan.",
        "Brazil is among the world's largest exporters.",
        "Brazil and Japan are among Chile's top import sources.",
        "Brazil is the world's largest economy and a big importer.",
        "Brazil took second place in the contest.",
        "Brazil is a leading investor in Chile.",
        "Brazil is a top buyer of Chilean copper.",
        "Brazil and its largest in-house bank of Chile met.",
        "Trade was a record $3.1 billion.",
    ],
)
def test_a_list_and_a_market_of_no_area_are_no_rank(text):
    assert ranks(text) == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "Brazil is Chile's fourth-largest trade partner and its largest in South America.",
            "its largest in South America",
        ),
        (
            "Brazil was Chile's seventh largest trading partner globally and third largest within Mercosur.",
            "third largest within Mercosur",
        ),
        ("Brazil is Chile's top trading partner and largest investment source.", "largest investment source"),
        ("Brazil is Chile's largest market for wheat, and fifth-largest market for beef.", "fifth-largest market"),
    ],
)  # fmt: skip
def test_a_second_place_is_one_in_the_list_of_the_first(text, told):
    found = dict(ranks(text))
    assert len(found) == 2
    assert found[told].endswith("CL-BR")


def test_a_record_of_so_much_is_a_rank():
    assert ranks("Trade rose to an all-time high of $4 billion.") == [("an all-time high", "trade CL-PE")]


def test_the_figures_of_a_list_of_ranks_are_those_of_its_flow():
    text = LEAD + "Brazil with $4 million and Japan with $3 million were the top buyers of Chilean wine."
    document = Document(id="d", text=text, sha256="", language="en", published_on=date(2024, 9, 4))
    found = {claim.anchor.exact: claim.measure for claim in claims(document)}
    assert (found["$3 million"].indicator, found["$3 million"].partner) == ("exports", "JP")


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        (
            "Peru remains the top market for Chilean coal exports with 9 million tonnes shipped in May.",
            "9 million tonnes",
        ),
        (
            "Chile's trade with Spain was $2 billion. Peru was Chile's largest partner at $3.3 billion.",
            "$3.3 billion",
        ),
    ],
)
def test_a_rank_heads_the_figure_behind_it(text, figure):
    document = Document(id="d", text=text, sha256="", language="en")
    measure = next(c.measure for c in claims(document) if c.anchor.exact == figure)
    assert (measure.reporter, measure.partner) == ("CL", "PE")


def test_a_partner_in_one_direction_is_ranked_by_it():
    assert ranks("Spain is Chile's third largest partner in terms of imports.")[-1][1] == "imports CL-ES"
    assert ranks("Spain is Chile's second partner in exports.")[-1][1] == "exports CL-ES"


def test_of_two_places_in_the_world_each_is_of_its_own_area():
    text = "Brazil is the world's largest coffee exporter, while Peru is the biggest importer."
    assert [measure for _, measure in ranks(text)] == ["exports BR-None", "imports PE-None"]


def test_the_largest_importer_heads_its_tonnes():
    text = "Chile's wheat exports rose 5 percent. Peru was the largest importer with 9 million tonnes."
    document = Document(id="d", text=text, sha256="", language="en", published_on=date(2024, 9, 4))
    measure = next(c.measure for c in claims(document) if c.anchor.exact == "9 million tonnes")
    assert (measure.indicator, measure.reporter, measure.partner) == ("exports", "CL", "PE")


def test_the_largest_source_of_aid_is_no_rank_in_trade():
    assert ranks("Peru is the largest source of ODA of Chile, with 40 percent of the total.") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "In May 60 percent of copper went to Peru, Chile's main partner, up from 50 percent in May 2022.",
            "2023-05-01",
        ),
        (
            "In 2022 exports fell, and Peru, Chile's largest market, took $2 billion after $3 billion in 2021.",
            "2022-01-01",
        ),
        ("Peru was Chile's largest market in 2022, with $3 billion after $2 billion in 2021.", "2022-01-01"),
    ],
)
def test_a_rank_is_not_of_the_time_of_a_base(text, expected):
    document = Document(id="d", text=text, sha256="", language="en", published_on=date(2023, 6, 20))
    assert {str(c.period.start) for c in claims(document) if c.role == "rank"} <= {expected, "None"}


def test_a_place_among_trade_partners_makes_a_report_one_on_trade():
    text = "Chile is the third largest trading partner of Peru. It has grown more than threefold since 2010."
    document = Document(id="d", text=text, sha256="", language="en", published_on=date(2024, 9, 4))
    assert [c.anchor.exact for c in claims(document) if c.role == "rank"] == ["third largest trading partner"]
    other = text.replace("third largest trading partner of Peru", "largest port")
    assert claims(msgspec.structs.replace(document, text=other)) == []
