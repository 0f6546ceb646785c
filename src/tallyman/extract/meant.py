"""What the name of an area means where it stands: "non-EU countries" are not the EU."""

from __future__ import annotations

from itertools import pairwise, takewhile
from typing import TYPE_CHECKING, Any

from msgspec import structs

from tallyman.lexicon.terms import Spots

if TYPE_CHECKING:
    from tallyman.lexicon.terms import Terms, Token

_PASSED = frozenset({"determiner", "hyphen"})
_BACK, _INITIALS = 3, 2
_OF_NAMES = _PASSED | {"genitive", "target_for", "range_and"}
_BODIES = frozenset({"office", "body_noun"})
_WORDS = frozenset({"people", "adjective"})


def settled(tokens: list[Token], terms: Terms) -> Spots:
    """Make other countries of each area that a word leaves out, and return where all classes then stand.

    "Outside the EU", "excluding Russia"; an office's letters and its desks name nobody: "DANE" is no Dane, and "the
    Asia-Africa Department" no pair. Initials of an area that is named in full name it too.
    """
    spots = Spots(tokens, terms)
    left_out = [i for i in spots.of("area") if _is_left_out(tokens, i)] if spots.of("outside_word") else []
    capital = [i for i in spots.of("area") if tokens[i].raw.isupper()]
    nobody = [i for i in capital if _is_letters(tokens, i) or _is_dateline(tokens, i)]
    nobody += _desks(tokens, spots.of("area"))
    for i in left_out:
        _put(tokens, i, {"others_noun": True}, terms)
    for i in nobody:
        _put(tokens, i, {}, terms)
    short = _short_names(tokens, spots, [*spots.of("capital"), *nobody])
    for i in short:
        _put(tokens, i, {"area": (short[i], "name")}, terms)
    return Spots(tokens, terms) if left_out or nobody or short else spots


def _desks(tokens: list[Token], named: list[int]) -> list[int]:
    """The regions that only say what a part of an office or a forum deals with: "the Asia and Africa Department"."""
    found: list[int] = []
    groups = [i for i in named if tokens[i].values["area"][1] == "group"]
    for a, b in pairwise(groups):
        if _is_joined(tokens, a, b) and _is_in_name(tokens, a, b):
            found += (a, b)
    return found


def _is_joined(tokens: list[Token], a: int, b: int) -> bool:
    return b - a > 1 and all({"hyphen", "range_and"} & t.values.keys() for t in tokens[a + 1 : b])


def _is_in_name(tokens: list[Token], a: int, b: int) -> bool:
    """Whether a name in capitals goes on behind two regions, and a word for an office stands in it or before it."""
    behind = list(takewhile(lambda t: t.raw[0].isupper(), tokens[b + 1 : b + 1 + _BACK]))
    before = next(
        (t for t in reversed(tokens[max(a - _BACK, 0) : a]) if not _OF_NAMES & t.values.keys()), None
    )
    near = [*behind, before] if before is not None else behind
    return bool(behind) and any(_BODIES & t.values.keys() for t in near)


def _is_dateline(tokens: list[Token], i: int) -> bool:
    """Whether a government's name in capitals says where a report was written: "BRUSSELS (AFP) -"."""
    begins = i == 0 or tokens[i - 1].raw == "\n"
    if not begins or tokens[i].values["area"][1] != "metonym":
        return False
    return i + 1 < len(tokens) and tokens[i + 1].raw in "(,-—–"  # noqa: RUF001 - the dashes of datelines


def _short_names(tokens: list[Token], spots: Spots, unknown: list[int]) -> dict[int, str]:
    """The initials, among ``unknown`` words, of an area that the text names in full: "SA" beside "South Africa"."""
    initials: dict[str, set[str]] = {}
    for i in spots.of("area"):
        code, kind = tokens[i].values.get("area", ("", ""))
        words = tokens[i].raw.split() if kind == "name" else ()
        if len(words) == _INITIALS and all(word[0].isupper() for word in words):
            initials.setdefault("".join(word[0] for word in words), set()).add(code)
    if not initials:
        return {}
    alone = {name: next(iter(codes)) for name, codes in initials.items() if len(codes) == 1}
    return {i: alone[tokens[i].raw] for i in unknown if tokens[i].raw in alone}


def _put(tokens: list[Token], i: int, more: dict[str, Any], terms: Terms) -> None:
    values = {name: value for name, value in tokens[i].values.items() if name != "area"} | more
    tokens[i] = structs.replace(tokens[i], kind=terms.kind(frozenset(values)), values=values)


def _is_letters(tokens: list[Token], i: int) -> bool:
    """Whether a word in capitals is for people or things of an area, and a word beside it is not in capitals."""
    if tokens[i].values["area"][1] not in _WORDS:
        return False
    beside = (*tokens[max(i - _BACK, 0) : i], *tokens[i + 1 : i + 1 + _BACK])
    return any(t.raw.isalpha() and not t.raw.isupper() for t in beside)


def _is_left_out(tokens: list[Token], i: int) -> bool:
    """Whether the word before an area, across an article or a hyphen, leaves it out; "extra-EU trade" is the EU's."""
    for token in reversed(tokens[max(i - _BACK, 0) : i]):
        if not _PASSED & token.values.keys():
            owns = "extra_word" in token.values and "flow" in tokens[min(i + 1, len(tokens) - 1)].values
            return "outside_word" in token.values and not owns
    return False
