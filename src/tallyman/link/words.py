"""The words of events and follow-ups, from ``lexicon/<lang>_events.toml``."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Literal

import msgspec

LANGUAGE = "en"
Kind = Literal["call", "visit", "forum", "meeting", "signing"]


class Kinds(msgspec.Struct, frozen=True):
    """The words of one kind of event, with sentences that must give it and sentences that must not."""

    kind: Kind
    words: tuple[str, ...]
    examples: tuple[str, ...]
    counterexamples: tuple[str, ...]
    not_before: tuple[str, ...] = ()


class Words(msgspec.Struct, frozen=True):
    """All words of a language: ``follow_up`` says that what is reported came after an event."""

    titles: tuple[str, ...]
    places: tuple[str, ...]
    no_place: tuple[str, ...]
    follow_up: tuple[str, ...]
    event: tuple[Kinds, ...]


@cache
def words() -> Words:
    """Return the words.

    >>> "a day after" in words().follow_up
    True
    """
    text = files("tallyman.lexicon").joinpath(f"{LANGUAGE}_events.toml").read_text("utf-8")
    return msgspec.convert(tomllib.loads(text), Words)
