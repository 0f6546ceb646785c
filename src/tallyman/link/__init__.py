"""Which documents tell the same, which claims are one claim, and how it changed from telling to telling."""

from __future__ import annotations

from tallyman.link.index import Linker
from tallyman.link.kept import Kept, same_text
from tallyman.link.sketch import sketch
from tallyman.link.story import Told, stories, told

__all__ = ["Kept", "Linker", "Told", "same_text", "sketch", "stories", "told"]
