"""The official statistics of a ledger, fetched a pair of areas at a time, so that a large one answers at once."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, cached_property
from typing import TYPE_CHECKING

from tallyman.providers import reference
from tallyman.series import Shelf, by_pair

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tallyman.model import Observation
    from tallyman.series import Pair
    from tallyman.store import Store


class Counts(Mapping["Pair", "list[Observation]"]):
    """All prints of each pair of areas: the shipped ones, and those that a ledger keeps.

    >>> rows = Counts(None)[frozenset(("CN", "RU"))]
    >>> rows[0].provider
    'gacc'
    """

    def __init__(self, store: Store | None) -> None:
        """Look at what ``store`` keeps; without one, at the shipped prints alone."""
        self._store = store
        self._fetched: dict[Pair, list[Observation]] = {}

    def __getitem__(self, pair: Pair) -> list[Observation]:
        if pair not in self._fetched:
            shipped = _shipped().get(pair, [])
            self._fetched[pair] = _once([*shipped, *self._kept(pair)])
        if not self._fetched[pair]:
            raise KeyError(pair)
        return self._fetched[pair]

    def __iter__(self) -> Iterator[Pair]:
        return iter(self._pairs)

    def __len__(self) -> int:
        return len(self._pairs)

    def of(self, pairs: Iterable[Pair]) -> list[Observation]:
        """Return all prints of these pairs, the shipped ones first."""
        found = {row.id: row for pair in pairs for row in self.get(pair, ())}
        shipped = [row for row in reference.observations() if row.id in found]
        return _once([*shipped, *found.values()])

    def everything(self) -> list[Observation]:
        """Return all prints of all pairs."""
        kept = self._store.observations(vintages=True) if self._store else []
        return _once([*reference.observations(), *kept])

    def by_id(self, ids: Iterable[str]) -> dict[str, Observation]:
        """Return the prints with these ids, in their order; an unknown id is left out."""
        wanted = list(dict.fromkeys(ids))
        kept = self._store.observations(ids=wanted, vintages=True) if self._store and wanted else []
        found = {row.id: row for row in (*reference.observations(), *kept)}
        return {key: found[key] for key in wanted if key in found}

    @cached_property
    def shelf(self) -> Shelf:
        """The same, ready to be asked what was known on a day."""
        return Shelf(self)

    @cached_property
    def _pairs(self) -> set[Pair]:
        return {*_shipped(), *(self._store.pairs() if self._store else ())}

    def _kept(self, pair: Pair) -> list[Observation]:
        areas = sorted(area for area in pair if area)
        if self._store is None or not areas:
            return []
        return self._store.observations(pair=(areas[0], areas[-1]), vintages=True)


@cache
def _shipped() -> dict[Pair, list[Observation]]:
    return by_pair(reference.observations())


def _once(rows: Iterable[Observation]) -> list[Observation]:
    return list({row.id: row for row in rows}.values())
