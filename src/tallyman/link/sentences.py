"""The sentences of a text, near enough for events and names: rough ends, true offsets."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tallyman.model import Anchor

if TYPE_CHECKING:
    from collections.abc import Iterator

_SENTENCE = re.compile(
    r"\S.*?(?:(?<![ .][A-Z])(?<!\b[A-Z][a-z])(?<!\b[A-Z][a-z]{2})[.!?]+[\"”\u2019']?(?=\s)|$)", re.MULTILINE
)


def sentences(text: str) -> Iterator[Anchor]:
    """Yield the sentences of a text in order.

    >>> [sentence.exact for sentence in sentences("Xi met Mr. Putin. They talked.")]
    ['Xi met Mr. Putin.', 'They talked.']
    """
    for match in _SENTENCE.finditer(text):
        yield Anchor(start=match.start(), end=match.end(), exact=match[0])


def around(text: str, place: int) -> Anchor:
    """Return the sentence that holds a place."""
    return next(sentence for sentence in sentences(text) if sentence.end > place)
