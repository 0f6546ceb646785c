"""The scoreboard and the targets on it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from tallyman.publish import charts, words
from tallyman.publish.view import history, pair_key
from tallyman.web.answers import Answer
from tallyman.web.chances import kept
from tallyman.web.listing import ClaimFilter
from tallyman.web.pages.shape import Targets, TargetSheet, followed
from tallyman.web.prints import pair_text
from tallyman.web.problems import missing

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from tallyman.model import Target
    from tallyman.publish.chance import Chance
    from tallyman.publish.charts.template import Spec
    from tallyman.publish.view import TargetView
    from tallyman.web.book import Book

_WRONG = 5
_FIRST = 50
_PAIRS = 12


def scoreboard(book: Book, as_of: date) -> Answer:
    """Return the first page: the newest targets with their status, and the latest refuted claims."""
    goals = book.followed(as_of=as_of)
    shown = goals[:_FIRST]
    return Answer(
        template="scoreboard.html",
        names={
            "targets": shown,
            "goals": len(goals),
            "chances": _chances(book, shown, as_of),
            "statuses": Counter(row.status for row in goals).most_common(),
            "wrong": book.refuted(_WRONG, as_of=as_of),
            "total": book.claims(ClaimFilter(), as_of=as_of, limit=1).total,
        },
        json=lambda: _sheet(book, as_of, shown, total=len(goals), further=None),
        table="targets",
        rows=shown,
    )


def targets(
    book: Book, as_of: date, *, status: str | None, pair: str | None, q: str | None, after: int, limit: int
) -> Answer:
    """Return the targets by status, pair and words, the newest first."""
    everything = [row for row in book.followed(as_of=as_of) if _speaks_of(row.target, q)]
    of_pair = [row for row in everything if pair in {None, pair_key(row.target.measure)}]
    of_status = [row for row in everything if status in {None, row.status}]
    chosen = [row for row in of_pair if status in {None, row.status}]
    shown = chosen[after : after + limit]
    further = after + limit if len(chosen) > after + limit else None
    pairs = Counter(key for row in of_status if (key := pair_key(row.target.measure)))
    return Answer(
        template="targets.html",
        names={
            "targets": shown,
            "total": len(chosen),
            "after": further,
            "chances": _chances(book, shown, as_of),
            "facets": {
                "status": Counter(row.status for row in of_pair).most_common(),
                "pair": pairs.most_common(_PAIRS),
            },
            "chosen": {"status": status, "pair": pair},
            "feed": True,
        },
        json=lambda: _sheet(book, as_of, shown, total=len(chosen), further=further),
        table="targets",
        rows=shown,
    )


def target(book: Book, as_of: date, target_id: str) -> Answer:
    """Return one target from its setting to its outcome."""
    shown = book.target(target_id, as_of=as_of)
    if shown is None:
        raise missing("target", target_id)
    chances = book.chances([shown], as_of=as_of).get(target_id, ())
    beside = book.followed(as_of=as_of, pair=pair_key(shown.target.measure))
    return Answer(
        template="target.html",
        names={
            "view": shown,
            "targets": {row.target.id: row.target for row in beside},
            "history": history(shown),
            "chances": chances,
            "kept": kept(book, shown.target, as_of),
        },
        json=lambda: TargetSheet(
            as_of=as_of,
            edition=book.edition,
            target=followed(shown),
            events=shown.events,
            claims=tuple(told.claim for told in shown.claims),
            chances=chances,
        ),
        table="target_events",
        rows=shown.events,
    )


def drawn(book: Book, as_of: date, target_id: str) -> Spec | None:
    """Return the chart of one target; None where no official figure is known."""
    shown = book.target(target_id, as_of=as_of)
    if shown is None:
        raise missing("target", target_id)
    rows = book.of_pair(pair_text(shown.target.measure))
    return charts.target(shown.target, rows, shown.events, as_of=as_of, names=book.names)


def _sheet(
    book: Book, as_of: date, shown: Sequence[TargetView], *, total: int, further: int | None
) -> Targets:
    items = tuple(followed(row) for row in shown)
    return Targets(as_of=as_of, edition=book.edition, items=items, total=total, next=further)


def _chances(book: Book, shown: Sequence[TargetView], as_of: date) -> dict[str, tuple[Chance, ...]]:
    """Return the stored chances of the targets of a list; those of a past day are reckoned for a pair at most."""
    return book.chances(shown, as_of=as_of) if as_of == book.as_of else {}


def _speaks_of(goal: Target, q: str | None) -> bool:
    asked = (q or "").casefold().split()
    if not asked:
        return True
    text = f"{goal.set_by} {goal.told_by} {words.goal(goal)}".casefold()
    return all(word in text for word in asked)
