"""What one document has from another: words, figures, names, claims, and whether it brings news of its own."""

from __future__ import annotations

from functools import cached_property
from itertools import takewhile
from typing import TYPE_CHECKING, NamedTuple

from tallyman.link.sketch import roundings

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tallyman.link.sketch import Sketch

CLEAR_TEXT, CLEAR_WEIGHT = 0.25, 8
_CLEAR_NAMES, _CLEAR_CLAIMS = 3, 3
_FIGURES, _NAMES, _LEAD, _TEXT, _CLAIMS = 0.45, 0.2, 0.15, 0.2, 0.1
_OWN_NAMES, _OWN_TEXT, _FEW, _LEAST_FIGURES, _UNKNOWN_LEAD, _HALF = 3, 12, 4, 0.4, 0.5, 0.5


class Likeness(NamedTuple):
    """What the later of two documents has from the earlier one, as shares of what it has.

    ``text``: three-word runs of the shorter one. ``figures`` by weight, ``names``, and ``lead`` (figures and
    names of the first half). ``opening`` is the lesser of both leads for documents of one day, else the lead.
    ``weight`` is the weight of the shared figures; ``shared_names`` and ``claims`` are counted; ``days`` lie
    between the two, ``None`` if one of them is undated; ``follows`` tells that one speaks of what came before,
    ``wordy`` that there are hardly any figures, so that names must tell, ``news`` that most figures are new.
    """

    text: float
    figures: float
    names: float
    lead: float
    opening: float
    weight: int
    shared_names: int
    claims: int
    days: int | None
    follows: bool
    wordy: bool
    news: bool

    @property
    def score(self) -> float:
        """How sure it is that both tell the same, from 0 to 1."""
        facts, weight = (self.names, self.shared_names) if self.wordy else (self.figures, self.weight)
        found = (
            _FIGURES * facts * min(1, weight / CLEAR_WEIGHT)
            + _NAMES * self.names * min(1, self.shared_names / _CLEAR_NAMES)
            + _LEAD * self.lead
            + _TEXT * min(1, self.text / CLEAR_TEXT)
            + _CLAIMS * min(1, self.claims / _CLEAR_CLAIMS)
        )
        return round(min(1.0, max(found, self.text)), 2)


def likeness(later: Sketch, earlier: Sketch) -> Likeness | None:
    """Return what the later document has from the earlier one; of one day, whichever has more from the other.

    Of two of one day each must open with what the other tells: a reaction does not, even where it repeats all
    that it reacts to. Where most people are new, or most figures on another day, the answer is ``None``.
    """
    days = abs((later.day - earlier.day).days) if later.day and earlier.day else None
    there, back = _Way(later, earlier), _Way(earlier, later)
    ways = [way for way in ((there,) if days else (there, back)) if not way.has_new_names]
    told = [way for way in ways if not way.has_new_figures]
    if not told and (days != 0 or not ways):
        return None
    shared = len({*later.runs}.intersection(earlier.runs))
    text = shared / max(1, min(len(later.runs), len(earlier.runs)))
    opening = there.lead if days else min(there.lead, back.lead)
    found = (way.likeness(text, opening, days, news=not told) for way in told or ways)
    return max(found, key=lambda like: like.score)


def share_a_frame(one: Sketch, other: Sketch) -> bool:
    """Tell whether two pages begin or end with the same words and have sentences of their own between them."""
    begin = _in_common(one.runs, other.runs)
    end = _in_common(reversed(one.runs[begin:]), reversed(other.runs[begin:]))
    own, others = ({*page.runs[begin : len(page.runs) - end]} for page in (one, other))
    least = min(len(own), len(others))
    return least >= _OWN_TEXT and len(own & others) < CLEAR_TEXT * least


def _in_common(one: Iterable[int], other: Iterable[int]) -> int:
    """Return how many runs two texts have in common before the first that differs."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


class _Way:
    """What a document has from an older one; nothing is counted before it is asked."""

    def __init__(self, new: Sketch, old: Sketch) -> None:
        self.new, self.old = new, old

    @cached_property
    def claims(self) -> list[str]:
        """The figures of claims that the old document makes too: exactly, rounded, or in fuller digits."""
        said, rounded = self.old.said, self.old.rounded
        return [
            figure
            for value, figure in self.new.said.items()
            if value in said or value in rounded or not said.keys().isdisjoint(roundings(value))
        ]

    @cached_property
    def known(self) -> set[str]:
        """The figures that the old document has too."""
        return self.new.figures.keys() & {*self.old.figures, *self.claims}

    @property
    def has_new_figures(self) -> bool:
        """Whether most figures are new, of all or of those it opens with."""
        figures = self.new.figures
        return self._mostly_new(figures.keys()) or self._mostly_new(self.new.lead & figures.keys())

    @property
    def has_new_names(self) -> bool:
        """Whether it tells of other people; across languages names are written otherwise."""
        names = self.new.names
        own = len(names) - len(names & self.old.names)
        return self.new.language == self.old.language and own >= _OWN_NAMES and own > _HALF * len(names)

    @cached_property
    def lead(self) -> float:
        """The share of what it opens with that the old document has."""
        figures = self.new.lead & self.new.figures.keys()
        names = self.new.lead - figures if self.new.language == self.old.language else frozenset()
        if not (figures or names):
            return _UNKNOWN_LEAD
        return (len(names & self.old.names) + len(figures & self.known)) / (len(names) + len(figures))

    def likeness(self, text: float, opening: float, days: int | None, *, news: bool) -> Likeness:
        """Return the whole comparison."""
        new, old = self.new, self.old
        weight, shared = self._weight(self.known), len(new.names & old.names)
        return Likeness(
            text=text,
            figures=weight / max(1, self._weight(new.figures)),
            names=shared / max(1, len(new.names)),
            lead=self.lead,
            opening=opening,
            weight=weight,
            shared_names=shared,
            claims=len(self.claims),
            days=days,
            follows=new.follows or old.follows,
            wordy=max(sum(new.figures.values()), sum(old.figures.values())) <= 1,
            news=news,
        )

    def _mostly_new(self, figures: Iterable[str]) -> bool:
        weight = self._weight(figures)
        return weight >= _FEW and self._weight(self.known.intersection(figures)) < _LEAST_FIGURES * weight

    def _weight(self, figures: Iterable[str]) -> int:
        return sum(map(self.new.figures.__getitem__, figures))
