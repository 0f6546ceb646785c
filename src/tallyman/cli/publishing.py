"""Commands that print a ledger for others."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003 - Typer reads the annotations
from typing import Annotated

import typer

from tallyman.cli.options import AsOf, LedgerPath, opened, today_unless
from tallyman.cli.output import show_lines


def add_publishing_commands(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command()(publish)


def publish(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="Where the files go; made if need be.")],
    formats: Annotated[
        str,
        typer.Option(
            "--format",
            metavar="FORMATS",
            help="One or more of html, csv, jsonl, parquet, claimreview, annotations, datapackage, atom.",
        ),
    ] = "html",
    title: Annotated[str, typer.Option("--title", metavar="TEXT", help="The title.")] = "Trade claims",
    site: Annotated[
        str | None, typer.Option("--site", metavar="ADDRESS", help="Where the pages will lie, for feeds.")
    ] = None,
    as_of: AsOf = None,
    ledger: LedgerPath = None,
) -> None:
    """Write a ledger as files: the printed report, tables, feeds and machine-readable reviews.

    \b
    tallyman publish out/ --ledger seeds.duckdb
    tallyman publish out/ --format csv,parquet,datapackage
    """
    from tallyman.publish import formats as known

    with opened(ledger) as book:
        data = book.report(title, as_of=today_unless(as_of))
    names = [name.strip() for name in formats.split(",")]
    show_lines(str(path) for path in known.publish(data, folder, names, site=site))
