"""The voice at a figure of a short text, as the tests of speakers ask for it."""

from __future__ import annotations

from datetime import date

from tallyman import lexicon
from tallyman.extract import calendar
from tallyman.extract.periods import find
from tallyman.extract.sentences import read
from tallyman.extract.speakers import Speakers

PUBLISHED = date(2024, 5, 16)  # a Thursday
LEXICON = lexicon.load("en")


def voice(text, figure, published=PUBLISHED):
    """The voice at the first token of ``figure``."""
    reading = read(text, LEXICON)
    refs = find(reading, LEXICON, calendar.Context(published=published))
    at = next(i for i, token in enumerate(reading.tokens) if token.end > text.index(figure))
    n = next(k for k, s in enumerate(reading.sentences) if s.start <= at < s.end)
    return Speakers(reading, refs, published).voice(n, at)


def speaker(text, figure="$5"):
    """The name of who speaks at the first token of ``figure``."""
    found = voice(text, figure).speaker
    return found.name if found else None
