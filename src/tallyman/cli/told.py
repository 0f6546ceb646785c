"""How stories, retellings and chronicles are shown."""

from __future__ import annotations

from collections import defaultdict
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING

from tallyman.cli.output import Column, View, attributes

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tallyman.link import Entry, Retelling, Told
    from tallyman.model import Document

_SHORT_ID = len("sty_0123456")
_SHORT_TEXT = 160


def story(told: Told) -> dict[str, object]:
    """Return a story as a JSON object: its fields, the paths and outlets of its reports, the links."""
    row = told.story
    return {
        "id": row.id,
        "published_on": told.documents[0].published_on,
        "title": told.documents[0].title,
        "wire": row.wire,
        "independent_sources": row.independent_sources,
        "paths": told.paths,
        "outlets": [document.outlet for document in told.documents],
        "earliest_id": row.earliest_id,
        "document_ids": row.document_ids,
        "links": told.links,
    }


def lines(told: Told) -> Iterator[str]:
    """Yield a story: its head, its reports, and its links with their evidence."""
    row = told.story
    sources = f"{row.independent_sources} independent source{'s' * (row.independent_sources != 1)}"
    yield f"{row.id}  {len(told.paths)} reports, {sources}" + (f", from {row.wire}" if row.wire else "")
    yield ""
    for document in told.documents:
        yield f"  {document.published_on or 'undated'}  {document.id}  {_head(document)}"
    for again in told.paths[len(told.documents) :]:
        yield f"  again at {again}"
    for link in told.links:
        yield ""
        yield f"  {link.id}  {link.kind} {link.score:.2f}" + (
            f"  {link.judgement}ed" if link.judgement else ""
        )
        yield f"    {link.from_id} of {link.to_id}: {link.evidence}"


def branches(found: Sequence[Retelling]) -> Iterator[str]:
    """Yield a tree of retellings, each under the one it goes back to, with what it changed."""
    under: defaultdict[str | None, list[Retelling]] = defaultdict(list)
    for row in found:
        under[row.parent].append(row)

    def below(parent: str | None, depth: int) -> Iterator[str]:
        for row in under[parent]:
            yield f"{'  ' * depth}{_telling(row)}"
            yield from below(row.claim.id, depth + 1)

    yield from below(None, 0)


def _telling(row: Retelling) -> str:
    who = row.claim.attribution.holder or row.claim.attribution.speaker or "nobody named"
    day = row.document.published_on or "undated"
    changed = "; ".join(f"{one.field}: {one.was or 'none'} -> {one.became or 'none'}" for one in row.changes)
    said = f"{day}  {row.claim.anchor.exact}, {who}, {_head(row.document)}"
    return f"{said}  [{changed}]" if changed else said


def _head(document: Document) -> str:
    known = (document.outlet or document.agency, document.title or Path(document.path or document.id).name)
    return ": ".join(part for part in known if part)


def _short(row: Entry) -> str:
    return row.text if len(row.text) <= _SHORT_TEXT else f"{row.text[:_SHORT_TEXT]}..."


STORIES = View(
    table=(
        Column("story", lambda row: row.story.id[:_SHORT_ID], whole=True),
        Column("published", lambda row: row.documents[0].published_on, whole=True),
        Column("reports", lambda row: len(row.paths), right=True),
        Column("sources", lambda row: row.story.independent_sources, right=True),
        Column("wire", lambda row: row.story.wire),
        Column("first report", lambda row: _head(row.documents[0])),
    ),
    csv=lambda: attributes("story.id", "story.independent_sources", "story.wire", "paths"),
    json=story,
)
RETELLINGS = View(
    table=(),
    csv=lambda: attributes("claim.id", "document.id", "document.published_on", "parent", "changes"),
    json=lambda row: {
        "claim_id": row.claim.id,
        "document_id": row.document.id,
        "path": row.document.path,
        "published_on": row.document.published_on,
        "parent": row.parent,
        "changes": row.changes,
    },
)
CHRONICLE = View(
    table=(
        Column("day", attrgetter("on"), whole=True),
        Column("what", attrgetter("kind"), whole=True),
        Column("who", attrgetter("who")),
        Column("where", attrgetter("place")),
        Column("sources", attrgetter("sources"), right=True),
        Column("told", _short),
    ),
    csv=lambda: attributes("on", "kind", "who", "place", "sources", "text", "record_ids", "document_id"),
)
