"""What says that money or goods are the size of a change: a sign, brackets, a noun of change beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tallyman.extract.bases import flow_before

if TYPE_CHECKING:
    from tallyman.extract.amounts import Amount
    from tallyman.extract.roles import Told
    from tallyman.extract.sentences import Sentence
    from tallyman.lexicon.terms import Token

_ELLIPSIS, _BRACKET, _TO_REACH = 8, 4, 4
_OTHER_WORDS = frozenset({"or_word", "num", "percent", "list_joiner"})
_OWNERS = frozenset(
    {
        "area",
        "hyphen",
        "possessive",
        "determiner",
        "product",
        "own_word",
        "country_noun",
        "pair_word",
        "goods_basis",
    }
)
_BY_YEAR = frozenset({"year_ago", "annual"})
_NAMES_CHANGE = frozenset({"determiner", "superlative", "major_word", "extreme"})
_TELLS = frozenset({"copula", "past_verb", "goes_word", "in_word"})
_ROW = frozenset({"num", "percent", "list_joiner", "hedge", "minus", "plus_minus"})


def signed(tokens: list[Token], amount: Amount) -> int | None:
    """Return a sign glued to a percentage behind a bracket or a blank: "(+39%)"."""
    i = amount.start - 1
    if i < 1 or "plus_minus" not in tokens[i].values or tokens[i].end != tokens[amount.start].start:
        return None
    return i if tokens[i - 1].end < tokens[i].start or "opening" in tokens[i - 1].values else None


def signed_change(tokens: list[Token], amount: Amount, sentence: Sentence, before: Told | None) -> int | None:
    """Return the sign in brackets that tells a change: "(+$3 million)", "$9 million (-$3 million)"; no deficit.

    That of a balance is the side it is in: "the surplus with Peru shrank (+$3 million)".
    """
    sign = signed(tokens, amount)
    if sign is None or "opening" not in tokens[sign - 1].values:
        return None
    moved = before is not None and before.amount.end == sign - 1
    gained = (
        tokens[sign].values["plus_minus"] == "up" and flow_before(tokens, sign, sentence.start) != "balance"
    )
    return sign if moved or gained else None


def main_change(tokens: list[Token], amount: Amount, sentence: Sentence) -> int | None:
    """Return the noun whose part a figure in brackets is: "the main rise in imports was from Peru ($9 million)"."""
    if amount.kind != "money" or "opening" not in tokens[amount.start - 1].values:
        return None
    for k in range(amount.start - 2, sentence.start, -1):
        values = tokens[k].values
        if "move" in values and "hedge" not in values:
            named = bool(_NAMES_CHANGE & tokens[k - 1].values.keys())
            return k if named and k + 1 < len(tokens) and _TELLS & tokens[k + 1].values.keys() else None
        if "clause_break" in values:
            return None
    return None


def headed_by(tokens: list[Token], sentence: Sentence, left: int) -> int | None:
    """Return the noun of change whose size a figure is: "the increase in Chile's exports to Peru was 9 percent"."""
    for k in range(left - 1, sentence.start - 1, -1):
        values = tokens[k].values
        if {"in_word", "genitive"} & values.keys():
            return (
                k - 1
                if k > sentence.start
                and "move" in tokens[k - 1].values
                and "hedge" not in tokens[k - 1].values
                else None
            )
        if not _OWNERS & values.keys():
            return None
    return None


def size_of_noun(tokens: list[Token], amount: Amount, sentence: Sentence, left: int) -> int | None:
    """Return the noun whose size stands before the new level: "a fall in the deficit of $2 billion to $65 billion"."""
    lead = amount.start - 1
    lead -= "hedge" in tokens[lead].values
    if "genitive" not in tokens[lead].values or not to_level(tokens, amount):
        return None
    return headed_by(tokens, sentence, left)


def change_behind(tokens: list[Token], i: int, sentence: Sentence) -> int | None:
    """Return a noun of change right behind a figure: "a 65 percent increase", "a 2 percent on-year rise"."""
    i += i < sentence.end and not _BY_YEAR.isdisjoint(tokens[i].values)
    while i < sentence.end - 1 and not _ROW.isdisjoint(tokens[i].values):
        i += 1
    if i >= sentence.end or "move" not in tokens[i].values:
        return None
    return None if {"adverb_move", "compared"} & tokens[i].values.keys() else i


def part_of_change(tokens: list[Token], amount: Amount, sentence: Sentence) -> int | None:
    """Return the change that money or goods are a part of: "accounted for $5 billion of the rise"."""
    i = amount.end
    if (
        i + 2 >= sentence.end
        or "genitive" not in tokens[i].values
        or "determiner" not in tokens[i + 1].values
    ):
        return None
    return change_behind(tokens, i + 2, sentence)


def to_level(tokens: list[Token], amount: Amount) -> bool:
    """Return whether the new level follows the size of a change: "rose $204 million (9 percent) to $868 million"."""
    i = amount.end
    if i < len(tokens) and "opening" in tokens[i].values:
        i = next((k + 1 for k in range(i, min(i + _BRACKET, len(tokens))) if tokens[k].raw == ")"), i)
    while i < amount.end + _ELLIPSIS and i < len(tokens) and _OTHER_WORDS & tokens[i].values.keys():
        i += 1
    after = tokens[i : i + _TO_REACH]
    return len(after) > 1 and "to_word" in after[0].values and any("currency" in t.values for t in after[1:])
