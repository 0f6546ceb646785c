"""Calendar arithmetic on days and weeks; see ``calendar.py``."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from tallyman.extract import calendar

if TYPE_CHECKING:
    from tallyman.extract.calendar import Context, Interval, Values

_WEEK, _WEEKS, _SATURDAY, _MONTHS = 7, 4, 5, 12
_MONTHS_OF_CHOICE = (-1, 0, 1)
_FUTURE_WEIGHT = 1.5
_HALVES, _MIDDLE = 2, 15


def day(v: Values, c: Context) -> Interval | None:
    """One day; without a year the next such day where the words look ahead, else the nearest."""
    if "dmy" in v:
        numeral, number, written = (int(x) for x in str(v["dmy"]).split("."))
        return _one_day(written, number, numeral)
    m = int(v["mm"] if "mm" in v else v["m"])
    y = calendar.named_year(v, c)
    if y is not None or any(name in v for name in ("rel", "turn", "yw")):
        return _one_day(y, m, int(v["d"])) if y else None
    if not c.published:
        return _one_day(c.year, m, int(v["d"])) if c.year else None
    return _chosen(c, [_one_day(c.published.year + n, m, int(v["d"])) for n in (-1, 0, 1)])


def to_day(v: Values, c: Context) -> Interval | None:
    """From January to a day; to the first of January is the year before."""
    found = day(v, c)
    end = found[1] if found else None
    if end is None:
        return None
    first = (end.month, end.day) == (1, 1)
    return (date(end.year - 1, 1, 1), date(end.year - 1, 12, 31)) if first else (date(end.year, 1, 1), end)


def _chosen(c: Context, choices: list[Interval | None]) -> Interval | None:
    """The day that the time of the report suggests among the same days of several months or years."""
    if not c.published:
        return None
    found = sorted(choice[0] for choice in choices if choice and choice[0])
    if c.ahead is not None:
        found = [d for d in found if (d >= c.published if c.ahead else d <= c.published)]
    return _single(min(found, key=lambda d: _distance(d, c.published), default=None))


def _distance(day_: date, published: date | None) -> float:
    """How far a day is from the report; reports tell more of what has been."""
    away = (day_ - published).days if published else 0
    return away * _FUTURE_WEIGHT if away > 0 else -away


def _single(found: date | None) -> Interval | None:
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
    if not last or not last[1]:
        return None
    month = int(v["m1"] if "m1" in v else v["m"])
    year = int(v["y1"]) if "y1" in v else last[1].year - (month > last[1].month)
    first = _one_day(year, month, int(v["d"]))
    return (first[0], last[1]) if first else None


def head_days(v: Values, c: Context) -> Interval | None:
    """The first n days of a month."""
    found = calendar.month(v, c)
    return (found[0], found[0] + timedelta(days=calendar.number(v) - 1)) if found and found[0] else None


def half_of_month(v: Values, c: Context) -> Interval | None:
    """The days of a month up to the fifteenth, or those after it."""
    first, last = calendar.month({name: value for name, value in v.items() if name != "nth"}, c) or (
        None,
        None,
    )
    if not first or not last or int(v["nth"]) > _HALVES:
        return None
    middle = first.replace(day=_MIDDLE)
    return (first, middle) if int(v["nth"]) == 1 else (middle + timedelta(days=1), last)


def day_of_month(v: Values, c: Context) -> Interval | None:
    """A day of the month without its month ("on the 27th"): of the month of the report, of the one before or after."""
    if not c.published:
        return None
    months = [calendar.add_months(c.published.replace(day=1), n) for n in _MONTHS_OF_CHOICE]
    choices = [_one_day(first.year, first.month, int(v["d"])) for first in months]
    return _chosen(c, choices)


def weekday(v: Values, c: Context) -> Interval | None:
    """The nearest such day up to the report, or from it where the words look ahead; "next" is after it."""
    if not c.published:
        return None
    on = c.published.weekday()
    wanted = int(v["wd"])
    if "coming" in v:
        shift = (wanted - on - 1) % _WEEK + 1
    elif "this" in v:
        shift = wanted - on
    elif "past" in v:
        shift = (wanted - on) % _WEEK - _WEEK
    elif c.ahead:
        shift = (wanted - on) % _WEEK
    else:
        shift = -((on - wanted) % _WEEK)
    return _single(c.published + timedelta(days=shift))


def numeric_day(v: Values, c: Context) -> Interval | None:  # noqa: ARG001
    """A day in figures, where one of them cannot be a month: "23/05/2023"."""
    first, second = int(v["a"]), int(v["b"])
    if (first > _MONTHS) == (second > _MONTHS):
        return None
    return _one_day(int(v["year"]), min(first, second), max(first, second))


def weekday_of_month(v: Values, c: Context) -> Interval | None:
    """The nth or the last such weekday of a month, of the month of the report where none is named."""
    named = {name: value for name, value in v.items() if name != "past"}
    if "m" not in named and c.published:
        named |= {"m": c.published.month, "year": c.published.year}
    found = calendar.month(named, c) if "m" in named else None
    first, last = found or (None, None)
    if first is None or last is None:
        return None
    wanted = int(v["wd"])
    if "past" in v:
        return _single(last - timedelta(days=(last.weekday() - wanted) % _WEEK))
    which = first + timedelta(days=(wanted - first.weekday()) % _WEEK + _WEEK * (int(v["nth"]) - 1))
    return _single(which) if which <= last else None


def day_word(v: Values, c: Context) -> Interval | None:
    """Yesterday, today, tomorrow."""
    return _single(c.published + timedelta(days=int(v["dw"]))) if c.published else None


def relative_day(v: Values, c: Context) -> Interval | None:
    """A day counted from the one last spoken of: "the next day", "two days later"."""
    if not c.day:
        return None
    shift = int(v["shift"]) if "shift" in v else int(v["days"]) * calendar.number(v)
    return _single(c.day + timedelta(days=shift))


def weekend(v: Values, c: Context) -> Interval | None:
    """Saturday and Sunday: the latest up to the report, or the coming ones."""
    if not c.published:
        return None
    on = c.published.weekday()
    saturday = c.published - timedelta(days=on - _SATURDAY)
    if "coming" in v:
        saturday += timedelta(days=_WEEK)
    elif "past" in v or ("this" not in v and not c.ahead and on < _SATURDAY):
        saturday -= timedelta(days=_WEEK)
    return saturday, saturday + timedelta(days=1)


def holiday(v: Values, c: Context) -> Interval | None:
    """A feast: "12-25", or so many days from Easter Sunday, "easter-2"."""
    if not c.published:
        return None
    year = calendar.named_year(v, c)
    years = (year,) if year else tuple(c.published.year + n for n in (-1, 0, 1))
    choices = [_feast(str(v["feast"]), y) for y in years]
    return choices[0] if year else _chosen(c, choices)


def _feast(named: str, year: int) -> Interval | None:
    if named.startswith("easter"):
        return _single(_easter(year) + timedelta(days=int(named.removeprefix("easter") or 0)))
    month, day_ = named.split("-")
    return _one_day(year, int(month), int(day_))


def _easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar, after Meeus, Jones and Butcher."""
    a, b, c = year % 19, year // 100, year % 100
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    k = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    m = (a + 11 * h + 22 * k) // 451
    month, before = divmod(h + k - 7 * m + 114, 31)
    return date(year, month, before + 1)


