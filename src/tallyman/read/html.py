"""Web pages to text, by trafilatura; anchors refer to its text, so the document keeps its version."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import msgspec

from tallyman.model import Document, Reject
from tallyman.read.document import Given, day, document

if TYPE_CHECKING:
    from datetime import date

_FIX = "save the page's text as .txt and read that"


def page(data: bytes, path: str, given: Given) -> Document | Reject:
    """Return the document of a web page: its main text, without menus, comments and tables of links.

    Title, address, outlet and date come from the page's metadata where ``given`` has none.
    """
    import trafilatura  # noqa: PLC0415  takes 0.3 s, and most reports are plain text

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    found = trafilatura.bare_extraction(
        data,
        url=given.url,
        include_comments=False,
        include_images=False,
        with_metadata=True,
        date_extraction_params={"original_date": True, "extensive_search": False},
    )
    text = found.text if isinstance(found, trafilatura.settings.Document) else None
    if not isinstance(found, trafilatura.settings.Document) or not text or not text.strip():
        return Reject(source=path, reason="the page has no main text", fix=_FIX)
    given = msgspec.structs.replace(
        given,
        url=given.url or found.url or None,
        outlet=given.outlet or found.sitename or None,
        title=given.title or found.title or None,
        language=given.language or found.language or None,
        page_date=_page_date(found.date),
    )
    return document(text, path, f"trafilatura {trafilatura.__version__}", given)


def _page_date(text: str | None) -> date | None:
    try:
        return day(text) if text else None
    except ValueError:
        return None
