"""A ledger fetches the statistics of the pairs it is asked for, and knows the shipped ones without a file."""

from datetime import date

import pytest
from msgspec.structs import replace

from tallyman.counts import Counts
from tallyman.model import Measure
from tallyman.providers import reference
from tallyman.providers.rows import identified
from tallyman.series import Shelf
from tallyman.store import connect

PAIR = frozenset(("NZ", "UY"))
CN_RU = frozenset(("CN", "RU"))


@pytest.fixture
def row():
    first = reference.observations()[0]
    measure = Measure(indicator="total_trade", reporter="NZ", partner="UY", basis="goods")
    return identified(replace(first, measure=measure, provider="stats_nz"))


@pytest.fixture
def store(row):
    with connect(None) as opened:
        opened.add_observations([*reference.observations(), row])
        yield opened


def test_kept_and_shipped_rows_are_one_and_each_counts_once(store, row):
    counts = Counts(store)
    assert counts[PAIR] == [row]
    assert counts[CN_RU] == Counts(None)[CN_RU]
    assert len(counts.everything()) == len(reference.observations()) + 1


def test_only_the_pair_that_is_asked_for_is_fetched(store, monkeypatch):
    fetched, fetch = [], store.observations

    def watched(**wanted):
        fetched.append(wanted["pair"])
        return fetch(**wanted)

    monkeypatch.setattr(store, "observations", watched)
    shelf = Shelf(Counts(store))
    for _ in range(2):
        assert len(shelf.series("UY", "NZ", as_of=date(2026, 1, 1))) == 1
    assert fetched == [("NZ", "UY")]


def test_a_shelf_of_counts_answers_as_one_of_rows(store, row):
    lazy, whole = Shelf(Counts(store)), Shelf([*reference.observations(), row])
    for area in ("CN", "NZ", "IN"):
        assert lazy.partners(area) == whole.partners(area)
    assert lazy.covers("NZ", "UY")
    assert not lazy.covers("NZ", "FJ")


def test_rows_are_found_by_id_in_the_order_asked_for(store, row):
    shipped = reference.observations()[5]
    found = Counts(store).by_id([row.id, shipped.id, "obs_nothing", row.id])
    assert list(found.values()) == [row, shipped]
