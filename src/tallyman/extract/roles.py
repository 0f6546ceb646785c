"""What a figure is to its measure: a level, a change, a share, a multiple; and against what it is held."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from tallyman.extract.calendar import shift_years
from tallyman.extract.times import is_base
from tallyman.model import Comparison

if TYPE_CHECKING:
    from tallyman.extract.amounts import Amount
    from tallyman.extract.periods import TimeRef
    from tallyman.extract.sentences import Sentence
    from tallyman.lexicon.terms import Token
    from tallyman.model import Period, Role

Direction = Literal["up", "down", "unchanged"]
_RIGHT, _BY_REACH = 5, 4
_LONGEST_BASE = 367
_ELLIPSIS = 8
_SIZES = frozenset({"scale", "currency", "measure_unit", "area"})
_MONTH_AGO = frozenset({"month_ago", "quarter_ago"})


class Part(NamedTuple):
    """A figure's role, the direction of its change, and the token that shows it."""

    role: Role
    direction: Direction | None = None
    cue: int | None = None


def part(
    tokens: list[Token], amount: Amount, sentence: Sentence, left: int, base: TimeRef | None, previous: int
) -> Part | None:
    """Return the role of a figure; ``None`` where nothing says what a percentage is of, or where two counts differ.

    ``left`` is the first token that may speak of this figure (the end of the one before, or its flow), ``previous``
    the end of the figure before.
    """
    move = _move(tokens, amount, sentence, left)
    if amount.kind == "times":
        direction: Direction = "down" if amount.quantity.value < 1 else "up"
        return Part("multiple", direction, amount.start)
    if amount.kind in ("percent", "pp"):
        shared = _is_share(tokens, amount, sentence, min(left, previous))
        return _rate(tokens, amount, sentence, base, move, shared=shared)
    if move == amount.end and base is None and "compared" in tokens[move].values:
        return None
    if move is not None and not is_base(tokens, amount, sentence) and _is_by(tokens, amount, move):
        return Part("change", _direction(tokens, move), move)
    if (sign := _signed(tokens, amount)) is not None and "opening" in tokens[sign - 1].values:
        return Part("change", tokens[sign].values["plus_minus"], sign)
    return Part("level")


def _rate(
    tokens: list[Token],
    amount: Amount,
    sentence: Sentence,
    base: TimeRef | None,
    move: int | None,
    *,
    shared: bool,
) -> Part | None:
    """What a percentage is: a share, or a change by its verb, its sign, its base or the verb of the clause before."""
    if amount.kind == "percent" and (shared or _shares_on(tokens, amount, sentence)):
        return Part("share", None, None)
    if move is not None:
        return Part("change", _direction(tokens, move), move)
    if (sign := _signed(tokens, amount)) is not None:
        return Part("change", tokens[sign].values["plus_minus"], sign)
    if base is not None and base.rule == "year_ago":
        return Part("change", None, base.start)
    if (earlier := _earlier_move(tokens, amount, sentence)) is not None:
        return Part("change", _direction(tokens, earlier), earlier)
    return _bracketed(tokens, amount, sentence)


def _bracketed(tokens: list[Token], amount: Amount, sentence: Sentence) -> Part | None:
    """What a bare percentage in brackets is: "higher exports of tea (4 percent)", "$5 million (12 percent)"."""
    if "opening" not in tokens[amount.start - 1].values or amount.kind != "percent":
        return None
    for k in range(amount.start - 1, sentence.start - 1, -1):
        if "move" in tokens[k].values and not _hedges(tokens, k):
            return Part("change", _direction(tokens, k), k)
    before = tokens[amount.start - 2].values if amount.start - 2 >= sentence.start else {}
    return Part("share") if _SIZES & before.keys() else None


def comparison(
    found: Part, amount: Amount, period: Period, base: TimeRef | None, tokens: list[Token]
) -> Comparison | None:
    """Return what a change is held against; year on year needs words that say so."""
    if found.role not in ("change", "multiple"):
        return None
    kind = base_start = base_end = None
    yearly = period.start and period.end and period.relation in ("during", "by") and amount.kind == "percent"
    if (
        base is None
        and yearly
        and period.start
        and period.end
        and (period.end - period.start).days < _LONGEST_BASE
    ):
        kind = "year_on_year_implied"
        base_start, base_end = shift_years((period.start, period.end), -1)
    if base is not None:
        monthly = bool(_MONTH_AGO & tokens[base.start].values.keys())
        kind = "month_on_month" if monthly else "year_on_year"
        if base.period.start:
            base_start, base_end = base.period.start, base.period.end
        elif period.start and period.end and not monthly:
            base_start, base_end = shift_years((period.start, period.end), -1)
    q = amount.quantity
    return Comparison(
        direction=found.direction,
        value=q.value,
        unit=q.unit,
        base=kind,
        base_start=base_start,
        base_end=base_end,
    )


