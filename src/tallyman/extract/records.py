"""Records: an all-time high, the worst month since June, the third highest on record."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tallyman.extract.amounts import Amount
    from tallyman.extract.periods import TimeRef
    from tallyman.extract.sentences import Reading, Sentence
    from tallyman.lexicon.terms import Token

SINCE = "among_times"
WORDS = ("streak", "span_peak", "rank", "utmost")
_NEAR_FIGURE, _REACH, _TIME, _NEAR_FLOW = 3, 8, 4, 6
_LEADS = frozenset({"ordinal", "hyphen", "article", "determiner"})
_STOPS = frozenset(
    {
        "rank_noun",
        "rank_word",
        "rank_verb",
        "clause_break",
        "num",
        "currency",
        "opening",
        "past_verb",
        "auxiliary",
    }
)
_PARTS = frozenset({"genitive", "ever_word", "follows", "relation"})
_TIMES = frozenset({"month", "year", "rel_year", "turn_year"})
_DATES = _TIMES | {"in_word", "determiner", "small", "int"}
_SPANS = frozenset({"hedge", "determiner", "num", "cardinal", "past_word", "hedge_gap", "several"})


class Record(NamedTuple):
    """A record at half-open token positions; ``kind`` is what it is told to be, ``SINCE`` one among some times only."""

    start: int
    end: int
    kind: str
    since: bool = False


def find(reading: Reading, sentence: Sentence, amounts: list[Amount]) -> Iterator[Record]:
    """Yield the records of a sentence; one that belongs to a figure is part of that figure."""
    tokens, done = reading.tokens, sentence.start
    for i in reading.spots.between(sentence.start, sentence.end, *WORDS[:2]):
        found = (
            _streak(tokens, i, sentence) if "streak" in tokens[i].values else _of_span(tokens, i, sentence)
        )
        if found is not None and not _is_of_figure(tokens, i, amounts):
            yield found
    for i in reading.spots.between(sentence.start, sentence.end, *WORDS[2:]):
        values, end = tokens[i].values, _since(tokens, i + 1, sentence)
        if i < done or (end is None and "rank" not in values) or _is_of_figure(tokens, i, amounts):
            continue
        start, done = _begin(tokens, i, sentence), end or i + 1
        whole = end is None or _is_known(tokens[i + 1].values)
        first = not any("ordinal" in t.values for t in tokens[start:i])
        kind = values["rank"] if "rank" in values else values["utmost"]
        counted = any(t.values.get("relation") == "since" for t in tokens[i:done])
        yield Record(start, done, str(kind) if whole and first else SINCE, counted)


def _streak(tokens: list[Token], i: int, sentence: Sentence) -> Record | None:
    """Read for how long a balance has been one: "a deficit for the third straight month"."""
    if i - 2 < sentence.start or i + 1 >= sentence.end or "unit" not in tokens[i + 1].values:
        return None
    counted = {"ordinal", "num", "cardinal"} & tokens[i - 1].values.keys()
    near = tokens[max(i - 1 - _NEAR_FLOW, sentence.start) : i - 1]
    lasting = (
        any(t.values.get("flow") == "balance" for t in near)
        and "target_for" in near[-1 - ("determiner" in near[-1].values)].values
    )
    return Record(i - 1, i + 2, SINCE) if counted and lasting else None


def _of_span(tokens: list[Token], i: int, sentence: Sentence) -> Record | None:
    """Read the best or worst of so many years that is reached: "hit a two-year high", not "growth to" one."""
    if i - 4 < sentence.start or "hyphen" not in tokens[i - 2].values or "unit" not in tokens[i - 1].values:
        return None
    k = i - 4
    while k > sentence.start and {"determiner", "to_word"} & tokens[k].values.keys():
        k -= 1
    reached = {"past_verb", "reached"} & tokens[k].values.keys()
    counted = {"num", "cardinal"} & tokens[i - 3].values.keys()
    return Record(i - 3, i + 1, SINCE) if counted and reached else None


def since(refs: Iterable[TimeRef], start: int, end: int) -> TimeRef | None:
    """Return the time from which a record is counted, if its words name one."""
    return next((r for r in refs if start < r.start < end and r.period.relation == "since"), None)


def _is_known(behind: dict[str, Any]) -> bool:
    """Whether a level is the highest of all times, or of those since one that is named: "highest since June"."""
    return "ever_word" in behind or behind.get("relation") == "since"


def _begin(tokens: list[Token], i: int, sentence: Sentence) -> int:
    """Where the words of a record begin: "the second highest"."""
    while i > sentence.start and _LEADS & tokens[i - 1].values.keys():
        i -= 1
    return i + ("hyphen" in tokens[i].values)


def _since(tokens: list[Token], i: int, sentence: Sentence) -> int | None:
    """The end of the words that say among which times it is a record: "level since June", "ever", "in ten years"."""
    for k in range(i, min(i + _REACH, sentence.end)):
        values = tokens[k].values
        if "ever_word" in values:
            return k + 1
        if values.get("relation") == "since":
            return _dated(tokens, k + 1, sentence)
        if "in_word" in values and (end := _spans(tokens, k + 1, sentence)) is not None:
            return end
        if _STOPS & values.keys() or tokens[k].raw == ",":
            return None
    return None


def _dated(tokens: list[Token], i: int, sentence: Sentence) -> int:
    """The end of the time that a record is counted from: "since June 2020", "since figures were first kept in 1979"."""
    last = min(i + _REACH, sentence.end)
    first = next((k for k in range(i, last) if _TIMES & tokens[k].values.keys()), i)
    return next((k for k in range(first, last) if not _DATES & tokens[k].values.keys()), last)


def _spans(tokens: list[Token], i: int, sentence: Sentence) -> int | None:
    """The end of a number of months or years: "in more than ten years"."""
    for k in range(i, min(i + _TIME, sentence.end)):
        if "unit" in tokens[k].values and k > i:
            return k + 1
        if not _SPANS & tokens[k].values.keys():
            return None
    return None


def _is_of_figure(tokens: list[Token], i: int, amounts: list[Amount]) -> bool:
    """Whether a record is only said of a figure: "a record $5 billion", but not "a record high of $5 billion"."""
    near = next((a for a in amounts if i < a.start <= i + _NEAR_FIGURE), None)
    return near is not None and not any(_PARTS & t.values.keys() for t in tokens[i + 1 : near.start])
