"""What became of a target: met, missed, open or untestable, judged per provider as known on a day."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING

from msgspec import structs

from tallyman.crossing import best_year, first_crossing
from tallyman.model import Noun, Period, Target, TargetEvent
from tallyman.period import MONTHS_IN_YEAR, Span, months_between
from tallyman.quantity import currencies
from tallyman.quantity import format as written
from tallyman.series import Shelf, shelf
from tallyman.source import Source, sources
from tallyman.track.register import denies, replaces, same_subject
from tallyman.wording import area, say, sentence, span

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tallyman.model import Claim, Measure, Observation, TargetStatus
    from tallyman.reading import Reading
    from tallyman.series import Series

COUNTED = ("total_trade", "exports", "imports", "balance")
LEADING: tuple[TargetStatus, ...] = (
    "met_early", "met", "withdrawn", "superseded", "missed", "open", "untestable",
)  # fmt: skip
_TENTH = Decimal("0.1")
_PERCENT = 100
_ASKED = date.max
"""Stands for the day asked for, whichever that is."""
_REMEMBERED = 8192


class Followed(Noun, frozen=True, kw_only=True):
    """A target as one provider can follow it: the amount in full units and in words, and the limits in time.

    ``over`` is whether its deadline has passed, ``years`` are those that are.
    """

    target: Target
    amount: Decimal
    words: str
    since: date
    over: bool
    years: list[Span]


def events(
    target: Target,
    observations: Iterable[Observation] | Shelf,
    *,
    as_of: date,
    register: Iterable[Target] = (),
    claims: Iterable[Claim] = (),
) -> list[TargetEvent]:
    """Return what became of a target by ``as_of``, one event per provider, the leading one first.

    ``met_early`` is reached at least a year before the deadline, with the months; ``missed`` needs the last
    year that could have met it; a target nobody counts is ``untestable`` with the reason. If it is not met,
    a target of the ``register`` that replaced it makes it ``superseded``, and one of the ``claims`` that denies
    it makes it ``withdrawn``.
    """
    return Judge(observations).events(target, as_of=as_of, register=register, claims=claims)


class Judge:
    """What became of targets by any day; what is asked again, or of a day that knew the same, is remembered."""

    def __init__(self, observations: Iterable[Observation] | Shelf) -> None:
        """Judge by these observations."""
        self._shelf = shelf(observations)
        self._counts = lru_cache(_REMEMBERED)(self._counting)
        self._judged = lru_cache(_REMEMBERED)(_judged)

    def events(
        self, target: Target, *, as_of: date, register: Iterable[Target] = (), claims: Iterable[Claim] = ()
    ) -> list[TargetEvent]:
        """Return what became of one target by a day; see the function ``events``."""
        reason = _obstacle(target)
        if reason is not None:
            return [_event(target, as_of, "untestable", reason)]
        money = target.quantity.unit in currencies()
        counts = self._counts(target.measure, target.quantity.unit if money else None, as_of)
        over = target.deadline is not None and target.deadline < as_of
        judged = [_asked(event, as_of) for event in self._judged(_goal(target), counts, over)]
        judged += _superseded(target, register, as_of) + _withdrawn(target, claims, as_of)
        if not judged:
            pair = {"one": area(target.measure.reporter), "other": area(target.measure.partner)}
            return [_event(target, as_of, "untestable", say("unknown.no_series", **pair))]
        return sorted(judged, key=_leading)

    def _counting(self, measure: Measure, unit: str | None, as_of: date) -> tuple[tuple[Series, int], ...]:
        """Return every series that counts a measure, and how many of its years were over by a day."""
        found = sources(measure, self._shelf, as_of=as_of, unit=unit)
        return tuple((source.series, sum(end <= as_of for _, end in source.years())) for source in found)


def _goal(target: Target) -> Target:
    """Return what is judged of a target, whoever tells it."""
    return structs.replace(target, set_by=None, told_by=None, relayed_by=None, supersedes=None, claim_ids=())


def _asked(event: TargetEvent, as_of: date) -> TargetEvent:
    """Return an event that no figure dates as one of the day asked for."""
    return event if event.period is not None else structs.replace(event, on=as_of)


def _leading(event: TargetEvent) -> tuple[int, int]:
    """Order events by how much they settle; of the open ones the most recent count leads."""
    end = event.period.end if event.status == "open" and event.period else None
    return (LEADING.index(event.status), -end.toordinal() if end else 0)


def _obstacle(target: Target) -> str | None:
    measure = target.measure
    if measure.indicator not in COUNTED:
        return say("not_checkable.indicator", indicator=say(f"indicator.{measure.indicator}"))
    if measure.reporter is None or measure.partner is None:
        return say("not_checkable.no_pair")
    if target.set_on is None:
        return say("target.undated")
    return None


def _event(target: Target, on: date, status: TargetStatus, text: str) -> TargetEvent:
    return TargetEvent(target_id=target.id, on=on, status=status, explanation=sentence(text))


def _superseded(target: Target, register: Iterable[Target], as_of: date) -> list[TargetEvent]:
    newer = [other for other in register if replaces(other, target) and same_subject(other, target)]
    first = min(newer, key=lambda other: other.set_on or date.max, default=None)
    if first is None or first.set_on is None or first.set_on > as_of:
        return []
    text = say("target.superseded", figure=written(first.quantity), deadline=first.deadline, day=first.set_on)
    return [_event(target, first.set_on, "superseded", text)]


def _withdrawn(target: Target, claims: Iterable[Claim], as_of: date) -> list[TargetEvent]:
    since = target.set_on or date.max
    days = [claim.said_on for claim in claims if denies(claim, target) and claim.said_on is not None]
    later = [day for day in days if since <= day <= as_of]
    if not later:
        return []
    text = say("target.withdrawn", figure=written(target.quantity), day=min(later))
    return [_event(target, min(later), "withdrawn", text)]


def _judged(target: Target, counts: tuple[tuple[Series, int], ...], over: bool) -> list[TargetEvent]:
    """Return what each series makes of a target; the day of an event without a figure is left open."""
    figure = written(target.quantity)
    found = []
    for series, years in counts:
        source = Source(series, target.measure)
        amount = None if target.set_on is None else source.aim(target.quantity, target.set_on)
        if amount is None or target.set_on is None:
            text = say("target.no_base", provider=source.label, factor=figure)
            found.append(_of(source, target, _ASKED, "untestable", text))
            continue
        followed = Followed(
            target=target,
            amount=amount,
            words=figure,
            since=_since(target.set_on, target.deadline),
            over=over,
            years=source.years()[:years],
        )
        found.append(_followed(source, followed))
    return found


def _followed(source: Source, followed: Followed) -> TargetEvent:
    target = followed.target
    if target.rule == "cumulative":
        return _cumulative(source, followed)
    crossing = first_crossing(
        source.series, source.indicator, followed.amount, since=followed.since, until=target.deadline
    )
    if crossing is not None:
        return _met(source, followed, crossing.reading, crossing.known_on)
    if target.deadline is not None and followed.over:
        return _over(source, followed, target.deadline)
    return _open(source, followed)


def _since(set_on: date, deadline: date | None) -> date:
    """From when a target is followed: a report that looks back at one still means the year of its deadline."""
    return set_on if deadline is None else min(set_on, date(deadline.year, 1, 1))


def _met(source: Source, followed: Followed, reading: Reading, known_on: date) -> TargetEvent:
    deadline = followed.target.deadline
    ahead = None if deadline is None else months_between(reading.end, deadline)
    early = ahead is not None and ahead >= MONTHS_IN_YEAR
    text = say(
        "target.met",
        figure=followed.words,
        known_on=known_on,
        ahead=say("target.ahead", months=ahead, deadline=deadline) if early else "",
        **source.words(reading),
    )
    status: TargetStatus = "met_early" if early else "met"
    return _of(source, followed.target, known_on, status, text, reading=reading, months_ahead=ahead)


def _over(source: Source, followed: Followed, deadline: date) -> TargetEvent:
    best = best_year(source.series, source.indicator, since=followed.since, until=deadline)
    if best is None or not source.covers(deadline):
        return _of(source, followed.target, _ASKED, "untestable", source.uncovered(deadline))
    later = first_crossing(source.series, source.indicator, followed.amount, since=deadline, until=None)
    text = say(
        "target.missed",
        figure=followed.words,
        deadline=deadline,
        later="" if later is None else say("target.later", **source.words(later.reading)),
        **source.words(best),
    )
    final = max(year for year in source.years() if year[1] <= deadline)
    known_on = max(deadline + timedelta(days=1), source.known_on(final))
    return _of(source, followed.target, known_on, "missed", text, reading=best)


def _open(source: Source, followed: Followed) -> TargetEvent:
    latest = source.level(followed.years[-1]) if followed.years else None
    if latest is None:
        text = say("target.no_year", provider=source.label)
        return _of(source, followed.target, _ASKED, "open", text)
    text = say(
        "target.open",
        figure=followed.words,
        needed=_needed(followed, latest),
        pace=_pace(source, latest),
        **source.words(latest),
    )
    return _of(source, followed.target, max(followed.since, latest.known_on), "open", text, reading=latest)


def _needed(followed: Followed, latest: Reading) -> str:
    """Say the growth a year that the target still needs, or the distance if it has no deadline."""
    share = followed.amount / latest.value if latest.value > 0 else Decimal(0)
    deadline = followed.target.deadline
    years = 0 if deadline is None else months_between(latest.end, deadline) // MONTHS_IN_YEAR
    if deadline is None or not years or share <= 0:
        return say("target.distance", percent=((share - 1) * _PERCENT).quantize(_TENTH))
    yearly = ((share if years == 1 else Decimal(float(share) ** (1 / years))) - 1) * _PERCENT
    return say("target.needs", percent=yearly.quantize(_TENTH), deadline=deadline)


def _pace(source: Source, latest: Reading) -> str:
    """Say how the months since the latest complete year compare with the year before."""
    spans = [span for span in source.series.spans(source.indicator) if span[0] > latest.end]
    rows = source.growth(spans[-1], source.series.unit) if spans else []
    if not rows:
        return ""
    return say("target.pace", span=span(*spans[-1]), growth=f"{rows[-1].value:+} %")


def _cumulative(source: Source, followed: Followed) -> TargetEvent:
    """Judge a sum over several years, from the year after it was set to the deadline."""
    deadline = followed.target.deadline
    start = date(followed.since.year + 1, 1, 1)
    ends = [end for first, end in source.years() if first >= start and end <= (deadline or end)]
    sums = [reading for end in ends if (reading := source.level((start, end))) is not None]
    met = next((reading for reading in sums if reading.value >= followed.amount), None)
    if met is not None:
        return _met(source, followed, met, met.known_on)
    if deadline is not None and sums and sums[-1].end == deadline:
        text = say(
            "target.missed", figure=followed.words, deadline=deadline, later="", **source.words(sums[-1])
        )
        return _of(source, followed.target, sums[-1].known_on, "missed", text, reading=sums[-1])
    if deadline is not None and followed.over:
        return _of(source, followed.target, _ASKED, "untestable", source.uncovered(deadline))
    return _open(source, followed)


def _of(
    source: Source,
    target: Target,
    on: date,
    status: TargetStatus,
    text: str,
    *,
    reading: Reading | None = None,
    months_ahead: int | None = None,
) -> TargetEvent:
    return TargetEvent(
        target_id=target.id,
        on=on,
        status=status,
        provider=source.series.provider,
        period=None if reading is None else Period(start=reading.start, end=reading.end, relation="during"),
        value=None if reading is None else reading.value,
        months_ahead=months_ahead,
        evidence=() if reading is None else tuple(row.id for row in reading.rows),
        explanation=sentence(text),
    )
