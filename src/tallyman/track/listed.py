"""A table of targets as a document: each row is a claim with its place in the file, so it goes where reports go."""

from __future__ import annotations

import csv
import io
import re
from datetime import date
from typing import TYPE_CHECKING

from tallyman import __version__
from tallyman.ids import content_id, text_sha256
from tallyman.model import (
    Anchor,
    Attribution,
    Claim,
    Document,
    Noun,
    Origin,
    Period,
    Reject,
    Role,
    TallymanError,
    Target,
)
from tallyman.track.table import required, target

if TYPE_CHECKING:
    from collections.abc import Iterator

READER = "tallyman.track.table"
_CELL = re.compile(r'"(?:[^"]|"")*"|[^,\r\n]*')
_OUTCOME = "outcome_class"


class Row(Noun, frozen=True, kw_only=True):
    """One target of a table, the claim that states it, and what became of it in the eyes of the table, if it says."""

    target: Target
    claim: Claim
    outcome: str | None


class Listed(Noun, frozen=True, kw_only=True):
    """A table of targets: the file as a document, its rows, and the rows that could not be read."""

    document: Document
    rows: tuple[Row, ...]
    rejects: tuple[Reject, ...]


def listed(text: str, path: str) -> Listed:
    r"""Return the targets of a CSV table with the columns of ``tallyman.track.table``, as claims of a document.

    A column ``outcome_class`` says what became of a target; others are left alone. Refuses a table without the
    columns; a row that cannot be read is a reject with its line.

    >>> head = "pair,amount,currency,deadline,indicator,announced_by,date_said"
    >>> row = "China-Russia,200,USD bn,2024,total trade,both presidents,2019-06-05"
    >>> listed(f"{head}\n{row}\n", "targets.csv").rows[0].claim.anchor.exact
    '200'
    """
    document = Document(
        id=content_id("doc", text), text=text, sha256=text_sha256(text), path=path, reader=READER
    )
    rows: list[Row] = []
    rejects: list[Reject] = []
    for line, cells, places in _cells(document):
        try:
            found = target(cells)
        except TallymanError as error:
            rejects.append(Reject(source=path, place=f"line {line}", reason=str(error), fix="mend the cell"))
            continue
        claim = _claim(document, found, _place(document, places["amount"]), _clause(document, places))
        rows.append(Row(target=found, claim=claim, outcome=cells.get(_OUTCOME) or None))
    return Listed(document=document, rows=tuple(rows), rejects=tuple(rejects))


def _cells(document: Document) -> Iterator[tuple[int, dict[str, str], dict[str, tuple[int, int]]]]:
    """Yield each row: its line, its cells by column, and where these stand in the text."""
    read = 0

    def lines() -> Iterator[str]:
        nonlocal read
        for line in io.StringIO(document.text, newline=""):
            read += len(line)
            yield line

    table = csv.DictReader(lines(), restval="")
    names = required(table.fieldnames, document.path or document.id)
    start = read
    for row in table:
        spans = _spans(document.text, start, read)
        yield table.line_num, {name: row[name] or "" for name in names}, dict(zip(names, spans, strict=False))
        start = read


def _spans(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield where the cells of one row stand, without their quotation marks and edge blanks."""
    place = start + len(text[start:end]) - len(text[start:end].lstrip())
    while place < end:
        cell = _CELL.match(text, place, end)
        last = cell.end() if cell else end
        inner = text[place:last].strip('" ')
        first = text.find(inner, place, last)
        yield first, first + len(inner)
        place = last + 1


def _place(document: Document, span: tuple[int, int]) -> Anchor:
    return Anchor(start=span[0], end=span[1], exact=document.text[slice(*span)])


def _clause(document: Document, places: dict[str, tuple[int, int]]) -> Anchor:
    return _place(
        document, (min(start for start, _ in places.values()), max(end for _, end in places.values()))
    )


def _claim(document: Document, found: Target, anchor: Anchor, clause: Anchor) -> Claim:
    role: Role = "multiple" if found.quantity.unit == "times" else "level"
    return Claim(
        id=content_id("clm", document.id, anchor.start, anchor.end, role, "target"),
        document_id=document.id,
        path=document.path,
        anchor=anchor,
        clause=clause,
        quantity=found.quantity,
        role=role,
        measure=found.measure,
        period=_period(found),
        modality="target",
        deadline=found.deadline,
        attribution=Attribution(speaker=found.set_by, manner="indirect" if found.set_by else "none"),
        said_on=found.set_on,
        origin=Origin(extractor=READER, version=__version__, rule="row"),
    )


def _period(found: Target) -> Period:
    """Return by when, and for a sum over several years from when."""
    if found.deadline is None:
        return Period()
    start = found.set_on if found.rule == "cumulative" else None
    first = None if start is None else date(start.year + 1, 1, 1)
    return Period(start=first, end=found.deadline, relation="during" if first else "by")
