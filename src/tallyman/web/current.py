"""The copy that is served right now: a newly published one is picked up without a restart."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING

from tallyman.model import TallymanError
from tallyman.web.book import Book

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_PATIENCE = 1.0


class Current:
    """Hands out the newest copy of a file; who holds an older one keeps it until done with it."""

    def __init__(self, path: Path, *, clock: Callable[[], float] = time.monotonic) -> None:
        """Open the copy; refuse a file that is none."""
        self._path = path
        self._clock = clock
        self._lock = threading.Lock()
        self._stamp = self._look()
        self._book = Book(self._path)
        self._looked_at = clock()

    def book(self) -> Book:
        """Return the newest copy that can be read; the file is looked at once a second at most."""
        if self._clock() - self._looked_at < _PATIENCE or not self._lock.acquire(blocking=False):
            return self._book
        try:
            self._looked_at = self._clock()
            self._renew()
        finally:
            self._lock.release()
        return self._book

    def _renew(self) -> None:
        try:
            stamp = self._look()
            if stamp != self._stamp:
                self._book = Book(self._path)
                self._stamp = stamp
        except (OSError, TallymanError):
            return

    def _look(self) -> tuple[int, int]:
        found = self._path.stat()
        return (found.st_ino, found.st_mtime_ns)
