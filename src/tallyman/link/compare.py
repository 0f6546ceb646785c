"""Two documents side by side: is one a copy or a rewrite of the other, or do both tell of one event?

The rules and their measurements are in docs/decisions/stories.md.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Literal

from tallyman.ids import content_id
from tallyman.link.likeness import CLEAR_WEIGHT, Likeness, likeness, share_a_frame
from tallyman.model import Link

if TYPE_CHECKING:
    from tallyman.link.sketch import Sketch

DAYS_OF_A_STORY = 4
_SAME_TEXT, _MOST_TEXT, _SOME_TEXT = 0.8, 0.5, 0.12
_LEAST_LEAD, _HALF, _TOLD_UNDATED = 0.3, 0.5, 0.6
_SAME_PEOPLE, _TOLD_AGAIN = 4, 0.42

Kind = Literal["copy_of", "rewrite_of", "same_event"]


def compare(one: Sketch, other: Sketch) -> Link | None:
    """Return the link between two documents, from the later to the earlier one, or ``None``.

    An outlet that tells of an event twice has news: it copies itself, but does not rewrite itself. What two of
    its pages have in common around texts of their own is a frame.
    """
    later, earlier = sorted((one, other), key=_order, reverse=True)
    like = likeness(later, earlier)
    kind = like and _kind(like)
    if like is None or kind is None:
        return None
    if one.outlet and one.outlet == other.outlet and (kind != "copy_of" or share_a_frame(one, other)):
        return None
    return Link(
        id=content_id("lnk", "document", later.document_id, earlier.document_id),
        kind=kind,
        from_id=later.document_id,
        to_id=earlier.document_id,
        score=like.score,
        evidence=_evidence(like),
    )


def _kind(like: Likeness) -> Kind | None:
    if like.news or like.score < _TOLD_AGAIN:
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
    return told and (some or like.weight >= CLEAR_WEIGHT)


def _same_event(like: Likeness) -> bool:
    """Whether two reporters were at one event: the same day, people and some figure, in both from the start."""
    known = like.shared_names >= _SAME_PEOPLE and like.weight > 1
    return like.days == 0 and known and like.names >= _HALF and like.opening >= _HALF and not like.follows


def _evidence(like: Likeness) -> str:
    facts = f"{like.figures:.0%} of the figures, {like.names:.0%} of the names, {like.claims} claims"
    return f"it shares {like.text:.0%} of the runs of three words, {facts}"


def _order(sketch: Sketch) -> tuple[date, str]:
    return (sketch.day or date.max, sketch.document_id)
