"""Who says a figure: the voice at a token, from the acts of saying in its sentence and around it."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, NamedTuple

from tallyman.extract.people import People
from tallyman.extract.tellings import Telling, Tellings

if TYPE_CHECKING:
    from datetime import date

    from tallyman.extract.mentions import Mention
    from tallyman.extract.periods import TimeRef
    from tallyman.extract.sentences import Reading, Sentence
    from tallyman.model import Manner

_QUOTE_SENTENCES, _CARRY_SENTENCES = 8, 4
_ADJUNCT = 16
_FRONT = 4


class Voice(NamedTuple):
    """Who says it: speaker, holder, the agency that relays, manner, and the day it was said if the text gives one."""

    speaker: Mention | None = None
    holder: Mention | None = None
    manner: Manner = "none"
    said_on: date | None = None
    cue: int | None = None
    relay: str | None = None


class _When(NamedTuple):
    """What the words beside a telling say of its day; ``day`` is ``None`` for "last March"."""

    day: date | None


class Speakers:
    """The voices of a document.

    ``voice`` answers for a token of a sentence: the outermost teller is the speaker, the one whose target or
    opinion is told is the holder. Nobody is named for the narrator's own sentences.
    """

    def __init__(self, reading: Reading, refs: list[TimeRef], published: date | None) -> None:
        """Read all acts of saying once, in order."""
        self._reading = reading
        self._published = published
        self._people = People(reading)
        self._tags = self._people.tags
        self._refs = sorted(refs, key=lambda ref: ref.start)
        self._starts = [ref.start for ref in self._refs]
        self._last_day: date | None = None
        self._day_of: dict[str, date] = {}
        self._when: dict[int, _When] = {}
        reader = Tellings(reading, self._people)
        self._tellings = [self._read(reader, n, s) for n, s in enumerate(reading.sentences)]
        self._author = reader.author

    @property
    def people(self) -> People:
        """The persons and offices of the document."""
        return self._people

    def _read(self, reader: Tellings, n: int, sentence: Sentence) -> list[Telling]:
        found = reader.of(n, sentence)
        for telling in found:
            self._date(telling, sentence)
        return found

    # ------------------------------------------------------------ voices

    def voice(self, n: int, at: int) -> Voice:
        """Return the voice at token ``at`` of sentence number ``n``."""
        quoted = self._reading.quoted[at]
        own = self._segment(n, at)
        relay = next((t.subject.name for t in own if t.kind == "relay" and t.subject), None)
        said = [t for t in own if t.kind == "speech"]
        outer = _outer(said, at, self._tags)
        if outer is None and not said:
            cited = [t for t in own if t.kind == "citing"]
            views = [t for t in own if t.kind == "view" and (t.at < at or t.trailing)]
            outer = next(iter(cited), None) or (views[-1] if views else None) or self._around(n, quoted=quoted)
        holder = self._holder(own, at, outer)
        if outer is None or outer.who is None:
            return Voice(holder=holder, relay=relay)
        manner: Manner = "direct" if quoted else "indirect"
        return Voice(outer.who, holder, manner, self._said_on(outer), outer.at, relay)

    def _segment(self, n: int, at: int) -> list[Telling]:
        """The tellings of the part of the sentence between semicolons that holds ``at``, or of all of it."""
        start, end, _ = self._reading.sentences[n]
        row = self._tellings[n]
        low, high = self._tags.rfind("|", start, at), self._tags.find("|", at, end)
        if low < 0 and high < 0:
            return row
        return [t for t in row if low < t.at < (high if high >= 0 else end)] or row

    def _holder(self, own: list[Telling], at: int, outer: Telling | None) -> Mention | None:
        """Whose decision or opinion it is, where that is not the speaker."""
        speaker = outer.who if outer else None
        for telling in reversed(own):
            who = telling.who
            if telling.kind not in ("act", "view") or who is None or (speaker and who.name == speaker.name):
                continue
            if telling is outer or (who.kind == "area" and speaker is None and " " not in who.name):
                continue
            if (telling.at < at and not telling.passive and self._reaches(telling.at, at)) or (telling.at > at and self._names(telling, at)):
                return who
        return None

    def _reaches(self, verb: int, at: int) -> bool:
        return not set(",|;v") & set(self._tags[verb + 1 : at])

    def _names(self, telling: Telling, at: int) -> bool:
        """Whether a telling behind a figure is about it: "$200 billion, which the leaders had set", "set by us"."""
        gap = self._tags[at : telling.start]
        if telling.passive:
            return not set("|;v") & set(gap)
        return gap.endswith(("e", "y")) and not set("|;v") & set(gap) and gap.count(",") <= 1

    # ------------------------------------------------------------ sentences without a telling

    def _around(self, n: int, *, quoted: bool) -> Telling | None:
        """The telling that covers a sentence without one: forward for quotations, else that of its paragraph."""
        sentences = self._reading.sentences
        paragraph = sentences[n].paragraph
        if quoted:
            for k in range(n + 1, min(n + _QUOTE_SENTENCES, len(sentences))):
                said = [t for t in self._tellings[k] if t.kind == "speech"]
                if sentences[k].paragraph != paragraph:
                    break
                if said:
                    if said[0].trailing or any(self._reading.quoted[sentences[k].start : said[0].start]):
                        return said[0]
                    break
        for k in range(n - 1, max(n - _CARRY_SENTENCES, 0) - 1, -1):
            same = sentences[k].paragraph == paragraph
            if not same and not quoted:
                break
            if said := [t for t in self._tellings[k] if t.kind in ("speech", "citing") and (quoted or not _is_crowd(t))]:
                return next((t for t in said if t.trailing), said[0])
        return Telling(self._author, "speech", 0, 0) if self._author else None

    # ------------------------------------------------------------ days

    def _said_on(self, telling: Telling) -> date | None:
        when = self._when.get(telling.at)
        if when is not None:
            return when.day
        return self._day_of.get(telling.who.name if telling.who else "", self._published)

    def _date(self, telling: Telling, sentence: Sentence) -> None:
        """Note the day that the words beside a telling give, for it and for its speaker."""
        when = self._stated(telling, sentence)
        if when is None or telling.who is None:
            return
        self._when[telling.at] = when
        if when.day is not None and telling.kind == "speech":
            self._last_day = when.day
            self._day_of.setdefault(telling.who.name, when.day)

    def _stated(self, telling: Telling, sentence: Sentence) -> _When | None:
        spans = self._adjuncts(telling, sentence)
        tokens = self._reading.tokens
        past = False
        for low, high in spans:
            if any("same_day" in t.values for t in tokens[low:high]) and self._last_day:
                return _When(self._last_day)
            past = past or any("said_before" in t.values for t in tokens[low:high])
            for k in range(bisect_left(self._starts, low), bisect_left(self._starts, high)):
                ref = self._refs[k]
                day = ref.period.start
                if ref.is_day and day is not None:
                    return _When(day) if self._published is None or day <= self._published else None
                past = past or self._is_past(ref)
        return _When(None) if past else None

    def _is_past(self, ref: TimeRef) -> bool:
        end = ref.period.end
        return not ref.is_day and not ref.is_base and end is not None and self._published is not None and end < self._published

    def _adjuncts(self, telling: Telling, sentence: Sentence) -> list[tuple[int, int]]:
        """Where the words stand that say when it was said: behind the verb, before it, in front of the sentence."""
        verb, subject, tags = telling.at, telling.subject, self._tags
        end = min(verb + _ADJUNCT, sentence.end)
        stop = next((k for k in range(verb + 1, end) if tags[k] in 'y,|"ov'), end)
        if not telling.trailing and (stop >= sentence.end or tags[stop] != "y"):
            stop = min(verb + 3, stop)
        spans = [(verb + 1, stop)]
        if subject is not None and subject.end <= verb:
            spans.append((subject.end, verb))
            front = min(subject.start, sentence.start + _ADJUNCT)
            if not telling.trailing and "k" not in tags[sentence.start : front]:
                spans.append((sentence.start, front))
        return spans


def _is_crowd(telling: Telling) -> bool:
    return telling.who is not None and telling.who.kind == "group"


def _outer(said: list[Telling], at: int, tags: str) -> Telling | None:
    """The outermost telling that covers a token: one behind it, else the first before it since a clause broke off."""
    behind = next((t for t in said if t.trailing and t.start > at), None)
    if behind is not None:
        return behind
    before = [t for t in said if t.at < at and t.start <= at]
    outer = before[0] if before else None
    for telling in before[1:]:
        if outer is not None and ";" in tags[outer.at : telling.start]:
            outer = telling
    return outer
