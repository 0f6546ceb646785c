"""Acts of saying in a sentence: verbs with their subjects, "according to", labels of a dialogue, tails of headlines."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tallyman.extract.mentions import Mention
    from tallyman.extract.people import People
    from tallyman.extract.sentences import Reading, Sentence

Kind = Literal["speech", "view", "act", "citing", "relay"]

_VERBS: dict[str, Kind] = {"v": "speech", "u": "speech", "o": "view", "t": "act", "g": "speech", "c": "citing"}
_SOURCE_REACH, _AGENT_REACH, _AFTER_REACH = 9, 4, 24
_SHORT_FRONT = 3
_LIGHT = re.compile(r"[xd#rewD,]{0,6}")
_CLOSE = re.compile(r"[xd#re]{0,5}|c[NJAIOK]{1,4}|,[^v|;]{1,24},[xd]{0,3}|,?&?[xd]{0,2}")
_BEHIND = re.compile(r"[.,\"rfed&:|)(Mu]|$")
_WHO = re.compile(r",?e[^v|;,]{0,8}$")
_FREE = ',":;|-()&jyved#xMNKJ'
_OWNED = re.compile(r"s?[wkxd]{0,3}")
_FINITE = re.compile(r"y|[D,][^,]{1,6}x|[xtov]")


class Telling(NamedTuple):
    """One act of saying: who tells it (nobody for "official data showed"), its verb, and the phrase it takes up.

    A ``trailing`` one stands behind or inside what is told and covers its whole sentence; another covers what
    follows it. The ``subject`` is the mention as it stands, ``who`` the one it means.
    """

    who: Mention | None
    kind: Kind
    at: int
    start: int
    trailing: bool = False
    subject: Mention | None = None
    passive: bool = False


class Tellings:
    """Reads the sentences of a document in order; ``people`` remembers who spoke."""

    def __init__(self, reading: Reading, people: People) -> None:
        self._reading = reading
        self._tokens = reading.tokens
        self._tags = people.tags
        self._people = people
        self._row: list[Mention] = []
        self._low = 0
        self._told = False
        self._author: Mention | None = None

    @property
    def author(self) -> Mention | None:
        """Whose words the whole text is: "Remarks by ..." in its first lines."""
        return self._author

    def of(self, n: int, sentence: Sentence) -> list[Telling]:
        """Return the tellings of sentence number ``n`` in the order of their verbs, and remember who is in it."""
        self._row, self._low, self._told = self._people.sentences[n], sentence.start, False
        if n < _SHORT_FRONT and self._author is None:
            self._author = self._addressing(sentence)
        found = [*self._labels(sentence)]
        for i in range(sentence.start, sentence.end):
            if self._tags[i] in _VERBS and (telling := self._telling(i, sentence, found)) is not None:
                found.append(telling)
                self._told = True
                if telling.who is not None and telling.kind != "relay":
                    self._people.heard(telling.who) if telling.kind == "speech" else self._people.seen(telling.who)
        self._see(sentence, found)
        return found

    def _see(self, sentence: Sentence, found: list[Telling]) -> None:
        """Remember the subject of a sentence in which nobody speaks."""
        if any(t.who for t in found):
            return
        subject = next((m for m in self._row if m.kind in ("person", "office") and self._is_free(m, sentence.start)), None)
        if subject is not None:
            self._people.seen(subject)

    def _telling(self, i: int, sentence: Sentence, found: list[Telling]) -> Telling | None:
        tag = self._tags[i]
        if tag in "gc":
            subject, known = self._source(i, sentence)
            return Telling(self._who(subject), _VERBS[tag], i, i, trailing=True, subject=subject) if known else None
        if tag == "u":
            main = next((t for t in reversed(found) if t.who), None)
            subject = main.subject if main else self._main(i, sentence)
            return Telling(main.who if main else self._who(subject), "speech", i, i, subject=subject) if subject else None
        if self._is_passive(i, sentence):
            agent = self._agent(i, sentence)
            return Telling(self._who(agent), "act", i, i, subject=agent, passive=True) if agent else None
        if self._tags[i - 1] == "r" and i > sentence.start:
            return None
        inverted = self._inverted(i, sentence) if tag == "v" else None
        if inverted is not None:
            return self._made(inverted, i, sentence, i, trailing=True)
        subject = self._subject(i, sentence)
        if subject is None:
            joined = tag == "v" and self._tags[i - 1] in "&x," and found and found[-1].subject
            subject = found[-1].subject if joined else None
        if subject is None:
            return None
        return self._made(subject, i, sentence, subject.start, trailing=self._trails(i, subject, sentence))

    def _made(self, subject: Mention, i: int, sentence: Sentence, start: int, *, trailing: bool) -> Telling | None:
        kind = _VERBS[self._tags[i]]
        if subject.kind == "data":
            owner, known = self._owner(subject, sentence, i)
            return Telling(self._who(owner), "speech", i, start, trailing, owner or subject) if known else None
        if subject.kind == "wire":
            return Telling(subject, "relay", i, start, trailing, subject)
        who = self._who(subject)
        if kind == "view" and who is not None and (who.kind == "area" or (who.kind == "group" and not self._is_crowd(subject))):
            kind = "act"
        return Telling(who, kind, i, start, trailing, subject) if who else None

    def _is_crowd(self, group: Mention) -> bool:
        """Whether a group is "experts" or "an official", who tell, and not "the two sides", who decide."""
        return "X" not in self._tags[group.start : group.end] and "&" not in self._tags[group.start : group.end]

    def _who(self, mention: Mention | None) -> Mention | None:
        """Whom a subject means: "he" and "the company" first the one its own sentence has named."""
        if mention is None:
            return None
        kinds = {"he": ("person",), "office": ("name", "office"), "it": ("name", "office")}.get(mention.kind, ())
        if kinds and mention.definite and not self._told:
            for other in self._before(mention.start):
                if other.kind in kinds and self._is_free(other, self._low) and not other.definite:
                    self._people.seen(other)
        return self._people.whom(mention)

    # ------------------------------------------------------------ subjects

    def _before(self, i: int) -> Iterator[Mention]:
        return (m for m in reversed(self._row) if m.end <= i)

    def _subject(self, i: int, sentence: Sentence) -> Mention | None:
        """The subject of the verb at ``i``: the nearest phrase before it that nothing governs."""
        near = self._tags[i] in "ot"
        spare = None
        for mention in self._before(i):
            gap = self._tags[mention.end : i]
            if "|" in gap or ";" in gap or "v" in gap:
                return spare
            if _WHO.match(gap):
                return mention
            if self._is_governed(mention, sentence.start):
                continue
            close = bool(_CLOSE.fullmatch(gap))
            if not close and (near or mention.weak or "," in gap or ":" in gap or '"' in gap):
                if near and not _LIGHT.fullmatch(gap):
                    return None
                continue
            if self._is_free(mention, sentence.start):
                return self._joint(mention, sentence.start)
            spare = spare or (mention if close and not near else None)
        return spare

    def _joint(self, mention: Mention, low: int) -> Mention:
        """Both subjects of "Putin and Xi said", as one mention."""
        if mention.start - 1 <= low or self._tags[mention.start - 1] != "&":
            return mention
        other = next((m for m in self._row if m.end == mention.start - 1), None)
        if other is None or self._is_governed(other, low) or other.kind not in (mention.kind, "title", "person", "name"):
            return mention
        first, last = other, mention
        name = f"{first.name} {self._tokens[mention.start - 1].raw} {last.name}"
        kind = "area" if mention.kind == "area" else "group"
        return mention._replace(start=first.start, name=name, kind=kind, role=None, weak=False)

    def _is_governed(self, mention: Mention, low: int) -> bool:
        before = mention.start - 1
        if before < low:
            return False
        if self._tags[before] == "&":
            other = next((m for m in self._row if m.end == before), None)
            return other is not None and self._is_governed(other, low)
        return self._tags[before] in "rfcgs"

    def _is_free(self, mention: Mention, low: int) -> bool:
        before = mention.start - 1
        if before <= low:
            return True
        free = self._tags[before] in _FREE or (self._tags[before] == "w" and self._tags[before - 1] in _FREE)
        return free and not self._is_governed(mention, low)

    def _main(self, i: int, sentence: Sentence) -> Mention | None:
        """The subject of the clause that a participle belongs to."""
        return next((m for m in self._row if m.end <= i and not m.weak and self._is_free(m, sentence.start)), None)

    def _inverted(self, i: int, sentence: Sentence) -> Mention | None:
        """The subject behind its verb: '"...," said Putin', "..., informed today the ministry"."""
        low = sentence.start
        before = self._tags[i - 1] if i > low else '"'
        if before in "x" and i - 1 > low:
            before = self._tags[i - 2]
        if before not in ',"-)j':
            return None
        behind = next((m for m in self._row if m.start > i), None)
        if behind is None or behind.kind in ("wire", "data") or self._tags[i + 1 : behind.start].strip("dx"):
            return None
        if before == '"' or i == low:
            return behind
        if not _BEHIND.match(self._tags, behind.end) and behind.end < sentence.end:
            return None
        apposed = next(self._before(i), None) if before == "," else None
        if apposed is not None and self._tags[apposed.end] == "," and apposed.end < i - 1:
            return None
        return behind

    def _is_passive(self, i: int, sentence: Sentence) -> bool:
        before = self._tokens[i - 1].values if i > sentence.start else {}
        after = self._tokens[i + 1].values if i + 1 < sentence.end else {}
        return "passive" in before or ("by_word" in after and self._tags[i] in "vot")

    def _agent(self, i: int, sentence: Sentence) -> Mention | None:
        """Who did it in the passive: "as was emphasized by the leaders"."""
        for k in range(i + 1, min(i + _AGENT_REACH, sentence.end)):
            if "by_word" in self._tokens[k].values:
                return next((m for m in self._row if k < m.start <= k + 2), None)
        return None

    # ------------------------------------------------------------ sources

    def _source(self, i: int, sentence: Sentence) -> tuple[Mention | None, bool]:
        """Whom "according to" names, and whether it names a source at all."""
        after = self._tokens[i + 1].values if i + 1 < sentence.end else {}
        if "him" in after:
            last = self._people.last()
            return last, last is not None
        found = next((m for m in self._row if i < m.start), None)
        if found is None or found.start - i > _SOURCE_REACH or set(",v|") & set(self._tags[i + 1 : found.start]):
            return None, self._tags[i] == "g"
        if found.kind == "data":
            return self._owner(found, sentence, min(found.end + _SOURCE_REACH, sentence.end))
        if self._tags[i] == "c" and found.role is None and found.kind not in ("office", "group", "title"):
            return None, False
        if found.kind == "wire" and self._tags[found.end] != "Q":
            return None, False
        return found, True

    def _owner(self, data: Mention, sentence: Sentence, high: int) -> tuple[Mention | None, bool]:
        """Who keeps the data; without an owner "the statement" is that of the last speaker, and data are nobody's."""
        before = next((m for m in self._before(data.start)), None)
        if before is not None and before.start >= sentence.start and _OWNED.fullmatch(self._tags[before.end : data.start]):
            return (before, True) if before.kind in ("office", "name", "person", "title") else (None, True)
        for mention in self._row:
            if data.end < mention.start < high and mention.kind in ("office", "name", "person"):
                return mention, True
        last = self._people.last()
        return (last if data.definite else None), True

    def _trails(self, i: int, subject: Mention, sentence: Sentence) -> bool:
        """Whether the telling stands behind what is told, or inside it between commas."""
        start = subject.start
        start -= start > sentence.start and self._tags[start - 1] == "j"
        before = self._tags[start - 1] if start > sentence.start else ""
        if before not in ',"-' or start - sentence.start <= 1:
            return False
        after = self._tags[i + 1 : min(i + _AFTER_REACH, sentence.end)]
        if before == '"' or not after or after[0] in ',.':
            return True
        if "y" in after.split(",")[0]:
            return False
        fronted = self._tags[sentence.start] in "rujd" or start - sentence.start <= _SHORT_FRONT
        return not (fronted and _FINITE.search(after))

    # ------------------------------------------------------------ labels

    def _addressing(self, sentence: Sentence) -> Mention | None:
        if "address" not in self._tokens[sentence.start].values:
            return None
        return next((m for m in self._row if m.kind == "person"), None)

    def _labels(self, sentence: Sentence) -> Iterator[Telling]:
        """The speaker of a line of dialogue or a headline: "Spokesperson Lin Wei: ...", "... - Kremlin"."""
        tags, low = self._tags, sentence.start
        first = self._tokens[low].values
        if low + 1 < sentence.end and tags[low + 1] == ":" and ("answer_label" in first or "question_label" in first):
            yield Telling(self._author if "answer_label" in first else None, "speech", low, low, trailing=True)
            return
        if not self._row:
            return
        head, tail = self._row[0], self._row[-1]
        if head.start == low and head.end < sentence.end and tags[head.end] == ":" and self._can_label(head):
            yield self._label(head)
        elif tail.end == sentence.end and tail.start - 1 > low and tags[tail.start - 1] in "-:" and self._can_label(tail):
            yield self._label(tail)

    def _can_label(self, mention: Mention) -> bool:
        if mention.kind == "area":
            return self._tokens[mention.start].values["area"][1] == "metonym"
        return mention.kind not in ("wire", "data", "it") and not mention.weak

    def _label(self, mention: Mention) -> Telling:
        who = self._who(mention) or mention
        self._people.heard(who)
        return Telling(who, "speech", mention.end - 1, mention.start, trailing=True, subject=mention)
