"""Two documents side by side: is one a copy or a rewrite of the other, or do both tell of one event?

The rules and their measurements are in docs/decisions/stories.md.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from tallyman.ids import content_id
from tallyman.model import Link

if TYPE_CHECKING:
    from tallyman.link.sketch import Sketch

DAYS_OF_A_STORY = 4
_SAME_TEXT, _MOST_TEXT, _SOME_TEXT, _CLEAR_TEXT = 0.8, 0.5, 0.12, 0.25
_OWN_NAMES, _FEW, _CLEAR_WEIGHT, _CLEAR_NAMES, _CLEAR_CLAIMS = 3, 4, 8, 4, 3
_FIGURES, _NAMES, _LEAD, _TEXT, _CLAIMS = 0.45, 0.2, 0.15, 0.2, 0.1
_LEAST_FIGURES, _LEAST_LEAD, _UNKNOWN_LEAD, _HALF, _TOLD_UNDATED = 0.4, 0.3, 0.5, 0.5, 0.6
_TOLD_AGAIN = 0.42

Kind = Literal["copy_of", "rewrite_of", "same_event"]


class Likeness(NamedTuple):
    """What the later of two documents has from the earlier one, as shares of what it has.

    ``text``: three-word runs of the shorter one. ``figures`` by weight, ``names``, and ``lead`` (figures and
    names of the first half). ``opening`` is the lesser of both leads for documents of one day, else the lead.
    ``weight`` is the weight of the shared figures; ``shared_names`` and ``claims`` are counted; ``days`` lie
    between the two, ``None`` if one of them is undated; ``follows`` tells that one speaks of what came before,
    ``wordy`` that there are hardly any figures, so that names must tell.
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

    @property
    def score(self) -> float:
        """How sure it is that both tell the same, from 0 to 1."""
        facts, weight = (self.names, self.shared_names) if self.wordy else (self.figures, self.weight)
        found = (
            _FIGURES * facts * min(1, weight / _CLEAR_WEIGHT)
            + _NAMES * self.names * min(1, self.shared_names / _CLEAR_NAMES)
            + _LEAD * self.lead
            + _TEXT * min(1, self.text / _CLEAR_TEXT)
            + _CLAIMS * min(1, self.claims / _CLEAR_CLAIMS)
        )
        return round(min(1.0, max(found, self.text)), 2)


def compare(one: Sketch, other: Sketch) -> Link | None:
    """Return the link between two documents, from the later to the earlier one, or ``None``.

    An outlet that tells of an event twice has news: it copies itself, but does not rewrite itself.
    """
    later, earlier = sorted((one, other), key=_order, reverse=True)
    like = likeness(later, earlier)
    kind = like and _kind(like)
    if like is None or kind is None or (kind != "copy_of" and one.outlet and one.outlet == other.outlet):
        return None
    return Link(
        id=content_id("lnk", "document", later.document_id, earlier.document_id),
        kind=kind,
        from_id=later.document_id,
        to_id=earlier.document_id,
        score=like.score,
        evidence=_evidence(like),
    )


def likeness(later: Sketch, earlier: Sketch) -> Likeness | None:
    """Return what the later document has from the earlier one; of one day, whichever has more from the other.

    Of two of one day each must open with what the other tells: a reaction does not, even where it repeats all
    that it reacts to. Where most figures or people are new, nothing is told again, and the answer is ``None``.
    """
    days = abs((later.day - earlier.day).days) if later.day and earlier.day else None
    ways = [(later, earlier)] if days else [(later, earlier), (earlier, later)]
    ways = [(new, old) for new, old in ways if not (_new_figures(new, old) or _new_names(new, old))]
    if not ways:
        return None
    shared = len({*later.runs}.intersection(earlier.runs))
    text = shared / max(1, min(len(later.runs), len(earlier.runs)))
    opening = _lead(later, earlier) if days else min(_lead(later, earlier), _lead(earlier, later))
    return max((_from(new, old, text, opening, days) for new, old in ways), key=lambda like: like.score)


def _new_figures(new: Sketch, old: Sketch) -> bool:
    known = sum(new.figures.values())
    return known >= _FEW and _weight(new, old) < _LEAST_FIGURES * known


def _new_names(new: Sketch, old: Sketch) -> bool:
    """Whether a document tells of other people; across languages names are written otherwise."""
    own = len(new.names - old.names)
    return new.language == old.language and own >= _OWN_NAMES and own > _HALF * len(new.names)


def _weight(new: Sketch, old: Sketch) -> int:
    return sum(new.figures[figure] for figure in new.figures.keys() & old.figures.keys())


def _lead(new: Sketch, old: Sketch) -> float:
    lead = new.lead if new.language == old.language else new.lead & new.figures.keys()
    if not lead:
        return _UNKNOWN_LEAD
    return sum(1 for fact in lead if fact in old.figures or fact in old.names) / len(lead)


def _from(new: Sketch, old: Sketch, text: float, opening: float, days: int | None) -> Likeness:
    weight, shared = _weight(new, old), len(new.names & old.names)
    return Likeness(
        text=text,
        figures=weight / max(1, sum(new.figures.values())),
        names=shared / max(1, len(new.names)),
        lead=_lead(new, old),
        opening=opening,
        weight=weight,
        shared_names=shared,
        claims=len(new.said & old.said),
        days=days,
        follows=new.follows or old.follows,
        wordy=max(sum(new.figures.values()), sum(old.figures.values())) <= 1,
    )


def _kind(like: Likeness) -> Kind | None:
    if like.score < _TOLD_AGAIN:
        return "same_event" if _same_event(like) else None
    if like.text >= _SAME_TEXT:
        return "copy_of"
    if like.opening < _LEAST_LEAD or (like.days is not None and like.days > DAYS_OF_A_STORY):
        return None
    if like.days is None and not _without_days(like):
        return None
    return "copy_of" if like.text >= _MOST_TEXT else "rewrite_of"


def _without_days(like: Likeness) -> bool:
    """Whether the text or the figures alone are enough, where no day speaks for the link."""
    told = like.wordy or like.figures >= _TOLD_UNDATED
    some = like.text >= _SOME_TEXT and (like.wordy or like.weight > 1)
    return told and (some or like.weight >= _CLEAR_WEIGHT)


def _same_event(like: Likeness) -> bool:
    """Whether two reporters were at one event: the same day, people and some figure, in both from the start."""
    known = like.shared_names >= _CLEAR_NAMES and like.weight > 1
    return like.days == 0 and known and like.names >= _HALF and like.opening >= _HALF and not like.follows


def _evidence(like: Likeness) -> str:
    facts = f"{like.figures:.0%} of the figures, {like.names:.0%} of the names, {like.claims} claims"
    return f"it shares {like.text:.0%} of the runs of three words, {facts}"


def _order(sketch: Sketch) -> tuple[bool, str, str]:
    return (sketch.day is None, str(sketch.day), sketch.document_id)
