"""What a change or a multiple is held against."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tallyman.extract.calendar import shift_years, span
from tallyman.model import Comparison

if TYPE_CHECKING:
    from tallyman.extract.amounts import Amount
    from tallyman.extract.calendar import Interval
    from tallyman.extract.periods import TimeRef
    from tallyman.extract.roles import Part
    from tallyman.lexicon.terms import Token
    from tallyman.model import Period

_LONGEST_BASE = 367
_MONTH_AGO, _UNITS = frozenset({"month_ago", "quarter_ago"}), (1, 3)


def comparison(
    found: Part, amount: Amount, period: Period, base: TimeRef | None, tokens: list[Token]
) -> Comparison | None:
    """Return what a change is held against; year on year needs words that say so."""
    if found.role not in ("change", "multiple"):
        return None
    kind = base_start = base_end = None
    yearly = period.start and period.end and period.relation in ("during", "by") and amount.kind == "percent"
    if (
        base is None
        and yearly
        and period.start
        and period.end
        and (period.end - period.start).days < _LONGEST_BASE
    ):
        kind = "year_on_year_implied"
        base_start, base_end = shift_years((period.start, period.end), -1)
    if base is not None:
        kind = "month_on_month" if _MONTH_AGO & tokens[base.start].values.keys() else "year_on_year"
        base_start, base_end = _before(period, base) or (base.period.start, base.period.end)
    q = amount.quantity
    return Comparison(
        direction=found.direction,
        value=q.value,
        unit=q.unit,
        base=kind,
        base_start=base_start,
        base_end=base_end,
    )


def _before(period: Period, base: TimeRef) -> Interval | None:
    """What words like "a year earlier", "month on month" mean for a figure of that period."""
    start, end = period.start, period.end
    if start is None or end is None or period.relation == "year_to_date":
        return None
    if base.rule == "month_before":
        return next(
            (
                span(start.year, start.month - n, n)
                for n in _UNITS
                if span(start.year, start.month, n) == (start, end)
            ),
            None,
        )
    return shift_years((start, end), -1) if base.rule == "year_ago" or not base.period.start else None
