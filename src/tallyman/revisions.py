"""How official numbers moved after their first print, and what their printed growth says of the year before.

An office prints growth against the year before as it knows it by then, which is often not what it had printed.
So the growth it prints differs from the growth of its first prints, and implies a base of its own.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from msgspec import structs

from tallyman import vintage
from tallyman.interval import Interval
from tallyman.model import Measure, Noun, Observation, Period
from tallyman.period import previous_year

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tallyman.vintage import Number

Reading = Literal["consistent", "revised up", "revised down"]
_SECOND_CHOICE = ("computed", "converted", "corrected")
_PERCENT = Decimal(100)
_HALF = Decimal("0.5")
_ZERO = Decimal(0)


class Revision(Noun, frozen=True, kw_only=True):
    """One number of one provider: as first printed and as it counts now, and what its growth implies.

    ``change`` is the latest against the first print in percent. ``printed`` is the growth that stood beside the
    first print, ``recomputed`` the growth over ``base``, the first print of the same days a year before, both
    in percent. ``implied`` is the base that the printed growth asks for, from ``implied_low`` to
    ``implied_high`` by the digits written; ``base_reading`` tells whether ``base`` lies there, or was revised.
    """

    provider: str
    measure: Measure
    period: Period
    first: Observation
    latest: Observation
    change: Decimal
    printed: Observation | None = None
    base: Observation | None = None
    recomputed: Decimal | None = None
    implied: Decimal | None = None
    implied_low: Decimal | None = None
    implied_high: Decimal | None = None
    base_reading: Reading | None = None


def revisions(observations: Iterable[Observation], *, as_of: date) -> list[Revision]:
    """Return every number among the rows released by ``as_of``, by provider, measure and period, oldest first.

    Only what is printed in the currency that it is counted in is looked at, never second-hand or suspect rows.
    Growth has the digits that its series usually prints: an office that prints tenths means 13.0 by 13.

    China's customs printed imports from Russia of $50.859 billion for January-May 2023, up 20.4 %. That implies
    $42.242 billion a year before, where 41.25 had been printed: revised up.
    """
    levels: defaultdict[Number, list[Observation]] = defaultdict(list)
    rates: defaultdict[Number, list[Observation]] = defaultdict(list)
    for row in sorted(observations, key=vintage.precedence):
        if row.released_on > as_of or row.status == "suspect" or row.release_kind == "second_hand":
            continue
        if row.role == "change":
            rates[_key(row, row.currency)].append(row)
        elif row.currency in (row.unit, None):
            levels[_key(row, row.unit)].append(row)
    firsts = {key: _first(rows) for key, rows in levels.items()}
    steps = _usual_steps(rates)
    found = [
        _revision(
            first, vintage.latest(levels[key]), firsts.get(_year_before(key)), rates.get(key, ()), steps
        )
        for key, first in firsts.items()
    ]
    return sorted(found, key=_order)


def _revision(
    first: Observation,
    latest: Observation,
    base: Observation | None,
    rates: Iterable[Observation],
    steps: dict[Number, Decimal],
) -> Revision:
    known = Revision(
        provider=first.provider,
        measure=first.measure,
        period=first.period,
        first=first,
        latest=latest,
        change=_growth(latest.value, first.value) or _ZERO,
        base=base,
        recomputed=None if base is None else _growth(first.value, base.value),
    )
    beside = sorted(rates, key=lambda rate: rate.source_url != first.source_url)
    if not beside:
        return known
    printed = min((rate for rate in beside if _rounds(rate, beside[0])), key=_step)
    usual = steps[_series(_key(printed, printed.currency))]
    return known if printed.value <= -_PERCENT else _with_implied(known, printed, usual)


def _with_implied(known: Revision, printed: Observation, usual: Decimal) -> Revision:
    first, base, step = known.first, known.base, min(usual, printed.step or usual)
    value, rate = _halves(first.value, _step(first)), _halves(printed.value, step)
    low, high = _before(value[0], rate[1]), _before(value[1], rate[0])
    reading: Reading | None = None
    if base is not None:
        written = _halves(base.value, _step(base))
        if Interval(low=low, high=high).meets(Interval(low=written[0], high=written[1])):
            reading = "consistent"
        else:
            reading = "revised up" if written[1] < low else "revised down"
    return structs.replace(
        known,
        printed=printed,
        implied=_before(first.value, printed.value),
        implied_low=low,
        implied_high=high,
        base_reading=reading,
    )


def _first(rows: list[Observation]) -> Observation:
    """Return the first print in the order of ``vintage``, with the most digits that later ones give it."""
    first, *later = [row for row in rows if row.status not in _SECOND_CHOICE] or rows
    for row in later:
        finer = _step(row) < _step(first)
        if finer and vintage.rounds_to(row.value, first.value, _step(first)):
            first = row
    return first


def _rounds(exact: Observation, printed: Observation) -> bool:
    low, high = _halves(printed.value, _step(printed))
    return exact is printed or low <= exact.value <= high


def _usual_steps(rates: dict[Number, list[Observation]]) -> dict[Number, Decimal]:
    """Return the step in which each series mostly prints growth."""
    steps: defaultdict[Number, Counter[Decimal]] = defaultdict(Counter)
    for key, rows in rates.items():
        steps[_series(key)].update(_step(row) for row in rows)
    return {series: counts.most_common(1)[0][0] for series, counts in steps.items()}


def _growth(value: Decimal, base: Decimal) -> Decimal | None:
    return (value / base - 1) * _PERCENT if base else None


def _before(value: Decimal, growth: Decimal) -> Decimal:
    """Return the base of a value that grew by so many percent."""
    return value / (1 + growth / _PERCENT)


def _halves(value: Decimal, step: Decimal) -> tuple[Decimal, Decimal]:
    return value - step * _HALF, value + step * _HALF


def _step(row: Observation) -> Decimal:
    return row.step or _ZERO


def _key(row: Observation, currency: str | None) -> Number:
    return (row.provider, row.measure, currency, row.period.start, row.period.end)


def _series(key: Number) -> Number:
    return key[:3]


def _year_before(key: Number) -> Number:
    *series, start, end = key
    if not isinstance(start, date) or not isinstance(end, date):
        return key
    return (*series, *previous_year(start, end))


def _order(row: Revision) -> tuple[object, ...]:
    measure, period = row.measure, row.period
    return (
        row.provider,
        measure.reporter or "",
        measure.partner or "",
        measure.indicator,
        measure.product or "",
        period.end or date.max,
        period.start or date.max,
        row.first.id,
    )
