"""From a flow in a sentence to a measure: missing areas come from the words before, or stay empty."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct, structs

from tallyman import areas
from tallyman.extract import antecedents, counted
from tallyman.extract.places import OTHERS, UNNAMED, Pair, across
from tallyman.model import Measure, Period

if TYPE_CHECKING:
    from tallyman.extract.flows import Flow
    from tallyman.extract.focus import Focus
    from tallyman.lexicon.terms import Token

_DIRECTED = frozenset({"exports", "imports", "balance", "investment", "contract"})
_DIRECTED_TRADE = frozenset({"exports", "imports", "balance"})
_SIDES = frozenset({"exports", "imports"})
_OWN = _SIDES | {"balance"}
_CONTRAST = 4


class State(Struct, frozen=True, gc=False):
    """What the text has been speaking of: the last measure, the current pair, and where that was.

    ``side`` is the area whose exports, imports or deficit the text counts; ``turned`` says that a new paragraph
    begins, ``here`` that the measure is one of the sentence itself. ``topic`` is the first measure of the sentence,
    ``unit`` that of the last level, ``near`` the areas named in the paragraph so far.
    """

    measure: Measure | None = None
    pair: Pair | None = None
    sentence: int = -9
    paragraph: int = -9
    period: Period | None = None
    side: str | None = None
    total: Measure | None = None
    product: str | None = None
    turned: bool = False
    here: bool = True
    topic: Measure | None = None
    unit: str | None = None
    near: frozenset[str] = frozenset()


def resolve(flow: Flow, tokens: list[Token], focus: Focus, state: State) -> Measure | None:
    """Return the measure of a flow, or ``None`` where the text does not say whose trade it is."""
    seen = _seen_from_there(flow, state.measure)
    if seen is not None and "genitive" not in tokens[min(flow.end, len(tokens) - 1)].values:
        return structs.replace(seen, product=counted.product(tokens, flow) or seen.product)
    reporter, partner = _named(flow, tokens, focus, state)
    if reporter is None and is_unowned(flow, focus):
        return _measure(flow, tokens, None, None if flow.world else partner)
    if (
        reporter is None
        or (reporter == partner and not _within_group(flow, tokens, reporter))
        or not UNNAMED.isdisjoint((reporter, partner))
    ):
        return None
    if flow.indicator == "total_trade" and partner is None and not _counts_all(flow, focus, state, reporter):
        return None
    if flow.sign == "down":
        return _measure(flow, tokens, partner, reporter)
    return _measure(flow, tokens, reporter, partner)


def is_owned(measure: Measure) -> bool:
    """Whether a measure names whose trade it is; a deficit with all others is that of the partner of nobody."""
    return measure.reporter is not None or (measure.indicator == "balance" and measure.partner is not None)


def is_unowned(flow: Flow, focus: Focus) -> bool:
    """Whether a flow may be that of a country that its report never names: "exports fell", the ministry said."""
    return (
        not (focus.owners or focus.bilateral or flow.weak or flow.verb) and flow.indicator in _DIRECTED_TRADE
    )


def is_again(flow: Flow, before: Flow) -> bool:
    """Whether a flow without areas is one of its sentence: "imports of Peruvian oil fell, as these imports"."""
    bare = not (flow.placed or flow.doer or flow.world or flow.opposite or flow.verb)
    return bare and before.indicator == flow.indicator and bool(before.reporter and before.partner)


def parted(flow: Flow, before: list[Flow]) -> Flow:
    """Return a direction told behind its figure as one of the trade before: "trade with Peru was 5 in exports"."""
    whole = before[-1] if before else None
    if whole is None or whole.indicator != "total_trade" or flow.placed or flow.doer or flow.world:
        return flow
    parts = flow.indicator in _SIDES and whole.partner is not None and not flow.verb
    return structs.replace(flow, reporter=whole.reporter, partner=whole.partner) if parts else flow


def _seen_from_there(flow: Flow, before: Measure | None) -> Measure | None:
    """The flow before, which a word without areas looks at from the other side: "imports from Peru; supplies rose"."""
    if (
        before is None
        or not (flow.weak or flow.verb)
        or flow.placed
        or flow.doer
        or flow.opposite
        or flow.world
    ):
        return None
    mirrors = {flow.indicator, before.indicator} == _SIDES
    return before if mirrors and before.reporter and before.partner else None


def _within_group(flow: Flow, tokens: list[Token], code: str) -> bool:
    """Whether the trade of a group is that of its members with one another: "the mutual trade of the EAEU"."""
    mutual = any("pair_word" in t.values for t in tokens[flow.start - 1 : flow.end])
    mutual = mutual or flow.reporter == flow.partner
    return flow.indicator == "total_trade" and mutual and code in areas.groups()


def _counts_all(flow: Flow, focus: Focus, state: State, reporter: str) -> bool:
    """Whether the trade of one area is that with all others: by its words, or as the text goes on about that."""
    goes_on = _alone(state.measure) == reporter
    owned = flow.reporter == reporter and not flow.weak and flow.partner is None
    return (
        flow.world
        or flow.partner == OTHERS
        or (goes_on and owned)
        or ((goes_on or owned) and not focus.bilateral)
    )


def side(measure: Measure, flow: Flow | None) -> str | None:
    """Return the area that a measure is counted from: the one in deficit has the balance of the other."""
    if flow is None or measure.indicator not in _DIRECTED or (flow.verb and flow.partner is None):
        return None
    return measure.partner if flow.sign == "down" else measure.reporter


def returned(state: State, pair: Pair | None) -> State:
    """Return the state with the measure between the two of a pair again, counted from the same side."""
    before = state.measure
    if before is not None and (other := across(pair, before.reporter)):
        before = structs.replace(before, partner=other)
    elif before is not None and (other := across(pair, before.partner)):
        before = structs.replace(before, reporter=other)
    return structs.replace(state, pair=pair, measure=before)


def turned(state: State, held: Measure, home: str | None) -> State:
    """Return the state that speaks of the trade of two areas, counted from the first, or ``home`` if the second is."""
    before, owner, other = state.measure, held.reporter, held.partner
    if home is not None and home == other:
        owner, other = other, owner
    if before is not None and before.indicator in ("exports", "imports"):
        before = structs.replace(before, reporter=owner, partner=other)
    pair = (owner, other) if owner and other else state.pair
    return structs.replace(state, pair=pair, measure=before, side=owner, here=True, topic=None)


def listed(state: State, codes: set[str], pair: Pair | None) -> State:
    """Return the state behind a list of partners: the text speaks of none of them, but of the pair before."""
    measure = state.measure
    if measure is None or measure.partner not in codes or measure.reporter in codes:
        return state
    alone = structs.replace(measure, partner=None)
    total = alone if measure.indicator == "total_trade" else state.total
    return structs.replace(state, measure=alone, pair=pair, total=total)


def _measure(flow: Flow, tokens: list[Token], reporter: str | None, partner: str | None) -> Measure:
    return Measure(
        indicator=flow.indicator,
        reporter=reporter,
        partner=partner,
        product=counted.product(tokens, flow),
        basis=counted.basis(tokens, flow),
    )


def _named(flow: Flow, tokens: list[Token], focus: Focus, state: State) -> tuple[str | None, str | None]:
    reporter, partner = antecedents.replaced(flow, tokens, focus, state)
    current = state.pair or (focus.pair if focus.bilateral else None)
    if focus.bilateral and "pair_word" in tokens[flow.start].values and _within(state.pair, focus.pair):
        current = focus.pair
    if flow.opposite and state.measure and not (reporter and partner):
        return _the_other_way(flow, reporter, state.measure)
    if partner == OTHERS:
        spoken = state.measure.reporter if state.measure else None
        return reporter or state.side or focus.whole or spoken or focus.home(None), None
    if partner is None and reporter and _within_group(flow, tokens, reporter):
        return reporter, reporter
    if reporter and partner is None:
        current = current if _goes_on(flow, focus, state, current) else None
        if flow.world:
            return reporter, None
        beside = _beside(flow, tokens, state)
        return reporter, beside or across(current, reporter) or _served(flow, focus, state) or _around(
            reporter, state
        )
    if flow.doer and reporter is None and flow.doer != partner and (partner or flow.doer in (current or ())):
        return flow.doer, partner or across(current, flow.doer)
    if partner and reporter is None:
        return across(current, partner) or _speaking(focus, state, partner) or _facing(
            focus, partner
        ), partner
    if reporter and partner:
        return reporter, partner
    return _from_context(flow, tokens, current, state, focus)


def _the_other_way(flow: Flow, reporter: str | None, before: Measure) -> tuple[str | None, str | None]:
    """The sides of a flow that goes the other way: "in return it imported $2 billion"; who acts is named or not."""
    there, here = before.partner, before.reporter
    if flow.verb and reporter in (here, there):
        return reporter, there if reporter == here else here
    return (there, here) if flow.indicator == before.indicator else (here, there)


def _beside(flow: Flow, tokens: list[Token], state: State) -> str | None:
    """The partner of the clause before, told of another area: "exports to Kenya rose, while Rwanda exported"."""
    before = state.measure
    told = before is not None and state.here and _alone(before) is None
    if before is None or not told or flow.indicator != before.indicator:
        return None
    contrasts = any("clause_break" in t.values for t in tokens[max(flow.start - _CONTRAST, 0) : flow.start])
    contrasts = contrasts or "flow_pronoun" in tokens[flow.start].values
    return before.partner if contrasts and flow.reporter not in (before.reporter, before.partner) else None


def _around(code: str, state: State) -> str | None:
    """The group whose inner trade the text speaks of, for a member: "Kyrgyzstan traded 9 percent more"."""
    sides = (state.total.reporter, state.total.partner) if state.total else ()
    group = next((side for side in sides if side in areas.groups()), None)
    inner = areas.members(group, None) | {group, None} if group else frozenset()
    return group if group and code != group and {code, *sides} <= inner else None


def _goes_on(flow: Flow, focus: Focus, state: State, current: Pair | None) -> bool:
    """Whether the trade of one named area is that with the other side spoken of, and not with all."""
    before = state.measure
    both = before is not None and None not in (before.reporter, before.partner)
    if not focus.bilateral:
        told = state.topic is not None and state.topic.indicator in ("total_trade", "balance")
        return (flow.indicator == "balance" or told) and state.here and both
    alone = _alone(before) == flow.reporter
    if (alone or (not focus.mutual and flow.indicator in _OWN)) and _sells_apart(flow, state, current):
        return False
    aside = focus.pair is not None and set(current or ()) != set(focus.pair)
    if state.here and before is not None and flow.reporter in (before.reporter, before.partner):
        return both
    return state.here or not (aside and state.turned)


def _sells_apart(flow: Flow, state: State, current: Pair | None) -> bool:
    """Whether an area's own trade is told in a paragraph that does not name the other side."""
    other = across(current, flow.reporter)
    return other is not None and other not in state.near and not flow.more


