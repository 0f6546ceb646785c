"""Words and phrases of a language, matched longest first in one pass over a text's tokens.

Every token gets one *kind*: a character that stands for the exact set of classes the term belongs to. A text
thus becomes a short string of kinds, and patterns are ordinary regular expressions over it.
"""

from __future__ import annotations

import re
from typing import Any, NamedTuple

TOKEN = re.compile(
    r"(?P<num>\d+(?:[.,]\d+)*)"
    r"|(?P<word>(?:[^\W\d_]\.){2,}|[^\W\d_]+)"
    r"|(?P<tail>['’ʼ][^\W\d_]*)"
    r"|(?P<line>\n)"
    r"|(?P<sign>[^\w\s]|_)"
)
_FOLD = {"’": "'", "ʼ": "'", "–": "-", "‑": "-", "−": "-", "”": '"', "“": '"', "„": '"', "«": '"', "»": '"'}
_DAY_MONTH_YEAR = re.compile(r"\d{1,2}\.\d{1,2}\.\d{4}")
_PLAIN_WORD, _CAPITAL_WORD, _OTHER, _LINE = "a", "A", "s", "n"
_FIRST_KIND = 0xE000
_MAX_DAY, _MAX_SMALL, _FIRST_YEAR, _LAST_YEAR = 31, 12, 1900, 2100
_NUMBER_CLASSES = {
    "1": ("num", "int", "day", "small"),
    "2": ("num", "int", "day", "small", "two"),
    "3": ("num", "int", "day", "two"),
    "4": ("num", "int", "two"),
    "5": ("num", "int", "year"),
    "6": ("num", "int"),
    "7": ("num",),
    "8": ("dmy",),
}


class Entry:
    """A term: its classes with their values, and the kind that stands for exactly these classes."""

    __slots__ = ("kind", "values")

    def __init__(self) -> None:
        """Start without classes; ``Terms.freeze`` gives the kind."""
        self.values: dict[str, Any] = {}
        self.kind = ""


class Token(NamedTuple):
    """A term or word of the text: half-open code points, folded form, kind and the classes with values."""

    start: int
    end: int
    norm: str
    kind: str
    values: dict[str, Any]
    raw: str


_NOTHING: dict[str, Any] = {}


def fold(word: str) -> str:
    """Return the form under which case-insensitive terms are kept."""
    if word[0] in _FOLD:
        word = _FOLD[word[0]] + word[1:]
    return word.casefold()


def split(phrase: str) -> list[str]:
    """Return the tokens of a phrase as written."""
    return [m[0] for m in TOKEN.finditer(phrase)]


class Terms:
    """All terms of a language; add them, freeze, then scan texts."""

    def __init__(self) -> None:
        """Start empty."""
        self._entries: dict[tuple[bool, tuple[str, ...]], Entry] = {}
        self._folded: dict[str, list[tuple[list[str], Entry]]] = {}
        self._exact: dict[str, list[tuple[list[str], Entry]]] = {}
        self._kinds: dict[frozenset[str], str] = {}

    def add(self, phrase: str, name: str, value: object, *, case_sensitive: bool = False) -> None:
        """Put a phrase in class ``name``; an upper-case headline form is added for case-sensitive phrases."""
        words = split(phrase)
        if not words:
            msg = f"lexicon: the empty phrase {phrase!r} in class {name!r}; remove it"
            raise ValueError(msg)
        if not case_sensitive:
            self._entry(case=False, words=tuple(fold(w) for w in words)).values.setdefault(name, value)
            return
        self._entry(case=True, words=tuple(words)).values.setdefault(name, value)
        upper = tuple(w.upper() for w in words)
        if sum(map(len, words)) > len(words) + 2:
            self._entry(case=True, words=upper).values.setdefault(name, value)

    def _entry(self, *, case: bool, words: tuple[str, ...]) -> Entry:
        return self._entries.setdefault((case, words), Entry())

    def freeze(self) -> None:
        """Give every set of classes its kind and order the phrases longest first."""
        for (case, words), entry in self._entries.items():
            if case and (plain := self._entries.get((False, tuple(map(fold, words))))):
                entry.values = {**plain.values, **entry.values}
        for (case, words), entry in self._entries.items():
            classes = frozenset(entry.values)
            entry.kind = self._kinds.setdefault(classes, chr(_FIRST_KIND + len(self._kinds)))
            index = self._exact if case else self._folded
            index.setdefault(words[0], []).append((list(words[1:]), entry))
        for index in (self._exact, self._folded):
            for rows in index.values():
                rows.sort(key=lambda row: -len(row[0]))
        self._numbers = {
            key: (kind_classes, self._kinds.setdefault(frozenset(kind_classes), chr(_FIRST_KIND + len(self._kinds))))
            for key, kind_classes in _NUMBER_CLASSES.items()
        }

    def kinds_of(self, name: str) -> str:
        """Return the kinds whose terms belong to class ``name``."""
        return "".join(kind for classes, kind in self._kinds.items() if name in classes)

    def classes(self) -> frozenset[str]:
        """Return the names of all classes, literals included."""
        return frozenset().union(*self._kinds)

    def scan(self, text: str) -> list[Token]:
        """Return the tokens of a text in order; phrases are one token, white space is dropped."""
        found = [(m.start(), m.end(), m[0], m.lastgroup) for m in TOKEN.finditer(text)]
        raws = [f[2] for f in found]
        norms = [fold(raw) for raw in raws]
        tokens: list[Token] = []
        i, n = 0, len(found)
        while i < n:
            length, entry = self._longest(i, raws, norms)
            start, end, raw, group = found[i]
            if entry is not None:
                end = found[i + length - 1][1]
                whole = raw if length == 1 else text[start:end]
                norm = norms[i] if length == 1 else fold(whole)
                tokens.append(Token(start, end, norm, entry.kind, entry.values, whole))
                i += length
                continue
            if group == "num":
                values, kind = self._number(raw)
            elif group == "word":
                values, kind = _NOTHING, _CAPITAL_WORD if raw[0].isupper() else _PLAIN_WORD
            else:
                values, kind = _NOTHING, _LINE if group == "line" else _OTHER
            tokens.append(Token(start, end, norms[i], kind, values, raw))
            i += 1
        return tokens

    def _longest(self, i: int, raws: list[str], norms: list[str]) -> tuple[int, Entry | None]:
        best, entry = 0, None
        for index, words in ((self._exact, raws), (self._folded, norms)):
            for tail, candidate in index.get(words[i], ()):
                length = 1 + len(tail)
                if length <= best:
                    break
                if not tail or words[i + 1 : i + length] == tail:
                    best, entry = length, candidate
                    break
        return best, entry

    def _number(self, raw: str) -> tuple[dict[str, Any], str]:
        if not raw.isdigit():
            key = "8" if _DAY_MONTH_YEAR.fullmatch(raw) else "7"
        else:
            n = int(raw) if len(raw) < 5 else 0
            if 0 < n <= _MAX_DAY:
                key = ("2" if len(raw) == 2 else "1") if n <= _MAX_SMALL else "3"
            elif len(raw) == 2:
                key = "4"
            else:
                key = "5" if _FIRST_YEAR <= n <= _LAST_YEAR else "6"
        classes, kind = self._numbers[key]
        value = raw if key in "78" else int(raw)
        return dict.fromkeys(classes, value), kind
