"""Periods as statistics write them."""

from __future__ import annotations

import re
from datetime import date

from tallyman.model import Period
from tallyman.period import MONTHS_IN_YEAR, calendar_year, month_end

_WRITTEN = re.compile(
    r"(?P<year>\d{4})(?:-?Q(?P<quarter>[1-4])|-?S(?P<half>[12])|(?:-?M|-)?(?P<month>0[1-9]|1[0-2])|-?A1?)?",
    re.ASCII,
)
_EARLIEST = 1900


def written(text: str) -> Period | None:
    """Return the calendar period that ``text`` writes, or None if it writes none.

    Understands years, months, quarters and half-years in the forms of SDMX and UN Comtrade.

    >>> written("2021-Q3").start, written("202104").end
    (datetime.date(2021, 7, 1), datetime.date(2021, 4, 30))
    """
    found = _WRITTEN.fullmatch(text.strip())
    if found is None or int(found["year"]) < _EARLIEST:
        return None
    year = int(found["year"])
    if found["month"]:
        return _months(year, int(found["month"]), 1)
    for part, parts in (("quarter", 4), ("half", 2)):
        if found[part]:
            length = MONTHS_IN_YEAR // parts
            return _months(year, (int(found[part]) - 1) * length + 1, length)
    start, end = calendar_year(year)
    return Period(start=start, end=end, relation="during")


def _months(year: int, first: int, count: int) -> Period:
    return Period(
        start=date(year, first, 1), end=month_end(date(year, first + count - 1, 1)), relation="during"
    )