def week_of_month(v: Values, c: Context) -> Interval | None:
    """Seven days of a month, counted from its first or last day."""
    found = calendar.month({name: value for name, value in v.items() if name != "past"}, c)
    if not found or not found[0] or not found[1]:
        return None
    if "past" in v:
        return found[1] - timedelta(days=_WEEK - 1), found[1]
    if int(v["nth"]) > _WEEKS:
        return None
    first = found[0] + timedelta(days=_WEEK * (int(v["nth"]) - 1))
    return first, first + timedelta(days=_WEEK - 1)


def week_to(v: Values, c: Context) -> Interval | None:
    """Seven days up to a named one."""
    found = day(v, c)
    return (found[1] - timedelta(days=_WEEK - 1), found[1]) if found and found[1] else None


def week_from(v: Values, c: Context) -> Interval | None:
    """Seven days from a named one."""
    found = day(v, c)
    return (found[0], found[0] + timedelta(days=_WEEK - 1)) if found and found[0] else None


def week_beside(v: Values, c: Context) -> Interval | None:
    """The week last spoken of, the one before it or after it."""
    shift = timedelta(days=_WEEK * int(v["shift"]))
    if c.last and c.last[0] and c.last[1] and (c.last[1] - c.last[0]).days == _WEEK - 1:
        return c.last[0] + shift, c.last[1] + shift
    base = c.day or c.published
    if not base:
        return None
    monday = base - timedelta(days=base.weekday()) + shift
    return monday, monday + timedelta(days=_WEEK - 1)
