"""Which observations a chart shows: one print per number, of one measure, in one unit."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from tallyman import vintage
from tallyman.period import is_year, is_year_to_date
from tallyman.publish.charts.template import stamp

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from tallyman.model import Measure, Observation
    from tallyman.publish.charts.template import Row

_MIRROR = {"exports": "imports", "imports": "exports"}


def prints(observations: Iterable[Observation], measure: Measure, unit: str) -> list[Observation]:
    """Return all prints of levels of a measure in ``unit``, of both sides, for periods with two ends."""
    return [
        row
        for row in observations
        if row.role == "level"
        and row.unit == unit
        and row.period.start
        and row.period.end
        and _same(row, measure)
    ]


def of_measure(
    observations: Iterable[Observation], measure: Measure, unit: str, *, as_of: date
) -> list[Observation]:
    """Return what counts on ``as_of`` for a measure: levels in ``unit`` of both sides, nothing suspect.

    Total trade is the same whoever reports it; the exports of one side are the imports of the other.
    """
    same = prints(observations, measure, unit)
    sound = [row for row in vintage.known(same, as_of=as_of) if row.status != "suspect"]
    best: dict[tuple[str, date | None, date | None], Observation] = {}
    for row in sound:
        key = (row.provider, row.period.start, row.period.end)
        held = best.get(key)
        if held is None or vintage.STANDING[row.status] > vintage.STANDING[held.status]:
            best[key] = row
    return sorted(best.values(), key=lambda row: (row.period.end or as_of, row.provider))


def years(rows: Iterable[Observation]) -> list[Observation]:
    """Return the rows that cover twelve months: calendar, fiscal or running years."""
    return [row for row in rows if is_year(*span(row))]


def running(rows: Iterable[Observation], *, until: date | None) -> list[Observation]:
    """Return the year-to-date rows of the newest year, where still open, and of the year of ``until``."""
    held = list(rows)
    closed = {row.provider: span(row)[1].year for row in years(held)}
    newest = max((span(row)[1].year for row in held), default=0)
    shown = {year for year in (newest, until.year if until else 0) if year}
    return [
        row
        for row in held
        if is_year_to_date(*span(row))
        and (year := span(row)[1].year) in shown
        and (year > closed.get(row.provider, 0) or (until and year == until.year))
    ]


def span(row: Observation) -> tuple[date, date]:
    """Return the first and the last day of a row that has both."""
    if row.period.start is None or row.period.end is None:
        raise ValueError(f"{row.id}: the period is open")
    return row.period.start, row.period.end


def legend(rows: Iterable[Observation], names: Mapping[str, str]) -> list[str]:
    """Return the names of the providers of the rows, in the order of ``names``, unknown codes last."""
    codes = {row.provider for row in rows}
    return [names[code] for code in names if code in codes] + sorted(codes - set(names))


def bar(row: Observation, names: Mapping[str, str], divisor: float) -> Row:
    """Return a twelve-month figure as a bar over the time it is about."""
    start, end = span(row)
    return {
        "start": stamp(start),
        "middle": stamp(middle(row)),
        "end": stamp(end),
        "value": float(row.value) / divisor,
        "provider": names.get(row.provider, row.provider),
    }


def dot(row: Observation, names: Mapping[str, str], divisor: float) -> Row:
    """Return a year-to-date figure as a dot on its last day."""
    _, end = span(row)
    provider = names.get(row.provider, row.provider)
    return {
        "on": stamp(end),
        "value": float(row.value) / divisor,
        "provider": provider,
        "year": f"{provider} {end.year}",
    }


def path(dots: Sequence[Row]) -> list[Row]:
    """Return the dots of year-to-date figures with the first of January of each of their years, at zero."""
    starts = {dot["year"]: dot | {"on": f"{dot['on'][:4]}-01-01T00:00:00Z", "value": 0} for dot in dots}
    return [*starts.values(), *dots]


def middle(row: Observation) -> date:
    """Return the day in the middle of a row's period."""
    start, end = span(row)
    return start + timedelta(days=(end - start).days // 2)


def _same(row: Observation, measure: Measure) -> bool:
    told, asked = row.measure, measure
    if told.product != asked.product or told.basis != asked.basis != "unspecified":
        return False
    if asked.basis == "unspecified" and told.basis not in {"goods", "goods_and_services", "unspecified"}:
        return False
    straight = (told.reporter, told.partner) == (asked.reporter, asked.partner)
    turned = (told.partner, told.reporter) == (asked.reporter, asked.partner)
    if asked.indicator == "total_trade":
        return told.indicator == "total_trade" and (straight or turned)
    return (straight and told.indicator == asked.indicator) or (
        turned and told.indicator == _MIRROR.get(asked.indicator)
    )
