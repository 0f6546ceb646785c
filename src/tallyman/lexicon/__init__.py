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
from tallyman.lexicon.pattern import Pattern, literals
from tallyman.lexicon.terms import Terms
from tallyman.model import TallymanError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from tallyman.lexicon.pattern import Match
    from tallyman.lexicon.terms import Token

__all__ = ["Lexicon", "languages", "load", "source"]


class Lexicon:
    """The compiled terms and patterns of one language."""

    def __init__(self, language: str, data: Mapping[str, Any], names: Iterable[tuple[str, str, Any, bool]]) -> None:
        """Compile ``data`` (the TOML tables) together with named terms ``(phrase, class, value, case)``."""
        self.language = language
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
        self.rules = {
            section: tuple(Pattern(row, self.terms, data["macro"]) for row in rules)
            for section, rules in rows.items()
        }

    def find(self, section: str, kinds: str, tokens: list[Token]) -> Iterator[Match]:
        """Yield what the rules of a section find in tokens and their kinds, rule by rule."""
        present = set(kinds)
        for rule in self.rules[section]:
            yield from rule.find(kinds, tokens, present)

    def _add_class(self, name: str, table: Mapping[str, Any]) -> None:
        case = table.get("case_sensitive", False)
        for phrase in table.get("words", ()):
            self.terms.add(phrase, name, True, case_sensitive=case)
        for value, phrases in table.get("values", {}).items():
            for phrase in phrases:
                self.terms.add(phrase, name, value, case_sensitive=case)


def languages() -> tuple[str, ...]:
    """Return the codes of the languages that have a lexicon."""
    return tuple(sorted(f.name[:-5] for f in files(__name__).iterdir() if f.name.endswith(".toml") and "_" not in f.name))


@cache
def load(language: str) -> Lexicon:
    """Return the compiled lexicon of a language; refuses one that has no file."""
    if language not in languages():
        msg = f"language {language!r}: no lexicon; use one of {', '.join(languages())} or add lexicon/{language}.toml"
        raise TallymanError(msg)
    names = [(n.phrase, *_place(n), n.case_sensitive) for n in areas.names(language)]
    return Lexicon(language, source(language), [*names, *_units(language)])


def _place(name: areas.AreaName) -> tuple[str, object]:
    return ("nothing", True) if name.code is None else ("area", (name.code, name.kind))


class Money(NamedTuple):
    """What a currency word or sign may mean: the areas of the document choose among ``candidates``."""

    candidates: tuple[str, ...]
    default: str | None


def _units(language: str) -> Iterator[tuple[str, str, object, bool]]:
    """Currency signs, codes and words, and the words for physical units."""
    for mark, sign in quantity.signs().items():
        money = _money(sign.candidates, sign.default, decide=sign.areas_decide)
        yield from ((mark, name, value, True) for name, value in (("currency", money), ("sign", True)))
    for code in quantity.currencies():
        yield code, "currency", Money((code,), code), True
        if code in quantity.word_like_codes():
            yield code, "word_like", True, True
    data = _toml(f"{language}_units.toml")
    for row in data["currency"]:
        code = row.get("code")
        candidates = (code,) if code else tuple(row["candidates"])
        money = _money(candidates, row.get("default", code), decide=row.get("areas_decide", False))
        yield from _words(row, "currency", money)
    for row in data["unit"]:
        yield from _words(row, "measure_unit", (row["unit"], Decimal(row["factor"])))


def _money(candidates: Iterable[str], default: str | None, *, decide: bool) -> Money:
    return Money(tuple(candidates), default) if decide or default is None else Money((default,), default)


def _words(row: Mapping[str, Any], name: str, value: object) -> Iterator[tuple[str, str, object, bool]]:
    exact = row.get("case_sensitive", False)
    yield from ((word, name, value, exact) for word in row.get("words", ()))
    yield from ((word, name, value, True) for word in row.get("exact", ()))


@cache
def source(language: str) -> dict[str, Any]:
    """Return the TOML tables of a language as written."""
    return _toml(f"{language}.toml")


def _toml(name: str) -> dict[str, Any]:
    return tomllib.loads(files(__name__).joinpath(name).read_text("utf-8"))
