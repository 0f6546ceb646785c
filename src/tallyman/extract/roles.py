"""What a figure is to its measure: a level, a change, a share, a multiple; and against what it is held."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from tallyman.extract import sizes
from tallyman.extract.bases import YEARLY, is_base
from tallyman.extract.beside import past_bracket
from tallyman.extract.shares import is_share

if TYPE_CHECKING:
    from tallyman.extract.amounts import Amount
    from tallyman.extract.periods import TimeRef
    from tallyman.extract.sentences import Sentence
    from tallyman.lexicon.terms import Token
    from tallyman.model import Role

Direction = Literal["up", "down", "unchanged"]
_RIGHT, _BY_REACH = 5, 4
_FIGURE = frozenset({"currency", "num"})
_COMPARES = frozenset({"move", "compared"})
_ENDS, _VERBS_BEFORE, _RATE_REACH = (
    frozenset({"to_word", "from_word"}),
    frozenset({"auxiliary", "to_word"}),
    9,
)
_LEADS = frozenset({"by_word", "opening"})
_BY_YEAR = frozenset({"year_ago", "annual"})
_ELLIPSIS = 8
_TIMELESS = frozenset({"clause_break", "num", "past_verb"})


class Part(NamedTuple):
    """A figure's role, the direction of its change, and the token that shows it."""

    role: Role
    direction: Direction | None = None
    cue: int | None = None


class Told(NamedTuple):
    """A figure of a sentence, and what it was."""

    amount: Amount
    part: Part


def remembered(before: Told | None, amount: Amount, told: Part) -> Told:
    """Return what a sentence has told last: points by which a share differs leave it a sentence about shares."""
    differs = before is not None and before.part.role == "share" and amount.kind == "pp"
    return before if before is not None and differs else Told(amount, told)


def part(
    tokens: list[Token],
    amount: Amount,
    sentence: Sentence,
    left: int,
    base: TimeRef | None,
    before: Told | None = None,
    *,
    of_shares: bool = False,
) -> Part | None:
    """Return the role of a figure; ``None`` where nothing says what a percentage is of, or where two counts differ.

    ``left`` is the first token that may speak of this figure (the end of the one before, or its flow), ``before``
    the figure before it in the sentence; ``of_shares`` says that what is told goes on about shares.
    """
    move = _move(tokens, amount, sentence, left)
    if amount.kind == "times":
        shrinks = move is not None and move < amount.start and _direction(tokens, move) == "down"
        direction: Direction = "down" if shrinks or amount.quantity.value < 1 else "up"
        return Part("multiple", direction, amount.start)
    other = before is not None and _is_other_words(tokens, before.amount, amount)
    if before is not None and before.part.role == "change" and other and sizes.to_level(tokens, amount):
        return before.part
    if amount.kind in ("percent", "pp"):
        return _rate(tokens, amount, sentence, left, base, move, of_shares=of_shares)
    behind = past_bracket(tokens, amount.end, sentence)
    if move == behind and base is None and "compared" in tokens[move].values:
        return Part("change", _direction(tokens, move), move) if _to_time(tokens, move, sentence) else None
    if move is not None and not is_base(tokens, amount, sentence) and _is_by(tokens, amount, move, behind):
        return Part("change", _direction(tokens, move), move)
    if before is not None and before.part.role == "change" and other:
        return before.part
    if (noun := sizes.size_of_noun(tokens, amount, sentence, left)) is not None:
        return Part("change", _direction(tokens, noun), noun)
    if (whole := sizes.part_of_change(tokens, amount, sentence)) is not None:
        return Part("change", _direction(tokens, whole), whole)
    if (grown := sizes.main_change(tokens, amount, sentence)) is not None:
        return Part("change", _direction(tokens, grown), grown)
    sign = sizes.signed_change(tokens, amount, sentence, before)
    return Part("level") if sign is None else Part("change", tokens[sign].values["plus_minus"], sign)


