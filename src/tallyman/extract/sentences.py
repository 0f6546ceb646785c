"""A text as tokens, sentences, paragraphs and quotations; offsets are those of the text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import Struct, structs

from tallyman.extract import meant
from tallyman.extract.places import Joined, Place, joined
from tallyman.lexicon.terms import LINE, Spots, Token

if TYPE_CHECKING:
    from tallyman.lexicon import Lexicon

_DECIMAL_COMMA = re.compile(r"\d+,\d{1,2}")
_TERMINAL = frozenset(".!?…")
_CLOSING = frozenset("\"')]”’»")  # noqa: RUF001 - typographic quotes
_NOT_SOFT = _TERMINAL | _CLOSING | {":"}
_OPENING = frozenset("\"'“‘«([—-•*")  # noqa: RUF001
_OPEN_MARKS = 24
_QUOTE_OPENS, _QUOTE_CLOSES = frozenset("“„«"), frozenset("”»")
_MARKS = _TERMINAL | _QUOTE_OPENS | _QUOTE_CLOSES | {'"', "\n"}
_SIGN = re.compile(r"[\W_]")
_OPENER = "opener"
_WRAP_MAX, _WRAP_SHARE, _WRAP_LINES = 130, 0.66, 8
_LONGEST = 300


class Sentence(Struct, frozen=True, gc=False):
    """Half-open token positions, and the paragraph's number."""

    start: int
    end: int
    paragraph: int


class Reading(Struct, frozen=True, gc=False):
    """A text prepared for rules: tokens, where their classes and areas stand, sentences, which tokens are quoted.

    ``named`` are the areas of each sentence, ``pairs`` those of them that are named as one.
    ``signs`` are the tokens that end with neither a letter nor a digit.
    """

    text: str
    tokens: list[Token]
    spots: Spots
    areas: list[Place]
    named: list[list[Place]]
    pairs: list[list[Joined]]
    sentences: list[Sentence]
    quoted: list[bool]
    signs: list[int]


def read(text: str, lexicon: Lexicon) -> Reading:
    """Prepare a text; linear in its length, and no sentence is longer than 300 tokens.

    >>> from tallyman.lexicon import load
    >>> len(read("Trade rose. It fell in Jan. 2020.", load("en")).sentences)
    2
    """
    tokens = lexicon.terms.scan(_unwrapped(text))
    spots = meant.settled(tokens, lexicon.terms)
    _localise(tokens, spots.of("num"))
    last = "".join([t.raw[-1] for t in tokens])
    signs = [m.start() for m in _SIGN.finditer(last)]
    marks = [i for i in signs if last[i] in _MARKS]
    areas = [Place(i, *tokens[i].values["area"]) for i in spots.of("area")]
    sentences = _sentences(text, tokens, marks)
    named = _by_sentence(areas, sentences)
    pairs = [
        joined(tokens, here, s.start) if len(here) > 1 else []
        for s, here in zip(sentences, named, strict=True)
    ]
    return Reading(text, tokens, spots, areas, named, pairs, sentences, _quoted(tokens, marks), signs)


def _by_sentence(areas: list[Place], sentences: list[Sentence]) -> list[list[Place]]:
    found = []
    done = 0
    for sentence in sentences:
        first = done
        while done < len(areas) and areas[done].at < sentence.end:
            done += 1
        found.append(areas[first:done])
    return found


def _localise(tokens: list[Token], figures: list[int]) -> None:
    """Write numbers with a decimal point in a text that uses the decimal comma throughout."""
    numbers = [tokens[i].raw for i in figures if not tokens[i].raw.isdecimal()]
    commas = sum(bool(_DECIMAL_COMMA.fullmatch(raw)) for raw in numbers)
    if not commas or any("." in raw for raw in numbers):
        return
    for i in figures:
        if tokens[i].raw.count(",") == 1:
            tokens[i] = _pointed(tokens[i])


def _pointed(token: Token) -> Token:
    return structs.replace(token, raw=token.raw.replace(",", "."))


