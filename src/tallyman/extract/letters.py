"""One letter for every token: what it can be in a noun phrase. Phrases are then found by regular expressions.

| letter | token | letter | token |
|---|---|---|---|
| N J P i | unknown capital word, known one, particle, initial | A I | area, institution |
| R M O B | title, form of address, office, people | X H T | "the two", he, it or they |
| K k | capital and other words of ministries and trade | Q | data |
| v u o t | verb of saying, its participle, of opinion, of decision | g c | according to, citing |
| D s f a r | article, possessive, of, by, other prepositions | & , - h | and, comma, dash, hyphen inside a word |
| d # x | time, number, auxiliary and adverb | e j y | who, when, that |
| p b l | particle, "-based", tail of a word | ; | | clause break, semicolon |
| w z | other words, other signs | " : ( ) . | themselves |
"""

from __future__ import annotations

from functools import cache
from string import ascii_lowercase
from typing import TYPE_CHECKING

from tallyman.lexicon.terms import CAPITAL_WORD, LINE, PLAIN_WORD, classes_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tallyman.extract.sentences import Reading
    from tallyman.lexicon.terms import Token

# The first class of a word decides; letters that depend on a capital are in ``_BY_SHAPE``.
_LETTERS = (
    ("y", "that_word"),
    ("e", "relative"),
    ("r", "address"),
    ("M", "honorific"),
    ("H", "he"),
    ("T", "it_they"),
    ("u", "saying"),
    ("R", "role"),
    ("B", "people_noun"),
    ("O", "office"),
    ("Q", "data_noun"),
    ("g", "according"),
    ("c", "citing"),
    ("v", "speech"),
    ("o", "view"),
    ("t", "stance"),
    (";", "clause_break"),
    ("s", "possessive"),
    ("X", "pair_word"),
    ("d", "month weekday rel_year turn_year year unit day_unit day_word"),
    ("#", "num"),
    ("D", "determiner"),
    ("f", "genitive"),
    ("p", "particle"),
    ("x", "auxiliary"),
    ("r", "to_word with_word"),
    ("a", "by_word"),
    ("r", "in_word from_word relation range_between"),
    ("j", "when_word"),
    ("&", "range_and"),
    ("K", "portfolio"),
    ("k", "flow"),
    ("b", "joined"),
    ("n", "nothing"),
)
_ASIDE = 6
_ORDER = {name: (n, letter) for n, (letter, names) in enumerate(_LETTERS) for name in names.split()}
_SIGNS = {
    ",": ",",
    ":": ":",
    ";": "|",
    "(": "(",
    "[": "(",
    ")": ")",
    "]": ")",
    '"': '"',
    "'": '"',
    "<": '"',
    ">": '"',
    ".": ".",
    "&": "&",
}
_SIGNS |= dict.fromkeys("!?…", ".") | dict.fromkeys("—–-", "-")  # noqa: RUF001
_SMALL = frozenset(ascii_lowercase)
_PLAIN = {PLAIN_WORD: "w", CAPITAL_WORD: "N", LINE: "z"}
_BY_SHAPE = {"n": ("K", "z"), "K": ("K", "k"), "k": ("K", "k"), "p": ("P", "p"), "b": ("J", "b")}


def letters(reading: Reading) -> str:
    """Return the letters of all tokens of a text, one after the other."""
    tokens, spots = reading.tokens, reading.spots
    out = ["w"] * len(tokens)
    for kind, where in spots.where.items():
        letter = _letter(kind)
        if letter == "A":
            for i in where:
                out[i] = "I" if tokens[i].values["area"][1] == "institution" else letter
        elif letter is None:
            small = _by_first(kind, "a")
            for i in where:
                if tokens[i].raw[0] not in _SMALL:
                    out[i] = _by_first(kind, tokens[i].raw[0])
                elif small != "w":
                    out[i] = small
        elif kind != PLAIN_WORD:
            for i in where:
                out[i] = letter
    _put_signs(tokens, out, reading.signs)
    _put_names(tokens, out, spots.of("also_name"))
    _put_asides(out, spots.of("tells_aside"))
    return "".join(out)


def _put_signs(tokens: list[Token], out: list[str], signs: list[int]) -> None:
    for i in signs:
        tag = _SIGNS.get(tokens[i].norm)
        if tag is None:
            continue
        if tag in '-"':
            tag = _sign(tokens, i, tag, out[i - 1] if i else "")
        elif tag == "." and _is_initial(tokens, i, out):
            out[i - 1] = tag = "i"
        out[i] = tag


def _put_names(tokens: list[Token], out: list[str], spots: Sequence[int]) -> None:
    """A little word between a title and a name is a name: "Vice Premier He Lifeng"."""
    for i in spots:
        if 0 < i < len(out) - 1 and out[i - 1] in "RM" and out[i + 1] in "NJ" and tokens[i].raw[0].isupper():
            out[i] = "J"


def _put_asides(out: list[str], spots: Sequence[int]) -> None:
    """Some verbs tell only between commas: ", he continued," and ", continued Putin,"."""
    last = len(out) - 1
    for i in spots:
        inverted = 0 < i < last and out[i - 1] in ',"' and out[i + 1] in "NJRMH"
        j = i - 1
        while j >= max(i - _ASIDE, 0) and out[j] in "NJPiRMHD":
            j -= 1
        closed = i < last and out[i + 1] in ',:"' and 0 <= j < i - 1 and out[j] in ',"'
        if inverted or closed:
            out[i] = "v"


def _is_initial(tokens: list[Token], i: int, out: list[str]) -> bool:
    """Whether the sign at ``i`` is the point of a name's initial."""
    return tokens[i].raw == "." and i > 0 and out[i - 1] in "NJ" and len(tokens[i - 1].raw) == 1


def _sign(tokens: list[Token], i: int, tag: str, before: str) -> str:
    """The letter of a dash or quotation mark: a hyphen inside a word and a possessive are none."""
    token = tokens[i]
    glued = i > 0 and tokens[i - 1].end == token.start
    follows = i + 1 < len(tokens) and tokens[i + 1].start == token.end
    if tag == "-" and glued and follows:
        return "h"
    doubled = follows and tokens[i + 1].norm == token.norm
    return "s" if token.norm == "'" and glued and before not in '.,"' and not doubled else tag


@cache
def _letter(kind: str) -> str | None:
    """The letter of all words of a kind, that of areas for institutions too; none where it depends on the word."""
    if kind in _PLAIN:
        return _PLAIN[kind]
    letter = _of_class(kind)
    return "A" if "area" in classes_of(kind) else None if letter in _BY_SHAPE else letter


@cache
def _by_first(kind: str, first: str) -> str:
    letter = _of_class(kind)
    if letter is not None:
        return _BY_SHAPE[letter][first.islower()]
    if first in "'’ʼ":  # noqa: RUF001
        return "l"
    if not first.isalpha():
        return "z"
    if not first.isupper():
        return "w"
    return "N" if all(name.startswith("=") for name in classes_of(kind)) else "J"


def _of_class(kind: str) -> str | None:
    """The letter of the first class in ``_LETTERS`` that a kind has."""
    classes = classes_of(kind)
    found = sorted([_ORDER[name] for name in _ORDER.keys() & classes])
    return next((letter for _, letter in found if letter != "X" or "flow" not in classes), None)
