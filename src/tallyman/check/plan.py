"""Which span of time a claim is held against, and by which rule."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import TYPE_CHECKING

from msgspec import structs

from tallyman.check.answer import Answer, silence
from tallyman.check.growth import difference, multiple, points, rate
from tallyman.check.level import at, over_years, run, years_to
from tallyman.check.outlook import not_over, reach
from tallyman.check.rank import record
from tallyman.check.share import portion
from tallyman.model import Comparison
from tallyman.period import MONTHS_IN_YEAR, add_months, calendar_year, last_month_end, month_end, split_years
from tallyman.wording import say
from tallyman.wording import span as words_of

if TYPE_CHECKING:
    from tallyman.check.question import Question
    from tallyman.model import Period
    from tallyman.period import Span
    from tallyman.source import Source

Rule = Callable[["Source", "Question", "Span"], Answer]
_HALF_YEAR = timedelta(days=184)
_FUTURE = ("forecast", "target")
_MEANT_MONTHS = 16  # a year's total is known everywhere four months after the year
_UP_TO = ("by", "before", "until")


def answers(question: Question, found: list[Source]) -> tuple[list[Answer], str]:
    """Return every source's answer, and a note where the text names no period of its own."""
    claim = question.claim
    if claim.modality in _FUTURE and _is_aim(question):
        return [_reached(source, question) for source in found], ""
    start, end = claim.period.start, claim.period.end
    if end is None:
        return _open_ended(question, found, start)
    if claim.modality in _FUTURE and end >= question.as_of:
        when = (start or calendar_year(end.year)[0], end)
        return [not_over(source, question, when) for source in found], ""
    if start is None:
        return [_up_to(source, question, end) for source in found], ""
    span = _known_part(question, found, (start, end))
    return [_spanned(source, question, span) for source in found], ""


def _open_ended(question: Question, found: list[Source], start: date | None) -> tuple[list[Answer], str]:
    if question.claim.modality in _FUTURE:
        text = say("outlook.no_deadline", best="")
        return [silence(source, "outlook.open", text) for source in found], ""
    newest = _newest_year(question, found)
    if newest is None:
        return [_timeless(source, question) for source in found], ""
    if start is not None:
        return [_since(source, question, start, newest) for source in found], ""
    note = say("joined.period_note", span=words_of(*newest), day=question.day)
    return _latest(question, found, newest), note


def _timeless(source: Source, question: Question) -> Answer:
    values = {"indicator": say(f"indicator.{source.indicator}"), "day": question.day}
    return silence(source, "no_period", say("unknown.no_period", provider=source.label, **values))


def _rule(question: Question) -> Rule:
    role = question.claim.role
    if role == "change":
        return difference if question.money else points if question.unit == "pp" else rate
    return {"level": at, "multiple": multiple, "rank": record, "share": portion}[role]


def _is_aim(question: Question) -> bool:
    """Whether what is ahead is an amount to be reached by some day, not the count of one given span."""
    claim, period = question.claim, question.claim.period
    spanned = period.start is not None and period.end is not None and period.relation not in _UP_TO
    if claim.role == "level":
        several = spanned and len(split_years(*_whole(period))) > 1
        return not several and not (spanned and claim.modality == "forecast" and not question.crossing)
    if claim.role == "multiple":
        return claim.comparison is None or claim.comparison.base_start is None
    return claim.role == "change" and (period.start is None or period.start > question.day)


def _whole(period: Period) -> Span:
    return period.start or date.min, period.end or date.min


def _reached(source: Source, question: Question) -> Answer:
    claim = question.claim
    base = claim.comparison.base_value if claim.comparison else None
    amount = None if claim.quantity is None else source.aim(claim.quantity, question.day, base)
    if amount is None:
        return silence(
            source, "outlook.no_base", say("target.no_base", provider=source.label, factor=question.words)
        )
    return reach(source, question, amount, claim.deadline or claim.period.end)


