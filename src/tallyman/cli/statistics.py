"""Commands about official statistics."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from tallyman.cli.options import AsOf, Format, LedgerPath, Output, opened, today_unless
from tallyman.cli.output import UNUSABLE, leave, refuse, show
from tallyman.model import Forecast, Measure, Reject

Pair = Annotated[
    str | None,
    typer.Argument(metavar="PAIR", help="Two areas: CN-RU, china-russia, EU-VN. Default: all pairs."),
]


class Counted(StrEnum):
    """What can be forecast: what is always positive."""

    TOTAL_TRADE = "total_trade"
    EXPORTS = "exports"
    IMPORTS = "imports"


def add_statistics_commands(app: typer.Typer) -> None:
    """Add the commands of this module."""
    for command in (observations, forecast):
        app.command()(command)


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


def forecast(
    pair: Annotated[str, typer.Argument(metavar="PAIR", help="Two areas: CN-RU, china-russia, EU-VN.")],
    year: Annotated[
        int | None,
        typer.Option("--year", metavar="YEAR", help="The year in which it begins. Default: this one."),
    ] = None,
    threshold: Annotated[
        float | None,
        typer.Option("--threshold", metavar="AMOUNT", help="Also the probability to reach it: 200e9."),
    ] = None,
    indicator: Annotated[
        Counted, typer.Option("--indicator", help="What is forecast, from the first area's side.")
    ] = Counted.TOTAL_TRADE,
    fiscal: Annotated[
        int | None,
        typer.Option(
            "--fiscal", metavar="MONTH", min=1, max=12, help="The month the year begins with, if not January."
        ),
    ] = None,
    as_of: AsOf = None,
    output: Format = Output.TABLE,
    ledger: LedgerPath = None,
) -> None:
    """Forecast the total of a year from what was known on a day, one line a provider, in full units.

    \b
    tallyman forecast CN-RU --year 2023 --as-of 2023-11-08 --threshold 200e9
    """
    from tallyman import areas
    from tallyman.cli import views

    reporter, partner = areas.pair(pair)
    day = today_unless(as_of)
    measure = Measure(indicator=indicator.value, reporter=reporter, partner=partner)
    with opened(ledger) as book:
        found = book.forecast(measure, year or day.year, as_of=day, fiscal=fiscal, threshold=threshold)
    issued = [row for row in found if isinstance(row, Forecast)]
    show(issued, views.FORECASTS, output, empty=f"no provider tells enough of {pair}")
    refuse(row for row in found if isinstance(row, Reject))
    leave(0 if issued else UNUSABLE)
