"""The flat tables of an export, and the files that hold them: CSV, JSON Lines and Parquet.

``tables.toml`` says what each column is; nothing else knows.
"""

from __future__ import annotations

import csv
import tomllib
from datetime import date
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Literal

import msgspec

from tallyman import quantity
from tallyman.publish import standings, view
from tallyman.publish.plain import line

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from tallyman.publish.report import ReportData

Type = Literal["text", "date", "integer", "number", "yes_no", "link"]
Cell = str | int | Decimal | date | None
_HOSTILE = ("=", "+", "-", "@", "\t", "\r", "\n")
_SQL = {
    "text": "VARCHAR",
    "link": "VARCHAR",
    "date": "DATE",
    "integer": "BIGINT",
    "number": "DECIMAL(38, 6)",
    "yes_no": "BOOLEAN",
}


class Column(msgspec.Struct, frozen=True, array_like=True):
    """A column: its name, where its value stands in a record, its type and what it means."""

    name: str
    source: str
    type: Type
    meaning: str


class Layout(msgspec.Struct, frozen=True):
    """A table's title, the column that identifies a row ("" if none does), its columns, and those to show first."""

    title: str
    key: str
    columns: tuple[Column, ...]
    shown: tuple[str, ...] = ()


class Table(msgspec.Struct, frozen=True):
    """A table of an export; each row has one cell a column."""

    name: str
    layout: Layout
    rows: tuple[tuple[Cell, ...], ...]


@cache
def layouts() -> dict[str, Layout]:
    """Return the layout of every table by name.

    >>> layouts()["claims"].columns[0].name
    'id'
    """
    text = files(__package__).joinpath("tables.toml").read_text(encoding="utf-8")
    return msgspec.convert(tomllib.loads(text), dict[str, Layout])


def tables(data: ReportData) -> tuple[Table, ...]:
    """Return a report's rows as flat tables, in the order of ``tables.toml``."""
    claims = view.claim_views(data)
    records: dict[str, Iterable[object]] = {
        "documents": data.documents,
        "claims": claims,
        "targets": view.target_views(data, claims),
        "target_events": data.events,
        "observations": data.observations,
        "providers": data.providers,
        "speakers": view.speaker_views(view.speaker_counts(claims)),
        "pairs": view.pair_views(data.claims),
        "stories": data.stories,
        "forecasts": [standings.flat(row) for row in data.record or ()],
    }
    return tuple(
        Table(name, layout, tuple(row_of(name, record) for record in records[name]))
        for name, layout in layouts().items()
    )


def row_of(table: str, record: object) -> tuple[Cell, ...]:
    """Return a record as a row of a table: one cell a column, None where the record has nothing."""
    return tuple(cell(record, column) for column in layouts()[table].columns)


def cell(record: object, column: Column) -> Cell:
    """Return the cell of a record under a column, None where the record has nothing."""
    value: Any = record
    for part in column.source.split("."):
        value = getattr(value, part, None)
    if isinstance(value, float):
        return Decimal(str(value))
    return " ".join(value) if isinstance(value, tuple) else value


def write_csv(data: ReportData, folder: Path) -> list[Path]:
    """Write one CSV file a table, in UTF-8 with headings; text that a spreadsheet would run is disarmed."""
    written = []
    for table in tables(data):
        path = folder / f"{table.name}.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(column.name for column in table.layout.columns)
            writer.writerows([printed(value) for value in row] for row in table.rows)
        written.append(path)
    return written


def write_jsonl(data: ReportData, folder: Path) -> list[Path]:
    """Write the records themselves as JSON Lines, nested as in the data model, one file a kind."""
    claims = view.claim_views(data)
    records: dict[str, Sequence[object]] = {
        "documents": data.documents,
        "claims": [
            {"claim": shown.claim, "verdict_then": shown.then, "verdict_today": shown.today}
            for shown in claims
        ],
        "targets": data.targets,
        "target_events": data.events,
        "observations": data.observations,
        "providers": data.providers,
        "stories": data.stories,
        "forecasts": data.record or (),
    }
    written = []
    for name, rows in records.items():
        path = folder / f"{name}.jsonl"
        path.write_bytes(b"".join(line(row) for row in rows))
        written.append(path)
    return written


def write_parquet(data: ReportData, folder: Path) -> list[Path]:
    """Write one Parquet file a table; what each column means stands in the file's key-value metadata."""
    return [_parquet(table, folder / f"{table.name}.parquet") for table in tables(data)]


def printed(cell: Cell) -> str:
    """Return a cell as text for CSV; text that a spreadsheet would run as a formula gets an apostrophe.

    >>> printed("=1+1"), printed(Decimal("-2.50")), printed(None)
    ("'=1+1", '-2.5', '')
    """
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, Decimal):
        return quantity.plain(cell)
    if not isinstance(cell, str):
        return str(cell)
    return f"'{cell}" if cell.startswith(_HOSTILE) else cell


def _parquet(table: Table, path: Path) -> Path:
    import duckdb  # noqa: PLC0415 - heavy, and only who writes Parquet needs it

    columns = table.layout.columns
    rows = path.with_suffix(".rows")
    with rows.open("wb") as file:
        for row in table.rows:
            file.write(line(dict(zip((c.name for c in columns), row, strict=True))))
    described = {column.name: column.meaning for column in columns}
    types = {column.name: _SQL[column.type] for column in columns}
    metadata = ", ".join(f"{_quoted(key)}: {_quoted(value)}" for key, value in _notes(table, described))
    try:
        with duckdb.connect() as connection:
            connection.execute(
                "COPY (SELECT * FROM read_json(?, format = 'newline_delimited', columns = "
                f"{_struct(types)})) TO {_quoted(str(path))} (FORMAT parquet, KV_METADATA {{{metadata}}})",
                [str(rows)],
            )
    finally:
        rows.unlink()
    return path


def _notes(table: Table, described: dict[str, str]) -> list[tuple[str, str]]:
    return [("title", table.layout.title), *((f"column.{name}", text) for name, text in described.items())]


def _struct(types: dict[str, str]) -> str:
    return "{" + ", ".join(f"{_quoted(name)}: {_quoted(kind)}" for name, kind in types.items()) + "}"


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
