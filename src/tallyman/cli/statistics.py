"""Commands about official statistics."""

from __future__ import annotations

from typing import Annotated

import typer

from tallyman.cli.options import AsOf, Format, LedgerPath, Output, opened, today_unless
from tallyman.cli.output import Column, View, show

Pair = Annotated[
    str | None,
    typer.Argument(metavar="PAIR", help="Two areas: CN-RU, china-russia, EU-VN. Default: all pairs."),
]


def add_statistics_commands(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command()(observations)


def observations(
    pair: Pair = None,
    vintages: Annotated[
        bool, typer.Option("--vintages", help="All prints of a number, not only the one that counts.")
    ] = False,
    as_of: AsOf = None,
    output: Format = Output.TABLE,
    ledger: LedgerPath = None,
) -> None:
    """Print official figures on trade as they were known on a day, in full units.

    \b
    tallyman observations CN-RU --as-of 2022-01-20
    tallyman observations china-russia --vintages --format csv
    """
    from tallyman import areas

    codes = areas.pair(pair) if pair else None
    with opened(ledger) as book:
        rows = book.observations(codes, as_of=today_unless(as_of), vintages=vintages)
        show(rows, _view(), output, empty=f"no figures on {pair or 'any pair'} were known on that day")


def _view() -> View:
    from tallyman.cli.views import subject
    from tallyman.publish import words

    return View(
        table=(
            Column("provider", lambda row: row.provider),
            Column("measure", lambda row: subject(row.measure)),
            Column("period", lambda row: words.period(row.period), whole=True),
            Column("figure", words.amount, right=True),
            Column("released", lambda row: row.released_on, whole=True),
            Column("status", lambda row: "" if row.status == "normal" else row.status),
        ),
        csv=(
            Column("provider", lambda row: row.provider),
            Column("indicator", lambda row: row.measure.indicator),
            Column("reporter", lambda row: row.measure.reporter),
            Column("partner", lambda row: row.measure.partner),
            Column("basis", lambda row: row.measure.basis),
            Column("role", lambda row: row.role),
            Column("period_start", lambda row: row.period.start),
            Column("period_end", lambda row: row.period.end),
            Column("value", lambda row: row.value),
            Column("unit", lambda row: row.unit),
            Column("currency", lambda row: row.currency),
            Column("status", lambda row: row.status),
            Column("released_on", lambda row: row.released_on),
            Column("release_kind", lambda row: row.release_kind),
            Column("source_url", lambda row: row.source_url),
            Column("id", lambda row: row.id),
        ),
    )
