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
from typing import TYPE_CHECKING

from tallyman.lexicon.terms import classes_of

if TYPE_CHECKING:
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
_CLASSES = tuple((name, letter) for letter, names in _LETTERS for name in names.split())
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
_BY_SHAPE = {"n": ("K", "z"), "K": ("K", "k"), "k": ("K", "k"), "p": ("P", "p"), "b": ("J", "b")}


def letters(tokens: list[Token]) -> str:
    """Return the letters of all tokens, one after the other."""
    out: list[str] = []
    for i, token in enumerate(tokens):
        if token.kind == "a":
            out.append("w")
        elif token.norm in _SIGNS:
            out.append(_sign(tokens, i, out[-1] if out else ""))
        elif "area" in token.values:
            out.append("I" if token.values["area"][1] == "institution" else "A")
        else:
            tag = _letter(token.kind, token.raw[0])
            out.append("i" if tag in "NJ" and len(token.raw) == 1 and _is_initial(tokens, i) else tag)
    return "".join(out)


def _sign(tokens: list[Token], i: int, before: str) -> str:
    """The letter of a sign: a hyphen inside a word, an initial's point and a possessive are no signs."""
    token = tokens[i]
    tag = _SIGNS[token.norm]
    glued = i > 0 and tokens[i - 1].end == token.start
    follows = i + 1 < len(tokens) and tokens[i + 1].start == token.end
    if tag == "." and before == "i":
        return "i"
    if tag == "-" and glued and follows:
        return "h"
    doubled = follows and tokens[i + 1].norm == token.norm
    return "s" if token.norm == "'" and glued and before not in '.,"' and not doubled else tag


def _is_initial(tokens: list[Token], i: int) -> bool:
    return i + 1 < len(tokens) and tokens[i + 1].raw == "."


@cache
def _letter(kind: str, first: str) -> str:
    classes = classes_of(kind)
    for name, tag in _CLASSES:
        if name in classes and (tag != "X" or "flow" not in classes):
            return _BY_SHAPE[tag][first.islower()] if tag in _BY_SHAPE else tag
    if first in "'’ʼ":  # noqa: RUF001
        return "l"
    if not first.isalpha():
        return "z"
    if not first.isupper():
        return "w"
    return "N" if kind == "A" or all(name.startswith("=") for name in classes) else "J"
