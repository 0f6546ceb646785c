from __future__ import annotations

import re
import sys
from datetime import date
from itertools import pairwise

import msgspec
import pytest
from lxml import html as parser
from sample_report import sample

from tallyman.model import Document, Forecast, Measure, Period, TallymanError, Verdict
from tallyman.publish import html, view, words
from tallyman.publish.marks import segments
from tallyman.record import fared
from tallyman.score import Fared
from tallyman.series import Shelf

HOSTILE = "<script>alert(1)</script> \"'><img src=x onerror=alert(2)> =cmd|' /C calc'!A0"


@pytest.fixture(scope="module")
def data():
    return sample()


@pytest.fixture(scope="module")
def page(data):
    return html.page(data)


@pytest.fixture(scope="module")
def tree(page):
    return parser.document_fromstring(page)


def test_page_is_one_file_that_needs_nothing_else(page, tree):
    assert not tree.xpath("//script | //link | //iframe | //img | //@src")
    assert "url(http" not in page
    assert "@import" not in page
    assert len(page) < 400_000


def test_every_link_inside_the_page_leads_somewhere_and_ids_are_unique(tree):
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert {link[1:] for link in tree.xpath("//a/@href") if link.startswith("#")} <= set(ids)
    labelled = set(" ".join(tree.xpath("//@aria-labelledby")).split())
    assert labelled <= set(ids)


def test_scoreboard_names_status_and_outcome(tree):
    rows = [row.text_content() for row in tree.xpath("//h2[@id='scoreboard']/following::table[1]/tbody/tr")]
    assert len(rows) == 3
    assert any("$200 billion" in row and "met early" in row and "by 2024" in row for row in rows)
    assert any("$250 billion" in row and "open" in row and "no deadline" in row for row in rows)
    assert any("$100 billion" in row and "missed" in row for row in rows)


def test_open_targets_carry_a_probability(data, tree):
    pytest.importorskip("numpy", reason="chances need the [forecast] extra")
    row = next(row for row in tree.xpath("//tbody/tr") if "$250 billion" in row.text_content())
    assert re.search(r"(over )?\d+ % by 20\d\d", row.text_content())
    card = tree.get_element_by_id(data.targets[0].id)
    assert "is reached" in card.xpath(".//ul[@class='chances']")[0].text_content()


def test_claims_carry_both_verdicts_their_clause_and_their_evidence(data, tree):
    rows = tree.xpath("//table[contains(@class,'claims')]/tbody/tr")
    assert len(rows) == len(data.claims)
    misprint = next(row for row in rows if "$134.1 mln" in row.text_content())
    assert "refuted" in misprint.text_content()
    assert misprint.xpath(".//q/strong")[0].text == "$134.1 mln"
    assert misprint.xpath(".//details//a[starts-with(@href,'http')]")


def test_documents_show_their_whole_text_with_claims_marked(data, tree):
    for document in data.documents:
        article = tree.get_element_by_id(document.id)
        shown = article.xpath(".//div[@class='text']")[0]
        for sign in shown.xpath(".//span[@class='sign']"):
            sign.drop_tree()
        assert shown.text_content() == document.text
    marks = tree.xpath("//mark/a/@href")
    assert len(marks) == len({(c.document_id, c.anchor.start) for c in data.claims})


