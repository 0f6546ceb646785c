"""A small report made by hand from bundled reports, so that publishing is tested without an extractor."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from msgspec import structs

from tallyman import demo, link, record, track
from tallyman.check import check
from tallyman.ids import content_id
from tallyman.model import (
    Anchor,
    Attribution,
    Claim,
    Comparison,
    Document,
    Link,
    Measure,
    Observation,
    Origin,
    Period,
    Quantity,
    Story,
    Target,
    TargetEvent,
)
from tallyman.providers.catalogue import providers
from tallyman.providers.reference import observations
from tallyman.publish.report import ReportData
from tallyman.series import shelf

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tallyman.score import Fared

TODAY = date(2026, 11, 22)
FILES = (
    "cn-ru-2022-02-target-250.txt",
    "cn-ru-2023-01-year.txt",
    "cn-ru-2023-01-year-copy.txt",
    "cn-ru-2023-07-half-year.txt",
    "cn-ru-2023-08-seven-months.txt",
    "cn-ru-2023-12-target-met.txt",
    "kr-vn-2024-02-missed.txt",
)
DOCUMENTS = {d.path.removeprefix("demo/"): d for d in demo.documents()}
B = 10**9
YEAR_2022 = (date(2022, 1, 1), date(2022, 12, 31))
YEAR_2023 = (date(2023, 1, 1), date(2023, 12, 31))


def claim(document: Document, exact: str, value: float, **told: object) -> Claim:
    """Return a claim on the first occurrence of ``exact``; ``told`` overrides what the sample assumes."""
    start = document.text.index(exact)
    sentence = next(
        found
        for found in re.finditer(r"[^\n]+?(?:\.(?= [A-Z\"])|\n|$)", document.text)
        if found.start() <= start < found.end()
    )
    clause = sentence.group().strip()
    clause_start = document.text.index(clause, sentence.start())
    reporter, partner, indicator = told.get("flow", ("CN", "RU", "total_trade"))
    span = told.get("span", (None, None))
    role = told.get("role", "level")
    return Claim(
        id=content_id("clm", document.id, start, start + len(exact), role, told.get("modality", "actual")),
        document_id=document.id,
        path=document.path,
        anchor=Anchor(start=start, end=start + len(exact), exact=exact),
        clause=Anchor(start=clause_start, end=clause_start + len(clause), exact=clause),
        quantity=Quantity(
            value=Decimal(str(value)),
            unit="percent" if role == "change" else "USD",
            bound=told.get("bound", "exact"),
            step=Decimal(str(told["step"])) if "step" in told else None,
        ),
        role=role,
        measure=Measure(indicator=indicator, reporter=reporter, partner=partner),
        period=Period(start=span[0], end=span[1], relation="during" if span[0] else None),
        modality=told.get("modality", "actual"),
        deadline=told.get("deadline"),
        comparison=Comparison(direction="up") if role == "change" else None,
        attribution=told.get("attribution", Attribution()),
        said_on=document.published_on,
        origin=Origin(extractor="sample", version="1", rule="by hand"),
    )


def claims(documents: dict[str, Document]) -> tuple[Claim, ...]:
    """Return the claims of the sample."""
    peskov = Attribution(
        speaker="Dmitry Peskov", speaker_role="Kremlin spokesman", holder="Xi Jinping", manner="indirect"
    )
    xi, year, copy, half, seven, met, missed = (documents[name] for name in FILES)
    korea = ("KR", "VN", "total_trade")
    january = date(2023, 1, 1)
    half_year = (january, date(2023, 6, 30))
    return (
        claim(xi, "$250 bln", 250 * B, modality="target", attribution=peskov),
        claim(xi, "$140 bln", 140 * B, attribution=peskov),
        claim(year, "29.3 percent", 29.3, role="change", span=YEAR_2022, step=0.1),
        claim(year, "$190.27 billion", 190.27 * B, span=YEAR_2022),
        claim(year, "$200 billion", 200 * B, modality="target", deadline=date(2024, 12, 31)),
        claim(copy, "29.3 percent", 29.3, role="change", span=YEAR_2022, step=0.1),
        claim(half, "$114.547 billion", 114.547 * B, span=half_year),
        claim(half, "$52.284 billion", 52.284 * B, flow=("RU", "CN", "exports"), span=half_year),
        claim(seven, "$134.1 mln", 134.1 * 10**6, span=(january, date(2023, 7, 31))),
        claim(met, "$218.17 bln", 218.17 * B, bound="at_least", span=(january, date(2023, 11, 30))),
        claim(met, "$300 bln", 300 * B, modality="forecast", deadline=date(2030, 12, 31)),
        claim(missed, "$79.43 billion", 79.43 * B, flow=korea, span=YEAR_2023),
        claim(missed, "$100 billion", 100 * B, flow=korea, modality="target", deadline=date(2023, 12, 31)),
    )  # fmt: skip


def events(goals: tuple[Target, ...]) -> tuple[TargetEvent, ...]:
    """Return one outcome for each of the three targets: open, met early, missed."""
    xi, early, missed = goals
    return (
        TargetEvent(target_id=xi.id, on=date(2026, 9, 8), status="open", provider="gacc",
                    explanation="The best year so far is 2024 with $244.819 billion."),
        TargetEvent(target_id=early.id, on=date(2023, 12, 7), status="met_early", provider="gacc",
                    period=Period(start=date(2023, 1, 1), end=date(2023, 11, 30)), value=Decimal("218.17E9"),
                    months_ahead=13, explanation="Crossed in November 2023: $218.17 billion."),
        TargetEvent(target_id=missed.id, on=date(2024, 2, 5), status="missed", provider="kita",
                    explanation="$79.43 billion in 2023, $20.57 billion short."),
    )  # fmt: skip


def forecasts(
    made: tuple[Claim, ...], goals: tuple[Target, ...], rows: tuple[Observation, ...]
) -> tuple[Fared, ...] | None:
    """Return the record: a year and a target foreseen on a day, and what an official foresees."""
    if not record.scorable():
        return None
    from tallyman.forecast import nowcast, target_probability  # noqa: PLC0415 - numpy is an extra

    day, trade = date(2023, 5, 12), Measure(indicator="total_trade", reporter="CN", partner="RU")
    statistics = shelf(rows)
    (year, *_) = nowcast(statistics, trade, 2023, as_of=day, threshold=200e9)
    (outlook, *_) = target_probability(goals[1], statistics, as_of=day)
    kept = (year, outlook.forecast)
    return tuple(record.fared(kept, made, statistics, as_of=TODAY))


def links(documents: Iterable[Document]) -> tuple[Link, ...]:
    """Return the one link of the sample: a report that copies another."""
    by_path = {row.path: row.id for row in documents}
    copy, year = by_path[f"demo/{FILES[2]}"], by_path[f"demo/{FILES[1]}"]
    return (Link(id="lnk_1", kind="copy_of", from_id=copy, to_id=year, score=1.0, evidence="the same words"),)


def stories(documents: dict[str, Document]) -> tuple[Story, ...]:
    """Return the one story that several reports of the sample tell."""
    told = link.stories(documents.values(), links(documents.values()))
    return tuple(structs.replace(row, wire="Xinhua") for row in told if len(row.document_ids) > 1)


def sample() -> ReportData:
    """Return the sample as the ledger would hand it over."""
    documents = {name: DOCUMENTS[name] for name in FILES}
    made = claims(documents)
    goals = tuple(track.targets(made, documents.values()))
    rows = tuple(observations())
    return ReportData(
        title="Tallyman: bundled reports",
        as_of=TODAY,
        version="0.1.0",
        documents=tuple(documents.values()),
        claims=made,
        verdicts_then=tuple(check(told, rows, as_of=told.said_on) for told in made),
        verdicts_today=tuple(check(told, rows, as_of=TODAY) for told in made),
        targets=goals,
        events=events(goals),
        observations=rows,
        stories=stories(documents),
        providers=tuple(providers().values()),
        record=forecasts(made, goals, rows),
        notes=("The reports are written for this demonstration; their outlets are invented.",),
    )
