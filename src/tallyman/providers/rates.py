"""Rates of exchange: what a unit of one currency cost in another over a year or a month, each with its source.

``data/rates.csv`` holds averages that a central bank or the World Bank printed, and a few that an office implies
by printing one total in two currencies. Nothing is interpolated: a span without a rate of its own has none.
"""

from __future__ import annotations

import csv
from datetime import date
from decimal import Decimal
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Literal

import msgspec

from tallyman.model import Noun

if TYPE_CHECKING:
    from tallyman.period import Span

DOLLAR = "USD"


class Rate(Noun, frozen=True, kw_only=True):
    """One unit of ``base`` cost ``value`` of ``quote`` from ``start`` to ``end``; ``step`` is its last digit."""

    base: str
    quote: str
    start: date
    end: date
    value: Decimal
    step: Decimal
    kind: Literal["average", "implied"]
    publisher: str
    source_url: str
    note: str = ""


class Conversion(Noun, frozen=True, kw_only=True):
    """How an amount becomes one in another currency: times ``factor``, known to within ``error``, a share of it."""

    factor: Decimal
    error: Decimal
    rates: tuple[Rate, ...]


def conversion(unit: str, into: str, span: Span) -> Conversion | None:
    """Return how amounts counted over a span are converted; None where no rate of that very span is known.

    Two currencies of which neither is the dollar are converted by way of the dollar.

    >>> conversion("USD", "CNY", (date(2022, 1, 1), date(2022, 12, 31))).factor
    Decimal('6.7290')
    """
    factor, error, rates = Decimal(1), Decimal(0), []
    for one, other in ((unit, DOLLAR), (DOLLAR, into)):
        if one == other:
            continue
        direct = _rates().get((one, other, *span))
        rate = direct or _rates().get((other, one, *span))
        if rate is None:
            return None
        factor *= rate.value if direct else 1 / rate.value
        error += rate.step / rate.value / 2
        rates.append(rate)
    return Conversion(factor=factor, error=error, rates=tuple(rates))


@cache
def _rates() -> dict[tuple[str, str, date, date], Rate]:
    text = resources.files(__package__).joinpath("data", "rates.csv").read_text("utf-8")
    rows = msgspec.convert(list(csv.DictReader(text.splitlines())), list[Rate], strict=False)
    return {(row.base, row.quote, row.start, row.end): row for row in rows}
