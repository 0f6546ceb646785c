from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import pytest

from tallyman.model import (
    Forecast,
    Measure,
    Observation,
    Period,
    Quantity,
    TallymanError,
    Target,
    TargetEvent,
)
from tallyman.publish import charts
from tallyman.publish.charts import draw, points

TODAY = date(2026, 11, 22)
NAMES = {"gacc": "China's customs", "fcs": "Russia's customs"}
TRADE = Measure(indicator="total_trade", reporter="CN", partner="RU", basis="goods")


def row(value: str, start: str, end: str, released: str, **changed: object) -> Observation:
    known = {
        "id": f"obs_{value}_{start}_{end}_{released}",
        "provider": "gacc",
        "measure": TRADE,
        "role": "level",
        "period": Period(start=date.fromisoformat(start), end=date.fromisoformat(end)),
        "value": Decimal(value) * 10**9,
        "unit": "USD",
        "currency": "USD",
        "step": Decimal(10**7),
        "released_on": date.fromisoformat(released),
        "release_kind": "source",
    }
    return Observation(**(known | changed))


ROWS = [
    row("146.88", "2021-01-01", "2021-12-31", "2022-01-14"),
    row("147.15", "2021-01-01", "2021-12-31", "2023-01-13"),
    row("190.27", "2022-01-01", "2022-12-31", "2023-01-13"),
    row("196.48", "2023-01-01", "2023-10-31", "2023-11-07"),
    row("218.17", "2023-01-01", "2023-11-30", "2023-12-07"),
    row("240.11", "2023-01-01", "2023-12-31", "2024-01-12"),
    row("185.00", "2022-01-01", "2022-12-31", "2023-03-21", provider="fcs",
        measure=Measure(indicator="total_trade", reporter="RU", partner="CN", basis="goods")),
    row("177.00", "2020-01-01", "2020-12-31", "2021-07-15", status="suspect"),
    row("114.15", "2022-01-01", "2022-12-31", "2023-01-13",
        measure=Measure(indicator="imports", reporter="CN", partner="RU", basis="goods")),
]  # fmt: skip
GOAL = Target(
    id="tgt_1",
    measure=Measure(indicator="total_trade", reporter="RU", partner="CN"),
    quantity=Quantity(value=Decimal("200E9"), unit="USD"),
    deadline=date(2024, 12, 31),
    set_on=date(2019, 6, 5),
)
MET = TargetEvent(
    target_id="tgt_1",
    on=date(2023, 12, 7),
    status="met_early",
    provider="gacc",
    period=Period(start=date(2023, 1, 1), end=date(2023, 11, 30)),
    value=Decimal("218.17E9"),
    explanation="crossed",
)


@dataclass
class Sheet:
    spec: dict

    def values(self, dataset: str, field: str = "value") -> list:
        return [line[field] for line in self.spec["datasets"][dataset]]


def drawn(as_of: date = TODAY, goal: Target = GOAL, events: tuple[TargetEvent, ...] = (MET,)) -> Sheet:
    return Sheet(charts.target(goal, ROWS, events, as_of=as_of, names=NAMES))


def test_target_chart_shows_years_the_crossing_year_and_the_crossing():
    sheet = drawn()
    assert sheet.values("annual") == [147.15, 185.0, 190.27, 240.11]
    assert sheet.values("running") == [196.48, 218.17]
    assert sheet.values("crossing") == [218.17]
    assert sheet.values("crossing", "text") == ["met, known on 7 Dec 2023"]
    assert sheet.values("target") == [200.0]
    assert sheet.values("deadline", "text") == ["deadline 2024"]


def test_an_earlier_day_knows_less():
    sheet = drawn(date(2023, 11, 30))
    assert sheet.values("annual") == [147.15, 185.0, 190.27]
    assert sheet.values("running") == [196.48]
    assert sheet.values("crossing") == []
    assert drawn(date(2022, 6, 1)).values("annual") == [146.88]


def test_the_way_that_is_left_is_drawn_only_while_a_deadline_is_ahead():
    assert drawn(date(2023, 6, 1)).values("required", "to") == [200.0]
    assert drawn().values("required", "to") == []


