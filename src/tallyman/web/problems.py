"""One shape for every error: problem details (RFC 9457), or the same as a page for a reader."""

from __future__ import annotations

import logging
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

import msgspec
from litestar import Response
from litestar.exceptions import HTTPException, ValidationException

from tallyman.model import TallymanError
from tallyman.publish.html import environment

if TYPE_CHECKING:
    from litestar import Request

PROBLEM = "application/problem+json"
_log = logging.getLogger("tallyman.web")
_PAGE = "text/html"
_LISTS = {
    "claim": "/claims",
    "document": "/documents",
    "pair": "/pairs",
    "provider": "/providers",
    "speaker": "/speakers",
    "story": "/stories",
    "target": "/targets",
}


class Problem(msgspec.Struct, frozen=True, kw_only=True):
    """What went wrong with a request: ``detail`` names the input and the fix."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    instance: str


class Refusal(HTTPException):
    """A request that is refused, with the reason and the fix in one sentence."""

    def __init__(self, detail: str, *, status: int = HTTPStatus.BAD_REQUEST) -> None:
        """Refuse with a status of 400 unless another is given."""
        super().__init__(detail=detail, status_code=status)


def missing(kind: str, key: str) -> Refusal:
    """Return the refusal of an id that does not exist, or not yet on the day asked for."""
    return Refusal(
        f"{key!r}: no such {kind} here on that day; those there are stand at {_LISTS[kind]}",
        status=HTTPStatus.NOT_FOUND,
    )


def undrawn(name: str) -> Refusal:
    """Return the refusal of a chart that would be empty on the day asked for."""
    return Refusal(
        f"{name!r}: nothing is known to draw on that day; ask for a later one", status=HTTPStatus.NOT_FOUND
    )


def answer_problem(request: Request[Any, Any, Any], error: Exception) -> Response[bytes]:
    """Answer an exception with problem details; nothing of the inside leaks out."""
    status, detail = _told(error)
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        _log.error("%s", request.url, exc_info=error)
    problem = Problem(
        title=HTTPStatus(status).phrase, status=status, detail=detail, instance=request.url.path
    )
    headers = getattr(error, "headers", None)
    if "text/html" in request.headers.get("accept", ""):
        page = environment("tallyman.web").get_template("error.html").render(problem=problem)
        return Response(page.encode(), status_code=status, media_type=_PAGE, headers=headers)
    return Response(msgspec.json.encode(problem), status_code=status, media_type=PROBLEM, headers=headers)


def _told(error: Exception) -> tuple[int, str]:
    if isinstance(error, ValidationException):
        found = error.extra if isinstance(error.extra, list) else []
        return error.status_code, "; ".join(
            f"{part['key']}: {part['message']}" for part in found
        ) or error.detail
    if isinstance(error, HTTPException):
        return error.status_code, error.detail
    if isinstance(error, TallymanError):
        return HTTPStatus.BAD_REQUEST, str(error)
    return (
        HTTPStatus.INTERNAL_SERVER_ERROR,
        "the server failed at this request; please report it with its address",
    )
