"""Ranks: a record, an all-time high, the largest trading partner, fourth place among the buyers."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from msgspec import structs

from tallyman import areas
from tallyman.extract import records
from tallyman.extract.places import place

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tallyman.extract.amounts import Amount
    from tallyman.extract.sentences import Reading, Sentence
    from tallyman.lexicon.terms import Token
    from tallyman.model import Indicator

_LEFT, _SUBJECT, _BEHIND, _PLACING, _GLOBE = 4, 24, 8, 6, 6
PREPOSITIONS = frozenset({"to_word", "from_word", "with_word", "genitive", "by_word"})
_NOUNS = ("rank_noun", "rank_word", "rank_verb")
_WORDS = (*_NOUNS, "list_place", "superlative", "ranked_word")
_ALL_WORDS = (*_WORDS, *records.WORDS)
_LEADS = frozenset({"genitive", "to_word", "by_word", "from_word"})
_ENDS = frozenset(
    {
        "clause_break",
        "past_verb",
        "num",
        "currency",
        "bracket",
        "opening",
        "when_word",
        "in_word",
        "behind_word",
    }
)
_AMONG = frozenset({"genitive", "determiner", "in_word", "among_word", "country_noun", "num"})
_COUNTS = frozenset({"ordinal", "hyphen", "cardinal"})
_NEXT_TO = frozenset({"behind_word", "area", "list_place"})
_GOVERNS = PREPOSITIONS | {"in_word", "behind_word", "crossing"}
_BY = frozenset({"in_word", "by_word"})
_CLAUSES = frozenset({"clause_break", "that_word"})
_SIDES = frozenset({"exports", "imports"})
_WHOLE: Indicator = "total_trade"


class Rank(NamedTuple):
    """A rank at half-open token positions; in a list, with its owner, the ranked area and the flow.

    ``several`` names a list, and no place in it: "the main buyers of Chilean goods were". Of all the ``world``,
    it is the ranked area's own flow that is ordered; a ``loose`` rank is one only where the text orders that flow.
    """

    start: int
    end: int
    indicator: Indicator | None = None
    owner: str | None = None
    ranked: str | None = None
    product: str | None = None
    several: bool = False
    kind: str = "among_partners"
    world: bool = False
    loose: bool = False
    since: bool = False


class _Told(NamedTuple):
    """What the words around a rank tell of the list: whose it is, which flow and goods it orders.

    ``falls`` says that the flow is a deficit, which is counted from the other side.
    """

    owner: str | None = None
    indicator: Indicator | None = None
    product: str | None = None
    falls: bool = False


def find(reading: Reading, sentence: Sentence, amounts: list[Amount]) -> list[Rank]:
    """Return the ranks of a sentence; a record that belongs to a figure is part of that figure."""
    if not reading.spots.any(sentence.start, sentence.end, *_ALL_WORDS):
        return []
    return list(_found(reading, sentence, amounts))


def _found(reading: Reading, sentence: Sentence, amounts: list[Amount]) -> Iterator[Rank]:
    tokens = reading.tokens
    for record in records.find(reading, sentence, amounts):
        yield Rank(record.start, record.end, kind=record.kind, since=record.since)
    world = False
    before: Rank | None = None
    done = sentence.start
    for i in reading.spots.between(sentence.start, sentence.end, *_WORDS):
        values = tokens[i].values
        if "superlative" in values:
            again = _again(tokens, i, sentence, before) if i >= done else None
            if again is not None:
                yield again
            continue
        flow = next((values[name] for name in _NOUNS if name in values), None)
        if _is_of_no_trade(tokens, i, sentence):
            continue
        if flow is None:
            listed = _in_flow(tokens, i, sentence)
        else:
            listed = _of_world(tokens, i, sentence, flow, again=world) or _listed(
                tokens, i, sentence, flow, before
            )
        if listed is not None:
            world = world or listed.world
            before, done = listed, listed.end
            yield listed


def _again(tokens: list[Token], i: int, sentence: Sentence, before: Rank | None) -> Rank | None:
    """Read another place of the one ranked before: "Peru is Chile's third largest partner and its largest in Asia"."""
    if before is None or before.several or before.world or i - before.end > _GLOBE or i + 2 >= sentence.end:
        return None
    first = i
    while first > before.end and _COUNTS & tokens[first - 1].values.keys():
        first -= 1
    first -= bool({"own_word", "determiner"} & tokens[first - 1].values.keys())
    joined = any("range_and" in t.values for t in tokens[before.end : first])
    placed = {"in_word", "inside_word"} & tokens[i + 1].values.keys()
    region = next((k for k in range(i + 2, min(i + 4, sentence.end)) if place(tokens, k) is not None), None)
    if not joined or not placed or region is None:
        return None
    return before._replace(start=first, end=region + 1, product=None)


def _is_of_no_trade(tokens: list[Token], noun: int, sentence: Sentence) -> bool:
    """Whether a rank is one in aid, loans or the like: "the largest source of grants"."""
    behind = tokens[noun + 1 : min(noun + 1 + _LEFT, sentence.end)]
    return bool(behind) and "genitive" in behind[0].values and any("exclude" in t.values for t in behind)


def _of_world(
    tokens: list[Token], noun: int, sentence: Sentence, flow: Indicator, *, again: bool
) -> Rank | None:
    """Read a place among all countries: "the world's second largest copper exporter"; ``again`` says that one was told.

    What is an export market for others imports itself.
    """
    first = _superlative(tokens, noun, sentence)
    if first is None or "trader_word" not in tokens[noun].values or "several_ranks" in tokens[noun].values:
        return None
    k = first - 1 - (first > sentence.start and "possessive" in tokens[first - 1].values)
    told = k >= sentence.start and "globe_word" in tokens[k].values
    inside = _inside(tokens, first, noun)
    behind = _behind(tokens, noun + 1, sentence, at_once=False)
    ends = tokens[noun + 1 : min(noun + _GLOBE, sentence.end)]
    told = told or any("globe_word" in t.values for t in ends)
    bare = inside.owner is None and behind.owner is None and _owned(tokens, first, sentence) == (first, None)
    clause = max(
        (j + 1 for j in range(sentence.start, first) if "clause_break" in tokens[j].values), default=None
    )
    here = sentence if clause is None else structs.replace(sentence, start=clause)
    ranked = _subject(tokens, k if told else first, here, None)
    if not (told or (again and bare)) or ranked is None:
        return None
    own: Indicator = "imports" if flow == "exports" else "exports"
    product = inside.product or behind.product
    return Rank(min(k, first) if told else first, noun + 1, own, None, ranked, product, world=True)


def _in_flow(tokens: list[Token], i: int, sentence: Sentence) -> Rank | None:
    """Read a place in a flow: "Peru took second place in Chile's exports", "ranked second in terms of trade"."""
    first = i if "ranked_word" in tokens[i].values else i - 1
    if first <= sentence.start or first + 2 >= sentence.end:
        return None
    ordered = "ordinal" in tokens[i + 1 if first == i else first].values
    if not ordered or not _BY & tokens[first + 2].values.keys():
        return None
    told = _behind(tokens, first + 3, sentence, at_once=True)
    ranked = _subject(tokens, first, sentence, told.owner)
    if told.indicator is None or ranked is None or told.falls:
        return None
    return Rank(first, first + 2, told.indicator, told.owner, ranked, told.product)


def _listed(
    tokens: list[Token], noun: int, sentence: Sentence, flow: Indicator, before: Rank | None
) -> Rank | None:
    """Read a place in a list: "Chile's second largest buyer", "fourth among Chile's buyers".

    One that goes on a list of places is in the list of the one ``before``: "Chile's largest market for tea,
    second largest market for copper".
    """
    values = tokens[noun].values
    top = _top(tokens, noun, sentence)
    first = noun if top is None else top
    start, owner = _owned(tokens, first, sentence)
    placed = _placed(tokens, start, noun, sentence, ordered=top is not None)
    if placed is None and (top is None or "rank_verb" in values):
        return None
    several = placed is None and "several_ranks" in values
    inside = _inside(tokens, first, noun)
    behind = _behind(tokens, noun + 1, sentence, at_once="rank_verb" in values)
    named = owner or (None if _is_region(inside.owner) else inside.owner) or behind.owner
    told = behind.indicator or inside.indicator
    start = start if placed is None else placed
    ranked = _apposed(tokens, noun + 1, sentence) or _subject(tokens, start, sentence, named)
    loose = "rank_word" in values and start == first and not (named or told or _is_as(tokens, start))
    goes_on = before is not None and before.owner is not None and before.indicator == flow
    if loose and goes_on and "list_joiner" in tokens[start - 1].values and before is not None:
        return before._replace(start=start, end=noun + 1, product=inside.product or behind.product)
    if loose and (several or _LEADS & tokens[min(noun + 1, sentence.end - 1)].values.keys()):
        return None
    if ranked is None and (placed is not None or "several_ranks" not in values):
        ranked = _inverted(tokens, noun + 1, sentence, named)
    product = inside.product or behind.product
    if behind.falls:
        named, ranked = ranked, named
    return Rank(start, noun + 1, told or flow, named, ranked, product, several, loose=loose)


def _is_region(code: str | None) -> bool:
    """Whether a rank is one among the countries of a region: "the leading African buyer of Peruvian goods"."""
    return code in areas.groups()


def _top(tokens: list[Token], i: int, sentence: Sentence) -> int | None:
    """Where the words of a rank begin: "second largest", or "second" alone before the noun; "a main buyer" has none."""
    top = _superlative(tokens, i, sentence)
    if top is not None and "extreme" not in tokens[top].values and "article" in tokens[top - 1].values:
        return None
    return i - 1 if top is None and i > sentence.start and "ordinal" in tokens[i - 1].values else top


def _superlative(tokens: list[Token], i: int, sentence: Sentence) -> int | None:
    several = "several_ranks" in tokens[i].values
    for k in range(i - 1, max(sentence.start, i - _LEFT) - 1, -1):
        if "rank_noun" in tokens[k].values or "rank_word" in tokens[k].values:
            return None
        if "superlative" in tokens[k].values or (several and "major_word" in tokens[k].values):
            first = k
            while first > sentence.start and _COUNTS & tokens[first - 1].values.keys():
                first -= 1
            return first
        if not (tokens[k].raw[0].isalnum() or {"possessive", "hyphen"} & tokens[k].values.keys()):
            return None
    return None


def _owned(tokens: list[Token], first: int, sentence: Sentence) -> tuple[int, str | None]:
    """Where a rank with its owner begins, and the owner if it is named: "Chile's", "the country's", "its"."""
    k = first - 1
    if k > sentence.start and "possessive" in tokens[k].values:
        k -= 1
        if "country_noun" in tokens[k].values:
            k -= "area" in tokens[k - 1].values
            return k - ("determiner" in tokens[k - 1].values), None
    if k < sentence.start:
        return first, None
    if "own_word" in tokens[k].values:
        return k, None
    owned = place(tokens, k)
    if owned is None or "country_noun" in tokens[k + 1].values:
        return first, None
    return k, owned.code


def _placed(tokens: list[Token], start: int, noun: int, sentence: Sentence, *, ordered: bool) -> int | None:
    """Where the words that give a place in a list begin: "fourth among", "tops", "ranked 6 among".

    Before a list in order a number is enough: "among the five largest buyers".
    """
    if start > sentence.start and "heads_list" in tokens[start - 1].values:
        return start - 1
    among = None
    for k in range(start - 1, max(start - _PLACING, sentence.start) - 1, -1):
        values = tokens[k].values
        numbered = "num" in values and "ranked_word" in tokens[k - 1].values
        if "ordinal" in values or numbered or ("numbered" in values and among is not None):
            return k if among is not None else None
        among = k if "among_word" in values else among
        if not _AMONG & values.keys() and (among is None or not _NEXT_TO & values.keys()):
            break
    counted = among is not None and any({"num", "cardinal"} & t.values.keys() for t in tokens[among:noun])
    return among if ordered and counted else None


def _inside(tokens: list[Token], first: int, noun: int) -> _Told:
    """What stands between a superlative and its noun: "top Chilean oil buyer", "No. 1 export and import market"."""
    told = _Told()
    for k in range(first, noun):
        values = tokens[k].values
        found = place(tokens, k)
        if found is not None:
            told = told._replace(owner=found.code)
        if "two_flows" in values or values.get("flow") == _WHOLE:
            told = told._replace(indicator=_WHOLE)
        if "product" in values:
            told = told._replace(product=str(values["product"]))
    return told


def _behind(tokens: list[Token], i: int, sentence: Sentence, *, at_once: bool) -> _Told:
    """What the words behind a rank tell: "of oil imports to Chile", "for Chilean exports", "by imports"."""
    told = _Told()
    if i + 1 < sentence.end and "in_word" in tokens[i].values and tokens[i + 1].values.get("flow") in _SIDES:
        return told._replace(indicator=tokens[i + 1].values["flow"])
    if not at_once:
        if i >= sentence.end or not _LEADS & tokens[i].values.keys():
            return told
        i += 1
    for k in range(i, min(i + _BEHIND, sentence.end)):
        values = tokens[k].values
        if tokens[k].raw == "," or _ENDS & values.keys():
            break
        found = place(tokens, k)
        if found is not None:
            return told._replace(owner=found.code, indicator=told.indicator or _flow(tokens, k + 1, sentence))
        told = told._replace(
            indicator=told.indicator or values.get("flow"),
            falls=told.falls or values.get("surplus") == "down",
        )
        if "product" in values:
            told = told._replace(product=told.product or str(values["product"]))
    return told


def _flow(tokens: list[Token], i: int, sentence: Sentence) -> Indicator | None:
    """The flow behind its owner: "Chilean exports", "Chile's exports"."""
    i += i < sentence.end and "possessive" in tokens[i].values
    found: Indicator | None = tokens[i].values.get("flow") if i < sentence.end else None
    return found


def _subject(tokens: list[Token], i: int, sentence: Sentence, owner: str | None) -> str | None:
    """Who has the rank: the area right before it, or the first that no preposition governs."""
    apposed = i - 1 - (i - 1 > sentence.start and (tokens[i - 1].raw == "," or _is_as(tokens, i)))
    if apposed >= sentence.start:
        named = place(tokens, apposed)
        if named is not None and named.code != owner:
            return named.code
    first = max(sentence.start, i - _SUBJECT)
    if (told := _told(tokens, range(i - 1, first - 1, -1), sentence, owner)) is not None:
        return told
    clause = next(
        (k + 1 for k in range(i - 1, first, -1) if not _CLAUSES.isdisjoint(tokens[k].values)), first
    )
    return _acting(tokens, range(clause, i), sentence, owner) or _acting(
        tokens, range(first, clause), sentence, owner
    )


def _told(tokens: list[Token], where: range, sentence: Sentence, owner: str | None) -> str | None:
    """Return the nearest area of which a verb tells at once what it is: "Peru is at present"."""
    for k in where:
        found = place(tokens, k)
        if found is not None and "copula" in tokens[k + 1].values:
            apart = found.code == owner or found.kind == "city" or _is_governed(tokens, k, sentence)
            return None if apart else found.code
    return None


def _acting(tokens: list[Token], where: range, sentence: Sentence, owner: str | None) -> str | None:
    """Return the first area that no preposition governs, and which owns or describes nothing."""
    for k in where:
        found = place(tokens, k)
        if found is None or found.code == owner or found.kind == "city" or _is_governed(tokens, k, sentence):
            continue
        if "country_noun" not in tokens[k + 1].values and "possessive" not in tokens[k + 1].values:
            return found.code
    return None


def _is_governed(tokens: list[Token], i: int, sentence: Sentence) -> bool:
    """Whether a preposition stands before an area: "with Peru", "to the United States"."""
    i -= i - 1 > sentence.start and "determiner" in tokens[i - 1].values
    return i > sentence.start and bool(_GOVERNS & tokens[i - 1].values.keys())


def _is_as(tokens: list[Token], i: int) -> bool:
    """Whether an area is told to be something: "with Peru as main destination"."""
    named = i > 2 and "when_word" in tokens[i - 1].values and place(tokens, i - 2) is not None  # noqa: PLR2004
    return named and "with_word" in tokens[i - 3].values


def _apposed(tokens: list[Token], i: int, sentence: Sentence) -> str | None:
    """The area that a rank is put before: "its largest trading partner Peru"."""
    found = place(tokens, i) if i < sentence.end else None
    return found.code if found is not None and found.kind == "name" else None


def _inverted(tokens: list[Token], i: int, sentence: Sentence, owner: str | None) -> str | None:
    """Who has a rank that is told first: "Chile's main buyer has been Peru"."""
    for k in range(i, sentence.end - 1):
        if "past_verb" in tokens[k].values:
            found = place(tokens, k + 1)
            return found.code if found is not None and found.code != owner else None
        if "move" in tokens[k].values or "clause_break" in tokens[k].values:
            return None
    return None
