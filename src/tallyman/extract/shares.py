"""Whether a percentage is a share of something: "accounted for 9 percent", "its share rose to 9 percent"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tallyman.extract.beside import past_bracket
from tallyman.extract.places import OTHERS, places

if TYPE_CHECKING:
    from tallyman.extract.amounts import Amount
    from tallyman.extract.places import Place
    from tallyman.extract.sentences import Sentence
    from tallyman.lexicon.terms import Token

_BEFORE = frozenset({"hedge", "hedge_gap", "determiner", "by_word"})
_LEVEL = frozenset({"to_word", "from_word", "at_word"})
_ENDS = frozenset({"clause_break", "speech"})
_SIZES = frozenset({"scale", "currency", "measure_unit", "area"})
_OWNERS = frozenset({"area", "possessive", "determiner", "country_noun", "own_word"})
_HANDS = frozenset({"with_word", "at_word", "ranked_word"})
_GOES = frozenset({"copula", "goes_word", "trade_verb"})
_WAYS = frozenset({"to_word", "from_word"})
_PLACED = frozenset({"follow_word", "ordinal", "superlative"})
_GOVERNS = frozenset({"to_word", "from_word", "with_word", "genitive", "by_word", "in_word"})
_JOINS = frozenset({"list_joiner", "determiner", "opening", "num", "percent", "bracket"})
_MONEY = frozenset({"scale", "scale_letter", "currency"})
_BASE_REACH, _BRACKET, _NAMED, _GOING = 4, 7, 3, 2


def is_share(tokens: list[Token], amount: Amount, sentence: Sentence, left: int, *, of_shares: bool) -> bool:
    """Whether words say that a percentage is a part of a whole, and not a growth.

    ``left`` is the first token that may speak of this figure alone; ``of_shares`` says that the percentage
    before it is a share.
    """
    k = past_bracket(tokens, amount.end, sentence)
    k += k + 1 < sentence.end and "taken_by" in tokens[k + 1].values
    k += _is_part_in_figures(tokens, amount, sentence)
    after = tokens[k].values if k < sentence.end else {}
    lead = _lead(tokens, amount, sentence)
    if "share" in after and "size_verb" in tokens[lead].values and "share_noun" not in after:
        return False
    if "share" in after or _grows(tokens, amount.end, sentence):
        return "share" in after
    if any("by_word" in t.values for t in tokens[lead + 1 : amount.start]):
        return False
    if "part_verb" in tokens[lead].values:
        return True
    if "genitive" in after:
        return of_shares or _is_of_whole(tokens, k + 1, sentence) or not _is_held(tokens, amount, sentence)
    if "opening" in tokens[lead].values:
        return (of_shares and _goes_on(tokens, amount, sentence)) or _is_of_parts(tokens, lead, sentence)
    handed = bool(_HANDS & tokens[lead].values.keys()) or _is_row(tokens, lead, sentence)
    valued = handed and _is_valued(tokens, amount, sentence)
    if valued or (handed and _is_of_parts(tokens, lead, sentence, listed=of_shares)):
        return True
    if _goes_one_way(tokens, amount, lead, sentence, of_shares=of_shares):
        return True
    if of_shares and _is_held(tokens, amount, sentence):
        return True
    told = _told(tokens, amount, max(left, sentence.start), lead, sentence, of_shares=of_shares)
    return told if told is not None else _is_other_size(tokens, amount, lead, sentence, of_shares=of_shares)


def _is_part_in_figures(tokens: list[Token], amount: Amount, sentence: Sentence) -> bool:
    """Whether brackets give a part that is told in words before them: "two-fifths (39 percent) of"."""
    i = amount.start - 2
    closed = amount.end < sentence.end and "bracket" in tokens[amount.end].values
    return closed and i >= sentence.start and bool({"parts", "fraction"} & tokens[i].values.keys())


def _told(
    tokens: list[Token], amount: Amount, left: int, lead: int, sentence: Sentence, *, of_shares: bool
) -> bool | None:
    """Whether the clause before a percentage tells of shares, or of what moves; ``None`` where it does neither."""
    for k in range(amount.start - 1, left - 1, -1):
        values = tokens[k].values
        if "share" in values:
            return True
        if "clause_break" in values:
            break
        if "move" in values and "hedge" not in values:
            to_level = bool(_LEVEL & tokens[lead].values.keys()) or any(
                {"threshold", "hedge"} <= t.values.keys() for t in tokens[lead + 1 : amount.start]
            )
            return to_level and (of_shares or _is_of_share(tokens, k, sentence))
    return None


def _is_other_size(
    tokens: list[Token], amount: Amount, lead: int, sentence: Sentence, *, of_shares: bool
) -> bool:
    """Whether a percentage goes on about shares, or says how much of the whole the money beside it is."""
    row = "range_and" in tokens[lead].values and "num" in tokens[max(lead - 1, sentence.start)].values
    goes_on = row or "copula" in tokens[lead].values or _goes_on(tokens, amount, sentence)
    return (
        (of_shares and goes_on)
        or _is_of_share(tokens, amount.start, sentence)
        or _is_in_whole(tokens, amount.end, sentence)
        or _is_in_other_words(tokens, amount, sentence)
    )


def holders(tokens: list[Token], amount: Amount, sentence: Sentence, whole: str | None) -> list[str]:
    """Return the areas that have a share of another's trade: the last before the figure that act, else the first."""
    named = [p for p in places(tokens, sentence.start, amount.start) if p.code != whole and p.kind != "city"]
    acting = [p for p in named if _acts(tokens, p, sentence)]
    together = acting[-1:]
    if together and _stand_for_all(tokens, together[0].at, amount.start):
        return [*(p.code for p in acting), OTHERS]
    for before in reversed(acting[:-1]):
        if before.code == together[0].code:
            together[0] = before
            continue
        gap = tokens[before.at + 1 : together[0].at]
        if not (all(_JOINS & t.values.keys() for t in gap) and any("list_joiner" in t.values for t in gap)):
            break
        together.insert(0, before)
    return [p.code for p in together or named[:1]]


