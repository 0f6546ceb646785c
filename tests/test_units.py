from __future__ import annotations

import doctest
import re
import tomllib
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallyman import areas, extract, quantity
from tallyman.model import Quantity, TallymanError

LEXICON = Path(__file__).parents[1] / "src" / "tallyman" / "lexicon"
FINITE = st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**16), max_value=10**16)


def amount(value: str, unit: str, *, value_max: str | None = None, step: str | None = None) -> Quantity:
    return Quantity(
        value=Decimal(value),
        value_max=Decimal(value_max) if value_max else None,
        unit=unit,
        step=Decimal(step) if step else None,
    )


def tables(language: str = "en") -> dict[str, list[dict]]:
    return tomllib.loads((LEXICON / f"{language}_units.toml").read_text(encoding="utf-8"))


def surfaces(row: dict) -> list[str]:
    return [*row.get("words", ()), *row.get("exact", ())]


def test_the_examples_in_the_docstrings_hold():
    assert doctest.testmod(quantity).failed == 0


@pytest.mark.parametrize(
    ("given_amount", "printed"),
    [
        (amount("146887000000", "USD"), "$146.887 billion"),
        (amount("40000000000", "USD", step="100000000"), "$40.0 billion"),
        (amount("20E9", "USD", value_max="30E9"), "$20–30 billion"),
        (amount("950E6", "USD", value_max="1.2E9"), "$0.95–1.2 billion"),
        (amount("-3E9", "USD"), "-$3 billion"),
        (amount("999999999.6", "USD"), "$1 billion"),
        (amount("1.69E12", "CNY"), "CN¥1.69 trillion"),
        (amount("3.8E12", "AED"), "AED 3.8 trillion"),
        (amount("0.86", "USD"), "$0.86"),
        (amount("0", "USD"), "$0"),
        (amount("19.8", "percent"), "19.8 %"),
        (amount("-6.9", "percent"), "-6.9 %"),
        (amount("2.5", "pp"), "2.5 pp"),
        (amount("1.5", "times"), "1.5 times"),
        (amount("10E9", "m3"), "10 billion m³"),
        (amount("2.1E6", "bbl/d"), "2.1 million bbl/d"),
        (amount("1234", "count"), "1,234"),
        (amount("0.00004", "t"), "0.00004 t"),
    ],
)
def test_amounts_are_printed_as_a_newspaper_prints_them(given_amount, printed):
    assert quantity.format(given_amount) == printed


@given(FINITE)
def test_plain_digits_say_the_same_number_without_an_exponent(value):
    digits = quantity.plain(value)
    assert Decimal(digits) == value
    assert re.fullmatch(r"-?\d+(\.\d*[1-9])?", digits)


@pytest.mark.parametrize("value", ["NaN", "Infinity"])
def test_a_number_that_is_none_is_refused(value):
    with pytest.raises(TallymanError, match="finite"):
        quantity.plain(Decimal(value))


@given(FINITE, st.sampled_from(["USD", "AED", "t", "percent", "count"]))
def test_every_amount_can_be_printed(value, unit):
    assert quantity.format(Quantity(value=value, unit=unit)).strip()


def test_an_unknown_unit_is_refused_with_the_known_ones():
    with pytest.raises(TallymanError, match=r"'furlong'.*ISO 4217"):
        quantity.symbol("furlong")


def test_canonical_units_are_canonical_and_factors_positive():
    for code, unit in quantity.units().items():
        assert unit.factor > 0
        if unit.canonical:
            assert quantity.units()[unit.canonical].canonical is None, code
            assert quantity.units()[unit.canonical].dimension == unit.dimension


@pytest.mark.parametrize(
    ("unit", "value", "same"), [("kg", "1000", "1"), ("mi", "1", "1609.344"), ("t", "5", "5")]
)
def test_conversion_to_the_canonical_unit(unit, value, same):
    assert quantity.canonical(amount(value, unit, step=value)).value == Decimal(same)


def test_areas_decide_what_a_shared_word_means_and_nothing_is_guessed():
    rupee = ("INR", "PKR", "LKR")
    assert quantity.currency(rupee, {"IN", "RU"}) == "INR"
    assert quantity.currency(rupee, {"IN", "PK"}) is None
    assert quantity.currency(rupee, {"RU"}) is None
    assert quantity.currency(("SAR", "QAR"), {"RU"}, "SAR") == "SAR"


def test_every_sign_names_known_currencies():
    for sign, row in quantity.signs().items():
        assert set(row.candidates) <= set(quantity.currencies()), sign
        assert row.default is None or row.default in row.candidates, sign


def test_every_area_of_a_currency_is_known():
    for row in quantity.currencies().values():
        for code in row.areas:
            assert areas.label(code)


def test_every_current_currency_of_iso_4217_is_known():
    numbers = pytest.importorskip("babel.numbers", reason="compares with Babel, which is missing")
    current = {
        code
        for area in {code for row in quantity.currencies().values() for code in row.areas if len(code) == 2}
        for code in numbers.get_territory_currencies(area)
    }
    assert current - {"USN", "CHE", "CHW", "CLF", "COU", "MXV", "BOV", "UYI", "UYW"} <= set(
        quantity.currencies()
    )


def test_words_name_known_currencies_and_units():
    for row in tables()["currency"]:
        named = {row["code"]} if "code" in row else set(row["candidates"])
        assert named <= set(quantity.currencies())
        assert row.get("default") is None or row["default"] in named
    for row in tables()["unit"]:
        assert row["unit"] in quantity.units()
        assert Decimal(row["factor"]) > 0


def test_no_word_has_two_meanings():
    currencies = [word for row in tables()["currency"] for word in surfaces(row)]
    units = [word for row in tables()["unit"] for word in surfaces(row)]
    assert len(set(currencies)) == len(currencies)
    assert len(set(units)) == len(units)
    assert not {word.casefold() for word in currencies} & {word.casefold() for word in units}


def test_every_example_holds_a_word_or_sign_of_its_entry():
    for row in [*tables()["currency"], *tables()["unit"]]:
        codes = [row["code"]] if "code" in row else row.get("candidates", [])
        signs = [sign for sign, known in quantity.signs().items() if set(codes) & set(known.candidates)]
        for example in row.get("examples", ()):
            assert any(
                mark.casefold() in example.casefold()
                for mark in [*surfaces(row), *row.get("letters", ()), *codes, *signs]
            ), example


def test_every_example_is_read_as_one_amount_in_its_unit():
    for row in [*tables()["currency"], *tables()["unit"]]:
        units = {row["unit"]} if "unit" in row else {row["code"]} if "code" in row else set(row["candidates"])
        if "candidates" in row and "default" not in row:
            units.add("")  # the example names no area that could decide
        for example in row.get("examples", ()):
            found = extract.quantities(f"Trade reached {example} last year.")
            assert len(found) == 1, (example, found)
            assert found[0][1].unit in units, (example, found)