def _within(pair: Pair | None, main: Pair | None) -> bool:
    """Whether a pair is one of the main two and the region of the other: "bilateral" then means the two again."""
    rest = set(pair or ()) - set(main or ())
    return len(rest) == 1 and any(
        not areas.members(code, None).isdisjoint(main or ()) for code in rest & set(areas.groups())
    )


def _speaking(focus: Focus, state: State, partner: str) -> str | None:
    """The side that the text counts from: the reporter of the exports or imports before, or whose trade they are."""
    before = state.measure
    if before is not None and before.partner is not None and before.partner == focus.whole:
        return focus.whole
    if before is None or before.indicator not in _DIRECTED or state.side == partner:
        return None
    return state.side


def _served(flow: Flow, focus: Focus, state: State) -> str | None:
    """Whom another area sells to or buys from where the text counts one side: "Saudi Arabia shipped 9 tons"."""
    before, home = state.measure, focus.home(None)
    if before is None or not flow.verb or home is None or home == flow.reporter:
        return None
    if before.indicator == flow.indicator:
        return home if before.partner == home else None
    return home if state.side == home and {before.indicator, flow.indicator} == _SIDES else None


def _facing(focus: Focus, partner: str) -> str | None:
    return (across(focus.pair, partner) if focus.bilateral else None) or focus.home(partner)


