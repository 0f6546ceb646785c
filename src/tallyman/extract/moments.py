"""What a time is beside its words: of an event, too short to count trade over, the same period, two months."""

from __future__ import annotations

from bisect import bisect_left
from itertools import pairwise
from operator import attrgetter
from typing import TYPE_CHECKING, TypeVar

from msgspec import structs

from tallyman.extract.against import is_plain
from tallyman.extract.calendar import shift_years, span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tallyman.extract.amounts import Amount
    from tallyman.extract.calendar import Interval
    from tallyman.extract.periods import TimeRef
    from tallyman.extract.sentences import Sentence
    from tallyman.lexicon.terms import Token

_Part = TypeVar("_Part", "TimeRef", "Amount")
_JOINTS = frozenset({"list_joiner", "hedge", "relation"})
_COUNTED_DAYS = frozenset({"week_of_month", "head_days"})
_MAIN = frozenset({"past_verb", "auxiliary", "move", "future", "to_word", "ranked_word", "trade_verb"})
_STEPS, _ONE_STEP = {"months": 1, "years_apart": 12}, {1: "month", 12: "year"}
_START = attrgetter("start")
_OPENS, _LOOK = frozenset({"opening", "bracket"}), 12
_SHORTEST, _CLAUSE, _BRACKETS, _PLAIN_WORDS, _RANK_REACH = 9, 9, 24, 2, 8


def is_short(ref: TimeRef) -> bool:
    """Whether a time is shorter than any that trade is counted over: the week in which figures came out."""
    start, end = ref.period.start, ref.period.end
    counted = ref.rule in _COUNTED_DAYS
    return not counted and start is not None and end is not None and (end - start).days < _SHORTEST


def is_of_event(tokens: list[Token], ref: TimeRef, sentence: Sentence) -> bool:
    """Whether a time is that of another event: "the pact inked in 2015", not "when it was founded in 1923".

    So is the time at which something was said: "he said in May that exports had risen".
    """
    if ref.period.relation == "since":
        return False
    i = ref.start - 1
    while i > sentence.start and {"in_word", "determiner"} & tokens[i].values.keys():
        i -= 1
    if _is_of_saying(tokens, ref, sentence):
        return True
    if i == ref.start - 1 or "event_verb" not in tokens[i].values:
        return False
    clause = tokens[max(sentence.start, i - _CLAUSE) : i]
    when = any("time_clause" in t.values for t in clause)
    return not (when or (ref.end < sentence.end and "time_clause" in tokens[ref.end].values))


def is_of_rank(tokens: list[Token], ref: TimeRef, refs: list[TimeRef]) -> bool:
    """Whether a time only says among which figures one ranks: "May saw the weakest exports so far this year"."""
    first = refs[0].end
    if ref.period.relation != "year_to_date" or ref.start < first:
        return False
    near = tokens[max(ref.start - _RANK_REACH, first) : ref.start]
    return any({"superlative", "extreme"} & t.values.keys() for t in near)


def _is_of_saying(tokens: list[Token], ref: TimeRef, sentence: Sentence) -> bool:
    i = ref.start - 1
    i -= i > sentence.start and "in_word" in tokens[i].values
    that = ref.end < sentence.end and "that_word" in tokens[ref.end].values
    return that and i >= sentence.start and "speech" in tokens[i].values


def ends_clause(tokens: list[Token], ref: TimeRef, amount: Amount, sentence: Sentence) -> bool:
    """Whether a time since which something is so stays in its clause: "the most since 2010, while others rose 5%"."""
    if ref.period.relation != "since" or ref.start - sentence.start <= 1:
        return False
    return any("clause_break" in t.values for t in tokens[ref.end : amount.start])


def is_by_the_way(tokens: list[Token], ref: TimeRef, sentence: Sentence) -> bool:
    """Whether a time closes a clause between commas, out of which the sentence goes on.

    "Trade, which had been low in 2015, rose to $9 billion": the figure behind it has another time.
    """
    end = after_brackets(tokens, ref.end, sentence)
    if end + 1 >= sentence.end or tokens[end].raw != ",":
        return False
    if _MAIN.isdisjoint(tokens[end + 1].values):
        return False
    ranked = False
    for k in range(ref.start - 1, max(sentence.start, ref.start - _BRACKETS), -1):
        if tokens[k].raw in ",;":
            return "relative" in tokens[k + 1].values or (ranked and "area" in tokens[k - 1].values)
        ranked |= "rank_noun" in tokens[k].values
    return False


