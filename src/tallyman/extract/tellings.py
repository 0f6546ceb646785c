"""Acts of saying: verbs with their subjects, "according to", labels of a dialogue, tails of headlines."""

from __future__ import annotations

import re
from operator import attrgetter
from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from tallyman.extract.mentions import Mention
from tallyman.extract.subjects import Row

if TYPE_CHECKING:
    from tallyman.extract.people import People
    from tallyman.extract.sentences import Reading, Sentence

Kind = Literal["speech", "view", "act", "citing", "relay"]

_VERBS: dict[str, Kind] = {
    "v": "speech",
    "u": "speech",
    "o": "view",
    "t": "act",
    "g": "speech",
    "c": "citing",
}
_VERB = re.compile("[vuotgc]")
# A verb, or the sign behind the speaker of a dialogue.
_SAYS = re.compile("[vuotgc:]")
_AT = attrgetter("at")
_SOURCE_REACH, _AFTER_REACH = 9, 24
_HEAD_SENTENCES, _LONG_FRONT, _RECENT, _LONG_KIND = 3, 16, 8, 4
_ISSUED = re.compile(r"[^,v|.:]{1,9}?c")
_OWNED = re.compile(r"s?[wkxd]{0,3}")
_CLAUSE = re.compile(r"[k#xvot]")
_FINITE = re.compile(r"y|kx|kw{1,2}[z#J]|[DA][wkN]{0,3}x|[tov]")
# Words of a title that stand between a quotation and the name that is all we keep of it.
_UNNAMED = re.compile(r'(?P<quote>[,.]")[wkKNJAOQMIh&]{1,10}$')
_POINTS_TO = {"he": ("person",), "office": ("name", "office"), "it": ("name", "office", "group")}


class Telling(Struct, frozen=True, gc=False):
    """One act of saying: who tells it (nobody for "official data showed"), its verb, and the phrase it takes up.

    A ``trailing`` one stands behind or inside what is told and covers its whole sentence; another covers what
    follows it, one that points ``back`` what stands before its sentence. The ``subject`` is the mention as it
    stands, ``who`` the one it means.
    """

    who: Mention | None
    kind: Kind
    at: int
    start: int
    trailing: bool = False
    subject: Mention | None = None
    passive: bool = False
    back: bool = False


class Tellings:
    """Reads the sentences of a document in order; ``people`` remembers who spoke.

    ``author`` is whose words the whole text is: "Remarks by ..." in its first lines.
    """

    def __init__(self, reading: Reading, people: People) -> None:
        self._reading = reading
        self._people = people
        self.author: Mention | None = None

    def of(self, n: int, sentence: Sentence) -> list[Telling]:
        """Return the tellings of sentence number ``n`` in order, and remember who is in it."""
        mentions = self._people.sentences[n]
        if n < _HEAD_SENTENCES and self.author is None:
            addressed = "address" in self._reading.tokens[sentence.start].values
            self.author = next((m for m in mentions if addressed and m.kind == "person"), None)
        tags = self._people.tags
        if not mentions and _SAYS.search(tags, sentence.start, sentence.end) is None:
            return []
        row = Row(self._reading, tags, mentions, sentence)
        return _Sentence(self._reading, self._people, row, sentence, self.author).tellings()


