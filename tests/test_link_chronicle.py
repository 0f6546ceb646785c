"""Events, names and credits by the examples of their words, and the chronicle of a pair made of them."""

from __future__ import annotations

from datetime import date

import pytest

from tallyman import demo, extract, link
from tallyman.ids import content_id
from tallyman.ledger import Ledger
from tallyman.link.words import words
from tallyman.model import Document

TODAY = date(2026, 11, 1)
SUMMIT = """LIMA, May 3, 2023 (Andean Wire) - President Ana Rojas of Peru met President Luis Mora in Lima on Wednesday.

Trade between Peru and Ecuador grew 8.4 percent to $3.12 billion in 2022, Rojas said after talks with Mora.

Mora said that Petroandes signed a 20-year contract to supply Peru with 4 billion cubic meters of natural gas a year.

Both want to join the Pacific Integration Initiative. The Andean Development Bank pays for a study, Andina reported."""


def report(text, day=None, **fields):
    return Document(
        id=content_id("doc", text), text=text, sha256="", published_on=day, language="en", **fields
    )


def told(*texts):
    with Ledger() as ledger:
        ledger.add([report(text, date(2023, 5, 3), outlet=f"Outlet {n}") for n, text in enumerate(texts)])
        return ledger.tellings.chronicle(("PE", "EC"), as_of=TODAY)


def test_a_chronicle_is_in_order_and_holds_each_kind():
    with Ledger() as ledger:
        ledger.add(demo.documents())
        rows = ledger.tellings.chronicle(("RU", "CN"), as_of=TODAY)
    days = [row.on or date.max for row in rows]
    assert days == sorted(days)
    assert {"event", "claim", "target", "outcome"} <= {row.kind for row in rows}
    assert all(row.on is None or row.on <= TODAY for row in rows)


def test_a_sentence_is_told_once_with_all_its_figures():
    (row,) = [row for row in told(SUMMIT) if row.kind == "claim"]
    assert [anchor.exact for anchor in row.anchors] == ["8.4 percent", "$3.12 billion"]
    assert row.text.startswith("8.4 percent, $3.12 billion: Trade between Peru and Ecuador")
    assert len(row.record_ids) == 2


def test_commitments_and_names_have_their_place():
    rows = told(SUMMIT)
    for row in rows:
        assert all(SUMMIT[anchor.start : anchor.end] == anchor.exact for anchor in row.anchors)
    known = {(row.kind, anchor.exact) for row in rows for anchor in row.anchors}
    assert ("commitment", "4 billion cubic meters") in known
    assert ("programme", "Pacific Integration Initiative") in known
    assert ("institution", "Andean Development Bank") in known


def test_one_meeting_is_one_event_whoever_tells_it_again():
    again = SUMMIT.replace("LIMA, May 3, 2023 (Andean Wire) - ", "")
    rows = [row for row in told(SUMMIT, again) if row.kind == "event"]
    assert [row.text.partition(":")[0] for row in rows] == ["meeting", "signing"]
    assert (rows[0].who, rows[0].place) == ("Ana Rojas, Luis Mora", "Lima")
    assert len(rows[0].record_ids) > 2


def test_other_people_are_another_event():
    other = "Peru's Trade Minister Rosa Vega held talks with Ecuador's Energy Minister Juan Paz on Wednesday."
    rows = [row for row in told(f"{SUMMIT}\n\n{other}") if row.text.startswith("meeting")]
    assert {row.who for row in rows} == {"Ana Rojas, Luis Mora", "Rosa Vega, Juan Paz"}


@pytest.mark.parametrize("row", words().event, ids=lambda row: row.kind)
def test_every_kind_of_event_has_its_examples(row):
    for example in row.examples:
        (found,) = link.events(report(example))
        assert found.kind == row.kind
        assert example[found.anchor.start : found.anchor.end] == found.anchor.exact
    for example in row.counterexamples:
        assert all(found.kind != row.kind for found in link.events(report(example)))


@pytest.mark.parametrize("row", words().named, ids=lambda row: row.kind)
def test_every_kind_of_name_has_its_examples(row):
    for example in row.examples:
        (found,) = link.named(report(example))
        assert (found.kind, found.clause.exact) == (row.kind, example)
        assert example[found.anchor.start : found.anchor.end] == found.anchor.exact
    for example in row.counterexamples:
        assert all(found.kind != row.kind for found in link.named(report(example)))


def test_credits_inside_the_text_have_their_examples():
    for example in words().credit.examples:
        assert link.wire(report(example)), example
    for example in words().credit.counterexamples:
        assert link.wire(report(example)) is None, example


def test_a_story_comes_from_the_wire_that_its_reports_credit():
    day = date(2023, 5, 3)
    texts = (SUMMIT, SUMMIT.replace(", Andina reported", ""), f"News. {SUMMIT}")
    documents = [report(text.replace("Andina", "Xinhua"), day) for text in texts]
    linker = link.Linker()
    links = [
        row for document in documents for row in linker.add(link.sketch(document, extract.claims(document)))
    ]
    (story,) = link.stories(documents, links)
    assert story.wire == "Xinhua"
    assert link.wire(report("Trade grew, Xinhua reported. It grew, TASS reported.")) is None
    assert link.wire(report("Trade grew, Xinhua reported.", agency="TASS")) == "TASS"