def test_the_first_of_two_that_count_as_many_years_is_labelled_on_every_run():
    sheet = Sheet(charts.target(GOAL, [ROWS[2], ROWS[6]], (), as_of=TODAY, names=NAMES))
    assert sheet.values("annual") == [185.0, 190.27]
    assert sheet.values("labels", "text") == ["185"]


def test_no_figure_no_chart():
    stranger = Target(
        id="t",
        measure=Measure(indicator="total_trade", reporter="FJ", partner="TO"),
        quantity=GOAL.quantity,
        deadline=None,
    )
    assert charts.target(stranger, ROWS, (), as_of=TODAY, names=NAMES) is None
    assert charts.pair(stranger.measure, ROWS, as_of=TODAY, names=NAMES) is None


def test_pair_chart_keeps_earlier_prints_as_vintages():
    sheet = Sheet(charts.pair(TRADE, ROWS, [GOAL], as_of=TODAY, names=NAMES))
    assert sheet.values("annual") == [147.15, 185.0, 190.27, 240.11]
    assert sheet.values("vintages") == [146.88]
    assert sheet.values("targets", "text") == ["target $200 billion"]
    assert "China's customs, Russia's customs" in sheet.values("source", "text")[0]


def test_exports_of_one_side_are_imports_of_the_other():
    flow = Measure(indicator="exports", reporter="RU", partner="CN")
    assert [r.value for r in points.of_measure(ROWS, flow, "USD", as_of=TODAY)] == [Decimal("114.15") * 10**9]


def forecast(**changed: object) -> Forecast:
    known = {
        "id": "fct_1",
        "provider": "gacc",
        "measure": TRADE,
        "period": Period(start=date(2024, 1, 1), end=date(2024, 12, 31)),
        "issued_on": date(2024, 2, 1),
        "as_of": date(2024, 2, 1),
        "method": "blend",
        "quantiles": {"0.05": 2.1e11, "0.25": 2.3e11, "0.5": 2.4e11, "0.75": 2.5e11, "0.95": 2.8e11},
        "threshold": 2.5e11,
    }
    return Forecast(**(known | changed))


def test_fan_chart_shows_only_what_was_known_when_it_was_issued():
    sheet = Sheet(charts.fan([forecast()], ROWS, names=NAMES))
    assert sheet.values("annual") == [147.15, 190.27, 240.11]
    assert sheet.spec["datasets"]["wide"][0]["high"] == 280.0
    assert sheet.values("threshold", "text") == ["target 250 billion"]


@pytest.mark.parametrize(
    ("forecasts", "message"),
    [
        ([], "no forecast"),
        ([forecast(quantiles={"0.95": 1e9})], "quantile 0.05 is missing"),
        ([forecast(period=Period())], "period is open"),
    ],
)
def test_fan_chart_refuses_what_it_cannot_draw(forecasts, message):
    with pytest.raises(TallymanError, match=message):
        charts.fan(forecasts, ROWS, names=NAMES)


def test_specifications_are_plain_json():
    spec = charts.reliability([charts.Bin(0.1, 0.2, 5)], title="t", source="s")
    assert json.loads(json.dumps(spec)) == spec
    assert spec["datasets"]["bins"] == [{"probability": 0.1, "share": 0.2, "count": 5}]


def test_pictures():
    pytest.importorskip("vl_convert", reason="pictures need the [web] extra")
    spec = drawn().spec
    picture = draw.svg(spec, title="<Trade> & targets", name="one")
    assert picture.startswith('<svg xmlns="http://www.w3.org/2000/svg" class="chart" role="img"')
    assert '<title id="one-title">&lt;Trade&gt; &amp; targets</title>' in picture
    assert "currentColor" in picture
    assert "#010203" not in picture
    assert "aria-roledescription" not in picture
    assert draw.png(spec, scale=1).startswith(b"\x89PNG")


def test_without_vl_convert_the_fix_is_named(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "vl_convert", None)
    assert not draw.available()
    with pytest.raises(TallymanError, match=r"pip install 'tallyman-trade\[web\]'"):
        draw.svg({}, title="t")
