"""The application: which address asks which page, and what every request and answer must keep to."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from litestar import Litestar, Request, Response
from litestar.config.compression import CompressionConfig
from litestar.config.cors import CORSConfig
from litestar.datastructures import MutableScopeHeaders
from litestar.openapi import OpenAPIConfig
from litestar.openapi.plugins import JsonRenderPlugin

from tallyman import __version__
from tallyman.web import routes
from tallyman.web.answers import etag, ready
from tallyman.web.current import Current
from tallyman.web.heads import heads
from tallyman.web.parameters import parameters
from tallyman.web.problems import Refusal, answer_problem
from tallyman.web.remembered import Remembered

if TYPE_CHECKING:
    from pathlib import Path

    from litestar.types import Message, Scope

_ABOUT = (
    "What was said about trade between countries, held against what was counted. Every page has a .json and "
    "a .csv twin at the same address, lists of claims and targets have .atom, targets and pairs have charts "
    "as .svg, .png and .vl.json. Unknown parameters are refused."
)
_REMEMBERED = 512
_GUARDS = {
    "content-security-policy": (
        "default-src 'none'; style-src 'self' 'unsafe-inline'; script-src 'self'; img-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors *"
    ),
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "cache-control": "no-cache",
}
_VARY = "Accept, Accept-Encoding"


def application(copy: Path) -> Litestar:
    """Return the application that serves a copy written by ``served.write_served``; it never writes.

    Refuses a file that is no copy. A newer copy moved to the same place is served from the next second on.
    """
    ready()
    current, shelved = Current(copy), Remembered[Response[bytes]](_REMEMBERED)

    def before(request: Request[Any, Any, Any]) -> Response[bytes] | None:
        book, url = current.book(), f"{request.url.path}?{request.url.query}"
        request.state.update({"book": book, "url": url, "shelved": shelved})
        _refuse_unknown(request)
        tag = etag(book.edition, url)
        if tag in request.headers.get("if-none-match", ""):
            return Response(b"", status_code=HTTPStatus.NOT_MODIFIED, headers={"etag": tag})
        return shelved.held((book.edition, url))

    made = Litestar(
        route_handlers=routes.handlers(),
        before_request=before,
        before_send=[_guard],
        exception_handlers={Exception: answer_problem},
        cors_config=CORSConfig(allow_origins=["*"], allow_methods=["GET", "HEAD"], expose_headers=["etag"]),
        compression_config=CompressionConfig(backend="gzip", gzip_compress_level=5),
        openapi_config=OpenAPIConfig(
            title="Tallyman",
            version=__version__,
            description=_ABOUT,
            path="/schema",
            render_plugins=[JsonRenderPlugin(path="/litestar.json")],
        ),
    )
    made.asgi_handler = heads(made.asgi_handler)
    return made


def _refuse_unknown(request: Request[Any, Any, Any]) -> None:
    allowed = parameters(request.route_handler)
    given = [name for name, _ in request.query_params.multi_items()]
    unknown = [name for name in given if name not in allowed]
    if unknown:
        offer = f"use {', '.join(sorted(allowed))}" if allowed else "this address takes none"
        raise Refusal(f"{', '.join(unknown)}: no such parameter; {offer}")
    twice = sorted({name for name in given if given.count(name) > 1})
    if twice:
        raise Refusal(f"{', '.join(twice)}: given more than once; give it once")


async def _guard(message: Message, _: Scope) -> None:
    if message["type"] == "http.response.start":
        headers = MutableScopeHeaders.from_message(message)
        for name, value in _GUARDS.items():
            headers.setdefault(name, value)
        headers["vary"] = _VARY
