"""Commands that print a ledger for others."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from tallyman.cli.options import AsOf, LedgerPath, named, opened, today_unless
from tallyman.cli.output import show_lines
from tallyman.model import TallymanError


def add_publishing_commands(app: typer.Typer) -> None:
    """Add the commands of this module."""
    for command in (publish, serve):
        app.command()(command)


def publish(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="Where the files go; made if need be.")],
    formats: Annotated[
        str,
        typer.Option(
            "--format",
            metavar="FORMATS",
            help="One or more of html, csv, jsonl, parquet, claimreview, annotations, datapackage, atom, "
            "sdmx-csv.",
        ),
    ] = "html",
    title: Annotated[str, typer.Option("--title", metavar="TEXT", help="The title.")] = "Trade claims",
    site: Annotated[
        str | None, typer.Option("--site", metavar="ADDRESS", help="Where the pages will lie, for feeds.")
    ] = None,
    as_of: AsOf = None,
    ledger: LedgerPath = None,
) -> None:
    """Write a ledger as files: a site of pages that needs no server, tables, feeds and machine-readable reviews.

    \b
    tallyman publish out/ --ledger seeds.duckdb
    tallyman publish out/ --format csv,parquet,datapackage
    """
    from tallyman.publish import formats as known

    with opened(ledger) as book:
        data = book.report(title, as_of=today_unless(as_of))
    names = [name.strip() for name in formats.split(",")]
    written = known.publish(data, folder, names, site=site)
    below = sum(path.parent != folder for path in written)
    show_lines(str(path) for path in written if path.parent == folder)
    show_lines([f"and {below} pages in folders of {folder}"] if below else [])


def serve(
    port: Annotated[
        int, typer.Option("--port", metavar="PORT", min=1, max=65535, help="Where to listen.")
    ] = 8000,
    host: Annotated[str, typer.Option("--host", metavar="HOST", help="Who may reach it.")] = "127.0.0.1",
    title: Annotated[str, typer.Option("--title", metavar="TEXT", help="The title.")] = "Tallyman",
    ledger: LedgerPath = None,
) -> None:
    """Serve pages and an API of a ledger until interrupted; a ledger that grows is picked up by itself.

    \b
    tallyman serve --ledger seeds.duckdb --port 8000
    """
    try:
        from tallyman.web import server
    except ModuleNotFoundError as error:
        raise TallymanError(
            f"serve: {error.name} is not installed; pip install 'tallyman-trade[web]'"
        ) from error

    found = named(ledger)
    show_lines([f"http://{host}:{port}/  (stop with Ctrl-C)"])
    server.serve(
        Path(found) if found else None, host=host, port=port, title=title, today=lambda: today_unless(None)
    )
