"""How forecasts fared once their period was counted: ours and the officials', by the same measures.

A forecast is scored with what its own provider counted. Amounts: ``percent_error`` of the median, ``crps``
over the stored quantiles in per cent of the outcome, ``covered_80`` and ``covered_90``. Probabilities:
``brier`` and ``log_score`` (natural logarithm, smaller is better). scoringrules is loaded where it is needed.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from tallyman.crossing import first_crossing
from tallyman.ids import content_id
from tallyman.model import Forecast, Noun, Period, Score
from tallyman.period import is_year
from tallyman.series import shelf
from tallyman.source import sources

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from tallyman.model import Claim, Observation
    from tallyman.series import Shelf
    from tallyman.source import Source

OFFICIALS = "officials"
COUNTED = ("total_trade", "exports", "imports")
INTERVALS = {"covered_80": ("0.1", "0.9"), "covered_90": ("0.05", "0.95")}
MEDIAN = "0.5"
LEVELS = ("0.05", "0.1", "0.25", "0.5", "0.75", "0.9", "0.95")
CERTAIN = 0.999
"""A log score of someone who was certain and wrong would be infinite: certainty counts as this much."""
BINS = 10
Made = Literal[
    "issued", "naive beside issued", "replayed", "naive beside replayed",
    "official", "beside an official", "naive beside an official",
]  # fmt: skip
PERCENT = 100
_YEAR = timedelta(days=366)


class Record(Noun, frozen=True, kw_only=True):
    """The mean of one metric over the resolved forecasts of one method."""

    method: str
    metric: str
    count: int
    mean: float


class Fared(Noun, frozen=True, kw_only=True):
    """One forecast of the record and its scores, none while its period is not known.

    ``made`` tells whose it is: ours as issued or replayed, an official's, ours on the day of an official's, or
    what growth so far foresaw on the day of one of these. ``who`` is the official, or the method.
    """

    made: Made
    who: str
    forecast: Forecast
    scores: tuple[Score, ...] = ()


class Summed(Noun, frozen=True, kw_only=True):
    """The mean of one metric over the resolved forecasts of one kind."""

    made: Made
    method: str
    metric: str
    count: int
    mean: float


class Group(Noun, frozen=True, kw_only=True):
    """Resolved forecasts of about one probability: their mean, the share that came true, and how many."""

    probability: float
    share: float
    count: int


def scores(
    forecasts: Iterable[Forecast], observations: Iterable[Observation] | Shelf, *, as_of: date
) -> list[Score]:
    """Return the scores of all forecasts that are resolved by what their providers had released by a day."""
    known = shelf(observations)
    found = []
    for forecast in forecasts:
        source = source_of(forecast, known, as_of)
        if source is not None:
            found += _scored(forecast, source, as_of)
    return found


def source_of(forecast: Forecast, known: Shelf, as_of: date) -> Source | None:
    """Return the series that a forecast is about, as known on a day; None where its provider tells none."""
    for source in sources(forecast.measure, known, as_of=as_of):
        if source.series.provider == forecast.provider and source.measure == forecast.measure:
            return source
    return None


def stated(claim: Claim, observations: Iterable[Observation] | Shelf) -> list[Forecast]:
    """Return an official's forecast of trade as forecasts, one per provider that will count it.

    All quantiles are the stated amount; "more than" and "by 2024" are probabilities of one. Nothing for
    claims that are no forecast of money, in one whole year or by a deadline, said on a known day.

    "$300 billion in 2023", said in May 2023, was 24.9 % off; "$200 billion by 2024" came true.
    """
    end, quantity, measure, said = claim.period.end, claim.quantity, claim.measure, claim.said_on
    if claim.modality != "forecast" or claim.role != "level" or measure.indicator not in COUNTED:
        return []
    if quantity is None or said is None or end is None or quantity.value <= 0:
        return []
    by = claim.period.relation == "by"
    start = said if by else claim.period.start
    if start is None or not (by or is_year(start, end)):
        return []
    amount = float(
        quantity.value if quantity.value_max is None else (quantity.value + quantity.value_max) / 2
    )
    certain = by or quantity.bound == "at_least"
    return [
        Forecast(
            id=content_id("fct", claim.id, source.series.provider, source.series.reporter),
            provider=source.series.provider,
            measure=source.measure,
            period=Period(start=start, end=end, relation="by" if by else "during"),
            issued_on=said,
            as_of=said,
            method=OFFICIALS,
            quantiles=dict.fromkeys(LEVELS, amount),
            threshold=amount if certain else None,
            probability=1.0 if certain else None,
        )
        for source in sources(measure, shelf(observations), as_of=said, unit=quantity.unit)
    ]


def record(forecasts: Iterable[Forecast], scored: Iterable[Score]) -> list[Record]:
    """Return the mean of every metric by method; a method is scored only on what it said."""
    methods = {forecast.id: forecast.method for forecast in forecasts}
    groups: defaultdict[tuple[str, str], list[float]] = defaultdict(list)
    for score in scored:
        if score.forecast_id in methods:
            groups[methods[score.forecast_id], score.metric].append(score.value)
    return [
        Record(method=method, metric=metric, count=len(values), mean=sum(values) / len(values))
        for (method, metric), values in sorted(groups.items())
    ]


def summed(rows: Iterable[Fared]) -> list[Summed]:
    """Return the mean of every metric, by whose forecasts they are and by method."""
    groups: defaultdict[Made, list[Fared]] = defaultdict(list)
    for row in rows:
        groups[row.made].append(row)
    return [
        Summed(made=made, method=mean.method, metric=mean.metric, count=mean.count, mean=mean.mean)
        for made, group in groups.items()
        for mean in record((row.forecast for row in group), (one for row in group for one in row.scores))
    ]


def reliability(forecasts: Iterable[Forecast], scored: Iterable[Score]) -> list[Group]:
    """Return the resolved probabilities in ten bins, lowest first, without the empty ones."""
    chances = {forecast.id: forecast.probability for forecast in forecasts}
    bins: defaultdict[int, list[tuple[float, float]]] = defaultdict(list)
    for score in scored:
        chance = chances.get(score.forecast_id)
        if score.metric == "brier" and chance is not None:
            bins[min(int(chance * BINS), BINS - 1)].append((chance, score.outcome))
    return [
        Group(
            probability=sum(chance for chance, _ in pairs) / len(pairs),
            share=sum(outcome for _, outcome in pairs) / len(pairs),
            count=len(pairs),
        )
        for _, pairs in sorted(bins.items())
    ]


def _scored(forecast: Forecast, source: Source, as_of: date) -> list[Score]:
    if forecast.period.relation == "by":
        happened = _reached(forecast, source, as_of)
        return [] if happened is None else _chance(forecast, happened=happened)
    start, end = forecast.period.start, forecast.period.end
    if start is None or end is None or (reading := source.level((start, end))) is None:
        return []
    outcome = float(reading.value)
    rows = _amount(forecast, outcome)
    if forecast.threshold is not None:
        rows += _chance(forecast, happened=outcome >= forecast.threshold)
    return rows


def _reached(forecast: Forecast, source: Source, as_of: date) -> bool | None:
    """Return whether an amount was reached by the deadline, None while that is open."""
    start, end = forecast.period.start, forecast.period.end
    if start is None or end is None or forecast.threshold is None:
        return None
    amount = Decimal(forecast.threshold)
    if first_crossing(source.series, source.indicator, amount, since=start, until=end) is not None:
        return True
    last = [year for year in source.years() if year[1] <= end and end - year[1] < _YEAR]
    return False if end < as_of and last else None


def _amount(forecast: Forecast, outcome: float) -> list[Score]:
    import numpy as np  # noqa: PLC0415 - heavy, and only who scores needs it
    import scoringrules  # type: ignore[import-untyped]  # noqa: PLC0415

    levels = np.array([float(level) for level in forecast.quantiles])
    values = np.array(list(forecast.quantiles.values()))
    values_by_metric = {
        "percent_error": abs(forecast.quantiles[MEDIAN] / outcome - 1) * PERCENT,
        "crps": float(scoringrules.crps_quantile(outcome, values, levels)) / outcome * PERCENT,
    }
    for metric, (low, high) in INTERVALS.items():
        values_by_metric[metric] = float(forecast.quantiles[low] <= outcome <= forecast.quantiles[high])
    return [
        Score(forecast_id=forecast.id, outcome=outcome, metric=metric, value=value)
        for metric, value in values_by_metric.items()
    ]


def _chance(forecast: Forecast, *, happened: bool) -> list[Score]:
    import scoringrules  # noqa: PLC0415 - heavy, and only who scores needs it

    chance = forecast.probability
    if chance is None:
        return []
    outcome = float(happened)
    bounded = min(max(chance, 1 - CERTAIN), CERTAIN)
    values = {
        "brier": float(scoringrules.brier_score(outcome, chance)),
        "log_score": float(scoringrules.log_score(outcome, bounded)),
    }
    return [
        Score(forecast_id=forecast.id, outcome=outcome, metric=metric, value=value)
        for metric, value in values.items()
    ]
