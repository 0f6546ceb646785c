"""The floors: scores on the gold that a change may not fall below, bound to the texts they were set on.

A field's floor counts its right answers among all claims of the gold: on the claims found alone, a reader
that finds more would look worse.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from gold import corpus_hash
from match import FIELDS

from tallyman.model import TallymanError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from match import Outcome
    from scores import Scores

FLOORS = Path(__file__).parent / "floors.json"
SLACK = 0.005


def floors(path: Path = FLOORS) -> Scores:
    """Return the scores that must be reached, or nothing before the first update."""
    return dict(json.loads(path.read_text())["floors"]) if path.exists() else {}


def broken(scores: Scores, path: Path = FLOORS) -> list[str]:
    """Return one line per broken floor, and one if the gold changed since they were set."""
    if not path.exists():
        return [f"{path.name}: no floors yet; run eval/run.py --update"]
    lines = [
        f"FLOOR BROKEN: {name} {scores[name]:.2f}, floor {floor:.2f}"
        for name, floor in floors(path).items()
        if _worse(name, scores[name], floor)
    ]
    if json.loads(path.read_text())["corpus_sha256"] != corpus_hash():
        lines.append("FLOORS STALE: eval/gold changed since they were set; run eval/run.py --update")
    return lines


def update(
    scores: Scores, results: Sequence[Outcome], *, allow_regression: bool, path: Path = FLOORS
) -> None:
    """Write the scores reached as the new floors; refuses to lower one unless regression is allowed."""
    lower = [
        f"{name} {floor:.2f} -> {scores[name]:.2f}"
        for name, floor in floors(path).items()
        if _worse(name, scores[name], floor)
    ]
    if lower and not allow_regression:
        raise TallymanError(
            f"{path.name}: floors sink ({', '.join(lower)}); mend the extractor or use --allow-regression"
        )
    claims = [claim for result in results for claim in result.report.claims if not claim.optional]
    content = {
        "corpus_sha256": corpus_hash(),
        "reports": len(results),
        "distractors": sum(result.report.kind == "distractor" for result in results),
        "claims": len(claims),
        "figures": sum(result.figures()[1] for result in results),
        "floors": {name: _floor(name, score) for name, score in scores.items() if name not in FIELDS},
    }
    path.write_text(json.dumps(content, indent=1) + "\n")


def _worse(name: str, score: float, floor: float) -> bool:
    return score > floor + SLACK if _is_alarm(name) else score < floor - SLACK


def _floor(name: str, score: float) -> float:
    return round(score + SLACK if _is_alarm(name) else score - SLACK, 2)


def _is_alarm(name: str) -> bool:
    return name.startswith("false")
