"""Quantities of any text: every form that an amount takes, and what only looks like one."""

import doctest
from decimal import Decimal

import pytest

from tallyman import lexicon
from tallyman.extract import amounts, numbers, quantities
from tallyman.extract.sentences import read


def told(text):
    return [
        " ".join(filter(None, [f"{q.value:f}", q.value_max and f"{q.value_max:f}", q.unit]))
        for _, q in quantities(text)
    ]


def spans(text):
    return [anchor.exact for anchor, _ in quantities(text)]


def test_the_examples_in_the_docstrings_hold():
    assert doctest.testmod(amounts).failed == doctest.testmod(numbers).failed == 0


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("sold for $ 200 billion", "200000000000 USD"),
        ("sold for US$27.2bn", "27200000000 USD"),
        ("sold for 146.9 billion U.S. dollars", "146900000000 USD"),
        ("a three-hundred-million-euro hall", "300000000 EUR"),
        ("it cost €5,2 Mrd", "5200000000 EUR"),
        ("it bought 74, 700 tons", "74700 t"),
        ("there was a .2% drop", "0.2 percent"),
        ("it cost BD337 million", "337000000 BHD"),
        ("it sold 5 billion standard cubic metres", "5000000000 m3"),
        ("it cost R20.6 billion", "20600000000 ZAR"),
        ("it cost N1.3tn", "1300000000000 NGN"),
        ("it cost Sh13.6 billion", "13600000000 KES"),
        ("it cost RMB 5.65 trillion yuan", "5650000000000 CNY"),
        ("it cost $12 million East Caribbean dollars", "12000000 XCD"),
        ("it cost 86 cents", "0.86 USD"),
        ("it cost 63 pence", "0.63 GBP"),
        ("it cost $78 m", "78000000 USD"),
        ("it cost $3 995 000", "3995000 USD"),
        ("Delhi paid Rs 5.93 lakh crore to India", "5930000000000 INR"),
        ("the firm won 20 billion dollars", "20000000000 USD"),
        ("over 739.4 mln. dollars", "739400000 USD"),
        ("three quarters of a billion dollars", "750000000 USD"),
        ("one and a half billion dollars", "1500000000 USD"),
        ("a billion and a half dollars", "1500000000 USD"),
        ("1 bln 250 mln dollars", "1250000000 USD"),
        ("two hundred and fifty-six dollars", "256 USD"),
        ("half a million dollars", "500000 USD"),
        ("half-billion dollars", "500000000 USD"),
        ("imports of R 350 billion", "350000000000 ZAR"),
        ("6 billion and 200 million dollars", "6200000000 USD"),
        ("now it is one billion and 200 million.", "1200000000 count"),
        ("worth Nepali rupees 1.15 billion", "1150000000 NPR"),
        ("worth US dollars 5 million", "5000000 USD"),
        ("worth taka 5 crore", "50000000 BDT"),
        ("worth birr 5bn", "5000000000 ETB"),
        ("worth Bt5bn", "5000000000 THB"),
        ("worth 46.9 billion Swedish kroner", "46900000000 SEK"),
        ("worth 55.9 MTD", "55900000 TND"),
        ("worth AUD$2.1 billion", "2100000000 AUD"),
        ("worth 1.31 tril. yen", "1310000000000 JPY"),
        ("worth half bln USD", "500000000 USD"),
        ("worth 3 billion in US currency", "3000000000 USD"),
        ("Tanzania sold goods worth 302.3bn/-", "302300000000 TZS"),
        ("Cameroon sold goods worth FCfa 85 billion", "85000000000 XAF"),
        ("a balance of EUR -625 million", "625000000 EUR"),
        ("A $2 billion gift", "2000000000 USD"),
        ("worth A$2 billion", "2000000000 AUD"),
        ("worth US $2 billion", "2000000000 USD"),
        ("topped Aus$100 billion", "100000000000 AUD"),
        ("reach 1 billion U.S dollar annually", "1000000000 USD"),
        ("raise it to15 billion USD", "15000000000 USD"),
        ("33-point-33 billion dollars", "33330000000 USD"),
        ("up 1-1/2 percent", "1.5 percent"),
        ("up 3½ percent", "3.5 percent"),
        ("up minus 0.1 percent", "-0.1 percent"),
        ("up -0.3% since", "-0.3 percent"),
        ("nearly a third of the crew", "33.33 percent"),
        ("nine in ten sailors", "90 percent"),
        ("two out of five sailors", "40 percent"),
        ("by 25 basis points", "0.25 pp"),
        ("by half a percentage point", "0.5 pp"),
        ("by a quarter point", "0.25 pp"),
        ("by four and three quarters of a percentage point", "4.75 pp"),
        ("it grew fivefold", "5 times"),
        ("it grew two-and-a-half times", "2.5 times"),
        ("a 1.5x return", "1.5 times"),
        ("500,000 bpd", "500000 bbl/d"),
        ("30.14 M barrels/day", "30140000 bbl/d"),
        ("22.5 bcm of gas", "22500000000 m3"),
        ("two pounds of ice", "2 lb"),
        ("he weighs 200 pounds", "200 lb"),
        ("it was 48.9C there", "48.9 Cel"),
        ("a wall 30m high", "30 m"),
        ("fed 13m people", "13000000 count"),
        ("half a mile away", "0.5 mi"),
        ("two dozen", "24 count"),
    ],
)
def test_one_amount(text, amount):
    assert told(text) == [amount]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("between $15 billion and $26 billion", ["15000000000 26000000000 USD"]),
        ("between US$15 billion and US$26 billion", ["15000000000 26000000000 USD"]),
        ("5 million US dollars 20 percent more", ["5000000 USD", "20 percent"]),
        ("in US dollars 5 percent more", ["5 percent"]),
        ("in taka 5 million tonnes", ["5000000 t"]),
        ("they won 5 billion people", ["5000000000 count"]),
        ("1 billion and 200 million people, respectively", ["1000000000 count", "200000000 count"]),
        ("€1.5-2bn", ["1500000000 2000000000 EUR"]),
        ("2.5-3 billion people", ["2500000000 3000000000 count"]),
        ("58-59 cents", ["0.58 0.59 USD"]),
        ("94 cents to $1.03", ["0.94 1.03 USD"]),
        ("four- to fivefold", ["4 5 times"]),
        ("between three and four times", ["3 4 times"]),
        ("$20 and $30 billion", ["20000000000 USD", "30000000000 USD"]),
        ("10, 15 and 41 percent", ["10 percent", "15 percent", "41 percent"]),
        ("3.7 percent and 6.4, respectively", ["3.7 percent", "6.4 percent"]),
        ("it rose $5.04 to $84.93", ["5.04 USD", "84.93 USD"]),
        ("it rose 5 to 7 percent", ["5 7 percent"]),
        ("63.9 percent, nine points less", ["63.9 percent", "9 pp"]),
        ("3 kilograms (6 pounds) of ice", ["3 kg", "6 lb"]),
        ("it earned $643 million, or $1.12 a share", ["643000000 USD", "1.12 USD"]),
    ],
)
def test_amounts_that_belong_together(text, found):
    assert told(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "the G20", "COVID-19", "a Boeing 737", "open 24/7", "call 555-123-4567", "at 6:04 p.m.", "from 0930 GMT",
        "on May 12", "on 27 November", "in 2023", "in 1878", "on 2024-05-12", "on 04.02.2022", "a 34-year-old",
        "said May Turner, 34, a nurse", "aged 58", "a Category 4 storm", "Article 5", "a 2-1 win", "the 15th",
        "at 10 Downing Street", "5G masts", "4x4", "double-digit growth", "in the second half", "half a year",
        "a quarter of an hour", "twice a day", "N95 masks", "the first quarter of 2020", "1. Oil", "the 1990s",
        "several hundred people", "in two months", "to August 2020b they grew", "growth in 8M, they said",
    ],
)  # fmt: skip
def test_what_only_looks_like_an_amount(text):
    assert told(text) == []


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("5 billion dinars", ""),
        ("Kuwait spent 5 billion dinars", "KWD"),
        ("Tunisia spent 5 billion dinars", "TND"),
        ("3 million Kuwaiti dinars and 5 billion dinars", "KWD"),
        ("100 krone", ""),
        ("Norway and Denmark: 100 krone", "NOK"),
        ("5 billion riyals", "SAR"),
        ("Qatar spent 5 billion riyals", "QAR"),
        ("20 billion dollars", "USD"),
    ],
)
def test_a_shared_currency_stays_open_until_the_text_decides(text, unit):
    assert quantities(text)[-1][1].unit == unit


