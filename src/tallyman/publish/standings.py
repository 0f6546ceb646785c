"""The public record of forecasts for readers: how each kind fared, and what each forecast came to."""

from __future__ import annotations

from collections import defaultdict
from types import SimpleNamespace
from typing import TYPE_CHECKING, get_args

from tallyman.model import Noun
from tallyman.publish import charts, words
from tallyman.score import INTERVALS, LEVELS, MEDIAN, Fared, Made, reliability, summed

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from tallyman.model import Period
    from tallyman.publish.charts.template import Spec

_PERCENT = ("percent_error", "crps")
METRICS = ("percent_error", "crps", "covered_80", "brier", "log_score")
FEWEST_CHANCES = 10
"""A reliability diagram of fewer resolved probabilities would show chance alone."""


class Standing(Noun, frozen=True, kw_only=True):
    """How the resolved forecasts of one kind and method fared: the mean of each metric, and of how many."""

    made: Made
    method: str
    means: dict[str, float]
    counts: dict[str, int]


class Board(Noun, frozen=True, kw_only=True):
    """The record on one day: the standings, every forecast with its scores, and how many are resolved."""

    standings: tuple[Standing, ...]
    rows: tuple[Fared, ...]
    resolved: int

    @property
    def metrics(self) -> tuple[str, ...]:
        """The metrics that some forecast was scored on."""
        return tuple(name for name in METRICS if any(name in row.means for row in self.standings))


def board(record: Iterable[Fared]) -> Board:
    """Return the record with its standings: ours as issued first, each followed by what stands beside it."""
    order = {made: place for place, made in enumerate(get_args(Made))}
    rows = sorted(record, key=lambda row: (order[row.made], row.forecast.issued_on, row.forecast.id))
    means: defaultdict[tuple[Made, str], dict[str, float]] = defaultdict(dict)
    counts: defaultdict[tuple[Made, str], dict[str, int]] = defaultdict(dict)
    for mean in summed(rows):
        means[mean.made, mean.method][mean.metric] = mean.mean
        counts[mean.made, mean.method][mean.metric] = mean.count
    return Board(
        standings=tuple(
            Standing(made=made, method=method, means=found, counts=counts[made, method])
            for (made, method), found in means.items()
        ),
        rows=tuple(rows),
        resolved=sum(bool(row.scores) for row in rows),
    )


def flat(row: Fared) -> SimpleNamespace:
    """Return a forecast as a row of a table: its median, the ends of its nine in ten, and its scores by metric."""
    quantiles = row.forecast.quantiles
    return SimpleNamespace(
        made=row.made,
        who=row.who,
        forecast=row.forecast,
        median=quantiles[MEDIAN],
        low=quantiles[LEVELS[0]],
        high=quantiles[LEVELS[-1]],
        **{score.metric: score.value for score in row.scores},
    )


def diagram(record: Sequence[Fared], *, as_of: date) -> Spec | None:
    """Return the reliability diagram of our own issued probabilities; None where fewer than ten are resolved."""
    ours = [row for row in record if row.made == "issued"]
    groups = reliability((row.forecast for row in ours), (score for row in ours for score in row.scores))
    if sum(group.count for group in groups) < FEWEST_CHANCES:
        return None
    bins = [charts.Bin(probability=one.probability, share=one.share, count=one.count) for one in groups]
    return charts.reliability(
        bins, title=words.say("record.diagram"), source=words.source_line([words.say("record.ours")], as_of)
    )


def foreseen(row: Fared) -> str:
    """Return what a forecast said: its median, and the chance of an amount if it was asked for one."""
    forecast = row.forecast
    median = words.rounded(forecast.quantiles[MEDIAN])
    if forecast.probability is None or forecast.threshold is None:
        return median
    chance = words.say(
        "record.chance",
        chance=words.chance(forecast.probability),
        figure=words.rounded(forecast.threshold),
    )
    return chance if forecast.period.relation == "by" else f"{median}, {chance}"


def came(row: Fared) -> str:
    """Return what the period came to: an amount, yes or no; nothing while it is not known."""
    amounts = [score.outcome for score in row.scores if score.metric == "percent_error"]
    events = [score.outcome for score in row.scores if score.metric == "brier"]
    if amounts:
        return words.rounded(amounts[0])
    return words.say("record.yes" if events[0] else "record.no") if events else ""


def mean(metric: str, value: float) -> str:
    """Return the mean of a metric: a share of ranges in whole per cent, errors and CRPS in tenths of one."""
    if metric in INTERVALS:
        return f"{value:.0%}".replace("%", " %")
    return f"{value:.1f} %" if metric in _PERCENT else f"{value:.3f}"


def about(row: Fared) -> str:
    """Return what a forecast is about: ``Trade between China and Russia, 2023``."""
    period: Period = row.forecast.period
    when = words.due(period.end) if period.relation == "by" else words.period(period)
    return f"{words.measure(row.forecast.measure)}, {when}"
