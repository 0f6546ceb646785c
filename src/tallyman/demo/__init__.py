"""The bundled reports: short texts in wire style that show what trade news does to numbers.

The outlets are invented; the figures, the officials and their targets are real. ``index.toml`` holds the
metadata of each report and what it shows, ``sources.toml`` the address of every figure.
"""

from __future__ import annotations

import tomllib
from datetime import date
from functools import cache
from importlib.resources import files

import msgspec

from tallyman.ids import content_id, text_sha256
from tallyman.model import Document


class Report(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One bundled report: its metadata, what it shows, and the figures it prints wrongly on purpose."""

    file: str
    title: str
    outlet: str
    published_on: date
    agency: str | None = None
    shows: tuple[str, ...]
    wrong: tuple[str, ...] = ()


class SourceRow(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One row of official statistics that a report uses: billions of ``unit``, growth in percent."""

    id: str
    flow: str
    start: date
    end: date
    url: str
    value: str | None = None
    unit: str = "USD"
    growth: str | None = None


class SourceTarget(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One target of the project's register that a report tells, with the page it was read on."""

    id: str
    url: str


class Sources(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where the figures of one report come from."""

    file: str
    rows: tuple[SourceRow, ...]
    targets: tuple[SourceTarget, ...]


def _read(name: str) -> str:
    return files(__name__).joinpath(name).read_text(encoding="utf-8")


@cache
def reports() -> tuple[Report, ...]:
    """Return the metadata of the bundled reports, pair by pair."""
    return msgspec.convert(tomllib.loads(_read("index.toml"))["report"], tuple[Report, ...])


@cache
def sources() -> tuple[Sources, ...]:
    """Return, for each bundled report, the official rows and the targets it was written from."""
    return msgspec.convert(tomllib.loads(_read("sources.toml"))["report"], tuple[Sources, ...])


@cache
def documents() -> tuple[Document, ...]:
    """Return the bundled reports as documents, as ``tallyman demo`` reads them.

    >>> documents()[0].outlet
    'Mekong Business Daily'
    """
    return tuple(_document(report) for report in reports())


def _document(report: Report) -> Document:
    text = _read(f"reports/{report.file}")
    return Document(
        id=content_id("doc", text),
        text=text,
        sha256=text_sha256(text),
        path=f"demo/{report.file}",
        outlet=report.outlet,
        agency=report.agency,
        title=report.title,
        language="en",
        published_on=report.published_on,
        date_basis="metadata",
        reader="demo",
    )
