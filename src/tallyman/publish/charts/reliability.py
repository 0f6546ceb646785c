"""The reliability diagram: do things said to be 70 % likely happen seven times in ten?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from tallyman.publish import words
from tallyman.publish.charts.template import Spec, fill

if TYPE_CHECKING:
    from collections.abc import Sequence


class Bin(msgspec.Struct, frozen=True):
    """Forecasts of about one probability: their mean, the share that came true, and how many they are."""

    probability: float
    share: float
    count: int


def reliability(bins: Sequence[Bin], *, title: str, source: str) -> Spec:
    """Return the reliability diagram of resolved probability forecasts; the size of a circle is its count."""
    total = sum(group.count for group in bins)
    return fill(
        "reliability",
        title=title,
        subtitle=words.say("chart.resolved", count=total),
        source=source,
        rows={
            "bins": [msgspec.structs.asdict(group) for group in bins],
            "diagonal": [{"from": 0, "to": 1}],
        },
    )
