"""The period of a claim: the time its words give, the time the text goes on about, or none."""

from __future__ import annotations

from bisect import bisect_left
from itertools import pairwise, takewhile
from typing import TYPE_CHECKING

from msgspec import structs

from tallyman.extract import outlook
from tallyman.extract.against import is_held_against
from tallyman.extract.asides import sets_flows_off
from tallyman.extract.based import base_ref, follows_base, is_range, year_of
from tallyman.extract.bases import is_base
from tallyman.extract.calendar import shift_years
from tallyman.extract.scene import is_right_before
from tallyman.extract.stretches import behind
from tallyman.extract.times import VAGUE
from tallyman.model import Period

if TYPE_CHECKING:
    from tallyman.extract.moods import Mood
    from tallyman.extract.periods import TimeRef
    from tallyman.extract.scene import Found, Scene
    from tallyman.lexicon.terms import Token
    from tallyman.model import Modality

_SET = frozenset({"past_cue", "speech"})
_STOCKS = frozenset({"investment", "contract"})
_STRETCH = "within_units"
_AHEAD_REACH, _ANNUAL_REACH, _YEAR_DAYS, _AWAITED_REACH = 12, 15, 360, 10
_MONTH_DAYS, _UNEVEN, _RECENT = 31, 3, 75
_SENTENCES, _PARAGRAPHS, _SET_REACH, _RANK_REACH, _CLAUSE, _BESIDE = 4, 6, 3, 6, 5, 4
_HABIT_REACH, _MET_REACH, _NAMED, _MISSED = 3, 2, 2, 6


def period(scene: Scene, found: Found, modality: Modality, mood: Mood) -> Period:
    """Return the period of a figure said in a mood; empty where the text gives no evidence."""
    ref = _when_met(scene, found, mood) if mood.met and modality == "actual" else found.ref
    if ref is not None and (ref.rule == VAGUE or not (ref.period.start or ref.period.end or ref.is_base)):
        return Period(text=ref.period.text)
    ahead = _ahead(scene, found)
    if modality == "forecast" and ahead is not None and (ref is None or ahead > found.end):
        return Period(relation="before", text=scene.anchor(ahead, ahead + 1).exact)
    if ref is not None and modality != "actual" and _dates_the_setting(scene, found, ref, mood):
        ref = _coming(scene, found)
    elif ref is not None and modality == "target" and ref.end <= found.start:
        ref = _aimed_for(scene, found) or ref
    if ref is None and modality in ("target", "forecast"):
        ref = _coming(scene, found)
    if ref is not None and ref.is_base:
        ref = base_ref(scene, found, mood)
    if ref is not None:
        if is_range(scene, ref) and ref.period.end and follows_base(scene, found):
            return year_of(ref.period, ref.period.end)
        told = (_part_told(scene, ref) if modality == "actual" else None) or _since_set(scene, found, ref)
        return told if told.start or told.end else Period(text=told.text)
    counted = modality == "actual" or _was_awaited(scene, found, mood)
    if counted and found.amount is not None and not mood.negated:
        return _gone_on(scene, found)
    ranked = modality == "actual" and found.amount is None and _has_figure(scene, found)
    return (scene.state.period if ranked else None) or Period()


def _when_met(scene: Scene, found: Found, mood: Mood) -> TimeRef | None:
    """The time behind the verb that tells of a target met: "$2 bn by 2008, but the target was reached in 2006"."""
    cue = mood.cue or 0
    k = bisect_left(scene.refs, cue, key=lambda ref: ref.start)
    ref = scene.refs[k] if k < len(scene.refs) else None
    if cue < found.end or ref is None or ref.is_day or not ref.period.start:
        return found.ref
    near = ref.start - cue <= _MET_REACH and ref.start < scene.sentences[found.n].end
    return ref if near else found.ref


