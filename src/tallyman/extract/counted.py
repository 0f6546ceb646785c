"""What beside a flow says of its goods: the product that it counts, and goods or services."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tallyman.extract.flows import Flow
    from tallyman.lexicon.terms import Token
    from tallyman.model import Basis

_NO_GOODS = frozenset({"past_verb", "move", "to_word", "comprises"})
_LINKS = frozenset({"where_word", "personal", "determiner"})
_REACH, _LEFT = 3, 7


def product(tokens: list[Token], flow: Flow) -> str | None:
    """Return the product that stands beside a flow: before the noun, or after "of"."""
    for i in (flow.start - 1, flow.start - 2):
        if i >= 0 and "product" in tokens[i].values:
            return str(tokens[i].values["product"])
        if i < 0 or not tokens[i].raw[0].isalpha():
            break
    if (named := _before_clause(tokens, flow.start)) is not None:
        return named
    for i in range(flow.end, min(flow.end + _REACH + 1, len(tokens))):
        if "product" in tokens[i].values:
            return str(tokens[i].values["product"])
        if "genitive" not in tokens[i].values and not tokens[i].raw[0].isalpha():
            break
        if not _NO_GOODS.isdisjoint(tokens[i].values):
            break
    return None


def basis(tokens: list[Token], flow: Flow) -> Basis:
    """Return whether a flow is of goods, of services or of both, as far as the words beside it say."""
    for i in range(max(flow.start - 2, 0), min(flow.end + _REACH, len(tokens))):
        if "goods_basis" in tokens[i].values:
            found: Basis = tokens[i].values["goods_basis"]
            return found
    return "unspecified"


def _before_clause(tokens: list[Token], i: int) -> str | None:
    """A product named before a relative clause or a dash: "agriculture, where turnover fell"."""
    linked = False
    for k in range(i - 1, max(i - _LEFT, -1), -1):
        values = tokens[k].values
        linked = linked or "where_word" in values or "hyphen" in values
        if "product" in values:
            return str(values["product"]) if linked else None
        if tokens[k].raw[0].isalpha() and _LINKS.isdisjoint(values):
            return None
    return None
