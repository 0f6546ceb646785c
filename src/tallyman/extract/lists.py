"""Figures that a list hands out: "India, Türkiye and Iraq ... by 10, 15 and 41 percent, respectively"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import structs

from tallyman import areas
from tallyman.extract import beside
from tallyman.extract.bases import is_base
from tallyman.extract.beside import DIRECTIONS, HEADS
from tallyman.extract.places import Place, named, place

if TYPE_CHECKING:
    from collections.abc import Collection

    from tallyman.extract.amounts import Amount
    from tallyman.extract.flows import Flow
    from tallyman.extract.sentences import Reading, Sentence
    from tallyman.lexicon.terms import Token
    from tallyman.model import Measure

_SHORTEST, _GAP = 2, 4
_SAYS = frozenset({"move", "past_verb", "trade_verb", "speech", "num"})
_ELSE = frozenset({"flow", "weak_flow", "area", "num", "move", "clause_break"})
_OPENS = frozenset({"clause_break", "list_joiner", "range_and"})
_TOPIC_ENDS = frozenset({"list_joiner", "it_they", "determiner"})
_INSIDE = frozenset({"hedge", "to_word", "plus_minus", "move"})
_ALSO = frozenset({"list_joiner", "hedge"})
_MOVED = _ALSO | {"move", "by_word", "plus_minus"}
_LINKS = frozenset({"list_joiner", "determiner", "abbreviation", "opening"})


def assigned(
    reading: Reading, sentence: Sentence, amounts: list[Amount], owners: Collection[str | None] = ()
) -> dict[int, str]:
    """Return the area that a list gives each figure, by the figure's first token; it never gives one to ``owners``."""
    if not reading.spots.any(sentence.start - 1, sentence.end, "area", "others_noun"):
        return {}
    tokens, here = reading.tokens, named(reading, sentence.start, sentence.end)
    found = _rows(tokens, sentence, amounts) | _respectively(tokens, sentence, amounts, here)
    heads = _heads(tokens, sentence, here)
    before: Amount | None = None
    for amount in amounts:
        code = (
            found.get(amount.start)
            or beside.area(tokens, sentence, amount)
            or _holds(tokens, sentence, amount)
        )
        if code in owners:
            code = None
        if code is None and before is not None and _goes_with(tokens, sentence, before, amount):
            code = found.get(before.start)
        if code is None:
            code = next((p.code for p in reversed(heads) if p.at < amount.start), None)
        if code is not None:
            found[amount.start] = code
        before = amount
    return found


def opens(tokens: list[Token], sentence: Sentence) -> bool:
    """Return whether a sentence heads a list of lines: "Main products sold by Brazil to Iran:"."""
    last = sentence.end - 1
    while last > sentence.start and tokens[last].raw == "\n":
        last -= 1
    return tokens[last].raw == ":"


def is_item(tokens: list[Token], sentence: Sentence, amounts: list[Amount]) -> bool:
    """Return whether a sentence is a line of a list, a thing with its figure: "soybeans (28%)"."""
    if len(amounts) != 1 or amounts[0].end >= len(tokens) or amounts[0].start <= sentence.start:
        return False
    amount = amounts[0]
    bracketed = "opening" in tokens[amount.start - 1].values and "bracket" in tokens[amount.end].values
    rest = tokens[sentence.start : amount.start]
    ends = all(t.raw in "\n.;," for t in tokens[amount.end + 1 : sentence.end])
    return bracketed and ends and not any(_SAYS & t.values.keys() for t in rest)


def _rows(tokens: list[Token], sentence: Sentence, amounts: list[Amount]) -> dict[int, str]:
    """Areas right before their figures: "Japan, $9 million (14 percent); Peru, $7 million", "Peru 17%, Chile 9%"."""
    found: dict[int, str] = {}
    for amount in amounts:
        i = amount.start - 1
        i -= i > sentence.start and tokens[i].raw == ","
        before = place(tokens, i) if i > sentence.start else None
        if before is None or before.kind not in HEADS or "in_word" in tokens[i - 1].values:
            continue
        if beside.faced(tokens, sentence, amount) is None:
            found[amount.start] = before.code
    return found if len(set(found.values())) >= _SHORTEST else {}


