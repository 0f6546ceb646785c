"""An answer and its twins: the same rows as a page, as JSON, as CSV and, for lists, as an Atom feed."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from functools import partial
from hashlib import sha256
from http import HTTPStatus
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode

import msgspec
from litestar import Response

from tallyman.publish import words
from tallyman.publish.html import environment
from tallyman.publish.plain import plain
from tallyman.publish.tables import layouts, printed, row_of
from tallyman.web.pages.shape import Sheet

if TYPE_CHECKING:
    from datetime import date

    from litestar import Request

    from tallyman.web.book import Book

HTML, JSON, CSV, ATOM = "text/html", "application/json", "text/csv", "application/atom+xml"
SVG, PNG, VEGA = "image/svg+xml", "image/png", "application/vnd.vegalite.v5+json"
MEDIA = {"": HTML, ".json": JSON, ".csv": CSV, ".atom": ATOM, ".svg": SVG, ".png": PNG, ".vl.json": VEGA}
_HOME = "/index"


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """What a page found: the template with its names, how to make the JSON sheet, and the rows of one table."""

    template: str
    names: dict[str, Any]
    json: Callable[[], Sheet]
    table: str
    rows: Sequence[object]


def split(ref: str, suffixes: Sequence[str]) -> tuple[str, str]:
    """Return a reference without its suffix, and the suffix, the longest known one first.

    >>> split("tgt_1.vl.json", (".json", ".vl.json"))
    ('tgt_1', '.vl.json')
    """
    for suffix in sorted(suffixes, key=len, reverse=True):
        if suffix and ref.endswith(suffix):
            return ref.removesuffix(suffix), suffix
    return ref, ""


def respond(
    request: Request[Any, Any, Any], book: Book, as_of: date, answer: Answer, suffix: str
) -> Response[bytes]:
    """Return an answer in the form that the address asks for."""
    if suffix == ".json":
        body = msgspec.json.encode(plain(answer.json()))
    elif suffix == ".csv":
        body = _csv(answer.table, answer.rows)
    else:
        body = page(request, book, as_of, answer.template, answer.names)
    return reply(request, body, MEDIA[suffix])


def reply(request: Request[Any, Any, Any], body: bytes, media: str) -> Response[bytes]:
    """Return a response of one media type with its tag, and keep it for whoever asks next."""
    state = request.state
    tag = etag(state.book.edition, state.url)
    response = Response(body, media_type=media, status_code=HTTPStatus.OK, headers={"etag": tag})
    state.shelved.put((state.book.edition, state.url), response)
    return response


def etag(edition: str, url: str) -> str:
    """Return the tag of what an address shows in an edition of the ledger."""
    return f'W/"{sha256(f"{edition} {url}".encode()).hexdigest()[:20]}"'


def address(path: str, **query: object) -> str:
    """Return a local address with those parameters that are set."""
    chosen = {key: value for key, value in query.items() if value not in (None, "")}
    return f"{path}?{urlencode(chosen)}" if chosen else path


def _value_name(field: str, value: str) -> str:
    if field == "pair":
        return words.pair_name(value) if value else value
    sections = {"verdict": "label", "modality": "modality", "status": "status"}
    return words.say(f"{sections[field]}.{value}") if field in sections else value.replace("_", " ")


def _csv(table: str, rows: Sequence[object]) -> bytes:
    columns = layouts()[table].columns
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(column.name for column in columns)
    writer.writerows([printed(cell) for cell in row_of(table, record)] for record in rows)
    return buffer.getvalue().encode()


def ready() -> None:
    """Compile the templates of all pages, so that no reader waits for it."""
    jinja = environment("tallyman.web")
    for name in jinja.list_templates(extensions=["html"]):
        jinja.get_template(name)


def page(
    request: Request[Any, Any, Any], book: Book, as_of: date, template: str, found: dict[str, Any]
) -> bytes:
    """Return a page: a template with what was found and with the means to link on."""
    replayed = as_of.isoformat() if as_of != book.as_of else None
    path, query = quote(request.url.path.rstrip("/")) or "/", dict(request.query_params)
    rendered = environment("tallyman.web").get_template(template).render(
        frame="base.html",
        book=book,
        as_of=as_of,
        replayed=replayed,
        path=path,
        query=query,
        to=partial(address, as_of=replayed),
        again=lambda **changes: address(path, **(query | changes)),
        twin=lambda suffix: address(f"{_HOME if path == '/' else path}{suffix}", **query),
        names=book.names,
        value_name=_value_name,
        **({"feed": False} | found),
    )  # fmt: skip
    return rendered.encode("utf-8", "replace")
