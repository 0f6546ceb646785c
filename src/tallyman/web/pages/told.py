"""Documents and the stories they tell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tallyman.publish import view
from tallyman.publish.marks import segments
from tallyman.web.answers import Answer
from tallyman.web.pages.shape import Documents, DocumentSheet, Stories, StorySheet, brief, judged
from tallyman.web.problems import missing

if TYPE_CHECKING:
    from datetime import date

    from tallyman.model import Document
    from tallyman.web.book import Book


def documents(book: Book, as_of: date, *, q: str | None, after: int | None, limit: int) -> Answer:
    """Return documents by words, newest first."""
    rows, total, further = book.library(q, as_of=as_of, after=after, limit=limit)
    return Answer(
        template="documents.html",
        names={"documents": rows, "total": total, "after": further, "feed": True},
        json=lambda: Documents(
            as_of=as_of,
            edition=book.edition,
            items=tuple(brief(row) for row in rows),
            total=total,
            next=further,
        ),
        table="documents",
        rows=rows,
    )


def document(book: Book, as_of: date, document_id: str) -> Answer:
    """Return one document with its claims marked in the text."""
    found = book.rows.document(document_id)
    if found is None or (found.published_on and found.published_on > as_of):
        raise missing("document", document_id)
    said = book.claims_of(document_id, as_of=as_of)
    story = book.stories.of(document_id, as_of=as_of)
    others = [other for other in story.document_ids if other != document_id] if story else []
    shown = view.DocumentView(
        document=found,
        segments=tuple(segments(found, (row.claim for row in said))),
        claims=said,
        same_story=tuple(book.rows.documents(others).values()),
    )
    return Answer(
        template="pages/document.html",
        names={"view": shown, "by_id": {row.claim.id: row for row in said}, "story": story},
        json=lambda: DocumentSheet(
            as_of=as_of, edition=book.edition, document=found, claims=tuple(judged(row) for row in said)
        ),
        table="claims",
        rows=said,
    )


def stories(book: Book, as_of: date, *, after: int, limit: int) -> Answer:
    """Return the stories that several reports tell, the newest first."""
    everything = book.stories.told(as_of=as_of)
    shown = everything[after : after + limit]
    heads = book.rows.documents(row.earliest_id for row in shown)
    further = after + limit if len(everything) > after + limit else None
    return Answer(
        template="stories.html",
        names={
            "stories": [{"story": row, "title": _title(heads[row.earliest_id])} for row in shown],
            "total": len(everything),
            "after": further,
        },
        json=lambda: Stories(
            as_of=as_of, edition=book.edition, items=tuple(shown), total=len(everything), next=further
        ),
        table="stories",
        rows=shown,
    )


def story(book: Book, as_of: date, story_id: str) -> Answer:
    """Return one story: the documents that copy or rewrite each other."""
    found = book.stories.one(story_id, as_of=as_of)
    if found is None:
        raise missing("story", story_id)
    told = tuple(book.rows.documents(found.document_ids).values())
    return Answer(
        template="pages/story.html",
        names={"title": _title(told[0]), "story": found, "documents": told},
        json=lambda: StorySheet(as_of=as_of, edition=book.edition, story=found, documents=told),
        table="documents",
        rows=told,
    )


def _title(document: Document) -> str:
    return document.title or document.path or document.id
