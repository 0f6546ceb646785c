"""The words before or behind an amount that say what it bounds: "more than", "up to", "or so"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import structs

if TYPE_CHECKING:
    from tallyman.extract.amounts import Amount
    from tallyman.lexicon.terms import Token
    from tallyman.model import Bound

_LOOK_BACK = 5


def bounded(tokens: list[Token], amount: Amount, start: int, end: int) -> Amount:
    """Return an amount with the bound that the words of its sentence set; a range keeps its own."""
    if amount.quantity.bound == "range":
        return amount
    for i in range(amount.start - 1, max(start, amount.start - _LOOK_BACK) - 1, -1):
        values = tokens[i].values
        if "hedge" in values:
            return _hedged(amount, values["hedge"], i)
        if "crossing" in values:
            return _hedged(amount, "at_least", i)
        if "determiner" not in values and "hedge_gap" not in values:
            break
    if amount.end < end and "trailing_hedge" in tokens[amount.end].values:
        return _hedged(amount, tokens[amount.end].values["trailing_hedge"], amount.end)
    return amount


def _hedged(amount: Amount, bound: Bound, at: int) -> Amount:
    return amount._replace(quantity=structs.replace(amount.quantity, bound=bound), hedge=(at, at + 1))
