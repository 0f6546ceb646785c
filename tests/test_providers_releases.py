from datetime import date
from decimal import Decimal

import pytest
from msgspec.structs import replace

from tallyman.ids import content_id, text_sha256
from tallyman.model import (
    Anchor,
    Attribution,
    Claim,
    Comparison,
    Document,
    Measure,
    Origin,
    Period,
    Quantity,
)
from tallyman.providers import releases

TEXT = "Trade reached $134.1 billion in seven months, customs data showed."
REPORT = Document(
    id=content_id("doc", TEXT),
    text=TEXT,
    sha256=text_sha256(TEXT),
    url="https://example.org/1",
    outlet="Meridian Wire",
    published_on=date(2023, 8, 8),
)
SEVEN_MONTHS = Period(start=date(2023, 1, 1), end=date(2023, 7, 31), relation="during")
AMOUNT = Quantity(value=Decimal(134100000000), unit="USD", step=Decimal(100000000))


def claim(speaker="General Administration of Customs", **changed):
    anchor = Anchor(start=14, end=28, exact="$134.1 billion")
    made = Claim(
        id="clm_1",
        document_id=REPORT.id,
        path=None,
        anchor=anchor,
        clause=anchor,
        quantity=AMOUNT,
        role="level",
        measure=Measure(indicator="total_trade", reporter="CN", partner="RU"),
        period=SEVEN_MONTHS,
        modality="actual",
        attribution=Attribution(speaker=speaker),
        origin=Origin(extractor="test", version="0", rule="test"),
    )
    return replace(made, **changed)


def printed(*claims, report=REPORT):
    return list(releases.observations(report, claims))


def test_a_figure_of_an_office_is_a_second_hand_print_of_its_release():
    (row,) = printed(claim())
    assert (row.provider, row.value, row.step, row.unit, row.currency) == (
        "gacc",
        AMOUNT.value,
        AMOUNT.step,
        "USD",
        "USD",
    )
    assert (row.release_kind, row.document_id, row.released_on) == (
        "second_hand",
        REPORT.id,
        date(2023, 8, 8),
    )
    assert (row.source_url, row.note, row.measure.basis) == (REPORT.url, "quoted by Meridian Wire", "goods")


def test_the_office_of_the_partner_sees_the_flow_from_its_side():
    (row,) = printed(
        claim(
            "the Federal Customs Service", measure=Measure(indicator="exports", reporter="CN", partner="RU")
        )
    )
    assert (row.provider, row.measure.indicator, row.measure.reporter, row.measure.partner) == (
        "fcs",
        "imports",
        "RU",
        "CN",
    )


def test_a_ministry_quotes_the_customs_of_its_country():
    (row,) = printed(claim("Chinese commerce ministry"))
    assert row.provider == "gacc"


def test_a_fall_is_negative_and_its_currency_is_not_guessed():
    (row,) = printed(
        claim(
            role="change",
            quantity=Quantity(value=Decimal("6.9"), unit="percent", step=Decimal("0.1")),
            comparison=Comparison(direction="down"),
        )
    )
    assert (row.role, row.value, row.unit, row.currency) == ("change", Decimal("-6.9"), "percent", None)


def test_a_hedged_figure_is_rounded():
    (row,) = printed(claim(quantity=replace(AMOUNT, bound="about")))
    assert row.status == "rounded"


@pytest.mark.parametrize(
    "unfit",
    [
        claim("Vladimir Putin"),
        claim(None),
        claim("TurkStat"),
        claim(negated=True),
        claim(modality="forecast"),
        claim(quantity=None),
        claim(quantity=replace(AMOUNT, bound="at_least")),
        claim(quantity=replace(AMOUNT, unit="t")),
        claim(quantity=replace(AMOUNT, value=Decimal(40))),
        claim(role="share"),
        claim(role="change", quantity=Quantity(value=Decimal(7), unit="percent")),
        claim(measure=Measure(indicator="investment", reporter="CN", partner="RU")),
        claim(measure=Measure(indicator="total_trade")),
        claim(period=Period()),
        claim(period=Period(start=date(2023, 1, 1), end=date(2023, 12, 31))),
    ],
)
def test_what_is_no_print_of_an_office(unfit):
    assert printed(unfit) == []


def test_a_report_without_a_day_prints_nothing():
    assert printed(claim(), report=replace(REPORT, published_on=None)) == []
