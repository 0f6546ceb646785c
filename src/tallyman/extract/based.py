"""When the base of a comparison was, and which figure is the other end of a span."""

from __future__ import annotations

from bisect import bisect_left
from datetime import timedelta
from typing import TYPE_CHECKING

from msgspec import structs

from tallyman.extract.bases import is_base
from tallyman.extract.calendar import shift_years
from tallyman.extract.periods import TimeRef
from tallyman.extract.places import place
from tallyman.extract.times import SPOKEN, VAGUE
from tallyman.model import Period

if TYPE_CHECKING:
    from datetime import date

    from tallyman.extract.moods import Mood
    from tallyman.extract.scene import Found, Scene

_AGAIN = frozenset({"same_period", "same_time", SPOKEN})
_SPANS = frozenset({"years", "years_apart"})
_YEAR_DAYS, _LONG_YEAR, _LEAD, _RESTATED = 360, 366, 2, 8


def base_ref(scene: Scene, found: Found, mood: Mood) -> TimeRef | None:
    """Return when the base of a comparison was: as said, else a year before what the text speaks of.

    The base of a target is where trade stands: "from $100 billion to $150 billion by 2030".
    """
    ref, spoken = found.ref, scene.told_in(found.n) or scene.state.period
    ref = None if ref is not None and ref.rule == SPOKEN else ref
    if ref is None and found.spare is not None and _leads_to(scene, found, found.spare):
        spoken = found.spare.period
    if mood.modality != "actual":
        return ref if ref is not None and ref.period.relation != "by" else _unknown(found)
    if scene.span is not None and spoken is not None and _goes_over(scene, found):
        return TimeRef(found.end - 1, found.end, "implied_base", scene.span[0], is_base=True, is_day=False)
    if ref is None and (own := _restated(scene, found, spoken) or _began(scene, found)) is not None:
        return own
    if spoken is None or not (spoken.start and spoken.end):
        return ref
    if ref is not None and not (ref.is_base and ref.rule == "year_ago") and not _is_same_part(ref, spoken):
        return ref
    if ref is None and (_of_other_flow(found) or _of_other_area(scene, found)):
        return TimeRef(found.end - 1, found.end, "same_time", spoken, is_base=False, is_day=False)
    start, end = shift_years((spoken.start, spoken.end), -1)
    if (spoken.end - spoken.start).days > _LONG_YEAR:
        if spoken.start.month > 1:
            return _unknown(found)
        start, end = spoken.start, spoken.start.replace(month=12, day=31)
    implied = Period(start=start, end=end, relation="during")
    return TimeRef(found.end - 1, found.end, "implied_base", implied, is_base=True, is_day=False)


def _restated(scene: Scene, found: Found, spoken: Period | None) -> TimeRef | None:
    """The time of a figure that another has replaced, which is that of the other."""
    if spoken is None or not _is_restated(scene, found):
        return None
    told = _told_before(scene, found)
    return told or TimeRef(found.end - 1, found.end, "same_time", spoken, is_base=False, is_day=False)


def _is_restated(scene: Scene, found: Found) -> bool:
    """Whether a figure is one that another of the same time has replaced: "May's was revised from $2 bn to $3 bn"."""
    before = scene.tokens[max(found.start - _RESTATED, 0) : found.start]
    after = bool(before) and "from_word" in before[-1].values and any("restated" in t.values for t in before)
    return after or any("restated_from" in t.values for t in before[-_LEAD:])


def _told_before(scene: Scene, found: Found) -> TimeRef | None:
    """The last time before a figure in its sentence."""
    last = bisect_left(scene.refs, found.start, key=lambda ref: ref.start) - 1
    ref = scene.refs[last] if last >= 0 else None
    inside = (
        ref is not None and ref.start >= scene.sentences[found.n].start and not (ref.is_day or ref.is_base)
    )
    return ref if inside else None


