"""What comes out of the bundled reports, line by line: one golden file a report.

After a change that is meant: ``python tests/test_golden.py`` writes the files anew; read the difference.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tallyman import demo
from tallyman.cli.views import subject
from tallyman.ledger import Ledger
from tallyman.publish import words

GOLDEN = Path(__file__).parent / "golden"
TODAY = date(2026, 11, 1)


def told(ledger, document):
    """Return a line a claim: the figure as printed, what it was read as, and both verdicts."""
    lines = []
    for row in ledger.check(document, as_of=TODAY):
        claim = row.claim
        read = (
            claim.anchor.exact,
            words.figure(claim),
            subject(claim.measure),
            words.period(claim.period),
            claim.modality,
            words.who(claim.attribution),
            f"{row.verdict_then.label}, {row.verdict_today.label}",
        )
        lines.append(" | ".join(" ".join(part.split()) for part in read))
    return "".join(f"{line}\n" for line in lines)


def golden(document):
    return GOLDEN / Path(document.path).name


@pytest.fixture(scope="module")
def ledger():
    with Ledger() as book:
        yield book


@pytest.mark.parametrize("document", demo.documents(), ids=lambda document: Path(document.path).stem)
def test_a_bundled_report_gives_what_it_gave(ledger, document):
    assert told(ledger, document) == golden(document).read_text("utf-8")


if __name__ == "__main__":
    GOLDEN.mkdir(exist_ok=True)
    with Ledger() as book:
        for report in demo.documents():
            golden(report).write_text(told(book, report), "utf-8")
