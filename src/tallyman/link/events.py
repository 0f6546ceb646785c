"""Meetings, calls, visits, forums and signings that a report tells of: who, where and when, with their place."""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from tallyman import areas
from tallyman.ids import content_id
from tallyman.link.sentences import sentences
from tallyman.link.words import LANGUAGE, Kind, Kinds, words
from tallyman.model import Anchor, Document, Noun, Period

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_NAME = r"[A-ZÀ-Þ][\w'\u2019-]+(?:\.?\s(?:[A-ZÀ-Þ][\w'\u2019-]+|al|bin|el|da|de|van|von)\b)*"
_WORD = re.compile(r"[\w'\u2019-]+")


class Event(Noun, frozen=True, kw_only=True):
    """Something that happened between areas, as one sentence tells it.

    ``anchor`` is the word that names it, ``clause`` the sentence. ``on`` is the day the sentence gives, ``None``
    where it gives none. ``people`` are named with a title or known as speakers, ``areas`` named in the sentence.
    """

    id: str
    kind: Kind
    document_id: str
    anchor: Anchor
    clause: Anchor
    on: date | None
    place: str | None
    people: tuple[str, ...]
    areas: tuple[str, ...]


def events(
    document: Document, days: Iterable[tuple[Anchor, Period]] = (), speakers: Iterable[str] = ()
) -> list[Event]:
    """Return the events of a document in order, at most one a sentence; a language without words for them gives none.

    ``days`` are the periods of the text (``extract.periods``), of which single days count; ``speakers`` are
    persons known to the reader, who are found by their last names too.

    >>> from tallyman.model import Document
    >>> text = "President Xi Jinping met Prime Minister Mikhail Mishustin in Beijing."
    >>> (found,) = events(Document(id="d", sha256="", text=text, language="en"))
    >>> found.kind, found.place, found.people
    ('meeting', 'Beijing', ('Xi Jinping', 'Mikhail Mishustin'))
    """
    if document.language not in (LANGUAGE, "und"):
        return []
    known = tuple(speakers)
    single = [
        (anchor, period.start) for anchor, period in days if period.start and period.start == period.end
    ]
    return [
        event
        for sentence in sentences(document.text)
        if (event := _event(document, sentence, single, known)) is not None
    ]


def _event(
    document: Document, sentence: Anchor, days: list[tuple[Anchor, date]], speakers: tuple[str, ...]
) -> Event | None:
    text, start = sentence.exact, sentence.start
    found = next(_named(text), None)
    if found is None:
        return None
    kind, word = found
    anchor = Anchor(start=start + word.start(), end=start + word.end(), exact=word[0])
    within = (day for anchor, day in days if start <= anchor.start < sentence.end)
    return Event(
        id=content_id("evt", document.id, anchor.start, kind),
        kind=kind,
        document_id=document.id,
        anchor=anchor,
        clause=sentence,
        on=next(within, None),
        place=_place(text),
        people=_people(text, speakers),
        areas=tuple(dict.fromkeys(_areas()[word] for word in _WORD.findall(text) if word in _areas())),
    )


def _named(text: str) -> Iterator[tuple[Kind, re.Match[str]]]:
    for row, pattern in _patterns():
        for found in pattern.finditer(text):
            before = text[: found.start()].split()
            if not (before and before[-1] in row.not_before):
                yield row.kind, found


def _place(text: str) -> str | None:
    known = words()
    found = re.finditer(rf"\b(?:{'|'.join(known.places)})\s({_NAME})", text)
    return next((place for match in found if (place := match[1]).split()[0] not in known.no_place), None)


def _people(text: str, speakers: tuple[str, ...]) -> tuple[str, ...]:
    titles = "|".join(sorted(map(re.escape, words().titles), key=len, reverse=True))
    titled = [(match.start(), match[1]) for match in re.finditer(rf"\b(?:{titles}) ({_NAME})", text)]
    proper = [(name.split()[-1], name) for name in speakers if name.split()[-1][0].isupper()]
    named = [(text.find(last), name) for last, name in proper if last in text]
    people: dict[str, None] = {}
    for _, name in sorted(titled + named, key=lambda row: (row[0], -len(row[1]))):
        if not any(set(name.split()) <= set(other.split()) for other in people):
            people[name] = None
    return tuple(people)


@cache
def _areas() -> dict[str, str]:
    return {name.phrase: name.code for name in areas.names(LANGUAGE) if name.code and " " not in name.phrase}


@cache
def _patterns() -> tuple[tuple[Kinds, re.Pattern[str]], ...]:
    return tuple(
        (row, re.compile(rf"\b(?:{'|'.join(map(re.escape, row.words))})\b")) for row in words().event
    )
