"""The rules of judgement against hand-made labels: eval/verdicts.toml.

    python eval/verdicts.py            # one line per miss, then the score per trap
    python eval/verdicts.py --all      # every verdict with its sentence

Exits 1 below the floor in the file.
"""

from __future__ import annotations

import sys
import tomllib
from collections import defaultdict
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from tallyman.check import check
from tallyman.model import Anchor, Claim, Comparison, Cue, Measure, Origin, Period, Quantity
from tallyman.period import month_end
from tallyman.providers import reference
from tallyman.series import Shelf

if TYPE_CHECKING:
    from tallyman.model import Verdict

TRUTH = Path(__file__).with_name("verdicts.toml")
BILLION = Decimal(10) ** 9
PLAIN_UNITS = ("percent", "pp", "times", "count", "")
SPOT = Anchor(start=0, end=1, exact="a record")
FIELD_OF_CUE = {"crossing": "bound", "below": "bound"}
NOBODY = "?"


class Outcome(NamedTuple):
    """One expectation and the verdict that was given."""

    row: dict[str, Any]
    on: date
    expected: str
    verdict: Verdict

    @property
    def right(self) -> bool:
        """Whether the label and the suspicion are as expected."""
        hint = self.row.get("hint")
        raised = hint is None or any(hint in suspicion for suspicion in self.verdict.suspicions)
        return self.verdict.label == self.expected and raised


def outcomes(path: Path = TRUTH) -> list[Outcome]:
    """Return every expectation of the file with the verdict of this version."""
    shelf = Shelf(reference.observations())
    found = []
    for row in tomllib.loads(path.read_text("utf-8"))["claims"]:
        claim, beside = claim_of(row), besides(row)
        for day, label in row["expect"].items():
            on = date.fromisoformat(day)
            found.append(Outcome(row, on, label, check(claim, shelf, as_of=on, beside=beside)))
    return found


def floor(path: Path = TRUTH) -> float:
    """Return the share that must be right."""
    return float(tomllib.loads(path.read_text("utf-8"))["floor"])


def claim_of(row: dict[str, Any]) -> Claim:
    """Return the claim that a row describes."""
    reporter, partner = (None if area == NOBODY else area for area in row["pair"].split("-"))
    start, end = span(row.get("period", ""))
    base_start, base_end = span(row.get("base", ""))
    cue = row.get("cue")
    moved = row.get("moves") is not None or base_start is not None
    return Claim(
        id="clm_truth",
        document_id="doc_truth",
        path=None,
        anchor=SPOT,
        clause=SPOT,
        quantity=quantity(row),
        role=row.get("role", "level"),
        measure=Measure(
            indicator=row.get("of", "total_trade"),
            reporter=reporter,
            partner=partner,
            product=row.get("product"),
            basis=row.get("on", "unspecified"),
        ),
        period=Period(start=start, end=end, relation=row.get("relation", "during")),
        modality=row.get("modality", "actual"),
        deadline=row.get("deadline"),
        comparison=Comparison(direction=row.get("moves"), base_start=base_start, base_end=base_end)
        if moved
        else None,
        said_on=row["said"],
        negated=row.get("negated", False),
        cues=(Cue(field=FIELD_OF_CUE.get(cue, "role"), rule=cue, anchor=SPOT),) if cue else (),
        origin=Origin(extractor="hand", version="1", rule="verdicts.toml"),
    )


def besides(row: dict[str, Any]) -> tuple[Claim, ...]:
    """Return the level in another currency that stands beside a rate."""
    if "beside" not in row:
        return ()
    return (claim_of({**row, "role": "level", "is": "1280", "unit": row["beside"], "moves": None}),)


def quantity(row: dict[str, Any]) -> Quantity | None:
    """Return the figure in full units; its written digits give the step."""
    if "is" not in row:
        return None
    unit = row.get("unit", "USD")
    scale = Decimal(1) if unit in PLAIN_UNITS else BILLION
    written = Decimal(row["is"])
    step = Decimal(1).scaleb(min(0, int(written.as_tuple().exponent)))
    return Quantity(
        value=written * scale,
        value_max=Decimal(row["to"]) * scale if "to" in row else None,
        unit=unit,
        bound=row.get("bound", "exact"),
        step=None if row.get("words") else step * scale,
    )


def span(words: str) -> tuple[date | None, date | None]:
    """Return the days of ``2021``, ``2021-04``, ``2021-01..2021-04``, ``..2020`` or ``2018..``."""
    first, dots, last = words.partition("..")
    start = _first_day(first) if first else None
    end = _last_day(last if dots else first) if (last if dots else first) else None
    return start, end


def _first_day(words: str) -> date:
    return date(int(words[:4]), int(words[5:] or 1), 1)


def _last_day(words: str) -> date:
    return month_end(date(int(words[:4]), int(words[5:] or 12), 1))


def describe(row: dict[str, Any]) -> str:
    """Return a claim in one line."""
    shown = {key: value for key, value in row.items() if key not in ("expect", "traps", "from", "said")}
    return " ".join(f"{value}" if key in ("pair", "is") else f"{key}={value}" for key, value in shown.items())


def report(found: list[Outcome], *, everything: bool) -> float:
    """Print the misses and the score per trap; return the share that is right."""
    by_trap: defaultdict[str, list[bool]] = defaultdict(list)
    for outcome in found:
        verdict = outcome.verdict
        for trap in [*outcome.row.get("traps", ["plain"]), "all"]:
            by_trap[trap].append(outcome.right)
        if everything or not outcome.right:
            mark = "right" if outcome.right else "MISS "
            print(f"{mark} {outcome.on} {describe(outcome.row)} [{outcome.row['from']}]")
            print(f"      expected {outcome.expected}, got {verdict.label}: {verdict.explanation}")
            print("".join(f"      {suspicion}\n" for suspicion in verdict.suspicions), end="")
    for trap, rights in sorted(by_trap.items()):
        print(f"{trap:16} {sum(rights):4} of {len(rights):4}")
    share = sum(outcome.right for outcome in found) / len(found)
    print(f"right: {share:.3f}, floor {floor()}")
    return share


def main(arguments: list[str]) -> int:
    """Print the report."""
    return int(report(outcomes(), everything="--all" in arguments) < floor())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
