"""Amounts in another currency are held against converted counts, and the verdict names the rate."""

from datetime import date
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallyman.check import check
from tallyman.model import (
    Anchor,
    Claim,
    Comparison,
    Measure,
    Observation,
    Origin,
    Period,
    Quantity,
)
from tallyman.providers import rates, reference
from tallyman.series import Shelf

TODAY = date(2026, 11, 1)
BILLION = 10**9
YEARS = range(2012, 2026)
CURRENCIES = ("AUD", "BRL", "CNY", "EUR", "GBP", "INR", "JPY", "KRW", "USD", "ZAR")


@pytest.fixture(scope="module")
def shelf():
    return Shelf(reference.observations())


def year(number):
    return date(number, 1, 1), date(number, 12, 31)


def claim(billions, unit, span, *, step=10, role="level", pair="CN-RU", **fields):
    anchor = Anchor(start=0, end=1, exact="x")
    return Claim(
        id="clm_test",
        document_id="doc_test",
        path=None,
        anchor=anchor,
        clause=anchor,
        quantity=Quantity(value=Decimal(billions) * BILLION, unit=unit, step=Decimal(step) * BILLION),
        role=role,
        measure=Measure(indicator="total_trade", reporter=pair[:2], partner=pair[3:]),
        period=Period(start=span[0], end=span[1], relation="during"),
        said_on=TODAY,
        origin=Origin(extractor="test", version="0", rule="test"),
        **({"modality": "actual"} | fields),
    )


def test_a_yuan_total_is_held_against_dollars_at_the_rate_of_the_year(shelf):
    verdict = check(claim(1280, "CNY", year(2022)), shelf, as_of=TODAY)
    assert (verdict.label, verdict.rule) == ("supported", "level.converted")
    assert verdict.observed == Decimal(190_271_000_000) * Decimal("6.7290")
    assert "$190.271 billion converted at CN¥6.729 for $1" in verdict.explanation
    assert "the average of 2022 by the Federal Reserve" in verdict.explanation


def test_a_rate_that_customs_imply_says_so(shelf):
    verdict = check(claim(1630, "CNY", year(2025)), shelf, as_of=TODAY)
    assert verdict.label == "supported"
    assert "printed one total in both currencies" in verdict.explanation


def test_a_converted_count_does_not_refute(shelf):
    verdict = check(claim(1500, "CNY", year(2022)), shelf, as_of=TODAY)
    assert (verdict.label, verdict.rule) == ("not_enough_evidence", "level.converted")
    assert "does not refute" in verdict.explanation


@pytest.mark.parametrize(
    ("unit", "span"), [("UAH", year(2022)), ("CNY", (date(2022, 1, 1), date(2022, 5, 31)))]
)
def test_without_a_rate_the_verdict_says_which_one_is_missing(shelf, unit, span):
    verdict = check(claim(500, unit, span), shelf, as_of=TODAY)
    assert (verdict.label, verdict.rule) == ("not_enough_evidence", "no_rate")
    assert f"no rate of exchange between USD and {unit}" in verdict.explanation


def test_an_amount_in_the_currency_of_a_count_is_never_converted(shelf):
    verdict = check(claim(200, "USD", year(2022), step=1), shelf, as_of=TODAY)
    assert verdict.label == "refuted"
    pounds = check(claim(36, "GBP", year(2022), step=1, pair="GB-IN"), shelf, as_of=TODAY)
    assert (pounds.label, pounds.rule) == ("supported", "level.printed")


@pytest.mark.parametrize(
    "fields",
    [
        {"role": "change", "comparison": Comparison(direction="up")},
        {"modality": "target", "deadline": date(2022, 12, 31)},
        {"modality": "forecast"},
    ],
)
def test_growth_and_what_is_ahead_are_never_converted(shelf, fields):
    verdict = check(claim(1280, "CNY", year(2022), **fields), shelf, as_of=TODAY)
    assert (verdict.label, verdict.rule) == ("not_enough_evidence", "no_series")


def test_years_that_are_summed_up_are_converted_each_at_its_own_rate():
    rows = [
        Observation(
            id=f"obs_{number}",
            provider="gacc",
            measure=Measure(indicator="total_trade", reporter="CN", partner="RU", basis="goods"),
            role="level",
            period=Period(start=year(number)[0], end=year(number)[1]),
            value=Decimal(100 * BILLION),
            unit="USD",
            currency="USD",
            step=Decimal(BILLION),
            released_on=date(2024, 1, 1),
            release_kind="source",
        )
        for number in (2021, 2022)
    ]
    verdict = check(claim(1318, "CNY", (date(2021, 1, 1), date(2022, 12, 31)), step=1), rows, as_of=TODAY)
    assert (verdict.label, verdict.observed) == ("supported", Decimal("1317.98") * BILLION)


@given(st.sampled_from(CURRENCIES), st.sampled_from(CURRENCIES), st.sampled_from(YEARS))
def test_there_and_back_gives_the_same_amount(one, other, number):
    there, back = (
        rates.conversion(one, other, year(number)),
        rates.conversion(other, one, year(number)),
    )
    assert (there is None) == (back is None)
    if there is not None and back is not None:
        assert abs(there.factor * back.factor - 1) < Decimal("1e-20")
        assert (there.error, set(there.rates)) == (back.error, set(back.rates))


def test_a_rate_is_never_taken_from_another_span():
    assert rates.conversion("USD", "CNY", (date(2022, 1, 1), date(2022, 11, 30))) is None
    assert rates.conversion("USD", "CNY", (date(2024, 4, 1), date(2024, 4, 30))).factor == Decimal("7.2374")


def test_every_rate_has_a_source_and_plausible_digits():
    rows = list(rates._rates().values())
    assert len(rows) == 293
    assert all(row.source_url.startswith("http") and row.value > 0 and row.step > 0 for row in rows)
    assert all(row.kind == "average" or row.note for row in rows)
    by_currency = {}
    for row in sorted(rows, key=lambda row: row.start):
        by_currency.setdefault((row.base, row.quote), []).append(row.value)
    for values in by_currency.values():
        assert all(max(pair) < 2 * min(pair) for pair in pairwise(values))


@pytest.mark.parametrize(("currency", "peg"), [("SAR", "3.75"), ("AED", "3.6725")])
def test_pegs_do_not_move(currency, peg):
    rows = [row for row in rates._rates().values() if row.quote == currency]
    assert {row.value for row in rows} == {Decimal(peg)}
    assert rates.conversion(currency, "USD", year(2022)).factor == 1 / Decimal(peg)


def test_the_averages_agree_with_what_customs_printed_in_both_currencies():
    """CN¥1.28 trillion and $190.271 billion are one total; so are half a unit either way and the year's average."""
    found = rates.conversion("USD", "CNY", year(2022))
    assert Decimal(1275) < Decimal("190.271") * found.factor < Decimal(1285)
