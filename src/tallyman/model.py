"""The nouns of Tallyman: frozen records that every floor shares.

Dates follow four rules that are never mixed: ``period`` is what a figure is about, ``said_on`` the day it
was said, ``published_on`` the day the report appeared, ``released_on`` the day a statistic became known.
A name that ends in ``_on`` is a date, in ``_at`` a UTC timestamp; ``as_of`` is a parameter, never a field
of a source record. Money and other amounts are exact decimals in full units ("$40 billion" is 40000000000).
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from html import escape
from textwrap import shorten
from typing import Literal

import msgspec

DateBasis = Literal["metadata", "dateline", "text", "inferred", "none"]
Bound = Literal["exact", "about", "at_least", "at_most", "range"]
PeriodRelation = Literal["during", "by", "since", "until", "before", "year_to_date"]
Indicator = Literal[
    "total_trade", "exports", "imports", "balance", "investment", "contract", "output", "other"
]
Role = Literal["level", "change", "share", "multiple", "rank"]
Modality = Literal["actual", "target", "forecast", "potential", "commitment"]
Manner = Literal["direct", "indirect", "none"]
Basis = Literal["goods", "goods_and_services", "services", "non_oil", "unspecified"]
ObservationStatus = Literal["normal", "rounded", "computed", "converted", "corrected", "suspect"]
ReleaseKind = Literal["source", "recap", "assumed", "known_by", "second_hand"]
Label = Literal["supported", "refuted", "conflicting", "not_enough_evidence", "not_checkable"]
TargetStatus = Literal["open", "met", "met_early", "missed", "superseded", "withdrawn", "untestable"]


_LONGEST = 300


class Noun(msgspec.Struct, frozen=True, kw_only=True):
    """Base of all records: immutable, compared by value, built with keywords only.

    A notebook shows a record as a table of those of its fields that say something.
    """

    def _repr_html_(self) -> str:
        return _shown(self)


class Anchor(Noun, frozen=True, kw_only=True):
    """A half-open span in code points of a document's text: ``text[start:end] == exact``."""

    start: int
    end: int
    exact: str


class Quantity(Noun, frozen=True, kw_only=True):
    """An amount as printed: ``value`` in full units of ``unit``, ``value_max`` only for a range.

    ``unit`` is an ISO 4217 code, ``percent``, ``pp``, ``times``, ``count`` or a physical unit
    (``t``, ``m3``, ``bbl``, ``bbl/d``, ``kWh``). ``step`` is one unit of the last written digit, in full
    units: "$146.9 billion" has step 100000000.
    """

    value: Decimal
    value_max: Decimal | None = None
    unit: str
    bound: Bound = "exact"
    step: Decimal | None = None


class Period(Noun, frozen=True, kw_only=True):
    """The time a figure is about: inclusive days, ``None`` where the text gives no evidence."""

    start: date | None = None
    end: date | None = None
    relation: PeriodRelation | None = None
    text: str | None = None


class Measure(Noun, frozen=True, kw_only=True):
    """What is measured: exports and imports are always seen from the reporter's side."""

    indicator: Indicator
    reporter: str | None = None
    partner: str | None = None
    product: str | None = None
    basis: Basis = "unspecified"


class Comparison(Noun, frozen=True, kw_only=True):
    """What a change, share or multiple is measured against; ``value`` is a magnitude."""

    direction: Literal["up", "down", "unchanged"] | None = None
    value: Decimal | None = None
    unit: str | None = None
    base: str | None = None
    base_start: date | None = None
    base_end: date | None = None
    base_value: Decimal | None = None


class Attribution(Noun, frozen=True, kw_only=True):
    """Who tells the claim: ``speaker`` says it, ``holder`` holds it, ``relayed_by`` passes it on."""

    speaker: str | None = None
    speaker_role: str | None = None
    holder: str | None = None
    relayed_by: str | None = None
    manner: Manner = "none"


class Cue(Noun, frozen=True, kw_only=True):
    """The words that decided one field of a claim, and the rule that read them."""

    field: str
    rule: str
    anchor: Anchor


class Origin(Noun, frozen=True, kw_only=True):
    """What produced a record."""

    extractor: str
    version: str
    rule: str


class Document(Noun, frozen=True, kw_only=True):
    """One report as read; ``text`` is final and all anchors refer to it.

    ``id`` is a hash of the content, so the same text read twice is one document. ``date_basis`` says where
    ``published_on`` comes from; without evidence it is ``none`` and relative periods stay empty.
    """

    id: str
    text: str
    sha256: str
    path: str | None = None
    url: str | None = None
    outlet: str | None = None
    agency: str | None = None
    title: str | None = None
    language: str = "und"
    published_on: date | None = None
    date_basis: DateBasis = "none"
    retrieved_at: datetime | None = None
    reader: str | None = None


