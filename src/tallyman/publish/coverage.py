"""What each provider has counted: how much, of which pairs, and how recently."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING

from tallyman.model import Noun
from tallyman.publish.charts import points
from tallyman.publish.view import pair_key

_KNOWN = ("source", "recap")
_RECENT = timedelta(days=3 * 365)
_FEWEST = 3

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


class Health(Noun, frozen=True, kw_only=True):
    """How recently a provider released something: ``since`` and ``usual`` in days.

    ``usual`` is the median distance of its release days in the three years before, None of fewer than three;
    ``late`` tells that twice that has gone by without a release.
    """

    released_on: date
    since: int
    usual: int | None
    late: bool


def health(rows: Iterable[Observation], *, as_of: date) -> Health | None:
    """Return how recently a provider released something, of its own figures; None if it never did.

    What only reports quote of it, and days that are merely assumed, tell nothing of its rhythm.
    """
    days = sorted(
        {row.released_on for row in rows if row.release_kind in _KNOWN and row.released_on <= as_of}
    )
    if not days:
        return None
    recent = [day for day in days if (days[-1] - day) <= _RECENT]
    gaps = [(later - earlier).days for earlier, later in pairwise(recent)]
    usual = round(median(gaps)) if len(gaps) >= _FEWEST else None
    since = (as_of - days[-1]).days
    return Health(
        released_on=days[-1], since=since, usual=usual, late=usual is not None and since > 2 * usual
    )


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