def _earlier_move(tokens: list[Token], amount: Amount, sentence: Sentence) -> int | None:
    """The verb that an elliptic clause borrows: "exports were up 27 percent and imports 45 percent"."""
    for k in range(amount.start - 1, sentence.start - 1, -1):
        if "percent" in tokens[k].values:
            return _move_before(tokens, k, sentence)
    return None


def _shares_on(tokens: list[Token], amount: Amount, sentence: Sentence) -> bool:
    """Whether a figure in brackets goes on with the shares of its sentence: "Malaysia (1.2%), Thailand (0.9%)"."""
    if "opening" not in tokens[amount.start - 1].values:
        return False
    for k in range(sentence.start, amount.start):
        if "percent" in tokens[k].values:
            return any("share" in t.values for t in tokens[sentence.start : k])
    return False


def _move_before(tokens: list[Token], i: int, sentence: Sentence) -> int | None:
    near = range(i - 1, max(sentence.start, i - _ELLIPSIS) - 1, -1)
    return next((k for k in near if "move" in tokens[k].values and not _hedges(tokens, k)), None)


def _signed(tokens: list[Token], amount: Amount) -> int | None:
    """A sign glued to a percentage behind a bracket or a blank: "(+39%)"."""
    i = amount.start - 1
    if i < 1 or "plus_minus" not in tokens[i].values or tokens[i].end != tokens[amount.start].start:
        return None
    return i if tokens[i - 1].end < tokens[i].start or "opening" in tokens[i - 1].values else None


def _direction(tokens: list[Token], move: int) -> Direction:
    direction: Direction = tokens[move].values["move"]
    return direction


def _move(tokens: list[Token], amount: Amount, sentence: Sentence, left: int) -> int | None:
    if amount.end < sentence.end and _names_change(tokens[amount.end]):
        return amount.end
    for k in range(amount.start - 1, max(left, sentence.start) - 1, -1):
        if "move" in tokens[k].values and not _hedges(tokens, k):
            return k
        if tokens[k].raw == ";":
            break
    for k in range(amount.end, min(amount.end + _RIGHT, sentence.end)):
        values = tokens[k].values
        if "move" in values:
            return k
        if "currency" in values or "num" in values or "clause_break" in values or tokens[k].raw in ",;)":
            break
    return None


def _names_change(token: Token) -> bool:
    """Whether a noun of change stands right behind its figure: "a 65 percent increase"."""
    return "move" in token.values and "adverb_move" not in token.values and "compared" not in token.values


def _hedges(tokens: list[Token], k: int) -> bool:
    return "hedge" in tokens[k].values


def _is_by(tokens: list[Token], amount: Amount, move: int) -> bool:
    """Whether money or tonnes are the size of a change: "rose by $5 billion", "a $5 billion increase"."""
    if move >= amount.end:
        return move == amount.end
    for k in range(amount.start - 1, max(move, amount.start - _BY_REACH) - 1, -1):
        values = tokens[k].values
        if "by_word" in values or ("genitive" in values and "move" in tokens[k - 1].values):
            return True
        if k == move:
            return "adverb_move" in values
        if not ({"hedge", "determiner", "hedge_gap"} & values.keys()):
            return False
    return False


def _ends_at(tokens: list[Token], amount: Amount) -> bool:
    """Whether a figure is where a move begins or ends, and not its size: "rose to 40 percent from 12 percent"."""
    k = amount.start - 1
    while k > 0 and {"hedge", "determiner", "hedge_gap"} & tokens[k].values.keys():
        k -= 1
    return bool({"to_word", "from_word"} & tokens[k].values.keys())


def _is_share(tokens: list[Token], amount: Amount, sentence: Sentence, left: int) -> bool:
    after = tokens[amount.end] if amount.end < sentence.end else None
    if after is not None and ("share" in after.values or _names_change(after)):
        return "share" in after.values
    for k in range(amount.start - 1, max(left, sentence.start) - 1, -1):
        if "share" in tokens[k].values:
            return True
        if "move" in tokens[k].values and not (_hedges(tokens, k) or _ends_at(tokens, amount)):
            return False
    return after is not None and "genitive" in after.values
