"""Levels: an amount in a span, over several years, in the year under way or in a run of years."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from msgspec import structs

from tallyman.check.answer import Answer, decided, silence
from tallyman.period import MONTHS_IN_YEAR, add_months, previous_year, split_years
from tallyman.reading import agreement, superseded
from tallyman.wording import figure, released, say, span, total

if TYPE_CHECKING:
    from datetime import date

    from tallyman.check.question import Question
    from tallyman.period import Span
    from tallyman.reading import Reading
    from tallyman.source import Source

FREIGHT = Decimal("0.10")  # the margin of partners' counts of one flow; 10 % was the IMF's CIF/FOB convention
LEAST_RUN = 3


def at(source: Source, question: Question, when: Span) -> Answer:
    """Hold a level against what a provider counts for one span, else against what reports say it printed."""
    reading = source.level(when) or source.quoted(when)
    if reading is None:
        return missing(source, question, when)
    counted = "level.printed" if reading.printed else "level.computed"
    rule = "level.converted" if source.converted else counted
    return compare(source, question, reading, rule)


def compare(source: Source, question: Question, reading: Reading, rule: str) -> Answer:
    """Hold a claim's interval against a reading, with the margin that revisions and mirrors leave."""
    counted = count_text(source, reading)
    fits = matches(source, question, reading)
    widened = question.interval.widened(abs(reading.value) * FREIGHT)
    if fits is None:
        quoted = reading.rows[0].release_kind == "second_hand"
        rule = "level.second_hand" if quoted else "level.too_round"
        return silence(source, rule, say(rule, counted=counted, figure=question.words), reading.rows)
    if source.converted and not fits:
        text = say("level.converted_differs", counted=counted, figure=question.words)
        return silence(source, "level.converted", text, reading.rows)
    if source.mirrored and not fits and widened.holds(reading.value):
        text = say("level.within_margin", counted=counted, figure=question.words)
        return silence(source, "level.mirror", text, reading.rows)
    return decided(
        source, question, fits=fits, rule=rule, counted=counted, observed=reading.value, rows=reading.rows
    )


def matches(source: Source, question: Question, reading: Reading) -> bool | None:
    """Tell whether a reading fits the claim; None if the reading is too round to say.

    A printed number is taken at its word, unless the claim is written more precisely than the print or the
    source itself rounded; a computed number with the rounding of its terms.
    """
    interval = question.interval.widened(source.slack(reading))
    row = reading.terms[0].row
    loose = row.status in ("rounded", "converted") or row.release_kind == "second_hand" or source.converted
    at_its_word = not loose and question.step >= (row.step or 0)
    if reading.printed and at_its_word:
        return interval.holds(reading.value)
    return agreement(interval, reading.value, reading.span, reading.rows)


def count_text(source: Source, reading: Reading) -> str:
    """Return what a provider counted, when it was known and how it was reckoned."""
    unit = source.series.unit
    first = superseded(source.series.prints(reading.terms[0].row))[:1] if reading.printed else []
    return say(
        "level.counted",
        provider=source.label,
        indicator=say(f"indicator.{source.indicator}"),
        span=span(reading.start, reading.end),
        value=figure(reading.value, source.unit),
        at_rates=source.at_rates(reading),
        released=released(reading.rows),
        arithmetic="" if reading.printed else say("level.arithmetic", sum=total(reading, unit)),
        earlier="".join(
            say("level.earlier", value=figure(row.value, unit), day=row.released_on) for row in first
        ),
        mirror=say("level.mirror", margin=int(FREIGHT * 100)) if source.mirrored else "",
    )


def missing(source: Source, question: Question, when: Span) -> Answer:
    """Answer that a provider has no number for a span, and whether a suspect one exists."""
    values = {
        "provider": source.label,
        "indicator": say(f"indicator.{source.indicator}"),
        "span": span(*when),
        "day": question.as_of,
    }
    unrated = source.unrated(when)
    if unrated is not None:
        counted = figure(unrated.value, source.series.unit)
        text = say("unknown.no_rate", counted=counted, unit=source.unit, other=source.series.unit, **values)
        return silence(source, "no_rate", text, unrated.rows)
    suspects = source.series.suspects(source.indicator, *when)
    if suspects:
        row = suspects[-1]
        text = say(
            "unknown.suspect", value=figure(row.value, row.unit), note=row.note or row.status, **values
        )
        return silence(source, "suspect", text, suspects)
    return silence(source, "not_released", say("unknown.not_released", **values))


def over_years(source: Source, question: Question, when: Span) -> Answer:
    """Hold an amount over several years against their sum; "more than" also against every single year."""
    whole = at(source, question, when)
    if whole.label == "supported" or not question.one_sided:
        return whole
    each = run(source, question, split_years(*when))
    return each if each.label == "supported" else whole


def run(source: Source, question: Question, years: list[Span]) -> Answer:
    """Hold a level kept for years against every one of them.

    "Above $100 billion for several years, even in 2020" is true if 2018, 2019 and 2020 were all above it.
    """
    kept = structs.replace(question, interval=question.interval.one_sided())
    readings = [reading for year in years if (reading := source.level(year)) is not None]
    for reading in reversed(readings):
        if not matches(source, kept, reading):
            return compare(source, kept, reading, "level.run")
    if len(readings) < len(years):
        text = say(
            "run.short", provider=source.label, count=len(readings), span=span(*years[-1]), least=len(years)
        )
        return silence(source, "level.run", text)
    lowest = min(readings, key=lambda reading: reading.value)
    rows = [row for reading in readings for row in reading.rows]
    figures = (
        f"{figure(reading.value, source.unit)} ({span(reading.start, reading.end)}{source.at_rates(reading)})"
        for reading in readings
    )
    counted = say(
        "run.counted",
        provider=source.label,
        indicator=say(f"indicator.{source.indicator}"),
        values=", ".join(figures),
    )
    return decided(
        source, kept, fits=True, rule="level.run", counted=counted, observed=lowest.value, rows=rows
    )


def years_to(end: date) -> list[Span]:
    """Return the fewest years that "several years" can mean, the last one ending on ``end``."""
    last = (add_months(end, -MONTHS_IN_YEAR) + timedelta(days=1), end)
    earlier = [last]
    while len(earlier) < LEAST_RUN:
        earlier.insert(0, previous_year(*earlier[0]))
    return earlier