def since(ref: TimeRef) -> TimeRef:
    """Return the time since which is counted, for what stands before it: "doubled since 2020, when it was low"."""
    return (
        structs.replace(ref, period=structs.replace(ref.period, end=None, relation="since"))
        if ref.since
        else ref
    )


def itself(ref: TimeRef) -> TimeRef | None:
    """Return the time that "the same period" is, where it is the one spoken of."""
    first, last = shift_years((ref.period.start, ref.period.end), 1)
    period = structs.replace(ref.period, start=first, end=last)
    return structs.replace(ref, period=period, rule="same_time", is_base=False) if first else None


def step(tokens: list[Token], ref: TimeRef) -> tuple[TimeRef, TimeRef] | None:
    """Return the two months or years between which a change is: "it fell 5 percent from May to June".

    So is one from a month to the same of the next year.
    """
    start, end = ref.period.start, ref.period.end
    around = tokens[max(ref.start - 1, 0) : ref.start + 1]
    between = any({"from_word", "range_between"} & t.values.keys() for t in around)
    if not between or start is None or end is None:
        return None
    if ref.rule == "months_across_years" and (start.year + 1, start.month) == (end.year, end.month):
        return _stepped(ref, [span(day.year, day.month, 1) for day in (start, end)], "month")
    size = _STEPS.get(ref.rule)
    if size is None or span(start.year, start.month, 2 * size) != (start, end):
        return None
    return _stepped(ref, [span(start.year, start.month + k * size, size) for k in (0, 1)], _ONE_STEP[size])


def _stepped(ref: TimeRef, steps: list[Interval], rule: str) -> tuple[TimeRef, TimeRef]:
    base, own = (structs.replace(ref.period, start=a, end=b) for a, b in steps)
    return structs.replace(ref, period=base, rule=rule, is_base=True), structs.replace(
        ref, period=own, rule=rule
    )


def within(refs: Sequence[TimeRef], sentence: Sentence) -> Sequence[TimeRef]:
    """Return the time expressions of a sentence, of all in order."""
    first = bisect_left(refs, sentence.start, key=_START)
    return refs[first : bisect_left(refs, sentence.end, first, key=_START)]


def together(tokens: list[Token], sentence: Sentence, refs: list[TimeRef]) -> list[TimeRef]:
    """Return the times of a sentence with two months that "and" joins as one: "in January and February"."""
    joined: list[TimeRef] = []
    for ref in refs:
        if joined and (both := _two_months(tokens, joined[-1], ref)) is not None:
            joined[-1] = both
        else:
            joined.append(ref)
    if len(joined) < len(refs) and any(
        "respectively" in t.values for t in tokens[refs[0].end : sentence.end]
    ):
        return refs
    return joined


def _two_months(tokens: list[Token], first: TimeRef, second: TimeRef) -> TimeRef | None:
    gap = tokens[first.end : second.start]
    start, end = first.period.start, second.period.end
    if len(gap) != 1 or "range_and" not in gap[0].values or first.is_base or second.is_base or start is None:
        return None
    if span(start.year, start.month, 2) != (start, end):
        return None
    return structs.replace(
        first, end=second.end, rule="months", period=structs.replace(first.period, end=end)
    )


def respectively(
    tokens: list[Token], sentence: Sentence, refs: list[TimeRef], amounts: list[Amount]
) -> dict[int, TimeRef]:
    """Return the times that a list hands out, by figure: "$2 bn and $3 bn in 2021 and 2022, respectively"."""
    if not refs or len(amounts) < 2:  # noqa: PLR2004
        return {}
    words = range(sentence.start, sentence.end)
    end = next((i for i in words if "respectively" in tokens[i].values), None)
    if end is None:
        return {}
    times = _row(tokens, [r for r in refs if r.end <= end])
    times = _each(tokens, times[0]) if len(times) == 1 else times
    if len(times) < 2:  # noqa: PLR2004
        return {}
    figures = _row(tokens, [a for a in amounts if a.end <= times[0].start])
    last = times[-1].end
    if len(figures) != len(times):
        figures = _row(tokens, [a for a in amounts if last <= a.start and a.end <= end])
        last = figures[-1].end if figures else end
    if len(figures) != len(times) or not all("list_joiner" in t.values for t in tokens[last:end]):
        return {}
    told = times[0].period.relation
    times = [structs.replace(r, period=structs.replace(r.period, relation=told)) for r in times]
    return {a.start: r for a, r in zip(figures, times, strict=True)}


