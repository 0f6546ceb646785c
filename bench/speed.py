"""How long it takes: start, help, a cold check and reading, best of three. Run with ``make bench``."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from tallyman import demo, extract
from tallyman.ledger import Ledger

if TYPE_CHECKING:
    from collections.abc import Callable

REPORTS = Path(demo.__file__).parent / "reports"
SEEDS = Path(__file__).parents[2] / "shared" / "seeds"
MAIN = "from tallyman.cli import main; main()"
RUNS = 3
FEW = 5


def best(action: Callable[[], object]) -> float:
    """Return the shortest time of a few runs, in seconds."""
    times = []
    for _ in range(RUNS):
        start = time.perf_counter()
        action()
        times.append(time.perf_counter() - start)
    return min(times)


def start(program: str, *arguments: str) -> float:
    """Return the time of a new interpreter that runs a program."""
    command = [sys.executable, "-c", program, *arguments]
    return best(lambda: subprocess.run(command, capture_output=True, check=False))  # noqa: S603 - our own program


def row(what: str, measured: float, goal: float, unit: str, *, more: bool = False) -> None:
    """Print a line: what, how much, the goal, and whether it is reached."""
    reached = measured >= goal if more else measured <= goal
    sign = ">=" if more else "<="
    print(f"{what:<48}{measured:>12,.3f} {unit:<10} goal {sign} {goal:g}  {'yes' if reached else 'NO'}")


def main() -> None:
    """Print one line a measure."""
    few = sorted(SEEDS.glob("*.txt") if SEEDS.exists() else REPORTS.glob("*.txt"))[:FEW]
    row("import tallyman", start("import tallyman"), 0.15, "s")
    names = start("from tallyman import areas; areas.names()") - start("from tallyman import areas")
    row("names of areas", names, 0.015, "s")
    row("tallyman --help", start(MAIN, "--help"), 0.3, "s")
    row("tallyman check, five reports, cold", start(MAIN, "check", *map(str, few)), 1.5, "s")
    documents = demo.documents()
    characters = sum(len(document.text) for document in documents)
    seconds = best(lambda: [extract.claims(document) for document in documents])
    row("claims from dense reports", characters / seconds / 1e6, 0.5, "M chars/s", more=True)
    with tempfile.TemporaryDirectory() as folder, Ledger(Path(folder) / "bench.duckdb") as ledger:
        began = time.perf_counter()
        ledger.add(documents)
        row("bundled reports into a new ledger", time.perf_counter() - began, 2, "s")


if __name__ == "__main__":
    main()
