"""Amounts of a sentence: numbers with their unit, bound and written precision, as token positions."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Literal, NamedTuple

from msgspec import structs

from tallyman.extract import numbers
from tallyman.extract.sentences import read
from tallyman.lexicon import load
from tallyman.model import Anchor, Quantity
from tallyman.quantity import plain

if TYPE_CHECKING:
    from tallyman.extract.numbers import Number
    from tallyman.lexicon import Money
    from tallyman.lexicon.terms import Token
    from tallyman.model import Bound

Kind = Literal["money", "percent", "pp", "times", "physical", "count", "number"]
_LOOK_BACK = 5
_LOOK_AHEAD = 3
_SHARED_BELOW = 1000


class Amount(NamedTuple):
    """A quantity at half-open token positions; ``hedge`` is the position of the words that set its bound."""

    start: int
    end: int
    kind: Kind
    quantity: Quantity
    factor: Decimal = Decimal(1)
    candidates: tuple[str, ...] = ()
    hedge: tuple[int, int] | None = None
    converts: int | None = None


def find(tokens: list[Token], start: int, end: int) -> list[Amount]:
    """Return the amounts between two token positions, in order, without overlaps."""
    found: list[Amount] = []
    i = start
    while i < end:
        amount = _amount(tokens, i, end, found[-1].end if found else start)
        if amount is None:
            i += 1
            continue
        found.append(amount)
        i = max(amount.end, i + 1)
    found = _ranges(tokens, _shared(tokens, found))
    return [_plainly(_bounded(tokens, a, start, end)) for a in _conversions(tokens, found)]


def _plainly(amount: Amount) -> Amount:
    """Write the numbers without exponents and idle zeros, so that equal amounts are equal records."""
    q = amount.quantity
    numbers_ = {name: Decimal(plain(v)) for name in ("value", "value_max", "step") if (v := getattr(q, name)) is not None}
    return amount._replace(quantity=structs.replace(q, **numbers_))


def _amount(tokens: list[Token], i: int, end: int, floor: int) -> Amount | None:
    values = tokens[i].values
    if "multiple" in values:
        return _of(i, i + 1, "times", Decimal(values["multiple"]), None, "times")
    if "fraction" in values and "scale" not in tokens[min(i + 2, end - 1)].values:
        return _fraction(tokens, i, end)
    currency = values.get("currency") if "num" not in values else None
    if currency is not None and i + 1 < end:
        j = i + 1 + (tokens[i + 1].norm == "-" and "sign" in values)
        number = numbers.number(tokens, j, end, signed=True)
        if number is not None and ("num" in tokens[j].values or number.scaled) and (number.scaled or "word_like" not in values):
            return _money(tokens, i, number, currency, end)
        return None
    if i > floor and "-" in tokens[i - 1].norm and "num" in values and tokens[i - 1].end == tokens[i].start:
        before = tokens[i - 2] if i - 2 >= 0 else None
        if before is not None and before.end == tokens[i - 1].start and (before.raw.isalpha() or "year" in before.values):
            return None
    number = numbers.number(tokens, i, end)
    return _with_unit(tokens, i, number, end) if number else None


def _fraction(tokens: list[Token], i: int, end: int) -> Amount | None:
    value = Decimal(tokens[i].values["fraction"]) * 100
    if i > 0 and ("ordinal" in tokens[i - 1].values or "part_of_year" in tokens[i - 1].values):
        return None
    if i + 1 < end and ("genitive" in tokens[i + 1].values or not tokens[i + 1].raw.isalpha()):
        return _of(i, i + 1, "percent", value, None, "percent")
    if i > 0 and "by_word" in tokens[i - 1].values:
        return _of(i, i + 1, "percent", value, None, "percent")
    return None


def _of(start: int, end: int, kind: Kind, value: Decimal, step: Decimal | None, unit: str) -> Amount:
    return Amount(start, end, kind, Quantity(value=value, unit=unit, step=step))


def _money(tokens: list[Token], start: int, number: Number, currency: Money, end: int) -> Amount:
    stop = number.end
    for j in (stop, stop + 1):
        if j < end and "currency" in tokens[j].values and (j == stop or tokens[stop].norm == "-"):
            own = tokens[j].values["currency"]
            if set(own.candidates) & set(currency.candidates):
                currency = min(own, currency, key=lambda money: len(money.candidates))
                stop = j + 1
            break
    return _with_currency(start, stop, number, currency)


def _with_currency(start: int, end: int, number: Number, currency: Money) -> Amount:
    unit = currency.default or currency.candidates[0]
    quantity = Quantity(value=number.value, unit=unit, step=number.step)
    return Amount(start, end, "money", quantity, number.factor, currency.candidates)


def _with_unit(tokens: list[Token], i: int, number: Number, end: int) -> Amount | None:
    j = number.end
    hyphen = j + 1 < end and tokens[j].norm == "-" and tokens[j].start == tokens[j - 1].end
    for k in (j, j + 1) if hyphen or (j + 1 < end and "genitive" in tokens[j].values and number.scaled) else (j,):
        if k >= end:
            break
        values = tokens[k].values
        if "percentage_point" in values:
            return _of(i, k + 1, "pp", number.value, number.step, "pp")
        if "percent" in values:
            return _of(i, k + 1, "percent", number.value, number.step, "percent")
        if "times_word" in values and not number.scaled:
            return _of(i, k + 1, "times", number.value, number.step, "times")
        if "currency" in values and not ("sign" in values and k + 1 < end and "num" in tokens[k + 1].values):
            return _with_currency(i, k + 1, number, values["currency"])
        if "measure_unit" in values:
            return _physical(tokens, i, k, number, end)
    return _plain(tokens, i, number, end)


def _physical(tokens: list[Token], i: int, k: int, number: Number, end: int) -> Amount:
    unit, factor = tokens[k].values["measure_unit"]
    stop = k + 1
    if stop < end and "per_day" in tokens[stop].values and f"{unit}/d" in _RATES:
        unit, stop = f"{unit}/d", stop + 1
    kind: Kind = "count" if unit == "count" else "physical"
    quantity = Quantity(value=number.value * factor, unit=unit, step=number.step * factor)
    return Amount(i, stop, kind, quantity, number.factor * factor)


_RATES = frozenset({"bbl/d"})


def _plain(tokens: list[Token], i: int, number: Number, end: int) -> Amount | None:
    """A bare number: counted things, or an amount whose currency the context must give."""
    spelled = "num" not in tokens[i].values
    year = "year" in tokens[i].values and number.end == i + 1
    if (year and not number.scaled) or "dmy" in tokens[i].values:
        return None
    if spelled and not number.scaled and number.end == i + 1 and number.value <= 1:
        return None
    after = tokens[number.end] if number.end < end else None
    if after is not None and ("unit" in after.values or "day_unit" in after.values or "month" in after.values):
        return None
    quantity = Quantity(value=number.value, unit="count", step=number.step)
    return Amount(i, number.end, "number", quantity, number.factor)


def _shared(tokens: list[Token], found: list[Amount]) -> list[Amount]:
    """Give "$20" in "$20 and $30 billion" its scale, and "12" in "12 and 15 percent" its unit."""
    out = list(found)
    for k in range(len(out) - 2, -1, -1):
        here, after = out[k], out[k + 1]
        if here.factor != 1 or here.quantity.value >= _SHARED_BELOW or not _listed(tokens, here.end, after.start):
            continue
        if here.kind == "money" and after.kind in ("money", "number") and after.factor != 1:
            out[k] = _like(here, after, here.candidates)
            out[k + 1] = _in_currency(after, out[k])
        elif here.kind == "number" and after.kind in ("money", "percent", "pp", "physical"):
            out[k] = _like(here, after, after.candidates)
    return out


def _listed(tokens: list[Token], start: int, end: int) -> bool:
    between = tokens[start:end]
    return 0 < len(between) <= _LOOK_AHEAD and all(
        "list_joiner" in t.values or "range_to" in t.values for t in between
    )


def _in_currency(amount: Amount, money: Amount) -> Amount:
    if amount.kind == "money":
        return amount
    quantity = structs.replace(amount.quantity, unit=money.quantity.unit)
    return amount._replace(kind="money", quantity=quantity, candidates=money.candidates)


def _like(here: Amount, after: Amount, candidates: tuple[str, ...]) -> Amount:
    unit = candidates[0] if candidates else after.quantity.unit
    step = here.quantity.step * after.factor if here.quantity.step else None
    quantity = Quantity(value=here.quantity.value * after.factor, unit=unit, step=step)
    kind = "money" if candidates else after.kind
    return Amount(here.start, here.end, kind, quantity, after.factor, candidates)


def _ranges(tokens: list[Token], found: list[Amount]) -> list[Amount]:
    out: list[Amount] = []
    for amount in found:
        before = out[-1] if out else None
        if before is not None and _is_range(tokens, before, amount):
            quantity = Quantity(
                value=before.quantity.value,
                value_max=amount.quantity.value,
                unit=amount.quantity.unit,
                bound="range",
                step=amount.quantity.step,
            )
            out[-1] = amount._replace(start=before.start, quantity=quantity)
        else:
            out.append(amount)
    return out


def _is_range(tokens: list[Token], low: Amount, high: Amount) -> bool:
    if low.kind != high.kind or low.kind in ("number", "times") or low.quantity.unit != high.quantity.unit:
        return False
    if high.start - low.end != 1 or low.quantity.value >= high.quantity.value or low.quantity.value_max:
        return False
    joint = tokens[low.end].values
    before = tokens[low.start - 1].values if low.start else {}
    if "range_and" in joint:
        return "range_between" in before
    if "range_to" not in joint or "from_word" in before:
        return False
    own_scale = low.factor != 1 and "hyphen" not in joint
    back = tokens[low.start - 2].values if low.start > 1 and "hedge" in before else before
    return not (own_scale and {"move", "by_word", "from_word"} & back.keys())


def _conversions(tokens: list[Token], found: list[Amount]) -> list[Amount]:
    """Mark the amount in brackets that says the one before it in another unit."""
    out = list(found)
    for k in range(1, len(out)):
        a, b = out[k - 1], out[k]
        opened = [j for j in range(a.end, b.start) if "opening" in tokens[j].values]
        if not opened or b.kind != a.kind or b.kind not in ("money", "physical") or b.quantity.unit == a.quantity.unit:
            continue
        if opened[0] - a.end <= _LOOK_AHEAD and b.start - opened[0] <= _LOOK_BACK:
            out[k] = b._replace(converts=k - 1)
    return out


def _bounded(tokens: list[Token], amount: Amount, start: int, end: int) -> Amount:
    if amount.quantity.bound == "range":
        return amount
    for i in range(amount.start - 1, max(start, amount.start - _LOOK_BACK) - 1, -1):
        values = tokens[i].values
        if "hedge" in values:
            return _hedged(amount, values["hedge"], i, i + 1)
        if "crossing" in values:
            return _hedged(amount, "at_least", i, i + 1)
        if "determiner" not in values and "hedge_gap" not in values:
            break
    if amount.end < end and "trailing_hedge" in tokens[amount.end].values:
        return _hedged(amount, tokens[amount.end].values["trailing_hedge"], amount.end, amount.end + 1)
    return amount


def _hedged(amount: Amount, bound: Bound, start: int, end: int) -> Amount:
    return amount._replace(quantity=structs.replace(amount.quantity, bound=bound), hedge=(start, end))


def quantities(text: str, *, language: str = "en") -> list[tuple[Anchor, Quantity]]:
    """Return every quantity of a text, trade or not, in order: money, percent, physical, counts, multiples.

    Values are in full units; the same amount in brackets in another unit is a quantity of its own.

    >>> [(a, q)] = quantities("about 50 mln tonnes")
    >>> a.exact, str(q.value), q.unit, q.bound
    ('50 mln tonnes', '50000000', 't', 'about')
    """
    reading = read(text, load(language))
    out = []
    for sentence in reading.sentences:
        for amount in find(reading.tokens, sentence.start, sentence.end):
            start, end = reading.tokens[amount.start].start, reading.tokens[amount.end - 1].end
            out.append((Anchor(start=start, end=end, exact=text[start:end]), amount.quantity))
    return out
