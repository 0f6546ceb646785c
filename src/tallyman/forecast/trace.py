"""Which series a forecast is about: one provider's count of a measure, and the others it counts beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tallyman.forecast.months import Months, view
from tallyman.source import WORLD, sources

if TYPE_CHECKING:
    from datetime import date

    from tallyman.model import Measure
    from tallyman.series import Series, Shelf
    from tallyman.source import Source

LEAST_SPANS = 24


class Trace(NamedTuple):
    """One provider's months of a measure, in the unit and from the side in which it counts."""

    source: Source
    months: Months
    measure: Measure
    neighbours: list[Months]


def traces(
    measure: Measure, shelf: Shelf, *, as_of: date, first_month: int = 1, unit: str | None = None
) -> list[Trace]:
    """Return the months of every provider that counts a measure, in the order in which they are named."""
    found = []
    for source in sources(measure, shelf, as_of=as_of, unit=unit):
        months = view(source.series, source.indicator, first_month)
        if months is not None:
            near = _neighbours(source, shelf, as_of, first_month)
            found.append(Trace(source, months, source.measure, near))
    return found


def _neighbours(source: Source, shelf: Shelf, as_of: date, first_month: int) -> list[Months]:
    """Return the months of the same provider's trade with other partners, where it prints many spans."""
    found = []
    for partner in shelf.partners(source.series.reporter):
        if partner in (WORLD, source.series.partner):
            continue
        for series in shelf.series(source.series.reporter, partner, as_of=as_of):
            if _alike(series, source.series) and len(series.spans(source.indicator)) >= LEAST_SPANS:
                months = view(series, source.indicator, first_month)
                found += [] if months is None else [months]
    return found


def _alike(series: Series, own: Series) -> bool:
    names = ("provider", "reporter", "unit", "product", "basis")
    return all(getattr(series, name) == getattr(own, name) for name in names)
