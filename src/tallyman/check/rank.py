"""Ranks: the highest or lowest level or growth on record. A rank among partners cannot be measured here."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from tallyman.check.answer import Answer, answered, silence
from tallyman.check.level import missing
from tallyman.model import Noun, Observation
from tallyman.period import is_year, previous_year
from tallyman.wording import figure, growth, released, say, span

if TYPE_CHECKING:
    from datetime import date

    from tallyman.check.question import Question
    from tallyman.model import Label
    from tallyman.period import Span
    from tallyman.source import Source

LEAST_EARLIER = 3
RECORD_GROWTH = "record_growth"
RECORD_LOW = "record_low"
AMONG_PARTNERS = "among_partners"
KINDS = ("record", RECORD_GROWTH, RECORD_LOW, AMONG_PARTNERS)


class Mark(Noun, frozen=True, kw_only=True):
    """A value on record and the rows it stands on."""

    value: Decimal
    words: str
    rows: tuple[Observation, ...]


def record(source: Source, question: Question, when: Span) -> Answer:
    """Hold "record high" against all earlier spans of the same months; at least three must be known."""
    kind = rank_kind(question)
    if kind is None:
        return silence(source, "rank.unread", say("rank.unread"))
    if kind == AMONG_PARTNERS:
        return silence(source, "rank.partners", say("rank.unmeasured"))
    marks = {
        year: mark for year in _same_months(source, when) if (mark := _mark(source, question, year, kind))
    }
    latest = marks.pop(when, None)
    if latest is None:
        return missing(source, question, when)
    earlier = {year: mark for year, mark in marks.items() if year[1] < when[1] and _after(question, year)}
    sign = -1 if kind == RECORD_LOW else 1
    rival = max(earlier.items(), key=lambda item: sign * item[1].value, default=None)
    values = _values(source, kind, when, latest, earlier)
    if rival is not None and sign * rival[1].value >= sign * latest.value:
        text = say("rank.beaten", rival=rival[1].words, rival_span=span(*rival[0]), **values)
        return _decide(source, fits=False, text=text, marks=(latest, rival[1]))
    least = _least(question, when)
    if len(earlier) < least:
        return silence(source, "rank.short", say("rank.short", least=least, **values), latest.rows)
    text = say("rank.low" if kind == RECORD_LOW else "rank.record", **values)
    return _decide(source, fits=True, text=text, marks=(latest, *earlier.values()))


def rank_kind(question: Question) -> str | None:
    """Return which rank is claimed, as the cue of the role names it; None for one that nobody can read."""
    named = [cue.rule.rpartition(".")[2] for cue in question.claim.cues if cue.field == "role"]
    return next((name for name in named if name in KINDS), None)


def _since(question: Question) -> date | None:
    """Return the first day of the year that "the highest since 2018" names."""
    period, comparison = question.claim.period, question.claim.comparison
    if comparison is not None and comparison.base_start is not None:
        return comparison.base_start
    return period.start if period.end is None else None


def _after(question: Question, year: Span) -> bool:
    since = _since(question)
    return since is None or year[0] > since


def _least(question: Question, when: Span) -> int:
    since = _since(question)
    return LEAST_EARLIER if since is None else max(1, when[0].year - since.year - 1)


def _same_months(source: Source, when: Span) -> list[Span]:
    spans = [when]
    first = source.series.first_day(source.indicator)
    while first is not None and spans[-1][0] > first:
        spans.append(previous_year(*spans[-1]))
    return spans


def _mark(source: Source, question: Question, when: Span, kind: str) -> Mark | None:
    if kind == RECORD_GROWTH:
        rows = source.growth(when, question.currency)
        return Mark(value=rows[-1].value, words=growth(rows[-1].value), rows=(rows[-1],)) if rows else None
    reading = source.level(when)
    if reading is None:
        return None
    return Mark(value=reading.value, words=figure(reading.value, source.series.unit), rows=reading.rows)


def _values(
    source: Source, kind: str, when: Span, latest: Mark, earlier: dict[Span, Mark]
) -> dict[str, object]:
    indicator = say(f"indicator.{source.indicator}")
    return {
        "provider": source.label,
        "indicator": say("rank.growth_indicator", indicator=indicator)
        if kind == RECORD_GROWTH
        else indicator,
        "span": span(*when),
        "value": latest.words,
        "released": released(latest.rows),
        "count": len(earlier),
        "kind": say("rank.years" if is_year(*when) else "rank.spans"),
        "since": min((year[1].year for year in earlier), default=when[1].year),
    }


def _decide(source: Source, *, fits: bool, text: str, marks: tuple[Mark, ...]) -> Answer:
    rows = [row for mark in marks for row in mark.rows]
    label: Label = "supported" if fits else "refuted"
    return answered(source, label, "rank.record", text, rows=rows, observed=marks[0].value)
