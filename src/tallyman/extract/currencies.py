"""Which currency an amount is in, where its words are shared by several."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from msgspec import structs

from tallyman import quantity

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from tallyman.extract.amounts import Amount
    from tallyman.lexicon.terms import Token

_OFFICE = "institution"


def spoken(rows: Iterable[Iterable[Amount]]) -> set[str]:
    """Return the currencies that a text names beyond doubt."""
    return {a.quantity.unit for row in rows for a in row if a.kind == "money" and len(a.candidates) == 1}


def at_home(tokens: Sequence[Token], rows: Iterable[Iterable[Amount]], home: str | None) -> dict[str, str]:
    """Return what shared signs are in a report of a country's own offices: "$5 billion, Statistics Canada said".

    Where both are marked ("A$5 billion (US$3 billion)"), what has no mark is its own too; where only its own is,
    what has no mark is the other. What the report says to count in holds: "(in Fiji dollars)".
    """
    own = _own(home) if home is not None else {}
    if not own:
        return {}
    if any(_counts_in(tokens, i, own.values()) for i in range(len(tokens) - 1)):
        return dict(own)
    spoken = [a for row in rows for a in row if a.kind == "money" and tokens[a.start].raw not in own]
    marked = {a.quantity.unit for a in spoken}
    speaks = any(t.values.get("area") == (home, _OFFICE) for t in tokens)
    signs = quantity.signs()
    return {
        mark: code
        for mark, code in own.items()
        if (signs[mark].default in marked and (speaks or code in marked)) or (speaks and code not in marked)
    }


def _counts_in(tokens: Sequence[Token], i: int, codes: Collection[str]) -> bool:
    """Whether a report says at a token that its figures are in one of some currencies: "(in Fiji dollars)"."""
    if "opening" not in tokens[i].values or "in_word" not in tokens[i + 1].values:
        return False
    money = tokens[i + 2].values.get("currency") if i + 2 < len(tokens) else None
    return money is not None and len(money.candidates) == 1 and money.default in codes


@cache
def _own(home: str) -> dict[str, str]:
    """The shared signs that a country writes its own currency with."""
    found = {mark: quantity.currency(sign.at_home, (home,)) for mark, sign in quantity.signs().items()}
    return {mark: code for mark, code in found.items() if code}


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
    return structs.replace(
        amount, quantity=structs.replace(amount.quantity, unit=unit or amount.quantity.unit)
    )
