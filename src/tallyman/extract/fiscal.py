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
    from tallyman.extract.sentences import Reading

_YEAR, _QUARTER, _TEN, _CENTURY, _HIJRI = 12, 3, 10, 100, 621
_YEARS = frozenset({"y1", "y2", "t1", "two", "past", "before", "ahead"})
_MONTH, _SHORT_MONTH = 31, 28
_SELDOM, _IRAN, _MARCH, _TURN = (3, 10), "IR", 3, ("20", "21")


def habit(codes: Iterable[str]) -> FiscalYear | None:
    """Return the fiscal year of the first area that has one; those seldom meant only where nobody else has one.

    A year that its beginning names, Japan's, gives way to others: "2014-15" is written elsewhere.
    """
    known = [found for code in codes if (found := areas.fiscal_year(code))]
    return min(known, key=lambda year: (year.month in _SELDOM, not year.named_by_end), default=None)


def fiscal(v: Values, c: Context) -> Interval | None:
    """A fiscal year after the habits of the area: its first month, and which of its two years names it."""
    if "m" in v and "y2" in v:
        return _to_day(v, calendar.span(int(v["y2"]), int(v["m"]) - _YEAR + 1, _YEAR))
    if "m" in v:
        return _to_day(
            v, calendar.latest(c, lambda y: calendar.span(y, int(v["m"]) - _YEAR + 1, _YEAR), partial=0.9)
        )
    if "y1" in v or "t1" in v:
        start = int(v["y1"]) if "y1" in v else 2000 + int(v["t1"])
        end = int(v["y2"]) if "y2" in v else start - start % _CENTURY + int(v["two"])
        return calendar.span(start, c.fiscal_month, _YEAR) if end == start + 1 else None
    if "y2" in v or "two" in v:
        named = int(v["y2"]) if "y2" in v else 2000 + int(v["two"])
        return calendar.span(named - c.fiscal_named_by_end, c.fiscal_month, _YEAR)
    if "before" in v and (spoken := _spoken(c)):
        return calendar.shift_years(spoken, -1)
    if not c.published:
        return None
    shift = -1 if "past" in v or "before" in v else 1 if "ahead" in v else 0
    current = c.published.year - (c.published.month < c.fiscal_month)
    return calendar.span(current + shift, c.fiscal_month, _YEAR)


def _to_day(v: Values, found: Interval | None) -> Interval | None:
    """A year that ends on a day before the end of its last month: "the fiscal year that ended on July 7"."""
    last = found[1] if found else None
    if last is None or int(v.get("d", _MONTH)) >= _SHORT_MONTH:
        return found
    end = last.replace(day=int(v["d"]))
    return calendar.add_months(end, -_YEAR) + timedelta(days=1), end


def _spoken(c: Context) -> Interval | None:
    """The fiscal year that the text has spoken of."""
    whole = [(a, b) for a, b in c.spoken if a and (a, b) == calendar.span(a.year, c.fiscal_month, _YEAR)]
    return whole[-1] if whole else None


def years(v: Values, c: Context) -> Interval | None:
    """From one year to another; "2023-24" is one fiscal year where the area has such."""
    y1 = int(v["y1"])
    if "one" in v:
        y2 = y1 - y1 % _TEN + int(v["one"])
    else:
        y2 = int(v["y2"]) if "y2" in v else y1 - y1 % _CENTURY + int(v["two"])
    if y2 == y1 + 1 and c.fiscal:
        return calendar.span(y1, c.fiscal.month, _YEAR)
    return years_apart({"y1": y1, "y2": y2}, c)


def years_apart(v: Values, c: Context) -> Interval | None:  # noqa: ARG001
    """From one calendar year to another, in words that tell them apart: "between 2015 and 2016"."""
    y1, y2 = int(v["y1"]), int(v["y2"])
    return (date(y1, 1, 1), date(y2, 12, 31)) if y1 < y2 else None


