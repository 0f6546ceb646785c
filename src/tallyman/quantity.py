"""Amounts and their units: printing, signs of currencies, conversion to the canonical unit.

>>> from decimal import Decimal
>>> from tallyman.model import Quantity
>>> format(Quantity(value=Decimal("146887000000"), unit="USD"))
'$146.887 billion'
"""

from __future__ import annotations

import tomllib
from decimal import ROUND_HALF_UP, Decimal
from functools import cache, lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

import msgspec

from tallyman.model import Quantity, TallymanError

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

__all__ = [
    "Currency",
    "Sign",
    "Unit",
    "canonical",
    "currencies",
    "currency",
    "format",
    "plain",
    "signs",
    "symbol",
    "units",
]

_MOST_DECIMALS = 3


class Currency(msgspec.Struct, frozen=True):
    """An ISO 4217 currency: the areas that use it (issuer first), its own signs, the symbol to print."""

    areas: tuple[str, ...]
    signs: tuple[str, ...] = ()
    symbol: str | None = None


class Sign(msgspec.Struct, frozen=True):
    """A sign that several currencies share; ``factor`` for a sign of a hundredth.

    ``at_home`` are those that write it without a mark in the reports of their own country.
    """

    candidates: tuple[str, ...]
    default: str | None = None
    at_home: tuple[str, ...] = ()
    areas_decide: bool = False
    factor: Decimal = Decimal(1)


class Unit(msgspec.Struct, frozen=True):
    """A unit that is no currency; ``value * factor`` is in the ``canonical`` unit."""

    dimension: str
    symbol: str
    canonical: str | None = None
    factor: Decimal = Decimal(1)


class _Codes(msgspec.Struct, frozen=True):
    word_like: tuple[str, ...]


class _Trade(msgspec.Struct, frozen=True):
    currency: str
    untraded: frozenset[str]


class _Format(msgspec.Struct, frozen=True):
    scales: tuple[tuple[int, str], ...]


class _Tables(msgspec.Struct, frozen=True):
    currency: dict[str, Currency]
    sign: dict[str, Sign]
    code: _Codes
    unit: dict[str, Unit]
    trade: _Trade
    format: _Format


def plain(value: Decimal) -> str:
    """Return a number as digits: never an exponent, no trailing zeros, no minus before zero.

    Refuses what is not finite.

    >>> plain(Decimal("2E+11")), plain(Decimal("19.80")), plain(Decimal("-0.0"))
    ('200000000000', '19.8', '0')
    """
    if not value.is_finite():
        raise TallymanError(f"{value}: not a number that can be written down; give a finite amount")
    digits = f"{value:f}"
    if "." in digits:
        digits = digits.rstrip("0").rstrip(".")
    return "0" if digits in {"-0", ""} else digits


@lru_cache(maxsize=4096)
def format(quantity: Quantity) -> str:  # noqa: A001 - read as quantity.format
    """Return an amount as a newspaper prints it: to the last written digit (``step``), else three decimals.

    Ranges are "$20-30 billion" with an en dash. The bound ("about", "at least") is not part of it.

    >>> format(Quantity(value=Decimal("19.8"), unit="percent"))
    '19.8 %'
    >>> format(Quantity(value=Decimal(10_000_000_000), unit="m3"))
    '10 billion m³'
    """
    values = [quantity.value] if quantity.value_max is None else [quantity.value, quantity.value_max]
    power, word = _scale(max(abs(v) for v in values))
    shown = "–".join(_digits(abs(v), power, quantity.step) for v in values)  # noqa: RUF001 - a range has an en dash
    sign = "-" if values[0] < 0 else ""
    scaled = f"{shown} {word}" if word else shown
    mark = symbol(quantity.unit)
    if quantity.unit in currencies():
        blank = " " if mark[-1].isalpha() else ""
        return f"{sign}{mark}{blank}{scaled}"
    return f"{sign}{scaled} {mark}".rstrip()


