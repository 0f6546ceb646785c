"""Where the statistics of an export come from, on which terms, and how to cite them and the export."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from tallyman.model import Noun
from tallyman.providers import reference
from tallyman.providers.about import about
from tallyman.publish import words

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from tallyman.model import Observation
    from tallyman.providers.catalogue import Provider
    from tallyman.publish.report import ReportData

LICENCE = "https://www.apache.org/licenses/LICENSE-2.0"
_FILE = "SOURCES.md"


class Terms(Noun, frozen=True, kw_only=True):
    """One source of statistics: who publishes it, on which terms, how to cite it, how many figures are used."""

    title: str
    publisher: str
    address: str | None
    licence: str
    citation: str
    figures: int


def terms(data: ReportData) -> tuple[Terms, ...]:
    """Return the sources of a report's figures, the one with most figures first.

    Figures that a user fetched from a table or an SDMX service are on the terms of their provider.
    """
    shipped = {row.id for row in reference.observations()}
    providers = {provider.code: provider for provider in data.providers}
    counts = Counter(_source(row, shipped) for row in data.observations)
    return tuple(_terms(name, count, providers) for name, count in counts.most_common())


def citation(data: ReportData) -> str:
    """Return how to cite an export."""
    return words.say("terms.citation", title=data.title, day=words.day(data.as_of), version=data.version)


def write_sources(data: ReportData, folder: Path) -> Path:
    """Write ``SOURCES.md``: how to cite the export, and the terms of every source of its figures."""
    found = [
        words.say(
            "terms.source",
            title=row.title,
            publisher=row.publisher,
            address=_comma(row.address),
            figures=row.figures,
            licence=row.licence.rstrip("."),
            citation=row.citation,
        )
        for row in terms(data)
    ]
    offices = Counter(row.provider for row in data.observations)
    listed = [
        words.say("terms.provider", name=one.name, address=_comma(one.address), figures=offices[one.code])
        for one in data.providers
        if one.code in offices
    ]
    text = words.say(
        "terms.page",
        title=data.title,
        citation=citation(data),
        sources="\n".join(found) or words.say("terms.nothing"),
        providers="\n".join(listed) or words.say("terms.nothing"),
    )
    path = folder / _FILE
    path.write_text(f"{text}\n", encoding="utf-8", errors="replace")
    return path


def _comma(address: str | None) -> str:
    return f", {address}" if address else ""


def _source(row: Observation, shipped: set[str]) -> str:
    if row.id in shipped:
        return "reference"
    return "releases" if row.release_kind == "second_hand" else row.provider


def _terms(name: str, figures: int, providers: Mapping[str, Provider]) -> Terms:
    if name in {"reference", "releases", "comtrade"}:
        source = about(name)
        address = source.address if source.address.startswith("http") else None
        return Terms(
            title=source.title, publisher=source.publisher, address=address,
            licence=source.licence, citation=source.citation, figures=figures,
        )  # fmt: skip
    provider = providers.get(name)
    publisher = provider.name if provider else name
    return Terms(
        title=publisher,
        publisher=publisher,
        address=provider.address if provider else None,
        licence=words.say("terms.of_provider"),
        citation=publisher,
        figures=figures,
    )
