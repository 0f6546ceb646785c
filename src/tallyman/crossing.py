"""When an amount was first reached: by any printed span of at most twelve months."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from tallyman.model import Noun
from tallyman.period import MONTHS_IN_YEAR, whole_months
from tallyman.reading import Reading

if TYPE_CHECKING:
    from decimal import Decimal

    from tallyman.period import Span
    from tallyman.series import Series


class Crossing(Noun, frozen=True, kw_only=True):
    """The first reading at or above an amount, and the first day the world could know it."""

    reading: Reading
    known_on: date


def first_crossing(
    series: Series, indicator: str, amount: Decimal, *, since: date, until: date | None
) -> Crossing | None:
    """Return how an annual amount was first known to be reached after ``since`` and by ``until``.

    A span of eleven months that reaches the amount reaches it for the year. Spans that were over before
    ``since`` count only if they began in its year, for a target is about the year in which it is set.
    """
    found = []
    for span in series.spans(indicator):
        if not _counts(span, since, until):
            continue
        reading = series.level(indicator, *span)
        if reading is not None and reading.value >= amount:
            found.append(Crossing(reading=reading, known_on=_first_known(series, reading, amount)))
    return min(found, key=lambda crossing: (crossing.known_on, crossing.reading.end), default=None)


def best_year(series: Series, indicator: str, *, since: date, until: date | None) -> Reading | None:
    """Return the highest complete year within the same limits."""
    years = [span for span in series.years(indicator) if _counts(span, since, until)]
    readings = [reading for span in years if (reading := series.level(indicator, *span)) is not None]
    return max(readings, key=lambda reading: reading.value, default=None)


def _counts(span: Span, since: date, until: date | None) -> bool:
    start, end = span
    months = whole_months(start, end)
    if months is None or months > MONTHS_IN_YEAR or (until is not None and end > until):
        return False
    return end > since or start >= since.replace(month=1, day=1)


def _first_known(series: Series, reading: Reading, amount: Decimal) -> date:
    if not reading.printed:
        return reading.known_on
    return min(row.released_on for row in series.prints(reading.rows[0]) if row.value >= amount)
