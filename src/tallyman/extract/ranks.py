"""Ranks: a record, an all-time high, the largest trading partner."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tallyman.extract.places import place

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tallyman.extract.amounts import Amount
    from tallyman.extract.sentences import Sentence
    from tallyman.lexicon.terms import Token
    from tallyman.model import Indicator

_NEAR_FIGURE, _LEFT, _SUBJECT, _OWNER = 3, 4, 24, 4
PREPOSITIONS = frozenset({"to_word", "from_word", "with_word", "genitive", "by_word"})


class Rank(NamedTuple):
    """A rank at half-open token positions; in a list, with its owner, the ranked area and the flow."""

    start: int
    end: int
    indicator: Indicator | None = None
    owner: str | None = None
    ranked: str | None = None
    product: str | None = None


def find(tokens: list[Token], sentence: Sentence, amounts: list[Amount]) -> Iterator[Rank]:
    """Yield the ranks of a sentence; a record that belongs to a figure is part of that figure."""
    for i in range(sentence.start, sentence.end):
        values = tokens[i].values
        if "rank" in values and not any(a.start - _NEAR_FIGURE <= i < a.start for a in amounts):
            start = i - ("article" in tokens[i - 1].values) if i > sentence.start else i
            yield Rank(start, i + 1)
        elif "rank_noun" in values and (top := _top(tokens, i, sentence)) is not None:
            yield _listed(tokens, top, i, sentence)


def _top(tokens: list[Token], i: int, sentence: Sentence) -> int | None:
    """Where the words of a rank begin: "second largest", or "second" alone right before the noun."""
    top = _superlative(tokens, i, sentence)
    return i - 1 if top is None and i > sentence.start and "ordinal" in tokens[i - 1].values else top


def _superlative(tokens: list[Token], i: int, sentence: Sentence) -> int | None:
    for k in range(i - 1, max(sentence.start, i - _LEFT) - 1, -1):
        if "superlative" in tokens[k].values:
            first = k
            while first > sentence.start and (
                "ordinal" in tokens[first - 1].values or "hyphen" in tokens[first - 1].values
            ):
                first -= 1
            return first
        if not tokens[k].raw[0].isalpha():
            return None
    return None


def _listed(tokens: list[Token], top: int, noun: int, sentence: Sentence) -> Rank:
    owner = start = None
    k = top - 1
    if k > sentence.start and "possessive" in tokens[k].values:
        k -= 1
    owned = place(tokens, k) if k >= sentence.start else None
    if owned is not None and k + 1 < top and "country_noun" in tokens[k + 1].values:
        owned = None
    if owned is not None:
        owner, start = owned.code, k
    after = _after(tokens, noun + 1, sentence)
    owner = owner or after
    ranked = _subject(tokens, start if start is not None else top, sentence, owner)
    product = next((str(t.values["product"]) for t in tokens[top:noun] if "product" in t.values), None)
    indicator: Indicator = tokens[noun].values["rank_noun"]
    return Rank(start if start is not None else top, noun + 1, indicator, owner, ranked, product)


def _after(tokens: list[Token], i: int, sentence: Sentence) -> str | None:
    """The owner named behind: "the largest trading partner of Iran", "the top buyer for Peru"."""
    if i < sentence.end and {"genitive", "to_word"} & tokens[i].values.keys():
        for k in range(i + 1, min(i + _OWNER, sentence.end)):
            found = place(tokens, k)
            if found is not None:
                return found.code
    return None


def _subject(tokens: list[Token], i: int, sentence: Sentence, owner: str | None) -> str | None:
    """Who has the rank: the area of an apposition, else the first that no preposition governs."""
    if i - 1 > sentence.start and tokens[i - 1].raw == ",":
        named = place(tokens, i - 2)
        if named is not None and named.code != owner:
            return named.code
    for k in range(max(sentence.start, i - _SUBJECT), i):
        found = place(tokens, k)
        governed = k > sentence.start and bool(PREPOSITIONS & tokens[k - 1].values.keys())
        if found is None or found.code == owner or found.kind == "city" or governed:
            continue
        if "country_noun" not in tokens[k + 1].values and "possessive" not in tokens[k + 1].values:
            return found.code
    return None
