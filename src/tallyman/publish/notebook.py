"""How a ledger's answers show themselves in a notebook: the words of the pages, in a frame of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tallyman.providers.catalogue import providers

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tallyman.model import Claim, Target, TargetEvent, Verdict
    from tallyman.publish.view import ClaimView


def checked(claim: Claim, then: Verdict, today: Verdict) -> str:
    """Return a claim in its clause, with both verdicts and the arithmetic."""
    return _rendered("checked.html", claim=claim, then=then, today=today)


def explained(shown: ClaimView) -> str:
    """Return all that stands behind a claim: its clause, verdicts, arithmetic and the official rows used."""
    return _rendered("explained.html", view=shown)


def followed(target: Target, events: Sequence[TargetEvent], declared: Sequence[TargetEvent]) -> str:
    """Return a target with its status, every provider's count, and who declared it reached."""
    return _rendered("followed.html", target=target, events=events, declared=declared)


def ledger(place: str, counts: dict[str, int]) -> str:
    """Return where a ledger lies and how much is in it."""
    return _rendered("ledger.html", place=place, held=counts)


def _rendered(template: str, **found: Any) -> str:
    from tallyman.publish.html import environment  # noqa: PLC0415 - templates load where something is shown

    names = {code: provider.label for code, provider in providers().items()}
    return environment().get_template(f"notebook/{template}").render(names=names, **found)
