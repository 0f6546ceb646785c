"""Following targets: who set which, and what became of it on each provider's count.

>>> targets([])
[]
"""

from __future__ import annotations

from tallyman.track.events import events
from tallyman.track.history import Change, declared, drift, links
from tallyman.track.listed import Listed, Row, listed
from tallyman.track.register import by_subject, subject, targets

__all__ = [
    "Change", "Listed", "Row", "by_subject", "declared", "drift", "events", "links", "listed", "subject", "targets",
]  # fmt: skip
