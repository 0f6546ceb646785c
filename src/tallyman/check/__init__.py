"""Holding a claim against official statistics, as known on a given day.

``check`` is a pure function of a claim, observations and a day: the same input gives the same verdict on
every machine, and any past day can be replayed. Call it twice for the two verdicts of a claim: as known on
the day it was said, and as known today.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import structs

from tallyman.check.join import undecided
from tallyman.check.judge import judge
from tallyman.check.question import ask, is_base, obstacle, same_goal
from tallyman.check.suspicion import suspicions
from tallyman.series import Shelf, shelf
from tallyman.wording import say

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from tallyman.model import Claim, Observation, Verdict


def check(
    claim: Claim,
    observations: Iterable[Observation] | Shelf,
    *,
    as_of: date,
    said_on: date | None = None,
    beside: Iterable[Claim] = (),
    copies: Iterable[str] = (),
) -> Verdict:
    """Return what the statistics known on ``as_of`` say of a claim.

    ``said_on`` is the day of the report, for a claim that carries no day itself; ``beside`` are the other
    claims of the report, which tell the currency of a rate and the level a target starts from; ``copies`` are
    the ids of the documents that copy or rewrite it. Pass a ``Shelf`` where many claims are held against the
    same observations. Suspect figures never decide, nor what the claim's own report or a copy of it quotes.

    "$140 billion", said of no year on 2022-02-04, is held against 2021: refuted by China's customs, which
    had printed 146.887 billion on 2022-01-14.
    """
    others = tuple(beside)
    reason = say("not_checkable.base") if is_base(claim, others) else obstacle(claim)
    if reason is not None:
        return undecided(claim, as_of, "not_checkable", "not_checkable", reason)
    goal = same_goal(claim, others)
    question = ask(goal, as_of=as_of, said_on=said_on, beside=others, copies=copies)
    statistics = shelf(observations)
    verdict = judge(question, statistics)
    if verdict.label != "refuted":
        return verdict
    return structs.replace(verdict, suspicions=suspicions(question, verdict, statistics))