def _heads(tokens: list[Token], sentence: Sentence, here: list[Place]) -> list[Place]:
    """The areas that a sentence ranks, each head of its own figures: "Libya ranked first with $1 billion"."""
    return [
        p
        for p in here
        if p.kind in HEADS
        and p.at + 1 < sentence.end
        and (
            "ranked_word" in tokens[p.at + 1].values
            or _is_topic(tokens, p.at, sentence)
            or _takes_place(tokens, p.at, sentence)
        )
    ]


def _takes_place(tokens: list[Token], i: int, sentence: Sentence) -> bool:
    """Whether a place in a list is told before its area: "in second place is Russia"."""
    before = tokens[max(sentence.start, i - _GAP) : i]
    return bool(before) and "copula" in before[-1].values and any("ordinal" in t.values for t in before)


def _holds(tokens: list[Token], sentence: Sentence, amount: Amount) -> str | None:
    """Who has a share of what the text speaks of: "Peru's share was 9 percent", "the share of Peru was 9 percent"."""
    if amount.kind != "percent" or amount.start - 1 <= sentence.start:
        return None
    again = place(tokens, amount.start - 1) if "genitive" in tokens[amount.start - 2].values else None
    for k in range(amount.start - 1, sentence.start - 1, -1):
        values = tokens[k].values
        if "share_noun" in values:
            holder = again or _holder(tokens, sentence, k)
            return holder.code if holder is not None else None
        if again is None and "flow" not in values and "area" not in values and _ELSE & values.keys():
            return None
    return None


def _holder(tokens: list[Token], sentence: Sentence, share: int) -> Place | None:
    """Whose share it is: "Peru's", "Peru took the largest", "of Peru in"; of a whole there is none."""
    k = share
    k -= "superlative" in tokens[k - 1].values
    k -= "determiner" in tokens[k - 1].values
    if k - 2 >= sentence.start and {"possessive", "takes_word"} & tokens[k - 1].values.keys():
        return place(tokens, k - 2)
    k = share + 2 + (share + 2 < sentence.end and "determiner" in tokens[share + 2].values)
    if k + 1 >= sentence.end or "genitive" not in tokens[share + 1].values:
        return None
    return place(tokens, k) if {"in_word", "copula"} & tokens[k + 1].values.keys() else None


def _is_topic(tokens: list[Token], i: int, sentence: Sentence) -> bool:
    """Whether a clause begins with whose figures it gives: "for Peru, it rose to", "With Chile, it was smaller"."""
    k = i - 1 - ("determiner" in tokens[i - 1].values)
    alone = k == sentence.start and bool(DIRECTIONS & tokens[k].values.keys())
    alone = alone and not any("flow" in t.values for t in tokens[i : sentence.end])
    if k < sentence.start or not ("topic_word" in tokens[k].values or alone):
        return False
    opens = k == sentence.start or bool(_OPENS & tokens[k - 1].values.keys())
    return opens and bool(_TOPIC_ENDS & tokens[i + 1].values.keys())


def _goes_with(tokens: list[Token], sentence: Sentence, before: Amount, amount: Amount) -> bool:
    """Whether a figure is of the area before it: it says more of that, or how that moved."""
    gap = tokens[before.end : amount.start]
    gap = gap[:-1] if len(gap) > 1 and "plus_minus" in gap[-1].values else gap
    moved = before.kind != amount.kind and all(_MOVED & t.values.keys() for t in gap)
    compared = len(gap) == 1 and ("opening" in gap[0].values or is_base(tokens, amount, sentence))
    return moved or compared or _shares_place(tokens, before, amount)


def _shares_place(tokens: list[Token], before: Amount, amount: Amount) -> bool:
    """Whether a figure says more of the one before: "14 percent (to $2 billion)", "$6 billion, or 13 percent"."""
    gap = tokens[before.end : amount.start]
    if not gap or before.kind == amount.kind:
        return False
    rest = gap[1:]
    opens = "opening" in gap[0].values and all(_INSIDE & t.values.keys() for t in rest)
    valued = len(gap) == 1 and "worth" in gap[0].values and "genitive" not in gap[0].values
    return opens or valued or all(_ALSO & t.values.keys() for t in gap)


