"""Reading a table of targets, and the agreement with a real one where it is at hand."""

import sys
from datetime import date
from pathlib import Path

import pytest

from tallyman.model import TallymanError
from tallyman.track.table import read

sys.path.insert(0, str(Path(__file__).parents[1] / "eval"))
import targets as truth

HEAD = "pair,amount,currency,deadline,indicator,announced_by,date_said\n"


def one(line):
    (target,), rejects = read([HEAD, line], "table.csv")
    assert rejects == []
    return target


def test_a_plain_row():
    target = one("China-Russia,200,USD bn,2024,total trade,Putin and Xi,2019-06-05\n")
    assert (target.quantity.value, target.quantity.unit) == (200 * 10**9, "USD")
    assert (target.deadline, target.set_on, target.set_by) == (
        date(2024, 12, 31),
        date(2019, 6, 5),
        "Putin and Xi",
    )
    assert (target.measure.reporter, target.measure.partner) == ("CN", "RU")


@pytest.mark.parametrize(
    ("cell", "deadline"),
    [
        ("none stated", None),
        ("near future (2030 per Bloomberg)", None),
        ("few years from 2014", None),
        ("2027 (five years)", date(2027, 12, 31)),
        ("2025-2026 (2-3 years)", date(2026, 12, 31)),
        ("2026-27", date(2027, 3, 31)),
        ("March 2027 (Iranian year 1405)", date(2027, 3, 31)),
    ],
)
def test_deadlines(cell, deadline):
    assert one(f"India-UAE,100,USD bn,{cell},total trade,somebody,2024-01-01\n").deadline == deadline


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("2013-09", date(2013, 9, 30)),
        ("2006", date(2006, 12, 31)),
        ("before 2015", date(2014, 12, 31)),
        ("2011 or earlier", date(2011, 12, 31)),
    ],
)
def test_the_day_it_was_said_is_the_latest_it_can_be(cell, day):
    assert one(f"India-UAE,100,USD bn,2030,total trade,somebody,{cell}\n").set_on == day


def test_flows_bases_and_rules():
    exports = one("Turkey-Iraq,20,USD bn,2030,exports of Turkey to Iraq,Bolat,2024-04\n").measure
    assert (exports.indicator, exports.reporter, exports.partner) == ("exports", "TR", "IQ")
    own = one("India-UAE (exports),50,USD bn,2026-27,Indian exports to the UAE,Barthwal,2023-05\n").measure
    assert (own.indicator, own.reporter) == ("exports", "IN")
    reverse = one("China-Africa,300,USD bn,2024,exports of Africa to China,x,2021-11-29\n").measure
    assert (reverse.indicator, reverse.reporter) == ("exports", "AFRICA")
    cumulative = one(
        "China-Africa,300,USD bn,2024,imports from Africa cumulative three years,Xi,2021-11-29\n"
    )
    assert (cumulative.rule, cumulative.measure.indicator, cumulative.measure.reporter) == (
        "cumulative",
        "imports",
        "CN",
    )
    assert one("India-UAE,100,USD bn,2030,non-oil trade,Goyal,2023-06-12\n").measure.basis == "non_oil"
    assert (
        one("UK-India,double (base GBP 23.5 bn),GBP bn,2030,total trade,PMs,2021-05-04\n").quantity.unit
        == "times"
    )


def test_bad_rows_are_named_and_the_others_are_read():
    rows = [
        HEAD,
        "Atlantis-Russia,1,USD bn,2030,total trade,x,2020\n",
        "China-Russia,many,USD bn,2030,total trade,x,2020\n",
        "China-Russia,1,XXX bn,2030,total trade,x,2020\n",
        "China-Russia,1,USD bn,someday,total trade,x,2020\n",
        "China-Russia,1,USD bn,2030,football,x,2020\n",
        "China-Russia,1,USD bn,2030,total trade,x,2020\n",
    ]
    targets, rejects = read(rows, "table.csv")
    assert len(targets) == 1
    assert [reject.place for reject in rejects] == [f"line {number}" for number in range(2, 7)]
    with pytest.raises(TallymanError, match="no column pair"):
        read(["a,b\n", "1,2\n"], "table.csv")


@pytest.mark.skipif(
    not truth.TABLE.exists(), reason="the table of real targets lies in ../shared, not in the repository"
)
def test_real_targets_end_as_their_reader_found():
    found = truth.followed()
    assert len(found) == 136
    assert truth.agreement(found) >= truth.FLOOR
    disputed = [one.row["target_id"] for one in found if one.comparable and not one.agrees]
    assert set(disputed) <= set(truth.DISPUTED)
