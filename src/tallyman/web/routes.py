"""The addresses: each handler reads its parameters, asks one page, and leaves the form to the suffix."""

from __future__ import annotations

from datetime import date  # noqa: TC003 - Litestar reads the annotations
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import msgspec
from litestar import Request, Response, get

from tallyman.publish import atom
from tallyman.publish.charts import draw
from tallyman.publish.html import environment
from tallyman.web import parameters as given  # noqa: TC001 - Litestar reads the annotations
from tallyman.web.answers import (
    ATOM,
    HTML,
    JSON,
    MEDIA,
    PNG,
    SVG,
    VEGA,
    Answer,
    page,
    reply,
    respond,
    split,
)
from tallyman.web.listing import ClaimFilter
from tallyman.web.operations import documented, schemas
from tallyman.web.pages import board, counted, foreseen, said, shape, told
from tallyman.web.problems import Refusal, undrawn

if TYPE_CHECKING:
    from collections.abc import Callable

    from litestar.handlers import HTTPRouteHandler

    from tallyman.publish.charts.template import Spec
    from tallyman.web.book import Book

Asked = Request[Any, Any, Any]
Reply = Response[bytes]
_LISTS = ("", ".json", ".csv", ".atom")
_TABLES = ("", ".json", ".csv")
_PICTURES = (".svg", ".png", ".vl.json")
_DRAWN = (*_TABLES, *_PICTURES)


def _list(
    path: str, sheet: type[shape.Sheet], *suffixes: str
) -> Callable[[Callable[..., Reply]], list[HTTPRouteHandler]]:
    """Return the decorator that makes a list and its twins: one handler an address.

    Litestar 2.25 breaks a handler of several paths that runs in a thread, so none has more than one.
    """

    def decorate(handler: Callable[..., Reply]) -> list[HTTPRouteHandler]:
        return [
            get(
                f"{path}{suffix}",
                sync_to_thread=True,
                operation_class=documented(sheet, [MEDIA[suffix]]),
            )(handler)
            for suffix in suffixes
        ]

    return decorate


def _single(
    path: str,
    sheet: type[shape.Sheet],
    ask: Callable[[Book, date, str], Answer],
    draw_it: Callable[[Book, date, str], Spec | None] | None = None,
) -> HTTPRouteHandler:
    """Return the handler of single things, by id; their twins are told apart by the end of ``ref``."""
    suffixes = _DRAWN if draw_it else _TABLES

    def handler(request: Asked, ref: given.Ref, as_of: given.AsOf = None) -> Reply:
        key, suffix = split(ref, suffixes)
        if draw_it is not None and suffix in _PICTURES:
            return _picture(request, as_of, lambda book, day: draw_it(book, day, key), key, suffix)
        return _answer(request, as_of, lambda book, day: ask(book, day, key), suffix)

    handler.__name__, handler.__doc__ = ask.__name__, ask.__doc__
    return get(
        f"{path}/{{ref:str}}",
        sync_to_thread=True,
        operation_class=documented(sheet, [MEDIA[suffix] for suffix in suffixes]),
    )(handler)


@get("/", sync_to_thread=True, operation_class=documented(None, [HTML]))
def home(request: Asked, as_of: given.AsOf = None) -> Reply:
    """Return the scoreboard of targets, and the claims that came out wrong last."""
    return _answer(request, as_of, board.scoreboard)


@_list("/index", shape.Targets, ".json", ".csv")
def index(request: Asked, as_of: given.AsOf = None) -> Reply:
    """Return the targets on the scoreboard."""
    return _answer(request, as_of, board.scoreboard)


@_list("/targets", shape.Targets, *_LISTS)
def targets(
    request: Asked,
    *,
    as_of: given.AsOf = None,
    status: given.Status = None,
    pair: given.Pair = None,
    q: given.Words = None,
    after: given.After = None,
    limit: given.Limit = 50,
) -> Reply:
    """Return the targets with their status, newest first."""
    key = counted.pair_of(pair) if pair else None

    def ask(book: Book, day: date) -> Answer:
        return board.targets(book, day, status=status, pair=key, q=q, after=after or 0, limit=limit)

    return _news(request, as_of, ask, atom.target_feed)


