"""Records of speakers: silent below ten claims, copies count once, intervals hold the truth."""

from datetime import date
from decimal import Decimal

import pytest
from test_check import BILLION, FALL, RISE, claim, dollars, percent, year

from tallyman.check import check
from tallyman.model import Verdict
from tallyman.providers import reference
from tallyman.series import Shelf
from tallyman.speakers import Said, naive, records


def said(amount, observed, label="supported", number=2000, name="A Minister", **fields):
    made = claim(dollars(amount), year(number), **fields)
    verdict = Verdict(
        claim_id=made.id,
        as_of=date(2026, 11, 1),
        label=label,
        observed=None if observed is None else Decimal(str(observed)) * BILLION,
        rule="test",
        explanation="x.",
    )
    return Said(name, made, verdict)


def test_below_ten_claims_there_is_no_record():
    nine = [said(100, 100, number=2000 + index) for index in range(9)]
    assert records(nine) == []
    assert records(nine * 5) == [], "copies of a claim are one claim"
    (record,) = records([*nine, said(100, 100, number=2010)])
    assert (record.claims, record.decided) == (10, 10)
    assert record.foresight is None


def test_shares_and_errors_come_with_intervals():
    rows = [
        said(103, 100, "supported" if index % 2 else "refuted", number=2000 + index) for index in range(20)
    ]
    (record,) = records(rows)
    assert record.supported.value == 0.5
    assert record.supported.low == pytest.approx(0.299, abs=0.001)
    assert record.supported.high == pytest.approx(0.701, abs=0.001)
    assert record.error.value == pytest.approx(3.0)
    assert record.rounded_up.value == 1.0


def test_undecided_claims_count_but_do_not_weigh():
    rows = [said(100, None, "not_enough_evidence", number=2000 + index) for index in range(12)]
    (record,) = records(rows)
    assert (record.claims, record.decided, record.supported) == (12, 0, None)


def test_forecasts_are_held_against_no_change():
    shelf = Shelf(reference.observations())
    made = claim(
        percent(25), year(2022), role="change", comparison=RISE, modality="forecast", said="2022-06-30"
    )
    assert naive(made, shelf, said_on=made.said_on) == 0
    level = claim(dollars(200), year(2023), modality="forecast", said="2023-03-21")
    assert naive(level, shelf, said_on=level.said_on) in (Decimal("190.271") * BILLION, 185 * BILLION)
    assert naive(claim(dollars(200), year(2023)), shelf, said_on=date(2023, 3, 21)) is None


def test_foresight_counts_forecasts_nearer_than_no_change():
    shelf = Shelf(reference.observations())
    rows = []
    for index, (number, growth) in enumerate([(2021, 30), (2022, 25), (2023, 20), (2024, 5), (2025, 5)] * 2):
        made = claim(
            percent(growth + index // 5),
            year(number),
            pair="CN-RU",
            role="change",
            comparison=FALL if number == 2025 else RISE,
            modality="forecast",
            said=f"{number}-06-30",
        )
        verdict = check(made, shelf, as_of=date(2026, 11, 1))
        rows.append(Said("An Expert", made, verdict, naive(made, shelf, said_on=made.said_on)))
    (record,) = records(rows)
    assert record.foresight.value == pytest.approx(0.8), "only 2024, +1.9 %, was nearer to no change"
