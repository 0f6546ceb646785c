"""The words for goods in a sentence: runs of them before and behind a place."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from tallyman.extract.sentences import Reading, Sentence

_LONGEST = 12
_WORDS = frozenset({"product", "goods_head"})
_STEPS = frozenset({"hedge", "hedge_gap", "determiner"})


class Goods(NamedTuple):
    """A run of tokens that names goods; ``known`` counts those that the lexicon knows."""

    start: int
    end: int
    known: int
    name: str


class Row:
    """The words of one sentence; positions outside it hold nothing."""

    def __init__(self, reading: Reading, sentence: Sentence) -> None:
        """Look at the tokens of a sentence."""
        self.tokens = reading.tokens
        self.start, self.end = sentence.start, sentence.end
        self.spots = reading.spots
        self._text = reading.text

    def has(self, i: int, *kinds: str) -> bool:
        """Whether a token of the sentence is of one of the classes."""
        return self.start <= i < self.end and not self.tokens[i].values.keys().isdisjoint(kinds)

    def back(self, i: int, but: str | None = None) -> int:
        """Step back over the hedges before a figure, but not over a class of words."""
        tokens = self.tokens
        while i > self.start and not _STEPS.isdisjoint(tokens[i - 1].values):
            if but is not None and but in tokens[i - 1].values:
                break
            i -= 1
        return i

    def after(self, start: int) -> Goods | None:
        """Return the goods that begin at a token."""
        end, last = start, min(self.end, start + _LONGEST)
        while end < last and (
            self.is_word(end) or (self.has(end, "range_and") and end + 1 < last and self.is_word(end + 1))
        ):
            end += 1
        return self.goods(start, end)

    def before(self, end: int) -> Goods | None:
        """Return the goods that end before a token."""
        start, low = end, max(self.start, end - _LONGEST)
        while start > low and (
            self.is_word(start - 1)
            or (
                self.has(start - 1, "range_and")
                and start < end
                and start - 1 > low
                and self.is_word(start - 2)
            )
        ):
            start -= 1
        return self.goods(start, end)

    def listed_before(self, end: int) -> list[Goods]:
        """Return the goods of a list that ends before a token, in order: "tea, green coffee and nuts"."""
        start, low = end, max(self.start, end - 2 * _LONGEST)
        while start > low and (self.is_word(start - 1) or self.has(start - 1, "list_joiner")):
            start -= 1
        found, begin = [], start
        for i in range(start, end + 1):
            if i == end or self.has(i, "list_joiner"):
                goods = self.goods(begin, i)
                if goods is not None:
                    found.append(goods)
                begin = i + 1
        return found

    def goods(self, start: int, end: int) -> Goods | None:
        """Return a run of tokens as goods; none where it names nothing more than "goods"."""
        while start < end and self.has(start, "range_and"):
            start += 1
        words = [i for i in range(start, end) if not self.has(i, "goods_head", "range_and")]
        if not words:
            return None
        heads = sum(self.has(i, "goods_head") for i in range(start, end))
        known = [str(self.tokens[i].values["product"]) for i in words if self.has(i, "product")]
        written = " ".join(self._text[self.tokens[start].start : self.tokens[end - 1].end].split()).lower()
        name = known[0] if len(known) == len(words) == 1 else written
        return Goods(start, end, len(known) + heads, name)

    def is_word(self, i: int) -> bool:
        """Whether a token may belong to the name of goods: a word for them, an unknown word, "high-tech"."""
        if not self.start <= i < self.end:
            return False
        token = self.tokens[i]
        if self.has(i, *_WORDS) or (not token.values and token.raw[0].isalpha()):
            return True
        if self.has(i, "measure_unit"):
            return not (self.has(i, "weak_flow") or self.has(i - 1, "num", "scale"))
        return self._is_joint(i) or (
            token.raw[0].isalpha() and (self._is_joint(i - 1) or self._is_joint(i + 1))
        )

    def _is_joint(self, i: int) -> bool:
        """Whether a hyphen makes one word of those beside it: "high-tech"."""
        if not self.start < i < self.end - 1 or self.tokens[i].norm != "-":
            return False
        before, token, after = self.tokens[i - 1 : i + 2]
        return before.end == token.start and token.end == after.start
