"""The yardstick itself: it reads the gold as written, matches as its README says, and guards the floors."""

import sys
import tomllib
from collections import Counter
from datetime import date
from decimal import Decimal
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

EVAL = Path(__file__).parents[1] / "eval"
sys.path.insert(0, str(EVAL))

import floors as floor_keeper  # noqa: E402
import gold  # noqa: E402
import match  # noqa: E402
import scores  # noqa: E402

from tallyman.model import Anchor, TallymanError  # noqa: E402
from tallyman.quantity import currencies, units  # noqa: E402

REPORT = '''
style = "test"
kind = "trade"
published_on = 2024-06-07
text = """
Trade rose 12.5% to about $40 billion a year in January-May, Wang Yi said.
The goal of 30 billion for 2023 was passed."""

[[claims]]
exact = "12.5%"
value = "12.5"
unit = "percent"
role = "change"
direction = "up"
period = "2024-01..2024-05"

[[claims]]
exact = "$40 billion"
value = "40e9"
unit = "USD"
bound = "about"
period = "2024-01..2024-05"

[[claims]]
exact = "30 billion"
value = "30e9"
unit = "USD"
modality = "target"
period = "2023"

[[claims]]
exact = "30 billion"
value = "30e9"
unit = "USD"
bound = "at_least"
period = "2023-11"
also = { period = [[], ["2023-01-01", "2023-12-31", "during"]] }

[defaults]
reporter = "CN"
partner = "RU"
speaker = "Wang Yi"
said_on = 2024-06-07
'''


@pytest.fixture
def report(tmp_path):
    (tmp_path / "r.toml").write_text(REPORT)
    return gold.reports(tmp_path)[0]


CORPUS = gold.reports()


@pytest.fixture(scope="module")
def corpus():
    return CORPUS


def test_every_annotation_of_the_gold_reads_and_fits_its_text(corpus):
    for one in corpus:
        for claim in one.claims:
            anchor = claim.anchor
            assert one.text[anchor.start : anchor.end] == anchor.exact == anchor.exact.strip()


def test_the_gold_is_as_large_as_promised(corpus):
    trade = [one for one in corpus if one.kind == "trade"]
    claims = [claim for one in trade for claim in one.claims if not claim.optional]
    pairs = {frozenset((claim.measure.reporter, claim.measure.partner)) for claim in claims}
    assert len(trade) >= 60
    assert sum(claim.quantity is not None for claim in claims) >= 600
    assert len(pairs) >= 30
    assert sum(one.kind == "distractor" for one in corpus) >= 20


def test_distractors_have_no_claims_and_a_count_of_money(corpus):
    for one in corpus:
        assert (one.money_figures > 0) == (one.kind == "distractor")
        assert not (one.kind == "distractor" and one.claims)


def test_no_two_gold_claims_say_the_same(corpus):
    for one in corpus:
        keys = Counter(
            (claim.anchor, claim.modality, claim.role, claim.measure.partner) for claim in one.claims
        )
        assert not [key for key, times in keys.items() if times > 1], one.path


def test_periods_run_forward_and_deadlines_belong_to_the_future_sayings(corpus):
    for one in corpus:
        for claim in one.claims:
            start, end = claim.period.start, claim.period.end
            assert not (start and end) or start <= end, (one.path, claim.anchor.exact)
            assert claim.period.relation or not (start or end), (one.path, claim.anchor.exact)
            assert claim.deadline is None or claim.modality != "actual", (one.path, claim.anchor.exact)


def test_no_seed_sentence_is_in_the_gold(corpus):
    seeds = gold.seeds()
    if not seeds:
        pytest.skip("../shared with the seeds is not here")
    sentences = {line.strip() for seed in seeds for line in seed.text.splitlines() if len(line) > 60}
    assert not [one.path for one in corpus if any(sentence in one.text for sentence in sentences)]


def test_the_gold_scores_perfectly_against_itself(corpus):
    results = [match.outcome(one, [claim for claim in one.claims if not claim.optional]) for one in corpus]
    reached = scores.measure(results)
    assert reached.pop("false_per_100_money") == 0
    assert set(reached.values()) == {100.0}


