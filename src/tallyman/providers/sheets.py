"""Tables as files: CSV, Parquet and Excel opened in DuckDB as ``source``, with the number of each line."""

from __future__ import annotations

import csv
from collections import deque
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from tallyman.model import Reject, TallymanError

if TYPE_CHECKING:
    from pathlib import Path

    import duckdb

_CSV = {".csv", ".tsv", ".txt"}
_MARKUP = ("<", "{", "[")
_PARQUET = {".parquet", ".pq"}
_EXCEL = {".xlsx", ".xlsm", ".xlsb", ".xls", ".ods"}


def open_source(
    stage: duckdb.DuckDBPyConnection, path: Path, *, delimiter: str, sheet: str | None
) -> tuple[list[str], list[Reject]]:
    """Make ``source`` (``line`` and the columns as text); return the columns' names and the broken lines.

    Refuses a file of another kind, one that cannot be read, and a CSV that is not UTF-8.
    """
    kind = path.suffix.lower()
    if not path.is_file():
        raise TallymanError(f"{path}: no such file; name a .csv, .parquet or .xlsx file")
    if kind in _CSV:
        return _open_csv(stage, path, delimiter)
    if kind in _PARQUET:
        rows = f"read_parquet({sql(str(path))})"
        stage.execute(f"CREATE VIEW source AS SELECT row_number() OVER () AS line, * FROM {rows}")
        names = [str(row[0]) for row in stage.execute("DESCRIBE source").fetchall()]
        return names[1:], []
    if kind in _EXCEL:
        return _open_excel(stage, path, sheet), []
    raise TallymanError(f"{path}: not a table; give a .csv, .parquet or .xlsx file")


def sql(text: str) -> str:
    """Return a text as an SQL literal."""
    return "'" + text.replace("'", "''") + "'"


def column(name: str) -> str:
    """Return a column's name as an SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def _open_csv(stage: duckdb.DuckDBPyConnection, path: Path, delimiter: str) -> tuple[list[str], list[Reject]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            names = next(csv.reader(file, delimiter=delimiter), [])
            deque(file, maxlen=0)
    except UnicodeDecodeError as error:
        raise TallymanError(f"{path}: not UTF-8 (byte {error.start}); save it as UTF-8") from error
    _check_names(path, names)
    types = ", ".join(f"{sql(name)}: 'VARCHAR'" for name in names)
    stage.execute(
        "CREATE TABLE source AS SELECT row_number() OVER () AS line, * "
        f"FROM read_csv({sql(str(path))}, delim = {sql(delimiter)}, header = true, auto_detect = false, "
        f"quote = '\"', escape = '\"', store_rejects = true, columns = {{{types}}})"
    )
    broken = stage.execute(
        "SELECT line, min(error_message) FROM reject_errors GROUP BY line ORDER BY line"
    ).fetchall()
    lines = [line for line, _ in broken]
    _number_lines(stage, lines)
    fix = "correct the line, or the delimiter in the mapping"
    return names, [
        Reject(source=str(path), place=f"line {line}", reason=reason.splitlines()[0], fix=fix)
        for line, reason in broken
    ]


def _number_lines(stage: duckdb.DuckDBPyConnection, broken: list[int]) -> None:
    """Turn row numbers into lines of the file: below the head, and past each broken line."""
    stage.execute("UPDATE source SET line = line + 1")
    for line in sorted(set(broken)):
        stage.execute("UPDATE source SET line = line + 1 WHERE line >= $1", [line])


def _open_excel(stage: duckdb.DuckDBPyConnection, path: Path, sheet: str | None) -> list[str]:
    try:
        import python_calamine  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise TallymanError(f"{path}: Excel needs an extra; pip install 'tallyman-trade[excel]'") from error
    try:
        book = python_calamine.load_workbook(str(path))
        page = book.get_sheet_by_name(sheet) if sheet else book.get_sheet_by_index(0)
        rows = page.to_python()
    except (python_calamine.CalamineError, OSError) as error:
        raise TallymanError(f"{path}: cannot be read as a workbook ({error}); save it again") from error
    names = [_cell(value) for value in rows[0]] if rows else []
    _check_names(path, names)
    fill_source(stage, names, [[_cell(value) for value in row] for row in rows[1:]], first_line=2)
    return names


def fill_source(
    stage: duckdb.DuckDBPyConnection, names: list[str], rows: list[list[str]], *, first_line: int
) -> None:
    """Make ``source`` of rows that are already here."""
    held = ", ".join(f"{column(name)} VARCHAR" for name in names)
    stage.execute(f"CREATE TABLE source (line BIGINT, {held})")
    columns = [[row[place] for row in rows] for place in range(len(names))]
    unnested = ", ".join(f"unnest(${place})" for place in range(1, len(names) + 2))
    lines = list(range(first_line, first_line + len(rows)))
    stage.execute(f"INSERT INTO source SELECT {unnested}", [lines, *columns])


def _check_names(path: Path, names: list[str]) -> None:
    if not names:
        raise TallymanError(f"{path}: empty; name a table whose first line names its columns")
    if names[0].lstrip().startswith(_MARKUP):
        raise TallymanError(f"{path}: a web page or a service's answer, not a table; save the table itself")
    if len(set(names)) != len(names) or not all(names):
        raise TallymanError(f"{path}: a column without a name, or two of one name; correct the first line")


def _cell(value: Any) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return value.date().isoformat()
    return value.isoformat() if isinstance(value, date) else str(value).strip()