def _spanned(source: Source, question: Question, when: Span) -> Answer:
    rule = _rule(question)
    if rule is at and len(split_years(*when)) > 1:
        return over_years(source, question, when)
    answer = rule(source, question, when)
    if rule is at and question.crossing and answer.label != "supported" and when[0].month > 1:
        to_date = at(source, question, (calendar_year(when[1].year)[0], when[1]))
        return to_date if to_date.label == "supported" else answer
    return answer


def _known_part(question: Question, found: list[Source], when: Span) -> Span:
    """Return a span as it is, or the counted part of one that was under way on the day it was said."""
    start, end = when
    if not start <= question.day <= end or question.claim.modality != "actual":
        return when
    part = last_month_end(question.day)
    while part > start:
        if any(source.counts((start, part), question.currency) for source in found):
            return start, part
        part = part.replace(day=1) - timedelta(days=1)
    return when


def _up_to(source: Source, question: Question, end: date) -> Answer:
    """Answer for a claim that names an end but no start: a run of years for a floor, else one year."""
    rule = _rule(question)
    if rule is at and question.one_sided:
        return run(source, question, years_to(end))
    return rule(source, question, years_to(end)[-1])


def _since(source: Source, question: Question, start: date, newest: Span) -> Answer:
    """Answer for a claim with a start but no end: kept every year since, summed up, or compared with it.

    A change since a day of the running year is that of its months, each against a year earlier.
    """
    rule = _rule(question)
    if rule is at:
        since = (start, newest[1])
        return (
            run(source, question, years)
            if question.one_sided and (years := split_years(*since))
            else at(source, question, since)
        )
    if rule is record:
        return record(source, question, newest)
    if start > newest[1]:
        return rule(source, question, (start, max(last_month_end(question.day), month_end(start))))
    based = Comparison(base_start=calendar_year(start.year)[0], base_end=calendar_year(start.year)[1])
    comparison = question.claim.comparison or based
    if comparison.base_start is None:
        comparison = structs.replace(comparison, base_start=based.base_start, base_end=based.base_end)
    claim = structs.replace(question.claim, comparison=comparison)
    return rule(source, structs.replace(question, claim=claim), newest)


def _newest_year(question: Question, found: list[Source]) -> Span | None:
    """Return the latest complete year that any source knew on the day the claim was said.

    One that ended long before is not what a speaker meant by a figure without a year.
    """
    oldest = add_months(question.day, -_MEANT_MONTHS)
    years = [
        year
        for source in found
        for year in source.years()
        if oldest <= year[1] < question.day and source.known_on(year) <= question.day
    ]
    return max(years, key=lambda year: year[1], default=None)


def _latest(question: Question, found: list[Source], newest: Span) -> list[Answer]:
    """Answer for a claim without a period: the latest complete year; for a floor, the running months too.

    What was "already exceeded" may have been so in the months or the twelve months to the last release.
    """
    rule = _rule(question)
    first = [rule(source, question, _own_year(source, newest)) for source in found]
    if not question.one_sided or rule is not at or any(answer.label == "supported" for answer in first):
        return first
    for span in _running(question, found):
        later = [rule(source, question, span) for source in found]
        if any(answer.label == "supported" for answer in later):
            return later
    return first


def _own_year(source: Source, newest: Span) -> Span:
    """Return the newest year, or the source's own year that ends within half a year of it."""
    near = [year for year in source.years() if abs(year[1] - newest[1]) <= _HALF_YEAR]
    return newest if newest in near or not near else near[-1]


def _running(question: Question, found: list[Source]) -> list[Span]:
    """Return the months of the running year and the twelve months to their end, as known on the day."""
    start, _ = calendar_year(question.day.year)
    end = last_month_end(question.day)
    while end > start:
        if any(source.known_on((start, end)) <= question.day for source in found):
            return [(start, end), (add_months(end, -MONTHS_IN_YEAR) + timedelta(days=1), end)]
        end = end.replace(day=1) - timedelta(days=1)
    return []
