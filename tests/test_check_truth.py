"""The hand-made labels of eval/verdicts.toml hold, and the file covers every trap."""

import sys
import tomllib
from collections import Counter
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "eval"))
import verdicts


@pytest.fixture(scope="module")
def found():
    return verdicts.outcomes()


def test_the_floor_holds(found):
    wrong = [outcome for outcome in found if not outcome.right]
    listed = "\n".join(f"{o.on} {verdicts.describe(o.row)}: {o.verdict.explanation}" for o in wrong)
    assert 1 - len(wrong) / len(found) >= verdicts.floor(), listed


def test_every_trap_is_set_at_least_twice(found):
    named = tomllib.loads(verdicts.TRUTH.read_text("utf-8"))["traps"]
    set_traps = Counter(trap for outcome in found for trap in outcome.row.get("traps", []))
    assert set(set_traps) == set(named)
    assert min(set_traps.values()) >= 2
    assert len({id(outcome.row) for outcome in found}) >= 150


def test_every_decided_verdict_carries_its_evidence(found):
    for outcome in found:
        verdict = outcome.verdict
        assert verdict.explanation.endswith(".")
        if verdict.label in ("supported", "refuted", "conflicting"):
            assert verdict.evidence
            assert verdict.observed is not None
