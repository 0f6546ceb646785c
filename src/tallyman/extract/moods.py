"""How a figure is meant: actual, target, forecast, potential or commitment; and whether it is denied."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tallyman.extract.asides import (
    before_aside,
    dates_a_base,
    is_of_other_figure,
    is_span,
    leads_on,
    leads_to_amount,
    sets_flows_off,
)

if TYPE_CHECKING:
    from tallyman.extract.sentences import Reading, Sentence
    from tallyman.lexicon.terms import Token
    from tallyman.model import Modality

_CUES: tuple[tuple[str, Modality], ...] = (
    ("target_cue", "target"),
    ("forecast_cue", "forecast"),
    ("potential_cue", "potential"),
    ("commitment_cue", "commitment"),
    ("past_verb", "actual"),
)
_ENDS_VERB = frozenset({"past_verb", "flow", "area", "determiner", "currency", "num"})
_CLAUSES = frozenset({"clause_break", "time_clause"})
_ENDS_SUBJECT = frozenset({"clause_break", "time_clause", "currency"})
_ENDS_AIM = frozenset({"clause_break", "past_verb", "num"})
_AUXILIARY, _AIM, _NAMED, _SUBJECT = 3, 6, 5, 8
_RIGHT, _TARGET_RIGHT, _MET_LEFT, _FOLLOWS = 7, 4, 8, 3
_SPEAKS = frozenset(name for name, _ in _CUES) | {
    "copula", "pledge", "agree_word", "clause_break", "time_clause", "follows"
}  # fmt: skip
_PASSIVE_RIGHT, _AGREED, _SETTLED = 12, 5, 14
_TIME = frozenset({"year", "rel_year", "turn_year", "month"})
_MAKES = frozenset({"raise", "trade_verb", "multiple"})
_INFINITIVE = _MAKES | {"to_reach", "rise_verb"}
_GOES_ON = frozenset({"genitive", "target_for", "surplus", "flow", "move", "num", "currency", "returns"})


class Mood(NamedTuple):
    """The modality of a figure and the token that shows it; ``met`` marks a target reported as reached."""

    modality: Modality
    cue: int | None = None
    negated: bool = False
    target: int | None = None
    met: bool = False


def mood(reading: Reading, start: int, end: int, sentence: Sentence) -> Mood:
    """Return the mood of the figure between two tokens of a sentence."""
    tokens = reading.tokens
    if start - 2 >= sentence.start and _is_settled(tokens, start):
        return Mood("actual", start - 2)
    aimed = _own_clause(tokens, start, end, sentence)
    modality, cue = aimed or _nearest(tokens, start, sentence)
    failed = reading.spots.any(max(sentence.start, start - _MET_LEFT), start, "failed")
    aims = reading.spots.any(sentence.start, sentence.end, "target_noun")
    target = _target_noun(tokens, start, end, sentence) if aims else None
    if target is None:
        if cue is None:
            modality, cue = _heading(tokens, start, sentence) or _following(tokens, start, end, sentence)
        return Mood(modality, cue, negated=failed and aimed is None)
    if failed:
        return Mood("target", target, negated=False, target=target)
    verb = _reached(tokens, start, end, target, sentence)
    if verb is None:
        return Mood("target", target, target=target)
    reached_as, _ = _nearest(tokens, verb, sentence)
    if "reached" in tokens[verb].values and reached_as == "actual":
        return Mood("actual", verb, target=target, met=True)
    if reached_as == "forecast":
        return Mood("forecast", verb, target=target, met=True)
    return Mood("target", target, target=target)


def _is_settled(tokens: list[Token], start: int) -> bool:
    """Whether the two words before a figure make it a fact: "last year's $5 billion", "already worth $5 billion"."""
    first, last = tokens[start - 2].values, tokens[start - 1].values
    return bool("possessive" in last and _TIME & first.keys()) or (
        "worth_word" in last and "already" in first
    )


def _own_clause(
    tokens: list[Token], start: int, end: int, sentence: Sentence
) -> tuple[Modality, int | None] | None:
    """The mood of the clause that says which figure it is: "the $200 billion their presidents want"."""
    if start == sentence.start or "definite" not in tokens[start - 1].values:
        return None
    first = end + (end + 1 < sentence.end and tokens[end].raw == "," and "relative" in tokens[end + 1].values)
    for k in range(first, min(first + _RIGHT, sentence.end)):
        values = tokens[k].values
        if tokens[k].raw in ",;" or ("clause_break" in values and "that_word" not in values):
            break
        if "pledge" in values and "trade_verb" in tokens[k + 1].values:
            return "commitment", k
        if "target_cue" in values or "promise" in values:
            return "target", k
        if "past_forecast" in values:
            return "forecast", k
    return None


def _nearest(tokens: list[Token], i: int, sentence: Sentence) -> tuple[Modality, int | None]:
    for k in range(before_aside(tokens, i, sentence) - 1, sentence.start - 1, -1):
        if _SPEAKS.isdisjoint(tokens[k].values) and tokens[k].raw != ":":
            continue
        if _parts(tokens[k], i - k) and not sets_flows_off(tokens, k, sentence.start, i):
            break
        found = _set_phrase(tokens, k, i, sentence) or _cue(tokens, k, sentence)
        if found is not None and not is_of_other_figure(tokens, k, sentence.start, i):
            return found, k
    return "actual", None


def _set_phrase(tokens: list[Token], k: int, i: int, sentence: Sentence) -> Modality | None:
    """What several words say together: "agreed on Tuesday to raise", "agreed to buy", "was to reach"."""
    values, after = tokens[k].values, tokens[k + 1].values if k + 1 < len(tokens) else {}
    if "copula" in values and "past_cue" in values and "to_word" in after and k + 2 < i:
        return "target" if (_INFINITIVE | {"auxiliary"}) & tokens[k + 2].values.keys() else None
    chance = k > sentence.start and "potential_cue" in tokens[k - 1].values
    if "copula" in values and chance and not _misread(tokens, k - 1, "potential"):
        return "potential"
    if "pledge" in values and "trade_verb" in after:
        return "commitment"
    return "target" if "agree_word" in values and _settles(tokens, k, i) else None


def _settles(tokens: list[Token], k: int, i: int) -> bool:
    """Whether words of agreement lead to what is to be done: "agreed in May to raise", "agreed on raising"."""
    if any("to_word" in t.values for t in tokens[k + 1 : min(k + _AGREED, i)]):
        return True
    for j in range(k + 1, min(k + _SETTLED, i - 1)):
        if "that_word" in tokens[j].values or tokens[j].raw in ",;":
            return False
        if "to_word" in tokens[j].values and _INFINITIVE & tokens[j + 1].values.keys():
            return True
        if "held_on" in tokens[j].values and "move" in tokens[j + 1].values:
            return True
    return False


def _cue(tokens: list[Token], k: int, sentence: Sentence) -> Modality | None:
    """What a word says of the figures behind it, if it is not another word here."""
    values = tokens[k].values
    if "copula" in values and k + 1 < len(tokens) and "to_word" in tokens[k + 1].values:
        return None
    for name, modality in _CUES:
        if name in values and not _misread(tokens, k, modality):
            if modality == "actual" and (
                _is_governed(tokens, k, sentence.start) or dates_a_base(tokens, k, sentence.start)
            ):
                return None
            if modality == "forecast" and _aims(tokens, k, sentence):
                return "target"
            if modality == "target" and "raise" in values and _is_chance(tokens, k, sentence.start):
                return "potential"
            return modality
    return None


def _parts(token: Token, away: int) -> bool:
    """Whether a token so far before a figure ends its clause."""
    if token.raw == ":":
        return away > _FOLLOWS
    if "follows" in token.values and away <= _FOLLOWS:
        return True
    return token.raw == ";" or (away > 1 and not _CLAUSES.isdisjoint(token.values))


def _aims(tokens: list[Token], k: int, sentence: Sentence) -> bool:
    """Whether a word that looks ahead tells of an aim: "the goal is to reach", "they will double trade"."""
    for j in range(k - 1, max(sentence.start, k - _MET_LEFT) - 1, -1):
        if "target_noun" in tokens[j].values:
            return True
        if not _ENDS_AIM.isdisjoint(tokens[j].values):
            break
    if "set_to" in tokens[k].values:
        return "raise" in tokens[k + 1].values and not any(
            "flow" in t.values for t in tokens[sentence.start : k]
        )
    if "resolve" not in tokens[k].values or _is_reckoned(tokens, k, sentence.start):
        return False
    raised = False
    for token in tokens[k + 1 : min(k + 1 + _AIM, sentence.end)]:
        if "flow" in token.values or (not raised and _ENDS_VERB & token.values.keys()):
            return raised
        raised = raised or "raise" in token.values
    return False


def _is_reckoned(tokens: list[Token], k: int, first: int) -> bool:
    """Whether somebody only reckons that it will be so: "estimates the agreement will double exports"."""
    before = tokens[max(first, k - _MET_LEFT) : k]
    return "forecast_cue" in tokens[k - 1].values or any("reckoning" in t.values for t in before)


def _is_governed(tokens: list[Token], k: int, first: int) -> bool:
    """Whether a verb hangs on a word that looks ahead: "will hit", "could easily be increased", "to hit"."""
    if any("to_word" in tokens[j].values for j in (k - 1, k - 1 - ("auxiliary" in tokens[k - 1].values))):
        return True
    for j in range(k - 1, max(first, k - _AUXILIARY) - 1, -1):
        values = tokens[j].values
        if "future" in values and "month" not in values:
            return True
        helps = "auxiliary" in values and "past_verb" in values
        if (_ENDS_VERB & values.keys() and not helps) or not tokens[j].raw.isalpha():
            return False
    return False


def _misread(tokens: list[Token], k: int, modality: Modality) -> bool:
    """Whether a cue is another word here: the month of May, trade that "contracted 5 percent"."""
    if modality == "potential":
        acts = 0 < k < len(tokens) - 1 and bool(_INFINITIVE & tokens[k + 1].values.keys())
        return "month" in tokens[k].values and not (acts and "flow" in tokens[k - 1].values)
    after = tokens[k + 1].values if k + 1 < len(tokens) else {}
    if modality == "commitment" and _TIME & after.keys():
        return True
    if modality != "actual" and any("compared" in t.values for t in tokens[max(k - 2, 0) : k]):
        return k + 1 >= len(tokens) or not _GOES_ON & tokens[k + 1].values.keys()
    if modality == "commitment" and is_span(tokens, k):
        return True
    return (
        modality == "commitment"
        and "move" in tokens[k].values
        and (
            bool({"num", "hedge", "by_word"} & after.keys())
            or (k > 0 and "flow" in tokens[k - 1].values)
            or leads_to_amount(tokens, k)
        )
    )


def _names_aim(tokens: list[Token], k: int, last: int) -> bool:
    """Whether what follows a verb calls the figure an aim: "$5 billion was first named as a goal"."""
    for token in tokens[k + 1 : min(k + 1 + _NAMED, last)]:
        if {"compared", "flow", "num"} & token.values.keys():
            return False
        if "target_cue" in token.values or "promise" in token.values:
            return True
    return False


def _is_chance(tokens: list[Token], k: int, first: int) -> bool:
    """Whether a verb of raising stands under a word of chances: "every opportunity to bring trade to"."""
    return any("potential_cue" in t.values for t in tokens[max(first, k - _AUXILIARY) : k])


def _heading(tokens: list[Token], start: int, sentence: Sentence) -> tuple[Modality, int | None] | None:
    """The mood of a headline's infinitive: "Chile to export copper worth $5 billion", "trade to hit $5 billion"."""
    for k in range(sentence.start + 1, start):
        before, values = tokens[k - 1].values, tokens[k].values
        if "past_verb" in values or "speech" in values:
            return None
        if (
            "to_word" in values
            and {"area", "flow"} & before.keys()
            and _INFINITIVE & tokens[k + 1].values.keys()
        ):
            flow = any("flow" in t.values for t in tokens[sentence.start : k])
            return ("target" if not flow and _MAKES & tokens[k + 1].values.keys() else "forecast"), k
    return None


