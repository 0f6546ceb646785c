"""Calendar arithmetic of period rules: captured values and context in, first and last day out.

Every operation is named in the lexicon (``op = "head"``). It returns ``None`` where the context does not
support a date: without the day of the report, "last month" has no interval.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

    from tallyman.areas import FiscalYear

Values = dict[str, Any]
Interval = tuple[date | None, date | None]
_YEAR, _WEEK, _WEEKS = 12, 7, 4
_CENTURY, _APRIL, _HIJRI = 100, 4, 621


class Context(NamedTuple):
    """What relative expressions hang on: the report's day, the year and interval last spoken of, fiscal habits."""

    published: date | None = None
    year: int | None = None
    last: Interval | None = None
    fiscal: FiscalYear | None = None

    @property
    def fiscal_month(self) -> int:
        """The first month of a fiscal year; April where the area is not known to have another."""
        return self.fiscal.month if self.fiscal else _APRIL

    @property
    def fiscal_named_by_end(self) -> bool:
        """Whether "fiscal 2023" ends in 2023."""
        return self.fiscal.named_by_end if self.fiscal else True


def span(year: int, month: int, months: int) -> Interval:
    """Return the interval of ``months`` months from the first day of ``month`` (which may leave 1..12)."""
    first = _add_months(date(year, 1, 1), month - 1)
    return first, _add_months(first, months) - timedelta(days=1)


def shift_years(interval: Interval, years: int) -> Interval:
    """Return the same days ``years`` later; a month's last day stays a month's last day."""
    return tuple(_shift(day, years) if day else None for day in interval)  # type: ignore[return-value]


def _shift(day: date, years: int) -> date:
    last = monthrange(day.year, day.month)[1] == day.day
    return date(day.year + years, day.month, monthrange(day.year + years, day.month)[1] if last else day.day)


def _add_months(day: date, months: int) -> date:
    index = day.year * _YEAR + day.month - 1 + months
    year, month = divmod(index, _YEAR)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _number(v: Values) -> int:
    return int(v["n"] if "n" in v else v.get("spelled", 1))


def _year(v: Values, c: Context) -> int | None:
    if "year" in v:
        return int(v["year"])
    if "rel" in v:
        return c.published.year + int(v["rel"]) if c.published else None
    if "turn" in v:
        base = c.year or (c.published.year if c.published else None)
        return base + int(v["turn"]) if base else None
    if "yw" in v:
        return c.published.year if c.published else c.year
    return None


def _latest(c: Context, make: Callable[[int], Interval], *, partial: float) -> Interval | None:
    """The latest such interval of which at least the share ``partial`` is over on the day of the report."""
    if not c.published:
        return make(c.year) if c.year else None
    first, last = make(c.published.year)
    if not first or not last:
        return None
    over = (c.published - first).days / ((last - first).days + 1)
    return (first, last) if over >= partial else make(c.published.year - 1)


def _in_year(
    v: Values, c: Context, make: Callable[[int], Interval], *, partial: float = 0.7
) -> Interval | None:
    year = _year(v, c)
    if (
        "yw" in v
        and c.year
        and c.published
        and c.year < c.published.year
        and (make(c.published.year)[1] or date.max) > c.published
    ):
        return make(c.year)
    if year is not None:
        return make(year)
    if any(name in v for name in ("rel", "turn", "yw")):
        return None
    return _latest(c, make, partial=partial)


def year(v: Values, c: Context) -> Interval | None:
    """A calendar year."""
    y = _year(v, c)
    return span(y, 1, _YEAR) if y else None


def part_of_year(v: Values, c: Context) -> Interval | None:
    """The end of a year is the year (it is where the year is complete); early, mid and late are thirds."""
    y = _year(v, c) or (c.published.year if c.published else None)
    if not y:
        return None
    return {"early": span(y, 1, 4), "mid": span(y, 5, 4), "late": span(y, 9, 4)}.get(
        v.get("part", ""), span(y, 1, _YEAR)
    )


