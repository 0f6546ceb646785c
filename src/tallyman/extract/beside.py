"""The area that stands with a figure: "Iraq with $2.9 billion", "18 percent from the US", "Peru for 8 percent"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import structs

from tallyman.extract.places import OTHERS, Place, member_before, place, places

if TYPE_CHECKING:
    from tallyman.extract.amounts import Amount
    from tallyman.extract.sentences import Sentence
    from tallyman.lexicon.terms import Token
    from tallyman.model import Indicator, Measure

HEADS = frozenset({"name", "group"})
DIRECTIONS = frozenset({"to_word", "from_word", "with_word"})
_AFTER, _PLACING = 3, 5
_HANDS = frozenset({"with_word", "opening", "by_word", "at_word", "hyphen", "worth_word"})
_FACED = frozenset({"name", "group", "capital", "metonym"})
_AWAY: dict[Indicator, str] = {"exports": "to_word", "imports": "from_word"}
_PLACES = frozenset(
    {"follow_word", "ordinal", "superlative", "list_joiner", "determiner", "in_word", "list_place"}
)
_RANKED = frozenset({"follow_word", "ordinal", "list_place", "determiner", "in_word", "takes_word"})
_OF = frozenset({"genitive", "worth"})
_WHAT = frozenset({"share_noun", "flow"})
_BRACKET = 7
_RELATIVE = frozenset({"relative", "that_word"})
_PLACE = frozenset({"ordinal", "list_place", "next_word"})


def area(tokens: list[Token], sentence: Sentence, amount: Amount) -> str | None:
    """An area that stands with its figure: "Iraq with $2.9 billion", "Iraq ($2.9 billion)", "€60 billion for China"."""
    i = amount.start - 1
    while i > sentence.start and _is_sign(tokens, i):
        i -= 1
    i -= "weak_flow" in tokens[i].values and "with_word" in tokens[i - 1].values
    i -= "by_word" in tokens[i].values and "opening" in tokens[i - 1].values
    if i > sentence.start and (holder := _holder(tokens, sentence, i)) is not None:
        return holder.code
    if i > sentence.start and "former_word" in tokens[i - 1].values:
        return _of_two(tokens, sentence, i - 1)
    before = place(tokens, _placed(tokens, i - 1, sentence)) if i > sentence.start else None
    if before is not None and before.kind in HEADS and _hands(tokens, i, before.at):
        return _ahead(tokens, sentence, before)
    after = faced(tokens, sentence, amount)
    return after.code if after is not None else None


def _of_two(tokens: list[Token], sentence: Sentence, i: int) -> str | None:
    """The area of two that a word stands for: "Peru and Chile, the former with a tenth"."""
    named = [p for p in places(tokens, sentence.start, i) if p.kind in HEADS][:2]
    if len(named) < 2:  # noqa: PLR2004
        return None
    return named[int(tokens[i].values["former_word"])].code


def faced(tokens: list[Token], sentence: Sentence, amount: Amount) -> Place | None:
    """The area that a preposition right behind a figure gives it: "18 percent from the US", "9 percent went to"."""
    closed = amount.end < sentence.end and "bracket" in tokens[amount.end].values
    i = past_bracket(tokens, amount.end, sentence) + closed
    relative = i + 1 < sentence.end and "goes_word" in tokens[i + 1].values
    i += relative and bool(_RELATIVE & tokens[i].values.keys())
    told = i + 1 < sentence.end and tokens[i].raw == "," and "copula" in tokens[i + 1].values
    i += told
    i += i < sentence.end and bool({"goes_word", "copula"} & tokens[i].values.keys())
    if i >= sentence.end or DIRECTIONS.isdisjoint(tokens[i].values):
        return None
    for k in range(i + 1, min(i + _AFTER, sentence.end)):
        named = place(tokens, k)
        if named is not None and named.kind in _FACED:
            owns = k + 1 < len(tokens) and "possessive" in tokens[k + 1].values
            return None if owns else _meant(tokens, named)
        if "others_noun" in tokens[k].values and "world" in tokens[k].values:
            return Place(k, OTHERS, "name")
    return None


def past_bracket(tokens: list[Token], i: int, sentence: Sentence) -> int:
    """Return the token behind what brackets say of a figure that ends before token ``i``."""
    if i >= sentence.end or "opening" not in tokens[i].values:
        return i
    inside = range(i, min(i + _BRACKET, sentence.end))
    return next((k + 1 for k in inside if "bracket" in tokens[k].values), i)


def _meant(tokens: list[Token], named: Place) -> Place | None:
    """What a name means before its noun: "from the Asian giant" is the only Asian country before, or nobody."""
    if (
        named.kind != "group"
        or named.at + 1 >= len(tokens)
        or "country_noun" not in tokens[named.at + 1].values
    ):
        return named
    code = member_before(tokens, named)
    return structs.replace(named, code=code) if code is not None else None


def inside(tokens: list[Token], sentence: Sentence, amounts: list[Amount]) -> dict[int, str]:
    """Return the area in which each figure is told to be so, by its first token: "by 7% to €18bn in Peru"."""
    found: dict[int, str] = {}
    behind: Amount | None = None
    for amount in reversed(amounts):
        i = amount.end
        named = place(tokens, i + 1) if i + 1 < sentence.end and "in_word" in tokens[i].values else None
        if named is not None:
            found[amount.start] = named.code
        elif behind is not None and behind.start in found and _leads(tokens[i : behind.start]):
            found[amount.start] = found[behind.start]
        behind = amount
    return found


def _leads(gap: list[Token]) -> bool:
    return len(gap) == 1 and "to_word" in gap[0].values


def goes_to(tokens: list[Token], sentence: Sentence, amount: Amount, measure: Measure) -> str | None:
    """Return the other side that the words behind a figure name: of exports, "$3 billion went to Peru"."""
    named, way = faced(tokens, sentence, amount), _AWAY.get(measure.indicator)
    told = way is not None and any(way in t.values for t in tokens[amount.end : amount.end + 2])
    return named.code if named is not None and told else None


def _ahead(tokens: list[Token], sentence: Sentence, named: Place) -> str:
    """The area whose figure it is: itself, or the one that is next to it: "Peru was fourth behind Chile with"."""
    if "behind_word" not in tokens[named.at - 1].values:
        return named.code
    return next((p.code for p in places(tokens, sentence.start, named.at) if p.kind in HEADS), named.code)


def _hands(tokens: list[Token], i: int, area: int) -> bool:
    """Whether the word before a figure hands it to an area: "Iraq with", "Iraq (", "..., Iraq reached"."""
    values = tokens[i].values
    told = "past_verb" in values and "trade_verb" not in values
    return bool(_HANDS & values.keys()) or (told and _goes_on(tokens, area))


def _goes_on(tokens: list[Token], i: int) -> bool:
    """Whether an area goes on a list of clauses: "Peru came to $3 billion, India reached $1 billion"."""
    k = i - 1
    while k > 0 and "determiner" in tokens[k].values:
        k -= 1
    joined = "list_joiner" in tokens[k].values
    while k > 0 and "list_joiner" in tokens[k].values:
        k -= 1
    return joined and "area" not in tokens[k].values


def _placed(tokens: list[Token], i: int, sentence: Sentence) -> int:
    """Step back over the words behind an area: "Japan came a distant second, with", "the Emirates (UAE) with"."""
    k = i - ("bracket" in tokens[i].values)
    while k > max(sentence.start, i - _PLACING) and not _PLACES.isdisjoint(tokens[k].values):
        k -= 1
    return k


def _is_sign(tokens: list[Token], i: int) -> bool:
    """Whether a token is a hedge, or a sign that is no dash: "(-5 percent)"."""
    values = tokens[i].values
    return "hedge" in values or (
        "plus_minus" in values and ("hyphen" not in values or "opening" in tokens[i - 1].values)
    )


def _holder(tokens: list[Token], sentence: Sentence, i: int) -> Place | None:
    """The area whose part a figure is by the words before it, of which the last is at token ``i``."""
    return (
        _of_what(tokens, sentence, i)
        or _accounts(tokens, sentence, i)
        or _told_of(tokens, sentence, i)
        or _owner(tokens, sentence, i)
    )


def _told_of(tokens: list[Token], sentence: Sentence, i: int) -> Place | None:
    """The area that a relative clause gives its part: "along with China, which accounted for $5 billion"."""
    k = i - 1
    if "share" not in tokens[i].values or k - 1 <= sentence.start or "relative" not in tokens[k].values:
        return None
    named = place(tokens, k - 1 - (tokens[k - 1].raw == ","))
    return named if named is not None and named.kind in HEADS else None


def _owner(tokens: list[Token], sentence: Sentence, i: int) -> Place | None:
    """The area whose figure follows in a list: "followed by Japan's 9 percent and China's 8 percent"."""
    named = place(tokens, i - 1) if "possessive" in tokens[i].values and i > sentence.start else None
    if named is None or named.kind not in HEADS:
        return None
    return named if any("follow_word" in t.values for t in tokens[sentence.start : i]) else None


def _of_what(tokens: list[Token], sentence: Sentence, i: int) -> Place | None:
    """The area in a place of a list before its share or flow: "Peru took second place with a share of"."""
    if i - 2 < sentence.start:
        return None
    k = i - 2 - ("determiner" in tokens[i - 2].values)
    told = not (_OF.isdisjoint(tokens[i].values) or _WHAT.isdisjoint(tokens[i - 1].values))
    if not told or k <= sentence.start or "with_word" not in tokens[k].values:
        return None
    comma = tokens[k - 1].raw == ","
    k -= 1 + comma
    if comma and not _RANKED & tokens[k].values.keys():
        return None
    while k > sentence.start and _RANKED & tokens[k].values.keys():
        k -= 1
    named = place(tokens, k)
    if named is None or named.kind not in HEADS:
        return None
    shared = "share_noun" in tokens[i - 1].values
    return named if shared or any(_PLACE & t.values.keys() for t in tokens[sentence.start : i]) else None


def _accounts(tokens: list[Token], sentence: Sentence, i: int) -> Place | None:
    """The area of a further part: "Peru accounted for 9 percent, Chile for 8 percent", "from Peru for $5 billion"."""
    k = i - 1 - ("others_noun" in tokens[i - 1].values)
    named = place(tokens, k) if k > sentence.start else None
    if named is None or named.kind not in HEADS or "target_for" not in tokens[i].values:
        return None
    if DIRECTIONS & tokens[named.at - 1].values.keys():
        return named
    told = any("share" in t.values for t in tokens[sentence.start : i])
    return named if told and _goes_on(tokens, named.at) else None
