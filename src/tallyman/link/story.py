"""Stories: documents about one event, and how many independent sources they come from."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date
from typing import TYPE_CHECKING

from tallyman.ids import content_id
from tallyman.link.wires import wire
from tallyman.model import Document, Link, Noun, Story

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

ONE_WIRE = ("copy_of", "rewrite_of")
_ONE_EVENT = (*ONE_WIRE, "same_event")


class Told(Noun, frozen=True, kw_only=True):
    """A story with its documents, oldest first, the paths of all of them, and the links that join them.

    ``paths`` has also the addresses at which a text was found again, character for character.
    """

    story: Story
    documents: tuple[Document, ...]
    paths: tuple[str, ...]
    links: tuple[Link, ...]


def told(documents: Iterable[Document], links: Iterable[Link]) -> list[Told]:
    """Return the stories with all that belongs to them, oldest first; rejected links are shown too."""
    by_id = {document.id: document for document in documents}
    rows = list(links)
    of: defaultdict[str, list[Link]] = defaultdict(list)
    for link in rows:
        of[link.to_id].append(link)
        of[link.from_id].append(link)
    return [_told(story, by_id, of) for story in stories(by_id.values(), rows)]


def _told(story: Story, by_id: Mapping[str, Document], of: Mapping[str, list[Link]]) -> Told:
    documents = tuple(by_id[key] for key in story.document_ids)
    own = {link.id: link for key in story.document_ids for link in of.get(key, ()) if link.kind in _ONE_EVENT}
    again = [link.from_id for link in own.values() if link.from_id not in by_id]
    paths = [document.path or document.url or document.id for document in documents]
    return Told(story=story, documents=documents, paths=tuple(paths + again), links=tuple(own.values()))


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
    pairs = (
        (link.from_id, link.to_id) for link in links if link.kind in ONE_WIRE and _joins(link, documents)
    )
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
    credited = Counter(agency for document in told if (agency := wire(document)))
    return Story(
        id=content_id("sty", told[0].id),
        document_ids=tuple(document.id for document in told),
        earliest_id=told[0].id,
        wire=credited.most_common(1)[0][0] if credited else None,
        independent_sources=len(independent(told, sources)),
    )


def independent(told: Iterable[Document], sources: Mapping[str, str]) -> set[str]:
    """Return what stands for each independent source: a family, and families that credit one agency as one."""
    rows = list(told)
    pairs = [(sources[row.id], f"agency {agency}") for row in rows if (agency := wire(row))]
    return {
        *joined({name for pair in pairs for name in pair} | {sources[row.id] for row in rows}, pairs).values()
    }


def _order(document: Document) -> tuple[date, str]:
    return (document.published_on or date.max, document.id)
