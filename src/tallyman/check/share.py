"""Shares: the pair's trade as a part of the reporter's trade with the whole world."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from tallyman.check.answer import Answer, decided
from tallyman.check.level import missing
from tallyman.wording import figure, released, say, span

if TYPE_CHECKING:
    from tallyman.check.question import Question
    from tallyman.period import Span
    from tallyman.source import Source

_TENTH = Decimal("0.1")


def portion(source: Source, question: Question, when: Span) -> Answer:
    """Hold a share against the level divided by the same provider's level with the world."""
    part, whole = source.level(when), source.world_level(when)
    if part is None or whole is None or not whole.value:
        return missing(source, question, when)
    percent = (part.value / whole.value * 100).quantize(_TENTH)
    counted = say(
        "share.counted",
        provider=source.label,
        indicator=say(f"indicator.{source.indicator}"),
        span=span(*when),
        value=figure(part.value, source.series.unit),
        whole=figure(whole.value, source.series.unit),
        share=percent,
        released=released(part.rows + whole.rows),
    )
    fits = question.interval.holds(percent)
    rows = part.rows + whole.rows
    return decided(
        source,
        question,
        fits=fits,
        rule="share",
        counted=counted,
        observed=percent,
        rows=rows,
        unit="percent",
    )
