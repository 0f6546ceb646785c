"""Serving a ledger: publish a copy, serve it, and publish anew when the ledger or the day has changed."""

from __future__ import annotations

import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import TYPE_CHECKING

import uvicorn
from litestar.concurrency import set_asyncio_executor

from tallyman.ledger import Ledger
from tallyman.model import TallymanError
from tallyman.web.application import application
from tallyman.web.folders import Folder, clear_stale
from tallyman.web.served import write_served

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date
    from pathlib import Path

_PATIENCE = 5.0
_IDLE = 60
_THREADS = 32  # those that wait for one past day must not keep the others from answering
_TURN = 0.0005
"""Seconds after which a thread that reckons a past day lets the others go on; Python's own are ten times as many."""


class Publisher:
    """Keeps a copy of a ledger up to date; the ledger may be written by others at any time."""

    def __init__(self, ledger: Path | None, copy: Path, *, title: str, today: Callable[[], date]) -> None:
        """Publish a ledger (None: the shipped statistics alone) to ``copy``, as known on ``today()``."""
        self._ledger = ledger
        self._copy = copy
        self._title = title
        self._today = today
        self._seen: tuple[object, ...] = ()

    def publish(self) -> bool:
        """Write the copy if the ledger or the day has changed since last time; tell whether it was written.

        Refuses a ledger that cannot be read now, because another process writes it or it is none.
        """
        seen = self._look()
        if seen == self._seen:
            return False
        today = self._today()
        with Ledger(self._ledger, read_only=self._ledger is not None) as book:
            write_served(
                book.report(self._title, as_of=today),
                self._copy,
                statistics=book.observations(as_of=today, vintages=True),
                links=book.store.links(),
            )
        self._seen = seen
        return True

    @contextmanager
    def watching(self, *, every: float = _PATIENCE) -> Iterator[None]:
        """Publish again, while the block runs, when something has changed; a busy ledger is tried later."""
        done = threading.Event()
        watcher = threading.Thread(target=self._watch, args=(done, every), daemon=True)
        watcher.start()
        try:
            yield
        finally:
            done.set()
            watcher.join()

    def _watch(self, done: threading.Event, every: float) -> None:
        while not done.wait(every):
            try:
                self.publish()
            except (OSError, TallymanError):
                continue

    def _look(self) -> tuple[object, ...]:
        if self._ledger is None:
            return (self._today(),)
        try:
            found = self._ledger.stat()
        except OSError as error:
            raise TallymanError(f"{self._ledger}: no such ledger; make it with tallyman read") from error
        return (self._today(), found.st_ino, found.st_mtime_ns, found.st_size)


def serve(
    ledger: Path | None, *, host: str = "127.0.0.1", port: int = 8000, title: str, today: Callable[[], date]
) -> None:
    """Serve a ledger's pages until interrupted; the ledger is only read, and only to publish copies."""
    clear_stale()
    folder = Folder()
    copy = folder.path / "served.duckdb"
    publisher = Publisher(ledger, copy, title=title, today=today)
    try:
        publisher.publish()
        with publisher.watching():
            listen(copy, host=host, port=port)
    finally:
        folder.remove()


def listen(copy: Path, *, host: str, port: int) -> None:
    """Answer from a published copy until interrupted."""
    sys.setswitchinterval(_TURN)
    set_asyncio_executor(ThreadPoolExecutor(_THREADS))
    uvicorn.run(
        application(copy),
        host=host,
        port=port,
        log_level="warning",
        access_log=False,
        timeout_keep_alive=_IDLE,
    )
