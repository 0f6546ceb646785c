"""Which documents tell the same, which claims are one claim, and how it changed from telling to telling."""

from __future__ import annotations

from tallyman.link.chronicle import Entry, chronicle
from tallyman.link.claim import corroboration, same_claims
from tallyman.link.compare import compare
from tallyman.link.drift import Change, Retelling, tree
from tallyman.link.events import Event, events
from tallyman.link.index import Linker
from tallyman.link.kept import Kept, same_text
from tallyman.link.named import Named, named
from tallyman.link.sketch import sketch
from tallyman.link.story import ONE_WIRE, Told, families, stories, told
from tallyman.link.wires import wire

__all__ = [
    "ONE_WIRE",
    "Change",
    "Entry",
    "Event",
    "Kept",
    "Linker",
    "Named",
    "Retelling",
    "Told",
    "chronicle",
    "compare",
    "corroboration",
    "events",
    "families",
    "named",
    "same_claims",
    "same_text",
    "sketch",
    "stories",
    "told",
    "tree",
    "wire",
]
