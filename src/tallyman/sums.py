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

MOST_TERMS = 12
_DAY = 1


class Term(Noun, frozen=True, kw_only=True):
    """One printed number in a sum; ``sign`` is 1 or -1."""

    sign: int
    row: Observation


def shortest_sum(rows: Iterable[Observation], start: date, end: date) -> list[Term]:
    """Return the fewest printed numbers whose signed spans add up to the days from ``start`` to ``end``.

    Of sums of one length the one whose digits are finest; nothing if more than twelve numbers were needed.
    """
    first_day, day_after = start.toordinal(), end.toordinal() + _DAY
    edges: defaultdict[int, list[tuple[int, Term]]] = defaultdict(list)
    for row in rows:
        if row.period.start is not None and row.period.end is not None:
            first, after = row.period.start.toordinal(), row.period.end.toordinal() + _DAY
            edges[first].append((after, Term(sign=1, row=row)))
            edges[after].append((first, Term(sign=-1, row=row)))
    tie = count()
    queue: list[tuple[int, Decimal, int, int, list[Term]]] = [(0, Decimal(0), next(tie), first_day, [])]
    done: set[int] = set()
    while queue:
        length, error, _, place, terms = heappop(queue)
        if place == day_after:
            return terms
        if place in done or length == MOST_TERMS:
            continue
        done.add(place)
        for neighbour, term in edges[place]:
            if neighbour not in done:
                further = error + (term.row.step or Decimal(0))
                heappush(queue, (length + 1, further, next(tie), neighbour, [*terms, term]))
    return []
