"""The gold: reports annotated by hand, read into the shape that the extractor's claims have.

``reports()`` reads ``eval/gold/*.toml`` (format in ``eval/README.md``), ``seeds()`` the five real reports in
``../shared`` where they exist. Both give the same records, so one matcher serves both.
"""

from __future__ import annotations

import hashlib
import json
import re
import tomllib
from calendar import monthrange
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any, Literal

import msgspec

from tallyman.model import (
    Anchor,
    Attribution,
    Comparison,
    DateBasis,
    Document,
    Measure,
    Modality,
    Noun,
    Period,
    Quantity,
    Role,
    TallymanError,
)

FOLDER = Path(__file__).parent / "gold"
SEEDS = Path(__file__).parents[2] / "shared"
SEED_DATES = {
    "000": "2021-06-05",
    "001": "2021-06-05",
    "002": "2023-12-20",
    "003": "2022-12-30",
    "004": "2022-02-04",
}
SEED_MANNER = {"mixed": "direct", "narrator": "none", "indirect_weak": "none"}
CURRENT = {"actual", "commitment"}


class Prediction(Noun, frozen=True, kw_only=True):
    """A claim as one line of the JSON Lines contract; unknown names are ignored."""

    path: str | None = None
    anchor: Anchor
    quantity: Quantity | None
    role: Role
    measure: Measure
    period: Period = Period()
    modality: Modality
    deadline: date | None = None
    comparison: Comparison | None = None
    attribution: Attribution = Attribution()
    said_on: date | None = None
    negated: bool = False


class GoldClaim(Prediction, frozen=True, kw_only=True):
    """A claim an editor marked; ``also`` holds more right answers, ``optional`` is never asked for."""

    also: dict[str, list[Any]] = msgspec.field(default_factory=dict)
    phenomena: tuple[str, ...] = ()
    optional: bool = False
    note: str | None = None


class Report(Noun, frozen=True, kw_only=True):
    """One annotated text; ``money_figures`` is counted by hand and only in distractors."""

    path: str
    style: str
    kind: Literal["trade", "distractor"]
    text: str
    published_on: date | None = None
    date_basis: DateBasis = "metadata"
    claims: tuple[GoldClaim, ...] = ()
    money_figures: int = 0

    def document(self) -> Document:
        """Return the report as the extractor gets it."""
        digest = hashlib.sha256(self.text.encode()).hexdigest()
        return Document(
            id=f"doc-{digest[:16]}",
            text=self.text,
            sha256=digest,
            path=self.path,
            language="en",
            published_on=self.published_on,
            date_basis=self.date_basis,
        )


