"""What a mood comes to by the time, the measure and the words of its figure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tallyman.extract.moods import Mood

if TYPE_CHECKING:
    from datetime import date

    from tallyman.extract.amounts import Amount
    from tallyman.extract.sentences import Sentence
    from tallyman.lexicon.terms import Spots, Token
    from tallyman.model import Period

_MONTH = range(27, 31)
_UNSOLD = frozenset({"total_trade", "balance"})
_CALLED, _TARGET_RIGHT = 4, 4


def in_time(
    found: Mood, period: Period, published: date | None, *, named: bool = False, estimated: bool = False
) -> Mood:
    """What lies wholly ahead of the report cannot be a fact: it is aimed at, or foreseen where it is ``estimated``.

    Without a verb that tells of it, a month ``named`` that is not over is foreseen as well.
    """
    if found.modality != "actual" or found.negated or period.start is None:
        return found
    if period.relation == "by" and found.cue is None and (published is None or period.start > published):
        return found._replace(modality="forecast" if estimated else "target")
    if published is None or (
        period.start <= published and not (named and _is_unfinished(found, period, published))
    ):
        return found
    return found._replace(modality="target" if period.relation == "by" and not estimated else "forecast")


def is_estimate(spots: Spots, start: int, sentence: Sentence) -> bool:
    """Whether words before a figure say that somebody has reckoned it: "estimated trade at $5 bn by 2030"."""
    return spots.any(sentence.start, start, "estimate")


def _is_unfinished(found: Mood, period: Period, published: date) -> bool:
    """Whether a figure is of a month still running, and no verb tells of it."""
    if found.cue is not None or period.relation != "during" or not period.start or not period.end:
        return False
    return period.end > published and (period.end - period.start).days in _MONTH


def agreed(found: Mood, indicator: str, role: str) -> Mood:
    """Nobody signs for the trade between two countries: what is promised of it is a target; a share is a fact."""
    if found.modality != "commitment" or indicator not in _UNSOLD:
        return found
    return Mood("actual") if role == "share" else found._replace(modality="target")


def is_told(tokens: list[Token], found: Mood, start: int) -> bool:
    """Whether a verb in the clause of a figure tells of a fact: "stood at", "had been", not "the country is"."""
    if "to_word" in tokens[start - 1].values and tokens[start - 2].raw == ",":
        return False
    if found.cue is None or found.met or found.modality != "actual":
        return False
    values = tokens[found.cue].values
    finite = "past_cue" in values or ("past_verb" in values and "auxiliary" not in values)
    return finite and not any("that_word" in t.values for t in tokens[found.cue : start])


def is_called(tokens: list[Token], found: Mood, start: int, end: int) -> bool:
    """Whether words at a figure say that it is no fact: "less than the 5 percent expected", "with hopes of 5"."""
    if found.modality == "actual" or found.cue is None:
        return False
    before = tokens[max(found.cue - _CALLED, 0) : found.cue]
    named = start - _CALLED <= found.cue < start and any("compared" in t.values for t in before)
    return found.cue >= end or named


def is_mark_reached(tokens: list[Token], amount: Amount, sentence: Sentence) -> bool:
    """Whether the figure is a mark that was reached or passed: the value is then at least that."""
    i = amount.end
    if i >= sentence.end or "mark" not in tokens[i].values:
        return False
    around = tokens[max(sentence.start, amount.start - _TARGET_RIGHT) : min(sentence.end, i + _TARGET_RIGHT)]
    return any("reached" in t.values or "crossing" in t.values for t in around)
