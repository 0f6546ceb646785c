"""What a printed report is made of: nouns that a ledger hands over, with nothing left to look up."""

from __future__ import annotations

from datetime import date

from tallyman.model import (
    Claim,
    Document,
    Noun,
    Observation,
    Story,
    Target,
    TargetEvent,
    Verdict,
)
from tallyman.providers.catalogue import Provider
from tallyman.score import Fared


class ReportData(Noun, frozen=True, kw_only=True):
    """The rows of one report, as known on ``as_of``.

    ``verdicts_then`` are as of the day each claim was said, ``verdicts_today`` as of ``as_of``; a claim may
    lack either. ``observations`` are all prints that charts and evidence may show, not only those that count
    today. ``events`` of one target stand in the order in which its providers are to be named. ``record`` are
    the forecasts of the public record, None where the libraries that score them are missing.
    """

    title: str
    as_of: date
    version: str
    documents: tuple[Document, ...] = ()
    claims: tuple[Claim, ...] = ()
    verdicts_then: tuple[Verdict, ...] = ()
    verdicts_today: tuple[Verdict, ...] = ()
    targets: tuple[Target, ...] = ()
    events: tuple[TargetEvent, ...] = ()
    observations: tuple[Observation, ...] = ()
    stories: tuple[Story, ...] = ()
    providers: tuple[Provider, ...] = ()
    record: tuple[Fared, ...] | None = ()
    notes: tuple[str, ...] = ()
