"""The ledger on a PostgreSQL server, for several writers at a time; needs the extra ``postgres``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import psycopg

from tallyman.model import TallymanError

if TYPE_CHECKING:
    from collections.abc import Sequence


class PostgresEngine:
    """Runs the ledger's SQL in PostgreSQL, in the connection's default schema."""

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
        """Run statements that return nothing; text is kept in byte order, as DuckDB does."""
        self._connection.execute(sql.replace(" TEXT", ' TEXT COLLATE "C"'))

    def select(self, sql: str, parameters: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Return the rows of a query."""
        return self._connection.execute(sql, parameters).fetchall()

    def insert(self, sql: str, parameters: Sequence[Any]) -> int:
        """Run an insertion and return how many rows are new."""
        return self._connection.execute(sql, parameters).rowcount

    def close(self) -> None:
        """Leave the server."""
        self._connection.close()


def _without_password(address: str) -> str:
    info = psycopg.conninfo.conninfo_to_dict(address)
    return f"postgresql://{info.get('host', 'localhost')}/{info.get('dbname', '')}"
