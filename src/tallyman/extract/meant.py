"""What the name of an area means where it stands: the countries outside it, or a group whose name goes on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from msgspec import structs

if TYPE_CHECKING:
    from tallyman.lexicon.terms import Terms, Token

_PASSED = frozenset({"determiner", "hyphen"})
_BACK, _BRACKETED = 3, 4
_GROUP = "group"


def settle(tokens: list[Token], terms: Terms) -> None:
    """Put into each token that names an area what it means there.

    "Non-EU countries" and "outside the EU" are other countries; in "the Common Market of Eastern and Southern
    Africa (COMESA)" the brackets say which group the words before them end.
    """
    named = [i for i, token in enumerate(tokens) if "area" in token.values]
    for i in named:
        if _is_left_out(tokens, i):
            _put(tokens, i, {"others_noun": True}, terms)
        elif (group := _bracketed(tokens, i)) is not None:
            _put(tokens, i, {"area": group}, terms)


def _put(tokens: list[Token], i: int, values: dict[str, Any], terms: Terms) -> None:
    values = {name: value for name, value in tokens[i].values.items() if name != "area"} | values
    tokens[i] = structs.replace(tokens[i], kind=terms.kind(frozenset(values)), values=values)


def _is_left_out(tokens: list[Token], i: int) -> bool:
    """Whether the word before an area, across an article or a hyphen, leaves it out."""
    for token in reversed(tokens[max(i - _BACK, 0) : i]):
        if not _PASSED & token.values.keys():
            return "outside_word" in token.values
    return False


def _bracketed(tokens: list[Token], i: int) -> tuple[str, str] | None:
    """The group whose short name stands in brackets right behind a group."""
    near = tokens[i + 1 : i + _BRACKETED]
    if len(near) < _BRACKETED - 1 or tokens[i].values["area"][1] != _GROUP:
        return None
    opening, name, closing = near
    short: tuple[str, str] | None = name.values.get("area")
    closed = "opening" in opening.values and "bracket" in closing.values
    return short if closed and short is not None and short[1] == _GROUP else None