@_list("/claims", shape.Claims, *_LISTS)
def claims(
    request: Asked,
    *,
    as_of: given.AsOf = None,
    q: given.Words = None,
    verdict: given.Verdict = None,
    modality: given.Modality = None,
    indicator: given.Indicator = None,
    pair: given.Pair = None,
    speaker: given.Speaker = None,
    outlet: given.Outlet = None,
    after: given.After = None,
    limit: given.Limit = 25,
) -> Reply:
    """Return the claims with both verdicts, newest first."""
    chosen = ClaimFilter(
        q=q,
        verdict=verdict,
        modality=modality,
        indicator=indicator,
        pair=counted.pair_of(pair) if pair else None,
        speaker=speaker,
        outlet=outlet,
    )

    def ask(book: Book, day: date) -> Answer:
        return said.claims(book, day, chosen, after=after, limit=limit)

    return _news(request, as_of, ask, atom.claim_feed)


@_list("/documents", shape.Documents, *_LISTS)
def documents(
    request: Asked,
    as_of: given.AsOf = None,
    q: given.Words = None,
    after: given.After = None,
    limit: given.Limit = 25,
) -> Reply:
    """Return the documents without their texts, newest first."""

    def ask(book: Book, day: date) -> Answer:
        return told.documents(book, day, q=q, after=after, limit=limit)

    return _news(request, as_of, ask, atom.document_feed)


@_list("/pairs", shape.Pairs, *_TABLES)
def pairs(request: Asked, as_of: given.AsOf = None) -> Reply:
    """Return the pairs of areas, the busiest first."""
    return _answer(request, as_of, counted.pairs)


@_list("/speakers", shape.Speakers, *_TABLES)
def speakers(request: Asked, as_of: given.AsOf = None) -> Reply:
    """Return who speaks, with the number of claims for each verdict."""
    return _answer(request, as_of, said.speakers)


@_list("/providers", shape.Providers, *_TABLES)
def providers(request: Asked, as_of: given.AsOf = None) -> Reply:
    """Return who publishes statistics, how much, and how recently."""
    return _answer(request, as_of, counted.providers)


@_list("/stories", shape.Stories, *_TABLES)
def stories(
    request: Asked, as_of: given.AsOf = None, after: given.After = None, limit: given.Limit = 25
) -> Reply:
    """Return the stories that several reports tell, newest first."""
    return _answer(request, as_of, lambda book, day: told.stories(book, day, after=after or 0, limit=limit))


@_list("/scores", shape.Scores, *_DRAWN)
def scores(request: Asked, as_of: given.AsOf = None) -> Reply:
    """Return the public record of forecasts, and its reliability diagram."""
    suffix = split(request.url.path, _DRAWN)[1]
    if suffix in _PICTURES:
        return _picture(request, as_of, foreseen.diagram, "scores", suffix)
    return _answer(request, as_of, foreseen.scores, suffix)


@_list("/targets/{ref:str}/chances", shape.Chances, *_DRAWN)
def chances(request: Asked, ref: given.Ref, as_of: given.AsOf = None) -> Reply:
    """Return how the chance of a target moved, a line a provider."""
    suffix = split(request.url.path, _DRAWN)[1]
    if suffix in _PICTURES:
        return _picture(request, as_of, lambda book, day: foreseen.moved(book, day, ref), ref, suffix)
    return _answer(request, as_of, lambda book, day: foreseen.chances(book, day, ref), suffix)


