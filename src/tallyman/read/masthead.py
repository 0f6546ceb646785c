"""What the head of a report says about itself: the day it appeared, its agency, its outlet and its title."""

from __future__ import annotations

import re
import tomllib
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Literal, NamedTuple

from tallyman.read.calendar import Day, compiled, data, day_of, days
from tallyman.read.inferred import inferred
from tallyman.read.year import Years

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tallyman.model import DateBasis

_HEAD_LINES = 15
_TAIL_LINES = 3
_STAMP_LENGTH = 120
_BODY_LENGTH = 200
_TITLE_WORDS = 4
_FEW_WORDS, _SOME_WORDS = 2, 6
_SAME_NEWS = timedelta(days=5)
_AMBIGUOUS = re.compile(r"\b(\d{1,2})[-/](\d{1,2})[-/]((?:19|20)\d\d)\b")
_WORD = re.compile(r"[^\W\d_]+")
_URL_DAY = re.compile(r"(?<!\d)((?:19|20)\d\d)[-/]?(\d\d)[-/]?(\d\d)(?!\d)")

Rank = Literal[0, 1, 2]


class Masthead(NamedTuple):
    """What a report says about itself; ``None`` where it says nothing."""

    published_on: date | None
    date_basis: DateBasis
    agency: str | None
    outlet: str | None
    title: str | None


class _Dateline(NamedTuple):
    day: Day | None
    agency: str | None
    credit: str | None
    line: int


def masthead(text: str, *, page_date: date | None = None, url: str | None = None) -> Masthead:
    """Read the head of a report.

    The day comes from the dateline (its year, if missing, from the page's stamp, ``page_date``, the
    address or the text), else from ``page_date``, else from the page's stamp, else it is inferred from the
    text; where nothing supports it, it is ``None`` with basis "none". ``page_date`` is what a web page's
    metadata claim.

    >>> masthead("BEIJING, Dec. 20, 2023 (Xinhua) -- Trade grew.")[:3]
    (datetime.date(2023, 12, 20), 'dateline', 'Xinhua')
    """
    lines = [(i, line.strip("\ufeff \t\r\xa0")) for i, line in enumerate(text.split("\n"))]
    lines = [(i, line) for i, line in lines if line]
    dateline = _dateline(lines)
    published_on, basis = _published(text, lines, dateline.day, page_date, _url_day(url))
    credit = dateline.credit
    agency = _canonical(dateline.agency) or _closing_agency(lines)
    if credit and _known(credit):
        agency, credit = _known(credit), None
    return Masthead(published_on, basis, agency, credit, _title(lines, dateline.line))


def _published(
    text: str, lines: list[tuple[int, str]], day: Day | None, page_date: date | None, url_day: date | None
) -> tuple[date | None, DateBasis]:
    stamp = _stamp(lines)
    if day:
        pages = [d for d in (stamp, page_date, url_day) if d]
        near = (on for page in pages if (on := day.on(page.year)) and abs(on - page) <= _SAME_NEWS)
        on = day.on() or next(near, None) or day.on(Years(text).of(day))
        if on:
            return on, "dateline"
    if page_date:
        return page_date, "metadata"
    if stamp:
        return stamp, "text"
    on = None if day else inferred(text)
    two_ways = _two_ways(lines)
    if on is None or (two_ways and on not in two_ways):
        return None, "none"
    return on, "inferred"


def _dateline(lines: list[tuple[int, str]]) -> _Dateline:
    agency: str | None = None
    for number, line in lines[:_HEAD_LINES]:
        for pattern in _datelines():
            if match := pattern.search(line):
                groups = match.groupdict()
                day = day_of(match)
                if day and day.on(2000):
                    return _Dateline(day, groups.get("agency"), groups.get("credit"), number)
                if _known(groups.get("agency")):
                    return _Dateline(None, groups["agency"], None, number)
    return _Dateline(None, agency, None, -1)


def _stamp(lines: list[tuple[int, str]]) -> date | None:
    """Return the day of the best stamp: a line that holds a full date and hardly anything else.

    Of several alike the earliest day counts, because pages also show the day on which they are looked at.
    """
    found: list[tuple[Rank, date]] = []
    for _, line in (*_head(lines), *lines[-_TAIL_LINES:]):
        if len(line) > _STAMP_LENGTH or _AMBIGUOUS.search(line):
            continue
        full = [day for day in days(line) if day.year]
        if len({day[:3] for day in full}) == 1 and _is_stamp(line, full[0]) and (on := full[0].on()):
            found.append((_rank(line), on))
    return min(found)[1] if found else None


def _two_ways(lines: list[tuple[int, str]]) -> set[date]:
    """Return the days that the head may mean by a date like 03/12/2025, which can be read in two ways."""
    found = set()
    for _, line in _head(lines):
        for first, second, year in _AMBIGUOUS.findall(line):
            for month, day in ((first, second), (second, first)):
                found.add(Day(int(year), int(month), int(day), 0, 0).on())
    return {day for day in found if day}


def _head(lines: list[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    for number, line in lines[:_HEAD_LINES]:
        if len(line) > _BODY_LENGTH:
            return
        yield number, line


def _is_stamp(line: str, day: Day) -> bool:
    rest = line[: day.start] + " " + line[day.end :]
    clock, filler, divider = _stamp_parts()[2:]
    words = len(_WORD.findall(filler.sub(" ", clock.sub(" ", rest))))
    labelled = _rank(line) != 1 or clock.search(rest) or divider.search(rest) or line[0] + line[-1] == "()"
    return words <= (_SOME_WORDS if labelled else _FEW_WORDS)


def _rank(line: str) -> Rank:
    published, updated = _stamp_parts()[:2]
    if published.search(line):
        return 0
    return 2 if updated.search(line) else 1


def _url_day(url: str | None) -> date | None:
    match = _URL_DAY.search(url or "")
    try:
        return date(*map(int, match.groups())) if match else None
    except ValueError:
        return None


def _title(lines: list[tuple[int, str]], dateline: int) -> str | None:
    noise = compiled(data()["noise"]["lines"])
    for number, line in lines[:_HEAD_LINES]:
        if number == dateline or len(line) > _BODY_LENGTH:
            return None
        if len(_WORD.findall(line)) >= _TITLE_WORDS and not noise.match(line) and not _is_date_line(line):
            return None if line.endswith(".") else line.lstrip("# ")
    return None


def _is_date_line(line: str) -> bool:
    return any(_is_stamp(line, day) for day in days(line))


def _closing_agency(lines: list[tuple[int, str]]) -> str | None:
    pattern = compiled(data()["credit"]["closing"])
    found = (pattern.search(line) for _, line in lines[-_TAIL_LINES:])
    return next((known for m in found if m and (known := _known(m["agency"]))), None)


def _canonical(agency: str | None) -> str | None:
    return _known(agency) or (agency.strip() if agency else None)


def _known(name: str | None) -> str | None:
    return _agencies().get(name.strip()) if name else None


@cache
def _agencies() -> dict[str, str]:
    table = tomllib.loads(files(__package__).joinpath("agencies.toml").read_text("utf-8"))["agency"]
    return {form: name for name, forms in table.items() for form in (name, *forms)}


@cache
def _datelines() -> tuple[re.Pattern[str], ...]:
    return tuple(compiled(row["pattern"]) for row in data()["dateline"])


@cache
def _stamp_parts() -> tuple[re.Pattern[str], ...]:
    stamp = data()["stamp"]
    return tuple(re.compile(stamp[name]) for name in ("published", "updated", "clock", "filler", "divider"))
