"""Which claims are asked for, and the SQL that finds them in a served copy."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from tallyman.model import Noun
from tallyman.publish.view import ClaimView

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

FACETS = ("verdict", "modality", "indicator", "pair", "speaker", "outlet")


class ClaimFilter(Noun, frozen=True, kw_only=True):
    """Which claims are asked for: equal in every field that is set; ``q`` are words that all must occur."""

    q: str | None = None
    verdict: str | None = None
    modality: str | None = None
    indicator: str | None = None
    pair: str | None = None
    speaker: str | None = None
    outlet: str | None = None


class Listing(Noun, frozen=True, kw_only=True):
    """One page of claims, how many there are in all, and the place after which the next page begins."""

    rows: tuple[ClaimView, ...]
    total: int
    after: int | None


def where(
    chosen: ClaimFilter, as_of: date, places: Sequence[int] | None = None
) -> tuple[str, tuple[Any, ...]]:
    """Return the condition of claims said by ``as_of``, and its values; of those at ``places`` if given."""
    conditions = ["(said_on IS NULL OR said_on <= ?)"]
    values: list[Any] = [as_of]
    for name, value in msgspec.structs.asdict(chosen).items():
        if value is not None and name != "q":
            conditions.append(f"{name} = ?")
            values.append(value)
    for word in (chosen.q or "").casefold().split():
        conditions.append("contains(search, ?)")
        values.append(word)
    if places is not None:
        conditions.append("place IN (SELECT unnest(?::INTEGER[]))")
        values.append(list(places))
    return " AND ".join(conditions), tuple(values)
