"""Parts of a whole in words: "a third of", "half the", "nine in ten", "a quarter point"."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from tallyman.extract import numbers

if TYPE_CHECKING:
    from tallyman.extract.numbers import Number
    from tallyman.lexicon.terms import Token

_BESIDE = frozenset({"in_word", "relation", "from_word", "to_word", "compared"})
_TIME = frozenset({"unit", "day_unit", "clock_unit", "month", "day_suffix"})
_ROUND = (10, 100, 1000)
_STEP = Decimal("0.0001")


class Part(NamedTuple):
    """What part of one it is, and the token behind it."""

    value: Decimal
    end: int


class Row:
    """The tokens of one sentence; positions outside it hold nothing."""

    def __init__(self, tokens: list[Token], first: int, end: int) -> None:
        """Look at the tokens from ``first`` to before ``end``."""
        self._tokens, self._first, self._end = tokens, first, end

    def _at(self, i: int) -> dict[str, object]:
        return self._tokens[i].values if self._first <= i < self._end else {}

    def points(self, i: int) -> Part | None:
        """Read "a quarter point", "half-point" as parts of a point."""
        values = self._tokens[i].values
        k = i + 1 + (i + 1 < self._end and self._tokens[i + 1].norm == "-")
        if "point_word" not in self._at(k) or not {"fraction", "half"} & values.keys():
            return None
        return Part(Decimal(values["fraction"] if "fraction" in values else values["half"]), k + 1)

    def fraction(self, i: int) -> Part | None:
        """Read "a third of", "half the", "by a quarter"; no part of a time, no ordinal."""
        part = numbers.part_of(self._tokens, i, self._end)
        if part is None or {"ordinal", "part_of_year", "cardinal"} & self._at(i - 1).keys():
            return None
        k = part.end
        before, after = self._at(i - 1), self._at(k)
        if "genitive" in after:
            fits = not self._is_time(k + 1)
        elif "determiner" in after:
            fits = "article" not in after
        else:
            alone = k >= self._end or not self._tokens[k].raw[0].isalpha()
            told = {"by_word", "hedge"} & before.keys() or {"part_of", *_BESIDE} & after.keys()
            fits = k == i + 1 and (alone or bool(told)) and (k >= self._end or self._tokens[k].raw != "-")
        return Part(part.value, k) if fits else None

    def _is_time(self, i: int) -> bool:
        """Whether a fraction is one of a time: "of an hour", "of 2020", "of last year"."""
        here, after = self._at(i), self._at(i + 1).keys() | self._at(i + 2).keys()
        dated = {"year", "rel_year", "turn_year", "month", "fiscal_word"} & here.keys()
        return bool(dated) or ("article" in here and bool({"unit", "day_unit", "clock_unit"} & after))

    def ratio(self, number: Number) -> Part | None:
        """Read "nine in ten", "one out of every four" by its first number."""
        k = number.end
        if "ratio_word" not in self._at(k) or number.scaled:
            return None
        whole = numbers.number(self._tokens, k + 1, self._end) if k + 1 < self._end else None
        if whole is None or whole.scaled or not 0 < number.value < whole.value:
            return None
        if (whole.value >= _ROUND[0] and whole.value not in _ROUND) or _TIME & self._at(whole.end).keys():
            return None
        return Part((number.value / whole.value).quantize(_STEP), whole.end)