def test_the_seeds_score_perfectly_against_themselves():
    seeds = gold.seeds()
    if not seeds:
        pytest.skip("../shared with the seeds is not here")
    assert sum(len(seed.claims) for seed in seeds) == 33
    reached = scores.measure([match.outcome(seed, seed.claims) for seed in seeds])
    assert reached["whole_claim_f1"] == reached["figure_f1"] == 100


def test_nothing_predicted_finds_nothing(report):
    reached = scores.measure([match.outcome(report, [])])
    assert (reached["figure_recall"], reached["whole_claim_f1"]) == (0, 0)


@pytest.mark.parametrize(
    ("text", "start", "end", "same"),
    [
        ("about $40 billion a year now", 6, 17, True),
        ("about $40 billion a year now", 0, 24, True),
        ("about $40 billion a year now", 7, 17, False),
        ("about $40 billion a year now", 6, 28, False),
        ("about $40 billion a year now", 18, 24, False),
    ],
)
def test_spans_may_differ_by_a_hedge_or_a_tail_only(text, start, end, same):
    ours = Anchor(start=6, end=17, exact=text[6:17])
    assert match.same_span(ours, Anchor(start=start, end=end, exact=text[start:end]), text) is same


def changed(claim, **fields):
    return msgspec.structs.replace(claim, **fields)


def fields_wrong(report, at, **fields):
    claims = list(report.claims)
    claims[at] = changed(claims[at], **fields)
    pairs = match.outcome(report, claims).pairs
    return {field for pair in pairs for field, right in pair.right.items() if not right}


def test_one_wrong_field_is_named_and_spoils_only_its_claim(report):
    assert fields_wrong(report, 0, negated=True) == {"negated"}
    assert fields_wrong(report, 1, said_on=None) == {"said_on"}
    measure = msgspec.structs.replace(report.claims[1].measure, reporter="RU", partner="CN")
    assert fields_wrong(report, 1, measure=measure) == set()
    measure = msgspec.structs.replace(measure, indicator="exports")
    assert fields_wrong(report, 1, measure=measure) == {"indicator", "pair"}


def test_an_accepted_alternative_is_right(report):
    empty = msgspec.structs.replace(report.claims[3].period, start=None, end=None, relation=None)
    assert fields_wrong(report, 3, period=empty) == set()
    assert fields_wrong(report, 2, period=empty) == {"period"}


def test_two_claims_on_one_figure_are_told_apart(report):
    backwards = match.outcome(report, report.claims[::-1])
    assert all(pair.whole for pair in backwards.pairs)
    assert backwards.figures() == (3, 3, 0)


def test_a_second_prediction_on_a_figure_is_a_false_claim_but_no_false_figure(report):
    extra = changed(report.claims[0], role="share")
    result = match.outcome(report, [*report.claims, extra])
    assert len(result.false) == 1
    assert result.figures() == (3, 3, 0)


def test_optional_claims_are_neither_asked_nor_punished(report):
    claims = tuple(changed(claim, optional=True) for claim in report.claims)
    optional = changed(report, claims=claims)
    for predicted in ([], report.claims):
        result = match.outcome(optional, predicted)
        assert (result.pairs, result.missed, result.false) == ((), (), ())


@given(st.data())
def test_one_to_one_whatever_is_predicted(data):
    one = data.draw(st.sampled_from(CORPUS))
    predicted = data.draw(st.lists(st.sampled_from(one.claims), max_size=12)) if one.claims else []
    result = match.outcome(one, predicted)
    assert len(result.pairs) + len(result.false) <= len(predicted)
    assert len(result.pairs) + len(result.missed) == sum(not claim.optional for claim in one.claims)


@pytest.mark.parametrize(
    ("right", "got", "same"),
    [
        ("Dmitry Peskov", "Peskov", True),
        ("Xi Jinping (President of China)", "xi jinping", True),
        ("Ministry of Commerce", "Chinese Commerce Ministry", True),
        ("Ministry of Commerce", "Ministry of Economy", False),
        ("Recep Tayyip Erdoğan", "Erdogan", True),
        (None, "Peskov", False),
        ("Peskov", None, False),
        (None, None, True),
    ],
)
def test_names(right, got, same):
    assert match.same_name(right, got) is same