def head(v: Values, c: Context) -> Interval | None:
    """The first n months, quarters or halves of a year."""
    months = _number(v) * int(v["unit"])
    if int(v.get("first", 1)) != 1 or months > _YEAR:
        return None
    return _in_year(v, c, lambda y: span(y, 1, months))


def tail(v: Values, c: Context) -> Interval | None:
    """The last n months, quarters or halves of a year."""
    months = _number(v) * int(v["unit"])
    return _in_year(v, c, lambda y: span(y, _YEAR + 1 - months, months)) if months <= _YEAR else None


def tail_to(v: Values, c: Context) -> Interval | None:
    """N units that end with a named month."""
    months = _number(v) * int(v["unit"])
    return _in_year(v, c, lambda y: span(y, int(v["m"]) - months + 1, months))


def nth(v: Values, c: Context) -> Interval | None:
    """The nth quarter or half of a year, or the nth month."""
    size, n = int(v["unit"]), int(v["nth"])
    if n * size > _YEAR or size == _YEAR:
        return None
    return _in_year(v, c, lambda y: span(y, 1 + (n - 1) * size, size), partial=0)


def marked(v: Values, c: Context) -> Interval | None:
    """Q1..Q4 and H1, H2."""
    size = 3 if "q" in v else 6
    n = int(v["q"] if "q" in v else v["h"])
    return _in_year(v, c, lambda y: span(y, 1 + (n - 1) * size, size), partial=0)


def month(v: Values, c: Context) -> Interval | None:
    """A named month; the latest one where the text names no year."""
    return _in_year(v, c, lambda y: span(y, int(v["m"]), 1), partial=0)


def months(v: Values, c: Context) -> Interval | None:
    """From one named month to another; the first may lie in the year before."""
    first, last = int(v["m1"]), int(v["m2"])
    length = (last - first) % _YEAR + 1
    return _in_year(v, c, lambda y: span(y, last - length + 1, length))


def months_across(v: Values, c: Context) -> Interval | None:  # noqa: ARG001
    """From a month of one year to a month of another; "April-March 2024-25" too."""
    if "two" in v or "y2" not in v:
        v = {**v, "y2": int(v["y1"]) + 1 - (int(v["m1"]) <= int(v["m2"]))}
    return span(int(v["y1"]), int(v["m1"]), 1)[0], span(int(v["y2"]), int(v["m2"]), 1)[1]


def day(v: Values, c: Context) -> Interval | None:
    """One day; without a year the latest such day, or a coming one within a month of the report."""
    if "dmy" in v:
        d, m, y = (int(x) for x in str(v["dmy"]).split("."))
        return _one_day(y, m, d)
    m = int(v["mm"] if "mm" in v else v["m"])
    y = _year(v, c)
    if y is not None or any(name in v for name in ("rel", "turn", "yw")):
        return _one_day(y, m, int(v["d"])) if y else None
    if not c.published:
        return _one_day(c.year, m, int(v["d"])) if c.year else None
    choices = [i[0] for y in (-1, 0, 1) if (i := _one_day(c.published.year + y, m, int(v["d"]))) and i[0]]
    horizon = c.published + timedelta(days=60)
    found = max((d for d in choices if d <= horizon), default=None)
    return (found, found) if found else None


def _one_day(y: int, m: int, d: int) -> Interval | None:
    try:
        found = date(y, m, d)
    except ValueError:
        return None
    return found, found


def days(v: Values, c: Context) -> Interval | None:
    """From one day to another."""
    last = day({**v, "d": v["d2"]}, c)
    first = day({**v, "m": v.get("m1", v["m"])}, c)
    return (first[0], last[1]) if first and last else None


def years(v: Values, c: Context) -> Interval | None:
    """From one year to another; "2023-24" is one fiscal year where the area has such."""
    y1 = int(v["y1"])
    y2 = int(v["y2"]) if "y2" in v else y1 - y1 % _CENTURY + int(v["two"])
    if y2 == y1 + 1 and c.fiscal:
        return span(y1, c.fiscal.month, _YEAR)
    return (date(y1, 1, 1), date(y2, 12, 31)) if y1 < y2 else None


