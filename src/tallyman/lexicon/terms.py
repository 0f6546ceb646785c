"""Words and phrases of a language, matched longest first in one pass over a text's tokens.

Every token gets one *kind*: a character that stands for the exact set of classes the term belongs to. A text
thus becomes a short string of kinds, and patterns are ordinary regular expressions over it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict, deque
from itertools import accumulate, chain, compress, count
from operator import contains
from threading import Lock
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

_LETTER = r"[^\W\d_]"
_TOKEN = re.compile(
    rf"([A-Za-z]{{2,}}(?!{_LETTER})|{_LETTER}(?:{_LETTER}+|(?:\.{_LETTER})+\.)?"
    rf"|\d+(?:[.,]\d+)*|(?<=\w)['’ʼ]{_LETTER}*|['’ʼ](?:{_LETTER}{{1,2}}(?!{_LETTER}))?|\n|[^\w\s]|_)"  # noqa: RUF001
)
# Typographic marks under the plain form that terms are written in.
_FOLD = {"’": "'", "ʼ": "'", "–": "-", "‑": "-", "−": "-", "”": '"', "“": '"', "„": '"', "«": '"', "»": '"'}  # noqa: RUF001
_DAY_MONTH_YEAR = re.compile(r"\d{1,2}\.\d{1,2}\.\d{4}")
PLAIN_WORD, CAPITAL_WORD, OTHER, LINE = "a", "A", "s", "n"
BUILT_IN = {"word": PLAIN_WORD, "capital": CAPITAL_WORD}
_FIRST_KIND = 0xE000
_END = ""
_MOST_REMEMBERED, _LONGEST_REMEMBERED = 50_000, 40
_HEADLINE_LETTERS = 2

_MAX_DAY, _MAX_SMALL, _TWO_DIGITS, _FOUR_DIGITS, _MOST_DIGITS = 31, 12, 2, 4, 18
_FIRST_YEAR, _LAST_YEAR, _FIRST_OLD_YEAR, _LAST_OLD_YEAR = 1900, 2100, 1000, 2200
_DATE, _FIGURE, _INTEGER = ("dmy",), ("num",), ("num", "int")
_DAY, _PAIR, _YEAR, _OLD_YEAR = ("day",), ("two",), ("year",), ("old_year",)
_SMALL_DAY = ("day", "small")
_NUMBERS = (
    _DATE,
    _FIGURE,
    _INTEGER,
    *(_INTEGER + more for more in (_DAY, _PAIR, _YEAR, _OLD_YEAR, _SMALL_DAY)),
    *(_INTEGER + more + _PAIR for more in (_DAY, _SMALL_DAY)),
)

Node = dict[str, Any]
# Every exact set of classes has one kind, in every language: what is known of a kind holds wherever it occurs.
_KINDS: dict[frozenset[str], str] = {}
_CLASSES: dict[str, frozenset[str]] = {}
_NUMBERING = Lock()


class Entry:
    """A term: its classes with their values, and the kind that stands for exactly these classes.

    A ``glued`` one has no blank inside, where its first letter would be a word: "A$5 million", "A $5 million".
    """

    __slots__ = ("glued", "kind", "values")

    def __init__(self) -> None:
        """Start without classes; ``Terms.freeze`` gives the kind."""
        self.values: dict[str, Any] = {}
        self.kind = ""
        self.glued = False


class Token(msgspec.Struct, frozen=True, gc=False):
    """A term or word of the text: half-open code points, folded form, kind and the classes with values."""

    start: int
    end: int
    norm: str
    kind: str
    values: dict[str, Any]
    raw: str


class Spots:
    """Where the words of each class stand among the tokens of a text.

    >>> terms = Terms()
    >>> terms.add("rose", "move", True)
    >>> terms.freeze()
    >>> spots = Spots(terms.scan("Trade rose and rose."), terms)
    >>> spots.of("move"), spots.between(2, 5, "move"), spots.any(0, 1, "move")
    ([1, 3], [3], False)
    """

    def __init__(self, tokens: Iterable[Token], terms: Terms) -> None:
        """Note where each kind occurs; ``terms`` know the kinds of each class."""
        kinds = [token.kind for token in tokens]
        self.kinds = "".join(kinds)
        self.where: dict[str, list[int]] = defaultdict(list)
        deque(map(list.append, map(self.where.__getitem__, kinds), count()), maxlen=0)
        self._terms = terms
        self._of: dict[tuple[str, ...], list[int]] = {}

    def at(self, kinds: frozenset[str]) -> list[int]:
        """Return the positions of the tokens of some kinds, in order."""
        rows = list(filter(None, map(self.where.get, kinds)))
        return rows[0] if len(rows) == 1 else sorted(chain.from_iterable(rows))

    def of(self, *names: str) -> list[int]:
        """Return the positions of the tokens that belong to one of some classes, in order."""
        found = self._of.get(names)
        return self._looked_up(names) if found is None else found

    def between(self, start: int, end: int, *names: str) -> list[int]:
        """Return which of the tokens from ``start`` up to ``end`` belong to one of some classes."""
        found = self._of.get(names)
        if found is None:
            found = self._looked_up(names)
        if not found:
            return found
        first = bisect_left(found, start)
        return found[first : bisect_left(found, end, first)]

    def any(self, start: int, end: int, *names: str) -> bool:
        """Return whether one of the tokens from ``start`` up to ``end`` belongs to one of some classes."""
        found = self._of.get(names)
        if found is None:
            found = self._looked_up(names)
        if not found:
            return False
        first = bisect_left(found, start)
        return first < len(found) and found[first] < end

    def _looked_up(self, names: tuple[str, ...]) -> list[int]:
        """Find where the words of some classes stand, when they are first asked for."""
        self._of[names] = found = self.at(self._terms.kinds_of(*names))
        return found


class _Word(NamedTuple):
    """What is known of a written word: how it stands alone, and the words behind it with which terms go on."""

    norm: str
    kind: str
    values: dict[str, Any]
    goes_on: frozenset[str]


class _Words(dict[str, _Word]):
    """What is known of written words, looked up once: texts repeat their words."""

    def __init__(self, look_up: Callable[[str], _Word]) -> None:
        self._look_up = look_up

    def __missing__(self, raw: str) -> _Word:
        if len(self) >= _MOST_REMEMBERED:
            self.clear()
        self[raw] = found = self._look_up(raw)
        return found


class _Chunks(dict[str, tuple[str, ...]]):
    """The tokens of what stands between two blanks, each with what parts it from the next, looked up once.

    An empty token holds what stands before the first; nothing long is remembered.
    """

    def __missing__(self, chunk: str) -> tuple[str, ...]:
        if len(self) >= _MOST_REMEMBERED:
            self.clear()
        first, *parts = _TOKEN.split(chunk)
        parts = ["", first, *parts] if first or not parts else parts
        parts[-1] += " "
        found = tuple(parts)
        if len(chunk) <= _LONGEST_REMEMBERED:
            self[chunk] = found
        return found


_NOTHING: dict[str, Any] = {}


def fold(word: str) -> str:
    """Return the form under which case-insensitive terms are kept.

    >>> fold("Trade")
    'trade'
    """
    if word[0] in _FOLD:
        word = _FOLD[word[0]] + word[1:]
    return word.casefold()


def classes_of(kind: str) -> frozenset[str]:
    """Return the classes that a kind stands for; none for the kinds of words and signs that are no terms."""
    return _CLASSES.get(kind, frozenset())


def split(phrase: str) -> list[str]:
    """Return the tokens of a phrase as written.

    >>> split("U.S. two-way trade")
    ['U.S.', 'two', '-', 'way', 'trade']
    """
    return _TOKEN.findall(phrase)


class Terms:
    """All terms of a language; add them, freeze, then scan texts."""

    def __init__(self) -> None:
        """Start empty."""
        self._entries: dict[tuple[bool, tuple[str, ...]], Entry] = {}
        self._folded: Node = {}
        self._exact: Node = {}
        self._kinds: dict[frozenset[str], str] = {}
        self._kinds_of = {name: {kind} for name, kind in BUILT_IN.items()}
        self._kinds_of_any: dict[tuple[str, ...], frozenset[str]] = {}
        self._numbers: dict[tuple[str, ...], str] = {}
        self._words = _Words(self._word)
        self._chunks = _Chunks()

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
        if sum(map(len, words)) > len(words) + _HEADLINE_LETTERS:
            upper = tuple(w.upper() for w in words)
            self._entry(case=True, words=upper).values.setdefault(name, value)

    def _entry(self, *, case: bool, words: tuple[str, ...]) -> Entry:
        return self._entries.setdefault((case, words), Entry())

    def freeze(self) -> None:
        """Give every set of classes its kind and lay the phrases out word by word."""
        for (case, words), entry in self._entries.items():
            if case and (plain := self._entries.get((False, tuple(map(fold, words))))):
                entry.values = {**plain.values, **entry.values}
        for (case, words), entry in self._entries.items():
            entry.kind = self.kind(frozenset(entry.values))
            opens = self._entries.get((False, (fold(words[0]),)))
            entry.glued = case and len(words) > 1 and opens is not None and "article" in opens.values
            node = self._exact if case else self._folded
            for word in words:
                node = node.setdefault(word, {})
            node[_END] = entry
        self._numbers = {classes: self.kind(frozenset(classes)) for classes in _NUMBERS}

    def kind(self, classes: frozenset[str]) -> str:
        """Return the kind that stands for exactly these classes."""
        with _NUMBERING:
            if classes not in self._kinds:
                kind = _KINDS.setdefault(classes, chr(_FIRST_KIND + len(_KINDS)))
                self._kinds[classes], _CLASSES[kind] = kind, classes
                for name in classes:
                    self._kinds_of.setdefault(name, set()).add(kind)
                self._kinds_of_any.clear()
        return self._kinds[classes]

    def kinds_of(self, *names: str) -> frozenset[str]:
        """Return the kinds whose terms belong to one of some classes; "word" and "capital" are words in no class."""
        found = self._kinds_of_any.get(names)
        if found is None:
            with _NUMBERING:
                found = frozenset().union(*[self._kinds_of.get(name, ()) for name in names])
                self._kinds_of_any[names] = found
        return found

    def classes(self) -> frozenset[str]:
        """Return the names of all classes, literals included."""
        return frozenset().union(*self._kinds)

    def scan(self, text: str) -> list[Token]:
        """Return the tokens of a text in order; phrases are one token, white space is dropped."""
        parts = list(chain.from_iterable(map(self._chunks.__getitem__, text.split(" "))))
        bounds = list(accumulate(map(len, parts), initial=0))
        raws, starts, ends = parts[0::2], bounds[0::2], bounds[1::2]
        if "" in raws:
            starts, ends = (list(compress(row, raws)) for row in (starts, ends))
            raws = list(filter(None, raws))
        words = list(map(self._words.__getitem__, raws))
        norms, kinds, values, goes_on = zip(*words, strict=True) if words else ((), (), (), ())
        tokens = list(map(Token, starts, ends, norms, kinds, values, raws))
        joints = compress(count(), map(contains, goes_on, norms[1:]))
        whole: list[Token] = []
        done = 0
        for i in joints:
            if i < done:
                continue
            length, entry = self._longest(i, raws, norms)
            if entry is None:
                continue
            start, end = starts[i], ends[i + length - 1]
            raw = text[start:end]
            if entry.glued and " " in raw:
                continue
            whole += tokens[done:i]
            whole.append(Token(start, end, fold(raw), entry.kind, entry.values, raw))
            done = i + length
        return whole + tokens[done:]

    def _longest(self, i: int, raws: list[str], norms: Sequence[str]) -> tuple[int, Entry | None]:
        """Return the longest term of several words that begins at word ``i``."""
        length, best = 1, None
        n = len(raws)
        node, j = self._exact.get(raws[i]), i + 1
        while node is not None and j < n:
            node, j = node.get(raws[j]), j + 1
            if node is not None and _END in node:
                length, best = j - i, node[_END]
        node, j = self._folded.get(norms[i]), i + 1
        while node is not None and j < n:
            node, j = node.get(norms[j]), j + 1
            if node is not None and _END in node and j - i > length:
                length, best = j - i, node[_END]
        return length, best

    def _word(self, raw: str) -> _Word:
        """Look a written word up."""
        norm = fold(raw)
        nodes = [node for node in (self._exact.get(raw), self._folded.get(norm)) if node]
        entry: Entry | None = next((node[_END] for node in nodes if _END in node), None)
        if entry is not None:
            kind, values = entry.kind, entry.values
        elif raw[0].isdecimal():
            kind, values = self._number(raw)
        elif raw[0].isalpha():
            kind, values = CAPITAL_WORD if raw[0].isupper() else PLAIN_WORD, _NOTHING
        else:
            kind, values = LINE if raw == "\n" else OTHER, _NOTHING
        goes_on = frozenset(fold(word) for node in nodes for word in node if word != _END)
        return _Word(norm, kind, values, goes_on)

    def _number(self, raw: str) -> tuple[str, dict[str, Any]]:
        if not raw.isdecimal() or len(raw) > _MOST_DIGITS:
            written = _DATE if _DAY_MONTH_YEAR.fullmatch(raw) else _FIGURE
            return self._numbers[written], dict.fromkeys(written, raw)
        n = int(raw)
        classes = _INTEGER + _date_classes(n, len(raw))
        return self._numbers[classes], dict.fromkeys(classes, n)


def _date_classes(n: int, length: int) -> tuple[str, ...]:
    """Return what a whole number of so many digits may be in a date."""
    if 0 < n <= _MAX_DAY and length <= _TWO_DIGITS:
        return (_SMALL_DAY if n <= _MAX_SMALL else _DAY) + (_PAIR if length == _TWO_DIGITS else ())
    if length == _TWO_DIGITS:
        return _PAIR
    if length != _FOUR_DIGITS or not _FIRST_OLD_YEAR <= n <= _LAST_OLD_YEAR:
        return ()
    return _YEAR if _FIRST_YEAR <= n <= _LAST_YEAR else _OLD_YEAR