def _rate(
    tokens: list[Token],
    amount: Amount,
    sentence: Sentence,
    left: int,
    base: TimeRef | None,
    move: int | None,
    *,
    of_shares: bool,
) -> Part | None:
    """What a percentage is: a share, or a change by its sign, its verb, its base or the verb of the clause before."""
    if (sign := sizes.signed(tokens, amount)) is not None:
        return Part("change", tokens[sign].values["plus_minus"], sign)
    if amount.kind == "percent" and is_share(tokens, amount, sentence, left, of_shares=of_shares):
        return Part("share", None, None)
    if move is not None and (rate := _rate_moved(tokens, amount, sentence, move)) is not None:
        return Part("change", _direction(tokens, rate), move)
    if move is not None:
        return Part(
            "change", "down" if _is_below_zero(tokens, amount, move) else _direction(tokens, move), move
        )
    earlier = _earlier_move(tokens, amount, sentence)
    if earlier is None:
        earlier = sizes.headed_by(tokens, sentence, left)
    if earlier is not None:
        return Part("change", _direction(tokens, earlier), earlier)
    if (passed := _passed(tokens, amount, sentence, left)) is not None:
        return Part("change", "up", passed)
    return Part("change", None, base.start) if base is not None and base.rule == "year_ago" else None


def _earlier_move(tokens: list[Token], amount: Amount, sentence: Sentence) -> int | None:
    """The verb that an elliptic clause borrows: "exports were up 27 percent and imports 45 percent"."""
    for k in range(amount.start - 1, sentence.start - 1, -1):
        if "percent" in tokens[k].values:
            return _move_before(tokens, k, sentence)
    return None


def _move_before(tokens: list[Token], i: int, sentence: Sentence) -> int | None:
    near = range(i - 1, max(sentence.start, i - _ELLIPSIS) - 1, -1)
    return next((k for k in near if "move" in tokens[k].values and not _hedges(tokens, k)), None)


def _passed(tokens: list[Token], amount: Amount, sentence: Sentence, left: int) -> int | None:
    """The verb that says by how much a level is passed: "exceeded the figures of the year before by 9 percent"."""
    if "by_word" not in tokens[amount.start - 1].values:
        return None
    for k in range(amount.start - 2, max(left, sentence.start) - 1, -1):
        if "crossing" in tokens[k].values:
            return k
        if {"clause_break", "num"} & tokens[k].values.keys():
            return None
    return None


def is_passed(tokens: list[Token], part: Part) -> bool:
    """Whether a change is that by which a level is passed: the time that its clause names is that of the level."""
    return part.role == "change" and part.cue is not None and "crossing" in tokens[part.cue].values


def _rate_moved(tokens: list[Token], amount: Amount, sentence: Sentence, move: int) -> int | None:
    """The noun of a growth that itself moves to a figure: "the growth of imports eased to 6 percent from 14"."""
    lead = tokens[amount.start - 1].values
    if move >= amount.start or "size_verb" not in tokens[move].values or not _ENDS & lead.keys():
        return None
    for k in range(move - 1, max(sentence.start, move - _RATE_REACH), -1):
        values = tokens[k].values
        if {"clause_break", "num"} & values.keys() or tokens[k].raw in ",;":
            return None
        if "move" in values and "told_of" in values and not _VERBS_BEFORE & tokens[k - 1].values.keys():
            return k
    return None


def _is_below_zero(tokens: list[Token], amount: Amount, move: int) -> bool:
    """Whether a noun of growth is one of less: "negative 3 percent growth", "a declined 3 percent growth"."""
    before = tokens[amount.start - 1].values
    return move >= amount.end and (
        "minus" in before or (before.get("move") == "down" and "hedge" not in before)
    )


def _direction(tokens: list[Token], move: int) -> Direction:
    direction: Direction = tokens[move].values["move"]
    return direction


def _move(tokens: list[Token], amount: Amount, sentence: Sentence, left: int) -> int | None:
    if (noun := sizes.change_behind(tokens, amount.end, sentence)) is not None:
        return noun
    compares = amount.end < sentence.end and tokens[amount.end].values.keys() >= _COMPARES
    for k in range(amount.start - 1, max(left, sentence.start) - 1, -1):
        values = tokens[k].values
        if "move" in values and not _hedges(tokens, k):
            return k
        if tokens[k].raw == ";" or (compares and "clause_break" in values):
            break
    return _later_move(tokens, amount, sentence) or _cause(tokens, amount, sentence, left)


