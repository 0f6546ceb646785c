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
        self._book = _opened(path)
        self._looked_at = clock()

    def book(self) -> Book:
        """Return the newest open copy; the file is looked at in the background, once a second at most."""
        due = self._clock() - self._looked_at >= _PATIENCE
        if due and self._lock.acquire(blocking=False):
            self._looked_at = self._clock()
            threading.Thread(target=self._renew, daemon=True).start()
        return self._book

    def _renew(self) -> None:
        try:
            stamp = self._look()
            if stamp != self._stamp:
                self._book = _opened(self._path)
                self._stamp = stamp
        except (OSError, TallymanError):
            return
        finally:
            self._lock.release()

    def _look(self) -> tuple[int, int]:
        found = self._path.stat()
        return (found.st_ino, found.st_mtime_ns)


def _opened(path: Path) -> Book:
    book = Book(path)
    book.warm()
    return book