def _gone_on(scene: Scene, found: Found) -> Period:
    """What the text goes on about, else the time that its own sentence tells at the end."""
    goes_on, spare = _goes_on(scene, found), found.spare
    spoken = _beside_base(scene, found, scene.spoken_of(found.n) or Period()) if goes_on else Period()
    if spare is None or spoken.start or spoken.end or (not goes_on and _is_rate(scene, found)):
        return spoken
    return spare.period


def _has_figure(scene: Scene, found: Found) -> bool:
    """Whether a rank has its figure, and so its time, beside it: "became the largest partner with $5 billion"."""
    if scene.state.sentence != found.n:
        return False
    if any(0 < found.start - a.end < _BESIDE for a in scene.amounts[found.n]):
        return True
    behind = next((a.start for a in scene.amounts[found.n] if a.start >= found.end), found.end)
    words = scene.tokens[found.end : min(behind, found.end + _RANK_REACH)]
    return any("with_word" in t.values for t in words)


def _beside_base(scene: Scene, found: Found, spoken: Period) -> Period:
    """What the text goes on about, unless a growth is held against a month: then that month a year later, or none.

    What is held against the quarter before is of a quarter.
    """
    base, published = found.base, scene.document.published_on
    if base is not None and base.rule == "month_before" and spoken.start and spoken.end:
        first, last = behind((base.period.start, base.period.end)) if base.period.start else (None, None)
        if first and last and abs((last - first) - (spoken.end - spoken.start)).days > _UNEVEN:
            return structs.replace(spoken, start=first, end=last)
    if (
        base is None
        or base.rule != "month"
        or not (base.period.start and base.period.end)
        or not spoken.start
    ):
        return spoken
    if spoken.end and (spoken.end - spoken.start).days <= _MONTH_DAYS:
        return spoken
    start, end = shift_years((base.period.start, base.period.end), 1)
    recent = published is not None and end is not None and 0 < (published - end).days <= _RECENT
    return Period(start=start, end=end, relation="during") if recent else Period()


def is_anothers(scene: Scene, found: Found, ref: TimeRef, mood: Mood) -> bool:
    """Whether a deadline ahead belongs to another figure: "stood at $1 bn; it will cross $2 bn by May".

    A fact told has no time ahead: "for the feast next year, it raised its imports to $1 bn", "fell in two years".
    """
    published, end = scene.document.published_on, ref.period.end
    if published and ref.period.start and ref.period.start > published and ref.end <= found.start:
        return any({"past_cue", "past_verb"} & t.values.keys() for t in scene.tokens[ref.end : found.start])
    if ref.rule == _STRETCH:
        return outlook.is_told(scene.tokens, mood, found.start)
    if ref.period.relation != "by" or published is None or end is None or end <= published:
        return False
    if 0 <= ref.start - found.end <= 1:
        return False
    return outlook.is_told(scene.tokens, mood, found.start) or _is_parted(scene, found, ref)


def _is_parted(scene: Scene, found: Found, ref: TimeRef) -> bool:
    """Whether another clause with a figure stands before a time; "to double trade to $2 bn by May" is one clause."""
    other = next((a for a in scene.amounts[found.n] if found.end <= a.start < ref.start), None)
    between = scene.tokens[found.end : other.start] if other else []
    return any(
        {"clause_break", "range_and", "that_word"} & t.values.keys() or t.raw in ",;:" for t in between
    )


def _coming(scene: Scene, found: Found) -> TimeRef | None:
    """The first time behind a figure that lies ahead of the report: "in May 2021 to double trade by 2030"."""
    published, sentence = scene.document.published_on, scene.sentences[found.n]
    first = bisect_left(scene.refs, found.end, key=lambda ref: ref.start)
    for ref in takewhile(lambda ref: ref.start < sentence.end, scene.refs[first:]):
        due = ref.period.relation == "by"
        if (due or not ref.is_day) and ref.period.end and not _dates_base(scene, found, ref):
            ahead = published is None or ref.period.end > published
            return ref if ahead or due else None
    return None


def _dates_base(scene: Scene, found: Found, ref: TimeRef) -> bool:
    """Whether a time belongs to what a target starts from: "to $5 bn from $2 bn in 2022"."""
    before = next((a for a in scene.amounts[found.n] if a.end <= ref.start <= a.end + 1), None)
    return before is not None and is_base(scene.tokens, before, scene.sentences[found.n])


