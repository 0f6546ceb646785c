from datetime import UTC, date, datetime
from decimal import Decimal

import duckdb
import pytest
from msgspec.structs import replace

from tallyman.model import TallymanError
from tallyman.providers import table
from tallyman.providers.mapping import Mapping, read_mapping
from tallyman.providers.rows import identified
from tallyman.store import connect

NOW = datetime(2024, 3, 1, 12, tzinfo=UTC)
MAPPING = """
provider = "statcan"
scale = 1000

[columns]
indicator = "Flow"
partner = "Country"
period = "Month"
value = "Value"
released_on = "Released"

[constants]
reporter = "Canada"
unit = "CAD"
basis = "goods"
source_url = "https://example.org/table?a='b'"

[lookups.indicator]
Export = "exports"
Import = "imports"

[lookups.partner]
"Mainland China" = "CN"
"""
HEAD = "Month,Country,Flow,Value,Released\n"
GOOD = "2023-01,Mainland China,Export,2500.5,2023-03-08\n2023-01,Türkiye,Import,120,2023-03-08\n"
HALF_PARQUET = b"PAR1" + bytes(200)


@pytest.fixture
def mapping(tmp_path):
    path = tmp_path / "statcan.toml"
    path.write_text(MAPPING)
    return read_mapping(path)


@pytest.fixture
def store():
    with connect(None) as opened:
        yield opened


@pytest.fixture
def load(tmp_path, store, mapping):
    def loaded(text, how=mapping, name="trade.csv"):
        path = tmp_path / name
        if isinstance(text, bytes):
            path.write_bytes(text)
        else:
            path.write_text(text, encoding="utf-8")
        return table.load(store, path, how, retrieved_at=NOW)

    return loaded


def test_a_table_becomes_observations(load, store):
    done = load(HEAD + GOOD)
    assert (done.rows, done.new, done.rejects) == (2, 2, ())
    china, turkey = sorted(store.observations(), key=lambda row: row.measure.partner)
    assert (china.provider, china.measure.indicator, china.measure.reporter, china.measure.partner) == (
        "statcan",
        "exports",
        "CA",
        "CN",
    )
    assert (china.value, china.unit, china.currency, china.step) == (Decimal(2500500), "CAD", "CAD", None)
    assert (china.period.start, china.period.end) == (date(2023, 1, 1), date(2023, 1, 31))
    assert (china.released_on, china.release_kind, china.retrieved_at) == (date(2023, 3, 8), "source", NOW)
    assert china.source_url == "https://example.org/table?a='b'"
    assert (turkey.measure.indicator, turkey.measure.partner) == ("imports", "TR")


def test_reading_it_twice_adds_nothing(load):
    load(HEAD + GOOD)
    assert load(HEAD + GOOD).new == 0