def _stand_for_all(tokens: list[Token], first: int, end: int) -> bool:
    """Whether words between an area and a figure stand for several: "Peru was fifth, and the five countries had"."""
    for k in range(end - 1, first + 1, -1):
        values = tokens[k].values
        if {"others_noun", "country_noun"} & values.keys() and "cardinal" in tokens[k - 1].values:
            return True
        if "num" in values or "flow" in values:
            return False
    return False


def _acts(tokens: list[Token], p: Place, sentence: Sentence) -> bool:
    """Whether an area may have a share: no preposition governs it, and it owns nothing but its share."""
    if p.at > sentence.start and _GOVERNS & tokens[p.at - 1].values.keys():
        return False
    after = tokens[p.at + 1 : p.at + 1 + _NAMED]
    if after and "country_noun" in after[0].values and p.kind == "group":
        return False
    return not (after and "possessive" in after[0].values) or any("share_noun" in t.values for t in after)


def is_taken(tokens: list[Token], amount: Amount, sentence: Sentence) -> bool:
    """Whether money or goods are a part of what was counted: "Peru accounted for $5 billion of it"."""
    lead = tokens[_lead(tokens, amount, sentence)].values
    i = past_bracket(tokens, amount.end, sentence)
    after = tokens[i].values if i < sentence.end else {}
    gives = "gives_share" in lead and "to_word" in after
    return ("share" in lead and "genitive" in after) or gives


def _grows(tokens: list[Token], i: int, sentence: Sentence) -> bool:
    """Whether a change stands behind a figure: "a 65 percent rise", "a 2 percent on-year rise", "5 percent more"."""
    i += i < sentence.end and "year_ago" in tokens[i].values
    return i < sentence.end and "move" in tokens[i].values


def _lead(tokens: list[Token], amount: Amount, sentence: Sentence) -> int:
    """The token that leads to a figure, before its hedges."""
    i = amount.start - 1
    while i > sentence.start and not _BEFORE.isdisjoint(tokens[i].values):
        i -= 1
    return max(i, sentence.start)


def lists_on(tokens: list[Token], amount: Amount, sentence: Sentence) -> bool:
    """Whether a figure goes on a list that sentences before began: "next come Peru at 9 percent and Cuba at 8"."""
    before = tokens[sentence.start : amount.start]
    placed = any(_PLACED & t.values.keys() for t in before)
    return placed and not any("move" in t.values and "hedge" not in t.values for t in before)


def _is_row(tokens: list[Token], i: int, sentence: Sentence) -> bool:
    """Whether only a comma stands between an area and its figure in a list: "Peru, 9 percent; Chile, 8 percent"."""
    rowed = tokens[i].raw == "," and i > sentence.start and "area" in tokens[i - 1].values
    return rowed and any(t.raw == ";" for t in tokens[sentence.start : i])


def _goes_one_way(
    tokens: list[Token], amount: Amount, lead: int, sentence: Sentence, *, of_shares: bool
) -> bool:
    """Whether a part of a flow goes one way: "Peru buys 9 percent from Chile", "9 percent came from Chile"."""
    i, end = past_bracket(tokens, amount.end, sentence), sentence.end
    first = i
    while i < min(end, first + _GOING) and _GOES & tokens[i].values.keys():
        i += 1
    goes = i > first
    if goes and "product" in tokens[min(i, end - 1)].values:
        return True
    toward = i < end and bool(_WAYS & tokens[i].values.keys())
    if not any("area" in t.values for t in tokens[i : min(i + _NAMED, end)]):
        return False
    bought = toward and ("trade_verb" in tokens[lead].values or of_shares)
    return bought or (goes and (toward or "area" in tokens[i].values))


