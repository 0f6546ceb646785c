"""Records as the plain types of JSON: decimals as strings without an exponent, days in ISO form."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import msgspec

from tallyman import quantity


def plain(record: object) -> Any:
    """Return a record as objects, lists, strings and numbers.

    >>> from tallyman.model import Quantity
    >>> plain(Quantity(value=Decimal("2E+11"), unit="USD"))["value"]
    '200000000000'
    """
    return _written(msgspec.to_builtins(record, builtin_types=(Decimal,)))


def line(record: object) -> bytes:
    """Return a record as one line of JSON Lines."""
    return msgspec.json.encode(plain(record)) + b"\n"


def _written(value: Any) -> Any:
    if isinstance(value, Decimal):
        return quantity.plain(value)
    if isinstance(value, dict):
        return {key: _written(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_written(part) for part in value]
    return value
