"""Holding a claim against official statistics, as known on a given day.

``check`` is a pure function of a claim, observations and a day: the same input gives the same verdict on
every machine, and any past day can be replayed. Call it twice for the two verdicts of a claim: as known on
the day it was said, and as known today.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tallyman.check.join import joined, undecided
from tallyman.check.plan import answers
from tallyman.check.question import DOLLAR, ask, obstacle
from tallyman.series import Shelf, shelf
from tallyman.source import sources
from tallyman.wording import say

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from tallyman.check.question import Question
    from tallyman.model import Claim, Observation, Verdict


def check(
    claim: Claim,
    observations: Iterable[Observation] | Shelf,
    *,
    as_of: date,
    said_on: date | None = None,
    currency: str = DOLLAR,
) -> Verdict:
    """Return what the statistics known on ``as_of`` say of a claim.

    ``said_on`` is the day of the report, for a claim that carries no day itself; ``currency`` is the one a
    rate of growth is counted in. Pass a ``Shelf`` where many claims are held against the same observations.
    Second-hand figures from the claim's own document and suspect figures never decide.

    "$140 billion", said of no year on 2022-02-04, is held against 2021: refuted by China's customs, which
    had printed 146.887 billion on 2022-01-14.
    """
    reason = obstacle(claim)
    if reason is not None:
        return undecided(claim, as_of, "not_checkable", "not_checkable", reason)
    question = ask(claim, as_of=as_of, said_on=said_on, currency=currency)
    statistics = shelf(observations)
    found = sources(
        claim.measure,
        statistics,
        as_of=as_of,
        without=claim.document_id,
        unit=question.unit if question.money else None,
    )
    if not found:
        return undecided(claim, as_of, "not_enough_evidence", "no_series", _nobody(question, statistics))
    given, note = answers(question, found)
    return joined(question, given, note)


def _nobody(question: Question, statistics: Shelf) -> str:
    measure = question.claim.measure
    pair = {"one": measure.reporter, "other": measure.partner}
    if not statistics.covers(measure.reporter, measure.partner):
        return say("unknown.no_series", **pair)
    known = statistics.series(measure.reporter, measure.partner, as_of=question.as_of)
    if not known:
        return say("unknown.nothing_released", day=question.as_of, **pair)
    if measure.product is not None:
        return say("unknown.no_product", product=measure.product, **pair)
    if question.money and all(series.unit not in (question.unit, "") for series in known):
        return say("unknown.no_unit", unit=question.unit, **pair)
    return say("unknown.no_basis", basis=measure.basis.replace("_", " "), **pair)
