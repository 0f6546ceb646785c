"""Linking documents one after the other: each is compared with the few that share marks with it."""

from __future__ import annotations

from array import array
from heapq import nsmallest
from typing import TYPE_CHECKING
from zlib import crc32

from tallyman.link.compare import DAYS_OF_A_STORY, compare
from tallyman.link.sketch import roundings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tallyman.link.sketch import Sketch
    from tallyman.model import Link

MOST_POSTINGS = 64
_ONE_IN = 16
_WEEK = 7
_UNDATED = -1
_FACT = 1 << 32
_PLAIN, _TELLING = 2, 3
_SHARED = 2
_CANDIDATES, _LINKS = 24, 8
_SAME = 0.9


class Linker:
    """The documents seen so far, and the links of each new one to them.

    What is nearly the same as a document seen before is linked to that one alone and not kept, so that ten
    thousand copies cost ten thousand short looks.

    >>> from tallyman.link import sketch
    >>> from tallyman.model import Document
    >>> text = "Trade between Peru and Ecuador grew to $1.25 billion in May, as Juan Perez said in Lima on Friday."
    >>> linker = Linker()
    >>> linker.add(sketch(Document(id="a", sha256="", text=text)))
    []
    >>> [link.kind for link in linker.add(sketch(Document(id="b", sha256="", text="News. " + text)))]
    ['copy_of']
    """

    def __init__(self) -> None:
        """Start without documents."""
        self._sketches: list[Sketch] = []
        self._postings: dict[int, array[int]] = {}

    def add(self, new: Sketch) -> list[Link]:
        """Return the links of a document to those added before, best first, at most eight; and keep it."""
        found = [link for number in self._candidates(new) if (link := compare(new, self._sketches[number]))]
        found.sort(key=lambda link: (-link.score, link.id))
        if is_covered(found):
            return found[:1]
        self.keep(new)
        return found[:_LINKS]

    def keep(self, new: Sketch) -> None:
        """Keep a document for those to come."""
        number = len(self._sketches)
        self._sketches.append(new)
        for mark in marks(new):
            posted = self._postings.setdefault(mark, array("I"))
            if len(posted) < MOST_POSTINGS:
                posted.append(number)

    def _candidates(self, new: Sketch) -> list[int]:
        shared: dict[int, int] = {}
        for mark in wanted(new):
            posted = self._postings.get(mark)
            if posted is not None and len(posted) < MOST_POSTINGS:
                for number in posted:
                    shared[number] = shared.get(number, 0) + 1
        close = [number for number, times in shared.items() if times >= _SHARED]
        return nsmallest(_CANDIDATES, close, key=lambda number: (-shared[number], number))


def is_covered(links: list[Link]) -> bool:
    """Tell whether a document with these links is so much a copy that its original stands for it."""
    return bool(links) and links[0].kind == "copy_of" and links[0].score >= _SAME


def marks(kept: Sketch) -> list[int]:
    """Return the marks under which a document is kept: one run in sixteen, each figure and name of its week.

    Figures of three digits are marks without a week too, by which undated documents find them. A mark of 64
    documents or more is a phrase or boilerplate, and tells nothing.
    """
    if kept.day is None:
        return [*_sampled(kept), *_facts(kept, _UNDATED)]
    week = kept.day.toordinal() // _WEEK
    return [*_sampled(kept), *_facts(kept, week), *_figures(kept, _UNDATED, _TELLING)]


def wanted(new: Sketch) -> list[int]:
    """Return the marks of the documents that a new one may be linked to: those of its own and the next weeks."""
    if new.day is None:
        return marks(new)
    day = new.day.toordinal()
    weeks = range((day - DAYS_OF_A_STORY) // _WEEK, (day + DAYS_OF_A_STORY) // _WEEK + 1)
    near = (mark for week in weeks for mark in _facts(new, week))
    return [*_sampled(new), *near, *_figures(new, _UNDATED, _TELLING)]


def _sampled(kept: Sketch) -> Iterator[int]:
    return (run for run in kept.runs if not run % _ONE_IN)


def _facts(kept: Sketch, week: int) -> Iterator[int]:
    yield from _figures(kept, week, _PLAIN)
    yield from (_mark(week, name) for name in sorted(kept.names))
    yield from (_mark(week, (value, *roundings(value))[-1]) for value in kept.said)


def _figures(kept: Sketch, week: int, least: int) -> Iterator[int]:
    return (_mark(week, figure) for figure, weight in kept.figures.items() if weight >= least)


def _mark(week: int, fact: str) -> int:
    return _FACT + crc32(f"{week} {fact}".encode())
