"""What holds for every text: anchors, order, no overlap, no exception, and cost that grows with length only."""

import sys
from collections import Counter
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tallyman import extract, lexicon
from tallyman.extract.sentences import read
from tallyman.model import Document

DAY = date(2023, 6, 5)
WORDS = [
    "trade", "exports", "to", "China", "Russia", "rose", "by", "5", "percent", "$", "20", "billion", "in", "the",
    "first", "four", "months", "of", "this", "year", ",", ".", "and", "between", "2021", "said", '"', "(", ")", "-",
    "a", "half", "quarter", "May", "until", "last", "week", "no", "€", "%", "1,234.5", "million", "dollars", "\n",
    "more than", "target", "by", "2030", "minister", "Rs", "crore", "fiscal", "th", "'s", "tonnes", "times",
]  # fmt: skip
PROSE = st.lists(st.sampled_from(WORDS), max_size=60).map(" ".join)
TEXTS = st.one_of(st.text(max_size=200), PROSE)
LAYERS = [extract.quantities, lambda text: extract.periods(text, DAY)]


def document(text: str, name: str = "doc-1") -> Document:
    return Document(id=name, text=text, sha256="", language="en", published_on=DAY)


@pytest.mark.parametrize("layer", LAYERS)
@given(text=TEXTS)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_anchors_are_exact_in_order_and_apart(layer, text):
    end = 0
    for anchor, _ in layer(text):
        assert text[anchor.start : anchor.end] == anchor.exact
        assert anchor.exact == anchor.exact.strip()
        assert end <= anchor.start < anchor.end
        end = anchor.end


@given(text=TEXTS)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_claims_are_anchored_in_any_text(text):
    for claim in extract.claims(document(text)):
        assert text[claim.anchor.start : claim.anchor.end] == claim.anchor.exact
        assert text[claim.clause.start : claim.clause.end] == claim.clause.exact
        assert all(text[cue.anchor.start : cue.anchor.end] == cue.anchor.exact for cue in claim.cues)


@given(text=TEXTS)
@settings(max_examples=50, deadline=None)
def test_periods_run_forward(text):
    for _, period in extract.periods(text, DAY):
        assert not (period.start and period.end) or period.start <= period.end


@given(published=st.dates(), text=PROSE)
@settings(max_examples=50, deadline=None)
def test_no_day_of_a_report_is_too_early_or_too_late(published, text):
    extract.periods(text, published)


@given(text=TEXTS)
@settings(max_examples=50, deadline=None)
def test_sentences_part_all_tokens_of_a_line(text):
    reading = read(text, lexicon.load("en"))
    inside = [i for s in reading.sentences for i in range(s.start, s.end)]
    assert inside == [i for i, token in enumerate(reading.tokens) if token.raw != "\n"]
    assert len(reading.quoted) == len(reading.spots.kinds) == len(reading.tokens)


def test_the_same_documents_in_another_order_give_the_same_claims():
    texts = ["Trade between China and Russia rose 5 percent to $20 billion in 2022.", "China's exports fell."]
    documents = [document(text, f"doc-{n}") for n, text in enumerate(texts)]
    forward = [extract.claims(one) for one in documents]
    backward = [extract.claims(one) for one in reversed(documents)]
    assert forward == backward[::-1]
    assert forward == [extract.claims(one) for one in documents]


HOSTILE = {
    "digits": "9",
    "of the": "of the ",
    "brackets": "(",
    "quotes": '"',
    "blanks": " ",
    "one long line of prose": "Trade between China and Russia rose 5 percent to $20 billion in 2022 and ",
    "prose without stops": "exports to China said the minister that imports from Russia fell ",
    "first": "first ",
    "one to one": "1 to 1 to ",
    "a range without end": "1% to 2% ",
    "a list without end": "$1, ",
    "currency signs": "$ ",
    "groups of three": "123 ",
    "number words": "one two ",
    "hundreds": "hundred and ",
    "lines": "said\n",
    "quoted sentences": '"It rose." ',
    "an open quotation": "“It rose. ",
    "names": "Ivan Petrov ",
    "names that speak": "Ivan Petrov said ",
    "years": "2021 ",
    "times": "in May ",
    "areas": "China, ",
    "pairs": "China-Russia ",
    "hyphens": "a-",
    "apostrophes": "'",
    "decimals": "1.",
    "thousands": "1,",
    "flows": "exports ",
    "semicolons": "; exports $5 billion ",
    "titles": "the minister of trade of ",
}


def operations(text: str) -> int:
    """Count the lines of ours that run while the claims of a text are read."""
    counts: Counter[str] = Counter()

    def traced(frame, event, _):
        if "tallyman" not in frame.f_code.co_filename:
            return None
        counts[event] += 1
        return traced

    sys.settrace(traced)
    try:
        extract.claims(document(text))
    finally:
        sys.settrace(None)
    return sum(counts.values())


@pytest.mark.parametrize("unit", HOSTILE.values(), ids=HOSTILE)
def test_the_cost_of_a_hostile_text_grows_with_its_length_only(unit):
    extract.claims(document("Exports rose."))
    short, long = (operations(unit * (length // len(unit))) for length in (1_500, 4_500))
    assert long <= 3.5 * short + 2_000
