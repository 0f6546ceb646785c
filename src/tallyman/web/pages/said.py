"""Claims, and the people who make them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tallyman.publish import view
from tallyman.web.answers import Answer
from tallyman.web.book import FACETS, Book, ClaimFilter
from tallyman.web.pages.shape import Claims, ClaimSheet, Counted, Speakers, SpeakerSheet, judged
from tallyman.web.problems import Refusal, missing

if TYPE_CHECKING:
    from datetime import date

    from tallyman.publish.view import ClaimView, TargetView

MOST = 500


def claims(book: Book, as_of: date, chosen: ClaimFilter, *, after: int | None, limit: int) -> Answer:
    """Return claims by verdict, pair, speaker and the rest, newest first."""
    replayed = as_of != book.as_of
    if replayed and chosen.verdict is not None:
        raise Refusal(
            "verdict: not with as_of, for the verdicts of a past day are reckoned page by page; drop one"
        )
    found = book.claims(chosen, as_of=as_of, after=after, limit=limit)
    hidden = {"verdict"} if replayed else set()
    facets = {name: rows for name, rows in book.facets(chosen, as_of=as_of).items() if name not in hidden}
    return Answer(
        template="claims.html",
        names={
            "listing": found,
            "facets": facets,
            "chosen": {name: getattr(chosen, name) for name in FACETS},
            "feed": True,
        },
        json=Claims(
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
    return Answer(
        template="claim.html",
        names={
            "view": shown,
            "copies": _copies(book, shown, as_of),
            "goals": _goals(book, claim_id, as_of),
            "stories": [story for story in book.stories.values() if shown.document.id in story.document_ids],
        },
        json=ClaimSheet(
            as_of=as_of,
            edition=book.edition,
            claim=shown.claim,
            verdict_then=shown.then,
            verdict_today=shown.today,
            document=shown.document,
            observations=shown.evidence,
        ),
        table="claims",
        rows=(shown,),
    )


def speakers(book: Book, as_of: date) -> Answer:
    """Return everybody who said something, with what came of it."""
    records = view.speaker_views(book.speakers(as_of=as_of))
    return Answer(
        template="speakers.html",
        names={"speakers": records},
        json=Speakers(as_of=as_of, edition=book.edition, items=records),
        table="speakers",
        rows=records,
    )


def speaker(book: Book, as_of: date, name: str) -> Answer:
    """Return one speaker's record: the counts, and the latest claims."""
    counts = book.speakers(as_of=as_of).get(name)
    if counts is None:
        raise missing("speaker", name)
    (record,) = view.speaker_views({name: counts})
    listing = book.claims(ClaimFilter(speaker=name), as_of=as_of, limit=MOST)
    return Answer(
        template="speaker.html",
        names={"record": record, "listing": listing},
        json=SpeakerSheet(
            as_of=as_of,
            edition=book.edition,
            record=record,
            claims=tuple(judged(row) for row in listing.rows),
        ),
        table="claims",
        rows=listing.rows,
    )


def _copies(book: Book, shown: ClaimView, as_of: date) -> tuple[ClaimView, ...]:
    others = {
        other
        for story in book.stories.values()
        if shown.document.id in story.document_ids
        for other in story.document_ids
        if other != shown.document.id
    }
    rows = [
        row
        for document_id in sorted(others)
        for row in book.claims(ClaimFilter(document_id=document_id), as_of=as_of, limit=MOST).rows
    ]
    return tuple(row for row in rows if _same_figure(row, shown))


def _same_figure(one: ClaimView, other: ClaimView) -> bool:
    first, second = one.claim, other.claim
    return (first.quantity, first.role, first.modality) == (second.quantity, second.role, second.modality)


def _goals(book: Book, claim_id: str, as_of: date) -> list[TargetView]:
    ids = [target.id for target in book.targets.values() if claim_id in target.claim_ids]
    found = [book.target(target_id, as_of=as_of) for target_id in ids]
    return [shown for shown in found if shown is not None]
