"""Which figures are what others are compared with: "from $90 billion", "compared to May 2022 ($3 billion)"."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tallyman.extract.amounts import Amount
    from tallyman.extract.sentences import Sentence
    from tallyman.lexicon.terms import Token

_SIZES = frozenset(
    {"percent", "percentage_point", "point_word", "times_word", "scale", "currency", "measure_unit"}
)
YEARLY = frozenset({"year", "rel_year", "turn_year", "year_ago", "year_word", "iranian_year", "fiscal_word"})
COMPARES = ("compared", "follows")
_TIME_LEFT = 9
_OF_TIME = frozenset(
    {"determiner", "same", "span_word", "unit", "genitive", "in_word", "year", "rel_year", "turn_year", "past_word",
     "month", "told_of", "carry", "hyphen", "ordinal", "small", "year_word", "long_unit", "fiscal_word"}
)  # fmt: skip
_BASE_LEFT = 5
_OPENS = frozenset({"opening", "hyphen"})
BEFORE_BASE = frozenset(
    {
        "hedge",
        "determiner",
        "hedge_gap",
        "level_noun",
        "genitive",
        "flow",
        "possessive",
        "month",
        "rel_year",
        "turn_year",
        "year",
        "plus_minus",
        "record",
        "rank",
        "extreme",
    }
)
# What stands right before a base at the least.
_LEADS = BEFORE_BASE | _OPENS | {"compared", "held_on", "held_over", "record", "extreme"}


def is_base(tokens: list[Token], amount: Amount, sentence: Sentence) -> bool:
    """Whether a figure is the level that another is compared with: "from $90 billion", "compared with 5 percent"."""
    first = amount.start - 1 - _is_signed(tokens, amount)
    if _LEADS.isdisjoint(tokens[first].values):
        return False
    if in_base_bracket(tokens, amount, sentence) or _is_old_record(tokens, amount, sentence):
        return True
    flow: str | None = None
    for k in range(first, max(sentence.start, first - _BASE_LEFT + 1) - 1, -1):
        values = tokens[k].values
        if "compared" in values and not (
            "sized" in values and "hedge" in values and not _compares(tokens, k, sentence)
        ):
            if _is_cause(tokens, k, sentence):
                return False
            same = flow is None or flow == flow_before(tokens, k, sentence.start)
            plain = "sized" not in values or ("definite" in values and "to_word" not in tokens[k - 1].values)
            return same and (plain or _compares(tokens, k, sentence))
        if "times_word" in values and k < first:
            return "up_to" not in tokens[k + 1].values
        if "multiple" in values and "definite" in tokens[k + 1].values:
            return True
        if _is_held_on(tokens, k):
            return amount.kind != "percent"
        flow = flow or values.get("flow")
        if BEFORE_BASE.isdisjoint(values) or (k == first and _dates_another(tokens, k)):
            return False
    return False


def _is_old_record(tokens: list[Token], amount: Amount, sentence: Sentence) -> bool:
    """Whether a figure is a record that another has broken: "wiping out the previous record of $5 billion"."""
    for k in range(amount.start - 1, max(sentence.start, amount.start - _BASE_LEFT), -1):
        values = tokens[k].values
        if "record" in values or "extreme" in values:
            return "prior_word" in tokens[k - 1].values
        if BEFORE_BASE.isdisjoint(values):
            return False
    return False


def _is_cause(tokens: list[Token], k: int, sentence: Sentence) -> bool:
    """Whether "from" tells a cause: "stemmed mainly from a 5 percent rise"."""
    return any("stems" in t.values for t in tokens[max(sentence.start, k - 2) : k])


def _is_held_on(tokens: list[Token], k: int) -> bool:
    """Whether a growth is held on what follows: "a rise on $3 billion", "a rise of 5 percent over 9 million tonnes"."""
    before = tokens[k - 1].values
    if "held_over" in tokens[k].values and "percent" in before:
        return any("move" in t.values for t in tokens[max(k - _BASE_LEFT, 0) : k])
    return "held_on" in tokens[k].values and "move" in before


def _dates_another(tokens: list[Token], k: int) -> bool:
    """Whether a verb takes its figure on from the time before it: "up 5 percent on 2022, surpassing $3 billion"."""
    return "hedge" in tokens[k].values and bool(YEARLY & tokens[k - 1].values.keys())


def in_base_bracket(tokens: list[Token], amount: Amount, sentence: Sentence) -> bool:
    """Whether a figure stands behind the time it is compared with: "compared to May 2022 ($3 billion)"."""
    i = amount.start - 1
    while i > sentence.start and "hedge" in tokens[i].values:
        i -= 1
    if _OPENS.isdisjoint(tokens[i].values):
        return False
    for k in range(i - 1, max(sentence.start, i - _TIME_LEFT) - 1, -1):
        values = tokens[k].values
        if "compared" in values or _is_held_on(tokens, k):
            return k < i - 1
        if _OF_TIME.isdisjoint(values):
            return False
    return False


def _is_signed(tokens: list[Token], amount: Amount) -> bool:
    """Whether a sign is glued to a figure: "against -$3 million"."""
    sign = tokens[amount.start - 1]
    return "plus_minus" in sign.values and sign.end == tokens[amount.start].start


def flow_before(tokens: list[Token], i: int, first: int) -> str | None:
    """Return the last flow before a token."""
    return next(
        (tokens[k].values["flow"] for k in range(i - 1, first - 1, -1) if "flow" in tokens[k].values),
        None,
    )


def _compares(tokens: list[Token], k: int, sentence: Sentence) -> bool:
    """Whether "more than" holds two figures against each other: "12 percent more than $5 billion"."""
    return k > sentence.start and bool(_SIZES & tokens[k - 1].values.keys())


def in_comparison(tokens: list[Token], amount: Amount, sentence: Sentence) -> bool:
    """Whether a figure belongs to the other side of a comparison: "compared with 5 percent growth to $3 billion"."""
    for k in range(amount.start - 1, sentence.start - 1, -1):
        values = tokens[k].values
        if ("compared" in values and "clause_break" in values) or "follows" in values:
            return True
        if tokens[k].raw in ",;" or "flow" in values:
            return False
    return False
