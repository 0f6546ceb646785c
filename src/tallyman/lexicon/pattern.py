"""Patterns over tokens: a regular language whose letters are the kinds of ``terms.py``.

``the? first <n:small> <unit:calendar> of <year>`` reads: the word "the" or nothing, "first", a token of class
small kept as ``n``, one of class calendar kept as ``unit``, "of", one of class year. ``( | )`` group, ``? * +``
repeat, ``~`` is any token, ``{name}`` a macro of the same file. All repetition is bounded by the sentence.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tallyman.lexicon.terms import Terms, Token

_PART = re.compile(
    r"\s*(?:<(?:(?P<name>\w+):)?(?P<cls>\w+)>|\{(?P<macro>\w+)\}|(?P<op>[()|?*+~])|(?P<word>[^\s<>{}()|?*+~]+))"
)
_ANY = "[^n]"


class Match:
    """A pattern found in a token sequence: half-open token positions and the captured values."""

    __slots__ = ("end", "rule", "start", "values")

    def __init__(self, rule: Pattern, start: int, end: int, values: dict[str, Any]) -> None:
        """Keep the rule that matched, its span in tokens and the values by capture name."""
        self.rule, self.start, self.end, self.values = rule, start, end, values


def literals(pattern: str) -> list[str]:
    """Return the literal words of a pattern or macro."""
    return [m["word"] for m in _PART.finditer(pattern) if m["word"]]


class _Captures(list[tuple[str, str, str]]):
    """The captures of one pattern as (group, public name, class); a name may be captured in several places."""

    def group(self, name: str, cls: str) -> str:
        """Register a capture and return the name of its group."""
        self.append((f"{name}_{len(self)}", name, cls))
        return self[-1][0]


class Pattern:
    """One rule of a lexicon: its compiled patterns and the data that goes with it."""

    def __init__(self, row: Mapping[str, Any], terms: Terms, macros: Mapping[str, str]) -> None:
        """Compile ``row["patterns"]``; the whole row is kept as ``data``."""
        self.name: str = row["name"]
        self.data = row
        self._terms = terms
        self._macros = macros
        self._forms: list[tuple[re.Pattern[str], _Captures]] = []
        for pattern in row["patterns"]:
            captures = _Captures()
            self._forms.append((re.compile(self._translate(pattern, captures)), captures))

    def find(self, kinds: str, tokens: list[Token], offset: int = 0) -> Iterator[Match]:
        """Yield the matches in ``kinds``; ``tokens[offset + i]`` is the token of ``kinds[i]``."""
        for regex, captures in self._forms:
            for m in regex.finditer(kinds):
                values = {
                    name: tokens[offset + m.start(group)].values[cls]
                    for group, name, cls in captures
                    if m.start(group) >= 0
                }
                yield Match(self, offset + m.start(), offset + m.end(), values)

    def _translate(self, pattern: str, captures: _Captures) -> str:
        out: list[str] = []
        position = 0
        for m in _PART.finditer(pattern):
            if m.start() != position:
                self._refuse(pattern, position)
            position = m.end()
            if m["name"]:
                out.append(f"(?P<{captures.group(m['name'], m['cls'])}>{self._charset(m['cls'])})")
            elif m["cls"]:
                out.append(self._charset(m["cls"]))
            elif m["macro"]:
                out.append(f"(?:{self._translate(self._macros[m['macro']], captures)})")
            elif m["word"]:
                out.append(self._charset(f"={m['word']}"))
            else:
                out.append({"(": "(?:", "~": _ANY}.get(m["op"], m["op"]))
        if pattern[position:].strip():
            self._refuse(pattern, position)
        return "".join(out)

    def _refuse(self, pattern: str, position: int) -> None:
        msg = f"lexicon rule {self.name!r}: cannot read {pattern[position:]!r}; mend the pattern"
        raise ValueError(msg)

    def _charset(self, cls: str) -> str:
        kinds = self._terms.kinds_of(cls)
        if not kinds:
            msg = f"lexicon rule {self.name!r}: no term belongs to class {cls!r}; add one or mend the pattern"
            raise ValueError(msg)
        return kinds if len(kinds) == 1 else f"[{kinds}]"
