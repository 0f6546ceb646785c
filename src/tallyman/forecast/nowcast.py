"""The total of a year, as a distribution per provider, from what was known on a day."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import numpy as np
from msgspec import structs

from tallyman.forecast.course import Course, begun, course, running_year
from tallyman.forecast.filters import YEAR
from tallyman.forecast.months import month_number
from tallyman.forecast.trace import Trace, traces
from tallyman.ids import content_id
from tallyman.model import Forecast, Period, Reject, TallymanError
from tallyman.period import add_months, month_end
from tallyman.series import shelf
from tallyman.wording import say, span

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tallyman.forecast.filters import Array
    from tallyman.model import Measure, Observation
    from tallyman.series import Shelf

BLEND = "blend-1"
WALK = "walk-1"
LEVELS = (0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95)
YEARS_AHEAD = 30
STALE = 14
"""Months after which a series that prints nothing more counts as ended."""
COUNTED = ("total_trade", "exports", "imports")


def nowcast(
    observations: Iterable[Observation] | Shelf,
    measure: Measure,
    year: int,
    *,
    as_of: date,
    fiscal: int | None = None,
    threshold: float | None = None,
    issued_on: date | None = None,
) -> list[Forecast | Reject]:
    """Return the forecast of a year's total, one per provider and the reporter's own office first.

    Amounts are in full units of the currency in which the provider counts. ``fiscal`` is the calendar month
    in which the year begins, 4 for India's; ``year`` is the one in which it begins. ``threshold`` asks for
    the probability that the total reaches it. ``issued_on`` is the day on which it is made, ``as_of`` unless a
    past day is replayed. A provider that tells too little is refused with the reason.

    >>> from tallyman.model import Measure
    >>> nowcast([], Measure(indicator="balance"), 2023, as_of=date(2023, 11, 8))[0].reason
    'balance cannot be forecast: only total trade, exports and imports are always positive'
    """
    place = f"{measure.reporter}-{measure.partner}"
    if measure.indicator not in COUNTED:
        return [_reject(place, "indicator", indicator=measure.indicator)]
    if threshold is not None and threshold <= 0:
        raise TallymanError(f"{threshold}: a threshold must be positive; give it in full units, like 200e9")
    found = traces(measure, shelf(observations), as_of=as_of, first_month=fiscal or 1)
    if not found:
        return [_reject(place, "nobody", one=measure.reporter, other=measure.partner, day=as_of)]
    return [_year(trace, year, as_of, threshold, issued_on or as_of) for trace in found]


def obstacle(trace: Trace, as_of: date) -> str | None:
    """Return why a series cannot be forecast on a day at all, or None."""
    last = trace.months.blocks[-1].end - 1
    if month_number(as_of) - last > STALE:
        return say("forecast.ended", provider=trace.source.label, year=last // YEAR, month=last % YEAR + 1)
    return None


def quantiles(values: Array) -> dict[str, float]:
    """Return the stored quantiles of seven ``values``, keyed "0.05" to "0.95"."""
    return {f"{level:g}": float(value) for level, value in zip(LEVELS, values, strict=True)}


def _year(
    trace: Trace, year: int, as_of: date, threshold: float | None, issued_on: date
) -> Forecast | Reject:
    place = f"{trace.source.series.provider}, {trace.measure.reporter}-{trace.measure.partner}"
    period = _period(trace, year)
    label = trace.source.label
    reason = obstacle(trace, as_of)
    if reason is not None:
        return Reject(source=place, reason=reason, fix=say("forecast.ended_fix"))
    first = running_year(trace.months)
    if year < first:
        return _reject(place, "known", provider=label, span=span(*period))
    if year > first + YEARS_AHEAD:
        return _reject(place, "far", span=span(*period))
    ahead = course(trace.months, year, begun(trace.months, trace.neighbours))
    if ahead is None:
        return _reject(place, "short", provider=label)
    made = _made(trace, ahead, period, as_of, threshold)
    return structs.replace(made, issued_on=issued_on)


def _made(
    trace: Trace, ahead: Course, period: tuple[date, date], as_of: date, threshold: float | None
) -> Forecast:
    levels = np.array(LEVELS)
    if ahead.totals.shape[1] == 1 and ahead.running is not None:
        method, values = BLEND, ahead.running.quantiles(levels)
        probability = None if threshold is None else ahead.running.exceedance(threshold)
    else:
        method, last = WALK, ahead.totals[:, -1]
        values = np.quantile(last, levels)
        probability = None if threshold is None else float((last >= threshold).mean())
    provider = trace.source.series.provider
    return Forecast(
        id=content_id("fct", provider, trace.measure, *period, as_of, method, threshold, values.tolist()),
        provider=provider,
        measure=trace.measure,
        period=Period(start=period[0], end=period[1], relation="during"),
        issued_on=as_of,
        as_of=as_of,
        method=method,
        quantiles=quantiles(values),
        threshold=threshold,
        probability=probability,
    )


def _period(trace: Trace, year: int) -> tuple[date, date]:
    start = date(year, trace.months.first_month, 1)
    return start, month_end(add_months(start, YEAR - 1))


def _reject(place: str, key: str, **values: object) -> Reject:
    return Reject(source=place, reason=say(f"forecast.{key}", **values), fix=say(f"forecast.{key}_fix"))
