"""Words for readers: days, measures, units and source lines, from ``words.toml``."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from tallyman import areas
from tallyman.model import TallymanError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from tallyman.model import Measure

_DECEMBER = 12
_SHOWN = 3


@cache
def _table() -> dict[str, dict[str, Any]]:
    return tomllib.loads(files(__package__).joinpath("words.toml").read_text(encoding="utf-8"))


def say(key: str, /, **values: object) -> str:
    """Return the text ``section.name`` with its names filled in and no stray space.

    >>> say("chart.deadline", day="2024")
    'deadline 2024'
    """
    section, name = key.split(".")
    return str(_table()[section][name]).format(**values).strip()


def day(on: date) -> str:
    """Return a day as readers write it, without a locale: ``7 Dec 2023``."""
    return f"{on.day} {_table()['months']['short'][on.month - 1]} {on.year}"


def until(deadline: date) -> str:
    """Return a deadline: the year alone if it is the last day of one."""
    return str(deadline.year) if (deadline.month, deadline.day) == (_DECEMBER, 31) else day(deadline)


def unit(code: str) -> str:
    """Return a unit in words, or its code where no words are known: ``US dollars``, ``bbl/d``."""
    return str(_table()["unit"].get(code, code))


def area(code: str | None) -> str:
    """Return an area's name; its code where it has none."""
    if code is None:
        return say("measure.somebody")
    try:
        return areas.label(code)
    except TallymanError:
        return code


def measure(told: Measure) -> str:
    """Return what is measured: ``Trade between China and Russia``.

    >>> from tallyman.model import Measure
    >>> measure(Measure(indicator="exports", reporter="CN", partner="RU", basis="services"))
    'Exports of China to Russia (services)'
    """
    text = say(f"measure.{told.indicator}", reporter=area(told.reporter), partner=area(told.partner))
    if told.product:
        text = say("measure.product", measure=text, product=told.product)
    if told.basis in _table()["basis"]:
        text = say("measure.basis", measure=text, basis=say(f"basis.{told.basis}"))
    return text


def source_line(providers: Sequence[str], as_of: date) -> str:
    """Return the source line of a chart: who counted, and what day's knowledge it shows."""
    text = ", ".join(providers[:_SHOWN])
    if len(providers) > _SHOWN:
        text = say("chart.others", names=text, count=len(providers) - _SHOWN)
    return say("chart.source", names=text, day=day(as_of))
