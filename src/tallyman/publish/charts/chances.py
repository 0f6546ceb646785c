"""How the chance of a target moved: a line a provider, from the day the target was set."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from tallyman.publish import words
from tallyman.publish.charts.template import Spec, fill, millis, stamp

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tallyman.model import Target
    from tallyman.score import Fared

_ROOM = timedelta(days=45)


def chances(goal: Target, rows: Sequence[Fared], *, as_of: date, names: Mapping[str, str]) -> Spec:
    """Return the chart of a target's probabilities by the day whose knowledge they rest on.

    Those issued on their day are filled circles, replayed ones open. ``names`` are the providers' in a legend.
    """
    told = [row for row in rows if row.forecast.probability is not None]
    days = sorted({row.forecast.as_of for row in told}) or [goal.set_on or as_of, as_of]
    counted = [names[code] for code in names if code in {row.forecast.provider for row in told}]
    horizon = "chart.chance" if goal.deadline else "chart.chance_open"
    if not told:
        horizon = "chart.chance_none"
    return fill(
        "chances",
        title=words.goal(goal),
        subtitle=words.say(horizon),
        source=words.source_line(counted, as_of),
        rows={
            "chances": [
                {
                    "on": stamp(row.forecast.as_of),
                    "probability": row.forecast.probability,
                    "provider": names.get(row.forecast.provider, row.forecast.provider),
                    "issued": row.made == "issued",
                }
                for row in told
            ]
        },
        params={
            "domain": [millis(days[0] - _ROOM), millis(days[-1] + _ROOM)],
            "providers": counted,
        },
    )
