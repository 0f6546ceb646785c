"""The chart of one trade flow as every office counts it, with what each of them printed earlier."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from tallyman import quantity
from tallyman.period import calendar_year
from tallyman.publish import words
from tallyman.publish.charts import points
from tallyman.publish.charts.fan import HALF, WIDE, band, span_of
from tallyman.publish.charts.template import Row, Spec, fill, millis, scale, stamp

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tallyman.model import Forecast, Measure, Observation, Target


def pair(
    flow: Measure,
    observations: Sequence[Observation],
    targets: Sequence[Target] = (),
    forecasts: Sequence[Forecast] = (),
    *,
    unit: str = "USD",
    as_of: date,
    names: Mapping[str, str],
) -> Spec | None:
    """Return the chart of one flow between two areas as known on ``as_of``; None where nothing is known.

    What an office had printed by the end of each earlier year, where it differs, is drawn as a faint line.
    ``forecasts`` are of years still open: their likely totals are drawn as bands.
    """
    rows = points.of_measure(observations, flow, unit, as_of=as_of)
    annual, running = points.years(rows), points.running(rows, until=None)
    if not annual:
        return None
    divisor, word = scale([row.value for row in annual])
    first = calendar_year(points.span(annual[0])[0].year)[0]
    aims = [goal for goal in targets if goal.quantity.unit == unit and (goal.set_on or as_of) <= as_of]
    ahead = [span_of(forecast)[1] for forecast in forecasts]
    last = calendar_year(max([as_of, *ahead, *(goal.deadline for goal in aims if goal.deadline)]).year)[1]
    counted = points.legend((*annual, *running), names)
    return fill(
        "pair",
        title=words.measure(flow),
        subtitle=words.say("chart.flow", scale=word, unit=words.unit(unit)),
        source=words.source_line(counted, as_of),
        rows={
            "annual": [points.bar(row, names, divisor) for row in annual],
            "running": [points.dot(row, names, divisor) for row in running],
            "vintages": [
                points.bar(row, names, divisor) | {"vintage": f"{row.provider} {year}"}
                for year, row in _vintages(points.prints(observations, flow, unit), flow, unit, annual)
            ],
            "wide": [band(forecast, WIDE, divisor) for forecast in forecasts],
            "half": [band(forecast, HALF, divisor) for forecast in forecasts],
            "targets": [_aim(goal, first, last, divisor) for goal in aims],
        },
        params={
            "domain": [millis(first), millis(last)],
            "providers": counted,
            "midyears": [millis(date(year, 7, 1)) for year in range(first.year, last.year + 1)],
        },
    )


def _vintages(
    prints: Sequence[Observation], flow: Measure, unit: str, current: Sequence[Observation]
) -> list[tuple[int, Observation]]:
    known = {row.id for row in current}
    latest = max(row.released_on.year for row in current)
    earlier: list[tuple[int, Observation]] = []
    for year in sorted({row.released_on.year for row in prints}):
        if year >= latest:
            break
        then = points.years(points.of_measure(prints, flow, unit, as_of=calendar_year(year)[1]))
        changed = {row.provider for row in then if row.id not in known}
        earlier += [(year, row) for row in then if row.provider in changed]
    return earlier


def _aim(goal: Target, first: date, last: date, divisor: float) -> Row:
    return {
        "start": stamp(max(goal.set_on or first, first)),
        "end": stamp(goal.deadline or last),
        "value": float(goal.quantity.value) / divisor,
        "text": words.say("chart.target", figure=quantity.format(goal.quantity)),
    }
