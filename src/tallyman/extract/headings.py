"""What the figures behind a rank or in a list measure: whose list it is, and whose flow."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import structs

from tallyman import areas
from tallyman.extract.places import across
from tallyman.model import Indicator, Measure

if TYPE_CHECKING:
    from tallyman.extract.focus import Focus
    from tallyman.extract.measures import State
    from tallyman.extract.ranks import Rank

_MIRROR: dict[Indicator, Indicator] = {"exports": "imports", "imports": "exports"}


def ranked(rank: Rank, focus: Focus, state: State) -> Measure | None:
    """Return the measure of a rank: the owner of the list reports, the ranked area is the partner."""
    owner, other = rank.owner, rank.ranked
    if rank.world:
        return Measure(
            indicator=rank.indicator or "exports", reporter=other, partner=None, product=rank.product
        )
    if rank.loose:
        ordered = state.measure is not None and state.measure.indicator == rank.indicator
        owner = state.measure.reporter if state.measure is not None and ordered else other
    if owner is None and other is not None:
        main = focus.pair if focus.bilateral or focus.whole is None else None
        owner = across(state.pair or main, other) or focus.home(other)
    if other is None and owner is not None:
        other = across(state.pair or focus.pair, owner)
    if owner is None or other is None or owner == other or rank.indicator is None:
        return None
    return Measure(indicator=rank.indicator, reporter=owner, partner=other, product=rank.product)


def heading(held: Measure, state: State, *, trades: bool) -> Measure:
    """Return what the figures behind a rank measure, which is the flow of the one that is ranked.

    An investor in the list of its host invests there; the largest exporter to Peru (it ``trades``) exports to it,
    unless the text counts the flow of the owner.
    """
    before = state.measure
    counted = before and (before.indicator, before.reporter) == (held.indicator, held.reporter)
    if held.partner is None or not ((trades and not counted) or held.indicator == "investment"):
        return held
    own = _MIRROR.get(held.indicator, held.indicator)
    return structs.replace(held, indicator=own, reporter=held.partner, partner=held.reporter)


def of_list(rank: Rank, focus: Focus, state: State) -> Measure | None:
    """Return what the figures of a list of ranks measure, which hands out the partners."""
    ordered = rank.indicator in _MIRROR and not rank.loose
    owner = rank.owner or (state.side or focus.home(None) if ordered else None)
    if owner is None or rank.indicator is None or rank.indicator == "investment":
        return None
    return Measure(indicator=rank.indicator, reporter=owner, partner=None, product=rank.product)


def sharer(whole: Measure, state: State, product: str | None) -> str | None:
    """Return whose share of all trade a figure is that names nobody: that of the partner spoken of."""
    before = state.topic
    if product is not None or before is None or whole.reporter not in (before.reporter, before.partner):
        return None
    return before.partner if whole.reporter == before.reporter else before.reporter


def of_member(measure: Measure, code: str | None) -> Measure | None:
    """Return a group's trade with another area as that of one of its members: "Spain had a third of EU exports"."""
    group, other = measure.reporter, measure.partner
    if code is None or group not in areas.groups() or other is None or measure.indicator not in _MIRROR:
        return None
    inner = areas.members(group, None)
    return structs.replace(measure, reporter=code) if code in inner and other not in inner else None


def of_part(measure: Measure, code: str | None) -> Measure | None:
    """Return a group's trade with all as that of the member that a figure is told of: "to €18bn in Lithuania"."""
    group = measure.reporter
    if code is None or group not in areas.groups() or measure.partner is not None:
        return None
    return structs.replace(measure, reporter=code) if code in areas.members(group, None) else None
