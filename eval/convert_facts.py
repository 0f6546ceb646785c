"""Make the shipped table src/tallyman/providers/data/reference.csv from the collected statements.

    python eval/convert_facts.py ../shared/facts

The statements' tables are not part of the repository; the lookups are in providers/reference.toml. Exits with
the statement's id where a value has no lookup or an assertion fails; a second run gives the same bytes.
"""

from __future__ import annotations

import calendar
import csv
import io
import sys
import tomllib
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from tallyman.model import Measure, Observation, Period
from tallyman.providers import catalogue, reference
from tallyman.providers.rows import identified

ROOM = Path(reference.__file__).parent
BILLION = 9
OPPOSITE = {"export": "import", "import": "export", "total": "total"}
Line = dict[str, str]


def main(arguments: list[str]) -> int:
    """Write the shipped table; the one argument is the folder of the collected tables."""
    if len(arguments) != 1:
        print("usage: python eval/convert_facts.py FOLDER", file=sys.stderr)
        return 2
    (ROOM / "data" / "reference.csv").write_text(table(Path(arguments[0])), encoding="utf-8", newline="")
    return 0


def table(folder: Path) -> str:
    """Return the shipped table as CSV text."""
    with (ROOM / "reference.toml").open("rb") as file:
        lookups = tomllib.load(file)
    lookups["provider_of"] = {name: code for code, names in lookups["providers"].items() for name in names}
    found: dict[str, tuple[Line, Observation]] = {}
    for name, expected in lookups["assertions"]["statements"].items():
        with (folder / name).open(encoding="utf-8", newline="") as file:
            lines = list(csv.DictReader(file))
        assert len(lines) == expected, f"{name}: {len(lines)} statements, {expected} expected"
        for line in lines:
            for row in observations(line, lookups):
                found.setdefault(row.id, (line, row))
    rows = sorted(found.values(), key=lambda pair: order(pair[1]))
    check([row for _, row in rows], lookups["assertions"])
    return written(rows)


def observations(line: Line, lookups: dict[str, Any]) -> list[Observation]:
    """Return what a line prints: a level, a change, or both."""
    shared = read(line, lookups)
    status, currency = reading(line, lookups)
    local = line.get("currency", "USD")
    printed = []
    amount, unit = (
        (line["value_usd_bn"], "USD") if line["value_usd_bn"] else (line.get("value_local_bn"), local)
    )
    if amount:
        value, step = scaled(amount, BILLION)
        currency = currency if unit == "USD" else unit
        level = {"role": "level", "value": value, "step": step, "unit": unit, "currency": currency}
        printed.append(identified(Observation(**shared, **level, status=status)))
    if line["yoy_pct"]:
        value, step = scaled(line["yoy_pct"], 0)
        currency = line["yoy_currency"] if local == "USD" else local
        change = {"role": "change", "value": value, "step": step, "unit": "percent", "currency": currency}
        kept = status if status in {"suspect", "corrected"} else "normal"
        printed.append(identified(Observation(**shared, **change, status=kept)))
    return printed


def reading(line: Line, lookups: dict[str, Any]) -> tuple[Any, str]:
    """Return the status of a line's amount and the currency in which its series is counted."""
    readings = lookups["readings"]
    status = lookups["statuses"][line.get("quality") or line.get("flag", "")]
    currency = "CNY" if status == "converted" else "USD"
    if line.get("computed") and status != "suspect":
        status = "computed"
    for mark in ("rounded", "computed", "suspect"):
        if listed(line, readings[mark]) and status != "suspect":
            status = mark
    for code, statements in readings["converted"].items():
        if listed(line, statements):
            status, currency = "converted", code
    return status, currency


def listed(line: Line, statements: list[str]) -> bool:
    """Whether a line is named in a list of reference.toml, alone or with its statement."""
    return line["row_group"] in statements or f"{line['row_group']}/{line['flow']}" in statements


