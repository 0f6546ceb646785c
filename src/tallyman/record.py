"""The public record: how forecasts fared, ours as issued and officials' beside them, and who was how often right.

A forecast is kept when it is issued and never changed. It counts as one only if it was issued before its period
could be known; what was made later from the knowledge of an earlier day is a replay, and is shown apart. Beside
every forecast stands what plain arithmetic foresaw on the same day.
"""

from __future__ import annotations

from collections import defaultdict
from importlib.util import find_spec
from typing import TYPE_CHECKING, Literal

from msgspec import structs

from tallyman import speakers, track
from tallyman.answers import Followed
from tallyman.model import Noun, TallymanError
from tallyman.naive import naive
from tallyman.score import Fared, scores, stated

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from tallyman.answers import Checked
    from tallyman.model import Claim, Document, Forecast, Score, TargetStatus
    from tallyman.score import Made
    from tallyman.series import Shelf
    from tallyman.track import Listed

By = Literal["speaker", "outlet"]
_BESIDE: dict[Made, Made] = {
    "issued": "naive beside issued",
    "replayed": "naive beside replayed",
    "official": "naive beside an official",
}
_DECIDED = ("met", "missed", "open", "superseded", "withdrawn")


class Outcome(Noun, frozen=True, kw_only=True):
    """A target of a table with what became of it, and in the eyes of the table.

    ``agrees`` is None where the table does not say or nobody counts the target.
    """

    followed: Followed
    outcome: str | None
    agrees: bool | None


def fared(
    kept: Iterable[Forecast], claims: Iterable[Claim], statistics: Shelf, *, as_of: date
) -> list[Fared]:
    """Return every forecast issued by ``as_of``, kept or told by an official, with the scores known by then.

    Beside each official's forecast stands what we would have said on the same day of the same provider's
    figures, and beside each of all what growth so far foresaw. Needs the extra ``[forecast]``.
    """
    try:
        from tallyman.forecast import beside  # noqa: PLC0415 - numpy is an extra
    except ModuleNotFoundError as error:
        raise needed(error) from error
    issued = [row for row in kept if row.issued_on <= as_of]
    told = [(claim, row) for claim in claims for row in stated(claim, statistics) if row.issued_on <= as_of]
    official = {row.id: row for _, row in told}
    names = {row.id: claim.attribution.speaker or claim.attribution.holder for claim, row in told}
    rows: list[tuple[Made, str, Forecast]] = [
        *((_kind(row), row.method, row) for row in issued),
        *(("official", names[key] or row.method, row) for key, row in official.items()),
        *(("beside an official", row.method, row) for row in beside(official.values(), statistics)),
    ]
    plain = [(_BESIDE[made], naive(row, statistics)) for made, _, row in rows if made in _BESIDE]
    rows += [(made, row.method, row) for made, row in plain if row is not None]
    unscored = [Fared(made=made, who=who, forecast=row) for made, who, row in rows]
    return known(unscored, statistics, as_of=as_of)


def known(rows: Iterable[Fared], statistics: Shelf, *, as_of: date) -> list[Fared]:
    """Return those forecasts of a record that were issued by ``as_of``, with the scores known by then."""
    issued = [row for row in rows if row.forecast.issued_on <= as_of]
    forecasts = {row.forecast.id: row.forecast for row in issued}
    try:
        scored = scores(forecasts.values(), statistics, as_of=as_of)
    except ModuleNotFoundError as error:
        raise needed(error) from error
    by_forecast: defaultdict[str, list[Score]] = defaultdict(list)
    for one in scored:
        by_forecast[one.forecast_id].append(one)
    return [structs.replace(row, scores=tuple(by_forecast[row.forecast.id])) for row in issued]


def scorable() -> bool:
    """Tell whether the libraries that scoring needs are installed here."""
    return all(find_spec(name) for name in ("numpy", "scoringrules"))


def spoken(
    checked: Iterable[Checked], documents: Iterable[Document], statistics: Shelf, *, by: By
) -> list[speakers.Record]:
    """Return the records of speakers, or of the outlets and agencies that printed the claims; see ``speakers``."""
    reports = {document.id: document for document in documents}
    said = []
    for row in checked:
        claim, report = row.claim, reports[row.claim.document_id]
        told = claim.attribution
        name = told.speaker or told.holder if by == "speaker" else report.outlet or report.agency
        day = claim.said_on or report.published_on
        if name:
            naive = None if day is None else speakers.naive(claim, statistics, said_on=day)
            said.append(speakers.Said(name=name, claim=claim, verdict=row.verdict_today, naive=naive))
    return speakers.records(said)


def outcomes(listed: Listed, statistics: Shelf, *, as_of: date) -> list[Outcome]:
    """Return what became of each target of a table by ``as_of``, beside what the table says of it."""
    register = [row.target for row in listed.rows]
    found = []
    for row in listed.rows:
        events = tuple(track.events(row.target, statistics, as_of=as_of, register=register))
        found.append(
            Outcome(
                followed=Followed(target=row.target, events=events),
                outcome=row.outcome,
                agrees=_agrees(row.outcome, events[0].status),
            )
        )
    return found


def needed(error: ModuleNotFoundError) -> TallymanError:
    """Return what to tell a user who lacks the forecasting libraries."""
    return TallymanError(f"forecast: {error.name} is not installed; pip install 'tallyman-trade[forecast]'")


def _agrees(told: str | None, status: TargetStatus) -> bool | None:
    if told not in _DECIDED or status == "untestable":
        return None
    return told == ("met" if status == "met_early" else status)


def _kind(forecast: Forecast) -> Made:
    return "issued" if forecast.issued_on <= forecast.as_of else "replayed"
