"""What was said of the future: decided when its time is over, or as soon as the amount is reached."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tallyman.check.answer import Answer, answered, gap, silence
from tallyman.crossing import best_year, first_crossing
from tallyman.wording import say, span

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal

    from tallyman.check.question import Question
    from tallyman.period import Span
    from tallyman.reading import Reading
    from tallyman.source import Source


def reach(source: Source, question: Question, amount: Decimal, deadline: date | None) -> Answer:
    """Hold "to reach an amount by a day" against every span known up to that day."""
    since = question.day
    crossing = first_crossing(source.series, source.indicator, amount, since=since, until=deadline)
    if crossing is not None:
        text = say("outlook.reached", figure=question.words, **source.words(crossing.reading))
        reading = crossing.reading
        return answered(
            source, "supported", "outlook.reached", text, rows=reading.rows, observed=reading.value
        )
    best = best_year(source.series, source.indicator, since=since, until=deadline)
    if deadline is None or deadline >= question.as_of:
        return silence(
            source, "outlook.open", _open(source, question, best, deadline), best.rows if best else ()
        )
    if best is None or not source.covers(deadline):
        return silence(source, "outlook.unknown", source.uncovered(deadline))
    short = best.value - amount
    text = say(
        "outlook.never",
        deadline=deadline,
        figure=question.words,
        gap=gap(question, short, best.value, source.series.unit),
        **source.words(best),
    )
    return answered(
        source, "refuted", "outlook.never", text, rows=best.rows, observed=best.value, deviation=short
    )


def not_over(source: Source, question: Question, when: Span) -> Answer:
    """Answer that a period is still under way, with what is known of it so far."""
    so_far = source.series.to_date(source.indicator, *when)
    text = say(
        "outlook.ahead",
        span=span(*when),
        day=question.as_of,
        so_far="" if so_far is None else say("outlook.so_far", **source.words(so_far)),
    )
    return silence(source, "outlook.ahead", text, so_far.rows if so_far else ())


def _open(source: Source, question: Question, best: Reading | None, deadline: date | None) -> str:
    best_text = "" if best is None else say("outlook.best", **source.words(best))
    if deadline is None:
        return say("outlook.no_deadline", best=best_text)
    return say("outlook.deadline_ahead", deadline=deadline, day=question.as_of, best=best_text)
