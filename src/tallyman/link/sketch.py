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
    from collections.abc import Iterable, Iterator, Mapping

    from tallyman.model import Claim, Document, Quantity

_WORD = re.compile(r"\w+")
_WORD_OR_CHARACTER = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]|[^\W\u3040-\u30ff\u3400-\u9fff]+")
_CHINESE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
_FIGURE = re.compile(r"\d+(?:[.,]\d+)+|\d\d+")
_NAME = re.compile(r"[A-Z\u00c0-\u017f\u0410-\u042f](?:(?<=[^\W_] .)|(?<=, .))[^\W\d_]{2,}")
_SPACE, _WORD_BEFORE, _WORD_AFTER = re.compile(r"\s"), re.compile(r"(\S+) $"), re.compile(r" ([^\W\d_]+)")
_DATELINE = re.compile(r"^[A-ZÀ-Þ]{3,}.{0,70}? [-\u2013\u2014] ", re.MULTILINE)
_SEPARATOR = re.compile(r"[.,]")
_ENDS = tuple(".!?:;…。!?\"”»'’)")  # noqa: RUF001 - full-width marks end Chinese sentences
_MANY_SPACES, _SHORT_LINE = 7, 20
_MENU, _ENTRIES = re.compile(r"[|·•]"), 2
_DAY, _LONGEST = 2, 16
_YEAR, _FIRST_YEAR, _LAST_YEAR = 4, "1900", "2100"
_DIGITS_OF_WEIGHT = 3
_PLAIN, _TELLING = 2, 3
_MASK = 0xFFFFFFFF
_SECOND, _THIRD = 31, 977


class Sketch(msgspec.Struct, frozen=True, gc=False):
    """What two documents are compared by.

    ``runs`` are hashes of the three-word runs of the prose, in its order, each once. ``figures`` maps each
    figure, as digits without separators, to its weight: its significant digits, at most three. ``names`` are
    capitalised words that name no area, no day and not the outlet; ``lead`` are the figures and names of the
    first half. ``facts`` are hashes of figures, names and claims, ``telling`` those of figures of three digits.
    ``said`` maps what the claims say (areas, unit, value) to the figure that says it, ``rounded``
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
    facts: array[int]
    telling: array[int]


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
    space = _SPACE.search(prose, len(prose) // 2)
    half = space.start() if space else len(prose)
    found, names = list(_figures(prose)), _names(prose, document.outlet)
    figures = {figure: weight for figure, weight, _ in found}
    said = dict(_said(claim, claim.quantity) for claim in claims if claim.quantity)
    return Sketch(
        document_id=document.id,
        language=document.language,
        outlet=document.outlet,
        day=document.published_on,
        runs=array("I", dict.fromkeys(_runs(prose))),
        figures=figures,
        names=names,
        lead=_names(prose[:half], document.outlet).union(row[0] for row in found if row[2] < half),
        said=said,
        rounded=frozenset(shorter for value in said for shorter in roundings(value)),
        follows=any(cue in prose for cue in words().follow_up),
        facts=array("I", {*map(_code, _facts(figures, names, said))}),
        telling=array("I", (_code(figure) for figure, weight in figures.items() if weight >= _TELLING)),
    )


def _facts(figures: Mapping[str, int], names: Iterable[str], said: Iterable[str]) -> Iterator[str]:
    """Yield what documents that tell the same share: figures of two digits, names, claims as rounded most."""
    yield from (figure for figure, weight in figures.items() if weight >= _PLAIN)
    yield from names
    yield from ((value, *roundings(value))[-1] for value in said)


def _prose(text: str) -> list[str]:
    """Return the lines that hold sentences."""
    lines = [line for line in text.split("\n") if _is_prose(line)]
    return [line for line in lines if len(_MENU.findall(line)) < _ENTRIES] if _MENU.search(text) else lines


def _is_prose(line: str) -> bool:
    return line.count(" ") >= _MANY_SPACES or (len(line) >= _SHORT_LINE and line.rstrip().endswith(_ENDS))


def _runs(prose: str) -> list[int]:
    word = _WORD_OR_CHARACTER if _CHINESE.search(prose) else _WORD
    codes = list(map(_code, word.findall(prose.casefold())))
    runs = zip(codes, codes[1:], codes[2:], strict=False)
    return [(a + _SECOND * b + _THIRD * c) & _MASK for a, b, c in runs]


@lru_cache(maxsize=1 << 18)
def _code(word: str) -> int:
    return crc32(word.encode("utf-8", "surrogatepass"))


def _figures(prose: str) -> Iterator[tuple[str, int, int]]:
    """Yield each figure with its weight and its place, days of a month left out."""
    for match in _FIGURE.finditer(prose):
        figure, weight = _weighed(match[0])
        if weight and not (len(match[0]) == _DAY and _is_day(prose, *match.span())):
            yield figure, weight, match.start()


def _is_day(prose: str, start: int, end: int) -> bool:
    """Whether the name of a month stands before or after."""
    before, after = _WORD_BEFORE.search(prose, max(0, start - _LONGEST), start), _WORD_AFTER.match(prose, end)
    return any(beside is not None and beside[1] in _months() for beside in (before, after))


@lru_cache(maxsize=1 << 16)
def _weighed(word: str) -> tuple[str, int]:
    """Return the digits of a figure, and how telling they are: nothing for years."""
    digits = _SEPARATOR.sub("", word)
    is_year = len(word) == _YEAR and digits == word and _FIRST_YEAR <= word <= _LAST_YEAR
    figure = digits.strip("0")
    return figure, 0 if is_year else min(len(figure), _DIGITS_OF_WEIGHT)


def _names(prose: str, outlet: str | None) -> frozenset[str]:
    """Return the names; a word that begins a sentence or names the outlet is none."""
    found = {name for name in _NAME.findall(prose) if name[0].isupper()}
    return frozenset(found.difference(_common_capitals(), (outlet or "").split()))


@cache
def _common_capitals() -> frozenset[str]:
    """Capitalised words that any two reports may share: areas, titles, months, weekdays."""
    found = {word for name in areas.names() for word in name.phrase.split()}
    found |= {word for title in words().titles for word in title.split()}
    return frozenset(found.union(*(_calendar(kind) for kind in ("month", "weekday"))))


@cache
def _months() -> frozenset[str]:
    return frozenset(_calendar("month"))


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
    return key, _weighed(figure[0])[0] if figure else ""


@lru_cache(maxsize=1 << 16)
def roundings(said: str) -> tuple[str, ...]:
    """Return what a value of three digits or more is rounded to, with two digits or more.

    >>> roundings("CN-RU USD 11 146887")
    ('CN-RU USD 11 14689', 'CN-RU USD 11 1469', 'CN-RU USD 11 147', 'CN-RU USD 11 15')
    """
    about, _, digits = said.rpartition(" ")
    rounded = ((int(digits) * 2 // 10**cut + 1) // 2 for cut in range(1, len(digits) - 1))
    shorter = (str(number).rstrip("0") for number in rounded)
    return tuple(f"{about} {number}" for number in shorter if len(number) > 1)
