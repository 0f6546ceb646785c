"""The lexicon keeps its promises: generated from the examples and counterexamples in its files."""

import doctest

import pytest

from tallyman import lexicon
from tallyman.extract import calendar, days, eras, fiscal, stretches, workbench
from tallyman.lexicon import pattern, terms
from tallyman.model import Document, TallymanError

LANGUAGES = lexicon.languages()
ROOMS = [calendar, days, eras, fiscal, stretches]


def lexicon_of(words, rules):
    return lexicon.Lexicon("xx", {"term": words, "rule": {"period": rules}, "macro": {}}, [])


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_promise_of_a_lexicon_holds(language):
    assert workbench.faults(language) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_period_rule_names_an_operation(language):
    operations = {name for room in ROOMS for name in vars(room)}
    for rule in lexicon.load(language).sections["period"].rules:
        assert rule.data["op"] in operations, rule.name


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_rule_of_a_section_shares_its_name(language):
    for section in lexicon.load(language).sections.values():
        names = [rule.name for rule in section.rules]
        assert len(set(names)) == len(names)


def test_the_examples_in_the_docstrings_hold():
    assert doctest.testmod(terms).failed == doctest.testmod(pattern).failed == 0


def test_a_phrase_is_one_token_and_the_longest_wins():
    lex = lexicon_of(
        {"a": {"words": ["red fox"]}, "b": {"words": ["red fox cub"]}, "c": {"words": ["red"]}}, []
    )
    found = [(token.raw, set(token.values)) for token in lex.terms.scan("A red fox cub, a Red Fox, red.")]
    assert [row for row in found if row[1]] == [("red fox cub", {"b"}), ("Red Fox", {"a"}), ("red", {"c"})]


def test_case_sensitive_words_keep_their_case_and_also_stand_in_headlines():
    lex = lexicon_of({"m": {"case_sensitive": True, "words": ["March"]}}, [])
    assert [t.raw for t in lex.terms.scan("march March MARCH") if t.values] == ["March", "MARCH"]


@pytest.mark.parametrize(
    ("text", "matched"),
    [
        ("the two cats", "the two cats"),
        ("two cats", "two cats"),
        ("two", None),
        ("cats two cats", "two cats"),
    ],
)
def test_optional_parts_and_captures(text, matched):
    rule = {"name": "x", "patterns": ["the? <n:count> (cats|dogs)"], "op": "year"}
    lex = lexicon_of({"count": {"values": {"2": ["two"]}}}, [rule])
    tokens = lex.terms.scan(text)
    found = list(lex.find("period", tokens, terms.Spots(tokens, lex.terms)))
    assert [" ".join(t.raw for t in tokens[m.start : m.end]) for m in found] == ([matched] if matched else [])
    assert all(m.values == {"n": "2"} for m in found)


@pytest.mark.parametrize(
    ("written", "text", "count"),
    [
        ("[in of] May", "in May or May", 1),
        ("[!in of] May", "in May or May", 1),
        ("May [!he]", "May he may, May", 1),
        ("May [he]", "May he or May", 1),
    ],
)
def test_context_must_stand_beside_a_match_without_being_part_of_it(written, text, count):
    lex = lexicon_of(
        {"m": {"case_sensitive": True, "words": ["May"]}},
        [{"name": "x", "patterns": [written.replace("May", "<m>")]}],
    )
    tokens = lex.terms.scan(text)
    found = list(lex.find("period", tokens, terms.Spots(tokens, lex.terms)))
    assert len(found) == count
    assert all(m.end - m.start == 1 for m in found)


@pytest.mark.parametrize("written", ["<nobody>", "a (b", "a )", "a [b", "[~] a", "a |* b <", "a?", "~ ~"])
def test_a_pattern_that_cannot_be_read_is_refused_with_its_rule(written):
    with pytest.raises(TallymanError, match="'broken'"):
        lexicon_of({}, [{"name": "broken", "patterns": [written]}])


def test_a_language_without_a_file_is_refused():
    with pytest.raises(TallymanError, match=r"'tlh'.*use one of"):
        lexicon.load("tlh")


def test_an_example_that_cannot_be_read_is_refused():
    with pytest.raises(TallymanError, match=r"'x'.*first day"):
        workbench._example(
            lexicon_of({}, [{"name": "x", "patterns": ["a"]}]).sections["period"].rules[0], "a"
        )


def test_coverage_counts_what_nothing_reads_and_shows_where():
    text = "Hut No. 17/4 is dry. The mayor earns $5,000. Hut No. 18/4 is wet."
    document = Document(id="doc-1", text=text, sha256="", language="en")
    rows = workbench.coverage([document])
    assert [(row.shape, row.layer, row.times) for row in rows[:1]] == [("/ # is", "figure", 2)]
    assert ("earns $# .", "claim", 1) in [(row.shape, row.layer, row.times) for row in rows]
    assert "Hut No. 17/4 is dry." in rows[0].contexts[0]
