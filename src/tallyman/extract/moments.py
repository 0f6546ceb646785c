"""What a time is beside its words: of an event, too short to count trade over, the same period, two months."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import structs

from tallyman.extract.calendar import shift_years, span

if TYPE_CHECKING:
    from tallyman.extract.periods import TimeRef
    from tallyman.extract.sentences import Sentence
    from tallyman.lexicon.terms import Token

_COUNTED_DAYS = frozenset({"week_of_month", "head_days"})
_SHORTEST, _CLAUSE = 9, 9


def is_short(ref: TimeRef) -> bool:
    """Whether a time is shorter than any that trade is counted over: the week in which figures came out."""
    start, end = ref.period.start, ref.period.end
    counted = ref.rule in _COUNTED_DAYS
    return not counted and start is not None and end is not None and (end - start).days < _SHORTEST


def is_of_event(tokens: list[Token], ref: TimeRef, sentence: Sentence) -> bool:
    """Whether a time is that of another event: "the pact inked in 2015", not "when it was founded in 1923"."""
    if ref.period.relation == "since":
        return False
    i = ref.start - 1
    while i > sentence.start and {"in_word", "determiner"} & tokens[i].values.keys():
        i -= 1
    clause = tokens[max(sentence.start, i - _CLAUSE) : i]
    when = any("time_clause" in t.values for t in clause)
    when |= ref.end < sentence.end and "time_clause" in tokens[ref.end].values
    return i < ref.start - 1 and "event_verb" in tokens[i].values and not when


def since(ref: TimeRef) -> TimeRef:
    """Return the time since which is counted, for what stands before it: "doubled since 2020, when it was low"."""
    return ref._replace(period=structs.replace(ref.period, end=None, relation="since")) if ref.since else ref


def itself(ref: TimeRef) -> TimeRef | None:
    """Return the time that "the same period" is, where it is the one spoken of."""
    first, last = shift_years((ref.period.start, ref.period.end), 1)
    period = structs.replace(ref.period, start=first, end=last)
    return ref._replace(period=period, rule="same_time", is_base=False) if first else None


def step(tokens: list[Token], ref: TimeRef) -> tuple[TimeRef, TimeRef] | None:
    """Return the months between which a change is: "it fell 5 percent from May to June"."""
    start, end = ref.period.start, ref.period.end
    around = tokens[max(ref.start - 1, 0) : ref.start + 1]
    between = any({"from_word", "range_between"} & t.values.keys() for t in around)
    if ref.rule != "months" or not between or start is None:
        return None
    if span(start.year, start.month, 2) != (start, end):
        return None
    months = [span(start.year, start.month + k, 1) for k in (0, 1)]
    base, own = (structs.replace(ref.period, start=a, end=b) for a, b in months)
    return ref._replace(period=base, rule="month", is_base=True), ref._replace(period=own, rule="month")
