"""Numbers as they are written: digits of several locales, words, fractions and scale words."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from msgspec import Struct, structs

if TYPE_CHECKING:
    from tallyman.lexicon.terms import Token

_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,2}(?:,\d{2})+,\d{3}(?:\.\d+)?")
_DOTTED = re.compile(r"\d{1,3}(?:\.\d{3}){2,}(?:,\d+)?|\d{1,3}(?:\.\d{3})+,\d+")
_DECIMAL_COMMA = re.compile(r"\d+,\d+")
_ONE, _HUNDRED, _DOZEN, _THOUSAND = Decimal(1), 100, 12, 1000
_HALF = Decimal("0.5")
_SMALLEST_PART = 16
_GROUP, _MOST_GROUPS, _MOST_DIGITS, _MOST_SCALES = 3, 4, 25, 2
_TENS, _UNITS = range(20, 100, 10), range(1, 10)
_LETTERED, _CLOSES = "scale_letter", frozenset(".,;\n")


class Number(Struct, frozen=True, gc=False):
    """A written number: value, one unit of its last digit, the token after it, and the factor of its scale words."""

    value: Decimal
    step: Decimal
    end: int
    factor: Decimal = _ONE

    @property
    def scaled(self) -> bool:
        """Whether a scale word follows the digits."""
        return self.factor != 1

    def times(self, factor: Decimal, end: int) -> Number:
        """Return the number read with a scale word that ends before ``end``."""
        return Number(self.value * factor, self.step * factor, end, self.factor * factor)

    def plus(self, more: Number) -> Number:
        """Return the number read with a smaller one behind it."""
        return Number(self.value + more.value, more.step, more.end, more.factor)


def digits(raw: str) -> tuple[Decimal, Decimal] | None:
    """Return value and step of digits in any common locale; ``None`` where they make no number.

    >>> digits("1,23,456.5")
    (Decimal('123456.5'), Decimal('0.1'))
    """
    if len(raw) > _MOST_DIGITS:
        return None
    if raw.count(".") <= 1 and "," not in raw:
        plain = raw
    elif _GROUPED.fullmatch(raw) and not raw.startswith("0"):
        plain = raw.replace(",", "")
    elif _DOTTED.fullmatch(raw):
        plain = raw.replace(".", "").replace(",", ".")
    elif _DECIMAL_COMMA.fullmatch(raw):
        plain = raw.replace(",", ".")
    else:
        return None
    decimals = len(plain.partition(".")[2])
    return Decimal(plain), _ONE.scaleb(-decimals)


def number(tokens: list[Token], i: int, end: int, *, signed: bool = False) -> Number | None:
    """Read the number that begins at token ``i``; ``signed`` says that a currency sign stands before it."""
    found = _plain(tokens, i, end)
    if found is None:
        return None
    found = _scale(tokens, found, end, signed=signed)
    if found.scaled and found.end < end:
        return (None if signed else _and_thousands(tokens, found, end)) or _more(tokens, found, end)
    return found


def pointed(tokens: list[Token], i: int, floor: int) -> Number | None:
    """Read decimals that have only a point before them, which begins at ``floor`` at the earliest: "a .2% drop"."""
    if tokens[i - 1].raw != "." or i - 1 < max(floor, 1) or not tokens[i].raw.isdecimal():
        return None
    before, point, token = tokens[i - 2 : i + 1] if i > 1 else (tokens[0], *tokens[:2])
    if point.end != token.start or before.end == point.start:
        return None
    return Number(Decimal(f"0.{token.raw}"), _ONE.scaleb(-len(token.raw)), i + 1)


def _and_thousands(tokens: list[Token], found: Number, end: int) -> Number | None:
    """Read the next lower scale behind "and", if one unit or nothing ends both: "6 billion and 200 million dollars"."""
    j = found.end
    if j + 1 >= end or "range_and" not in tokens[j].values or "num" not in tokens[j + 1].values:
        return None
    rest = _figures(tokens, j + 1, end)
    rest = rest and _scale(tokens, rest, end, signed=False)
    if rest is None or rest.factor * _THOUSAND != found.factor or rest.value >= found.factor:
        return None
    if rest.end >= end or tokens[rest.end].raw in _CLOSES:
        return found.plus(rest)
    told = any("respectively" in t.values for t in tokens[rest.end : min(rest.end + _MOST_GROUPS, end)])
    united = {"currency", "measure_unit"} & tokens[rest.end].values.keys()
    return found.plus(rest) if united and not told else None


def _more(tokens: list[Token], found: Number, end: int) -> Number:
    """Add what a smaller scale says: "1 bln 250 mln", "two thousand three hundred", "a billion and a half"."""
    j = found.end
    if (part := _and_part(tokens, j, end)) is not None:
        return found.plus(structs.replace(part, factor=found.factor, value=part.value * found.factor))
    spelled = "cardinal" in tokens[j].values or _joins(tokens, j, end)
    if not spelled and "num" not in tokens[j].values:
        return found
    rest = _plain(tokens, j + ("cardinal" not in tokens[j].values and spelled), end)
    rest = rest and _scale(tokens, rest, end, signed=False)
    if rest is None or rest.value >= found.factor or rest.step >= found.factor:
        return found
    hundreds = spelled and "num" not in tokens[found.end - 2].values
    return found.plus(rest) if rest.scaled or hundreds else found


def _joins(tokens: list[Token], j: int, end: int) -> bool:
    """Whether "and" or a hyphen leads to another number word: "two hundred and five", "one-hundred"."""
    if j + 1 >= end or "number_joiner" not in tokens[j].values:
        return False
    after = tokens[j + 1].values
    return "cardinal" in after or ("hundred" in after and tokens[j].norm == "-")


def _plain(tokens: list[Token], i: int, end: int) -> Number | None:
    whole = _whole(tokens, i, end)
    if whole is not None:
        hyphen = whole.end < end and tokens[whole.end].norm == "-"
        return _decimals(tokens, whole.end + hyphen, end, whole.value) or whole
    leads = i + 1 < end and tokens[i + 1].norm == "-"
    return _decimals(tokens, i, end, Decimal(0)) if leads else None


def _decimals(tokens: list[Token], i: int, end: int, whole: Decimal) -> Number | None:
    """Read the word for a point and the decimals behind it: "23-point-one", "point-two"."""
    if i + 1 >= end or "decimal_point" not in tokens[i].values:
        return None
    k = i + 1 + (tokens[i + 1].norm == "-")
    values = tokens[k].values if k < end else {}
    written = tokens[k].raw if "int" in values else values.get("cardinal")
    if written is None:
        return None
    return Number(whole + Decimal(f"0.{written}"), _ONE.scaleb(-len(written)), k + 1)


def _whole(tokens: list[Token], i: int, end: int) -> Number | None:
    values = tokens[i].values
    if "num" in values:
        return _figures(tokens, i, end)
    if "half" in values or "fraction" in values or part_of(tokens, i, end):
        return _part(tokens, i, end)
    if "cardinal" in values or "article" in values or "dozen" in values:
        return _words(tokens, i, end)
    return None


def _figures(tokens: list[Token], i: int, end: int) -> Number | None:
    raw, stop = tokens[i].raw, i + 1
    while stop < min(end, i + _MOST_GROUPS) and _goes_on(tokens, stop):
        raw, stop = raw + tokens[stop].raw, stop + 1
    if stop == i + 1 and _is_parted(tokens, i, end):
        raw, stop = raw + tokens[i + 2].raw, i + 3
    read = digits(raw)
    if read is None:
        return None
    if stop < end and "vulgar" in tokens[stop].values and tokens[stop].start - tokens[stop - 1].end <= 1:
        vulgar = Decimal(tokens[stop].values["vulgar"])
        return Number(read[0] + vulgar, vulgar, stop + 1)
    part = _and_part(tokens, stop, end) or _mixed(tokens, stop, end)
    return Number(*read, stop).plus(part) if part else Number(*read, stop)


def _mixed(tokens: list[Token], i: int, end: int) -> Number | None:
    """Read the fraction behind a whole number: "2 1/2", "1-3/4"."""
    i += i < end and tokens[i].norm == "-"
    if i + 2 >= end or tokens[i + 1].raw != "/":
        return None
    over, under = tokens[i].values.get("int"), tokens[i + 2].values.get("int")
    if not over or not under or not over < under <= _SMALLEST_PART:
        return None
    return Number(Decimal(over) / Decimal(under), _ONE / Decimal(under), i + 3)


def _goes_on(tokens: list[Token], i: int) -> bool:
    """Whether a token is a further group of three digits behind a blank: "378 886"."""
    before, token = tokens[i - 1], tokens[i]
    grouped = before.raw.isdecimal() and len(before.raw) <= _GROUP and token.start == before.end + 1
    return grouped and len(token.raw.split(".")[0].split(",")[0]) == _GROUP and "num" in token.values


def _is_parted(tokens: list[Token], i: int, end: int) -> bool:
    """Whether a blank stands behind the comma of a number of tonnes: "86, 288 tons", but not "12, 300 and 450 tons"."""
    if i + 3 >= end or tokens[i + 1].raw != "," or "measure_unit" not in tokens[i + 3].values:
        return False
    first, comma, group = tokens[i : i + 3]
    few = first.raw.isdecimal() and len(first.raw) <= _GROUP and not first.raw.startswith("0")
    apart = comma.start == first.end and group.start == comma.end + 1
    listed = i > 0 and "list_joiner" in tokens[i - 1].values
    return few and apart and not listed and group.raw.isdecimal() and len(group.raw) == _GROUP


def part_of(tokens: list[Token], i: int, end: int) -> Number | None:
    """Return the fraction that begins at token ``i`` ("a third", "three quarters"), of whatever it is one."""
    values, after = tokens[i].values, tokens[i + 1].values if i + 1 < end else {}
    if "fraction" in values:
        part = Decimal(values["fraction"])
        return Number(part, part, i + 1)
    if "cardinal" in values and "parts" in after:
        part = Decimal(values["cardinal"]) * Decimal(after["parts"])
        return Number(part, part, i + 2)
    return None


def _part(tokens: list[Token], i: int, end: int) -> Number | None:
    """Half a billion, three quarters of a million, half a mile: a part of what an article introduces."""
    j = i + 1 + (i + 1 < end and tokens[i + 1].norm == "-")
    ordered = i > 0 and "ordinal" in tokens[i - 1].values
    if "half" in tokens[i].values and j < end and "scale" in tokens[j].values and not ordered:
        return Number(_HALF, _HALF, j)
    part = part_of(tokens, i, end)
    j = part.end if part else i + 1
    first = j
    while j < min(end, first + 2) and {"genitive", "article"} & tokens[j].values.keys():
        j += 1
    if j >= end or "article" not in tokens[j - 1].values:
        return None
    value = part.value if part else Decimal(tokens[i].values["half"])
    if "dozen" in tokens[j].values:
        return Number(value * _DOZEN, _ONE, j + 1)
    measured = {"scale", "measure_unit", "currency", "percent", "percentage_point"} & tokens[j].values.keys()
    return Number(value, value, j) if measured else None


def _words(tokens: list[Token], i: int, end: int) -> Number | None:
    """Read number words: units behind tens or hundreds, hundreds behind units, dozens behind either."""
    if "article" not in tokens[i].values:
        return _counted(tokens, i, end, 0)
    opened = tokens[i + 1].values if i + 1 < end else {}
    if "scale" in opened:
        return Number(_ONE, _ONE, i + 1) if tokens[i + 1].raw.isalpha() else None
    return _counted(tokens, i + 1, end, 1) if {"hundred", "dozen"} & opened.keys() else None


def _counted(tokens: list[Token], i: int, end: int, value: int) -> Number | None:
    """Read number words from token ``i`` on; ``value`` is what an article before them counts."""
    step, j = _ONE, i
    while j < end:
        values = tokens[j].values
        joined = _joins(tokens, j, end)
        if joined and "hundred" in tokens[j + 1].values:
            j += 1
        elif "cardinal" in values or joined:
            more = int(tokens[j + joined].values["cardinal"])
            if not _fits(value, more, hyphen=joined and tokens[j].norm == "-"):
                break
            value, step, j = value + more, _ONE, j + joined + 1
        elif "hundred" in values and 0 < value < _HUNDRED:
            value, step, j = value * _HUNDRED, Decimal(_HUNDRED), j + 1
        elif "dozen" in values and value < _HUNDRED:
            return Number(Decimal(max(value, 1) * _DOZEN), _ONE, j + 1)
        else:
            break
    if j == i:
        return None
    whole, part = Number(Decimal(value), step, j), _and_part(tokens, j, end)
    return whole.plus(part) if part else whole


def _fits(value: int, more: int, *, hyphen: bool) -> bool:
    """Whether a word may follow: "twenty-one", "two hundred and five", never "two three"."""
    tens, unit = value % _HUNDRED, more in _UNITS
    return not value or (tens == 0 and not hyphen) or (tens in _TENS and unit)


def _and_part(tokens: list[Token], j: int, end: int) -> Number | None:
    """Read "and a half", "-and-a-half", "and three quarters of a" behind a number."""
    if j < end and "and_half" in tokens[j].values:
        return Number(_HALF, _HALF, j + 1)
    if j + 1 >= end or "number_joiner" not in tokens[j].values or tokens[j].norm == "-":
        return None
    k = j + 1 + ("article" in tokens[j + 1].values)
    part = part_of(tokens, k, end) if k < end else None
    if part is None:
        return None
    k = part.end
    goes_on = k + 1 < end and "genitive" in tokens[k].values and "article" in tokens[k + 1].values
    return structs.replace(part, end=k + 2) if goes_on else part


def _scale(tokens: list[Token], found: Number, end: int, *, signed: bool) -> Number:
    for _ in range(_MOST_SCALES):
        j = found.end
        if j >= end:
            break
        hyphen = tokens[j].norm == "-" and j + 1 < end and tokens[j].start == tokens[j - 1].end
        token = tokens[j + hyphen]
        if "scale" in token.values:
            found = found.times(Decimal(token.values["scale"]), j + hyphen + 1)
        elif not hyphen and _LETTERED in token.values and _letter(tokens, j, found, signed=signed):
            return found.times(Decimal(token.values[_LETTERED]), j + 1)
        else:
            break
    return found


def _letter(tokens: list[Token], j: int, found: Number, *, signed: bool) -> bool:
    """Whether a letter behind a figure is its scale: behind a currency, or glued and no unit: "13m people", "30 M"."""
    if found.scaled or signed:
        return not found.scaled
    if "year" in tokens[j - 1].values:
        return False
    if tokens[j].start != tokens[j - 1].end:
        return "scale_capital" in tokens[j].values
    after = tokens[j + 1] if j + 1 < len(tokens) else None
    counting = after is not None and after.raw[0].islower() and "length_cue" not in after.values
    return counting or "measure_unit" not in tokens[j].values