def _from_context(
    flow: Flow, tokens: list[Token], current: Pair | None, state: State, focus: Focus
) -> tuple[str | None, str | None]:
    """Reporter and partner for a flow whose own words name nobody."""
    contrasts = state.here and any("clause_break" in t.values for t in tokens[flow.start - 2 : flow.start])
    before = state.topic if contrasts else state.measure
    if flow.world:
        anew = focus.whole if state.turned else None
        owed = before is not None and before.indicator == "balance" and state.side == before.partner
        return anew or (state.side if owed else before.reporter if before else None) or focus.home(None), None
    if _of_all(before) and before is not None and _is_of_country(tokens, flow):
        return before.reporter, None
    if (owner := _all_of(flow, before, state, focus)) is not None:
        return owner, None
    if (
        flow.indicator in _DIRECTED
        and before is not None
        and before.indicator in _DIRECTED
        and _sides(before)
    ):
        turned = state.side is not None and state.side == before.partner
        return (before.partner, before.reporter) if turned else (before.reporter, before.partner)
    if current is not None:
        return _current(current, state, focus)
    alone = _alone(before)
    if alone and not focus.bilateral and (not flow.weak or state.here):
        return alone, None
    if flow.indicator not in _DIRECTED or flow.weak:
        return None, None
    return alone or focus.home(None), None


