"""Which news agency a report goes back to: as read with it, else as its text says."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from functools import cache, lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

from tallyman import areas
from tallyman.link.words import LANGUAGE, words

if TYPE_CHECKING:
    from tallyman.model import Document

_WORD = re.compile(r"\w+")
_BEFORE = re.compile(r"([A-ZÀ-Þ][\w.-]+) $")


def wire(document: Document) -> str | None:
    """Return the agency of a report: that of its dateline or credit, else the one its text credits most.

    Nothing where two are credited alike; nothing in a language without words for it.

    >>> from tallyman.model import Document
    >>> wire(Document(id="d", sha256="", text="Trade grew, Xinhua reported.", language="en"))
    'Xinhua'
    """
    if document.agency or document.language not in (LANGUAGE, "und"):
        return document.agency
    return _credited(document.text)


@lru_cache(maxsize=1 << 16)
def _credited(text: str) -> str | None:
    if _heads().isdisjoint(_WORD.findall(text)):
        return None
    found = Counter(
        _agencies()[match["agency"]]
        for pattern in _patterns()
        for match in pattern.finditer(text)
        if not _is_a_person(text, match.start("agency"))
    )
    (first, most), (_, next_most) = [*found.most_common(2), ("", 0), ("", 0)][:2]
    return first if most > next_most else None


def _is_a_person(text: str, start: int) -> bool:
    """Whether a first name stands before the name: "Michael Bloomberg"."""
    before = _BEFORE.search(text, max(0, start - 30), start)
    return before is not None and before[1] not in _first_words()


@cache
def _first_words() -> frozenset[str]:
    """Words with a capital that may stand before an agency: of areas, and of the beginning of a sentence."""
    return frozenset(name.phrase for name in areas.names(LANGUAGE)) | frozenset(words().not_in_name)


@cache
def _agencies() -> dict[str, str]:
    table = tomllib.loads(files("tallyman").joinpath("read", "agencies.toml").read_text("utf-8"))["agency"]
    return {form: name for name, forms in table.items() for form in (name, *forms)}


@cache
def _heads() -> frozenset[str]:
    """The first words of agencies; most texts have none of them."""
    return frozenset(_WORD.findall(form)[0] for form in _agencies())


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    names = "|".join(map(re.escape, sorted(_agencies(), key=len, reverse=True)))
    agency = rf"(?<![\w-])(?P<agency>{names})(?![\w-])"
    return tuple(re.compile(pattern.replace("{agency}", agency)) for pattern in words().credit.patterns)
