"""The blend: three parts of the pooled forecast, one of the level filter, one of the classical season."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tallyman.forecast.pooled import Pool, lift

if TYPE_CHECKING:
    from tallyman.forecast.evidence import Evidence
    from tallyman.forecast.filters import Array

POOLED_PARTS = 3
PARTS = POOLED_PARTS + 2


def rest_of_year(pool: Pool, evidence: Evidence, tide: Array) -> Array:
    """Return the log of the expected sum of the months to come (series, year, k)."""
    pooled = evidence.level + lift(pool, evidence, tide)
    return (POOLED_PARTS * pooled + evidence.level + evidence.classical) / PARTS


def total(rest: Array, known: Array) -> Array:
    """Return the expected total of the year: what is known plus the rest, full units."""
    return known + np.exp(rest)
