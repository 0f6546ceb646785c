"""The scoreboard and the targets on it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from tallyman.publish import words
from tallyman.publish.view import pair_key
from tallyman.web.answers import Answer
from tallyman.web.book import Book, ClaimFilter
from tallyman.web.pages.shape import Targets, TargetSheet, followed
from tallyman.web.problems import missing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tallyman.publish.view import TargetView

_WRONG = 5


def scoreboard(book: Book, as_of: date) -> Answer:
    """Return the first page: every target with its status, and the claims that came out wrong last."""
    shown = book.scoreboard(as_of=as_of)
    wrong = (
        book.claims(ClaimFilter(verdict="refuted"), as_of=as_of, limit=_WRONG).rows
        if as_of == book.as_of
        else ()
    )
    total = book.claims(ClaimFilter(), as_of=as_of, limit=1).total
    return Answer(
        template="scoreboard.html",
        names={"targets": shown, "wrong": wrong, "total": total},
        json=_sheet(book, as_of, shown),
        table="targets",
        rows=shown,
    )


def targets(book: Book, as_of: date, *, status: str | None, pair: str | None, q: str | None) -> Answer:
    """Return the targets by status, pair and words."""
    everything = book.scoreboard(as_of=as_of)
    shown = [
        row
        for row in everything
        if status in {None, row.status}
        and pair in {None, pair_key(row.target.measure)}
        and _speaks_of(row, q)
    ]
    return Answer(
        template="targets.html",
        names={
            "targets": shown,
            "facets": _facets(everything),
            "chosen": {"status": status, "pair": pair},
            "feed": True,
        },
        json=_sheet(book, as_of, shown),
        table="targets",
        rows=shown,
    )


def target(book: Book, as_of: date, target_id: str) -> Answer:
    """Return one target from its setting to its outcome."""
    shown = book.target(target_id, as_of=as_of)
    if shown is None:
        raise missing("target", target_id)
    return Answer(
        template="target.html",
        names={"view": shown, "history": _history(shown)},
        json=TargetSheet(
            as_of=as_of,
            edition=book.edition,
            target=followed(shown),
            events=shown.events,
            claims=tuple(told.claim for told in shown.claims),
        ),
        table="target_events",
        rows=shown.events,
    )


def _sheet(book: Book, as_of: date, shown: Sequence[TargetView]) -> Targets:
    items = tuple(followed(row) for row in shown)
    return Targets(as_of=as_of, edition=book.edition, items=items, total=len(items))


def _facets(shown: Sequence[TargetView]) -> dict[str, list[tuple[str, int]]]:
    facets: dict[str, dict[str, int]] = {"status": {}, "pair": {}}
    for row in shown:
        for name, value in (("status", row.status), ("pair", pair_key(row.target.measure) or "")):
            facets[name][value] = facets[name].get(value, 0) + 1
    return {name: sorted(counts.items(), key=lambda item: -item[1]) for name, counts in facets.items()}


def _speaks_of(shown: TargetView, q: str | None) -> bool:
    target = shown.target
    text = f"{target.set_by} {target.told_by} {words.goal(target)}".casefold()
    return all(word in text for word in (q or "").casefold().split())


def _history(shown: TargetView) -> list[dict[str, Any]]:
    told = [{"on": row.claim.said_on or row.document.published_on, "claim": row} for row in shown.claims]
    became = [{"on": event.on, "event": event} for event in shown.counted]
    return sorted((*told, *became), key=lambda entry: entry["on"] or date.min)
