"""From a flow in a sentence to a measure: missing areas come from the words before, or stay empty."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tallyman.model import Measure

if TYPE_CHECKING:
    from tallyman.extract.flows import Flow
    from tallyman.extract.places import Focus, Pair
    from tallyman.lexicon.terms import Token
    from tallyman.model import Basis

_DIRECTED = frozenset({"exports", "imports", "balance", "investment", "contract"})
_PRODUCT_REACH = 3


class State(NamedTuple):
    """What the text has been speaking of: the last measure, the current pair, and where that was."""

    measure: Measure | None = None
    pair: Pair | None = None
    sentence: int = -9
    paragraph: int = -9


def resolve(flow: Flow, tokens: list[Token], focus: Focus, state: State) -> Measure | None:
    """Return the measure of a flow, or ``None`` where the text does not say whose trade it is."""
    reporter, partner = flow.reporter, flow.partner
    current = state.pair or (focus.pair if focus.bilateral else None)
    if reporter and partner is None and not flow.world:
        partner = _other(current, reporter) or _other(focus.pair if focus.bilateral else None, reporter)
    elif partner and reporter is None:
        reporter = _other(current, partner) or _other(focus.pair, partner) or _home(focus, partner)
    elif reporter is None and partner is None:
        reporter, partner = _from_context(flow, current, state, focus)
    if flow.opposite and state.measure and not flow.placed:
        reporter, partner = state.measure.partner, state.measure.reporter
    if reporter == partner or reporter is None:
        return None
    if flow.indicator == "total_trade" and partner is None and not flow.world:
        return None
    basis = _basis(tokens, flow)
    return Measure(indicator=flow.indicator, reporter=reporter, partner=partner, product=product(tokens, flow), basis=basis)


def _other(pair: Pair | None, code: str) -> str | None:
    if pair is None or code not in pair:
        return None
    return pair[1] if pair[0] == code else pair[0]


def _home(focus: Focus, partner: str) -> str | None:
    return next((code for code in focus.areas if code != partner), None) if len(focus.areas) == 2 else None  # noqa: PLR2004


def _from_context(flow: Flow, current: Pair | None, state: State, focus: Focus) -> tuple[str | None, str | None]:
    before = state.measure
    if flow.world:
        return (before.reporter if before else focus.areas[0] if focus.areas else None), None
    if before is not None and before.reporter and (before.partner or flow.indicator in ("exports", "imports")):
        same = before.indicator in _DIRECTED and before.indicator != "balance"
        if flow.indicator in _DIRECTED and same:
            return before.reporter, before.partner
    if current is None:
        return None, None
    return current


def _basis(tokens: list[Token], flow: Flow) -> Basis:
    for i in range(max(flow.start - 2, 0), min(flow.end + _PRODUCT_REACH, len(tokens))):
        if "goods_basis" in tokens[i].values:
            found: Basis = tokens[i].values["goods_basis"]
            return found
    return "unspecified"


def product(tokens: list[Token], flow: Flow) -> str | None:
    """Return the product that stands beside a flow: before the noun, or after "of"."""
    for i in (flow.start - 1, flow.start - 2):
        if i >= 0 and "product" in tokens[i].values:
            return str(tokens[i].values["product"])
        if i < 0 or not tokens[i].raw.isalpha():
            break
    for i in range(flow.end, min(flow.end + _PRODUCT_REACH + 1, len(tokens))):
        if "product" in tokens[i].values:
            return str(tokens[i].values["product"])
        if "genitive" not in tokens[i].values and not tokens[i].raw.isalpha():
            break
        if "past_verb" in tokens[i].values or "move" in tokens[i].values or "to_word" in tokens[i].values:
            break
    return None
