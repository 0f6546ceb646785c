"""A text as tokens, sentences, paragraphs and quotations; offsets are those of the text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from tallyman.lexicon import Lexicon
    from tallyman.lexicon.terms import Token

_DECIMAL_COMMA = re.compile(r"\d+,\d{1,2}")
_TERMINAL = ".!?…"
_CLOSING = "\"')]”’»"
_LINE = "n"
_WRAP_MAX, _WRAP_SHARE, _WRAP_LINES = 130, 0.66, 8


class Sentence(NamedTuple):
    """Half-open token positions, the paragraph's number, and whether it begins inside a quotation."""

    start: int
    end: int
    paragraph: int


class Reading(NamedTuple):
    """A text prepared for rules: tokens, their kinds as one string, sentences, and which tokens are quoted."""

    text: str
    tokens: list[Token]
    kinds: str
    sentences: list[Sentence]
    quoted: list[bool]


def read(text: str, lexicon: Lexicon) -> Reading:
    """Prepare a text; linear in its length.

    >>> from tallyman.lexicon import load
    >>> len(read("Trade rose. It fell in Jan. 2020.", load("en")).sentences)
    2
    """
    tokens = _localised(_unwrap(text, lexicon.terms.scan(text)))
    kinds = "".join([t.kind for t in tokens])
    return Reading(text, tokens, kinds, _sentences(text, tokens), _quoted(tokens))


def _localised(tokens: list[Token]) -> list[Token]:
    """Write numbers with a decimal point in a text that uses the decimal comma throughout."""
    numbers = [t.raw for t in tokens if "num" in t.values and not t.raw.isdigit()]
    commas = sum(bool(_DECIMAL_COMMA.fullmatch(raw)) for raw in numbers)
    if not commas or any("." in raw for raw in numbers):
        return tokens
    return [t._replace(raw=t.raw.replace(",", ".")) if "num" in t.values and t.raw.count(",") == 1 else t for t in tokens]


def _unwrap(text: str, tokens: list[Token]) -> list[Token]:
    """Drop the line ends that only wrap a sentence."""
    lines = [len(line.rstrip()) for line in text.split("\n") if line.strip()]
    longest = max(lines, default=0)
    wrapped = (
        longest <= _WRAP_MAX
        and len(lines) >= _WRAP_LINES
        and sum(n >= _WRAP_SHARE * longest for n in lines) > len(lines) / 2
    )
    kept: list[Token] = []
    line_start = 0
    for i, token in enumerate(tokens):
        if token.kind != _LINE:
            kept.append(token)
            continue
        before = text[line_start : token.start].rstrip()
        line_start = token.end
        after = tokens[i + 1] if i + 1 < len(tokens) else None
        soft = before and before[-1] not in _TERMINAL + _CLOSING + ":" and after is not None and after.kind != _LINE
        if soft and after and (after.raw[0].islower() or (wrapped and len(before) >= _WRAP_SHARE * longest)):
            continue
        kept.append(token)
    return kept


def _sentences(text: str, tokens: list[Token]) -> list[Sentence]:
    found: list[Sentence] = []
    start = paragraph = i = 0
    n = len(tokens)
    while i < n:
        token = tokens[i]
        if token.kind == _LINE:
            if i > start:
                found.append(Sentence(start, i, paragraph))
            paragraph += 1
            start = i = i + 1
            continue
        i += 1
        if token.raw in _TERMINAL:
            while i < n and tokens[i].raw in _CLOSING and tokens[i].start == tokens[i - 1].end:
                i += 1
            if i < n and _begins(text, tokens, i):
                found.append(Sentence(start, i, paragraph))
                start = i
    if n > start:
        found.append(Sentence(start, n, paragraph))
    return found


def _begins(text: str, tokens: list[Token], i: int) -> bool:
    token = tokens[i]
    if token.start == tokens[i - 1].end and not token.raw[0].isupper():
        return False
    first = token.raw[0]
    if first in "\"'“‘«([—-•*":
        return True
    if first.isdigit():
        return text[tokens[i - 1].end : token.start].isspace()
    single = i >= 2 and tokens[i - 1].raw == "." and len(tokens[i - 2].raw) == 1 and tokens[i - 2].raw.isupper()  # noqa: PLR2004
    return first.isupper() and not single


def _quoted(tokens: list[Token]) -> list[bool]:
    inside = False
    quoted = []
    for token in tokens:
        if token.kind == _LINE:
            inside = False
        elif token.raw in "“„«":
            inside = True
        elif token.raw in "”»":
            quoted.append(inside)
            inside = False
            continue
        elif token.raw == '"':
            quoted.append(True)
            inside = not inside
            continue
        quoted.append(inside)
    return quoted