def _aimed_for(scene: Scene, found: Found) -> TimeRef | None:
    """The time that a target is for, told right behind it: "jumped in 2008, near the $25 billion set for 2010"."""
    ref = _coming(scene, found)
    near = ref is not None and ref.start - found.end <= _SET_REACH
    return ref if ref and near and "target_for" in scene.tokens[ref.start - 1].values else None


def _since_set(scene: Scene, found: Found, ref: TimeRef) -> Period:
    """Count "within five years" from the day that the sentence gives for the promise, else from the report."""
    published, sentence = scene.document.published_on, scene.sentences[found.n]
    if ref.rule != "within_units" or published is None or ref.period.start is None or ref.period.end is None:
        return ref.period
    for past in scene.refs:
        start = past.period.start
        if any(0 <= past.start - a.end <= 1 for a in scene.amounts[found.n]):
            continue
        if sentence.start <= past.start < ref.start and start and start.year < published.year:
            first, last = shift_years((ref.period.start, ref.period.end), start.year - published.year)
            return structs.replace(ref.period, start=first, end=last)
    return ref.period


def _part_told(scene: Scene, ref: TimeRef) -> Period | None:
    """The part of a year not over that the text speaks of: "in January-May it rose to $3 bn in 2024".

    Or the months that end there: "in the five months to May it rose, to $3 bn by end-May"; of a year if none are told.
    """
    spoken, published, whole = scene.state.period, scene.document.published_on, ref.period
    if whole.relation == "by" and spoken is not None and spoken.start and spoken.end == whole.end:
        return spoken
    if ref.rule == "month" and whole.start and _counts_to_end(scene, ref):
        return structs.replace(whole, start=whole.start.replace(month=1), relation="during")
    if ref.rule != "year" or published is None or spoken is None or whole.relation != "during":
        return None
    if not (spoken.start and spoken.end and whole.start and whole.end) or whole.end <= published:
        return None
    inside = whole.start <= spoken.start and spoken.end <= published and spoken.end < whole.end
    return spoken if inside else None


def _counts_to_end(scene: Scene, ref: TimeRef) -> bool:
    """Whether what is told was counted up to a month's end: "by the end of May", "until May", but not "by May"."""
    until = ref.period.relation == "until"
    ends = ref.period.relation == "by" and any(
        "part_of_year" in t.values for t in scene.tokens[ref.start : ref.end]
    )
    return until or ends


def _dates_the_setting(scene: Scene, found: Found, ref: TimeRef, mood: Mood) -> bool:
    """Whether a past date beside a target is the day it was set or met, not the day it is for."""
    if ref.period.relation == "since":
        return True
    if ref.period.relation != "during" or (_was_foreseen(scene, mood) and ref.start >= found.end):
        return False
    if mood.modality == "target" and _was_awaited(scene, found, mood):
        return False
    if mood.met and ref.start < found.start:
        return True
    published = scene.document.published_on
    if published is None and ref.end <= found.start:
        return any(_SET & t.values.keys() for t in scene.tokens[ref.end : found.start])
    over = published is not None and ref.period.end is not None and ref.period.end < published
    return over and "target_for" not in scene.tokens[ref.start - 1].values


def _was_foreseen(scene: Scene, mood: Mood) -> bool:
    """Whether a figure is what somebody expected of a time now past."""
    cue = mood.cue if mood.modality == "forecast" else None
    return cue is not None and "past_forecast" in scene.tokens[cue].values


