"""Which time stands right at a figure: behind it, as its owner before it, or at the head of its clause."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tallyman.extract.against import is_held_against, is_plain
from tallyman.extract.bases import BEFORE_BASE, in_base_bracket
from tallyman.extract.moments import after_brackets, links

if TYPE_CHECKING:
    from collections.abc import Callable

    from tallyman.extract.amounts import Amount
    from tallyman.extract.periods import TimeRef
    from tallyman.extract.sentences import Sentence
    from tallyman.lexicon.terms import Token

_GAP = frozenset(
    {
        "determiner",
        "relation",
        "from_word",
        "genitive",
        "to_word",
        "by_word",
        "mark",
        "per_period",
        "hedge",
        "target_noun",
        "in_word",
        "flow",
        "pair_word",
        "surplus",
        "record",
        "goods_basis",
        "worth",
        "unit_gap",
        "year_word",
        "range_between",
        "span_word",
        "with_word",
        "area",
        "told_of",
    }
)
_VERBAL = frozenset(
    {"copula", "past_verb", "ranked_word", "at_word", "hedge", "determiner",
     "carry", "points_back", "hyphen", "in_word"}
)  # fmt: skip
_BASE_GAP = _GAP | {"past_verb", "reached", "move", "trade_verb"}
_OWNS = frozenset({"restated", "possessive", "genitive", "hedge_gap", "level_noun"})
_CLAUSE, _OWN_REACH, _NAMED_REACH, _SAID_REACH = 9, 8, 4, 6


class Owned:
    """The time expressions of one sentence that stand at its figures."""

    def __init__(
        self,
        tokens: list[Token],
        sentence: Sentence,
        refs: list[TimeRef],
        bases: set[int],
        compares: Callable[[TimeRef], bool],
    ) -> None:
        """Take the times of a sentence, where the figures begin that are bases, and what tells which time is one."""
        self._tokens = tokens
        self._sentence = sentence
        self._refs = refs
        self._bases = bases
        self._compares = compares

    def of(self, amount: Amount) -> TimeRef | None:
        """Return the time that a figure owns: before its bracket, its owner, or right behind it."""
        if not self._refs:
            return None
        return self._before_bracket(amount) or self._named(amount) or self._behind(amount)

    def when(self, amount: Amount) -> TimeRef | None:
        """Return the compared time that a clause or brackets tell of: "than in 2022, when imports were $2 billion"."""
        ref = next((r for r in reversed(self._refs) if r.end <= amount.start), None)
        if ref is None or not self._compares(ref):
            return None
        if amount.start - ref.end > _CLAUSE and any(
            t.raw == "," for t in self._tokens[ref.end + 1 : amount.start]
        ):
            return None
        lead = [t for t in self._tokens[ref.end : ref.end + 2] if not (t.raw == "," or "opening" in t.values)]
        return ref if lead and {"time_clause", "relative"} & lead[0].values.keys() else None

    def _behind(self, amount: Amount) -> TimeRef | None:
        start = after_brackets(self._tokens, amount.end, self._sentence)
        start += amount.start in self._bases and self._is_told_of(start)
        allowed = _BASE_GAP if amount.start in self._bases else _GAP
        after = [r for r in self._refs if r.start >= start]
        ref = after[0] if after else None
        if ref is None:
            return None
        if ref.rule == "year_ago" and len(after) > 1:
            later = self._tokens[start : after[1].start]
            linked = len(later) <= _OWN_REACH and links(later, allowed - {"from_word"} | {"year_ago"})
            ref = after[1] if linked else ref
        gap = [t for t in self._tokens[start : ref.start] if "year_ago" not in t.values]
        return self._apposed(ref) if len(gap) <= _OWN_REACH and links(gap, allowed) else None

    def _is_told_of(self, i: int) -> bool:
        """Whether a participle between commas tells of a base: "from $3 billion, registered in May, to"."""
        around = self._tokens[i : i + 2]
        return len(around) > 1 and around[0].raw == "," and "told_of" in around[1].values

    def _apposed(self, ref: TimeRef) -> TimeRef:
        """The date that says which time is meant: "a year earlier, in May 2020"."""
        after = next((r for r in self._refs if r.start >= ref.end), None)
        if ref.rule != "year_ago" or after is None or not after.period.start or after.is_base:
            return ref
        gap = self._tokens[ref.end : after.start]
        return after if [t.raw for t in gap][:1] == [","] and len(gap) < _NAMED_REACH - 1 else ref

    def _before_bracket(self, amount: Amount) -> TimeRef | None:
        """The time that a base in brackets follows."""
        if not in_base_bracket(self._tokens, amount, self._sentence):
            return None
        return next((r for r in reversed(self._refs) if r.end <= amount.start), None)

    def _named(self, amount: Amount) -> TimeRef | None:
        """The time that names a figure right before it: "last year's $3 billion", "the May figure of $3 billion"."""
        for ref in self._refs:
            gap = [t for t in self._tokens[ref.end : amount.start] if t.raw != ","]
            if 0 < len(gap) <= _NAMED_REACH and _is_owner(gap[0]):
                return ref if all(BEFORE_BASE & t.values.keys() or is_plain(t) for t in gap[1:]) else None
        return self._said_of(amount)

    def _said_of(self, amount: Amount) -> TimeRef | None:
        """The compared time of which a figure is told: "the figure a year earlier was $3 billion"."""
        ref = next((r for r in reversed(self._refs) if r.end <= amount.start), None)
        if (
            ref is None
            or not ref.is_base
            or is_held_against(self._tokens, ref, self._sentence.start)
            or amount.start - ref.end > _SAID_REACH
        ):
            return None
        gap = self._tokens[ref.end : amount.start]
        verb = "rate_basis" not in self._tokens[ref.start].values and any(
            {"copula", "past_verb", "ranked_word"} & t.values.keys() for t in gap
        )
        return ref if verb and all(_VERBAL & t.values.keys() for t in gap) else None


def _is_owner(after: Token) -> bool:
    """Whether a word makes the time before it that of the figure behind: "May's", "the 2012 peak of", "May:"."""
    return (
        after.raw == ":"
        or bool(_OWNS & after.values.keys())
        or ("extreme" in after.values and "move" not in after.values)
    )