class _Sentence:
    """One sentence on its way to its tellings."""

    def __init__(
        self, reading: Reading, people: People, row: Row, sentence: Sentence, author: Mention | None
    ) -> None:
        self._tokens = reading.tokens
        self._quoted = reading.quoted
        self._tags = people.tags
        self._people = people
        self._row = row
        self._low, self._end = sentence.start, sentence.end
        self._author = author
        self._found: list[Telling] = []

    def tellings(self) -> list[Telling]:
        """Return all tellings in the order of their verbs."""
        if (label := self._label()) is not None:
            self._found.append(label)
        for verb in _VERB.finditer(self._tags, self._low, self._end):
            telling = self._telling(verb.start())
            if telling is None:
                continue
            self._found.append(telling)
            if telling.who is not None and telling.kind == "speech":
                self._people.heard(telling.who)
            elif telling.who is not None and telling.kind != "relay":
                self._people.seen(telling.who)
        if not self._found or not any(t.who for t in self._found):
            acting = self._row.leading("person", "office")
            self._people.seen(
                *(m for m in acting if not (self._quoted[m.start] or self._tags[m.start - 1] == ":"))
            )
        return sorted(self._found, key=_AT) if len(self._found) > 1 else self._found

    def _telling(self, i: int) -> Telling | None:
        tag = self._tags[i]
        if tag in "gc":
            return self._according(i)
        if tag == "u":
            return self._aside(i)
        as_told = tag == "v" and self._is_as_told(i)
        if self._row.is_passive(i) and not as_told:
            return self._passive(i)
        if i > self._low and self._tags[i - 1] in "ra":
            return None
        if as_told and (teller := self._row.agent(i)) is not None:
            return self._made(teller, i, i, trailing=True)
        inverted = self._row.inverted(i) if tag in "vo" else None
        if inverted is not None and (tag == "v" or (inverted.kind == "person" and inverted.role)):
            return self._made(inverted, i, i, trailing=True)
        subject = self._row.subject(i, near=tag in "ot")
        if subject is None and tag == "v" and self._found and self._tags[i - 1] in "&x,":
            subject = self._found[-1].subject
        return self._made(subject, i, subject.start, trailing=self._trails(i, subject)) if subject else None

    def _is_as_told(self, i: int) -> bool:
        """Whether "as" stands before a verb, or before its adverb: "as previously stated by the minister"."""
        tags = self._tags
        return tags[i - 1] == "j" or (i - 1 > self._low and tags[i - 1] in "xw" and tags[i - 2] == "j")

    def _made(self, subject: Mention, i: int, start: int, *, trailing: bool) -> Telling | None:
        if subject.kind == "data":
            return Telling(
                self._who(self._owner(subject, i if subject.end <= i else self._end)),
                "speech",
                i,
                start,
                trailing,
                subject,
            )
        if subject.kind == "wire" or self._passes_on(subject):
            return Telling(subject, "relay", i, start, trailing, subject)
        who = self._who(subject)
        told = subject.kind in ("person", "title", "he") and self._tags[i + 1 : i + 2] == "y"
        able = told or subject.kind in ("office", "name") or "data_verb" not in self._tokens[i].values
        leads = self._tags[i + 1 : i + 2] == "y" or self._quoted[min(i + 1, self._end - 1)]
        does = who is not None and who.kind == "area" and "deed_verb" in self._tokens[i].values and not leads
        if who is None or not able or does:
            return None
        kind = _VERBS[self._tags[i]]
        decides = who.kind == "area" or (who.kind == "group" and not self._is_crowd(subject))
        promises = "stance" in self._tokens[i].values and self._tags[i + 1 : i + 2] != "y"
        kind = "act" if decides and (kind == "view" or promises) else kind
        kind = "speech" if told and kind == "act" else kind
        return Telling(
            who, kind, i, start, trailing, subject, back=kind == "speech" and self._points_back(i + 1)
        )

    def _passes_on(self, subject: Mention) -> bool:
        """Whether a press office tells what somebody named in the same sentence has said."""
        if not self._found:
            return False
        told = any(t.kind == "speech" and t.who and t.who.kind == "person" for t in self._found)
        return told and any("press_office" in t.values for t in self._tokens[subject.start : subject.end])

    def _points_back(self, i: int) -> bool:
        """Whether "this" is all that is told: "The minister announced this in an interview"."""
        return (
            i + 1 < self._end
            and self._tags[i] == "D"
            and "points_back" in self._tokens[i].values
            and (self._tags[i + 1] in "ra,." or "day_word" in self._tokens[i + 1].values)
        )

    def _aside(self, i: int) -> Telling | None:
        """A participle: it has the subject of the saying before it, or of its clause."""
        main = next((t for t in self._found[: -_RECENT - 1 : -1] if t.who), None)
        if main is not None:
            return Telling(main.who, "speech", i, i, subject=main.subject)
        subject = next((m for m in self._row.leading() if m.end <= i and not m.weak), None)
        if subject is None:
            return None
        who = self._owner(subject, i) if subject.kind == "data" else subject
        return Telling(self._who(who), "speech", i, i, subject=subject)

    def _passive(self, i: int) -> Telling | None:
        """What is "set by the leaders" is theirs; "This was stated by the minister" tells what stands before."""
        agent = self._row.agent(i)
        if agent is None:
            return None
        back = self._tags[i] == "v" and "points_back" in self._tokens[self._low].values
        kind: Kind = "speech" if back else "act"
        return Telling(self._who(agent), kind, i, i, subject=agent, passive=True, back=back)

    def _trails(self, i: int, subject: Mention) -> bool:
        """Whether the telling stands behind what is told, or inside it between commas."""
        tags = self._tags
        start = subject.start - (subject.start > self._low + 1 and tags[subject.start - 1] in "jwD")
        if subject.kind == "data":
            first = max(self._low, start - _LONG_KIND)
            start = first + len(tags[first:start].rstrip("DwxkKR"))
        if (quote := _UNNAMED.search(tags, self._low, start)) is not None:
            start = quote.end("quote")
        before = tags[start - 1] if start > self._low else ""
        if before not in ',"-' or start - self._low <= 1:
            return False
        after = tags[i + 1 : min(i + _AFTER_REACH, self._end)]
        if before == '"' or not after or after[0] in ",.u":
            return True
        if "y" in after.split(",")[0]:
            return False
        if start - self._low <= _LONG_FRONT and not _CLAUSE.search(tags, self._low, start):
            return False
        return not (tags[self._low] in "raujd" and _FINITE.search(after))

    def _is_crowd(self, group: Mention) -> bool:
        """Whether a group is "experts" or "an official", who tell, and not "the two sides", who decide."""
        return not set("X&") & set(self._tags[group.start : group.end])

    def _who(self, mention: Mention | None) -> Mention | None:
        """Whom a subject means: "he" and "the company" first the one its own sentence has named."""
        if mention is None:
            return None
        if mention.definite and mention.kind in _POINTS_TO and not self._found:
            quoted = self._quoted[mention.start]
            named = (
                self._row.joint(m)
                for m in self._row.before(mention.start)
                if self._row.is_free(m) and (quoted or not self._quoted[m.start])
            )
            self._people.seen(*(m for m in named if m.kind in _POINTS_TO[mention.kind] and not m.definite))
        return self._people.whom(mention)

    # ------------------------------------------------------------ sources

    def _according(self, i: int) -> Telling | None:
        """What stands behind "according to" and "citing"; data without an owner are nobody's."""
        if i + 1 < self._end and "him" in self._tokens[i + 1].values:
            last = self._people.speaker()
            return Telling(last, "speech", i, i, trailing=True) if last else None
        kind = _VERBS[self._tags[i]]
        found = self._source(i)
        if found is None:
            return Telling(None, kind, i, i, trailing=True) if kind == "speech" else None
        relays = found.kind == "wire" and self._tags[found.end : found.end + 1] != "Q"
        unsure = (
            kind == "citing" and not found.role and found.kind not in ("office", "group", "title", "data")
        )
        if relays or unsure:
            return None
        if found.kind == "data":
            found = self._owner(found, min(found.end + _SOURCE_REACH, self._end))
        return Telling(self._who(found), kind, i, i, trailing=True, subject=found)

    def _source(self, i: int) -> Mention | None:
        """The phrase that "according to" governs; of data "released by" somebody, that somebody."""
        found = next(self._row.after(i), None)
        if found is not None and found.kind == "area" and self._tags[found.end : found.end + 1] == "s":
            found = next(self._row.after(found.end), None)
        issued = _ISSUED.match(self._tags, i + 1, self._end)
        if issued:
            return next((m for m in self._row.after(issued.end() - 1) if m.start <= issued.end() + 1), found)
        if (
            found is None
            or found.start - i > _SOURCE_REACH
            or set(",v|") & set(self._tags[i + 1 : found.start])
        ):
            return None
        return found

    def _owner(self, data: Mention, high: int) -> Mention | None:
        """Who keeps the data that stand before ``high``; "the data" are those of the office that spoke last."""
        before = next(self._row.before(data.start), None)
        if before is not None and (gap := _OWNED.fullmatch(self._tags, before.end, data.start)):
            owns = before.kind in ("office", "name") or (before.kind in ("person", "title") and "s" in gap[0])
            return before if owns else None
        behind = (
            m
            for m in self._row.after(data.start)
            if m.start < high
            and m.kind in ("office", "name", "person")
            and self._tags[m.end : m.end + 1] != "#"
        )
        return next(behind, self._people.keeper() if data.definite else None)

    # ------------------------------------------------------------ labels

    def _label(self) -> Telling | None:
        """The speaker of a line of dialogue or a headline: "Spokesperson Lin Wei: ...", "... - Kremlin"."""
        tags, low, end = self._tags, self._low, self._end
        first = self._tokens[low].values
        answers = "answer_label" in first
        if (answers or "question_label" in first) and low + 1 < end and tags[low + 1] == ":":
            return Telling(self._author if answers else None, "speech", low, low, trailing=True)
        head, tail = self._row.first(), self._row.last()
        if (
            head is not None
            and head.start == low
            and head.end < end
            and tags[head.end] == ":"
            and tags[head.end + 1 : head.end + 2] != "#"
            and self._speaks(head)
        ):
            return self._labelled(head)
        if (
            tail is not None
            and tail.end == end
            and tail.start - 1 > low
            and tags[tail.start - 1] in "-:"
            and self._speaks(tail)
        ):
            return self._labelled(tail)
        return None

    def _speaks(self, mention: Mention) -> bool:
        if mention.kind == "area":
            return bool(self._tokens[mention.start].values["area"][1] == "metonym")
        return mention.kind not in ("wire", "data", "it") and not mention.weak

    def _labelled(self, mention: Mention) -> Telling:
        who = self._who(mention) or mention
        self._people.heard(who)
        return Telling(who, "speech", mention.end - 1, mention.start, trailing=True, subject=mention)
