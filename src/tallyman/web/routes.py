"""The addresses: each handler reads its parameters, asks one page, and leaves the form to the suffix."""

from __future__ import annotations

from datetime import date
from importlib.resources import files
from typing import TYPE_CHECKING, Annotated, Any

import msgspec
from litestar import Request, Response, get
from litestar.params import FromPath, QueryParameter

from tallyman.publish import atom, charts
from tallyman.publish.charts import draw
from tallyman.publish.html import environment
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
from tallyman.web.pages import board, counted, said, shape, told
from tallyman.web.prints import pair_text
from tallyman.web.problems import Refusal, missing

if TYPE_CHECKING:
    from collections.abc import Callable

    from litestar.handlers import HTTPRouteHandler

    from tallyman.publish.charts.template import Spec
    from tallyman.web.book import Book

Asked = Request[Any, Any, Any]
Reply = Response[bytes]
Ref = FromPath[str]
_LISTS = ("", ".json", ".csv", ".atom")
_TABLES = ("", ".json", ".csv")
_DRAWN = ("", ".json", ".csv", ".svg", ".png", ".vl.json")
_LONGEST = 200

AsOf = Annotated[
    date | None, QueryParameter(name="as_of", description="Replay this day: what was known then")
]
Words = Annotated[
    str | None, QueryParameter(name="q", max_length=_LONGEST, description="Words that must all occur")
]
After = Annotated[
    int | None, QueryParameter(name="after", ge=0, le=2**31 - 1, description="Continue after this place")
]
Limit = Annotated[int, QueryParameter(name="limit", ge=1, le=200, description="How many rows")]
Status = Annotated[
    str | None, QueryParameter(name="status", max_length=_LONGEST, description="Status of the target")
]
Pair = Annotated[str | None, QueryParameter(name="pair", max_length=_LONGEST, description="Two areas: CN-RU")]
Verdict = Annotated[
    str | None, QueryParameter(name="verdict", max_length=_LONGEST, description="Verdict of today")
]
Modality = Annotated[
    str | None, QueryParameter(name="modality", max_length=_LONGEST, description="actual, target ...")
]
Indicator = Annotated[
    str | None, QueryParameter(name="indicator", max_length=_LONGEST, description="total_trade ...")
]
Speaker = Annotated[
    str | None, QueryParameter(name="speaker", max_length=_LONGEST, description="Who holds or says it")
]
Outlet = Annotated[
    str | None, QueryParameter(name="outlet", max_length=_LONGEST, description="Who published it")
]


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


def _one(
    path: str, sheet: type[shape.Sheet], *suffixes: str
) -> Callable[[Callable[..., Reply]], HTTPRouteHandler]:
    """Return the decorator of a single thing; its twins are told apart by the end of ``ref``."""
    return get(
        f"{path}/{{ref:str}}",
        sync_to_thread=True,
        operation_class=documented(sheet, [MEDIA[suffix] for suffix in suffixes]),
    )


@get("/", sync_to_thread=True, operation_class=documented(None, [HTML]))
def home(request: Asked, as_of: AsOf = None) -> Reply:
    """Return the scoreboard of targets, and the claims that came out wrong last."""
    return _answer(request, as_of, board.scoreboard)


@_list("/targets", shape.Targets, *_LISTS)
def targets(
    request: Asked,
    *,
    as_of: AsOf = None,
    status: Status = None,
    pair: Pair = None,
    q: Words = None,
    after: After = None,
    limit: Limit = 50,
) -> Reply:
    """Return the targets with their status, newest first."""
    key = counted.pair_of(pair) if pair else None

    def ask(book: Book, day: date) -> Answer:
        return board.targets(book, day, status=status, pair=key, q=q, after=after or 0, limit=limit)

    if request.url.path.endswith(".atom"):
        book, day = _day(request, as_of)
        feed = atom.target_feed(_feed(book, day), ask(book, day).names["targets"], site=_site(request))
        return reply(request, feed, ATOM)
    return _answer(request, as_of, ask)


@_one("/targets", shape.TargetSheet, *_DRAWN)
def target(request: Asked, ref: Ref, as_of: AsOf = None) -> Reply:
    """Return one target: its history, its chart, every provider's count."""
    key, suffix = split(ref, _DRAWN)
    if suffix in {".svg", ".png", ".vl.json"}:
        book, day = _day(request, as_of)
        shown = book.target(key, as_of=day)
        if shown is None:
            raise missing("target", key)
        rows = book.of_pair(pair_text(shown.target.measure))
        spec = charts.target(shown.target, rows, shown.events, as_of=day, names=book.names)
        return _picture(request, spec, key, suffix)
    return _answer(request, as_of, lambda book, day: board.target(book, day, key), suffix)


