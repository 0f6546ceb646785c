"""What the API document says of an operation: every media type and every refusal that it may answer with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import msgspec
from litestar.openapi.spec import OpenAPIMediaType, OpenAPIResponse, Operation, Reference, Schema

from tallyman.web.problems import PROBLEM, Problem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tallyman.web.pages.shape import Sheet

_JSON = "application/json"
_TEMPLATE = "#/components/schemas/{name}"
_REFUSALS = {"400": "A parameter is unknown or wrong", "404": "There is no such thing here on that day"}


def documented(sheet: type[Sheet] | None, media: Sequence[str]) -> type[Operation]:
    """Return the operation class of handlers that answer in ``media``; ``sheet`` is the shape of the JSON."""
    content = {
        kind: OpenAPIMediaType(schema=_reference(sheet) if kind == _JSON and sheet else Schema(type=None))
        for kind in media
    }

    @dataclass
    class Documented(Operation):
        def __post_init__(self) -> None:
            self.responses = {
                "200": OpenAPIResponse(
                    description="The page, or its twin as JSON, CSV, feed or chart", content=content
                ),
                "304": OpenAPIResponse(description="Nothing changed since the edition you have"),
                **{status: _refusal(text) for status, text in _REFUSALS.items()},
            }

    return Documented


def schemas(sheets: Sequence[type[Sheet]]) -> dict[str, Any]:
    """Return the JSON Schemas of the sheets and of all nouns in them, by name."""
    _, components = msgspec.json.schema_components([*sheets, Problem], ref_template=_TEMPLATE)
    return dict(components)


def _refusal(text: str) -> OpenAPIResponse:
    page = OpenAPIMediaType(schema=Schema(type=None))
    return OpenAPIResponse(
        description=text, content={PROBLEM: OpenAPIMediaType(schema=_reference(Problem)), "text/html": page}
    )


def _reference(kind: type[msgspec.Struct]) -> Reference:
    return Reference(ref=_TEMPLATE.format(name=kind.__name__))
