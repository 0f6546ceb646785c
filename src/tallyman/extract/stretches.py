"""Calendar arithmetic on stretches of time counted from the report or to a named end; see ``calendar.py``."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from tallyman.extract import calendar

if TYPE_CHECKING:
    from tallyman.extract.calendar import Context, Interval, Values

_YEAR, _QUARTER, _WEEK, _FORTNIGHT, _MONTH, _JUST_OVER = 12, 3, 7, 14, 31, 75


def within_units(v: Values, c: Context) -> Interval | None:
    """The calendar year in which so many years or months from the report end."""
    if not c.published:
        return None
    return calendar.span(calendar.add_months(c.published, int(v["unit"]) * calendar.number(v)).year, 1, _YEAR)


def last_units(v: Values, c: Context) -> Interval | None:
    """A past stretch: one named unit is the calendar one before; several are counted back from the report."""
    if not c.published or "few" in v:
        return None
    if "hours" in v:
        return c.published - timedelta(days=-(-calendar.number(v) // int(v["hours"]))), c.published
    if "days" in v:
        n = int(v["days"])
        if calendar.number(v) == 1 and n == _WEEK and "n" not in v:
            monday = c.published - timedelta(days=c.published.weekday() + _WEEK)
            return monday, monday + timedelta(days=_WEEK - 1)
        return c.published - timedelta(days=n * calendar.number(v)), c.published
    size = int(v["unit"])
    if "before" in v and (earlier := _just_before(size * calendar.number(v), c)) is not None:
        return earlier
    if "n" in v or "spelled" in v or size > _YEAR:
        if (named := _named_before(size * calendar.number(v), c)) is not None:
            return named
        return calendar.add_months(c.published, -size * calendar.number(v)), c.published
    index = (c.published.month - 1) // size
    return calendar.span(c.published.year, 1 + (index - 1) * size, size)


def spoken_period(v: Values, c: Context) -> Interval | None:
    """The time last spoken of: "in the period under review"; in the year named, if any."""
    if c.undated or not c.last or not c.last[1]:
        return None
    last, year = _counted(c) or _ended(c) or c.last, calendar.named_year(v, c)
    return last if year is None or not last[1] else calendar.shift_years(last, year - last[1].year)


def _counted(c: Context) -> Interval | None:
    """The part of a year not over that the text has counted: "in January-May it rose; it leads in 2022"."""
    first, last = c.last or (None, None)
    if not (first and last and c.published) or last < c.published:
        return None
    return next(
        (one for one in reversed(c.spoken) if one[0] == first and one[1] and one[1] < c.published), None
    )


def _ended(c: Context) -> Interval | None:
    """The months told before that end with the one last spoken of: "in January-May; in May; over the period"."""
    first, last = c.last or (None, None)
    if not (first and last) or (last - first).days >= _MONTH:
        return None
    return next((one for one in reversed(c.spoken) if one[1] == last and one[0] and one[0] < first), None)


def _just_before(months: int, c: Context) -> Interval | None:
    """As many months right before the latest such: "it rose in May-July, after a fall in the previous three months"."""
    same = [a for a, b in c.spoken if a and b and 0 <= (calendar.add_months(a, months) - b).days <= 1]
    return (calendar.add_months(max(same), -months), max(same) - timedelta(days=1)) if same else None


def _named_before(months: int, c: Context) -> Interval | None:
    """The calendar months just over that the text has named: "in January-May it rose; in the past five months"."""
    for first, last in reversed(c.spoken):
        if not (first and last and c.published) or first.day != 1:
            continue
        fits = calendar.add_months(first, months) - timedelta(days=1) == last
        if fits and 0 < (c.published - last).days <= _JUST_OVER:
            return first, last
    return None


def next_units(v: Values, c: Context) -> Interval | None:
    """A coming stretch, counted from the day of the report; one named unit is the calendar one after."""
    if not c.published or "few" in v:
        return None
    if "whole" in v and "days" in v:
        monday = c.published + timedelta(days=_WEEK - c.published.weekday())
        return (monday, monday + timedelta(days=_WEEK - 1)) if int(v["days"]) == _WEEK else None
    if "days" in v:
        return c.published, c.published + timedelta(days=int(v["days"]) * calendar.number(v))
    size = int(v["unit"])
    if "whole" in v and size <= _YEAR:
        return calendar.span(c.published.year, 1 + ((c.published.month - 1) // size + 1) * size, size)
    return c.published, calendar.add_months(c.published, size * calendar.number(v))


def in_units(v: Values, c: Context) -> Interval | None:
    """So many days from the report, where the words before do not look back: "in 12 days"."""
    return None if c.ahead is False else next_units(v, c)


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
    return calendar.span(c.published.year, 1 + (c.published.month - 1) // size * size, size)


def units_ago(v: Values, c: Context) -> Interval | None:
    """The calendar unit so many units before the report."""
    if "then" in v and int(v.get("unit", 0)) == _YEAR and c.last and _has_begun(c):
        return calendar.shift_years(c.last, -calendar.number(v))
    if not c.published:
        return None
    if "days" in v:
        base = (c.day or c.published) if "then" in v else c.published
        then = base - timedelta(days=int(v["days"]) * calendar.number(v))
        return then, then
    size = int(v["unit"])
    if "part" in v:
        size = size // 2
    then = calendar.add_months(c.published, -size * calendar.number(v))
    return calendar.span(then.year, then.month, 1) if size < _YEAR else calendar.span(then.year, 1, _YEAR)


def unit_spoken(v: Values, c: Context) -> Interval | None:
    """The latest month, quarter or half that the text has spoken of; the month of days that it has spoken of."""
    size = int(v["unit"])
    same = [(a, b) for a, b in c.spoken if a and b and calendar.add_months(a, size) - timedelta(days=1) == b]
    if same or size > 1:
        return max(same, default=None)
    days = [a for a, b in c.spoken if a and b and (b - a).days <= _FORTNIGHT]
    return calendar.span(max(days).year, max(days).month, 1) if days else None


def _has_begun(c: Context) -> bool:
    """Whether what was last spoken of has begun when the report appears."""
    first = c.last[0] if c.last else None
    return first is not None and (c.published is None or first <= c.published)


def rolling_year(v: Values, c: Context) -> Interval | None:
    """Twelve months up to a named month, or up to the report."""
    if "m" in v:
        return calendar.in_year(v, c, lambda y: calendar.span(y, int(v["m"]) - _YEAR + 1, _YEAR))
    return (calendar.add_months(c.published, -_YEAR), c.published) if c.published else None


def run_of_years(v: Values, c: Context) -> Interval | None:  # noqa: ARG001
    """Several years up to a named one; with a number of years the first is known too."""
    last = int(v["year"])
    counted = "n" in v or "spelled" in v
    return date(last - calendar.number(v) + 1, 1, 1) if counted else None, date(last, 12, 31)


def years_to(v: Values, c: Context) -> Interval | None:  # noqa: ARG001
    """N years that end with a named one."""
    last = int(v["year"])
    return date(last - calendar.number(v) + 1, 1, 1), date(last, 12, 31)


def quarters_to(v: Values, c: Context) -> Interval | None:  # noqa: ARG001
    """N quarters that end with a marked one."""
    last = 3 * int(v["q"])
    months = 3 * calendar.number(v)
    return calendar.span(int(v["year"]), last - months + 1, months)


def unit_before(v: Values, c: Context) -> Interval | None:
    """The month or quarter before the latest such spoken of."""
    return _beside(v, c, -1)


def unit_after(v: Values, c: Context) -> Interval | None:
    """The month or quarter after the one last spoken of."""
    return _beside(v, c, 1)


def _beside(v: Values, c: Context, shift: int) -> Interval | None:
    size = int(v["unit"])
    told = [c.last, *reversed(c.spoken)] if shift < 0 else [c.last]
    first = next(
        (one[0] for one in told if one and one[0] and calendar.span(one[0].year, one[0].month, size) == one),
        None,
    )
    return calendar.span(first.year, first.month + shift * size, size) if first else None


def behind(interval: Interval) -> Interval:
    """The month or quarter behind one."""
    first, last = interval
    one = first is not None and last is not None and (last - first).days < _MONTH
    return calendar.shift_months(interval, 1 if one else _QUARTER)


def to_month_of_year(v: Values, c: Context) -> Interval | None:
    """From January to a named month."""
    return calendar.in_year(v, c, lambda y: calendar.span(y, 1, int(v["m"])))


def to_quarter_of_year(v: Values, c: Context) -> Interval | None:
    """From January to the end of a quarter or half."""
    months = int(v["nth"]) * int(v["unit"]) if "nth" in v else 3 * int(v["q"])
    return calendar.in_year(v, c, lambda y: calendar.span(y, 1, months)) if months <= _YEAR else None


def year_to_month(v: Values, c: Context) -> Interval | None:
    """Twelve months up to a named month."""
    return calendar.in_year(
        {k: x for k, x in v.items() if k != "yw"},
        c,
        lambda y: calendar.span(y, int(v["m"]) - _YEAR + 1, _YEAR),
    )


def months_across(v: Values, c: Context) -> Interval | None:
    """From a month of one year to a month of another; "April-March 2024-25" too.

    Days told before between these months are what the months mean.
    """
    if "r2" in v:
        y1, y2 = (_year_of(v, c, k) for k in (1, 2))
        if not y1 or not y2:
            return None
        v = {**v, "y1": y1, "y2": y2}
    elif "two" in v or "y2" not in v:
        v = {**v, "y2": int(v["y1"]) + 1 - (int(v["m1"]) <= int(v["m2"]))}
    named = calendar.span(int(v["y1"]), int(v["m1"]), 1)[0], calendar.span(int(v["y2"]), int(v["m2"]), 1)[1]
    return next((one for one in reversed(c.spoken) if _in_months(one) == named), named)


def _year_of(v: Values, c: Context, k: int) -> int | None:
    """The first or the second of two years, one of them relative to the report."""
    if f"y{k}" in v:
        return int(v[f"y{k}"])
    return c.published.year + int(v[f"r{k}"]) if c.published else None


def _in_months(interval: Interval) -> Interval:
    """The whole months that some days lie in."""
    first, last = interval
    return first and first.replace(day=1), last and calendar.span(last.year, last.month, 1)[1]
