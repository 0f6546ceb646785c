"""Documents into a ledger: batch by batch, each one transaction, so a crash loses at most the batch under way."""

from __future__ import annotations

from collections import defaultdict
from itertools import islice
from typing import TYPE_CHECKING

from tallyman import __version__, extract, link
from tallyman.answers import Summary
from tallyman.engines.local import Local
from tallyman.model import Document, Reject
from tallyman.providers import releases

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from tallyman.model import Claim, Link, Observation
    from tallyman.store import Store

_BATCH = 100


class Intake:
    """Reads documents into a store: their claims, the figures they quote, and what links them to others."""

    def __init__(self, store: Store) -> None:
        """Fill ``store``."""
        self._store = store
        self._linked = link.Kept(store)

    def add(self, found: Iterable[Document | Reject], *, today: date | None, workers: int) -> Summary:
        """Add documents with their claims, and what was refused; a document dated after ``today`` is refused."""
        summary = Summary()
        waiting = iter(found)
        with Local(workers) as engine:
            while batch := list(islice(waiting, _BATCH)):
                summary = _joined(summary, self._add_batch(batch, today, engine))
        return summary

    def _add_batch(self, batch: list[Document | Reject], today: date | None, engine: Local) -> Summary:
        ids = [row.id for row in batch if isinstance(row, Document)]
        with self._store.transaction():
            there = {document.id: document for document in self._store.documents(ids=ids)}
            found = [_refused_if_redated(_refused_if_ahead(row, today), there) for row in batch]
            documents = {row.id: row for row in found if isinstance(row, Document)}
            rejects = tuple(row for row in found if isinstance(row, Reject))
            new = [document for key, document in documents.items() if key not in there]
            due = self._store.unread([*documents], __version__)
            unread = [there.get(key, document) for key, document in documents.items() if key in due]
            claims = [claim for part in engine.map(extract.claims, unread) for claim in part]
            self._store.add_documents(new)
            new_claims = self._store.add_claims(claims)
            self._store.add_observations(_quoted(unread, claims))
            self._store.add_readings((document.id for document in unread), __version__)
            self._store.add_rejects(rejects)
            self._linked.add(new, claims, engine.map)
            self._store.add_links(_same_texts(found, documents | there))
        seen = len(found) - len(rejects)
        return Summary(documents=seen, new_documents=len(new), new_claims=new_claims, rejects=rejects)


def _quoted(documents: Iterable[Document], claims: Iterable[Claim]) -> Iterator[Observation]:
    """Yield the figures of statistical offices that documents quote, as second-hand prints."""
    stated: defaultdict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        stated[claim.document_id].append(claim)
    for document in documents:
        yield from releases.observations(document, stated[document.id])


def _refused_if_ahead(row: Document | Reject, today: date | None) -> Document | Reject:
    if isinstance(row, Reject) or today is None or row.published_on is None or row.published_on <= today:
        return row
    reason = f"it is dated {row.published_on}, which is still to come"
    return Reject(source=row.path or row.id, reason=reason, fix="give its day with --published")


def _refused_if_redated(row: Document | Reject, there: Mapping[str, Document]) -> Document | Reject:
    """Refuse a report of the ledger that is read again with another day given: what is kept never changes."""
    if isinstance(row, Reject) or row.id not in there or row.date_basis != "metadata":
        return row
    kept = there[row.id]
    if (kept.path, kept.url) != (row.path, row.url) or kept.published_on == row.published_on:
        return row
    reason = f"it is in the ledger already, dated {kept.published_on or 'not at all'}"
    return Reject(
        source=row.path or row.id, reason=reason, fix="read it into a new ledger to date it otherwise"
    )


def _same_texts(found: Iterable[Document | Reject], kept: Mapping[str, Document]) -> list[Link]:
    """Return the links of addresses at which a text of the ledger was found again."""
    rows = (row for row in found if isinstance(row, Document))
    return [same for row in rows if (same := link.same_text(row, kept[row.id]))]


def _joined(one: Summary, other: Summary) -> Summary:
    return Summary(
        documents=one.documents + other.documents,
        new_documents=one.new_documents + other.new_documents,
        new_claims=one.new_claims + other.new_claims,
        rejects=one.rejects + other.rejects,
    )