def apply(
    measure: Measure, code: str, listed: Collection[str], home: str | None, side: str | None, *, shared: bool
) -> Measure:
    """Return the measure with the listed area in the place of the one that the list names first.

    ``side`` is the area that the text counts from: it stays, and in ``shared`` flows of it, too.
    """
    if {measure.reporter, measure.partner} <= set(listed) and home is not None:
        return structs.replace(measure, reporter=home, partner=code)
    alone = measure.indicator == "balance" and measure.partner is None
    if alone and any(_are_members({measure.reporter, code}, group) for group in (home, side)):
        return structs.replace(measure, reporter=code)
    inside = home in areas.groups() and code in areas.members(home, None)
    counted = (shared or measure.indicator == "total_trade") and measure.reporter == side
    if home is not None and measure.partner == home != code and not (inside or counted):
        return structs.replace(measure, reporter=code)
    if code in (measure.reporter, measure.partner):
        return measure
    if measure.reporter in listed or (measure.partner is not None and measure.partner == side):
        return structs.replace(measure, reporter=code)
    return structs.replace(measure, partner=code)


def _are_members(codes: set[str | None], group: str | None) -> bool:
    return group is not None and group in areas.groups() and codes <= areas.members(group, None)


def is_subject(tokens: list[Token], amount: Amount, flow: Flow) -> bool:
    """Whether a listed area does what the flow's owner does: "Peru raised its exports to Chile by 5%, Cuba by 4%"."""
    owns = flow.partner is not None and "own_word" in tokens[flow.start - 1].values
    if not owns or "by_word" not in tokens[amount.start - 1].values:
        return False
    before = tokens[max(amount.start - _GAP, flow.end) : amount.start - 1]
    return not any(DIRECTIONS & t.values.keys() for t in before)


def _respectively(
    tokens: list[Token], sentence: Sentence, amounts: list[Amount], here: list[Place]
) -> dict[int, str]:
    handed = runs(tokens, amounts)
    if not handed:
        return {}
    told = any("respectively" in t.values for t in tokens[sentence.start : sentence.end])
    rows = [row for row in _rows_of(tokens, here) if not _between(tokens, row)]
    found: dict[int, str] = {}
    for run in handed:
        fitting = [row for row in rows if len(row) == len(run) and (told or _handed(tokens, row, run))]
        if fitting:
            nearest = min(fitting, key=lambda row: abs(row[0].at - run[0].start))
            found.update((a.start, p.code) for a, p in zip(run, nearest, strict=True))
    return found


def _between(tokens: list[Token], row: list[Place]) -> bool:
    """Whether two areas are the ends of one trade: "between Peru and Chile"."""
    first = row[0].at
    return len(row) == _SHORTEST and any(
        "range_between" in t.values for t in tokens[max(first - 2, 0) : first]
    )


def _handed(tokens: list[Token], row: list[Place], run: list[Amount]) -> bool:
    """Whether a list of areas hands out its figures without saying so: "Korea and Japan came next with 5 and 4"."""
    gap = tokens[row[-1].at + 1 : run[0].start]
    return 0 < len(gap) <= _GAP and "with_word" in gap[-1].values


def _rows_of(tokens: list[Token], here: list[Place]) -> list[list[Place]]:
    runs: list[list[Place]] = []
    for p in here:
        last = runs[-1][-1] if runs else None
        if last is not None and _linked(tokens, last.at + 1, p.at):
            runs[-1].append(p)
        else:
            runs.append([p])
    return [run for run in runs if len(run) >= _SHORTEST]


def runs(tokens: list[Token], amounts: list[Amount]) -> list[list[Amount]]:
    """Return the figures of one kind that follow each other: "10, 15 and 41 percent"; what brackets add is passed over.

    "by 4 percent (to $2 billion) and 5 percent" is one run of two percentages.
    """
    found: list[list[Amount]] = []
    before: Amount | None = None
    for amount in amounts:
        if amount.converts is not None:
            continue
        last = found[-1][-1] if found else None
        if (
            last is not None
            and before is not None
            and last.kind == amount.kind
            and amount.start - before.end <= _GAP + 1
            and not (
                last is before and "opening" in tokens[amount.start - 1 - _signed(tokens, amount)].values
            )
        ):
            found[-1].append(amount)
        elif before is None or not _shares_place(tokens, before, amount):
            found.append([amount])
        before = amount
    return [run for run in found if len(run) >= _SHORTEST]


def _signed(tokens: list[Token], amount: Amount) -> bool:
    return "plus_minus" in tokens[amount.start - 1].values


def _linked(tokens: list[Token], start: int, end: int) -> bool:
    return 0 < end - start <= _GAP and all(
        _LINKS & t.values.keys() or "flow" in t.values for t in tokens[start:end]
    )
