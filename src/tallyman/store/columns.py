"""Which columns each table keeps beside the record, and where in its JSON they are read from.

``record`` is the JSON of the noun and ``given`` the list handed over with it: its id, the record, and what
SQL cannot compute. Both databases understand these expressions.
"""

from __future__ import annotations

import re

from tallyman.vintage import CLOSENESS, STANDING

_PAIR = {
    "indicator": "(record->'measure'->>'indicator')",
    "reporter": "(record->'measure'->>'reporter')",
    "partner": "(record->'measure'->>'partner')",
}


_VERSIONS = 10**6
_NEW = "WHERE NOT EXISTS (SELECT 1 FROM observations AS there WHERE there.id = handed_over.id)"


def reading(version: str) -> int:
    """Return the place of a version in the order of versions; what follows its numbers does not count.

    >>> reading("0.9.2") < reading("0.10.0")
    True
    """
    numbers = [int(number) for number in re.findall(r"\d+", version)[:3]]
    major, minor, patch = (*numbers, 0, 0, 0)[:3]
    return (major * _VERSIONS + minor) * _VERSIONS + patch


def ranked(text: str, ranks: dict[str, int]) -> str:
    """Return the SQL that turns a word into its rank."""
    cases = " ".join(f"WHEN '{name}' THEN {rank}" for name, rank in ranks.items())
    return f"CASE {text} {cases} END"


COLUMNS: dict[str, dict[str, str]] = {
    "documents": {
        "path": "(record->>'path')",
        "url": "(record->>'url')",
        "outlet": "(record->>'outlet')",
        "published_on": "CAST((record->>'published_on') AS DATE)",
    },
    "claims": {
        "document_id": "(record->>'document_id')",
        "reading": "CAST((given->>2) AS BIGINT)",
        "path": "(record->>'path')",
        "place": "CAST((record->'anchor'->>'start') AS INTEGER)",
        **_PAIR,
        "role": "(record->>'role')",
        "modality": "(record->>'modality')",
        "said_on": "CAST((record->>'said_on') AS DATE)",
    },
    "observations": {
        "number": "CAST((given->>2) AS BIGINT)",
        "precedence": "CAST((given->>3) AS BIGINT)",
        "provider": "(record->>'provider')",
        **_PAIR,
        "role": "(record->>'role')",
        "period_start": "CAST((record->'period'->>'start') AS DATE)",
        "period_end": "CAST((record->'period'->>'end') AS DATE)",
        "value": "CAST((record->>'value') AS DECIMAL(38, 9))",
        "step": "CAST(coalesce((record->>'step'), '0') AS DECIMAL(38, 9))",
        "standing": ranked("(record->>'status')", STANDING),
        "closeness": ranked("(record->>'release_kind')", CLOSENESS),
        "released_on": "CAST((record->>'released_on') AS DATE)",
        "document_id": "(record->>'document_id')",
    },
    "rejects": {"source": "(record->>'source')"},
    "links": {
        "kind": "(record->>'kind')",
        "from_id": "(record->>'from_id')",
        "to_id": "(record->>'to_id')",
    },
    "forecasts": {
        "provider": "(record->>'provider')",
        **_PAIR,
        "issued_on": "CAST((record->>'issued_on') AS DATE)",
    },
    "scores": {
        "forecast_id": "(record->>'forecast_id')",
        "metric": "(record->>'metric')",
    },
}


def insertion(table: str, rows: str) -> str:
    """Return the statement that adds a batch to ``table``; ``rows`` turns its one parameter into ``given``.

    What is already there stays as it is; ids within the batch differ.
    """
    columns = COLUMNS[table]
    new = _NEW if table == "observations" else "ON CONFLICT DO NOTHING"
    return (
        f"INSERT INTO {table} (id, {', '.join(columns)}, record) "
        f"SELECT id, {', '.join(columns.values())}, record "
        "FROM (SELECT (given->>0) AS id, (given->1) AS record, given "
        f"FROM (SELECT {rows} AS given) AS batch) AS handed_over {new}"
    )


def insertion_of_finished(rows: str) -> str:
    """Return the statement that adds finished observations; ``rows`` reads them with the columns' own names.

    Status and release kind stand there as words.
    """
    columns = {name: name for name in COLUMNS["observations"]} | {
        "step": "coalesce(step, 0)",
        "standing": ranked("status", STANDING),
        "closeness": ranked("release_kind", CLOSENESS),
        "document_id": "NULL",
    }
    return (
        f"INSERT INTO observations (id, {', '.join(columns)}, record) "
        f"SELECT id, {', '.join(columns.values())}, CAST(record AS JSON) FROM {rows} AS handed_over {_NEW}"
    )
