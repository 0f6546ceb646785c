"""The whole backtest, as Markdown: python bench/forecast/run.py (make bench-forecast)."""

from __future__ import annotations

import leaders
import totals
import vintages
import years
from panel import SERIES, available, load, load_wide


def main() -> None:
    """Print every table, or say where the material should be."""
    if not available():
        print(f"no backtest: the series are not at {SERIES}; put them there (see docs/forecasting.md)")
        return
    totals.report(load())
    vintages.report(load())
    years.report(load_wide())
    years.report(load())
    leaders.report()


if __name__ == "__main__":
    main()
