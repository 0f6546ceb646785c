"""Linking documents one after the other: each is compared with the few that share facts or runs of words."""

from __future__ import annotations

from array import array
from collections import Counter
from typing import TYPE_CHECKING

from tallyman.link.compare import DAYS_OF_A_STORY, compare
from tallyman.link.sketch import Sketch, sketch

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tallyman.model import Claim, Document, Link

_ONE_IN = 16
_WEEK = 7
_UNDATED = -1
_POSTINGS = 64
_SHARED = 2
_CANDIDATES, _LINKS = 24, 8
_SAME = 0.9

Key = tuple[int, str] | int


class Linker:
    """The documents seen so far, and the links of each new one to them.

    A key is a run of three words (one in sixteen) or a figure or name in its week. A key of more than 64
    documents is boilerplate and tells nothing. What is nearly the same as a document seen before is linked to
    that one alone and not kept, so that ten thousand copies cost ten thousand short looks.

    >>> from tallyman.model import Document
    >>> text = "Trade between Peru and Ecuador grew to $1.25 billion in May, as Juan Perez said in Lima on Friday."
    >>> linker = Linker()
    >>> linker.add(Document(id="a", sha256="", text=text))
    []
    >>> [link.kind for link in linker.add(Document(id="b", sha256="", text="News. " + text))]
    ['copy_of']
    """

    def __init__(self) -> None:
        """Start without documents."""
        self._sketches: list[Sketch] = []
        self._postings: dict[Key, array[int]] = {}

    def add(self, document: Document, claims: Iterable[Claim] = ()) -> list[Link]:
        """Return the links of a document to those added before, best first; at most eight."""
        new = sketch(document, claims)
        found = [link for number in self._candidates(new) if (link := compare(new, self._sketches[number]))]
        found.sort(key=lambda link: (-link.score, link.id))
        if found and found[0].score >= _SAME and found[0].kind == "copy_of":
            return found[:1]
        self._keep(new)
        return found[:_LINKS]

    def _candidates(self, new: Sketch) -> list[int]:
        shared: Counter[int] = Counter()
        for key in _wanted(new):
            posted = self._postings.get(key)
            if posted is not None and len(posted) < _POSTINGS:
                shared.update(posted)
        return [number for number, times in shared.most_common(_CANDIDATES) if times >= _SHARED]

    def _keep(self, new: Sketch) -> None:
        number = len(self._sketches)
        self._sketches.append(new)
        for key in _posted(new):
            posted = self._postings.setdefault(key, array("I"))
            if len(posted) < _POSTINGS:
                posted.append(number)


def _posted(new: Sketch) -> Iterator[Key]:
    yield from _sampled(new)
    week = _UNDATED if new.day is None else new.day.toordinal() // _WEEK
    yield from ((week, fact) for fact in _facts(new))


def _wanted(new: Sketch) -> Iterator[Key]:
    yield from _sampled(new)
    weeks = range(_UNDATED, 0)
    if new.day is not None:
        day = new.day.toordinal()
        weeks = range((day - DAYS_OF_A_STORY) // _WEEK, (day + DAYS_OF_A_STORY) // _WEEK + 1)
    yield from ((week, fact) for week in weeks for fact in _facts(new))


def _sampled(new: Sketch) -> Iterator[int]:
    return (run for run in new.runs if not run % _ONE_IN)


def _facts(new: Sketch) -> Iterator[str]:
    yield from (figure for figure, weight in new.figures.items() if weight > 1)
    yield from new.names
