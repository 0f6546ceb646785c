"""Words for readers: days, measures, units and source lines, from ``words.toml``."""

from __future__ import annotations

import tomllib
from datetime import date
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from tallyman import areas, quantity, wording
from tallyman.interval import Interval
from tallyman.model import Quantity, TallymanError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tallyman.mirror import Count
    from tallyman.model import Attribution, Claim, Measure, Observation, Period, Target, Verdict

_DECEMBER = 12
_SHOWN = 2
_LEAST = 0.01


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


def figure(claim: Claim) -> str:
    """Return what a claim says in figures, ``up 19.8 %``, ``$40 billion or more``, or else in its words."""
    if claim.quantity is None:
        return claim.anchor.exact
    text = say(f"bound.{claim.quantity.bound}", figure=quantity.format(claim.quantity))
    direction = claim.comparison.direction if claim.comparison else None
    return say(f"direction.{direction}", figure=text) if claim.role == "change" and direction else text


def amount(row: Observation) -> str:
    """Return the figure of an observation as printed: ``$146.887 billion``, ``+19.8 %``."""
    if row.role == "change":
        return wording.growth(row.value)
    return quantity.format(Quantity(value=row.value, unit=row.unit, step=row.step))


def link(address: str) -> str:
    """Return an address if a reader may follow it; anything but http and https leads nowhere.

    >>> link("https://example.org/a"), link("javascript:alert(1)")
    ('https://example.org/a', '#')
    """
    return address if urlsplit(address).scheme in {"http", "https"} else "#"


def host(address: str) -> str:
    """Return the host of an address, as link text; the address itself if it has none."""
    return urlsplit(address).hostname or address


def period(about: Period) -> str:
    """Return the time a figure is about: ``January-April 2021``, ``by 2024``, ``no period``."""
    start, end = about.start, about.end
    if start is None and end is None:
        return say("period.none")
    if start is None or end is None:
        known = start or end
        return say("period.open_end" if start else "period.open_start", day=day(known or date.min))
    text = wording.span(start, end)
    if about.relation in {"by", "since", "until", "before"}:
        return say(f"period.{about.relation}", span=text)
    return text


def when(claim: Claim) -> str:
    """Return when a claim is to be true: its deadline if it looks ahead, else the period it is about."""
    if claim.deadline is not None:
        return due(claim.deadline)
    return due(None) if claim.modality == "target" and claim.period.end is None else period(claim.period)


def quote(claim: Claim) -> tuple[str, str, str]:
    """Return the clause of a claim in three parts: before the figure, the figure, after it.

    The clause comes whole in the middle part where the figure does not stand in it.
    """
    clause, anchor = claim.clause, claim.anchor
    if not clause.start <= anchor.start <= anchor.end <= clause.end:
        return "", clause.exact, ""
    start, end = anchor.start - clause.start, anchor.end - clause.start
    return clause.exact[:start], clause.exact[start:end], clause.exact[end:]


def claimed(claim: Claim, verdict: Verdict) -> str:
    """Return the values that the words of a claim allow: ``$139.5 billion to $141 billion``."""
    unit_code = claim.quantity.unit if claim.quantity else ""
    interval = Interval(low=verdict.interval_low, high=verdict.interval_high)
    return wording.ends(interval, unit_code)


def change(claim: Claim, verdict: Verdict) -> str:
    """Return what would change a verdict, in words."""
    return say(f"change.{verdict.label}", ends=claimed(claim, verdict))


def pair_name(key: str) -> str:
    """Return the names of a pair's areas: ``China and Russia`` for ``CN-RU``."""
    first, second = key.split("-")
    return say("measure.pair", first=area(first), second=area(second))


def chance(probability: float) -> str:
    """Return a probability in words that promise no more than it can: ``under 1 %``, ``38 %``, ``over 99 %``."""
    if probability < _LEAST:
        return say("chance.least")
    if probability > 1 - _LEAST:
        return say("chance.most")
    return say("chance.percent", percent=f"{probability * 100:.0f}")


def reached(progress: float) -> str:
    """Return how much of an amount is reached, in words: ``78 % of it``."""
    return say("progress.reached", percent=f"{progress * 100:.0f}")


def counted(side: Count) -> str:
    """Return what one side of a mirror counts, with the digits that are known: ``$240.11 billion``."""
    return quantity.format(Quantity(value=side.value, unit=side.unit))


def rounded(foreseen: float) -> str:
    """Return a foreseen amount to four digits, for more would promise too much.

    >>> rounded(238570524068.3)
    '238.6 billion'
    """
    return quantity.format(Quantity(value=Decimal(f"{foreseen:.4g}"), unit="count"))


def goal(target: Target) -> str:
    """Return a target in words: ``Trade between China and Russia: $200 billion by 2024``."""
    amount_due = say(
        "target.dated" if target.deadline else "target.undated",
        figure=quantity.format(target.quantity),
        due=due(target.deadline),
    )
    return f"{measure(target.measure)}: {amount_due}"


def due(deadline: date | None) -> str:
    """Return a target's deadline in words: ``by 2024`` or ``no deadline``."""
    return say("period.deadline", day=until(deadline)) if deadline else say("period.no_deadline")


def who(told: Attribution) -> str:
    """Return the chain of an attribution: who holds it, who says it, who passes it on."""
    speaker = told.speaker or told.holder or say("attribution.nobody")
    if told.speaker and told.speaker_role:
        speaker = say("attribution.role", name=told.speaker, role=told.speaker_role)
    if told.holder and told.speaker and told.holder != told.speaker:
        speaker = say("attribution.held", holder=told.holder, speaker=speaker)
    return say("attribution.relayed", who=speaker, relay=told.relayed_by) if told.relayed_by else speaker


def source_line(providers: Sequence[str], as_of: date) -> str:
    """Return the source line of a chart: who counted, and what day's knowledge it shows."""
    text = ", ".join(providers[:_SHOWN])
    if len(providers) > _SHOWN:
        text = say("chart.others", names=text, count=len(providers) - _SHOWN)
    return say("chart.source", names=text, day=day(as_of))
