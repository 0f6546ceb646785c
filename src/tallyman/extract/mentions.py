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

if TYPE_CHECKING:
    from collections.abc import Container

    from tallyman.extract.sentences import Reading
    from tallyman.lexicon.terms import Token

Kind = Literal["person", "name", "office", "title", "group", "area", "data", "he", "it", "wire"]

_REACH = 14
_TITLE_CASE = 0.66
_SHORT = 4
_CLASSES = (
    ("nothing", "z"), ("that_word", "y"), ("relative", "e"), ("he", "H"), ("it_they", "T"), ("saying", "u"), ("honorific", "M"),
    ("role", "R"), ("people_noun", "B"), ("office", "O"), ("data_noun", "Q"), ("according", "g"), ("citing", "c"),
    ("speech", "v"), ("view", "o"), ("stance", "t"), ("clause_break", ";"), ("possessive", "s"), ("pair_word", "X"), ("month", "d"), ("weekday", "d"),
    ("rel_year", "d"), ("turn_year", "d"), ("year", "d"), ("unit", "d"), ("day_unit", "d"), ("day_word", "d"), ("num", "#"), ("determiner", "D"),
    ("genitive", "f"), ("particle", "p"), ("auxiliary", "x"), ("to_word", "r"), ("with_word", "r"), ("by_word", "r"),
    ("in_word", "r"), ("from_word", "r"), ("relation", "r"), ("portfolio", "K"), ("flow", "k"), ("joined", "b"),
)  # fmt: skip
_SIGNS = {",": ",", ":": ":", ";": ";", "(": "(", "[": "(", ")": ")", "]": ")", '"': '"', "'": '"', "<": '"', ">": '"', ".": ".", "&": "&"}
_SIGNS |= dict.fromkeys("!?…", ".") | dict.fromkeys("—–-", "-")  # noqa: RUF001
_BY_SHAPE = {"K": ("K", "k"), "k": ("K", "k"), "p": ("P", "p"), "b": ("J", "b")}
_PLAIN_AREAS = frozenset({"name", "capital", "metonym", "group", "city"})

_UNIT = r"(?:ii?|(?:[Pp]+[hs]?){0,2}[NJ](?:[hl][NJPwp])*l?|P)"
_NAME = re.compile(rf"{_UNIT}{{1,6}}")
_ACRONYM = re.compile(r"\([DNJAIYKO\"]{1,4}\)")
_CAPITALS = "AIOJNKRWP"


class Mention(NamedTuple):
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
    tags = _tags(reading.tokens)
    finder = _Finder(reading, tags)
    return Phrases(tags, finder.all(), finder.aliases)


def _tags(tokens: list[Token]) -> str:
    seen: dict[str, str] = {}
    out = []
    last = len(tokens) - 1
    for i, token in enumerate(tokens):
        tag = _SIGNS.get(token.norm)
        if tag is None:
            tag = seen.get(token.kind) or seen.setdefault(token.kind, _tag(token))
            capital = token.raw[0].isupper()
            tag = _BY_SHAPE[tag][not capital] if tag in _BY_SHAPE else tag
            if tag == "w" and capital:
                tag = "J" if token.values and token.kind != "A" and _known(token) else "N"
            if tag == "N" and len(token.raw) == 1 and i < last and tokens[i + 1].raw == ".":
                tag = "i"
        elif tag == "." and out and out[-1] == "i":
            tag = "i"
        elif tag == "-" and 0 < i < last and tokens[i - 1].end == token.start and token.end == tokens[i + 1].start:
            tag = "h"
        out.append(tag)
    return "".join(out)


def _tag(token: Token) -> str:
    values = token.values
    area = values.get("area")
    if area:
        return {"institution": "I"}.get(area[1], "A")
    for name, tag in _CLASSES:
        if name in values:
            return tag
    if token.raw[0] in "'’ʼ":  # noqa: RUF001
        return "l"
    return "w" if token.raw[0].isalpha() else "z"


def _known(token: Token) -> bool:
    return any(not name.startswith("=") for name in token.values)
