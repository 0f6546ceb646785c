"""The ledger's tables: what was read, said and counted, and nothing lost.

>>> with connect(None) as store:
...     store.documents()
[]
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tallyman.store.doors import Store

if TYPE_CHECKING:
    from tallyman.store.engine import Engine

__all__ = ["Store", "connect"]


def connect(path: Path | str | None, *, read_only: bool = False) -> Store:
    """Open a ledger: a DuckDB file, made if it is not there, or a PostgreSQL address; ``None`` is in memory.

    Refuses a file that is not a ledger, one that another process holds, and one of another schema version.
    """
    engine: Engine
    if isinstance(path, str) and path.startswith(("postgresql://", "postgres://")):
        from tallyman.store.postgres import PostgresEngine  # noqa: PLC0415 - psycopg is an extra

        engine = PostgresEngine(path, read_only=read_only)
    else:
        from tallyman.store.duck import DuckEngine  # noqa: PLC0415 - duckdb takes 0.1 s to import

        engine = DuckEngine(None if path is None else Path(path), read_only=read_only)
    return Store(engine, read_only=read_only)
