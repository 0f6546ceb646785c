"""What the name of an area means where it stands: "non-EU countries" are not the EU."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import structs

from tallyman.lexicon.terms import Spots

if TYPE_CHECKING:
    from tallyman.lexicon.terms import Terms, Token

_PASSED = frozenset({"determiner", "hyphen"})
_BACK = 3


def settled(tokens: list[Token], terms: Terms) -> Spots:
    """Make other countries of each area that a word leaves out, and return where all classes then stand.

    "Outside the EU", "excluding Russia".
    """
    spots = Spots(tokens, terms)
    left_out = [i for i in spots.of("area") if _is_left_out(tokens, i)] if spots.of("outside_word") else []
    for i in left_out:
        values = {name: value for name, value in tokens[i].values.items() if name != "area"}
        values |= {"others_noun": True}
        tokens[i] = structs.replace(tokens[i], kind=terms.kind(frozenset(values)), values=values)
    return Spots(tokens, terms) if left_out else spots


def _is_left_out(tokens: list[Token], i: int) -> bool:
    """Whether the word before an area, across an article or a hyphen, leaves it out."""
    for token in reversed(tokens[max(i - _BACK, 0) : i]):
        if not _PASSED & token.values.keys():
            return "outside_word" in token.values
    return False
