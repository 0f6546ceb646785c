"""What a figure belongs to: the flow its words name, or the measure that the text goes on about."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from msgspec import structs

from tallyman.extract import currencies
from tallyman.extract.bases import is_base
from tallyman.extract.measured import points_back, subject_again
from tallyman.extract.places import places
from tallyman.extract.scene import MAIN_AREAS, NARROW_TRADE
from tallyman.extract.trading import is_of_firm
from tallyman.model import Indicator, Measure

if TYPE_CHECKING:
    from tallyman.extract.amounts import Amount
    from tallyman.extract.flows import Flow
    from tallyman.extract.scene import Scene
    from tallyman.extract.sentences import Sentence
    from tallyman.lexicon.terms import Token

_AFTER_REACH, _AHEAD_REACH = 6, 12
_CARRY_SENTENCES, _CARRY_PARAGRAPHS = 3, 4
_EXCLUDED_AFTER = 5
_SMALLEST_BARE = 10**6
_OWNS = frozenset({"genitive", "in_word", "determiner", "area", "possessive", "worth"})
_HEADLINES, _CLOSED, _TAXED = 2, 4, 16
_LEAST_MONEY, _PLACE_REACH = 10_000, 4
_BETWEEN = frozenset({"genitive", "hedge", "determiner", "hedge_gap"})
_BARE_BEFORE = frozenset(
    {
        "mark",
        "in_word",
        "relation",
        "target_noun",
        "clause_break",
        "past_verb",
        "from_word",
        "range_and",
        "or_word",
    }
)
_WILL = frozenset({"auxiliary", "future"})
_TRADES = frozenset({"flow", "weak_flow", "trade_verb", "flow_pronoun"})
_GOODS = frozenset({"product", "goods_basis", "measure_unit", "weak_flow"})
_TOTALS = ("carry", "target_noun", "mark", "target_cue")
_CARRIES = (*_TOTALS, "forecast_cue", "rel_year", "year", "same")


def speaks_plainly(scene: Scene, flow: Flow) -> bool:
    """Whether a flow is trade beyond doubt: a noun of trade with its area, a verb with both sides and its goods.

    A surplus or deficit may be that of a budget.
    """
    if flow.indicator not in NARROW_TRADE or _may_be_budget(scene, flow):
        return False
    both = bool(flow.reporter and flow.partner) or (scene.focus.bilateral and flow.placed)
    if flow.verb:
        sure = "sure_trade" in scene.tokens[flow.start].values
        goods = _names_goods(scene, flow)
        return (both and (sure or goods)) or (sure and goods and flow.placed)
    meant = scene.focus.bilateral or (scene.focus.whole is not None and flow.indicator != "total_trade")
    return both if flow.weak else flow.placed or flow.world or meant


def _may_be_budget(scene: Scene, flow: Flow) -> bool:
    """Whether a surplus or deficit does not say of what: "trade surplus" and "trade balance surplus" do."""
    tokens, i = scene.tokens, flow.start
    return "bare_balance" in tokens[i].values and not (i > 0 and "flow" in tokens[i - 1].values)


def _is_of_another(scene: Scene, n: int, flow: Flow) -> bool:
    """Whether a surplus is told of what is no trade: "the balance of payments remained at a surplus"."""
    for token in reversed(
        scene.tokens[max(flow.start - _AFTER_REACH, scene.sentences[n].start) : flow.start]
    ):
        if "accounts" in token.values or token.raw == ",":
            return token.raw != ","
    return False


def _names_goods(scene: Scene, flow: Flow) -> bool:
    """Whether goods stand beside a verb: "China imported 10.1 percent more oil", and not players or arms."""
    near = scene.tokens[max(flow.start - _CLOSED, 0) : flow.end + _AHEAD_REACH]
    return any(_GOODS & t.values.keys() for t in near)


def carried(scene: Scene, n: int, amount: Amount, *, listed: bool) -> Measure | None:
    """Return the measure of the sentences before where a figure without a flow goes on about it.

    A sentence about other areas does so only where it lists the figure's: "Iraq with $2.9 billion".
    """
    state, sentence = scene.state, scene.sentences[n]
    far = n - state.sentence > _CARRY_SENTENCES or sentence.paragraph - state.paragraph > _CARRY_PARAGRAPHS
    start, end, spots = sentence.start, sentence.end, scene.reading.spots
    if state.measure is None:
        return _headline(scene, n, amount)
    goes_on = (listed and (state.here or _in_same_unit(scene, n, amount))) or _weighs_on(scene, n, amount)
    if far or (amount.kind in ("physical", "count") and not goes_on):
        return None
    if points_back(scene, amount):
        return state.topic or state.measure
    if not listed and spots.any(start, end, "home_verb") and _sells_at_home(scene.tokens[start:end]):
        return None
    other = any(_is_other(scene.tokens[i], listed=listed) for i in spots.between(start, end, "exclude"))
    firm = spots.any(start, end, "firm_noun") and any(
        is_of_firm(scene.tokens, i) for i in spots.between(start, end, "flow")
    )
    if other or firm or (not listed and _counts_else(scene, n, amount)):
        return None
    if amount.kind == "money" and spots.any(start, end, *_TOTALS):
        return state.total or state.measure
    if state.topic is not None and subject_again(scene, start, amount.start):
        return state.topic
    speaks = spots.any(start, end, *_CARRIES)
    next_to = n - state.sentence <= 1 + listed
    return (
        state.measure
        if speaks or (next_to and (listed or _same_areas(scene, sentence, state.measure)))
        else None
    )


def _sells_at_home(tokens: list[Token]) -> bool:
    """Whether an office will sell or buy itself: "the government announced that it would sell rice"."""
    for before, verb in pairwise(tokens):
        if "home_verb" in verb.values and not _WILL.isdisjoint(before.values):
            return any("office" in t.values for t in tokens[: tokens.index(verb)])
    return False


def _is_other(token: Token, *, listed: bool) -> bool:
    """Whether a word that shuts figures out does so; what a list of buyers earns its country is trade."""
    return not (listed and "returns" in token.values)


def placed(scene: Scene, n: int, amount: Amount) -> Measure | None:
    """Return the trade that a list of partners orders: "third place is occupied by Peru ($3 billion)"."""
    start = scene.sentences[n].start
    tokens = scene.tokens[start : amount.start]
    told = any(
        "ordinal" in first.values and "list_place" in second.values
        for first, second in pairwise(tokens[:_PLACE_REACH])
    )
    return scene.state.total if told and not any("clause_break" in t.values for t in tokens) else None


def _weighs_on(scene: Scene, n: int, amount: Amount) -> bool:
    """Whether goods go on to be counted in the unit of the figure before: "In May it improved, to 9 tonnes"."""
    state, sentence = scene.state, scene.sentences[n]
    if state.measure is None or not _in_same_unit(scene, n, amount):
        return False
    made = any("made_word" in t.values for t in scene.tokens[sentence.start : sentence.end])
    return _same_areas(scene, sentence, state.measure) and not made


def _in_same_unit(scene: Scene, n: int, amount: Amount) -> bool:
    same = amount.kind == "physical" and amount.quantity.unit == scene.state.unit
    return same and n - scene.state.sentence <= 1


def _counts_else(scene: Scene, n: int, amount: Amount) -> bool:
    """Whether a rate is that of something counted before it: "75,900 firms were founded, 5 percent fewer"."""
    counted = any(a.kind in ("number", "count") and a.end <= amount.start for a in scene.amounts[n])
    return counted and amount.kind == "percent"


def _same_areas(scene: Scene, sentence: Sentence, measure: Measure) -> bool:
    """Whether a sentence names no area outside a measure."""
    named = {p.code for p in places(scene.tokens, sentence.start, sentence.end)}
    return named <= {measure.reporter, measure.partner}


def _headline(scene: Scene, n: int, amount: Amount) -> Measure | None:
    """A target named before anything else, in a report on the trade of two: "Thais, Vietnamese eye $25bn by 2025"."""
    pair, sentence = scene.focus.pair, scene.sentences[n]
    aimed = any("target_cue" in t.values for t in scene.tokens[sentence.start : sentence.end])
    if n > _HEADLINES or amount.kind != "money" or not aimed or pair is None or not scene.focus.bilateral:
        return None
    speaks = any(t.values.get("flow") == "total_trade" for t in scene.tokens)
    return Measure(indicator="total_trade", reporter=pair[0], partner=pair[1]) if speaks else None


def _is_distance(scene: Scene, amount: Amount) -> bool:
    """Whether a figure says how far a mark or another count is: "within about $5 billion of it"."""
    if amount.kind != "money":
        return False
    for t in reversed(scene.tokens[max(amount.start - 3, 0) : amount.start]):
        if _BETWEEN.isdisjoint(t.values):
            return "distance" in t.values
    return False


def excluded(scene: Scene, n: int, amount: Amount, flow: Flow | None, indicator: Indicator) -> bool:
    """Whether a figure is a tariff, a loan, a price, a profit, whatever flow stands near.

    What works cost is no trade, but an ``indicator`` "investment" counts them.
    """
    tokens, sentence = scene.tokens, scene.sentences[n]
    works = indicator != "investment" and _is_size(scene, amount)
    if works or _priced(scene, n, amount) or _is_distance(scene, amount):
        return True
    if _is_taxed(scene, n, amount, flow) or (
        flow is None and amount.kind == "percent" and _is_of_currency(scene, n, amount)
    ):
        return True
    for t in tokens[amount.end : min(amount.end + _EXCLUDED_AFTER, sentence.end)]:
        if "exclude" in t.values:
            return True
        if _OWNS.isdisjoint(t.values):
            break
    near = max(sentence.start, amount.start - _AFTER_REACH)
    start = _missed(tokens, flow.end, amount.start) if flow and flow.end <= amount.start else near
    if flow is not None and _may_be_budget(scene, flow) and _is_of_another(scene, n, flow):
        return True
    words = scene.reading.spots.between(start, amount.start, "exclude")
    if not words:
        return False
    sold = flow is not None and _is_sold(tokens, amount, flow)
    counts_works = indicator == "investment"
    return any(
        _excludes(tokens, i, flow, sold=sold)
        for i in words
        if not (counts_works and "works_noun" in tokens[i].values)
    )


def _missed(tokens: list[Token], start: int, end: int) -> int:
    """Where the words on a figure begin: "exports rose, but prices made it miss its target of" is on the exports."""
    for k in range(end - 1, start, -1):
        if "failed" in tokens[k].values and "target_noun" in tokens[min(k + 2, end - 1)].values:
            return k
    return start


def _is_of_currency(scene: Scene, n: int, amount: Amount) -> bool:
    """Whether a rate is that of a currency, which is named without a number: "the peso fell 3 percent"."""
    tokens, first = scene.tokens, scene.sentences[n].start
    for k in range(amount.start - 1, max(first, amount.start - _AFTER_REACH), -1):
        if "clause_break" in tokens[k].values:
            return False
        if "currency" in tokens[k].values:
            named = tokens[k].raw.isalpha() and not {"num", "scale"} & tokens[k - 1].values.keys()
            return named and "num" not in tokens[k + 1].values
    return False


def _is_sold(tokens: list[Token], amount: Amount, flow: Flow) -> bool:
    """Whether what is earned is the worth of exports: "it shipped 9 tonnes, earning", "or 8 percent of all exports"."""
    if flow.indicator != "exports":
        return False
    if any("measure_unit" in t.values for t in tokens[flow.start : amount.start]):
        return True
    behind = tokens[amount.start : amount.end + _AFTER_REACH]
    part = next((k for k, t in enumerate(behind) if "percent" in t.values), len(behind))
    return any(
        t.values.get("flow") == "exports"
        for t in tokens[amount.start + part : amount.start + part + _AFTER_REACH]
    )


def _excludes(tokens: list[Token], i: int, flow: Flow | None, *, sold: bool) -> bool:
    """Whether a word does take its figure out of trade: not a share of a flow, nor who speaks ("the bank said")."""
    values = tokens[i].values
    of_flow = flow is not None and "share" in values
    speaks = "speech" in tokens[i + 1].values
    area = "country_noun" in values and bool({"superlative", "area"} & tokens[i - 1].values.keys())
    area = area or (
        "country_noun" in values and any("in_word" in t.values for t in tokens[max(i - 2, 0) : i])
    )
    earned = sold and "returns" in values
    return not (of_flow or speaks or area or earned)


def _is_taxed(scene: Scene, n: int, amount: Amount, flow: Flow | None) -> bool:
    """Whether a figure sizes what a tariff hits, or is one: "tariffs on $5 billion of imports", "a levy on imports"."""
    tokens, sentence = scene.tokens, scene.sentences[n]
    if not scene.reading.spots.any(sentence.start, sentence.end, "tariff_word"):
        return False
    named = flow if flow is not None and flow.end <= amount.start else None
    if (
        flow is not None
        and named is None
        and any("tariff_word" in t.values for t in tokens[amount.end : flow.start])
    ):
        return True
    laid = named is None
    start = amount.start if named is None else named.start
    for k in range(start - 1, max(sentence.start, start - _TAXED) - 1, -1):
        values = tokens[k].values
        if "tariff_word" in values:
            return laid
        if tokens[k].raw in ";:," or "clause_break" in values:
            return False
        laid = laid or "on_word" in values
    return False


def _is_size(scene: Scene, amount: Amount) -> bool:
    """Whether money says how large a thing is: "a $750 million project", "the project, worth $750 million"."""
    tokens, i = scene.tokens, amount.end
    if amount.kind != "money":
        return False
    return (i < len(tokens) and "sized_noun" in tokens[i].values) or _is_cost(scene, amount)


def _is_cost(scene: Scene, amount: Amount) -> bool:
    """Whether works are the last thing that a sentence names before what is "worth", or "of", money."""
    first = max(amount.start - _TAXED, 0)
    if not scene.reading.spots.any(first, amount.start, "works_noun"):
        return False
    valued = False
    for token in reversed(scene.tokens[first : amount.start]):
        if not _TRADES.isdisjoint(token.values) or token.raw in ";.":
            return False
        valued = valued or "worth" in token.values
        if "works_noun" in token.values:
            return valued
    return False


def _is_short(scene: Scene, n: int, amount: Amount) -> bool:
    """Whether money only lacks the scale of what it is compared with: "it was JOD 46, compared with JOD 45 million"."""
    after = next((a for a in scene.amounts[n] if a.start >= amount.end and a.converts is None), None)
    if after is None or after.kind != "money" or after.quantity.unit != amount.quantity.unit:
        return False
    return after.factor > 1 and is_base(scene.tokens, after, scene.sentences[n])


def _priced(scene: Scene, n: int, amount: Amount) -> bool:
    """Whether money is a price: "431 dollars a tonne", or too little to be trade between countries."""
    tokens, i = scene.tokens, amount.end
    if amount.kind == "percent":
        after = next((a for a in scene.amounts[n] if a.start == i + 1), None)
        return after is not None and "to_word" in tokens[i].values and _is_per_unit(tokens, after)
    if amount.kind != "money":
        return False
    if amount.quantity.value < _LEAST_MONEY:
        return not _is_short(scene, n, amount)
    return _is_per_unit(tokens, amount)


def _is_per_unit(tokens: list[Token], amount: Amount) -> bool:
    """Whether money is that of one unit: "$431 a tonne", "$3.8 per litre"."""
    i = amount.end
    told = i + 1 < len(tokens) and "per_word" in tokens[i].values and "measure_unit" in tokens[i + 1].values
    return amount.kind == "money" and told


def in_unit(scene: Scene, n: int, amount: Amount, *, listed: bool) -> Amount:
    """Read a bare number in the unit of the goods beside it: "9 bcm, ahead of Italy with 13 billion"."""
    if amount.kind != "number" or amount.factor < _SMALLEST_BARE:
        return amount
    sentence, row = scene.sentences[n], [a for a in scene.amounts[n] if a.kind != "number"]
    before = next((a for a in reversed(row) if a.end <= amount.start), None)
    after = next((a for a in row if a.start >= amount.end), None)
    goods = before if listed or is_base(scene.tokens, amount, sentence) else None
    if goods is None and after is not None and is_base(scene.tokens, after, sentence):
        goods = after
    if goods is None or goods.kind != "physical":
        return amount
    measured = structs.replace(amount.quantity, unit=goods.quantity.unit)
    return structs.replace(amount, kind="physical", quantity=measured, goods=goods.goods)


def in_currency(scene: Scene, amount: Amount) -> Amount:
    """Decide a shared currency word by the areas; read a bare "100 bln" in the document's currency.

    Money whose currency nothing decides comes back as a bare number.
    """
    if amount.kind == "number":
        if scene.currency is None or amount.factor < _SMALLEST_BARE or not _stands_bare(scene, amount):
            return amount
        money = structs.replace(amount.quantity, unit=scene.currency)
        return structs.replace(amount, kind="money", quantity=money, candidates=(scene.currency,))
    if amount.kind != "money":
        return amount
    if (own := scene.signs.get(scene.tokens[amount.start].raw)) is not None:
        amount = structs.replace(
            amount, quantity=structs.replace(amount.quantity, unit=own), candidates=(own,)
        )
    amount = currencies.in_currency(amount, scene.focus.areas[:MAIN_AREAS], scene.currencies)
    if not amount.quantity.unit:
        return structs.replace(amount, kind="number")
    scene.currency = amount.quantity.unit
    return amount


def _stands_bare(scene: Scene, amount: Amount) -> bool:
    after = scene.tokens[amount.end] if amount.end < len(scene.tokens) else None
    falls = "from_word" in scene.tokens[amount.start - 1].values
    if after is None or not after.raw.isalpha() or (falls and "to_word" in after.values):
        return True
    return bool(_BARE_BEFORE & after.values.keys())
