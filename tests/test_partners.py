"""Who is the other side: ranks that head figures, lists of shares, descriptions of neighbours."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from tallyman.extract import claims
from tallyman.model import Document

TABLES: dict[str, list[dict[str, str]]] = tomllib.loads((Path(__file__).parent / "partners.toml").read_text())


def read(text: str) -> dict[str, str]:
    """Return the indicator, reporter and partner of each figure of a text, by its words."""
    found = claims(Document(id="doc", text=text, sha256="", language="en"))
    return {
        c.anchor.exact: f"{c.measure.indicator} {c.measure.reporter or '-'} {c.measure.partner or '-'}"
        for c in found
    }


@pytest.mark.parametrize("name", TABLES)
def test_the_other_side(name: str) -> None:
    for row in TABLES[name]:
        assert read(row["text"]).get(row["figure"], "") == row["claim"], row["text"]