def symbol(unit: str) -> str:
    """Return what is printed for a unit: its sign, or its code; refuses a unit that is not in units.toml.

    >>> symbol("USD"), symbol("AED"), symbol("m3"), symbol("percent")
    ('$', 'AED', 'm³', '%')
    """
    if unit in currencies():
        return currencies()[unit].symbol or unit
    if unit in units():
        return units()[unit].symbol
    raise TallymanError(
        f"{unit!r}: not a unit of units.toml; use an ISO 4217 code or one of {', '.join(units())}"
    )


def canonical(quantity: Quantity) -> Quantity:
    """Return the same amount in the canonical unit of its dimension (mass in t, volume in m3, energy in kWh).

    Currencies and units that are canonical already come back unchanged.

    >>> canonical(Quantity(value=Decimal(2500), unit="kg")).value
    Decimal('2.500')
    """
    unit = units().get(quantity.unit)
    if unit is None or unit.canonical is None:
        return quantity
    scaled = {
        name: None if (old := getattr(quantity, name)) is None else old * unit.factor
        for name in ("value", "value_max", "step")
    }
    return msgspec.structs.replace(quantity, unit=unit.canonical, **scaled)


def currencies() -> Mapping[str, Currency]:
    """Return all currencies by ISO 4217 code."""
    return _tables().currency


@cache
def signs() -> Mapping[str, Sign]:
    """Return every sign: those of one currency, and those that several share.

    >>> signs()["R$"].default, signs()["¥"].candidates
    ('BRL', ('JPY', 'CNY'))
    """
    own = {
        sign: Sign(candidates=(code,), default=code)
        for code, row in currencies().items()
        for sign in row.signs
    }
    return own | _tables().sign


def word_like_codes() -> frozenset[str]:
    """Return the codes that are also words in capitals ("COP 28"): beside a bare number they mean nothing."""
    return frozenset(_tables().code.word_like)


def currency(candidates: Sequence[str], areas: Collection[str], default: str | None = None) -> str | None:
    """Return the one candidate that an area of the document uses, else the default, else ``None``: no guess.

    >>> currency(("INR", "PKR"), {"IN", "RU"}), currency(("INR", "PKR"), {"IN", "PK"})
    ('INR', None)
    """
    table = currencies()
    found = [code for code in candidates if not set(table[code].areas).isdisjoint(areas)]
    return found[0] if len(found) == 1 else default


def trade_currencies(*areas: str | None) -> tuple[str, ...]:
    """Return the currencies in which the trade of areas may be counted: that of all trade first, then their own.

    >>> trade_currencies("CN", "RU")
    ('USD', 'CNY', 'RUB')
    """
    own = [code for code, row in currencies().items() if not set(row.areas).isdisjoint(areas)]
    return tuple(dict.fromkeys((_tables().trade.currency, *own)))


def units() -> Mapping[str, Unit]:
    """Return all units that are no currency, by code."""
    return _tables().unit


def is_traded(unit: str) -> bool:
    """Whether goods are counted in a unit: tonnes are, degrees and miles are not.

    >>> is_traded("t"), is_traded("km")
    (True, False)
    """
    return units()[unit].dimension not in _tables().trade.untraded


def _scale(largest: Decimal) -> tuple[int, str]:
    for power, word in _tables().format.scales:
        if round(largest.scaleb(-power), _MOST_DECIMALS) >= 1:
            return power, word
    return 0, ""


def _digits(value: Decimal, power: int, step: Decimal | None) -> str:
    """Return the scaled value with at least the decimals of the step, at most three or those of the step."""
    scaled = value.scaleb(-power)
    least = 0 if step is None else max(0, -int(step.scaleb(-power).normalize().as_tuple().exponent))
    most = max(least, _MOST_DECIMALS)
    if scaled and scaled < Decimal(1).scaleb(-most):
        return plain(Decimal(f"{scaled:.{_MOST_DECIMALS}g}"))
    rounded = scaled.quantize(Decimal(1).scaleb(-most), rounding=ROUND_HALF_UP)
    whole, _, decimals = f"{rounded:,f}".partition(".")
    kept = decimals.rstrip("0").ljust(least, "0")
    return f"{whole}.{kept}" if kept else whole


@cache
def _tables() -> _Tables:
    text = (files("tallyman") / "units.toml").read_text(encoding="utf-8")
    return msgspec.convert(tomllib.loads(text), _Tables, strict=False)
