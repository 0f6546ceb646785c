"""Reading a table of targets: one row a target, with its pair, amount, deadline and who said it when."""

from __future__ import annotations

import csv
import re
import tomllib
from datetime import date
from decimal import Decimal
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from tallyman import areas
from tallyman.ids import content_id
from tallyman.model import Measure, Quantity, Reject, TallymanError, Target
from tallyman.period import month_end
from tallyman.quantity import currencies

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

COLUMNS = ("pair", "amount", "currency", "deadline", "indicator", "announced_by", "date_said")
_DECEMBER = 12


def read(lines: Iterable[str], source: str) -> tuple[list[Target], list[Reject]]:
    """Return the targets of a CSV table with at least the columns ``COLUMNS``, and the rows that are none.

    A day given as a month or a year counts as its last day; a deadline "2026-27" ends with the fiscal year of
    the first area, "none stated" and "near future" are no deadline. Refuses a table without the columns.
    """
    table = csv.DictReader(lines)
    required(table.fieldnames, source)
    targets, rejects = [], []
    for row in table:
        try:
            targets.append(target(row))
        except TallymanError as error:
            rejects.append(
                Reject(source=source, place=f"line {table.line_num}", reason=str(error), fix="mend the cell")
            )
    return targets, rejects


def required(names: Sequence[str] | None, source: str) -> Sequence[str]:
    """Return the columns of a table; refuses one without ``COLUMNS``."""
    missing = [name for name in COLUMNS if name not in (names or ())]
    if names is None or missing:
        raise TallymanError(
            f"{source}: no column {', '.join(missing)}; a table of targets has {', '.join(COLUMNS)}"
        )
    return names


def target(row: dict[str, str]) -> Target:
    """Return the target of one row; refuses an unknown area, amount or currency."""
    measure = _measure(row["pair"], row["indicator"])
    quantity = _quantity(row["amount"], row["currency"])
    deadline = _deadline(row["deadline"], measure)
    set_on = _last_day(row["date_said"])
    said_by = row["announced_by"]
    return Target(
        id=content_id("tgt", measure, quantity.value, quantity.unit, deadline, set_on, said_by),
        measure=measure,
        quantity=quantity,
        deadline=deadline,
        rule="cumulative" if _named("rules", row["indicator"]) else "annual",
        set_on=set_on,
        set_by=said_by or None,
    )


def _measure(pair: str, indicator: str) -> Measure:
    one, other = areas.pair(re.sub(r"\(.*\)", "", pair))
    kind = _named("indicators", indicator)
    if kind is None:
        raise TallymanError(f"indicator {indicator!r}: not known; name trade, exports, imports or investment")
    if kind in ("exports", "imports") and _speaks_of(other, indicator, kind):
        one, other = other, one
    return Measure(
        indicator=kind,
        reporter=one,
        partner=other,
        product=_named("products", indicator),
        basis=_named("bases", indicator) or "unspecified",
    )


def _speaks_of(area: str, indicator: str, flow: str) -> bool:
    """Whether the second area of the pair is the one whose flow is meant: "exports of Indonesia"."""
    before, _, after = indicator.partition(" to " if flow == "exports" else " from ")
    own = before if flow == "exports" else before or after
    return any(name.code == area and name.phrase in own for name in areas.names())


def _quantity(amount: str, currency: str) -> Quantity:
    factor = _named("factors", amount)
    if factor is not None:
        return Quantity(value=Decimal(factor), unit="times")
    code, _, scale = re.sub(r"\(.*\)", "", currency).strip().partition(" ")
    size = _words()["scales"].get(scale)
    if code not in currencies() or size is None or not re.fullmatch(r"\d+(\.\d+)?", amount):
        raise TallymanError(
            f"amount {amount!r} {currency!r}: not readable; write a number and a currency as in 'USD bn'"
        )
    return Quantity(value=Decimal(amount) * size, unit=code)


def _deadline(words: str, measure: Measure) -> date | None:
    text = words.strip().lower()
    if not text or text.startswith(tuple(_words()["no_deadline"])):
        return None
    fiscal = re.match(r"(\d{4})-(\d{2})(?!\d)", text)
    if fiscal:
        year = areas.fiscal_year(measure.reporter or "")
        last = _DECEMBER if year is None else year.month - 1
        return month_end(date(int(fiscal[1]) + (last < _DECEMBER), last, 1))
    years = re.match(r"(?:\d{4}-)?(\d{4})", text)
    if years:
        return date(int(years[1]), _DECEMBER, 31)
    month = re.match(r"([a-z]+) (\d{4})", text)
    if month and month[1] in _words()["months"]:
        return month_end(date(int(month[2]), _words()["months"].index(month[1]) + 1, 1))
    raise TallymanError(f"deadline {words!r}: not readable; write a year, '2026-27', 'March 2027' or 'none'")


def _last_day(words: str) -> date | None:
    """Return the latest day that a date of unknown precision can mean: "2013-09", "2006", "before 2015"."""
    found = re.search(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?", words)
    if found is None:
        return None
    year = int(found[1]) - words.startswith("before")
    if found[3]:
        return date(year, int(found[2]), int(found[3]))
    return month_end(date(year, int(found[2] or _DECEMBER), 1))


def _named(section: str, text: str) -> Any:
    return next((value for word, value in _words()[section].items() if word in text.lower()), None)


@cache
def _words() -> dict[str, Any]:
    return tomllib.loads(resources.files(__package__).joinpath("table.toml").read_text("utf-8"))
