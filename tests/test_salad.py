"""No order of words makes the reader fail: salads of the lexicon's terms, and texts that end too early."""

from __future__ import annotations

import random
import tomllib
from pathlib import Path

import pytest

from tallyman import lexicon
from tallyman.extract import claims
from tallyman.model import Document

TERMS = tomllib.loads((Path(lexicon.__file__).parent / "en.toml").read_text("utf-8"))["term"]
AMONG = [
    *(
        "Peru",
        "Chile",
        "the EU",
        "China's",
        "Japanese",
        "$5 billion",
        "9 percent",
        "3.2 million tonnes",
        "May",
        "2023",
    ),
    *(
        "last year",
        "(",
        ")",
        ",",
        ".",
        ";",
        '"',
        "\n",
        "\n\n",
        "exports",
        "imports",
        "trade",
        "deficit",
        "said",
        "$ 9",
    ),
]
SALADS, LONGEST = 400, 40


def read(text: str) -> None:
    claims(Document(id="doc", text=text, sha256="", language="en"))


def words() -> list[str]:
    """Return the words of all terms, those with values too."""
    plain = [word for term in TERMS.values() for word in term.get("words", ())]
    valued = [v for term in TERMS.values() for v in term.get("values", {}).values() if isinstance(v, list)]
    return plain + [word for row in valued for word in row]


def test_no_salad_of_words_makes_the_reader_fail():
    chance, known = random.Random(11), words()  # noqa: S311 - the same texts every time
    for _ in range(SALADS):
        rows = (known, AMONG)
        read(" ".join(chance.choice(chance.choice(rows)) for _ in range(chance.randint(1, LONGEST))))


@pytest.mark.parametrize(
    "text",
    [
        "Chile's exports rose 9 percent. The trade of Peru and",
        "Chile's exports rose to $9 billion and",
        "Chile's exports rose 9 percent, goods were",
        "Chile's exports rose 9 percent in May and the portal is",
        "Chile's exports to which",
        "Peru, to which $9",
        "Of total exports, the EU took",
    ],
)
def test_a_text_may_end_anywhere(text):
    read(text)
