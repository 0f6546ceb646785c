"""Commands about targets: those of the ledger, and tables of them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from msgspec import structs

from tallyman.cli.options import AsOf, Format, LedgerPath, Output, filled, nothing, opened, today_unless
from tallyman.cli.output import UNUSABLE, leave, refuse, show
from tallyman.model import TallymanError

targets = typer.Typer(invoke_without_command=True, rich_markup_mode=None)


def add_target_commands(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.add_typer(targets, name="targets")


@targets.callback()
def follow(
    context: typer.Context,
    keep: Annotated[
        bool,
        typer.Option(
            "--keep", help="Put the chances of open targets into the public record; see tallyman scores."
        ),
    ] = False,
    as_of: AsOf = None,
    output: Format = Output.TABLE,
    ledger: LedgerPath = None,
) -> None:
    """Print every target that the reports of a ledger set, and what became of it.

    A chance that is kept is never changed. Kept with --as-of a past day it counts as a replay, which is no
    forecast and is shown apart.

    \b
    tallyman targets --ledger seeds.duckdb
    tallyman targets --as-of 2023-12-01 --format jsonl
    tallyman targets --keep --ledger seeds.duckdb
    """
    if context.invoked_subcommand:
        return
    from tallyman.cli import views

    day, today = today_unless(as_of), today_unless(None)
    if keep and day > today:
        raise typer.BadParameter(f"{day} is still to come; a chance that is kept knows what is known today")
    with filled(ledger) if keep else opened(ledger) as book:
        if keep:
            made = [told.forecast for rows in book.chances(as_of=day).values() for told in rows]
            book.keep(structs.replace(forecast, issued_on=today) for forecast in made)
        show(book.targets(as_of=day), views.FOLLOWED, output, empty=nothing(book, "target"))


@targets.command("import")
def imported(
    file: Annotated[str, typer.Argument(metavar="FILE", help="A CSV table, one target a row.")],
    as_of: AsOf = None,
    output: Format = Output.TABLE,
    ledger: LedgerPath = None,
) -> None:
    """Read a table of targets into a ledger, and print what became of each beside what the table says.

    Columns: pair, amount, currency, deadline, indicator, announced_by, date_said, and outcome_class if known.
    From then on the targets of the table are followed together with those of reports.

    \b
    tallyman targets import targets.csv
    tallyman targets import targets.csv --as-of 2025-12-31 --format csv
    """
    from tallyman.cli import recorded
    from tallyman.record import outcomes

    try:
        text = Path(file).read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise TallymanError(f"{file}: cannot be read ({error}); name a CSV table in UTF-8") from error
    with filled(ledger) as book:
        listed = book.add_targets(text, file)
        rows = outcomes(listed, book.statistics, as_of=today_unless(as_of))
    show(rows, recorded.IMPORTED, output, empty=f"{file}: no target in it")
    refuse(listed.rejects)
    leave(UNUSABLE if listed.rejects else 0)
