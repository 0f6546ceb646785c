"""What every provider does with finished rows: name each by its content, let none contradict another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from tallyman.ids import content_id
from tallyman.model import Observation, Reject
from tallyman.vintage import number

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


def identified(row: Observation) -> Observation:
    """Return ``row`` with the id that depends on all its fields but ``id`` and ``retrieved_at``.

    Fetching the same print twice therefore gives one observation.
    """
    return replace(row, id=content_id("obs", replace(row, id="", retrieved_at=None)))


def agreeing(rows: Iterable[Observation | Reject]) -> Iterator[Observation | Reject]:
    """Yield the rows of one release, a repeated one once; where two print different values, reject both.

    Only prints of the same number on the same day are compared: a revision comes with its own day.
    """
    prints: dict[tuple[object, ...], list[Observation]] = {}
    for row in rows:
        if isinstance(row, Reject):
            yield row
            continue
        same = prints.setdefault((*number(row), row.released_on), [])
        if row.value not in {other.value for other in same}:
            same.append(row)
    for same in prints.values():
        if len(same) == 1:
            yield same[0]
        else:
            yield _contradiction(same)


def _contradiction(rows: list[Observation]) -> Reject:
    measure, period = rows[0].measure, rows[0].period
    values = " and ".join(f"{row.value:f}" for row in rows)
    return Reject(
        source=rows[0].source_url or rows[0].provider,
        place=f"{measure.indicator} {measure.reporter}-{measure.partner} {period.start} to {period.end}",
        reason=f"the same number is printed as {values}",
        fix="keep one of the rows, or give them different release days",
    )
