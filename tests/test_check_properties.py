"""Whatever a claim says, judgement answers: never a crash, never later knowledge, never bare."""

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st
from test_check import claim

from tallyman.check import check
from tallyman.model import Comparison, Cue, Period, Quantity
from tallyman.providers import reference
from tallyman.series import Shelf
from tallyman.track import events, targets

ROWS = {row.id: row for row in reference.observations()}
SHELF = Shelf(ROWS.values())
PAIRS = ["CN-RU", "RU-CN", "IN-RU", "IN-US", "TR-IR", "CN-ASEAN", "GB-IN", "VN-CN", "NZ-UY", "RU-RU"]
days = st.dates(date(2008, 1, 1), date(2027, 12, 31))
maybe_days = st.none() | days
SPOT = claim(None).anchor

quantities = st.none() | st.builds(
    Quantity,
    value=st.decimals(min_value=0, max_value=10**12, places=2),
    value_max=st.none() | st.decimals(min_value=0, max_value=10**12, places=2),
    unit=st.sampled_from(["USD", "CNY", "GBP", "percent", "pp", "times", "count", "t", "", "XXX"]),
    bound=st.sampled_from(["exact", "about", "at_least", "at_most", "range"]),
    step=st.none() | st.sampled_from([Decimal("0.01"), Decimal(1), Decimal(10**9)]),
)
comparisons = st.none() | st.builds(
    Comparison,
    direction=st.sampled_from([None, "up", "down", "unchanged"]),
    base=st.sampled_from([None, "year_on_year", "level", "record_growth"]),
    base_start=maybe_days,
    base_end=maybe_days,
    base_value=st.none() | st.decimals(min_value=0, max_value=10**12, places=0),
)


@st.composite
def spans(draw):
    start, end = draw(maybe_days), draw(maybe_days)
    if draw(st.booleans()) and start is not None:
        start, end = date(start.year, 1, 1), date(start.year + draw(st.integers(0, 2)), 12, 31)
    relation = draw(st.sampled_from([None, "during", "by", "since", "until", "before", "year_to_date"]))
    return Period(start=start, end=end, relation=relation)


@st.composite
def claims(draw):
    return claim(
        draw(quantities),
        draw(spans()),
        pair=draw(st.sampled_from(PAIRS)),
        indicator=draw(
            st.sampled_from(["total_trade", "exports", "imports", "balance", "investment", "other"])
        ),
        role=draw(st.sampled_from(["level", "change", "share", "multiple", "rank"])),
        modality=draw(st.sampled_from(["actual", "target", "forecast", "potential", "commitment"])),
        basis=draw(st.sampled_from(["goods", "unspecified", "non_oil"])),
        comparison=draw(comparisons),
        deadline=draw(maybe_days),
        negated=draw(st.booleans()),
        cues=draw(st.sampled_from([(), (Cue(field="bound", rule="crossing", anchor=SPOT),)])),
    )


@settings(max_examples=200, deadline=None)
@given(claims(), maybe_days, days)
def test_every_claim_gets_a_verdict_from_what_was_known(made, said_on, as_of):
    verdict = check(made, SHELF, as_of=as_of, said_on=said_on, beside=[made])
    assert verdict.explanation.endswith(".")
    assert all(ROWS[key].released_on <= as_of for key in verdict.evidence)
    assert all(ROWS[key].status != "suspect" for key in verdict.evidence if verdict.label == "refuted")
    if verdict.label in ("supported", "refuted", "conflicting"):
        assert verdict.evidence
    else:
        assert verdict.suspicions == ()


@settings(max_examples=80, deadline=None)
@given(st.lists(claims(), max_size=6), days)
def test_every_target_gets_an_end_or_a_reason(made, as_of):
    register = targets(made)
    for target in register:
        for event in events(target, SHELF, as_of=as_of, register=register):
            assert event.explanation.endswith(".")
            assert all(ROWS[key].released_on <= as_of for key in event.evidence)
            if target.set_on is not None and target.set_on <= as_of and event.status != "untestable":
                assert event.on <= as_of + timedelta(days=1)


@settings(max_examples=40, deadline=None)
@given(claims(), days)
def test_the_same_question_has_the_same_answer(made, as_of):
    assert check(made, SHELF, as_of=as_of) == check(made, Shelf(reversed(list(ROWS.values()))), as_of=as_of)
