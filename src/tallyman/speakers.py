"""The record of a speaker, an office or an outlet: how often right, which way it errs, how it foresees.

Every share and mean comes with its 95 % interval, and a name with fewer than ten claims has no record: a few
claims say nothing about anybody.
"""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from math import sqrt
from statistics import NormalDist, fmean, stdev
from typing import TYPE_CHECKING, NamedTuple

from tallyman.model import Claim, Noun, Verdict
from tallyman.period import is_year
from tallyman.series import shelf
from tallyman.source import sources

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from tallyman.model import Observation
    from tallyman.series import Shelf

FEWEST_CLAIMS = 10
_Z = NormalDist().inv_cdf(0.975)
_PERCENT = 100
_DECIDED = ("supported", "refuted", "conflicting")
_PLAIN = ("exact", "about")


class Said(NamedTuple):
    """One claim under the name whose record it belongs to, with its verdict of today.

    ``naive`` is what somebody would have foreseen who expected no change; only for forecasts.
    """

    name: str
    claim: Claim
    verdict: Verdict
    naive: Decimal | None = None


class Estimate(Noun, frozen=True, kw_only=True):
    """A share or a mean with its 95 % interval and the number of claims it rests on."""

    value: float
    low: float
    high: float
    count: int


class Record(Noun, frozen=True, kw_only=True):
    """What the claims of one name amount to.

    ``supported`` is the share of the decided claims; ``error`` the mean of claimed against counted levels in
    per cent (above zero: too high); ``rounded_up`` the share of rounded levels above the count; ``foresight``
    the share of resolved forecasts nearer to the outcome than "no change". None where fewer than ten count.
    """

    name: str
    claims: int
    decided: int
    supported: Estimate | None
    error: Estimate | None
    rounded_up: Estimate | None
    foresight: Estimate | None


def records(said: Iterable[Said]) -> list[Record]:
    """Return the record of every name with at least ten different claims, most claims first.

    The same figure for the same period told twice is one claim, whoever printed it.
    """
    names: defaultdict[str, dict[tuple[object, ...], Said]] = defaultdict(dict)
    for one in said:
        names[one.name].setdefault(_identity(one.claim), one)
    found = [_record(name, list(rows.values())) for name, rows in names.items() if len(rows) >= FEWEST_CLAIMS]
    return sorted(found, key=lambda record: (-record.claims, record.name))


def naive(claim: Claim, observations: Iterable[Observation] | Shelf, *, said_on: date) -> Decimal | None:
    """Return what "no change" foresees for a forecast: zero growth, or the last complete year known that day.

    None for anything but the growth or the level of one year.
    """
    start, end = claim.period.start, claim.period.end
    yearly = start is not None and end is not None and is_year(start, end)
    if claim.modality != "forecast" or not yearly:
        return None
    if claim.role == "change":
        return Decimal(0)
    found = sources(claim.measure, shelf(observations), as_of=said_on)
    latest = [reading for source in found for year in source.years()[-1:] if (reading := source.level(year))]
    newest = max(latest, key=lambda reading: reading.end, default=None)
    return None if newest is None else newest.value


def _identity(claim: Claim) -> tuple[object, ...]:
    quantity, period = claim.quantity, claim.period
    figure = None if quantity is None else (quantity.value, quantity.unit)
    return (claim.measure, claim.role, claim.modality, figure, period.start, period.end, claim.negated)


def _record(name: str, said: list[Said]) -> Record:
    decided = [one for one in said if one.verdict.label in _DECIDED]
    levels = [
        one for one in decided if one.claim.role == "level" and _plain(one.claim) and one.verdict.observed
    ]
    rounded = [one for one in levels if one.verdict.label == "supported" and _error(one)]
    foreseen = [one for one in decided if one.naive is not None and one.verdict.observed is not None]
    return Record(
        name=name,
        claims=len(said),
        decided=len(decided),
        supported=_share([one.verdict.label == "supported" for one in decided]),
        error=_mean([_error(one) for one in levels if one.claim.modality == "actual"]),
        rounded_up=_share([_error(one) > 0 for one in rounded if one.claim.modality == "actual"]),
        foresight=_share([_nearer(one) for one in foreseen]),
    )


def _plain(claim: Claim) -> bool:
    return claim.quantity is not None and claim.quantity.bound in _PLAIN and not claim.negated


def _error(one: Said) -> float:
    """Return by how many per cent the claimed level lies above the counted one."""
    quantity, observed = one.claim.quantity, one.verdict.observed
    if quantity is None or not observed:
        return 0.0
    return float(quantity.value / observed - 1) * _PERCENT


def _nearer(one: Said) -> bool:
    observed = one.verdict.observed or Decimal(0)
    quantity, comparison = one.claim.quantity, one.claim.comparison
    value = Decimal(0) if quantity is None else quantity.value
    falls = comparison is not None and comparison.direction == "down"
    return abs((-value if falls else value) - observed) < abs((one.naive or Decimal(0)) - observed)


def _share(hits: Sequence[bool]) -> Estimate | None:
    """Return a share with Wilson's interval."""
    count = len(hits)
    if count < FEWEST_CLAIMS:
        return None
    share, square = sum(hits) / count, _Z**2
    centre = (share + square / (2 * count)) / (1 + square / count)
    reach = _Z / (1 + square / count) * sqrt(share * (1 - share) / count + square / (4 * count**2))
    return Estimate(value=share, low=max(0.0, centre - reach), high=min(1.0, centre + reach), count=count)


def _mean(values: Sequence[float]) -> Estimate | None:
    """Return a mean with Student's interval."""
    count = len(values)
    if count < FEWEST_CLAIMS:
        return None
    mean, reach = fmean(values), _student(count - 1) * stdev(values) / sqrt(count)
    return Estimate(value=mean, low=mean - reach, high=mean + reach, count=count)


def _student(freedom: int) -> float:
    """Return the 97.5 % quantile of Student's t by Cornish and Fisher's expansion (0.2 % off at nine)."""
    first = (_Z**3 + _Z) / (4 * freedom)
    second = (5 * _Z**5 + 16 * _Z**3 + 3 * _Z) / (96 * freedom**2)
    return _Z + first + second
