"""Turn the TOML tables into one JSON file per language that loads in a few milliseconds.

Run ``python -m tallyman.areas.compile`` after an edit of a table; a test fails when the JSON is out of date.
"""

from __future__ import annotations

import json
import tomllib
import unicodedata
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

LANGUAGES = ("en",)

_AREA_KINDS = {
    "names": "name",
    "adjectives": "adjective",
    "people": "people",
    "capitals": "capital",
    "metonyms": "metonym",
    "cities": "city",
    "prefixes": "prefix",
}
_GROUP_KINDS = _AREA_KINDS | {"names": "group"}

Row = tuple[str, str | None, str, bool]


def rows(language: str) -> list[Row]:
    """Return ``(phrase, code, kind, case_sensitive)``, sorted by phrase; the first meaning of a phrase wins.

    Accented phrases are there without accents too.

    >>> ("Türkiye", "TR", "name", False) in rows("en")
    True
    """
    rules = _table(f"rules_{language}.toml")
    exact, accented = set(rules["exact_case"]), set(rules["accent_matters"])
    found: dict[str, Row] = {}
    for phrase, code, kind in _phrases(language, rules):
        abbreviation = phrase == phrase.upper() and "." not in phrase
        case_sensitive = phrase in exact or abbreviation or kind in {"institution", "none"}
        for spelling in (phrase, phrase if phrase in accented else _plain(phrase)):
            found.setdefault(spelling, (spelling, code, kind, case_sensitive))
    return sorted(found.values())


def labels(language: str) -> dict[str, str]:
    """Return the display name of each area and group: the first name in its table."""
    named = _table(f"names_{language}.toml") | _table(f"groups_{language}.toml")
    return {code: words["names"][0] for code, words in sorted(named.items())}


def compiled(language: str) -> str:
    """Return the text of the JSON file of a language."""
    lines = ",\n".join(json.dumps(row, ensure_ascii=False) for row in rows(language))
    display = json.dumps(labels(language), ensure_ascii=False)
    return f'{{"labels": {display},\n"rows": [\n{lines}\n]}}\n'


def _phrases(language: str, rules: dict[str, Any]) -> Iterator[tuple[str, str | None, str]]:
    for phrase in rules["false_friends"]:
        yield phrase, None, "none"
    for entry in _table("institutions.toml")["institution"]:
        for phrase in entry["names"]:
            yield phrase, entry["area"], "institution"
    for table, kinds in ((f"names_{language}.toml", _AREA_KINDS), (f"groups_{language}.toml", _GROUP_KINDS)):
        for code, words in _table(table).items():
            for key, phrases in words.items():
                for phrase in phrases:
                    yield phrase, code, kinds[key]


def _plain(phrase: str) -> str:
    """Strip accents: "Türkiye" becomes "Turkiye"."""
    letters = unicodedata.normalize("NFKD", phrase.replace("\N{LATIN SMALL LETTER DOTLESS I}", "i"))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def _table(name: str) -> dict[str, Any]:
    return tomllib.loads((files("tallyman.areas") / name).read_text(encoding="utf-8"))


def main() -> None:
    """Write the JSON file of every language beside its tables."""
    for language in LANGUAGES:
        Path(str(files("tallyman.areas") / f"names_{language}.json")).write_text(
            compiled(language), encoding="utf-8"
        )


if __name__ == "__main__":
    main()
