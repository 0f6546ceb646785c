"""What revisions do to the errors: older releases of Singapore's months, and China's customs day by day."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import TYPE_CHECKING

import numpy as np
from measures import percent_error
from panel import FIRST, Array, Panel, months_of
from replay import replay
from tables import table

from tallyman.forecast.estimate import estimate
from tallyman.forecast.trace import traces
from tallyman.model import Measure
from tallyman.providers.reference import observations
from tallyman.series import Shelf

if TYPE_CHECKING:
    from tallyman.forecast.months import Months

RELEASES = {
    "2019-10": ("sg_singstat_by_market_v2019-10.csv.gz", 2018),
    "2023-02": ("sg_singstat_by_market_v2023-02.csv.gz", 2022),
}
LOOKED_AT = 2
RUSSIA = Measure(indicator="total_trade", reporter="CN", partner="RU", basis="goods")
DAY = 15
YEARS = range(2018, 2026)


def report(panel: Panel) -> None:
    """Print both tables."""
    _singapore(panel)
    _russia()


def _singapore(panel: Panel) -> None:
    final = replay(panel).total
    rows = []
    for release, (name, last) in RELEASES.items():
        old, replaced = _with_release(panel, name, last)
        years = slice(last - LOOKED_AT + 1 - FIRST, last + 1 - FIRST)
        actual = panel.totals[replaced, years, None]
        errors = [percent_error(total[replaced, years, 1:], actual) for total in (replay(old).total, final)]
        change = percent_error(old.totals[replaced, years], panel.totals[replaced, years])
        means = [float(error.mean()) for error in errors]
        rows.append([release, len(replaced), *means, float(np.median(change)), float(change.max())])
    print(
        "\nSingapore's last two years, forecast from an older release and from the newest one (MAPE, all k)\n"
    )
    head = ["release", "series", "as released then", "as known in 2025", "median revision, %", "largest"]
    print(table(head, rows, digits=3))


def _with_release(panel: Panel, name: str, last: int) -> tuple[Panel, list[int]]:
    """Return the panel with one release's months in place of the newest, and the places of those series."""
    released = months_of(name)
    months = panel.months.copy()
    replaced = []
    until = last - FIRST + 1
    for place, key in enumerate(panel.keys):
        if key in released and np.isfinite(released[key][until - LOOKED_AT : until]).all():
            known = np.isfinite(released[key]) & (released[key] > 0)
            known[until:] = False
            months[place] = np.where(known, released[key], months[place])
            replaced.append(place)
    return panel._replace(months=months), replaced


def _russia() -> None:
    """Print the errors of China's trade with Russia, from what its customs had printed by each 15th."""
    shelf = Shelf(observations())
    actual = _gacc(shelf, date(YEARS[-1] + 1, 12, 31))
    by_k: defaultdict[int, list[tuple[float, float, bool, bool]]] = defaultdict(list)
    for year in YEARS:
        total = float(actual.totals[year - actual.first_year])
        for month in range(1, 13):
            months = _gacc(shelf, date(year, month, DAY))
            guess = estimate(months, year)
            growth = _growth(months, year)
            if guess is None or np.isnan(growth):
                continue
            low, lower, upper, high = guess.quantiles(np.array([0.05, 0.1, 0.9, 0.95]))
            errors = (
                float(percent_error(np.array(value), np.array(total))) for value in (guess.median, growth)
            )
            by_k[months.known(year)].append((*errors, lower <= total <= upper, low <= total <= high))
    rows = [[f"{k}", len(cases), *np.mean(cases, axis=0)] for k, cases in sorted(by_k.items())]
    everything = [case for cases in by_k.values() for case in cases]
    rows.append(["all", len(everything), *np.mean(everything, axis=0)])
    print(f"\nChina-Russia, as its customs had printed it by each {DAY}th, {YEARS[0]}-{YEARS[-1]}\n")
    head = ["k", "days", "MAPE of ours", "MAPE of growth so far", "in 80 %", "in 90 %"]
    print(table(head, rows))


def _gacc(shelf: Shelf, day: date) -> Months:
    return next(t.months for t in traces(RUSSIA, shelf, as_of=day) if t.source.series.provider == "gacc")


def _growth(months: Months, year: int) -> float:
    """Return last year's total times the growth so far, NaN without months of both years."""
    known = months.known(year)
    place = year - months.first_year
    if known == 0:
        return float("nan")
    now: Array = months.values[place, :known].sum()
    return float(months.totals[place - 1] * now / months.values[place - 1, :known].sum())