@pytest.mark.parametrize(
    ("short", "start", "end"),
    [
        ("2024", date(2024, 1, 1), date(2024, 12, 31)),
        ("2024-Q1", date(2024, 1, 1), date(2024, 3, 31)),
        ("2024-H2", date(2024, 7, 1), date(2024, 12, 31)),
        ("2023-11..2024-02", date(2023, 11, 1), date(2024, 2, 29)),
        ("..2020", None, date(2020, 12, 31)),
        ("2014..", date(2014, 1, 1), None),
        ("2024-05-07", date(2024, 5, 7), date(2024, 5, 7)),
    ],
)
def test_short_periods(short, start, end):
    assert gold.span(short) == (start, end)


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ('exact = "12.5%"', 'exact = "2.5%"', "occurrence 1 asked for, the text has 0"),
        ('role = "change"', 'rule = "change"', "rule"),
        ('role = "change"', 'role = "growth"', "growth"),
        ('"2023-11"', '"November 2023"', "not a year"),
    ],
)
def test_a_slip_of_the_pen_is_refused_with_its_place(tmp_path, old, new, complaint):
    (tmp_path / "slip.toml").write_text(REPORT.replace(old, new))
    with pytest.raises(TallymanError, match=r"slip\.toml") as error:
        gold.reports(tmp_path)
    assert complaint in str(error.value)


def test_predictions_are_read_from_json_lines(tmp_path, report):
    path = tmp_path / "out.jsonl"
    rows = [msgspec.json.encode(changed(claim, path="/somewhere/r")) for claim in report.claims]
    path.write_bytes(b"\n".join(rows))
    read = gold.predictions(path)["r"]
    assert all(pair.whole for pair in match.outcome(report, read).pairs)
    path.write_text('{"path": "r"}')
    with pytest.raises(TallymanError, match=r"out\.jsonl:1"):
        gold.predictions(path)


def test_a_floor_sinks_only_when_told(tmp_path, report):
    path = tmp_path / "floors.json"
    good, bad = ([match.outcome(report, claims)] for claims in (report.claims, report.claims[:1]))
    floor_keeper.update(scores.measure(good), good, allow_regression=False, path=path)
    assert floor_keeper.broken(scores.measure(good), path) == []
    assert "whole_claim_f1" in " ".join(floor_keeper.broken(scores.measure(bad), path))
    with pytest.raises(TallymanError, match="sink"):
        floor_keeper.update(scores.measure(bad), bad, allow_regression=False, path=path)
    floor_keeper.update(scores.measure(bad), bad, allow_regression=True, path=path)
    assert floor_keeper.floors(path)["figure_recall"] < 50


def test_finding_more_never_breaks_a_floor(tmp_path, report):
    path = tmp_path / "floors.json"
    few = [match.outcome(report, report.claims[:1])]
    more = [match.outcome(report, [report.claims[0], changed(report.claims[1], said_on=None)])]
    floor_keeper.update(scores.measure(few), few, allow_regression=False, path=path)
    assert scores.measure(more)["said_on"] < scores.measure(few)["said_on"]
    assert "said_on" not in " ".join(floor_keeper.broken(scores.measure(more), path))


def test_the_difference_of_two_runs(report):
    before = scores.states([match.outcome(report, report.claims[:1])])
    now = scores.states([match.outcome(report, report.claims[1:])])
    verbs = Counter(line.split("\t")[0] for line in scores.diff(before, now))
    assert verbs == {"gained": 3, "lost": 1}


def test_details_name_the_place_the_figure_the_field_and_both_values(report):
    claim = changed(report.claims[0], said_on=None)
    lines = list(scores.details([match.outcome(report, [claim, *report.claims[2:]])]))
    assert lines == [
        "r:26\t$40 billion\tMISSED\tactual level",
        "r:11\t12.5%\tsaid_on\t2024-06-07\t-",
    ]


def test_the_extractor_reaches_its_floors():
    import run  # noqa: PLC0415

    assert floor_keeper.broken(run.reached(run.outcomes(CORPUS))) == []


def test_the_peers_units_are_units_we_know():
    table = tomllib.loads((EVAL / "peers" / "units.toml").read_text())["codes"]
    assert set(table.values()) <= {*units(), *currencies()}


def test_values_are_full_units(report):
    assert [claim.quantity.value for claim in report.claims][1:] == [Decimal("40e9")] + [Decimal("30e9")] * 2
