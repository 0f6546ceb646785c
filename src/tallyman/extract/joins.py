"""Amounts that belong together: one scale for a list, ranges, the same amount in another unit in brackets."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from msgspec import structs

from tallyman.model import Quantity

if TYPE_CHECKING:
    from tallyman.extract.amounts import Amount, Kind
    from tallyman.lexicon.terms import Token

_LOOK_BACK, _LOOK_AHEAD, _FAR = 5, 3, 10
_HUNDRED, _CLOSE = Decimal(100), Decimal("0.02")
_SHARED_BELOW, _MOST_POINTS, _MOVE_REACH = 1000, 100, 8
_JOINTS = frozenset({"list_joiner", "range_to"})
_MOVES = frozenset({"move", "by_word", "from_word"})
_BETWEEN = frozenset({"hedge", "hedge_gap", "determiner", "genitive"})
_FROM = frozenset({"from_word", "compared"})
_UNITED = frozenset({"money", "percent", "pp", "times", "physical"})


def shared(tokens: list[Token], found: list[Amount]) -> list[Amount]:
    """Give "$20" in "$20 and $30 billion" its scale, "12" in "12 and 15 percent" its unit, "9 points" its percent."""
    out = list(found)
    for k in range(len(out) - 2, -1, -1):
        here, after = out[k], out[k + 1]
        if not _listed(tokens, here.end, after.start):
            continue
        if here.kind == "money" and after.kind in ("money", "number") and after.factor != 1:
            if _shares_scale(tokens, here, after):
                out[k] = _like(here, after, here.quantity.unit, here.candidates, after.factor)
            out[k + 1] = _in_currency(after, out[k])
        elif here.kind == "number" and _counts(after) and _ranges_on(tokens, here, after):
            out[k] = _like(here, after, after.quantity.unit, (), after.factor)
        elif here.kind == "number" and after.kind in _UNITED and not _is_share_of(here, after):
            factor = after.factor if _shares_scale(tokens, here, after) else here.factor
            out[k] = _like(here, after, after.quantity.unit, after.candidates, factor)
    return _points(tokens, _handed_on(tokens, out))


def _is_share_of(here: Amount, after: Amount) -> bool:
    """Whether a percentage is what part a large number is: "5.8 bn or 13 percent"."""
    return here.factor != 1 and after.kind == "percent"


def _handed_on(tokens: list[Token], found: list[Amount]) -> list[Amount]:
    """Give the last of "3.7 percent and 6.4, respectively" the unit of the one before."""
    out = found[:1]
    for after in found[1:]:
        here = out[-1]
        bare = after.kind == "number" and after.factor == 1 and here.kind in _UNITED
        told = any("respectively" in t.values for t in tokens[after.end : after.end + 2])
        again = told and _listed(tokens, here.end, after.start)
        if (bare and again) or _is_again(tokens, here, after):
            out.append(_like(after, here, here.quantity.unit, here.candidates, here.factor))
        else:
            out.append(after)
    return out


def _is_again(tokens: list[Token], here: Amount, after: Amount) -> bool:
    """Whether goods go on to be weighed at another time: "10 billion tonnes in 2021 and up to 15 billion in 2022"."""
    if here.kind != "physical" or after.kind != "number" or after.factor == 1 or here.factor != after.factor:
        return False
    k = after.start - 1
    k -= "hedge" in tokens[k].values
    joined = "range_and" in tokens[k].values and after.start - here.end <= _FAR
    return joined and after.end < len(tokens) and "in_word" in tokens[after.end].values


def _listed(tokens: list[Token], start: int, end: int) -> bool:
    between = tokens[start:end]
    return 0 < len(between) <= _LOOK_AHEAD and all(_JOINTS & t.values.keys() for t in between)


def _shares_scale(tokens: list[Token], here: Amount, after: Amount) -> bool:
    """Whether the scale behind the second figure is that of the first, which then is the smaller of a range."""
    if here.factor != 1 or here.quantity.value >= _SHARED_BELOW:
        return False
    ranging = any(
        "range_to" in t.values and "list_joiner" not in t.values for t in tokens[here.end : after.start]
    )
    return not ranging or here.quantity.value <= after.quantity.value / after.factor


def _counts(amount: Amount) -> bool:
    """Whether a figure has things or a scale to share: "3 billion", "40 lorries"."""
    return amount.kind == "count" or (amount.kind == "number" and amount.factor != 1)


def _ranges_on(tokens: list[Token], here: Amount, after: Amount) -> bool:
    """Whether two bare figures are a range with one scale: "2.5-3 billion"."""
    joint = tokens[here.end : after.start]
    return _shares_scale(tokens, here, after) and all("range_to" in t.values for t in joint)


def _like(here: Amount, after: Amount, unit: str, candidates: tuple[str, ...], factor: Decimal) -> Amount:
    times = factor / here.factor
    step = here.quantity.step * times if here.quantity.step else None
    quantity = Quantity(value=here.quantity.value * times, unit=unit, step=step)
    kind: Kind = "money" if candidates else after.kind
    return structs.replace(
        here, kind=kind, quantity=quantity, factor=factor, candidates=candidates, goods=after.goods
    )


def _in_currency(amount: Amount, money: Amount) -> Amount:
    if amount.kind == "money":
        return amount
    quantity = structs.replace(amount.quantity, unit=money.quantity.unit)
    return structs.replace(amount, kind="money", quantity=quantity, candidates=money.candidates)


def _points(tokens: list[Token], found: list[Amount]) -> list[Amount]:
    """Read "nine points" behind a percentage as percentage points."""
    out: list[Amount] = []
    rated = False
    for amount in found:
        end = _point(tokens, amount.end) if amount.kind == "number" else None
        if end is not None and amount.quantity.value < (_MOST_POINTS if rated else 1):
            quantity = structs.replace(amount.quantity, unit="pp")
            out.append(structs.replace(amount, kind="pp", quantity=quantity, end=end))
        else:
            out.append(amount)
        rated = rated or amount.kind in ("percent", "pp")
    return out


def _point(tokens: list[Token], i: int) -> int | None:
    """The end of "points" or "-point" behind a figure."""
    i += i < len(tokens) and tokens[i].norm == "-"
    return i + 1 if i < len(tokens) and "point_word" in tokens[i].values else None


def ranges(tokens: list[Token], found: list[Amount]) -> list[Amount]:
    """Join "10 to 15 percent", "between $20 and $30 billion", "four- to fivefold"."""
    out: list[Amount] = []
    for amount in found:
        before = out[-1] if out else None
        if before is not None and _is_range(tokens, before, amount):
            low, high = before.quantity, amount.quantity
            quantity = structs.replace(high, value=low.value, value_max=high.value, bound="range")
            out[-1] = structs.replace(amount, start=before.start, quantity=quantity)
        else:
            out.append(amount)
    return out


def _is_range(tokens: list[Token], low: Amount, high: Amount) -> bool:
    if low.kind != high.kind or low.quantity.unit != high.quantity.unit or low.quantity.value_max:
        return False
    if low.quantity.value >= high.quantity.value:
        return False
    joint = tokens[low.end : high.start]
    if len(joint) == 2 and "hyphen" in joint[0].values:  # noqa: PLR2004 - "four- to fivefold"
        joint = joint[1:]
    if len(joint) != 1:
        return False
    k = low.start - 1
    while k > 0 and _BETWEEN & tokens[k].values.keys() and not _FROM & tokens[k].values.keys():
        k -= 1
    before, back = (tokens[j].values if j >= 0 else {} for j in (k, k - 1))
    if "range_and" in joint[0].values:
        return "range_between" in before or ("hedge" in before and "range_between" in back)
    if "range_to" not in joint[0].values:
        return False
    if _FROM & before.keys() and "hyphen" not in joint[0].values:
        return "ranging" in back
    if "hyphen" in joint[0].values or not _stands_alone(tokens, low, high):
        return True
    return not (_MOVES & (back if "hedge" in before else before).keys() or _sizes_move(tokens, low))


def _stands_alone(tokens: list[Token], low: Amount, high: Amount) -> bool:
    """Whether both figures are written in full: "rose $5.04 to $84.93", but not "rose 5 to 7 percent".

    The currency may stand behind the first alone: "rose 4 billion dollars to 17 billion".
    """
    if all(any("scale" in t.values for t in tokens[a.start : a.end]) for a in (low, high)):
        return True
    return all(amount.end - amount.start > 1 + (amount.factor > 1) for amount in (low, high))


def _sizes_move(tokens: list[Token], low: Amount) -> bool:
    """Whether a figure behind "of" sizes a change: "a drop in the surplus of $2 billion to $9 billion"."""
    if "genitive" not in tokens[low.start - 1].values:
        return False
    return any("move" in t.values for t in tokens[max(low.start - _MOVE_REACH, 0) : low.start - 1])


def conversions(tokens: list[Token], found: list[Amount]) -> list[Amount]:
    """Mark the amount in brackets that says the one before it in another unit."""
    out = list(found)
    for k in range(1, len(out)):
        a, b = out[k - 1], out[k]
        opened = next((j for j in range(a.end, b.start) if "opening" in tokens[j].values), None)
        near = opened is not None and opened - a.end <= _LOOK_AHEAD and b.start - opened <= _LOOK_BACK
        if near and a.kind == b.kind == "percent" and a.quantity.step is None:
            out[k - 1] = structs.replace(a, converts=k)
        elif near and _restates(a, b):
            out[k] = structs.replace(b, converts=k - 1)
        elif (
            a.converts is not None
            and b.kind == "money"
            and tokens[a.end].raw in ";,"
            and b.start == a.end + 1
        ):
            out[k] = structs.replace(b, converts=a.converts)
    return out


def _restates(a: Amount, b: Amount) -> bool:
    """Whether a figure can be another in other units: money in dollars, gas in cubic feet, "fourfold (436%)"."""
    if a.kind == b.kind == "money" or (a.kind == b.kind == "physical" and a.quantity.unit != b.quantity.unit):
        return a.quantity.unit != b.quantity.unit
    if a.kind == "times" and b.kind == "percent":
        return abs(b.quantity.value / _HUNDRED - a.quantity.value) <= 1
    close = abs(a.quantity.value - b.quantity.value) <= a.quantity.value * _CLOSE
    return a.kind == "physical" and b.kind in ("physical", "count") and close