def _was_awaited(scene: Scene, found: Found, mood: Mood) -> bool:
    """Whether a figure is what somebody had foreseen of the time told of: "worse than the $5 billion expected".

    So is a target that was missed.
    """
    if mood.cue is None or mood.modality not in ("forecast", "target"):
        return False
    before = scene.tokens[mood.cue - 1].values
    if mood.modality == "target":
        if scene.reading.spots.any(
            max(scene.sentences[found.n].start, found.start - _MISSED), found.start, "missed"
        ):
            return True
        named = mood.cue < found.start and "num" not in before
        return named and any("compared" in t.values for t in scene.tokens[mood.cue - _NAMED : mood.cue])
    first = scene.sentences[found.n].start
    if "said_before" in before:
        return "past_forecast" in scene.tokens[mood.cue].values
    if "threshold" in scene.tokens[mood.cue - 1 - ("determiner" in before)].values:
        return True
    return any(
        "compared" in scene.tokens[k].values and not sets_flows_off(scene.tokens, k, first, found.start)
        for k in range(max(first, found.start - _AWAITED_REACH), found.start)
    )


def _goes_on(scene: Scene, found: Found) -> bool:
    """Whether a figure goes on about the time of the one before it; investments and contracts start anew."""
    state = scene.state
    gap = scene.sentences[found.n].paragraph - state.paragraph
    before = state.measure.indicator if state.measure else None
    stock = found.measure.indicator in _STOCKS and found.measure.indicator != before
    return (
        not stock
        and not _is_rate(scene, found)
        and found.n - state.sentence <= _SENTENCES
        and gap <= _PARAGRAPHS
        and not _has_moved_on(scene, found)
    )


def _has_moved_on(scene: Scene, found: Found) -> bool:
    """Whether the text has named another time since the last figure: "It rose back last year. Exports grew ..."."""
    spoken, state = scene.state.period, scene.state
    if spoken is None or found.n - state.sentence <= 1:
        return False
    first, last = (
        bisect_left(scene.refs, at, key=lambda ref: ref.start)
        for at in (scene.sentences[state.sentence].end, scene.sentences[found.n].start)
    )
    return any(
        not (ref.is_day or ref.is_base or is_held_against(scene.tokens, ref))
        and ref.period.start is not None
        and (ref.period.start, ref.period.end) != (spoken.start, spoken.end)
        and not is_right_before(spoken, ref.period)
        for ref in scene.refs[first:last]
    )


def _is_rate(scene: Scene, found: Found) -> bool:
    """Whether a figure holds for any year: "13 billion dollars a year", "annual trade is 13 billion"."""
    if _is_habit(scene, found):
        return True
    if found.quantity is None or found.part.role != "level":
        return False
    sentence = scene.sentences[found.n]
    if _is_yearly(scene.tokens[found.end : min(found.end + _CLAUSE, sentence.end)]):
        return True
    spoken = scene.state.period
    short = (
        spoken is not None and spoken.start and spoken.end and (spoken.end - spoken.start).days < _YEAR_DAYS
    )
    before = scene.tokens[max(sentence.start, found.start - _ANNUAL_REACH) : found.start]
    yearly = any("annual" in t.values and "move" not in u.values for t, u in pairwise(before))
    return bool(short) and yearly


def _is_habit(scene: Scene, found: Found) -> bool:
    """Whether a share is what it is whenever: "it buys a tenth of its gas there"."""
    if found.part.role != "share":
        return False
    first = max(scene.sentences[found.n].start, found.start - _HABIT_REACH)
    usual = any("usually" in t.values for t in scene.tokens[first : found.start])
    flow = found.flow if found.flow and found.flow.verb else None
    return usual or (flow is not None and "habit" in scene.tokens[flow.start].values)


def _is_yearly(behind: list[Token]) -> bool:
    """Whether a figure's own words say that it is one of every year: "$5 bn a year", "of goods annually"."""
    for token in behind:
        if "per_period" in token.values:
            return True
        if token.raw in ",.;" or {"num", "clause_break", "range_and", "move"} & token.values.keys():
            return False
    return False


def _ahead(scene: Scene, found: Found) -> int | None:
    sentence = scene.sentences[found.n]
    first, last = max(sentence.start, found.start - _AHEAD_REACH), min(sentence.end, found.end + _AHEAD_REACH)
    return next(iter(scene.reading.spots.between(first, last, "ahead")), None)
