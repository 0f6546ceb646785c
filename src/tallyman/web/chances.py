"""How the chance of a target moved: the forecasts kept of it, and replays of the days between."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from tallyman.web.prints import pair_text

if TYPE_CHECKING:
    from tallyman.model import Target
    from tallyman.publish.view import TargetView
    from tallyman.score import Fared
    from tallyman.web.book import Book

_APART = timedelta(days=61)


def history(book: Book, shown: TargetView, as_of: date) -> tuple[Fared, ...]:
    """Return the probabilities of a target up to ``as_of``, oldest first, while it was open.

    Those kept when they were issued, and replays of the day it was set, of each year's end and of the last day,
    save where the same provider's was kept for that very day.
    """
    issued = kept(book, shown.target, as_of)
    known = {(row.forecast.provider, row.forecast.as_of) for row in issued}
    replayed = book.replay.history(shown.target, _days(shown, as_of), as_of)
    rows = [row for row in replayed if (row.forecast.provider, row.forecast.as_of) not in known]
    return tuple(sorted([*issued, *rows], key=lambda row: (row.forecast.as_of, row.forecast.provider)))


def kept(book: Book, target: Target, as_of: date) -> list[Fared]:
    """Return the forecasts of the record that answer whether a target is met, as issued by ``as_of``."""
    return [row for row in book.forecasts(as_of=as_of) if _is_of(row, target)]


def _days(shown: TargetView, as_of: date) -> list[date]:
    start = shown.target.set_on
    if start is None:
        return []
    settled = shown.outcome.on if shown.outcome and shown.status != "open" else None
    end = min(as_of, settled - timedelta(days=1)) if settled else as_of
    ends = (date(year, 12, 31) for year in range(start.year, end.year))
    return sorted({start, max(start, end), *(day for day in ends if day - start > _APART)})


def _is_of(row: Fared, target: Target) -> bool:
    """Tell whether a forecast of ours is about this target: the same trade, amount and deadline."""
    forecast = row.forecast
    same = (pair_text(forecast.measure), forecast.measure.indicator, forecast.measure.product) == (
        pair_text(target.measure),
        target.measure.indicator,
        target.measure.product,
    )
    amount = forecast.threshold is not None and forecast.threshold == float(target.quantity.value)
    ours = row.made in {"issued", "replayed"}
    return (
        ours
        and same
        and amount
        and forecast.period.relation == "by"
        and forecast.period.end == target.deadline
    )
