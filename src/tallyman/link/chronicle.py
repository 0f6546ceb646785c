"""What happened between two areas, in order: events, names, claims as first told, targets, and their outcomes."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import TYPE_CHECKING, Literal

from tallyman import quantity
from tallyman.link.claim import repetitions
from tallyman.link.named import Named, key
from tallyman.model import Anchor, Claim, Document, Noun, Target, TargetEvent

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from tallyman.link.events import Event

Kind = Literal["event", "claim", "commitment", "target", "outcome", "programme", "institution"]
_ORDER = ("event", "claim", "commitment", "target", "outcome", "programme", "institution")
_ALWAYS_ANOTHER = ("signing",)


class Entry(Noun, frozen=True, kw_only=True):
    """One line of a chronicle: the day, what it is, what is told, who tells it, and the records behind it.

    ``anchors`` are the figures, the word or the name in the document; ``sources`` is the least number of
    independent sources of the claims.
    """

    on: date | None
    kind: Kind
    text: str
    who: str | None = None
    place: str | None = None
    record_ids: tuple[str, ...]
    document_id: str | None = None
    anchors: tuple[Anchor, ...] = ()
    sources: int | None = None


def chronicle(
    pair: Collection[str],
    *,
    documents: Mapping[str, Document],
    claims: Iterable[Claim],
    events: Iterable[Event],
    named: Iterable[Named],
    targets: Iterable[tuple[Target, Iterable[TargetEvent]]],
    sources: Mapping[str, int],
    families: Mapping[str, str],
) -> list[Entry]:
    """Return the chronicle of a pair, oldest first, undated entries last.

    Of a claim only its first telling, a sentence with several claims once with all their figures; ``sources``
    says how many independent ones there are. An event belongs to the pair if its sentence names both areas, or
    if the document makes a claim about the pair; what copies and rewrites tell of it again (``families``) is
    left out. Programmes and institutions appear where such a document first names them.
    """
    about = [claim for claim in claims if {claim.measure.reporter, claim.measure.partner} == set(pair)]
    speaking = {claim.document_id for claim in about}
    happened = [row for row in events if row.document_id in speaking or set(pair) <= set(row.areas)]
    found = [
        *_claims(about, documents, sources),
        *_events(happened, documents, families),
        *_named((row for row in named if row.document_id in speaking), documents),
    ]
    for target, outcomes in targets:
        if {target.measure.reporter, target.measure.partner} == set(pair):
            found.append(_target(target))
            found += [_outcome(row) for row in outcomes if row.status != "open"]
    return sorted(found, key=_place)


def _place(row: Entry) -> tuple[object, ...]:
    """By day, kind, document and place in it."""
    start = row.anchors[0].start if row.anchors else 0
    return (row.on or date.max, _ORDER.index(row.kind), row.document_id or "", start, row.record_ids)


def _claims(
    claims: Iterable[Claim], documents: Mapping[str, Document], sources: Mapping[str, int]
) -> list[Entry]:
    """Return one entry for each sentence that tells a claim first, with all its figures."""
    sentences: defaultdict[tuple[str, int, Kind], list[Claim]] = defaultdict(list)
    rows = list(claims)
    for claim in rows:
        sentences[_sentence(claim)].append(claim)
    first = dict.fromkeys(_sentence(group[0]) for group in repetitions(rows, documents.values()))
    return [_claim(key, sentences[key], documents, sources) for key in first]


def _sentence(claim: Claim) -> tuple[str, int, Kind]:
    promised = claim.modality == "commitment" or claim.measure.indicator == "contract"
    return (claim.document_id, claim.clause.start, "commitment" if promised else "claim")


def _claim(
    key: tuple[str, int, Kind],
    told: list[Claim],
    documents: Mapping[str, Document],
    sources: Mapping[str, int],
) -> Entry:
    document_id, _, kind = key
    told = sorted(told, key=lambda claim: claim.anchor.start)
    figures = dict.fromkeys(claim.anchor.exact for claim in told)
    by = told[0].attribution
    return Entry(
        on=told[0].said_on or documents[document_id].published_on,
        kind=kind,
        text=f"{', '.join(figures)}: {' '.join(told[0].clause.exact.split())}",
        who=by.holder or by.speaker,
        record_ids=tuple(claim.id for claim in told),
        document_id=document_id,
        anchors=tuple(claim.anchor for claim in told),
        sources=min((sources[claim.id] for claim in told if claim.id in sources), default=None),
    )


def _events(
    events: Iterable[Event], documents: Mapping[str, Document], families: Mapping[str, str]
) -> list[Entry]:
    """Return one entry an event: one day, kind and source, with people in common or none named."""
    told: defaultdict[tuple[object, ...], list[list[Event]]] = defaultdict(list)
    for row in events:
        on = row.on or documents[row.document_id].published_on
        same = told[on, row.kind, families.get(row.document_id, row.document_id)]
        known = next((group for group in same if _is_again(row, group)), None)
        if known is None:
            same.append([row])
        else:
            known.append(row)
    return [_event(group, documents) for groups in told.values() for group in groups]


def _is_again(row: Event, group: list[Event]) -> bool:
    if row.kind in _ALWAYS_ANOTHER and any(row.document_id == one.document_id for one in group):
        return False
    people = {name for one in group for name in _last_names(one)}
    return not people or not row.people or bool(people & _last_names(row))


def _last_names(row: Event) -> set[str]:
    return {name.split()[-1] for name in row.people}


def _event(group: list[Event], documents: Mapping[str, Document]) -> Entry:
    row = group[0]
    people: dict[str, str] = {}
    for name in (name for one in group for name in one.people):
        people.setdefault(name.split()[-1], name)
    return Entry(
        on=row.on or documents[row.document_id].published_on,
        kind="event",
        text=f"{row.kind}: {' '.join(row.clause.exact.split())}",
        who=", ".join(people.values()) or None,
        place=next((one.place for one in group if one.place), None),
        record_ids=tuple(one.id for one in group),
        document_id=row.document_id,
        anchors=(row.anchor,),
    )


def _named(named: Iterable[Named], documents: Mapping[str, Document]) -> list[Entry]:
    """Return one entry a name, where the earliest document has it."""
    first: dict[str, Entry] = {}
    for row in sorted(named, key=lambda row: (documents[row.document_id].published_on or date.max, row.id)):
        entry = Entry(
            on=documents[row.document_id].published_on,
            kind=row.kind,
            text=f"{row.anchor.exact}: {' '.join(row.clause.exact.split())}",
            record_ids=(row.id,),
            document_id=row.document_id,
            anchors=(row.anchor,),
        )
        first.setdefault(key(row.anchor.exact), entry)
    return list(first.values())


def _target(target: Target) -> Entry:
    due = f" by {target.deadline}" if target.deadline else ", no deadline"
    text = f"{quantity.format(target.quantity)}{due}"
    return Entry(on=target.set_on, kind="target", text=text, who=target.set_by, record_ids=(target.id,))


def _outcome(row: TargetEvent) -> Entry:
    return Entry(
        on=row.on, kind="outcome", text=row.explanation, who=row.provider, record_ids=(row.target_id,)
    )