def _following(tokens: list[Token], start: int, end: int, sentence: Sentence) -> tuple[Modality, int | None]:
    if end > 1 and "adverb_move" in tokens[max(sentence.start, start - 1)].values:
        return "actual", None
    for k in range(end, min(end + _RIGHT, sentence.end)):
        values = tokens[k].values
        if "clause_break" in values or tokens[k].raw in ",;" or _names_next(tokens, k):
            break
        for name, modality in _CUES:
            if name in values and not _misread(tokens, k, modality):
                if modality == "actual" and _names_aim(tokens, k, sentence.end):
                    break
                ahead = "copula" in values and k + 1 < len(tokens)
                if ahead and (said := _cue(tokens, k + 1, sentence)) not in (None, "actual"):
                    return said, k + 1
                if modality in ("forecast", "potential") and leads_on(tokens, k, sentence.end):
                    return "actual", None
                return modality, k
    return "actual", None


def _names_next(tokens: list[Token], k: int) -> bool:
    """Whether a noun of aims is that of the figure behind it: "and spoke of the goal of $5 billion"."""
    after = tokens[k + 1 : k + 2]
    return "target_noun" in tokens[k].values and any({"currency", "num"} & t.values.keys() for t in after)


def _target_noun(tokens: list[Token], start: int, end: int, sentence: Sentence) -> int | None:
    named = end + 1 < sentence.end and tokens[end].raw == "," and "determiner" in tokens[end + 1].values
    for k in range(end + named, min(end + named + _TARGET_RIGHT, sentence.end)):
        if "target_noun" in tokens[k].values:
            return k
        if "range_and" in tokens[k].values or (not tokens[k].raw.isalpha() and tokens[k].norm != "-"):
            break
    for k in range(start - 1, max(sentence.start, start - _MET_LEFT) - 1, -1):
        values = tokens[k].values
        if "target_noun" in values:
            return k
        if "copula" in values and (aim := _subject_aim(tokens, k, sentence.start)) is not None:
            return aim
        if (
            ("past_verb" in values and "to_word" not in tokens[k + 1].values)
            or not _ENDS_SUBJECT.isdisjoint(values)
            or tokens[k].raw in ",;"
        ):
            break
    return None


def _subject_aim(tokens: list[Token], copula: int, first: int) -> int | None:
    """The aim that a copula speaks of: "the target for this year is $5 billion"."""
    for k in range(copula - 1, max(first, copula - _SUBJECT) - 1, -1):
        values = tokens[k].values
        if "target_noun" in values:
            return k
        if tokens[k].raw in ",;:()" or (_ENDS_AIM - {"num"}) & values.keys():
            return None
    return None


def _reached(tokens: list[Token], start: int, end: int, target: int, sentence: Sentence) -> int | None:
    """The verb that says the target was reached: before the figure, or after it in the passive."""
    first = min(start, target)
    for k in range(first - 1, max(sentence.start, first - _MET_LEFT) - 1, -1):
        if {"reached", "to_reach"} & tokens[k].values.keys():
            return k
        if tokens[k].raw in ",;":
            break
    passive = False
    for k in range(max(end, target + 1), min(max(end, target + 1) + _PASSIVE_RIGHT, sentence.end)):
        if passive and "reached" in tokens[k].values:
            return k
        passive = passive or "past_verb" in tokens[k].values
        if tokens[k].raw == ";":
            break
    return None
