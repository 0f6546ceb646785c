"""Who says a sentence: verbs of saying with their subjects, quotations over several sentences, "according to"."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tallyman.extract.people import Mention, People

if TYPE_CHECKING:
    from datetime import date

    from tallyman.extract.periods import TimeRef
    from tallyman.extract.sentences import Reading, Sentence
    from tallyman.model import Manner

_DAY_REACH = 8
_INVERTED_REACH = 3
_TAIL_TOKENS = 14


class Telling(NamedTuple):
    """One act of saying: the mention that speaks and the token of its verb; ``trailing`` closes a sentence."""

    who: Mention
    at: int
    trailing: bool
    stance: bool = False


class Voice(NamedTuple):
    """The voice of a sentence: speaker, holder, the manner, and the day it was said if the text gives one."""

    speaker: Mention | None = None
    holder: Mention | None = None
    manner: Manner = "none"
    said_on: date | None = None
    cue: int | None = None


class Speakers:
    """The voices of a document, sentence by sentence."""

    def __init__(self, reading: Reading, refs: list[TimeRef], published: date | None) -> None:
        """Read all acts of saying once; ``voice`` answers for a token of a sentence."""
        self._reading = reading
        self._people = People(reading)
        self._published = published
        self._days = {ref.start: ref for ref in refs if ref.is_day}
        self._last: Mention | None = None
        self._day_of: dict[str, date] = {}
        self._last_day: date | None = None
        self._tellings = [self._tell(s) for s in reading.sentences]

    @property
    def people(self) -> People:
        """The persons and offices of the document."""
        return self._people

    def voice(self, n: int, at: int) -> Voice:
        """Return the voice at token ``at`` of sentence number ``n``."""
        own = self._tellings[n]
        quoted = self._reading.quoted[at]
        if own:
            return self._voiced(own, at, quoted=quoted)
        telling = self._neighbour(n, quoted=quoted)
        if telling is None:
            return Voice()
        return self._voice_of(telling, None, quoted=quoted)

    def _voiced(self, tellings: list[Telling], at: int, *, quoted: bool) -> Voice:
        said = [t for t in tellings if not t.stance]
        outer = next((t for t in said if t.trailing and t.at > at), None)
        before = [t for t in said if t.at < at]
        if outer is None:
            outer = before[0] if before else said[0] if said else None
        stances = [t for t in tellings if t.at < at and (outer is None or t.who.name != outer.who.name)]
        inner = stances[-1] if stances else None
        if outer is None:
            outer, inner = inner, None
        if outer is None:
            return Voice()
        return self._voice_of(outer, inner, quoted=quoted)

    def _voice_of(self, telling: Telling, inner: Telling | None, *, quoted: bool) -> Voice:
        day = self._day_of.get(telling.who.name) or self._published
        return Voice(telling.who, inner.who if inner else None, "direct" if quoted else "indirect", day, telling.at)

    def _neighbour(self, n: int, *, quoted: bool) -> Telling | None:
        """The telling that covers a sentence without one: in its paragraph, forward for quotations."""
        sentences = self._reading.sentences
        paragraph = sentences[n].paragraph
        if quoted:
            for k in range(n + 1, len(sentences)):
                if sentences[k].paragraph != paragraph:
                    break
                if found := [t for t in self._tellings[k] if not t.stance]:
                    return found[-1] if found[-1].trailing or self._closes(sentences[k], found[0]) else None
        for k in range(n - 1, -1, -1):
            found = [t for t in self._tellings[k] if not t.stance]
            same = sentences[k].paragraph == paragraph
            if found and (same or (quoted and k >= n - 2)):
                return found[-1]
            if not same and not quoted:
                break
            if k < n - 3:  # noqa: PLR2004
                break
        return None

    def _closes(self, sentence: Sentence, telling: Telling) -> bool:
        return any(self._reading.quoted[sentence.start : telling.at])

    def _tell(self, sentence: Sentence) -> list[Telling]:
        tokens = self._reading.tokens
        found = []
        for i in range(sentence.start, sentence.end):
            values = tokens[i].values
            speech, stance = "speech" in values, "stance" in values
            if not speech and not stance and "according" not in values:
                continue
            who = self._source(i, sentence) if "according" in values else self._subject(i, sentence, inverted=speech)
            if who is None:
                continue
            trailing = (speech or "according" in values) and self._trails(i, who, sentence)
            telling = Telling(who, i, trailing, stance and not speech)
            found.append(telling)
            if not telling.stance:
                self._last = who
                self._note_day(i, who, sentence)
        return found

    def _trails(self, i: int, who: Mention, sentence: Sentence) -> bool:
        """Whether the telling stands after what is told: after a comma or a closing quotation mark."""
        start = min(i, who.start)
        k = start - 1
        while k > sentence.start and self._reading.tokens[k].raw.isalpha() and start - k < _TAIL_TOKENS:
            k -= 1
        mark = self._reading.tokens[k].norm if k > sentence.start else ""
        return mark in (",", '"', "'") and k - sentence.start > _INVERTED_REACH

    def _subject(self, i: int, sentence: Sentence, *, inverted: bool) -> Mention | None:
        tokens = self._reading.tokens
        if inverted and i > sentence.start and tokens[i - 1].norm in (",", '"', "'"):
            after = self._people.between(i + 1, min(i + 1 + _TAIL_TOKENS, sentence.end))
            if after and self._only_titles(i + 1, after[0].start):
                return after[0]
        previous = tokens[i - 1].values if i > sentence.start else {}
        two_back = tokens[i - 2].values if i - 1 > sentence.start else {}
        if "he" in previous or "it_they" in previous or ("he" in two_back and not previous.get("speech")):
            return self._last
        for mention in reversed(self._people.between(sentence.start, i)):
            if not any("clause_break" in t.values or t.raw == ";" for t in tokens[mention.end : i]):
                return mention if self._governs(mention, i, sentence) else None
        return self._last if "he" in previous else None

    def _only_titles(self, start: int, end: int) -> bool:
        return all(
            "role" in t.values or "area" in t.values or "determiner" in t.values or "genitive" in t.values
            or "possessive" in t.values or "number_joiner" in t.values or t.raw[0].isupper() or "office" in t.values
            for t in self._reading.tokens[start:end]
        )

    def _governs(self, mention: Mention, i: int, sentence: Sentence) -> bool:
        """Whether a mention is the subject of the verb at ``i``: no preposition before it, nothing else between."""
        tokens = self._reading.tokens
        before = mention.start - 1
        while before > sentence.start and ("role" in tokens[before].values or "area" in tokens[before].values or "determiner" in tokens[before].values):
            before -= 1
        if before >= sentence.start and any(name in tokens[before].values for name in ("with_word", "to_word", "by_word")):
            return False
        return True

    def _source(self, i: int, sentence: Sentence) -> Mention | None:
        found = self._people.between(i + 1, min(i + 1 + _TAIL_TOKENS, sentence.end))
        if found and not any(t.raw == "," for t in self._reading.tokens[i + 1 : found[0].start]):
            return found[0]
        after = self._reading.tokens[i + 1] if i + 1 < sentence.end else None
        return self._last if after is not None and after.norm in ("him", "her") else None

    def _note_day(self, i: int, who: Mention, sentence: Sentence) -> None:
        tokens = self._reading.tokens
        for k in range(max(sentence.start, i - _DAY_REACH), min(sentence.end, i + _DAY_REACH)):
            if "same_day" in tokens[k].values and self._last_day:
                self._day_of.setdefault(who.name, self._last_day)
            ref = self._days.get(k)
            day = ref.period.start if ref else None
            if day and (self._published is None or day <= self._published):
                self._day_of.setdefault(who.name, day)
                self._last_day = day
                return
