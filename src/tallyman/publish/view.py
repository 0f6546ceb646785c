"""What the pages show: each noun with what belongs to it, so that templates only lay out."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date
from typing import TYPE_CHECKING, get_args

from tallyman.model import Claim, Document, Label, Noun, Observation, Story, Target, TargetEvent, Verdict
from tallyman.publish.marks import Segment, segments
from tallyman.quantity import currencies

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tallyman.model import Measure
    from tallyman.providers.catalogue import Provider
    from tallyman.publish.report import ReportData

LABELS: tuple[str, ...] = (*get_args(Label), "none")


class ClaimView(Noun, frozen=True, kw_only=True):
    """A claim with its document, its two verdicts and the rows that decided."""

    claim: Claim
    document: Document
    then: Verdict | None
    today: Verdict | None
    evidence: tuple[Observation, ...]

    @property
    def evidence_ids(self) -> tuple[str, ...]:
        """The ids of those rows."""
        return tuple(row.id for row in self.evidence)

    @property
    def label_then(self) -> str:
        """The label as known on the day it was said, or "none"."""
        return self.then.label if self.then else "none"

    @property
    def label_today(self) -> str:
        """The label as known today, or "none"."""
        return self.today.label if self.today else "none"


class DocumentView(Noun, frozen=True, kw_only=True):
    """A document cut at its claims, and the documents that tell the same story."""

    document: Document
    segments: tuple[Segment, ...]
    claims: tuple[ClaimView, ...]
    same_story: tuple[Document, ...]


class TargetView(Noun, frozen=True, kw_only=True):
    """A target, what became of it by each provider, and the claims that state it."""

    target: Target
    status: str
    outcome: TargetEvent | None
    events: tuple[TargetEvent, ...]
    claims: tuple[ClaimView, ...]

    @property
    def progress(self) -> float | None:
        """How much of the amount the leading count has reached, 1 for all; None where that cannot be told."""
        quantity, value = self.target.quantity, self.outcome.value if self.outcome else None
        if value is None or quantity.unit not in currencies() or quantity.value <= 0:
            return None
        return float(value / quantity.value)

    @property
    def counted(self) -> tuple[TargetEvent, ...]:
        """The leading event and those that rest on a figure."""
        return tuple(event for place, event in enumerate(self.events) if not place or event.evidence)

    @property
    def silent(self) -> tuple[TargetEvent, ...]:
        """The events of providers that have counted nothing yet."""
        return tuple(event for event in self.events[1:] if not event.evidence)


class Moment(Noun, frozen=True, kw_only=True):
    """One day in the life of a target: it was told in a claim, something became of it, or it was set."""

    on: date | None
    view: TargetView
    claim: ClaimView | None = None
    event: TargetEvent | None = None


class SpeakerView(Noun, frozen=True, kw_only=True):
    """Somebody who holds or says claims, with the number of claims for each verdict of today."""

    speaker: str
    claims: int
    supported: int = 0
    refuted: int = 0
    conflicting: int = 0
    not_enough_evidence: int = 0
    not_checkable: int = 0


class PairView(Noun, frozen=True, kw_only=True):
    """A pair of areas and how many claims are about it."""

    pair: str
    claims: int


class StoryView(Noun, frozen=True, kw_only=True):
    """A story with the documents that tell it, the first one first."""

    story: Story
    documents: tuple[Document, ...]

    @property
    def title(self) -> str:
        """The headline of the first report."""
        first = self.documents[0]
        return first.title or first.path or first.id


class SourceView(Noun, frozen=True, kw_only=True):
    """A provider and its rows that stand as evidence on the page."""

    provider: str
    address: str | None
    rows: tuple[Observation, ...]


def claim_views(data: ReportData) -> tuple[ClaimView, ...]:
    """Return the claims in the order of their documents and places, each with its verdicts."""
    documents = {document.id: (place, document) for place, document in enumerate(data.documents)}
    then = {verdict.claim_id: verdict for verdict in data.verdicts_then}
    today = {verdict.claim_id: verdict for verdict in data.verdicts_today}
    rows = {row.id: row for row in data.observations}
    known = [claim for claim in data.claims if claim.document_id in documents]
    known.sort(key=lambda claim: (documents[claim.document_id][0], claim.anchor.start, claim.id))
    return tuple(
        ClaimView(
            claim=claim,
            document=documents[claim.document_id][1],
            then=then.get(claim.id),
            today=today.get(claim.id),
            evidence=tuple(
                rows[key] for key in evidence_ids(then.get(claim.id), today.get(claim.id)) if key in rows
            ),
        )
        for claim in known
    )


def document_views(data: ReportData, claims: Iterable[ClaimView]) -> tuple[DocumentView, ...]:
    """Return the documents in their order, cut at their claims."""
    own: defaultdict[str, list[ClaimView]] = defaultdict(list)
    for view in claims:
        own[view.document.id].append(view)
    documents = {document.id: document for document in data.documents}
    told: defaultdict[str, list[str]] = defaultdict(list)
    for story in data.stories:
        for document_id in story.document_ids:
            told[document_id] += [other for other in story.document_ids if other != document_id]
    return tuple(
        DocumentView(
            document=document,
            segments=tuple(segments(document, (view.claim for view in own[document.id]))),
            claims=tuple(own[document.id]),
            same_story=tuple(documents[other] for other in told[document.id] if other in documents),
        )
        for document in data.documents
    )


def published(document: Document) -> tuple[date, str]:
    """Return the place of a document among others by the day it was published, undated ones first."""
    return (document.published_on or date.min, document.id)


def story_views(data: ReportData) -> tuple[StoryView, ...]:
    """Return the stories with those of their documents that the report has, the latest story first."""
    documents = {document.id: document for document in data.documents}
    told = [
        StoryView(
            story=story,
            documents=tuple(
                sorted((documents[key] for key in story.document_ids if key in documents), key=published)
            ),
        )
        for story in data.stories
    ]
    return tuple(
        sorted(
            (row for row in told if row.documents), key=lambda row: published(row.documents[0]), reverse=True
        )
    )


def target_views(data: ReportData, claims: Iterable[ClaimView]) -> tuple[TargetView, ...]:
    """Return the targets with what became of them by ``data.as_of``; the first event of each leads."""
    by_claim = {view.claim.id: view for view in claims}
    events: defaultdict[str, list[TargetEvent]] = defaultdict(list)
    for event in data.events:
        if event.on <= data.as_of:
            events[event.target_id].append(event)
    return tuple(_target(target, events[target.id], by_claim) for target in data.targets)


def history(shown: TargetView) -> tuple[Moment, ...]:
    """Return the life of a target in the order of its days, from the claims that tell it to what became of it."""
    told = [
        Moment(on=row.claim.said_on or row.document.published_on, view=shown, claim=row)
        for row in shown.claims
    ]
    became = [Moment(on=event.on, view=shown, event=event) for event in shown.counted]
    return tuple(sorted((*told, *became), key=lambda moment: moment.on or date.min))


def chronicle(targets: Iterable[TargetView]) -> tuple[Moment, ...]:
    """Return the days on which targets were set and decided, the latest first."""
    moments = []
    for row in targets:
        if row.target.set_on is not None:
            moments.append(Moment(on=row.target.set_on, view=row))
        moments += [
            Moment(on=event.on, view=row, event=event) for event in row.counted if event.status != "open"
        ]
    return tuple(
        sorted(moments, key=lambda moment: (moment.on or date.min, moment.view.target.id), reverse=True)
    )


def _target(target: Target, events: list[TargetEvent], claims: Mapping[str, ClaimView]) -> TargetView:
    outcome = events[0] if events else None
    return TargetView(
        target=target,
        status=outcome.status if outcome else "open",
        outcome=outcome,
        events=tuple(events),
        claims=tuple(claims[claim_id] for claim_id in target.claim_ids if claim_id in claims),
    )


def source_views(claims: Iterable[ClaimView], providers: Mapping[str, Provider]) -> tuple[SourceView, ...]:
    """Return the providers whose rows stand as evidence, by rank, with those rows by period."""
    rows = {row.id: row for view in claims for row in view.evidence}
    by_provider: defaultdict[str, list[Observation]] = defaultdict(list)
    for row in rows.values():
        by_provider[row.provider].append(row)
    order = [code for code in providers if code in by_provider]
    order += sorted(code for code in by_provider if code not in providers)
    return tuple(
        SourceView(
            provider=code,
            address=providers[code].address if code in providers else None,
            rows=tuple(sorted(by_provider[code], key=_age)),
        )
        for code in order
    )


def speaker_views(counts: Mapping[str, Mapping[str, int]]) -> tuple[SpeakerView, ...]:
    """Return a record for each speaker from counts of verdicts by speaker, the busiest first."""
    records = [
        SpeakerView(
            speaker=speaker,
            claims=sum(labels.values()),
            **{label: count for label, count in labels.items() if label != "none"},
        )
        for speaker, labels in counts.items()
    ]
    return tuple(sorted(records, key=lambda record: (-record.claims, record.speaker)))


def pair_key(measure: Measure) -> str | None:
    """Return the key of a pair, the same for both directions, or None where an area is missing: ``CN-RU``."""
    if measure.reporter is None or measure.partner is None:
        return None
    return "-".join(sorted((measure.reporter, measure.partner)))


def pair_views(claims: Iterable[Claim]) -> tuple[PairView, ...]:
    """Return the pairs that claims are about, the busiest first."""
    counts = Counter(key for claim in claims if (key := pair_key(claim.measure)))
    return tuple(
        PairView(pair=key, claims=count)
        for key, count in sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    )


def speaker(claim: Claim) -> str | None:
    """Return whose claim it is: who holds it, else who says it; None if it is nobody's."""
    return claim.attribution.holder or claim.attribution.speaker


def speaker_counts(claims: Iterable[ClaimView]) -> dict[str, dict[str, int]]:
    """Return how many claims of each speaker carry each verdict today; nameless claims are left out."""
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for shown in claims:
        name = speaker(shown.claim)
        if name is not None:
            counts[name][shown.label_today] += 1
    return {name: dict(labels) for name, labels in counts.items()}


def label_counts(claims: Iterable[ClaimView]) -> dict[str, int]:
    """Return how many claims carry each label today, in the order of the labels, without the absent ones."""
    counts = Counter(view.label_today for view in claims)
    return {label: counts[label] for label in LABELS if counts[label]}


def evidence_ids(*verdicts: Verdict | None) -> tuple[str, ...]:
    """Return the ids of the observations that verdicts stand on, their findings' too, each once."""
    return tuple(
        dict.fromkeys(
            row_id
            for verdict in verdicts
            if verdict
            for row_id in (
                *verdict.evidence,
                *(row for finding in verdict.findings for row in finding.evidence),
            )
        )
    )


def _age(row: Observation) -> tuple[str, str, str]:
    return (str(row.measure.partner), str(row.period.end), str(row.released_on))
