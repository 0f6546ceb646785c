"""Words in a clause that say nothing of how its figure is meant: asides, dates, and what leads on to another."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tallyman.extract.sentences import Sentence
    from tallyman.lexicon.terms import Token

_ASIDE, _AMOUNT, _ONWARD, _OWN, _OTHER, _EARLIER, _SIZE = 20, 6, 8, 7, 4, 5, 3
_IN_AMOUNT = frozenset({"num", "int", "scale", "currency", "percent", "determiner", "hedge"})


def before_aside(tokens: list[Token], i: int, sentence: Sentence) -> int:
    """Step back over a clause between commas: "raise trade, which was $22 billion in 2012, to $30 billion"."""
    if i - 2 <= sentence.start or "to_word" not in tokens[i - 1].values or tokens[i - 2].raw != ",":
        return i
    for k in range(i - 3, max(sentence.start, i - _ASIDE), -1):
        if tokens[k].raw == ",":
            return k if {"relative", "told_of"} & tokens[k + 1].values.keys() else i
    return i


def dates_a_base(tokens: list[Token], k: int, first: int) -> bool:
    """Return whether a participle only says when the figure before it was: "from the $2 billion recorded in 1995"."""
    j = k - 1 - (tokens[k - 1].raw == ",")
    if j <= first or not {"scale", "num", "percent"} & tokens[j].values.keys():
        return False
    for i in range(j, max(first, j - _AMOUNT) - 1, -1):
        if "from_word" in tokens[i].values:
            return True
        if not _IN_AMOUNT & tokens[i].values.keys():
            return False
    return False


def is_span(tokens: list[Token], k: int) -> bool:
    """Return whether a treaty only measures a time: "over the first five years of the agreement"."""
    of = k - 1 - ("determiner" in tokens[k - 1].values)
    return of > 0 and "genitive" in tokens[of].values and "unit" in tokens[of - 1].values


def leads_to_amount(tokens: list[Token], k: int) -> bool:
    """Return whether "to" and an amount follow: "exports contracted to $5 billion"."""
    ahead = [t.values for t in tokens[k + 1 : k + 4]]
    return (
        len(ahead) > 1
        and "to_word" in ahead[0]
        and any({"num", "currency", "hedge"} & v.keys() for v in ahead[1:])
    )


def leads_on(tokens: list[Token], k: int, last: int) -> bool:
    """Return whether the words behind a figure lead on to another: "trade of $5 billion could grow to $9 billion"."""
    ahead = tokens[k + 1 : min(k + _ONWARD, last)]
    return any(
        "to_word" in t.values and any("num" in u.values for u in ahead[i + 1 : i + 4])
        for i, t in enumerate(ahead)
    )


def is_of_other_figure(tokens: list[Token], k: int, first: int, i: int) -> bool:
    """Return whether a word speaks of another figure: "the $5 billion that they expected and $2 billion more".

    So does the verb of brackets that give what was so before: "counts on $5 billion (before, it was $4 billion) and".
    """
    return _is_of_clause(tokens, k, first, i) or _is_of_former(tokens, k, first)


def _is_of_clause(tokens: list[Token], k: int, first: int, i: int) -> bool:
    after = tokens[k + 1].values
    if "past_forecast" not in tokens[k].values or ("to_word" in after and "in_word" not in after):
        return False
    if "determiner" in tokens[k - 1].values and {"num", "currency"} & after.keys():
        return i > k + _SIZE
    if not any("range_and" in t.values for t in tokens[k + 1 : i]):
        return False
    for j in range(k - 1, max(first, k - _OWN), -1):
        if {"that_word", "compared"} & tokens[j].values.keys():
            return bool({"num", "scale", "currency", "percent"} & tokens[j - 1].values.keys())
    return False


def _is_of_former(tokens: list[Token], k: int, first: int) -> bool:
    if "copula" not in tokens[k].values:
        return False
    for j in range(k - 1, max(first, k - _EARLIER), -1):
        if "opening" in tokens[j].values:
            return "earlier_word" in tokens[j + 1].values
    return False


def sets_flows_off(tokens: list[Token], k: int, first: int, i: int) -> bool:
    """Return whether a word only sets one flow off against another: "exports of $5 billion against imports of"."""
    if "compared" not in tokens[k].values:
        return False
    ahead = next((t.values["flow"] for t in tokens[k + 1 : min(k + _OTHER, i)] if "flow" in t.values), None)
    before = next(
        (tokens[j].values["flow"] for j in range(k - 1, first - 1, -1) if "flow" in tokens[j].values), None
    )
    return ahead is not None and before is not None and ahead != before
