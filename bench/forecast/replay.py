"""Replay the panel: what each year's forecasts would have been, fitted on earlier years only."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from panel import FIRST, YEARS, Array, Panel

from tallyman.forecast import blend, calibrate, pooled
from tallyman.forecast.evidence import Evidence, gather, tide

POOLED_FROM = 1990
"""First year with a pooled fit: a handful of Singapore's years teach it."""
SCALED_FROM = 2005


class Replay(NamedTuple):
    """What was forecast: log rest of the year (series, year, k), its pooled part, and the scale of errors."""

    evidence: Evidence
    tide: Array
    rest: Array
    pooled: Array
    spread: Array
    sizes: Array

    @property
    def total(self) -> Array:
        """The forecast of the annual total (series, year, k)."""
        return blend.total(self.rest, self.evidence.known)


def replay(panel: Panel, *, neighbours: bool = True) -> Replay:
    """Forecast every year from 1990 with coefficients of the years before it; scales from 2005.

    Without ``neighbours`` the coefficients stay and the tide is taken as zero, as for a lone series.
    """
    evidence = gather(panel.months, FIRST)
    common = tide(evidence, panel.group)
    cases = pooled.lessons(evidence, common, panel.group, panel.taught)
    rest = np.full_like(evidence.level, np.nan)
    part = np.full_like(evidence.level, np.nan)
    for year in range(POOLED_FROM - FIRST, YEARS):
        fitted = pooled.fit(cases, year)
        now = Evidence(*(field[:, year : year + 1] for field in evidence))
        heard = common[:, year : year + 1] * neighbours
        rest[:, year : year + 1] = blend.rest_of_year(fitted, now, heard)
        part[:, year : year + 1] = now.level + pooled.lift(fitted, now, heard)
    spread, sizes = _scales(panel, evidence, rest)
    return Replay(evidence, common, rest, part, spread, sizes)


def errors(panel: Panel, evidence: Evidence, rest: Array) -> Array:
    """Return the log of actual over forecast total where the year may teach, else NaN."""
    error = np.log(evidence.total)[..., None] - np.log(blend.total(rest, evidence.known))
    return np.where(panel.taught[..., None], error, np.nan)


def _scales(panel: Panel, evidence: Evidence, rest: Array) -> tuple[Array, Array]:
    found = calibrate.signs(evidence, rest)
    error = errors(panel, evidence, rest)
    spread = np.full_like(rest, np.nan)
    sizes = np.full((YEARS, 12, len(calibrate.LEVELS)), np.nan)
    for year in range(SCALED_FROM - FIRST, YEARS):
        scale = calibrate.fit(found, error, year)
        spread[:, year] = np.exp((found[:, year] * scale.slopes).sum(-1))
        sizes[year] = scale.sizes
    return spread, sizes
