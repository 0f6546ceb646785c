"""Amounts of a text: numbers with their unit, bound and written precision, as token positions."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from msgspec import Struct, structs

from tallyman import lexicon, quantity
from tallyman.extract import bounds, currencies, focus, joins, numbers, parts
from tallyman.extract.sentences import read
from tallyman.model import Anchor, Quantity

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tallyman.extract.numbers import Number
    from tallyman.extract.sentences import Reading, Sentence
    from tallyman.lexicon import Lexicon, Measure, Money
    from tallyman.lexicon.terms import Token

Kind = Literal["money", "percent", "pp", "times", "physical", "count", "number"]
_FIGURES = ("num", "cardinal", "hundred", "dozen", "scale", "half", "fraction", "multiple", "decimal_point")
_SIGNED = frozenset({"money", "percent", "pp", "physical"})
_TIME = frozenset({"unit", "day_unit", "clock_unit", "month", "day_suffix"})
_EVERY = frozenset({"per_word", "per_period", "per_day"})
_UNITS = frozenset({"currency", "percent", "percentage_point", "basis_point", "measure_unit", "times_word"})
_SCALES = frozenset({"hundred", "scale", "dozen"})
_GLUE = frozenset("/_=#@\\")
_HUNDRED = Decimal(100)
_POUNDS, _LOOK_BACK = 10_000, 4


class Amount(Struct, frozen=True, gc=False):
    """A quantity at half-open token positions.

    ``candidates`` are the currencies that its words may mean; while they are several and none is the default,
    ``quantity.unit`` is empty. ``hedge`` is the position of the words that set its bound, ``minus`` that of a
    minus sign (the value is a magnitude), ``converts`` the number of the amount that it repeats in another unit.
    ``goods`` marks counts of what is traded by the piece.
    """

    start: int
    end: int
    kind: Kind
    quantity: Quantity
    factor: Decimal = Decimal(1)
    candidates: tuple[str, ...] = ()
    hedge: tuple[int, int] | None = None
    converts: int | None = None
    goods: bool = False
    minus: int | None = None


def quantities(text: str, *, language: str = "en") -> list[tuple[Anchor, Quantity]]:
    """Return every quantity of a text, trade or not, in order: money, percent, physical, counts, multiples.

    Values are in full units; the same amount in brackets in another unit is a quantity of its own. The unit of
    money is empty where the text does not say whose currency it is ("5 billion dinars").

    >>> [(a, q)] = quantities("about 50 mln tonnes")
    >>> a.exact, str(q.value), q.unit, q.bound
    ('50 mln tonnes', '50000000', 't', 'about')
    """
    lex = lexicon.load(language)
    reading = read(text, lex)
    rows = find(reading, lex)
    found, certain = [amount for row in rows for amount in row], currencies.spoken(rows)
    named = focus.focus(reading).areas if any(len(a.candidates) > 1 for a in found) else ()
    return [_public(reading, currencies.in_currency(amount, named, certain)) for amount in found]


def _public(reading: Reading, amount: Amount) -> tuple[Anchor, Quantity]:
    negative = amount.minus is not None and amount.kind in _SIGNED
    first = amount.minus if negative and amount.minus is not None else amount.start
    start, end = reading.tokens[first].start, reading.tokens[amount.end - 1].end
    found = amount.quantity
    if negative:
        found = structs.replace(found, value=-found.value)
    return Anchor(start=start, end=end, exact=reading.text[start:end]), found


def find(reading: Reading, lex: Lexicon) -> list[list[Amount]]:
    """Return the amounts of every sentence, in order, without overlaps."""
    starts = reading.spots.of(*_FIGURES)
    if not starts:
        return [[] for _ in reading.sentences]
    matches = lex.find("no_amount", reading.tokens, reading.spots)
    barred = {i for m in matches for i in range(m.start, m.end)}
    found = []
    position = 0
    for sentence in reading.sentences:
        first = position
        while position < len(starts) and starts[position] < sentence.end:
            position += 1
        here = [i for i in starts[first:position] if i not in barred] if first < position else []
        found.append(_of_sentence(reading.tokens, sentence, here, lex) if here else [])
    return found


def _of_sentence(
    tokens: list[Token], sentence: Sentence, starts: Iterable[int], lex: Lexicon
) -> list[Amount]:
    found: list[Amount] = []
    floor = sentence.start
    for i in starts:
        amount = _Reader(tokens, sentence, floor, lex).amount(i) if i >= floor else None
        if amount is not None:
            found.append(amount)
            floor = amount.end
    if not found:
        return []
    found = joins.conversions(tokens, joins.ranges(tokens, joins.shared(tokens, found)))
    return [_plainly(bounds.bounded(tokens, a, sentence.start, sentence.end)) for a in found]


def _plainly(amount: Amount) -> Amount:
    """Write the numbers without exponents and idle zeros, so that equal amounts are equal records."""
    q = amount.quantity
    most = None if q.value_max is None else _plain_number(q.value_max)
    step = None if q.step is None else _plain_number(q.step)
    plain = structs.replace(q, value=_plain_number(q.value), value_max=most, step=step)
    return structs.replace(amount, quantity=plain)


def _plain_number(value: Decimal) -> Decimal:
    return Decimal(f"{value.normalize():f}")


def _of(start: int, end: int, kind: Kind, value: Decimal, step: Decimal | None, unit: str) -> Amount:
    return Amount(start, end, kind, Quantity(value=value, unit=unit, step=step))


class _Reader:
    """Reads the amount at one figure of a sentence; tokens before ``floor`` belong to the amount before."""

    def __init__(self, tokens: list[Token], sentence: Sentence, floor: int, lex: Lexicon) -> None:
        self._tokens, self._letters, self._suffixes = tokens, lex.letters, lex.suffixes
        self._first, self._floor, self._end = sentence.start, floor, sentence.end

    def amount(self, i: int) -> Amount | None:
        """Return the amount whose figure begins at token ``i``."""
        tokens, values = self._tokens, self._tokens[i].values
        if "multiple" in values:
            often = _EVERY & self._at(i + 1).keys()
            return None if often else _of(i, i + 1, "times", Decimal(values["multiple"]), None, "times")
        if i > self._floor and not _SCALES.isdisjoint(values) and "article" in self._at(i - 1):
            i -= 1
        elif "hundred" in values or "scale" in values:
            return None
        sign, letter = self._sign(i), self._letter(i)
        if sign is None and letter is None and self._is_name(i):
            return None
        if (decimals := numbers.pointed(tokens, i, self._floor)) is not None:
            return self._with_unit(i - 1, decimals)
        found = numbers.number(tokens, i, self._end, signed=sign is not None or letter is not None)
        if found is None:
            return self._part(i)
        if sign is not None and (money := self._money(sign, i, found)) is not None:
            return self._with_minus(money)
        if (ahead := self._named(i, found)) is not None:
            return _with_currency(ahead, found.end, found, tokens[ahead].values["currency"])
        if letter is not None:
            plain = not found.scaled and tokens[i].raw.isdecimal()
            return None if plain else _with_currency(i - 1, found.end, found, letter)
        whole = self._ratio(i, found) or self._with_unit(i, found)
        return self._with_minus(whole) if whole else None

    def _at(self, i: int) -> dict[str, object]:
        """Return the classes of a token, none outside the sentence."""
        return self._tokens[i].values if self._first <= i < self._end else {}

    def _glued(self, i: int) -> bool:
        """Whether token ``i`` follows the one before it without a blank."""
        return self._first < i < self._end and self._tokens[i].start == self._tokens[i - 1].end

    # ------------------------------------------------------------ what stands before a figure

    def _sign(self, i: int) -> int | None:
        """Return the position of a currency sign or code before a figure."""
        k = i - 1
        if k > self._floor and self._tokens[k].norm == "-" and self._glued(i) and self._glued(k):
            k -= 1
        if k < self._floor:
            return None
        values = self._tokens[k].values
        return k if "leads" in values and (k == i - 1 or "sign" in values) else None

    def _named(self, i: int, number: Number) -> int | None:
        """Return the position of a currency told by name, or apart from a minus: "taka 5 crore", "EUR -5 million"."""
        if not number.scaled:
            return None
        k = i - 1
        below = k > self._floor and self._tokens[k].norm == "-" and self._glued(i) and not self._glued(k)
        k -= below
        named = k >= self._floor and ("leads" if below else "money_name") in self._at(k)
        return k if named and not _UNITS & self._at(number.end).keys() else None

    def _letter(self, i: int) -> Money | None:
        """Return the currency of a single capital letter before a figure: "R20.6 billion", "R 20 billion"."""
        money = self._letters.get(self._tokens[i - 1].raw) if i > self._floor else None
        if money is None or not (self._glued(i) or "scale" in self._at(i + 1)):
            return None
        return None if self._glued(i - 1) and self._tokens[i - 2].raw[-1].isalnum() else money

    def _is_name(self, i: int) -> bool:
        """Whether a figure belongs to a name, a date or a reference: "G20", "COVID-19", "24/7", "mid-2025"."""
        tokens = self._tokens
        if i + 1 < self._end and i == self._first and tokens[i + 1].raw in ").":
            return "int" in tokens[i].values
        if not self._glued(i):
            return False
        before = tokens[i - 1]
        if before.raw in _GLUE or (before.raw[-1].isalpha() and "to_word" not in before.values):
            return True
        if before.norm == "-" and "num" in tokens[i].values and self._glued(i - 1):
            back = tokens[i - 2]
            return back.raw[-1].isalpha() or "year" in back.values
        return False

    def _with_minus(self, amount: Amount) -> Amount:
        """Note the minus sign before an amount: glued to it, and to nothing but a bracket before."""
        k = amount.start - 1
        if k < self._floor:
            return amount
        values = self._tokens[k].values
        sign = "plus_minus" in values and self._tokens[k].norm == "-" and self._glued(k + 1)
        below = sign and (not self._glued(k) or "opening" in self._at(k - 1))
        return structs.replace(amount, minus=k) if below or "minus" in values else amount

    # ------------------------------------------------------------ units

    def _money(self, sign: int, i: int, number: Number) -> Amount | None:
        """Read money whose sign or code stands first; a second one behind may make it plain."""
        values, tokens = self._tokens[sign].values, self._tokens
        if not number.scaled and ("word_like" in values or "num" not in tokens[i].values):
            return None
        currency, stop = values["currency"], number.end
        for k in (stop, stop + 1):
            if "currency" in self._at(k) and (
                k == stop or tokens[stop].norm == "-" or "opening" in self._at(stop)
            ):
                own = tokens[k].values["currency"]
                shared = set(own.candidates) & set(currency.candidates)
                plainer = k == stop and "sign" in values and len(own.candidates) == 1
                told = (
                    shared
                    and len(own.candidates) >= len(currency.candidates)
                    and "opening" not in self._at(stop)
                )
                if told and "sign" not in values and own != currency:
                    break
                if (shared or plainer) and not ("leads" in self._at(k) and "num" in self._at(k + 1)):
                    again = own == currency and k == stop and "leads" not in self._at(k)
                    currency = own if plainer else min(own, currency, key=lambda money: len(money.candidates))
                    stop = k + 1 if not again and (k == stop or tokens[stop].norm == "-") else stop
                break
        if "sign" in values and self._glued(sign) and sign > self._floor and self._is_code(sign - 1):
            sign, currency = sign - 1, tokens[sign - 1].values["currency"]
        return _with_currency(sign, stop, number, currency)

    def _is_code(self, k: int) -> bool:
        """Whether a currency is told by its code: "AUD$5 million"."""
        return "leads" in self._at(k) and "sign" not in self._at(k)

    def _with_unit(self, i: int, number: Number) -> Amount | None:
        for k in self._unit_places(number):
            values = self._at(k)
            if "percentage_point" in values:
                return _of(i, k + 1, "pp", number.value, number.step, "pp")
            if "basis_point" in values:
                return _of(i, k + 1, "pp", number.value / _HUNDRED, number.step / _HUNDRED, "pp")
            if "percent" in values:
                return _of(i, k + 1, "percent", number.value, number.step, "percent")
            if not number.scaled and self._multiplies(k):
                return _of(i, k + 1, "times", number.value, number.step, "times")
            if "currency" in values and not self._leads_on(k) and not self._weighs(i, k, number):
                return _with_currency(i, k + 1, number, self._tokens[k].values["currency"])
            if k < self._end and self._glued(k) and (unit := self._suffixes.get(self._tokens[k].raw)):
                return self._measured(i, k + 1, number, unit)
            if "measure_unit" in values and not (unit_counts(self._tokens[k]) and self._is_date(i, number)):
                return self._physical(i, k, number)
        return self._plain(i, number)

    def _unit_places(self, number: Number) -> list[int]:
        """Return where the unit of a number may stand: behind it, a hyphen, the dot of "mln.", "of", "more"."""
        j = number.end
        after = self._at(j)
        raw = self._tokens[j].raw if j < self._end else ""
        gap = (raw == "-" and self._glued(j)) or "unit_gap" in after
        gap = gap or (number.scaled and ("genitive" in after or (raw == "." and self._glued(j))))
        return [j, j + 1] if gap else [j]

    def _multiplies(self, k: int) -> bool:
        """Whether a figure is a multiple: "3x", "three times"."""
        values = self._at(k)
        if "times_letter" in values and self._glued(k) and not self._goes_into_word(k + 1):
            return True
        return "times_word" in values and not _EVERY & self._at(k + 1).keys()

    def _leads_on(self, k: int) -> bool:
        """Whether a currency sign belongs to the next figure: "in 2020 $5 million"."""
        return "leads" in self._at(k) and "num" in self._at(k + 1) and not self._glued(k)

    def _weighs(self, i: int, k: int, number: Number) -> bool:
        """Whether a word that is money and weight is a weight: "two pounds of ice", "weighs 200 pounds"."""
        if "measure_unit" not in self._at(k) or number.scaled or number.value > _POUNDS:
            return False
        cued = any("weight_cue" in self._at(j) for j in range(max(self._first, i - _LOOK_BACK), i))
        repeats = "opening" in self._at(i - 1) and "measure_unit" in self._at(i - 2)
        return cued or repeats or "genitive" in self._at(k + 1)

    def _physical(self, i: int, k: int, number: Number) -> Amount:
        measure: Measure = self._tokens[k].values["measure_unit"]
        if f"{measure.unit}/d" in quantity.units() and "per_day" in self._at(k + 1):
            return self._measured(i, k + 2, number, measure._replace(unit=f"{measure.unit}/d"))
        return self._measured(i, k + 1, number, measure)

    def _measured(self, i: int, end: int, number: Number, measure: Measure) -> Amount:
        unit, factor, goods = measure
        kind: Kind = "count" if unit == "count" else "physical"
        measured = Quantity(value=number.value * factor, unit=unit, step=number.step * factor)
        return Amount(i, end, kind, measured, number.factor * factor, goods=goods)

    # ------------------------------------------------------------ figures without a unit

    def _part(self, i: int) -> Amount | None:
        """Read "a quarter point" as percentage points, "a third of" as percent."""
        row = parts.Row(self._tokens, self._first, self._end)
        if (read := row.points(i)) is not None:
            return _of(i, read.end, "pp", read.value, read.value, "pp")
        read = row.fraction(i)
        return _of(i, read.end, "percent", read.value * _HUNDRED, None, "percent") if read else None

    def _ratio(self, i: int, number: Number) -> Amount | None:
        """Read "nine in ten", "one out of every four" as percent."""
        read = parts.Row(self._tokens, self._first, self._end).ratio(number)
        return _of(i, read.end, "percent", read.value * _HUNDRED, None, "percent") if read else None

    def _plain(self, i: int, number: Number) -> Amount | None:
        """Read a bare number: counted things, or an amount whose currency the context must give."""
        values = self._tokens[i].values
        if not number.scaled and ("dmy" in values or ("year" in values and number.end == i + 1)):
            return None
        if "num" not in values and not number.scaled and number.value <= 1:
            return None
        if self._is_date(i, number) or self._goes_into_word(number.end):
            return None
        hyphen = number.end < self._end and self._tokens[number.end].norm == "-" and self._glued(number.end)
        if _TIME & (self._at(number.end).keys() | (self._at(number.end + 1).keys() if hyphen else set())):
            return None
        counted = Quantity(value=number.value, unit="count", step=number.step)
        return Amount(i, number.end, "number", counted, number.factor)

    def _goes_into_word(self, end: int) -> bool:
        """Whether letters or a slash are glued to the end of a figure: "737MAX", "5G", "24/7"."""
        raw = self._tokens[end].raw if self._glued(end) else ""
        return raw[:1].isalnum() or raw in _GLUE

    def _is_date(self, i: int, number: Number) -> bool:
        """Whether a figure is the day of the month or year before it: "In May 30 people", "in 1967 workers"."""
        values, before = self._tokens[i].values, self._at(i - 1)
        if number.scaled or number.end != i + 1 or "int" not in values:
            return False
        if "month" in before:
            return "day" in values or "year" in values
        return bool({"year", "old_year"} & values.keys()) and bool(
            {"in_word", "relation", "from_word"} & before.keys()
        )


def unit_counts(token: Token) -> bool:
    """Whether a unit is a thing that is counted."""
    return bool(token.values["measure_unit"][0] == "count")


def _with_currency(start: int, end: int, number: Number, currency: Money) -> Amount:
    factor = currency.factor
    measured = Quantity(value=number.value * factor, unit=currency.default or "", step=number.step * factor)
    return Amount(start, end, "money", measured, number.factor * factor, currency.candidates)
