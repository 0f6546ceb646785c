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
from tallyman.link.words import words

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from tallyman.model import Claim, Document, Quantity

_WORD = re.compile(r"\w+")
_WORD_OR_CHARACTER = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]|[^\W\u3040-\u30ff\u3400-\u9fff]+")
_CHINESE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
_FIGURE = re.compile(r"\d+(?:[.,]\d+)+|\d\d+")
_CAPITALISED = re.compile(r"\b[A-Z\u00c0-\u017f\u0410-\u042f][^\W\d_]{2,}")
_DATELINE = re.compile(r"^[A-ZÀ-Þ]{3,}.{0,70}? [-\u2013\u2014] ", re.MULTILINE)
_SEPARATOR = re.compile(r"[.,]")
_ENDS = tuple(".!?:;…。!?\"”»'’)")  # noqa: RUF001 - full-width marks end Chinese sentences
_MANY_SPACES, _SHORT_LINE = 7, 20
_MENU, _ENTRIES = re.compile(r"\s[|·•]\s"), 2
_YEAR, _FIRST_YEAR, _LAST_YEAR = 4, "1900", "2100"
_DIGITS_OF_WEIGHT = 3
_MASK = 0xFFFFFFFF
_FACTORS = (0x9E3779B1, 0x85EBCA77, 0xC2B2AE3D)


class Sketch(msgspec.Struct, frozen=True, gc=False):
    """What two documents are compared by.

    ``runs`` are hashes of the three-word runs of the prose, in its order, each once. ``figures`` maps each
    figure, as digits without separators, to its weight: its significant digits, at most three. ``names`` are
    capitalised words that name no area, no day and not the outlet; ``lead`` are the figures and names of the
    first half. ``said`` maps what the claims say (areas, unit, value) to the figure that says it, ``rounded``
    are the same values as retellings may round them. ``follows`` tells whether it speaks of what came before
    it. Page furniture (menus, short lines without an end of sentence) is left out.
    """

    document_id: str
    language: str
    outlet: str | None
    day: date | None
    runs: array[int]
    figures: dict[str, int]
    names: frozenset[str]
    lead: frozenset[str]
    said: dict[str, str]
    rounded: frozenset[str]
    follows: bool


def sketch(document: Document, claims: Iterable[Claim] = ()) -> Sketch:
    """Return the sketch of a document and its claims; linear in its length, the same on every machine.

    >>> from tallyman.model import Document
    >>> text = "Trade between Peru and Ecuador grew to $1.25 billion, as Juan Perez said."
    >>> found = sketch(Document(id="d", sha256="", text=text))
    >>> found.figures, sorted(found.names)
    ({'125': 3}, ['Juan', 'Perez'])
    """
    lines = _prose(document.text)
    prose = _DATELINE.sub("", "\n".join(lines))
    figures, names = dict(_figures(prose)), dict(_names(prose, (document.outlet or "").split()))
    said = dict(_said(claim, claim.quantity) for claim in claims if claim.quantity)
    middle = len(prose) // 2
    opening = [fact for fact, (_, start) in figures.items() if start < middle]
    opening += [name for name, start in names.items() if start < middle]
    return Sketch(
        document_id=document.id,
        language=document.language,
        outlet=document.outlet,
        day=document.published_on,
        runs=array("I", dict.fromkeys(_runs(prose))),
        figures={figure: weight for figure, (weight, _) in figures.items()},
        names=frozenset(names),
        lead=frozenset(opening),
        said=said,
        rounded=frozenset(shorter for value in said for shorter in roundings(value)),
        follows=any(cue in prose for cue in words().follow_up),
    )


def _prose(text: str) -> list[str]:
    """Return the lines that hold sentences."""
    return [line for line in text.split("\n") if _is_prose(line)]


def _is_prose(line: str) -> bool:
    if len(_MENU.findall(line)) >= _ENTRIES:
        return False
    return line.count(" ") >= _MANY_SPACES or (len(line) >= _SHORT_LINE and line.rstrip().endswith(_ENDS))


