"""What each provider has counted: how much, of which pairs, and how recently."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import TYPE_CHECKING

from tallyman.model import Noun
from tallyman.publish.charts import points
from tallyman.publish.view import pair_key

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tallyman.model import Observation
    from tallyman.providers.catalogue import Provider


class Coverage(Noun, frozen=True, kw_only=True):
    """How much a provider has counted, of how many pairs, and when it last released something."""

    code: str
    label: str
    figures: int
    pairs: int
    released_on: date | None


class PairCoverage(Noun, frozen=True, kw_only=True):
    """How much a provider has counted of one pair: the first and the last day covered, the last release."""

    pair: str
    figures: int
    first: date
    last: date
    released_on: date


def of_provider(provider: Provider, rows: Iterable[Observation]) -> Coverage:
    """Return how much a provider has counted; ``rows`` are its figures."""
    figures = list(rows)
    return Coverage(
        code=provider.code,
        label=provider.label,
        figures=len(figures),
        pairs=len({pair_key(row.measure) for row in figures}),
        released_on=max((row.released_on for row in figures), default=None),
    )


def by_pair(rows: Iterable[Observation]) -> tuple[PairCoverage, ...]:
    """Return what a provider's figures cover of each pair, by the pairs' keys; open periods are left out."""
    found: defaultdict[str, list[Observation]] = defaultdict(list)
    for row in rows:
        key = pair_key(row.measure)
        if key and row.period.start and row.period.end:
            found[key].append(row)
    return tuple(
        PairCoverage(
            pair=key,
            figures=len(figures),
            first=min(points.span(row)[0] for row in figures),
            last=max(points.span(row)[1] for row in figures),
            released_on=max(row.released_on for row in figures),
        )
        for key, figures in sorted(found.items())
    )
