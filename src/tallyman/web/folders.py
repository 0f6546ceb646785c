"""Temporary folders that their process holds a lock in, so that the next one clears up after one that was killed."""

from __future__ import annotations

import shutil
import tempfile
import weakref
from pathlib import Path
from typing import IO

try:
    import fcntl
except ImportError:  # Windows locks open files by itself, so nothing in use can be removed there
    fcntl = None  # type: ignore[assignment]

_PREFIX = "tallyman-served-"
_LOCK = "lock"


class Folder:
    """A temporary folder that goes with its owner."""

    def __init__(self) -> None:
        """Make the folder and lock it."""
        self.path = Path(tempfile.mkdtemp(prefix=_PREFIX))
        lock = (self.path / _LOCK).open("w")
        _locked(lock)
        self.remove = weakref.finalize(self, _remove, self.path, lock)


def clear_stale() -> None:
    """Remove the folders whose process was killed; one that is in use, or another user's, stays."""
    for folder in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        try:
            with (folder / _LOCK).open("r+") as lock:
                stale = _locked(lock)
        except OSError:
            continue
        if stale:
            shutil.rmtree(folder, ignore_errors=True)


def _locked(lock: IO[str]) -> bool:
    if fcntl is None:
        return True
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _remove(folder: Path, lock: IO[str]) -> None:
    lock.close()
    shutil.rmtree(folder, ignore_errors=True)
