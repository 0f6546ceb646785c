"""Which pair of areas a document is about, and from which side it speaks."""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations
from typing import TYPE_CHECKING

from msgspec import Struct

from tallyman import areas
from tallyman.extract import places
from tallyman.extract.places import WEAK, Pair, joined, side_by_side

if TYPE_CHECKING:
    from tallyman.extract.places import Joined, Place
    from tallyman.extract.sentences import Reading, Sentence
    from tallyman.lexicon.terms import Token

_LEAD_SENTENCES, _LEAD_WEIGHT, _JOINED_WEIGHT = 4, 2, 3
_HOME_WEIGHT, _OPENING, _FACED, _MOST_NAMED, _CLEAR, _OWNING = 6, 6, 0.3, 4, 2, 2
_NEAR, _TRADING, _LISTED, _NEARLY_ALL = 5, 9, 24, 0.7
_TURNS = frozenset({"with_word", "to_word", "from_word"})
_FACES = _TURNS | {"outside_word"}
_TRADES = frozenset({"flow", "weak_flow", "trade_verb"})
_LEAD = 3
_OWN_WAY = {"from_word": "exports", "to_word": "imports"}
_INSIDE = frozenset({"genitive", "in_word", *_OWN_WAY})
_OWNED = frozenset({"flow", "office"})
_SPEAKS = frozenset({"institution", "capital"})
_PARTNERS = frozenset({"share", "superlative", "rank_word", "ordinal"})
_ENDS = frozenset({"to_word", "with_word", "from_word", "genitive", "clause_break", "range_and", "share"})


class Focus(Struct, frozen=True, gc=False):
    """What a document is about: its main pair, the areas by frequency, and whether a pair dominates.

    ``whole`` is the area whose trade with all others it counts in the first place. ``mutual`` says that it speaks of
    the trade of the two together somewhere, and not only of what one sells. ``owners`` are the areas whose own trade
    it tells, ``most`` the one that most such words name, and ``teller`` the same where no pair dominates and nearly
    all of them do.
    """

    pair: Pair | None
    areas: tuple[str, ...]
    bilateral: bool
    whole: str | None = None
    mutual: bool = False
    owners: frozenset[str] = frozenset()
    teller: str | None = None
    most: str | None = None

    def home(self, but: str | None) -> str | None:
        """Return the area that the document speaks from: the most named one whose trade it tells, but ``but``."""
        for code in (self.whole, self.teller):
            if code is not None and code != but:
                return code
        told = (code for code in self.areas if code != but and (self.bilateral or code in self.owners))
        return next(told, None)


def focus(reading: Reading) -> Focus:
    """Return the document's main pair by evidence: joined names, headline and lead, then common mentions.

    A pair dominates where both are named at the beginning, no third area is named as often, and words of
    trade between two ("bilateral", "both countries") say so or no third area comes near.
    """
    found = _Evidence()
    for sentence, here, pairs in zip(reading.sentences, reading.named, reading.pairs, strict=True):
        found.add(reading, sentence, here, pairs)
    mentions = dict(found.counts)
    for code in _speaking(reading):
        found.counts[code] += _HOME_WEIGHT
        found.standing[code] += _HOME_WEIGHT
        found.owners[code] += 1
    speaking = tuple(sorted(found.counts, key=lambda code: -found.standing[code]))
    owners, most = frozenset(found.owners), max(found.owners, key=found.owners.__getitem__, default=None)
    teller = most if most and found.owners[most] > _NEARLY_ALL * sum(found.owners.values()) else None
    if not found.pairs:
        return Focus(None, speaking, bilateral=False, owners=owners, teller=teller, most=most)
    best = found.best(next((code for code in speaking if code in found.told), speaking[0]))
    rival = max((n for code, n in mentions.items() if not _belongs(code, best)), default=0)
    least = min(mentions.get(code, 0) for code in best)
    clear = found.pair_words > 0 or least >= _CLEAR * max(rival, 1)
    first, second = sorted(best, key=lambda code: -found.standing[code])
    mutual = found.together(best)
    bilateral = clear and least > rival and (rival == 0 or found.opening.issuperset(best))
    bilateral = bilateral and (mutual or found.pair_words > 0 or rival == 0)
    return Focus(
        (first, second),
        speaking,
        bilateral,
        mutual=mutual,
        owners=owners,
        teller=None if bilateral else teller,
        most=most,
    )


