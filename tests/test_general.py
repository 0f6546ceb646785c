"""The general-news corpus reads, its scorer counts, and the trade gold beside it keeps its promises."""

import sys
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "eval"))

import general
import gold

from tallyman.model import Anchor, Period, Quantity, TallymanError

TEXTS = general.texts()


def perfect(marks):
    return [
        general.Mark(anchor=mark.anchor, answers=mark.answers[:1], kind=mark.kind)
        for mark in marks
        if not mark.optional
    ]


def test_the_corpus_has_fifteen_texts_of_many_topics():
    assert len(TEXTS) == 15
    assert sum(not mark.optional for text in TEXTS for mark in text.quantities) >= 200
    assert sum(not mark.optional for text in TEXTS for mark in text.periods) >= 150


@pytest.mark.parametrize("layer", ["quantities", "periods"])
def test_perfect_answers_score_a_hundred(layer):
    total = general.Score()
    for text in TEXTS:
        general.score(getattr(text, layer), perfect(getattr(text, layer)), text.name, total)
    assert total.faults == []
    assert total.f1(total.asked) == (100, 100, 100)


def test_silence_scores_nothing_and_every_miss_is_listed():
    total = general.Score()
    general.score(TEXTS[0].periods, [], "silent", total)
    assert total.f1(("time",)) == (0, 0, 0)
    assert len(total.faults) == total.asked["time"]


def test_what_is_optional_is_neither_asked_nor_punished():
    total = general.Score()
    told = [
        general.Mark(anchor=mark.anchor, answers=((None, "anything"),), kind="time")
        for mark in TEXTS[0].periods
        if mark.optional
    ]
    general.score(TEXTS[0].periods, told, "generous", total)
    assert total.told["time"] == 0


def test_a_wrong_unit_is_a_miss_and_a_false_alarm():
    at = Anchor(start=0, end=2, exact="$5")
    marks = [general.Mark(anchor=at, answers=((Decimal(5), Decimal(5), "USD"),), kind="money")]
    total = general.Score()
    general.score(marks, general.told_quantities([(at, Quantity(value=Decimal(5), unit="EUR"))]), "x", total)
    assert [line.split("\t")[1] for line in total.faults] == ["MISSED", "FALSE"]


def test_a_time_without_days_tells_nothing():
    at = Anchor(start=0, end=4, exact="soon")
    assert general.told_periods([(at, Period())]) == []
    assert general.told_periods([(at, Period(start=date(2024, 1, 1)))]) != []


def test_a_mark_that_is_not_in_the_text_is_refused(tmp_path):
    (tmp_path / "bad.toml").write_text(
        'topic = "x"\npublished_on = 2024-01-01\ntext = "one day"\nperiods = []\n'
        'quantities = [{ exact = "two", value = "2", unit = "count" }]\n'
    )
    with pytest.raises(TallymanError, match=r"bad.toml: claim 'two'"):
        general.texts(tmp_path)


def test_marked_ranges_run_upwards_and_periods_forwards():
    for text in TEXTS:
        for mark in text.quantities:
            assert all(most >= least for least, most, _ in mark.answers)
        for mark in text.periods:
            assert all(not (start and end) or start <= end for start, end in mark.answers)


SECOND_HALF = [report for report in gold.reports() if report.path.startswith("b")]


def test_the_second_half_of_the_gold_is_as_large_as_promised():
    trade = [report for report in SECOND_HALF if report.kind == "trade"]
    claims = [claim for report in trade for claim in report.claims if not claim.optional]
    assert len(trade) >= 32
    assert sum(claim.quantity is not None for claim in claims) >= 330
    pairs = {frozenset((c.measure.reporter, c.measure.partner)) for c in claims if c.measure.partner}
    assert len(pairs) >= 18
    assert sum(report.kind == "distractor" for report in SECOND_HALF) == 12


def test_claims_of_the_second_half_are_consistent():
    for report in SECOND_HALF:
        for claim in report.claims:
            where = (report.path, claim.anchor.exact)
            assert (claim.quantity is None) == (claim.role == "rank"), where
            assert not claim.period.start or not claim.period.end or claim.period.start <= claim.period.end, (
                where
            )
            assert claim.deadline is None or claim.modality in {
                "target",
                "forecast",
                "potential",
                "commitment",
            }, where
            assert claim.said_on is None or claim.attribution.speaker, where
            assert claim.quantity is None or claim.quantity.value > 0, where
            if claim.quantity and claim.quantity.unit == "percent":
                assert claim.role in {"change", "share"}, where
            if claim.role == "change":
                assert claim.comparison, where
                assert claim.comparison.direction, where
            if report.published_on and claim.said_on:
                assert claim.said_on <= report.published_on, where
            if claim.modality == "actual" and report.published_on and claim.period.end:
                assert claim.period.start is None or claim.period.start <= report.published_on, where
