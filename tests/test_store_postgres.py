"""The same ledger on a real PostgreSQL server, started for the tests where one is installed."""

import os
import pwd
import shutil
import subprocess
import tempfile
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from msgspec.structs import replace
from test_store import document

from tallyman import vintage
from tallyman.model import Link, TallymanError
from tallyman.providers import reference, table
from tallyman.providers.mapping import Mapping
from tallyman.store import connect

psycopg = pytest.importorskip("psycopg", reason="the extra `postgres` is not installed")

ROWS = reference.observations()
NOW = datetime(2024, 3, 1, 12, tzinfo=UTC)


def program(name):
    found = shutil.which(name) or next(
        (str(path) for path in Path("/usr/lib/postgresql").glob(f"*/bin/{name}")), None
    )
    if found is None:
        pytest.skip(f"PostgreSQL ({name}) is not installed")
    return found


@pytest.fixture(scope="module")
def server():
    """Start a private server, reached by a socket in its own folder; as another user where we are root."""
    initdb, pg_ctl = program("initdb"), program("pg_ctl")
    settings = {}
    if os.geteuid() == 0:
        try:
            user = pwd.getpwnam("postgres")
        except KeyError:
            pytest.skip("PostgreSQL does not run as root and there is no user `postgres`")
        settings = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
    with tempfile.TemporaryDirectory(prefix="tallyman-pg-") as name:
        folder = Path(name)
        if settings:
            os.chown(folder, settings["user"], settings["group"])

        def run(*command):
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd=folder, **settings)  # noqa: S603

        run(initdb, "-D", folder / "data", "-U", "tallyman", "-A", "trust", "-N")
        options = f"-c listen_addresses='' -c unix_socket_directories={folder} -c fsync=off"
        run(pg_ctl, "-D", folder / "data", "-w", "-l", folder / "log", "-o", options, "start")
        try:
            yield f"postgresql://tallyman@/postgres?host={folder}"
        finally:
            run(pg_ctl, "-D", folder / "data", "-m", "immediate", "stop")


@pytest.fixture
def address(server):
    """Return the address of an empty schema of its own."""
    name = f"t{os.urandom(6).hex()}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE SCHEMA {name}")
    return f"{server}&options=-csearch_path%3D{name}"


def test_records_come_back_and_twice_is_once(address):
    one = document("Trade was $40 billion.\n— naïve 🚢", date(2021, 6, 4), "b.txt")
    two = document("Undated", path="a.txt")
    link = Link(id="lnk_1", kind="copy_of", from_id=one.id, to_id=two.id, score=0.5, evidence="test")
    for new in (True, False):
        with connect(address) as store:
            assert store.add_documents([two, one]) == 2 * new
            assert store.add_links([link]) == new
            assert store.add_observations(ROWS) == len(ROWS) * new
            assert store.documents() == [one, two]
            assert store.documents(ids=[two.id]) == [two]
            store.add_judgement("lnk_1", "reject", judged_at=NOW, judged_by="editor")
            assert store.links() == [replace(link, judgement="reject")]


def test_what_was_known_on_a_day_is_the_same_as_in_duckdb(address):
    with connect(address) as store, connect(None) as duck:
        for one in (store, duck):
            one.add_observations(ROWS)
        for year in range(2010, 2027, 2):
            day = date(year, 5, 20)
            assert store.observations(as_of=day) == duck.observations(as_of=day)
            assert {row.id for row in store.observations(as_of=day)} == {
                row.id for row in vintage.known(ROWS, as_of=day)
            }
        wanted = {"pair": ("RU", "CN"), "indicator": "exports", "as_of": date(2022, 1, 20)}
        assert store.observations(**wanted) == duck.observations(**wanted)


def test_a_failed_transaction_leaves_nothing(address):
    with connect(address) as store:
        with pytest.raises(ZeroDivisionError), store.transaction():
            raise_after(store)
        assert store.documents() == []


def raise_after(store):
    store.add_documents([document("one")])
    raise ZeroDivisionError


def test_two_writers_at_a_time(address):
    with connect(address) as one, connect(address) as other:
        assert one.add_observations(ROWS[:10]) == 10
        assert other.add_observations(ROWS[:20]) == 10
        assert len(one.observations(vintages=True)) == 20


def test_a_table_of_one_s_own(address, tmp_path):
    path = tmp_path / "trade.csv"
    path.write_text("p,v\n2022,5\n2023,x\n")
    mapping = Mapping(
        provider="mine",
        columns={"period": "p", "value": "v"},
        constants={
            "indicator": "exports",
            "reporter": "CN",
            "partner": "RU",
            "unit": "USD",
            "released_on": "2024-02-01",
        },
    )
    with connect(address) as store:
        done = table.load(store, path, mapping, retrieved_at=NOW)
        assert (done.new, len(done.rejects), len(store.rejects())) == (1, 1, 1)
        assert table.load(store, path, mapping, retrieved_at=NOW).new == 0


def test_read_only_and_other_databases(address, server):
    with pytest.raises(TallymanError, match="not a Tallyman ledger"):
        connect(address, read_only=True)
    connect(address).close()
    with connect(address, read_only=True) as store, pytest.raises(TallymanError, match="for reading only"):
        store.add_observations(ROWS)
    with pytest.raises(TallymanError, match="check the address") as told:
        connect("postgresql://user:secret@127.0.0.1:1/none")
    assert "secret" not in str(told.value)
    assert server
