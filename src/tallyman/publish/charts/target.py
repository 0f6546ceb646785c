"""The chart of one target: what was aimed at, what was counted, and when the line was crossed."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from typing import TYPE_CHECKING

from tallyman import quantity
from tallyman.period import calendar_year
from tallyman.publish import words
from tallyman.publish.charts import points
from tallyman.publish.charts.template import Row, Spec, fill, millis, scale, stamp

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tallyman.model import Observation, Target, TargetEvent

_YEARS_BEFORE = 4
_HEADROOM = 1.15
_ROOM = timedelta(days=3 * 366)
_MET = {"met", "met_early"}


def target(
    goal: Target,
    observations: Sequence[Observation],
    events: Sequence[TargetEvent],
    *,
    as_of: date,
    names: Mapping[str, str],
) -> Spec | None:
    """Return the chart of a target as known on ``as_of``; None where no official figure is known.

    ``names`` maps provider codes to the names printed in the legend; ``events`` are those of this target.
    """
    unit = goal.quantity.unit
    known = points.of_measure(observations, goal.measure, unit, as_of=as_of)
    first, last = _window(goal, known, as_of)
    rows = [row for row in known if points.span(row)[0] >= first]
    met = next((event for event in events if event.status in _MET and event.on <= as_of), None)
    crossed_on = met.period.end if met and met.period else None
    annual, running = points.years(rows), points.running(rows, until=crossed_on)
    if not annual and not running:
        return None
    divisor, word = scale([goal.quantity.value, *(row.value for row in annual)])
    aim = float(goal.quantity.value) / divisor
    top = max(aim, *(float(row.value) / divisor for row in (*annual, *running)))
    counted = points.legend((*annual, *running), names)
    dots = [points.dot(row, names, divisor) for row in running]
    return fill(
        "target",
        title=f"{words.measure(goal.measure)}: {_aim(goal)}",
        subtitle=words.say("chart.year_total", scale=word, unit=words.unit(unit)),
        source=words.source_line(counted, as_of),
        rows={
            "target": [_line(goal, first, last, aim)],
            "deadline": _deadline(goal),
            "required": _required(goal, annual, aim, divisor, as_of),
            "annual": [points.bar(row, names, divisor) for row in annual],
            "labels": _labels(annual, divisor),
            "running": dots,
            "paths": points.path(dots),
            "crossing": _crossing(met, crossed_on, divisor, last),
        },
        params={
            "domain": [millis(first), millis(last)],
            "midyears": [millis(date(year, 7, 1)) for year in range(first.year, last.year + 1)],
            "top": top * _HEADROOM,
            "providers": counted,
        },
    )


def _window(goal: Target, rows: Sequence[Observation], as_of: date) -> tuple[date, date]:
    oldest = min((points.span(row)[0] for row in rows), default=as_of)
    set_on = goal.set_on or oldest
    first = max(oldest.year, set_on.year - _YEARS_BEFORE)
    newest = max((points.span(row)[1] for row in rows), default=as_of)
    last = max(newest, goal.deadline or as_of)
    return calendar_year(first)[0], calendar_year(last.year)[1]


def _aim(goal: Target) -> str:
    return words.say("chart.target", figure=quantity.format(goal.quantity))


def _line(goal: Target, first: date, last: date, aim: float) -> Row:
    set_on = min(goal.set_on or first, goal.deadline or last)
    start = first if goal.deadline and set_on == goal.deadline else max(set_on, first)
    return {
        "start": stamp(start),
        "end": stamp(goal.deadline or last),
        "value": aim,
        "text": _aim(goal),
    }


def _deadline(goal: Target) -> list[Row]:
    if goal.deadline is None:
        return []
    return [{"on": stamp(goal.deadline), "text": words.say("chart.deadline", day=words.until(goal.deadline))}]


def _required(
    goal: Target, annual: Sequence[Observation], aim: float, divisor: float, as_of: date
) -> list[Row]:
    if goal.deadline is None or goal.deadline <= as_of or not annual:
        return []
    row = annual[-1]
    value = float(row.value) / divisor
    if value >= aim:
        return []
    return [
        {"start": stamp(points.middle(row)), "end": stamp(goal.deadline), "from": value, "to": aim},
    ]


def _labels(annual: Sequence[Observation], divisor: float) -> list[Row]:
    if not annual:
        return []
    leader = Counter(row.provider for row in annual).most_common(1)[0][0]
    labels: list[Row] = []
    free_from = date.min
    for row in annual:
        start, end = points.span(row)
        if row.provider == leader and start >= free_from:
            value = float(row.value) / divisor
            labels.append({"middle": stamp(points.middle(row)), "value": value, "text": f"{value:.3g}"})
            free_from = end
    return labels


def _crossing(met: TargetEvent | None, crossed_on: date | None, divisor: float, last: date) -> list[Row]:
    if met is None or crossed_on is None or met.value is None:
        return []
    return [
        {
            "on": stamp(crossed_on),
            "value": float(met.value) / divisor,
            "text": words.say("chart.met", day=words.day(met.on)),
            "align": "left" if last - crossed_on > _ROOM else "right",
        }
    ]
