"""Rows to standard output: a table that fits 100 columns, JSON Lines or CSV; refusals to standard error."""

from __future__ import annotations

import csv
import os
import sys
from contextlib import contextmanager
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypeVar

import typer

from tallyman.cli.options import Output

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from tallyman.model import Reject

WIDTH = 100
UNUSABLE = 2
_CONTROLS = {
    code: "\N{REPLACEMENT CHARACTER}" for code in (*range(32), *range(127, 160)) if code != ord("\n")
}
_Row = TypeVar("_Row")


class Column(NamedTuple):
    """A column of a table: its name and the cell of a row; ``right`` aligns it, ``whole`` never folds it."""

    name: str
    cell: Callable[[Any], object]
    right: bool = False
    whole: bool = False


class Sheet(NamedTuple):
    """The CSV of one kind of rows: the headings, and the cells of a row."""

    names: Sequence[str]
    cells: Callable[[Any], Sequence[Any]]


class View(NamedTuple):
    """How one kind of rows is shown: as a table with a note a row, as CSV and as a JSON object a row."""

    table: Sequence[Column]
    csv: Callable[[], Sheet]
    json: Callable[[Any], object] = lambda row: row
    note: Callable[[Any], str] | None = None


def exported(table: str, record: Callable[[Any], object]) -> Sheet:
    """Return the CSV that exports have too; ``record`` turns a row into what that table is made from."""
    from tallyman.publish import tables

    names = [column.name for column in tables.layouts()[table].columns]
    return Sheet(names, lambda row: tables.row_of(table, record(row)))


def attributes(*names: str) -> Sheet:
    """Return a CSV of the attributes of a row."""
    return Sheet(names, attrgetter(*names))


def cells(**columns: Callable[[Any], object]) -> Sheet:
    """Return a CSV of named cells."""
    return Sheet(tuple(columns), lambda row: [cell(row) for cell in columns.values()])


def show(rows: Iterable[_Row], view: View, output: Output, *, empty: str) -> None:
    """Print rows; ``empty`` is said on standard error if there are none. A closed pipe is no error."""
    with _quiet_pipe():
        if output is Output.JSONL:
            _print_jsonl(map(view.json, rows))
        elif output is Output.CSV:
            _print_csv(rows, view.csv())
        else:
            _print_table(list(rows), view, empty)
        sys.stdout.flush()


def show_lines(lines: Iterable[str]) -> None:
    """Print lines of text; a closed pipe is no error."""
    with _quiet_pipe():
        for line in lines:
            print(line.translate(_CONTROLS))
        sys.stdout.flush()


def refuse(rejects: Iterable[Reject]) -> None:
    """Say on standard error what was not used, one line each: where, what and the fix."""
    for reject in rejects:
        where = f"{reject.source}, {reject.place}" if reject.place else reject.source
        print(f"tallyman: {where}: {reject.reason}; {reject.fix}", file=sys.stderr)


def leave(code: int) -> None:
    """End the command with an exit code other than 0."""
    if code:
        raise typer.Exit(code)


def _print_jsonl(records: Iterable[object]) -> None:
    from tallyman.publish.plain import line

    for record in records:
        sys.stdout.write(line(record).decode())


def _print_csv(rows: Iterable[object], sheet: Sheet) -> None:
    from tallyman.publish.tables import printed

    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(sheet.names)
    for row in rows:
        writer.writerow(map(printed, sheet.cells(row)))


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
    return "" if value is None else str(value).translate(_CONTROLS)


@contextmanager
def _quiet_pipe() -> Iterator[None]:
    try:
        yield
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise typer.Exit from None
