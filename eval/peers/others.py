"""The other libraries, each in an environment of its own: built on first use, run on one job.

Those of Python read in ``.venv-peers``; Recognizers-Text as its makers last released it is a package of npm and
reads where node is installed. What goes in and what comes out is told in ``read.py``.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any
from venv import EnvBuilder

from tallyman.model import TallymanError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

HERE = Path(__file__).parent
ENVIRONMENT = HERE.parents[1] / ".venv-peers"
PYTHON = ENVIRONMENT / "bin" / "python"
PACKAGE = "@microsoft/recognizers-text-suite"
OF_NPM = f"{PACKAGE}@1.3.1"
Row = dict[str, Any]
Job = list[tuple[str, str, bool]]


def build() -> None:
    """Install what is missing of the peers; without npm its one is left out."""
    if not PYTHON.exists():
        EnvBuilder(with_pip=True).create(ENVIRONMENT)
        _run([PYTHON, "-m", "pip", "install", "--quiet", "-r", HERE / "requirements.txt"])
    npm = shutil.which("npm")
    if npm and not (ENVIRONMENT / "node_modules" / PACKAGE).exists():
        _run([npm, "install", "--silent", "--no-save", "--prefix", ENVIRONMENT, OF_NPM])


def read(job: Job) -> Iterator[Row]:
    """Yield one row a reader: name, layer, version, CPU seconds and what it found in each text."""
    readers: list[Sequence[str | Path]] = []
    if PYTHON.exists():
        readers.append([PYTHON, HERE / "read.py"])
    node = shutil.which("node")
    if node and (ENVIRONMENT / "node_modules" / PACKAGE).exists():
        readers.append([node, HERE / "read.mjs", ENVIRONMENT])
    for reader in readers:
        yield from map(json.loads, _run(reader, json.dumps(job)).splitlines())


def _run(command: Sequence[str | Path], given: str = "") -> str:
    done = subprocess.run(command, input=given, capture_output=True, text=True, check=False)  # noqa: S603 - our own list
    if done.returncode:
        last = (done.stderr.strip().splitlines() or ["it told nothing"])[-1]
        raise TallymanError(f"{Path(command[0]).name}: {last}; remove .venv-peers and run again")
    return done.stdout
