"""Amounts in another currency: a provider's count at the rate of the very span, with the rate named.

Amounts are compared in the currency they were printed in. Only where nobody counts in the currency of a claim is
a count converted, and then it may support but never refutes: customs convert month by month, at rates of their own.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from msgspec import structs

from tallyman.interval import Interval
from tallyman.providers.rates import Conversion, Rate, conversion
from tallyman.quantity import currencies
from tallyman.source import Source, sources
from tallyman.wording import figure, say, span

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from tallyman.model import Measure
    from tallyman.period import Span
    from tallyman.reading import Reading
    from tallyman.series import Shelf

_ZERO = Decimal(0)


class Converted(Source):
    """A source whose levels are given in another currency, where rates for their spans are known."""

    converted = True

    def __init__(self, source: Source, measure: Measure, unit: str) -> None:
        super().__init__(source.series, measure, source.world)
        self.unit = unit

    def level(self, span: Span) -> Reading | None:
        """Return the level of a span in the other currency; None where a rate is missing."""
        reading = super().level(span)
        return None if reading is None else self._turned(reading)

    def quoted(self, span: Span) -> Reading | None:
        """Return the level that only reports tell, in the other currency."""
        reading = super().quoted(span)
        return None if reading is None else self._turned(reading)

    def slack(self, reading: Reading) -> Decimal:
        """Return how far a converted number may move; its revisions and the digits of the rates are in it."""
        return reading.slack

    def unrated(self, span: Span) -> Reading | None:
        """Return the level as counted, where it is known and only a rate is missing."""
        return super().level(span) if self.level(span) is None else None

    def at_rates(self, reading: Reading) -> str:
        """Say what was counted and at which rates it was converted."""
        counted = sum((term.sign * term.row.value for term in reading.terms), _ZERO)
        used = dict.fromkeys(rate for found in self._conversions(reading) if found for rate in found.rates)
        return say(
            "level.converted",
            counted=figure(counted, self.series.unit),
            rates=say("level.also").join(_words(rate) for rate in used),
        )

    def _turned(self, reading: Reading) -> Reading | None:
        counted, value, error = _ZERO, _ZERO, _ZERO
        for term, found in zip(reading.terms, self._conversions(reading), strict=True):
            if found is None:
                return None
            part = term.sign * term.row.value
            counted += part
            value += part * found.factor
            error += abs(part) * found.factor * found.error
        if not counted:
            return None
        factor = value / counted
        low, high = reading.span.low, reading.span.high
        return structs.replace(
            reading,
            value=Decimal(round(value)),
            span=Interval(
                low=None if low is None else low * factor, high=None if high is None else high * factor
            ),
            slack=super().slack(reading) * abs(factor) + error,
        )

    def _conversions(self, reading: Reading) -> list[Conversion | None]:
        periods = [term.row.period for term in reading.terms]
        return [
            conversion(self.series.unit, self.unit, (period.start, period.end))
            if period.start and period.end
            else None
            for period in periods
        ]


def converted(
    measure: Measure, shelf: Shelf, *, as_of: date, without: Collection[str], unit: str
) -> list[Source]:
    """Return the sources that count a measure in other currencies than ``unit``, converted into it."""
    found = sources(measure, shelf, as_of=as_of, without=without)
    return [
        Converted(source, measure, unit)
        for source in found
        if source.series.unit != unit and source.series.unit in currencies()
    ]


def _words(rate: Rate) -> str:
    return say(
        f"level.{rate.kind}",
        one=figure(Decimal(1), rate.base),
        price=figure(rate.value, rate.quote),
        span=span(rate.start, rate.end),
        publisher=rate.publisher,
    )
