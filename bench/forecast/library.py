"""The single models of statsforecast on the same cases: logs of the last 120 months, nothing else.

One run takes some minutes, so the totals are kept in the system's temporary folder.
"""

from __future__ import annotations

import tempfile
import warnings
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from panel import Array, Panel

SEEN = 120


def totals(panel: Panel) -> dict[str, Array]:
    """Return each model's annual totals (series, year, k), NaN outside the test years and at k = 0.

    An empty dict, and a line that says so, where statsforecast is not installed.
    """
    try:
        version = metadata.version("statsforecast")
    except metadata.PackageNotFoundError:
        print("statsforecast is not installed: its models are left out\n")
        return {}
    kept = Path(tempfile.gettempdir()) / f"tallyman-bench-statsforecast-{version}.npz"
    if not kept.exists():
        np.savez(kept, **{name: _totals(panel, model) for name, model in _models().items()})
    with np.load(kept) as file:
        return {name: file[name] for name in file.files}


def _models() -> dict[str, Any]:
    from statsforecast.models import MSTL, AutoCES, AutoETS, DynamicOptimizedTheta  # noqa: PLC0415

    return {
        "DOT, log": DynamicOptimizedTheta(season_length=12, decomposition_type="additive"),
        "CES, log": AutoCES(season_length=12),
        "MSTL, log": MSTL(season_length=12),
        "ETS(A,Ad,A), log": AutoETS(season_length=12, model="AAA", damped=True),
    }


def _totals(panel: Panel, model: Any) -> Array:
    out = np.full(panel.months.shape, np.nan)
    tested = panel.tested
    for series, months in enumerate(panel.months):
        flat = _filled(months.ravel())
        begin = int(np.isfinite(flat).argmax())
        for year in np.flatnonzero(tested[series]):
            for k in range(1, 12):
                origin = year * 12 + k
                seen = flat[max(begin, origin - SEEN) : origin]
                with warnings.catch_warnings():
                    warnings.simplefilter("ignore")
                    ahead = model.forecast(seen, 12 - k)["mean"]
                out[series, year, k] = months[year, :k].sum() + np.exp(ahead).sum()
    return out


def _filled(months: Array) -> Array:
    """Return log months without gaps: a missing month takes last year's value, or the month's before it."""
    logs = np.log(months)
    for place in range(int(np.isfinite(logs).argmax()) + 1, len(logs)):
        if np.isnan(logs[place]):
            before = logs[place - 12] if place >= 12 else np.nan
            logs[place] = logs[place - 1] if np.isnan(before) else before
    return logs
