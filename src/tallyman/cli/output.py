"""Rows to standard output: a table that fits 100 columns, JSON Lines or CSV; refusals to standard error."""

from __future__ import annotations

import csv
import io
import os
import sys
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypeVar

import typer

from tallyman.cli.options import Output

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from tallyman.model import Reject

WIDTH = 100
UNUSABLE = 2
_HOSTILE = ("=", "+", "-", "@", "\t", "\r")
_Row = TypeVar("_Row")


class Column(NamedTuple):
    """A column of a table or CSV file: its name and the cell of a row.

    In a table ``right`` aligns figures, and a column that is ``whole`` is never folded.
    """

    name: str
    cell: Callable[[Any], object]
    right: bool = False
    whole: bool = False


class View(NamedTuple):
    """How one kind of rows is shown: as a table with a note a row, as CSV and as a JSON object a row."""

    table: Sequence[Column]
    csv: Sequence[Column]
    json: Callable[[Any], object] = lambda row: row
    note: Callable[[Any], str] | None = None


def show(rows: Iterable[_Row], view: View, output: Output, *, empty: str) -> None:
    """Print rows; ``empty`` is said on standard error if there are none. A closed pipe is no error."""
    with _quiet_pipe():
        if output is Output.JSONL:
            for row in rows:
                print(json_line(view.json(row)))
        elif output is Output.CSV:
            _print_csv(rows, view.csv)
        else:
            _print_table(list(rows), view, empty)
        sys.stdout.flush()


def show_lines(lines: Iterable[str]) -> None:
    """Print lines of text; a closed pipe is no error."""
    with _quiet_pipe():
        for line in lines:
            print(line)
        sys.stdout.flush()


def json_line(value: object) -> str:
    """Return a record as JSON: decimals as plain strings, never with an exponent; dates in ISO form."""
    import msgspec

    return msgspec.json.encode(_plain(msgspec.to_builtins(value, builtin_types=(Decimal,)))).decode()


def refuse(rejects: Iterable[Reject]) -> None:
    """Say on standard error what was not used, one line each: where, what and the fix."""
    for reject in rejects:
        where = f"{reject.source}, {reject.place}" if reject.place else reject.source
        print(f"tallyman: {where}: {reject.reason}; {reject.fix}", file=sys.stderr)


def leave(code: int) -> None:
    """End the command with an exit code other than 0."""
    if code:
        raise typer.Exit(code)


def cell(value: object) -> str:
    """Return a value as a cell of CSV; text that a spreadsheet would run as a formula is made harmless.

    >>> cell("=1+1"), cell(Decimal("-2.50")), cell(None)
    ("'=1+1", '-2.50', '')
    """
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, int | float | date):
        return str(value)
    text = str(value)
    return f"'{text}" if text.startswith(_HOSTILE) else text


def _print_csv(rows: Iterable[object], columns: Sequence[Column]) -> None:
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(column.name for column in columns)
    for row in rows:
        writer.writerow(cell(column.cell(row)) for column in columns)
        sys.stdout.write(buffer.getvalue())
        buffer.seek(0)
        buffer.truncate()
    sys.stdout.write(buffer.getvalue())


def _print_table(rows: Sequence[object], view: View, empty: str) -> None:
    if not rows:
        print(f"tallyman: {empty}", file=sys.stderr)
        return
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console(highlight=False)
    console.width = min(WIDTH, console.width) if console.is_terminal else WIDTH
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for column in view.table:
        align: Literal["left", "right"] = "right" if column.right else "left"
        table.add_column(column.name, justify=align, overflow="fold", no_wrap=column.whole)
    for row in rows:
        table.add_row(*(Text(_shown(column.cell(row))) for column in view.table))
    with console.capture() as capture:
        console.print(table)
        if view.note is not None:
            for row in rows:
                console.print("", Text(view.note(row)), sep="\n")
    print("\n".join(line.rstrip() for line in capture.get().splitlines()))


def _shown(value: object) -> str:
    return "" if value is None else str(value)


def _plain(value: Any) -> Any:
    from tallyman.quantity import plain

    if isinstance(value, Decimal):
        return plain(value)
    if isinstance(value, dict):
        return {key: _plain(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(part) for part in value]
    return value


@contextmanager
def _quiet_pipe() -> Iterator[None]:
    try:
        yield
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise typer.Exit from None
