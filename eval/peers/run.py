"""`make eval-peers`: the same figures and times read by other libraries, in an environment of their own.

Trade figures are those of ``eval/gold`` in money, percent and physical units; what a reader finds elsewhere
in those reports is ignored, as not every number there is marked. Quantities and times of general news are
strict: every answer counts. Speed is in millions of characters per CPU second, each reader warm, in one run.
"""

from __future__ import annotations

import sys
import time
import tomllib
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

sys.path.insert(0, str(Path(__file__).parents[1]))

import general
import gold
import others

from tallyman import extract
from tallyman.model import Anchor, Period, Quantity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

HERE = Path(__file__).parent
UNITS = tomllib.loads((HERE / "units.toml").read_text())
NOBODY = "2024-01-01"


def main() -> int:
    """Read the texts with everybody and print one table."""
    reports = [report for report in gold.reports() if report.kind == "trade"]
    texts = general.texts()
    rows = [*_ours(reports, texts), *_peers(reports, texts)]
    trade = sum(len(report.text) for report in reports)
    news = sum(len(one.text) for one in texts)
    print(f"{'':44}{'trade figures':^24}{'general news':^24}{'M chars':>9}")
    print(f"{'reader':32}{'layer':12}" + f"{'P':>8}{'R':>8}{'F1':>8}" * 2 + f"{'/CPU s':>9}")
    for row in rows:
        amounts = row["layer"] == "quantities"
        first = _numbers(_trade(reports, row) if amounts else None)
        second = _numbers(_news(texts, row))
        speed = (trade + news if amounts else news) / max(row["seconds"], 1e-6) / 1e6
        print(f"{row['name'] + ' ' + row['version']:32}{row['layer']:12}{first}{second}{speed:9.3f}")
    return 0


def _ours(reports: Sequence[gold.Report], texts: Sequence[general.Text]) -> list[others.Row]:
    """Return what our two public lower layers find, in the shape of the peers' rows."""
    everything = [report.text for report in reports] + [one.text for one in texts]
    amounts, amounts_seconds = _timed(lambda: [extract.quantities(text) for text in everything])
    times, times_seconds = _timed(
        lambda: [extract.periods(one.text, one.published_on) for one in texts],
    )
    return [
        {
            "name": "tallyman",
            "version": "(this tree)",
            "layer": layer,
            "told": told,
            "seconds": seconds,
        }
        for layer, told, seconds in (
            ("quantities", [general.told_quantities(found) for found in amounts], amounts_seconds),
            ("times", [general.told_periods(found) for found in times], times_seconds),
        )
    ]


def _peers(reports: Sequence[gold.Report], texts: Sequence[general.Text]) -> list[others.Row]:
    """Return what the others find; builds their environment on first use."""
    job = [(report.text, str(report.published_on or NOBODY), False) for report in reports]
    job += [(one.text, str(one.published_on), True) for one in texts]
    others.build()
    rows = list(others.read(job))
    for row in rows:
        tell = _told_quantities if row["layer"] == "quantities" else _told_periods
        row["told"] = [tell(found) for found in row["found"]]
    return rows


def _timed(work: Callable[[], list[Any]]) -> tuple[list[Any], float]:
    extract.quantities("Trade rose 5 percent to $2 billion in May 2024.")
    started = time.process_time()
    return work(), time.process_time() - started


def _told_quantities(found: Iterable[Sequence[Any]]) -> list[general.Mark]:
    answers = []
    for start, end, value, name in found:
        if name not in UNITS["not_asked"]["names"]:
            amount = Quantity(value=Decimal(str(value)), unit=UNITS["codes"].get(name, name))
            answers.append((Anchor(start=start, end=end, exact=""), amount))
    return general.told_quantities(answers)


def _told_periods(found: Iterable[Sequence[Any]]) -> list[general.Mark]:
    return general.told_periods(
        (
            Anchor(start=start, end=end, exact=""),
            Period(start=date.fromisoformat(first), end=date.fromisoformat(last)),
        )
        for start, end, first, last in found
    )


def _trade(reports: Sequence[gold.Report], row: others.Row) -> tuple[float, float, float]:
    total = general.Score()
    for report, told in zip(reports, row["told"], strict=False):
        marks = [_mark(claim) for claim in report.claims if claim.quantity]
        near = [one for one in told if any(_touch(one, mark) for mark in marks)]
        general.score(_once(marks), near, report.path, total)
    return total.f1(general.ASKED)


def _news(texts: Sequence[general.Text], row: others.Row) -> tuple[float, float, float]:
    total = general.Score()
    for one, told in zip(texts, row["told"][-len(texts) :], strict=True):
        amounts = row["layer"] == "quantities"
        general.score(one.quantities if amounts else one.periods, told, one.name, total)
    return total.f1(general.ASKED if row["layer"] == "quantities" else ("time",))


def _mark(claim: gold.GoldClaim) -> general.Mark:
    assert claim.quantity
    return general.Mark(
        anchor=claim.anchor,
        answers=(general.amount(claim.quantity),),
        kind=general.kind(claim.quantity.unit),
        optional=claim.optional,
    )


def _once(marks: Sequence[general.Mark]) -> list[general.Mark]:
    return list({mark.anchor: mark for mark in sorted(marks, key=lambda one: not one.optional)}.values())


def _touch(one: general.Mark, mark: general.Mark) -> bool:
    return one.anchor.start < mark.anchor.end and mark.anchor.start < one.anchor.end


def _numbers(scores: tuple[float, float, float] | None) -> str:
    return "".join(f"{score:8.1f}" for score in scores) if scores else " " * 24


if __name__ == "__main__":
    sys.exit(main())