def _is_of_whole(tokens: list[Token], i: int, sentence: Sentence) -> bool:
    """Whether a percentage is one of all of a flow: "from 9 percent of Chile's total exports"."""
    for k in range(i, min(i + _NAMED + 1, sentence.end)):
        if "whole_word" in tokens[k].values:
            return True
        if not _OWNERS & tokens[k].values.keys():
            return False
    return False


def _is_of_parts(tokens: list[Token], lead: int, sentence: Sentence, *, listed: bool = False) -> bool:
    """Whether the words before a figure are of shares: "the main partners are Peru (9%)", "$5 million (9%)".

    ``listed`` says that they go on a list of shares.
    """
    opening = lead
    inside, made_of = False, listed or bool(_SIZES & tokens[opening - 1].values.keys())
    for k in range(opening - 1, sentence.start - 1, -1):
        values = tokens[k].values
        if "bracket" in values or "opening" in values:
            inside = "bracket" in values
        elif inside or "hedge" in values or "compared" in values:
            continue
        elif "share" in values or "rank_noun" in values:
            return True
        elif "move" in values:
            return False
        made_of = made_of or "comprises" in values
    return made_of


def _is_of_share(tokens: list[Token], i: int, sentence: Sentence) -> bool:
    """Whether the clause before a word speaks of a share: "its share in the region's trade", "the share of oil"."""
    for k in range(i - 1, sentence.start - 1, -1):
        values = tokens[k].values
        if "share_noun" in values:
            return True
        if _ENDS & values.keys() or "num" in values or ("move" in values and "hedge" not in values):
            return False
    return False


def _is_in_whole(tokens: list[Token], i: int, sentence: Sentence) -> bool:
    """Whether all of a flow stands behind a percentage that is in it: "it was 9 percent in Peru's overall imports"."""
    if i >= sentence.end or "in_word" not in tokens[i].values:
        return False
    for k in range(i + 1, min(i + _BRACKET, sentence.end)):
        if "whole_word" in tokens[k].values:
            return "flow" in tokens[k].values or "flow" in tokens[min(k + 1, sentence.end - 1)].values
        if not _OWNERS & tokens[k].values.keys():
            return False
    return False


def _goes_on(tokens: list[Token], amount: Amount, sentence: Sentence) -> bool:
    """Whether nothing moves between a share and a percentage behind it: "tea made up 9 percent, coffee 8 percent"."""
    for k in range(amount.start - 1, sentence.start - 1, -1):
        values = tokens[k].values
        if {"percent", "fraction"} & values.keys():
            return True
        if "clause_break" in values or ("move" in values and "hedge" not in values):
            return False
    return False


def _is_in_other_words(tokens: list[Token], amount: Amount, sentence: Sentence) -> bool:
    """Whether money stands beside a percentage of it: "$66 billion or 12 percent", "($14 billion, 9 percent)"."""
    before, after = tokens[amount.start - 1].values, tokens[min(amount.end, sentence.end - 1)].values
    k = amount.start - 2
    k -= k > sentence.start and "or_word" in before and tokens[k].raw in ",)"
    sized = k >= sentence.start and bool(_MONEY & tokens[k].values.keys())
    if sized and tokens[amount.start - 1].raw == ",":
        inside = tokens[max(amount.start - _BRACKET, sentence.start) : amount.start]
        return any("opening" in t.values for t in inside)
    follows = amount.end + 1 < sentence.end and "currency" in tokens[amount.end + 1].values
    follows = follows and not any("move" in t.values for t in tokens[amount.end : amount.end + _BRACKET])
    listed = tokens[amount.start - 1].raw == "," and "opening" in after
    return (sized and "or_word" in before) or (follows and ("or_word" in after or listed))


def _is_valued(tokens: list[Token], amount: Amount, sentence: Sentence) -> bool:
    """Whether brackets give a part in money: "fuel with 11 percent ($3 million)"."""
    i = amount.end
    inside = range(i, past_bracket(tokens, i, sentence))
    return any({"currency", "scale"} & tokens[k].values.keys() for k in inside)


def _is_held(tokens: list[Token], amount: Amount, sentence: Sentence) -> bool:
    """Whether a percentage is held against the share before it: "took 9 percent, against 8 percent in 2020"."""
    for k in range(amount.start - 1, max(amount.start - _BASE_REACH, sentence.start) - 1, -1):
        values = tokens[k].values
        if "compared" in values and "hedge" not in values:
            return True
        if "share" in values or "past_verb" in values:
            return False
    return False
