"""Fill a Vega-Lite template: rows as named datasets, numbers as parameters, the theme as config."""

from __future__ import annotations

import json
from datetime import date
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from decimal import Decimal

Spec = dict[str, Any]
Row = dict[str, Any]

_EPOCH = date(1970, 1, 1)
_DAY = 86_400_000
_SCALES = ((1e12, "trillion"), (1e9, "billion"), (1e6, "million"))


def fill(
    name: str,
    *,
    title: str,
    subtitle: str,
    source: str,
    rows: Mapping[str, Sequence[Row]],
    params: Mapping[str, Any] | None = None,
) -> Spec:
    """Return the template ``name`` with its title, source line, datasets and parameters filled in."""
    spec: Spec = json.loads(_read(f"{name}.vl.json"))
    spec["config"] = json.loads(_read("theme.json"))
    spec["title"] = {"text": title, "subtitle": subtitle}
    spec["params"] = [{"name": key, "value": value} for key, value in (params or {}).items()]
    spec["datasets"] = {key: list(value) for key, value in rows.items()} | {"source": [{"text": source}]}
    return spec


def scale(values: Sequence[Decimal]) -> tuple[float, str]:
    """Return the divisor and the word in which the values are printed: 196480000000 is 196.48 billion."""
    largest = max((abs(float(value)) for value in values), default=0.0)
    for divisor, word in _SCALES:
        if largest >= divisor:
            return divisor, word
    return 1.0, ""


def stamp(day: date) -> str:
    """Return a day as Vega-Lite reads it in UTC."""
    return f"{day.isoformat()}T00:00:00Z"


def millis(day: date) -> int:
    """Return a day as milliseconds of Unix time, for scales and ticks."""
    return (day - _EPOCH).days * _DAY


@cache
def _read(name: str) -> str:
    return files(__package__).joinpath(name).read_text(encoding="utf-8")
