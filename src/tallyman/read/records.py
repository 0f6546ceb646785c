"""Documents with metadata, one JSON object a line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from tallyman.model import Document, Reject
from tallyman.read.document import Given, day, document

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

_FIX = (
    'write {"text": ..., "published_on": "YYYY-MM-DD", "outlet": ..., "url": ..., "title": ...} on one line'
)


class Record(msgspec.Struct):
    """One line of a .jsonl file; names are those of ``Document``, other names are ignored."""

    text: str
    path: str | None = None
    url: str | None = None
    outlet: str | None = None
    agency: str | None = None
    title: str | None = None
    language: str | None = None
    published_on: str | None = None


def records(text: str, path: str, given: Given) -> Iterator[Document | Reject]:
    """Yield the documents of a .jsonl text; a line's own metadata stand before ``given``.

    >>> [d.outlet for d in records('{"text": "Trade rose.", "outlet": "The Post"}', "a.jsonl", Given())]
    ['The Post']
    """
    decoder = msgspec.json.Decoder(Record)
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        place = f"line {number}"
        try:
            record = decoder.decode(line)
            published_on = day(record.published_on) if record.published_on else given.published_on
            record.text.encode()
        except UnicodeEncodeError:
            yield Reject(
                source=path, place=place, reason="its text holds half a character", fix="mend its escapes"
            )
        except (msgspec.MsgspecError, ValueError) as error:
            yield Reject(source=path, place=place, reason=_reason(error), fix=_FIX)
        else:
            yield document(
                record.text, record.path or f"{path}:{number}", "jsonl", _joined(record, given, published_on)
            )


def _reason(error: Exception) -> str:
    return f"it is not a document: {error}"


def _joined(record: Record, given: Given, published_on: date | None) -> Given:
    return Given(
        url=record.url or given.url,
        outlet=record.outlet or given.outlet,
        agency=record.agency or given.agency,
        title=record.title or given.title,
        language=record.language or given.language,
        published_on=published_on,
    )
