"""How official statistics are shown beside each other: both sides of the mirror, prints and their revisions."""

from __future__ import annotations

from decimal import Decimal
from operator import attrgetter
from typing import TYPE_CHECKING

from tallyman import quantity
from tallyman.cli import views
from tallyman.cli.output import Column, View, attributes, cells
from tallyman.model import Quantity
from tallyman.publish import words

if TYPE_CHECKING:
    from collections.abc import Callable

    from tallyman.mirror import Count
    from tallyman.revisions import Revision

_MILLION = 6
_TENTH, _HUNDREDTH = Decimal("0.1"), Decimal("0.01")


def _count(count: Count) -> str:
    valued = f", {count.valued}" if count.valued else ""
    return f"{_amount(count.value, count.unit)} ({count.provider}{valued})"


def _amount(value: Decimal, unit: str) -> str:
    return quantity.format(Quantity(value=round(value, -_MILLION), unit=unit))


def _implied(row: Revision) -> str:
    return "" if row.implied is None else _amount(row.implied, row.first.unit)


def _percent(value: Decimal | None, step: Decimal) -> str:
    return "" if value is None else f"{value.quantize(step):+} %"


def _value(name: str) -> Callable[[Revision], Decimal | None]:
    def cell(row: Revision) -> Decimal | None:
        observation = getattr(row, name)
        return None if observation is None else observation.value

    return cell


def _whole(name: str) -> Callable[[Revision], Decimal | None]:
    """Return the cell of an amount that was reckoned: to the dollar, for more would say nothing."""

    def cell(row: Revision) -> Decimal | None:
        value = getattr(row, name)
        return None if value is None else round(value, 0)

    return cell


MIRROR = View(
    table=(
        Column("measure", lambda row: views.subject(row.measure)),
        Column("period", lambda row: words.period(row.period), whole=True),
        Column("one side", lambda row: _count(row.one)),
        Column("other side", lambda row: _count(row.other)),
        Column("gap", lambda row: f"{row.gap} %", right=True),
    ),
    csv=lambda: attributes(
        "measure.indicator",
        "measure.reporter",
        "measure.partner",
        "period.start",
        "period.end",
        "one.provider",
        "one.value",
        "one.valued",
        "one.known_on",
        "other.provider",
        "other.value",
        "other.valued",
        "other.known_on",
        "one.unit",
        "gap",
    ),
)
REVISIONS = View(
    table=(
        Column("provider", attrgetter("provider"), whole=True),
        Column("measure", lambda row: views.subject(row.measure)),
        Column("period", lambda row: words.period(row.period)),
        Column("first print", lambda row: words.amount(row.first), right=True),
        Column("latest", lambda row: words.amount(row.latest) if row.change else "", right=True),
        Column("printed", lambda row: words.amount(row.printed) if row.printed else "", right=True),
        Column("recomputed", lambda row: _percent(row.recomputed, _HUNDREDTH), right=True),
        Column("implied base", _implied, right=True),
        Column("base", lambda row: row.base_reading),
    ),
    csv=lambda: cells(
        provider=attrgetter("provider"),
        indicator=attrgetter("measure.indicator"),
        reporter=attrgetter("measure.reporter"),
        partner=attrgetter("measure.partner"),
        start=attrgetter("period.start"),
        end=attrgetter("period.end"),
        unit=attrgetter("first.unit"),
        first=_value("first"),
        first_released_on=attrgetter("first.released_on"),
        latest=_value("latest"),
        latest_released_on=attrgetter("latest.released_on"),
        change_percent=lambda row: row.change.quantize(_HUNDREDTH),
        printed_percent=_value("printed"),
        recomputed_percent=lambda row: row.recomputed and row.recomputed.quantize(_HUNDREDTH),
        base=_value("base"),
        implied=_whole("implied"),
        implied_low=_whole("implied_low"),
        implied_high=_whole("implied_high"),
        base_reading=attrgetter("base_reading"),
    ),
)
COLLECTED = View(
    table=(
        Column("source", attrgetter("source")),
        Column("new figures", attrgetter("new"), right=True),
        Column("not used", lambda row: len(row.rejects), right=True),
        Column("trouble", lambda row: "yes" if row.trouble else ""),
    ),
    csv=lambda: cells(
        source=attrgetter("source"),
        new=attrgetter("new"),
        rejects=lambda row: len(row.rejects),
        trouble=attrgetter("trouble"),
    ),
)
