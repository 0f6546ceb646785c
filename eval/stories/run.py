"""`make eval`: how well stories are told apart, with MinHash alone beside it, and whether the floors hold.

python eval/stories/run.py            tables; exit code 1 when a floor is broken
python eval/stories/run.py --details  and every wrong pair in one line
python eval/stories/run.py --update   writes the floors
"""

from __future__ import annotations

import argparse
import json
import sys

from corpus import corpus_hash, told
from story_scores import FLOORS, broken, by_links, by_minhash, scores, wrong


def main() -> int:
    """Print the tables; return 1 when a floor is broken."""
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--details", action="store_true")
    options.add_argument("--update", action="store_true")
    chosen = options.parse_args()
    rows = told()
    ours, minhash = scores(rows, by_links(rows)), scores(rows, by_minhash(rows))
    kinds = {row.kind for row in rows}
    print(f"\nstories: {len(rows)} reports, {len({row.story for row in rows})} stories, {len(kinds)} kinds")
    print(f"  {'':<22}{'tallyman':>10}{'MinHash':>10}")
    for name, score in ours.items():
        print(f"  {name:<22}{score:>10.2f}{minhash[name]:>10.2f}")
    if chosen.details:
        print(*wrong(rows, by_links(rows)), sep="\n")
    if chosen.update:
        FLOORS.write_text(json.dumps({"corpus_sha256": corpus_hash(), "floors": ours}, indent=1) + "\n")
    problems = broken(ours)
    print(*problems, sep="\n")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
