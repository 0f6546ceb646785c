"""Which words of trade tell of a flow: those in names, in brackets, and contracts without a figure do not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tallyman.extract.asides import is_span
from tallyman.extract.places import place

if TYPE_CHECKING:
    from tallyman.extract.sentences import Reading, Sentence
    from tallyman.lexicon.terms import Token

GOODS = "goods"
_NEAR_BEFORE, _NEAR_AFTER = 3, 7
_LONG, _PROSE = 4, 6
_BESIDE = frozenset({"area", "currency"})
_AMOUNT = frozenset({"scale", "currency"})
_TURNS = frozenset({"to_word", "from_word"})
_SHRINKS = frozenset({"num", "in_word", "by_word"})


def is_flow(reading: Reading, i: int, sentence: Sentence) -> bool:
    """Whether the word at token ``i`` may tell of a flow."""
    tokens = reading.tokens
    values = tokens[i].values
    if "nothing" in values or _is_object(tokens, i, sentence) or _is_titled(tokens, i, sentence):
        return False
    if values.get("flow") == "contract":
        near = tokens[i + 1 : i + _NEAR_BEFORE]
        shrinks = "move" in values and any(not _SHRINKS.isdisjoint(t.values) for t in near)
        return not (shrinks or is_span(tokens, i)) and _counts(tokens, i, sentence)
    if values.get("flow") == "total_trade" and _of_balance(tokens, i, sentence):
        return False
    if values.get("weak_flow") == "total_trade" and tokens[i - 1].values.get("flow") == "total_trade":
        return False
    if values.get("flow") == "investment" and _goes_with_trade(tokens, i):
        return False
    if "flow" in values or "weak_flow" in values:
        whole = values.get("flow") == "total_trade" and i + 1 < sentence.end
        if whole and "balance" in (tokens[i + 1].values.get(name) for name in ("flow", "weak_flow")):
            return False
        return not _bracketed(reading, i, sentence)
    if "flow_pronoun" in values:
        return i + 1 < sentence.end and bool(
            _TURNS & tokens[i + 1].values.keys() or _is_of_area(tokens, i + 1)
        )
    if "weighed_verb" in values and not _weighs(tokens, i, sentence):
        return False
    return "trade_verb" in values and i > sentence.start


def _is_of_area(tokens: list[Token], i: int) -> bool:
    """Whether a flow told again is that of another area: "Peru's exports rose, and those of Chile"."""
    k = i + 1 + (i + 1 < len(tokens) and "determiner" in tokens[i + 1].values)
    return "genitive" in tokens[i].values and k < len(tokens) and place(tokens, k) is not None


def is_of_firm(tokens: list[Token], i: int) -> bool:
    """Return whether the flow at token ``i`` is a firm's own: "the company's exports"."""
    return i > 1 and "possessive" in tokens[i - 1].values and "firm_noun" in tokens[i - 2].values


def _goes_with_trade(tokens: list[Token], i: int) -> bool:
    """Whether investment is named after trade in one breath, of which the figure is: "trade and investment"."""
    return i > 1 and "range_and" in tokens[i - 1].values and tokens[i - 2].values.get("flow") == "total_trade"


def _weighs(tokens: list[Token], i: int, sentence: Sentence) -> bool:
    """Whether goods by weight or part of all stand beside a verb: "9 tonnes sourced from", "it sources 9% of gas"."""
    near = tokens[max(i - _NEAR_BEFORE, sentence.start) : min(i + _NEAR_AFTER, sentence.end)]
    after = tokens[i + 1 : min(i + _NEAR_AFTER, sentence.end)]
    part = any("percent" in t.values for t in after[:_NEAR_BEFORE]) and any(
        "product" in t.values for t in after
    )
    return part or any("measure_unit" in t.values for t in near)


def _is_object(tokens: list[Token], i: int, sentence: Sentence) -> bool:
    """Whether goods are what a verb before them trades: "Peru imported goods worth $5 million"."""
    return (
        tokens[i].values.get("weak_flow") == GOODS
        and i > sentence.start
        and "trade_verb" in tokens[i - 1].values
    )


def _is_titled(tokens: list[Token], i: int, sentence: Sentence) -> bool:
    """Whether a noun is part of a name in capitals: "the 2002 Trade Outcomes Statement"; a headline is none."""
    k = i + 1
    if i == sentence.start or k >= sentence.end or "flow" not in tokens[i].values:
        return False
    named = tokens[i].raw[0].isupper() and not tokens[i].raw.isupper()
    if (
        not (named and tokens[k].raw[0].isupper() and tokens[k].raw.isalpha())
        or _BESIDE & tokens[k].values.keys()
    ):
        return False
    plain = sum(t.raw[0].islower() and len(t.raw) >= _LONG for t in tokens[sentence.start : sentence.end])
    return plain >= _PROSE


def _of_balance(tokens: list[Token], i: int, sentence: Sentence) -> bool:
    """Whether a trade is that of the balance named before: "a deficit in foreign trade", "the balance of trade"."""
    for k in range(i - 1, max(i - _NEAR_BEFORE - 1, sentence.start - 1), -1):
        if tokens[k].values.get("flow") == "balance":
            return bool({"in_word", "genitive"} & tokens[k + 1].values.keys())
    return False


def _counts(tokens: list[Token], i: int, sentence: Sentence) -> bool:
    """Whether a contract or deal has a figure of its own: "deals worth $5 billion", "a $5 billion contract"."""
    before = tokens[max(i - _NEAR_BEFORE, sentence.start) : i]
    if any(t.raw == "," or "clause_break" in t.values for t in before):
        before = []
    after = tokens[i + 1 : min(i + _NEAR_AFTER, sentence.end)]
    priced = bool(after) and "target_for" in after[0].values and "by_word" not in after[0].values
    if priced and any("currency" in t.values for t in after):
        return True
    return any(_AMOUNT & t.values.keys() for t in before) or any(
        "worth" in t.values and "genitive" not in t.values for t in after
    )


def _bracketed(reading: Reading, i: int, sentence: Sentence) -> bool:
    """Whether a noun stands in brackets that give no figure: "(exports plus imports)"."""
    tokens, first = reading.tokens, max(i - _NEAR_AFTER, sentence.start)
    if not reading.spots.any(first, i, "opening"):
        return False
    for k in range(i - 1, first - 1, -1):
        if "bracket" in tokens[k].values or "num" in tokens[k].values:
            return False
        if "opening" in tokens[k].values:
            closing = next(
                (j for j in range(i, min(i + _NEAR_AFTER, sentence.end)) if "bracket" in tokens[j].values), i
            )
            return not any("num" in t.values for t in tokens[i:closing])
    return False