def read(line: Line, lookups: dict[str, Any]) -> dict[str, Any]:
    """Look up what all numbers of a line share; a KeyError names what reference.toml does not know."""
    reporter, partner, flow = (
        lookups["areas"][line["reporter"]],
        lookups["areas"][line["partner"]],
        line["flow"],
    )
    provider = lookups["provider_of"][line.get("official_source", "GACC")]
    for code, statements in lookups["readings"]["provider"].items():
        provider = code if listed(line, statements) else provider
    note = line["note"]
    if catalogue.provider(provider).area == partner:
        note = f"{note}; printed from the other side ({reporter})".removeprefix("; ")
        reporter, partner, flow = partner, reporter, OPPOSITE[flow]
    day, kind = release(line["release_date"], line.get("release_date_kind", "source"))
    return {
        "id": "",
        "provider": provider,
        "measure": Measure(
            indicator=lookups["indicators"][flow],
            reporter=reporter,
            partner=partner,
            basis=lookups["bases"][line.get("basis", "goods")],
        ),
        "period": Period(
            start=date.fromisoformat(line["period_start"]),
            end=date.fromisoformat(line["period_end"]),
            relation="during",
        ),
        "released_on": day,
        "release_kind": kind,
        "source_url": line["source_url"],
        "note": note or None,
    }


def release(text: str, kind: str) -> tuple[date, str]:
    """Return the day a print was known; a month or a year alone is known by its last day.

    >>> release("2022-08", "source")
    (datetime.date(2022, 8, 31), 'known_by')
    """
    parts = [int(part) for part in text.split("-")]
    if len(parts) == 3:
        return date(*parts), kind
    year, month = (parts[0], 12) if len(parts) == 1 else parts
    return date(year, month, calendar.monthrange(year, month)[1]), "known_by"


def scaled(text: str, exponent: int) -> tuple[Decimal, Decimal]:
    """Return a printed number and one unit of its last written digit, both in full units."""
    printed = Decimal(text)
    last = printed.as_tuple().exponent
    assert isinstance(last, int)
    return plain(printed.scaleb(exponent)), plain(Decimal(1).scaleb(last + exponent))


def plain(value: Decimal) -> Decimal:
    """Return the same number without an exponent, so that it is written in one way only."""
    return Decimal(f"{value:f}")


def order(row: Observation) -> tuple[Any, ...]:
    """Return the place of a row in the table: provider rank, pair, period, indicator, release day."""
    rank = catalogue.provider(row.provider).rank
    measure = row.measure
    return (
        rank,
        row.provider,
        measure.reporter,
        measure.partner,
        row.period.end,
        row.period.start,
        measure.indicator,
        row.role,
        row.released_on,
        row.id,
    )


def check(rows: list[Observation], assertions: dict[str, Any]) -> None:
    """Refuse a table that breaks an assertion of reference.toml."""
    assert len(rows) == assertions["observations"], (
        f"{len(rows)} observations, not {assertions['observations']}"
    )
    for row in rows:
        limits = assertions[row.role]
        assert limits["lowest"] <= row.value <= limits["highest"], f"{row}: value out of range"
        assert row.released_on >= assertions["earliest_release"], f"{row}: released too early"
        assert row.period.end is not None
        early = row.released_on < row.period.end
        assert not early or row.status == "suspect", f"{row}: released before the period is over"


def written(rows: list[tuple[Line, Observation]]) -> str:
    """Return the rows as CSV text."""
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\n")
    table.writerow(reference.COLUMNS)
    for line, row in rows:
        table.writerow(
            (
                row.id,
                line["row_group"],
                row.provider,
                row.measure.indicator,
                row.measure.reporter,
                row.measure.partner,
                row.measure.basis,
                row.role,
                row.period.start,
                row.period.end,
                row.value,
                row.unit,
                row.currency,
                row.step,
                row.status,
                row.released_on,
                row.release_kind,
                row.source_url,
                row.note or "",
            )
        )
    return out.getvalue()


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
