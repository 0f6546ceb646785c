"""The shipped tables: official figures on trade between countries as releases and pages printed them.

Each row of ``data/reference.csv`` is one print of one number with the address of its page. The table is made
by ``eval/convert_facts.py`` with the lookups of ``reference.toml`` and is never edited by hand.
"""

from __future__ import annotations

import csv
import io
from datetime import date
from decimal import Decimal
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any, cast

from tallyman.model import Measure, Observation, Period

if TYPE_CHECKING:
    from collections.abc import Iterable

COLUMNS = (
    "id",
    "statement",
    "provider",
    "indicator",
    "reporter",
    "partner",
    "basis",
    "role",
    "period_start",
    "period_end",
    "value",
    "unit",
    "currency",
    "step",
    "status",
    "released_on",
    "release_kind",
    "source_url",
    "note",
)


def observations() -> list[Observation]:
    """Return all shipped observations, by provider rank, pair, period and release day.

    Values are in full units (dollars, not billions) or percent; suspect rows are included with their status.

    >>> observations()[0].provider
    'gacc'
    """
    return list(_shipped())


@cache
def _shipped() -> tuple[Observation, ...]:
    source = resources.files(__package__).joinpath("data", "reference.csv")
    return tuple(read(io.StringIO(source.read_text("utf-8"), newline="")))


def read(lines: Iterable[str]) -> list[Observation]:
    """Return the observations of a table with the columns ``COLUMNS``, in its order."""
    table = csv.reader(lines)
    next(table)
    measures: dict[tuple[str, ...], Measure] = {}
    periods: dict[tuple[str, str], Period] = {}
    rows = []
    for row in table:
        (
            id_,
            _,
            provider,
            *measured,
            role,
            start,
            end,
            value,
            unit,
            currency,
            step,
            status,
            day,
            kind,
            url,
            note,
        ) = row
        key = tuple(measured)
        if key not in measures:
            measures[key] = _measure(*measured)
        if (start, end) not in periods:
            periods[start, end] = _period(start, end)
        rows.append(
            Observation(
                id=id_,
                provider=provider,
                measure=measures[key],
                role=cast("Any", role),
                period=periods[start, end],
                value=Decimal(value),
                unit=unit,
                currency=currency or None,
                step=Decimal(step),
                status=cast("Any", status),
                released_on=date.fromisoformat(day),
                release_kind=cast("Any", kind),
                source_url=url,
                note=note or None,
            )
        )
    return rows


def _measure(indicator: str, reporter: str, partner: str, basis: str) -> Measure:
    return Measure(
        indicator=cast("Any", indicator), reporter=reporter, partner=partner, basis=cast("Any", basis)
    )


def _period(start: str, end: str) -> Period:
    return Period(start=date.fromisoformat(start), end=date.fromisoformat(end), relation="during")