@_list("/claims", shape.Claims, *_LISTS)
def claims(
    request: Asked,
    *,
    as_of: AsOf = None,
    q: Words = None,
    verdict: Verdict = None,
    modality: Modality = None,
    indicator: Indicator = None,
    pair: Pair = None,
    speaker: Speaker = None,
    outlet: Outlet = None,
    after: After = None,
    limit: Limit = 25,
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
    if request.url.path.endswith(".atom"):
        book, day = _day(request, as_of)
        rows = book.claims(chosen, as_of=day, after=after, limit=limit).rows
        return reply(request, atom.claim_feed(_feed(book, day), rows, site=_site(request)), ATOM)
    return _answer(request, as_of, lambda book, day: said.claims(book, day, chosen, after=after, limit=limit))


@_one("/claims", shape.ClaimSheet, *_TABLES)
def claim(request: Asked, ref: Ref, as_of: AsOf = None) -> Reply:
    """Return one claim: its sentence, both verdicts, the official figures used."""
    key, suffix = split(ref, _TABLES)
    return _answer(request, as_of, lambda book, day: said.claim(book, day, key), suffix)


@_list("/documents", shape.Documents, *_TABLES)
def documents(
    request: Asked, as_of: AsOf = None, q: Words = None, after: After = None, limit: Limit = 25
) -> Reply:
    """Return the documents without their texts, newest first."""
    return _answer(request, as_of, lambda book, day: told.documents(book, day, q=q, after=after, limit=limit))


@_one("/documents", shape.DocumentSheet, *_TABLES)
def document(request: Asked, ref: Ref, as_of: AsOf = None) -> Reply:
    """Return one document with its claims marked in the text."""
    key, suffix = split(ref, _TABLES)
    return _answer(request, as_of, lambda book, day: told.document(book, day, key), suffix)


@_one("/stories", shape.StorySheet, *_TABLES)
def story(request: Asked, ref: Ref, as_of: AsOf = None) -> Reply:
    """Return one story: the documents that copy or rewrite each other."""
    key, suffix = split(ref, _TABLES)
    return _answer(request, as_of, lambda book, day: told.story(book, day, key), suffix)


@_list("/pairs", shape.Pairs, *_TABLES)
def pairs(request: Asked, as_of: AsOf = None) -> Reply:
    """Return the pairs of areas, the busiest first."""
    return _answer(request, as_of, counted.pairs)


@_one("/pairs", shape.PairSheet, *_DRAWN)
def pair(request: Asked, ref: Ref, as_of: AsOf = None) -> Reply:
    """Return one pair: both sides' figures, targets, a chronicle, the latest claims."""
    text, suffix = split(ref, _DRAWN)
    if suffix in {".svg", ".png", ".vl.json"}:
        book, day = _day(request, as_of)
        key = counted.pair_of(text)
        flow, goals = counted.total_trade(key), counted.aims(book, key, day)
        likely = book.replay.nowcast(flow, day)
        spec = charts.pair(flow, book.of_pair(key), goals, likely, as_of=day, names=book.names)
        return _picture(request, spec, key, suffix)
    return _answer(request, as_of, lambda book, day: counted.pair(book, day, text), suffix)


@_list("/speakers", shape.Speakers, *_TABLES)
def speakers(request: Asked, as_of: AsOf = None) -> Reply:
    """Return who speaks, with the number of claims for each verdict."""
    return _answer(request, as_of, said.speakers)


@_one("/speakers", shape.SpeakerSheet, *_TABLES)
def speaker(request: Asked, ref: Ref, as_of: AsOf = None) -> Reply:
    """Return one speaker's record and claims."""
    name, suffix = split(ref, _TABLES)
    return _answer(request, as_of, lambda book, day: said.speaker(book, day, name), suffix)


@_list("/providers", shape.Providers, *_TABLES)
def providers(request: Asked, as_of: AsOf = None) -> Reply:
    """Return who publishes statistics, how much, and how recently."""
    return _answer(request, as_of, counted.providers)


@_one("/providers", shape.ProviderSheet, *_TABLES)
def provider(request: Asked, ref: Ref, as_of: AsOf = None) -> Reply:
    """Return one provider and what it covers."""
    code, suffix = split(ref, _TABLES)
    return _answer(request, as_of, lambda book, day: counted.provider(book, day, code), suffix)


@get("/openapi.json", sync_to_thread=True, operation_class=documented(None, [JSON]))
def openapi(request: Asked) -> Reply:
    """Return this API's description (OpenAPI 3.1)."""
    return reply(request, msgspec.json.encode(_described(request)), JSON)


@get("/api", sync_to_thread=True, operation_class=documented(None, [HTML]))
def api(request: Asked, as_of: AsOf = None) -> Reply:
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
        home, *targets, target, *claims, claim, *documents, document, story, *pairs, pair,
        *speakers, speaker, *providers, provider, openapi, api, style, script, sign,
    ]  # fmt: skip


def parameters(handler: Any) -> set[str]:
    """Return the query parameters that a handler takes."""
    fields = handler.parsed_fn_signature.parameters.values()
    return {
        field.kwarg_definition.name
        for field in fields
        if isinstance(getattr(field, "kwarg_definition", None), QueryParameter)
    }


def _answer(
    request: Asked, as_of: date | None, ask: Callable[[Book, date], Answer], suffix: str | None = None
) -> Reply:
    book, day = _day(request, as_of)
    form = split(request.url.path, _TABLES)[1] if suffix is None else suffix
    return respond(request, book, day, ask(book, day), form)


def _day(request: Asked, as_of: date | None) -> tuple[Book, date]:
    book: Book = request.state.book
    if as_of is not None and as_of > book.as_of:
        raise Refusal(f"as_of: nothing is known here after {book.as_of}; give that day or an earlier one")
    return book, as_of or book.as_of


def _picture(request: Asked, spec: Spec | None, name: str, suffix: str) -> Reply:
    if spec is None:
        raise missing("chart", name)
    if suffix == ".vl.json":
        return reply(request, msgspec.json.encode(spec), VEGA)
    if suffix == ".png":
        return reply(request, draw.png(spec), PNG)
    return reply(
        request, draw.svg(spec, title=str(spec["title"]["text"]), name=name, alone=True).encode(), SVG
    )


def _feed(book: Book, day: date) -> atom.Heading:
    return atom.Heading(title=book.title, as_of=day)


def _site(request: Asked) -> str:
    return str(request.base_url)


def _described(request: Asked) -> dict[str, Any]:
    described: dict[str, Any] = request.app.openapi_schema.to_schema()
    described.setdefault("components", {})["schemas"] = schemas(shape.SHEETS)
    return described
