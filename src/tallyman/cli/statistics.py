"""Commands about official statistics."""

from __future__ import annotations

from typing import Annotated

import typer

from tallyman.cli.options import AsOf, Format, LedgerPath, Output, opened, today_unless
from tallyman.cli.output import show

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
    from tallyman.cli import views

    codes = areas.pair(pair) if pair else None
    with opened(ledger) as book:
        rows = book.observations(codes, as_of=today_unless(as_of), vintages=vintages)
        show(
            rows,
            views.OBSERVATIONS,
            output,
            empty=f"no figures on {pair or 'any pair'} were known on that day",
        )
