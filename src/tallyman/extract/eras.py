"""Calendar arithmetic on decades and centuries; see ``calendar.py``."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from tallyman.extract.calendar import span

if TYPE_CHECKING:
    from tallyman.extract.calendar import Context, Interval, Values

_CENTURY, _TWENTIETH, _LAST_CENTURY, _MODERN, _YEAR = 100, 1900, 25, 2000, 12
_PARTS_OF_CENTURY = {"mid": 50, "end": 100}


def decade(v: Values, c: Context) -> Interval | None:  # noqa: ARG001
    """Ten years, or their first or second half; "the 1800s" are a hundred."""
    y = (
        _TWENTIETH + int(v["short"])
        if "short" in v
        else int(v["named"] if "named" in v else v["decade_year"])
    )
    if y % 10:
        return None
    if "half" in v:
        y += 5 * (int(v["half"]) - 1)
        return date(y, 1, 1), date(y + 4, 12, 31)
    whole_century = y % _CENTURY == 0 and y < _MODERN
    return date(y, 1, 1), date(y + (99 if whole_century else 9), 12, 31)


def century(v: Values, c: Context) -> Interval | None:  # noqa: ARG001
    """A hundred years or several times as many; early, mid and late are thirds."""
    n = _ordinal(v, "") + int(v.get("tens", 0))
    last = _ordinal(v, "2") or n
    if not 0 < n <= last <= _LAST_CENTURY:
        return None
    first_year, last_year = (n - 1) * _CENTURY + 1, last * _CENTURY
    third = {"early": (0, 67), "mid": (33, 34), "late": (67, 0)}.get(v.get("part", ""), (0, 0))
    return date(first_year + third[0], 1, 1), date(last_year - third[1], 12, 31)


def _ordinal(v: Values, which: str) -> int:
    found: str | int = v.get(f"nth{which}") or v.get(f"n{which}") or 0
    return int(found)


def part_of_century(v: Values, c: Context) -> Interval | None:
    """The year that people mean by the middle or the end of this century."""
    if not c.published or v["part"] not in _PARTS_OF_CENTURY:
        return None
    first = c.published.year - c.published.year % _CENTURY
    return span(first + _PARTS_OF_CENTURY[v["part"]], 1, _YEAR)


def end_of_decade(v: Values, c: Context) -> Interval | None:  # noqa: ARG001
    """The year that closes the decade, as people say it: 2030."""
    return span(c.published.year + 10 - c.published.year % 10, 1, _YEAR) if c.published else None
