"""How fast claims are read from texts as dense as the seeds, beside other libraries; run with ``make bench``.

Every seed (without them the bundled reports) is copied with other figures and other countries until there are
two million characters in separate documents. Numbers are millions of characters per CPU second, in one run;
the peers, which are slower by far, read a part of the same texts in an environment of their own.
``python bench/extract.py --profile`` shows where our time goes, ``--ours`` leaves the peers out.
"""

from __future__ import annotations

import argparse
import cProfile
import pstats
import random
import re
import sys
import time
from collections import defaultdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).parents[1] / "eval" / "peers"))

import others

from tallyman import demo, extract, lexicon
from tallyman.extract.sentences import read
from tallyman.model import Document

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROOT = Path(__file__).parents[1]
SEEDS = ROOT.parent / "shared" / "seeds"
CHARACTERS, FOR_PEERS, GOAL = 2_000_000, 15_000, 0.5
DAY = date(2023, 6, 5)
PAIRS = [
    ("China", "Russia"),
    ("India", "Brazil"),
    ("Türkiye", "Egypt"),
    ("Vietnam", "Chile"),
    ("Japan", "Kenya"),
]
LONGEST = 25


def documents(characters: int) -> Iterator[Document]:
    """Yield perturbed copies of the seeds until there are so many characters."""
    chance = random.Random(5)  # noqa: S311 - the same texts every time
    folder = SEEDS if SEEDS.exists() else Path(demo.__file__).parent / "reports"
    seeds = [path.read_text("utf-8") for path in sorted(folder.glob("*.txt"))]
    done = n = 0
    while done < characters:
        text = perturbed(seeds[n % len(seeds)], chance)
        yield Document(id=f"doc-{n}", text=text, sha256="", language="en", published_on=DAY)
        done, n = done + len(text), n + 1


def perturbed(text: str, chance: random.Random) -> str:
    """Return a text about another pair with other figures; years stay years."""
    for old, new in zip(PAIRS[0], chance.choice(PAIRS), strict=True):
        text = text.replace(old, new)
    return re.sub(r"\b(?!20\d\d\b)\d+", lambda m: str(chance.randint(1, 10 ** len(m[0]) - 1)), text)


def speed(work: Callable[[Document], object], given: list[Document]) -> float:
    """Return millions of characters per CPU second."""
    started = time.process_time()
    for document in given:
        work(document)
    return sum(len(document.text) for document in given) / (time.process_time() - started) / 1e6


def peers(given: list[Document]) -> Iterator[tuple[str, float]]:
    """Yield each peer's name with its speed, and that of one which reads quantities and times in two passes."""
    job = [(document.text, str(DAY), True) for document in given]
    total = sum(len(document.text) for document in given)
    seconds: dict[str, float] = defaultdict(float)
    for row in others.read(job):
        name = f"{row['name']} {row['version']}"
        yield f"{name}, {row['layer']}", total / row["seconds"] / 1e6
        if name in seconds:
            yield f"{name}, both", total / (seconds[name] + row["seconds"]) / 1e6
        seconds[name] += row["seconds"]
    if not seconds:
        print("no peers: make eval-peers builds their environments")


def main() -> int:
    """Print one line a reader; return 1 where we miss the goal."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--profile", action="store_true")
    parser.add_argument("--ours", action="store_true")
    options = parser.parse_args()
    given = list(documents(CHARACTERS))
    extract.claims(given[0])
    if options.profile:
        with cProfile.Profile() as profile:
            speed(extract.claims, given)
        pstats.Stats(profile).sort_stats("tottime").print_stats(LONGEST)
        return 0
    lex = lexicon.load("en")
    claims = speed(extract.claims, given)
    rows = [
        ("tallyman, whole claims", claims),
        ("tallyman, quantities", speed(lambda one: extract.quantities(one.text), given)),
        ("tallyman, periods", speed(lambda one: extract.periods(one.text, DAY), given)),
        ("tallyman, tokens and sentences", speed(lambda one: read(one.text, lex), given)),
        *([] if options.ours else peers(list(documents(FOR_PEERS)))),
    ]
    print(f"{'M characters per CPU second':48}{'':>10}{'claims are':>12}")
    for name, measured in rows:
        print(f"{name:48}{measured:10.3f}{claims / measured:11.1f}x")
    return 0 if claims >= GOAL else 1


if __name__ == "__main__":
    sys.exit(main())
