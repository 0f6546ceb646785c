"""Verdicts on hand-made claims against the shipped statistics: the seeds' story and every kind of claim."""

from datetime import date
from decimal import Decimal

import pytest
from msgspec import structs

from tallyman.check import check
from tallyman.model import Anchor, Attribution, Claim, Comparison, Cue, Measure, Origin, Period, Quantity
from tallyman.providers import reference
from tallyman.series import Shelf

TODAY = date(2026, 11, 1)
BILLION = Decimal(10) ** 9


@pytest.fixture(scope="module")
def shelf():
    return Shelf(reference.observations())


def dollars(amount, bound="exact", step=None):
    value = Decimal(str(amount))
    return Quantity(
        value=value * BILLION,
        unit="USD",
        bound=bound,
        step=(Decimal(str(step)) if step else Decimal(1).scaleb(min(0, value.as_tuple().exponent))) * BILLION,
    )


def percent(amount, bound="exact"):
    value = Decimal(str(amount))
    return Quantity(
        value=value, unit="percent", bound=bound, step=Decimal(1).scaleb(min(0, value.as_tuple().exponent))
    )


def during(start, end, relation="during"):
    return Period(
        start=date.fromisoformat(start) if start else None,
        end=date.fromisoformat(end) if end else None,
        relation=relation,
    )


def year(number, relation="during"):
    return during(f"{number}-01-01", f"{number}-12-31", relation)


def claim(quantity, period=None, *, pair="RU-CN", indicator="total_trade", said=None, role="level", **fields):
    reporter, partner = pair.split("-")
    anchor = Anchor(start=0, end=1, exact="x")
    measure = Measure(
        indicator=indicator,
        reporter=reporter,
        partner=partner,
        product=fields.pop("product", None),
        basis=fields.pop("basis", "unspecified"),
    )
    values = {
        "id": "clm_test",
        "document_id": "doc_test",
        "path": None,
        "anchor": anchor,
        "clause": anchor,
        "quantity": quantity,
        "role": role,
        "measure": measure,
        "period": period or Period(),
        "modality": "actual",
        "attribution": Attribution(),
        "said_on": date.fromisoformat(said) if said else None,
        "origin": Origin(extractor="test", version="0", rule="test"),
    }
    return Claim(**(values | fields))


def verdicts(made, shelf, today=TODAY):
    """Both labels: as known on the day it was said, as known today."""
    return tuple(check(made, shelf, as_of=day).label for day in (made.said_on, today))


RISE = Comparison(direction="up", base="year_on_year")
FALL = Comparison(direction="down", base="year_on_year")


def test_more_than_forty_billion_in_four_months_is_supported(shelf):
    made = claim(dollars(40, "at_least"), during("2021-01-01", "2021-04-30"), pair="CN-RU", said="2021-06-04")
    verdict = check(made, shelf, as_of=made.said_on)
    assert verdict.label == "supported"
    assert verdict.observed == Decimal("40.207") * BILLION
    assert verdict.rule == "level.printed"


def test_printed_growth_of_the_same_months_is_supported(shelf):
    made = claim(
        percent("19.8"), during("2021-01-01", "2021-04-30"), role="change", comparison=RISE, said="2021-06-04"
    )
    assert verdicts(made, shelf) == ("supported", "supported")


def test_growth_since_a_day_of_the_running_year_is_that_of_its_months(shelf):
    since = during("2022-01-01", None, relation="since")
    made = claim(percent(25, bound="about"), since, role="change", comparison=RISE, said="2022-05-10")
    assert verdicts(made, shelf) == ("supported", "supported")


def test_several_years_above_a_mark_are_each_held_against_it(shelf):
    made = claim(dollars(100, "at_least"), during(None, "2020-12-31"), said="2021-06-04")
    verdict = check(made, shelf, as_of=made.said_on)
    assert verdict.label == "supported"
    assert "2018" in verdict.explanation
    assert len(verdict.evidence) == 3
    broken = claim(dollars(108, "at_least"), during(None, "2020-12-31"), said="2021-06-04")
    assert check(broken, shelf, as_of=broken.said_on).label == "refuted"


def test_a_figure_without_period_is_held_against_the_latest_year_known_that_day(shelf):
    made = claim(dollars(140), said="2022-02-04")
    then = check(made, shelf, as_of=made.said_on)
    assert then.label == "refuted"
    assert "146.887 billion on 2022-01-14" in then.explanation
    assert "139.5 billion to $141 billion" in then.explanation
    assert "2021, the latest complete year known on 2022-02-04" in then.explanation
    today = check(made, shelf, as_of=TODAY)
    assert today.label == "conflicting"
    assert {finding.provider: finding.label for finding in today.findings} == {
        "gacc": "refuted",
        "ru_officials": "supported",
        "fcs": "not_enough_evidence",
    }


