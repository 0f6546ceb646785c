"""What each provider knew of a pair on a day: printed numbers first, arithmetic on printed numbers after.

A ``Shelf`` holds observations ready to be asked. It answers with one ``Series`` per provider and reporter,
and a series answers with a ``Reading``: a value, the rows it stands on and what their rounding leaves open.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping
from decimal import Decimal
from functools import cached_property, lru_cache
from statistics import median
from typing import TYPE_CHECKING

from tallyman import vintage
from tallyman.period import MONTHS_IN_YEAR, Span, calendar_year, is_year, whole_months
from tallyman.reading import Reading, is_quoted, sum_of, superseded
from tallyman.sums import Sums, Term

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence
    from datetime import date

    from tallyman.model import Basis, Observation

    Pair = frozenset[str | None]
    Levels = defaultdict[str, dict[Span, list[Observation]]]

FEWEST_REVISIONS = 3
USUAL_REVISION = Decimal("0.0012")  # the median of 22 revised numbers of offices in the shipped tables
FLOWS = ("exports", "imports")
_STATES = 4096
"""Of how many states of knowledge a shelf remembers the series; days between two releases share theirs."""


class Series:
    """One provider's count of one reporter's trade with one partner, as known on one day."""

    def __init__(self, prints: Mapping[vintage.Number, list[Observation]], unit: str) -> None:
        first = next(iter(prints.values()))[0]
        self.unit = unit
        self.provider = first.provider
        self.reporter = first.measure.reporter
        self.partner = first.measure.partner
        self.product = first.measure.product
        self.basis: Basis = first.measure.basis
        self._prints = prints
        self._sums: dict[str, Sums] = {}
        self._revisions: dict[str, Decimal] = {}
        self._slacks: dict[str, Decimal] = {}
        self._asked: dict[tuple[str, date, date], Reading | None] = {}
        self._spans: dict[str, list[Span]] = {}
        self._parts: dict[str, list[Span]] = {}
        self._years: dict[str, list[Span]] = {}

    @cached_property
    def _levels(self) -> Levels:
        return _levels(prints for prints in self._prints.values() if not is_quoted(prints[-1]))

    @cached_property
    def _quoted(self) -> Levels:
        return _levels(prints for prints in self._prints.values() if is_quoted(prints[-1]))

    @cached_property
    def _rates(self) -> dict[tuple[object, ...], list[Observation]]:
        rates: defaultdict[tuple[object, ...], list[Observation]] = defaultdict(list)
        for prints in self._prints.values():
            for row in prints:
                if row.role == "change" and row.status != "suspect":
                    rates[row.measure.indicator, row.period.start, row.period.end, row.currency].append(row)
        return rates

    def spans(self, indicator: str) -> list[Span]:
        """Return the spans for which a number is printed, or both flows are, oldest first."""
        if indicator not in self._spans:
            printed = set(self._levels[indicator])
            if indicator == "total_trade":
                printed |= set(self._levels["exports"]) & set(self._levels["imports"])
            self._spans[indicator] = sorted(printed, key=_end_first)
        return self._spans[indicator]

    def parts(self, indicator: str) -> list[Span]:
        """Return those spans that are whole months and no more than a year of them, oldest first."""
        if indicator not in self._parts:
            self._parts[indicator] = [
                span for span in self.spans(indicator) if 0 < (whole_months(*span) or 0) <= MONTHS_IN_YEAR
            ]
        return self._parts[indicator]

    def first_day(self, indicator: str) -> date | None:
        """Return the first day of the earliest printed span of any role."""
        days = [
            row.period.start
            for prints in self._prints.values()
            for row in prints
            if row.measure.indicator == indicator and row.period.start is not None
        ]
        return min(days, default=None)

    def to_date(self, indicator: str, start: date, end: date) -> Reading | None:
        """Return the longest known part of a span that begins on its first day and ends before its last."""
        parts = [span for span in self.spans(indicator) if span[0] == start and span[1] < end]
        return self.level(indicator, *parts[-1]) if parts else None

    def years(self, indicator: str) -> list[Span]:
        """Return the calendar years and printed fiscal years that are known, oldest first."""
        if indicator not in self._years:
            self._years[indicator] = self._known_years(indicator)
        return self._years[indicator]

    def level(self, indicator: str, start: date, end: date) -> Reading | None:
        """Return the level of a span: as printed, else by the shortest sum of printed numbers, else None.

        Sums run over months, quarters, years and differences of year-to-date numbers; total trade may be
        the sum of both flows, a flow the total less the other, a balance exports less imports.
        """
        key = (indicator, start, end)
        if key not in self._asked:
            self._asked[key] = self._level(indicator, start, end)
        return self._asked[key]

    def quoted(self, indicator: str, start: date, end: date) -> Reading | None:
        """Return the level of a span that only reports tell, as the office's print that they saw.

        It is no part of ``level``, nor of any sum: a report misprints, and a reader misreads.
        """
        prints = self._quoted[indicator].get((start, end), [])
        terms = [(Term(sign=1, row=row), self._slack(row)) for row in prints[-1:]]
        return sum_of(terms, start, end) if terms else None

    def growth(self, indicator: str, start: date, end: date, currency: str) -> list[Observation]:
        """Return the printed growth of a span on a year before in percent of ``currency``, oldest first."""
        return self._rates.get((indicator, start, end, currency), [])

    def suspects(self, indicator: str, start: date, end: date) -> list[Observation]:
        """Return the suspect prints of a span, which are shown but never decide."""
        return [
            prints[-1]
            for prints in self._prints.values()
            if prints[-1].status == "suspect"
            and prints[-1].measure.indicator == indicator
            and (prints[-1].period.start, prints[-1].period.end) == (start, end)
        ]

    def prints(self, row: Observation) -> list[Observation]:
        """Return all prints of the number that ``row`` prints, oldest first."""
        return self._prints[vintage.number(row)]

    def usual_revision(self, indicator: str) -> Decimal:
        """Return the median size of past revisions as a share; the usual one where few are known."""
        if indicator not in self._revisions:
            self._revisions[indicator] = _median_revision(self._levels[indicator].values())
        return self._revisions[indicator]

    def _known_years(self, indicator: str) -> list[Span]:
        spans = self.spans(indicator)
        if not spans:
            return []
        calendar = {calendar_year(year) for year in range(spans[0][0].year, spans[-1][1].year + 1)}
        wanted = calendar | {span for span in spans if is_year(*span)}
        return sorted((span for span in wanted if self.level(indicator, *span) is not None), key=_end_first)

    def _level(self, indicator: str, start: date, end: date) -> Reading | None:
        own = self._chain(indicator, start, end)
        if own is not None and own.printed:
            return own
        found = [reading for reading in (own, self._from_flows(indicator, start, end)) if reading is not None]
        return min(found, key=lambda reading: len(reading.terms), default=None)

    def _from_flows(self, indicator: str, start: date, end: date) -> Reading | None:
        signs = {
            "total_trade": (("exports", 1), ("imports", 1)),
            "balance": (("exports", 1), ("imports", -1)),
            "exports": (("total_trade", 1), ("imports", -1)),
            "imports": (("total_trade", 1), ("exports", -1)),
        }.get(indicator)
        if signs is None:
            return None
        parts = [(self._chain(name, start, end), sign) for name, sign in signs]
        terms = [
            (Term(sign=term.sign * sign, row=term.row), self._slack(term.row))
            for reading, sign in parts
            if reading is not None
            for term in reading.terms
        ]
        return None if any(reading is None for reading, _ in parts) else sum_of(terms, start, end)

    def _chain(self, indicator: str, start: date, end: date) -> Reading | None:
        levels = self._levels[indicator]
        if (start, end) in levels:
            row = levels[start, end][-1]
            return sum_of([(Term(sign=1, row=row), self._slack(row))], start, end)
        if indicator not in self._sums:
            self._sums[indicator] = Sums(prints[-1] for prints in levels.values())
        terms = self._sums[indicator].shortest(start, end)
        return sum_of([(term, self._slack(term.row)) for term in terms], start, end) if terms else None

    def _slack(self, row: Observation) -> Decimal:
        if row.id not in self._slacks:
            earlier = superseded(self.prints(row))
            self._slacks[row.id] = max(
                (abs(before.value - row.value) for before in earlier), default=Decimal(0)
            )
        return self._slacks[row.id]


class Shelf:
    """Observations ready to be asked many times: by pair and by day.

    A mapping gives the observations of a pair of areas when they are asked for, so that a large ledger need
    not be read whole.

    >>> from datetime import date
    >>> Shelf([]).series("CN", "RU", as_of=date(2024, 1, 1))
    []
    """

    def __init__(self, observations: Iterable[Observation] | Mapping[Pair, Sequence[Observation]]) -> None:
        self._pairs = observations if isinstance(observations, Mapping) else by_pair(observations)
        self._sources: dict[Pair, list[_Source]] = {}
        self._states = lru_cache(_STATES)(_Source.series)

    def series(
        self, one: str | None, other: str | None, *, as_of: date, without: Collection[str] = ()
    ) -> list[Series]:
        """Return every series of a pair of areas that had a row on ``as_of``, in either direction.

        ``without`` names documents whose second-hand rows must not count, so that no report supports itself.
        """
        pair = frozenset((one, other))
        if pair not in self._sources:
            groups: defaultdict[tuple[object, ...], list[Observation]] = defaultdict(list)
            for row in sorted(self._pairs.get(pair, ()), key=lambda row: row.id):
                groups[_source(row)].append(row)
            self._sources[pair] = [_Source(rows) for rows in groups.values()]
        return [
            found
            for source in self._sources[pair]
            for found in self._states(source, *source.state(as_of, without))
        ]

    def partners(self, area: str | None) -> list[str]:
        """Return the areas with which ``area`` has any row, on any day, in alphabetical order."""
        return sorted(other for pair in self._pairs if area in pair for other in pair - {area} if other)

    def covers(self, one: str | None, other: str | None) -> bool:
        """Tell whether there is any row for a pair, on any day."""
        return bool(self._pairs.get(frozenset((one, other))))


def by_pair(observations: Iterable[Observation]) -> dict[Pair, list[Observation]]:
    """Return the observations of each pair of areas, whichever of the two counts."""
    pairs: defaultdict[Pair, list[Observation]] = defaultdict(list)
    for row in observations:
        pairs[frozenset((row.measure.reporter, row.measure.partner))].append(row)
    return dict(pairs)


def shelf(observations: Iterable[Observation] | Shelf) -> Shelf:
    """Return the observations as a shelf; a shelf stays what it is."""
    return observations if isinstance(observations, Shelf) else Shelf(observations)


def _median_revision(numbers: Iterable[list[Observation]]) -> Decimal:
    changes = [
        abs(prints[-1].value / earlier[0].value - 1)
        for prints in numbers
        if (earlier := superseded(prints)) and earlier[0].value
    ]
    return median(changes) if len(changes) >= FEWEST_REVISIONS else USUAL_REVISION


def _source(row: Observation) -> tuple[object, ...]:
    measure = row.measure
    return (row.provider, measure.reporter, measure.partner, measure.product, measure.basis)


class _Source:
    """All rows of one provider on one reporter's trade with one partner."""

    def __init__(self, rows: list[Observation]) -> None:
        self._rows = rows
        self._days = sorted(row.released_on for row in rows)
        self._quoting = {row.document_id for row in rows if row.document_id is not None}
        self._numbers: dict[frozenset[str], dict[vintage.Number, vintage.Vintages]] = {}

    def state(self, as_of: date, without: Collection[str]) -> tuple[int, frozenset[str]]:
        """Return how many rows were out on a day, and which documents' rows are left out: what decides the series."""
        return bisect_right(self._days, as_of), frozenset(without) & self._quoting

    def series(self, released: int, hidden: frozenset[str]) -> list[Series]:
        """Return the series of each unit in a state."""
        return _by_unit(self._without(hidden), self._days[released - 1]) if released else []

    def _without(self, hidden: frozenset[str]) -> dict[vintage.Number, vintage.Vintages]:
        if hidden not in self._numbers:
            rows = [row for row in self._rows if row.document_id not in hidden]
            numbers = vintage.by_number(rows).items()
            self._numbers[hidden] = {key: vintage.Vintages(group) for key, group in numbers}
        return self._numbers[hidden]


