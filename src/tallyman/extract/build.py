"""From a figure and all that is known of it to a claim, with the words and rules that decided each field."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import structs

from tallyman import __version__
from tallyman.extract import based, compared, dating, moods, outlook
from tallyman.extract.bases import is_base
from tallyman.extract.schedule import BASE_RULE
from tallyman.ids import content_id
from tallyman.model import Attribution, Claim, Comparison, Cue, Origin

if TYPE_CHECKING:
    from tallyman.extract.moods import Mood
    from tallyman.extract.scene import Found, Scene
    from tallyman.extract.speakers import Voice
    from tallyman.model import Modality, Period, Quantity

_EXTRACTOR = "tallyman.extract"
_TRUST = (0.97, 0.9, 0.83, 0.76)


def claims(scene: Scene, found: Found) -> list[Claim]:
    """Return the claims that a figure makes: one, or the fact and the target that it reports as reached."""
    sentence = scene.sentences[found.n]
    mood = moods.mood(scene.reading, found.start, found.end, sentence)
    if found.is_base:
        if outlook.is_called(scene.tokens, mood, found.start, found.end):
            return [_claim(scene, found._replace(ref=None), mood, mood.modality)]
        found = found._replace(ref=based.base_ref(scene, found, mood))
        return [_claim(scene, found, moods.Mood("actual"), "actual", rule=BASE_RULE)]
    mood = outlook.agreed(mood, found.measure.indicator, found.part.role)
    if (
        found.ref is not None
        and mood.modality == "actual"
        and dating.is_anothers(scene, found, found.ref, mood)
    ):
        found = found._replace(ref=None)
    if found.ref is not None:
        estimated = outlook.is_estimate(scene.reading.spots, found.start, sentence)
        day, month = scene.document.published_on, found.ref.rule == "month"
        mood = outlook.in_time(mood, found.ref.period, day, named=month, estimated=estimated)
    made = [_claim(scene, found, mood, mood.modality)]
    if mood.met and found.quantity is not None:
        made.append(_claim(scene, found, moods.Mood("target", mood.target, met=True), "target"))
    return made


def _claim(scene: Scene, found: Found, mood: Mood, modality: Modality, rule: str | None = None) -> Claim:
    sentence, document = scene.sentences[found.n], scene.document
    voice = scene.voice(found.n, found.start)
    period = dating.period(scene, found, modality, mood)
    anchor = scene.anchor(found.start, found.end)
    return Claim(
        id=content_id("clm", document.id, anchor.start, anchor.end, found.part.role, modality),
        document_id=document.id,
        path=document.path,
        anchor=anchor,
        clause=scene.anchor(sentence.start, sentence.end),
        quantity=_quantity(scene, found, mood, modality),
        role=found.part.role,
        measure=found.measure,
        period=period,
        modality=modality,
        deadline=period.end if modality != "actual" and period.relation in ("by", "until") else None,
        comparison=_comparison(scene, found, period),
        attribution=_attribution(scene, voice),
        said_on=voice.said_on,
        negated=mood.negated,
        confidence=_confidence(found),
        cues=_cues(scene, found, mood, voice, modality),
        origin=Origin(
            extractor=_EXTRACTOR, version=__version__, rule=rule or f"{found.part.role}/{modality}"
        ),
    )


def _quantity(scene: Scene, found: Found, mood: Mood, modality: Modality) -> Quantity | None:
    q = found.quantity
    if q is None or found.amount is None or q.bound != "exact" or modality != "actual":
        return q
    passed = outlook.is_mark_reached(scene.tokens, found.amount, scene.sentences[found.n])
    return structs.replace(q, bound="at_least") if mood.met or passed else q


def _comparison(scene: Scene, found: Found, period: Period) -> Comparison | None:
    if found.amount is None:
        since = found.base.period.start if found.base is not None else None
        return Comparison(base_start=since) if since is not None else None
    held = compared.comparison(found.part, found.amount, period, found.base, scene.tokens)
    if held is None or found.part.role != "multiple":
        return held
    sentence = scene.sentences[found.n]
    levels = [a for a in scene.amounts[found.n] if a.kind == "money" and is_base(scene.tokens, a, sentence)]
    return structs.replace(held, base="level", base_value=levels[0].quantity.value) if levels else held


def _attribution(scene: Scene, voice: Voice) -> Attribution:
    holder = voice.holder.name if voice.holder else None
    if voice.speaker is None:
        return Attribution(holder=holder)
    return Attribution(
        speaker=voice.speaker.name,
        speaker_role=voice.speaker.role,
        holder=holder,
        relayed_by=voice.relay or scene.document.agency,
        manner=voice.manner,
    )


def _cues(scene: Scene, found: Found, mood: Mood, voice: Voice, modality: Modality) -> tuple[Cue, ...]:
    spots: list[tuple[str, str, int, int]] = []
    if found.flow is not None:
        spots.append(("measure", f"flow/{found.flow.indicator}", found.flow.start, found.flow.end))
    if found.ref is not None:
        spots.append(("period", found.ref.rule, found.ref.start, found.ref.end))
    spots += _bound_cue(scene, found, mood, modality)
    if mood.cue is not None:
        spots.append(("modality", mood.modality, mood.cue, mood.cue + 1))
    if found.part.cue is not None:
        spots.append(("role", found.part.role, found.part.cue, found.part.cue + 1))
    if found.part.role == "rank":
        spots.append(("role", found.kind, found.start, found.end))
    if voice.cue is not None:
        spots.append(("speaker", voice.manner, voice.cue, voice.cue + 1))
    return tuple(Cue(field=f, rule=r, anchor=scene.anchor(a, b)) for f, r, a, b in spots)


def _bound_cue(scene: Scene, found: Found, mood: Mood, modality: Modality) -> list[tuple[str, str, int, int]]:
    """The words that bound a figure: a hedge, one from below ("nearly"), or a mark that was crossed."""
    amount, q = found.amount, found.quantity
    if amount is None or q is None:
        return []
    start, end = amount.hedge or (found.start, found.end)
    passed = mood.met or outlook.is_mark_reached(scene.tokens, amount, scene.sentences[found.n])
    if passed and modality == "actual" and q.bound in ("exact", "at_least"):
        return [("bound", "crossing", start, end)]
    if amount.hedge is None:
        return []
    below = q.bound == "about" and "from_below" in scene.tokens[start].values
    return [("bound", "below" if below else q.bound, start, end)]


def _confidence(found: Found) -> float:
    """A rough order of trust: less for a figure without a flow, a flow without areas, a claim without a time."""
    doubts = (found.flow is None, found.flow is not None and not found.flow.placed, found.ref is None)
    return _TRUST[sum(doubts)]
