"""Following targets: who set which, and what became of it on each provider's count.

>>> targets([])
[]
"""

from __future__ import annotations

from tallyman.track.events import events
from tallyman.track.history import Change, declared, drift, links
from tallyman.track.listed import Listed, Row, listed
from tallyman.track.register import STATING, aim, by_aim, subject, targets

__all__ = [
    "STATING", "Change", "Listed", "Row", "aim", "by_aim", "declared", "drift", "events", "links", "listed",
    "subject", "targets",
]  # fmt: skip