SINGLE = [
    _single("/targets", shape.TargetSheet, board.target, board.drawn),
    _single("/claims", shape.ClaimSheet, said.claim),
    _single("/documents", shape.DocumentSheet, told.document),
    _single("/stories", shape.StorySheet, told.story),
    _single("/pairs", shape.PairSheet, counted.pair, counted.drawn),
    _single("/speakers", shape.SpeakerSheet, said.speaker),
    _single("/providers", shape.ProviderSheet, counted.provider),
]


@get("/openapi.json", sync_to_thread=True, operation_class=documented(None, [JSON]))
def openapi(request: Asked) -> Reply:
    """Return this API's description (OpenAPI 3.1)."""
    return reply(request, msgspec.json.encode(_described(request)), JSON)


@get("/api", sync_to_thread=True, operation_class=documented(None, [HTML]))
def api(request: Asked, as_of: given.AsOf = None) -> Reply:
    """Return the page that explains the API."""
    book, day = _day(request, as_of)
    return reply(request, page(request, book, day, "api.html", {"described": _described(request)}), HTML)


@get("/tallyman.css", sync_to_thread=True, include_in_schema=False)
def style(request: Asked) -> Reply:
    """Return the style sheet."""
    return reply(request, environment("tallyman.web").get_template("web.css").render().encode(), "text/css")


@get("/tallyman.js", sync_to_thread=True, include_in_schema=False)
def script(request: Asked) -> Reply:
    """Return the few lines of script that pages can do without."""
    source = files("tallyman.web").joinpath("static", "tallyman.js")
    return reply(request, source.read_bytes(), "text/javascript")


@get("/tallyman.svg", sync_to_thread=True, include_in_schema=False)
def sign(request: Asked) -> Reply:
    """Return the sign beside the page's title: five strokes of a tally."""
    source = files("tallyman.web").joinpath("static", "tallyman.svg")
    return reply(request, source.read_bytes(), SVG)


def handlers() -> list[HTTPRouteHandler]:
    """Return all route handlers."""
    return [
        home, *index, *targets, *chances, *claims, *documents, *stories, *pairs, *speakers, *providers, *scores,
        *SINGLE, openapi, api, style, script, sign,
    ]  # fmt: skip


def _answer(
    request: Asked, as_of: date | None, ask: Callable[[Book, date], Answer], suffix: str | None = None
) -> Reply:
    book, day = _day(request, as_of)
    form = split(request.url.path, _TABLES)[1] if suffix is None else suffix
    return respond(request, book, day, ask(book, day), form)


def _news(
    request: Asked, as_of: date | None, ask: Callable[[Book, date], Answer], feed: Callable[..., bytes]
) -> Reply:
    """Return a list in the form that its address asks for, one of which is a feed of its rows."""
    if not request.url.path.endswith(".atom"):
        return _answer(request, as_of, ask)
    book, day = _day(request, as_of)
    heading = atom.Heading(title=book.title, as_of=day)
    return reply(request, feed(heading, ask(book, day).rows, site=str(request.base_url)), ATOM)


def _day(request: Asked, as_of: date | None) -> tuple[Book, date]:
    book: Book = request.state.book
    if as_of is not None and as_of > book.as_of:
        raise Refusal(f"as_of: nothing is known here after {book.as_of}; give that day or an earlier one")
    return book, as_of or book.as_of


def _picture(
    request: Asked, as_of: date | None, draw_it: Callable[[Book, date], Spec | None], name: str, suffix: str
) -> Reply:
    spec = draw_it(*_day(request, as_of))
    if spec is None:
        raise undrawn(name)
    if suffix == ".vl.json":
        return reply(request, msgspec.json.encode(spec), VEGA)
    if suffix == ".png":
        return reply(request, draw.png(spec), PNG)
    drawn = draw.svg(spec, title=str(spec["title"]["text"]), name=name, alone=True)
    return reply(request, drawn.encode(), SVG)


def _described(request: Asked) -> dict[str, Any]:
    described: dict[str, Any] = request.app.openapi_schema.to_schema()
    described.setdefault("components", {})["schemas"] = schemas(shape.SHEETS)
    return described