def test_the_rows_made_in_sql_are_the_rows_made_in_python(load, store, mapping):
    how = replace(
        mapping,
        columns={**mapping.columns, "note": "Note", "product": "Product"},
        constants={**mapping.constants, "step": "100"},
        scale=1,
    )
    rows = [
        '2023-01,CN,Export,-0,2023-03-08,"a ""quoted"" \\ word",',
        "2023-Q1,CN,Export,12.50,2023-05-08,naïve 🚢,HS27",
        "2022,CN,Import,1e9,2023-05-08,,HS27",
        "2021-04-01/2022-03-31,CN,Import,0.0000014,2023-05-08,,",
    ]
    done = load(HEAD.strip() + ",Note,Product\n" + "\n".join(rows), how)
    assert done.rejects == ()
    made = store.observations(vintages=True)
    assert [row.id for row in made] == [identified(row).id for row in made]
    assert store.add_observations(made) == 0
    columns = "id, number, precedence, value, step, standing, closeness, period_start"
    query = f"SELECT {columns} FROM observations ORDER BY id"
    with connect(None) as other:
        other.add_observations(made)
        assert other._engine.select(query) == store._engine.select(query)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("2023-13,CN,Export,1,2024-01-01", "period '2023-13' is no period"),
        (",CN,Export,1,2024-01-01", "period is empty"),
        ("2023-01,Atlantis,Export,1,2024-01-01", "partner 'Atlantis' is unknown"),
        ("2023-01,CN,Transit,1,2024-01-01", "indicator 'Transit' is unknown"),
        ("2023-01,CN,Export,n/a,2024-01-01", 'value "n/a" is no number'),
        (
            '2023-01,CN,Export,"2.500,5",2024-01-01',
            'value "2.500,5" is no number with "." as its decimal mark',
        ),
        ('2023-01,CN,Export,"2,500",2024-01-01', 'value "2,500" is no number with "." as its decimal mark'),
        ("2023-01,CN,Export,-5,2024-01-01", "negative trade: -5"),
        (
            "2023-01,CN,Export,1,2030-01-01",
            "released_on '2030-01-01' is no day such as 2024-03-07, or lies in",
        ),
        ("2023-01,CN,Export,1,yesterday", "released_on 'yesterday' is no day"),
        ("2023-01,CN,Export,1,2023-01-15", "released on 2023-01-15, before the period was over"),
        ("2023-01,Canada,Export,1,2024-01-01", "reporter and partner are both CA"),
        ("2023-01,CN,Export", "Expected Number of Columns"),
        ("2023-01,CN,Export,1,2024-01-01,7", "Expected Number of Columns"),
    ],
)
def test_a_row_that_cannot_be_used_is_listed_with_its_line_and_reason(load, store, line, reason):
    done = load(f"{HEAD}2023-02,CN,Export,7,2023-04-01\n{line}\n2023-03,CN,Export,8,2023-05-01\n")
    (rejected,) = done.rejects
    assert rejected.place == "line 3"
    assert reason in rejected.reason
    assert (done.rows, done.new) == (3, 2)
    assert store.rejects() == [rejected]


def test_lines_are_counted_past_broken_ones(load):
    done = load(HEAD + "x\n2023-01,CN,Export,1,2023-04-01\nx,y\n2023-01,CN,Export,-1,2023-04-01\n")
    assert [one.place for one in done.rejects] == ["line 2", "line 4", "line 5"]


def test_two_values_for_one_number_are_both_rejected_and_a_repeated_row_counts_once(load):
    one = "2023-01,CN,Export,{},2023-04-01\n"
    done = load(HEAD + one.format(1) + one.format(2) + GOOD + GOOD)
    assert [(row.place, row.reason) for row in done.rejects] == [
        ("line 2", "the same number has two values on one release day"),
        ("line 3", "the same number has two values on one release day"),
        ("line 6", "repeats line 4"),
        ("line 7", "repeats line 5"),
    ]
    assert done.new == 2


def test_a_revision_is_another_row(load, store):
    later = "2023-01,Mainland China,Export,2600,2023-04-08\n"
    assert load(HEAD + GOOD + later).new == 3
    assert len(store.observations(reporter="CA", partner="CN", vintages=True)) == 2
    (known,) = store.observations(reporter="CA", partner="CN", as_of=date(2023, 4, 1))
    assert known.value == Decimal(2500500)
    (known,) = store.observations(reporter="CA", partner="CN")
    assert known.value == Decimal(2600000)


def test_decimal_commas_and_grouping_as_the_mapping_says(load, store, mapping):
    text = (HEAD + '2023-01,CN,Export,"1.234.567,5",2023-03-08\n').replace(",", ";").replace("567;5", "567,5")
    load(text, replace(mapping, delimiter=";", decimal=",", grouping=".", scale=1))
    assert [row.value for row in store.observations()] == [Decimal("1234567.5")]


def test_a_period_of_two_columns_and_days_that_mean_months(load, store, mapping):
    how = replace(mapping, columns={**mapping.columns, "period": ("From", "To")})
    load("From,To," + HEAD[6:] + "2021-04-01,2022-03-31,IN,Export,5,2022-05-01\n", how)
    assert store.observations()[0].period.start == date(2021, 4, 1)
    months = replace(mapping, dates_mean="month")
    assert load(HEAD + "2023-01-15,CN,Export,1,2023-03-01\n", months).new == 1
    assert load(HEAD + "2023-01-15,CN,Export,1,2023-03-01\n", name="other.csv").rejects


