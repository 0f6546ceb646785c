"""Commands about claims: check, claims, explain."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, cast, get_args

import typer

from tallyman.cli.inputs import read_or_reject
from tallyman.cli.options import (
    AsOf,
    Format,
    LedgerPath,
    Outlet,
    Output,
    Paths,
    Published,
    nothing,
    opened,
    today_unless,
)
from tallyman.cli.output import UNUSABLE, leave, refuse, show, show_lines
from tallyman.model import Label, Reject

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from tallyman.publish.sarif import Judged

REFUTED = 1


class Findings(StrEnum):
    """How the findings of a check are printed."""

    TABLE = "table"
    JSONL = "jsonl"
    CSV = "csv"
    GITHUB = "github"
    SARIF = "sarif"


def add_claim_commands(app: typer.Typer) -> None:
    """Add the commands of this module."""
    for command in (check, claims, explain):
        app.command()(command)


def check(
    paths: Paths,
    published: Published = None,
    outlet: Outlet = None,
    as_of: AsOf = None,
    output: Annotated[
        Findings,
        typer.Option("--format", help="How to print: github and sarif are for pull requests and editors."),
    ] = Findings.TABLE,
    ledger: LedgerPath = None,
) -> None:
    """Hold every claim of a report against official statistics, one line a claim, keeping nothing.

    Each claim gets two verdicts: as known on the day it was said, and as known today. Exit code 1 if one of
    them refutes a claim.

    \b
    tallyman check report.txt
    tallyman check draft.md --published 2024-02-01 --format jsonl
    tallyman check drafts/ --format sarif > tallyman.sarif
    curl -s https://example.org/report.html | tallyman check -
    """
    from tallyman import __version__
    from tallyman.cli import views
    from tallyman.publish.sarif import Judged, commands, log

    day, rejects, refuted = today_unless(as_of), list[Reject](), False
    with opened(ledger) as book:

        def checked() -> Iterator[Judged]:
            nonlocal refuted
            for document in read_or_reject(paths, published, outlet, rejects):
                for row in book.check(document, as_of=day):
                    refuted |= "refuted" in (row.verdict_then.label, row.verdict_today.label)
                    yield Judged(document, row.claim, row.verdict_then, row.verdict_today)

        if output is Findings.TABLE:
            show_lines(map(views.finding, checked()))
        elif output is Findings.GITHUB:
            show_lines(commands(checked()))
        elif output is Findings.SARIF:
            show_lines([log(checked(), version=__version__).decode()])
        else:
            show(checked(), views.FOUND, Output(output), empty="")
    refuse(rejects)
    leave(UNUSABLE if rejects else REFUTED if refuted else 0)


def claims(
    verdict: Annotated[
        str | None,
        typer.Option(
            "--verdict",
            metavar="LABELS",
            help=f"Only claims with one of these verdicts, then or today: {', '.join(get_args(Label))}.",
        ),
    ] = None,
    as_of: AsOf = None,
    output: Format = Output.TABLE,
    ledger: LedgerPath = None,
) -> None:
    """Print the claims of a ledger with both verdicts: as known when they were said, and as known today.

    \b
    tallyman claims --ledger seeds.duckdb --verdict refuted,conflicting
    tallyman claims --as-of 2022-12-31 --format csv
    """
    from tallyman.cli import views

    labels = _labels(verdict)
    with opened(ledger) as book:
        rows = book.verdicts(as_of=today_unless(as_of), labels=labels)
        show(rows, views.CHECKED, output, empty=nothing(book, "claim", chosen=bool(labels)))


def explain(
    claim_id: Annotated[
        str, typer.Argument(metavar="CLAIM_ID", help="The id of a claim, or its first letters.")
    ],
    as_of: AsOf = None,
    output: Format = Output.TABLE,
    ledger: LedgerPath = None,
) -> None:
    """Show all that stands behind a claim: its sentence, its fields and their cues, the official rows used.

    \b
    tallyman explain clm_0123456789abcdef
    """
    from tallyman.cli import views

    with opened(ledger) as book:
        found = book.explain(claim_id, as_of=today_unless(as_of))
        if output is Output.TABLE:
            show_lines(views.explanation(found))
        elif output is Output.CSV:
            show(views.fields(found), views.EXPLAINED, output, empty="")
        else:
            show([found], views.EXPLAINED, output, empty="")


def _labels(verdict: str | None) -> Collection[Label] | None:
    if verdict is None:
        return None
    labels = [label.strip() for label in verdict.split(",")]
    unknown = [label for label in labels if label not in get_args(Label)]
    if unknown:
        raise typer.BadParameter(f"no such verdict: {', '.join(unknown)}; use {', '.join(get_args(Label))}")
    return cast("list[Label]", labels)
