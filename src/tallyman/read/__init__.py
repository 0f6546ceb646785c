"""Bytes to documents: text, Markdown, web pages, JSON Lines, folders and standard input."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from tallyman.model import Document, Reject, TallymanError
from tallyman.read.decode import Refused, decode
from tallyman.read.document import Given, day, document
from tallyman.read.html import page
from tallyman.read.records import records

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

__all__ = ["documents", "report_files"]

STANDARD_INPUT = "-"
_TEXT, _MARKDOWN = (".txt", ".text"), (".md", ".markdown")
_PAGE, _RECORDS = (".html", ".htm", ".xhtml"), (".jsonl", ".ndjson")
_KNOWN = (*_TEXT, *_MARKDOWN, *_PAGE, *_RECORDS)
_MAX_RECORD = 20_000_000
_SAVE = "give files of text (.txt, .md), web pages (.html) or documents with metadata (.jsonl)"


def documents(
    paths: Iterable[str | Path], *, published_on: date | str | None = None, outlet: str | None = None
) -> Iterator[Document | Reject]:
    """Yield a document for every report in files and folders, a ``Reject`` for every input that is not one.

    ``-`` is standard input. ``published_on`` and ``outlet`` hold for all reports that do not carry their own
    in a .jsonl record. A text is kept as it is, so anchors refer to the file read as UTF-8 with its line
    ends; a web page's text is that of trafilatura. One bad input never stops the others.

    >>> [d.date_basis for d in documents(["a-file-that-is-not-there.txt"]) if isinstance(d, Document)]
    []
    """
    given = Given(published_on=_given_day(published_on), outlet=outlet)
    for path in paths:
        for file in report_files(path):
            yield from [file] if isinstance(file, Reject) else _read(file, given)


def report_files(path: str | Path) -> Iterator[str | Reject]:
    """Yield the files of a path in order of name: itself, or all reports in a folder and its folders.

    In a folder only names that end like reports' are taken, and none that begin with a dot.
    """
    if str(path) == STANDARD_INPUT or not Path(path).is_dir():
        yield str(path)
        return
    found = False
    for folder, folders, names in os.walk(path):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if name.lower().endswith(_KNOWN) and not name.startswith("."):
                found = True
                yield str(Path(folder, name))
    if not found:
        yield Reject(source=str(path), reason="the folder holds no report", fix=_SAVE)


def _read(path: str, given: Given) -> Iterator[Document | Reject]:
    try:
        data = sys.stdin.buffer.read() if path == STANDARD_INPUT else Path(path).read_bytes()
    except OSError as error:
        reason = f"it cannot be read ({(error.strerror or str(error)).lower()})"
        yield Reject(source=path, reason=reason, fix="check the name and the permissions")
        return
    kind = _kind(path, data)
    if kind == _PAGE and data.strip():
        yield page(data, path, given)
        return
    decoded = decode(data, max_line=_MAX_RECORD) if kind == _RECORDS else decode(data)
    if isinstance(decoded, Refused):
        yield Reject(source=path, reason=decoded.reason, fix=decoded.fix)
    elif kind == _RECORDS:
        yield from records(decoded.text, path, given)
    else:
        reader = "markdown" if kind == _MARKDOWN else "text"
        encoding = "" if decoded.encoding == "utf-8" else f" ({decoded.encoding})"
        yield document(decoded.text, path, reader + encoding, given)


def _kind(path: str, data: bytes) -> tuple[str, ...]:
    for kind in (_TEXT, _MARKDOWN, _PAGE, _RECORDS):
        if path.lower().endswith(kind):
            return kind
    start = data[:200].lstrip().lower()
    if start.startswith((b"<!doctype html", b"<html")):
        return _PAGE
    return _RECORDS if start.startswith(b'{"') else _TEXT


def _given_day(published_on: date | str | None) -> date | None:
    if not isinstance(published_on, str):
        return published_on
    try:
        return day(published_on)
    except ValueError as error:
        raise TallymanError(
            f"--published {published_on}: there is no such day ({error}); write YYYY-MM-DD"
        ) from error
