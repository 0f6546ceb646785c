"""News of a ledger as Atom feeds: what became of targets, and claims with their verdicts."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, SubElement, tostring

from tallyman.ids import content_id
from tallyman.model import Noun
from tallyman.publish import view, words
from tallyman.publish.claimreview import address

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from tallyman.model import Document, TargetEvent
    from tallyman.publish.report import ReportData
    from tallyman.publish.view import ClaimView, TargetView

_ATOM = "http://www.w3.org/2005/Atom"
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LONGEST = 500


class Heading(Noun, frozen=True, kw_only=True):
    """The head of a feed: the ledger's title and the day whose knowledge it shows."""

    title: str
    as_of: date


def write_atom(data: ReportData, folder: Path, *, site: str | None = None) -> list[Path]:
    """Write ``targets.atom`` and ``claims.atom``; ``site`` is the address that the pages lie under."""
    claims = view.claim_views(data)
    heading = Heading(title=data.title, as_of=data.as_of)
    feeds = {
        "targets": target_feed(heading, view.target_views(data, claims), site=site),
        "claims": claim_feed(heading, claims, site=site),
    }
    written = []
    for name, text in feeds.items():
        path = folder / f"{name}.atom"
        path.write_bytes(text)
        written.append(path)
    return written


def target_feed(heading: Heading, targets: Iterable[TargetView], *, site: str | None = None) -> bytes:
    """Return the feed of target events that rest on a figure, the newest first."""
    told = [(event, shown) for shown in targets for event in shown.counted]
    told.sort(key=lambda pair: (pair[0].on, pair[0].target_id), reverse=True)
    feed = _feed(heading, "targets", site)
    for event, shown in told[:_LONGEST]:
        _entry(
            feed,
            entry_id=content_id("urn:tallyman:evt", event.target_id, event.on, event.status, event.provider),
            title=f"{words.goal(shown.target)}: {_status(event)}",
            text=event.explanation,
            on=event.on,
            link=address(shown.target.id, site) if site else None,
            author=shown.target.set_by,
        )
    return _written(feed)


def claim_feed(heading: Heading, claims: Iterable[ClaimView], *, site: str | None = None) -> bytes:
    """Return the feed of claims by the day they were said, the newest first; undated claims are left out."""
    dated = [
        (on, shown)
        for shown in claims
        if (on := shown.claim.said_on or shown.document.published_on) is not None
    ]
    dated.sort(key=lambda pair: (pair[0], pair[1].claim.id), reverse=True)
    feed = _feed(heading, "claims", site)
    for on, shown in dated[:_LONGEST]:
        label = words.say(f"label.{shown.label_today}")
        _entry(
            feed,
            entry_id=f"urn:tallyman:{shown.claim.id}",
            title=f"{label}: {words.figure(shown.claim)}, {words.measure(shown.claim.measure)}",
            text=f"“{shown.claim.clause.exact}” {shown.today.explanation if shown.today else ''}".strip(),
            on=on,
            link=address(shown.claim.id, site) if site else None,
            author=words.who(shown.claim.attribution),
        )
    return _written(feed)


def document_feed(heading: Heading, documents: Iterable[Document], *, site: str | None = None) -> bytes:
    """Return the feed of reports by the day they were published, the newest first; undated ones are left out."""
    dated = [(row.published_on, row) for row in documents if row.published_on is not None]
    dated.sort(key=lambda pair: (pair[0], pair[1].id), reverse=True)
    feed = _feed(heading, "documents", site)
    for on, row in dated[:_LONGEST]:
        _entry(
            feed,
            entry_id=f"urn:tallyman:{row.id}",
            title=row.title or row.path or row.id,
            text=row.outlet or row.agency or row.path or row.id,
            on=on,
            link=address(row.id, site) if site else None,
            author=row.outlet,
        )
    return _written(feed)


def _status(event: TargetEvent) -> str:
    return words.say(f"status.{event.status}")


def _feed(heading: Heading, kind: str, site: str | None) -> Element:
    feed = Element("feed", xmlns=_ATOM)
    _text(feed, "id", f"{site.rstrip('/')}/{kind}" if site else f"urn:tallyman:{kind}")
    _text(feed, "title", f"{heading.title}: {kind}")
    _text(feed, "updated", _instant(heading.as_of))
    _text(SubElement(feed, "author"), "name", "Tallyman")
    if site:
        SubElement(feed, "link", rel="self", href=f"{site.rstrip('/')}/{kind}.atom")
    return feed


def _entry(
    feed: Element, *, entry_id: str, title: str, text: str, on: date, link: str | None, author: str | None
) -> None:
    entry = SubElement(feed, "entry")
    _text(entry, "id", entry_id)
    _text(entry, "title", title)
    _text(entry, "updated", _instant(on))
    if author:
        _text(SubElement(entry, "author"), "name", author)
    if link:
        SubElement(entry, "link", rel="alternate", href=link)
    _text(entry, "summary" if link else "content", text)


def _text(parent: Element, tag: str, text: str) -> None:
    SubElement(parent, tag).text = _NOT_XML.sub("\N{REPLACEMENT CHARACTER}", text)


def _instant(on: date) -> str:
    return f"{on.isoformat()}T00:00:00Z"


def _written(feed: Element) -> bytes:
    return bytes(tostring(feed, encoding="utf-8", xml_declaration=True))
