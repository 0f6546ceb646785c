"""Observations as SDMX-CSV 2.0, with the structure that explains it; every field survives the round trip."""

from __future__ import annotations

import csv
import shutil
from importlib.resources import as_file, files
from typing import TYPE_CHECKING

from tallyman.period import calendar_year, month_end, whole_months
from tallyman.quantity import plain

if TYPE_CHECKING:
    from pathlib import Path

    from tallyman.model import Observation, ObservationStatus, Period
    from tallyman.publish.report import ReportData

_STRUCTURE = "sdmx_structure.xml"
_DATAFLOW = ("dataflow", "TALLYMAN:TRADE(1.0)", "I")
# CL_OBS_STATUS: A normal, E estimated, U of low reliability; our own word stands beside it in STATUS.
_STATUSES: dict[ObservationStatus, str] = {
    "normal": "A",
    "corrected": "A",
    "rounded": "A",
    "computed": "E",
    "converted": "E",
    "suspect": "U",
}
_TRANSFORMATIONS = {"level": "N", "change": "GY"}
_NONE, _ALL, _OTHER = "_Z", "_T", "_O"
_QUARTER, _MONTH = 3, 1
_COLUMNS = (
    "FREQ",
    "REF_AREA",
    "COUNTERPART_AREA",
    "INDICATOR",
    "PRODUCT",
    "BASIS",
    "TRANSFORMATION",
    "CURRENCY_COUNTED",
    "PROVIDER",
    "RELEASED_ON",
    "PRINT",
    "TIME_PERIOD",
    "OBS_VALUE",
    "OBS_STATUS",
    "STATUS",
    "UNIT_MEASURE",
    "UNIT_MULT",
    "STEP",
    "RELEASE_KIND",
    "RETRIEVED_AT",
    "SOURCE_URL",
    "DOCUMENT_ID",
    "COMMENT_OBS",
)


def write_sdmx_csv(data: ReportData, folder: Path) -> list[Path]:
    """Write the observations of a report as ``observations.sdmx.csv`` and their structure as SDMX-ML 2.1.

    Values are in full units (UNIT_MULT 0); growth is TRANSFORMATION GY in percent. A year, quarter or month
    is written as such, another span as its first day and length ("2023-01-01/P10M") with FREQ _O.
    """
    table = folder / "observations.sdmx.csv"
    with table.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(("STRUCTURE", "STRUCTURE_ID", "ACTION", *_COLUMNS))
        rows.writerows((*_DATAFLOW, *_cells(row)) for row in data.observations)
    structure = folder / "observations.structure.xml"
    with as_file(files(__package__).joinpath(_STRUCTURE)) as shipped:
        shutil.copyfile(shipped, structure)
    return [table, structure]


def _cells(row: Observation) -> tuple[str, ...]:
    measure = row.measure
    frequency, period = time_period(row.period)
    return (
        frequency,
        measure.reporter or _NONE,
        measure.partner or _NONE,
        measure.indicator.upper(),
        measure.product or _ALL,
        measure.basis.upper(),
        _TRANSFORMATIONS[row.role],
        row.currency or _NONE,
        row.provider,
        row.released_on.isoformat(),
        row.id,
        period,
        plain(row.value),
        _STATUSES[row.status],
        row.status,
        "PT" if row.unit == "percent" else row.unit,
        "0",
        "" if row.step is None else plain(row.step),
        row.release_kind,
        "" if row.retrieved_at is None else row.retrieved_at.isoformat(),
        row.source_url or "",
        row.document_id or "",
        " ".join((row.note or "").split()),
    )


def time_period(period: Period) -> tuple[str, str]:
    """Return frequency and period as SDMX writes them.

    >>> from datetime import date
    >>> from tallyman.model import Period
    >>> time_period(Period(start=date(2023, 1, 1), end=date(2023, 10, 31)))
    ('_O', '2023-01-01/P10M')
    """
    start, end = period.start, period.end
    if start is None or end is None:
        return _OTHER, ""
    months = whole_months(start, end)
    if (start, end) == calendar_year(start.year):
        return "A", f"{start:%Y}"
    if months == _MONTH and end == month_end(start):
        return "M", f"{start:%Y-%m}"
    if months == _QUARTER and start.month % _QUARTER == 1:
        return "Q", f"{start:%Y}-Q{start.month // _QUARTER + 1}"
    length = f"P{months}M" if months else f"P{(end - start).days + 1}D"
    return _OTHER, f"{start}/{length}"
