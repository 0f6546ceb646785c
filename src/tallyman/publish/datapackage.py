"""The CSV tables of an export as a Frictionless data package, with columns, sources and terms."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Any

import msgspec

from tallyman.publish.tables import layouts, write_csv
from tallyman.publish.terms import LICENCE, citation, terms

if TYPE_CHECKING:
    from pathlib import Path

    from tallyman.publish.report import ReportData
    from tallyman.publish.tables import Column

_TYPES = {
    "text": {"type": "string"},
    "link": {"type": "string", "format": "uri"},
    "date": {"type": "date"},
    "integer": {"type": "integer"},
    "number": {"type": "number"},
    "yes_no": {"type": "boolean"},
}
_LICENCE = {
    "name": "Apache-2.0",
    "title": "Apache License 2.0, for the tables; official figures are facts, see sources",
    "path": LICENCE,
}


def write_datapackage(data: ReportData, folder: Path) -> list[Path]:
    """Write the CSV tables and ``datapackage.json`` with their columns, checksums, sources and licence."""
    written = write_csv(data, folder)
    package = {
        "profile": "tabular-data-package",
        "name": "tallyman",
        "title": data.title,
        "version": data.version,
        "created": f"{data.as_of.isoformat()}T00:00:00Z",
        "description": " ".join(data.notes) or data.title,
        "citation": citation(data),
        "licenses": [_LICENCE],
        "sources": _sources(data),
        "resources": [_resource(path) for path in written],
    }
    path = folder / "datapackage.json"
    path.write_bytes(msgspec.json.format(msgspec.json.encode(package), indent=1))
    return [*written, path]


def _sources(data: ReportData) -> list[dict[str, str]]:
    """Return the sources with their terms, then the offices whose figures are used."""
    used = {row.provider for row in data.observations}
    found = [
        (
            row.title,
            row.address,
            {"publisher": row.publisher, "licence": row.licence, "citation": row.citation},
        )
        for row in terms(data)
    ]
    found += [(one.name, one.address, {}) for one in data.providers if one.code in used]
    return [
        {"title": title} | ({"path": address} if address else {}) | more for title, address, more in found
    ]


def _resource(path: Path) -> dict[str, Any]:
    layout = layouts()[path.stem]
    content = path.read_bytes()
    return {
        "profile": "tabular-data-resource",
        "name": path.stem.replace("_", "-"),
        "title": layout.title,
        "path": path.name,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": f"sha256:{sha256(content).hexdigest()}",
        "schema": {
            "fields": [_field(column) for column in layout.columns],
            "missingValues": [""],
            **({"primaryKey": [layout.key]} if layout.key else {}),
        },
    }


def _field(column: Column) -> dict[str, str]:
    return {"name": column.name, "description": column.meaning, **_TYPES[column.type]}
