"""Who a text names: persons, offices, titles, groups and pronouns, found by the order of kinds of words.

Every token gets one letter for what it can be in a noun phrase; phrases are then found by short, bounded looks
to the left and right of their head. Nothing here knows who is meant: see ``people.py``.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Literal, NamedTuple

from msgspec import Struct, structs

from tallyman.extract.extent import Extent
from tallyman.extract.letters import letters

if TYPE_CHECKING:
    from collections.abc import Container

    from tallyman.extract.sentences import Reading
    from tallyman.lexicon.terms import Token

Kind = Literal["person", "name", "office", "title", "group", "area", "data", "he", "it", "wire"]

_TITLE_CASE = 0.66
_SHORT = 4
_PLAIN_AREAS = frozenset({"name", "capital", "metonym", "group", "city"})
_UNIT = r"(?:i{1,6}|(?:[Pp]{1,2}h?)?[NJ](?:h[NJwpPA]|l|h[Pp]h?[NJ]){0,4}|(?:Ph?){1,2}[NJ]?)"
_LOWER = r"(?<=[DXswkOfAK])[swkXb]"
# Behind a title or an office: "of the Ministry of Trade", "to Russia", "of the two sides", "and Industry".
_TITLE_TAIL = re.compile(
    rf"(?:(?<=[KOR])&[KO]|(?<=[KO])(?:,[NJKO]){{1,3}},?&[NJKO]|(?<=Q)&k|(?<=[KO]),[KO]|(?<=A)&A|[AKO]"
    rf"|[fr][DX]?(?:Q|R(?=[fr])|[NJ](?:[AIKO]|{_LOWER}){{0,4}}|(?:AhA|[AIKO]|[NJQ](?=[KO])|{_LOWER}){{1,5}})){{0,8}}"
)
_TAIL = (
    rf"(?:,[NKJA]){{1,3}},?&[NKJA]{{1,5}}|[&,][KO]|[f&]Q|[AKO]"
    rf"|f[DX]?(?:AhA|[AIKONJ]|{_LOWER}){{1,6}}|r[DX]?[AIKONJ]{{1,6}}"
)
_OFFICE_TAIL = re.compile(rf"(?:{_TAIL}){{0,6}}")
_CAPITAL_TAIL = re.compile(rf"(?:{_TAIL}|(?<=[OKA])[NJ]){{0,6}}")
_NAME = re.compile(rf"{_UNIT}(?:[Pp]?{_UNIT}){{0,5}}")
_ALIAS = re.compile(r"\((?:[NJAIKOi]{1,3}|w)\)")
_HEAD, _HEAD_OR_ALIAS = re.compile("[NJPpiROIBXQHTAK]"), re.compile("[NJPpiROIBXQHTAKw]")
_CHAIN = re.compile(r"[AKJN]{2,6}")
# ", the minister of ports,", ", who is head of customs."; not the next person of a list with a title.
_POST = r'D?[AIOKkJNRMQsw&hbf#x]{0,7}?R(?![NPi])(?:[^,v."R()]|\([NJAIKO]{1,3}\)|R(?![NPi])){0,14}'
_ROLE_BEHIND = re.compile(rf"[,(](?:ex)?(?P<role>{_POST}(?:,{_POST}){{0,2}})(?P<end>[,.)])")
_ROLE_OPEN = re.compile(rf",(?P<role>{_POST})(?P<end>)(?=[xd]{{0,2}}v)")
# ", chairman, Riga Chamber of Ports said".
_ROLE_SEATED = re.compile(rf",(?P<role>{_POST},D?[AIKNJ]{{0,4}}O[f&KkNJAI]{{0,8}})(?P<end>)(?=[xd]{{0,2}}v)")
_SHORT_FORM = re.compile("NM|[NI](?=NN)")
_APPOSITION = re.compile(r",D[AwkxKJN]{1,6},")
_NAME_BEHIND = re.compile(r",R?M*(?=[NJPi])")
_SEATED = re.compile(r"rD?A(?=[xd]{0,3}[vot])")


class Mention(Struct, frozen=True, gc=False):
    """A phrase that can speak, at half-open token positions with its article and titles.

    ``name`` is the name as printed; ``role`` the office that stands beside it. A ``weak`` one is a single unknown
    word, perhaps no person; a ``definite`` one may point back to somebody named before.
    """

    start: int
    end: int
    name: str
    kind: Kind
    role: str | None = None
    weak: bool = False
    definite: bool = False


class Phrases(NamedTuple):
    """The letters of all tokens and the mentions of each sentence; ``aliases`` are short forms given in brackets."""

    tags: str
    sentences: list[list[Mention]]
    aliases: dict[str, str]


@cache
def wires() -> frozenset[str]:
    """Return the names that news agencies go by; they pass on what others say."""
    table = tomllib.loads(files("tallyman").joinpath("read", "agencies.toml").read_text("utf-8"))["agency"]
    return frozenset(name for names in table.values() for name in names) | frozenset(table)


def find(reading: Reading) -> Phrases:
    """Return the phrases of a reading; headlines in capitals use only names that the rest of the text knows."""
    tags = letters(reading)
    finder = _Finder(reading, tags)
    return Phrases(tags, finder.all(), finder.aliases)


class _Finder:
    """Walks the sentences once, and the headlines in capitals a second time with the names of the others.

    A point stands behind the letters of the last token.
    """

    def __init__(self, reading: Reading, tags: str) -> None:
        self._reading = reading
        self._tokens = reading.tokens
        self._tags = tags + "."
        self._extent = Extent(reading, tags)
        self._text = self._extent.text
        self._names: set[str] = set()
        self._heads = _HEAD
        self._wires = wires()
        self.aliases: dict[str, str] = {}

    def all(self) -> list[list[Mention]]:
        """Return the mentions of every sentence in order."""
        sentences = self._reading.sentences
        capital = [_is_headline(self._tokens[s.start : s.end]) for s in sentences]
        found = [[] if up else self._of(s.start, s.end) for s, up in zip(sentences, capital, strict=True)]
        for n, (sentence, up) in enumerate(zip(sentences, capital, strict=True)):
            if up:
                found[n] = self._of(sentence.start, sentence.end, self._names)
        return [
            [m for m in row if not m.weak or self._stands(m, s.start)]
            for row, s in zip(found, sentences, strict=True)
        ]

    def _stands(self, mention: Mention, first: int) -> bool:
        """Whether a weak first word, which may look like a name only because it is the first, is one."""
        if mention.start > first or mention.kind != "name":
            return True
        return mention.name in self._names or self._tags[mention.end] in "vot("

    def _of(self, start: int, end: int, known: Container[str] | None = None) -> list[Mention]:
        found: list[Mention] = []
        tags, i = self._tags, start
        while (head := self._heads.search(tags, i, end)) is not None:
            i = head.start()
            mention = self._at(i, start, end, known)
            if mention is None:
                i += 1
                continue
            if tags[mention.end] == "(":
                mention = self._with_alias(mention, end)
            if found and found[-1].end >= mention.start:
                mention = self._beside(found, mention)
            found.append(mention)
            i = mention.end if mention.end > i else i + 1
        return found

    def _beside(self, found: list[Mention], mention: Mention) -> Mention:
        """Join a mention to those before it that it overlaps, or to the office that it stands right behind."""
        while found and found[-1].end > mention.start:
            other = found.pop()
            if other.start < mention.start and other.end < mention.end:
                mention = _overlapping(other, mention)
        if found and found[-1].end == mention.start and found[-1].kind == "office":
            mention = self._of_office(found, mention)
        return mention

    def _of_office(self, found: list[Mention], mention: Mention) -> Mention:
        """Join a person or an official to the office right before: "an Export Office (EO) official"."""
        office, last = found[-1], self._tags[mention.start - 1]
        if mention.kind == "person" and last == "I":
            found.pop()
            return structs.replace(mention, start=office.start, role=mention.role or office.name)
        if mention.kind == "title" and last == ")":
            found.pop()
            name = self._text(self._extent.bare(office.start), mention.end)
            anyone = "article" in self._tokens[office.start].values
            return Mention(
                office.start, mention.end, name, "group" if anyone else "title", name, definite=not anyone
            )
        return mention

    def _at(self, i: int, start: int, end: int, known: Container[str] | None) -> Mention | None:
        tag = self._tags[i]
        if tag in "NJPpi":
            return self._name(i, start, end, known)
        if tag == "R":
            return self._title(i, start, end, known)
        if tag == "O":
            return None if self._tags[i + 1 : i + 3] == "hw" else self._office(i, start, end)
        if tag in "BX":
            return self._group(i, start, end)
        if tag in "AK":
            return self._area(i, end)
        return self._plain(i, start)

    def _plain(self, i: int, start: int) -> Mention | None:
        """Pronouns, data, institutions known by name, and short forms without capitals."""
        tag, first, word = self._tags[i], self._extent.article(i, start), self._text(i, i + 1)
        if tag in "HT":
            return Mention(i, i + 1, word, "he" if tag == "H" else "it", definite=True)
        if tag == "Q":
            return Mention(first, i + 1, word, "data", definite=self._extent.is_definite(first))
        if tag == "I":
            begin = i
            while begin > start and self._tags[begin - 1] in "NA":
                begin -= 1
            seat = _SEATED.match(self._tags, i + 1)
            last = seat.end() if seat else i + 1
            return Mention(self._extent.article(begin, start), last, self._text(begin, last), "office")
        return Mention(first, i + 1, word, "office") if word in self.aliases else None

    def _area(self, i: int, end: int) -> Mention | None:
        chain = _CHAIN.match(self._tags, i, end) if self._tags[i + 1] in "AKJN" else None
        if chain and self._tags[chain.end()] in "vo,.(Q" and self._spoken_of(i, chain.end()):
            return Mention(i, chain.end(), self._text(i, chain.end()), "office", weak=True)
        area = self._tokens[i].values.get("area")
        if area is None or area[1] not in _PLAIN_AREAS:
            return None
        return Mention(i, i + 1, self._text(i, i + 1), "area", weak=True)

    def _spoken_of(self, start: int, end: int) -> bool:
        return self._tags[end] in "vo(Q" or (start > 0 and self._tags[start - 1] == "g")

    def _name(self, i: int, start: int, end: int, known: Container[str] | None) -> Mention | None:
        tags, match = self._tags, _NAME.match(self._tags, i, end)
        if match is None:
            return None
        written, last = match[0], match.end()
        if not ("N" in written or "P" in written or self._text(i, last) in self.aliases):
            return None
        if tags[last] == "h" and tags[last + 1] == "b":
            return None
        if known is not None:
            while last > i and self._tokens[last - 1].raw not in known:
                last -= 1
            if last == i or self._tokens[i].raw not in known:
                return None
        if last == i + 1 and self._is_surname(i, last, start):
            last += 1
        name = self._text(i, last)
        single = " " not in name
        if self._is_wire(i, last, name):
            return Mention(i, last, name, "wire")
        opens = self._address(i, start)
        leads = opens == start or tags[opens - 1] in ':"-'
        behind = self._apposed(last, end, leads=leads) if tags[last] in ",(" else None
        role = self._role(behind) if behind else None
        weak = single and role is None
        if not weak or i > start:
            self._learn(i, last)
        last = behind.end("role") + (behind["end"] == ")") if behind else last
        return Mention(opens, last, name, "name" if weak else "person", role, weak)

    def _learn(self, start: int, end: int) -> None:
        """Remember the words of a name that are known for nothing else."""
        for k in range(start, end):
            if self._tags[k] in "NJ":
                self._names.add(self._tokens[k].raw)

    def _apposed(self, i: int, end: int, *, leads: bool) -> re.Match[str] | None:
        """The office behind a name; one that no comma closes only where the name ``leads`` its clause."""
        return (
            (_ROLE_SEATED.match(self._tags, i, end) if leads else None)
            or _ROLE_BEHIND.match(self._tags, i, end)
            or (_ROLE_OPEN.match(self._tags, i, end) if leads else None)
        )

    def _is_surname(self, first: int, i: int, start: int) -> bool:
        """Whether the name of a place is a surname here: "Ana Lima said"."""
        area = self._tokens[i].values.get("area") if i < len(self._tokens) else None
        if area is None or area[1] not in _PLAIN_AREAS:
            return False
        if first == start and self._tokens[first].raw not in self._names:
            return False
        titled = first > start and self._tags[first - 1] in "RM"
        return self._tags[i + 1] in "vot,&" or (titled and self._tags[i + 1] != "s")

    def _address(self, i: int, start: int) -> int:
        while i > start and self._tags[i - 1] == "M":
            i -= 1
        return i

    def _is_wire(self, start: int, end: int, name: str) -> bool:
        return (
            name in self._wires
            or self._tokens[start].raw in self._wires
            or "outlet_noun" in self._tokens[end - 1].values
            or (self._tags[end] == "," and self._is_paper(end))
        )

    def _is_paper(self, i: int) -> bool:
        """Whether an apposition calls a name an outlet: ", a financial daily,"."""
        phrase = _APPOSITION.match(self._tags, i)
        return phrase is not None and self._reading.spots.any(*phrase.span(), "outlet_noun")

    def _role(self, behind: re.Match[str]) -> str:
        """The office in an apposition: ", the Kremlin spokesman,"."""
        first, last = behind.span("role")
        first += self._tags[first] == "D"
        return self._text(first, last)

    def _title(self, i: int, start: int, end: int, known: Container[str] | None) -> Mention | None:
        """A title with the name it belongs to, or alone; none in "official data"."""
        if self._tags[i + 1] == "Q" or (self._tags[i + 1] == "o" and self._tags[i - 1] in "gc"):
            return None
        last = self._extent.behind(_TITLE_TAIL, i + 1, end)
        first = self._extent.left(i, start)
        role = self._text(self._extent.bare(first), last)
        at = last
        alias = _ALIAS.match(self._tags, at, end)
        at = alias.end() if alias else at
        behind = _NAME_BEHIND.match(self._tags, at, end)
        if behind:
            at = behind.end()
        while self._tags[at] in "M-" and at < end:
            at += 1
        short = _SHORT_FORM.match(self._tags, at, end)
        at = short.end() if short and self._tokens[at].raw.isupper() else at
        person = self._name(at, start, end, known) if at < end and self._tags[at] in "NJPi" else None
        if person is not None and (not behind or (person.end == end or self._tags[person.end] in ",vo.")):
            self._names.update(person.name.split())
            return Mention(first, person.end, person.name, "person", role)
        anyone = "article" in self._tokens[first].values
        return Mention(first, last, role, "group" if anyone else "title", role, definite=not anyone)

    def _office(self, i: int, start: int, end: int) -> Mention:
        """An institution with the words that name it; "the ministry" alone points back."""
        capital = self._tokens[i].raw[0].isupper()
        first, last = (
            self._extent.left(i, start),
            self._extent.behind(_CAPITAL_TAIL if capital else _OFFICE_TAIL, i + 1, end),
        )
        bare = self._extent.bare(first)
        owner = self._tags.rfind("s", bare, i)
        bare = owner + 1 if owner >= 0 and not self._tokens[owner - 1].raw[0].isupper() else bare
        name = self._text(bare, last)
        called = None if capital else self._called(last, end)
        if called is not None:
            self.aliases.setdefault(self._text(max(owner + 1, bare), last), self._text(last, called))
            name, last = self._text(last, called), called
        if name in self._wires or "outlet_noun" in self._tokens[i].values:
            return Mention(first, last, name, "wire")
        return Mention(
            first, last, name, "office", definite=self._extent.is_definite(first) and called is None
        )

    def _called(self, i: int, end: int) -> int | None:
        """The end of the name right behind an office: "the statistics office Destatis"."""
        if self._tags[i] == "I":
            return i + 1
        named = _NAME.match(self._tags, i, end)
        return named.end() if named and "N" in named[0] else None

    def _group(self, i: int, start: int, end: int) -> Mention:
        first = self._extent.left(i, start) if self._tags[i] == "B" else i
        last = i + 1
        while self._tags[i] == "X" and last < min(end, i + _SHORT) and self._party(last):
            last += 1
        if self._tags[i] == "B" or last > i + 1:
            last = self._extent.behind(_TITLE_TAIL, last, end)
        return Mention(first, last, self._text(self._extent.bare(first), last), "group")

    def _party(self, i: int) -> bool:
        return self._tags[i] in "RBOX" or "country_noun" in self._tokens[i].values

    def _with_alias(self, mention: Mention, end: int) -> Mention:
        match = _ALIAS.match(self._tags, mention.end, end)
        if match is None or mention.kind not in ("office", "person", "name", "title"):
            return mention
        alias = self._text(match.start() + 1, match.end() - 1)
        if mention.kind == "title":
            return structs.replace(mention, end=match.end())
        if len(alias) == 1 or (mention.kind != "office" and not alias.isupper()):
            return mention
        self.aliases.setdefault(alias, mention.name)
        self._heads = _HEAD_OR_ALIAS if alias.islower() else self._heads
        return structs.replace(mention, end=match.end(), kind="office", weak=False, definite=False)


def _overlapping(first: Mention, second: Mention) -> Mention:
    """One of two mentions that share words: the person with the office before or with one title more behind."""
    if first.kind == "office" and second.kind == "person" and second.role:
        return structs.replace(second, start=first.start)
    if first.kind == "person" and first.role and second.kind == "title":
        return structs.replace(first, end=second.end)
    return second


def _is_headline(tokens: list[Token]) -> bool:
    """Whether a line is a headline whose words all begin with capitals."""
    if "." in (tokens[-1].raw, tokens[-2:][0].raw) or "address" in tokens[0].values:
        return False
    words = [t.raw for t in tokens if t.raw[0].isalpha() and len(t.raw) >= _SHORT]
    return len(words) >= _SHORT and sum(w[0].isupper() for w in words) > _TITLE_CASE * len(words)
