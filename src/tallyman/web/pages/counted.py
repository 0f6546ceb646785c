"""Pairs of areas, and the providers who count their trade."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from tallyman import areas
from tallyman.model import Measure, TallymanError
from tallyman.publish import charts
from tallyman.publish.coverage import by_pair, health
from tallyman.publish.view import PairView, chronicle
from tallyman.web.answers import Answer
from tallyman.web.listing import ClaimFilter
from tallyman.web.pages.foreseen import record_of
from tallyman.web.pages.shape import (
    Pairs,
    PairSheet,
    Providers,
    ProviderSheet,
    followed,
    judged,
)
from tallyman.web.problems import Refusal, missing

if TYPE_CHECKING:
    from datetime import date

    from tallyman.publish.charts.template import Spec
    from tallyman.web.book import Book

_LATEST = 25


def pairs(book: Book, as_of: date) -> Answer:
    """Return all pairs that somebody spoke of, the busiest first."""
    rows = tuple(PairView(pair=key, claims=count) for key, count in book.pairs(as_of=as_of).items())
    return Answer(
        template="pages/pairs.html",
        names={"pairs": rows},
        json=lambda: Pairs(as_of=as_of, edition=book.edition, items=rows),
        table="pairs",
        rows=rows,
    )


def pair(book: Book, as_of: date, text: str) -> Answer:
    """Return one pair: both sides' figures and their gap, targets, a chronicle, and the latest claims."""
    key = pair_of(text)
    goals = book.followed(as_of=as_of, pair=key)
    said = book.claims(ClaimFilter(pair=key), as_of=as_of, limit=_LATEST)
    figures = [row for row in book.of_pair(key) if row.released_on <= as_of]
    if not goals and not said.total and not figures:
        raise missing("pair", text)
    gaps = tuple(book.mirror(key, as_of=as_of))
    return Answer(
        template="pair.html",
        names={
            "key": key,
            "measure": _total_trade(key),
            "goals": goals,
            "chances": book.chances(goals, as_of=as_of),
            "said": said,
            "gaps": gaps,
            "chronicle": chronicle(goals),
            "record": record_of(book, key, as_of),
        },
        json=lambda: PairSheet(
            as_of=as_of,
            edition=book.edition,
            pair=key,
            targets=tuple(followed(row) for row in goals),
            claims=tuple(judged(row) for row in said.rows),
            mirror=gaps,
        ),
        table="observations",
        rows=figures,
    )


def pair_of(text: str) -> str:
    """Return the key of a pair written in any order, by codes or names; refuse what is none.

    >>> pair_of("russia-china")
    'CN-RU'
    """
    try:
        return "-".join(sorted(areas.pair(text)))
    except TallymanError as error:
        raise Refusal(str(error), status=HTTPStatus.NOT_FOUND) from error


def drawn(book: Book, as_of: date, text: str) -> Spec | None:
    """Return the chart of a pair's total trade; None where no official figure is known."""
    key = pair_of(text)
    flow = _total_trade(key)
    goals = [
        row.target
        for row in book.followed(as_of=as_of, pair=key)
        if row.target.measure.indicator == flow.indicator
    ]
    likely = book.replay.nowcast(flow, as_of)
    return charts.pair(flow, book.of_pair(key), goals, likely, as_of=as_of, names=book.names)


def _total_trade(key: str) -> Measure:
    reporter, partner = key.split("-")
    return Measure(indicator="total_trade", reporter=reporter, partner=partner)


def providers(book: Book, as_of: date) -> Answer:
    """Return who counts, how much, and how recently."""
    rows = book.rows.coverage(as_of=as_of)
    return Answer(
        template="pages/providers.html",
        names={"providers": rows, "terms": ()},
        json=lambda: Providers(as_of=as_of, edition=book.edition, items=rows),
        table="providers",
        rows=list(book.providers.values()),
    )


def provider(book: Book, as_of: date, code: str) -> Answer:
    """Return one provider: its coverage by pair, and its last release."""
    if code not in book.providers:
        raise missing("provider", code)
    figures = book.rows.of_provider(code, as_of=as_of)
    coverage, rhythm = by_pair(figures), health(figures, as_of=as_of)
    return Answer(
        template="provider.html",
        names={"provider": book.providers[code], "coverage": coverage, "health": rhythm},
        json=lambda: ProviderSheet(
            as_of=as_of, edition=book.edition, provider=book.providers[code], coverage=coverage, health=rhythm
        ),
        table="observations",
        rows=figures,
    )
