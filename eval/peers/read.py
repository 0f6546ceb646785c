"""Runs inside .venv-peers: reads texts with other libraries, tells what they found and how long it took.

Standard input is a JSON list of [text, day of the report, whether its times are asked for]. Standard output
is a JSON line per reader: name, version, layer ("quantities" or "times"), CPU seconds, and per text a list of
[start, end, value, unit] or [start, end, first day, last day]. A reader is warm before its clock starts. If
one gives several answers we take the one on the day of the report, else the first; if it gives no place we
look for its words; both choices favour the reader.
"""

from __future__ import annotations

import json
import re
import sys
import time
import warnings
from calendar import monthrange
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from importlib.metadata import version
from typing import Any

warnings.filterwarnings("ignore")

from ctparse import ctparse  # noqa: E402 - the libraries warn while they load
from dateparser.date import DateDataParser  # noqa: E402
from dateparser.search import search_dates  # noqa: E402
from quantulum3 import parser  # noqa: E402
from recognizers_date_time import DateTimeRecognizer  # noqa: E402
from recognizers_number import NumberRecognizer  # noqa: E402
from recognizers_number_with_unit import NumberWithUnitRecognizer  # noqa: E402
from recognizers_text import Culture  # noqa: E402

Found = Iterator[tuple[Any, ...]]
WARM_UP = ("Trade rose 5 percent to $2 billion in May 2024.", "2024-06-07")


def quantulum(text: str, _day: str) -> Found:
    """Yield the quantities of quantulum3 with the names of its units."""
    for one in parser.parse(text):
        yield *one.span, one.value, one.unit.name


def recognizers_quantities(text: str, _day: str) -> Found:
    """Yield the currencies, dimensions, temperatures and percentages of Recognizers-Text."""
    units = NumberWithUnitRecognizer(Culture.English)
    models = (
        units.get_currency_model(),
        units.get_dimension_model(),
        units.get_temperature_model(),
        NumberRecognizer(Culture.English).get_percentage_model(),
    )
    for one in (found for model in models for found in model.parse(text)):
        value, unit = one.resolution["value"], one.resolution.get("unit", "percent")
        if value is not None:
            yield one.start, one.end + 1, float(value.rstrip("%")), one.resolution.get("isoCurrency", unit)


def recognizers_times(text: str, day: str) -> Found:
    """Yield the dates and ranges of Recognizers-Text, sentence by sentence: it swallows its own errors."""
    model = DateTimeRecognizer(Culture.English).get_datetime_model()
    for at, sentence in _sentences(text):
        for one in model.parse(sentence, datetime.fromisoformat(day)):
            values = (one.resolution or {}).get("values", [])
            spans = [span for span in map(_recognizers_span, values) if span]
            if spans:
                best = next((span for span in spans if span == (day, day)), spans[0])
                yield at + one.start, at + one.end + 1, *best


def dateparser_times(text: str, day: str) -> Found:
    """Yield the dates that dateparser finds, widened to the month or year that it read."""
    settings = {"RELATIVE_BASE": datetime.fromisoformat(day), "PREFER_DATES_FROM": "past"}
    reader, after = DateDataParser(languages=["en"], settings=settings), 0
    for words, found in search_dates(text, languages=["en"], settings=settings) or []:
        start = text.find(words, after)
        after = max(after, start)
        yield start, start + len(words), *_widened(found.date(), reader.get_date_data(words).period)


def ctparse_times(text: str, day: str) -> Found:
    """Yield the one time that ctparse reads in each sentence."""
    for at, sentence in _sentences(text):
        found = ctparse(sentence, ts=datetime.fromisoformat(day), timeout=2)
        span = _ctparse_span(found.resolution, date.fromisoformat(day)) if found else None
        if span:
            yield at + found.resolution.mstart, at + found.resolution.mend, *span


def _recognizers_span(value: dict[str, str]) -> tuple[str, str] | None:
    if value["type"] == "date" and "value" in value:
        return value["value"], value["value"]
    if value["type"] == "daterange" and "start" in value and "end" in value:
        last = date.fromisoformat(value["end"]) - timedelta(days=1)
        return value["start"], last.isoformat()
    return None


def _ctparse_span(resolution: Any, today: date) -> tuple[str, str] | None:
    ends = [getattr(resolution, "t_from", resolution), getattr(resolution, "t_to", resolution)]
    if not all(getattr(end, "year", None) or getattr(end, "month", None) for end in ends):
        return None
    return _ctparse_days(ends[0], today)[0], _ctparse_days(ends[1], today)[1]


def _ctparse_days(end: Any, today: date) -> tuple[str, str]:
    grain = "day" if end.day else "month" if end.month else "year"
    return _widened(date(end.year or today.year, end.month or 1, end.day or 1), grain)


def _widened(found: date, grain: str) -> tuple[str, str]:
    first, last = found, found
    if grain == "month":
        first, last = found.replace(day=1), found.replace(day=monthrange(found.year, found.month)[1])
    elif grain == "year":
        first, last = date(found.year, 1, 1), date(found.year, 12, 31)
    return first.isoformat(), last.isoformat()


def _sentences(text: str) -> Iterator[tuple[int, str]]:
    for match in re.finditer(r"[^\n]+?(?:[.!?]+(?=\s)|$|(?=\n))", text):
        if match.group().strip():
            yield match.start(), match.group()


READERS: list[tuple[str, str, Callable[[str, str], Found]]] = [
    ("quantulum3", "quantities", quantulum),
    ("recognizers-text", "quantities", recognizers_quantities),
    ("recognizers-text", "times", recognizers_times),
    ("dateparser", "times", dateparser_times),
    ("ctparse", "times", ctparse_times),
]


def main() -> None:
    """Read all texts with every reader and print what it found."""
    texts = json.load(sys.stdin)
    for name, layer, reader in READERS:
        list(reader(*WARM_UP))
        chosen = [(text, day) for text, day, times in texts if times or layer == "quantities"]
        started = time.process_time()
        found = [list(reader(text, day)) for text, day in chosen]
        seconds = time.process_time() - started
        row = {"name": name, "layer": layer, "version": version(name), "found": found, "seconds": seconds}
        print(json.dumps(row), flush=True)


if __name__ == "__main__":
    main()
