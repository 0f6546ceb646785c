"""Commands about reports: demo, read, extract, documents, rejects, version."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tallyman.cli.inputs import found_in, read_or_reject
from tallyman.cli.options import (
    AsOf,
    Format,
    LedgerPath,
    Outlet,
    Output,
    Paths,
    Published,
    opened,
    to_fill,
    today_unless,
)
from tallyman.cli.output import UNUSABLE, leave, refuse, show, show_lines

if TYPE_CHECKING:
    from tallyman.ledger import Summary
    from tallyman.model import Reject

_DEMO = Path("tallyman-demo")


def add_report_commands(app: typer.Typer) -> None:
    """Add the commands of this module."""
    for command in (demo, read, extract, documents, rejects, version):
        app.command()(command)


def demo(
    folder: Annotated[
        Path, typer.Option("--folder", metavar="FOLDER", help="Where the ledger and the report go.")
    ] = _DEMO,
    as_of: AsOf = None,
) -> None:
    """Do the main job on bundled reports: read them, check every claim, follow every target, print a report.

    \b
    tallyman demo
    tallyman demo --as-of 2023-12-31
    """
    from tallyman import demo as bundled
    from tallyman.cli import views
    from tallyman.ledger import Ledger
    from tallyman.publish import html

    day = today_unless(as_of)
    folder.mkdir(parents=True, exist_ok=True)
    with Ledger(folder / "demo.duckdb") as book:
        summary = book.add(bundled.documents())
        show_lines([_told(summary, str(folder / "demo.duckdb")), ""])
        show(book.targets(as_of=day), views.FOLLOWED, Output.TABLE, empty="no target")
        checked = book.verdicts(as_of=day)
        html.report(book.report("Bundled reports", as_of=day), folder / "report.html")
    show_lines(
        [
            "",
            *views.tally(checked),
            "",
            f"The report with charts, marked sentences and all explanations: {folder / 'report.html'}",
            f"Next: tallyman claims --ledger {folder / 'demo.duckdb'} --verdict refuted,conflicting",
        ]
    )


def read(
    paths: Paths,
    published: Published = None,
    outlet: Outlet = None,
    ledger: LedgerPath = None,
) -> None:
    """Read reports and their claims into a ledger. The same report twice adds nothing.

    \b
    tallyman read reports/ --ledger trade.duckdb
    tallyman read archive.jsonl
    """
    from tallyman.ledger import Ledger

    name = to_fill(ledger)
    with Ledger(name) as book:
        summary = book.add(
            found_in(paths, published, outlet), today=today_unless(None), workers=os.cpu_count() or 1
        )
    show_lines([_told(summary, name)])
    refuse(summary.rejects)
    leave(UNUSABLE if summary.rejects else 0)


def extract(
    paths: Paths, published: Published = None, outlet: Outlet = None, output: Format = Output.TABLE
) -> None:
    """Print the claims of reports, keeping nothing: every figure about trade with all its fields.

    \b
    tallyman extract report.txt
    tallyman extract reports/ --format jsonl
    """
    from tallyman import extract as extraction
    from tallyman.cli import views

    refused: list[Reject] = []
    claims = (
        claim
        for document in read_or_reject(paths, published, outlet, refused)
        for claim in extraction.claims(document)
    )
    show(claims, views.EXTRACTED, output, empty="no claim about trade was found")
    refuse(refused)
    leave(UNUSABLE if refused else 0)


def documents(output: Format = Output.TABLE, ledger: LedgerPath = None) -> None:
    """Print the reports of a ledger, with their days and how these are known."""
    from tallyman.cli import views

    with opened(ledger) as book:
        show(book.documents(), views.DOCUMENTS, output, empty="no report; begin with: tallyman read PATH")


def rejects(output: Format = Output.TABLE, ledger: LedgerPath = None) -> None:
    """Print what reading refused, with the reason and the fix."""
    from tallyman.cli import views

    with opened(ledger) as book:
        show(book.rejects(), views.REJECTS, output, empty="nothing was refused")


def version() -> None:
    """Print the version."""
    from tallyman import __version__

    show_lines([f"tallyman {__version__}"])


def _told(summary: Summary, ledger: str) -> str:
    return (
        f"{summary.documents} reports read, {summary.new_documents} of them new, "
        f"with {summary.new_claims} new claims, into {ledger}"
    )