class RawReport(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """A report as written in TOML."""

    style: str
    kind: Literal["trade", "distractor"]
    text: str
    sources: list[str] = []
    published_on: date | None = None
    date_basis: DateBasis = "metadata"
    money_figures: int = 0
    note: str | None = None
    defaults: dict[str, Any] = {}
    claims: list[dict[str, Any]] = []


class RawClaim(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """A claim as written in TOML, flat; ``period`` and ``base_period`` are short for a start and an end."""

    exact: str
    nth: int = 1
    value: str | int | float | None = None
    value_max: str | int | float | None = None
    unit: str | None = None
    bound: str = "exact"
    role: str = "level"
    indicator: str = "total_trade"
    reporter: str | None = None
    partner: str | None = None
    product: str | None = None
    basis: str = "unspecified"
    period: str | None = None
    period_start: str | None = None
    period_end: str | None = None
    relation: str | None = None
    modality: str = "actual"
    deadline: str | None = None
    direction: str | None = None
    base: str | None = None
    base_period: str | None = None
    base_start: str | None = None
    base_end: str | None = None
    base_value: str | int | float | None = None
    speaker: str | None = None
    speaker_role: str | None = None
    holder: str | None = None
    relayed_by: str | None = None
    manner: str = "none"
    said_on: str | None = None
    negated: bool = False
    also: dict[str, list[Any]] = {}
    phenomena: list[str] = []
    optional: bool = False
    weak: bool = False
    note: str | None = None


def day(text: str, *, last: bool) -> date:
    """Return the first or last day of "2024", "2024-Q3", "2024-H1", "2024-05" or "2024-05-07"."""
    if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        return date.fromisoformat(text)
    match = re.fullmatch(r"(\d{4})(?:-(?:(\d\d)|Q([1-4])|H([12])))?", text)
    if not match:
        raise TallymanError(
            f"period {text!r}: not a year, half, quarter, month or day; write it like 2024-05"
        )
    year, month, quarter, half = (int(part) if part else 0 for part in match.groups())
    if month:
        months = (month, month)
    elif quarter:
        months = (3 * quarter - 2, 3 * quarter)
    else:
        months = (6 * half - 5, 6 * half) if half else (1, 12)
    return date(year, months[1], monthrange(year, months[1])[1]) if last else date(year, months[0], 1)


def span(text: str | None) -> tuple[date | None, date | None]:
    """Return the days of "2024", "2021-01..2021-04", "2014.." or "..2020"."""
    if not text:
        return None, None
    first, _, second = text.partition("..")
    second = second if ".." in text else first
    return (day(first, last=False) if first else None), (day(second, last=True) if second else None)


def reports(folder: Path = FOLDER) -> list[Report]:
    """Return the reports in ``folder`` by name; refuses a text and an annotation that do not agree."""
    return [_report(path) for path in sorted(folder.glob("*.toml"))]


def corpus_hash(folder: Path = FOLDER) -> str:
    """Return one hash of all files of the gold, so that floors cannot outlive the texts they were set on."""
    digest = hashlib.sha256()
    for path in sorted(folder.glob("*.toml")):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def seeds(folder: Path = SEEDS) -> list[Report]:
    """Return the five real reports with their gold, or nothing where ``../shared`` does not exist."""
    gold: dict[str, list[GoldClaim]] = {}
    source = folder / "seeds_gold.jsonl"
    for line in source.read_text().splitlines() if source.exists() else []:
        row = json.loads(line)
        row["also"] = {"modality": row.pop("modality_also_accepted")}
        if re.search(r"null (speaker also )?acceptable", row["note"] or ""):
            row["also"] = _with_silence(row["also"])
        row["attribution"]["manner"] = SEED_MANNER.get(
            row["attribution"]["manner"], row["attribution"]["manner"]
        )
        gold.setdefault(row["path"], []).append(msgspec.convert(row, GoldClaim))
    return [
        Report(
            path=name,
            style="seed",
            kind="trade",
            text=(folder / "seeds" / name).read_bytes().decode(),
            published_on=date.fromisoformat(SEED_DATES[name[:3]]),
            date_basis="inferred" if name[:3] in {"000", "003"} else "dateline",
            claims=tuple(claims),
        )
        for name, claims in sorted(gold.items())
    ]


def predictions(path: Path) -> dict[str, list[Prediction]]:
    """Return the claims of a JSON Lines file by the base name of their document's path."""
    found: dict[str, list[Prediction]] = {}
    for number, line in enumerate(path.read_text().splitlines(), 1):
        try:
            claim = msgspec.json.decode(line, type=Prediction)
        except msgspec.MsgspecError as error:
            raise TallymanError(f"{path}:{number}: {error}; write the contract of the design") from error
        found.setdefault(Path(claim.path or "").name, []).append(claim)
    return found


def _with_silence(also: dict[str, list[Any]]) -> dict[str, list[Any]]:
    """Add that nobody, on no day, is a right answer too: the sentence itself has no verb of saying."""
    return also | {field: [*also.get(field, []), ""] for field in ("speaker", "said_on")}


def _report(path: Path) -> Report:
    try:
        raw = msgspec.convert(tomllib.loads(path.read_text()), RawReport)
        claims = tuple(_claim(raw, {**raw.defaults, **row}) for row in raw.claims)
    except (msgspec.ValidationError, tomllib.TOMLDecodeError, TallymanError) as error:
        raise TallymanError(f"{path.name}: {error}; see eval/README.md") from error
    return Report(
        path=path.stem,
        style=raw.style,
        kind=raw.kind,
        text=raw.text,
        published_on=raw.published_on,
        date_basis=raw.date_basis,
        claims=claims,
        money_figures=raw.money_figures,
    )


def _claim(report: RawReport, row: dict[str, Any]) -> GoldClaim:
    raw = msgspec.convert({key: _plain(value) for key, value in row.items() if value != ""}, RawClaim)
    start, end = _days(raw.period, raw.period_start, raw.period_end)
    base_start, base_end = _days(raw.base_period, raw.base_start, raw.base_end)
    relation = raw.relation or ("during" if start or end else None)
    due = row.get("deadline", end if relation == "by" and raw.modality not in CURRENT else None)
    change = raw.role in {"change", "multiple", "share"} or raw.direction or raw.base
    try:
        return msgspec.convert(
            {
                "path": None,
                "anchor": anchor(report.text, raw.exact, raw.nth),
                "quantity": _quantity(raw),
                "role": raw.role,
                "measure": {key: getattr(raw, key) for key in Measure.__struct_fields__},
                "period": {"start": start, "end": end, "relation": relation},
                "modality": raw.modality,
                "deadline": _date(due or None),
                "comparison": {
                    "direction": raw.direction,
                    "base": raw.base,
                    "base_start": base_start,
                    "base_end": base_end,
                    "base_value": _number(raw.base_value),
                }
                if change
                else None,
                "attribution": {key: getattr(raw, key) for key in Attribution.__struct_fields__},
                "said_on": _date(raw.said_on),
                "negated": raw.negated,
                "also": _with_silence(raw.also) if raw.weak else raw.also,
                "phenomena": raw.phenomena,
                "optional": raw.optional,
                "note": raw.note,
            },
            GoldClaim,
        )
    except (msgspec.ValidationError, InvalidOperation, ValueError) as error:
        raise TallymanError(f"claim {raw.exact!r} ({raw.nth}): {error}") from error


def _days(short: str | None, start: str | None, end: str | None) -> tuple[date | None, date | None]:
    return span(short) if short else (_date(start), _date(end))


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value


def _date(value: str | date | None) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) else value


def _number(value: str | float | None) -> Decimal | None:
    return None if value is None else Decimal(str(value).replace("_", ""))


def _quantity(raw: RawClaim) -> dict[str, Any] | None:
    if raw.value is None:
        return None
    return {
        "value": _number(raw.value),
        "value_max": _number(raw.value_max),
        "unit": raw.unit,
        "bound": raw.bound,
    }


def anchor(text: str, exact: str, nth: int) -> Anchor:
    """Return where ``exact`` stands for the ``nth`` time, not inside a longer number or word.

    >>> anchor("from 125% to 25%", "25%", 1).start
    13
    """
    before = r"(?<!\w)(?<!\d[.,])" if exact[:1].isalnum() else ""
    after = r"(?!\w)(?![.,]\d)" if exact[-1:].isalnum() else ""
    places = [match.start() for match in re.finditer(before + re.escape(exact) + after, text)]
    if len(places) < nth:
        raise TallymanError(f"claim {exact!r}: occurrence {nth} asked for, the text has {len(places)}")
    return Anchor(start=places[nth - 1], end=places[nth - 1] + len(exact), exact=exact)
