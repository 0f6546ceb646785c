"""Areas: ISO 3166-1 alpha-2 codes and groups of them, and the words that name them in each language.

>>> from tallyman import areas
>>> areas.resolve("Türkiye"), areas.label("CI"), areas.pair("china-russia")
('TR', 'Ivory Coast', ('CN', 'RU'))
"""

from __future__ import annotations

import difflib
import tomllib
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any, Literal, NamedTuple, NoReturn

import msgspec

from tallyman.model import TallymanError

__all__ = [
    "AreaName",
    "FiscalYear",
    "Institution",
    "InstitutionKind",
    "Kind",
    "fiscal_year",
    "groups",
    "institutions",
    "label",
    "members",
    "names",
    "pair",
    "resolve",
]

Kind = Literal[
    "name", "adjective", "people", "capital", "metonym", "city", "prefix", "group", "institution", "none"
]
InstitutionKind = Literal[
    "customs",
    "statistical_office",
    "ministry",
    "central_bank",
    "leader_office",
    "agency",
    "chamber",
    "exporter",
]

_RESOLVABLE = ("name", "group", "adjective", "capital", "metonym", "people")
_SUGGESTIONS = 3
_JOINTS = "-\N{NON-BREAKING HYPHEN}\N{EN DASH}\N{EM DASH}/:,"


class AreaName(NamedTuple):
    """A phrase and the area it names.

    ``code`` is ``None`` for kind "none": words that hold an area's name and mean something else ("South
    China Sea"); matched longest first, they keep the shorter name inside from being read. A prefix ends
    with its hyphen ("Sino-"). A case-sensitive phrase counts as written, or all in capitals.
    """

    phrase: str
    code: str | None
    kind: Kind
    case_sensitive: bool


class Institution(msgspec.Struct, frozen=True, kw_only=True):
    """An office whose name alone says which area speaks or counts; ``names`` are English."""

    area: str
    kind: InstitutionKind
    names: tuple[str, ...]


class FiscalYear(msgspec.Struct, frozen=True):
    """The first month of an area's fiscal year, and whether the year it ends in names it."""

    month: int
    named_by_end: bool


class _Language(msgspec.Struct, frozen=True):
    labels: dict[str, str]
    rows: tuple[AreaName, ...]


class _Group(msgspec.Struct, frozen=True, rename={"except_": "except", "from_": "from"}):
    members: tuple[str, ...] = ()
    of: tuple[str, ...] = ()
    except_: tuple[str, ...] = ()
    since: dict[str, date] = {}
    until: dict[str, date] = {}
    from_: date | None = None


def names(language: str = "en") -> tuple[AreaName, ...]:
    """Return every phrase of a language that names an area, or must not be taken for one.

    >>> next(n for n in names() if n.phrase == "Sino-")
    AreaName(phrase='Sino-', code='CN', kind='prefix', case_sensitive=False)
    """
    return _language(language).rows


def label(code: str, language: str = "en") -> str:
    """Return the display name of a code; refuses a code that is no area and no group.

    >>> label("KR"), label("GCC")
    ('South Korea', 'Gulf Cooperation Council')
    """
    labels = _language(language).labels
    if code not in labels:
        _refuse(code, labels)
    return labels[code]


@cache
def groups() -> frozenset[str]:
    """Return the codes of all groups ("EU", "ASEAN", "AFRICA" ...)."""
    return frozenset(_groups())


def members(group: str, on: date | None) -> frozenset[str]:
    """Return the codes that belong to a group on a day, or that ever did when ``on`` is ``None``.

    Refuses a code that is no group. The last day of a membership still counts.

    >>> "GB" in members("EU", date(2020, 1, 31)), "GB" in members("EU", date(2020, 2, 1))
    (True, False)
    """
    table = _groups()
    if group not in table:
        raise TallymanError(f"{group!r}: not a group of areas; use one of {', '.join(table)}")
    row = table[group]
    if on is not None and row.from_ is not None and on < row.from_:
        return frozenset()
    found = {code for code in row.members if on is None or _belongs(row, code, on)}
    for part in row.of:
        found |= members(part, on)
    return frozenset(found.difference(row.except_))


def institutions() -> tuple[Institution, ...]:
    """Return the statistical offices, customs services, ministries and agencies that name an area."""
    return msgspec.convert(_toml("institutions.toml")["institution"], tuple[Institution, ...])


