"""Whether a figure is held against a time: "than in 2020", "5 percent up on 2022", "double that of 2014"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tallyman.extract.bases import flow_before

if TYPE_CHECKING:
    from tallyman.extract.calendar import Context, Interval
    from tallyman.extract.periods import TimeRef
    from tallyman.extract.sentences import Reading
    from tallyman.lexicon.terms import Token

_RANGES = frozenset({"months", "months_across_years", "years", "years_apart", "days"})
_BETWEEN = frozenset(
    {"in_word", "determiner", "move", "told_of", "flow", "surplus", "carry", "genitive", "copula", "no_goods",
     "level_noun", "data_noun", "hedge_gap", "whole_word", "extreme", "record", "rank", "possessive"}
)  # fmt: skip
_NEAR = frozenset({"at_word", "hedge"})
_AMOUNTS = frozenset({"carry", "level_noun", "data_noun", "hedge_gap"})
_MONTH, _SIZES = frozenset({"month", "in_word", "year"}), frozenset({"by_word", "genitive", "adverb_move"})
_MULTIPLES, _THAT = frozenset({"multiple", "times_word"}), frozenset({"points_back", "those_word"})
_GROWTH, _SIZED, _ASIDE = 6, 8, 12
_RECORD_REACH, _HAD_REACH = 16, 5
_OF_FIGURE = frozenset(
    {"num", "scale", "currency", "sign", "percent", "measure_unit", "genitive", "determiner", "hedge", "in_word",
     "flow", "surplus", "worth", "move", "record", "told_of", "plus_minus", "range_and", "year"}
)  # fmt: skip
_DATED = frozenset({"year", "rel_year", "turn_year"})
_SPANS = frozenset({"months", "head", "head_bare", "nth_unit", "marked"})
_YEARS = frozenset({"year", "month", "same_period"})


def is_held_against(tokens: list[Token], ref: TimeRef, first: int = 0) -> bool:
    """Whether a figure is compared with that time: "than in 2020"; a span may begin with "from" all the same."""
    i, plain = ref.start - 1, ref.start > 0 and is_plain(tokens[ref.start - 1])
    i -= plain
    while i > first and not _BETWEEN.isdisjoint(tokens[i].values) and "compared" not in tokens[i].values:
        on, over = "held_on" in tokens[i].values, "held_over" in tokens[i].values
        if (on or over) and _is_growth(tokens, i, first, on or _is_of_year(tokens, ref)):
            return True
        i -= 1 + ("possessive" in tokens[i].values)
    if _is_level_of(tokens, i, ref):
        return True
    crossed = "crossing" in tokens[i].values and any(
        _AMOUNTS & t.values.keys() for t in tokens[i + 1 : ref.end + 2]
    )
    multiple = i >= first and not _MULTIPLES.isdisjoint(tokens[i].values)
    if multiple and _is_multiple_of(tokens, i + 1, ref):
        return True
    return (
        i >= first
        and ("compared" in tokens[i].values or crossed)
        and not (ref.rule in _RANGES and "from_word" in tokens[i].values)
        and ref.period.relation != "since"
    )


def is_aside(tokens: list[Token], ref: TimeRef, first: int) -> bool:
    """Whether a time is of the figure on the other side: "from $6 billion in 2005", "after a fall of 2% in May"."""
    if ref.rule in _SPANS and not any(_DATED & t.values.keys() for t in tokens[ref.start : ref.end]):
        return False
    flow: str | None = None
    for k in range(ref.start - 1, max(first, ref.start - _ASIDE) - 1, -1):
        values = tokens[k].values
        if "follows" in values or ("compared" in values and "sized" not in values):
            other = flow is not None and "follows" not in values and flow != flow_before(tokens, k, first)
            return not other and any("num" in t.values for t in tokens[k : ref.start])
        if not _MULTIPLES.isdisjoint(values):
            return any("num" in t.values for t in tokens[k + 1 : ref.start])
        flow = flow or values.get("flow")
        if _OF_FIGURE.isdisjoint(values) and not _is_letter_of_amount(tokens, k):
            return False
    return False


def is_told_aside(reading: Reading, ref: TimeRef, context: Context, first: int) -> bool:
    """Whether the text does not go on about a time: that of a base, of a record since broken, of an aim."""
    if is_aside(reading.tokens, ref, first):
        return True
    if context.published is None and ref.rule == "year" and ref.period.relation == "by":
        return True
    if is_before((ref.period.start, ref.period.end), context.last) and in_brackets(
        reading.tokens, ref, first
    ):
        return True
    return _is_of_old_record(reading, ref, first)


def is_before(interval: Interval, last: Interval | None) -> bool:
    """Whether a time is over before that last spoken of."""
    ends = interval[1], last and last[1]
    return bool(ends[0] and ends[1] and ends[0] < ends[1])


def had_been(reading: Reading, ref: TimeRef) -> bool:
    """Whether what is told of a time was over before another: "while in 2018 exports had been lower"."""
    had = reading.spots.between(ref.end, ref.end + _HAD_REACH, "pluperfect")
    return any("past_cue" in reading.tokens[k + 1].values for k in had if k + 1 < len(reading.tokens))


def _is_of_old_record(reading: Reading, ref: TimeRef, first: int) -> bool:
    """Whether a time is that of a record since broken: "the previous high, $5 billion, was recorded in 1997"."""
    records = reading.spots.between(max(first, ref.start - _RECORD_REACH), ref.start, "record", "extreme")
    return any("prior_word" in reading.tokens[k - 1].values for k in records if k > first)


def in_brackets(tokens: list[Token], ref: TimeRef, first: int) -> bool:
    """Whether a time stands behind a figure in brackets: "goods for $9 billion ($8 billion in 2022)"."""
    figure = False
    for k in range(ref.start - 1, max(first, ref.start - _ASIDE) - 1, -1):
        values = tokens[k].values
        if "opening" in values:
            return figure
        figure |= "num" in values
        if _OF_FIGURE.isdisjoint(values) and not _is_letter_of_amount(tokens, k):
            return False
    return False


def _is_letter_of_amount(tokens: list[Token], k: int) -> bool:
    """Whether a letter is the currency of the number glued to it: "R9 billion"."""
    letter, after = tokens[k], tokens[k + 1]
    return len(letter.raw) == 1 and letter.end == after.start and "num" in after.values


def in_its_year(tokens: list[Token], ref: TimeRef, after: TimeRef, first: int) -> bool:
    """Whether a month is one of the year told behind the next: "$5 bn in April and $6 bn in May last year"."""
    if is_aside(tokens, ref, first):
        return False
    if not (ref.rule == after.rule == "month" and ref.period.start and after.period.start):
        return False
    dated, undated = (any(_DATED & t.values.keys() for t in tokens[r.start : r.end]) for r in (after, ref))
    gap = tokens[ref.end : after.start]
    joined = any("range_and" in t.values for t in gap) and all(_OF_FIGURE & t.values.keys() for t in gap)
    return dated and not undated and joined and ref.period.start.month < after.period.start.month


def goes_on_from(tokens: list[Token], before: TimeRef, ref: TimeRef) -> bool:
    """Whether a month without a year is that which a rise leads to: "from $4 bn in May 2022 to $7 bn in June"."""
    if not (before.rule == ref.rule == "month" and before.period.start and ref.period.start):
        return False
    dated, undated = (any(_DATED & t.values.keys() for t in tokens[r.start : r.end]) for r in (before, ref))
    gap = tokens[before.end : ref.start]
    leads = bool(gap) and "to_word" in gap[0].values and any("num" in t.values for t in gap)
    return dated and not undated and leads and all(_OF_FIGURE & t.values.keys() for t in gap[1:])


def is_a_year_before(tokens: list[Token], base: TimeRef, ref: TimeRef, first: int) -> bool:
    """Whether a month without a year is held against the same month of a year: "in May, compared with May 2022"."""
    if not (base.rule == ref.rule == "month" and base.period.start) or ref.period.relation != "during":
        return False
    dated, undated = (any(_DATED & t.values.keys() for t in tokens[r.start : r.end]) for r in (base, ref))
    if (
        undated
        or not dated
        or not any(_is_month(t, base.period.start.month) for t in tokens[ref.start : ref.end])
    ):
        return False
    return is_held_against(tokens, base, first) or is_aside(tokens, base, first)


def _is_month(token: Token, number: int) -> bool:
    return "month" in token.values and int(token.values["month"]) == number


def _is_level_of(tokens: list[Token], i: int, ref: TimeRef) -> bool:
    """Whether a figure stays at what it was at a time: "at last year's level", "near the levels of 2012"."""
    told = tokens[max(i, 0) : ref.start]
    if told and "genitive" in told[-1].values and any("level_noun" in t.values for t in told):
        return bool(_NEAR & told[0].values.keys())
    after = tokens[ref.end : ref.end + 2]
    owner = bool(after) and "possessive" in after[0].values
    level = len(after) > owner and "level_noun" in after[owner].values
    return level and any("at_word" in t.values for t in tokens[max(i, 0) : ref.start])


def _is_multiple_of(tokens: list[Token], i: int, ref: TimeRef) -> bool:
    """Whether a multiple is one of that time: "double that of 2014", "twice last year's level", "twice the 2014 level".

    "It doubled the volume of its exports in 2014" tells when it did so.
    """
    gap = tokens[i : ref.start]
    if any({"flow", "surplus", "move"} & t.values.keys() for t in gap):
        return False
    if any(_AMOUNTS & t.values.keys() for t in tokens[ref.end : ref.end + 2]):
        return True
    if any(_THAT & t.values.keys() for t in gap):
        return True
    if gap and "in_word" in gap[-1].values and not any("told_of" in t.values for t in gap):
        return False
    return any(_AMOUNTS & t.values.keys() for t in gap)


def is_plain(token: Token) -> bool:
    """Whether a token is a word of no class: "from the weak second quarter"."""
    if not (token.raw.isalpha() and token.raw.islower()):
        return False
    return not token.values or all(name.startswith("=") for name in token.values)


def _is_of_year(tokens: list[Token], ref: TimeRef) -> bool:
    """Whether a growth "over" a time is held against it: "up 5 percent over 2022", "over the previous year"."""
    return ref.rule in _YEARS and any(
        {"year", "turn_year", "year_ago"} & t.values.keys() for t in tokens[ref.start : ref.end]
    )


def _before_bracket(tokens: list[Token], end: int, first: int) -> int:
    """Step back over a rate in brackets: "an increase of $2 billion (5 percent) on"."""
    if "bracket" not in tokens[end - 1].values:
        return end
    opened = range(end - 2, max(first, end - _GROWTH), -1)
    return next((k for k in opened if "opening" in tokens[k].values), end)


def _is_growth(tokens: list[Token], end: int, first: int, told: bool) -> bool:
    """Whether words tell how much more or less: "up 5 percent", "a 5 percent rise"; a bare percentage if ``told``."""
    end = _before_bracket(tokens, end, first)
    while end > first + 1 and _MONTH & tokens[end - 1].values.keys():
        end -= 1
    end -= end > first + 1 and tokens[end - 1].raw == "," and "percent" in tokens[end - 2].values
    last = tokens[end - 1].values
    if "move" in last:
        return end - 1 > first and bool({"percent", "determiner", "extreme"} & tokens[end - 2].values.keys())
    grown = [t.values for t in tokens[max(first, end - _GROWTH) : end]]
    if "scale" in last and told and any(_SIZES & values.keys() for values in grown):
        return any("move" in t.values for t in tokens[max(first, end - _SIZED) : end])
    if "percent" in last and told:
        return True
    return bool({"percent", "adverb_move"} & last.keys()) and any(
        "genitive" in values or ("adverb_move" in values and "past_cue" not in values) for values in grown
    )
