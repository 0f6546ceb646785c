"""What officials and newspapers do with the months known so far: the year's total (series, year, k)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from panel import Array

    from tallyman.forecast.evidence import Evidence

SHARE_YEARS = 5


def all_of(evidence: Evidence) -> dict[str, Array]:
    """Return the baselines by name; k = 0..11, NaN where the years before are not known."""
    known, total = evidence.known, evidence.total[..., None]
    k = np.arange(known.shape[2])
    last_known, last_total = _lag(known), _lag(total)
    with np.errstate(divide="ignore", invalid="ignore"):
        return {
            "last year's total": np.broadcast_to(last_total, known.shape),
            "known + last year's rest": known + last_total - last_known,
            "last year x growth so far": last_total * known / last_known,
            "annualised": known * 12 / k,
            "share of 5 years": known / _share(known / total),
        }


def _lag(values: Array, years: int = 1) -> Array:
    out = np.full_like(values, np.nan)
    out[:, years:] = values[:, :-years]
    return out


def _share(share: Array) -> Array:
    return np.mean([_lag(share, years) for years in range(1, SHARE_YEARS + 1)], axis=0)
