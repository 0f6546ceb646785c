"""SARIF and workflow commands: valid, at the right place, hostile text harmless."""

import json
from datetime import date

import sarif_pydantic
from hypothesis import given
from hypothesis import strategies as st
from test_check import claim, dollars

from tallyman.model import Anchor, Document, Verdict
from tallyman.publish.sarif import Judged, commands, log, place

TEXT = "A draft.\r\nTrade, 50% up, reached $140 bln::x,y\nin 2021."


def judged(then="refuted", today="conflicting", path="drafts/a b.md", text=TEXT, exact="$140 bln"):
    start = text.index(exact)
    anchor = Anchor(start=start, end=start + len(exact), exact=exact)
    made = claim(
        dollars(140), anchor=anchor, clause=Anchor(start=0, end=len(text), exact=text), said="2022-02-04"
    )
    verdicts = [
        Verdict(
            claim_id=made.id,
            as_of=date(2026, 11, 1),
            label=label,
            rule="test",
            explanation=f"100 % {label},\nsee: below.",
            suspicions=("It may be another year.",),
        )
        for label in (then, today)
    ]
    document = Document(id="doc_1", text=text, sha256="", path=path)
    return Judged(document, made, *verdicts)


def only(rows):
    return json.loads(log(rows, version="0.1.0"))["runs"][0]["results"]


def test_the_log_is_sarif():
    parsed = sarif_pydantic.Sarif.model_validate_json(log([judged(), judged(path=None)], version="0.1.0"))
    assert parsed.version == "2.1.0"
    assert [result.rule_id for result in parsed.runs[0].results] == ["tallyman/conflicting"] * 2


def test_the_region_is_where_the_figure_stands():
    (result,) = only([judged()])
    where = result["locations"][0]["physicalLocation"]
    assert where["artifactLocation"] == {"uri": "drafts/a%20b.md", "uriBaseId": "%SRCROOT%"}
    assert where["region"]["snippet"]["text"] == "$140 bln"
    assert (where["region"]["startLine"], where["region"]["startColumn"]) == (2, 24)


def test_an_objection_of_either_day_is_told_and_nothing_else():
    assert [row["ruleId"] for row in only([judged("refuted", "supported")])] == ["tallyman/refuted"]
    assert only([judged("supported", "supported"), judged("not_checkable", "not_enough_evidence")]) == []


def test_a_suspicion_is_told_but_never_offered_as_a_fix():
    (result,) = only([judged()])
    assert "It may be another year." in result["message"]["text"]
    assert "fixes" not in result


def test_workflow_commands_escape_what_would_break_out():
    (line,) = commands([judged(path="a,b:c.md")])
    assert "\n" not in line
    assert line.startswith(
        "::warning file=a%2Cb%3Ac.md,line=2,endLine=2,col=24,endColumn=32,title=tallyman%3A conf"
    )
    assert "100 %25 conflicting" in line


@given(st.text(alphabet="ab\r\n\u00e9\U0001f600", max_size=30), st.data())
def test_places_point_back_at_the_text(text, data):
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    at = place(text, start, end)
    assert (at.line, at.column) <= (at.end_line, at.end_column)
    assert at.column >= 1
