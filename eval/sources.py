"""Test the live sources of statistics and write docs/source-health.md.

    python eval/sources.py            # needs the network; .ci/weekly runs it

Each source is asked, through the real client, for China's trade with Russia in 2022, which is known: a source is
well if it answers, its rows pass, and its exports are within 5 % of what China's customs printed.
"""

from __future__ import annotations

import sys
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from tallyman.fetch import Fetcher
from tallyman.model import Noun, TallymanError
from tallyman.providers import comtrade, reference, sdmx
from tallyman.providers.collect import collect
from tallyman.store import Store, connect

if TYPE_CHECKING:
    from collections.abc import Callable

PAGE = Path(__file__).parents[1] / "docs" / "source-health.md"
PAIR = ("CN", "RU")
YEAR = (date(2022, 1, 1), date(2022, 12, 31))
CLOSE_ENOUGH = Decimal("0.05")
HEAD = """# Health of the sources

Written by `eval/sources.py`, which `.ci/weekly` runs with the network on; never in continuous integration. Each
source is asked for China's exports to Russia in 2022 and compared with what China's customs printed.

| source | checked on | health | rows | exports, $ billion | what is wrong |
|---|---|---|---|---|---|
"""


class Health(Noun, frozen=True, kw_only=True):
    """How a source did on a day."""

    source: str
    checked_on: date
    rows: int = 0
    exports: Decimal | None = None
    trouble: str = ""


def probes(fetch: Fetcher) -> dict[str, Callable[[Store], None]]:
    """Return what asks each source, by its name."""

    def ask_comtrade(store: Store) -> None:
        rows = list(comtrade.observations(PAIR, ["2022"], fetch=fetch))
        for done in collect(store, {"comtrade": lambda: rows}):
            if done.trouble:
                raise TallymanError(done.trouble)

    def ask_imf(store: Store) -> None:
        sdmx.load(store, sdmx.series("imf_imts"), PAIR, frequency="A", since="2022", fetch=fetch)

    return {"comtrade": ask_comtrade, "imf_imts": ask_imf}


def examine(source: str, ask: Callable[[Store], None], checked_on: date) -> Health:
    """Ask one source and judge its answer; a refusal is its trouble."""
    with connect(None) as store:
        try:
            ask(store)
        except TallymanError as error:
            return Health(source=source, checked_on=checked_on, trouble=str(error))
        rows = store.observations(pair=PAIR, vintages=True)
        exports = next(
            (
                row.value
                for row in rows
                if row.measure.indicator == "exports"
                and row.measure.reporter == "CN"
                and (row.period.start, row.period.end) == YEAR
            ),
            None,
        )
    return Health(
        source=source, checked_on=checked_on, rows=len(rows), exports=exports, trouble=_trouble(exports)
    )


def page(results: list[Health]) -> str:
    """Return the health page."""
    lines = []
    for one in results:
        health = "ill" if one.trouble else "well"
        exports = f"{one.exports / 10**9:.2f}" if one.exports is not None else ""
        trouble = one.trouble.replace("|", "\\|")
        lines.append(f"| {one.source} | {one.checked_on} | {health} | {one.rows} | {exports} | {trouble} |")
    return HEAD + "\n".join(lines) + "\n"


def main() -> int:
    """Write the page; the exit code is 1 if a source is ill."""
    now = datetime.now(UTC)
    with Fetcher(now=now) as fetch:
        results = [examine(source, ask, now.date()) for source, ask in probes(fetch).items()]
    PAGE.write_text(page(results), encoding="utf-8")
    print(page(results))
    return 1 if any(one.trouble for one in results) else 0


def _trouble(exports: Decimal | None) -> str:
    printed = next(
        row.value
        for row in reference.observations()
        if row.provider == "gacc"
        and row.measure.indicator == "exports"
        and row.measure.partner == "RU"
        and row.role == "level"
        and (row.period.start, row.period.end) == YEAR
    )
    if exports is None:
        return "no exports of 2022 in the answer"
    gap = abs(exports - printed) / printed
    return "" if gap <= CLOSE_ENOUGH else f"exports differ from China's customs by {gap:.0%}"


if __name__ == "__main__":
    sys.exit(main())
