"""When a claim fails: what would make it true, if something simple would. A hint, never a correction."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from msgspec import structs

from tallyman.check.judge import judge
from tallyman.check.question import ask
from tallyman.period import add_months, is_year, is_year_to_date, month_end, previous_year
from tallyman.quantity import trade_currencies
from tallyman.wording import area, say, sentence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tallyman.check.question import Question
    from tallyman.model import Claim, Comparison, Period, Verdict
    from tallyman.series import Shelf

_MOST = 3
_FAR_SHARE = Decimal("0.25")
_FAR_POINTS = 10
_THOUSAND = Decimal(1000)
_MONTHS = range(2, 12)
_FLOWS = {
    "exports": ("imports", "total_trade"),
    "imports": ("exports", "total_trade"),
    "total_trade": ("exports", "imports"),
}
_BASES = ("goods_and_services", "non_oil", "goods")
Variant = tuple[str, "Question"]


def suspicions(question: Question, refuted: Verdict, shelf: Shelf) -> tuple[str, ...]:
    """Return up to three hints, each with the count that supports it: what the claim would be true of.

    Where nothing simple would make a figure true that lies far from the count, the hint is that the reading
    of its sentence may be wrong.
    """
    claim = question.claim
    if claim.modality != "actual" or claim.quantity is None or claim.negated:
        return ()
    return _simple(question, shelf) or _far(question, refuted)


def _simple(question: Question, shelf: Shelf) -> tuple[str, ...]:
    """Return what would make a claim true; "more than" is not tried, a floor fits too many things by chance."""
    if question.one_sided:
        return ()
    hints = []
    for key, variant in _variants(question):
        verdict = judge(variant, shelf)
        if verdict.label in ("supported", "conflicting"):
            hints.append(sentence(say(f"suspicion.{key}", text=verdict.explanation.rstrip("."))))
        if len(hints) == _MOST:
            break
    return tuple(hints)


def _far(question: Question, refuted: Verdict) -> tuple[str, ...]:
    if refuted.observed is None or refuted.deviation is None:
        return ()
    points = question.unit in ("percent", "pp")
    limit = _FAR_POINTS if points else abs(refuted.observed) * _FAR_SHARE
    if abs(refuted.deviation) <= limit:
        return ()
    measure = question.claim.measure
    text = say(
        "suspicion.far",
        indicator=say(f"indicator.{measure.indicator}"),
        one=area(measure.reporter),
        other=area(measure.partner),
    )
    return (sentence(text),)


def _variants(question: Question) -> Iterator[Variant]:
    yield from _other_flow(question)
    yield from _other_currency(question)
    yield from _other_size(question)
    yield from _other_digits(question)
    yield from _other_sign(question)
    yield from _other_span(question)
    yield from _other_basis(question)


def _again(question: Question, claim: Claim) -> Question:
    asked = ask(claim, as_of=question.as_of, said_on=question.day)
    return structs.replace(asked, currency=question.currency, told_in=question.told_in)


def _other_flow(question: Question) -> Iterator[Variant]:
    claim = question.claim
    for indicator in _FLOWS.get(claim.measure.indicator, ()):
        measure = structs.replace(claim.measure, indicator=indicator)
        key = "total" if indicator == "total_trade" else "flow"
        yield key, _again(question, structs.replace(claim, measure=measure))


def _other_currency(question: Question) -> Iterator[Variant]:
    if question.claim.role == "change" and not question.money:
        measure = question.claim.measure
        for currency in trade_currencies(measure.reporter, measure.partner):
            if currency != question.currency:
                yield "currency", structs.replace(question, currency=currency)


def _other_size(question: Question) -> Iterator[Variant]:
    quantity = question.claim.quantity
    if quantity is None or not question.money:
        return
    for key, factor in (
        ("thousand_less", _THOUSAND),
        ("thousand_more", 1 / _THOUSAND),
    ):
        resized = structs.replace(
            quantity,
            value=quantity.value * factor,
            value_max=None if quantity.value_max is None else quantity.value_max * factor,
            step=None if quantity.step is None else quantity.step * factor,
        )
        yield key, _again(question, structs.replace(question.claim, quantity=resized))


def _other_digits(question: Question) -> Iterator[Variant]:
    """Yield the figure with two neighbouring digits exchanged, as fingers do."""
    quantity = question.claim.quantity
    if quantity is None or quantity.value_max is not None:
        return
    sign, digits, exponent = quantity.value.normalize().as_tuple()
    for first in range(len(digits) - 1):
        swapped = (*digits[:first], digits[first + 1], digits[first], *digits[first + 2 :])
        if swapped != digits and swapped[0]:
            value = Decimal((sign, swapped, int(exponent)))
            claim = structs.replace(question.claim, quantity=structs.replace(quantity, value=value))
            yield "digits", _again(question, claim)


def _other_sign(question: Question) -> Iterator[Variant]:
    comparison = question.claim.comparison
    if question.claim.role == "change" and comparison is not None and comparison.direction in ("up", "down"):
        turned: Comparison = structs.replace(
            comparison, direction="down" if comparison.direction == "up" else "up"
        )
        yield "sign", _again(question, structs.replace(question.claim, comparison=turned))


def _other_span(question: Question) -> Iterator[Variant]:
    period = question.claim.period
    if period.start is None or period.end is None:
        return
    before = previous_year(period.start, period.end)
    after = (add_months(period.start, 12), add_months(period.end, 12))
    for start, end in (before, after):
        yield "year", _moved(question, period, start, end)
    if is_year(period.start, period.end):
        for months in _MONTHS:
            end = month_end(add_months(period.start, months - 1))
            yield "year_to_date", _moved(question, period, period.start, end)
    elif is_year_to_date(period.start, period.end):
        end = month_end(period.start.replace(month=12))
        yield "whole_year", _moved(question, period, period.start, end)


def _moved(question: Question, period: Period, start: object, end: object) -> Question:
    moved = structs.replace(period, start=start, end=end)
    claim = structs.replace(question.claim, period=moved)
    if claim.comparison is not None:
        claim = structs.replace(
            claim, comparison=structs.replace(claim.comparison, base_start=None, base_end=None)
        )
    return _again(question, claim)


def _other_basis(question: Question) -> Iterator[Variant]:
    for basis in _BASES:
        if basis != question.claim.measure.basis:
            measure = structs.replace(question.claim.measure, basis=basis)
            yield "basis", _again(question, structs.replace(question.claim, measure=measure))
