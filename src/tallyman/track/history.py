"""How a target travelled: links between claims and targets, how it drifted, and who declared it reached."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

from tallyman.ids import content_id
from tallyman.model import Claim, Link, Noun, Target, TargetEvent
from tallyman.quantity import format as written
from tallyman.track.register import restatement, same_subject
from tallyman.track.statement import by_subject, subject
from tallyman.wording import say, sentence

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_SAME_DEADLINE, _NO_DEADLINE, _AS_FORECAST = 1.0, 0.8, 0.7
_REPLACED, _DECLARED = 0.9, 0.8


class Change(Noun, frozen=True, kw_only=True):
    """One step in the drift of a target: what a restatement changed, and which claim did it."""

    field: Literal["speaker", "deadline", "amount"]
    was: str | None
    became: str | None
    on: date | None
    claim_id: str


def links(register: Sequence[Target], claims: Iterable[Claim]) -> list[Link]:
    """Return why the register looks as it does: restates, supersedes, resolves; each can be rejected.

    A rejected ``restates`` link, given back to ``targets``, takes its claim out of the target.
    """
    by_id = {claim.id: claim for claim in claims}
    about = by_subject(by_id.values())
    found = []
    for target in register:
        stated = [by_id[key] for key in target.claim_ids if key in by_id]
        found += [_restates(claim, target) for claim in stated]
        if target.supersedes is not None:
            found.append(
                _link("supersedes", target.id, target.supersedes, _REPLACED, say("history.replaced"))
            )
        for claim in about.get(subject(target.measure), ()):
            if declares(claim, target):
                text = say("history.declared", figure=claim.anchor.exact, day=claim.said_on)
                found.append(_link("resolves", claim.id, target.id, _DECLARED, text))
    return found


def _restates(claim: Claim, target: Target) -> Link:
    score = _AS_FORECAST if claim.modality == "forecast" else _SAME_DEADLINE
    if claim.deadline is None and target.deadline is not None:
        score = min(score, _NO_DEADLINE)
    text = say("history.restates", figure=claim.anchor.exact, deadline=claim.deadline or say("history.none"))
    return Link(
        id=restatement(claim.id, target.id),
        kind="restates",
        from_id=claim.id,
        to_id=target.id,
        score=score,
        evidence=text,
    )


def _link(kind: Literal["supersedes", "resolves"], one: str, other: str, score: float, text: str) -> Link:
    key = content_id("lnk", kind, one, other)
    return Link(id=key, kind=kind, from_id=one, to_id=other, score=score, evidence=text)


def declares(claim: Claim, target: Target) -> bool:
    """Tell whether a claim says that a target has been reached: its amount as a fact, after it was set."""
    quantity = claim.quantity
    stated = claim.modality == "actual" and claim.role == "level" and not claim.negated
    if not stated or quantity is None or subject(claim.measure) != subject(target.measure):
        return False
    later = claim.said_on is not None and target.set_on is not None and claim.said_on >= target.set_on
    same = (quantity.value, quantity.unit) == (target.quantity.value, target.quantity.unit)
    return later and same and quantity.bound == "at_least"


def declared(target: Target, claims: Iterable[Claim]) -> list[TargetEvent]:
    """Return when somebody said that a target was reached, which is not yet that statistics confirm it."""
    return [
        TargetEvent(
            target_id=target.id,
            on=claim.said_on,
            status="met",
            evidence=(claim.id,),
            explanation=sentence(
                say(
                    "history.said",
                    speaker=claim.attribution.speaker or say("history.somebody"),
                    day=claim.said_on,
                    figure=written(target.quantity),
                )
            ),
        )
        for claim in claims
        if declares(claim, target) and claim.said_on is not None
    ]


def drift(target: Target, claims: Iterable[Claim], register: Iterable[Target] = ()) -> list[Change]:
    """Return how a target changed from telling to telling, oldest first.

    Within the target the speaker may change and the deadline fall away; beside it stand targets of the
    ``register`` on the same subject that keep its amount with another deadline, or its deadline with another
    amount.
    """
    by_id = {claim.id: claim for claim in claims}
    stated = [by_id[key] for key in target.claim_ids if key in by_id]
    changes = [change for earlier, later in pairwise(stated) for change in _between(earlier, later)]
    for other in register:
        if other.id != target.id and same_subject(other, target) and _after(other, target):
            changes += _beside(target, other)
    return sorted(changes, key=lambda change: (change.on is None, change.on, change.claim_id))


def _between(earlier: Claim, later: Claim) -> list[Change]:
    was, became = earlier.attribution.speaker, later.attribution.speaker
    changes = [Change(field="speaker", was=was, became=became, on=later.said_on, claim_id=later.id)]
    dates = (_day(earlier.deadline), _day(later.deadline))
    changes.append(
        Change(field="deadline", was=dates[0], became=dates[1], on=later.said_on, claim_id=later.id)
    )
    return [change for change in changes if change.was != change.became]


def _beside(target: Target, other: Target) -> list[Change]:
    amounts = (written(target.quantity), written(other.quantity))
    dates = (_day(target.deadline), _day(other.deadline))
    claim_id = other.claim_ids[0] if other.claim_ids else other.id
    if amounts[0] == amounts[1]:
        return [Change(field="deadline", was=dates[0], became=dates[1], on=other.set_on, claim_id=claim_id)]
    if dates[0] == dates[1]:
        return [Change(field="amount", was=amounts[0], became=amounts[1], on=other.set_on, claim_id=claim_id)]
    return []


def _after(other: Target, target: Target) -> bool:
    return other.set_on is not None and target.set_on is not None and other.set_on > target.set_on


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
