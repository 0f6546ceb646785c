"""The rows of a served copy, as nouns; opened for reading by any number of threads, and judging nothing."""

from __future__ import annotations

import shutil
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

import duckdb
import msgspec

from tallyman import track
from tallyman.model import Claim, Document, Link, Noun, Observation, TallymanError
from tallyman.providers.catalogue import Provider
from tallyman.publish.coverage import Coverage
from tallyman.score import Fared
from tallyman.web.folders import Folder
from tallyman.web.prints import Prints
from tallyman.web.served import FORMAT

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date
    from pathlib import Path

_N = TypeVar("_N", bound=Noun)


class Rows:
    """A copy written by ``served.write_served``."""

    def __init__(self, path: Path) -> None:
        """Open a copy; refuse a file that is none, or one of another format."""
        self._folder = Folder()
        try:
            held = _held(path, self._folder.path)
            self._connection = duckdb.connect(str(held), read_only=True, config={"threads": 1})
            head = self._connection.execute("SELECT * EXCLUDE place FROM copy").fetchone()
        except (duckdb.Error, OSError) as error:
            raise TallymanError(f"{path}: this is no published copy of a ledger; publish it again") from error
        if head is None or head[0] != FORMAT:
            raise TallymanError(f"{path}: this copy was made by another version; publish it again")
        self.edition: str = head[1]
        self.title: str = head[2]
        self.version: str = head[3]
        self.as_of: date = head[4]
        self.scorable: bool = head[5]
        self.notes: tuple[str, ...] = msgspec.json.decode(head[6], type=tuple[str, ...])
        self.prints = Prints(self.select)

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def select(self, sql: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Return what a query finds."""
        return self._connection.cursor().execute(sql, list(values)).fetchall()

    def every(self, table: str, kind: type[_N]) -> list[_N]:
        """Return all nouns of a table in their order."""
        return _nouns(self.select(f"SELECT record FROM {table} ORDER BY place"), kind)

    @cached_property
    def providers(self) -> dict[str, Provider]:
        """All providers by code, by rank."""
        return {row.code: row for row in self.every("providers", Provider)}

    @cached_property
    def forecasts(self) -> list[Fared]:
        """The public record as known on the copy's own day."""
        return self.every("forecasts", Fared)

    @cached_property
    def rejected(self) -> list[Link]:
        """The links that a person rejected."""
        return _nouns(self.select("SELECT record FROM links WHERE judgement = 'reject' ORDER BY place"), Link)

    def document(self, document_id: str) -> Document | None:
        """Return one document with its text, or None if there is none."""
        rows = self.select("SELECT record, text FROM documents WHERE id = ?", [document_id])
        if not rows:
            return None
        ((record, text),) = rows
        return msgspec.structs.replace(msgspec.json.decode(record, type=Document), text=text)

    def documents(self, ids: Iterable[str]) -> dict[str, Document]:
        """Return documents without their texts by id, newest first; unknown ids are left out."""
        wanted = list(dict.fromkeys(ids))
        rows = self.select(f"SELECT place, record FROM documents WHERE {among('id', wanted)}", wanted)
        found = [msgspec.json.decode(record, type=Document) for _, record in sorted(rows)]
        return {document.id: document for document in found}

    def copies(self, document_ids: Sequence[str]) -> dict[str, tuple[str, ...]]:
        """Return for each of some documents the ids of all that are one source with it, itself among them."""
        rows = self.select(
            "SELECT asked.id, other.id FROM documents AS asked JOIN documents AS other USING (source) "
            f"WHERE {among('asked.id', document_ids)} ORDER BY other.place",
            document_ids,
        )
        found: dict[str, tuple[str, ...]] = {}
        for key, other in rows:
            found[key] = (*found.get(key, ()), other)
        return found

    def published(self) -> dict[str, date | None]:
        """Return the day of every document."""
        return dict(self.select("SELECT id, published_on FROM documents"))

    def claims_in(self, document_ids: Sequence[str]) -> list[Claim]:
        """Return the claims of documents, in their order in the text."""
        condition = among("document_id", document_ids)
        rows = self.select(f"SELECT record FROM claims WHERE {condition}", document_ids)
        return sorted(_nouns(rows, Claim), key=lambda row: (row.document_id, row.anchor.start, row.id))

    def aims_of(self, pair: str | None) -> tuple[list[Claim], list[Document]]:
        """Return the claims that state targets of a pair (None: of no whole pair), and the documents they are in."""
        rows = self.select(
            "SELECT record, document FROM claims WHERE pair IS NOT DISTINCT FROM ? "
            f"AND {among('modality', track.STATING)} ORDER BY place",
            [pair, *track.STATING],
        )
        claims = [msgspec.json.decode(record, type=Claim) for record, _ in rows]
        return claims, [msgspec.json.decode(record, type=Document) for record in {row[1] for row in rows}]

    def of_provider(self, code: str, *, as_of: date) -> list[Observation]:
        """Return all prints of a provider by ``as_of``."""
        rows = self.select(
            "SELECT record FROM observations WHERE provider = ? AND released_on <= ? ORDER BY place",
            [code, as_of],
        )
        return [msgspec.json.decode(record, type=Observation) for (record,) in rows]

    def coverage(self, *, as_of: date) -> tuple[Coverage, ...]:
        """Return how much each provider had counted by ``as_of``, by rank."""
        rows = self.select(
            "SELECT provider, count(*), count(DISTINCT pair), max(released_on) FROM observations "
            "WHERE released_on <= ? GROUP BY provider",
            [as_of],
        )
        found = {code: (figures, pairs, released_on) for code, figures, pairs, released_on in rows}
        return tuple(
            Coverage(code=code, label=row.label, figures=figures, pairs=pairs, released_on=released_on)
            for code, row in self.providers.items()
            for figures, pairs, released_on in [found.get(code, (0, 0, None))]
        )

    def links_of(self, document_ids: Sequence[str]) -> list[Link]:
        """Return the links that begin or end at one of these documents."""
        ends = f"{among('from_id', document_ids)} OR {among('to_id', document_ids)}"
        sql = f"SELECT record FROM links WHERE {ends} ORDER BY place"
        return _nouns(self.select(sql, [*document_ids, *document_ids]), Link)


def among(column: str, wanted: Sequence[Any]) -> str:
    """Return the condition that a column has one of the wanted values, which are to be bound."""
    return f"{column} IN ({', '.join('?' * len(wanted))})" if wanted else "false"


def _nouns(rows: Sequence[tuple[Any, ...]], kind: type[_N]) -> list[_N]:
    return [msgspec.json.decode(record, type=kind) for (record,) in rows]


def _held(path: Path, folder: Path) -> Path:
    """Return the file under a name of its own: DuckDB takes a newer file of one name for the older one."""
    held = folder / "held.duckdb"
    try:
        held.hardlink_to(path)
    except OSError:
        shutil.copyfile(path, held)
    return held
