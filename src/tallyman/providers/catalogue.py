"""The catalogue of providers: who publishes the statistics that claims are held against."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import Literal

import msgspec

from tallyman.model import Noun, TallymanError

Kind = Literal[
    "customs", "statistical_office", "ministry", "central_bank", "officials", "compiler", "secondary", "user"
]


class Provider(Noun, frozen=True, kw_only=True):
    """A publisher of statistics: ``label`` is its name in a sentence, ``rank`` its place in lists (1 first).

    ``area`` is whose side it counts; ``exports_valued`` and ``imports_valued`` are FOB, CIF, FAS or customs
    value; ``fiscal_year_start`` is the month its reporting year begins with, where that is not January.
    """

    code: str
    name: str
    label: str
    kind: Kind
    rank: int
    area: str | None = None
    exports_valued: str | None = None
    imports_valued: str | None = None
    system: Literal["general", "special"] | None = None
    fiscal_year_start: int = 1
    address: str | None = None


@cache
def providers() -> dict[str, Provider]:
    """Return all providers by code, in the order of their rank.

    >>> next(iter(providers().values())).label
    "China's customs (GACC)"
    """
    text = resources.files(__package__).joinpath("catalogue.toml").read_text("utf-8")
    rows = msgspec.convert(tomllib.loads(text)["providers"], list[Provider])
    return {row.code: row for row in sorted(rows, key=lambda row: row.rank)}


def provider(code: str) -> Provider:
    """Return the provider with this code; refuse an unknown one.

    >>> provider("fcs").area
    'RU'
    """
    found = providers().get(code)
    if found is None:
        raise TallymanError(f"{code}: no such provider; the known ones are {', '.join(providers())}")
    return found
