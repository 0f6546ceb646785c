"""A document reduced to what survives copying and rewriting: runs of words, figures, names, claims."""

from __future__ import annotations

import re
from array import array
from datetime import date
from functools import cache, lru_cache
from typing import TYPE_CHECKING
from zlib import crc32

import msgspec

from tallyman import areas, lexicon

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tallyman.model import Claim, Document, Measure, Quantity

_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[\u3040-\u30ff\u3400-\u9fff]|[^\W\d_\u3040-\u30ff\u3400-\u9fff]+")
_NAME = re.compile(r"(?<=[^\W_] |, )[^\W\d_]{3,}")
_SEPARATOR = re.compile(r"[.,]")
_ENDS = tuple(".!?:;…。!?\"”»'’)")  # noqa: RUF001 - full-width marks end Chinese sentences
_FEW_WORDS, _MANY_WORDS = 4, 8
_YEAR, _FIRST_YEAR, _LAST_YEAR = 4, "1900", "2100"
_DIGITS_OF_WEIGHT = 3
_LEAD = 2
_MASK = 0xFFFFFFFF
_FACTORS = (0x9E3779B1, 0x85EBCA77, 0xC2B2AE3D)


class Sketch(msgspec.Struct, frozen=True, gc=False):
    """What two documents are compared by.

    ``runs`` are sorted hashes of the three-word runs of the prose. ``figures`` maps each figure, as digits
    without separators, to its weight: its significant digits, at most three. ``names`` are capitalised words
    that name no area and no day; ``lead`` are the figures and names of the first half, ``said`` the claims. Page
    furniture (short lines without an end of sentence) is left out.
    """

    document_id: str
    day: date | None
    runs: array[int]
    figures: dict[str, int]
    names: frozenset[str]
    lead: frozenset[str]
    said: frozenset[str]


def sketch(document: Document, claims: Iterable[Claim] = ()) -> Sketch:
    """Return the sketch of a document and its claims; linear in its length, the same on every machine.

    >>> from tallyman.model import Document
    >>> text = "Trade between Peru and Ecuador grew to $1.25 billion, as Juan Perez said."
    >>> found = sketch(Document(id="d", sha256="", text=text))
    >>> found.figures, sorted(found.names)
    ({'125': 3}, ['Juan', 'Perez'])
    """
    prose = list(_prose(document.text))
    words = [word for _, found in prose for word in found]
    names = frozenset(_names(line for line, _ in prose))
    opening = words[: len(words) // _LEAD]
    return Sketch(
        document_id=document.id,
        day=document.published_on,
        runs=array("I", sorted(_runs(words))),
        figures=_figures(words),
        names=names,
        lead=frozenset(_figures(opening)) | names.intersection(opening),
        said=frozenset(_said(claim.measure, claim.quantity) for claim in claims if claim.quantity),
    )


def _prose(text: str) -> Iterator[tuple[str, list[str]]]:
    """The lines that hold sentences, with their words."""
    for line in text.split("\n"):
        found = _TOKEN.findall(line)
        if len(found) >= _MANY_WORDS or (len(found) >= _FEW_WORDS and line.rstrip().endswith(_ENDS)):
            yield line, found


def _runs(words: list[str]) -> set[int]:
    codes = [_code(word) for word in words]
    one, two, three = _FACTORS
    runs = zip(codes, codes[1:], codes[2:], strict=False)
    return {(a * one + b * two + c * three) & _MASK for a, b, c in runs}


@lru_cache(maxsize=1 << 18)
def _code(word: str) -> int:
    return crc32(word.casefold().encode("utf-8", "surrogatepass"))


def _figures(words: list[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for word in words:
        if word[0].isdigit() and (weight := _weight(word)):
            found[_SEPARATOR.sub("", word)] = weight
    return found


@lru_cache(maxsize=1 << 16)
def _weight(word: str) -> int:
    """How telling a figure is: its significant digits; nothing for years and for single digits."""
    digits = _SEPARATOR.sub("", word)
    if len(digits) == 1 or (len(word) == _YEAR and digits == word and _FIRST_YEAR <= word <= _LAST_YEAR):
        return 0
    return min(len(digits.strip("0")), _DIGITS_OF_WEIGHT)


def _names(lines: Iterator[str]) -> Iterator[str]:
    common = _common_capitals()
    for line in lines:
        for word in _NAME.findall(line):
            if word[0].isupper() and word not in common:
                yield word


@cache
def _common_capitals() -> frozenset[str]:
    """Capitalised words that any two reports may share: areas, months, weekdays."""
    found = {word for name in areas.names() for word in name.phrase.split()}
    for language in lexicon.languages():
        terms = lexicon.source(language)["term"]
        for kind in ("month", "weekday"):
            found.update(word for words in terms[kind]["values"].values() for word in words)
    return frozenset(found)


def _said(measure: Measure, quantity: Quantity) -> str:
    pair = sorted(code for code in (measure.reporter, measure.partner) if code)
    return f"{'-'.join(pair)} {quantity.value.normalize()} {quantity.unit}"