def test_goods_weighed_again_keep_their_unit():
    assert told("up to 10 million tonnes in 2021 and up to 15 million in 2022") == [
        "10000000 t",
        "15000000 t",
    ]
    assert told("10 million tonnes in 2021, and 15 million people") == ["10000000 t", "15000000 count"]


@pytest.mark.parametrize(
    "text", ["from the current $5.7 billion to $20 billion", "it rose from just $5 billion to $20 billion"]
)
def test_from_one_level_to_another_is_no_range(text):
    assert len(told(text)) == 2


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("more than $5 billion", "at_least"),
        ("up to $5 billion", "at_most"),
        ("about $5 billion", "about"),
        ("$5 billion or more", "at_least"),
        ("topped $5 billion", "at_least"),
        ("the two add up to $5 billion", "exact"),
        ("they want to bring it up to $5 billion", "exact"),
        ("it did not even exceed $5 billion", "at_most"),
        ("it fell below the $5 million mark", "at_most"),
        ("it surpassed the $5 billion of 2020", "exact"),
        ("it was close to the $5 billion target", "exact"),
        ("it surpassed the $5 billion mark", "at_least"),
        ("it nears $5 billion", "about"),
        ("$5 billion", "exact"),
        ("$5-6 billion", "range"),
    ],
)
def test_bounds(text, bound):
    assert quantities(text)[0][1].bound == bound


