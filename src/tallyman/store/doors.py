"""The doors to the ledger: nouns in, nouns out; the only place that runs SQL on it."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import date
from importlib import resources
from itertools import islice
from typing import TYPE_CHECKING, Any, Literal, Self, TypeVar

import msgspec

from tallyman.ids import content_id
from tallyman.model import (
    Claim,
    Document,
    Forecast,
    Link,
    Noun,
    Observation,
    Reject,
    Score,
    TallymanError,
)
from tallyman.store.columns import insertion, reading
from tallyman.store.filter import Filter
from tallyman.vintage import number, precedence

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from datetime import datetime
    from pathlib import Path
    from types import TracebackType

    from tallyman.store.engine import Engine

SCHEMA_VERSION = 4
_BATCH = 10_000
_SQL = resources.files(__package__)
_NEWEST_READING = (
    "NOT EXISTS (SELECT 1 FROM readings WHERE readings.document_id = claims.document_id "
    "AND readings.reading > claims.reading)"
)
_N = TypeVar("_N", bound=Noun)


class Store:
    """A ledger: append-only records of what was read, said and counted.

    Adding is idempotent: a record whose id is there already is left as it is, and each ``add_`` returns how
    many were new. Each ``add_`` is one transaction unless it is called inside ``transaction()``.
    """

    def __init__(self, engine: Engine, *, read_only: bool = False) -> None:
        self._engine = engine
        self._read_only = read_only
        self._open_transaction = False
        self._prepare()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file or the server."""
        self._engine.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Make everything inside happen as a whole or not at all; inside another one, join it."""
        if self._read_only:
            raise TallymanError(
                f"{self._engine.name}: opened for reading only; open it for writing to add to it"
            )
        if self._open_transaction:
            yield
            return
        self._engine.script("BEGIN TRANSACTION")
        self._open_transaction = True
        try:
            yield
        except BaseException:
            self._engine.script("ROLLBACK")
            raise
        else:
            self._engine.script("COMMIT")
        finally:
            self._open_transaction = False

    def add_documents(self, rows: Iterable[Document]) -> int:
        """Add documents."""
        return self._add("documents", rows, _own_id)

    def add_claims(self, rows: Iterable[Claim]) -> int:
        """Add claims; the same claim read by another version of the extractor is another row."""
        return self._add("claims", rows, _read)

    def add_readings(self, document_ids: Iterable[str], version: str) -> None:
        """Add that a version of the extractor has read documents, whether or not it found claims in them."""
        sql = (
            "INSERT INTO readings (id, document_id, reading) "
            "SELECT (given->>0), (given->>1), CAST((given->>2) AS BIGINT) "
            f"FROM (SELECT {self._engine.rows_of_batch} AS given) AS batch ON CONFLICT DO NOTHING"
        )
        place = reading(version)
        rows = [(content_id("rdg", key, place), key, place) for key in document_ids]
        with self.transaction():
            self._engine.insert(sql, [msgspec.json.encode(rows).decode()])

    def unread(self, document_ids: Sequence[str], version: str) -> set[str]:
        """Return those of the documents that neither this version of the extractor nor a newer one has read."""
        sql = "SELECT document_id FROM readings WHERE document_id = ANY($1) AND reading >= $2"
        read = self._engine.select(sql, [list(document_ids), reading(version)])
        return {*document_ids} - {key for (key,) in read}

    def add_observations(self, rows: Iterable[Observation]) -> int:
        """Add observations; a revision is another row, never a change of one."""
        return self._add("observations", rows, _print)

    def add_staged(self, path: Path, rejects: Iterable[Reject]) -> int:
        """Add the observations that ``providers.table`` finished in a DuckDB file, and its rejects.

        One transaction of its own: never inside ``transaction()``.
        """
        with self._engine.staged(path) as insert, self.transaction():
            self.add_rejects(rejects)
            return insert()

    def add_rejects(self, rows: Iterable[Reject]) -> int:
        """Add inputs that were not used, with the reason."""
        return self._add("rejects", rows, _hashed)

    def add_links(self, rows: Iterable[Link]) -> int:
        """Add links between records."""
        return self._add("links", rows, _own_id)

    def add_marks(self, rows: Iterable[tuple[int, str]]) -> None:
        """Add marks under which documents are found; see ``tallyman.link``."""
        sql = (
            "INSERT INTO marks (mark, document_id) SELECT CAST((given->>0) AS BIGINT), (given->>1) "
            f"FROM (SELECT {self._engine.rows_of_batch} AS given) AS batch"
        )
        waiting = iter(rows)
        with self.transaction():
            while batch := list(islice(waiting, _BATCH)):
                self._engine.insert(sql, [msgspec.json.encode(batch).decode()])

    def marked(self, marks: Sequence[int], *, fewer_than: int) -> list[str]:
        """Return the ids of documents with at least two of the marks, leaving out marks of too many documents."""
        sql = (
            "WITH found AS MATERIALIZED (SELECT mark, document_id FROM marks WHERE mark = ANY($1)), "
            "few AS (SELECT mark FROM found GROUP BY mark HAVING count(*) < $2) "
            "SELECT document_id FROM found JOIN few ON few.mark = found.mark "
            "GROUP BY document_id HAVING count(*) > 1 ORDER BY document_id"
        )
        return [key for (key,) in self._engine.select(sql, [list(marks), fewer_than])]

    def add_forecasts(self, rows: Iterable[Forecast]) -> int:
        """Add forecasts as issued."""
        return self._add("forecasts", rows, _own_id)

    def add_scores(self, rows: Iterable[Score]) -> int:
        """Add scores of resolved forecasts."""
        return self._add("scores", rows, _hashed)

    def add_judgement(
        self, link_id: str, judgement: Literal["accept", "reject"], *, judged_at: datetime, judged_by: str
    ) -> int:
        """Add a person's word on a link; it counts until a later one on the same link."""
        key = content_id("jdg", link_id, judgement, judged_at, judged_by)
        sql = (
            "INSERT INTO judgements (id, link_id, judgement, judged_at, judged_by) "
            "VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING"
        )
        with self.transaction():
            return self._engine.insert(sql, [key, link_id, judgement, judged_at, judged_by])

    def documents(self, *, ids: Sequence[str] | None = None) -> list[Document]:
        """Return documents by day of publication (undated ones last) and path."""
        chosen = Filter().among("id", ids)
        return self._records("documents", Document, chosen, "published_on NULLS LAST, path, id")

    def claims(
        self,
        *,
        document_id: str | None = None,
        document_ids: Sequence[str] | None = None,
        pair: tuple[str, str] | None = None,
        ids: Sequence[str] | None = None,
    ) -> list[Claim]:
        """Return claims by document and place in it; ``pair`` selects two areas in either order.

        Of a document that several versions of the extractor have read, the newest reading counts.
        """
        chosen = Filter().equal("document_id", document_id).among("document_id", document_ids)
        chosen.pair(pair).among("(record->>'id')", ids).holds(_NEWEST_READING)
        return self._records("claims", Claim, chosen, "path, document_id, place, id")

    def observations(
        self,
        *,
        pair: tuple[str, str] | None = None,
        reporter: str | None = None,
        partner: str | None = None,
        indicator: str | None = None,
        provider: str | None = None,
        as_of: date | None = None,
        vintages: bool = False,
        ids: Sequence[str] | None = None,
    ) -> list[Observation]:
        """Return what was known on ``as_of`` (today, if none is given), by period, provider and measure.

        Of several prints of one number the one that counts on that day is returned, by the rules of
        ``tallyman.vintage``; with ``vintages`` all rows released by then, suspect ones included.
        """
        chosen = Filter().pair(pair).equal("reporter", reporter).equal("partner", partner)
        chosen.equal("indicator", indicator).equal("provider", provider).until("released_on", as_of)
        chosen.among("id", ids)
        if vintages:
            rows = self._records("observations", Observation, chosen, "released_on")
        else:
            sql = (
                _SQL.joinpath("as_of.sql")
                .read_text("utf-8")
                .format(address=self._engine.address, condition=chosen.condition)
            )
            rows = _decoded(self._engine.select(sql, chosen.parameters), Observation)
        return sorted(rows, key=_by_period)

    def pairs(self) -> set[frozenset[str | None]]:
        """Return the pairs of areas of which there is any observation."""
        return {
            frozenset(row)
            for row in self._engine.select("SELECT DISTINCT reporter, partner FROM observations")
        }

    def rejects(self) -> list[Reject]:
        """Return the inputs that were not used, by source."""
        return self._records("rejects", Reject, Filter(), "source, id")

    def links(self, *, kind: str | None = None) -> list[Link]:
        """Return links with the judgement that counts: a person's latest word, else the link's own."""
        links = self._records("links", Link, Filter().equal("kind", kind), "kind, from_id, to_id, id")
        words: dict[str, Any] = dict(
            self._engine.select("SELECT link_id, judgement FROM judgements ORDER BY judged_at, id")
        )
        return [msgspec.structs.replace(row, judgement=words.get(row.id, row.judgement)) for row in links]

    def forecasts(self) -> list[Forecast]:
        """Return forecasts by day of issue."""
        return self._records("forecasts", Forecast, Filter(), "issued_on, id")

    def scores(self) -> list[Score]:
        """Return scores by forecast and metric."""
        return self._records("scores", Score, Filter(), "forecast_id, metric, id")

    def _prepare(self) -> None:
        tables = self._engine.tables()
        if "ledger" not in tables:
            if tables or self._read_only:
                self._engine.close()
                raise TallymanError(
                    f"{self._engine.name}: a database, but not a Tallyman ledger; name another file"
                )
            with self.transaction():
                self._engine.script(_SQL.joinpath("schema.sql").read_text("utf-8"))
                self._engine.script(f"INSERT INTO ledger VALUES ({SCHEMA_VERSION})")
        ((version,),) = self._engine.select("SELECT max(schema_version) FROM ledger")
        if version != SCHEMA_VERSION:
            self._engine.close()
            raise TallymanError(
                f"{self._engine.name}: the ledger has schema version {version}, "
                f"this Tallyman reads {SCHEMA_VERSION}; install the Tallyman that made it, "
                "or read the documents into a new ledger"
            )

    def _add(self, table: str, rows: Iterable[_N], given: Callable[[_N], list[Any]]) -> int:
        sql = insertion(table, self._engine.rows_of_batch)
        waiting, new = iter(rows), 0
        with self.transaction():
            while batch := list(islice(waiting, _BATCH)):
                once = {key: rest for key, *rest in map(given, batch)}
                text = msgspec.json.encode([(key, *rest) for key, rest in once.items()]).decode()
                new += self._engine.insert(sql, [text])
        return new

    def _records(self, table: str, noun: type[_N], chosen: Filter, order: str) -> list[_N]:
        sql = f"SELECT CAST(record AS VARCHAR) FROM {table} WHERE {chosen.condition} ORDER BY {order}"
        return _decoded(self._engine.select(sql, chosen.parameters), noun)


def _own_id(row: Any) -> list[Any]:
    return [row.id, row]


def _read(row: Claim) -> list[Any]:
    place = reading(row.origin.version)
    return [content_id("row", row.id, place), row, place]


def _hashed(row: Noun) -> list[Any]:
    return [content_id("row", row), row]


def _print(row: Observation) -> list[Any]:
    return [row.id, row, int(content_id("num", *number(row)).removeprefix("num_")[:15], 16), precedence(row)]


def _decoded(rows: list[tuple[Any, ...]], noun: type[_N]) -> list[_N]:
    return msgspec.json.decode("[" + ",".join(text for (text,) in rows) + "]", type=list[noun])  # type: ignore[valid-type]


def _by_period(row: Observation) -> tuple[object, ...]:
    measure, period = row.measure, row.period
    return (
        period.end or date.max,
        period.start or date.max,
        row.provider,
        measure.reporter or "",
        measure.partner or "",
        measure.indicator,
        row.role,
        row.released_on,
        row.id,
    )
