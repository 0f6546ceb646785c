"""The reports of ``gold/*.toml`` as documents, each with the story it tells and how it was made."""

from __future__ import annotations

import hashlib
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from tallyman.ids import content_id, text_sha256
from tallyman.model import Document

if TYPE_CHECKING:
    from datetime import date

GOLD = Path(__file__).parent / "gold"


class Told(NamedTuple):
    """One report: ``kind`` says how it was made from the report ``of``; its story is what it should be found in.

    Kinds: original; copy (the text in another page's frame); light_edit (some words changed, or a paragraph
    cut); rewrite (all in other words); back_translation; independent (another reporter at the same event);
    update (of a later day, with news of its own); meeting (of some of the same people, another day or place).
    """

    name: str
    story: str
    kind: str
    of: str | None
    document: Document


def told() -> list[Told]:
    """Return all reports in the order of the files."""
    bodies: dict[str, str] = {}
    found = []
    for file in sorted(GOLD.glob("*.toml")):
        for row in tomllib.loads(file.read_text("utf-8"))["report"]:
            bodies[row["id"]] = _body(row, bodies)
            found.append(Told(row["id"], row["story"], row["kind"], row.get("of"), _document(row, bodies)))
    return found


def corpus_hash() -> str:
    """Return a hash of all files: floors are bound to it."""
    return hashlib.sha256(b"".join(file.read_bytes() for file in sorted(GOLD.glob("*.toml")))).hexdigest()


def _body(row: dict[str, Any], bodies: dict[str, str]) -> str:
    """Return the text of a report, or that of the one it copies with its declared changes."""
    if "text" in row:
        return str(row["text"]).strip()
    paragraphs = bodies[row["of"]].split("\n\n")
    text = "\n\n".join(part for n, part in enumerate(paragraphs) if n not in row.get("drop", ()))
    for old, new in row.get("replace", ()):
        assert old in text, f"{row['id']}: {old!r} is not in {row['of']}"
        text = text.replace(old, new)
    return text


def _document(row: dict[str, Any], bodies: dict[str, str]) -> Document:
    parts = (row.get("head", "").strip(), bodies[row["id"]], row.get("tail", "").strip())
    text = "\n\n".join(part for part in parts if part)
    day: date = row["published_on"]
    return Document(
        id=content_id("doc", text),
        text=text,
        sha256=text_sha256(text),
        path=f"{row['id']}.txt",
        outlet=row["outlet"],
        language="ru" if row["id"].endswith("_ru") else "en",
        published_on=day,
        date_basis="metadata",
    )