def fiscal(v: Values, c: Context) -> Interval | None:
    """A fiscal year after the habits of the area: its first month, and which of its two years names it."""
    if "m" in v and "y2" in v:
        return span(int(v["y2"]), int(v["m"]) - _YEAR + 1, _YEAR)
    if "m" in v:
        return _latest(c, lambda y: span(y, int(v["m"]) - _YEAR + 1, _YEAR), partial=0.9)
    if "y1" in v or "t1" in v:
        start = int(v["y1"]) if "y1" in v else 2000 + int(v["t1"])
        end = int(v["y2"]) if "y2" in v else start - start % _CENTURY + int(v["two"])
        return span(start, c.fiscal_month, _YEAR) if end == start + 1 else None
    if "y2" in v or "two" in v:
        named = int(v["y2"]) if "y2" in v else 2000 + int(v["two"])
        return span(named - c.fiscal_named_by_end, c.fiscal_month, _YEAR)
    if not c.published:
        return None
    shift = -1 if "past" in v else 1 if "ahead" in v else 0
    current = c.published.year - (c.published.month < c.fiscal_month)
    return span(current + shift, c.fiscal_month, _YEAR)


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
    months = _number(v) * int(v["unit"]) if "unit" in v else _YEAR
    return start, _add_months(start, months) - timedelta(days=1)


def head_days(v: Values, c: Context) -> Interval | None:
    """The first n days of a month."""
    found = month(v, c)
    return (found[0], found[0] + timedelta(days=_number(v) - 1)) if found and found[0] else None


def within_units(v: Values, c: Context) -> Interval | None:
    """The calendar year in which so many years or months from the report end."""
    if not c.published:
        return None
    return span(_add_months(c.published, int(v["unit"]) * _number(v)).year, 1, _YEAR)


def last_units(v: Values, c: Context) -> Interval | None:
    """A past stretch: one named unit is the calendar one before; several are counted back from the report."""
    if not c.published:
        return None
    if "days" in v:
        n = int(v["days"])
        if _number(v) == 1 and n == _WEEK and "n" not in v:
            monday = c.published - timedelta(days=c.published.weekday() + _WEEK)
            return monday, monday + timedelta(days=_WEEK - 1)
        return c.published - timedelta(days=n * _number(v)), c.published
    size = int(v["unit"])
    if "few" in v:
        return None
    if "n" in v or "spelled" in v or size > _YEAR:
        return _add_months(c.published, -size * _number(v)), c.published
    index = (c.published.month - 1) // size
    return span(c.published.year, 1 + (index - 1) * size, size)


def next_units(v: Values, c: Context) -> Interval | None:
    """A coming stretch, counted from the day of the report."""
    if not c.published or "few" in v:
        return None
    if "days" in v:
        return c.published, c.published + timedelta(days=int(v["days"]) * _number(v))
    return c.published, _add_months(c.published, int(v["unit"]) * _number(v))


