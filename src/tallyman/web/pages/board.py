"""The scoreboard and the targets on it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from tallyman.publish import words
from tallyman.publish.view import history, pair_key
from tallyman.web.answers import Answer
from tallyman.web.book import Book, ClaimFilter
from tallyman.web.pages.shape import Targets, TargetSheet, followed
from tallyman.web.problems import Refusal, missing

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from tallyman.model import Target
    from tallyman.publish.view import TargetView

_WRONG = 5
_FIRST = 50
_PAIRS = 12


def scoreboard(book: Book, as_of: date) -> Answer:
    """Return the first page: the newest targets with their status, and the latest refuted claims."""
    goals = book.goals(as_of=as_of)
    shown = book.followed(goals[:_FIRST], as_of=as_of)
    today = as_of == book.as_of
    wrong = book.claims(ClaimFilter(verdict="refuted"), as_of=as_of, limit=_WRONG).rows if today else ()
    return Answer(
        template="scoreboard.html",
        names={
            "targets": shown,
            "goals": len(goals),
            "chances": book.outlooks if today else {},
            "statuses": _statuses(book, goals) if today else [],
            "wrong": wrong,
            "total": book.claims(ClaimFilter(), as_of=as_of, limit=1).total,
        },
        json=_sheet(book, as_of, shown, total=len(goals), further=None),
        table="targets",
        rows=shown,
    )


def targets(
    book: Book, as_of: date, *, status: str | None, pair: str | None, q: str | None, after: int, limit: int
) -> Answer:
    """Return the targets by status, pair and words, the newest first."""
    today = as_of == book.as_of
    if status is not None and not today:
        raise Refusal(
            "status: not with as_of, for what became of targets by a past day is reckoned page by page"
        )
    everything = book.goals(as_of=as_of)
    chosen = [goal for goal in everything if pair in {None, pair_key(goal.measure)} and _speaks_of(goal, q)]
    if status is not None:
        fitting = book.followed(chosen, as_of=as_of)
        chosen = [row.target for row in fitting if row.status == status]
    shown = book.followed(chosen[after : after + limit], as_of=as_of)
    further = after + limit if len(chosen) > after + limit else None
    pairs = Counter(key for goal in everything if (key := pair_key(goal.measure)))
    return Answer(
        template="targets.html",
        names={
            "targets": shown,
            "total": len(chosen),
            "after": further,
            "chances": book.outlooks if today else {},
            "facets": {
                "status": _statuses(book, everything) if today else [],
                "pair": pairs.most_common(_PAIRS),
            },
            "chosen": {"status": status, "pair": pair},
            "feed": True,
        },
        json=_sheet(book, as_of, shown, total=len(chosen), further=further),
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
        names={
            "view": shown,
            "history": history(shown),
            "chances": book.chances(target_id, as_of=as_of),
        },
        json=TargetSheet(
            as_of=as_of,
            edition=book.edition,
            target=followed(shown),
            events=shown.events,
            claims=tuple(told.claim for told in shown.claims),
            chances=book.chances(target_id, as_of=as_of),
        ),
        table="target_events",
        rows=shown.events,
    )


def _sheet(
    book: Book, as_of: date, shown: Sequence[TargetView], *, total: int, further: int | None
) -> Targets:
    items = tuple(followed(row) for row in shown)
    return Targets(as_of=as_of, edition=book.edition, items=items, total=total, next=further)


def _statuses(book: Book, goals: Sequence[Target]) -> list[tuple[str, int]]:
    return Counter(row.status for row in book.followed(goals, as_of=book.as_of)).most_common()


def _speaks_of(goal: Target, q: str | None) -> bool:
    asked = (q or "").casefold().split()
    if not asked:
        return True
    text = f"{goal.set_by} {goal.told_by} {words.goal(goal)}".casefold()
    return all(word in text for word in asked)
