"""The official figures of a served copy, loaded a pair of areas at a time."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any

import msgspec

from tallyman.model import Observation

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from tallyman.model import Measure
    from tallyman.series import Pair

    Select = Callable[[str, Sequence[Any]], list[tuple[Any, ...]]]


def pair_text(measure: Measure) -> str:
    """Return the areas of a measure as the copy writes them, in alphabetical order and without a missing one.

    >>> from tallyman.model import Measure
    >>> pair_text(Measure(indicator="exports", reporter="RU", partner="CN"))
    'CN-RU'
    """
    return _text(frozenset((measure.reporter, measure.partner)))


class Prints(Mapping["Pair", "list[Observation]"]):
    """All prints by pair of areas, in either direction; what was loaded once stays loaded."""

    def __init__(self, select: Select) -> None:
        """Ask ``select``, which runs SQL on the copy."""
        self._select = select
        self._loaded: dict[str, list[Observation]] = {}
        self._by_id: dict[str, Observation] = {}

    def __getitem__(self, pair: Pair) -> list[Observation]:
        rows = self.of(_text(pair))
        if not rows:
            raise KeyError(pair)
        return rows

    def __iter__(self) -> Iterator[Pair]:
        return iter(self._pairs)

    def __len__(self) -> int:
        return len(self._pairs)

    def of(self, key: str) -> list[Observation]:
        """Return all prints of a pair, ``CN-RU``; none if there are none."""
        if key not in self._loaded:
            rows = self._select("SELECT record FROM observations WHERE pair = ? ORDER BY place", [key])
            found = [msgspec.json.decode(record, type=Observation) for (record,) in rows]
            self._by_id |= {row.id: row for row in found}
            self._loaded[key] = found
        return self._loaded[key]

    def by_id(self, ids: Iterable[str]) -> tuple[Observation, ...]:
        """Return the prints with these ids, in their order; unknown ids are left out."""
        wanted = list(dict.fromkeys(ids))
        absent = [key for key in wanted if key not in self._by_id]
        if absent:
            named = ", ".join("?" * len(absent))
            rows = self._select(f"SELECT DISTINCT pair FROM observations WHERE id IN ({named})", absent)
            for (pair,) in rows:
                self.of(pair)
        return tuple(self._by_id[key] for key in wanted if key in self._by_id)

    @cached_property
    def _pairs(self) -> frozenset[Pair]:
        rows = self._select("SELECT DISTINCT pair FROM observations", [])
        return frozenset(_pair(text) for (text,) in rows)


def _text(pair: Pair) -> str:
    return "-".join(sorted(area for area in pair if area))


def _pair(text: str) -> Pair:
    areas = text.split("-")
    return frozenset(areas if len(areas) > 1 else (text or None, None))
