"""Measure the shelves of statistics: a million rows imported, a day asked, claims held against them.

    python bench/shelves.py [ROWS]

Each import runs in a process of its own, so that its peak memory is its own.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import time
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

from tallyman import demo
from tallyman.ledger import Ledger
from tallyman.providers import reference, table
from tallyman.providers.mapping import Mapping
from tallyman.store import connect

if TYPE_CHECKING:
    from collections.abc import Callable

_TIMES = 21
NOW = datetime(2026, 1, 1, tzinfo=UTC)
MAPPING = Mapping(
    provider="bench",
    columns={name: name for name in ("reporter", "partner", "indicator", "period", "value", "released_on")},
    constants={"unit": "USD", "basis": "goods"},
)
# Monthly vintages of 240 months, each reprinting the last 13; two flows of many pairs.
ROWS = """
SELECT reporter, partner, indicator, strftime(DATE '2004-01-01' + to_months(month::INT), '%Y-%m') AS period,
    1000000 + hash(reporter, partner, indicator, month, (vintage - month) // 3) % 1000000 AS value,
    CAST(DATE '2004-02-20' + to_months(vintage::INT) AS DATE) AS released_on
FROM (SELECT unnest($1) AS reporter) AS one, (SELECT unnest($1) AS partner) AS other,
    (SELECT unnest(['exports', 'imports', 'total_trade']) AS indicator) AS flows,
    range(240) AS months (month), range(240) AS vintages (vintage)
WHERE reporter < partner AND vintage >= month AND vintage - month < 13
ORDER BY reporter, partner, released_on, period
LIMIT $2
"""
AREAS = ["AE", "AU", "BR", "CA", "CN", "DE", "EG", "FR", "GB", "ID"]
AREAS += ["IN", "IT", "JP", "KR", "KZ", "MX", "RU", "SA", "TR", "US"]


def main(arguments: list[str]) -> int:
    """Print the measures; the argument is the number of rows to import."""
    rows = int(arguments[0]) if arguments else 1_000_000
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if len(arguments) > 1:
            return imported(Path(arguments[1]), Path(arguments[2]))
        for count in (rows // 4, rows):
            source = folder / f"{count}.parquet"
            with duckdb.connect() as database:
                database.sql(ROWS, params=[AREAS, count]).write_parquet(str(source))
            ledger = folder / f"{count}.duckdb"
            subprocess.run([sys.executable, __file__, "0", str(source), str(ledger)], check=True)  # noqa: S603
        asked(ledger)
        judged(ledger)
    read()
    return 0


def imported(source: Path, ledger: Path) -> int:
    """Import a Parquet file and print the time and the peak of memory."""
    start, used = time.perf_counter(), os.times()
    with connect(ledger) as store:
        done = table.load(store, source, MAPPING, retrieved_at=NOW)
    seconds = time.perf_counter() - start
    cpu = sum(os.times()[:2]) - sum(used[:2])
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"import {done.new:>9,} observations   {seconds:6.1f} s ({cpu:.1f} s of processor), peak {peak:,.0f} MB"
    )
    return 0


def asked(ledger: Path) -> None:
    """Ask a large ledger for a pair's twenty years of monthly vintages, as of a day."""
    with connect(ledger, read_only=True) as store:
        times, used = [], os.times()
        for _ in range(_TIMES):
            start = time.perf_counter()
            known = store.observations(pair=("AU", "AE"), as_of=date(2020, 6, 30))
            times.append(time.perf_counter() - start)
        cpu = (sum(os.times()[:2]) - sum(used[:2])) / _TIMES
        prints = len(store.observations(pair=("AU", "AE"), vintages=True))
    middle = sorted(times)[_TIMES // 2]
    print(
        f"as of a day {len(known):,} of {prints:,} prints of a pair   {middle * 1000:6.1f} ms "
        f"({cpu * 1000:.1f} ms of processor)"
    )


def judged(path: Path) -> None:
    """Read the bundled reports into a large ledger, and ask it what commands ask."""
    with Ledger(path) as ledger:
        ledger.add(demo.documents())
    report = demo.documents()[0]
    commands: dict[str, Callable[[Ledger], object]] = {
        "check": lambda ledger: ledger.check(report, as_of=NOW.date()),
        "claims": lambda ledger: ledger.verdicts(as_of=NOW.date()),
        "targets": lambda ledger: ledger.targets(as_of=NOW.date()),
        "observations of a pair": lambda ledger: ledger.observations(("CN", "RU"), as_of=NOW.date()),
    }
    for name, command in commands.items():
        start, used = time.perf_counter(), time.process_time()
        with Ledger(path, read_only=True) as ledger:
            command(ledger)
        seconds, cpu = time.perf_counter() - start, time.process_time() - used
        print(f"{name} in the large ledger   {seconds:6.2f} s ({cpu:.2f} s of processor)")


def read() -> None:
    """Read the shipped table, cold and warm."""
    start = time.perf_counter()
    rows = reference.observations()
    print(f"shipped table {len(rows):,} rows   {(time.perf_counter() - start) * 1000:6.1f} ms")


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