def _is_of_country(tokens: list[Token], flow: Flow) -> bool:
    """Whether a flow is that of the country spoken of: "the country's exports"."""
    owned = flow.start > 1 and "possessive" in tokens[flow.start - 1].values
    return owned and "country_noun" in tokens[flow.start - 2].values


def _all_of(flow: Flow, before: Measure | None, state: State, focus: Focus) -> str | None:
    """Whose trade with all others a flow is: the text goes on about that, or turns to it in a new paragraph."""
    if _of_all(before) and before is not None and not state.turned:
        return before.reporter if flow.indicator in _DIRECTED or not focus.bilateral else None
    if focus.whole and state.turned and flow.indicator in _DIRECTED:
        return focus.whole
    told = focus.teller is not None and state.turned and flow.indicator in _OWN
    return focus.teller if told and not state.near - {focus.teller} else None


def _current(current: Pair, state: State, focus: Focus) -> tuple[str | None, str | None]:
    """The current pair, counted from the side that the text speaks from."""
    if state.side in current:
        return state.side, across(current, state.side)
    if focus.pair is not None and set(current) == set(focus.pair):
        return focus.pair
    home = focus.home(None)
    return (home, across(current, home)) if home in current else current


def _sides(measure: Measure) -> bool:
    return measure.reporter is not None or measure.partner is not None


def _alone(measure: Measure | None) -> str | None:
    """Whose trade with all others a measure is; in deficit it is the partner of nobody named."""
    if measure is None or (measure.reporter and measure.partner):
        return None
    return measure.reporter or measure.partner


def _of_all(before: Measure | None) -> bool:
    """Whether a measure is one area's trade with all."""
    whole = before is not None and before.reporter is not None and before.partner is None
    return whole and before is not None and before.indicator == "total_trade"
