"""Areas in a text: where they are named, and which pair a document is about."""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations, pairwise
from typing import TYPE_CHECKING, NamedTuple

from tallyman import areas

if TYPE_CHECKING:
    from tallyman.extract.sentences import Reading
    from tallyman.lexicon.terms import Token

Pair = tuple[str, str]
_LEAD_SENTENCES = 4
_LEAD_WEIGHT, _JOINED_WEIGHT = 2, 3
_BETWEEN_REACH = 9
_HOME_WEIGHT, _OPENING, _FACED, _MOST_NAMED = 6, 6, 0.3, 4
_WEAK = frozenset({"city", "region"})


class Place(NamedTuple):
    """An area named at one token; ``kind`` is that of ``areas.AreaName``."""

    at: int
    code: str
    kind: str


class Focus(NamedTuple):
    """What a document is about: its main pair, the areas by frequency, and whether a pair dominates."""

    pair: Pair | None
    areas: tuple[str, ...]
    bilateral: bool

    def home(self, but: str | None) -> str | None:
        """Return the area that the document speaks from: the most named one, other than ``but``."""
        return next((code for code in self.areas if code != but), None)


def place(tokens: list[Token], i: int) -> Place | None:
    """Return the area that token ``i`` names."""
    found = tokens[i].values.get("area")
    return Place(i, found[0], found[1]) if found else None


def places(tokens: list[Token], start: int, end: int) -> list[Place]:
    """Return the areas named between two tokens, in order."""
    return [Place(i, *tokens[i].values["area"]) for i in range(start, end) if "area" in tokens[i].values]


def joined(tokens: list[Token], start: int, end: int) -> list[tuple[int, int, Pair]]:
    """Return pairs named as one: "India-UAE", "Sino-Russian", "between A and B", with their token spans."""
    found = []
    named = places(tokens, start, end)
    for a, b in pairwise(named):
        if a.code == b.code:
            continue
        gap = tokens[a.at + 1 : b.at]
        hyphen = (len(gap) == 1 and "hyphen" in gap[0].values) or (not gap and a.kind == "prefix")
        between = any("range_between" in t.values for t in tokens[max(start, a.at - 4) : a.at])
        joins = between and len(gap) <= _BETWEEN_REACH and any("range_and" in t.values for t in gap)
        if hyphen or joins or _trade_of(gap):
            found.append((a.at, b.at + 1, (a.code, b.code)))
    return found


def _trade_of(gap: list[Token]) -> bool:
    """Whether words between two areas make them one pair: "South Korea's trade with Vietnam"."""
    faces = any("with_word" in t.values for t in gap[-2:])
    return faces and len(gap) <= _BETWEEN_REACH and any(t.values.get("flow") == "total_trade" for t in gap)


def side_by_side(tokens: list[Token], start: int, end: int) -> list[tuple[int, int, Pair]]:
    """Return areas that only a comma or "and" parts: "India, Brazil set a target", "Seoul and Hanoi traded"."""
    named = places(tokens, start, end)
    return [
        (a.at, b.at + 1, (a.code, b.code))
        for a, b in pairwise(named)
        if a.code != b.code and len(tokens[a.at + 1 : b.at]) == 1 and "list_joiner" in tokens[a.at + 1].values
    ]


def coordinated(tokens: list[Token], start: int, end: int) -> list[tuple[int, int, Pair]]:
    """Return pairs that act together in a sentence about two sides: "Seoul and Hanoi have agreed"."""
    if not any("pair_word" in t.values or "target_cue" in t.values for t in tokens[start:end]):
        return []
    named = places(tokens, start, end)
    return [
        (a.at, b.at + 1, (a.code, b.code))
        for a, b in pairwise(named)
        if a.code != b.code
        and all("range_and" in t.values or "determiner" in t.values for t in tokens[a.at + 1 : b.at])
        and b.at - a.at > 1
        and not any("list_joiner" in t.values for t in tokens[max(start, a.at - 2) : a.at])
    ]


def focus(reading: Reading) -> Focus:
    """Return the document's main pair by evidence: joined names, headline and lead, then common mentions."""
    counts: dict[str, float] = defaultdict(float)
    standing: dict[str, float] = defaultdict(float)
    pairs: dict[Pair, float] = defaultdict(float)
    opening: set[str] = set()
    pair_words = 0
    n = -1
    for start, end, _ in reading.sentences:
        named = list(dict.fromkeys(p.code for p in places(reading.tokens, start, end) if p.kind not in _WEAK))
        n += bool(named)
        weight = _LEAD_WEIGHT if n < _LEAD_SENTENCES else 1
        for p in places(reading.tokens, start, end):
            counts[p.code] += weight if p.kind not in _WEAK else 0
            standing[p.code] += weight * _standing(reading.tokens, p)
        if n < _LEAD_SENTENCES:
            opening.update(named)
        pair_words += n < 2 * _LEAD_SENTENCES and any(
            "pair_word" in t.values for t in reading.tokens[start:end]
        )
        together = joined(reading.tokens, start, end)
        if n < _LEAD_SENTENCES and len(named) == 2:  # noqa: PLR2004
            together += side_by_side(reading.tokens, start, end)
        for _, _, (a, b) in together:
            pair_words += 1
            pairs[_ordered(a, b)] += _JOINED_WEIGHT * weight
        if len(named) <= _MOST_NAMED:
            mentioned = [_ordered(a, b) for a, b in combinations(named, 2)]
            for pair in mentioned:
                pairs[pair] += weight / len(mentioned)
    mentions = dict(counts)
    for code in _speaking(reading):
        counts[code] += _HOME_WEIGHT
        standing[code] += _HOME_WEIGHT
    named_most = tuple(sorted(counts, key=lambda code: -counts[code]))
    if not pairs:
        return Focus(None, named_most, bilateral=False)
    led = {pair: weight for pair, weight in pairs.items() if named_most[0] in pair} or pairs
    best = max(led, key=lambda pair: led[pair] * min(counts[pair[0]], counts[pair[1]]))
    rival = max((n for code, n in mentions.items() if not _belongs(code, best)), default=0)
    least = min(map(mentions.__getitem__, best))
    bilateral = opening.issuperset(best) and least > rival and (pair_words > 0 or least > 2 * rival)
    pair = best if standing[best[0]] >= standing[best[1]] else (best[1], best[0])
    return Focus(pair, named_most, bilateral)


def _belongs(code: str, pair: Pair) -> bool:
    """Whether an area is one of a pair, or a group that holds one: "the Southeast Asian country"."""
    return code in pair or (code in areas.groups() and not areas.members(code, None).isdisjoint(pair))


def _standing(tokens: list[Token], p: Place) -> float:
    """How much a mention makes an area the one that speaks: the other side of "trade with" counts for less."""
    if p.kind in _WEAK:
        return 0
    before = tokens[p.at - 1].values if p.at else {}
    return _FACED if {"with_word", "to_word", "from_word"} & before.keys() else 1


def _speaking(reading: Reading) -> list[str]:
    """The areas that a report speaks from: its dateline, and the offices of its first sentences."""
    found = []
    for n, (start, end, _) in enumerate(reading.sentences[:_OPENING]):
        named = places(reading.tokens, start, end)
        if named and named[0].at - start <= 1 and named[0].kind in ("city", "capital"):
            found.append(named[0].code)
        found += [p.code for p in named if p.kind == "institution" and n < _LEAD_SENTENCES][:1]
    return found[:2]


def _ordered(a: str, b: str) -> Pair:
    return (a, b) if a < b else (b, a)