def _runs(prose: str) -> Iterator[int]:
    word = _WORD_OR_CHARACTER if _CHINESE.search(prose) else _WORD
    codes = list(map(_code, word.findall(prose.casefold())))
    one, two, three = _FACTORS
    runs = zip(codes, codes[1:], codes[2:], strict=False)
    return ((a * one + b * two + c * three) & _MASK for a, b, c in runs)


@lru_cache(maxsize=1 << 18)
def _code(word: str) -> int:
    return crc32(word.encode("utf-8", "surrogatepass"))


def _figures(prose: str) -> Iterator[tuple[str, tuple[int, int]]]:
    """Yield each figure with its weight and its place, last ones first, so that the first place counts."""
    days = {match.start(match.lastindex or 0) for match in _days().finditer(prose)}
    for match in reversed(list(_FIGURE.finditer(prose))):
        if match.start() not in days and (weight := _weight(match[0])):
            yield _SEPARATOR.sub("", match[0]).strip("0"), (weight, match.start())


@lru_cache(maxsize=1 << 16)
def _weight(word: str) -> int:
    """How telling a figure is: its significant digits; nothing for years and for single digits."""
    digits = _SEPARATOR.sub("", word)
    if len(word) == _YEAR and digits == word and _FIRST_YEAR <= word <= _LAST_YEAR:
        return 0
    return min(len(digits.strip("0")), _DIGITS_OF_WEIGHT)


def _names(prose: str, outlet: Collection[str]) -> Iterator[tuple[str, int]]:
    """Yield each name and its place, last ones first; a word that begins a sentence or names the outlet is none."""
    common = _common_capitals()
    for match in reversed(list(_CAPITALISED.finditer(prose))):
        word, start = match[0], match.start()
        before = prose[max(0, start - 2) : start]
        inside = before[-1:] == " " and (before[0].isalnum() or before[0] == ",")
        if inside and word not in common and word not in outlet and word[0].isupper():
            yield word, start


@cache
def _common_capitals() -> frozenset[str]:
    """Capitalised words that any two reports may share: areas, titles, months, weekdays."""
    found = {word for name in areas.names() for word in name.phrase.split()}
    found |= {word for title in words().titles for word in title.split()}
    return frozenset(found.union(*(_calendar(kind) for kind in ("month", "weekday"))))


@cache
def _days() -> re.Pattern[str]:
    """Days of the month beside its name: they are dates, no figures."""
    month = "|".join(map(re.escape, sorted(_calendar("month"), key=len, reverse=True)))
    return re.compile(rf"\b(?:{month}) (\d\d)\b|\b(\d\d) (?:{month})\b")


def _calendar(kind: str) -> set[str]:
    terms = [lexicon.source(language)["term"] for language in lexicon.languages()]
    return {word for row in terms for names in row[kind]["values"].values() for word in names}


def _said(claim: Claim, quantity: Quantity) -> tuple[str, str]:
    """Return areas, unit, size and digits of a claim, and the figure that says it."""
    pair = sorted(code for code in (claim.measure.reporter, claim.measure.partner) if code)
    value = quantity.value.normalize()
    digits = "".join(map(str, value.as_tuple().digits))
    figure = _FIGURE.search(claim.anchor.exact)
    key = f"{'-'.join(pair)} {quantity.unit} {value.adjusted()} {digits}"
    return key, _SEPARATOR.sub("", figure[0]).strip("0") if figure else ""


@lru_cache(maxsize=1 << 16)
def roundings(said: str) -> tuple[str, ...]:
    """Return what a value of three digits or more is rounded to, with two digits or more.

    >>> roundings("CN-RU USD 11 146887")
    ('CN-RU USD 11 14689', 'CN-RU USD 11 1469', 'CN-RU USD 11 147', 'CN-RU USD 11 15')
    """
    about, _, digits = said.rpartition(" ")
    shorter = ((int(digits) * 2 // 10**cut + 1) // 2 for cut in range(1, len(digits) - 1))
    return tuple(f"{about} {number}".rstrip("0") for number in shorter)
