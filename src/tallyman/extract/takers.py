"""Who takes or gives a part of another's flow by its verb: "Peru took 9 percent of the exports"."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from msgspec import structs

from tallyman.extract.beside import DIRECTIONS, HEADS, past_bracket
from tallyman.extract.places import place

if TYPE_CHECKING:
    from collections.abc import Collection

    from tallyman.extract.amounts import Amount
    from tallyman.extract.flows import Flow
    from tallyman.extract.scene import Scene
    from tallyman.extract.sentences import Reading, Sentence
    from tallyman.lexicon.terms import Token
    from tallyman.model import Indicator

_BACK, _BEHIND, _APPOSED = 12, 8, 8
_HEDGES = frozenset({"hedge", "hedge_gap", "determiner"})
_WHOLE = frozenset(
    {"genitive", "determiner", "whole_word", "flow", "possessive", "area", "own_word", "utmost", "list_joiner", "worth",
     "same_size", "carry"}
)  # fmt: skip
_WAYS: dict[str, Indicator] = {"to_word": "exports", "from_word": "imports"}
_CLAUSE = frozenset({"flow", "weak_flow", "copula", "past_verb", "whole_word"})
_TOLD = frozenset({"flow", "weak_flow", "carry"})
_ENDS = frozenset({"clause_break", "trade_verb", "part_verb", "num"})
_GOVERNS = frozenset({"genitive", "by_word", "in_word"}) | DIRECTIONS


class Taking(NamedTuple):
    """The area that has a part of a flow, the flow's direction for its owner, the token of the verb, and the owner."""

    code: str
    way: Indicator
    verb: int
    home: str | None = None


def assigned(scene: Scene, n: int, spoken: list[Flow], owners: Collection[str | None]) -> dict[int, Taking]:
    """Return who has a part of the flow of the country that the text speaks of, by the figure's first token."""
    state = scene.state
    way = state.measure.indicator if state.measure else None
    found: dict[int, Taking] = {}
    for start, one in _find(scene.reading, scene.sentences[n], scene.amounts[n], spoken, way).items():
        home = state.side if state.side not in (None, one.code) else scene.focus.home(one.code)
        if home is not None and one.code not in owners:
            found[start] = one._replace(home=home)
    return found


def _find(
    reading: Reading, sentence: Sentence, amounts: list[Amount], spoken: list[Flow], way: Indicator | None
) -> dict[int, Taking]:
    """Who takes or gives each figure, by its first token; ``way`` is the flow that the text goes on about."""
    if not reading.spots.any(sentence.start, sentence.end, "part_verb", "relative"):
        return {}
    found: dict[int, Taking] = {}
    before: Amount | None = None
    for amount in amounts:
        taking = _taking(reading.tokens, sentence, amount)
        said_again = before is not None and before.end == amount.start - 1
        if before is not None and said_again and before.start in found:
            taking = found[before.start]
        before = amount
        if taking is None:
            continue
        goes_on = any(one.way == taking.way for one in found.values())
        if goes_on or _is_part(reading.tokens, sentence, amount, taking, spoken, way):
            found[amount.start] = taking
    return found


def without(spoken: list[Flow], takings: Collection[Taking]) -> list[Flow]:
    """Return the flows of a sentence but those of the verbs; what a taker has a part of is not its own."""
    verbs, codes = {one.verb for one in takings}, {one.code for one in takings}
    return [_unowned(f, codes) for f in spoken if f.start not in verbs]


def _unowned(flow: Flow, codes: set[str]) -> Flow:
    acts = flow.verb and flow.reporter in codes
    return (
        structs.replace(flow, doer=None, reporter=None if acts else flow.reporter)
        if acts or flow.doer in codes
        else flow
    )


def _taking(tokens: list[Token], sentence: Sentence, amount: Amount) -> Taking | None:
    i = _before(tokens, sentence, amount)
    if (related := _related(tokens, sentence, i)) is not None:
        return related
    if i <= sentence.start or "part_verb" not in tokens[i].values:
        return None
    code = _taker(tokens, sentence, i)
    return Taking(code, tokens[i].values["part_verb"], i) if code is not None else None


def _related(tokens: list[Token], sentence: Sentence, i: int) -> Taking | None:
    """Read a relative clause: "Peru, to which exports were", "Peru, from which goods worth"."""
    k = i
    while k > sentence.start and "relative" not in tokens[k].values:
        if not _CLAUSE & tokens[k].values.keys():
            return None
        k -= 1
    if k - 3 < sentence.start:
        return None
    way = next((way for word, way in _WAYS.items() if word in tokens[k - 1].values), None)
    named = place(tokens, k - 2 - (tokens[k - 2].raw == ","))
    return Taking(named.code, way, i) if way is not None and named is not None else None


def _before(tokens: list[Token], sentence: Sentence, amount: Amount) -> int:
    """The verb before a figure: "took about", "took most of the exports,", "took 9 percent of all exports, worth"."""
    i, first = amount.start - 1, max(sentence.start, amount.start - _BACK)
    while i > first and _HEDGES & tokens[i].values.keys():
        i -= 1
    if "part_verb" in tokens[i].values:
        return i
    while i > first and _WHOLE & tokens[i].values.keys():
        i -= 1
    if {"percent", "bracket"} & tokens[i].values.keys():
        i -= 1
        while i > first and ({"num"} | _HEDGES) & tokens[i].values.keys():
            i -= 1
    return i


def _taker(tokens: list[Token], sentence: Sentence, verb: int) -> str | None:
    """The area that a verb is told of: "Peru, its main partner, took", "Peru, which took"."""
    for k in range(verb - 1, max(sentence.start, verb - _APPOSED) - 1, -1):
        named = place(tokens, k)
        if named is not None and named.kind in HEADS:
            owns = "possessive" in tokens[k + 1].values
            j = k - 1 - (k > sentence.start and "determiner" in tokens[k - 1].values)
            governed = j >= sentence.start and bool(_GOVERNS & tokens[j].values.keys())
            return None if owns or governed else named.code
        if _ENDS & tokens[k].values.keys():
            return None
    return None


def _is_part(
    tokens: list[Token],
    sentence: Sentence,
    amount: Amount,
    taking: Taking,
    spoken: list[Flow],
    way: Indicator | None,
) -> bool:
    """Whether a verb tells of a part of the flow spoken of, and not of the area's own trade."""
    first = past_bracket(tokens, amount.end, sentence)
    behind = tokens[first : min(first + _BEHIND, sentence.end)]
    if behind and not DIRECTIONS.isdisjoint(behind[0].values):
        return False
    if "part_verb" not in tokens[taking.verb].values:
        return True
    if "trade_verb" not in tokens[taking.verb].values and way == taking.way:
        return True
    before = (f for f in spoken if f.end <= amount.start and f.start != taking.verb)
    told = next((f.indicator for f in before if not f.verb), None) == taking.way
    of_whole = bool(behind) and {"genitive", "worth"} & behind[0].values.keys()
    after = next((t for t in behind if _TOLD & t.values.keys()), None) if of_whole else None
    named = after.values.get("flow") or after.values.get("weak_flow") if after is not None else None
    return told or named == taking.way or (after is not None and named is None and way == taking.way)
