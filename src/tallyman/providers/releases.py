"""Releases as reports quote them: a claim that a statistical office is named for becomes a second-hand row.

Reading a folder of customs reports builds a history of vintages by itself. The row names the report, and it
never counts as evidence for that report.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Literal

from msgspec.structs import replace

from tallyman import areas
from tallyman.model import Observation
from tallyman.providers.about import about
from tallyman.providers.catalogue import providers
from tallyman.providers.rows import agreeing, identified

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from decimal import Decimal

    from tallyman.model import Claim, Document, Indicator
    from tallyman.providers.catalogue import Provider

_MIRRORED: dict[Indicator, Indicator] = {
    "total_trade": "total_trade",
    "exports": "imports",
    "imports": "exports",
}
_STATUSES: dict[str, Literal["normal", "rounded"]] = {"exact": "normal", "about": "rounded"}
_MONEY = 3


def observations(document: Document, claims: Iterable[Claim]) -> Iterator[Observation]:
    """Yield what the claims of a report say that a statistical office printed.

    A claim qualifies if it states, as a fact, an amount of money or a yearly change of the trade of a pair
    over a period that is over, and names an office of one of the two as its source. The row is known by the
    day the report appeared; a report without a day yields nothing, nor does a number that it gives two values
    of. The currency of a change stays empty: reports put yuan growth beside dollar totals.
    """
    told = ((_office(claim), claim) for claim in claims if _is_print(claim, document))
    rows = (_row(document, claim, office) for office, claim in told if office is not None)
    return (row for row in agreeing(rows) if isinstance(row, Observation))


def _is_print(claim: Claim, document: Document) -> bool:
    quantity, period, measure = claim.quantity, claim.period, claim.measure
    if quantity is None or claim.negated or claim.modality != "actual" or document.published_on is None:
        return False
    if (
        measure.indicator not in _MIRRORED
        or quantity.bound not in _STATUSES
        or quantity.value_max is not None
    ):
        return False
    if period.start is None or period.end is None or period.end >= document.published_on:
        return False
    if claim.role == "change":
        known = (
            quantity.unit == "percent"
            and claim.comparison is not None
            and claim.comparison.direction is not None
        )
        return known and _within(_signed(claim), "change")
    return claim.role == "level" and _is_money(quantity.unit) and _within(quantity.value, "level")


def _within(value: Decimal, role: str) -> bool:
    limits = about("releases").assertions[role]
    return bool(limits["lowest"] <= value <= limits["highest"])


def _is_money(unit: str) -> bool:
    return len(unit) == _MONEY and unit.isupper()


def _office(claim: Claim) -> Provider | None:
    """Return the provider whose figures the claim quotes, if it belongs to one of the pair."""
    for name in (claim.attribution.holder, claim.attribution.speaker):
        provider = _providers_by_office().get(_key(name)) if name else None
        if provider is not None and provider.area in {claim.measure.reporter, claim.measure.partner}:
            return provider
    return None


@cache
def _providers_by_office() -> dict[str, Provider]:
    """Return the provider of each office that prints or quotes statistics, by every name of the office."""
    quotes: dict[str, str] = about("releases").settings["quotes"]
    own = {f"{one.area}/{one.kind}": one.code for one in reversed(providers().values())}
    found: dict[str, Provider] = {}
    for office in areas.institutions():
        place = f"{office.area}/{office.kind}"
        code = quotes.get(place) or own.get(place)
        if code is not None:
            found.update({_key(name): providers()[code] for name in office.names})
    return found


def _key(name: str) -> str:
    return name.casefold().removeprefix("the ")


def _row(document: Document, claim: Claim, office: Provider) -> Observation:
    quantity, measure = claim.quantity, claim.measure
    assert quantity is not None  # noqa: S101 - _is_print has looked
    assert document.published_on is not None  # noqa: S101 - observations() has looked
    if office.area != measure.reporter:
        mirrored = _MIRRORED[measure.indicator]
        measure = replace(measure, indicator=mirrored, reporter=measure.partner, partner=measure.reporter)
    if measure.basis == "unspecified":
        measure = replace(measure, basis="goods")
    change = claim.role == "change"
    return identified(
        Observation(
            id="",
            provider=office.code,
            measure=measure,
            role="change" if change else "level",
            period=claim.period,
            value=_signed(claim) if change else quantity.value,
            unit=quantity.unit,
            currency=None if change else quantity.unit,
            step=quantity.step,
            status=_STATUSES[quantity.bound],
            released_on=document.published_on,
            release_kind="second_hand",
            source_url=document.url,
            document_id=document.id,
            note=f"quoted by {document.outlet}" if document.outlet else None,
        )
    )


def _signed(claim: Claim) -> Decimal:
    assert claim.quantity is not None  # noqa: S101 - _is_print has looked
    falls = claim.comparison is not None and claim.comparison.direction == "down"
    return -abs(claim.quantity.value) if falls else claim.quantity.value
