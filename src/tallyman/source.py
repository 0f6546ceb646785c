"""Who counts a measure: every provider's series of the pair, turned to the measure's side."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from tallyman.model import Measure
from tallyman.providers.catalogue import providers
from tallyman.quantity import currencies
from tallyman.reading import negated
from tallyman.wording import figure, released, say, span

if TYPE_CHECKING:
    from collections.abc import Collection

    from tallyman.model import Indicator, Observation, Quantity
    from tallyman.period import Span
    from tallyman.reading import Reading
    from tallyman.series import Series, Shelf

Side = Literal["own", "partner", "mirror"]
_TIERS = {"officials": 1, "compiler": 2, "secondary": 2}
WORLD = "WORLD"
_YEAR = timedelta(days=365)
_LAST_RANK = 99
_FLIPPED: dict[Indicator, Indicator] = {"exports": "imports", "imports": "exports"}


class Source:
    """One series as a count of one measure.

    ``side`` is "own" for the reporter's own count, "partner" for the other side's count of total trade or of
    the balance, and "mirror" for its count of a flow, which differs by freight, timing and country of origin.
    """

    converted = False

    def __init__(self, series: Series, measure: Measure, world: Series | None = None) -> None:
        self.series = series
        self.unit = series.unit
        self.world = world
        self.area = series.reporter
        own = series.reporter == measure.reporter
        self.side: Side = "own" if own else "mirror" if measure.indicator in _FLIPPED else "partner"
        self.indicator: Indicator = (
            _FLIPPED.get(measure.indicator, measure.indicator) if self.side == "mirror" else measure.indicator
        )
        known = providers().get(series.provider)
        self.label = known.label if known else series.provider
        self.rank = known.rank if known else _LAST_RANK
        self.tier = _TIERS.get(known.kind, 0) if known else 0

    @property
    def measure(self) -> Measure:
        """The measure as this provider counts it, seen from its own side."""
        series = self.series
        return Measure(
            indicator=self.indicator,
            reporter=series.reporter,
            partner=series.partner,
            product=series.product,
            basis=series.basis,
        )

    @property
    def mirrored(self) -> bool:
        """Whether this is the partner's count of a flow."""
        return self.side == "mirror"

    def level(self, span: Span) -> Reading | None:
        """Return the level of the measured indicator in a span, from this provider's rows."""
        reading = self.series.level(self.indicator, *span)
        turned = self.side == "partner" and self.indicator == "balance"
        return negated(reading) if reading is not None and turned else reading

    def quoted(self, span: Span) -> Reading | None:
        """Return the level that only reports tell of this provider, which never refutes."""
        reading = self.series.quoted(self.indicator, *span)
        turned = self.side == "partner" and self.indicator == "balance"
        return negated(reading) if reading is not None and turned else reading

    def unrated(self, span: Span) -> Reading | None:  # noqa: ARG002 - what a conversion answers
        """Return a level that is known but cannot be converted; None for a source that converts nothing."""
        return None

    def at_rates(self, reading: Reading) -> str:  # noqa: ARG002 - what a conversion answers
        """Say at which rates of exchange a level was converted; nothing where it is as it was counted."""
        return ""

    def growth(self, span: Span, currency: str) -> list[Observation]:
        """Return the printed growth of the measured indicator, oldest print first."""
        return self.series.growth(self.indicator, *span, currency)

    def counts(self, span: Span, currency: str) -> bool:
        """Tell whether the provider gives a level or a rate of growth for a span."""
        return self.level(span) is not None or bool(self.growth(span, currency))

    def years(self) -> list[Span]:
        """Return the complete years known, oldest first."""
        return self.series.years(self.indicator)

    def world_level(self, span: Span) -> Reading | None:
        """Return the reporter's level with the whole world in a span, where the same provider counts it."""
        return None if self.world is None else self.world.level(self.indicator, *span)

    def known_on(self, span: Span) -> date:
        """Return the first day on which the level of a known span could be known."""
        reading = self.level(span)
        rows = reading.rows if reading else ()
        return max((self.series.prints(row)[0].released_on for row in rows), default=date.max)

    def aim(self, quantity: Quantity, day: date, base: Decimal | None = None) -> Decimal | None:
        """Return the amount to reach: a sum as it is, "double" and "by 20 %" from a base.

        The base is the one given, else the last complete year known on the day the aim was named.
        """
        if quantity.unit in currencies():
            return quantity.value
        factor = {"times": quantity.value, "percent": 1 + quantity.value / 100}.get(quantity.unit)
        known = [year for year in self.years() if self.known_on(year) <= day]
        reading = self.level(known[-1]) if known else None
        start = reading.value if base is None and reading is not None else base
        return None if factor is None or start is None else factor * start

    def covers(self, deadline: date) -> bool:
        """Tell whether the last year that could meet a deadline is known."""
        return any(end <= deadline and deadline - end < _YEAR for _, end in self.years())

    def uncovered(self, deadline: date) -> str:
        """Say that nothing decides a deadline, with the last year known before it."""
        earlier = [year for year in self.years() if year[1] <= deadline]
        reading = self.level(earlier[-1]) if earlier else None
        last = ""
        if reading is not None:
            value = figure(reading.value, self.series.unit)
            last = say("outlook.last", value=value, span=span(reading.start, reading.end))
        return say("outlook.unknown", provider=self.label, deadline=deadline, last=last)

    def words(self, reading: Reading) -> dict[str, str]:
        """Return what every sentence on a number needs: who counted what, over which span, how much, when printed."""
        return {
            "provider": self.label,
            "indicator": say(f"indicator.{self.indicator}"),
            "span": span(reading.start, reading.end),
            "value": figure(reading.value, self.series.unit),
            "released": released(reading.rows),
        }

    def slack(self, reading: Reading) -> Decimal:
        """Return how far this number may still move, judging by its own and the series' revisions."""
        gross = sum((abs(row.value) for row in reading.rows), Decimal(0))
        return max(reading.slack, gross * self.series.usual_revision(self.indicator))


def sources(
    measure: Measure, shelf: Shelf, *, as_of: date, without: Collection[str] = (), unit: str | None = None
) -> list[Source]:
    """Return all series that count a measure, statistical offices and the reporter's own side first.

    Exports are answered by the reporter's exports and, as a mirror, by the partner's imports; total trade by
    both sides alike. A measure that names no basis is held against goods where a provider counts them.
    ``without`` names documents whose own figures must not count; ``unit`` asks for one currency.
    """
    world = {
        (series.provider, series.unit): series
        for series in shelf.series(measure.reporter, WORLD, as_of=as_of)
    }
    found = [
        Source(series, measure, world.get((series.provider, series.unit)))
        for series in shelf.series(measure.reporter, measure.partner, as_of=as_of, without=without)
        if series.product == measure.product and (unit is None or series.unit in (unit, ""))
    ]
    fitting = [source for source in found if _basis_fits(source, measure, found)]
    return sorted(fitting, key=_order)


def _order(source: Source) -> tuple[object, ...]:
    series = source.series
    own_first = (source.tier, source.side != "own", source.mirrored, source.rank)
    return (*own_first, series.provider, series.basis, series.unit)


def _basis_fits(source: Source, measure: Measure, found: list[Source]) -> bool:
    basis = source.series.basis
    if measure.basis == "unspecified":
        goods = any(
            other.series.basis in ("goods", "unspecified")
            for other in found
            if other.series.provider == source.series.provider and other.area == source.area
        )
        return basis in ("goods", "unspecified") or not goods
    return basis == measure.basis or (measure.basis == "goods" and basis == "unspecified")
