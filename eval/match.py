"""Holds predicted claims against the gold: who belongs to whom, and which fields are right.

A figure is a place in a text with a value and a unit; a claim is a figure (or a rank without one) and all
that is said about it. One figure can carry two claims: a target, and that it was met.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import msgspec
from gold import GoldClaim, Prediction, Report

from tallyman.model import Anchor, Claim, Quantity

Predicted = Claim | Prediction
Figure = tuple[int, int, Decimal, str]

_SPANS = tomllib.loads((Path(__file__).parent / "spans.toml").read_text())
_LEAD, _TAIL = re.compile(_SPANS["lead"]), re.compile(_SPANS["tail"])
_SMALL = set(_SPANS["small_words"])


class Pair(msgspec.Struct, frozen=True):
    """A gold claim, the claim predicted for it, and for each judged field whether it is right."""

    gold: GoldClaim
    predicted: Predicted
    right: dict[str, bool]

    @property
    def whole(self) -> bool:
        """Whether every field that counts is right."""
        return all(ok for field, ok in self.right.items() if field in WHOLE)


class Outcome(msgspec.Struct, frozen=True):
    """What became of one report's claims."""

    report: Report
    pairs: tuple[Pair, ...]
    missed: tuple[GoldClaim, ...]
    false: tuple[Predicted, ...]

    def figures(self) -> tuple[int, int, int]:
        """Return how many figures were found, are in the gold, and were found where the gold has none."""
        found = {_figure(pair.gold) for pair in self.pairs if pair.gold.quantity}
        missed = {_figure(claim) for claim in self.missed if claim.quantity} - found
        taken = {pair.predicted.anchor for pair in self.pairs}
        false = {_figure(claim) for claim in self.false if claim.quantity and claim.anchor not in taken}
        return len(found), len(found | missed), len(false)


def outcome(report: Report, predicted: Sequence[Predicted]) -> Outcome:
    """Pair the claims of one report one to one, best pairs first, and keep what is missed and false."""
    candidates = [
        (not gold.optional, _score(gold, claim), -gold_at, -claim_at)
        for gold_at, gold in enumerate(report.claims)
        for claim_at, claim in enumerate(predicted)
        if same_claim_place(gold, claim, report.text)
    ]
    matched: dict[int, int] = {}
    for _, _, gold_at, claim_at in sorted(candidates, reverse=True):
        if -gold_at not in matched and -claim_at not in matched.values():
            matched[-gold_at] = -claim_at
    return Outcome(
        report,
        tuple(
            Pair(report.claims[at], predicted[to], judge(report.claims[at], predicted[to]))
            for at, to in sorted(matched.items())
            if not report.claims[at].optional
        ),
        tuple(gold for at, gold in enumerate(report.claims) if at not in matched and not gold.optional),
        tuple(claim for at, claim in enumerate(predicted) if at not in matched.values()),
    )


def same_claim_place(gold: GoldClaim, claim: Predicted, text: str) -> bool:
    """Return whether ``claim`` is about the figure (or, without a figure, the words) in the gold."""
    overlap = gold.anchor.start < claim.anchor.end and claim.anchor.start < gold.anchor.end
    if gold.optional or gold.quantity is None or claim.quantity is None:
        return overlap and (gold.optional or gold.quantity is claim.quantity)
    return any(
        _same_amount(amount, claim.quantity) and same_span(anchor, claim.anchor, text)
        for anchor, amount in _accepted_figures(gold, text)
    )


def same_span(first: Anchor, second: Anchor, text: str) -> bool:
    """Return whether two spans differ at most by a hedge before and a tail like "a year" after.

    >>> text = "about $40 billion a year"
    >>> same_span(Anchor(start=6, end=17, exact=text[6:17]), Anchor(start=0, end=24, exact=text), text)
    True
    """
    starts, ends = sorted((first.start, second.start)), sorted((first.end, second.end))
    overlap = starts[1] < ends[0]
    return bool(overlap and _LEAD.fullmatch(text[slice(*starts)]) and _TAIL.fullmatch(text[slice(*ends)]))


def judge(gold: GoldClaim, claim: Predicted) -> dict[str, bool]:
    """Return for each field that applies whether ``claim`` is right or an accepted alternative."""
    right = {
        name: any(field.same(right, field.get(claim)) for right in (field.get(gold), *_also(gold, name)))
        for name, field in FIELDS.items()
        if field.applies(gold)
    }
    return {**right, "indicator": True, "pair": True} if _is_mirror(gold, claim) else right


def same_name(right: str | None, got: str | None) -> bool:
    """Return whether two names can be one speaker: a surname or a full name, without titles, in any case.

    >>> same_name("Dmitry Peskov", "Peskov"), same_name("Ministry of Commerce", "Chinese commerce ministry")
    (True, True)
    """
    if not right or not got:
        return not right and not got
    second = _words(got)
    firsts = (_words(right), _words(re.sub(r"\(.*?\)", " ", right)))
    return any(first and second and (first <= second or second <= first) for first in firsts)


