"""The area that a preposition governs, across articles, adjectives and nouns that only lead to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tallyman.extract.places import ANAPHOR, BLOC, OTHERS, THOSE, Place, member_before, place

if TYPE_CHECKING:
    from tallyman.lexicon.terms import Token

_REACH, _NEAR = 6, 3
STOPS = frozenset(
    {"to_word", "with_word", "genitive", "by_word", "from_word", "clause_break", "past_verb", "range_and",
     "when_word", "that_word", "relative", "auxiliary", "speech"}
)  # fmt: skip
_GOVERN_ENDS = frozenset(
    {"past_verb", "to_word", "from_word", "with_word", "move", "flow", "genitive", "month"}
)
_DESCRIBES = frozenset({"country_noun", "rank_noun", "rank_word"})
_LEAD_NOUNS = frozenset({"country_noun", "others_noun", "region_part"})
_NUMBERS = frozenset({"num", "cardinal", "ordinal"})


def governed(tokens: list[Token], i: int, right: int) -> Place | None:
    """Return the area that a preposition before token ``i`` governs, across articles and adjectives."""
    others: Place | None = None
    for j in range(i, min(right, i + _REACH)):
        found = place(tokens, j)
        if _describes(tokens, j) or _is_outside(tokens, j):
            continue
        if found is not None and (beyond := _described(tokens, j, right)) is not None:
            return beyond
        head = j + (found is not None and j + 1 < len(tokens))
        if "country_noun" in tokens[head].values and _apposed(tokens, head):
            continue
        if found is not None:
            return _meant(tokens, found)
        values = tokens[j].values
        if _heads(tokens, j) or _heads(tokens, j - 1) or tokens[j].raw in "[]":
            others = Place(j, OTHERS, "name") if "others_noun" in values else others
            continue
        if (unnamed := _unnamed(tokens, j, first=i)) is not None:
            return unnamed
        if not _GOVERN_ENDS.isdisjoint(values) or not (tokens[j].raw[0].isalpha() or "possessive" in values):
            return others
    return others


def _meant(tokens: list[Token], found: Place) -> Place | None:
    """What the name of an area means before its noun: "the Asian country" is one named before, "EU officials" none."""
    follows = tokens[found.at + 1].values if found.at + 1 < len(tokens) else {}
    if "country_noun" in follows and found.kind != "name" and not _names_group(tokens, found.at):
        return Place(found.at, member_before(tokens, found) or ANAPHOR, "name")
    return None if found.kind == "adjective" and "role" in follows else found


def _unnamed(tokens: list[Token], j: int, first: int) -> Place | None:
    """The areas that a word stands for: "neighbouring states", "those countries", "there", "the bloc"."""
    values = tokens[j].values
    if "others_noun" in values and "pair_word" not in tokens[j - 1].values:
        told = "cardinal" in tokens[j - 1].values and "definite" in tokens[j - 2].values
        those = "those_word" in tokens[j - 1].values
        return Place(j, THOSE if those else BLOC if told else OTHERS, "name")
    if "there" in values or ("country_noun" in values and j > first):
        return Place(j, BLOC if "bloc_noun" in values else ANAPHOR, "name")
    return None


def _is_outside(tokens: list[Token], j: int) -> bool:
    """Whether a hyphen only joins a word that leaves an area out: "non-EU"."""
    return "hyphen" in tokens[j].values and j + 1 < len(tokens) and "others_noun" in tokens[j + 1].values


def _described(tokens: list[Token], j: int, right: int) -> Place | None:
    """The area that is told to be another's neighbour or partner: "to Peru's biggest partner, Chile"."""
    if j + 1 >= len(tokens) or "possessive" not in tokens[j + 1].values:
        return None
    for k in range(j + 2, min(j + _REACH, right - 1)):
        if _DESCRIBES & tokens[k].values.keys():
            after = k + 1 + (tokens[k + 1].raw == ",")
            named = place(tokens, after) if after < right else None
            return named if named is not None and named.kind == "name" else None
        if STOPS & tokens[k].values.keys() or "flow" in tokens[k].values:
            return None
    return None


def _apposed(tokens: list[Token], j: int) -> bool:
    """Whether the name of another country stands right behind the noun: "with another OIC country Tunisia"."""
    named = place(tokens, j + 1) if j + 1 < len(tokens) else None
    return named is not None and named.kind == "name" and "definite" not in tokens[j - 1].values


def _describes(tokens: list[Token], j: int) -> bool:
    """Whether a token belongs to words with a hyphen or a number that describe: "the 10-member", "second-ranked"."""
    if "num" in tokens[j].values and j + 1 < len(tokens) and "others_noun" in tokens[j + 1].values:
        return True
    if j + 1 >= len(tokens):
        return False
    for k in (j + 1, j, j - 1):
        if "hyphen" in tokens[k].values:
            break
    else:
        return False
    if tokens[k].start != tokens[k - 1].end:
        return False
    return bool(_NUMBERS & tokens[k - 1].values.keys()) and not place(tokens, j)


def _names_group(tokens: list[Token], j: int) -> bool:
    """Whether the words behind a group mean the group itself: "EAC partner countries", "the EAC region"."""
    near = tokens[j + 1 : j + _NEAR]
    return "bloc_noun" in near[0].values or any("others_noun" in t.values for t in near)


def _heads(tokens: list[Token], j: int) -> bool:
    """Whether a noun only leads over to a name: "the countries of Central Asia"."""
    names = not _LEAD_NOUNS.isdisjoint(tokens[j].values)
    return names and j + 1 < len(tokens) and "genitive" in tokens[j + 1].values
