"""The chart of a forecast: what was counted, and how far the coming totals may lie apart."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from tallyman.model import TallymanError
from tallyman.period import calendar_year
from tallyman.publish import words
from tallyman.publish.charts import points
from tallyman.publish.charts.template import Row, Spec, fill, millis, scale, stamp

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tallyman.model import Forecast, Observation

WIDE = ("0.05", "0.95")
HALF = ("0.25", "0.75")
_MEDIAN = "0.5"
_YEARS_BEFORE = 9


def fan(
    forecasts: Sequence[Forecast],
    observations: Sequence[Observation],
    *,
    unit: str = "USD",
    names: Mapping[str, str],
) -> Spec:
    """Return the chart of forecasts of one series, one for each year ahead, all issued on one day.

    Refuses an empty list and forecasts without the quantiles 0.05, 0.25, 0.5, 0.75 and 0.95.
    """
    if not forecasts:
        raise TallymanError("fan: there is no forecast to draw; give at least one")
    head = forecasts[0]
    rows = points.of_measure(observations, head.measure, unit, as_of=head.as_of)
    last = max(span_of(forecast)[1] for forecast in forecasts)
    oldest = calendar_year(span_of(head)[0].year - _YEARS_BEFORE)[0]
    annual = [
        row for row in points.years(rows) if row.provider == head.provider and points.span(row)[0] >= oldest
    ]
    divisor, word = scale([Decimal(_quantile(forecast, WIDE[1])) for forecast in forecasts])
    first = min([span_of(head)[0], *(points.span(row)[0] for row in annual)])
    return fill(
        "fan",
        title=words.say("chart.forecast", measure=words.measure(head.measure), day=words.day(head.issued_on)),
        subtitle=words.say("chart.bands", scale=word, unit=words.unit(unit)),
        source=words.source_line([names.get(head.provider, head.provider)], head.as_of),
        rows={
            "annual": [points.bar(row, names, divisor) for row in annual],
            "wide": [band(forecast, WIDE, divisor) for forecast in forecasts],
            "half": [band(forecast, HALF, divisor) for forecast in forecasts],
            "median": [
                _edges(forecast) | {"value": _quantile(forecast, _MEDIAN) / divisor} for forecast in forecasts
            ],
            "threshold": _threshold(forecasts, divisor, word),
        },
        params={
            "domain": [millis(first), millis(last)],
            "providers": points.legend(annual, names),
            "midyears": [millis(date(year, 7, 1)) for year in range(first.year, last.year + 1)],
        },
    )


def span_of(forecast: Forecast) -> tuple[date, date]:
    """Return the first and the last day of a forecast's period; refuse an open one."""
    if forecast.period.start is None or forecast.period.end is None:
        raise TallymanError(f"{forecast.id}: the forecast's period is open; give its first and last day")
    return forecast.period.start, forecast.period.end


def _edges(forecast: Forecast) -> Row:
    start, end = span_of(forecast)
    return {"start": stamp(start), "end": stamp(end)}


def band(forecast: Forecast, edges: tuple[str, str], divisor: float) -> Row:
    """Return the span between two quantiles of a forecast, over its period."""
    low, high = edges
    return _edges(forecast) | {
        "low": _quantile(forecast, low) / divisor,
        "high": _quantile(forecast, high) / divisor,
    }


def _quantile(forecast: Forecast, level: str) -> float:
    value = forecast.quantiles.get(level)
    if value is None:
        raise TallymanError(f"{forecast.id}: the quantile {level} is missing; store it with the forecast")
    return value


def _threshold(forecasts: Sequence[Forecast], divisor: float, word: str) -> list[Row]:
    levels = sorted({forecast.threshold for forecast in forecasts if forecast.threshold is not None})
    return [
        {"value": level / divisor, "text": words.say("chart.target", figure=f"{level / divisor:g} {word}")}
        for level in levels
    ]
