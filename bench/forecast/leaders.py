"""The leaders' own targets: the probability on the day each was announced, against what became of it.

The register is ../shared/facts/targets.csv. A pair's figures are those that the package ships; few of them
have the day of their first release, so a figure counts from 45 days after its period, or from its release if
that was earlier. Outcomes are those that figures in the tables decide.
"""

from __future__ import annotations

import csv
import re
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

import msgspec
import numpy as np
from measures import brier, log_score
from tables import table

from tallyman import areas
from tallyman.forecast import Outlook, target_probability
from tallyman.model import Measure, Observation, Quantity, Target
from tallyman.period import month_end
from tallyman.providers.reference import observations
from tallyman.series import Shelf

REGISTER = Path(__file__).resolve().parents[3] / "shared" / "facts" / "targets.csv"
LAG = timedelta(days=45)
BILLION = Decimal(10) ** 9
DRAWS = 4000
SEED = 1


class Case(NamedTuple):
    """A resolved target: what we would have said on the day it was announced, and whether it was met."""

    name: str
    chance: float
    met: bool


def report() -> None:
    """Print every case, and Brier and log score against the base rate with bootstrap intervals."""
    known = Shelf([_released(row) for row in observations()])
    cases = [case for row in _rows() if (case := _case(row, known)) is not None]
    chance = np.array([case.chance for case in cases])
    met = np.array([float(case.met) for case in cases])
    others = (met.sum() - met) / (len(met) - 1)
    pick = np.random.default_rng(SEED).integers(0, len(met), (DRAWS, len(met)))
    gain = ((chance - met) ** 2 - (others - met) ** 2)[pick].mean(1)
    low, high = np.quantile(gain, [0.025, 0.975])
    print(f"\nLeaders' targets: {len(met)} resolved with statistics on the day, {int(met.sum())} met\n")
    rows = [
        ["base rate of the others", brier(others, met), log_score(others, met)],
        ["ours", brier(chance, met), log_score(chance, met)],
    ]
    print(table(["", "Brier", "log score"], rows, digits=3))
    print(f"\nDifference of the Brier scores {gain.mean():+.3f}, 95 % interval {low:+.3f} to {high:+.3f}\n")
    rows = [[case.name, case.chance, "met" if case.met else "missed"] for case in cases]
    print(table(["target", "probability when announced", "outcome"], rows))


def _rows() -> list[dict[str, str]]:
    with REGISTER.open(encoding="utf-8", newline="") as lines:
        return [
            row
            for row in csv.DictReader(lines)
            if row["indicator"] in ("total trade", "total goods trade")
            and row["currency"] == "USD bn"
            and row["outcome_class"] in ("met", "missed")
            and row["outcome_check"] == "figures in tables"
            and re.match(r"\d{4}", row["deadline"])
            and re.match(r"\d{4}(-\d\d)?(-\d\d)?$", row["date_said"])
        ]


def _case(row: dict[str, str], known: Shelf) -> Case | None:
    reporter, partner = areas.pair(row["pair"])
    said = _day(row["date_said"])
    target = Target(
        id=row["target_id"],
        measure=Measure(indicator="total_trade", reporter=reporter, partner=partner),
        quantity=Quantity(value=Decimal(row["amount"]) * BILLION, unit="USD"),
        deadline=date(int(row["deadline"][:4]), 12, 31),
        set_on=said,
    )
    for outlook in target_probability(target, known, as_of=said):
        if isinstance(outlook, Outlook):
            name = f"{row['pair']} {row['amount']} by {row['deadline'][:4]}, said {row['date_said']}"
            chance = outlook.forecast.probability
            assert chance is not None
            return Case(name, chance, row["outcome_class"] == "met")
    return None


def _day(text: str) -> date:
    """Return a day; the last one of a month or year where only that is known."""
    parts = [int(part) for part in text.split("-")]
    if len(parts) == 3:
        return date(*parts)
    return month_end(date(parts[0], parts[1] if len(parts) == 2 else 12, 1))


def _released(row: Observation) -> Observation:
    end = row.period.end
    soon = row.released_on if end is None else min(row.released_on, end + LAG)
    return msgspec.structs.replace(row, released_on=soon)
