"""How far a noun phrase reaches around its head, by the letters of its words."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import re

    from tallyman.extract.sentences import Reading

_REACH, _SHORT = 14, 4


class Extent:
    """The words of a reading and their letters, and where the phrases among them begin and end."""

    def __init__(self, reading: Reading, tags: str) -> None:
        """Keep the words; letters are those of ``letters.py``."""
        self._reading = reading
        self._tokens = reading.tokens
        self._tags = tags

    def text(self, start: int, end: int) -> str:
        """Return the characters of half-open token positions."""
        return self._reading.text[self._tokens[start].start : self._tokens[end - 1].end]

    def left(self, i: int, start: int) -> int:
        """Return the first token of the noun phrase whose head is ``i``, its article or owner included.

        Words without a capital count only where an article, an owner, a comma or the sentence opens the phrase.
        """
        tags = self._tags
        low = max(start, i - _REACH)
        j = kept = i
        while j > low:
            tag = tags[j - 1]
            if tag in "NRM" and j < kept:
                break
            if tag in "AIOJNKRMBb" or (tag == "h" and j - 1 > low):
                j -= 1
                kept = j if tags[j] != "h" else kept
            elif tag == "s" or (tag == "&" and self._joins(j - 1)):
                j -= 1
            elif tag in "kwxQ" and i - j < _SHORT:
                j -= 1
                if tags[j - 1] in '",' or j == low == start or (tags[j - 1] == "s" and j - 1 > low):
                    kept = j
            elif tag in "DX":
                return j - 1
            else:
                break
        return kept

    def _joins(self, i: int) -> bool:
        """Whether the "and" at ``i`` stands inside a title: "customs and trade minister"."""
        before, after = self._tags[i - 1], self._tags[i + 1]
        customs = before == "O" and after == "R" and self._tokens[i - 1].raw.islower()
        return customs or (before in "Kk" and after in "KkNR")

    def article(self, i: int, start: int) -> int:
        """Return the article before a token, or the token."""
        return i - (i > start and self._tags[i - 1] == "D")

    def bare(self, i: int) -> int:
        """Return the first token of a phrase without its article and "same"."""
        i += self._tags[i] == "D"
        return i + ("same" in self._tokens[i].values)

    def is_definite(self, i: int) -> bool:
        """Return whether a phrase begins with an article that points back."""
        return self._tags[i] == "D" and "article" not in self._tokens[i].values

    def behind(self, tail: re.Pattern[str], i: int, end: int) -> int:
        """Return the end of what a pattern finds at ``i``, or ``i``."""
        match = tail.match(self._tags, i, end)
        return match.end() if match else i