def _unwrapped(text: str) -> str:
    """Return the text with a blank in place of every line end that only wraps a sentence; same length."""
    lines = text.split("\n")
    widths = [len(line.rstrip()) for line in lines]
    full = [width for width in widths if width]
    longest = max(full, default=0)
    enough = _WRAP_SHARE * longest
    wrapped = (
        longest <= _WRAP_MAX
        and len(full) >= _WRAP_LINES
        and sum(width >= enough for width in full) > len(full) / 2
    )
    out = lines[:1]
    for before, width, after in zip(lines, widths, lines[1:], strict=False):
        first = after.lstrip()[:1]
        soft = width and first and (before[width - 1] not in _NOT_SOFT or _abbreviated(before[:width], first))
        goes_on = first.islower() or (width and before[width - 1] == ",")
        out.append(" " if soft and (goes_on or (wrapped and width >= enough)) else "\n")
        out.append(after)
    return "".join(out)


def _abbreviated(line: str, following: str) -> bool:
    """Whether a line ends with the letters of a name and not with a sentence: "9 billion U.S. / dollars"."""
    return following.islower() and line[-1] == "." and line[-3:-2] == "." and line[-2].isupper()


def _sentences(text: str, tokens: list[Token], marks: list[int]) -> list[Sentence]:
    found: list[Sentence] = []
    start = paragraph = 0

    def close(end: int) -> None:
        nonlocal start
        found.extend(_cut(start, end, paragraph))
        start = end

    n = len(tokens)
    for i in marks:
        if i < start:
            continue
        token = tokens[i]
        if token.kind == LINE:
            if i > start:
                close(i)
            start = i + 1
            paragraph += 1
        elif token.raw in _TERMINAL:
            after = i + 1
            while (
                after < n and tokens[after].raw in _CLOSING and tokens[after].start == tokens[after - 1].end
            ):
                after += 1
            if after < n and _begins(text, tokens, after):
                close(after)
        elif i + 1 < n and _OPENER in tokens[i + 1].values and token.raw[-1] == ".":
            close(i + 1)
    close(n)
    return found


def _cut(start: int, end: int, paragraph: int) -> list[Sentence]:
    """Return the sentence between two tokens, in parts where it is too long."""
    if start < end <= start + _LONGEST:
        return [Sentence(start, end, paragraph)]
    return [Sentence(at, min(at + _LONGEST, end), paragraph) for at in range(start, end, _LONGEST)]


def _begins(text: str, tokens: list[Token], i: int) -> bool:
    before, token = tokens[i - 1], tokens[i]
    first = token.raw[0]
    if token.start == before.end and not first.isupper():
        return False
    if first in _OPENING:
        return True
    if first.isdecimal():
        return text[before.end : token.start].isspace()
    initial = i > 1 and before.raw == "." and len(tokens[i - 2].raw) == 1 and tokens[i - 2].raw.isupper()
    initial = initial and not _is_scale(tokens, i - 2)
    return first.isupper() and not initial


def _is_scale(tokens: list[Token], i: int) -> bool:
    """Whether a letter is glued to the number before it: "$16M." ends a sentence, "George W." does not."""
    return i > 0 and tokens[i - 1].end == tokens[i].start and tokens[i - 1].raw[-1].isdecimal()


def _is_closed(tokens: list[Token], marks: list[int]) -> bool:
    """Whether the next quotation mark closes one: it stands at the end of a word."""
    for i in marks:
        if tokens[i].raw in _QUOTE_OPENS:
            return False
        if tokens[i].raw in _QUOTE_CLOSES:
            return True
        if tokens[i].raw == '"':
            follows = i + 1 < len(tokens) and tokens[i + 1].start == tokens[i].end
            return tokens[i - 1].end == tokens[i].start and (not follows or tokens[i + 1].raw == "\n")
    return False


def _quoted(tokens: list[Token], marks: list[int]) -> list[bool]:
    """Return for every token whether it stands in quotation marks; they end with the line if none closes them later."""
    quoted = [False] * len(tokens)
    opened: int | None = None
    for k, i in enumerate(marks):
        raw = tokens[i].raw
        if raw == '"':
            quoted[i] = True
        if raw == "\n" and opened is not None and _is_closed(tokens, marks[k + 1 : k + _OPEN_MARKS]):
            continue
        if raw in _QUOTE_OPENS or (raw == '"' and opened is None):
            opened = i if opened is None else opened
        elif opened is not None and (raw in _QUOTE_CLOSES or raw in {'"', "\n"}):
            quoted[opened : i + (raw != "\n")] = [True] * (i + (raw != "\n") - opened)
            opened = None
    if opened is not None:
        quoted[opened:] = [True] * (len(tokens) - opened)
    return quoted
