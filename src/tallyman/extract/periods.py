"""Time expressions of a text with their calendar intervals."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from msgspec import Struct, structs

from tallyman import lexicon
from tallyman.extract import calendar, days, eras, fiscal, focus, stretches
from tallyman.extract.against import (
    goes_on_from,
    had_been,
    in_its_year,
    is_a_year_before,
    is_before,
    is_held_against,
    is_told_aside,
)
from tallyman.extract.sentences import read
from tallyman.lexicon.terms import LINE
from tallyman.model import Anchor, Period

if TYPE_CHECKING:
    from collections.abc import Collection

    from tallyman.extract.calendar import Context, Interval
    from tallyman.extract.sentences import Reading
    from tallyman.lexicon.pattern import Match
    from tallyman.lexicon.terms import Token
    from tallyman.model import PeriodRelation

_BASE = frozenset({"same_period", "unit_before"})
_IDLE = frozenset(
    {"day", "weekday", "day_word", "relative_day", "day_of_month", "weekday_of_month", "weekend", "holiday"}
)
_STRETCHES = frozenset({"within_units", "in_units", "next_units"})
_TIMED = _IDLE | {"nth", "season"}
_OPERATIONS = vars(calendar) | vars(days) | vars(eras) | vars(fiscal) | vars(stretches)
_DATELESS = frozenset({"streak", "vague", "recurring"})
_EXACT = frozenset({"days", "months", "months_across_years"})
_JOINTS, _LONGEST_JOINT = frozenset({"opening", "from_word", "range_between"}), 2
_COUNTED = frozenset({"nth", "unit_spoken"})
_EVENT_REACH, _EVENTS = 10, frozenset({"event_verb", "past_cue", "told_of"})
_SPANS = frozenset({"months", "head", "head_bare", "nth_unit", "marked"})
_NOMINAL = date(2000, 12, 31)
_PARTS_OF_YEAR = _SPANS | {"month"}
_ANY_YEAR = frozenset({"month", "months", "nth", "head", "marked"})
_JUST_OVER, _FAR, _YEAR = 95, 200, range(364, 366)
_PART_OF_FISCAL = frozenset({"part_of_fiscal_year", "head_of_fiscal_year"})
_REMEMBERED = 5
_LOOK_BACK, _EXTREME, _CUE_REACH, _AUXILIARY, _RANK_REACH = 2, 4, 12, 3, 6
_EXTREMES = frozenset({"extreme", "rank", "utmost", "record"})
_OF_EVENTS = _IDLE | {"year", "month"}
_AHEAD = frozenset({"by", "until"})
_CUES = ("future", "timetable", "past_cue", "speech")
_STOPS = frozenset(".?!;")
_BEFORE_DAY = frozenset({"in_word", "held_on", "determiner"})


class TimeRef(Struct, frozen=True, gc=False):
    """A time expression: half-open token positions, rule, interval, relation, and whether it is a day or a base.

    ``since`` marks one since which is counted although a clause behind it goes on about that time itself.
    """

    start: int
    end: int
    rule: str
    period: Period
    is_base: bool
    is_day: bool
    since: bool = False


def periods(
    text: str, published_on: date | None = None, *, language: str = "en"
) -> list[tuple[Anchor, Period]]:
    """Return every time expression with its inclusive calendar interval, in order.

    Relative expressions need ``published_on``; without it their interval stays empty.

    >>> from datetime import date
    >>> [(a, p)] = periods("in the first four months of this year", date(2021, 6, 5))
    >>> a.exact, p.end
    ('the first four months of this year', datetime.date(2021, 4, 30))
    """
    lex = lexicon.load(language)
    reading = read(text, lex)
    areas = focus.focus(reading).areas
    context = calendar.Context(
        published=published_on, fiscal=fiscal.habit(areas), iranian=fiscal.counts_iranian(reading, areas)
    )
    refs = find(reading, lex, context)
    out = []
    for ref in refs:
        if ref.rule in _DATELESS:
            continue
        start, end = reading.tokens[ref.start].start, reading.tokens[ref.end - 1].end
        out.append((Anchor(start=start, end=end, exact=text[start:end]), ref.period))
    return out


def find(
    reading: Reading, lex: lexicon.Lexicon, context: Context, taken: Collection[int] = frozenset()
) -> list[TimeRef]:
    """Return the time expressions of a reading in order; tokens in ``taken`` belong to amounts."""
    refs: list[TimeRef] = []
    sentences = iter(reading.sentences)
    start = end = 0
    for match in _longest(reading, lex, taken):
        while match.start >= end:
            sentence = next(sentences)
            start, end = sentence.start, sentence.end
            if context.near is not None:
                context = structs.replace(context, near=None)
        ref = _resolve(reading, match, context)
        context = _gone_on(reading, match, ref, context, start)
        if refs and refs[-1].start >= start:
            refs[-1], ref = _settled(reading, refs[-1], ref, start, context)
        refs.append(ref)
    return _bracketed(reading, refs)


def _gone_on(reading: Reading, match: Match, ref: TimeRef, context: Context, first: int) -> Context:
    """What the text speaks of behind a time: that time, unless it is looked back at, held against or told aside."""
    interval = (ref.period.start, ref.period.end)
    idle = ref.is_day or ref.is_base or is_held_against(reading.tokens, ref)
    if ref.since or ref.period.relation == "since":
        return structs.replace(context, since=interval[0].year if interval[0] else None)
    if not idle and is_before(interval, context.last) and had_been(reading, ref):
        return structs.replace(context, spoken=(*context.spoken[-_REMEMBERED:], interval))
    if not idle and interval[0] and not is_told_aside(reading, ref, context, first):
        ahead = context.published is not None and interval[0] > context.published
        last = interval if interval[1] and not ahead else context.last
        spoken = (*context.spoken[-_REMEMBERED:], interval)
        year = interval[0].year
        return structs.replace(
            context, year=year, last=last, near=last, spoken=spoken, undated=None, since=None
        )
    if ref.rule == "month_before" and interval[0]:
        return structs.replace(context, last=stretches.behind(interval))
    if ref.is_day and interval[0]:
        return structs.replace(context, day=interval[0])
    if not (idle or interval[0] or context.published) and ref.rule in _PARTS_OF_YEAR:
        nominal = structs.replace(context, published=_NOMINAL, year=None, near=None, spoken=())
        return structs.replace(context, undated=_interval(match.rule.data["op"], match, nominal))
    return context


def _settled(
    reading: Reading, before: TimeRef, ref: TimeRef, first: int, context: Context
) -> tuple[TimeRef, TimeRef]:
    """Two times of a sentence, the one without a year put into that which the other tells."""
    if in_its_year(reading.tokens, before, ref, first):
        return _moved(before, ref), ref
    if goes_on_from(reading.tokens, before, ref):
        return before, _following(ref, before)
    if context.published is not None:
        return before, ref
    if is_a_year_before(reading.tokens, before, ref, first):
        return before, _a_year_after(ref, before)
    if is_a_year_before(reading.tokens, ref, before, first):
        return _a_year_after(before, ref), ref
    return before, ref


def _a_year_after(ref: TimeRef, base: TimeRef) -> TimeRef:
    """The month as the one a year after that which it is held against."""
    start, end = calendar.shift_years((base.period.start, base.period.end), 1)
    return structs.replace(ref, period=structs.replace(ref.period, start=start, end=end))


def _moved(ref: TimeRef, after: TimeRef) -> TimeRef:
    """The month moved into the year of the one behind it."""
    start, end, other = ref.period.start, ref.period.end, after.period.start
    if start is None or other is None:
        return ref
    start, end = calendar.shift_years((start, end), other.year - start.year)
    return structs.replace(ref, period=structs.replace(ref.period, start=start, end=end))


def _following(ref: TimeRef, before: TimeRef) -> TimeRef:
    """The month as the first of its name behind another."""
    start, base = ref.period.start, before.period.start
    if start is None or base is None:
        return ref
    years = base.year - start.year + (start.month < base.month)
    start, end = calendar.shift_years((start, ref.period.end), years)
    return structs.replace(ref, period=structs.replace(ref.period, start=start, end=end))


def _bracketed(reading: Reading, refs: list[TimeRef]) -> list[TimeRef]:
    """Let days in brackets say what the expression before them means: "the first four months (March 21-July 22)"."""
    out: list[TimeRef] = []
    for ref in refs:
        before = out[-1] if out else None
        joint = reading.tokens[before.end : ref.start] if before is not None else []
        opened = 0 < len(joint) <= _LONGEST_JOINT and all(_JOINTS & t.values.keys() for t in joint)
        if (
            before is not None
            and opened
            and before.rule == ref.rule == "year"
            and "opening" in joint[0].values
        ):
            out[-1] = structs.replace(before, end=ref.end, period=ref.period)
        elif before is not None and opened and before.rule in _PART_OF_FISCAL and _is_year(ref.period):
            out[-1] = structs.replace(before, end=ref.end)
        elif before is not None and opened and ref.rule in _EXACT and before.rule not in _EXACT:
            named = ref.period if before.rule != "iranian_year" or ref.rule == "days" else before.period
            dated = named is before.period or any(
                "year" in t.values for t in reading.tokens[ref.start : ref.end]
            )
            named = named if dated else _within(ref.period, before.period)
            period = structs.replace(before.period, start=named.start, end=named.end)
            out[-1] = structs.replace(before, end=ref.end, period=period)
        else:
            out.append(ref)
    return out


def _is_year(period: Period) -> bool:
    """Whether a time is a whole year, wherever it begins."""
    return bool(period.start and period.end) and (period.end - period.start).days in _YEAR  # type: ignore[operator]


def _within(exact: Period, outer: Period) -> Period:
    """Move days in brackets into the year that stands before them: "in 2021 (January-May)"."""
    if not (exact.start and exact.end and outer.start and outer.end):
        return exact
    start, end = calendar.shift_years((exact.start, exact.end), outer.start.year - exact.start.year)
    fits = start and end and start >= outer.start and end <= outer.end
    return structs.replace(exact, start=start, end=end) if fits else exact


def _longest(reading: Reading, lex: lexicon.Lexicon, taken: Collection[int]) -> list[Match]:
    found = sorted(
        lex.find("period", reading.tokens, reading.spots), key=lambda m: (m.start - m.end, m.start)
    )
    used = set(taken)
    kept = []
    for match in found:
        tokens = range(match.start, match.end)
        if used.isdisjoint(tokens):
            used.update(tokens)
            kept.append(match)
    return sorted(kept, key=lambda m: m.start)


def _resolve(reading: Reading, match: Match, context: Context) -> TimeRef:
    op = match.rule.data["op"]
    relation: PeriodRelation = _relation(reading, match)
    ahead = _ahead(reading, match, relation)
    if match.end < len(reading.tokens) and "alone" in reading.tokens[match.end].values:
        context = structs.replace(context, near=context.last)
    told = context if ahead is None else structs.replace(context, ahead=ahead)
    start, end = _interval(op, match, told) or (None, None)
    if ahead and start and relation not in _AHEAD and op in _ANY_YEAR:
        start, end = _nearer(op, match, context, (start, end))
    over = end is not None and context.published is not None and end < context.published
    if op == "month" and relation == "by" and over and start and match.values.get("part") == "end":
        start = start.replace(month=1)
    if op in _STRETCHES and _ranked(reading, match):
        start = end = None
    owns = relation == "since" and _owns(reading, match.end)
    since = relation == "since" and (owns or _tells_when(reading, match))
    relation = "during" if since else relation
    idle = (
        op in _IDLE
        or match.rule.name == "streak"
        or (
            op in _COUNTED
            and context.published is not None
            and start is None
            and not calendar.NAMED & match.values.keys()
        )
    )
    if relation == "since":
        end = None
        before = reading.tokens[max(match.start - _EXTREME, 0) : match.start]
        named = any("rank_noun" in t.values for t in before)
        counted = _since_event(reading, match.start)
        idle = (idle and not counted) or (not named and any(_EXTREMES & t.values.keys() for t in before))
    first, last = reading.tokens[match.start].start, reading.tokens[match.end - 1].end
    period = Period(start=start, end=end, relation=relation, text=reading.text[first:last])
    return TimeRef(match.start, match.end, match.rule.name, period, op in _BASE, idle, since)


def _nearer(op: str, match: Match, context: Context, coming: Interval) -> Interval:
    """Months just over rather than those of the next year: "had expected exports to fall in June", said in July."""
    last = _interval(op, match, structs.replace(context, ahead=False)) or (None, None)
    day, before, after = context.published, last[1], coming[0]
    if day is None or before is None or after is None or last == coming:
        return coming
    return last if (day - before).days <= _JUST_OVER and (after - day).days > _FAR else coming


def _ranked(reading: Reading, match: Match) -> bool:
    """Whether a stretch says how rare something is: "the hottest day in 17 years"."""
    before = reading.tokens[max(match.start - _RANK_REACH, 0) : match.start]
    return any("extreme" in t.values and "move" not in t.values for t in before)


def _interval(op: str, match: Match, context: Context) -> Interval | None:
    """Apply an operation of the calendar; what the calendar cannot hold (the year 12000) has no interval."""
    try:
        found: Interval | None = fiscal.in_iranian(op, match.values, context)
        found = found or _OPERATIONS[op](match.values, context)
    except (ValueError, OverflowError):
        return None
    return found


def _ahead(reading: Reading, match: Match, relation: PeriodRelation) -> bool | None:
    """Whether the words around an expression look ahead or back; "by" and "until" look ahead themselves."""
    if match.end < len(reading.tokens) and "forward" in reading.tokens[match.end].values:
        return True
    first, days_only = max(match.start - _CUE_REACH, 0), match.rule.data["op"] in _TIMED
    cue = None
    if reading.spots.any(first, match.start, *_CUES):
        cue = _cue(reading, range(match.start - 1, first - 1, -1), timetable=days_only)
    last = match.end + _CUE_REACH
    if cue is None and reading.spots.any(match.end, last, *_CUES):
        cue = _cue(reading, range(match.end, min(last, len(reading.tokens))), timetable=False)
    return relation in _AHEAD or None if cue is None else cue


def _cue(reading: Reading, positions: range, *, timetable: bool) -> bool | None:
    """The nearest word that looks ahead or back; a participle behind an auxiliary goes with it: "will be held"."""
    tokens = reading.tokens
    for i in positions:
        token = tokens[i]
        if token.kind == LINE or token.raw in _STOPS:
            return None
        if _looks_ahead(token) or (timetable and "timetable" in token.values):
            return True
        if "past_cue" in token.values or "speech" in token.values:
            return any(_looks_ahead(t) for t in tokens[max(i - _AUXILIARY, 0) : i])
    return None


def _looks_ahead(token: Token) -> bool:
    """Whether a word looks ahead; "May" the month does not."""
    return "future" in token.values and "month" not in token.values


def _tells_when(reading: Reading, match: Match) -> bool:
    """Whether the text goes on about that time itself: "since 2020, when trade came to"."""
    after = reading.tokens[match.end : match.end + 2]
    return any("when_word" in t.values for t in after) and all(
        t.raw == "," or "when_word" in t.values for t in after[:1]
    )


def _owns(reading: Reading, end: int) -> bool:
    """Whether a time owns what is told behind it: "the worst since May's $5 billion gap"."""
    after = reading.tokens[end : end + 1]
    return bool(after) and "possessive" in after[0].values


def _relation(reading: Reading, match: Match) -> PeriodRelation:
    for i in range(match.start - 1, max(match.start - 1 - _LOOK_BACK, -1), -1):
        values = reading.tokens[i].values
        if "relation" in values:
            relation: PeriodRelation = values["relation"]
            return relation
        if "determiner" not in values:
            break
    if match.rule.data["op"] in _OF_EVENTS and _since_event(reading, match.start):
        return "since"
    fixed: PeriodRelation = match.rule.data.get("relation", "during")
    return fixed


def _since_event(reading: Reading, i: int) -> bool:
    """Whether a day is the one of an event since which is counted: "since the pact took effect on May 3"."""
    tokens = reading.tokens
    i -= 1
    while i > 0 and not _BEFORE_DAY.isdisjoint(tokens[i].values):
        i -= 1
    if _EVENTS.isdisjoint(tokens[i].values):
        return False
    for k in range(i - 1, max(i - _EVENT_REACH, -1), -1):
        if tokens[k].raw in ",;." or "num" in tokens[k].values:
            return False
        if "relation" in tokens[k].values:
            return bool(tokens[k].values["relation"] == "since")
    return False
