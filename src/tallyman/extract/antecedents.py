"""Words that stand for areas: "the country", "there", "the bloc", and the areas before that they mean."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tallyman import areas
from tallyman.extract.places import ANAPHOR, BLOC, OTHERS, THOSE, across, place

if TYPE_CHECKING:
    from tallyman.extract.flows import Flow
    from tallyman.extract.focus import Focus
    from tallyman.extract.measures import State
    from tallyman.lexicon.terms import Token

_BLOCS = frozenset({"group"})
_COUNTRIES = frozenset({"name", "metonym", "capital", "adjective", "people", "prefix", "institution"})
_LOOK_BACK, _SHARE_LEFT = 60, 8


def replaced(flow: Flow, tokens: list[Token], focus: Focus, state: State) -> tuple[str | None, str | None]:
    """Return reporter and partner with the area before in place of "the country", "there", "the bloc"."""
    reporter, partner = flow.reporter, flow.partner
    bloc = state.measure.partner if state.measure and state.measure.partner in areas.groups() else None
    if partner == THOSE:
        partner = bloc or OTHERS
    if reporter == THOSE:
        reporter = bloc or ANAPHOR
    if partner == BLOC:
        partner = _last_named(tokens, flow.start, reporter, kinds=_BLOCS) or _main_group(focus) or OTHERS
    if reporter == BLOC:
        reporter = _last_named(tokens, flow.start, partner, kinds=_BLOCS) or ANAPHOR
    if partner == ANAPHOR:
        own = reporter if reporter != ANAPHOR else None
        current = state.pair or focus.pair
        counting = state.side if current and state.side in current else None
        home = own or counting or (focus.home(None) if current and focus.home(None) in current else None)
        known = own or (state.measure.reporter if state.measure else None)
        recent = _last_named(tokens, flow.start, known)
        partner = (across(current, home) or recent) if focus.bilateral else (recent or across(current, home))
    if reporter == ANAPHOR:
        reporter = state.side if state.side not in (None, partner) else focus.home(partner)
        taker = _taker(tokens, flow)
        if taker is not None and taker == reporter:
            reporter, partner = across(state.pair or focus.pair, taker), taker
    return reporter, partner


def _main_group(focus: Focus) -> str | None:
    """The group of the main pair."""
    return next((code for code in focus.pair or () if code in areas.groups()), None)


def _taker(tokens: list[Token], flow: Flow) -> str | None:
    """Who takes a share of another's flow: "China took 40 percent of the country's exports"."""
    before = range(flow.start - 1, max(flow.start - _SHARE_LEFT, 0), -1)
    i = next((k for k in before if "percent" in tokens[k].values), None)
    if i is None or "genitive" not in tokens[i + 1].values:
        return None
    return _last_named(tokens, i, None)


def _last_named(
    tokens: list[Token], i: int, but: str | None, kinds: frozenset[str] = _COUNTRIES
) -> str | None:
    for k in range(i - 1, max(i - _LOOK_BACK, -1), -1):
        found = place(tokens, k)
        if found is not None and found.code != but and found.kind in kinds:
            return found.code
    return None