def _by_unit(numbers: dict[vintage.Number, vintage.Vintages], as_of: date) -> list[Series]:
    known = {key: prints for key, number in numbers.items() if (prints := number.on(as_of))}
    growth = {key: prints for key, prints in known.items() if prints[0].role == "change"}
    levels: defaultdict[str, dict[vintage.Number, list[Observation]]] = defaultdict(dict)
    for key, prints in known.items():
        if prints[0].role == "level":
            levels[prints[0].unit][key] = prints
    if growth and not levels:
        levels[""] = {}
    return [Series(levels[unit] | growth, unit) for unit in sorted(levels)]


def _levels(numbers: Iterable[list[Observation]]) -> Levels:
    """Return the prints of each level by indicator and span; a conversion stands back behind a count."""
    levels: Levels = defaultdict(dict)
    for prints in numbers:
        row = prints[-1]
        start, end = row.period.start, row.period.end
        if row.role != "level" or row.status == "suspect" or start is None or end is None:
            continue
        rival = levels[row.measure.indicator].get((start, end))
        if rival is None or _is_conversion(rival[-1]):
            levels[row.measure.indicator][start, end] = prints
    return levels


def _end_first(span: Span) -> tuple[date, date]:
    return (span[1], span[0])


def _is_conversion(row: Observation) -> bool:
    return row.currency is not None and row.currency != row.unit
