"""Text and metadata to a Document, or the reason why not."""

from __future__ import annotations

from datetime import date, datetime

from tallyman.ids import content_id, text_sha256
from tallyman.model import Document, Noun, Reject
from tallyman.read.language import language
from tallyman.read.masthead import masthead

_FIRST_YEAR, _LAST_YEAR = 1900, 2199


class Given(Noun, frozen=True, kw_only=True):
    """What is known of a report besides its text: by the user, a record or a page's metadata."""

    url: str | None = None
    outlet: str | None = None
    agency: str | None = None
    title: str | None = None
    language: str | None = None
    published_on: date | None = None
    page_date: date | None = None
    retrieved_at: datetime | None = None


def document(text: str, path: str, reader: str, given: Given) -> Document | Reject:
    """Return the document of a text.

    A given ``published_on`` is final; otherwise the report's own head decides (``masthead``), for which the
    ``page_date`` of a web page is evidence only. Refuses a text without a letter or digit.

    >>> document("BEIJING, May 3, 2023 (Xinhua) -- Trade rose.", "a.txt", "text", Given()).agency
    'Xinhua'
    """
    if not any(map(str.isalnum, text)):
        return Reject(source=path, reason="it holds no text", fix="save the report's text in it")
    head = masthead(text, page_date=given.page_date, url=given.url)
    published_on, basis = head.published_on, head.date_basis
    if given.published_on:
        published_on, basis = given.published_on, "metadata"
    return Document(
        id=content_id("doc", text),
        text=text,
        sha256=text_sha256(text),
        path=path,
        url=given.url,
        outlet=given.outlet or head.outlet,
        agency=given.agency or head.agency,
        title=given.title or head.title,
        language=given.language or language(text),
        published_on=published_on,
        date_basis=basis,
        retrieved_at=given.retrieved_at,
        reader=reader,
    )


def day(text: str) -> date:
    """Return the day of an ISO date or timestamp; raises ValueError where there is no such day.

    >>> day("2023-12-20T08:15:00Z")
    datetime.date(2023, 12, 20)
    """
    on = date.fromisoformat(text) if len(text) <= len("2023-12-20") else datetime.fromisoformat(text).date()
    if not _FIRST_YEAR <= on.year <= _LAST_YEAR:
        raise ValueError(f"no report appeared in the year {on.year}")
    return on