def _each(tokens: list[Token], ref: TimeRef) -> list[TimeRef]:
    """The two months that one expression joins: "in January and February 2019"."""
    start, end = ref.period.start, ref.period.end
    joined = any("range_and" in t.values for t in tokens[ref.start : ref.end])
    if (
        ref.rule != "months"
        or not joined
        or start is None
        or span(start.year, start.month, 2) != (start, end)
    ):
        return []
    each = [span(start.year, start.month + k, 1) for k in (0, 1)]
    return [
        structs.replace(ref, rule="month", period=structs.replace(ref.period, start=a, end=b))
        for a, b in each
    ]


def _row(tokens: list[Token], items: list[_Part]) -> list[_Part]:
    """The last times or figures of some that only commas and "and" part."""
    row = items[-1:]
    for item in reversed(items[:-1]):
        joint = tokens[item.end : row[0].start]
        if not joint or not all(_JOINTS & t.values.keys() for t in joint):
            break
        row.insert(0, item)
    return row


def outside(tokens: list[Token], refs: list[TimeRef], amount: Amount, sentence: Sentence) -> TimeRef | None:
    """Return the time right before the bracket that a figure stands in: "in 2021 ($3 bn of exports)"."""
    if not refs:
        return None
    for k in range(amount.start - 1, max(amount.start - _BRACKETS, sentence.start), -1):
        if "bracket" in tokens[k].values:
            return None
        if "opening" in tokens[k].values:
            return next((r for r in refs if r.end == k), None)
    return None


def in_brackets(tokens: list[Token], amount: Amount, ref: TimeRef, amounts: list[Amount]) -> bool:
    """Whether a time stands with another figure in brackets behind a figure: "rose 3% (2% in May)".

    Brackets with a flow of their own tell of what a figure is made of: "trade of $9 bn (exports of $5 bn in May)".
    """
    opened = next((k for k in range(amount.end, ref.start) if "opening" in tokens[k].values), None)
    if opened is None or any({"bracket", "flow"} & t.values.keys() for t in tokens[opened : ref.start]):
        return False
    return any(opened < a.start < ref.start for a in amounts)


def is_shut_in(tokens: list[Token], ref: TimeRef, amount: Amount, amounts: list[Amount]) -> bool:
    """Whether a time stands with its own figure in brackets that are closed: "$3 bn ($2 bn in 2021), and $1 bn"."""
    near = range(ref.end, min(ref.end + _LOOK, amount.start))
    if not any("bracket" in tokens[k].values for k in near):
        return False
    opened = next(
        (k for k in range(ref.start, max(ref.start - _LOOK, 0), -1) if _OPENS & tokens[k].values.keys()), 0
    )
    if "opening" not in tokens[opened].values:
        return False
    return any(opened < a.start < ref.start for a in amounts)


def sums_up(tokens: list[Token], amount: Amount, sentence: Sentence) -> bool:
    """Whether a change is that between two levels told: "$3 bn in 2022, and $4 bn in 2021, a decline of 25%"."""
    i = amount.start - 1
    while i > sentence.start and {"hedge", "genitive"} & tokens[i].values.keys():
        i -= 1
    return i < amount.start - 1 and "move" in tokens[i].values and "determiner" in tokens[i - 1].values


def after_brackets(tokens: list[Token], i: int, sentence: Sentence) -> int:
    """Step over a conversion in brackets."""
    if i < sentence.end and "opening" in tokens[i].values:
        for k in range(i, min(i + _BRACKETS, sentence.end)):
            if tokens[k].raw in ")]":
                return k + 1
    return i


def links(gap: list[Token], allowed: frozenset[str]) -> bool:
    """Whether words only link a figure to its time; up to two plain words may stand among them."""
    plain = 0
    for token in gap:
        if allowed & token.values.keys():
            continue
        if not is_plain(token):
            return False
        plain += 1
    return plain <= _PLAIN_WORDS


def parts_since(rest: list[Token]) -> bool:
    """Return whether a time counted from belongs to another clause: "rose 5 percent and have grown since 2019"."""
    if any(token.raw == "," for token in rest):
        return True
    return any("range_and" in token.values and "auxiliary" in after.values for token, after in pairwise(rest))
