"""The day of a report that has no dateline and no stamp, from the text's own evidence."""

from __future__ import annotations

import re
import tomllib
from datetime import date, timedelta
from functools import cache
from importlib.resources import files

from tallyman.read.calendar import Day, compiled, data, day_of
from tallyman.read.year import Years

_EVENT_SLACK = timedelta(days=1)
_LEAD = 700
_LEAP_YEAR = 2000


def inferred(text: str) -> date | None:
    """Return the day of a report without dateline, or None where its text does not support one.

    Either a weekday at a meeting whose days are known (``events.toml``), or a day such as "on December 30"
    that falls on a weekday named in the text in one possible year only, or a day in the first lines that
    carries its year, or for whose year there is evidence.

    >>> inferred("They met on Friday. On December 30 they spoke of trade by the end of 2022.")
    datetime.date(2022, 12, 30)
    """
    years = Years(text)
    ways = (_at_event, _weekday_and_day, _full_day_in_lead, _day_in_lead)
    return next((on for way in ways if (on := way(text, years))), None)


def _at_event(text: str, years: Years) -> date | None:
    found: list[date] = []
    for pattern, held in _events():
        for match in pattern.finditer(text):
            edition = held.get(match["before"] or match["after"])
            if edition is None or _not_yet(text, match.start()):
                continue
            start, end = edition
            span = (end + _EVENT_SLACK - start).days + 1
            possible = [start + timedelta(days=i) for i in range(span)]
            found += [d for d in possible if d.weekday() in years.weekdays and years.allows(d.year)]
    return max(found, default=None)


def _weekday_and_day(text: str, years: Years) -> date | None:
    possible = {y for year in years.mentioned() for y in (year, year + 1) if years.allows(y)}
    found: list[date] = []
    for day in _said_days(text):
        on = [day.on(year) for year in ({day.year} if day.year else possible)]
        fitting = [d for d in on if d and d.weekday() in years.weekdays]
        found += fitting if len(fitting) == 1 else []
    return max(found, default=None)


def _full_day_in_lead(text: str, years: Years) -> date | None:
    lead = (day for day in _said_days(text) if day.year and day.start < _LEAD and not _past(text, day.start))
    latest = max(years.past or 0, years.ranged)
    return max((on for day in lead if (on := day.on()) and on.year >= latest), default=None)


def _day_in_lead(text: str, years: Years) -> date | None:
    if years.elapsed is None and years.current is None:
        return None
    lead = [d for d in _said_days(text) if d.start < _LEAD and d.year is None]
    return max((on for d in lead if (on := d.on(years.of(d)))), default=None)


def _said_days(text: str) -> list[Day]:
    matches = (m for m in _on_day().finditer(text) if not _not_yet(text, m.start()))
    return [day for m in matches if (day := day_of(m)) and day.on(_LEAP_YEAR)]


def _not_yet(text: str, position: int) -> bool:
    return bool(_cue("not_yet").search(text, _clause(text, position), position))


def _past(text: str, position: int) -> bool:
    return bool(_cue("before").search(text, _clause(text, position), position))


def _clause(text: str, position: int) -> int:
    return max(text.rfind(mark, 0, position) for mark in (". ", "\n", "; ")) + 1


@cache
def _on_day() -> re.Pattern[str]:
    return compiled(data()["said"]["on_day"])


@cache
def _cue(name: str) -> re.Pattern[str]:
    return re.compile(data()["said"][name])


@cache
def _events() -> tuple[tuple[re.Pattern[str], dict[str, tuple[date, date]]], ...]:
    rows = tomllib.loads(files(__package__).joinpath("events.toml").read_text("utf-8"))["event"]
    return tuple(
        (_event(row["name"]), {year: (start, end) for year, (start, end, _) in row["held"].items()})
        for row in rows
    )


def _event(name: str) -> re.Pattern[str]:
    before, after = r"(?:\b(?P<before>\d{4}) (?:\w+ )?)?", r"(?:[ -](?:in )?(?P<after>\d{4}))?"
    return re.compile(rf"{before}\b(?:{name})\b{after}")
