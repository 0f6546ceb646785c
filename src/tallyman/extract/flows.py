"""What a figure measures: the nouns and verbs of trade in a sentence, and whose trade with whom they name."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tallyman.extract.places import Place, joined, place, places, side_by_side

if TYPE_CHECKING:
    from tallyman.extract.places import Pair
    from tallyman.extract.sentences import Reading, Sentence
    from tallyman.lexicon.terms import Token
    from tallyman.model import Indicator

_LEFT, _RIGHT, _REACH = 7, 22, 5
_NEAR_BEFORE, _NEAR_AFTER = 3, 7
_GOODS_WORDS = frozenset({"product", "goods_basis"})
_AMOUNT = frozenset({"scale", "currency"})
_STOPS = frozenset(
    {"to_word", "with_word", "genitive", "by_word", "from_word", "clause_break", "past_verb", "range_and",
     "when_word", "that_word", "relative", "auxiliary", "speech"}
)  # fmt: skip
ANAPHOR, BLOC = "?", "??"
_GOODS = "goods"
_NAMED = frozenset({"name", "metonym", "group", "capital", "people", "city", "institution"})


class Flow(NamedTuple):
    """A mention of a flow at half-open token positions with the areas that its words give it."""

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

    @property
    def placed(self) -> bool:
        """Whether its own words name at least one area."""
        return bool(self.reporter or self.partner)


class _Slots(NamedTuple):
    owner: str | None = None
    pair: Pair | None = None
    to: str | None = None
    source: str | None = None
    with_: str | None = None
    of: Place | None = None
    favour: str | None = None
    subject: str | None = None


def find(
    reading: Reading, sentence: Sentence, spoken: Indicator | None, pair: Pair | None = None
) -> list[Flow]:
    """Return the flows of a sentence in order.

    ``spoken`` is the indicator of the text before it; of the members of ``pair`` a plain "Korean shipments" is
    enough to be trade between the two.
    """
    tokens = reading.tokens
    found: list[Flow] = []
    spots = [i for i in range(sentence.start, sentence.end) if _is_flow(tokens, i, sentence)]
    for n, i in enumerate(spots):
        left = spots[n - 1] + 1 if n else sentence.start
        right = spots[n + 1] if n + 1 < len(spots) else sentence.end
        flow = _flow(tokens, i, left, right, sentence, found[-1].indicator if found else spoken)
        if flow is not None and (_directed(flow, pair) or (flow.verb and pair and flow.indicator == spoken)):
            found.append(flow)
    return found


def _directed(flow: Flow, pair: Pair | None) -> bool:
    return flow.aimed or (pair is not None and flow.reporter in pair)


def _is_flow(tokens: list[Token], i: int, sentence: Sentence) -> bool:
    values = tokens[i].values
    if "nothing" in values:
        return False
    if values.get("flow") == "contract":
        if "move" in values and any("num" in t.values for t in tokens[i + 1 : i + _NEAR_BEFORE]):
            return False
        return _counts(tokens, i, sentence)
    if "flow" in values or "weak_flow" in values:
        whole = values.get("flow") == "total_trade" and i + 1 < sentence.end
        if whole and tokens[i + 1].values.get("flow") == "balance":
            return False
        return not _bracketed(tokens, i, sentence)
    if "flow_pronoun" in values:
        return i + 1 < sentence.end and bool({"to_word", "from_word"} & tokens[i + 1].values.keys())
    return "trade_verb" in values and i > sentence.start


def _counts(tokens: list[Token], i: int, sentence: Sentence) -> bool:
    """Whether a contract or deal has a figure of its own: "deals worth $5 billion", "a $5 billion contract"."""
    before = tokens[max(i - _NEAR_BEFORE, sentence.start) : i]
    after = tokens[i + 1 : min(i + _NEAR_AFTER, sentence.end)]
    return any(_AMOUNT & t.values.keys() for t in before) or any(
        "worth" in t.values and "genitive" not in t.values for t in after
    )


def _bracketed(tokens: list[Token], i: int, sentence: Sentence) -> bool:
    """Whether a noun stands in brackets that give no figure: "(exports plus imports)"."""
    for k in range(i - 1, max(i - _NEAR_AFTER, sentence.start) - 1, -1):
        if "bracket" in tokens[k].values or "num" in tokens[k].values:
            return False
        if "opening" in tokens[k].values:
            closing = next(
                (j for j in range(i, min(i + _NEAR_AFTER, sentence.end)) if "bracket" in tokens[j].values), i
            )
            return not any("num" in t.values for t in tokens[i:closing])
    return False


def _flow(
    tokens: list[Token], i: int, left: int, right: int, sentence: Sentence, spoken: Indicator | None
) -> Flow | None:
    values = tokens[i].values
    verb = "trade_verb" in values and ("flow" not in values or _acts(tokens, i, sentence))
    weak = "flow" not in values
    indicator: Indicator | None = (
        values["trade_verb"] if verb else values.get("flow") or values.get("weak_flow") or spoken
    )
    if indicator is None:
        return None
    slots = _slots(tokens, i, left, right, sentence, verb=verb)
    if indicator == _GOODS:
        indicator = _of_goods(slots)
        if indicator is None:
            return None
    reporter, partner = _oriented(indicator, slots)
    named = slots.to or slots.source or slots.of or slots.subject or slots.pair
    sign = values.get("surplus") if indicator == "balance" else None
    window = tokens[max(sentence.start, i - _REACH) : min(sentence.end, i + _REACH)]
    world = "world" in values or (indicator != "balance" and any("world" in t.values for t in window))
    aimed = not weak or bool(named) or indicator == "total_trade" or ("flow_pronoun" in values and world)
    opposite = any("opposite" in t.values for t in tokens[left:right])
    return Flow(i, i + 1, indicator, reporter, partner, verb, weak, world, sign, opposite, aimed)


def _acts(tokens: list[Token], i: int, sentence: Sentence) -> bool:
    """Whether a word that is noun and verb acts here: a subject stands right before it, an object after."""
    before = place(tokens, i - 1) if i > sentence.start else None
    after = tokens[i + 1].values if i + 1 < sentence.end else {}
    return (
        before is not None
        and before.kind in ("name", "metonym")
        and ("currency" in after or "num" in after or "hedge" in after)
    )


def _slots(tokens: list[Token], i: int, left: int, right: int, sentence: Sentence, *, verb: bool) -> _Slots:
    balance = "surplus" in tokens[i].values
    far = max(left, i - _LEFT)
    bound = None if verb else _bound(tokens, i, far)
    owner, pair = (None, None) if verb else _before(tokens, i if bound is None else bound.at, far)
    after = _after(tokens, i + 1, min(right, i + _RIGHT), verb=verb)
    if balance and after.favour is None:
        after = after._replace(favour=_favoured(tokens, right, min(sentence.end, i + _RIGHT)))
    if pair is None:
        pair = after.pair
    if bound is not None:
        after = after._replace(to=bound.code)
    acts = (verb and not _is_passive(tokens, i, sentence)) or (balance and owner is None)
    subject = _subject(tokens, i, sentence) if acts else None
    if verb and pair is None and tokens[i].values["trade_verb"] == "total_trade":
        pair = next((p for _, _, p in reversed(side_by_side(tokens, sentence.start, i))), None)
    if verb and after.to is None and (served := _served(tokens, i, right)) is not None:
        after = after._replace(to=served)
        subject = subject if subject != served else None
    if after.with_ is None and not verb and (balance or "total_trade" in tokens[i].values.values()):
        after = after._replace(with_=_fronted(tokens, i, sentence))
    return after._replace(owner=owner, pair=pair, subject=subject)


def _bound(tokens: list[Token], i: int, left: int) -> Place | None:
    """Where goods go by the word before them: "U.S.-bound exports"."""
    k = next((k for k in range(i - 1, left + 1, -1) if "bound_word" in tokens[k].values), None)
    return place(tokens, k - 2) if k is not None and "hyphen" in tokens[k - 1].values else None


def _served(tokens: list[Token], i: int, right: int) -> str | None:
    """Whom a verb of selling serves as its object: "to supply the Chinese market"."""
    if tokens[i].values["trade_verb"] != "exports":
        return None
    for j in range(i + 1, min(i + _NEAR_BEFORE, right)):
        found = place(tokens, j)
        if found is not None:
            goods = any(_GOODS_WORDS & t.values.keys() for t in tokens[j + 1 : j + 3])
            return None if found.kind == "adjective" and goods else found.code
        if "determiner" not in tokens[j].values:
            return None
    return None


def _is_passive(tokens: list[Token], i: int, sentence: Sentence) -> bool:
    """Whether a verb only describes the goods before it: "most of the goods exported to the CIS"."""
    before = tokens[i - 1].values if i > sentence.start else {}
    after = tokens[i + 1].values if i + 1 < sentence.end else {}
    return "goods_basis" in before and bool({"to_word", "from_word", "by_word"} & after.keys())


def _fronted(tokens: list[Token], i: int, sentence: Sentence) -> str | None:
    """A partner named first: "With the United States, Japan had a surplus"."""
    first = sentence.start
    if first >= i or "with_word" not in tokens[first].values:
        return None
    found = _governed(tokens, first + 1, i)
    return found.code if found is not None else None


def _before(tokens: list[Token], i: int, left: int) -> tuple[str | None, Pair | None]:
    for start, end, pair in joined(tokens, left, i):
        if (
            all(_modifies(t) for t in tokens[end:i])
            and "range_between" not in tokens[max(start - 1, 0)].values
        ):
            return None, pair
    for j in range(i - 1, left - 1, -1):
        found = place(tokens, j)
        if found is not None:
            owns = found.kind in ("adjective", "people", "prefix") or "possessive" in tokens[j + 1].values
            return (found.code, None) if owns or j == i - 1 or _compound(tokens, j, i) else (None, None)
        if not _modifies(tokens[j]):
            return None, None
    return None, None


def _compound(tokens: list[Token], j: int, i: int) -> bool:
    return all("possessive" not in t.values for t in tokens[j + 1 : i]) and i - j <= 3  # noqa: PLR2004


def _modifies(token: Token) -> bool:
    """Whether a word may stand between an owner and the noun: "China's *total goods* exports"."""
    values = token.values
    return (
        token.raw.isalpha() or "possessive" in values or "hyphen" in values or "rel_year" in values
    ) and not (_STOPS & values.keys())


def _after(tokens: list[Token], i: int, right: int, *, verb: bool) -> _Slots:
    slots = _Slots()
    j = i
    while j < right:
        values = tokens[j].values
        if "clause_break" in values or "speech" in values:
            break
        if tokens[j].raw == "," and not (slots == _Slots() and _list_goes_on(tokens, j, right)) and not verb:
            break
        if "favour_after" in values and (favoured := place(tokens, j - 2)) is not None:
            slots = slots._replace(favour=favoured.code)
        elif "range_between" in values and (pairs := joined(tokens, j, right)):
            slots = slots._replace(pair=pairs[0][2])
            j = pairs[0][1] - 1
        elif (found := _governed(tokens, j + 1, right)) is not None:
            own = j <= i + 1 or (verb and found.kind == "adjective")
            slots = _filled(slots, tokens[j], found, own=own)
        j += 1
    return slots


def _filled(slots: _Slots, preposition: Token, found: Place, *, own: bool) -> _Slots:
    """Put an area in the slot of the preposition before it, if that is still free."""
    values = preposition.values
    if "favour" in values:
        return slots._replace(favour=found.code)
    if "with_word" in values:
        return slots._replace(with_=found.code) if slots.with_ is None and found.kind in _NAMED else slots
    if "to_word" in values:
        return slots._replace(to=slots.to or found.code)
    if "from_word" in values:
        return slots._replace(source=slots.source or found.code)
    return slots._replace(of=slots.of or found) if own and "genitive" in values else slots


def _favoured(tokens: list[Token], i: int, right: int) -> str | None:
    """The side that words behind the next flow give the balance to: "..., in Japan's favour"."""
    return _after(tokens, i, right, verb=True).favour if i < right else None


def _list_goes_on(tokens: list[Token], j: int, right: int) -> bool:
    """Whether a comma belongs to a list of products: a direction still follows before anything moves."""
    for token in tokens[j + 1 : right]:
        if "to_word" in token.values or "from_word" in token.values:
            return True
        if (
            "past_verb" in token.values
            or "num" in token.values
            or "currency" in token.values
            or "move" in token.values
        ):
            return False
    return False


def _governed(tokens: list[Token], i: int, right: int) -> Place | None:
    """The area that a preposition before token ``i`` governs, across articles and adjectives."""
    for j in range(i, min(right, i + _REACH)):
        found = place(tokens, j)
        if found is not None:
            follows = tokens[j + 1].values if j + 1 < len(tokens) else {}
            apart = {"role"} if found.kind == "adjective" else set()
            if "country_noun" in follows and found.kind != "name":
                return Place(j, ANAPHOR, "name")
            return None if apart & follows.keys() else found
        values = tokens[j].values
        if _heads(tokens, j) or _heads(tokens, j - 1):
            continue
        if "there" in values or ("country_noun" in values and j > i):
            return Place(j, BLOC if "bloc_noun" in values else ANAPHOR, "name")
        if not (tokens[j].raw.isalpha() or "possessive" in values) or any(
            name in values
            for name in (
                "past_verb",
                "to_word",
                "from_word",
                "with_word",
                "move",
                "flow",
                "genitive",
                "month",
            )
        ):
            return None
    return None


def _heads(tokens: list[Token], j: int) -> bool:
    """Whether a noun only leads over to a name: "the countries of Central Asia"."""
    return (
        "country_noun" in tokens[j].values
        and j + 1 < len(tokens)
        and "genitive" in tokens[j + 1].values
    )


def _subject(tokens: list[Token], i: int, sentence: Sentence) -> str | None:
    for j in range(i - 1, sentence.start - 1, -1):
        if tokens[j].raw == ";" or "clause_break" in tokens[j].values:
            return None
        if "area" in tokens[j].values and any("country_noun" in t.values for t in tokens[j + 1 : j + _REACH]):
            return ANAPHOR
        if "country_noun" in tokens[j].values and "determiner" in tokens[j - 1].values:
            return ANAPHOR
        found = place(tokens, j)
        if found is not None and found.kind in _NAMED | {"adjective"}:
            before = tokens[j - 1].values if j > sentence.start else {}
            if any(name in before for name in ("to_word", "from_word", "with_word", "genitive")):
                continue
            return found.code
    return None


def _of_goods(slots: _Slots) -> Indicator | None:
    """What "goods worth $5 billion" count: exports from one area to another, or trade between two."""
    if slots.source and slots.to:
        return "exports"
    return "total_trade" if slots.pair else None


def _oriented(indicator: Indicator, slots: _Slots) -> Pair | tuple[str | None, str | None]:
    """Reporter and partner from the words around the flow."""
    if indicator == "balance" and (slots.favour or slots.to):
        return slots.favour or slots.to, slots.with_
    if indicator in ("total_trade", "investment", "contract", "balance", "output", "other") and slots.pair:
        return slots.pair
    of = slots.of.code if slots.of else None
    owner = slots.owner or slots.subject
    if indicator == "total_trade":
        first = owner or of or slots.source
        second = slots.with_ or slots.to
        return (first, second) if first != second else (first, None)
    if indicator == "exports":
        if slots.pair and not (owner or slots.to):
            return slots.pair
        return owner or slots.source or of, slots.to or slots.with_
    if indicator == "imports":
        goods_of = of if slots.of and slots.of.kind == "adjective" else None
        reporter = owner or slots.to or (of if not goods_of else None)
        return reporter, slots.source or goods_of or slots.with_
    return owner or slots.source or of, slots.with_ or slots.to


def named(reading: Reading, sentence: Sentence) -> list[str]:
    """Return the codes of the areas that a sentence names, in order, without repetition."""
    return list(dict.fromkeys(p.code for p in places(reading.tokens, sentence.start, sentence.end)))
