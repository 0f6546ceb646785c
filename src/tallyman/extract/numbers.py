"""Numbers as they are written: digits of several locales, words, and scale words."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from tallyman.lexicon.terms import Token

_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,2}(?:,\d{2})+,\d{3}(?:\.\d+)?")
_DOTTED = re.compile(r"\d{1,3}(?:\.\d{3}){2,}(?:,\d+)?|\d{1,3}(?:\.\d{3})+,\d+")
_DECIMAL_COMMA = re.compile(r"\d+,\d+")
_ONE = Decimal(1)
_HALF = Decimal("0.5")
_HUNDRED = Decimal(100)
_LETTERED = "scale_letter"
_GROUP = 3


class Number(NamedTuple):
    """A written number: value, one unit of its last digit, the token after it, and the factor of its scale words."""

    value: Decimal
    step: Decimal
    end: int
    factor: Decimal = Decimal(1)

    @property
    def scaled(self) -> bool:
        """Whether a scale word follows the digits."""
        return self.factor != 1

    def times(self, factor: Decimal, end: int) -> Number:
        """Return the number read with a scale word that ends before ``end``."""
        return Number(self.value * factor, self.step * factor, end, self.factor * factor)


def digits(raw: str) -> tuple[Decimal, Decimal] | None:
    """Return value and step of digits in any common locale; ``None`` where they make no number.

    >>> digits("1,23,456.5")
    (Decimal('123456.5'), Decimal('0.1'))
    """
    if _GROUPED.fullmatch(raw) and not raw.startswith("0"):
        plain = raw.replace(",", "")
    elif _DOTTED.fullmatch(raw):
        plain = raw.replace(".", "").replace(",", ".")
    elif _DECIMAL_COMMA.fullmatch(raw):
        plain = raw.replace(",", ".")
    elif raw.count(".") <= 1 and "," not in raw:
        plain = raw
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
    if found.scaled and found.end < end and "num" in tokens[found.end].values:
        rest = _plain(tokens, found.end, end)
        if rest and (smaller := _scale(tokens, rest, end, signed=False)).scaled and smaller.value < found.value:
            return Number(found.value + smaller.value, smaller.step, smaller.end, smaller.factor)
    return found


def _plain(tokens: list[Token], i: int, end: int) -> Number | None:
    if i >= end:
        return None
    values = tokens[i].values
    if "num" in values:
        raw, stop = tokens[i].raw, i + 1
        while stop < end and _goes_on(tokens, stop):
            raw, stop = raw + tokens[stop].raw, stop + 1
        read = digits(raw)
        return Number(*read, stop) if read else None
    if "half" in values:
        return _part_of_scale(tokens, i, end)
    if "cardinal" in values or ("article" in values and _opens(tokens, i + 1, end)):
        return _words(tokens, i, end)
    return None


def _goes_on(tokens: list[Token], i: int) -> bool:
    """Whether a token is a further group of three digits behind a blank: "378 886"."""
    before, token = tokens[i - 1], tokens[i]
    grouped = before.raw.isdigit() and len(before.raw) <= _GROUP and token.start == before.end + 1
    return grouped and len(token.raw.split(".")[0].split(",")[0]) == _GROUP and "num" in token.values


def _opens(tokens: list[Token], i: int, end: int) -> bool:
    return i < end and ("hundred" in tokens[i].values or ("scale" in tokens[i].values and tokens[i].raw.isalpha()))


def _part_of_scale(tokens: list[Token], i: int, end: int) -> Number | None:
    """Half a billion, a quarter of a million: only before an article and a scale word."""
    j = i + 1
    while j < end and ("genitive" in tokens[j].values or "article" in tokens[j].values):
        j += 1
    if j == i + 1 or not _opens(tokens, j, end) or "hundred" in tokens[j].values:
        return None
    value = Decimal(tokens[i].values["half"])
    return Number(value, value, j)


def _words(tokens: list[Token], i: int, end: int) -> Number | None:
    total = step = Decimal(0)
    j = i
    while j < end:
        values = tokens[j].values
        if "cardinal" in values:
            step = Decimal(values["cardinal"])
            total += step
            step = _ONE
        elif "hundred" in values:
            total, step = (total or _ONE) * _HUNDRED, _HUNDRED
        elif "article" in values and j == i:
            step = total = _ONE
        elif j > i and _and_a_half(tokens, j, end):
            return Number(total + _HALF, _HALF, j + 3)
        elif not (j > i and j + 1 < end and "number_joiner" in values and _continues(tokens, j + 1)):
            break
        if "article" in values and j + 1 < end and "hundred" in tokens[j + 1].values:
            total = Decimal(0)
        j += 1
    if "half" in tokens[j - 1].values:
        j -= 1
    return Number(total, step, j)


def _and_a_half(tokens: list[Token], j: int, end: int) -> bool:
    return (
        j + 2 < end
        and "number_joiner" in tokens[j].values
        and "article" in tokens[j + 1].values
        and tokens[j + 2].values.get("half") == str(_HALF)
    )


def _continues(tokens: list[Token], j: int) -> bool:
    values = tokens[j].values
    return ("cardinal" in values or "hundred" in values) and tokens[j].norm != tokens[j - 1].norm


def _scale(tokens: list[Token], found: Number, end: int, *, signed: bool) -> Number:
    while found.end < end:
        j = found.end
        hyphen = tokens[j].norm == "-" and j + 1 < end
        token = tokens[j + hyphen]
        glued = token.start == tokens[j - 1].end
        if "scale" in token.values and not (hyphen and not glued and tokens[j].start != tokens[j - 1].end):
            found = found.times(Decimal(token.values["scale"]), j + hyphen + 1)
        elif _LETTERED in token.values and not found.scaled and glued and (signed or token.raw in "mbkMBKtT"):
            return found.times(Decimal(token.values[_LETTERED]), j + 1)
        else:
            break
    return found