def test_a_crossed_mark_has_no_upper_end(shelf):
    cue = Cue(field="bound", rule="crossing", anchor=Anchor(start=0, end=1, exact="x"))
    made = claim(dollars(100, "at_least"), year(2023), said="2024-02-01", cues=(cue,))
    assert verdicts(made, shelf) == ("supported", "supported")
    plain = claim(dollars(100, "at_least"), year(2023), said="2024-02-01")
    assert verdicts(plain, shelf) == ("refuted", "refuted")


def test_a_target_reached_in_eleven_months_is_supported(shelf):
    made = claim(dollars(200, "at_least"), during("2023-01-01", "2023-11-30"), said="2023-12-20")
    assert verdicts(made, shelf) == ("supported", "supported")


def test_a_growth_forecast_waits_for_its_year_and_then_came_out_low(shelf):
    made = claim(
        percent(25),
        year(2022, "by"),
        role="change",
        comparison=RISE,
        modality="forecast",
        deadline=date(2022, 12, 31),
        said="2022-12-30",
    )
    assert verdicts(made, shelf) == ("not_enough_evidence", "refuted")
    today = check(made, shelf, as_of=TODAY)
    assert "+29.3 %" in today.explanation
    assert "low" in today.explanation


def test_a_forecast_to_reach_an_amount_is_decided_when_it_is_reached(shelf):
    made = claim(
        dollars(200), year(2024, "by"), modality="forecast", deadline=date(2024, 12, 31), said="2021-06-04"
    )
    assert check(made, shelf, as_of=date(2023, 12, 6)).label == "not_enough_evidence"
    assert check(made, shelf, as_of=date(2023, 12, 7)).label == "supported"
    missed = claim(
        dollars(200), year(2020, "by"), modality="target", deadline=date(2020, 12, 31), said="2014-05-20"
    )
    assert verdicts(missed, shelf) == ("not_enough_evidence", "refuted")


def test_a_target_without_deadline_stays_open(shelf):
    made = claim(dollars(250), modality="target", said="2022-02-04")
    assert verdicts(made, shelf) == ("not_enough_evidence", "not_enough_evidence")


def test_an_expected_record_is_decided_by_the_year(shelf):
    cue = Cue(field="role", rule="record", anchor=Anchor(start=0, end=1, exact="x"))
    expected = {"role": "rank", "pair": "CN-RU", "cues": (cue,)}
    made = claim(None, year(2021), modality="forecast", said="2021-06-04", **expected)
    assert verdicts(made, shelf) == ("not_enough_evidence", "supported")
    no_record = claim(None, year(2025), said="2026-02-01", **expected)
    assert verdicts(no_record, shelf) == ("refuted", "refuted")


def test_commitments_and_volumes_are_not_guessed(shelf):
    gas = Quantity(value=10 * BILLION, unit="m3", step=BILLION)
    made = claim(gas, indicator="exports", product="natural gas", modality="commitment", said="2022-02-04")
    assert verdicts(made, shelf) == ("not_checkable", "not_checkable")
    oil = Quantity(value=Decimal(50_000_000), unit="t", step=Decimal(1_000_000))
    shipped = claim(oil, year(2021), indicator="exports", product="crude oil", said="2022-02-04")
    assert verdicts(shipped, shelf) == ("not_enough_evidence", "not_enough_evidence")


def test_flows_are_answered_by_the_reporter_and_mirrored_by_the_partner(shelf):
    own = claim(dollars("57.3"), during("2024-01-01", "2024-06-30"), pair="CN-RU", indicator="exports")
    mirrored = claim(dollars("57.3"), during("2024-01-01", "2024-06-30"), pair="RU-CN", indicator="imports")
    for made in (own, mirrored):
        verdict = check(made, shelf, as_of=TODAY)
        assert verdict.observed is not None or verdict.label == "not_enough_evidence"


def test_a_report_never_supports_itself():
    row = next(
        row for row in reference.observations() if row.measure.reporter == "CN" and row.value == 40207000000
    )
    quoted = structs.replace(row, id="obs_x", release_kind="second_hand", document_id="doc_test")
    made = claim(dollars("40.207"), during("2021-01-01", "2021-04-30"), said="2021-06-04")
    assert check(made, [quoted], as_of=TODAY).label == "not_enough_evidence"
    assert check(made, [structs.replace(quoted, document_id="doc_else")], as_of=TODAY).label == "supported"


