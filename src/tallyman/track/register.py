"""The register of targets: which claims speak of the same target, who set it, who told it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING

from msgspec import structs

from tallyman.ids import content_id
from tallyman.model import Target
from tallyman.track.statement import FAR, amount, statements, subject

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from tallyman.model import Claim, Document, Link
    from tallyman.track.statement import Statement, Subject

    Rejected = frozenset[tuple[str, str]]


_STATES = 16


class Register:
    """All that claims say of targets, sorted out once, so that the targets of any day are read off."""

    def __init__(
        self, claims: Iterable[Claim], documents: Iterable[Document] = (), judged: Iterable[Link] = ()
    ) -> None:
        """Take the claims of all days, in any order; see ``targets`` for the rest."""
        sources = {document.id: document for document in documents}
        rejected = frozenset(
            (link.from_id, link.to_id)
            for link in judged
            if link.kind == "restates" and link.judgement == "reject"
        )
        self._subjects = [_Said(stated, rejected) for stated in statements(claims, sources)]

    def targets(self, as_of: date = FAR) -> list[Target]:
        """Return the targets stated by a day, oldest first, as if nothing had been said later.

        A statement of which nobody knows the day counts on every day.
        """
        found = [target for said in self._subjects for target in said.targets(as_of)]
        return sorted(found, key=_oldest)


def targets(
    claims: Iterable[Claim], documents: Iterable[Document] = (), judged: Iterable[Link] = ()
) -> list[Target]:
    """Return every target that the claims state, oldest first; the order of the claims does not matter.

    A target is one pair (in either order for total trade), indicator, amount and deadline. A forecast of the
    same restates it. A statement without deadline joins the one dated target of the same amount that was
    known by then, if there is just one. ``documents`` date the claims that carry no day, and name the agency;
    a ``restates`` link that a person rejected keeps its claim out of that target.
    """
    return Register(claims, documents, judged).targets()


class _Said:
    """The statements on one subject, to be sorted out by the amount and the deadline they mean."""

    def __init__(self, stated: Sequence[Statement], rejected: Rejected) -> None:
        days = [one.day for one in stated]
        self._stated = stated
        self._days = days[: bisect_left(days, FAR)]
        self._rejected = rejected
        self._sorted = lru_cache(_STATES)(self._sorted_out)

    def targets(self, as_of: date) -> list[Target]:
        """Return the targets set by a day, each with the lower one that it replaced."""
        return self._sorted(bisect_right(self._days, as_of))

    def _sorted_out(self, said: int) -> list[Target]:
        """Return the targets of the first ``said`` statements, and of those of an unknown day."""
        by_then = [*self._stated[:said], *self._stated[len(self._days) :]]
        dated: defaultdict[str, dict[str, Statement]] = defaultdict(dict)
        for one in by_then:
            if one.modality == "target" and one.deadline and self._may_mean(one, one.target_id):
                dated[one.undated_id].setdefault(one.target_id, one)
        groups: defaultdict[str, list[Statement]] = defaultdict(list)
        for one in by_then:
            meant = one.target_id if one.deadline else self._meant(one, dated.get(one.undated_id, {}))
            if self._may_mean(one, meant):
                groups[meant].append(one)
        named = (
            _target(key, group)
            for key, group in groups.items()
            if any(one.modality == "target" for one in group)
        )
        return _superseding(named)

    def _meant(self, one: Statement, dated: dict[str, Statement]) -> str:
        """Return the one dated target a statement without deadline can mean, else that of its own amount."""
        known = [
            key
            for key, first in dated.items()
            if (first.day <= one.day or first.document_id == one.document_id) and self._may_mean(one, key)
        ]
        return known[0] if len(known) == 1 else one.target_id

    def _may_mean(self, one: Statement, target_id: str) -> bool:
        return not self._rejected or (one.claim_id, target_id) not in self._rejected


def restatement(claim_id: str, target_id: str) -> str:
    """Return the id of the link that says: this claim restates that target."""
    return content_id("lnk", "restates", claim_id, target_id)


def _target(key: str, stated: list[Statement]) -> Target:
    first = stated[0]
    opening = [one for one in stated if one.day == first.day]
    holder = _most_named(one.holder for one in opening)
    speaker = _most_named(one.speaker for one in opening)
    return Target(
        id=key,
        measure=first.measure,
        quantity=structs.replace(first.quantity, bound="exact"),
        deadline=next((one.deadline for one in stated if one.deadline), None),
        rule="cumulative" if first.cumulative else "annual",
        set_on=None if first.day == FAR else first.day,
        set_by=holder or speaker,
        told_by=speaker if holder and speaker != holder else None,
        relayed_by=_most_named(one.relayed_by for one in opening),
        claim_ids=tuple(one.claim_id for one in stated),
    )


def _most_named(names: Iterable[str | None]) -> str | None:
    """Return the name given most often, the first of equals."""
    counted = Counter(name for name in names if name)
    return max(counted, key=counted.__getitem__, default=None)


def _oldest(target: Target) -> tuple[date, str]:
    return (target.set_on or FAR, target.id)


def _superseding(found: Iterable[Target]) -> list[Target]:
    """Name for each target the lower one of the same subject and no later deadline that it replaced last."""
    ordered = sorted(found, key=lambda target: (target.set_on or FAR, target.quantity.value, target.id))
    named = []
    for place, target in enumerate(ordered):
        older = next((other for other in reversed(ordered[:place]) if replaces(target, other)), None)
        named.append(structs.replace(target, supersedes=older.id) if older else target)
    return named


def successors(register: Iterable[Target]) -> dict[str, Target]:
    """Return for the id of each target of a register that was replaced the first one that did."""
    beside: defaultdict[Subject, list[Target]] = defaultdict(list)
    for target in sorted(register, key=_oldest):
        beside[subject(target.measure)].append(target)
    found = {}
    for rows in beside.values():
        for place, target in enumerate(rows):
            newer = next((other for other in rows[place + 1 :] if replaces(other, target)), None)
            if newer is not None:
                found[target.id] = newer
    return found


def denies(claim: Claim, target: Target) -> bool:
    """Tell whether a claim says that a target no longer holds."""
    quantity = amount(claim)
    if quantity is None or claim.modality != "target" or not claim.negated:
        return False
    same = (quantity.value, quantity.unit) == (target.quantity.value, target.quantity.unit)
    return same and subject(claim.measure) == subject(target.measure)


def same_subject(one: Target, other: Target) -> bool:
    """Tell whether two targets are about the same trade, whatever the amount and the deadline."""
    return subject(one.measure) == subject(other.measure)


def replaces(new: Target, old: Target) -> bool:
    """Tell whether a target leaves an older one without object: more, set later, due no later.

    $30 billion by 2030, set in 2026, replaces $20 billion by 2030, set in 2025; $40 billion by 2035 does not.
    """
    if not (new.set_on and old.set_on and new.deadline and old.deadline):
        return False
    later = new.set_on > old.set_on and new.deadline <= old.deadline
    return later and new.quantity.unit == old.quantity.unit and new.quantity.value > old.quantity.value
