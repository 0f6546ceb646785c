"""A value for a span: as printed or added up, with what its rows leave open."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from msgspec import structs

from tallyman import vintage
from tallyman.interval import Interval, rounding, written_step
from tallyman.model import Noun
from tallyman.sums import Term

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tallyman.model import Observation


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


def sum_of(terms: list[tuple[Term, Decimal]], start: date, end: date) -> Reading:
    """Return the reading of a span that terms add up to; each with how far its earlier prints lie from it."""
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
    if "converted" in statuses or any(is_quoted(row) for row in seen):
        return None
    if not interval.meets(span):
        return False
    return None if "rounded" in statuses else True


def is_quoted(row: Observation) -> bool:
    """Tell whether a row is a figure that a report attributes to the office."""
    return row.release_kind == "second_hand"
