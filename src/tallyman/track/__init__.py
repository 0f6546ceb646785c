"""Following targets: who set which, and what became of it on each provider's count.

>>> targets([])
[]
"""

from __future__ import annotations

from tallyman.track.events import Judge, events
from tallyman.track.history import Change, declared, drift, links
from tallyman.track.listed import Listed, Row, listed
from tallyman.track.register import Register, successors, targets
from tallyman.track.statement import STATING, aim, by_aim, subject

__all__ = [
    "STATING", "Change", "Judge", "Listed", "Register", "Row", "aim", "by_aim", "declared", "drift", "events",
    "links", "listed", "subject", "successors", "targets",
]  # fmt: skip
