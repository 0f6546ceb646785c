"""Days as English reports write them: the patterns of ``lexicon/en_dates.toml``, compiled once."""

from __future__ import annotations

import re
import tomllib
from datetime import date
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

_FRAGMENT = re.compile(r"\{([a-z_]+)\}")
_GROUP = re.compile(r"\(\?P<(\w+)>")
_DATE_GROUPS = ("year", "month", "number", "day")


class Day(NamedTuple):
    """A day as written, perhaps without its year, and where the expression that holds it starts and ends."""

    year: int | None
    month: int
    day: int
    start: int
    end: int

    def on(self, year: int | None = None) -> date | None:
        """Return the day in its own or the given year, or None where there is no such day."""
        try:
            return date(self.year or year or 0, self.month, self.day)
        except ValueError:
            return None


@cache
def data() -> dict[str, Any]:
    """Return the tables of ``en_dates.toml`` as written."""
    return tomllib.loads(files("tallyman.lexicon").joinpath("en_dates.toml").read_text("utf-8"))


@cache
def month_numbers() -> dict[str, int]:
    """Return every name of a month, in lower case, with its number."""
    return {name.lower(): i for i, names in enumerate(data()["calendar"]["months"], 1) for name in names}


@cache
def weekday_numbers() -> dict[str, int]:
    """Return every name of a weekday, in lower case, with its number (Monday is 0)."""
    return {name.lower(): i for i, names in enumerate(data()["calendar"]["weekdays"]) for name in names}


@cache
def count_numbers() -> dict[str, int]:
    """Return the number words that count months and quarters, in lower case."""
    return {name.lower(): i for i, names in enumerate(data()["calendar"]["counts"], 1) for name in names}


def compiled(pattern: str) -> re.Pattern[str]:
    """Compile a pattern of ``en_dates.toml``: ``{name}`` is a fragment, ``{date}`` any form of a day."""
    return re.compile(_expand(pattern), re.MULTILINE)


def day_of(match: re.Match[str]) -> Day | None:
    """Return the day that a pattern with ``{date}`` matched, or None if it has none."""
    groups = match.groupdict()
    for form in data()["date"]:
        year, month, number, day = (groups.get(f"{name}_{form}") for name in _DATE_GROUPS)
        if day is not None:
            months = month_numbers()[month.lower()] if month else int(number or 0)
            return Day(int(year) if year else None, months, int(day), match.start(), match.end())
    return None


def days(text: str) -> Iterator[Day]:
    """Yield the days written in a text, in order, with or without a year.

    >>> [(d.year, d.month, d.day) for d in days("signed on February 4, 2022, and from 5 May")]
    [(2022, 2, 4), (None, 5, 5)]
    """
    for match in _any_day().finditer(text):
        day = day_of(match)
        if day and day.on(2000):
            yield day


@cache
def _any_day() -> re.Pattern[str]:
    return compiled(r"(?<![\w.])(?i:{date})(?!\w)")


def _expand(pattern: str) -> str:
    return _FRAGMENT.sub(lambda m: _fragment(m[1]), pattern)


@cache
def _fragment(name: str) -> str:
    if name == "date":
        forms = data()["date"].items()
        return "(?:" + "|".join(_GROUP.sub(rf"(?P<\1_{form}>", _expand(text)) for form, text in forms) + ")"
    if name in ("month", "any_month"):
        names = _alternatives(month_numbers())
        return f"(?i:(?P<month>{names}))" if name == "month" else f"(?i:{names})"
    if name == "weekday":
        return f"(?i:{_alternatives(weekday_numbers())})"
    if name == "count":
        return f"(?i:{_alternatives(count_numbers())})"
    return _expand(data()["fragment"][name])


def _alternatives(names: dict[str, int]) -> str:
    return "|".join(sorted(names, key=lambda name: -len(name)))
