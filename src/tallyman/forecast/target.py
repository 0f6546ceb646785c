"""How likely a target is to be met, per provider, with the arithmetic a reader can check."""

from __future__ import annotations

from datetime import date
from functools import cache, cached_property
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from msgspec import structs

from tallyman.forecast.course import Course, begun, course
from tallyman.forecast.nowcast import COUNTED, LEVELS, WALK, YEARS_AHEAD, obstacle, quantiles
from tallyman.forecast.pace import BaseRate, Pace, pace
from tallyman.forecast.trace import Trace, traces
from tallyman.ids import content_id
from tallyman.model import Forecast, Noun, Period, Reject
from tallyman.period import MONTHS_IN_YEAR
from tallyman.quantity import currencies
from tallyman.quantity import format as written
from tallyman.series import shelf
from tallyman.wording import say, sentence

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tallyman.forecast.estimate import Estimate
    from tallyman.forecast.filters import Array
    from tallyman.model import Measure, Observation, Target
    from tallyman.series import Shelf

HORIZONS = (1, 3, 5)
PERCENT = 100
EVEN = 0.5
LEAST_CHANCE = 0.01
"""Below this, and above its complement, a sentence says "under 1 %" and "over 99 %"."""


class Outlook(Noun, frozen=True, kw_only=True):
    """What one provider's numbers say of an open target on a day.

    ``forecast.probability`` is for the deadline, or for the last of ``by_year`` where there is none.
    ``by_year`` gives the probability that it is met in or before a year: each year to the deadline, or the
    first, third and fifth year that is open. ``median_year`` is the first in which that is at least a half,
    None if it is not by the last year looked at (the deadline's, or thirty years on).
    """

    target_id: str
    forecast: Forecast
    by_year: dict[int, float]
    median_year: int | None
    pace: Pace | None
    base_rate: BaseRate | None
    explanation: str


class Question(NamedTuple):
    """A target, held against one provider's months; ``first`` and ``last`` are the years that count."""

    target: Target
    ahead: Ahead
    as_of: date
    amount: float
    first: int
    last: int
    base_rate: BaseRate | None


class Ahead:
    """One provider's months of a measure, and where they may go; every target on the measure asks the same."""

    def __init__(self, trace: Trace) -> None:
        """Take the months; what is reckoned from them is remembered."""
        self.trace = trace
        self.course = cache(self._course)
        self.reached = cache(self._reached)

    @cached_property
    def _running(self) -> Estimate | None:
        return begun(self.trace.months, self.trace.neighbours)

    def _course(self, last: int) -> Course | None:
        """Return the possible totals up to a year; see ``course``."""
        return course(self.trace.months, last, self._running)

    def _reached(self, first: int, last: int, rule: str) -> tuple[list[int], Array]:
        """Return the years that are open and what each draw has reached in or before each of them.

        Where nothing can be told of the years, there are none.
        """
        ahead, months = self.course(last), self.trace.months
        if ahead is None:
            return [], np.empty((0, 0))
        years = list(range(max(ahead.first, first), last + 1))
        draws = ahead.totals[:, max(ahead.first, first) - ahead.first :]
        past = months.totals[max(first - months.first_year, 0) : ahead.first - months.first_year]
        counted = past[np.isfinite(past)]
        if rule == "cumulative":
            return years, counted.sum() + draws.cumsum(1)
        return years, np.maximum(np.maximum.accumulate(draws, axis=1), counted.max(initial=0.0))


