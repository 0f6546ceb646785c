"""What the officials' own arithmetic foresees: last year's total times the growth of the year so far."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from tallyman.ids import content_id
from tallyman.model import Forecast
from tallyman.period import MONTHS_IN_YEAR, add_months, months_between, previous_year
from tallyman.score import LEVELS, source_of
from tallyman.series import shelf

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tallyman.model import Observation
    from tallyman.period import Span
    from tallyman.series import Shelf
    from tallyman.source import Source

METHOD = "growth so far"


def naive(forecast: Forecast, observations: Iterable[Observation] | Shelf) -> Forecast | None:
    """Return what growth so far foresees for the years of a forecast, by the same figures of the same day.

    The last complete year grows on at the rate of the months known since, or stays as it is where none are.
    All quantiles are that amount, and a probability is one or nothing. None where no complete year is known,
    or none that ends in the month in which the forecast's period ends.

    With eleven months of 2023 known, China's customs' $190.27 billion of 2022 foresee $240.78 billion for 2023;
    $240.11 billion came.
    """
    source = source_of(forecast, shelf(observations), forecast.as_of)
    end = forecast.period.end
    if source is None or end is None or not (years := source.years()):
        return None
    last = years[-1]
    ahead, rest = divmod(months_between(last[1], end), MONTHS_IN_YEAR)
    reading = source.level(last)
    if reading is None or ahead < 1 or rest:
        return None
    amount = float(reading.value) * _growth(source, last) ** ahead
    threshold = forecast.threshold
    return Forecast(
        id=content_id("fct", METHOD, forecast.id),
        provider=forecast.provider,
        measure=forecast.measure,
        period=forecast.period,
        issued_on=forecast.issued_on,
        as_of=forecast.as_of,
        method=METHOD,
        quantiles=dict.fromkeys(LEVELS, amount),
        threshold=threshold,
        probability=None if threshold is None else float(amount >= threshold),
    )


def _growth(source: Source, last: Span) -> float:
    """Return by what factor the longest known part of the running year exceeds the same part of the last one."""
    start = last[1] + timedelta(days=1)
    for months in range(MONTHS_IN_YEAR - 1, 0, -1):
        span = (start, add_months(start, months) - timedelta(days=1))
        now, before = source.level(span), source.level(previous_year(*span))
        if now is not None and before is not None and before.value:
            return float(now.value / before.value)
    return 1.0
