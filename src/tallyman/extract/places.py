"""Areas in a text: where they are named, alone and two as one."""

from __future__ import annotations

from bisect import bisect_left
from itertools import pairwise
from typing import TYPE_CHECKING

from msgspec import Struct

from tallyman import areas

if TYPE_CHECKING:
    from tallyman.extract.sentences import Reading
    from tallyman.lexicon.terms import Token

Pair = tuple[str, str]
Joined = tuple[int, int, Pair]
_BETWEEN_REACH, _LEFT, _QUARREL_REACH, _LOOK_BACK = 9, 4, 3, 120
_LINKED = frozenset({"list_joiner", "such_as", "part_of"})
WEAK = frozenset({"city"})
NAMED = frozenset({"name", "metonym", "group", "capital", "people", "city", "institution"})
# What stands for areas that other words name: "the country", "the bloc", "neighbouring states", "those countries".
ANAPHOR, BLOC, OTHERS, THOSE = "?", "??", "*", "those"
UNNAMED = frozenset({ANAPHOR, BLOC, OTHERS, THOSE})


class Place(Struct, frozen=True, gc=False):
    """An area named at one token; ``kind`` is that of ``areas.AreaName``."""

    at: int
    code: str
    kind: str


def place(tokens: list[Token], i: int) -> Place | None:
    """Return the area that token ``i`` names."""
    found = tokens[i].values.get("area")
    return Place(i, found[0], found[1]) if found else None


def places(tokens: list[Token], start: int, end: int) -> list[Place]:
    """Return the areas named between two tokens, in order."""
    named = enumerate(tokens[start:end], start)
    return [Place(i, *token.values["area"]) for i, token in named if "area" in token.values]


def across(pair: Pair | None, code: str | None) -> str | None:
    """Return the other area of a pair, or ``None`` where the first is none of it."""
    if pair is None or code not in pair:
        return None
    return pair[1] if pair[0] == code else pair[0]


def named(reading: Reading, start: int, end: int) -> list[Place]:
    """Return the areas named between two tokens, however many stand between, in order."""
    at = reading.spots.of("area")
    first = bisect_left(at, start)
    return reading.areas[first : bisect_left(at, end, first)]


def member_before(tokens: list[Token], found: Place, *, alone: bool = True) -> str | None:
    """Return the area before that is in a group by which words mean it: "the South American country".

    Where several are named, it is the last of them, or nobody if it has to stand ``alone``.
    """
    if found.code not in areas.groups():
        return None
    inside = areas.members(found.code, None)
    named = [p.code for p in places(tokens, max(found.at - _LOOK_BACK, 0), found.at) if p.code in inside]
    return named[-1] if named and not (alone and len(set(named)) > 1) else None


def describes(tokens: list[Token], p: Place) -> bool:
    """Whether a region only says where a country is: "the Middle Eastern country"."""
    after = tokens[p.at + 1].values if p.at + 1 < len(tokens) else {}
    return "country_noun" in after and "others_noun" not in after and p.code in areas.groups()


def joined(tokens: list[Token], named: list[Place], start: int) -> list[tuple[int, int, Pair]]:
    """Return pairs of those ``named`` from a token on that are named as one, with their token spans.

    "India-UAE", "Sino-Russian", "between A and B".
    """
    found = []
    for a, b in pairwise(named):
        if a.code == b.code or b.at - a.at > _BETWEEN_REACH + 1:
            continue
        told = _told_as_one(tokens, a, b, start)
        if told and not (describes(tokens, a) or describes(tokens, b) or _quarrel(tokens, a, b)):
            found.append((a.at, b.at + 1, (a.code, b.code)))
    return found


def _told_as_one(tokens: list[Token], a: Place, b: Place, start: int) -> bool:
    """Whether a hyphen, "between ... and" or the trade of one with the other stands between two areas."""
    gap = tokens[a.at + 1 : b.at]
    if len(gap) <= 1:
        dashed = bool(gap) and "hyphen" in gap[0].values and not is_dateline(tokens, a, start)
        if dashed or (not gap and a.kind == "prefix"):
            return True
    for token in gap:
        if "range_and" in token.values:
            before = tokens[max(start, a.at - _LEFT) : a.at]
            return any("range_between" in t.values for t in before) or _trade_of(gap)
    return _trade_of(gap)


def _quarrel(tokens: list[Token], a: Place, b: Place) -> bool:
    """Whether two areas are told to be at odds: "the US-China trade war", "a trade war between A and B"."""
    beside = (*tokens[max(a.at - _QUARREL_REACH, 0) : a.at], *tokens[b.at + 1 : b.at + 2])
    return any("dispute_word" in t.values for t in beside)


def is_dateline(tokens: list[Token], a: Place, start: int) -> bool:
    """Return whether a place is where a report was written: "TOKYO - Kuwait's surplus"."""
    dash = tokens[a.at + 1]
    return (
        "hyphen" in dash.values
        and a.at == start
        and a.kind in ("capital", "city")
        and dash.start > tokens[a.at].end
    )


def _trade_of(gap: list[Token]) -> bool:
    """Whether words between two areas make them one pair: "South Korea's trade with Vietnam"."""
    if not gap or not ("with_word" in gap[-1].values or "with_word" in gap[-2:][0].values):
        return False
    return any(t.values.get("flow") == "total_trade" for t in gap) and all(t.raw != "," for t in gap)


def side_by_side(tokens: list[Token], named: list[Place]) -> list[tuple[int, int, Pair]]:
    """Return areas that only a comma or "and" parts: "India, Brazil set a target", "Seoul and Hanoi traded"."""
    return [
        (a.at, b.at + 1, (a.code, b.code))
        for a, b in pairwise(named)
        if a.code != b.code and len(tokens[a.at + 1 : b.at]) == 1 and "list_joiner" in tokens[a.at + 1].values
    ]


def coordinated(reading: Reading, named: list[Place], start: int, end: int) -> list[tuple[int, int, Pair]]:
    """Return pairs that act together in a sentence about two sides: "Seoul and Hanoi have agreed"."""
    if not reading.spots.any(start, end, "pair_word", "target_cue"):
        return []
    tokens = reading.tokens
    return [
        (a.at, b.at + 1, (a.code, b.code))
        for a, b in pairwise(named)
        if a.code != b.code
        and all("range_and" in t.values or "determiner" in t.values for t in tokens[a.at + 1 : b.at])
        and b.at - a.at > 1
        and not any(_LINKED & t.values.keys() for t in tokens[max(start, a.at - 2) : a.at])
    ]
