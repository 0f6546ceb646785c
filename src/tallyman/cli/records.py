"""Commands about the public record: speakers, scores."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from tallyman.cli.options import AsOf, Format, LedgerPath, Output, opened, today_unless
from tallyman.cli.output import show


class By(StrEnum):
    """Whose record it is."""

    SPEAKER = "speaker"
    OUTLET = "outlet"


def add_record_commands(app: typer.Typer) -> None:
    """Add the commands of this module."""
    for command in (speakers, scores):
        app.command()(command)


def speakers(
    by: Annotated[
        By, typer.Option("--by", help="Whose record: who said it, or who printed it.")
    ] = By.SPEAKER,
    as_of: AsOf = None,
    output: Format = Output.TABLE,
    ledger: LedgerPath = None,
) -> None:
    """Print how often each speaker was right, which way they err, how their forecasts fared.

    Every share and mean stands with its 95 % interval. Names with fewer than ten claims have no record.

    \b
    tallyman speakers --ledger seeds.duckdb
    tallyman speakers --by outlet --format jsonl
    """
    from tallyman.cli import recorded

    with opened(ledger) as book:
        rows = book.speakers(as_of=today_unless(as_of), by=by.value)
    show(rows, recorded.SPEAKERS, output, empty=f"no {by.value} has ten claims in this ledger")


def scores(
    each: Annotated[
        bool, typer.Option("--each", help="Every forecast of the record, resolved or not.")
    ] = False,
    as_of: AsOf = None,
    output: Format = Output.TABLE,
    ledger: LedgerPath = None,
) -> None:
    """Print how forecasts fared: ours as kept, officials', ours of the same days, and plain arithmetic beside all.

    Amounts are scored in percent of the outcome (percent_error, crps), probabilities by brier and log_score;
    smaller is better. Forecasts are kept with: tallyman forecast PAIR --keep

    \b
    tallyman scores --ledger seeds.duckdb
    tallyman scores --each --as-of 2025-12-31 --format jsonl
    """
    from tallyman.cli import recorded
    from tallyman.score import summed

    with opened(ledger) as book:
        rows = book.forecasts(as_of=today_unless(as_of))
    if each:
        show(rows, recorded.FARED, output, empty="nobody has forecast anything in this ledger")
    else:
        empty = (
            f"none of {len(rows)} forecasts is resolved"
            if rows
            else "no forecast; tallyman forecast PAIR --keep"
        )
        show(summed(rows), recorded.SUMMED, output, empty=empty)