def test_denials_turn_the_label(shelf):
    made = claim(dollars(200, "at_least"), year(2022), negated=True, said="2023-02-01")
    assert verdicts(made, shelf) == ("supported", "supported")


def test_unknown_pairs_say_so(shelf):
    verdict = check(claim(dollars(5), year(2022), pair="NZ-UY"), shelf, as_of=TODAY)
    assert verdict.label == "not_enough_evidence"
    assert "No provider here counts trade between New Zealand and Uruguay" in verdict.explanation


def test_doubling_aims_at_the_amount_its_clause_names(shelf):
    twice = Quantity(value=Decimal(2), unit="times", step=Decimal(1))
    goal = {"modality": "target", "deadline": date(2024, 12, 31), "said": "2022-12-30"}
    doubled = claim(twice, year(2024, "by"), role="multiple", comparison=RISE, id="clm_twice", **goal)
    named = claim(dollars(200), year(2024, "by"), id="clm_named", **goal)
    start = claim(dollars(100), id="clm_start", said="2022-12-30")
    clause = [doubled, named, start]
    verdict = check(doubled, shelf, as_of=TODAY, beside=clause)
    assert (verdict.label, verdict.claim_id) == ("supported", "clm_twice")
    assert check(start, shelf, as_of=TODAY, beside=clause).label == "not_checkable"
    alone = check(doubled, shelf, as_of=TODAY)
    assert (alone.label, alone.observed) == ("refuted", Decimal("244.819") * BILLION)


def test_a_named_base_is_doubled(shelf):
    twice = Quantity(value=Decimal(2), unit="times", step=Decimal(1))
    base = Comparison(direction="up", base="level", base_value=100 * BILLION)
    made = claim(
        twice, year(2024, "by"), role="multiple", modality="target", comparison=base, said="2022-12-30"
    )
    assert verdicts(made, shelf) == ("not_enough_evidence", "supported")


def test_a_figure_far_from_the_count_asks_for_a_second_look_at_its_sentence(shelf):
    far = claim(dollars("300.5"), year(2021), said="2022-01-20")
    (hint,) = check(far, shelf, as_of=far.said_on).suspicions
    assert "may speak of something else than trade between" in hint
    near = claim(dollars("160.7"), year(2021), said="2022-01-20")
    assert check(near, shelf, as_of=near.said_on).suspicions == ()


def test_hints_name_what_the_figure_would_be_true_of(shelf):
    made = claim(dollars("130.4"), year(2021), said="2022-01-20")
    (hint,) = check(made, shelf, as_of=made.said_on).suspicions
    assert hint.startswith("This may be a part of the year: China's customs (GACC) put trade in January-Nov")
    swapped = claim(dollars("114.1"), year(2022), pair="CN-RU", indicator="exports", said="2023-02-01")
    (hint,) = check(swapped, shelf, as_of=swapped.said_on).suspicions
    assert hint.startswith("Exports and imports may be exchanged")
    assert check(claim(dollars("146.9"), year(2021), said="2022-02-01"), shelf, as_of=TODAY).suspicions == ()


def test_a_balance_is_counted_by_both_sides(shelf):
    surplus = claim(
        dollars("99.2"),
        during("2024-04-01", "2025-03-31"),
        pair="CN-IN",
        indicator="balance",
        said="2025-05-01",
    )
    verdict = check(surplus, shelf, as_of=TODAY)
    assert (verdict.label, verdict.observed) == ("supported", Decimal("99.2") * BILLION)
    deficit = claim(
        dollars("99.2"),
        during("2024-04-01", "2025-03-31"),
        pair="IN-CN",
        indicator="balance",
        said="2025-05-01",
    )
    assert check(deficit, shelf, as_of=TODAY).label == "refuted"


def test_growth_on_the_month_before_is_recomputed(shelf):
    monthly = Comparison(direction="up", base="month_on_month")
    levels = [
        check(claim(dollars(1), during(f"2023-{month}-01", end), pair="CN-RU"), shelf, as_of=TODAY).observed
        for month, end in (("10", "2023-10-31"), ("11", "2023-11-30"))
    ]
    rate = ((levels[1] / levels[0] - 1) * 100).quantize(Decimal("0.1"))
    made = claim(
        percent(abs(rate)),
        during("2023-11-01", "2023-11-30"),
        pair="CN-RU",
        role="change",
        comparison=monthly if rate > 0 else Comparison(direction="down", base="month_on_month"),
    )
    verdict = check(made, shelf, as_of=TODAY)
    assert (verdict.label, verdict.rule) == ("supported", "growth.recomputed")
    assert "October 2023" in verdict.explanation
