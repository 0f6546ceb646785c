"""The areas that the words around a flow put into its slots: its owner, where goods go and come from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct, structs

from tallyman.extract import actors
from tallyman.extract.governed import STOPS, governed
from tallyman.extract.places import (
    ANAPHOR,
    NAMED,
    OTHERS,
    Pair,
    Place,
    is_dateline,
    joined,
    member_before,
    place,
    places,
    side_by_side,
)

if TYPE_CHECKING:
    from tallyman.extract.sentences import Reading, Sentence
    from tallyman.lexicon.terms import Token

_LEFT, _RIGHT = 7, 22
_NEAR_BEFORE, _LEAD_IN = 3, 4
_LISTED = 12
_GOODS_WORDS = frozenset({"product", "goods_basis", "weak_flow"})
_LEADS_IN = frozenset({"in_word", "flow", "own_word"})
_CLAUSE_ENDS = frozenset({"clause_break", "speech", "cause_word", "thereof_word", "according"})
_TURNS = frozenset({"to_word", "from_word", "with_word"})
_GOVERNING = frozenset({"favour", "with_word", "to_word", "from_word", "genitive", "inside_word"})
_TELLS = (*_CLAUSE_ENDS, *_GOVERNING, "move", "multiple", "favour_after", "range_between", "list_joiner")
_COUNTS = frozenset({"measure_unit", "scale", "currency", "num"})


class Slots(Struct, frozen=True, gc=False):
    """What prepositions, possessives and subjects name; ``ANAPHOR`` and ``BLOC`` stand for areas named before.

    ``OTHERS`` are countries that the text does not name: "exports to neighbouring states".
    """

    owner: str | None = None
    pair: Pair | None = None
    to: str | None = None
    source: str | None = None
    with_: str | None = None
    of: Place | None = None
    favour: str | None = None
    subject: str | None = None


_EMPTY = Slots()


def around(reading: Reading, i: int, left: int, right: int, sentence: Sentence, *, verb: bool) -> Slots:
    """Return the slots of the flow at token ``i``; the flows beside it end at ``left`` and begin at ``right``."""
    tokens = reading.tokens
    balance = "surplus" in tokens[i].values
    far = max(left, i - _LEFT)
    bound = None if verb else _bound(reading, i, far)
    owner, pair = (None, None) if verb else _before(tokens, i if bound is None else bound.at, far, sentence)
    after = _after(reading, i + 1, min(right, i + _RIGHT), verb=verb)
    if balance and after.favour is None:
        after = structs.replace(after, favour=_favoured(reading, right, min(sentence.end, i + _RIGHT)))
    if pair is None:
        pair = after.pair or _both(tokens, i, sentence, after.of, free=owner is None)
    if bound is not None:
        after = structs.replace(after, to=bound.code)
    acts = (verb and not _is_passive(tokens, i, sentence)) or (balance and owner is None)
    subject = actors.subject(tokens, i, sentence) if acts else None
    if verb and (after.to is None or after.source is None):
        to, source = _object(tokens, i, right)
        subject = subject if subject not in (to, source) else None
        first = _led(tokens, i, sentence, subject)
        to, source = (
            (to or first, source) if tokens[i].values["trade_verb"] == "exports" else (to, source or first)
        )
        after = structs.replace(after, to=after.to or to, source=after.source or source)
    if after.with_ is None and not verb and (fronted := _fronted(tokens, i, sentence)) is not None:
        after = structs.replace(after, with_=fronted)
    if subject is not None and subject == after.with_:
        subject = None
    if owner is None and pair is None and not verb:
        owner = _setting(tokens, i, sentence)
    if after.to is None and not verb and (goal := _goal(tokens, i, sentence)) is not None:
        after = structs.replace(after, to=goal)
    return structs.replace(after, owner=owner, pair=pair, subject=subject)


def _bound(reading: Reading, i: int, left: int) -> Place | None:
    """Where goods go by the word before them: "U.S.-bound exports"."""
    tokens, told = reading.tokens, reading.spots.between(left + 2, i, "bound_word")
    return place(tokens, told[-1] - 2) if told and "hyphen" in tokens[told[-1] - 1].values else None


def _object(tokens: list[Token], i: int, right: int) -> tuple[str | None, str | None]:
    """Whom a verb serves as its object, and whose goods it buys: "supply the Chinese market", "import Thai rice"."""
    way = tokens[i].values["trade_verb"]
    for j in range(i + 1, min(i + _NEAR_BEFORE, right)):
        found = place(tokens, j)
        if found is not None:
            goods = any(_GOODS_WORDS & t.values.keys() for t in tokens[j + 1 : j + 3])
            described = found.kind == "adjective" and goods
            to = found.code if way == "exports" and not described else None
            return to, found.code if way == "imports" and described else None
        if "determiner" not in tokens[j].values:
            break
    return None, None


def _led(tokens: list[Token], i: int, sentence: Sentence, subject: str | None) -> str | None:
    """The other side that a sentence begins with: "From Peru Chile imported goods", "To Peru Chile sold"."""
    way = "to_word" if tokens[i].values["trade_verb"] == "exports" else "from_word"
    if subject is None or way not in tokens[sentence.start].values:
        return None
    named = governed(tokens, sentence.start + 1, i)
    return named.code if named is not None and named.code != subject else None


def _is_passive(tokens: list[Token], i: int, sentence: Sentence) -> bool:
    """Whether a verb only describes the goods before it: "most of the goods exported to the CIS", "9 tonnes sold"."""
    before = tokens[i - 1].values if i > sentence.start else {}
    if _COUNTS & before.keys():
        return True
    after = tokens[i + 1].values if i + 1 < sentence.end else {}
    return "goods_basis" in before and bool({"to_word", "from_word", "by_word"} & after.keys())


def _fronted(tokens: list[Token], i: int, sentence: Sentence) -> str | None:
    """A partner named first: "With the United States, Japan had a surplus", "In trade with Peru, exports rose"."""
    first = sentence.start
    while first < min(i, sentence.start + _LEAD_IN) and not _LEADS_IN.isdisjoint(tokens[first].values):
        first += 1
    if first >= i or "with_word" not in tokens[first].values:
        return None
    found = governed(tokens, first + 1, i)
    return found.code if found is not None else None


def _both(tokens: list[Token], i: int, sentence: Sentence, of: Place | None, *, free: bool) -> Pair | None:
    """Two areas whose trade it is together: "the turnover of Peru and Chile", "Peru and Chile traded"."""
    if of is not None and (both := _both_of(tokens, of)) is not None:
        return both
    if tokens[i].values.get("trade_verb") == "total_trade":
        listed = side_by_side(tokens, places(tokens, sentence.start, i))
        return listed[-1][2] if listed else None
    return _both_have(tokens, i, sentence) if free and tokens[i].values.get("flow") == "total_trade" else None


def _both_of(tokens: list[Token], first: Place) -> Pair | None:
    """Two areas whose trade it is together: "the turnover of Peru and Chile"."""
    k = first.at + 2
    if k >= len(tokens) or "range_and" not in tokens[k - 1].values:
        return None
    k += "determiner" in tokens[k].values
    second = place(tokens, k) if k < len(tokens) else None
    return (first.code, second.code) if second is not None and second.code != first.code else None


def _both_have(tokens: list[Token], i: int, sentence: Sentence) -> Pair | None:
    """Two areas that have a trade: "Peru and Chile had a trade turnover of $3 billion"."""
    k = i - 1 - ("determiner" in tokens[i - 1].values)
    if k - 3 < sentence.start or "takes_word" not in tokens[k].values:
        return None
    named = side_by_side(tokens, places(tokens, max(sentence.start, k - _LEFT), k))
    return named[-1][2] if named and named[-1][1] == k else None


def _setting(tokens: list[Token], i: int, sentence: Sentence) -> str | None:
    """Whose trade a sentence tells that begins with it: "In Peru, exports rose", "For the EU, imports fell"."""
    first = sentence.start
    if first + 2 >= i or "in_word" not in tokens[first].values:
        return None
    named = governed(tokens, first + 1, i)
    if named is None or named.kind not in NAMED - {"city"} or tokens[named.at + 1].raw != ",":
        return None
    return named.code


def _goal(tokens: list[Token], i: int, sentence: Sentence) -> str | None:
    """Where goods go, if a sentence begins with it: "To Uganda, exports rose"."""
    first = sentence.start
    named = place(tokens, first + 1) if first + 2 < i and "to_word" in tokens[first].values else None
    return named.code if named is not None and tokens[first + 2].raw == "," else None


def _before(tokens: list[Token], i: int, left: int, sentence: Sentence) -> tuple[str | None, Pair | None]:
    for start, end, pair in joined(tokens, places(tokens, left, i), left):
        if (
            all(_modifies(t) for t in tokens[end:i])
            and "range_between" not in tokens[max(start - 1, 0)].values
        ):
            return None, pair
    for j in range(i - 1, left - 1, -1):
        found = place(tokens, j)
        if found is not None:
            return _owner(tokens, found, i, sentence)
        if "own_word" in tokens[j].values:
            return actors.possessor(tokens, j, sentence), None
        if not _modifies(tokens[j]):
            return None, None
    return None, None


def _owner(tokens: list[Token], found: Place, i: int, sentence: Sentence) -> tuple[str | None, Pair | None]:
    """Whose the flow at token ``i`` is by the last area before it: "Peru's", "Peruvian", "intra-EU"."""
    j = found.at
    if is_dateline(tokens, found, sentence.start) or any("share_noun" in t.values for t in tokens[j + 1 : i]):
        return None, None
    if "country_noun" in tokens[j + 1].values and found.kind != "name":
        return member_before(tokens, found) or ANAPHOR, None
    if "hyphen" in tokens[j - 1].values and "intra_word" in tokens[j - 2].values:
        return None, (found.code, found.code)
    owns = found.kind in ("adjective", "people", "prefix") or "possessive" in tokens[j + 1].values
    return (found.code, None) if owns or j == i - 1 or _compound(tokens, j, i) else (None, None)


def _compound(tokens: list[Token], j: int, i: int) -> bool:
    """Whether an area is the first word of a compound: "Peru copper exports", not "the share of Peru in exports"."""
    return i - j <= 3 and not any({"possessive", "in_word"} & t.values.keys() for t in tokens[j + 1 : i])  # noqa: PLR2004


def _modifies(token: Token) -> bool:
    """Whether a word may stand between an owner and the noun: "China's *total goods* exports"."""
    values = token.values
    return (
        token.raw[0].isalpha() or "possessive" in values or "hyphen" in values or "rel_year" in values
    ) and STOPS.isdisjoint(values)


def _after(reading: Reading, i: int, right: int, *, verb: bool) -> Slots:
    tokens, slots = reading.tokens, _EMPTY
    done = i
    moved = False
    for j in reading.spots.between(i, right, *_TELLS):
        if j < done:
            continue
        values = tokens[j].values
        moved = moved or "move" in values
        if moved and "range_and" in tokens[j - 1].values and not _TURNS.isdisjoint(values):
            break
        if not _CLAUSE_ENDS.isdisjoint(values) or ("multiple" in values and not verb):
            break
        if tokens[j].raw == "," and not (slots == _EMPTY and _list_goes_on(tokens, j, right)) and not verb:
            break
        if "favour_after" in values and (favoured := place(tokens, j - 2)) is not None:
            slots = structs.replace(slots, favour=favoured.code)
        elif "range_between" in values and (pairs := joined(tokens, places(tokens, j, right), j)):
            slots = structs.replace(slots, pair=pairs[0][2])
            done = pairs[0][1]
        elif not _GOVERNING.isdisjoint(values) and (found := governed(tokens, j + 1, right)) is not None:
            if "genitive" not in values and _several(tokens, found.at):
                found = structs.replace(found, code=OTHERS)
            own = j <= i + 1 or (verb and found.kind == "adjective")
            slots = _filled(slots, tokens[j], found, own=own)
    return slots


def _several(tokens: list[Token], i: int) -> bool:
    """Whether an area begins a list of those that share a figure: "exports to China, India and Brazil"."""
    for n in range(_LISTED):
        joint = tokens[i + 1].values if i + 2 < len(tokens) else {}
        if "list_joiner" not in joint:
            return False
        if n and tokens[i + 1].raw == "," and "range_and" in tokens[i + 2].values:
            i, joint = i + 1, tokens[i + 2].values
        i += 2 + ("determiner" in tokens[min(i + 2, len(tokens) - 1)].values)
        if i >= len(tokens) or place(tokens, i) is None:
            return False
        if "range_and" in joint:
            return i + 1 >= len(tokens) or not ({"possessive", "flow"} & tokens[i + 1].values.keys())
    return False


def _filled(slots: Slots, preposition: Token, found: Place, *, own: bool) -> Slots:
    """Put an area in the slot of the preposition before it, if that is still free."""
    values = preposition.values
    if "favour" in values:
        return structs.replace(slots, favour=found.code)
    if "with_word" in values:
        return (
            structs.replace(slots, with_=found.code) if slots.with_ is None and found.kind in NAMED else slots
        )
    if found.kind == "institution" and {"to_word", "from_word"} & values.keys():
        return slots
    if "to_word" in values:
        return structs.replace(slots, to=slots.to or found.code)
    if "from_word" in values:
        return structs.replace(slots, source=slots.source or found.code)
    belongs = "genitive" in values or ("inside_word" in values and found.kind == "group")
    return structs.replace(slots, of=slots.of or found) if own and belongs else slots


def _favoured(reading: Reading, i: int, right: int) -> str | None:
    """The side that words behind the next flow give the balance to: "..., in Japan's favour"."""
    return _after(reading, i, right, verb=True).favour if i < right else None


def _list_goes_on(tokens: list[Token], j: int, right: int) -> bool:
    """Whether a comma belongs to a list of products: a direction still follows before anything moves."""
    for token in tokens[j + 1 : right]:
        if "to_word" in token.values or "from_word" in token.values:
            return True
        if (
            "according" in token.values
            or "past_verb" in token.values
            or "num" in token.values
            or "currency" in token.values
            or "move" in token.values
        ):
            return False
    return False
