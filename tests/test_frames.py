"""A list of records is a data frame when asked, and shows itself in a notebook."""

from __future__ import annotations

import sys
from datetime import date
from decimal import Decimal

import msgspec
import pytest
from lxml import html as parser

from tallyman import demo
from tallyman.ledger import Ledger
from tallyman.model import Claim, TallymanError
from tallyman.publish.frames import Rows

TODAY = date(2026, 11, 22)
HOSTILE = "<script>alert(1)</script>"


@pytest.fixture(scope="module")
def ledger():
    with Ledger(":memory:") as book:
        book.add(demo.documents())
        yield book


def tables(ledger):
    return {
        "documents": ledger.documents(),
        "claims": ledger.claims(),
        "verdicts": ledger.verdicts(as_of=TODAY),
        "targets": ledger.targets(as_of=TODAY),
        "stories": ledger.stories(as_of=TODAY),
        "observations": ledger.observations(("CN", "RU"), as_of=TODAY),
    }


def test_claims_are_still_a_list_of_claims(ledger):
    claims = ledger.claims()
    assert isinstance(claims, list)
    assert all(isinstance(claim, Claim) for claim in claims)
    assert claims == list(claims)
    assert claims[0] in claims
    assert msgspec.json.decode(msgspec.json.encode(claims), type=list[Claim]) == claims


@pytest.mark.parametrize("form", ["to_pandas", "to_polars", "to_arrow"])
def test_every_table_becomes_a_frame(ledger, form):
    pytest.importorskip(form.removeprefix("to_").replace("arrow", "pyarrow"))
    for name, rows in tables(ledger).items():
        frame = getattr(rows, form)()
        assert len(frame) == len(rows), name
        names = frame.column_names if form == "to_arrow" else list(frame.columns)
        assert names == list(rows.columns), name


def test_frames_keep_amounts_and_days(ledger):
    pandas, polars, arrow = (pytest.importorskip(name) for name in ("pandas", "polars", "pyarrow"))
    rows = ledger.verdicts(as_of=TODAY)
    place = next(i for i, row in enumerate(rows) if row.claim.anchor.exact == "$190.27 billion")
    frame, table = rows.to_polars(), rows.to_arrow()
    assert frame["value"][place] == Decimal(190270000000)
    assert frame.schema["said_on"] == polars.Date
    assert table.column("value")[place].as_py() == Decimal("190270000000.000000")
    assert table.schema.field("value").type == arrow.decimal128(38, 6)
    assert table.schema.field("value").metadata[b"meaning"] == b"Amount in full units"
    loose = rows.to_pandas()
    assert loose["value"][place] == 190.27e9
    assert loose["period_end"][place] == pandas.Timestamp("2022-12-31")
    assert loose["negated"].dtype == "boolean"
    assert loose["verdict_today"].value_counts()["supported"] > 50
    assert "verdict_today" not in ledger.claims().to_pandas()


def test_empty_tables_become_empty_frames():
    for library, form in (("pandas", "to_pandas"), ("polars", "to_polars"), ("pyarrow", "to_arrow")):
        pytest.importorskip(library)
        assert len(getattr(Rows([], "claims"), form)()) == 0
        assert "value" in Rows([], "claims").columns


@pytest.mark.parametrize(
    ("library", "form"), [("pandas", "to_pandas"), ("polars", "to_polars"), ("pyarrow", "to_arrow")]
)
def test_a_missing_library_is_named_with_its_extra(monkeypatch, library, form):
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(
        TallymanError, match=rf"{library} is not installed; pip install 'tallyman-trade\[frames\]'"
    ):
        getattr(Rows([], "claims"), form)()


def shown(thing):
    text = thing._repr_html_()
    tree = parser.fragment_fromstring(text, create_parent="div")
    assert not tree.xpath("//script")
    return " ".join(tree.text_content().split())


def test_what_users_meet_shows_itself(ledger):
    assert f"{len(ledger.claims())} claims" in shown(ledger)
    for name, rows in tables(ledger).items():
        assert f"of {len(rows)} rows" in shown(rows), name
    checked = next(row for row in ledger.verdicts(as_of=TODAY, labels={"refuted"}))
    assert "refuted" in shown(checked)
    explained = ledger.explain(checked.claim.id, as_of=TODAY)
    assert "Official figures used" in shown(explained)
    target = next(row for row in ledger.targets(as_of=TODAY) if row.status == "met_early")
    assert "met early" in shown(target)
    assert checked.claim.id in shown(checked.claim)
    assert checked.verdict_today.rule in shown(checked.verdict_today)
    assert ledger.stories(as_of=TODAY)[0].story.id in shown(ledger.stories(as_of=TODAY)[0].story)


def test_hostile_text_stays_text(ledger):
    claim = msgspec.structs.replace(ledger.claims()[0], id=HOSTILE, path=HOSTILE)
    assert HOSTILE in shown(claim)
    assert HOSTILE in shown(Rows([claim], "claims", record=lambda row: type("R", (), {"claim": row})))
