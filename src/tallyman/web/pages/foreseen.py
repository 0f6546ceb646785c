"""Forecasts: the public record, and how the chance of a target moved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tallyman.publish import charts, standings
from tallyman.web.answers import Answer
from tallyman.web.chances import history
from tallyman.web.pages.shape import Chances, Scores
from tallyman.web.prints import pair_text
from tallyman.web.problems import missing

if TYPE_CHECKING:
    from datetime import date

    from tallyman.publish.charts.template import Spec
    from tallyman.web.book import Book


def scores(book: Book, as_of: date) -> Answer:
    """Return how forecasts fared: ours, the officials', and what growth so far foresaw beside each."""
    rows = tuple(book.forecasts(as_of=as_of))
    board = standings.board(rows)
    return Answer(
        template="scores.html",
        names={
            "board": board if book.scorable else None,
            "drawn": standings.diagram(rows, as_of=as_of) is not None,
        },
        json=lambda: Scores(as_of=as_of, edition=book.edition, standings=board.standings, items=board.rows),
        table="forecasts",
        rows=[standings.flat(row) for row in board.rows],
    )


def diagram(book: Book, as_of: date) -> Spec | None:
    """Return the reliability diagram of our issued probabilities; None while too few are resolved."""
    return standings.diagram(tuple(book.forecasts(as_of=as_of)), as_of=as_of)


def record_of(book: Book, key: str, as_of: date) -> standings.Board | None:
    """Return the part of the record that is about a pair; None where it cannot be scored or there is none."""
    rows = [row for row in book.forecasts(as_of=as_of) if pair_text(row.forecast.measure) == key]
    return standings.board(rows) if rows and book.scorable else None


def chances(book: Book, as_of: date, target_id: str) -> Answer:
    """Return how the chance of a target moved: as stored where it was kept, replayed where it was not."""
    shown = book.target(target_id, as_of=as_of)
    if shown is None:
        raise missing("target", target_id)
    rows = history(book, shown, as_of)
    return Answer(
        template="chances.html",
        names={"view": shown, "rows": rows},
        json=lambda: Chances(as_of=as_of, edition=book.edition, target_id=target_id, items=rows),
        table="forecasts",
        rows=[standings.flat(row) for row in rows],
    )


def moved(book: Book, as_of: date, target_id: str) -> Spec:
    """Return the chart of how the chance of a target moved."""
    shown = book.target(target_id, as_of=as_of)
    if shown is None:
        raise missing("target", target_id)
    return charts.chances(shown.target, history(book, shown, as_of), as_of=as_of, names=book.names)
