"""What each provider knew of a pair on a day: printed numbers first, arithmetic on printed numbers after.

A ``Shelf`` holds observations ready to be asked. It answers with one ``Series`` per provider and reporter,
and a series answers with a ``Reading``: a value, the rows it stands on and what their rounding leaves open.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import cached_property
from statistics import median
from typing import TYPE_CHECKING

from msgspec import structs

from tallyman import vintage
from tallyman.interval import Interval, rounding, written_step
from tallyman.model import Noun, Observation
from tallyman.period import Span, calendar_year, is_year
from tallyman.sums import Term, shortest_sum

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from tallyman.model import Basis

    Pair = frozenset[str | None]
    Levels = defaultdict[str, dict[Span, list[Observation]]]

FEWEST_REVISIONS = 3
USUAL_REVISION = Decimal("0.0012")  # the median of 22 revised numbers of offices in the shipped tables
FLOWS = ("exports", "imports")


class Reading(Noun, frozen=True, kw_only=True):
    """A value for a span: printed if it has one term, else the sum of its terms.

    ``span`` is what the rounding of the rows leaves open; ``slack`` is how far earlier prints of the same
    numbers lie from the ones that count.
    """

    value: Decimal
    span: Interval
    slack: Decimal
    start: date
    end: date
    terms: tuple[Term, ...]

    @property
    def printed(self) -> bool:
        """Whether the provider printed this very number."""
        return len(self.terms) == 1 and self.terms[0].sign > 0

    @property
    def rows(self) -> tuple[Observation, ...]:
        """The observations that decide."""
        return tuple(term.row for term in self.terms)

    @property
    def known_on(self) -> date:
        """The first day on which the world could know this value."""
        return max(row.released_on for row in self.rows)


class Series:
    """One provider's count of one reporter's trade with one partner, as known on one day."""

    def __init__(self, rows: list[Observation], unit: str) -> None:
        first = rows[0]
        self.unit = unit
        self.provider = first.provider
        self.reporter = first.measure.reporter
        self.partner = first.measure.partner
        self.product = first.measure.product
        self.basis: Basis = first.measure.basis
        self._prints = {key: vintage.prints(group) for key, group in _numbers(rows).items()}
        self._revisions: dict[str, Decimal] = {}
        self._asked: dict[tuple[str, date, date], Reading | None] = {}

    @cached_property
    def _levels(self) -> Levels:
        return _levels(prints for prints in self._prints.values() if not _is_quoted(prints[-1]))

    @cached_property
    def _quoted(self) -> Levels:
        return _levels(prints for prints in self._prints.values() if _is_quoted(prints[-1]))

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
        printed = set(self._levels[indicator])
        if indicator == "total_trade":
            printed |= set(self._levels["exports"]) & set(self._levels["imports"])
        return sorted(printed, key=lambda span: (span[1], span[0]))

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
        spans = self.spans(indicator)
        if not spans:
            return []
        calendar = {calendar_year(year) for year in range(spans[0][0].year, spans[-1][1].year + 1)}
        wanted = calendar | {span for span in spans if is_year(*span)}
        known = [span for span in wanted if self.level(indicator, *span) is not None]
        return sorted(known, key=lambda span: (span[1], span[0]))

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
        return _reading(terms, start, end) if terms else None

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
        return None if any(reading is None for reading, _ in parts) else _reading(terms, start, end)

    def _chain(self, indicator: str, start: date, end: date) -> Reading | None:
        levels = self._levels[indicator]
        if (start, end) in levels:
            row = levels[start, end][-1]
            return _reading([(Term(sign=1, row=row), self._slack(row))], start, end)
        terms = shortest_sum([prints[-1] for prints in levels.values()], start, end)
        return _reading([(term, self._slack(term.row)) for term in terms], start, end) if terms else None

    def _slack(self, row: Observation) -> Decimal:
        earlier = superseded(self.prints(row))
        return max((abs(before.value - row.value) for before in earlier), default=Decimal(0))


class Shelf:
    """Observations ready to be asked many times: by pair and by day.

    A mapping gives the observations of a pair of areas when they are asked for, so that a large ledger need
    not be read whole.

    >>> Shelf([]).series("CN", "RU", as_of=date(2024, 1, 1))
    []
    """

    def __init__(self, observations: Iterable[Observation] | Mapping[Pair, Sequence[Observation]]) -> None:
        self._pairs = observations if isinstance(observations, Mapping) else by_pair(observations)
        self._quoting: dict[Pair, set[str]] = {}
        self._known: dict[tuple[object, ...], list[Series]] = {}

    def series(
        self, one: str | None, other: str | None, *, as_of: date, without: Collection[str] = ()
    ) -> list[Series]:
        """Return every series of a pair of areas that had a row on ``as_of``, in either direction.

        ``without`` names documents whose second-hand rows must not count, so that no report supports itself.
        """
        pair = frozenset((one, other))
        rows = self._pairs.get(pair, ())
        if pair not in self._quoting:
            self._quoting[pair] = {row.document_id for row in rows if row.document_id is not None}
        quoted = frozenset(without) & self._quoting[pair]
        key = (pair, as_of, quoted)
        if key not in self._known:
            groups: defaultdict[tuple[object, ...], list[Observation]] = defaultdict(list)
            for row in sorted(rows, key=lambda row: row.id):
                if row.released_on <= as_of and row.document_id not in quoted:
                    groups[_source(row)].append(row)
            self._known[key] = [series for rows in groups.values() for series in _by_unit(rows)]
        return self._known[key]

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


def negated(reading: Reading) -> Reading:
    """Return a reading of the opposite sign: one side's surplus is the other side's deficit."""
    terms = tuple(Term(sign=-term.sign, row=term.row) for term in reversed(reading.terms))
    return structs.replace(reading, value=-reading.value, span=reading.span.mirrored(), terms=terms)


def superseded(prints: list[Observation]) -> list[Observation]:
    """Return the earlier prints of a number that the last one contradicts beyond their rounding."""
    return [
        before
        for before in prints[:-1]
        if not vintage.rounds_to(prints[-1].value, before.value, before.step or Decimal(0))
        and not vintage.rounds_to(before.value, prints[-1].value, prints[-1].step or Decimal(0))
    ]


def written(row: Observation) -> Interval:
    """Return what a printed number leaves open; one its source rounded counts to its last digit but zero."""
    return rounding(row.value, written_step(row.value) if row.status == "rounded" else row.step)


def agreement(interval: Interval, value: Decimal, span: Interval, rows: Iterable[Observation]) -> bool | None:
    """Tell whether a value known to within ``span`` lies in an interval; None if its rows cannot say.

    A number that its source rounded decides only what it rules out, a conversion from another currency or a
    second-hand figure not even that: "about 140" neither supports nor refutes 146.9, but it refutes 160.
    """
    seen = list(rows)
    statuses = {row.status for row in seen}
    if interval.holds(value):
        return True
    if "converted" in statuses or any(_is_quoted(row) for row in seen):
        return None
    if not interval.meets(span):
        return False
    return None if "rounded" in statuses else True


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


def _by_unit(rows: list[Observation]) -> list[Series]:
    growth = [row for row in rows if row.role == "change"]
    units = sorted({row.unit for row in rows if row.role == "level"}) or [""]
    return [
        Series([row for row in rows if row.role == "level" and row.unit == unit] + growth, unit)
        for unit in units
    ]


def _numbers(rows: list[Observation]) -> dict[tuple[object, ...], list[Observation]]:
    numbers: defaultdict[tuple[object, ...], list[Observation]] = defaultdict(list)
    for row in rows:
        numbers[vintage.number(row)].append(row)
    return numbers


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


def _is_quoted(row: Observation) -> bool:
    return row.release_kind == "second_hand"


def _is_conversion(row: Observation) -> bool:
    return row.currency is not None and row.currency != row.unit


def _reading(terms: list[tuple[Term, Decimal]], start: date, end: date) -> Reading:
    value = low = high = slack = Decimal(0)
    for term, revision in terms:
        open_ends = written(term.row)
        ends = (open_ends.low or Decimal(0), open_ends.high or Decimal(0))
        value += term.sign * term.row.value
        low += term.sign * ends[term.sign < 0]
        high += term.sign * ends[term.sign > 0]
        slack += revision
    return Reading(
        value=value,
        span=Interval(low=low, high=high),
        slack=slack,
        start=start,
        end=end,
        terms=tuple(sorted((term for term, _ in terms), key=lambda term: -term.sign)),
    )