def test_parquet_with_types_of_its_own(store, mapping, tmp_path):
    path = tmp_path / "trade.parquet"
    duckdb.sql(
        "SELECT DATE '2023-01-01' AS \"Month\", 'China' AS \"Country\", 'Export' AS \"Flow\", "
        'CAST(2500.5 AS DOUBLE) AS "Value", DATE \'2023-03-08\' AS "Released"'
    ).write_parquet(str(path))
    done = table.load(store, path, replace(mapping, dates_mean="month"), retrieved_at=NOW)
    assert (done.new, done.rejects) == (1, ())
    assert store.observations()[0].value == Decimal(2500500)


def test_excel(store, mapping, tmp_path):
    pytest.importorskip("python_calamine", reason="the extra `excel` is not installed")
    openpyxl = pytest.importorskip(
        "openpyxl", reason="openpyxl, which writes the test's workbook, is missing"
    )
    book = openpyxl.Workbook()
    page = book.create_sheet("Data")
    page.append(["Month", "Country", "Flow", "Value", "Released"])
    page.append(["2023-01", "China", "Export", 2500.5, date(2023, 3, 8)])
    page.append(["2023-02", "China", "Export", 7, datetime(2023, 4, 8)])  # noqa: DTZ001 - as a workbook holds it
    page.append([None, "China", "Export", None, None])
    path = tmp_path / "trade.xlsx"
    book.save(path)
    done = table.load(store, path, replace(mapping, sheet="Data"), retrieved_at=NOW)
    assert (done.new, [one.place for one in done.rejects]) == (2, ["line 4"])
    with pytest.raises(TallymanError, match="cannot be read as a workbook"):
        table.load(store, path, replace(mapping, sheet="None"), retrieved_at=NOW)


@pytest.mark.parametrize(
    ("text", "name", "message"),
    [
        (HEAD, "a.csv", "a table without rows"),
        ("", "a.csv", "empty; name a table"),
        (HEAD.replace(",", ";"), "a.csv", "is the delimiter right"),
        (
            "Month,Country,Flow,Value\n",
            "a.csv",
            "no column 'Released' for released_on; it has Month, Country",
        ),
        ("a,a\n", "a.csv", "a column without a name, or two of one name"),
        (HEAD.encode("utf-16"), "a.csv", "not UTF-8"),
        ("<!DOCTYPE html>\n<p>Busy, come back later</p>\n", "a.csv", "a web page or a service's answer"),
        ('{"status": 200, "error": "quota"}\n', "a.csv", "a web page or a service's answer"),
        (HALF_PARQUET, "a.parquet", "cannot be read"),
        (b"PAR1 and no more", "a.parquet", "cannot be read"),
        ("anything", "a.pdf", "not a table"),
        (b"PK no workbook", "a.xlsx", "cannot be read as a workbook"),
    ],
)
def test_a_file_that_is_no_such_table_leaves_the_ledger_as_it_was(load, store, text, name, message):
    with pytest.raises(TallymanError, match=message):
        load(text, name=name)
    assert (store.observations(vintages=True), store.rejects()) == ([], [])


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (("scale = 1000", "skale = 1000"), "no mapping .*skale"),
        (("[constants]", "[constants"), "no mapping"),
        (('unit = "CAD"', ""), "nothing says unit"),
        (('"Flow"', '"Flow"\nindikator = "x"'), "indikator is unknown or said twice"),
        (('unit = "CAD"', 'unit = "CAD"\npartner = "CN"'), "partner is unknown or said twice"),
        (('"statcan"', '"Stat Can"'), "write it in small letters"),
        (('"Flow"', '"Flow"\nstep = "S"'), "step is the same for all rows"),
    ],
)
def test_a_mapping_with_a_mistake_is_refused(tmp_path, change, message):
    path = tmp_path / "mine.toml"
    path.write_text(MAPPING.replace(*change))
    with pytest.raises(TallymanError, match=message):
        read_mapping(path)


def test_a_mapping_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(TallymanError, match="cannot be read"):
        read_mapping(tmp_path / "none.toml")
    assert Mapping(provider="x", columns={}).scale == 1
