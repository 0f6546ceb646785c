import sys
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from msgspec.structs import replace

pytest.importorskip("sdmx", reason="the extra `sdmx` is not installed")
sys.path.insert(0, str(Path(__file__).parents[1] / "eval"))
import sources

from tallyman.model import TallymanError
from tallyman.providers import reference

DAY = date(2026, 1, 5)


def exports_of(value):
    def ask(store):
        row = next(
            row
            for row in reference.observations()
            if row.measure.indicator == "exports" and row.measure.partner == "RU" and row.role == "level"
            if (row.period.start, row.period.end) == sources.YEAR
        )
        store.add_observations([replace(row, id="obs_1", value=Decimal(value))])

    return ask


def refuses(_store):
    raise TallymanError("comtrade: the server sent a web page | instead of data; try again later")


def test_a_source_is_well_if_it_agrees_with_what_was_printed():
    one = sources.examine("imf", exports_of(75_000_000_000), DAY)
    assert (one.rows, one.trouble) == (1, "")
    assert (
        "differ from China's customs by 21%"
        in sources.examine("imf", exports_of(60_000_000_000), DAY).trouble
    )
    assert sources.examine("imf", lambda _: None, DAY).trouble == "no exports of 2022 in the answer"


def test_the_page_tells_who_is_ill_and_why():
    text = sources.page(
        [sources.examine("imf", exports_of(75_000_000_000), DAY), sources.examine("c", refuses, DAY)]
    )
    assert "| imf | 2026-01-05 | well | 1 | 75.00 |  |" in text
    assert "| c | 2026-01-05 | ill | 0 |  | comtrade: the server sent a web page \\| instead of data" in text
