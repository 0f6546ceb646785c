"""Calendar arithmetic of period rules: captured values and context in, first and last day out.

Every operation is named in the lexicon (``op = "head"``); those on days and weeks are in ``days.py``, those on
fiscal years in ``fiscal.py``. An operation returns ``None`` where the context does not support a date: without
the day of the report, "last month" has no interval.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import msgspec

from tallyman.areas import FiscalYear

if TYPE_CHECKING:
    from collections.abc import Callable

Values = dict[str, Any]
Interval = tuple[date | None, date | None]
_YEAR, _SHORT_YEAR, _SEASONS = 12, 360, 9
_APRIL = 4
_SHORTEST_MONTH = 28
_MODERN, _FIRST_QUARTER, _SOON, _OTHER_MONTHS = 2000, 3, 95, 3
NAMED = frozenset({"year", "rel", "turn", "yw"})
_PARTS_OF_YEAR = {"mid": 6, "late": 9, "end": 12}


class Context(msgspec.Struct, frozen=True, kw_only=True):
    """What relative expressions hang on.

    The report's day; the year, interval and day last spoken of; fiscal habits; whether the words before the
    expression look ahead (``None`` where they do not say); the interval that the same sentence speaks of; whether
    the text counts in Iranian years; the last intervals spoken of; the part of a year told when no day is known; the
    year since which something was said to be so, which "that year" alone means.
    """

    published: date | None = None
    year: int | None = None
    last: Interval | None = None
    fiscal: FiscalYear | None = None
    day: date | None = None
    ahead: bool | None = None
    near: Interval | None = None
    iranian: bool = False
    spoken: tuple[Interval, ...] = ()
    undated: Interval | None = None
    since: int | None = None

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
    first = add_months(date(year, 1, 1), month - 1)
    return first, add_months(first, months) - timedelta(days=1)


def shift_years(interval: Interval, years: int) -> Interval:
    """Return the same days ``years`` later; a month's last day stays a month's last day."""
    return shift_months(interval, _YEAR * years)


def shift_months(interval: Interval, months: int) -> Interval:
    """Return the same days so many months later; a month's last day stays a month's last day."""
    return tuple(_shift(day, months) if day else None for day in interval)  # type: ignore[return-value]


def _shift(day: date, months: int) -> date:
    moved, length = add_months(day, months), monthrange(day.year, day.month)[1]
    return moved.replace(day=monthrange(moved.year, moved.month)[1]) if day.day == length else moved


def add_months(day: date, months: int) -> date:
    """Return the same day so many months later, at most the month's last."""
    index = day.year * _YEAR + day.month - 1 + months
    year, month = divmod(index, _YEAR)
    within = day.day <= _SHORTEST_MONTH
    return date(year, month + 1, day.day if within else min(day.day, monthrange(year, month + 1)[1]))


def number(v: Values) -> int:
    """Return the captured count, one where none is written."""
    return int(v["n"] if "n" in v else v.get("spelled", 1))


def named_year(v: Values, c: Context) -> int | None:
    """Return the captured year, or the one that a relative word means."""
    if "year" in v:
        return int(v["year"])
    if "two" in v:
        return _MODERN + int(v["two"])
    if "rel" in v:
        return c.published.year + int(v["rel"]) if c.published else None
    if "turn" in v:
        turn = int(v["turn"])
        base = (None if turn else c.since) or c.year or (c.published.year if c.published else None)
        return base + turn if base else None
    if "yw" in v:
        return c.published.year if c.published else c.year
    return None


def latest(c: Context, make: Callable[[int], Interval], *, partial: float = 0) -> Interval | None:
    """The latest such interval of which the share ``partial`` is over; the next one where the words look ahead."""
    if not c.published:
        return _last_spoken(c, make) if c.year else None
    if c.ahead:
        return following(c, make)
    first, last = make(c.published.year)
    if not first or not last:
        return None
    over = (c.published - first).days / ((last - first).days + 1)
    return (first, last) if over >= partial else make(c.published.year - 1)


def _last_spoken(c: Context, make: Callable[[int], Interval]) -> Interval | None:
    """Such an interval of the year last spoken of; of the one before, where it would come after that time.

    Behind a sentence on a whole year nobody knows whose it is: "$9 billion in 2005. In the first half, it rose".
    """
    year = c.year or 0
    if c.last and c.last[0] and c.last[1]:
        year = max(year, c.last[1].year) if c.last[0].year == year else year
    if (named := make(year)) in c.spoken:
        return named
    if c.last == span(year, 1, _YEAR) and c.near is None:
        return None
    first, last = make(year)[0], c.last[1] if c.last else None
    soon = (
        first is not None
        and c.near is not None
        and c.near[1] is not None
        and (first - c.near[1]).days < _SOON
    )
    after = first is not None and last is not None and first > last and not c.ahead and not soon
    return make(year - after)


