"""How a table of one's own is to be read: which column holds what, and what its words mean."""

from __future__ import annotations

import re
import tomllib
from datetime import date
from typing import TYPE_CHECKING, Literal, get_args

import msgspec

from tallyman import areas, quantity
from tallyman.model import Basis, Indicator, Noun, ObservationStatus, ReleaseKind, TallymanError
from tallyman.providers.periods import written

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

# What every row must say, in a column or as a constant; and what it may say, with what holds otherwise.
REQUIRED = ("indicator", "reporter", "partner", "period", "unit", "released_on", "value")
DEFAULTS = {
    "basis": "unspecified",
    "role": "level",
    "status": "normal",
    "release_kind": "source",
    "currency": "",
    "product": "",
    "source_url": "",
    "note": "",
    "step": "",
}
TEXTS = ("product", "source_url", "note")
CODED = (
    "indicator",
    "reporter",
    "partner",
    "period",
    "unit",
    "released_on",
    "basis",
    "role",
    "status",
    "release_kind",
    "currency",
)
_FIELDS = frozenset({*REQUIRED, *DEFAULTS})
_CHOICES: dict[str, tuple[str, ...]] = {
    "indicator": get_args(Indicator),
    "basis": get_args(Basis),
    "role": ("level", "change"),
    "status": get_args(ObservationStatus),
    "release_kind": tuple(kind for kind in get_args(ReleaseKind) if kind != "second_hand"),
}
_TROUBLES = {
    "period": "is no period",
    "released_on": "is no day such as 2024-03-07, or lies in the future",
}
_WORLD = "WORLD"


class Mapping(Noun, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What ``--mapping FILE.toml`` says of a table.

    ``columns`` names the column of a field (for ``period`` two, if it has a first and a last day),
    ``constants`` what all rows share, ``lookups`` what the table's words mean. ``value`` is multiplied by
    ``scale``; ``decimal`` and ``grouping`` are the marks inside numbers; ``dates_mean`` says what a single
    day as period stands for. ``delimiter`` is for CSV, ``sheet`` for Excel.
    """

    provider: str
    columns: dict[str, str | tuple[str, str]]
    constants: dict[str, str] = msgspec.field(default_factory=dict)
    lookups: dict[str, dict[str, str]] = msgspec.field(default_factory=dict)
    scale: int = 1
    decimal: Literal[".", ","] = "."
    grouping: Literal["", " ", ",", ".", "'"] = ""
    dates_mean: Literal["month", "year"] | None = None
    delimiter: str = ","
    sheet: str | None = None

    def constant(self, field: str) -> str:
        """Return what all rows say of a field that no column holds."""
        return self.constants.get(field, DEFAULTS.get(field, ""))


def read_mapping(path: Path) -> Mapping:
    """Return the mapping in a TOML file; refuse one with unknown or missing fields.

    >>> read_mapping(Path("statcan.toml"))  # doctest: +SKIP
    """
    try:
        said = tomllib.loads(path.read_text("utf-8"))
        said["constants"] = {field: str(value) for field, value in said.get("constants", {}).items()}
        mapping = msgspec.convert(said, Mapping)
    except (OSError, UnicodeDecodeError) as error:
        raise TallymanError(f"{path}: cannot be read ({error}); name a mapping in TOML") from error
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise TallymanError(f"{path}: no mapping ({error}); see docs/providers.md") from error
    return checked(str(path), mapping)


def checked(name: str, mapping: Mapping, *, may_lack: str = "") -> Mapping:
    """Return a mapping that says all it must and nothing twice; refuse another one by its name."""
    unknown = ({*mapping.columns, *mapping.constants, *mapping.lookups} - _FIELDS) | (
        {*mapping.columns} & {*mapping.constants}
    )
    if unknown:
        raise TallymanError(
            f"{name}: {', '.join(sorted(unknown))} is unknown or said twice; see docs/providers.md"
        )
    needed = [field for field in REQUIRED if field != may_lack]
    missing = [field for field in needed if field not in mapping.columns and field not in mapping.constants]
    if missing:
        raise TallymanError(f"{name}: nothing says {', '.join(missing)}; add a column or a constant for it")
    if "step" in mapping.columns:
        raise TallymanError(f"{name}: step is the same for all rows; give it as a constant")
    if not re.fullmatch(r"[a-z][a-z0-9_]*", mapping.provider):
        raise TallymanError(f"{name}: provider {mapping.provider!r}; write it in small letters, digits and _")
    return mapping


class Coder:
    """Turns the words of a table into codes, each word once."""

    def __init__(self, mapping: Mapping, today: date) -> None:
        self._mapping = mapping
        self._today = today

    def code(self, field: str, text: str) -> tuple[str | None, str | None]:
        """Return the code of a word and no reason, or no code and the reason why not."""
        text = self._mapping.lookups.get(field, {}).get(text, text)
        if not text and field not in DEFAULTS:
            return None, f"{field} is empty"
        text = text or DEFAULTS.get(field, "")
        readers: dict[str, Callable[[str], str | None]] = {
            "reporter": _area,
            "partner": _area,
            "period": self._period,
            "unit": _unit,
            "currency": _currency,
            "released_on": self._day,
        }
        code = readers[field](text) if field in readers else text if text in _CHOICES[field] else None
        if code is None:
            return None, f"{field} {text!r} {_TROUBLES.get(field, 'is unknown')}"
        return code, None

    def _period(self, text: str) -> str | None:
        if "/" in text:
            first, _, last = text.partition("/")
            start, end = _date(first), _date(last)
            return f"{start}/{end}" if start and end and start <= end else None
        day = _date(text)
        if day is not None:
            if self._mapping.dates_mean is None:
                return None
            text = f"{day:%Y-%m}" if self._mapping.dates_mean == "month" else f"{day:%Y}"
        period = written(text)
        return f"{period.start}/{period.end}" if period else None

    def _day(self, text: str) -> str | None:
        day = _date(text)
        return None if day is None or day > self._today else day.isoformat()


def _area(text: str) -> str | None:
    if text == _WORLD:
        return text
    try:
        return areas.resolve(text)
    except TallymanError:
        return None


def _unit(text: str) -> str | None:
    return text if text in {"percent", *quantity.currencies(), *quantity.units()} else None


def _currency(text: str) -> str | None:
    return text if text in {"", *quantity.currencies()} else None


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10]) if re.match(r"\d{4}-\d\d-\d\d( 00:00:00)?$", text) else None
    except ValueError:
        return None
