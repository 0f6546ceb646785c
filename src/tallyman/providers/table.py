"""A table of the user's own: CSV, Parquet or Excel, read as a mapping in TOML says.

All work on rows is one SQL statement (table.sql), so a million rows take seconds and little memory; Python
sees each distinct word once, to find out what it means.
"""

from __future__ import annotations

import re
import tempfile
from decimal import Decimal, InvalidOperation
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

from tallyman.model import Noun, Reject, TallymanError
from tallyman.providers.mapping import CODED, TEXTS, Coder, Mapping
from tallyman.providers.sheets import column, fill_source, open_source, sql
from tallyman.store.columns import ranked
from tallyman.vintage import CLOSENESS, STANDING, fineness

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from tallyman.store import Store

    _Opened = Callable[[duckdb.DuckDBPyConnection], tuple[list[str], list[Reject]]]

_FIELDS = (*CODED, *TEXTS, "value")
_MEMORY = "512MB"
_FIX = "correct the row, or say in the mapping what it means"


class Loaded(Noun, frozen=True, kw_only=True):
    """What came of a table: rows read, observations that are new, and the rows that could not be used."""

    rows: int
    new: int
    rejects: tuple[Reject, ...]


def load(store: Store, path: Path, mapping: Mapping, *, retrieved_at: datetime) -> Loaded:
    """Add the observations of a table to the ledger, and its unusable rows to the rejects with their lines.

    A row with an unknown word, a value that is no number, negative trade, a release day in the future or
    before the period's end, and rows that print different values for one number on one day are rejected.
    Refuses a file that is no table, has no rows, or lacks a column; the ledger is then as it was.

    >>> load(store, Path("trade.parquet"), mapping, retrieved_at=now)  # doctest: +SKIP
    """

    def opened(stage: duckdb.DuckDBPyConnection) -> tuple[list[str], list[Reject]]:
        return open_source(stage, path, delimiter=mapping.delimiter, sheet=mapping.sheet)

    return _load(store, str(path), opened, mapping, retrieved_at)


def load_rows(
    store: Store,
    source: str,
    names: list[str],
    rows: list[list[str]],
    mapping: Mapping,
    *,
    retrieved_at: datetime,
) -> Loaded:
    """Do the same with rows that are already here; ``source`` names them in rejects and errors."""

    def opened(stage: duckdb.DuckDBPyConnection) -> tuple[list[str], list[Reject]]:
        fill_source(stage, names, rows, first_line=1)
        return names, []

    return _load(store, source, opened, mapping, retrieved_at)


def _load(store: Store, source: str, opened: _Opened, mapping: Mapping, retrieved_at: datetime) -> Loaded:
    """Stage the rows in a database on disk, so that a large table needs little memory; then add them."""
    with tempfile.TemporaryDirectory(prefix="tallyman-") as folder:
        stage = Path(folder) / "stage.duckdb"
        with duckdb.connect(str(stage), config={"memory_limit": _MEMORY}) as database:
            try:
                broken = _given(database, source, opened, mapping)
                _code(database, mapping, Coder(mapping, retrieved_at.date()))
                database.execute(_statements(source, mapping, retrieved_at))
            except duckdb.Error as error:
                reason = str(error).splitlines()[0]
                raise TallymanError(
                    f"{source}: cannot be read ({reason}); is it the file you mean?"
                ) from error
            ((staged,),) = database.execute("SELECT count(*) FROM staged").fetchall()
            rejects = (*broken, *_rejects(database, source))
        if staged + len(broken) == 0:
            raise TallymanError(f"{source}: a table without rows; name another file")
        new = store.add_staged(stage, rejects)
    return Loaded(rows=staged + len(broken), new=new, rejects=rejects)


