"""What each source of statistics is: its publisher, its terms, and what its numbers mean."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import Any

import msgspec

from tallyman.model import Noun, TallymanError


class Meaning(Noun, frozen=True, kw_only=True):
    """What a series counts; None or empty where the publisher does not say or it differs by reporter."""

    basis: str
    currency: str | None = None
    exports_valued: str | None = None
    imports_valued: str | None = None
    system: str | None = None
    fiscal_year: str = "calendar"


class About(Noun, frozen=True, kw_only=True):
    """A source of statistics: ``settings`` holds what only its own module needs."""

    title: str
    publisher: str
    address: str
    licence: str
    citation: str
    cadence: str
    release_calendar: str
    meaning: Meaning
    assertions: dict[str, Any]
    settings: dict[str, Any]


@cache
def about(name: str) -> About:
    """Return what ``providers/<name>.toml`` says of a source; refuse an unknown name.

    >>> about("comtrade").publisher
    'United Nations Statistics Division'
    """
    file = resources.files(__package__).joinpath(f"{name}.toml")
    if not file.is_file():
        raise TallymanError(f"{name}: no such source of statistics; see `tallyman.providers`")
    table = tomllib.loads(file.read_text("utf-8"))
    known = {field: table[field] for field in About.__struct_fields__ if field in table}
    known["settings"] = {key: value for key, value in table.items() if key not in known}
    return msgspec.convert(known, About)
