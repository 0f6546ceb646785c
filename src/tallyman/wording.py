"""The sentences that explain a verdict: templates from ``wording.toml``, figures and spans in words."""

from __future__ import annotations

import tomllib
from decimal import Decimal
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from tallyman import areas, quantity
from tallyman.model import Quantity, TallymanError
from tallyman.period import MONTHS_IN_YEAR, whole_months

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from tallyman.interval import Interval
    from tallyman.model import Observation
    from tallyman.reading import Reading

_TENTH = Decimal("0.1")
_HUNDREDTH = Decimal("0.01")


@cache
def _templates() -> dict[str, dict[str, Any]]:
    return tomllib.loads(resources.files(__package__).joinpath("wording.toml").read_text("utf-8"))


def say(key: str, /, **values: object) -> str:
    """Return the template ``section.name`` with its names filled in.

    >>> say("level.claims", figure="$140 billion", ends="139.5 to 141")
    '$140 billion claims 139.5 to 141'
    """
    section, name = key.split(".")
    return str(_templates()[section][name]).format(**values)


def sentence(text: str) -> str:
    """Return a clause as a sentence: a capital first, a full stop last."""
    return f"{text[:1].upper()}{text[1:]}{'' if text.endswith('.') else '.'}"


def span(start: date, end: date) -> str:
    """Return a span in words.

    >>> from datetime import date
    >>> span(date(2021, 1, 1), date(2021, 4, 30))
    'January-April 2021'
    """
    months = whole_months(start, end)
    names = _templates()["months"]["names"]
    kind = "across" if start.year != end.year else "months"
    if months is None:
        kind = "days"
    elif months == 1:
        kind = "month"
    elif start.month == 1 and months % MONTHS_IN_YEAR == 0:
        kind = "year" if months == MONTHS_IN_YEAR else "years"
    return say(
        f"span.{kind}",
        start=start,
        end=end,
        first_month=names[start.month - 1],
        last_month=names[end.month - 1],
        first_year=start.year,
        last_year=end.year,
    )


def figure(value: Decimal, unit: str) -> str:
    """Return an amount in words: ``$146.887 billion``, ``19.8 %``."""
    return quantity.format(Quantity(value=value, unit=unit))


def growth(percent: Decimal) -> str:
    """Return a rate with its sign: ``+19.8 %``.

    >>> growth(Decimal("-2.9"))
    '-2.9 %'
    """
    return f"{percent:+} %"


def points(gap: Decimal) -> str:
    """Return a distance between two percentages in words, to a hundredth of a point unless that is nothing.

    >>> points(Decimal("1.00"))
    '1 percentage point'
    """
    short = (gap.quantize(_HUNDREDTH) or gap).normalize()
    return say("size.point") if short == 1 else say("size.points", gap=short)


def ends(interval: Interval, unit: str) -> str:
    """Return the ends of an interval in words."""
    low = None if interval.low is None else figure(interval.low, unit)
    high = None if interval.high is None else figure(interval.high, unit)
    if low and high:
        return say("ends.both", low=low, high=high)
    if low:
        return say("ends.low", low=low)
    return say("ends.high", high=high) if high else say("ends.open")


def area(code: str | None) -> str:
    """Return the name of an area, or its code where it has none.

    >>> area("NZ")
    'New Zealand'
    """
    try:
        return areas.label(code or "")
    except TallymanError:
        return code or ""


def share(part: Decimal, whole: Decimal) -> Decimal:
    """Return the size of a part in per cent of the whole, to one decimal."""
    return (abs(part / whole) * 100).quantize(_TENTH) if whole else Decimal(0)


def released(rows: Sequence[Observation]) -> str:
    """Return when the last of the rows became known, and how sure that day is."""
    last = max(rows, key=lambda row: row.released_on)
    return say(f"released.{last.release_kind}", day=last.released_on)


def total(reading: Reading, unit: str) -> str:
    """Return a sum in words: every term with its sign, its figure and its span."""
    parts = [
        f"{'-' if term.sign < 0 else '+'} {figure(term.row.value, unit)} {_label(term.row)}"
        for term in reading.terms
    ]
    return " ".join(parts).removeprefix("+ ")


def _label(row: Observation) -> str:
    start, end = row.period.start, row.period.end
    when = span(start, end) if start and end else ""
    return f"({say(f'indicator.{row.measure.indicator}')}, {when})"
