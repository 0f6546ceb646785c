"""Prints and their revisions: made-up ones, and the 134 rows of China's customs where the facts are at hand."""

import csv
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_series import row

from tallyman.mirror import mirror
from tallyman.providers import reference
from tallyman.revisions import revisions

FACTS = Path(__file__).parents[2] / "shared" / "facts" / "gacc_implied_bases.csv"
LATE = date(2030, 1, 1)
BILLION = Decimal(10) ** 9
INDICATOR = {"total": "total_trade", "export": "exports", "import": "imports"}
READING = {"base revised up": "revised up", "base revised down": "revised down", "consistent": "consistent"}
# Two pages of one day print 61.44 and 61.45 for imports in January-July 2022: neither comes first.
CONTRADICTED = {("2023-07", "import")}


def growth(start, end, value, **fields):
    return row(start, end, value, **({"role": "change", "unit": "percent", "step": "0.1"} | fields))


def year(number, value, **fields):
    return row(f"{number}-01-01", f"{number}-12-31", value, **fields)


def test_a_first_print_is_refined_but_not_replaced():
    rows = [
        year(2021, 147, released="2022-01-14", step=1),
        year(2021, "146.9", released="2022-01-20", step="0.1"),
        year(2021, "148.2", released="2022-06-01", step="0.1"),
    ]
    (found,) = revisions(rows, as_of=LATE)
    assert (found.first.value, found.latest.value) == (Decimal("146.9"), Decimal("148.2"))
    assert round(found.change, 2) == Decimal("0.88")
    (then,) = revisions(rows, as_of=date(2022, 2, 1))
    assert (then.latest.value, then.change) == (Decimal("146.9"), 0)


def test_printed_growth_implies_its_own_base():
    rows = [
        year(2022, 100),
        year(2023, 120),
        growth("2023-01-01", "2023-12-31", 15, step="0.1"),
    ]
    _, found = revisions(rows, as_of=LATE)
    assert (found.recomputed, found.base_reading) == (20, "revised up")
    assert found.implied_low < found.implied == 120 / Decimal("1.15") < found.implied_high


def test_a_fall_to_nothing_implies_no_base():
    rows = [year(2023, 0), growth("2023-01-01", "2023-12-31", -100)]
    (found,) = revisions(rows, as_of=LATE)
    assert (found.printed, found.implied, found.recomputed) == (None, None, None)


def test_suspect_second_hand_and_converted_rows_are_left_out():
    rows = [
        year(2023, 1, status="suspect"),
        year(2023, 2, release_kind="second_hand"),
        year(2023, 3, currency="CNY"),
    ]
    assert revisions(rows, as_of=LATE) == []


@given(base=st.integers(1, 10**6), rate=st.integers(-900, 5000))
def test_a_base_that_was_never_revised_is_consistent(base, rate):
    share = 1 + Decimal(rate) / 1000
    rows = [
        year(2022, base),
        year(2023, round(base * share, 6), step="0.000001"),
        growth("2023-01-01", "2023-12-31", Decimal(rate) / 10),
    ]
    *_, found = revisions(rows, as_of=LATE)
    assert found.base_reading == "consistent"


@pytest.mark.skipif(not FACTS.exists(), reason="../shared/facts is not here")
def test_the_implied_bases_of_chinas_customs():
    rows = [row for row in reference.observations() if row.provider == "gacc"]
    found = {
        (one.period.end, one.measure.indicator): one
        for one in revisions(rows, as_of=LATE)
        if {one.measure.reporter, one.measure.partner} == {"CN", "RU"} and one.period.start.month == 1
    }
    wanted = list(csv.DictReader(FACTS.read_text("utf-8").splitlines()))
    assert len(wanted) == 134
    ours = {(end.strftime("%Y-%m"), indicator): one for (end, indicator), one in found.items()}
    for fact in wanted:
        if (fact["period_end"], fact["flow"]) not in CONTRADICTED:
            assert told(ours[fact["period_end"], INDICATOR[fact["flow"]]]) == expected(fact)


def told(one):
    return (
        one.first.value / BILLION,
        one.printed.value,
        one.base.value / BILLION,
        round(one.recomputed, 2),
        *(round(value / BILLION, 3) for value in (one.implied, one.implied_low, one.implied_high)),
        one.base_reading,
    )


def expected(fact):
    columns = (
        "value_usd_bn",
        "printed_yoy_pct",
        "first_base_usd_bn",
        "recomputed_yoy_pct",
        "implied_base_usd_bn",
        "implied_base_low",
        "implied_base_high",
    )
    return (*(Decimal(fact[column]) for column in columns), READING[fact["verdict"]])


def test_the_mirror_sets_exports_against_what_the_other_side_imports():
    rows = [*reference.observations()]
    found = mirror(rows, ("CN", "RU"), as_of=LATE)
    (exports,) = [gap for gap in found if gap.measure.indicator == "exports"]
    assert (exports.one.provider, exports.one.indicator, exports.one.valued) == ("gacc", "exports", "FOB")
    assert (exports.other.provider, exports.other.indicator, exports.other.valued) == (
        "fcs",
        "imports",
        "CIF",
    )
    assert exports.gap == Decimal("8.8")
    (turned,) = [gap for gap in mirror(rows, ("RU", "CN"), as_of=LATE) if gap.measure.indicator == "imports"]
    assert (turned.one, turned.other, turned.gap) == (exports.other, exports.one, exports.gap)


def test_the_mirror_of_a_day_knows_nothing_later():
    day = date(2022, 2, 1)
    found = mirror(reference.observations(), ("CN", "RU"), as_of=day)
    assert found
    assert all(max(gap.one.known_on, gap.other.known_on) <= day for gap in found)