class _Evidence:
    """What the sentences of a document tell of its areas, added up."""

    def __init__(self) -> None:
        self.counts: dict[str, float] = defaultdict(float)
        self.standing: dict[str, float] = defaultdict(float)
        self.pairs: dict[Pair, float] = defaultdict(float)
        self.opening: set[str] = set()
        self.told: set[str] = set()
        self.owners: dict[str, int] = defaultdict(int)
        self.pair_words = 0
        self._naming = 0
        self._faced: set[str] = set()
        self._trading: set[Pair] = set()
        self._shared = False

    def add(self, reading: Reading, sentence: Sentence, here: list[Place], pairs: list[Joined]) -> None:
        """Count the areas and pairs of one sentence; the first that name any weigh more."""
        named = here and [p for p in here if p.kind not in WEAK and not places.describes(reading.tokens, p)]
        early = self._naming < 2 * _LEAD_SENTENCES + (not named)
        self.pair_words += early and reading.spots.any(sentence.start, sentence.end, "pair_word")
        if here:
            self._count(reading.tokens, here, named, pairs)
        self._naming += bool(named)
        if here or not self._shared:
            self._note_trade(reading, sentence)

    def _count(
        self, tokens: list[Token], here: list[Place], named: list[Place], together: list[Joined]
    ) -> None:
        """Count the areas of a sentence and the pairs that they make."""
        codes = list(dict.fromkeys([p.code for p in named]))
        lead = self._naming < _LEAD_SENTENCES + (not named)
        weight = _LEAD_WEIGHT if lead else 1
        counts, standing = self.counts, self.standing
        for p in named:
            counts[p.code] += weight
            after = tokens[p.at + 1 : p.at + _NEAR]
            holds = _holds(after)
            standing[p.code] += weight * (_OWNING if holds else _standing(tokens, p))
            if p.kind not in _SPEAKS:
                self.told.add(p.code)
            if holds or (after and _owns(tokens, p, after)):
                self.owners[p.code] += 1
        if lead:
            self.opening.update(codes)
        if lead and len(codes) == 2:  # noqa: PLR2004
            together = together + [
                pair for pair in side_by_side(tokens, here) if not _is_faced(tokens, pair[0])
            ]
        for _, _, pair in together:
            self.pair_words += 1
            self.pairs[_ordered(*pair)] += _JOINED_WEIGHT * weight
        if 1 < len(codes) <= _MOST_NAMED:
            mentioned = [_ordered(a, b) for a, b in combinations(codes, 2)]
            for pair in mentioned:
                self.pairs[pair] += weight / len(mentioned)

    def _note_trade(self, reading: Reading, sentence: Sentence) -> None:
        """Note whose trade with each other a sentence speaks of: "bilateral trade", "A's trade with B", both ways."""
        tokens, start, end = reading.tokens, sentence.start, sentence.end
        self._shared = self._shared or reading.spots.any(start, end, "opposite")
        for i in reading.spots.between(start, end, "flow"):
            if tokens[i].values.get("flow") != "total_trade":
                continue
            left, right = max(i - _NEAR, start), min(i + _TRADING, end)
            self._shared = self._shared or any("pair_word" in t.values for t in tokens[left:right])
            near = places.named(reading, left, right)
            self._trading.update(_ordered(*pair) for _, _, pair in joined(tokens, near, left))
            self._faced.update(p.code for p in near if p.at > i and "with_word" in tokens[p.at - 1].values)

    def together(self, pair: Pair) -> bool:
        """Whether any sentence speaks of the trade of two areas with each other."""
        return self._shared or _ordered(*pair) in self._trading or not self._faced.isdisjoint(pair)

    def best(self, leader: str) -> Pair:
        """Return the strongest pair with the area that is named most, or one with whose own trade it tells."""
        strongest = self._strongest({pair for pair in self.pairs if leader in pair} or set(self.pairs))
        owned = {pair for pair in self.pairs if not self.owners.keys().isdisjoint(pair)}
        return strongest if strongest in owned or not owned else self._strongest(owned)

    def _strongest(self, pairs: set[Pair]) -> Pair:
        return max(
            sorted(pairs), key=lambda pair: self.pairs[pair] * min(self.counts[pair[0]], self.counts[pair[1]])
        )


