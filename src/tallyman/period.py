"""Calendar arithmetic on inclusive day spans: whole months, years, fiscal and running years.

>>> previous_year(date(2023, 1, 1), date(2023, 11, 30))
(datetime.date(2022, 1, 1), datetime.date(2022, 11, 30))
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

MONTHS_IN_YEAR = 12
Span = tuple[date, date]


def calendar_year(year: int) -> Span:
    """Return the first and the last day of a year."""
    return date(year, 1, 1), date(year, 12, 31)


def month_end(day: date) -> date:
    """Return the last day of the month that holds ``day``."""
    return add_months(day.replace(day=1), 1) - timedelta(days=1)


def add_months(day: date, count: int) -> date:
    """Return the day ``count`` months later; the last day of a month stays a last day.

    >>> add_months(date(2024, 2, 29), 12)
    datetime.date(2025, 2, 28)
    """
    total = day.year * MONTHS_IN_YEAR + day.month - 1 + count
    first = date(total // MONTHS_IN_YEAR, total % MONTHS_IN_YEAR + 1, 1)
    if day.day == 1:
        return first
    last = _last_day(first)
    return first.replace(day=last if day.day == _last_day(day) else min(day.day, last))


def _last_day(day: date) -> int:
    following = date(day.year + day.month // MONTHS_IN_YEAR, day.month % MONTHS_IN_YEAR + 1, 1)
    return (following - timedelta(days=1)).day


@lru_cache(maxsize=4096)
def whole_months(start: date, end: date) -> int | None:
    """Return how many whole calendar months a span covers, or None if it cuts one.

    >>> whole_months(date(2021, 1, 1), date(2021, 4, 30))
    4
    """
    if start.day != 1 or end != month_end(end) or end < start:
        return None
    return months_between(start, end) + 1


def months_between(earlier: date, later: date) -> int:
    """Return the number of month boundaries from one day to another; negative if ``later`` comes first."""
    return (later.year - earlier.year) * MONTHS_IN_YEAR + later.month - earlier.month


def previous_year(start: date, end: date) -> Span:
    """Return the same span one year earlier."""
    return add_months(start, -MONTHS_IN_YEAR), add_months(end, -MONTHS_IN_YEAR)


def span_before(start: date, end: date) -> Span:
    """Return the span of as many whole months right before one; of as many days if it cuts a month.

    >>> span_before(date(2021, 4, 1), date(2021, 4, 30))
    (datetime.date(2021, 3, 1), datetime.date(2021, 3, 31))
    """
    last = start - timedelta(days=1)
    months = whole_months(start, end)
    return (start - (end - start) - timedelta(days=1) if months is None else add_months(start, -months)), last


def is_year(start: date, end: date) -> bool:
    """Tell whether a span is twelve whole months: a calendar, fiscal or running year."""
    return whole_months(start, end) == MONTHS_IN_YEAR


def is_year_to_date(start: date, end: date) -> bool:
    """Tell whether a span is the first months of a calendar year, but not all of it."""
    months = whole_months(start, end)
    return start.month == 1 and months is not None and months < MONTHS_IN_YEAR


def split_years(start: date, end: date) -> list[Span]:
    """Return the twelve-month years a span consists of; an empty list if it is not made of whole years.

    >>> [first.year for first, _ in split_years(date(2018, 1, 1), date(2020, 12, 31))]
    [2018, 2019, 2020]
    """
    months = whole_months(start, end)
    if months is None or months % MONTHS_IN_YEAR:
        return []
    starts = [add_months(start, MONTHS_IN_YEAR * index) for index in range(months // MONTHS_IN_YEAR)]
    return [(first, add_months(first, MONTHS_IN_YEAR) - timedelta(days=1)) for first in starts]


def last_month_end(day: date) -> date:
    """Return the last day of the latest month that is over on ``day``."""
    return day if day == month_end(day) else day.replace(day=1) - timedelta(days=1)