def following(c: Context, make: Callable[[int], Interval], *, begun: bool = True) -> Interval | None:
    """The first such interval that is not over; with ``begun`` false, the first that has not begun."""
    for year in (-1, 0, 1, 2):
        first, last = make(c.published.year + year) if c.published else (None, None)
        if first and last and c.published and (last >= c.published if begun else first > c.published):
            return first, last
    return None


def completed(c: Context, make: Callable[[int], Interval]) -> Interval | None:
    """The last such interval that is over."""
    for year in (1, 0, -1, -2):
        first, last = make(c.published.year + year) if c.published else (None, None)
        if first and last and c.published and last < c.published:
            return first, last
    return None


def in_year(
    v: Values, c: Context, make: Callable[[int], Interval], *, partial: float = 0.7
) -> Interval | None:
    """Return the interval in the year that is named, else the one that the time of the report suggests."""
    year = named_year(v, c)
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
    if "past" in v:
        return completed(c, make)
    if "coming" in v:
        return following(c, make, begun=False)
    if c.near and (inside := _in_whole_year(c.near, make)):
        return inside
    return latest(c, make, partial=partial)


def _in_whole_year(near: Interval, make: Callable[[int], Interval]) -> Interval | None:
    """Such an interval of the calendar year that the same sentence names: "in 2022, in the first ten months"."""
    first, last = near
    if not first or not last or near != span(first.year, 1, _YEAR):
        return None
    made = make(first.year)
    return made if made[0] and made[1] and first <= made[0] and made[1] <= last else None


def year(v: Values, c: Context) -> Interval | None:
    """A calendar year; "the year" and "that year" may be the twelve months or the past year spoken of."""
    if "yw" in v or "turn" in v:
        shift = int(v.get("turn", 0))
        spoken = next((one for one in reversed(c.spoken) if _is_year(one)), None)
        if spoken and not c.ahead and (c.last == spoken or "yw" in v):
            return shift_years(spoken, shift)
        if "yw" in v and not c.ahead and c.published:
            just_begun = c.year is None and c.published.month <= _FIRST_QUARTER
            return span(min(c.year or c.published.year, c.published.year) - just_begun, 1, _YEAR)
    y = named_year(v, c)
    return span(y, 1, _YEAR) if y else None


def _is_year(interval: Interval) -> bool:
    """Whether an interval is twelve months that begin with another than January."""
    first, last = interval
    return bool(first and last and first.month > 1 and add_months(first, _YEAR) - timedelta(days=1) == last)


def part_of_year(v: Values, c: Context) -> Interval | None:
    """The end of a year is the year (it is where the year is complete); early, mid and late are thirds."""
    y = named_year(v, c) or (c.published.year if c.published else None)
    if not y:
        return None
    return {"early": span(y, 1, 4), "mid": span(y, 5, 4), "late": span(y, 9, 4)}.get(
        v.get("part", ""), span(y, 1, _YEAR)
    )


def head(v: Values, c: Context) -> Interval | None:
    """The first n months, quarters or halves of a year."""
    months = number(v) * int(v["unit"])
    if int(v.get("first", 1)) != 1 or months > _YEAR:
        return None
    if not c.published and v.get("rel") in (0, "0"):
        same = [(a, b) for a, b in c.spoken if a and b and _lasts(a, b, months)]
        return same[-1] if same else None
    return _again(v, c, 0, months) or in_year(v, c, lambda y: span(y, 1, months))


def _again(v: Values, c: Context, before: int, months: int) -> Interval | None:
    """So many months spoken of before, so many behind the beginning of a calendar or fiscal year, if none is named.

    Behind a calendar quarter, the next one is the calendar's.
    """
    if (NAMED | {"past", "coming"}) & v.keys() or c.ahead:
        return None
    last = next(
        (a for a, b in reversed(c.spoken) if a and b and span(a.year, a.month, months) == (a, b)), None
    )
    follows = last is not None and last.month == 1 + before - months
    fiscal = c.fiscal and not follows
    begins = {1 + before, (c.fiscal_month + before - 1) % _YEAR + 1 if fiscal else 1 + before}
    same = _spoken(c, begins, months)
    return same[-1] if same else None


def _spoken(c: Context, begins: set[int], months: int) -> list[tuple[date, date]]:
    """The intervals spoken of that cover so many months from one of those numbers."""
    whole = [(a, b) for a, b in c.spoken if a and b and a.month in begins]
    return [(a, b) for a, b in whole if span(a.year, a.month, months) == (a, b)]


def head_to_date(v: Values, c: Context) -> Interval | None:
    """N months ("in five months"): the latest such spoken of, else the year's first if the report came soon after."""
    months = number(v) * int(v["unit"])
    same = [(a, b) for a, b in c.spoken if a and b and _lasts(a, b, months)]
    if same:
        return max(same)
    if not c.published or (c.published.month - months - 1) % _YEAR > 1:
        return None
    return completed(c, lambda y: span(y, 1, months)) if months <= _YEAR else None


def _lasts(first: date, last: date, months: int) -> bool:
    """Whether an interval is so many months; those of other calendars are so within days."""
    off = abs((add_months(first, months) - last).days - 1)
    return off == 0 if first.day == 1 else off <= _OTHER_MONTHS


