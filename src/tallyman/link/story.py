"""Stories: documents about one event, and how many independent sources they come from."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date
from typing import TYPE_CHECKING

from tallyman.ids import content_id
from tallyman.model import Document, Link, Story

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_ONE_WIRE = ("copy_of", "rewrite_of")
_ONE_EVENT = (*_ONE_WIRE, "same_event")


def stories(documents: Iterable[Document], links: Iterable[Link]) -> list[Story]:
    """Return the stories that documents tell, oldest first; a document without links is a story of its own.

    Copies and rewrites of one wire are one source, and so are documents that credit one agency. A rejected
    link joins nothing. A story keeps the id of its earliest document's text.

    >>> from tallyman.model import Document
    >>> [s.independent_sources for s in stories([Document(id="doc_1", sha256="", text="A")], [])]
    [1]
    """
    by_id = {document.id: document for document in documents}
    held = [link for link in links if _joins(link, by_id)]
    sources = families(by_id, held)
    told: defaultdict[str, list[Document]] = defaultdict(list)
    for key, first in joined(by_id, ((link.from_id, link.to_id) for link in held)).items():
        told[first].append(by_id[key])
    found = [_story(sorted(group, key=_order), sources) for group in told.values()]
    return sorted(found, key=lambda story: _order(by_id[story.earliest_id]))


def families(documents: Mapping[str, Document], links: Iterable[Link]) -> dict[str, str]:
    """Return for each document the id that stands for its source: the family of copies and rewrites it is in."""
    pairs = ((link.from_id, link.to_id) for link in links if link.kind in _ONE_WIRE and _joins(link, documents))
    return joined(documents, pairs)


def joined(members: Iterable[str], pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return for each member the least member of all that pairs connect it with.

    >>> joined("abcd", [("b", "a"), ("c", "b")])
    {'a': 'a', 'b': 'a', 'c': 'a', 'd': 'd'}
    """
    parent = {member: member for member in members}

    def root(member: str) -> str:
        while parent[member] != member:
            parent[member] = member = parent[parent[member]]
        return member

    for one, other in pairs:
        low, high = sorted((root(one), root(other)))
        parent[high] = low
    return {member: root(member) for member in parent}


def _joins(link: Link, documents: Mapping[str, Document]) -> bool:
    known = link.from_id in documents and link.to_id in documents
    return known and link.kind in _ONE_EVENT and link.judgement != "reject"


def _story(told: list[Document], sources: Mapping[str, str]) -> Story:
    credits = Counter(document.agency for document in told if document.agency)
    wire = credits.most_common(1)[0][0] if credits else None
    return Story(
        id=content_id("sty", told[0].id),
        document_ids=tuple(document.id for document in told),
        earliest_id=told[0].id,
        wire=wire,
        independent_sources=len(independent(told, sources)),
    )


def independent(told: Iterable[Document], sources: Mapping[str, str]) -> set[str]:
    """Return what stands for each independent source: a family, and families that credit one agency as one."""
    rows = list(told)
    pairs = [(sources[row.id], f"agency {row.agency}") for row in rows if row.agency]
    return {*joined({name for pair in pairs for name in pair} | {sources[row.id] for row in rows}, pairs).values()}


def _order(document: Document) -> tuple[date, str]:
    return (document.published_on or date.max, document.id)
