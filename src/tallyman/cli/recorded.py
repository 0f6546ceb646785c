"""How records, scores and tables of targets are shown."""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING

import msgspec

from tallyman import quantity
from tallyman.cli import views
from tallyman.cli.output import Column, View, attributes, cells
from tallyman.publish import words
from tallyman.score import INTERVALS

if TYPE_CHECKING:
    from collections.abc import Callable

    from tallyman.record import Outcome
    from tallyman.score import Fared
    from tallyman.speakers import Estimate, Record

_PERCENT = 100


def _share(estimate: Estimate | None) -> str:
    return "" if estimate is None else _span(estimate, _PERCENT)


def _mean(estimate: Estimate | None) -> str:
    return "" if estimate is None else _span(estimate, 1)


def _span(estimate: Estimate, factor: int) -> str:
    value, low, high = (end * factor for end in (estimate.value, estimate.low, estimate.high))
    return f"{value:.1f} % ({low:.1f} to {high:.1f})"


def _part(name: str, part: str) -> Callable[[Record], object]:
    def cell(row: Record) -> object:
        estimate = getattr(row, name)
        return None if estimate is None else getattr(estimate, part)

    return cell


def _said(row: Fared) -> str:
    forecast = row.forecast
    if forecast.probability is not None:
        return f"{views.chance(forecast.probability)} for {words.rounded(forecast.threshold or 0)}"
    return words.rounded(forecast.quantiles["0.5"])


def _period(row: Fared) -> str:
    period = row.forecast.period
    return words.due(period.end) if period.relation == "by" else words.period(period)


def _scores(row: Fared) -> str:
    shown = [f"{score.metric} {score.value:.3f}" for score in row.scores if score.metric not in INTERVALS]
    return ", ".join(shown) or "open"


def _fared(row: Fared) -> dict[str, object]:
    return {
        "made": row.made,
        "who": row.who,
        "series": views.subject(row.forecast.measure),
        **msgspec.structs.asdict(row.forecast),
        "scores": {score.metric: score.value for score in row.scores},
        "outcomes": {score.metric: score.outcome for score in row.scores},
    }


def _outcome(row: Outcome) -> dict[str, object]:
    return {**views.followed(row.followed), "outcome": row.outcome, "agrees": row.agrees}


def _agreement(row: Outcome) -> str:
    return {None: "", True: "yes", False: "no"}[row.agrees]


SPEAKERS = View(
    table=(
        Column("name", attrgetter("name")),
        Column("claims", attrgetter("claims"), right=True),
        Column("supported", lambda row: _share(row.supported)),
        Column("error", lambda row: _mean(row.error)),
        Column("rounded up", lambda row: _share(row.rounded_up)),
        Column("foresight", lambda row: _share(row.foresight)),
    ),
    csv=lambda: cells(
        name=attrgetter("name"),
        claims=attrgetter("claims"),
        decided=attrgetter("decided"),
        **{
            f"{name}_{part}": _part(name, part)
            for name in ("supported", "error", "rounded_up", "foresight")
            for part in ("value", "low", "high")
        },
    ),
)
SUMMED = View(
    table=(
        Column("forecasts", attrgetter("made")),
        Column("method", attrgetter("method")),
        Column("metric", attrgetter("metric")),
        Column("resolved", attrgetter("count"), right=True),
        Column("mean", lambda row: f"{row.mean:.3f}", right=True),
    ),
    csv=lambda: attributes("made", "method", "metric", "count", "mean"),
)
FARED = View(
    table=(
        Column("forecast", attrgetter("made")),
        Column("who", attrgetter("who")),
        Column("measure", lambda row: views.subject(row.forecast.measure)),
        Column("period", _period),
        Column("issued", lambda row: row.forecast.issued_on, whole=True),
        Column("provider", lambda row: row.forecast.provider, whole=True),
        Column("said", _said),
        Column("scores", _scores),
    ),
    csv=lambda: cells(
        made=attrgetter("made"),
        who=attrgetter("who"),
        id=attrgetter("forecast.id"),
        series=lambda row: views.subject(row.forecast.measure),
        provider=attrgetter("forecast.provider"),
        start=attrgetter("forecast.period.start"),
        end=attrgetter("forecast.period.end"),
        issued_on=attrgetter("forecast.issued_on"),
        as_of=attrgetter("forecast.as_of"),
        median=lambda row: row.forecast.quantiles["0.5"],
        threshold=attrgetter("forecast.threshold"),
        probability=attrgetter("forecast.probability"),
        scores=_scores,
    ),
    json=_fared,
)
IMPORTED = View(
    table=(
        Column("target", lambda row: quantity.format(row.followed.target.quantity)),
        Column("measure", lambda row: views.subject(row.followed.target.measure)),
        Column("deadline", lambda row: words.due(row.followed.target.deadline)),
        Column("set by", lambda row: row.followed.target.set_by),
        Column("status", lambda row: words.say(f"status.{views.followed(row.followed)['status']}")),
        Column("table says", attrgetter("outcome")),
        Column("agrees", _agreement),
    ),
    csv=lambda: cells(
        id=attrgetter("followed.target.id"),
        measure=lambda row: views.subject(row.followed.target.measure),
        amount=attrgetter("followed.target.quantity.value"),
        unit=attrgetter("followed.target.quantity.unit"),
        deadline=attrgetter("followed.target.deadline"),
        set_on=attrgetter("followed.target.set_on"),
        set_by=attrgetter("followed.target.set_by"),
        status=lambda row: views.followed(row.followed)["status"],
        status_on=lambda row: views.followed(row.followed)["status_on"],
        outcome=attrgetter("outcome"),
        agrees=attrgetter("agrees"),
        explanation=lambda row: views.followed(row.followed)["explanation"],
    ),
    json=_outcome,
)
