"""Verdicts for editors and code review: SARIF 2.1.0 and GitHub's workflow commands.

Only what a writer should look at is printed: a claim refuted or disputed, on what was known when it was said
or on what is known today. A suspicion is part of the message, never a fix.
"""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import quote

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tallyman.model import Claim, Document, Verdict

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
LEVELS = {"refuted": "error", "conflicting": "warning"}
RULES = {
    "refuted": "Official statistics contradict the figure.",
    "conflicting": "One official count supports the figure, another contradicts it.",
}
_NO_FILE = "stdin"
_ESCAPES = {"%": "%25", "\r": "%0D", "\n": "%0A"}
_PROPERTY_ESCAPES = {**_ESCAPES, ":": "%3A", ",": "%2C"}


class Judged(NamedTuple):
    """A claim in its document with both verdicts: as known when it was said, and as known today."""

    document: Document
    claim: Claim
    then: Verdict
    today: Verdict

    @property
    def label(self) -> str | None:
        """What a writer should be told: today's objection, else that day's, else nothing."""
        return next((found.label for found in (self.today, self.then) if found.label in LEVELS), None)

    @property
    def message(self) -> str:
        """The figure, the reason and the suspicions, in one line."""
        verdict = self.today if self.today.label == self.label else self.then
        parts = (f"{self.claim.anchor.exact}: {verdict.explanation}", *verdict.suspicions)
        return " ".join(" ".join(parts).split())


class Place(NamedTuple):
    """A span in lines and columns, both from 1, columns in code points; the end column is exclusive."""

    line: int
    column: int
    end_line: int
    end_column: int


def place(text: str, start: int, end: int) -> Place:
    r"""Return where a span of a text stands; line ends are ``\n``, ``\r\n`` or ``\r``.

    >>> place("one\ntwo three", 8, 13)
    Place(line=2, column=5, end_line=2, end_column=10)
    """
    return Place(*_position(text, start), *_position(text, end))


def _position(text: str, offset: int) -> tuple[int, int]:
    before = text[:offset].replace("\r\n", "\n").replace("\r", "\n")
    return before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1


def commands(rows: Iterable[Judged]) -> Iterator[str]:
    """Yield one GitHub workflow command per objection, which shows it at its line in a pull request."""
    for row in rows:
        if row.label is None:
            continue
        at = place(row.document.text, row.claim.anchor.start, row.claim.anchor.end)
        properties = {
            "file": row.document.path or _NO_FILE,
            "line": at.line,
            "endLine": at.end_line,
            "col": at.column,
            "endColumn": at.end_column,
            "title": f"tallyman: {row.label}",
        }
        written = ",".join(
            f"{name}={_escaped(str(value), _PROPERTY_ESCAPES)}" for name, value in properties.items()
        )
        yield f"::{LEVELS[row.label]} {written}::{_escaped(row.message, _ESCAPES)}"


def _escaped(text: str, escapes: dict[str, str]) -> str:
    return "".join(escapes.get(sign, sign) for sign in text)


def log(rows: Iterable[Judged], *, version: str) -> bytes:
    """Return a SARIF 2.1.0 log of all objections as JSON; ``version`` is Tallyman's own."""
    results = [_result(row, row.label) for row in rows if row.label is not None]
    driver = {
        "name": "tallyman",
        "version": version,
        "semanticVersion": version,
        "rules": [_rule(label) for label in RULES],
    }
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    whole = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return msgspec.json.format(msgspec.json.encode(whole), indent=1)


def _rule(label: str) -> dict[str, Any]:
    return {
        "id": f"tallyman/{label}",
        "name": f"{label.title()}Claim",
        "shortDescription": {"text": RULES[label]},
        "defaultConfiguration": {"level": LEVELS[label]},
    }


def _result(row: Judged, label: str) -> dict[str, Any]:
    anchor, clause, text = row.claim.anchor, row.claim.clause, row.document.text
    return {
        "ruleId": f"tallyman/{label}",
        "ruleIndex": list(RULES).index(label),
        "kind": "fail",
        "level": LEVELS[label],
        "message": {"text": row.message},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": _artifact(row.document.path),
                    "region": _region(text, anchor.start, anchor.end),
                    "contextRegion": _region(
                        text, min(clause.start, anchor.start), max(clause.end, anchor.end)
                    ),
                }
            }
        ],
        "partialFingerprints": {"tallymanClaim/v1": row.claim.id},
        "properties": {
            "asOf": row.today.as_of,
            "then": row.then.label,
            "today": row.today.label,
            "evidence": row.today.evidence,
        },
    }


def _artifact(path: str | None) -> dict[str, str]:
    if path is None:
        return {"uri": _NO_FILE}
    pure = PurePath(path)
    if pure.is_absolute():
        return {"uri": pure.as_uri()}
    return {"uri": quote(pure.as_posix()), "uriBaseId": "%SRCROOT%"}


def _region(text: str, start: int, end: int) -> dict[str, Any]:
    at = place(text, start, end)
    return {
        "startLine": at.line,
        "startColumn": at.column,
        "endLine": at.end_line,
        "endColumn": at.end_column,
        "charOffset": start,
        "charLength": end - start,
        "snippet": {"text": text[start:end]},
    }