class Outlooks:
    """The outlooks of targets on a day; what may come of a measure is reckoned once for all targets on it."""

    def __init__(self, observations: Iterable[Observation] | Shelf, *, as_of: date) -> None:
        """Know what was printed by ``as_of``."""
        self._shelf = shelf(observations)
        self._as_of = as_of
        self._ahead = cache(self._counted)

    def of(
        self, target: Target, *, base_rate: BaseRate | None = None, issued_on: date | None = None
    ) -> list[Outlook | Reject]:
        """Return the outlook of one target; see ``target_probability``."""
        as_of, measure, set_on = self._as_of, target.measure, target.set_on
        place = f"{measure.reporter}-{measure.partner}"
        if measure.indicator not in COUNTED:
            return [_reject(place, "indicator", indicator=measure.indicator)]
        if set_on is None:
            return [_reject(place, "undated")]
        if target.deadline is not None and target.deadline < as_of:
            return [_reject(place, "passed", deadline=target.deadline, day=as_of)]
        unit = target.quantity.unit if target.quantity.unit in currencies() else None
        first_month = 1 if target.deadline is None else target.deadline.month % MONTHS_IN_YEAR + 1
        found = self._ahead(measure, first_month, unit)
        if not found:
            return [_reject(place, "unit", unit=unit, one=measure.reporter, other=measure.partner)]
        made = [_outlook(target, set_on, ahead, as_of, base_rate) for ahead in found]
        return [_dated(outlook, issued_on or as_of) for outlook in made]

    def _counted(self, measure: Measure, first_month: int, unit: str | None) -> list[Ahead]:
        found = traces(measure, self._shelf, as_of=self._as_of, first_month=first_month, unit=unit)
        return [Ahead(trace) for trace in found]


def target_probability(
    target: Target,
    observations: Iterable[Observation] | Shelf,
    *,
    as_of: date,
    base_rate: BaseRate | None = None,
    issued_on: date | None = None,
) -> list[Outlook | Reject]:
    """Return the outlook of a target, one per provider and the reporter's own office first.

    The target is met when a year, from the one in which it was set, reaches the amount; a cumulative target
    when the years after that one add up to it. ``base_rate`` is how often such targets were met, from
    :func:`tallyman.forecast.base_rate`: it is shown, not mixed in. ``issued_on`` is the day on which it is
    made, ``as_of`` unless a past day is replayed. Passed deadlines, targets that nobody counts and providers
    that tell too little are refused with the reason.

    China-Russia $200 billion by 2024, set in June 2019: 15 % on the last day of 2020, 56 % two years later.
    """
    return Outlooks(observations, as_of=as_of).of(target, base_rate=base_rate, issued_on=issued_on)


def _dated(outlook: Outlook | Reject, issued_on: date) -> Outlook | Reject:
    if isinstance(outlook, Reject):
        return outlook
    return structs.replace(outlook, forecast=structs.replace(outlook.forecast, issued_on=issued_on))


def _outlook(
    target: Target, set_on: date, ahead: Ahead, as_of: date, base_rate: BaseRate | None
) -> Outlook | Reject:
    trace = ahead.trace
    place = f"{trace.source.series.provider}, {trace.measure.reporter}-{trace.measure.partner}"
    label = trace.source.label
    reason = obstacle(trace, as_of)
    if reason is not None:
        return Reject(source=place, reason=reason, fix=say("forecast.ended_fix"))
    set_in = _year_of(set_on, trace)
    amount = _amount(target, trace, set_in)
    if amount is None:
        return _reject(place, "no_base", provider=label, figure=written(target.quantity))
    last = as_of.year + YEARS_AHEAD if target.deadline is None else _year_of(target.deadline, trace)
    totals = ahead.course(last)
    if totals is None:
        return _reject(place, "short", provider=label)
    first = set_in + (target.rule == "cumulative")
    if max(totals.first, first) > last:
        return _reject(place, "passed", deadline=target.deadline, day=as_of)
    return _judged(Question(target, ahead, as_of, amount, first, last, base_rate))


