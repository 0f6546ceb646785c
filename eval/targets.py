"""What became of real targets, computed from the reference statistics and held against a hand-read outcome.

    python eval/targets.py ../shared/facts/targets.csv

Only targets whose pair the statistics cover count; every disagreement is listed, with what is known to be
wrong on either side (DISPUTED). Exits 1 below the floor.
"""

from __future__ import annotations

import csv
import sys
from collections import Counter
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from tallyman.providers import reference
from tallyman.series import Shelf
from tallyman.track import events
from tallyman.track.table import read

if TYPE_CHECKING:
    from tallyman.model import Target, TargetEvent

TABLE = Path(__file__).parents[2] / "shared" / "facts" / "targets.csv"
AS_OF = date(2026, 12, 31)
FLOOR = 0.95
DISPUTED = {
    "T073": "the table lets 'about 4.9' pass for 5; the Russian side printed 4.6 for 2022, a chamber 4.9",
    "T131": "the table asks for the base; 23.5 billion pounds (2019, the last year known when it was set) was"
    " doubled in the four quarters to June 2025, 47.2, which the table's reader did not have",
}
CLASS_OF = {"met_early": "met"}


class Followed(NamedTuple):
    """One row of the table, what its reader found and what the statistics say."""

    row: dict[str, str]
    target: Target
    leading: TargetEvent

    @property
    def computed(self) -> str:
        """The computed status in the table's classes."""
        return CLASS_OF.get(self.leading.status, self.leading.status)

    @property
    def agrees(self) -> bool:
        """Whether both say the same."""
        return self.computed == self.row["outcome_class"]

    @property
    def comparable(self) -> bool:
        """Whether the reader decided and the statistics cover the pair."""
        return self.row["outcome_class"] != "unclear" and self.computed != "untestable"


def followed(path: Path = TABLE) -> list[Followed]:
    """Return every target of the table with its leading event."""
    text = path.read_text("utf-8").splitlines(keepends=True)
    targets, rejects = read(text, str(path))
    assert not rejects, rejects
    shelf = Shelf(reference.observations())
    rows = csv.DictReader(text)
    register = targets
    return [
        Followed(row, target, events(target, shelf, as_of=AS_OF, register=register)[0])
        for row, target in zip(rows, targets, strict=True)
    ]


def main(arguments: list[str]) -> int:
    """Print the agreement and every disagreement."""
    path = Path(arguments[0]) if arguments else TABLE
    if not path.exists():
        print("skipped: ../shared/facts/targets.csv is not here")
        return 0
    found = followed(path)
    compared = [one for one in found if one.comparable]
    for one in compared:
        if not one.agrees:
            number = one.row["target_id"]
            print(f"{number} {one.row['pair']} {one.row['amount']} by {one.row['deadline']}:")
            print(f"   table: {one.row['outcome_class']} ({one.row['outcome']})")
            print(f"   computed: {one.leading.status} {one.leading.on}: {one.leading.explanation}")
            print(f"   why: {DISPUTED.get(number, 'NOT EXPLAINED YET')}")
    print(Counter((one.row["outcome_class"], one.computed) for one in found))
    share = agreement(found)
    print(f"{share:.3f} of {len(compared)}, floor {FLOOR}; {len(found) - len(compared)} cannot be compared")
    return int(share < FLOOR)


def agreement(found: list[Followed]) -> float:
    """Return the share of the comparable targets on which table and statistics agree."""
    compared = [one for one in found if one.comparable]
    return sum(one.agrees for one in compared) / len(compared)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
