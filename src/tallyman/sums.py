"""Sums of printed numbers: which months, quarters and differences of years to date add up to a span."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from heapq import heappop, heappush
from itertools import count
from typing import TYPE_CHECKING

from tallyman.model import Noun, Observation

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    _Path = tuple[int, Decimal, int, int, tuple[tuple[int, Observation], ...]]

MOST_TERMS = 12
_DAY = 1


class Term(Noun, frozen=True, kw_only=True):
    """One printed number in a sum; ``sign`` is 1 or -1."""

    sign: int
    row: Observation


class Sums:
    """Printed numbers of one measure, ready to be added up to any span."""

    def __init__(self, rows: Iterable[Observation]) -> None:
        """Take one row a span; rows without a span are left out."""
        self._edges: defaultdict[int, list[tuple[int, int, Observation]]] = defaultdict(list)
        for row in rows:
            if row.period.start is not None and row.period.end is not None:
                first, after = row.period.start.toordinal(), row.period.end.toordinal() + _DAY
                self._edges[first].append((after, 1, row))
                self._edges[after].append((first, -1, row))

    def shortest(self, start: date, end: date) -> list[Term]:
        """Return the fewest printed numbers whose signed spans add up to the days from ``start`` to ``end``.

        Of sums of one length the one whose digits are finest; nothing if more than twelve numbers were needed.
        """
        first_day, day_after = start.toordinal(), end.toordinal() + _DAY
        if first_day not in self._edges or day_after not in self._edges:
            return []
        tie = count()
        queue: list[_Path] = [(0, Decimal(0), next(tie), first_day, ())]
        done: set[int] = set()
        while queue:
            length, error, _, place, taken = heappop(queue)
            if place == day_after:
                return [Term(sign=sign, row=row) for sign, row in taken]
            if place in done or length == MOST_TERMS:
                continue
            done.add(place)
            for neighbour, sign, row in self._edges[place]:
                if neighbour not in done:
                    further = error + (row.step or Decimal(0))
                    heappush(queue, (length + 1, further, next(tie), neighbour, (*taken, (sign, row))))
        return []
