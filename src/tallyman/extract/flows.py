"""What a figure measures: the nouns and verbs of trade in a sentence, and whose trade with whom they name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct, structs

from tallyman.extract import actors, slots
from tallyman.extract.places import UNNAMED, place
from tallyman.extract.trading import GOODS, is_flow, is_of_firm
from tallyman.model import Indicator

if TYPE_CHECKING:
    from tallyman.extract.places import Pair
    from tallyman.extract.sentences import Reading, Sentence
    from tallyman.extract.slots import Slots
    from tallyman.lexicon.terms import Token

_EMPTY = slots.Slots()
_REACH = 5
_NEAR_BEFORE, _NEAR_AFTER, _CLAUSE = 3, 7, 14
_IN_ALL = 9
_GOODS = frozenset({"product", "goods_basis", "worth"})
_DIRECTIONS = frozenset({"exports", "imports"})
_NAMES = ("flow", "weak_flow", "flow_pronoun", "trade_verb")
_MOVES, _RESUMES = ("move", "past_verb"), ("possessive", "with_word", "to_word", "from_word")
_MOVING, _FACES = frozenset(_MOVES), frozenset(_RESUMES[1:])


class Flow(Struct, frozen=True, gc=False):
    """A mention of a flow at half-open token positions with the areas that its words give it.

    ``more`` says that it adds to the flow before: "Peru also exported".
    """

    start: int
    end: int
    indicator: Indicator
    reporter: str | None
    partner: str | None
    verb: bool = False
    weak: bool = False
    world: bool = False
    sign: str | None = None
    opposite: bool = False
    aimed: bool = True
    doer: str | None = None
    more: bool = False

    @property
    def placed(self) -> bool:
        """Whether its own words name at least one area."""
        return bool(self.reporter or self.partner)


def find(
    reading: Reading,
    sentence: Sentence,
    spoken: Indicator | None,
    pair: Pair | None = None,
    *,
    national: bool = False,
) -> list[Flow]:
    """Return the flows of a sentence in order.

    ``spoken`` is the indicator of the text before it; of the members of ``pair`` a plain "Korean shipments" is
    enough to be trade between the two, as "the firm exported copper" is in a ``national`` report for its country.
    """
    tokens = reading.tokens
    found: list[Flow] = []
    named = reading.spots.between(sentence.start, sentence.end, *_NAMES)
    spots = [i for i in named if is_flow(reading, i, sentence)] if named else []
    if not spots:
        return []
    for n, i in enumerate(spots):
        left = spots[n - 1] + 1 if n else sentence.start
        right = spots[n + 1] if n + 1 < len(spots) else sentence.end
        flow = _flow(reading, i, left, right, sentence, found[-1].indicator if found else spoken)
        if flow is not None and found and "flow_pronoun" in tokens[i].values:
            flow = structs.replace(flow, sign=found[-1].sign)
        if flow is None:
            continue
        if pair is None and _is_total(tokens, flow, left):
            flow = structs.replace(flow, world=True)
        again = bool(found) and "auxiliary" in tokens[i - 1].values
        if (
            flow.aimed
            or _counted(flow, pair, _way(found, spoken), again=again)
            or (national and _of_goods_told(tokens, flow))
        ):
            found.append(flow)
            found += _resumed(reading, flow, right)
    return [
        structs.replace(flow, world=True) if _set_apart(reading, flow, found[n + 1 :]) else flow
        for n, flow in enumerate(found)
    ]


def _of_goods_told(tokens: list[Token], flow: Flow) -> bool:
    """Whether a flow that names nobody tells of goods: "the firm exported copper", "shipments of copper"."""
    if flow.indicator not in _DIRECTIONS:
        return False
    sure = not flow.verb or "sure_trade" in tokens[flow.start].values
    near = tokens[max(flow.start - 2, 0) : flow.end + _NEAR_AFTER]
    return sure and any(_GOODS & t.values.keys() for t in near)


def _set_apart(reading: Reading, flow: Flow, behind: list[Flow]) -> bool:
    """Whether a flow is all, as a later clause tells the part: "imports grew, but imports from Peru fell"."""
    if flow.partner is not None or flow.verb or flow.indicator not in _DIRECTIONS:
        return False
    part = next((f for f in behind if f.indicator == flow.indicator), None)
    if part is None or part.partner is None or (part.verb and not part.weak):
        return False
    return reading.spots.any(flow.end, part.start, "clause_break")


def _resumed(reading: Reading, flow: Flow, right: int) -> list[Flow]:
    """The same flow with another partner or of another area, told in a second clause.

    "Trade with A fell, and with B rose"; "A's deficit was $3 billion while B's totalled $2 billion".
    """
    again: list[Flow] = []
    tokens = reading.tokens
    for i in reading.spots.between(flow.end, right - 1, *_RESUMES):
        values = tokens[i].values
        moved = reading.spots.any(flow.end, i + 1, *_MOVES)
        joins = "range_and" in tokens[i - 1].values or "clause_break" in tokens[i - 1].values
        named = place(tokens, i + 1) if moved and joins and _FACES & values.keys() else None
        if named is not None and named.code not in (flow.reporter, flow.partner):
            again.append(structs.replace(flow, start=i, end=i + 1, partner=named.code))
        owner = (
            place(tokens, i - 1) if "possessive" in values and _MOVING & tokens[i + 1].values.keys() else None
        )
        if owner is not None and flow.reporter is not None and owner.code != flow.reporter:
            again.append(structs.replace(flow, start=i, end=i + 1, reporter=owner.code))
    return again


def _way(found: list[Flow], spoken: Indicator | None) -> Indicator | None:
    """The direction of trade that a sentence, or else the text before it, spoke of last."""
    return next((f.indicator for f in reversed(found) if f.indicator in _DIRECTIONS), spoken)


def _counted(flow: Flow, pair: Pair | None, spoken: Indicator | None, *, again: bool) -> bool:
    """Whether a flow that is aimed at nobody says enough: one of the pair, or another direction of the trade spoken of.

    ``again`` says that a passive goes on about its own sentence: "and goods worth $5 billion were imported".
    """
    if pair is not None and flow.reporter in pair:
        return True
    if flow.verb:
        mirrors = flow.indicator in _DIRECTIONS and spoken in _DIRECTIONS
        return (bool(pair) and flow.indicator == spoken) or (mirrors and (bool(pair) or again))
    return flow.weak and spoken in _DIRECTIONS and flow.indicator in _DIRECTIONS


def _turns_round(reading: Reading, i: int, left: int, right: int) -> bool:
    """Whether a flow is that of the other side; what is said of a verb behind it is not: "and took in 7 in return"."""
    tokens, spots = reading.tokens, reading.spots
    if not spots.any(left, right, "opposite"):
        return False
    for k in range(i + 1, right):
        if "range_and" in tokens[k - 1].values and {"past_verb", "past_cue"} & tokens[k].values.keys():
            right = k
            break
    return spots.any(left, right, "opposite")


def _is_of_both(tokens: list[Token], i: int, given: Slots, sentence: Sentence) -> bool:
    """Whether sales or supplies go both ways: "sales between the two states", "deliveries between Peru and Chile"."""
    between = i + 1 < sentence.end and "range_between" in tokens[i + 1].values
    near = tokens[i + 1 : min(i + 1 + _NEAR_BEFORE, sentence.end)]
    both = given.pair is not None or any("pair_word" in t.values for t in near)
    return (between and both) or (both and "pair_word" in tokens[min(i + 1, sentence.end - 1)].values)


def _flow(
    reading: Reading, i: int, left: int, right: int, sentence: Sentence, spoken: Indicator | None
) -> Flow | None:
    tokens = reading.tokens
    values = tokens[i].values
    verb = "trade_verb" in values and ("flow" not in values or _acts(tokens, i, sentence))
    verb = verb and not ("weak_flow" in values and "determiner" in tokens[i - 1].values)
    weak = "flow" not in values
    indicator: Indicator | None = (
        values["trade_verb"] if verb else values.get("flow") or values.get("weak_flow") or spoken
    )
    if indicator is None:
        return None
    given = slots.around(reading, i, left, right, sentence, verb=verb)
    if given.with_ is None and (other := _with_which(tokens, i, sentence)) is not None:
        given = structs.replace(given, with_=other)
    if indicator == GOODS:
        indicator = _of_goods(given)
        if indicator is None:
            return None
    if "earning_word" in values and given.to is None:
        given = structs.replace(given, to=given.source, source=None)
    if weak and not verb and indicator in _DIRECTIONS and _is_of_both(tokens, i, given, sentence):
        indicator = "total_trade"
    reporter, partner = _oriented(indicator, given)
    named = bool(given.to or given.source or given.of or given.subject or given.pair)
    named = named or (indicator == "balance" and given.with_ is not None)
    sign = values.get("surplus") if indicator == "balance" else None
    first, last = max(sentence.start, i - _REACH), min(sentence.end, i + _REACH)
    world = "world" in values or (indicator != "balance" and reading.spots.any(first, last, "world"))
    free = reporter is None and indicator in _DIRECTIONS
    doer = actors.doer(tokens, i, sentence) if free else None
    counted = indicator in ("total_trade", "balance") or indicator in _DIRECTIONS
    alone = (given.owner or doer) and partner is None and counted
    world = world or (given == _EMPTY and _is_of_office(tokens, i, sentence))
    world = world or bool(
        alone and any("whole_word" in t.values for t in tokens[max(left, i - _NEAR_BEFORE) : i + 1])
    )
    world = world or reading.spots.any(i + 1, min(i + _IN_ALL, right), "in_all")
    world = world or bool(given.owner and partner is None and _sums_up(tokens, sentence))
    if verb and partner is None and "home_verb" in values and _by_office(tokens, i, sentence):
        return None
    if not (reporter or partner) and is_of_firm(tokens, i):
        return None
    aimed = not weak or named or indicator == "total_trade" or ("flow_pronoun" in values and world)
    opposite = _turns_round(reading, i, left, right)
    more = i > sentence.start and "further_word" in tokens[i - 1].values
    return Flow(i, i + 1, indicator, reporter, partner, verb, weak, world, sign, opposite, aimed, doer, more)


def _is_total(tokens: list[Token], flow: Flow, left: int) -> bool:
    """Whether a flow that names nobody is that with all, in a report on no pair: "total export earnings"."""
    if flow.placed or flow.indicator not in _DIRECTIONS:
        return False
    return any("whole_word" in t.values for t in tokens[max(left, flow.start - _NEAR_BEFORE) : flow.end])


def _with_which(tokens: list[Token], i: int, sentence: Sentence) -> str | None:
    """The area that a relative clause trades with: "China, trade with which came to"."""
    if i + 2 >= sentence.end or "with_word" not in tokens[i + 1].values:
        return None
    if "relative" not in tokens[i + 2].values:
        return None
    k = i - 1 - (tokens[i - 1].raw == ",")
    named = place(tokens, k) if k >= sentence.start else None
    return named.code if named is not None else None


def _sums_up(tokens: list[Token], sentence: Sentence) -> bool:
    """Whether a sentence counts all: "Overall, Peru's exports grew"."""
    first = sentence.start
    return "whole_word" in tokens[first].values and first + 1 < sentence.end and tokens[first + 1].raw == ","


def _is_of_office(tokens: list[Token], i: int, sentence: Sentence) -> bool:
    """Whether an office owns a flow: "the chamber's exports" are those of its members to anybody."""
    k = i - 1
    if k > sentence.start and "own_word" in tokens[k].values:
        return any("office" in t.values for t in tokens[sentence.start : sentence.start + _NEAR_BEFORE])
    return k > sentence.start and "possessive" in tokens[k].values and "office" in tokens[k - 1].values


def _by_office(tokens: list[Token], i: int, sentence: Sentence) -> bool:
    """Whether an office sells or buys itself, at home for all we know: "the government would sell its rice"."""
    return any("office" in t.values for t in tokens[max(i - _CLAUSE, sentence.start) : i])


def _acts(tokens: list[Token], i: int, sentence: Sentence) -> bool:
    """Whether a word that is noun and verb acts here: a subject stands right before it, an object after."""
    before = place(tokens, i - 1) if i > sentence.start else None
    after = tokens[i + 1].values if i + 1 < sentence.end else {}
    return (
        before is not None
        and before.kind in ("name", "metonym")
        and ("currency" in after or "num" in after or "hedge" in after)
    )


def _of_goods(given: Slots) -> Indicator | None:
    """What "goods worth $5 billion" count: exports from one area to another, or trade between two."""
    if given.source and given.to:
        return "exports"
    return "total_trade" if given.pair else None


def _oriented(indicator: Indicator, given: Slots) -> Pair | tuple[str | None, str | None]:
    """Reporter and partner from the words around the flow; "Spanish imports to Chile" are imports of Chile."""
    if indicator == "balance" and (given.favour or given.to):
        return given.favour or given.to, given.with_
    if indicator in ("total_trade", "investment", "contract", "balance", "output", "other") and given.pair:
        return given.pair
    of = given.of.code if given.of else None
    owner = given.owner or given.subject
    if indicator == "total_trade":
        first = owner or of or given.source
        second = given.with_ or given.to
        return (first, second) if first != second else (first, None)
    if indicator == "exports":
        if given.pair and not (owner or given.to):
            return given.pair
        return owner or given.source or of, given.to or given.with_
    if indicator == "imports":
        if given.owner and given.to and given.source is None and {given.owner, given.to}.isdisjoint(UNNAMED):
            return given.to, given.owner if given.owner != given.to else None
        goods_of = of if given.of and (given.of.kind == "adjective" or owner) else None
        reporter = owner or given.to or (of if not goods_of else None)
        return reporter, given.source or goods_of or given.with_
    return owner or given.source or of, given.with_ or given.to
