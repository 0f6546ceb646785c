"""The frozen panel: 158 monthly bilateral series from ../shared/series, and the wider one for targets.

The United States' 40, Singapore's 25 and Switzerland's 25 largest partners (largest over 2010-19, over
2005-14 for Switzerland), and Japan's and Korea's trade with China; without Singapore's imports from Panama,
which are mostly zero. Singapore's months before 2003 come from the release of 2023-02.
"""

from __future__ import annotations

import csv
import gzip
import itertools
from collections import defaultdict
from functools import cache
from pathlib import Path
from typing import NamedTuple, TextIO

import numpy as np
import numpy.typing as npt

SERIES = Path(__file__).resolve().parents[3] / "shared" / "series"
FIRST, LAST = 1976, 2024
YEARS = LAST - FIRST + 1
TEST_YEARS = 8
TEST_FROM = {"US": 2015, "SG": 2017, "CH": 2011, "JP": 2012, "KR": 2012}
ENDS = {"US": 2022, "SG": 2024, "CH": 2018, "JP": 2019, "KR": 2019}
FILES = {
    "us_census_by_country_v2023-03.csv.gz": FIRST,
    "ch_customs_exports_by_country_v2019.csv.gz": FIRST,
    "jp_kr_china_2001-2019.csv": FIRST,
    "sg_singstat_by_market_v2023-02.csv.gz": FIRST,
    "sg_singstat_by_market_v2025-02.csv.gz": 2003,
}
LARGEST = {"US": (40, 2010, 2019), "SG": (25, 2010, 2019), "CH": (25, 2005, 2014)}
LEFT_OUT = {("SG", "Panama", "import")}
HISTORY = 8
CODES = {"United States": "US", "Switzerland": "CH", "Japan": "JP", "Korea, South": "KR", "Singapore": "SG"}
DOLLARS = {"US": 1e6, "SG": 1e3, "CH": 1.0, "JP": 1e3 / 110, "KR": 1e3}
"""Roughly one unit of the file in dollars; only to say which series are large enough for the target panel."""
LARGE_FROM, LARGE_TO = 2000, 2004
LEAST_YEARLY = 50e6

Array = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]
Key = tuple[str, str, str]


class Panel(NamedTuple):
    """``months`` (series, years 1976-2024, 12), NaN where unknown; ``group`` numbers the reporters."""

    keys: list[Key]
    months: Array
    group: npt.NDArray[np.int64]

    @property
    def totals(self) -> Array:
        """The annual totals, NaN unless all months are known."""
        return self.months.sum(2)

    @property
    def taught(self) -> Mask:
        """The complete years with at least eight years of history: they may teach."""
        known = np.isfinite(self.months)
        begin = known.any(2).argmax(1)
        return known.all(2) & (np.arange(YEARS) >= begin[:, None] + HISTORY)

    @property
    def tested(self) -> Mask:
        """The eight test years of each series."""
        start = np.array([TEST_FROM[key[0]] for key in self.keys])[:, None]
        year = FIRST + np.arange(YEARS)
        return (year >= start) & (year < start + TEST_YEARS)


def available() -> bool:
    """Tell whether the material is here."""
    return SERIES.is_dir()


def load() -> Panel:
    """Return the 158 series."""
    raw = _raw()
    keys: list[Key] = []
    for reporter, (count, start, end) in LARGEST.items():
        size: defaultdict[str, float] = defaultdict(float)
        for (source, partner, _), months in raw.items():
            if source == reporter:
                size[partner] += np.nansum(months[start - FIRST : end - FIRST + 1])
        top = sorted(size, key=lambda partner: -size[partner])[:count]
        keys += [(reporter, partner, flow) for partner in top for flow in ("export", "import")]
    keys += [(reporter, "China", flow) for reporter in ("JP", "KR") for flow in ("export", "import")]
    return _panel([key for key in keys if key in raw and key not in LEFT_OUT], raw)


def load_wide() -> Panel:
    """Return every series of at least 50 million (dollars, roughly) a year over 2000-04, zeros kept."""
    raw = _raw()
    large = slice(LARGE_FROM - FIRST, LARGE_TO - FIRST + 1)
    keys = []
    for key, months in raw.items():
        totals = months[large].sum(1)
        known = totals[np.isfinite(totals)]
        if len(known) and known.mean() * DOLLARS[key[0]] >= LEAST_YEARLY:
            keys.append(key)
    return _panel(keys, raw, zeros=True)


def _panel(keys: list[Key], raw: dict[Key, Array], *, zeros: bool = False) -> Panel:
    months = np.array([raw[key] for key in keys])
    if not zeros:
        months[months <= 0] = np.nan
    names = list(TEST_FROM)
    return Panel(keys, months, np.array([names.index(key[0]) for key in keys]))


def months_of(name: str, start: int = FIRST) -> dict[Key, Array]:
    """Return the months (years 1976-2024, 12) of one file's series from the year ``start``, no aggregates."""
    fresh: dict[Key, Array] = {}
    with _open(SERIES / name) as lines:
        for reporter, partner, flow, period, value, *_ in itertools.islice(csv.reader(lines), 1, None):
            code, year, month = CODES[reporter], int(period[:4]), int(period[5:])
            if partner.startswith("AGG:") or not start <= year <= ENDS[code]:
                continue
            key = (code, partner, "import" if flow == "import" else "export")
            months = fresh.setdefault(key, np.full((YEARS, 12), np.nan))
            place = (year - FIRST, month - 1)
            months[place] = float(value) + (0.0 if np.isnan(months[place]) else months[place])
    return fresh


@cache
def _raw() -> dict[Key, Array]:
    raw: dict[Key, Array] = {}
    for name, start in FILES.items():
        _splice(raw, months_of(name, start), start)
    return raw


def _splice(raw: dict[Key, Array], fresh: dict[Key, Array], start: int) -> None:
    for key, months in fresh.items():
        if key in raw:
            raw[key][start - FIRST :] = months[start - FIRST :]
        else:
            raw[key] = months
    if start > FIRST:
        for key in [key for key in raw if key[0] == next(iter(fresh))[0] and key not in fresh]:
            del raw[key]


def _open(path: Path) -> TextIO:
    return gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8")
