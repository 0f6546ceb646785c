"""When an amount was first reached: by any printed span of at most twelve months."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from tallyman.model import Noun
from tallyman.reading import Reading

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
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
    found = [
        Crossing(reading=reading, known_on=_first_known(series, reading, amount))
        for reading in _readings(series, indicator, series.parts(indicator), since, until)
        if reading.value >= amount
    ]
    return min(found, key=lambda crossing: (crossing.known_on, crossing.reading.end), default=None)


def best_year(series: Series, indicator: str, *, since: date, until: date | None) -> Reading | None:
    """Return the highest complete year within the same limits."""
    readings = _readings(series, indicator, series.years(indicator), since, until)
    return max(readings, key=lambda reading: reading.value, default=None)


def _readings(
    series: Series, indicator: str, spans: Iterable[Span], since: date, until: date | None
) -> Iterator[Reading]:
    """Yield the levels of those spans, oldest first, that end by ``until`` and after ``since`` or begin in its year."""
    year = since.replace(month=1, day=1)
    for start, end in spans:
        if until is not None and end > until:
            return
        if end > since or start >= year:
            reading = series.level(indicator, start, end)
            if reading is not None:
                yield reading


def _first_known(series: Series, reading: Reading, amount: Decimal) -> date:
    if not reading.printed:
        return reading.known_on
    return min(row.released_on for row in series.prints(reading.rows[0]) if row.value >= amount)
