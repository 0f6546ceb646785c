"""Every format that a ledger can be published in, by the name the command line uses."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Protocol

from tallyman.model import TallymanError
from tallyman.publish.annotations import write_annotations
from tallyman.publish.atom import write_atom
from tallyman.publish.claimreview import write_claimreview
from tallyman.publish.datapackage import write_datapackage
from tallyman.publish.html import report
from tallyman.publish.sdmx import write_sdmx_csv
from tallyman.publish.site import write_site
from tallyman.publish.tables import write_csv, write_jsonl, write_parquet
from tallyman.publish.terms import write_sources

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from tallyman.publish.report import ReportData


class Writer(Protocol):
    """Writes one format to a folder and returns the files."""

    def __call__(self, data: ReportData, folder: Path) -> list[Path]:
        """Write the files."""
        ...


def writers(site: str | None = None) -> dict[str, Writer]:
    """Return the writer of each format; ``site`` is the address under which pages of the ledger will lie."""
    return {
        "html": write_html,
        "csv": write_csv,
        "jsonl": write_jsonl,
        "parquet": write_parquet,
        "claimreview": partial(write_claimreview, site=site),
        "annotations": partial(write_annotations, site=site),
        "datapackage": write_datapackage,
        "atom": partial(write_atom, site=site),
        "sdmx-csv": write_sdmx_csv,
    }


def write_html(data: ReportData, folder: Path) -> list[Path]:
    """Write the static site with ``index.html``, and all of it on one page, ``report.html``."""
    path = folder / "report.html"
    report(data, path)
    return [*write_site(data, folder), path]


def publish(data: ReportData, folder: Path, formats: Iterable[str], *, site: str | None = None) -> list[Path]:
    """Write a report's rows to ``folder`` in the formats named; return the files in the order written.

    ``SOURCES.md`` goes along: how to cite them, and the terms of every source of statistics. Refuses an unknown
    format before anything is written. Existing files of the same name are replaced.
    """
    known = writers(site)
    wanted = list(dict.fromkeys(formats))
    unknown = [name for name in wanted if name not in known]
    if unknown:
        raise TallymanError(f"{', '.join(unknown)}: no such format; the formats are {', '.join(known)}")
    if folder.exists() and not folder.is_dir():
        raise TallymanError(f"{folder}: this is a file; name a folder to publish to")
    folder.mkdir(parents=True, exist_ok=True)
    written = dict.fromkeys(path for name in wanted for path in known[name](data, folder))
    return [*written, write_sources(data, folder)]