def _later_move(tokens: list[Token], amount: Amount, sentence: Sentence) -> int | None:
    """The change behind a figure: "9 percent higher", "9 percent or $5 million higher"."""
    other = False
    behind = past_bracket(tokens, amount.end, sentence)
    first = behind if behind < sentence.end and "compared" in tokens[behind].values else amount.end
    for k in range(first, min(first + _RIGHT, sentence.end)):
        values = tokens[k].values
        if "move" in values:
            return k
        other = other or "or_word" in values or ("range_and" in values and _leads_to_figure(tokens, k + 1))
        ends = "clause_break" in values or tokens[k].raw in ",;)"
        if ends or not (other or _FIGURE.isdisjoint(values)):
            break
    return None


def _leads_to_figure(tokens: list[Token], i: int) -> bool:
    """Whether a figure follows, or another flow with its own: "exports were 2 and imports 5 percent lower"."""
    i += i < len(tokens) and "flow" in tokens[i].values
    return i < len(tokens) and "num" in tokens[i].values


def _cause(tokens: list[Token], amount: Amount, sentence: Sentence, left: int) -> int | None:
    """What moves the flow of a figure behind "by" or in brackets: "lift exports to Peru by 9 percent"."""
    lead = amount.start - 1
    while lead > sentence.start and "hedge" in tokens[lead].values:
        lead -= 1
    if not _LEADS & tokens[lead].values.keys():
        return None
    inside = False
    for k in range(min(lead, left) - 1, sentence.start - 1, -1):
        values = tokens[k].values
        if "clause_break" in values:
            return None
        if "bracket" in values or "opening" in values:
            inside = "bracket" in values
        elif "move" in values and not {"hedge", "compared"} & values.keys() and not inside:
            return k
    return None


def _to_time(tokens: list[Token], move: int, sentence: Sentence) -> bool:
    """Whether a time is what a figure exceeds: "$2 million more than the whole volume of last year"."""
    for k in range(move + 1, min(move + 1 + _ELLIPSIS, sentence.end)):
        if YEARLY & tokens[k].values.keys():
            return True
        if _TIMELESS & tokens[k].values.keys() or tokens[k].raw == ",":
            return False
    return False


def _is_other_words(tokens: list[Token], before: Amount, amount: Amount) -> bool:
    """Whether a figure gives the one before in another unit: "an increase of 15 percent or $6 billion".

    Of two kinds that grew, "respectively" tells: "an increase of $6 billion and 9 tonnes, respectively".
    """
    gap = tokens[before.end : amount.start]
    while gap and "hedge" in gap[-1].values and "same_size" not in gap[-1].values:
        gap = gap[:-1]
    told = any("respectively" in t.values for t in tokens[amount.end : amount.end + 2])
    if told and before.kind != amount.kind and len(gap) == 1 and "range_and" in gap[0].values:
        return True
    return 0 < len(gap) <= 2 and "same_size" in gap[-1].values and "list_joiner" in gap[0].values  # noqa: PLR2004


def _hedges(tokens: list[Token], k: int) -> bool:
    return "hedge" in tokens[k].values


def _is_by(tokens: list[Token], amount: Amount, move: int, behind: int) -> bool:
    """Whether money or tonnes are the size of a change: "rose by $5 billion", "a $5 billion increase"."""
    if move >= amount.end:
        return move == behind + bool(_BY_YEAR & tokens[behind].values.keys())
    for k in range(amount.start - 1, max(move, amount.start - _BY_REACH) - 1, -1):
        values = tokens[k].values
        sized = "genitive" in values or "on_word" in values
        if "by_word" in values or (sized and "move" in tokens[k - 1].values):
            return True
        if k == move:
            return (
                "adverb_move" in values or sizes.to_level(tokens, amount) or _is_sized(tokens, move, amount)
            )
        if not ({"hedge", "determiner", "hedge_gap", "on_top"} & values.keys()):
            return False
    return False


def _is_sized(tokens: list[Token], move: int, amount: Amount) -> bool:
    """Whether nothing but the size of its move is behind a verb: "fell $9 million", but not "fell below $9 million"."""
    gap = tokens[move + 1 : amount.start]
    return "size_verb" in tokens[move].values and not any("threshold" in t.values for t in gap)
