"""The ledger in a DuckDB file, or in memory."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import duckdb

from tallyman.model import TallymanError
from tallyman.store.columns import insertion_of_finished

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

_PART = 200_000
_MEMORY = "512MB"


class DuckEngine:
    """Runs the ledger's SQL in DuckDB."""

    address = "rowid"
    rows_of_batch = "unnest(from_json(CAST($1 AS JSON), '[\"JSON\"]'))"

    def __init__(self, path: Path | None, *, read_only: bool) -> None:
        """Open the file, or make it; refuse one that is missing, foreign, or held by another process."""
        self.name = "ledger in memory" if path is None else str(path)
        if path is not None and read_only and not path.exists():
            raise TallymanError(f"{path}: there is no ledger; make one with `tallyman read`")
        try:
            self._connection = duckdb.connect(":memory:" if path is None else str(path), read_only=read_only)
        except duckdb.Error as error:
            raise TallymanError(f"{self.name}: {_reason(str(error))}") from error

    def tables(self) -> set[str]:
        """Return the names of the tables that exist."""
        return {name for (name,) in self.select("SELECT table_name FROM information_schema.tables")}

    def script(self, sql: str) -> None:
        """Run statements that return nothing."""
        self._connection.execute(sql)

    def select(self, sql: str, parameters: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Return the rows of a query."""
        return self._connection.execute(sql, parameters).fetchall()

    def insert(self, sql: str, parameters: Sequence[Any]) -> int:
        """Run an insertion and return how many rows are new."""
        return int(self._connection.execute(sql, parameters).fetchall()[0][0])

    @contextmanager
    def staged(self, path: Path) -> Iterator[Callable[[], int]]:
        """Open a stage and give what adds its finished observations, a part at a time."""
        self.script("ATTACH '{}' AS stage (READ_ONLY)".format(str(path).replace("'", "''")))
        self.script(f"SET memory_limit = '{_MEMORY}'")
        try:
            yield self._insert_staged
        finally:
            self.script("RESET memory_limit")
            self.script("DETACH stage")

    def _insert_staged(self) -> int:
        ((last,),) = self.select("SELECT coalesce(max(line), 0) FROM stage.staged")
        sql = insertion_of_finished("(SELECT * FROM stage.finished WHERE line BETWEEN $1 AND $2)")
        return sum(self.insert(sql, [first, first + _PART - 1]) for first in range(1, last + 1, _PART))

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()


def _reason(message: str) -> str:
    if "Conflicting lock" in message:
        return "another process is using this ledger; wait for it or use another file"
    if "not a valid DuckDB database" in message:
        return "not a ledger; name another file"
    if "No such file or directory" in message:
        return "its folder does not exist; make it first"
    return f"cannot be opened as a ledger ({message.splitlines()[0]}); name another file"
