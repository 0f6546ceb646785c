"""How well the reader finds the day of a report in its own text, where nobody tells it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tallyman.model import Document
from tallyman.read.document import Given, document

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gold import Report
    from scores import Scores

TOLD = {"metadata", "none"}


def measure_dates(reports: Sequence[Report]) -> Scores:
    """Return the percent of days found where the text carries one, and how many days are wrong anywhere."""
    days = [(report, _day(report)) for report in reports]
    asked = [(report, day) for report, day in days if report.date_basis not in TOLD]
    right = sum(day == report.published_on for report, day in asked)
    wrong = sum(day is not None and day != report.published_on for report, day in days)
    return {
        "document_date": 100 * right / len(asked) if asked else 100.0,
        "false_document_dates": float(wrong),
    }


def date_details(reports: Sequence[Report]) -> Iterator[str]:
    """Yield every day that is wrong or not found in one line."""
    for report in reports:
        day = _day(report)
        if day != report.published_on and (day or report.date_basis not in TOLD):
            yield f"{report.path}\tDATE\t{report.published_on}\t{day or '-'}"


def _day(report: Report) -> object:
    read = document(report.text, report.path, "text", Given())
    return read.published_on if isinstance(read, Document) else None
