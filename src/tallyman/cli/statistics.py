"""Commands about official statistics."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from tallyman.cli.options import AsOf, Format, LedgerPath, Output, Pair, filled, opened, today_unless
from tallyman.cli.output import UNUSABLE, leave, refuse, show
from tallyman.model import Forecast, Measure, Reject


class Counted(StrEnum):
    """What can be forecast: what is always positive."""

    TOTAL_TRADE = "total_trade"
    EXPORTS = "exports"
    IMPORTS = "imports"


def add_statistics_commands(app: typer.Typer) -> None:
    """Add the commands of this module."""
    for command in (observations, mirror, revisions, forecast):
        app.command()(command)


def observations(
    pair: Annotated[
        str | None,
        typer.Argument(metavar="PAIR", help="Two areas: CN-RU, china-russia, EU-VN. Default: all pairs."),
    ] = None,
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


def mirror(pair: Pair, as_of: AsOf = None, output: Format = Output.TABLE, ledger: LedgerPath = None) -> None:
    """Print the years that both sides of a pair have counted, side by side, with the gap in percent.

    Exports are seen from the first area, against what the other counts as imports. Exports are mostly valued
    FOB, imports CIF: freight and insurance are part of the gap.

    \b
    tallyman mirror CN-RU
    tallyman mirror china-russia --as-of 2020-12-31 --format csv
    """
    from tallyman import areas
    from tallyman.cli import counted

    with opened(ledger) as book:
        rows = book.mirror(areas.pair(pair), as_of=today_unless(as_of))
    show(
        rows,
        counted.MIRROR,
        output,
        empty=f"no year of {pair} has been counted by both sides in one currency",
    )


def revisions(
    pair: Pair, as_of: AsOf = None, output: Format = Output.TABLE, ledger: LedgerPath = None
) -> None:
    """Print each number as first printed and as it counts now, and its printed against its recomputed growth.

    The base is the first print of the year before; the implied base is what the printed growth asks for. Where
    the first lies outside the second, the office had revised it.

    \b
    tallyman revisions CN-RU
    tallyman revisions CN-RU --as-of 2023-12-31 --format csv
    """
    from tallyman import areas
    from tallyman.cli import counted

    with opened(ledger) as book:
        rows = book.revisions(areas.pair(pair), as_of=today_unless(as_of))
    show(rows, counted.REVISIONS, output, empty=f"no figures on {pair} were known on that day")


def forecast(
    pair: Pair,
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
    keep: Annotated[
        bool, typer.Option("--keep", help="Put it into the public record of the ledger; see tallyman scores.")
    ] = False,
    as_of: AsOf = None,
    output: Format = Output.TABLE,
    ledger: LedgerPath = None,
) -> None:
    """Forecast the total of a year from what was known on a day, one line a provider, in full units.

    A forecast that is kept is never changed. Made with --as-of a past day it is kept as a replay, which is no
    forecast and is shown apart.

    \b
    tallyman forecast CN-RU --year 2023 --as-of 2023-11-08 --threshold 200e9
    tallyman forecast CN-RU --keep --ledger trade.duckdb
    """
    from tallyman import areas
    from tallyman.cli import views

    reporter, partner = areas.pair(pair)
    day, today = today_unless(as_of), today_unless(None)
    if keep and day > today:
        raise typer.BadParameter(f"{day} is still to come; a forecast that is kept knows what is known today")
    measure = Measure(indicator=indicator.value, reporter=reporter, partner=partner)
    with filled(ledger) if keep else opened(ledger) as book:
        found = book.forecast(
            measure, year or day.year, as_of=day, fiscal=fiscal, threshold=threshold, issued_on=today
        )
        issued = [row for row in found if isinstance(row, Forecast)]
        if keep:
            book.keep(issued)
    show(issued, views.FORECASTS, output, empty=f"no provider tells enough of {pair}")
    refuse(row for row in found if isinstance(row, Reject))
    leave(0 if issued else UNUSABLE)
