"""Reports from the paths of a command, with a progress bar where there are many."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from tallyman.model import Document, Reject

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

_WORTH_A_BAR = 20


def found_in(paths: Sequence[str], published: date | None, outlet: str | None) -> Iterator[Document | Reject]:
    """Yield documents and refusals; many files show a progress bar on standard error, if it is a terminal."""
    from tallyman import read

    files = [file for path in paths for file in read.report_files(path)]
    if len(files) < _WORTH_A_BAR or not sys.stderr.isatty():
        yield from read.documents(paths, published_on=published, outlet=outlet)
        return
    from rich.console import Console
    from rich.progress import track

    for file in track(files, description="reading", console=Console(stderr=True), transient=True):
        if isinstance(file, Reject):
            yield file
        else:
            yield from read.documents([file], published_on=published, outlet=outlet)


def read_or_reject(
    paths: Sequence[str], published: date | None, outlet: str | None, rejects: list[Reject]
) -> Iterator[Document]:
    """Yield the documents; what is no document is put into ``rejects``."""
    for found in found_in(paths, published, outlet):
        if isinstance(found, Document):
            yield found
        else:
            rejects.append(found)
