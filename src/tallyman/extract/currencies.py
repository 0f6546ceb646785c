"""Which currency an amount is in, where its words are shared by several."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import structs

from tallyman import quantity

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from tallyman.extract.amounts import Amount


def spoken(rows: Iterable[Iterable[Amount]]) -> set[str]:
    """Return the currencies that a text names beyond doubt."""
    return {a.quantity.unit for row in rows for a in row if a.kind == "money" and len(a.candidates) == 1}


def in_currency(amount: Amount, areas: Sequence[str], certain: Collection[str]) -> Amount:
    """Decide what a shared currency word means: the one of ``certain`` currencies, else that of the areas.

    ``areas`` are by importance: the first that uses one of the candidates decides. Without it the default
    holds, and without a default the unit stays empty.
    """
    if amount.kind != "money" or len(amount.candidates) <= 1:
        return amount
    known = [code for code in amount.candidates if code in certain]
    unit = known[0] if len(known) == 1 else None
    for n in range(1, len(areas) + 1):
        unit = unit or quantity.currency(amount.candidates, areas[n - 1 : n])
    return amount._replace(quantity=structs.replace(amount.quantity, unit=unit or amount.quantity.unit))
