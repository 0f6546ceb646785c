"""The options that commands share, and what they default to."""

from __future__ import annotations

import os
from contextlib import contextmanager
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tallyman.model import TallymanError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tallyman.ledger import Ledger

LEDGER_HERE = "tallyman.duckdb"
LEDGER_VARIABLE = "TALLYMAN_LEDGER"
_SERVERS = ("postgresql://", "postgres://")


class Output(StrEnum):
    """How rows are printed."""

    TABLE = "table"
    JSONL = "jsonl"
    CSV = "csv"


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise typer.BadParameter(f"{text!r} is no day ({error}); write YYYY-MM-DD") from error


def _day_not_ahead(text: str) -> date:
    day = _day(text)
    if day > date.today():  # noqa: DTZ011 - the user's own day
        raise typer.BadParameter(f"{text} is still to come; write the day the report appeared")
    return day


Paths = Annotated[
    list[str], typer.Argument(metavar="PATH...", help="Files, folders, or - for standard input.")
]
Pair = Annotated[str, typer.Argument(metavar="PAIR", help="Two areas: CN-RU, china-russia, EU-VN.")]
LedgerPath = Annotated[
    str | None,
    typer.Option(
        "--ledger",
        metavar="FILE",
        help=f"The ledger: a DuckDB file or a postgresql:// address. Default: ${LEDGER_VARIABLE}, else "
        f"{LEDGER_HERE} in this folder, else the shipped statistics alone.",
    ),
]
Format = Annotated[Output, typer.Option("--format", help="How to print rows.")]
AsOf = Annotated[
    date | None,
    typer.Option("--as-of", metavar="DATE", parser=_day, help="Answer as known on this day. Default: today."),
]
Published = Annotated[
    date | None,
    typer.Option(
        "--published",
        metavar="DATE",
        parser=_day_not_ahead,
        help="The day the reports appeared. Default: what they say themselves.",
    ),
]
Outlet = Annotated[str | None, typer.Option("--outlet", metavar="NAME", help="Who published the reports.")]


def today_unless(as_of: date | None) -> date:
    """Return the day asked for, else today."""
    return as_of or date.today()  # noqa: DTZ011 - the user's own day


def named(path: str | None) -> str | None:
    """Return the ledger that the options mean, None if there is none; refuse one that is not there."""
    found = path or os.environ.get(LEDGER_VARIABLE)
    if found and not found.startswith(_SERVERS) and not Path(found).exists():
        raise TallymanError(f"{found}: no such ledger; make it with: tallyman read PATH --ledger {found}")
    return found or (LEDGER_HERE if Path(LEDGER_HERE).exists() else None)


@contextmanager
def opened(path: str | None) -> Iterator[Ledger]:
    """Open the ledger that the options mean for reading only."""
    from tallyman.ledger import Ledger

    found = named(path)
    with Ledger(found, read_only=found is not None) as ledger:
        yield ledger


@contextmanager
def filled(path: str | None) -> Iterator[Ledger]:
    """Open the ledger that the options mean for adding to it; made if need be."""
    from tallyman.ledger import Ledger

    with Ledger(to_fill(path)) as ledger:
        yield ledger


def to_fill(path: str | None) -> str:
    """Return the ledger that reading fills: as named, else the one in this folder, made if need be."""
    return path or os.environ.get(LEDGER_VARIABLE) or LEDGER_HERE


def nothing(book: Ledger, what: str, *, chosen: bool = False) -> str:
    """Return what to say where a ledger has none of ``what``, or none that was ``chosen``."""
    if not book.documents():
        return f"no {what}, because no report was read; begin with: tallyman read PATH"
    return f"no {what} {'with such a verdict ' if chosen else ''}in this ledger"