def test_the_span_is_the_shortest_with_sign_scale_and_unit():
    assert spans("about US$ 5 bn a year, 12 mln tonnes of ore and 5 percent.") == [
        "US$ 5 bn",
        "12 mln tonnes",
        "5 percent",
    ]


def test_a_currency_told_twice_stands_once_in_the_span():
    assert spans(
        "$20 billion dollars, $20 billion USD, RMB 5 bn yuan and $12 million East Caribbean dollars"
    ) == [
        "$20 billion",
        "$20 billion USD",
        "RMB 5 bn",
        "$12 million East Caribbean dollars",
    ]


def test_the_step_is_one_unit_of_the_last_written_digit():
    steps = [q.step for _, q in quantities("$146.9 billion, 5 percent, 1,200 tonnes, 86 cents")]
    assert steps == [Decimal(100_000_000), Decimal(1), Decimal(1), Decimal("0.01")]


def test_a_decimal_comma_is_one_where_the_text_uses_no_other():
    assert told("up 1,6%, to 128,198 billion euros") == ["1.6 percent", "128198000000 EUR"]
    assert told("up 1.6%, to 128,198 euros") == ["1.6 percent", "128198 EUR"]


def test_only_what_is_traded_by_the_piece_is_goods():
    lex = lexicon.load("en")
    [row] = amounts.find(read("40,000 vehicles and 900,000 tourists", lex), lex)
    assert [(a.kind, a.goods) for a in row] == [("count", True), ("count", False)]


@pytest.mark.parametrize(
    ("text", "converts"),
    [
        ("6 billion rupees ($75 million), 5 percent", [None, 0, None]),
        ("ships for $8.7 billion (7.8 billion euros; £6.7 billion)", [None, 0, 0]),
        ("10 billion cubic meters (353 billion cubic feet) of gas", [None, 0]),
        ("9,000 MWh (9 million units) of power", [None, 0]),
        ("a fourfold increase (436%)", [None, 0]),
        ("9 tonnes (4 tonnes in May)", [None, None]),
    ],
)
def test_the_amount_in_brackets_converts_the_one_before(text, converts):
    lex = lexicon.load("en")
    [row] = amounts.find(read(text, lex), lex)
    assert [a.converts for a in row] == converts


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("1,234.5", "1234.5"),
        ("1.234.567,8", "1234567.8"),
        ("1,23,456", "123456"),
        ("12,5", "12.5"),
        ("1.2.3", None),
        ("1,2,3", None),
        ("9" * 40, None),
    ],
)
def test_digits_of_every_locale(raw, value):
    read_ = numbers.digits(raw)
    assert (read_ and read_[0]) == (value and Decimal(value))
