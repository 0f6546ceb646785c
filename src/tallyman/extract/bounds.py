"""The words before or behind an amount that say what it bounds: "more than", "up to", "or so"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import structs

if TYPE_CHECKING:
    from tallyman.extract.amounts import Amount
    from tallyman.lexicon.terms import Token
    from tallyman.model import Bound

_LOOK_BACK, _OBJECT, _NEGATED = 5, 7, 3


def bounded(tokens: list[Token], amount: Amount, start: int, end: int) -> Amount:
    """Return an amount with the bound that the words of its sentence set; a range keeps its own."""
    if amount.quantity.bound == "range":
        return amount
    after = tokens[amount.end].values if amount.end < end else {}
    known = amount.start > start and "definite" in tokens[amount.start - 1].values and "mark" not in after
    for i in range(amount.start - 1, max(start, amount.start - _LOOK_BACK) - 1, -1):
        values = tokens[i].values
        if known and {"hedge", "crossing"} & values.keys():
            return amount
        if "hedge" in values:
            return amount if _is_way(tokens, i, start) else _hedged(amount, values["hedge"], i)
        if "crossing" in values:
            passed = any("not_word" in t.values for t in tokens[max(i - _NEGATED, start) : i])
            return _hedged(amount, "at_most" if passed else "at_least", i)
        if "passed_mark" in values and "mark" in after:
            return _hedged(amount, values["passed_mark"], i)
        if "determiner" not in values and "hedge_gap" not in values:
            break
    if "trailing_hedge" in after:
        return _hedged(amount, after["trailing_hedge"], amount.end)
    return amount


def _is_way(tokens: list[Token], i: int, start: int) -> bool:
    """Whether "up to" belongs to a verb and bounds nothing: "they add up to $5 billion", "bring it up to $5".

    Behind the size of a move it says where that ended: "grew by 2.7 times up to $5 billion".
    """
    if "up_hedge" not in tokens[i].values:
        return False
    for k in range(i - 1, max(start, i - _OBJECT) - 1, -1):
        if "up_verb" in tokens[k].values:
            return True
        if "num" in tokens[k].values:
            return "by_word" in tokens[k - 1].values
        if "clause_break" in tokens[k].values or tokens[k].raw == ",":
            return False
    return False


def _hedged(amount: Amount, bound: Bound, at: int) -> Amount:
    return structs.replace(amount, quantity=structs.replace(amount.quantity, bound=bound), hedge=(at, at + 1))
