"""The words of events, names, credits and follow-ups, from ``lexicon/<lang>_events.toml``."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Literal

import msgspec

LANGUAGE = "en"
Kind = Literal["call", "visit", "forum", "meeting", "signing"]
NamedKind = Literal["programme", "institution"]


class Kinds(msgspec.Struct, frozen=True):
    """The words of one kind of event, with sentences that must give it and sentences that must not."""

    kind: Kind
    words: tuple[str, ...]
    examples: tuple[str, ...]
    counterexamples: tuple[str, ...]
    not_before: tuple[str, ...] = ()


class NamedKinds(msgspec.Struct, frozen=True):
    """How names of one kind end or begin (``heads``), and ``words`` that are no names but say as much."""

    kind: NamedKind
    heads: tuple[str, ...]
    words: tuple[str, ...]
    examples: tuple[str, ...]
    counterexamples: tuple[str, ...]


class Credits(msgspec.Struct, frozen=True):
    """How a report says inside its text which news agency it goes back to; ``{agency}`` is any of their names."""

    patterns: tuple[str, ...]
    examples: tuple[str, ...]
    counterexamples: tuple[str, ...]


class Words(msgspec.Struct, frozen=True):
    """All words of a language: ``follow_up`` says that what is reported came after an event."""

    titles: tuple[str, ...]
    places: tuple[str, ...]
    no_place: tuple[str, ...]
    follow_up: tuple[str, ...]
    not_in_name: tuple[str, ...]
    event: tuple[Kinds, ...]
    named: tuple[NamedKinds, ...]
    credit: Credits


@cache
def words() -> Words:
    """Return the words.

    >>> "a day after" in words().follow_up
    True
    """
    text = files("tallyman.lexicon").joinpath(f"{LANGUAGE}_events.toml").read_text("utf-8")
    return msgspec.convert(tomllib.loads(text), Words)
