"""How long linking takes, and how much memory: 100,000 documents, then 10,000 more, then 10,000 copies of one.

python bench/stories.py [DOCUMENTS [kept]]. With "kept" a second time in a ledger file, in batches as they are read, the
tenth more in a session of its own. The documents are generated from the reports of eval/stories: a third are
rearrangements of one report (a story's copies and rewrites), the rest mix sentences of all with figures and
names of their own; they fall into one year.
"""

from __future__ import annotations

import random
import resource
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from tallyman.engines.local import Local
from tallyman.link import Kept, Linker
from tallyman.link.kept import sketched
from tallyman.model import Claim, Document
from tallyman.store import connect

sys.path.insert(0, str(Path(__file__).parents[1] / "eval" / "stories"))
from corpus import told

if TYPE_CHECKING:
    from collections.abc import Iterator

FIRST = date(2024, 1, 1)
BATCH, KEPT = 2000, 100
SENTENCES, SYLLABLES = 14, ("ka", "lo", "min", "tar", "vesh", "ro", "dan", "bel", "ush", "ien", "gor", "pal")


def generated(count: int, seed: int) -> Iterator[Document]:
    """Yield documents of about 300 words."""
    chance = random.Random(seed)  # noqa: S311 - made-up reports need no secrets
    sentences = [part for row in told() for part in row.document.text.split("\n\n") if len(part) > 80]
    story: list[str] = []
    day = FIRST
    for number in range(count):
        if number % 3 == 0 or not story:
            story = [_told(chance.choice(sentences), chance) for _ in range(SENTENCES)]
            day = FIRST + timedelta(days=chance.randrange(365))
        text = "\n\n".join(chance.sample(story, k=len(story) - number % 3 * 2))
        yield Document(
            id=f"doc_{seed}_{number}", text=text, sha256="", published_on=day, outlet=f"O{number % 400}"
        )


def _told(sentence: str, chance: random.Random) -> str:
    words = [
        f"{chance.randrange(10, 99999) / 10}"
        if word[0].isdigit()
        else _name(chance)
        if word.istitle()
        else word
        for word in sentence.split()
    ]
    return " ".join(chance.sample(words, len(words)))


def _name(chance: random.Random) -> str:
    return "".join(chance.choices(SYLLABLES, k=3)).capitalize()


def timed(what: str, linker: Linker, documents: list[Document]) -> None:
    """Link documents and print how long it took: two processes make the sketches, this one links them."""
    began, wall, links = time.process_time(), time.perf_counter(), 0
    with Local(2) as engine:
        for first in range(0, len(documents), BATCH):
            batch: list[tuple[Document, list[Claim]]] = [
                (document, []) for document in documents[first : first + BATCH]
            ]
            links += sum(len(linker.add(row)) for row in engine.map(sketched, batch))
    printed(what, len(documents), links, began, wall)


def timed_in_a_ledger(what: str, path: Path, documents: list[Document]) -> None:
    """Link documents in a ledger file, with its reading and writing, and print how long it took."""
    began, wall, links = time.process_time(), time.perf_counter(), 0
    with connect(path) as store, Local(2) as engine:
        kept = Kept(store)
        for first in range(0, len(documents), KEPT):
            batch = documents[first : first + KEPT]
            with store.transaction():
                store.add_documents(batch)
                links += len(kept.add(batch, [], engine.map))
    printed(f"{what}, in a ledger", len(documents), links, began, wall)


def printed(what: str, count: int, links: int, began: float, wall: float) -> None:
    """Print one measure: seconds of CPU of this process since ``began``, and waited since ``wall``."""
    seconds, waited = time.process_time() - began, time.perf_counter() - wall
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    times = f"{seconds:>8.1f} s CPU {waited:>8.1f} s {count / seconds:>9,.0f}/s"
    print(f"{what:<36}{count:>9,} {times} {links:>9,} links  peak {used:.2f} GB", flush=True)


def main() -> None:
    """Print one line a measure."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    if sys.argv[2:] == ["kept"]:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "bench.duckdb"
            timed_in_a_ledger("documents", path, list(generated(count, 1)))
            timed_in_a_ledger("a tenth more", path, list(generated(count // 10, 2)))
        return
    linker = Linker()
    documents = list(generated(count, 1))
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    words = sum(len(document.text.split()) for document in documents[:1000]) // min(1000, count)
    print(f"{count:,} documents of {words} words, {used:.2f} GB before linking")
    timed("documents", linker, documents)
    timed("a tenth more", linker, list(generated(count // 10, 2)))
    text = documents[0].text
    copies = [
        Document(id=f"cp_{n}", text=f"{text}\n\nOutlet {n}", sha256="", published_on=FIRST)
        for n in range(count // 10)
    ]
    timed("copies of one document", linker, copies)


if __name__ == "__main__":
    main()
