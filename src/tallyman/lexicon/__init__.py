"""A language as data: the terms and patterns of ``lexicon/<lang>.toml``, compiled once.

A *term* is a word or phrase of a class ("month", "hedge_about"), with a value where the class has values.
A *pattern* is a small expression over classes and literal words; see ``pattern.py``. Code knows class names
and the names of operations only, never a word of a language.

>>> from tallyman import lexicon
>>> "en" in lexicon.languages()
True
"""

from __future__ import annotations

import tomllib
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, NamedTuple

from tallyman import areas, quantity
from tallyman.lexicon.pattern import Pattern, Section, literals
from tallyman.lexicon.terms import Terms
from tallyman.model import TallymanError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from tallyman.lexicon.pattern import Match
    from tallyman.lexicon.terms import Spots, Token

__all__ = ["Lexicon", "Measure", "Money", "Name", "languages", "load", "source"]


class Lexicon:
    """The compiled terms and patterns of one language."""

    def __init__(
        self,
        language: str,
        data: Mapping[str, Any],
        names: Iterable[Name],
        letters: Iterable[tuple[str, Money]] = (),
        suffixes: Iterable[tuple[str, Measure]] = (),
    ) -> None:
        """Compile ``data`` (the TOML tables) with named terms.

        ``letters`` are currencies glued before a figure ("R20.6 billion"), ``suffixes`` units behind one ("45C").
        """
        self.language = language
        self.letters = dict(letters)
        self.suffixes = dict(suffixes)
        self.terms = Terms()
        for name, table in data["term"].items():
            self._add_class(name, table)
        for phrase, name, value, case in names:
            self.terms.add(phrase, name, value, case_sensitive=case)
        rows: dict[str, list[Mapping[str, Any]]] = data["rule"]
        patterns = [p for section in rows.values() for row in section for p in row["patterns"]]
        for word in {w for pattern in (*patterns, *data["macro"].values()) for w in literals(pattern)}:
            self.terms.add(word, f"={word}", None)
        self.terms.freeze()
        self.sections = {
            name: Section(Pattern(row, self.terms, data["macro"]) for row in rules)
            for name, rules in rows.items()
        }

    def find(self, section: str, tokens: list[Token], spots: Spots) -> Iterator[Match]:
        """Yield what the rules of a section find in tokens and their spots, rule by rule."""
        return self.sections[section].find(tokens, spots)

    def _add_class(self, name: str, table: Mapping[str, Any]) -> None:
        case = table.get("case_sensitive", False)
        for phrase in table.get("words", ()):
            self.terms.add(phrase, name, True, case_sensitive=case)
        for phrase in table.get("exact", ()):
            self.terms.add(phrase, name, True, case_sensitive=True)
        for value, phrases in table.get("values", {}).items():
            for phrase in phrases:
                self.terms.add(phrase, name, value, case_sensitive=case)


@cache
def languages() -> tuple[str, ...]:
    """Return the codes of the languages that have a lexicon."""
    return tuple(
        sorted(
            f.name[:-5] for f in files(__name__).iterdir() if f.name.endswith(".toml") and "_" not in f.name
        )
    )


@cache
def load(language: str) -> Lexicon:
    """Return the compiled lexicon of a language; refuses one that has no file."""
    if language not in languages():
        msg = f"language {language!r}: no lexicon; use one of {', '.join(languages())} or add lexicon/{language}.toml"
        raise TallymanError(msg)
    units = _toml(f"{language}_units.toml")
    names = [Name(n.phrase, *_place(n), n.case_sensitive) for n in areas.names(language)]
    letters = [(letter, _money(row)) for row in units["currency"] for letter in row.get("letters", ())]
    suffixes = [(letter, _measure(row)) for row in units["unit"] for letter in row.get("letters", ())]
    return Lexicon(language, source(language), [*names, *_signs(), *_units(units)], letters, suffixes)


def _place(name: areas.AreaName) -> tuple[str, object]:
    return ("nothing", True) if name.code is None else ("area", (name.code, name.kind))


class Name(NamedTuple):
    """A term from outside the language's own file: an area, a currency, a unit."""

    phrase: str
    cls: str
    value: object
    case_sensitive: bool


class Money(NamedTuple):
    """What a currency word or sign may mean: the areas of the document choose among ``candidates``."""

    candidates: tuple[str, ...]
    default: str | None
    factor: Decimal = Decimal(1)


class Measure(NamedTuple):
    """What a word for a unit means: a number times ``factor`` is in ``unit``; ``goods`` are traded by the piece."""

    unit: str
    factor: Decimal
    goods: bool


def _signs() -> Iterator[Name]:
    """Currency signs and codes: they may stand before their number."""
    for mark, sign in quantity.signs().items():
        candidates = sign.candidates if sign.areas_decide or sign.default is None else (sign.default,)
        yield from (
            Name(mark, name, value, True)
            for name, value in (
                ("currency", Money(candidates, sign.default, sign.factor)),
                ("leads", True),
                ("sign", True),
            )
        )
    for code in quantity.currencies():
        yield Name(code, "currency", Money((code,), code), True)
        yield Name(code, "leads", True, True)
        if code in quantity.word_like_codes():
            yield Name(code, "word_like", True, True)


def _units(tables: Mapping[str, Any]) -> Iterator[Name]:
    """The words for currencies, of which the abbreviations may stand before their number, and for physical units."""
    for row in tables["currency"]:
        yield from _words(row, "currency", _money(row))
        yield from (Name(word, "leads", True, True) for word in row.get("exact", ()))
        if row.get("ahead", True):
            yield from (Name(word, "money_name", True, False) for word in row.get("words", ()))
    for row in tables["unit"]:
        measure = _measure(row)
        yield from _words(row, "measure_unit", measure)
        yield from (Name(word, "measure_unit", measure, False) for word in row.get("shared", ()))


def _measure(row: Mapping[str, Any]) -> Measure:
    return Measure(row["unit"], Decimal(row["factor"]), row.get("goods", False))


def _money(row: Mapping[str, Any]) -> Money:
    default = row.get("default", row.get("code"))
    candidates = (row["code"],) if "code" in row else tuple(row["candidates"])
    decided = default is not None and not row.get("areas_decide", False)
    return Money((default,) if decided else candidates, default, Decimal(row.get("factor", 1)))


def _words(row: Mapping[str, Any], cls: str, value: object) -> Iterator[Name]:
    exact = row.get("case_sensitive", False)
    yield from (Name(word, cls, value, exact) for word in row.get("words", ()))
    yield from (Name(word, cls, value, True) for word in row.get("exact", ()))


@cache
def source(language: str) -> dict[str, Any]:
    """Return the TOML tables of a language as written; refuses a language without a lexicon."""
    if not files(__name__).joinpath(f"{language}.toml").is_file():
        names = (file.name.removesuffix(".toml") for file in files(__name__).iterdir())
        known = sorted(name for name in names if name.isalpha())
        raise TallymanError(f"{language}: no such lexicon; known are {', '.join(known)}")
    return _toml(f"{language}.toml")


def _toml(name: str) -> dict[str, Any]:
    return tomllib.loads(files(__name__).joinpath(name).read_text("utf-8"))
