"""The printed report: one HTML file with everything in it, for reading, sending and keeping.

It works from disk, without a network and without JavaScript; whatever a report says stays text.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, get_args

from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined

from tallyman import quantity
from tallyman.model import Label
from tallyman.publish import pictures, standings, terms, view, words
from tallyman.publish.chance import chances
from tallyman.publish.charts import draw

if TYPE_CHECKING:
    from pathlib import Path

    from tallyman.publish.report import ReportData


def report(data: ReportData, path: Path) -> None:
    """Write the report to ``path``: scoreboard, targets with charts, claims with both verdicts, documents.

    Without vl-convert the page carries no pictures and says how to get them.
    """
    path.write_text(page(data), encoding="utf-8")


def page(data: ReportData) -> str:
    """Return the report as one HTML page."""
    claims = view.claim_views(data)
    targets = view.target_views(data, claims)
    names = {provider.code: provider.label for provider in data.providers}
    return environment().get_template("report.html").render(
        data=data,
        claims=claims,
        by_id={shown.claim.id: shown for shown in claims},
        targets=targets,
        documents=view.document_views(data, claims),
        sources=view.source_views(claims, {provider.code: provider for provider in data.providers}),
        counts=view.label_counts(claims),
        names=names,
        chances=chances(data),
        pictures={row.target.id: pictures.of_target(data, row, names) for row in targets},
        record=None if data.record is None else standings.board(data.record),
        diagram=pictures.of_record(data),
        terms=terms.terms(data),
        to=lambda address: f"#{address.rsplit('/', maxsplit=1)[1]}",
        drawable=draw.available(),
    )  # fmt: skip


@cache
def environment(*packages: str) -> Environment:
    """Return the Jinja environment of all pages: autoescape on, an unknown name is an error.

    Templates of further ``packages`` are found before those of the printed report.
    """
    jinja = Environment(
        loader=ChoiceLoader([PackageLoader(package) for package in (*packages, "tallyman.publish")]),
        autoescape=True,
        auto_reload=False,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    jinja.filters |= {
        "about": standings.about,
        "came": standings.came,
        "chance": words.chance,
        "counted": words.counted,
        "amount": words.amount,
        "day": words.day,
        "due": words.due,
        "figure": words.figure,
        "foreseen": standings.foreseen,
        "goal": words.goal,
        "host": words.host,
        "link": words.link,
        "pair_key": view.pair_key,
        "pair_name": words.pair_name,
        "measure": words.measure,
        "period": words.period,
        "quantity": quantity.format,
        "quote": words.quote,
        "reached": words.reached,
        "when": words.when,
        "who": words.who,
    }
    jinja.globals |= {
        "change": words.change,
        "claimed": words.claimed,
        "labels": get_args(Label),
        "mean": standings.mean,
        "say": words.say,
    }
    return jinja
