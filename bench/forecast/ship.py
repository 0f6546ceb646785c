"""Make src/tallyman/forecast/pooled.json from the whole panel: python bench/forecast/ship.py."""

from __future__ import annotations

from pathlib import Path

import msgspec
import numpy as np
from panel import FIRST, YEARS, Panel, load, load_wide
from replay import errors, replay

from tallyman.forecast import calibrate, horizon, pooled
from tallyman.forecast.pool import Shipped

TARGET = Path(__file__).resolve().parents[2] / "src" / "tallyman" / "forecast" / "pooled.json"
DIGITS = 5
LEAST_NOISE = 0.1
SOURCES = (
    "US Census Bureau, exports and imports by country, 1985-2022 (github.com/JJamesRoy/ECN3950@2e94778e)",
    "Swiss customs, exports by country, 1988-2018 (github.com/aymanaamin/hierarch_bayes@346f7653)",
    (
        "SingStat, merchandise trade by market, 1976-2024 (github.com/weilunkhoo/ISSS608-VAA@c6ff2834, "
        "github.com/starwang77/ISSS608-VAA@9eac6c0d)"
    ),
    (
        "Ministry of Finance of Japan and KOSIS, trade with China, 2001-2019 "
        "(github.com/mizydorczyk/relationship-between-trade-and-the-exchange-rate@0826f6ea)"
    ),
)


def main() -> None:
    """Fit on all years and write the file."""
    panel = load()
    done = replay(panel)
    fitted = pooled.fit(pooled.lessons(done.evidence, done.tide, panel.group, panel.taught), YEARS)
    found = calibrate.signs(done.evidence, done.rest)
    scale = calibrate.fit(found, errors(panel, done.evidence, done.rest), YEARS)
    file = Shipped(
        made_by="bench/forecast/ship.py",
        panel=f"{len(panel.keys)} monthly series, {FIRST}-{FIRST + YEARS - 1}; coefficients only, no series",
        sources=SOURCES,
        volatility=_volatility(panel),
        unknown_volatility=_volatility(load_wide()),
        noise=round(float(np.nanquantile(done.evidence.noise[panel.taught], LEAST_NOISE)), DIGITS),
        hints=_rows(fitted.slopes),
        drift=_row(fitted.drift),
        tide=_row(fitted.tide),
        size_slopes=_rows(scale.slopes),
        sizes=_rows(scale.sizes),
    )
    TARGET.write_bytes(msgspec.json.format(msgspec.json.encode(file), indent=1) + b"\n")
    print(f"{TARGET.name}: {TARGET.stat().st_size} bytes, volatility {file.volatility}, noise {file.noise}")


def _volatility(panel: Panel) -> float:
    """Return the mean volatility of a panel's series, each up to its last complete year."""
    totals = np.where(panel.totals > 0, panel.totals, np.nan)
    growth = np.diff(np.log(totals), axis=1)
    last = [int(np.flatnonzero(np.isfinite(row))[-1]) + 1 for row in growth]
    own = [horizon.volatility(row[None, :end])[0] for row, end in zip(growth, last, strict=True)]
    return round(float(np.nanmean(own)), DIGITS)


def _row(values: np.ndarray) -> tuple[float, ...]:
    return tuple(round(float(value), DIGITS) for value in values)


def _rows(values: np.ndarray) -> tuple[tuple[float, ...], ...]:
    return tuple(_row(row) for row in values)


if __name__ == "__main__":
    main()