def tail(v: Values, c: Context) -> Interval | None:
    """The last n months, quarters or halves of a year; "the year's last month" is over."""
    months = number(v) * int(v["unit"])
    if months > _YEAR:
        return None
    if "yw" in v and c.year is None and c.published and not c.ahead:
        return completed(c, lambda y: span(y, _YEAR + 1 - months, months))
    return in_year(v, c, lambda y: span(y, _YEAR + 1 - months, months))


def tail_to(v: Values, c: Context) -> Interval | None:
    """N units that end with a named month, or on a day of it."""
    months = number(v) * int(v["unit"])
    found = in_year(v, c, lambda y: span(y, int(v["m"]) - months + 1, months))
    if "d" not in v or not found or not found[1]:
        return found
    after = found[1].replace(day=int(v["d"])) + timedelta(days=1)
    return add_months(after, -months), after - timedelta(days=1)


def nth(v: Values, c: Context) -> Interval | None:
    """The nth quarter or half of a year, or the nth month."""
    size, n = int(v["unit"]), int(v["nth"])
    if n * size > _YEAR or size == _YEAR or (size == 1 and not NAMED & v.keys()):
        return None
    again = _again(v, c, (n - 1) * size, size)
    return again or in_year(v, c, lambda y: span(y, 1 + (n - 1) * size, size), partial=0)


def marked(v: Values, c: Context) -> Interval | None:
    """Q1..Q4 and H1, H2."""
    if "two" in v:
        v = {**v, "year": _MODERN + int(v["two"])}
    size = 3 if "q" in v else 6
    n = int(v["q"] if "q" in v else v["h"])
    return in_year(v, c, lambda y: span(y, 1 + (n - 1) * size, size), partial=0)


def quarter_to_month(v: Values, c: Context) -> Interval | None:
    """The quarter that a month ends: "the June quarter"."""
    return in_year(v, c, lambda y: span(y, int(v["m"]) - 2, 3), partial=0) if int(v["m"]) % 3 == 0 else None


def month(v: Values, c: Context) -> Interval | None:
    """A named month; without a year one of the months just spoken of, else the latest."""
    m = int(v["m"])
    if not (NAMED | {"past", "coming"}) & v.keys() and c.near and (found := _inside(c.near, m)):
        return found
    return in_year(v, c, lambda y: span(y, m, 1), partial=0)


def _inside(outer: Interval, m: int) -> Interval | None:
    """The month of that number in an interval of less than a year."""
    first, last = outer
    if not first or not last or (last - first).days >= _SHORT_YEAR:
        return None
    found = [span(year, m, 1) for year in range(first.year, last.year + 1)]
    return next((one for one in found if one[0] and one[1] and first <= one[0] and one[1] <= last), None)


def months(v: Values, c: Context) -> Interval | None:
    """From one named month to another; the first may lie in the year before."""
    first, last = int(v["m1"]), int(v.get("m2", _YEAR))
    length = (last - first) % _YEAR + 1
    if not NAMED & v.keys() and not c.ahead and (again := _spoken(c, {first}, length)):
        return max(again)
    return in_year(v, c, lambda y: span(y, last - length + 1, length))


def same_period(v: Values, c: Context) -> Interval | None:
    """The interval last spoken of, moved to another year; the year before where none is named."""
    if c.undated and c.undated[1] and not _same_months(c.undated, c.last):
        return shift_years(c.undated, v["year"] - c.undated[1].year) if "year" in v else None
    if not c.last or not c.last[0] or not c.last[1]:
        return None
    if "m" in v:
        return shift_months(c.last, (int(v["m"]) - c.last[0].month) % _YEAR - _YEAR)
    y = named_year(v, c)
    named = c.last[0 if c.last[0].year != c.last[1].year and "year" in v else 1]
    shift = y - named.year if y is not None and named else -1
    return shift_years(c.last, -1 if shift == 0 and "rel" in v else shift)


def _same_months(one: Interval, other: Interval | None) -> bool:
    first, last = other or (None, None)
    return bool(one[1] and last and shift_years((first, last), one[1].year - last.year) == one)


def year_to_date(v: Values, c: Context) -> Interval | None:
    """From the first day of the year to the day of the report."""
    y = named_year(v, c)
    if v.get("part", "early") != "early" and y:
        return date(y, _PARTS_OF_YEAR[v["part"]], 1), c.published
    if "year" in v:
        return date(int(v["year"]), 1, 1), c.published if c.published and c.published.year == v[
            "year"
        ] else None
    return (date(c.published.year, 1, 1), c.published) if c.published else None


def season(v: Values, c: Context) -> Interval | None:
    """Three months; winter begins in December."""
    first = int(v["season"])
    if "this" in v and c.published:
        return span(c.published.year - (c.published.month < first - _SEASONS), first, 3)
    return in_year(v, c, lambda y: span(y, first, 3), partial=0)


def nothing(v: Values, c: Context) -> Interval | None:  # noqa: ARG001
    """Words of time that date no figure: "its first rise in five months"."""
    return None
