"""The year of a day written without one, from the text's own evidence; refused where it is not enough."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from tallyman.read.calendar import compiled, count_numbers, data, month_numbers, weekday_numbers

if TYPE_CHECKING:
    import re

    from tallyman.read.calendar import Day

_NEAR_MONTHS = 4
_LAST_MONTH = 12
_YEARS_BACK = 2
_AHEAD = ("future", "closing")
_NEAR = ("month", "day")


class Evidence(NamedTuple):
    """What one expression with a year says: of which kind, and the last month over for kind "elapsed"."""

    kind: str
    year: int
    month: int
    start: int


class Years:
    """All evidence for the year of a report in one text."""

    def __init__(self, text: str) -> None:
        """Collect the evidence; the first pattern that claims a year mention keeps it."""
        self.text = text
        self.weekdays = [weekday_numbers()[m[0].lower()] for m in _weekday().finditer(text)]
        self._found: dict[int, Evidence] = {}
        for pattern, kind, months in _evidence():
            for match in pattern.finditer(text.replace("\n", " ")):
                self._add(match, kind, months)
        found = self._found.values()
        self.elapsed = max(((e.year, e.month) for e in found if e.kind == "elapsed"), default=None)
        self.near = max(((e.year, e.month, e.kind) for e in found if e.kind in _NEAR), default=None)
        self.annual = max((e.year for e in found if e.kind == "annual"), default=None)
        self.base = max((e.year for e in found if e.kind in ("annual", "base")), default=None)
        self.current = max((e.year for e in found if e.kind == "current"), default=None)
        self.closing = min((e.year for e in found if e.kind == "closing"), default=None)
        self.ranged = max((int(m["year"]) + 1 for m in _year_range().finditer(text)), default=0)
        self.past = max((e.year for e in found if e.kind not in _AHEAD), default=None)
        self.future = max((e.year for e in found if e.kind in _AHEAD), default=None)

    def _add(self, match: re.Match[str], kind: str, months: int) -> None:
        groups = match.groupdict()
        start = match.start("year")
        if start in self._found:
            return
        month = 0
        if groups.get("n"):
            count = groups["n"].lower()
            month = months * (int(count) if count.isdigit() else count_numbers()[count])
        elif groups.get("month"):
            month = month_numbers()[groups["month"].lower()]
        if month <= _LAST_MONTH:
            self._found[start] = Evidence(kind, int(match["year"]), month, start)

    def of(self, day: Day) -> int | None:
        """Return the year of a day on which the report appeared, or None where the text does not tell it.

        Strongest first: a part of a year that is just over ("the first 11 months of 2022") or what happens
        this year ("the 2021 Forum", "in 2022 is growing"); then a month named with its year that lies close;
        then the year after the last one counted ("$4 billion in 2021") if the weekday named allows it, or
        the one year after a year compared with that the weekday fits.

        >>> from tallyman.read.calendar import Day
        >>> Years("Trade reached $1.5 bln in the first 11 months of 2022.").of(Day(None, 12, 30, 0, 0))
        2022
        >>> Years("Trade reached $1.5 bln.").of(Day(None, 12, 30, 0, 0)) is None
        True
        """
        candidates = [year for year in (self._after_elapsed(day), self.current) if year is not None]
        year = max(candidates) if candidates else self._near(day) or self._after_past(day)
        if year is None or not self.allows(year) or day.on(year) is None:
            return None
        return year

    def allows(self, year: int) -> bool:
        """Return whether a report of this year could say what the text says of the past and the future."""
        return (self.past is None or self.past <= year) and (self.future is None or year <= self.future)

    def _after_elapsed(self, day: Day) -> int | None:
        if self.elapsed is None:
            return None
        year, month = self.elapsed
        return year if day.month > month else year + 1

    def _near(self, day: Day) -> int | None:
        """Return the year that brings the day close to a month or day named; May is not close to May."""
        if self.near is None:
            return None
        year, month, kind = self.near
        months = {y: abs((y - year) * _LAST_MONTH + day.month - month) for y in (year - 1, year, year + 1)}
        nearest = min(months, key=lambda y: months[y])
        close = (kind == "day" or months[nearest] > 0) and months[nearest] <= _NEAR_MONTHS
        return nearest if close and nearest >= (self.past or 0) else None

    def _after_past(self, day: Day) -> int | None:
        if self.past is None or self.base != self.past:
            return self.closing if self._said_on(day, self.closing) else None
        if self.annual == self.past:
            following = self.past + 1
            fits = not self.weekdays or self._said_on(day, following) or self._said_on(day, following, back=1)
            return following if fits else None
        for back in (0, 1):
            years = range(self.past + 1, self.past + _YEARS_BACK + 1)
            if fitting := [year for year in years if self._said_on(day, year, back=back)]:
                return fitting[0] if len(fitting) == 1 else None
        return None

    def _said_on(self, day: Day, year: int | None, *, back: int = 0) -> bool:
        on = day.on(year) if year else None
        return on is not None and self.weekdays[:1] == [(on.weekday() - back) % 7]

    def mentioned(self) -> set[int]:
        """Return all years that the text names, in whatever sense."""
        return {int(m[0]) for m in _any_year().finditer(self.text)}


@cache
def _evidence() -> tuple[tuple[re.Pattern[str], str, int], ...]:
    return tuple((compiled(r["pattern"]), r["kind"], r.get("months", 0)) for r in data()["evidence"])


@cache
def _weekday() -> re.Pattern[str]:
    return compiled(r"\b(?:{weekday})\b")


@cache
def _year_range() -> re.Pattern[str]:
    return compiled(r"(?<!\d)(?P<year>(?:19|20)\d\d)[-\u2013/]\d\d(?!\d|[-/]\d)")


@cache
def _any_year() -> re.Pattern[str]:
    return compiled(r"(?<!\d){year}")