def _belongs(code: str, pair: Pair) -> bool:
    """Whether an area is one of a pair, or a group that holds one: "the Southeast Asian country"."""
    return code in pair or (code in areas.groups() and not areas.members(code, None).isdisjoint(pair))


def _standing(tokens: list[Token], p: Place) -> float:
    """How much a mention makes an area the one that speaks: the other side of "trade with" counts for less."""
    if p.at + 1 >= len(tokens):
        return 0
    return 1 if not p.at or _TURNS.isdisjoint(tokens[p.at - 1].values) else _FACED


def _owns(tokens: list[Token], p: Place, after: list[Token]) -> bool:
    """Whether trade is an area's own by other words than "Peru's exports": "Peruvian imports", "Peru sold"."""
    if _is_faced(tokens, p.at):
        return False
    if "possessive" in after[0].values or p.kind == "institution" or _acts(after):
        return True
    for k, t in enumerate(after):
        if not _TRADES.isdisjoint(t.values):
            return True
        if k and not (t.raw[0].isalpha() and _ENDS.isdisjoint(t.values)):
            break
    if not p.at or _INSIDE.isdisjoint(tokens[p.at - 1].values):
        return False
    return any(not _OWNED.isdisjoint(t.values) for t in tokens[max(p.at - _NEAR, 0) : p.at])


def _holds(after: list[Token]) -> bool:
    """Whether the words behind an area tell that trade is its own: "Peru's exports"."""
    owns = bool(after) and "possessive" in after[0].values
    return owns and any("flow" in t.values for t in after)


def _is_faced(tokens: list[Token], i: int) -> bool:
    """Whether trade goes to an area or comes from it, alone or in a list: "to Chile and the EU"."""
    first = i - _LISTED
    i = _before_article(tokens, i)
    while i > 1 and i > first and "list_joiner" in tokens[i].values and "area" in tokens[i - 1].values:
        i = _before_article(tokens, i - 1)
    return i >= 0 and not _FACES.isdisjoint(tokens[i].values) and not _is_seller(tokens, i)


def _before_article(tokens: list[Token], i: int) -> int:
    """The token before the name at ``i`` and what leads to it: "to the EU", "with other parts of Asia"."""
    i = i - 1 - (i > 1 and "determiner" in tokens[i - 1].values)
    if i > _LEAD and "genitive" in tokens[i].values and "region_part" in tokens[i - 1].values:
        i -= 2 + (not tokens[i - 2].values)
        i -= "determiner" in tokens[i].values
    return i


def _is_seller(tokens: list[Token], face: int) -> bool:
    """Whether a preposition leads to the area whose flow it is: "exports from Peru", "imports into Peru"."""
    way = "from_word" if "from_word" in tokens[face].values else "to_word"
    flow = next(
        (t.values["flow"] for t in reversed(tokens[max(face - _NEAR, 0) : face]) if "flow" in t.values), None
    )
    return way in tokens[face].values and flow == _OWN_WAY[way]


def _acts(after: list[Token]) -> bool:
    """Whether a verb follows that makes an area no mere partner: "Peru is", and not "China was the largest buyer"."""
    verb = "auxiliary" in after[0].values or "past_verb" in after[0].values
    return verb and all(_PARTNERS.isdisjoint(t.values) for t in after)


def _speaking(reading: Reading) -> list[str]:
    """The areas that a report speaks from: its dateline, and the offices of its first sentences."""
    found = []
    opening = zip(reading.sentences[:_OPENING], reading.named[:_OPENING], strict=True)
    for n, (sentence, named) in enumerate(opening):
        if named and named[0].at - sentence.start <= 1 and named[0].kind in ("city", "capital"):
            found.append(named[0].code)
        found += [p.code for p in named if p.kind == "institution" and n < _LEAD_SENTENCES][:1]
    return found[:2]


def _ordered(a: str, b: str) -> Pair:
    return (a, b) if a < b else (b, a)