def shown(claim: Predicted, field: str) -> str:
    """Return the value of one field for a list of errors."""
    value = FIELDS[field].get(claim)
    if isinstance(value, (tuple, frozenset)):
        return "/".join(sorted("-" if part is None else str(part) for part in value))
    return "-" if value is None else str(value)


def _also(gold: GoldClaim, field: str) -> Iterator[Any]:
    for value in gold.also.get("modality" if field == "future" else field, ()):
        if field == "period":
            start, end, relation = value or ("", "", "")
            yield _iso(start), _iso(end), relation or None
        elif field == "pair":
            yield _both(gold.measure.indicator, tuple(part or None for part in value))
        elif field in {"deadline", "said_on"}:
            yield _iso(value)
        else:
            yield value != "actual" if field == "future" else value or None


def _iso(value: str | date | None) -> date | None:
    return date.fromisoformat(value) if value and isinstance(value, str) else (value or None)


def _is_mirror(gold: GoldClaim, claim: Predicted) -> bool:
    """Return whether the claim tells the flow from the other side, where the words leave the side open."""
    ours, theirs = gold.measure, claim.measure
    flows = {ours.indicator, theirs.indicator} == {"exports", "imports"}
    return (
        "mirror" in gold.also and flows and (ours.reporter, ours.partner) == (theirs.partner, theirs.reporter)
    )


def _accepted_figures(gold: GoldClaim, text: str) -> Iterator[tuple[Anchor, Quantity]]:
    assert gold.quantity
    yield gold.anchor, gold.quantity
    for other in gold.also.get("figure", ()):
        start = text.index(other["exact"], max(0, gold.anchor.start - 80))
        anchor = Anchor(start=start, end=start + len(other["exact"]), exact=other["exact"])
        yield anchor, Quantity(value=Decimal(str(other["value"])), unit=other["unit"])


def _same_amount(right: Quantity, got: Quantity) -> bool:
    return (right.value, right.value_max, right.unit) == (abs(got.value), got.value_max, got.unit)


def _figure(claim: GoldClaim | Predicted) -> Figure:
    assert claim.quantity
    return claim.anchor.start, claim.anchor.end, claim.quantity.value, claim.quantity.unit


def _score(gold: GoldClaim, claim: Predicted) -> int:
    right = judge(gold, claim)
    return sum(right.values()) + 9 * (right["modality"] + right["role"]) + 3 * right["period"]


def _words(name: str) -> frozenset[str]:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return frozenset(re.findall(r"\w+", plain.replace("'s", "").casefold())) - _SMALL


def _both(indicator: str, pair: tuple[str | None, ...]) -> frozenset[str | None] | tuple[str | None, ...]:
    return frozenset(pair) if indicator in SYMMETRIC else pair


def _pair(claim: Predicted) -> frozenset[str | None] | tuple[str | None, ...]:
    measure = claim.measure
    deficit = measure.indicator == "balance" and claim.quantity is not None and claim.quantity.value < 0
    pair = (measure.reporter, measure.partner)
    return _both(measure.indicator, pair[::-1] if deficit else pair)


def _direction(claim: Predicted) -> str | None:
    return claim.comparison.direction if claim.comparison else None


def _base(claim: Predicted) -> tuple[date | None, date | None]:
    return (claim.comparison.base_start, claim.comparison.base_end) if claim.comparison else (None, None)


def _equal(right: object, got: object) -> bool:
    return right == got


def _always(_: GoldClaim) -> bool:
    return True


class Field(msgspec.Struct, frozen=True):
    """One judged field: how to read it, when two values agree, and of which gold claims it is asked."""

    get: Callable[[Predicted], Any]
    same: Callable[[Any, Any], bool] = _equal
    applies: Callable[[GoldClaim], bool] = _always


SYMMETRIC = {"total_trade", "contract", "other"}
FIELDS = {
    "role": Field(lambda claim: claim.role),
    "bound": Field(
        lambda claim: claim.quantity and claim.quantity.bound, applies=lambda gold: bool(gold.quantity)
    ),
    "indicator": Field(lambda claim: claim.measure.indicator),
    "pair": Field(_pair),
    "period": Field(lambda claim: (claim.period.start, claim.period.end, claim.period.relation)),
    "modality": Field(lambda claim: claim.modality),
    "future": Field(lambda claim: claim.modality != "actual"),
    "deadline": Field(lambda claim: claim.deadline),
    "sign": Field(_direction, applies=lambda gold: gold.role in {"change", "multiple"}),
    "negated": Field(lambda claim: claim.negated),
    "speaker": Field(lambda claim: claim.attribution.speaker, same_name),
    "said_on": Field(lambda claim: claim.said_on),
    "holder": Field(lambda claim: claim.attribution.holder, same_name),
    "base": Field(_base, applies=lambda gold: gold.role == "change"),
    "product": Field(lambda claim: claim.measure.product, same_name),
    "basis": Field(lambda claim: claim.measure.basis),
}
SHOWN_ONLY = {"future", "holder", "base", "product", "basis"}
WHOLE = tuple(field for field in FIELDS if field not in SHOWN_ONLY)
