"""Linking the documents of a ledger: a new one meets only those kept ones that share marks with it."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from tallyman.ids import content_id
from tallyman.link.index import MOST_POSTINGS, Linker, is_covered, marks, wanted
from tallyman.link.sketch import Sketch, sketch
from tallyman.model import Claim, Document, Link

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from tallyman.store import Store

    Told = tuple[Document, list[Claim]]
    Each = Callable[[Callable[[Told], Sketch], Sequence[Told]], list[Sketch]]

_SAME_TEXT = "it is the same text, character for character"


class Kept:
    """The linker of one ledger; of the documents kept there it fetches those it needs, once."""

    def __init__(self, store: Store) -> None:
        """Start with what ``store`` keeps."""
        self._store = store
        self._linker = Linker()
        self._known: set[str] = set()

    def add(self, documents: Iterable[Document], claims: Iterable[Claim], each: Each) -> list[Link]:
        """Link documents that are new in the ledger, keep their links and marks, and return the links.

        ``each`` applies a function to every input, as an engine's ``map`` does; sketches are made by it.
        """
        stated = _by_document(claims)
        new = each(sketched, [(document, stated[document.id]) for document in documents])
        self._fetch({mark for row in new for mark in wanted(row)}, {row.document_id for row in new})
        found: list[Link] = []
        marked: list[tuple[int, str]] = []
        for row in new:
            links = self._linker.add(row)
            found += links
            if not is_covered(links):
                marked += [(mark, row.document_id) for mark in marks(row)]
        self._known.update(row.document_id for row in new)
        self._store.add_links(found)
        self._store.add_marks(marked)
        return found

    def _fetch(self, sought: set[int], new: set[str]) -> None:
        near = self._store.marked(sorted(sought), fewer_than=MOST_POSTINGS)
        missing = [key for key in near if key not in self._known and key not in new]
        if not missing:
            return
        stated = _by_document(self._store.claims(document_ids=missing))
        for document in self._store.documents(ids=missing):
            self._linker.keep(sketch(document, stated[document.id]))
        self._known.update(missing)


def sketched(told: Told) -> Sketch:
    """Return the sketch of a document with its claims, for an engine's ``map``."""
    return sketch(*told)


def same_text(again: Document, kept: Document) -> Link | None:
    """Return the link from another address of a text to the document that has it, or ``None`` from its own."""
    address = again.url if again.url != kept.url else again.path
    if address is None or address in (kept.url, kept.path):
        return None
    return Link(
        id=content_id("lnk", "address", address, kept.id),
        kind="copy_of",
        from_id=address,
        to_id=kept.id,
        score=1.0,
        evidence=_SAME_TEXT,
    )


def _by_document(claims: Iterable[Claim]) -> defaultdict[str, list[Claim]]:
    found: defaultdict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        found[claim.document_id].append(claim)
    return found
