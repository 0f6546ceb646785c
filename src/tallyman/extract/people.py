"""Who is meant: full names for surnames and short forms, and whom "he", "the ministry", "the minister" point to."""

from __future__ import annotations

import re
from collections import Counter, defaultdict, deque
from itertools import islice
from typing import TYPE_CHECKING

from msgspec import structs

from tallyman.extract import mentions, places

if TYPE_CHECKING:
    from collections.abc import Collection

    from tallyman.extract.mentions import Mention
    from tallyman.extract.sentences import Reading

_ANYBODY, _MANY, _EQUAL = "any", "many", "counterpart"
_MEMORY = 24
_NAMED = frozenset({"person", "name"})
# Titles with what hangs on them: "envoy of the president" is an envoy.
_TITLES = re.compile(r"R(?:[fr]D?[AKOJNb]{0,3}R)*")


class People:
    """The persons and offices of one document, remembered in the order in which they are heard.

    ``sentences`` holds the mentions of each sentence under their fullest names. ``heard`` tells who spoke,
    ``seen`` who was named; ``whom`` then resolves what points back.
    """

    def __init__(self, reading: Reading) -> None:
        """Find all mentions of a reading and join those of one person or office."""
        self._reading = reading
        self._tokens = reading.tokens
        phrases = mentions.find(reading)
        self.tags = phrases.tags
        self._full = _full_names(phrases.sentences)
        self._aliases = phrases.aliases
        offices = (m for row in phrases.sentences for m in row if m.kind == "office")
        self._initials = {self._initials_of(m): m.name for m in offices}
        self._roles: dict[str, str] = {}
        short = self._aliases.keys() | self._initials.keys()
        self.sentences = [
            [self._named(m) if m.kind in _NAMED or m.name in short else m for m in row]
            for row in phrases.sentences
        ]
        self._titles: dict[str, str] = {}
        self._holders: dict[str, dict[str, None]] = defaultdict(dict)
        self._areas: dict[str, set[str]] = defaultdict(set)
        self._natives: dict[str, dict[str, None]] = defaultdict(dict)
        for mention in (m for row in self.sentences for m in row if m.kind == "person" and m.role):
            held = self._titles.setdefault(mention.name, self._office_of(mention))
            self._holders[held][mention.name] = None
            for area in self._areas_of(mention):
                self._areas[mention.name].add(area)
                self._natives[area][mention.name] = None
        self._spoke: deque[Mention] = deque(maxlen=_MEMORY)
        self._alone = True
        self._person: Mention | None = None
        self._office: Mention | None = None
        self._group: Mention | None = None

    def _named(self, mention: Mention) -> Mention:
        name = self._aliases.get(mention.name)
        if name is None and mention.weak:
            name = self._initials.get(mention.name)
        if name is not None:
            return structs.replace(mention, name=name, kind="office", weak=False, definite=False)
        if mention.kind not in _NAMED:
            return mention
        words = mention.name.split()
        full = self._full.get(words[-1]) or self._full.get(words[0])
        known = full is not None and (
            full == mention.name or set(words) <= {*full.split(), full.rpartition("-")[2]}
        )
        name = full if full is not None and known else mention.name
        if mention.role is not None:
            self._roles.setdefault(name, mention.role)
        role = mention.role or self._roles.get(name)
        if known:
            return structs.replace(mention, name=name, kind="person", role=role, weak=False)
        return mention if role == mention.role else structs.replace(mention, role=role)

    def _initials_of(self, office: Mention) -> str:
        """The capitals of the words of an office without those of its owner, as its short form is made."""
        first = self.tags.rfind("s", office.start, office.end) + 1 or office.start
        words = [word for i in range(first, office.end) for word in self._tokens[i].raw.split()]
        return "".join(word[0] for word in words if word[0].isupper())

    def _office_of(self, mention: Mention) -> str:
        """The last title before a name, the first behind it: what "the minister" must agree with."""
        titles = [m.start() for m in _TITLES.finditer(self.tags, mention.start, mention.end)]
        if not titles:
            return (mention.role or "").casefold()
        head = titles[0 if self.tags[mention.start] in "NJPi" else -1]
        value = self._tokens[head].values["role"]
        return value if isinstance(value, str) else self._tokens[head].norm

    def _areas_of(self, mention: Mention) -> set[str]:
        return {p.code for p in places.named(self._reading, mention.start, mention.end) if p.code}

    def _may_hold(self, person: str, title: Mention) -> bool:
        """Whether nothing speaks against it: "the Turkish president" is no president of Russia."""
        ours, theirs = self._areas_of(title), self._areas[person]
        return not (ours and theirs) or bool(ours & theirs)

    def seen(self, *mentions: Mention) -> None:
        """Note those who act in the text without speaking, the most likely one first."""
        for mention in reversed(mentions):
            if mention.kind == "person":
                self._person = mention
            elif mention.kind in ("office", "name"):
                self._office = mention
            elif mention.kind in ("group", "area"):
                self._group = mention

    def heard(self, mention: Mention) -> None:
        """Note somebody who speaks."""
        self.seen(mention)
        somebody = mention.kind == "group" and "R" in self.tags[mention.start : mention.end]
        if somebody or mention.kind in ("name", "title"):
            self._person = mention
        if self._alone and mention.kind == "person":
            self._alone = next((m for m in self._spoke if m.kind == "person"), mention).name == mention.name
        self._spoke.append(mention)

    def whom(self, mention: Mention) -> Mention | None:
        """Return the person, office or group that a mention stands for; itself where it stands for itself.

        "he" and "it" are nobody before somebody was named; a title without a known holder is its own name.
        """
        if mention.kind == "he":
            return self._at(mention, self._person)
        if mention.kind == "it":
            return self._at(mention, self._it(mention))
        if mention.kind == "title" and mention.definite:
            return self._at(mention, self._holder(mention)) or mention
        if mention.kind == "office" and (mention.definite or mention.name.islower()):
            meant = self._same_office(mention) if mention.definite else self._called(mention)
            return self._at(mention, meant) or mention
        return mention

    def last(self) -> Mention | None:
        """Return who spoke last."""
        return self._spoke[-1] if self._spoke else None

    def speaker(self) -> Mention | None:
        """Return the person who spoke last, else whoever did."""
        return next((m for m in reversed(self._spoke) if m.kind == "person"), self.last())

    def keeper(self) -> Mention | None:
        """Return whose "the data" are: the last office to speak, else whoever spoke last."""
        return next((m for m in reversed(self._spoke) if m.kind in ("office", "name")), self.last())

    def _at(self, mention: Mention, meant: Mention | None) -> Mention | None:
        return structs.replace(meant, start=mention.start, end=mention.end) if meant else None

    def _it(self, mention: Mention) -> Mention | None:
        if self._tokens[mention.start].values["it_they"] == _MANY:
            return self._group
        last = self.last()
        return last if last is not None and last.kind in ("office", "name") else self._office

    def _holder(self, title: Mention) -> Mention | None:
        """Whoever has the title: the last to speak first, then anybody in the text."""
        wanted = self._office_of(title)
        spoke = [m for m in reversed(self._spoke) if m.kind == "person" and self._may_hold(m.name, title)]
        if wanted == _ANYBODY:
            return spoke[0] if spoke else self._countryman(title)
        for person in spoke:
            if _agrees(self._titles.get(person.name, ""), wanted):
                return person
        holding = self._holding(wanted)
        known = self._only(holding, title) or (self._equal(title) if holding else None)
        if known is not None:
            return known
        untitled = next((p for p in spoke if p.name not in self._titles), None)
        if untitled is None:
            return spoke[0] if self._alone and self.tags[title.start] == "D" and spoke else None
        self._holders[wanted][untitled.name] = None
        return untitled

    def _only(self, names: Collection[str], title: Mention) -> Mention | None:
        """The one among a few names that a title can mean."""
        fit = [name for name in names if self._may_hold(name, title)] if len(names) <= _MEMORY else []
        return (
            structs.replace(title, name=fit[0], kind="person", role=self._roles.get(fit[0]))
            if len(fit) == 1
            else None
        )

    def _countryman(self, title: Mention) -> Mention | None:
        """The one person with a title of that area: "the Vietnamese diplomat"; else the last one named."""
        areas = self._areas_of(title)
        natives = {name for area in areas for name in self._natives[area]}
        return self._only(natives, title) if areas else self._person

    def _equal(self, title: Mention) -> Mention | None:
        """The one counterpart of that area: "the Russian president" after "his Russian counterpart Vladimir Putin"."""
        areas = self._areas_of(title)
        return self._only(
            [name for name in self._holders.get(_EQUAL, ()) if self._areas[name] & areas], title
        )

    def holder(self, title: Mention) -> Mention:
        """Return whom the whole text gives a title that was told before the name, or the title itself."""
        return self._only(self._holding(self._office_of(title)), title) or title

    def _holding(self, wanted: str) -> set[str]:
        """Return those who have a title, or one that it can be short for."""
        return {
            name
            for held, names in self._holders.items()
            if _agrees(held, wanted) or _agrees(wanted, held)
            for name in islice(names, _MEMORY)
        }

    def _same_office(self, mention: Mention) -> Mention | None:
        """The office named before with the same head: "the ministry" after "the Finance Ministry"."""
        same = self._called(mention)
        again = "same" in self._tokens[mention.start + 1].values
        if same is not None or not mention.name.islower() or (" " in mention.name and not again):
            return same
        last = next((m for m in reversed(self._spoke) if m.kind in ("office", "name")), None)
        return last or self._office

    def _called(self, mention: Mention) -> Mention | None:
        """The office named before whose name holds the words of this one: "ministry data"."""
        words = set(mention.name.casefold().split())
        offices = (m for m in reversed(self._spoke) if m.kind in ("office", "name"))
        return next((m for m in offices if words <= set(m.name.casefold().split())), None)


def _agrees(held: str, wanted: str) -> bool:
    """Whether "minister" can be short for "trade minister" or "minister of trade"."""
    return held == wanted or held.endswith(f" {wanted}") or held.startswith(f"{wanted} ")


def _full_names(sentences: list[list[Mention]]) -> dict[str, str]:
    """The full name that each first or last name of the text belongs to: with a title, used often, and long."""
    named = [m for row in sentences for m in row if m.kind == "person" and " " in m.name]
    used = Counter(m.name for m in named)
    titled = {m.name for m in named if m.role}
    full: dict[str, str] = {}
    for name in sorted(used, key=lambda name: (name in titled, used[name], len(name)), reverse=True):
        words = name.split()
        for word in (words[-1], words[0], words[-1].rpartition("-")[2]):
            held = full.setdefault(word, name)
            if set(held.split()) < set(words) and name in titled:
                full[word] = name
        for word in words[1:-1]:
            full.setdefault(word, name)
    return full
