"""Who says a figure: the voice at a token, from the acts of saying in its sentence and around it."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, NamedTuple

from msgspec import structs

from tallyman.extract.people import People
from tallyman.extract.said_on import SaidOn
from tallyman.extract.tellings import Telling, Tellings

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from tallyman.extract.mentions import Mention
    from tallyman.extract.periods import TimeRef
    from tallyman.extract.sentences import Reading, Sentence
    from tallyman.model import Manner

_QUOTE_SENTENCES, _CARRY_SENTENCES = 8, 4
_SCOPE, _RELATIVE = 200, 8


class Voice(NamedTuple):
    """Who says it: speaker, holder, the agency that relays, manner, and the day it was said if the text gives one."""

    speaker: Mention | None = None
    holder: Mention | None = None
    manner: Manner = "none"
    said_on: date | None = None
    cue: int | None = None
    relay: str | None = None


class Speakers:
    """The voices of a document.

    ``voice`` answers for a token of a sentence: the outermost teller is the speaker, the one whose target or
    opinion is told is the holder. Nobody is named for the narrator's own sentences.
    """

    def __init__(self, reading: Reading, refs: Sequence[TimeRef], published: date | None) -> None:
        """Read all acts of saying once, in order."""
        self._reading = reading
        people = People(reading)
        self._tags = people.tags
        self._days = SaidOn(reading, people.tags, refs, published)
        reader = Tellings(reading, people)
        self._tellings: list[list[Telling]] = []
        for n, sentence in enumerate(reading.sentences):
            found = reader.of(n, sentence)
            self._tellings.append(found)
            for telling in found:
                self._days.note(telling, sentence, people.sentences[n])
        self._tellings = [
            [_named(t, t.who, people) if t.who and t.who.kind == "title" else t for t in row]
            for row in self._tellings
        ]
        self._author = Telling(reader.author, "speech", 0, 0) if reader.author else None

    def voice(self, n: int, at: int) -> Voice:
        """Return the voice at token ``at`` of sentence number ``n``."""
        quoted = self._reading.quoted[at]
        own = self._near(n, at)
        outer = self._outer(own, n, at, quoted=quoted)
        holder = self._holder(own, at, outer)
        relay = next((t.subject.name for t in own if t.kind == "relay" and t.subject), None)
        if outer is None or outer.who is None:
            return Voice(holder=holder, relay=relay)
        manner: Manner = "direct" if quoted else "indirect"
        return Voice(outer.who, holder, manner, self._days.day(outer), outer.at, relay)

    def _near(self, n: int, at: int) -> list[Telling]:
        """The tellings of a sentence around a token: between its semicolons, if any stand there."""
        sentence = self._reading.sentences[n]
        row = self._tellings[n]
        start, end = sentence.start, sentence.end
        low, high = max(start, at - _SCOPE), min(end, at + _SCOPE)
        row = row[bisect_left(row, low, key=_verb) : bisect_left(row, high, key=_verb)]
        left, right = self._tags.rfind("|", low, at), self._tags.find("|", at, high)
        if left < 0 and right < 0:
            return row
        part = [t for t in row if left < t.at < (right if right >= 0 else end)]
        return part if any(t.kind != "relay" for t in part) else row

    def _outer(self, own: list[Telling], n: int, at: int, *, quoted: bool) -> Telling | None:
        """The outermost telling: in the sentence (for a quotation, outside of it), then around the sentence."""
        speech = [t for t in own if t.kind == "speech"]
        said = [t for t in speech if not (quoted and self._reading.quoted[t.at])]
        outer = self._covering(said, at)
        if outer is None and self._author is None:
            outer = next((t for t in reversed(own) if t.kind == "view" and (t.at < at or t.trailing)), None)
        if outer is not None or said:
            return outer
        cited = next((t for t in own if t.kind == "citing"), None)
        left_open = next((t for t in speech if t.trailing and t.start > at and t.who and t.who.role), None)
        return cited or left_open or self._around(n, quoted=quoted) or self._covering(speech, at)

    def _covering(self, said: list[Telling], at: int) -> Telling | None:
        """The telling behind a token, else the first before it since the clause broke off."""
        behind = next((t for t in said if t.trailing and t.start > at), None)
        if behind is not None:
            return behind
        outer = None
        for telling in said:
            if (
                telling.at < at
                and telling.start <= at
                and (outer is None or self._takes_over(outer, telling))
            ):
                outer = telling
        return outer

    def _takes_over(self, outer: Telling, telling: Telling) -> bool:
        """Whether a telling is not told by the one before it.

        Its clause broke off, it stands between commas, or a paper of an office tells what somebody named said.
        """
        if ";" in self._tags[outer.at : telling.start]:
            return True
        if telling.trailing:
            return not outer.trailing and self._tags[telling.at + 1 : telling.at + 2] == ","
        office = self._tags[outer.at] == "g" and outer.who is not None and outer.who.kind == "office"
        return office and telling.who is not None and telling.who.kind in ("person", "name")

    # ------------------------------------------------------------ holders

    def _holder(self, own: list[Telling], at: int, outer: Telling | None) -> Mention | None:
        """Whose decision, opinion or words they are, where those are not the speaker's."""
        speaker = outer.who.name if outer and outer.who else None
        for telling in reversed(own):
            who = telling.who
            if who is None or who.name == speaker or telling is outer or telling.kind in ("relay", "citing"):
                continue
            if (telling.kind == "speech" and outer is None) or (who.kind == "area" and speaker is None):
                continue
            if self._is_about(telling, at):
                return who
        return None

    def _is_about(self, telling: Telling, at: int) -> bool:
        """Whether a decision is about a figure: before it in one clause, or "$200 billion, which the leaders set"."""
        if telling.at < at:
            return not telling.passive and not set(",|;v") & set(self._tags[telling.at + 1 : at])
        gap = self._tags[at : telling.start]
        if telling.kind == "speech" or set("|;v") & set(gap):
            return False
        return telling.passive or (gap.endswith(("e", "y")) and len(gap) <= _RELATIVE and "&" not in gap)

    # ------------------------------------------------------------ sentences without a telling

    def _around(self, n: int, *, quoted: bool) -> Telling | None:
        """The telling that covers a sentence without one: forward for quotations, else that of its paragraph."""
        ahead = self._ahead(n, quoted=quoted)
        if ahead is not None:
            return ahead
        sentences = self._reading.sentences
        for k in range(n - 1, max(n - _CARRY_SENTENCES, 0) - 1, -1):
            if sentences[k].paragraph != sentences[n].paragraph and not quoted:
                break
            main = _main(self._tellings[k], self._reading.quoted)
            if main is not None and (quoted or self._goes_beyond(main)):
                return main
        return self._author

    def _goes_beyond(self, main: Telling) -> bool:
        """Whether what somebody tells can go on in the next sentence.

        A source named by the way does not, nor do "the two sides", nor anybody whom a speech quotes.
        """
        if self._author is not None or main.kind == "citing":
            return False
        return main.who is None or main.who.kind != "group"

    def _ahead(self, n: int, *, quoted: bool) -> Telling | None:
        """The telling behind a quotation that goes on, or "This was stated by the president"."""
        sentences = self._reading.sentences
        for k in range(n + 1, min(n + _QUOTE_SENTENCES, len(sentences))):
            said = next((t for t in self._tellings[k] if t.kind == "speech"), None)
            if said is not None and said.back:
                return said if sentences[k].paragraph == sentences[n].paragraph else None
            if not self._goes_on(sentences[k - 1], sentences[k], quoted=quoted):
                return None
            if said is not None:
                ends = said.trailing or (
                    quoted and any(self._reading.quoted[sentences[k].start : said.start])
                )
                return said if ends and (quoted or self._is_personal(n, k)) else None
        return None

    def _is_personal(self, first: int, last: int) -> bool:
        """Whether somebody speaks of themselves in some sentences: "we", "our"."""
        sentences = self._reading.sentences
        return self._reading.spots.any(sentences[first].start, sentences[last].end, "personal")

    def _goes_on(self, sentence: Sentence, after: Sentence, *, quoted: bool) -> bool:
        """Whether words can go on in the next sentence: in their paragraph, or a quotation left open."""
        last = sentence.end - 1
        is_open = quoted and self._reading.quoted[last] and self._tags[last] != '"'
        return is_open or sentence.paragraph == after.paragraph


def _named(telling: Telling, title: Mention, people: People) -> Telling:
    """The telling with the name that the text gives a title only later: "the envoy" of a headline."""
    return structs.replace(telling, who=people.holder(title))


def _verb(telling: Telling) -> int:
    return telling.at


def _main(row: list[Telling], quoted: list[bool]) -> Telling | None:
    """The telling that the sentences behind go on with: the outermost one, outside of quotations."""
    if not row:
        return None
    said = [t for t in row if t.kind in ("speech", "citing")]
    said = [t for t in said if not quoted[t.at]] or said
    return next((t for t in said if t.trailing), said[0] if said else None)