def fiscal_year(code: str) -> FiscalYear | None:
    """Return the fiscal year of an area, or ``None`` where it is the calendar year.

    >>> fiscal_year("IN").month, fiscal_year("RU")
    (4, None)
    """
    return _fiscal_years().get(code)


def resolve(text: str) -> str:
    """Return the code that an argument means: a code, a name, an adjective or a capital, in any case.

    Refuses what it does not know, with the nearest names.

    >>> resolve("Russia"), resolve("uae"), resolve("Emirati"), resolve("EU")
    ('RU', 'AE', 'AE', 'EU')
    """
    wanted = text.strip()
    codes = _language("en").labels
    if wanted.upper() in codes:
        return wanted.upper()
    spellings = _spellings()
    if wanted.casefold() not in spellings:
        _refuse(wanted, spellings)
    return spellings[wanted.casefold()]


def pair(text: str) -> tuple[str, str]:
    """Return the two codes of a pair such as "CN-RU", "china-russia" or "EU/Viet Nam", in the order given.

    Refuses one area, three areas, the same area twice and names it does not know.

    >>> pair("Guinea-Bissau - Portugal")
    ('GW', 'PT')
    """
    wanted = text.strip()
    splits = [
        (wanted[:i].strip(), wanted[i + 1 :].strip()) for i, sign in enumerate(wanted) if sign in _JOINTS
    ]
    whole = [(first, second) for first, second in splits if _known(first) and _known(second)]
    if not whole:
        _refuse_pair(wanted, splits)
    first, second = map(resolve, whole[0])
    if first == second:
        raise TallymanError(f"{wanted!r}: {label(first)} twice; a pair needs two areas, as in CN-RU")
    return first, second


def _known(text: str) -> bool:
    return text.upper() in _language("en").labels or text.casefold() in _spellings()


def _refuse_pair(wanted: str, splits: list[tuple[str, str]]) -> NoReturn:
    half_known = next((parts for parts in splits if any(map(_known, parts))), splits[0] if splits else ())
    unknown = next((part for part in half_known if part and not _known(part)), "")
    if unknown:
        _refuse(unknown, _spellings(), source=wanted)
    raise TallymanError(f"{wanted!r}: a pair needs exactly two areas; write it as CN-RU or china-russia")


def _refuse(wanted: str, known: dict[str, str], *, source: str | None = None) -> NoReturn:
    labels = _language("en").labels
    near = difflib.get_close_matches(wanted.casefold(), [word.casefold() for word in known], _SUGGESTIONS)
    codes = dict.fromkeys(known.get(word, word.upper()) for word in near)
    hint = " or ".join(f"{code} ({labels[code]})" for code in codes if code in labels)
    place = f"{source!r}: " if source and source != wanted else ""
    fix = f"did you mean {hint}?" if hint else "use an ISO 3166-1 alpha-2 code or a group such as EU"
    raise TallymanError(f"{place}{wanted!r} is no area that Tallyman knows; {fix}")


def _belongs(row: _Group, code: str, on: date) -> bool:
    return row.since.get(code, date.min) <= on <= row.until.get(code, date.max)


@cache
def _spellings() -> dict[str, str]:
    """Map case-folded spellings to codes; a name wins over a group, an adjective, a capital."""
    found: dict[str, str] = {}
    rows = [row for row in names() if row.kind in _RESOLVABLE]
    for row in sorted(rows, key=lambda row: _RESOLVABLE.index(row.kind)):
        if row.code:
            found.setdefault(row.phrase.casefold(), row.code)
    return found


@cache
def _language(language: str) -> _Language:
    source = files(__name__) / f"names_{language}.json"
    if not source.is_file():
        raise TallymanError(
            f"language {language!r}: no names of areas; add areas/names_{language}.toml and compile it"
        )
    return msgspec.json.decode(source.read_bytes(), type=_Language)


@cache
def _groups() -> dict[str, _Group]:
    return msgspec.convert(_toml("groups.toml"), dict[str, _Group])


@cache
def _fiscal_years() -> dict[str, FiscalYear]:
    return msgspec.convert(_toml("fiscal.toml")["area"], dict[str, FiscalYear])


def _toml(name: str) -> dict[str, Any]:
    return tomllib.loads((files(__name__) / name).read_text(encoding="utf-8"))