def _leads_to(scene: Scene, found: Found, ref: TimeRef) -> bool:
    """Whether another figure stands before the whole months of a time: "from $2 bn to $3 bn in January-May"."""
    start, end = ref.period.start, ref.period.end
    if start is None or end is None or start.day > 1 or (end + timedelta(days=1)).day > 1:
        return False
    return any(found.end <= a.start < ref.start and a.converts is None for a in scene.amounts[found.n])


def _goes_over(scene: Scene, found: Found) -> bool:
    """Whether a sentence tells once more of a span: "from $2 bn in 2010 to $5 bn in 2016; in that time, from"."""
    whole = scene.sentences[found.n]
    first, last = (bisect_left(scene.refs, at, key=lambda ref: ref.start) for at in (whole.start, whole.end))
    told = [ref for ref in scene.refs[first:last] if ref.rule in _AGAIN]
    return any(not any("num" in t.values for t in scene.tokens[ref.start : ref.end]) for ref in told)


def follows_base(scene: Scene, found: Found) -> bool:
    """Whether a level is that to which another has grown: "from $2 bn to $5 bn"."""
    before = next((a for a in reversed(scene.amounts[found.n]) if a.end <= found.start), None)
    joint = scene.tokens[before.end : found.start] if before else []
    to = bool(joint) and "to_word" in joint[0].values and found.part.role == "level"
    return before is not None and to and is_base(scene.tokens, before, scene.sentences[found.n])


def is_range(scene: Scene, ref: TimeRef) -> bool:
    """Whether a time leads from one year to another: "between 2015 and 2021 it rose from $2 bn"."""
    start, end = ref.period.start, ref.period.end
    long = ref.rule in _SPANS and start is not None and end is not None and (end - start).days > _LONG_YEAR
    return long and bool({"from_word", "range_between"} & scene.tokens[ref.start].values.keys())


def _of_other_flow(found: Found) -> bool:
    """Whether a base is another flow of the same time: "against $3 bn of imports"."""
    return found.flow is not None and found.flow.start >= found.end and not found.flow.verb


def _of_other_area(scene: Scene, found: Found) -> bool:
    """Whether a base is that of another area at the same time: "compared with $3 bn for Peru"."""
    tokens, end = scene.tokens, found.end
    if end + 1 >= scene.sentences[found.n].end or "to_word" not in tokens[end].values:
        return False
    other = place(tokens, end + 1)
    return other is not None and "from_word" not in tokens[found.start - 1].values


def _began(scene: Scene, found: Found) -> TimeRef | None:
    """The year since or from which is counted: "since 2010, between 2010 and 2015 it has grown from $2 bn"."""
    first, last = (
        bisect_left(scene.refs, at, key=lambda ref: ref.start)
        for at in (scene.sentences[found.n].start, found.start)
    )
    rises = any("from_word" in t.values for t in scene.tokens[found.start - 2 : found.start])
    for ref in scene.refs[first:last]:
        start = ref.period.start
        counted = ref.period.relation == "since" and ref.rule == "year"
        if start is not None and (counted or (rises and is_range(scene, ref))):
            return structs.replace(ref, period=year_of(ref.period, start))
    return None


def year_of(told: Period, day: date) -> Period:
    """Return the calendar year of a day."""
    first, last = day.replace(month=1, day=1), day.replace(month=12, day=31)
    return structs.replace(told, start=first, end=last, relation="during")


def _unknown(found: Found) -> TimeRef:
    return TimeRef(found.start, found.end, VAGUE, Period(), is_base=False, is_day=False)


def _is_same_part(ref: TimeRef, spoken: Period) -> bool:
    """Whether "last year" means the same months of it: "$3 bn in January-May, up from $2 bn last year"."""
    if ref.rule != "year" or not ref.period.start or not spoken.start or not spoken.end:
        return False
    relative = not any(letter.isdigit() for letter in ref.period.text or "")
    part = (spoken.end - spoken.start).days < _YEAR_DAYS or spoken.start.month > 1
    return relative and part and spoken.end.year == ref.period.start.year + 1
