"""The same trade as both sides count it, year by year."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tallyman.model import Measure, Noun, Observation
from tallyman.providers.catalogue import providers
from tallyman.publish.charts import points

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date


class Gap(Noun, frozen=True, kw_only=True):
    """Total trade over the same days as each side counts it; ``gap`` in per cent of the smaller."""

    one: Observation
    other: Observation
    gap: float


def mirror(figures: Sequence[Observation], key: str, *, as_of: date, unit: str = "USD") -> tuple[Gap, ...]:
    """Return the years that both areas of a pair have counted, the latest first.

    Of several providers of one side the one that ranks first speaks for it.
    """
    first, second = key.split("-")
    measure = Measure(indicator="total_trade", reporter=first, partner=second)
    order = list(providers())
    sides: dict[tuple[date, date], dict[str, Observation]] = {}
    rows = points.years(points.of_measure(figures, measure, unit, as_of=as_of))
    for row in sorted(
        rows, key=lambda row: order.index(row.provider) if row.provider in order else len(order)
    ):
        if row.measure.reporter is not None:
            sides.setdefault(points.span(row), {}).setdefault(row.measure.reporter, row)
    both = [found for _, found in sorted(sides.items(), reverse=True) if {first, second} <= set(found)]
    return tuple(_gap(found[first], found[second]) for found in both)


def _gap(one: Observation, other: Observation) -> Gap:
    low, high = sorted((one.value, other.value))
    return Gap(one=one, other=other, gap=round(float((high - low) / low * 100), 1) if low else 0.0)
