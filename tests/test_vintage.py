from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from tallyman import vintage
from tallyman.model import Measure, Observation, Period
from tallyman.providers.rows import identified

YEAR = Period(start=date(2021, 1, 1), end=date(2021, 12, 31), relation="during")
TRADE = Measure(indicator="total_trade", reporter="CN", partner="RU", basis="goods")


def row(value, day, kind="source", status="normal", currency="USD"):
    printed = Decimal(value)
    return identified(
        Observation(
            id="",
            provider="gacc",
            measure=TRADE,
            role="level",
            period=YEAR,
            value=printed,
            unit="USD",
            currency=currency,
            step=Decimal(1).scaleb(printed.as_tuple().exponent),
            status=status,
            released_on=date.fromisoformat(day),
            release_kind=kind,
        )
    )


def values(rows, as_of):
    return [str(found.value) for found in vintage.known(rows, as_of=date.fromisoformat(as_of))]


def test_an_earlier_day_sees_only_what_was_released():
    rows = [row("146.887", "2022-01-14"), row("146.87", "2022-01-27")]
    assert values(rows, "2022-01-13") == []
    assert values(rows, "2022-01-14") == ["146.887"]
    assert values(rows, "2022-01-27") == ["146.87"]


def test_fewer_digits_do_not_displace_what_they_round_or_cut_off():
    rows = [row("146.887", "2022-01-14"), row("146.9", "2022-04-13", "recap"), row("146.88", "2022-07-01")]
    assert values(rows, "2022-12-31") == ["146.887"]


def test_a_repetition_of_an_older_vintage_does_not_come_back():
    rows = [row("146.887", "2022-01-14"), row("146.87", "2022-01-27"), row("146.887", "2022-07-13", "recap")]
    assert values(rows, "2022-12-31") == ["146.87"]


def test_a_release_itself_may_return_to_an_older_value():
    rows = [row("5.0", "2022-01-14"), row("6.0", "2022-02-14"), row("5.0", "2022-03-14")]
    assert values(rows, "2022-12-31") == ["5.0"]


def test_a_contradiction_beyond_its_own_rounding_displaces():
    assert values([row("146.887", "2022-01-14"), row("147", "2022-05-01", "recap")], "2022-12-31") == [
        "146.887"
    ]
    assert values([row("146.887", "2022-01-14"), row("148", "2022-05-01", "recap")], "2022-12-31") == ["148"]


def test_more_digits_refine():
    rows = [row("240.1", "2024-01-12"), row("240.11", "2024-03-07", "recap")]
    assert values(rows, "2024-03-06") == ["240.1"]
    assert values(rows, "2024-03-07") == ["240.11"]


def test_the_first_print_of_a_value_is_the_evidence():
    rows = [row("146.887", "2022-02-01"), row("146.887", "2022-01-14")]
    (found,) = vintage.known(rows, as_of=date(2022, 12, 31))
    assert found.released_on == date(2022, 1, 14)


def test_a_suspect_row_counts_only_alone():
    alone = [row("177", "2021-07-15", status="suspect")]
    assert values(alone, "2022-01-01") == ["177"]
    assert values([*alone, row("107.76", "2021-01-14")], "2022-01-01") == ["107.76"]


def test_a_second_hand_row_counts_only_where_no_office_has_printed():
    quoted = row("0.1341", "2023-08-08", "second_hand")
    assert values([quoted, row("134.1", "2023-08-07")], "2023-12-31") == ["134.1"]
    assert values([quoted, row("134.1", "2023-08-07", status="suspect")], "2023-12-31") == ["0.1341"]


def test_on_one_day_the_more_exact_print_counts():
    rows = [
        row("218.176", "2023-12-07"),
        row("218.17", "2023-12-07"),
        row("218.2", "2023-12-07", status="rounded"),
    ]
    assert values(rows, "2023-12-07") == ["218.176"]


def test_a_yuan_conversion_never_replaces_a_dollar_count():
    rows = [row("228.105", "2026-01-14"), row("234", "2026-01-15", status="converted", currency="CNY")]
    assert values(rows, "2026-02-01") == ["228.105", "234"]


def test_a_fall_is_rounded_towards_and_away_from_zero():
    assert vintage.rounds_to(Decimal("-6.87"), Decimal("-6.9"), Decimal("0.1"))
    assert vintage.rounds_to(Decimal("-6.87"), Decimal("-6.8"), Decimal("0.1"))
    assert not vintage.rounds_to(Decimal("-6.87"), Decimal("6.9"), Decimal("0.1"))


PRINTS = st.builds(
    row,
    st.sampled_from(["0", "5", "5.0", "5.04", "5.1", "-5", "-5.1", "6", "14.96", "15"]),
    st.dates(date(2022, 1, 1), date(2022, 1, 9)).map(str),
    st.sampled_from(list(vintage.CLOSENESS)),
    st.sampled_from(list(vintage.STANDING)),
)


@given(st.lists(PRINTS, max_size=8), st.dates(date(2021, 12, 31), date(2022, 1, 10)), st.randoms())
def test_the_answer_depends_neither_on_order_nor_on_the_future(rows, day, random):
    found = vintage.known(rows, as_of=day)
    assert all(one.released_on <= day for one in found)
    shuffled = list(rows)
    random.shuffle(shuffled)
    assert vintage.known(shuffled, as_of=day) == found
    assert vintage.known([one for one in rows if one.released_on <= day], as_of=day) == found
