"""How likely open targets are to be met, for readers: one sentence and one figure a provider."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from msgspec.structs import replace

from tallyman.model import Forecast, Noun, Reject

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from tallyman.forecast import Outlook
    from tallyman.model import Observation, Target
    from tallyman.publish.report import ReportData
    from tallyman.series import Shelf


class Chance(Noun, frozen=True, kw_only=True):
    """What one provider's figures say of an open target: by its deadline, or by the last of ``by_year``."""

    target_id: str
    provider: str
    probability: float
    by_year: dict[int, float]
    median_year: int | None
    explanation: str
    forecast: Forecast


def chances(data: ReportData) -> dict[str, tuple[Chance, ...]]:
    """Return the chances of the targets that are open on ``data.as_of``, the leading provider first.

    Empty without the extra ``[forecast]``; a target that no provider's figures allow to judge is left out.
    """
    leading: dict[str, str] = {}
    for event in data.events:
        if event.on <= data.as_of:
            leading.setdefault(event.target_id, event.status)
    still = [target for target in data.targets if leading.get(target.id, "open") == "open"]
    return chances_of(still, data.observations, as_of=data.as_of)


def chances_of(
    targets: Iterable[Target], observations: Iterable[Observation] | Shelf, *, as_of: date
) -> dict[str, tuple[Chance, ...]]:
    """Return the chances of targets by their ids, as known on ``as_of``; see ``chances``."""
    try:
        from tallyman.forecast import Outlooks  # noqa: PLC0415 - numpy is an extra
    except ImportError:
        return {}
    ahead = Outlooks(observations, as_of=as_of)

    @cache
    def outlooks(target: Target) -> list[Outlook | Reject]:
        return ahead.of(target)

    found: dict[str, tuple[Chance, ...]] = {}
    for target in targets:
        told = outlooks(replace(target, id="", claim_ids=(), set_by=None, told_by=None, relayed_by=None))
        rows = tuple(_chance(target, outlook) for outlook in told if not isinstance(outlook, Reject))
        if rows:
            found[target.id] = rows
    return found


def _chance(target: Target, outlook: Outlook) -> Chance:
    return Chance(
        target_id=target.id,
        provider=outlook.forecast.provider,
        probability=outlook.forecast.probability or 0.0,
        by_year=outlook.by_year,
        median_year=outlook.median_year,
        explanation=outlook.explanation,
        forecast=outlook.forecast,
    )
