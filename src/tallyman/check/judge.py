"""One question put to every provider that can answer it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tallyman.check.join import joined, undecided
from tallyman.check.plan import answers
from tallyman.source import sources
from tallyman.wording import area, say

if TYPE_CHECKING:
    from tallyman.check.question import Question
    from tallyman.model import Verdict
    from tallyman.series import Shelf


def judge(question: Question, shelf: Shelf) -> Verdict:
    """Return the verdict on a question that statistics can decide, without suspicions."""
    claim = question.claim
    found = sources(
        claim.measure,
        shelf,
        as_of=question.as_of,
        without=question.told_in,
        unit=question.unit if question.money else None,
    )
    if not found:
        return undecided(claim, question.as_of, "not_enough_evidence", "no_series", _nobody(question, shelf))
    given, note = answers(question, found)
    return joined(question, given, note)


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
