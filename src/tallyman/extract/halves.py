"""Exports and imports told together: two figures of one each, or one by which they differ."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from msgspec import structs

from tallyman.extract.lists import runs

if TYPE_CHECKING:
    from tallyman.extract.amounts import Amount
    from tallyman.extract.flows import Flow
    from tallyman.extract.sentences import Reading, Sentence
    from tallyman.lexicon.terms import Token
    from tallyman.model import Indicator

_TWO: tuple[Indicator, Indicator] = ("exports", "imports")
_GAP, _BEHIND = 4, 6
_BETWEEN = frozenset(
    {"range_and", "list_joiner", "hedge", "hedge_gap", "determiner", "plus_minus", "move", "by_word"}
)


def assigned(
    reading: Reading, sentence: Sentence, amounts: list[Amount], flows: list[Flow]
) -> dict[int, Flow]:
    """Return the flow that a figure measures where both directions are told, by the figure's first token.

    "Exports and imports were $26 billion and $11 billion"; "exports exceeded imports by $5 billion".
    """
    if not flows:
        return {}
    tokens = reading.tokens
    found = {
        amount.start: balance for amount in amounts if (balance := _excess(tokens, amount, flows)) is not None
    }
    for n, flow in enumerate(flows):
        both = _both(tokens, flow, flows[n + 1 : n + 2])
        if both is not None:
            found |= _handed(tokens, [a for a in amounts if a.start >= flow.end], both)
    if reading.spots.any(sentence.start, sentence.end, "respectively"):
        for run in runs(tokens, amounts):
            both = _told_before(run[0], flows)
            if both is not None:
                found = _handed(tokens, run, both) | found
    return found


def _excess(tokens: list[Token], amount: Amount, flows: list[Flow]) -> Flow | None:
    """The balance that a figure is by which one direction is above the other.

    "Exports exceeded imports by $5 billion", "exports were $5 billion higher than imports".
    """
    if amount.kind != "money":
        return None
    for first, second in pairwise(flows):
        if {first.indicator, second.indicator} != set(_TWO):
            continue
        crosses = any("crossing" in t.values for t in tokens[first.end : second.start])
        passed = crosses and second.end < amount.start <= second.end + _BEHIND
        above = first.end <= amount.start and amount.end < second.start <= amount.end + _GAP
        moved = tokens[amount.end].values.get("excess_word") if above else None
        if moved is None and not (passed and "by_word" in tokens[amount.start - 1].values):
            continue
        sells = (first.indicator == "exports") == (moved != "down")
        owner, other = first.reporter or second.reporter, first.partner or second.partner
        gap = structs.replace(
            first, indicator="balance", reporter=owner, partner=other, verb=False, weak=False
        )
        return structs.replace(gap, sign="up" if sells else "down")
    return None


def _handed(tokens: list[Token], amounts: list[Amount], both: tuple[Flow, Flow]) -> dict[int, Flow]:
    """The two figures side by side among some that two flows are handed."""
    return {
        amount.start: half
        for run in runs(tokens, amounts)
        if len(run) == len(both) and _side_by_side(tokens[run[0].end : run[1].start])
        for amount, half in zip(run, both, strict=True)
    }


def _told_before(amount: Amount, flows: list[Flow]) -> tuple[Flow, Flow] | None:
    """The last two flows before a figure, if they are exports and imports of the same areas."""
    last = [f for f in flows if f.end <= amount.start and not f.weak][-2:]
    if {f.indicator for f in last} != set(_TWO):
        return None
    first, second = last
    return first, structs.replace(second, reporter=second.reporter or first.reporter)


def _both(tokens: list[Token], flow: Flow, after: list[Flow]) -> tuple[Flow, Flow] | None:
    """Two flows in one noun, or joined by "and": "exports to and imports from Japan"."""
    first = tokens[flow.start].values.get("two_flows")
    if first is not None:
        second = _TWO[0] if first == _TWO[1] else _TWO[1]
        return structs.replace(flow, indicator=first), structs.replace(flow, indicator=second)
    for other in after:
        gap = tokens[flow.end : other.start]
        if {flow.indicator, other.indicator} == set(_TWO) and len(gap) <= _GAP and _joins(gap):
            reporter, partner = flow.reporter or other.reporter, flow.partner or other.partner
            return structs.replace(flow, reporter=reporter, partner=partner), structs.replace(
                other, reporter=reporter
            )
    return None


def _joins(gap: list[Token]) -> bool:
    return any("range_and" in t.values for t in gap) and not any(
        "num" in t.values or "move" in t.values for t in gap
    )


def _side_by_side(gap: list[Token]) -> bool:
    """Whether only "and" and hedges part two figures."""
    return any("range_and" in t.values for t in gap) and all(_BETWEEN & t.values.keys() for t in gap)
