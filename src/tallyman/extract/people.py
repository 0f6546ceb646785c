"""Persons and offices named in a text: full names for surnames, and the roles that stand beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from tallyman.extract.sentences import Reading
    from tallyman.lexicon.terms import Token

_LONGEST_NAME, _LONGEST_ROLE = 5, 12
_NOT_A_NAME = frozenset(
    {"area", "month", "weekday", "role", "speech", "office", "relation", "determiner", "he", "it_they", "flow", "according",
     "abbreviation", "nothing", "currency", "clause_break", "hedge", "personal", "to_word", "with_word", "from_word", "move"}
)


class Mention(NamedTuple):
    """A person or office at half-open token positions, under its fullest name in the text."""

    start: int
    end: int
    name: str
    role: str | None
    person: bool


class People:
    """Who is who in one document."""

    def __init__(self, reading: Reading) -> None:
        """Collect the names of a reading; later surnames resolve to the first full name."""
        self._reading = reading
        self._full: dict[str, str] = {}
        self._roles: dict[str, str] = {}
        self.mentions: list[Mention] = []
        for sentence in reading.sentences:
            self._collect(sentence.start, sentence.end)
        self.mentions = [self._resolved(m) for m in self.mentions]

    def between(self, start: int, end: int) -> list[Mention]:
        """Return the mentions that begin between two tokens."""
        return [m for m in self.mentions if start <= m.start < end]

    def _collect(self, start: int, end: int) -> None:
        tokens = self._reading.tokens
        i = start
        while i < end:
            stop = _name_end(tokens, i, start, end)
            if stop > i:
                role = _role_before(self._reading, i, start) or _role_after(self._reading, stop, end)
                self._add(Mention(i, stop, _text(self._reading, i, stop), role, person=True))
                i = stop
                continue
            if (office := _office(self._reading, i, start, end)) is not None:
                self.mentions.append(office)
                i = office.end
                continue
            i += 1

    def _add(self, mention: Mention) -> None:
        self.mentions.append(mention)
        words = mention.name.split()
        if len(words) > 1:
            for word in (words[-1], words[0]):
                self._full.setdefault(word, mention.name)
        if mention.role:
            self._roles.setdefault(mention.name, mention.role)

    def _resolved(self, mention: Mention) -> Mention:
        if not mention.person:
            return mention
        name = self._full.get(mention.name, mention.name) if " " not in mention.name else mention.name
        return mention._replace(name=name, role=mention.role or self._roles.get(name))


def _text(reading: Reading, start: int, end: int) -> str:
    return reading.text[reading.tokens[start].start : reading.tokens[end - 1].end]


def _is_name_word(token: Token) -> bool:
    return token.raw[0].isupper() and token.raw[0].isalpha() and not (_NOT_A_NAME & token.values.keys()) and " " not in token.raw


def _name_end(tokens: list[Token], i: int, start: int, end: int) -> int:
    """The end of the name that begins at token ``i``, or ``i`` where none does."""
    if not _is_name_word(tokens[i]) or (i == start and tokens[i].values):
        return i
    if tokens[i].kind != "A" and not (i > start and "role" in tokens[i - 1].values):
        return i
    j = i + 1
    while j < end and j - i < _LONGEST_NAME:
        token = tokens[j]
        glued = token.start == tokens[j - 1].end
        if _is_name_word(token) and not (token.raw.isupper() and len(token.raw) > 3 and not tokens[i].raw.isupper()):  # noqa: PLR2004
            j += 1
        elif "particle" in token.values and j + 1 < end and tokens[j + 1].raw[0].isupper() and (glued or token.raw.isalpha()):
            j += 1
        else:
            break
    return j


def _role_before(reading: Reading, i: int, start: int) -> str | None:
    tokens = reading.tokens
    j = i
    has_role = False
    while j > start and i - j < _LONGEST_ROLE:
        values = tokens[j - 1].values
        if "role" in values:
            has_role = True
        elif not (
            "area" in values or "possessive" in values or "office" in values or "genitive" in values or "number_joiner" in values
            or (has_role and "determiner" in values and "genitive" in tokens[max(j - 2, 0)].values)
            or (has_role and tokens[j - 1].raw[0].isupper() and tokens[j - 1].kind == "A")
        ):
            break
        j -= 1
    while j < i and ("number_joiner" in tokens[j].values or "genitive" in tokens[j].values or "possessive" in tokens[j].values):
        j += 1
    return _text(reading, j, i) if has_role and j < i else None


def _role_after(reading: Reading, i: int, end: int) -> str | None:
    """An apposition: ", the Kremlin spokesman,"."""
    tokens = reading.tokens
    if i >= end or tokens[i].raw != ",":
        return None
    j = i + 1
    has_role = False
    while j < end and j - i < _LONGEST_ROLE and tokens[j].raw != "," and "speech" not in tokens[j].values:
        has_role = has_role or "role" in tokens[j].values
        j += 1
    first = i + 1 + ("determiner" in tokens[min(i + 1, end - 1)].values)
    return _text(reading, first, j) if has_role and j < end and tokens[j].raw == "," and first < j else None


def _office(reading: Reading, i: int, start: int, end: int) -> Mention | None:
    """An institution: one known by name, or capital words around "Ministry", "Bureau" and the like."""
    tokens = reading.tokens
    area = tokens[i].values.get("area")
    if area and area[1] in ("institution", "metonym"):
        return Mention(i, i + 1, _text(reading, i, i + 1), None, person=False)
    if "office" not in tokens[i].values or not tokens[i].raw[0].isupper():
        return None
    first = i
    while first > start and (_capital(tokens[first - 1]) or "possessive" in tokens[first - 1].values):
        first -= 1
    j = i + 1
    while j < end and (
        _capital(tokens[j]) or (("genitive" in tokens[j].values or "number_joiner" in tokens[j].values or "determiner" in tokens[j].values or tokens[j].norm == "for")
                                and j + 1 < end and (_capital(tokens[j + 1]) or "determiner" in tokens[j + 1].values))
    ):
        j += 1
    while first < i and "possessive" in tokens[first].values:
        first += 1
    if "determiner" in tokens[first].values and first < i:
        first += 1
    return Mention(first, j, _text(reading, first, j), None, person=False)


def _capital(token: Token) -> bool:
    return token.raw[0].isupper() and not ({"month", "weekday", "speech"} & token.values.keys())
