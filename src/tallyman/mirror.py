"""The mirror: the same trade as both sides count it, year by year.

Exports of one side are imports of the other, later, with freight and insurance on top, and not always known to
be bound for it; so the two counts differ, and the gap is a fact of its own.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from tallyman.model import Indicator, Measure, Noun, Period
from tallyman.providers.catalogue import providers
from tallyman.series import shelf
from tallyman.source import sources

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tallyman.model import Observation
    from tallyman.period import Span
    from tallyman.reading import Reading
    from tallyman.series import Shelf
    from tallyman.source import Source

COUNTED: tuple[Indicator, ...] = ("total_trade", "exports", "imports")
_PERCENT = 100
_TENTH = Decimal("0.1")


class Count(Noun, frozen=True, kw_only=True):
    """What one side counts, in full units: the first of its providers that knows the year.

    ``valued`` is how it values goods, "FOB" or "CIF" (both for total trade), where the provider says so;
    ``evidence`` lists the ids of the observations behind the value, several if it is their sum.
    """

    provider: str
    indicator: Indicator
    value: Decimal
    unit: str
    valued: str | None
    known_on: date
    evidence: tuple[str, ...]


class Gap(Noun, frozen=True, kw_only=True):
    """One year of trade on both sides' count; ``measure`` is seen from the first, ``gap`` in % of the smaller."""

    measure: Measure
    period: Period
    one: Count
    other: Count
    gap: Decimal


def mirror(
    observations: Iterable[Observation] | Shelf, pair: tuple[str, str], *, as_of: date, unit: str = "USD"
) -> list[Gap]:
    """Return the years that both areas of a pair had counted by ``as_of``: total trade, then the two flows.

    The latest year comes first. Only amounts in one currency, ``unit``, are compared.

    >>> mirror([], ("CN", "RU"), as_of=date(2024, 1, 1))
    []
    """
    known = shelf(observations)
    return [gap for indicator in COUNTED for gap in _gaps(known, indicator, pair, as_of, unit)]


def _gaps(known: Shelf, indicator: Indicator, pair: tuple[str, str], as_of: date, unit: str) -> list[Gap]:
    measure = Measure(indicator=indicator, reporter=pair[0], partner=pair[1])
    sides: tuple[dict[Span, Count], dict[Span, Count]] = ({}, {})
    for source in sources(measure, known, as_of=as_of, unit=unit):
        for span in source.years():
            reading = source.level(span)
            if reading is not None:
                sides[source.side != "own"].setdefault(span, _count(source, reading))
    both = sorted(set(sides[0]) & set(sides[1]), reverse=True)
    return [_gap(measure, span, sides[0][span], sides[1][span]) for span in both]


def _count(source: Source, reading: Reading) -> Count:
    provider = providers().get(source.series.provider)
    exports = provider.exports_valued if provider else None
    imports = provider.imports_valued if provider else None
    both = f"{exports} + {imports}" if exports and imports else None
    return Count(
        provider=source.series.provider,
        indicator=source.indicator,
        value=reading.value,
        unit=source.series.unit,
        valued={"exports": exports, "imports": imports}.get(source.indicator, both),
        known_on=reading.known_on,
        evidence=tuple(row.id for row in reading.rows),
    )


def _gap(measure: Measure, span: Span, one: Count, other: Count) -> Gap:
    low, high = sorted((one.value, other.value))
    gap = ((high - low) / low * _PERCENT).quantize(_TENTH) if low > 0 else Decimal(0)
    return Gap(
        measure=measure,
        period=Period(start=span[0], end=span[1], relation="during"),
        one=one,
        other=other,
        gap=gap,
    )
