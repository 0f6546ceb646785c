"""Our own forecast beside somebody else's: the same provider, period and amount, on the same day's knowledge."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from tallyman.forecast.nowcast import nowcast
from tallyman.forecast.target import Outlook, target_probability
from tallyman.model import Forecast, Quantity, Target
from tallyman.series import shelf

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tallyman.model import Observation
    from tallyman.series import Shelf


def beside(
    stated: Iterable[Forecast], observations: Iterable[Observation] | Shelf, *, unit: str = "USD"
) -> list[Forecast]:
    """Return what we would have said on the day of each forecast; none where too little was known.

    ``stated`` are forecasts as :func:`tallyman.score.stated` makes them of claims, amounts in ``unit``. These
    are replays, made after the day: they are compared with what was said, and are no part of our record. Their
    ``issued_on`` is the day of the other forecast.
    """
    known = shelf(observations)
    found = []
    for forecast in stated:
        ours = _by(forecast, known, unit) if forecast.period.relation == "by" else _during(forecast, known)
        found += [row for row in ours if (row.provider, row.measure) == (forecast.provider, forecast.measure)]
    return found


def _during(forecast: Forecast, known: Shelf) -> list[Forecast]:
    start = forecast.period.start
    if start is None:
        return []
    made = nowcast(
        known,
        forecast.measure,
        start.year,
        as_of=forecast.as_of,
        fiscal=start.month,
        threshold=forecast.threshold,
    )
    return [row for row in made if isinstance(row, Forecast)]


def _by(forecast: Forecast, known: Shelf, unit: str) -> list[Forecast]:
    if forecast.threshold is None:
        return []
    target = Target(
        id=forecast.id,
        measure=forecast.measure,
        quantity=Quantity(value=Decimal(forecast.threshold), unit=unit),
        deadline=forecast.period.end,
        set_on=forecast.issued_on,
    )
    made = target_probability(target, known, as_of=forecast.as_of)
    return [row.forecast for row in made if isinstance(row, Outlook)]