class Claim(Noun, frozen=True, kw_only=True):
    """One figure, target, forecast or rank about trade, with its exact place in a document."""

    id: str
    document_id: str
    path: str | None
    anchor: Anchor
    clause: Anchor
    quantity: Quantity | None
    role: Role
    measure: Measure
    period: Period
    modality: Modality
    deadline: date | None = None
    comparison: Comparison | None = None
    attribution: Attribution = Attribution()
    said_on: date | None = None
    negated: bool = False
    confidence: float = 1.0
    cues: tuple[Cue, ...] = ()
    origin: Origin


class Observation(Noun, frozen=True, kw_only=True):
    """One number of official statistics as one release printed it; never updated, only added to.

    ``value`` is in full units for ``role`` "level" and in percent for "change" (year on year; negative is a
    fall). ``currency`` is the currency the series is counted in, also for printed growth. ``released_on`` is
    the day the world could know it. A second-hand observation names in ``document_id`` the report that quoted it.
    """

    id: str
    provider: str
    measure: Measure
    role: Literal["level", "change"]
    period: Period
    value: Decimal
    unit: str
    currency: str | None = None
    step: Decimal | None = None
    status: ObservationStatus = "normal"
    released_on: date
    release_kind: ReleaseKind
    retrieved_at: datetime | None = None
    source_url: str | None = None
    document_id: str | None = None
    note: str | None = None


class Finding(Noun, frozen=True, kw_only=True):
    """The judgement of one provider on one claim."""

    provider: str
    label: Label
    observed: Decimal | None = None
    evidence: tuple[str, ...] = ()
    explanation: str


class Verdict(Noun, frozen=True, kw_only=True):
    """What official statistics known on ``as_of`` say of a claim.

    ``interval_low`` and ``interval_high`` are what the words claim, in the claim's unit; ``deviation`` is the
    observed value minus the nearest end of the interval (zero inside). ``evidence`` lists observation ids.
    """

    claim_id: str
    as_of: date
    label: Label
    observed: Decimal | None = None
    deviation: Decimal | None = None
    interval_low: Decimal | None = None
    interval_high: Decimal | None = None
    evidence: tuple[str, ...] = ()
    rule: str
    explanation: str
    findings: tuple[Finding, ...] = ()
    suspicions: tuple[str, ...] = ()


class Target(Noun, frozen=True, kw_only=True):
    """An amount somebody wants trade to reach, followed to its end.

    ``rule`` says what counts as met (``annual``, ``cumulative``); ``claim_ids`` are all claims that state it.
    """

    id: str
    measure: Measure
    quantity: Quantity
    deadline: date | None
    rule: Literal["annual", "cumulative"] = "annual"
    set_on: date | None = None
    set_by: str | None = None
    told_by: str | None = None
    relayed_by: str | None = None
    supersedes: str | None = None
    claim_ids: tuple[str, ...] = ()


class TargetEvent(Noun, frozen=True, kw_only=True):
    """The status of a target from ``on`` (the day it could be known), per provider."""

    target_id: str
    on: date
    status: TargetStatus
    provider: str | None = None
    period: Period | None = None
    value: Decimal | None = None
    months_ahead: int | None = None
    evidence: tuple[str, ...] = ()
    explanation: str


class Story(Noun, frozen=True, kw_only=True):
    """Documents about one event; copies and rewrites of one wire count as one source."""

    id: str
    document_ids: tuple[str, ...]
    earliest_id: str
    wire: str | None = None
    independent_sources: int = 1


class Link(Noun, frozen=True, kw_only=True):
    """A scored relation between two records that a person can accept or reject."""

    id: str
    kind: Literal["copy_of", "rewrite_of", "same_event", "same_claim", "restates", "supersedes", "resolves"]
    from_id: str
    to_id: str
    score: float
    evidence: str
    judgement: Literal["accept", "reject"] | None = None


class Forecast(Noun, frozen=True, kw_only=True):
    """A distribution issued on a day from what was known as of a day; never changed afterwards."""

    id: str
    provider: str
    measure: Measure
    period: Period
    issued_on: date
    as_of: date
    method: str
    quantiles: dict[str, float]
    threshold: float | None = None
    probability: float | None = None


class Score(Noun, frozen=True, kw_only=True):
    """How a resolved forecast fared on one metric."""

    forecast_id: str
    outcome: float
    metric: str
    value: float


class Reject(Noun, frozen=True, kw_only=True):
    """An input that was not used, and why: where it is, what is wrong, how to mend it."""

    source: str
    place: str | None = None
    reason: str
    fix: str


class TallymanError(Exception):
    """One clear sentence that names the input, the place and the fix."""


def _shown(value: object) -> str:
    if isinstance(value, Noun):
        known = ((name, getattr(value, name)) for name in value.__struct_fields__)
        rows = (
            f'<tr><th style="text-align: left">{name}</th><td style="text-align: left">{_shown(part)}</td></tr>'
            for name, part in known
            if part not in (None, "", ())
        )
        return f"<table>{''.join(rows)}</table>"
    if isinstance(value, tuple | list):
        return "<br>".join(map(_shown, value))
    return escape(shorten(str(value), _LONGEST))
