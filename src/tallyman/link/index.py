"""Linking documents one after the other: each is compared with the few that share marks with it."""

from __future__ import annotations

from array import array
from collections import Counter
from itertools import chain
from typing import TYPE_CHECKING

from tallyman.link.compare import DAYS_OF_A_STORY, compare

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tallyman.link.sketch import Sketch
    from tallyman.model import Link

MOST_POSTINGS = 64
_ONE_IN = 16
_WEEK = 7
_UNDATED = 0
_FACT, _SPREAD = 1 << 32, 0x9E3779B1
_SHARED = 2
_CANDIDATES, _LOOKS, _LINKS = 24, 1000, 8
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
        self._postings: dict[int, int | array[int]] = {}

    def add(self, new: Sketch) -> list[Link]:
        """Return the links of a document to those added before, best first, at most eight; and keep it."""
        found: list[Link] = []
        for number in self._candidates(new):
            link = compare(new, self._sketches[number])
            if link is not None and is_covered([link]):
                return [link]
            found += [link] if link else []
        found.sort(key=lambda link: (-link.score, link.id))
        self.keep(new)
        return found[:_LINKS]

    def keep(self, new: Sketch) -> None:
        """Keep a document for those to come; most marks have one document, which needs no list of its own."""
        number = len(self._sketches)
        self._sketches.append(new)
        postings = self._postings
        for mark in marks(new):
            posted = postings.setdefault(mark, number)
            if isinstance(posted, array):
                if len(posted) < MOST_POSTINGS:
                    posted.append(number)
            elif posted != number:
                postings[mark] = array("I", (posted, number))

    def _candidates(self, new: Sketch) -> list[int]:
        found = map(self._postings.get, wanted(new))
        several = [posted for posted in found if posted is not None]
        alone = [posted for posted in several if isinstance(posted, int)]
        lists = [posted for posted in several if isinstance(posted, array) and len(posted) < MOST_POSTINGS]
        return _most(Counter(chain(alone, _rarest(lists))))


def _rarest(lists: list[array[int]]) -> Iterator[int]:
    """Yield what the rarest marks lead to, a thousand looks at most: so a document costs the same in any crowd."""
    looks = 0
    for posted in sorted(lists, key=len):
        looks += len(posted)
        if looks > _LOOKS:
            return
        yield from posted


def _most(shared: Counter[int]) -> list[int]:
    """Return the numbers counted most, twice at least; of those counted alike the lowest."""
    least = max([_SHARED, *sorted(shared.values(), reverse=True)[_CANDIDATES - 1 : _CANDIDATES]])
    more = sorted((-times, number) for number, times in shared.items() if times > least)
    alike = sorted(number for number, times in shared.items() if times == least)
    return [*(number for _, number in more), *alike][:_CANDIDATES]


def is_covered(links: list[Link]) -> bool:
    """Tell whether a document with these links is so much a copy that its original stands for it."""
    return bool(links) and links[0].kind == "copy_of" and links[0].score >= _SAME


def marks(kept: Sketch) -> list[int]:
    """Return the marks under which a document is kept: one run in sixteen, each figure and name of its week.

    Figures of three digits are marks without a week too, by which undated documents find them. A mark of 64
    documents or more is a phrase or boilerplate, and tells nothing.
    """
    week = _UNDATED if kept.day is None else kept.day.toordinal() // _WEEK
    telling = () if kept.day is None else _of_week(kept.telling, _UNDATED)
    return [*_sampled(kept), *_of_week(kept.facts, week), *telling]


def wanted(new: Sketch) -> list[int]:
    """Return the marks of the documents that a new one may be linked to: those of its own and the next weeks."""
    if new.day is None:
        return marks(new)
    day = new.day.toordinal()
    weeks = range((day - DAYS_OF_A_STORY) // _WEEK, (day + DAYS_OF_A_STORY) // _WEEK + 1)
    near = (_of_week(new.facts, week) for week in weeks)
    return [*_sampled(new), *chain.from_iterable(near), *_of_week(new.telling, _UNDATED)]


def _sampled(kept: Sketch) -> list[int]:
    return [run for run in kept.runs if not run % _ONE_IN]


def _of_week(facts: Iterable[int], week: int) -> list[int]:
    salt = _FACT + (week * _SPREAD) % _FACT
    return [fact ^ salt for fact in facts]
