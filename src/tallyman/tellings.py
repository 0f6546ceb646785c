"""Who tells what again: the stories of a ledger, its links and judgements, drift, corroboration, chronicles."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING, Literal, TypeVar

from msgspec import structs

from tallyman import extract, link, track
from tallyman.model import TallymanError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date, datetime

    from tallyman.model import Claim, Document, Link, Target, TargetEvent
    from tallyman.store import Store

    Followed = tuple[Target, tuple[TargetEvent, ...]]

_Row = TypeVar("_Row")


class Tellings:
    """The views of a ledger that links make possible; ``targets`` gives what became of each target by a day.

    What the ledger keeps is read once, when it is first needed: ask for new views after adding to it.
    """

    def __init__(self, store: Store, targets: Callable[[date], list[Followed]]) -> None:
        """Look at what ``store`` keeps."""
        self._store = store
        self._targets = targets

    @cached_property
    def documents(self) -> list[Document]:
        """The documents by day of publication, undated ones last."""
        return self._store.documents()

    @cached_property
    def claims(self) -> list[Claim]:
        """The claims by document and place in it."""
        return self._store.claims()

    @cached_property
    def _kept(self) -> list[Link]:
        return self._store.links()

    @cached_property
    def _families(self) -> dict[str, str]:
        return link.families({row.id: row for row in self.documents}, self._kept)

    def stories(self, *, as_of: date) -> list[link.Told]:
        """Return the stories that reports told by ``as_of``, oldest first; undated reports are always among them."""
        told = [row for row in self.documents if row.published_on is None or row.published_on <= as_of]
        return link.told(told, self._kept)

    def story(self, story_id: str, *, as_of: date) -> link.Told:
        """Return one story by its id, that of a document in it, or the first letters of either."""
        told = self.stories(as_of=as_of)
        found = [row for row in told if any(key.startswith(story_id) for key in _keys(row))]
        return _one(found, story_id, "story", "tallyman stories --format jsonl")

    def links(self) -> list[Link]:
        """Return all links: of documents as kept, of claims and targets as they follow from the claims."""
        register = track.targets(self.claims, self.documents, self._kept)
        computed = [*link.same_claims(self.claims, self.documents), *track.links(register, self.claims)]
        there = {row.id for row in self._kept}
        return [*self._kept, *(row for row in computed if row.id not in there)]

    def judge(
        self, link_id: str, judgement: Literal["accept", "reject"], *, judged_at: datetime, judged_by: str
    ) -> Link:
        """Accept or reject a link; the latest word counts, and all earlier ones are kept. Return the link.

        Refuses an id that no link, or more than one, begins with.
        """
        found = [row for row in self.links() if row.id.startswith(link_id)]
        judged = _one(found, link_id, "link", "tallyman story ID")
        with self._store.transaction():
            self._store.add_links([judged])
            self._store.add_judgement(judged.id, judgement, judged_at=judged_at, judged_by=judged_by)
        for view in ("_kept", "_families"):
            self.__dict__.pop(view, None)
        return structs.replace(judged, judgement=judgement)

    def drift(self, target_id: str, *, as_of: date) -> list[link.Retelling]:
        """Return how a target changed from telling to telling, with its neighbours of one amount or deadline.

        Refuses an id that no target, or more than one, begins with.
        """
        register = [target for target, _ in self._targets(as_of)]
        found = [row for row in register if row.id.startswith(target_id)]
        target = _one(found, target_id, "target", "tallyman targets --format jsonl")
        near = {change.claim_id for change in track.drift(target, self.claims, register)}
        told = {key for row in register if near & {*row.claim_ids} for key in row.claim_ids} | {
            *target.claim_ids
        }
        claims = (row for row in self.claims if row.id in told)
        return link.tree(claims, {row.id: row for row in self.documents})

    def chronicle(self, pair: tuple[str, str], *, as_of: date) -> list[link.Entry]:
        """Return what happened between two areas by ``as_of``: events, claims, targets and their outcomes."""
        documents = {
            row.id: row for row in self.documents if not row.published_on or row.published_on <= as_of
        }
        claims = [row for row in self.claims if row.document_id in documents]
        stated: defaultdict[str, list[Claim]] = defaultdict(list)
        for claim in claims:
            stated[claim.document_id].append(claim)
        return link.chronicle(
            pair,
            documents=documents,
            claims=claims,
            events=[event for row in documents.values() for event in _events(row, stated[row.id])],
            named=[name for row in documents.values() if stated[row.id] for name in link.named(row)],
            targets=self._targets(as_of),
            sources=self.corroboration(),
            families=self._families,
        )

    def copies(self) -> dict[str, tuple[str, ...]]:
        """Return for each document the ids of all that are one source with it: copies and rewrites, itself too."""
        sources: dict[str, list[str]] = {}
        for key, first in self._families.items():
            sources.setdefault(first, []).append(key)
        return {key: tuple(told) for told in sources.values() for key in told}

    def copies_of(self, document: Document, claims: Iterable[Claim], among: Iterable[str]) -> tuple[str, ...]:
        """Return the ids of those documents ``among`` the kept ones that copy or rewrite one that is not kept."""
        ids = sorted(among)
        stated: dict[str, list[Claim]] = {key: [] for key in ids}
        for claim in self._store.claims(document_ids=ids):
            stated[claim.document_id].append(claim)
        new = link.sketch(document, claims)
        near = (link.compare(new, link.sketch(row, stated[row.id])) for row in self._store.documents(ids=ids))
        return tuple(row.to_id for row in near if row is not None and row.kind in link.ONE_WIRE)

    def corroboration(self) -> dict[str, int]:
        """Return for each claim with a figure how many independent sources carry it; copies count once."""
        rejected = frozenset(row.id for row in self._kept if row.judgement == "reject")
        return link.corroboration(self.claims, self.documents, self._families, rejected)


def _events(document: Document, claims: Iterable[Claim]) -> list[link.Event]:
    told = (row.attribution for row in claims)
    speakers = {name for row in told for name in (row.speaker, row.holder) if name}
    return link.events(document, extract.periods(document.text, document.published_on), sorted(speakers))


def _one(found: list[_Row], key: str, what: str, command: str) -> _Row:
    if len(found) != 1:
        reason = f"{len(found)} of them begin so" if found else f"no such {what} in this ledger"
        raise TallymanError(f"{key}: {reason}; list the ids with: {command}")
    return found[0]


def _keys(told: link.Told) -> tuple[str, ...]:
    return (told.story.id, *told.story.document_ids)
