"""Programmes and institutions that a report names, with their place."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from tallyman.ids import content_id
from tallyman.link.sentences import around
from tallyman.link.words import LANGUAGE, NamedKind, words
from tallyman.model import Anchor, Document, Noun

if TYPE_CHECKING:
    from collections.abc import Iterator

_CAPITAL = r"[A-ZÀ-Þ][\w'\u2019&-]*"


class Named(Noun, frozen=True, kw_only=True):
    """A programme or an institution; ``anchor`` is its name, ``clause`` the sentence that names it."""

    id: str
    kind: NamedKind
    document_id: str
    anchor: Anchor
    clause: Anchor


def named(document: Document) -> list[Named]:
    """Return the programmes and institutions of a document, each where it is first named.

    >>> from tallyman.model import Document
    >>> text = "They will link the Eurasian Economic Union and the Belt and Road Initiative."
    >>> [(row.kind, row.anchor.exact) for row in named(Document(id="d", sha256="", text=text, language="en"))]
    [('institution', 'Eurasian Economic Union'), ('programme', 'Belt and Road Initiative')]
    """
    if document.language not in (LANGUAGE, "und"):
        return []
    first: dict[str, Named] = {}
    for kind, start, end in sorted(_found(document.text), key=lambda row: row[1]):
        exact = document.text[start:end]
        row = Named(
            id=content_id("nam", document.id, start, kind),
            kind=kind,
            document_id=document.id,
            anchor=Anchor(start=start, end=end, exact=exact),
            clause=around(document.text, start),
        )
        first.setdefault(key(exact), row)
    return list(first.values())


def key(name: str) -> str:
    """Return what two spellings of a name share."""
    return " ".join(name.replace("-", " ").casefold().split())


def _found(text: str) -> Iterator[tuple[NamedKind, int, int]]:
    skipped = words().not_in_name
    for kind, pattern in _patterns():
        for match in pattern.finditer(text):
            start, end = match.span()
            while (first := text[start:end].split(" ", 1)[0]) in skipped:
                start += len(first) + 1
            if " " in text[start:end]:
                yield kind, start, end


@cache
def _patterns() -> tuple[tuple[NamedKind, re.Pattern[str]], ...]:
    known = words()
    capital = rf"(?!(?:{'|'.join(known.no_place)})\b){_CAPITAL}"
    before = rf"(?:{_CAPITAL} (?:(?:and|of|the|for) )?){{0,6}}?"
    after = rf"(?: (?:of|for|on) (?:the )?{capital}(?: (?:and )?{capital}){{0,4}}){{0,2}}"
    found = []
    for row in known.named:
        head = "|".join(map(re.escape, row.heads))
        plain = "".join(f"|{re.escape(phrase)}s?" for phrase in row.words)
        name = rf"\b(?:{before}(?:{head})(?: (?:{head}))*\b{after}{plain})(?!\w)"
        found.append((row.kind, re.compile(name)))
    return tuple(found)