def test_headings_follow_each_other_without_gaps(tree):
    levels = [int(heading.tag[1]) for heading in tree.xpath("//h1 | //h2 | //h3")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(later - earlier <= 1 for earlier, later in pairwise(levels))


def test_the_record_of_forecasts_says_how_ours_fared_beside_growth_so_far(data):
    forecast = pytest.importorskip("tallyman.forecast", reason="scoring needs the [forecast] extra")
    shelf = Shelf(data.observations)
    measure = Measure(indicator="total_trade", reporter="CN", partner="RU")
    ours = forecast.nowcast(shelf, measure, 2023, as_of=date(2023, 8, 10), threshold=200e9)[0]
    told = fared([msgspec.structs.replace(ours, issued_on=ours.as_of)], (), shelf, as_of=data.as_of)
    tree = parser.document_fromstring(html.page(msgspec.structs.replace(data, record=tuple(told))))
    table = tree.xpath("//h2[@id='record']/following::table[1]")[0]
    rows = {row.xpath("./th")[0].text_content(): row.text_content() for row in table.xpath(".//tbody/tr")}
    assert [name.split(" (")[0] for name in rows] == ["ours, as issued", "growth so far, beside ours"]
    assert "100 % of 1" in rows["ours, as issued (blend-1)"]
    each = table.xpath("following::details[1]//tbody/tr")
    assert "over 99 % for 200 billion" in each[0].text_content()
    assert "240.1 billion" in each[0].text_content()


@pytest.mark.parametrize(
    ("record", "sentence"),
    [
        ((), "No forecast is on record yet"),
        (None, "numpy and scoringrules are not installed"),
    ],
)
def test_a_record_without_scores_says_so_in_one_sentence(data, record, sentence):
    page = html.page(msgspec.structs.replace(data, record=record))
    assert sentence in page


def test_forecasts_that_wait_for_their_figures_are_counted(data):
    issued = Forecast(
        id="fct_1", provider="gacc", measure=data.claims[1].measure, method="blend-1",
        period=Period(start=date(2026, 1, 1), end=date(2026, 12, 31), relation="during"),
        issued_on=date(2026, 10, 1), as_of=date(2026, 10, 1), quantiles={"0.5": 290.4e9},
    )  # fmt: skip
    waiting = Fared(made="issued", who="blend-1", forecast=issued)
    page = html.page(msgspec.structs.replace(data, record=(waiting,)))
    assert "for any of the forecasts on record (1)" in page
    assert "290.4 billion" in page


def test_hostile_text_stays_text(data):
    text = f"Trade with {HOSTILE} was $5 billion\x00 \ufffe in 2022.\u202e"
    evil = Document(
        id="doc_evil", text=text, sha256="", title=HOSTILE, outlet=HOSTILE, url="javascript:alert(3)"
    )
    start = text.index("$5 billion")
    told = msgspec.structs.replace(
        data.claims[1],
        id="clm_evil",
        document_id="doc_evil",
        anchor=msgspec.structs.replace(
            data.claims[1].anchor, start=start, end=start + 10, exact="$5 billion"
        ),
        clause=msgspec.structs.replace(data.claims[1].clause, start=0, end=len(text), exact=text),
        attribution=msgspec.structs.replace(data.claims[1].attribution, speaker=HOSTILE),
    )
    verdict = Verdict(
        claim_id="clm_evil",
        as_of=data.as_of,
        label="refuted",
        rule="x",
        explanation=HOSTILE,
        suspicions=(HOSTILE,),
    )
    page = html.page(
        msgspec.structs.replace(
            data,
            title=HOSTILE,
            documents=(evil,),
            claims=(told,),
            verdicts_today=(verdict,),
            targets=(),
            events=(),
        )
    )
    tree = parser.document_fromstring(page.replace("\x00", ""))
    assert not tree.xpath("//script | //img | //@onerror")
    assert not [link for link in tree.xpath("//@href") if link.startswith("javascript")]
    assert HOSTILE in tree.text_content()


def test_without_vl_convert_the_page_says_how_to_get_pictures(data, monkeypatch):
    monkeypatch.setitem(sys.modules, "vl_convert", None)
    page = html.page(data)
    assert "<svg" not in page
    assert "pip install &#39;tallyman-trade[web]&#39;" in page or "pip install 'tallyman-trade[web]'" in page


def test_an_empty_ledger_prints_a_page(data):
    empty = msgspec.structs.replace(
        data, documents=(), claims=(), targets=(), events=(), verdicts_then=(), verdicts_today=(), stories=()
    )
    page = html.page(empty)
    assert "The reports name no target." in page
    assert "The reports make no claim about trade." in page
    assert "No official figure was used." in page


def test_a_claim_that_does_not_fit_its_text_is_refused(data):
    document = data.documents[0]
    moved = msgspec.structs.replace(
        data.claims[0], anchor=msgspec.structs.replace(data.claims[0].anchor, start=0, end=8)
    )
    with pytest.raises(TallymanError, match="does not stand at 0"):
        segments(document, [moved])


def test_segments_survive_overlaps(data):
    document = Document(id=data.claims[0].document_id, text="abcdef", sha256="")
    anchor = data.claims[0].anchor

    def told(name: str, start: int, end: int):
        place = msgspec.structs.replace(anchor, start=start, end=end, exact=document.text[start:end])
        return msgspec.structs.replace(data.claims[0], id=name, anchor=place)

    cut = segments(document, [told("one", 1, 4), told("two", 3, 5)])
    assert [(s.text, [c.id for c in s.claims]) for s in cut] == [
        ("a", []),
        ("bc", ["one"]),
        ("d", ["one", "two"]),
        ("e", ["two"]),
        ("f", []),
    ]


def test_colours_have_enough_contrast():
    style = html.environment().get_template("style.css").render()
    schemes = [dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6})", block)) for block in style.split("@media")[:2]]
    for colours in schemes:
        for front, back in [
            ("ink", "paper"), ("ink", "panel"), ("muted", "paper"), ("muted", "panel"), ("link", "paper"),
            ("link", "panel"), ("good", "good-back"), ("bad", "bad-back"), ("split", "split-back"),
            ("ink", "plain-back"), ("ink", "mark"),
        ]:  # fmt: skip
            assert contrast(colours[front], colours[back]) >= 4.5, (front, back)


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_words(data):
    told = data.claims[0]
    assert words.who(told.attribution) == "Xi Jinping, told by Dmitry Peskov (Kremlin spokesman)"
    assert words.when(told) == "no deadline"
    assert words.quote(told) == ("Xi names ", "$250 bln", " as next mark for trade with Russia, Kremlin says")
    assert words.goal(data.targets[1]) == "Trade between China and Russia: $200 billion by 2024"
    assert words.figure(data.claims[2]) == "up 29.3 %"
    assert view.label_counts(view.claim_views(data))["refuted"] == 2
