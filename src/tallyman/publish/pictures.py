"""The charts of a report as SVG for use inside a page; none where vl-convert is not installed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tallyman.publish import charts, standings, words
from tallyman.publish.charts import draw

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tallyman.model import Measure, Observation, Target
    from tallyman.publish.report import ReportData
    from tallyman.publish.view import TargetView


def of_target(data: ReportData, shown: TargetView, names: Mapping[str, str]) -> str | None:
    """Return the chart of a target under a short title; None where no official figure is known."""
    if not draw.available():
        return None
    spec = charts.target(shown.target, data.observations, shown.events, as_of=data.as_of, names=names)
    if spec is None:
        return None
    spec["title"] = {"text": spec["title"]["subtitle"], "fontSize": 12, "fontWeight": "normal"}
    caption = f"{words.goal(shown.target)}, {words.say(f'status.{shown.status}')}"
    return draw.svg(spec, title=caption, name=shown.target.id)


def of_pair(
    data: ReportData,
    flow: Measure,
    rows: Sequence[Observation],
    goals: Sequence[Target],
    names: Mapping[str, str],
) -> str | None:
    """Return the chart of a pair's trade with the targets for it; None where no year of it is known."""
    if not draw.available():
        return None
    spec = charts.pair(flow, rows, goals, as_of=data.as_of, names=names)
    return None if spec is None else draw.svg(spec, title=str(spec["title"]["text"]), name="pair")


def of_record(data: ReportData) -> str | None:
    """Return the reliability diagram of the record; None where too few probabilities are resolved."""
    spec = standings.diagram(data.record or (), as_of=data.as_of)
    if spec is None or not draw.available():
        return None
    return draw.svg(spec, title=str(spec["title"]["text"]), name="reliability")
