"""`make eval`: how well the extractor reads the gold, and whether it still reaches its floors.

python eval/run.py                          tables; exit code 1 when a floor is broken
python eval/run.py --details                and every miss and error in one line
python eval/run.py --diff                   and the claims gained and lost since the last run
python eval/run.py --predictions out.jsonl  scores a file instead of the extractor
python eval/run.py --update                 writes the floors; --allow-regression lets them sink
"""

from __future__ import annotations

import argparse
import importlib
import json
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from dates import date_details, measure_dates
from floors import broken, floors, update
from gold import Report, predictions, reports, seeds
from match import Outcome, Predicted, outcome
from scores import Scores, details, diff, measure, phenomena, states, table

from tallyman.model import TallymanError

if TYPE_CHECKING:
    from collections.abc import Sequence

LAST = Path(__file__).parents[1] / "out" / "eval_last.json"


def main() -> int:
    """Print the tables; return 1 when a floor is broken."""
    options = _options()
    started = time.process_time()
    ours, real = (outcomes(group, options.predictions) for group in (reports(), seeds()))
    seconds = time.process_time() - started
    results, scores = [*ours, *real], reached(ours)
    if options.details:
        print(*details(results), *date_details([result.report for result in results]), sep="\n")
    print(table(scores, reached(real), floors()))
    print(phenomena(results))
    print(f"\n{len(ours)} + {len(real)} reports read and scored in {seconds:.2f} CPU seconds")
    if options.diff:
        print(*diff(json.loads(LAST.read_text()) if LAST.exists() else {}, states(results)), sep="\n")
    LAST.parent.mkdir(exist_ok=True)
    LAST.write_text(json.dumps(states(results)))
    if options.update:
        update(scores, ours, allow_regression=options.allow_regression)
    problems = [] if options.predictions else broken(scores)
    print(*problems, sep="\n")
    return 1 if problems else 0


def reached(results: Sequence[Outcome]) -> Scores:
    """Return every score that has a floor."""
    return measure(results) | measure_dates([result.report for result in results])


def outcomes(group: Sequence[Report], source: Path | None = None) -> list[Outcome]:
    """Return what became of the claims of every report, read by the extractor or from a file of claims."""
    if source:
        given = predictions(source)
        return [outcome(report, given.get(report.path, [])) for report in group]
    return [outcome(report, extracted(report)) for report in group]


def extracted(report: Report) -> Sequence[Predicted]:
    """Return what ``tallyman.extract.claims`` reads in a report."""
    found: Sequence[Predicted] = importlib.import_module("tallyman.extract").claims(report.document())
    return found


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--predictions", type=Path)
    for flag in ("--details", "--diff", "--update", "--allow-regression"):
        parser.add_argument(flag, action="store_true")
    return parser.parse_args()


if __name__ == "__main__":
    try:
        sys.exit(main())
    except TallymanError as problem:
        sys.exit(str(problem))