def _judged(question: Question) -> Outlook:
    target = question.target
    years, reached = question.ahead.reached(question.first, question.last, target.rule)
    chances = dict(zip(years, (reached >= question.amount).mean(0).tolist(), strict=True))
    shown = years if target.deadline is not None else [years[n - 1] for n in HORIZONS]
    by_year = {year: chances[year] for year in shown}
    median = next((year for year, chance in chances.items() if chance >= EVEN), None)
    dated = target.deadline is not None and target.rule == "annual"
    growth = pace(question.ahead.trace.months, question.amount, question.last if dated else None)
    return Outlook(
        target_id=target.id,
        forecast=_issued(question, reached[:, years.index(shown[-1])], shown[-1]),
        by_year=by_year,
        median_year=median,
        pace=growth,
        base_rate=question.base_rate,
        explanation=_explained(question, by_year, median, growth),
    )


def _amount(target: Target, trace: Trace, set_in: int) -> float | None:
    """Return the amount to reach; "double" and "by 20 %" start from the year before the target was set."""
    quantity = target.quantity
    value = float(quantity.value)
    if quantity.unit in currencies():
        return value
    factor = {"times": value, "percent": 1 + value / PERCENT}.get(quantity.unit)
    place = set_in - 1 - trace.months.first_year
    if factor is None or not 0 <= place < len(trace.months.totals):
        return None
    base = float(trace.months.totals[place])
    return base * factor if np.isfinite(base) else None


def _year_of(day: date, trace: Trace) -> int:
    """Return the year, by its first calendar year, to which a day belongs."""
    return day.year - (day.month < trace.months.first_month)


def _issued(question: Question, best: Array, last: int) -> Forecast:
    target, trace = question.target, question.ahead.trace
    provider = trace.source.series.provider
    values = np.quantile(best, LEVELS)
    probability = float((best >= question.amount).mean())
    return Forecast(
        id=content_id(
            "fct", target.id, provider, trace.measure, question.as_of, probability, values.tolist()
        ),
        provider=provider,
        measure=trace.measure,
        period=Period(
            start=date(question.first, trace.months.first_month, 1),
            end=target.deadline or date(last, 12, 31),
            relation="by",
        ),
        issued_on=question.as_of,
        as_of=question.as_of,
        method=WALK,
        quantiles=quantiles(values),
        threshold=question.amount,
        probability=probability,
    )


def _explained(question: Question, by_year: dict[int, float], median: int | None, growth: Pace | None) -> str:
    target, rate = question.target, question.base_rate
    words: dict[str, object] = {
        "provider": question.ahead.trace.source.label,
        "figure": written(target.quantity),
        "best": _best(growth),
        "base_rate": "" if rate is None else say("forecast.base_rate", met=rate.met, resolved=rate.resolved),
    }
    if target.deadline is None:
        spoken = [say("forecast.chance_by", chance=_percent(p), year=year) for year, p in by_year.items()]
        even = say("forecast.no_median") if median is None else say("forecast.median", year=median)
        return sentence(say("forecast.open_target", chances=", ".join(spoken), median=even, **words))
    needed = ""
    if growth is not None and growth.needed is not None:
        needed = say("forecast.needed", needed=growth.needed, year=growth.last_year)
    chance = _percent(list(by_year.values())[-1])
    return sentence(say("forecast.target", chance=chance, deadline=target.deadline, needed=needed, **words))


def _best(growth: Pace | None) -> str:
    if growth is None or growth.best is None or growth.best_from is None or growth.best_to is None:
        return ""
    years = growth.best_to - growth.best_from
    key = "forecast.best_one" if years == 1 else "forecast.best"
    return say(key, years=years, best=growth.best, start=growth.best_from, end=growth.best_to)


def _percent(chance: float) -> str:
    """Return a probability in words: never 0 % or 100 % of what is not known."""
    if chance < LEAST_CHANCE:
        return say("forecast.hardly")
    if chance > 1 - LEAST_CHANCE:
        return say("forecast.surely")
    return f"{chance * PERCENT:.0f} %"


def _reject(place: str, key: str, **values: object) -> Reject:
    return Reject(source=place, reason=say(f"forecast.{key}", **values), fix=say(f"forecast.{key}_fix"))
