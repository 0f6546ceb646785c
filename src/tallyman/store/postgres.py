"""The ledger on a PostgreSQL server, for several writers at a time; needs the extra ``postgres``."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import duckdb
import psycopg

from tallyman.model import TallymanError
from tallyman.store.columns import insertion

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

_PART = 10_000


class PostgresEngine:
    """Runs the ledger's SQL in PostgreSQL, in the connection's default schema."""

    address = "ctid"
    rows_of_batch = "json_array_elements(CAST($1 AS JSON))"

    def __init__(self, address: str, *, read_only: bool) -> None:
        """Connect to the server; refuse an address that does not answer."""
        try:
            self._connection = psycopg.connect(address, autocommit=True, cursor_factory=psycopg.RawCursor)
            self._connection.read_only = read_only
        except psycopg.Error as error:
            reason = str(error).strip().splitlines()[-1]
            raise TallymanError(f"{_without_password(address)}: {reason}; check the address") from error
        self.name = _without_password(address)

    def tables(self) -> set[str]:
        """Return the names of the tables that exist."""
        sql = "SELECT table_name FROM information_schema.tables WHERE table_schema = current_schema()"
        return {name for (name,) in self.select(sql)}

    def script(self, sql: str) -> None:
        """Run statements that return nothing; text is in byte order, as in DuckDB, and ids are unique."""
        unique = sql.replace("    id TEXT NOT NULL,", "    id TEXT PRIMARY KEY,")
        self._connection.execute(unique.replace(" TEXT", ' TEXT COLLATE "C"'))

    def select(self, sql: str, parameters: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Return the rows of a query."""
        return self._connection.execute(sql, parameters).fetchall()

    def insert(self, sql: str, parameters: Sequence[Any]) -> int:
        """Run an insertion and return how many rows are new."""
        if "ON CONFLICT" not in sql:
            sql += " ON CONFLICT DO NOTHING"
        return self._connection.execute(sql, parameters).rowcount

    @contextmanager
    def staged(self, path: Path) -> Iterator[Callable[[], int]]:
        """Open a stage and give what adds its finished observations, a part at a time."""
        with duckdb.connect(str(path), read_only=True) as stage:
            yield lambda: self._insert_staged(stage)

    def _insert_staged(self, stage: duckdb.DuckDBPyConnection) -> int:
        new, sql = 0, insertion("observations", self.rows_of_batch)
        found = stage.execute("SELECT id, record, number, precedence FROM finished ORDER BY line")
        while part := found.fetchmany(_PART):
            rows = ",".join(f'["{key}",{record},{number},{place}]' for key, record, number, place in part)
            new += self.insert(sql, [f"[{rows}]"])
        return new

    def close(self) -> None:
        """Leave the server."""
        self._connection.close()


def _without_password(address: str) -> str:
    info = psycopg.conninfo.conninfo_to_dict(address)
    return f"postgresql://{info.get('host', 'localhost')}/{info.get('dbname', '')}"
