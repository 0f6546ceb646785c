"""The published copy of a ledger: one read-only DuckDB file, replaced as a whole.

DuckDB locks a file that somebody writes against all readers, so no page is served from the ledger itself.
"""

from __future__ import annotations

import tempfile
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb
import msgspec

from tallyman import link
from tallyman.publish import view, words
from tallyman.publish.chance import chances
from tallyman.web.prints import pair_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tallyman.model import Document, Link, Observation
    from tallyman.publish.report import ReportData
    from tallyman.publish.view import ClaimView

FORMAT = 3
_INDEXES = (
    "document_id ON documents (id)",
    "document_source ON documents (source)",
    "claim_id ON claims (id)",
    "claim_of ON claims (document_id)",
    "observation_id ON observations (id)",
)


def write_served(
    data: ReportData,
    path: Path,
    *,
    statistics: Iterable[Observation] | None = None,
    links: Iterable[Link] = (),
) -> None:
    """Write the copy that pages are served from and move it into place in one step.

    ``statistics`` are all prints that the ledger knew on its day (those of the report, if not given) and
    ``links`` all its links, so that any past day can be reckoned as the ledger would. Whoever has the old copy
    open keeps reading it; nobody ever sees half of the new one. Claims stand newest first, and so do documents.
    """
    prints = tuple(data.observations if statistics is None else statistics)
    kept = tuple(links)
    sources = link.families({document.id: document for document in data.documents}, kept)
    tables: dict[str, Sequence[dict[str, Any]]] = {
        "documents": [
            _document_row(document, sources[document.id])
            for document in sorted(data.documents, key=_newest_document)
        ],
        "claims": [_claim_row(shown) for shown in sorted(view.claim_views(data), key=_newest_claim)],
        "targets": [{"id": target.id, "record": _json(target)} for target in data.targets],
        "events": [{"target_id": event.target_id, "record": _json(event)} for event in data.events],
        "chances": [
            {"target_id": target_id, "record": _json(chance)}
            for target_id, rows in chances(msgspec.structs.replace(data, observations=prints)).items()
            for chance in rows
        ],
        "observations": sorted((_observation_row(row) for row in prints), key=lambda row: row["pair"]),
        "links": [_link_row(row) for row in kept],
        "forecasts": [{"id": row.forecast.id, "record": _json(row)} for row in data.record or ()],
        "stories": [{"id": story.id, "record": _json(story)} for story in data.stories],
        "providers": [{"code": provider.code, "record": _json(provider)} for provider in data.providers],
    }
    copy = {
        "format": FORMAT,
        "edition": _edition(tables.values(), data),
        "title": data.title,
        "version": data.version,
        "as_of": data.as_of,
        "scorable": data.record is not None,
        "notes": msgspec.json.encode(data.notes).decode(),
    }
    with tempfile.TemporaryDirectory(prefix=".tallyman-", dir=path.parent) as folder:
        unfinished = Path(folder) / path.name
        _fill(unfinished, Path(folder), {"copy": [copy], **tables})
        unfinished.replace(path)


def _fill(path: Path, folder: Path, tables: dict[str, Sequence[dict[str, Any]]]) -> None:
    with duckdb.connect(str(path)) as connection:
        connection.execute(files(__package__).joinpath("served.sql").read_text(encoding="utf-8"))
        for name, rows in tables.items():
            lines = folder / f"{name}.jsonl"
            with lines.open("wb") as file:
                for place, row in enumerate(rows):
                    file.write(msgspec.json.encode({"place": place, **row}) + b"\n")
            if rows:
                _load(connection, name, lines)
        for index in _INDEXES:
            connection.execute(f"CREATE INDEX {index}")


def _load(connection: duckdb.DuckDBPyConnection, name: str, lines: Path) -> None:
    described = connection.execute(f"DESCRIBE {name}").fetchall()
    columns = {str(row[0]): str(row[1]) for row in described}
    struct = ", ".join(f"'{column}': '{kind}'" for column, kind in columns.items())
    connection.execute(
        f"INSERT INTO {name} BY NAME SELECT {', '.join(columns)} FROM read_json(?, "
        f"format = 'newline_delimited', maximum_object_size = 67108864, columns = {{{struct}}})",
        [str(lines)],
    )


def _claim_row(shown: ClaimView) -> dict[str, Any]:
    claim, document = shown.claim, shown.document
    told = claim.attribution
    return {
        "id": claim.id,
        "document_id": claim.document_id,
        "said_on": claim.said_on or document.published_on,
        "pair": view.pair_key(claim.measure),
        "indicator": claim.measure.indicator,
        "modality": claim.modality,
        "speaker": told.holder or told.speaker,
        "outlet": document.outlet,
        "verdict": shown.label_today,
        "search": _search(
            claim.clause.exact, words.measure(claim.measure), document.title, document.outlet, words.who(told)
        ),
        "record": _json(claim),
        "document": _json(_brief(document)),
        "verdict_then_record": _json(shown.then) if shown.then else None,
        "verdict_today_record": _json(shown.today) if shown.today else None,
    }


def _document_row(document: Document, source: str) -> dict[str, Any]:
    return {
        "id": document.id,
        "source": source,
        "outlet": document.outlet,
        "published_on": document.published_on,
        "search": _search(document.title, document.outlet, document.text),
        "record": _json(_brief(document)),
        "text": document.text,
    }


def _observation_row(row: Observation) -> dict[str, Any]:
    return {
        "id": row.id,
        "pair": pair_text(row.measure),
        "provider": row.provider,
        "released_on": row.released_on,
        "period_start": row.period.start,
        "period_end": row.period.end,
        "record": _json(row),
    }


def _link_row(row: Link) -> dict[str, Any]:
    return {"from_id": row.from_id, "to_id": row.to_id, "judgement": row.judgement, "record": _json(row)}


def _brief(document: Document) -> Document:
    return msgspec.structs.replace(document, text="")


def _search(*texts: str | None) -> str:
    return " ".join(text for text in texts if text).casefold()


def _json(record: object) -> str:
    return msgspec.json.encode(record).decode()


def _edition(tables: Iterable[Sequence[dict[str, Any]]], data: ReportData) -> str:
    digest = sha256(msgspec.json.encode((data.title, data.version, data.as_of, data.notes)))
    for rows in tables:
        for row in rows:
            digest.update(msgspec.json.encode(row))
    return digest.hexdigest()[:16]


def _newest_claim(shown: ClaimView) -> tuple[int, str, int, str]:
    day = shown.claim.said_on or shown.document.published_on
    return (-day.toordinal() if day else 0, shown.document.id, shown.claim.anchor.start, shown.claim.id)


def _newest_document(document: Document) -> tuple[int, str]:
    day = document.published_on
    return (-day.toordinal() if day else 0, document.id)
