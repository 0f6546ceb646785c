"""One question put to every provider that can answer it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tallyman.check.join import joined, undecided
from tallyman.check.plan import answers
from tallyman.exchange import converted
from tallyman.quantity import currencies
from tallyman.source import sources
from tallyman.wording import area, say

if TYPE_CHECKING:
    from tallyman.check.question import Question
    from tallyman.model import Verdict
    from tallyman.series import Shelf


def judge(question: Question, shelf: Shelf) -> Verdict:
    """Return the verdict on a question that statistics can decide, without suspicions.

    Amounts are held against counts in their own currency; only where none of these decides, against others,
    converted at a known rate.
    """
    claim, told_in = question.claim, question.told_in
    unit = question.unit if question.money else None
    found = sources(claim.measure, shelf, as_of=question.as_of, without=told_in, unit=unit)
    given, note = answers(question, found) if found else ([], "")
    if _may_convert(question) and not any(answer.decisive for answer in given):
        others = converted(claim.measure, shelf, as_of=question.as_of, without=told_in, unit=question.unit)
        more, note_of_others = answers(question, others) if others else ([], "")
        if not given or any(answer.decisive for answer in more):
            given, note = [*given, *more], note_of_others
    if not given:
        return undecided(claim, question.as_of, "not_enough_evidence", "no_series", _nobody(question, shelf))
    return joined(question, given, note)


def _may_convert(question: Question) -> bool:
    """Whether a count in another currency may answer: for an amount that was reached, never for a change."""
    claim = question.claim
    return claim.role == "level" and claim.modality == "actual" and question.unit in currencies()


def _nobody(question: Question, shelf: Shelf) -> str:
    measure = question.claim.measure
    pair = {"one": area(measure.reporter), "other": area(measure.partner)}
    if not shelf.covers(measure.reporter, measure.partner):
        return say("unknown.no_series", **pair)
    known = shelf.series(measure.reporter, measure.partner, as_of=question.as_of)
    if not known:
        return say("unknown.nothing_released", day=question.as_of, **pair)
    if measure.product is not None:
        return say("unknown.no_product", product=measure.product, **pair)
    if question.money and all(series.unit not in (question.unit, "") for series in known):
        return say("unknown.no_unit", unit=question.unit, **pair)
    return say("unknown.no_basis", basis=measure.basis.replace("_", " "), **pair)
