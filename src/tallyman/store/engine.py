"""What a database must do to hold a ledger."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from contextlib import AbstractContextManager
    from pathlib import Path


class Engine(Protocol):
    """One database: DuckDB or PostgreSQL."""

    name: str
    address: str
    rows_of_batch: str

    def tables(self) -> set[str]:
        """Return the names of the tables that exist."""
        ...

    def script(self, sql: str) -> None:
        """Run statements that return nothing."""
        ...

    def select(self, sql: str, parameters: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Return the rows of a query; parameters are ``$1``, ``$2`` and so on."""
        ...

    def insert(self, sql: str, parameters: Sequence[Any]) -> int:
        """Run an insertion and return how many rows are new."""
        ...

    def staged(self, path: Path) -> AbstractContextManager[Callable[[], int]]:
        """Open a stage and give what adds its finished observations and returns how many are new."""
        ...

    def close(self) -> None:
        """Let go of the database."""
        ...
