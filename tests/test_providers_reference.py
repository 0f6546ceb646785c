import subprocess
import sys
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from tallyman import vintage
from tallyman.model import TallymanError
from tallyman.providers import catalogue, reference
from tallyman.providers.rows import identified

ROOT = Path(__file__).parents[1]
FACTS = ROOT.parent / "shared" / "facts"
ROWS = reference.observations()


def known(day, provider="gacc", reporter="CN", partner="RU", *, role="level"):
    found = vintage.known(ROWS, as_of=date.fromisoformat(day))
    return {
        (row.period.start.isoformat(), row.period.end.isoformat()): row
        for row in found
        if (row.provider, row.role, row.currency) == (provider, role, "USD")
        and (row.measure.reporter, row.measure.partner, row.measure.indicator)
        == (reporter, partner, "total_trade")
    }


@pytest.mark.parametrize(
    ("day", "start", "end", "value", "released_on"),
    [
        ("2022-01-20", "2021-01-01", "2021-12-31", "146887000000", "2022-01-14"),
        ("2022-02-04", "2021-01-01", "2021-12-31", "146870000000", "2022-01-27"),
        ("2021-06-06", "2021-01-01", "2021-04-30", "40207000000", "2021-05-07"),
        ("2023-12-06", "2023-01-01", "2023-10-31", "196480000000", "2023-11-07"),
        ("2023-12-07", "2023-01-01", "2023-11-30", "218176000000", "2023-12-07"),
        ("2024-12-31", "2023-01-01", "2023-12-31", "240110000000", "2024-03-07"),
    ],
)
def test_china_customs_as_known_on_the_day(day, start, end, value, released_on):
    row = known(day)[start, end]
    assert row.value == Decimal(value)
    assert row.released_on.isoformat() == released_on


def test_what_was_not_released_is_not_known():
    assert ("2023-01-01", "2023-11-30") not in known("2023-12-06")
    assert ("2021-01-01", "2021-12-31") not in known("2022-08-30", "ru_officials", "RU", "CN")


def test_the_russian_side_of_2021():
    row = known("2022-08-31", "ru_officials", "RU", "CN")["2021-01-01", "2021-12-31"]
    assert (row.value, row.status, row.release_kind) == (Decimal(140000000000), "rounded", "known_by")


def test_printed_growth_carries_its_currency():
    assert known("2022-01-20", role="change")["2021-01-01", "2021-12-31"].value == Decimal("35.8")
    yuan = [row for row in ROWS if row.role == "change" and row.currency == "CNY"]
    assert {row.unit for row in yuan} == {"percent"}
    assert Decimal("34.3") in {row.value for row in yuan if row.period.end == date(2022, 12, 31)}


def test_suspect_rows_are_kept_and_never_count():
    wrong = [row for row in ROWS if row.value == 177 * 10**9 and row.period.end == date(2020, 12, 31)]
    assert [row.status for row in wrong] == ["suspect"]
    assert known("2022-01-01")["2020-01-01", "2020-12-31"].value == 10**7 * 10776


def test_each_row_has_its_content_id_and_a_source():
    assert all(identified(row).id == row.id for row in ROWS)
    assert len({row.id for row in ROWS}) == len(ROWS)
    assert all(row.source_url.startswith("http") for row in ROWS)


def test_china_customs_come_first_and_every_provider_is_in_the_catalogue():
    assert next(iter(catalogue.providers())) == "gacc"
    ranks = [catalogue.provider(row.provider).rank for row in ROWS]
    assert ranks == sorted(ranks)
    with pytest.raises(TallymanError, match="nobody: no such provider"):
        catalogue.provider("nobody")


def test_a_print_from_the_other_side_is_turned_to_its_reporter():
    turned = [row for row in ROWS if "printed from the other side" in (row.note or "")]
    assert turned
    assert all(catalogue.provider(row.provider).area == row.measure.reporter for row in turned)


@pytest.mark.skipif(not FACTS.exists(), reason="the collected tables (../shared/facts) are not here")
def test_the_shipped_table_is_what_the_conversion_makes():
    code = f"import sys; sys.path.insert(0, 'eval'); from convert_facts import table; from pathlib import Path; sys.stdout.write(table(Path({str(FACTS)!r})))"  # noqa: E501
    made = subprocess.run(  # noqa: S603 - our own script
        [sys.executable, "-c", code], cwd=ROOT, env={"PYTHONPATH": "src"}, capture_output=True, check=True
    )
    assert made.stdout == (ROOT / "src/tallyman/providers/data/reference.csv").read_bytes()
