"""The query parameters that addresses take, with their bounds and what the API document says of them."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from litestar.params import FromPath, QueryParameter

LONGEST = 200

Ref = FromPath[str]
AsOf = Annotated[
    date | None, QueryParameter(name="as_of", description="Replay this day: what was known then")
]
Words = Annotated[
    str | None, QueryParameter(name="q", max_length=LONGEST, description="Words that must all occur")
]
After = Annotated[
    int | None, QueryParameter(name="after", ge=0, le=2**31 - 1, description="Continue after this place")
]
Limit = Annotated[int, QueryParameter(name="limit", ge=1, le=200, description="How many rows")]
Status = Annotated[
    str | None, QueryParameter(name="status", max_length=LONGEST, description="Status of the target")
]
Pair = Annotated[str | None, QueryParameter(name="pair", max_length=LONGEST, description="Two areas: CN-RU")]
Verdict = Annotated[
    str | None, QueryParameter(name="verdict", max_length=LONGEST, description="Verdict on the day shown")
]
Modality = Annotated[
    str | None, QueryParameter(name="modality", max_length=LONGEST, description="actual, target ...")
]
Indicator = Annotated[
    str | None, QueryParameter(name="indicator", max_length=LONGEST, description="total_trade ...")
]
Speaker = Annotated[
    str | None, QueryParameter(name="speaker", max_length=LONGEST, description="Who holds or says it")
]
Outlet = Annotated[
    str | None, QueryParameter(name="outlet", max_length=LONGEST, description="Who published it")
]


def parameters(handler: Any) -> set[str]:
    """Return the query parameters that a handler takes."""
    fields = handler.parsed_fn_signature.parameters.values()
    return {
        field.kwarg_definition.name
        for field in fields
        if isinstance(getattr(field, "kwarg_definition", None), QueryParameter)
    }
