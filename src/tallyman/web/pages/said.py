"""Claims, and the people who make them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tallyman.publish import view
from tallyman.publish.view import pair_key
from tallyman.web.answers import Answer
from tallyman.web.listing import FACETS, ClaimFilter
from tallyman.web.pages.shape import Claims, ClaimSheet, Counted, Speakers, SpeakerSheet, judged
from tallyman.web.problems import missing

if TYPE_CHECKING:
    from datetime import date

    from tallyman.model import Claim, Story
    from tallyman.publish.view import ClaimView
    from tallyman.web.book import Book

_MOST = 500


def claims(book: Book, as_of: date, chosen: ClaimFilter, *, after: int | None, limit: int) -> Answer:
    """Return claims by verdict, pair, speaker and the rest, newest first."""
    found = book.claims(chosen, as_of=as_of, after=after, limit=limit)
    facets = book.facets(chosen, as_of=as_of)
    return Answer(
        template="claims.html",
        names={
            "listing": found,
            "facets": facets,
            "chosen": {name: getattr(chosen, name) for name in FACETS},
            "feed": True,
        },
        json=lambda: Claims(
            as_of=as_of,
            edition=book.edition,
            items=tuple(judged(row) for row in found.rows),
            total=found.total,
            next=found.after,
            facets={
                name: tuple(Counted(value=value, count=count) for value, count in rows)
                for name, rows in facets.items()
            },
        ),
        table="claims",
        rows=found.rows,
    )


def claim(book: Book, as_of: date, claim_id: str) -> Answer:
    """Return one claim: the sentence, who said it, both verdicts, the figures used, its copies."""
    shown = book.claim(claim_id, as_of=as_of)
    if shown is None:
        raise missing("claim", claim_id)
    story = book.stories.of(shown.document.id, as_of=as_of)
    return Answer(
        template="claim.html",
        names={
            "view": shown,
            "copies": _copies(book, shown, story, as_of),
            "goals": [
                goal
                for goal in book.followed(as_of=as_of, pair=pair_key(shown.claim.measure))
                if claim_id in goal.target.claim_ids
            ],
            "stories": [story] if story else [],
        },
        json=lambda: ClaimSheet(
            as_of=as_of,
            edition=book.edition,
            claim=shown.claim,
            verdict_then=shown.then,
            verdict_today=shown.today,
            document=book.rows.document(shown.document.id) or shown.document,
            observations=shown.evidence,
        ),
        table="claims",
        rows=(shown,),
    )


def speakers(book: Book, as_of: date) -> Answer:
    """Return everybody who said something, with what came of it."""
    records = view.speaker_views(book.speakers(as_of=as_of))
    return Answer(
        template="pages/speakers.html",
        names={"speakers": records[:_MOST]},
        json=lambda: Speakers(as_of=as_of, edition=book.edition, items=records),
        table="speakers",
        rows=records,
    )


def speaker(book: Book, as_of: date, name: str) -> Answer:
    """Return one speaker's record: the counts, and the latest claims."""
    counts = book.speakers(as_of=as_of, speaker=name).get(name)
    if counts is None:
        raise missing("speaker", name)
    (record,) = view.speaker_views({name: counts})
    listing = book.claims(ClaimFilter(speaker=name), as_of=as_of, limit=_MOST)
    return Answer(
        template="pages/speaker.html",
        names={"record": record, "claims": listing.rows},
        json=lambda: SpeakerSheet(
            as_of=as_of,
            edition=book.edition,
            record=record,
            claims=tuple(judged(row) for row in listing.rows),
        ),
        table="claims",
        rows=listing.rows,
    )


def _copies(book: Book, shown: ClaimView, story: Story | None, as_of: date) -> tuple[ClaimView, ...]:
    others = [] if story is None else sorted(set(story.document_ids) - {shown.document.id})
    same = [row.id for row in book.rows.claims_in(others) if _same_figure(row, shown.claim)]
    return book.claims_by_id(same, as_of=as_of)


def _same_figure(one: Claim, other: Claim) -> bool:
    return (one.quantity, one.role, one.modality) == (other.quantity, other.role, other.modality)