def fiscal_head(v: Values, c: Context) -> Interval | None:
    """The first months or quarters of a fiscal year."""
    found = fiscal(v, c)
    if not found or not found[0] or int(v.get("first", 1)) != 1:
        return None
    return calendar.span(found[0].year, found[0].month, calendar.number(v) * int(v["unit"]))


def fiscal_part(v: Values, c: Context) -> Interval | None:
    """The nth quarter or half of a fiscal year; the latest that has begun where none is named."""
    found = fiscal({name: value for name, value in v.items() if name != "unit"}, c)
    size = int(v.get("unit", _QUARTER))
    n = int(v["q"] if "q" in v else v["nth"])
    if not found or not found[0] or n * size > _YEAR:
        return None
    part = calendar.span(found[0].year, found[0].month + (n - 1) * size, size)
    ahead = not _YEARS & v.keys() and c.published and part[0] and part[0] > c.published and not c.ahead
    return calendar.shift_years(part, -1) if ahead else part


def fiscal_months(v: Values, c: Context) -> Interval | None:
    """Named months of a fiscal year: "April-January FY23"."""
    found = fiscal({name: value for name, value in v.items() if name != "m"}, c)
    if not found or not found[0] or not found[1]:
        return None
    first, last = int(v["m1" if "m1" in v else "m"]), int(v["m2" if "m2" in v else "m"])
    year = found[0].year + (first < found[0].month)
    return calendar.span(year, first, (last - first) % _YEAR + 1)


def same_period(v: Values, c: Context) -> Interval | None:
    """The interval last spoken of, moved into another year, which may be a fiscal one."""
    if not {"y1", "y2", "two"} & v.keys():
        return calendar.same_period(v, c)
    named, first = fiscal(v, c), c.last[0] if c.last else None
    if not named or not named[0] or not first or not c.last:
        return None
    spoken = first.year - (first.month < c.fiscal_month)
    return calendar.shift_years(c.last, named[0].year - spoken)


def counts_iranian(reading: Reading, codes: Iterable[str]) -> bool:
    """Whether a text about Iran counts in Iranian years: it names them, or the day in March when they turn."""
    if _IRAN not in codes:
        return False
    tokens = reading.tokens
    return any(
        "iranian_year" in t.values
        or (int(t.values.get("month", 0)) == _MARCH and i + 1 < len(tokens) and tokens[i + 1].raw in _TURN)
        for i, t in enumerate(tokens)
    )


def iranian(v: Values, c: Context) -> Interval | None:
    """The Iranian year, 21 March to 20 March (within a day, by leap year), its first months, or a part of it."""
    over = "past" in v or ("to" in v and not c.ahead)
    if "hijri" in v:
        first = int(v["hijri"]) + _HIJRI
    elif "ended" in v:
        first = int(v["ended"]) - 1
    elif c.published:
        first = c.published.year - (c.published < date(c.published.year, _MARCH, 21)) - over
    else:
        return None
    start = date(first, _MARCH, 21)
    months = calendar.number(v) * int(v.get("unit", _YEAR))
    if "nth" in v:
        start = calendar.add_months(start, months * (int(v["nth"]) - 1))
    return start, calendar.add_months(start, months) - timedelta(days=1)


def iranian_to_date(v: Values, c: Context) -> Interval | None:
    """From the first day of the Iranian year to the day of the report."""
    start, _ = iranian(v, c) or (None, None)
    return (start, c.published) if start else None


def in_iranian(op: str, v: Values, c: Context) -> Interval | None:
    """What an expression with "this year", "last year" or "the year" means in a text that counts in Iranian years."""
    shift = int(v.get("rel", 0))
    if not c.iranian or op not in _IRANIAN or shift not in (0, -1) or not {"rel", "yw"} & v.keys():
        return None
    kept = {name: value for name, value in v.items() if name in ("n", "spelled", "unit", "nth")}
    return _IRANIAN[op](kept | ({"past": True} if shift else {}), c)


_IRANIAN = {
    "year": iranian,
    "head": iranian,
    "nth": iranian,
    "part_of_year": iranian,
    "year_to_date": iranian_to_date,
}
