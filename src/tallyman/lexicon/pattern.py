"""Patterns over tokens: a regular language whose letters are the kinds of ``terms.py``.

``the? first <n:small> <unit:calendar> of <year>`` reads: the word "the" or nothing, "first", a token of class
small kept as ``n``, one of class calendar kept as ``unit``, "of", one of class year. ``( | )`` groups, ``?`` makes
optional, ``~`` is any token of the line, ``{name}`` a macro of the same file. ``[in of]`` at the beginning or end is
one token that must stand there without being part of the match, ``[!in of]`` one that must not. There is no
unbounded repetition, so that reading is linear in the length of the text.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from tallyman.model import TallymanError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from tallyman.lexicon.terms import Spots, Terms, Token

_PART = re.compile(
    r"\s*(?:<(?:(?P<name>\w+):)?(?P<cls>\w+)>|\{(?P<macro>\w+)\}|(?P<op>\[!?|[]()|?~])|(?P<word>[^][\s<>{}()|?~]+))"
)
_ANY = "[^n]"


class Match(msgspec.Struct, frozen=True, gc=False):
    """A pattern found in a token sequence: half-open token positions and the captured values."""

    rule: Pattern
    start: int
    end: int
    values: dict[str, Any]


class _Need(NamedTuple):
    """Kinds of which one must occur in a match, and how many tokens of it stand before: at least, at most."""

    kinds: frozenset[str]
    least: int = 0
    most: int = 0


class _Part(NamedTuple):
    """A regular expression over kinds, its shortest and longest match, and what must occur in it."""

    regex: str
    shortest: int
    longest: int
    needed: tuple[_Need, ...] = ()


class Form(NamedTuple):
    """One compiled pattern of a rule; captures are (group, public name, class)."""

    source: str
    regex: re.Pattern[str]
    longest: int
    needed: tuple[_Need, ...]
    captures: tuple[tuple[str, str, str], ...]


def literals(pattern: str) -> list[str]:
    """Return the literal words of a pattern or macro.

    >>> literals("the? first <n:small>")
    ['the', 'first']
    """
    return [m["word"] for m in _PART.finditer(pattern) if m["word"]]


class Pattern:
    """One rule of a lexicon: its compiled patterns and the data that goes with it."""

    def __init__(self, row: Mapping[str, Any], terms: Terms, macros: Mapping[str, str]) -> None:
        """Compile ``row["patterns"]``; the whole row is kept as ``data``."""
        self.name: str = row["name"]
        self.data = row
        self.forms = tuple(_Reader(self.name, text, terms, macros).form() for text in row["patterns"])


class Section:
    """The rules of one section of a lexicon, each tried only around the rarest of the tokens that it needs."""

    def __init__(self, rules: Iterable[Pattern]) -> None:
        """Note for every form the sets of kinds of which each must occur in a match."""
        self.rules = tuple(rules)
        sets: dict[frozenset[str], int] = {}
        # How far a match reaches before and behind each set that it needs.
        self._forms: list[tuple[Pattern, Form, dict[int, tuple[int, int]], int]] = []
        for rule in self.rules:
            for form in rule.forms:
                if not form.needed:
                    raise TallymanError(
                        f"lexicon rule {rule.name!r}: {form.source!r} can match anything; name a word or class in it"
                    )
                needs = {
                    sets.setdefault(need.kinds, len(sets)): (need.most, form.longest - need.least + 1)
                    for need in form.needed
                }
                self._forms.append((rule, form, needs, sum(1 << number for number in needs)))
        self._sets = tuple(sets)
        by_kind: dict[str, list[int]] = defaultdict(list)
        for kinds, number in sets.items():
            for kind in kinds:
                by_kind[kind].append(number)
        self._by_kind = {
            kind: (numbers, sum(1 << number for number in numbers)) for kind, numbers in by_kind.items()
        }

    def find(self, tokens: list[Token], spots: Spots) -> Iterator[Match]:
        """Yield the matches in tokens and their spots, rule by rule."""
        counts, missing = self._counts(spots)
        often = counts.__getitem__
        near: dict[int, list[int]] = {}
        for rule, form, needs, _ in [row for row in self._forms if not row[3] & missing]:
            rarest = min(needs, key=often)
            if rarest not in near:
                near[rarest] = spots.at(self._sets[rarest])
            at, (before, behind) = near[rarest], needs[rarest]
            one = len(at) == 1
            for start, end in [(at[0] - before, at[0] + behind)] if one else _windows(at, before, behind):
                m = form.regex.search(spots.kinds, start, end)
                while m is not None:
                    values = {
                        name: tokens[m.start(group)].values[cls]
                        for group, name, cls in form.captures
                        if m.start(group) >= 0
                    }
                    yield Match(rule, m.start(), m.end(), values)
                    m = form.regex.search(spots.kinds, m.end(), end)

    def _counts(self, spots: Spots) -> tuple[list[int], int]:
        """Return how often each set of kinds occurs, and the sets that do not occur, as bits."""
        counts = [0] * len(self._sets)
        present = 0
        for kind in spots.where.keys() & self._by_kind.keys():
            often = len(spots.where[kind])
            numbers, bits = self._by_kind[kind]
            present |= bits
            for number in numbers:
                counts[number] += often
        return counts, ~present


def _windows(spots: list[int], before: int, behind: int) -> list[tuple[int, int]]:
    """Return the stretches that hold every match with one of the spots so far behind its start, and its context."""
    found = []
    start, end = spots[0] - before, spots[0] + behind
    for spot in spots[1:]:
        if spot - before > end:
            found.append((start, end))
            start = spot - before
        end = spot + behind
    found.append((start, end))
    return found


class _Reader:
    """Reads one pattern by recursive descent."""

    def __init__(self, rule: str, text: str, terms: Terms, macros: Mapping[str, str]) -> None:
        self._rule, self._text, self._terms, self._macros = rule, text, terms, macros
        self._captures: list[tuple[str, str, str]] = []

    def form(self) -> Form:
        whole = self._expand(self._text)
        regex = re.compile(whole.regex)
        return Form(self._text, regex, whole.longest, whole.needed, tuple(self._captures))

    def _expand(self, text: str) -> _Part:
        parts = self._parts(text)
        found = self._choice(parts)
        if parts:
            raise self._refusal(parts[-1][0])
        return found

    def _parts(self, text: str) -> list[re.Match[str]]:
        """Return the parts of a pattern, last first; refuses what is none."""
        parts, position = [], 0
        for m in _PART.finditer(text):
            if m.start() != position:
                break
            parts.append(m)
            position = m.end()
        if text[position:].strip():
            raise self._refusal(text[position:].strip())
        return parts[::-1]

    def _choice(self, parts: list[re.Match[str]]) -> _Part:
        options = [self._sequence(parts)]
        while parts and parts[-1]["op"] == "|":
            parts.pop()
            options.append(self._sequence(parts))
        if len(options) == 1:
            return options[0]
        regex = "|".join(option.regex for option in options)
        shortest, longest = min(o.shortest for o in options), max(o.longest for o in options)
        if not all(option.needed for option in options):
            return _Part(regex, shortest, longest)
        # Of sets as small the last: what stands first is often an article.
        fewest = [min(reversed(option.needed), key=lambda need: len(need.kinds)) for option in options]
        kinds = frozenset().union(*(need.kinds for need in fewest))
        need = _Need(kinds, min(need.least for need in fewest), max(need.most for need in fewest))
        return _Part(regex, shortest, longest, (need,))

    def _sequence(self, parts: list[re.Match[str]]) -> _Part:
        regex: list[str] = []
        needed: list[_Need] = []
        shortest = longest = 0
        while parts and parts[-1]["op"] not in {"|", ")"}:
            item = self._item(parts.pop(), parts, first=not regex)
            if parts and parts[-1]["op"] == "?":
                parts.pop()
                regex.append(f"(?:{item.regex})?")
            else:
                regex.append(item.regex)
                needed += [_Need(n.kinds, n.least + shortest, n.most + longest) for n in item.needed]
                shortest += item.shortest
            longest += item.longest
        return _Part("".join(regex), shortest, longest, tuple(needed))

    def _item(self, part: re.Match[str], parts: list[re.Match[str]], *, first: bool) -> _Part:
        if part["name"]:
            group = f"{part['name']}_{len(self._captures)}"
            self._captures.append((group, part["name"], part["cls"]))
            kinds = self._kinds(part["cls"])
            return _Part(f"(?P<{group}>{_charset(kinds)})", 1, 1, (_Need(frozenset(kinds)),))
        if part["cls"] or part["word"]:
            kinds = self._kinds(part["cls"] or f"={part['word']}")
            return _Part(_charset(kinds), 1, 1, (_Need(frozenset(kinds)),))
        if part["macro"]:
            inner = self._expand(self._macros[part["macro"]])
            return inner._replace(regex=f"(?:{inner.regex})")
        if part["op"] == "~":
            return _Part(_ANY, 1, 1)
        if part["op"] in {"[", "[!"}:
            return self._context(parts, first=first, negative=part["op"] == "[!")
        if part["op"] != "(":
            raise self._refusal(part[0])
        inner = self._choice(parts)
        if not parts:
            raise self._refusal("(")
        parts.pop()
        return inner._replace(regex=f"(?:{inner.regex})")

    def _context(self, parts: list[re.Match[str]], *, first: bool, negative: bool) -> _Part:
        kinds = ""
        while parts and parts[-1]["op"] != "]":
            part = parts.pop()
            if not (part["cls"] or part["word"]):
                raise self._refusal(part[0])
            kinds += self._kinds(part["cls"] or f"={part['word']}")
        if not parts:
            raise self._refusal("[")
        parts.pop()
        sign = "!" if negative else "="
        return _Part(f"(?{'<' if first else ''}{sign}[{kinds}])", 0, 0)

    def _kinds(self, cls: str) -> str:
        kinds = "".join(sorted(self._terms.kinds_of(cls)))
        if not kinds:
            raise TallymanError(
                f"lexicon rule {self._rule!r}: no term belongs to class {cls!r}; add one or mend the pattern"
            )
        return kinds

    def _refusal(self, part: str) -> TallymanError:
        return TallymanError(
            f"lexicon rule {self._rule!r}: cannot read {part.strip()!r} in {self._text!r}; mend the pattern"
        )


def _charset(kinds: str) -> str:
    return kinds if len(kinds) == 1 else f"[{kinds}]"
