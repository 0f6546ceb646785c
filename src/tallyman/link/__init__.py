"""Which documents tell the same, which claims are one claim, and how it changed from telling to telling."""

from __future__ import annotations

from tallyman.link.index import Linker
from tallyman.link.story import families, stories

__all__ = ["Linker", "families", "stories"]
