"""Commands that get official statistics into a ledger: fetch comtrade, fetch sdmx, fetch table."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from datetime import UTC, datetime
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tallyman.cli.options import Format, LedgerPath, Output, Pair, filled
from tallyman.cli.output import UNUSABLE, leave, refuse, show

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tallyman.fetch import Fetcher
    from tallyman.providers.collect import Collected
    from tallyman.providers.table import Loaded

KEY_VARIABLE = "TALLYMAN_COMTRADE_KEY"
CACHE_VARIABLE = "XDG_CACHE_HOME"
fetch = typer.Typer(no_args_is_help=True, rich_markup_mode=None)


class Frequency(StrEnum):
    """How often a series counts."""

    YEAR = "A"
    QUARTER = "Q"
    MONTH = "M"


def add_fetch_commands(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.add_typer(fetch, name="fetch", help="Get official statistics into a ledger.")


@fetch.command()
def comtrade(
    pair: Pair,
    periods: Annotated[
        list[str], typer.Argument(metavar="PERIOD...", help="Years (2023) or months (202304), not both.")
    ],
    chapters: Annotated[bool, typer.Option("--chapters", help="By HS chapter, not only in total.")] = False,
    output: Format = Output.TABLE,
    ledger: LedgerPath = None,
) -> None:
    """Ask UN Comtrade for exports and imports of a pair, as both sides report them.

    Without a key the public preview answers, at most 500 rows at a time; the full service needs a key in the
    variable TALLYMAN_COMTRADE_KEY. Answers are kept for a day, so a run that broke off goes on.

    \b
    tallyman fetch comtrade CN-RU 2021 2022 2023
    tallyman fetch comtrade china-russia 202401 202402 --chapters
    """
    from tallyman import areas
    from tallyman.providers import comtrade as service
    from tallyman.providers.collect import collect

    codes = areas.pair(pair)
    with fetcher() as client, filled(ledger) as book:
        asked = partial(
            service.observations,
            codes,
            periods,
            fetch=client,
            key=os.environ.get(KEY_VARIABLE),
            commodities="AG2" if chapters else "TOTAL",
        )
        rows = list(collect(book.store, {f"comtrade {'-'.join(codes)}": asked}))
    told(rows, output)


@fetch.command()
def sdmx(
    series: Annotated[
        str, typer.Argument(metavar="SERIES", help="imf_imts, comext, or a TOML file of your own.")
    ],
    pair: Annotated[str, typer.Argument(metavar="PAIR|FILE", help="Two areas to ask for, or an SDMX file.")],
    since: Annotated[str, typer.Option("--since", metavar="PERIOD", help="The first period.")] = "2015",
    frequency: Annotated[
        Frequency, typer.Option("--frequency", help="Years, quarters or months.")
    ] = Frequency.MONTH,
    output: Format = Output.TABLE,
    ledger: LedgerPath = None,
) -> None:
    """Ask an SDMX service (IMF, Eurostat ...) for a pair, or read an SDMX-ML, SDMX-JSON or SDMX-CSV file.

    Needs the extra [sdmx]. How to describe a series of one's own stands in docs/providers.md.

    \b
    tallyman fetch sdmx imf_imts CN-RU --since 2018
    tallyman fetch sdmx imf_imts download.xml
    """
    from tallyman import areas
    from tallyman.providers import sdmx as services

    own = series.endswith(".toml")
    wanted = services.read_series(Path(series)) if own else services.series(series)
    with fetcher() as client, filled(ledger) as book:
        if Path(pair).is_file():
            found = services.load_file(book.store, Path(pair), wanted, retrieved_at=client.now)
        else:
            found = services.load(
                book.store, wanted, areas.pair(pair), frequency=frequency.value, since=since, fetch=client
            )
    told([collected(f"sdmx {series} {pair}", found)], output)


@fetch.command()
def table(
    file: Annotated[str, typer.Argument(metavar="FILE", help="A CSV, Parquet or Excel file.")],
    mapping: Annotated[
        str, typer.Option("--mapping", metavar="TOML", help="What its columns mean; see docs/providers.md.")
    ],
    output: Format = Output.TABLE,
    ledger: LedgerPath = None,
) -> None:
    """Read a table of your own into the ledger; every row that cannot be used is listed with its line.

    \b
    tallyman fetch table trade.csv --mapping trade.toml
    """
    from tallyman.providers import table as tables
    from tallyman.providers.mapping import read_mapping

    with filled(ledger) as book:
        found = tables.load(
            book.store, Path(file), read_mapping(Path(mapping)), retrieved_at=datetime.now(UTC)
        )
    told([collected(f"table {file}", found)], output)


@contextmanager
def fetcher() -> Iterator[Fetcher]:
    """Open the door to the network, with answers kept in the user's cache folder."""
    from tallyman.fetch import Fetcher

    cache = Path(os.environ.get(CACHE_VARIABLE) or Path.home() / ".cache")
    with Fetcher(now=datetime.now(UTC), cache=cache / "tallyman") as client:
        yield client


def collected(source: str, found: Loaded) -> Collected:
    """Return what a table brought, in the form in which all sources are told."""
    from tallyman.providers.collect import Collected

    return Collected(source=source, new=found.new, rejects=found.rejects)


def told(rows: list[Collected], output: Output) -> None:
    """Print what each source brought; what was not used goes to standard error, with exit code 2."""
    from tallyman.cli import counted

    show(rows, counted.COLLECTED, output, empty="")
    for row in rows:
        refuse(row.rejects)
        if row.trouble:
            print(f"tallyman: {row.source}: {row.trouble}", file=sys.stderr)
    leave(UNUSABLE if any(row.rejects or row.trouble for row in rows) else 0)
