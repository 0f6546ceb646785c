"""Joining the answers of all providers to one verdict."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tallyman.check.answer import claims
from tallyman.model import Finding, Verdict
from tallyman.wording import say, sentence

if TYPE_CHECKING:
    from datetime import date

    from tallyman.check.answer import Answer
    from tallyman.check.question import Question
    from tallyman.model import Claim, Label

_OPPOSITE: dict[Label, Label] = {"supported": "refuted", "refuted": "supported"}


def undecided(claim: Claim, as_of: date, label: Label, rule: str, reason: str) -> Verdict:
    """Return the verdict of a claim that nobody answers, with the reason."""
    return Verdict(claim_id=claim.id, as_of=as_of, label=label, rule=rule, explanation=sentence(reason))


def joined(question: Question, answers: list[Answer], note: str) -> Verdict:
    """Return one verdict: what the deciding providers agree on, or ``conflicting`` if they differ.

    On either side of a pair a statistical office outranks officials who quote round figures. The first
    deciding answer, the reporter's own side before the partner's, gives the observed value.
    """
    deciding = _deciding(question, answers)
    true = [answer for answer in deciding if answer.label == "supported"]
    false = [answer for answer in deciding if answer.label == "refuted"]
    first = deciding[0] if deciding else _most_telling(answers)
    label: Label = "conflicting" if true and false else first.label
    text = _contrast(question, true[0], false[0]) if true and false else first.text
    if question.claim.negated:
        label, text = _OPPOSITE.get(label, label), f"{text} ({say('joined.negated')})"
    rows = dict.fromkeys(row.id for answer in deciding or [first] for row in answer.rows)
    decided = label in _OPPOSITE or label == "conflicting"
    return Verdict(
        claim_id=question.claim.id,
        as_of=question.as_of,
        label=label,
        observed=first.observed,
        deviation=first.deviation,
        interval_low=question.interval.low if decided else None,
        interval_high=question.interval.high if decided else None,
        evidence=tuple(rows),
        rule=first.rule,
        explanation=sentence(f"{text} ({note})" if note else text),
        findings=tuple(_finding(answer) for answer in answers),
    )


def _contrast(question: Question, true: Answer, false: Answer) -> str:
    if not (true.counted and false.counted and false.gap):
        return say("joined.contrast", true=true.text, false=false.text)
    unit = "percent" if true.rule.startswith("growth") and not question.money else question.unit
    values = {
        "true": true.counted,
        "false": false.counted,
        "claims": claims(question, unit),
        "gap": false.gap,
    }
    return say("joined.conflicting", **values)


def _deciding(question: Question, answers: list[Answer]) -> list[Answer]:
    """Return the answers that decide: on each side those of the best tier, less objections that do not count.

    Officials who quote round figures do not refute what an office printed; where a claim does not say what is
    counted, a count of goods does not refute what is true of goods and services.
    """
    decisive = [answer for answer in answers if answer.decisive]
    best = {area: min(a.tier for a in decisive if a.area == area) for area in {a.area for a in decisive}}
    heard = [answer for answer in decisive if answer.tier == best[answer.area]]
    true = [answer for answer in heard if answer.label == "supported"]
    if not true:
        return heard
    highest = min(answer.tier for answer in true)
    bases = {answer.basis for answer in true}
    anything = question.claim.measure.basis == "unspecified"
    return [a for a in heard if a in true or (a.tier <= highest and not (anything and a.basis not in bases))]


def _most_telling(answers: list[Answer]) -> Answer:
    return next((answer for answer in answers if answer.rows), answers[0])


def _finding(answer: Answer) -> Finding:
    return Finding(
        provider=answer.provider,
        label=answer.label,
        observed=answer.observed,
        evidence=tuple(dict.fromkeys(row.id for row in answer.rows)),
        explanation=sentence(answer.text),
    )
