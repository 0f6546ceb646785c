"""Calendar arithmetic on fiscal and Iranian years; see ``calendar.py``."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from tallyman import areas
from tallyman.extract import calendar

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tallyman.areas import FiscalYear
    from tallyman.extract.calendar import Context, Interval, Values

_YEAR, _QUARTER, _CENTURY, _HIJRI, _OCTOBER = 12, 3, 100, 621, 10


def habit(codes: Iterable[str]) -> FiscalYear | None:
    """Return the fiscal year of the first area that has one; October's, seldom meant, only where it is alone."""
    known = [found for code in codes if (found := areas.fiscal_year(code))]
    return min(known, key=lambda year: year.month == _OCTOBER, default=None)


def fiscal(v: Values, c: Context) -> Interval | None:
    """A fiscal year after the habits of the area: its first month, and which of its two years names it."""
    if "m" in v and "y2" in v:
        return calendar.span(int(v["y2"]), int(v["m"]) - _YEAR + 1, _YEAR)
    if "m" in v:
        return calendar.latest(c, lambda y: calendar.span(y, int(v["m"]) - _YEAR + 1, _YEAR), partial=0.9)
    if "y1" in v or "t1" in v:
        start = int(v["y1"]) if "y1" in v else 2000 + int(v["t1"])
        end = int(v["y2"]) if "y2" in v else start - start % _CENTURY + int(v["two"])
        return calendar.span(start, c.fiscal_month, _YEAR) if end == start + 1 else None
    if "y2" in v or "two" in v:
        named = int(v["y2"]) if "y2" in v else 2000 + int(v["two"])
        return calendar.span(named - c.fiscal_named_by_end, c.fiscal_month, _YEAR)
    if not c.published:
        return None
    shift = -1 if "past" in v else 1 if "ahead" in v else 0
    current = c.published.year - (c.published.month < c.fiscal_month)
    return calendar.span(current + shift, c.fiscal_month, _YEAR)


def fiscal_head(v: Values, c: Context) -> Interval | None:
    """The first months or quarters of a fiscal year."""
    found = fiscal(v, c)
    if not found or not found[0] or int(v["first"]) != 1:
        return None
    return calendar.span(found[0].year, found[0].month, calendar.number(v) * int(v["unit"]))


def fiscal_part(v: Values, c: Context) -> Interval | None:
    """The nth quarter or half of a fiscal year."""
    found = fiscal({name: value for name, value in v.items() if name != "unit"}, c)
    size = int(v.get("unit", _QUARTER))
    n = int(v["q"] if "q" in v else v["nth"])
    if not found or not found[0] or n * size > _YEAR:
        return None
    return calendar.span(found[0].year, found[0].month + (n - 1) * size, size)


def iranian(v: Values, c: Context) -> Interval | None:
    """The Iranian year, 21 March to 20 March (within a day, by leap year), or its first months."""
    if "hijri" in v:
        first = int(v["hijri"]) + _HIJRI
    elif "ended" in v:
        first = int(v["ended"]) - 1
    elif c.published:
        first = c.published.year - (c.published < date(c.published.year, 3, 21)) - ("past" in v)
    else:
        return None
    start = date(first, 3, 21)
    months = calendar.number(v) * int(v["unit"]) if "unit" in v else _YEAR
    return start, calendar.add_months(start, months) - timedelta(days=1)