def _given(
    database: duckdb.DuckDBPyConnection, source: str, opened: _Opened, mapping: Mapping
) -> list[Reject]:
    """Make the view ``given``: the line and one text a field; return the lines that are no rows at all."""
    names, broken = opened(database)
    for field in mapping.columns:
        for name in _columns(mapping, field):
            if name not in names:
                hint = "is the delimiter right?" if len(names) == 1 else f"it has {', '.join(names)}"
                raise TallymanError(f"{source}: no column {name!r} for {field}; {hint}")
    fields = ", ".join(f"{_text(mapping, field)} AS {field}" for field in _FIELDS)
    database.execute(f"CREATE VIEW given AS SELECT line, {fields} FROM source")
    return broken


def _columns(mapping: Mapping, field: str) -> tuple[str, ...]:
    held = mapping.columns.get(field, ())
    return (held,) if isinstance(held, str) else held


def _text(mapping: Mapping, field: str) -> str:
    held = [f"trim(coalesce(CAST({column(name)} AS VARCHAR), ''))" for name in _columns(mapping, field)]
    return " || '/' || ".join(held) if held else sql(mapping.constant(field))


def _code(database: duckdb.DuckDBPyConnection, mapping: Mapping, coder: Coder) -> None:
    """Make the table ``codes``: what each distinct word of each field means."""
    database.execute("CREATE TABLE codes (field VARCHAR, text VARCHAR, code VARCHAR, reason VARCHAR)")
    for field in CODED:
        words = [mapping.constant(field)]
        if field in mapping.columns:
            words = [word for (word,) in database.execute(f"SELECT DISTINCT {field} FROM given").fetchall()]
        codes = [coder.code(field, word) for word in words]
        database.execute(
            f"INSERT INTO codes SELECT {sql(field)}, unnest($1), unnest($2), unnest($3)",
            [words, [code for code, _ in codes], [reason for _, reason in codes]],
        )


def _statements(source: str, mapping: Mapping, retrieved_at: datetime) -> str:
    step = _step(source, mapping)
    text = resources.files(__package__).joinpath("table.sql").read_text("utf-8")
    return text.format(
        codes=", ".join(f"{field}_code.code AS {field}" for field in CODED),
        reasons=", ".join(f"{field}_code.reason" for field in CODED),
        joins=" ".join(
            f"LEFT JOIN codes AS {field}_code "
            f"ON {field}_code.field = '{field}' AND {field}_code.text = given.{field}"
            for field in CODED
        ),
        number_pattern=_number_pattern(mapping),
        grouping=mapping.grouping.replace("'", "''"),
        decimal=mapping.decimal,
        scale=mapping.scale,
        step="null" if step is None else f'"{step:f}"',
        standing=ranked("status", STANDING),
        closeness=ranked("release_kind", CLOSENESS),
        fineness=fineness(step),
        step_value="NULL" if step is None else f"{step:f}",
        provider=mapping.provider,
        retrieved_at=retrieved_at.isoformat().replace("+00:00", "Z"),
    )


def _number_pattern(mapping: Mapping) -> str:
    mark, group = re.escape(mapping.decimal), re.escape(mapping.grouping).replace("'", "''")
    grouped = rf"|-?\d{{1,3}}({group}\d{{3}})+({mark}\d+)?" if group else ""
    return rf"-?\d+({mark}\d+)?([eE][+-]?\d+)?{grouped}"


def _step(source: str, mapping: Mapping) -> Decimal | None:
    text = mapping.constant("step")
    try:
        return Decimal(text) if text else None
    except InvalidOperation as error:
        raise TallymanError(
            f"{source}: step {text!r} is no number; give one unit of the last digit"
        ) from error


def _rejects(database: duckdb.DuckDBPyConnection, source: str) -> list[Reject]:
    troubles = database.execute(
        "SELECT line, trouble FROM staged WHERE trouble IS NOT NULL ORDER BY line"
    ).fetchall()
    return [Reject(source=source, place=f"line {line}", reason=reason, fix=_FIX) for line, reason in troubles]
