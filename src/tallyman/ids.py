"""Content hashes: the same content has the same id on every machine, in every order."""

from __future__ import annotations

import hashlib

import msgspec

_DIGITS = 16
_encode = msgspec.json.Encoder(order="deterministic").encode


def content_id(prefix: str, *parts: object) -> str:
    """Return ``prefix_`` and 16 hex digits that depend on the parts only.

    Parts are encoded as canonical JSON, so dates, decimals and records may be given as they are.

    >>> content_id("doc", "same text") == content_id("doc", "same text")
    True
    """
    return f"{prefix}_{hashlib.sha256(_encode(parts)).hexdigest()[:_DIGITS]}"


def text_sha256(text: str) -> str:
    """Return the SHA-256 of a text as UTF-8, in hex."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
