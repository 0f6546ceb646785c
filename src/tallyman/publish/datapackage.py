"""The CSV tables of an export as a Frictionless data package, with columns, sources and terms."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Any

import msgspec

from tallyman.publish.tables import layouts, write_csv

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
    "path": "https://www.apache.org/licenses/LICENSE-2.0",
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
        "licenses": [_LICENCE],
        "sources": _sources(data),
        "resources": [_resource(path) for path in written],
    }
    path = folder / "datapackage.json"
    path.write_bytes(msgspec.json.format(msgspec.json.encode(package), indent=1))
    return [*written, path]


def _sources(data: ReportData) -> list[dict[str, str]]:
    used = {row.provider for row in data.observations}
    return [
        {"title": provider.name} | ({"path": provider.address} if provider.address else {})
        for provider in data.providers
        if provider.code in used
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
