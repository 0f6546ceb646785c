"""What the claims of one document say of each other: deadlines given elsewhere, targets named again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import structs

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal

    from tallyman.model import Claim

Amount = tuple["Decimal", str]


def settle(claims: list[Claim]) -> list[Claim]:
    """Give "ahead of schedule" the deadline of its target; make bare repetitions of a target targets."""
    known = {
        amount: c.deadline or c.period.end
        for c in claims
        if (amount := _amount(c)) and (c.modality == "target" or (c.modality == "forecast" and c.deadline))
    }
    return [_settled(claim, known) for claim in claims]


def _settled(claim: Claim, known: dict[Amount, date | None]) -> Claim:
    amount = _amount(claim)
    if amount is None or amount not in known:
        return claim
    if claim.period.relation == "before" and known[amount]:
        return structs.replace(claim, deadline=known[amount])
    return structs.replace(claim, modality="target") if _unsaid(claim) else claim


def _amount(claim: Claim) -> Amount | None:
    return (claim.quantity.value, claim.quantity.unit) if claim.quantity else None


def _unsaid(claim: Claim) -> bool:
    """Whether no word says that an amount is real."""
    if claim.modality != "actual" or claim.role != "level" or claim.quantity is None:
        return False
    decided = any(cue.field in ("modality", "role") for cue in claim.cues)
    return not decided and claim.quantity.bound == "exact" and claim.period.start is None