def this_unit(v: Values, c: Context) -> Interval | None:
    """The calendar unit in which the report appeared."""
    if not c.published:
        return None
    if "days" in v:
        monday = c.published - timedelta(days=c.published.weekday())
        return (monday, monday + timedelta(days=_WEEK - 1)) if int(v["days"]) == _WEEK else None
    size = int(v["unit"])
    if size > _YEAR:
        return None
    return span(c.published.year, 1 + (c.published.month - 1) // size * size, size)


def units_ago(v: Values, c: Context) -> Interval | None:
    """The calendar unit so many units before the report."""
    if not c.published:
        return None
    if "days" in v:
        n = int(v["days"]) * _number(v)
        then = c.published - timedelta(days=n)
        return then, then
    size = int(v["unit"])
    then = _add_months(c.published, -size * _number(v))
    return span(then.year, then.month, 1) if size < _YEAR else span(then.year, 1, _YEAR)


def same_period(v: Values, c: Context) -> Interval | None:
    """The interval last spoken of, moved to another year; the year before where none is named."""
    if not c.last or not c.last[0] or not c.last[1]:
        return None
    y = _year(v, c)
    named = c.last[0 if c.last[0].year != c.last[1].year and "year" in v else 1]
    return shift_years(c.last, y - named.year if y is not None and named else -1)


def weekday(v: Values, c: Context) -> Interval | None:
    """The nearest such day up to the report; with "next" the first one after it."""
    if not c.published:
        return None
    wanted = int(v["wd"])
    if "ahead" in v:
        found = c.published + timedelta(days=(wanted - c.published.weekday() - 1) % _WEEK + 1)
    else:
        back = (c.published.weekday() - wanted) % _WEEK
        found = c.published - timedelta(days=back)
    return found, found


def day_word(v: Values, c: Context) -> Interval | None:
    """Yesterday, today, tomorrow."""
    if not c.published:
        return None
    found = c.published + timedelta(days=int(v["dw"]))
    return found, found


def decade(v: Values, c: Context) -> Interval | None:  # noqa: ARG001
    """Ten years."""
    y = int(v["decade_year"])
    return (date(y, 1, 1), date(y + 9, 12, 31)) if y % 10 == 0 else None


def year_to_date(v: Values, c: Context) -> Interval | None:
    """From the first day of the year to the day of the report."""
    if "year" in v:
        return date(int(v["year"]), 1, 1), c.published if c.published and c.published.year == v[
            "year"
        ] else None
    return (date(c.published.year, 1, 1), c.published) if c.published else None


def rolling_year(v: Values, c: Context) -> Interval | None:
    """Twelve months up to a named month, or up to the report."""
    if "m" in v:
        return _in_year(v, c, lambda y: span(y, int(v["m"]) - _YEAR + 1, _YEAR))
    return (_add_months(c.published, -_YEAR), c.published) if c.published else None


def season(v: Values, c: Context) -> Interval | None:
    """Three months; winter begins in December."""
    y = _year(v, c)
    return span(y, int(v["season"]), 3) if y else None


def run_of_years(v: Values, c: Context) -> Interval | None:  # noqa: ARG001
    """Several years up to a named one; with a number of years the first is known too."""
    last = int(v["year"])
    counted = "n" in v or "spelled" in v
    return date(last - _number(v) + 1, 1, 1) if counted else None, date(last, 12, 31)


def nothing(v: Values, c: Context) -> Interval | None:  # noqa: ARG001
    """Words of time that date no figure: "its first rise in five months"."""
    return None


def to_month_of_year(v: Values, c: Context) -> Interval | None:
    """From January to a named month."""
    return _in_year(v, c, lambda y: span(y, 1, int(v["m"])))


def year_to_month(v: Values, c: Context) -> Interval | None:
    """Twelve months up to a named month."""
    return _in_year(
        {k: x for k, x in v.items() if k != "yw"}, c, lambda y: span(y, int(v["m"]) - _YEAR + 1, _YEAR)
    )


def fiscal_head(v: Values, c: Context) -> Interval | None:
    """The first months or quarters of a fiscal year."""
    found = fiscal(v, c)
    if not found or not found[0] or int(v["first"]) != 1:
        return None
    return span(found[0].year, found[0].month, _number(v) * int(v["unit"]))


def end_of_decade(v: Values, c: Context) -> Interval | None:  # noqa: ARG001
    """The year that closes the decade, as people say it: 2030."""
    return span(c.published.year + 10 - c.published.year % 10, 1, _YEAR) if c.published else None


def week_of_month(v: Values, c: Context) -> Interval | None:
    """Seven days of a month, counted from its first day."""
    found = month(v, c)
    if not found or not found[0] or int(v["nth"]) > _WEEKS:
        return None
    first = found[0] + timedelta(days=_WEEK * (int(v["nth"]) - 1))
    return first, first + timedelta(days=_WEEK - 1)


def quarters_to(v: Values, c: Context) -> Interval | None:  # noqa: ARG001
    """N quarters that end with a marked one."""
    last = 3 * int(v["q"])
    months = 3 * _number(v)
    return span(int(v["year"]), last - months + 1, months)


def years_to(v: Values, c: Context) -> Interval | None:  # noqa: ARG001
    """N years that end with a named one."""
    last = int(v["year"])
    return date(last - _number(v) + 1, 1, 1), date(last, 12, 31)
