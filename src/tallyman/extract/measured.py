"""Which flow of its sentence a figure measures: the one before it, right behind it, or of its share."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from msgspec import structs

from tallyman.extract.ranks import PREPOSITIONS

if TYPE_CHECKING:
    from tallyman.extract.amounts import Amount
    from tallyman.extract.flows import Flow
    from tallyman.extract.scene import Scene
    from tallyman.lexicon.terms import Token

_EXPLAINS = frozenset({"relative", "determiner"})
_AFTER_REACH, _AHEAD_REACH, _CLOSED = 6, 12, 4
_LINKS = frozenset(
    {"worth", "genitive", "determiner", "pair_word", "area", "goods_basis", "move", "in_word", "hyphen", "product",
     "rel_year", "possessive", "year_ago", "target_noun", "copula", "bracket", "record", "per_period", "superlative",
     "surplus", "goods_head", "no_goods", "personal"}
)  # fmt: skip
_OWNED = frozenset({"area", "possessive", "determiner", "own_word"})
_GOODS = frozenset({"auxiliary", "worth", "goods_basis", "product"})
_BETWEEN = frozenset({"genitive", "hedge", "determiner", "hedge_gap"})
_ACTS = frozenset({"past_verb", "auxiliary", "move", "reached", "forecast_cue"})


def flow_of(scene: Scene, amount: Amount, spoken: list[Flow]) -> Flow | None:
    """Return the flow that a figure measures, of those its sentence names."""
    tokens = scene.tokens
    if points_back(scene, amount):
        return None
    before = [
        f for f in spoken if f.end <= amount.start and all(t.raw != ";" for t in tokens[f.end : amount.start])
    ]
    if before and (
        _follows_at_once(scene, before[-1].end, amount.start)
        or _holds_share(scene, before[-1], amount, spoken)
    ):
        return before[-1]
    return _led(scene, amount, spoken, before) or (
        _behind(scene, amount, before) if before else _ahead(scene, amount, spoken)
    )


def signed(scene: Scene, flow: Flow, amount: Amount) -> Flow:
    """Return a balance as the deficit that the words before its figure make it: "was negative at $3 billion"."""
    if flow.indicator != "balance" or flow.sign is not None:
        return flow
    gap = scene.tokens[flow.end : amount.start]
    return structs.replace(flow, sign="down") if any("in_deficit" in t.values for t in gap) else flow


def _led(scene: Scene, amount: Amount, spoken: list[Flow], before: list[Flow]) -> Flow | None:
    """The flow right behind a figure: "$5 billion worth of exports"."""
    for flow in spoken:
        near = amount.end <= flow.start <= amount.end + _AFTER_REACH
        again = bool(before) and not flow.placed and _is_same(flow, before[-1])
        does = amount.kind == "times" and "own_word" in scene.tokens[min(amount.end, flow.start - 1)].values
        if does and flow.start <= amount.end + 2:
            return flow
        compared = amount.kind == "times" and bool(before)
        if near and _is_of(scene.tokens[amount.end : flow.start], flow):
            return flow
        if near and not (again or compared) and _leads(scene, amount.end, flow.start, alone=not before):
            return _maker(scene, flow, spoken) or flow
    return None


def _is_of(gap: list[Token], flow: Flow) -> bool:
    """Whether a figure is of the flow behind it: "$5 billion worth of goods was sold", "9 of it was for exports"."""
    if not gap or flow.verb:
        return bool(gap) and all(_GOODS & t.values.keys() for t in gap)
    if len(gap) > 1 and "thereof_word" in gap[0].values:
        return "copula" in gap[1].values and all(_OWNED & t.values.keys() for t in gap[2:])
    return "share" in gap[-1].values and (len(gap) == 1 or "genitive" in gap[0].values)


def _behind(scene: Scene, amount: Amount, before: list[Flow]) -> Flow:
    """The flow before a figure that it goes on about."""
    if subject_again(scene, before[-1].end, amount.start):
        return before[0]
    for flow in before[:-1]:
        if _explained(scene, flow, before[-1], amount):
            return flow
    return before[-2] if len(before) > 1 and _is_aside(scene, before[-1], amount) else before[-1]


def _explained(scene: Scene, flow: Flow, last: Flow, amount: Amount) -> bool:
    """Whether the flows behind one only explain it: "the deficit, the gap between exports and imports, grew"."""
    tokens, i = scene.tokens, flow.end
    if tokens[i].raw != "," or not _EXPLAINS & tokens[i + 1].values.keys():
        return False
    closed = next(
        (k for k in range(last.end, min(last.end + _CLOSED, amount.start)) if tokens[k].raw == ","), None
    )
    return closed is not None and bool(
        _ACTS & tokens[closed + 1].values.keys() or _ACTS & tokens[closed + 2].values.keys()
    )


def _ahead(scene: Scene, amount: Amount, spoken: list[Flow]) -> Flow | None:
    """The next flow behind a figure, unless the figure is a part of it or of something else."""
    ahead = next((f for f in spoken if amount.end <= f.start <= amount.end + _AHEAD_REACH), None)
    if ahead is None:
        return None
    gap = [t.values for t in scene.tokens[amount.end : ahead.start]]
    if any("part_of" in values or "clause_break" in values for values in gap):
        return None
    if amount.kind != "percent" and any("percent" in values for values in gap):
        return None
    shared = any("share" in values for values in gap)
    return None if shared and scene.state.measure is not None else ahead


def _holds_share(scene: Scene, flow: Flow, amount: Amount, spoken: list[Flow]) -> bool:
    """Whether the trade of two has a share of other trade: "trade of A with B made up 36 percent of all trade"."""
    if amount.kind != "percent" or not (flow.reporter and flow.partner):
        return False
    whole = next((f for f in spoken if amount.end <= f.start <= amount.end + _AFTER_REACH), None)
    near = scene.tokens[max(flow.end, amount.start - _CLOSED) : amount.start]
    return whole is not None and whole.indicator == flow.indicator and any("share" in t.values for t in near)


def _is_same(flow: Flow, before: Flow) -> bool:
    """Whether a flow is the one before it again: a surplus is no deficit."""
    return flow.indicator == before.indicator and (flow.sign == before.sign or not flow.sign)


def _maker(scene: Scene, whole: Flow, spoken: list[Flow]) -> Flow | None:
    """The flow that makes a share: "95 percent of the trade is accounted for by imports from Peru"."""
    after = next((f for f in spoken if whole.end < f.start <= whole.end + _AFTER_REACH), None)
    if after is None:
        return None
    gap = scene.tokens[whole.end : after.start]
    made = any("share" in t.values for t in gap) and "by_word" in gap[-1].values
    return after if made else None


def _is_aside(scene: Scene, flow: Flow, amount: Amount) -> bool:
    """Whether a flow is the whole of a share told by the way: "exports to Peru, 8 percent of all exports, rose"."""
    tokens = scene.tokens
    closed = any(t.raw == "," for t in tokens[flow.end : flow.end + _CLOSED])
    if _is_share_told(scene, flow, amount):
        return True
    if not closed or not any(_ACTS & t.values.keys() for t in tokens[flow.end : amount.start]):
        return False
    for k in range(flow.start - 1, max(flow.start - _AHEAD_REACH, 0), -1):
        if tokens[k].raw == ",":
            return any("share" in t.values for t in tokens[k : flow.start])
    return False


def _is_share_told(scene: Scene, flow: Flow, amount: Amount) -> bool:
    """Whether a sentence goes on after a share: "made up 45 percent of all trade and amounted to $5 billion"."""
    tokens = scene.tokens
    shared = any(
        "percent" in first.values and "genitive" in second.values
        for first, second in pairwise(tokens[max(flow.start - _AHEAD_REACH, 0) : flow.start])
    )
    acts = any(
        "range_and" in tokens[k].values and any(_ACTS & t.values.keys() for t in tokens[k + 1 : amount.start])
        for k in range(flow.end, amount.start)
    )
    return shared and acts


def subject_again(scene: Scene, start: int, end: int) -> bool:
    """Whether a pronoun takes up the first flow of a sentence: "trade peaked as imports surged, and it fell to"."""
    tokens = scene.tokens
    return any(
        _ACTS & tokens[i + 1].values.keys() and not (PREPOSITIONS & tokens[i - 1].values.keys())
        for i in scene.reading.spots.between(start, end - 1, "it_they")
    )


def points_back(scene: Scene, amount: Amount) -> bool:
    """Whether a change is that of the sentence before: "This 5 percent rise is due to higher imports"."""
    tokens, i = scene.tokens, amount.start
    this = i > 0 and "this_word" in tokens[i - 1].values and scene.state.measure is not None
    return this and amount.end < len(tokens) and "move" in tokens[amount.end].values


def _follows_at_once(scene: Scene, start: int, end: int) -> bool:
    """Whether only "of" stands between a flow and its figure: "a deficit of $5 billion"."""
    gap = scene.tokens[start:end]
    return bool(gap) and "genitive" in gap[0].values and all(_BETWEEN & t.values.keys() for t in gap)


def _leads(scene: Scene, start: int, end: int, *, alone: bool) -> bool:
    """Whether only links stand between a figure and the flow behind it: "$5 billion worth of exports".

    Other words may stand there only where no flow stands before the figure, and so it is ``alone``, or one of them.
    """
    plain = [t for t in scene.tokens[start:end] if not _LINKS & t.values.keys()]
    return all(t.raw.isalpha() and not t.values for t in plain) and (alone or len(plain) <= 1)
