"""The language of a text, told by script and function words; ``und`` where neither is clear."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

_SAMPLE = 3000
_MIN_SCRIPT_SHARE = 0.3
_MIN_WORD_SHARE = 0.1
_WORD = re.compile(r"[^\W\d_]+")


def language(text: str) -> str:
    """Return the BCP 47 code of the language of a text, or ``und``.

    >>> language("Trade between the two countries rose in the first half of the year, the minister said.")
    'en'
    >>> language("$ 40 bn")
    'und'
    """
    sample = text[:_SAMPLE]
    words = [word.lower() for word in _WORD.findall(sample)]
    letters = sum(map(len, words)) or 1
    for code, script in _scripts().items():
        if len(script.findall(sample)) / letters >= _MIN_SCRIPT_SHARE:
            return code
    counts = {code: sum(w in known for w in words) for code, known in _function_words().items()}
    best = max(counts, key=lambda code: counts[code])
    return best if counts[best] >= max(1, _MIN_WORD_SHARE * len(words)) else "und"


@cache
def _tables() -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath("languages.toml").read_text("utf-8"))


@cache
def _scripts() -> dict[str, re.Pattern[str]]:
    return {code: re.compile(pattern) for code, pattern in _tables()["script"].items()}


@cache
def _function_words() -> dict[str, frozenset[str]]:
    return {code: frozenset(words) for code, words in _tables()["words"].items()}
