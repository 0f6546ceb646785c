"""One provider's months: what its printed months, quarters, year-to-date figures and years leave known.

Spans are edges between month boundaries, so that a year-to-date figure less the one before is a month, and
January-February printed as one stays one. A span of several months is spread over its months by the season
that the series itself shows, which leaves its sum as printed.
"""

from __future__ import annotations

from collections import defaultdict, deque
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from tallyman.forecast.filters import MONTH_DAYS, YEAR, Array
from tallyman.period import whole_months

if TYPE_CHECKING:
    from datetime import date

    from tallyman.series import Series

ROUNDS = 2
FEWEST_PARTS = 4


class Block(NamedTuple):
    """The sum of the months ``start`` to ``end`` (half-open, months since year 0), full units."""

    start: int
    end: int
    value: float


class Months(NamedTuple):
    """``values`` (years, 12) from ``first_year``, NaN where unknown; ``blocks`` are the sums behind them.

    The years begin in calendar month ``first_month``.
    """

    first_year: int
    first_month: int
    values: Array
    blocks: list[Block]

    @property
    def totals(self) -> Array:
        """The totals of the years, NaN unless all months are known."""
        return np.asarray(self.values.sum(1))

    def known(self, year: int) -> int:
        """Return how many first months of a year are known without a gap."""
        place = year - self.first_year
        if not 0 <= place < len(self.values):
            return 0
        known = np.isfinite(self.values[place])
        return YEAR if known.all() else int(known.argmin())

    def until(self, year: int) -> Months:
        """Return the months up to the end of a year, with empty years where none are known yet."""
        wanted = max(year - self.first_year + 1, 0)
        values = np.full((wanted, YEAR), np.nan)
        values[: len(self.values)] = self.values[:wanted]
        return self._replace(values=values)


def month_number(day: date) -> int:
    """Return the number of months from January of year 0 to the month of ``day``."""
    return day.year * YEAR + day.month - 1


def view(series: Series, indicator: str, first_month: int = 1) -> Months | None:
    """Return the months of a series as known, or None if it prints no whole months at all.

    Values that are zero or negative are unknown: a logarithm has no place for them.
    """
    spans = [span for span in series.spans(indicator) if whole_months(*span)]
    edges = []
    for start, end in spans:
        reading = series.level(indicator, start, end)
        if reading is not None and reading.value > 0:
            edges.append(Block(month_number(start), month_number(end) + 1, float(reading.value)))
    found = blocks(edges)
    return spread(found, first_month) if found else None


def blocks(edges: list[Block]) -> list[Block]:
    """Return the finest sums that follow from printed spans, oldest first and without overlap.

    >>> blocks([Block(0, 2, 5.0), Block(0, 3, 9.0)])
    [Block(start=0, end=2, value=5.0), Block(start=2, end=3, value=4.0)]
    """
    near: defaultdict[int, list[tuple[int, float]]] = defaultdict(list)
    for edge in edges:
        near[edge.start].append((edge.end, edge.value))
        near[edge.end].append((edge.start, -edge.value))
    seen: set[int] = set()
    found: list[Block] = []
    for root in sorted(near):
        if root not in seen:
            height = _heights(root, near)
            seen |= height.keys()
            found += _steps(height)
    printed = {(edge.start, edge.end) for edge in edges}
    taken: set[int] = set()
    chosen = []
    for block in sorted(found, key=lambda b: (b.end - b.start, (b.start, b.end) not in printed, b.start)):
        months = set(range(block.start, block.end))
        if not months & taken:
            taken |= months
            chosen.append(block)
    return sorted(chosen)


def spread(found: list[Block], first_month: int = 1) -> Months:
    """Spread sums over their months and lay them out in years that begin in ``first_month``."""
    shift = first_month - 1
    first_year = (found[0].start - shift) // YEAR
    years = (found[-1].end - 1 - shift) // YEAR - first_year + 1
    season = np.log([MONTH_DAYS[(shift + place) % YEAR] for place in range(YEAR)])
    for _ in range(ROUNDS):
        values = np.full(years * YEAR, np.nan)
        for block in found:
            places = np.arange(block.start, block.end) - shift - first_year * YEAR
            share = np.exp(season[places % YEAR])
            values[places] = block.value * share / share.sum()
        season = _season(values.reshape(years, YEAR), found, season, shift + first_year * YEAR)
    return Months(first_year, first_month, values.reshape(years, YEAR), found)


def _heights(root: int, near: dict[int, list[tuple[int, float]]]) -> dict[int, float]:
    """Return the running sum at each boundary that printed spans join to ``root``, by the fewest spans."""
    height = {root: 0.0}
    queue = deque([root])
    while queue:
        place = queue.popleft()
        for other, value in near[place]:
            if other not in height:
                height[other] = height[place] + value
                queue.append(other)
    return height


def _steps(height: dict[int, float]) -> list[Block]:
    """Return the sums between neighbouring boundaries; one below its neighbour is a misprint: skipped."""
    places = sorted(height)
    steps = []
    last = places[0]
    for place in places[1:]:
        if height[place] > height[last]:
            steps.append(Block(last, place, height[place] - height[last]))
            last = place
    return steps


def _season(values: Array, found: list[Block], season: Array, origin: int) -> Array:
    """Return the season that the finely known years show; a month keeps its place in a block never split."""
    parts: defaultdict[int, int] = defaultdict(int)
    for block in found:
        parts[(block.start - origin) // YEAR] += 1
    fine = [
        year for year, count in parts.items() if count >= FEWEST_PARTS and np.isfinite(values[year]).all()
    ]
    if not fine:
        return season
    logs = np.log(values[fine])
    shape = (logs - logs.mean(1, keepdims=True)).mean(0)
    return np.asarray(shape)
