"""How a figure is meant: a fact, an aim, what is foreseen; all texts are ours."""

from __future__ import annotations

import pytest
from timed import days, read


@pytest.mark.parametrize(
    ("text", "figure", "expected"),
    [
        (
            "They aim at raising Chile-Peru trade to $2 billion this year, an increase of 20 percent from 2022.",
            "20 percent",
            "target",
        ),
        (
            "Chile-Peru trade came to $2 billion in 2022, an increase of 20 percent from 2021.",
            "20 percent",
            "actual",
        ),
        (
            "The goal of $1 billion was met when Chile-Peru trade hit $2 billion in 2022, a rise of 20 percent.",
            "20 percent",
            "actual",
        ),
        (
            "The two agreed - during the visit to Lima in 2013 - on increasing trade of Chile and Peru to $5 billion.",
            "$5 billion",
            "target",
        ),
        (
            "We have decided as a first step to increase the trade between Chile and Peru to $10 billion.",
            "$10 billion",
            "target",
        ),
        ("Chile and Peru are set to increase mutual trade up to $10 billion.", "$10 billion", "target"),
        ("Trade between Chile and Peru is set to increase up to $10 billion.", "$10 billion", "forecast"),
        (
            "Trade of Chile and Peru will reach $20 billion, of which Chile will have exported more than $14 billion.",
            "$14 billion",
            "forecast",
        ),
        ("Chile has exported more than $14 billion of copper to Peru.", "$14 billion", "actual"),
        (
            "The chamber estimated the value of trade between Chile and Peru at $80 billion by 2030.",
            "$80 billion",
            "forecast",
        ),
        (
            "The chamber estimates the accord will double exports of Chile to Peru to $268 million.",
            "$268 million",
            "forecast",
        ),
        (
            "Chile and Peru have reaffirmed to enhance bilateral trade volume to $4 billion.",
            "$4 billion",
            "target",
        ),
        (
            "The president flies to Lima in a bid to raise Chile's exports to $9 billion.",
            "$9 billion",
            "target",
        ),
        (
            "Chile plans to double trade with Peru from more than $11 billion in 2015.",
            "$11 billion",
            "actual",
        ),
        ("Chile plans to double trade with Peru to more than $11 billion in 2025.", "$11 billion", "target"),
        (
            "We concluded last year with trade between Chile and Peru of $450 million.",
            "$450 million",
            "actual",
        ),
        (
            "Trade of Chile and Peru will surely grow from a level that is already worth $21 billion.",
            "$21 billion",
            "actual",
        ),
        ("Chile's exports to Peru in May were 14 percent higher than in April.", "14 percent", "actual"),
        ("Chile's exports to Peru may be 14 percent higher in July.", "14 percent", "potential"),
        ("The pact will slash trade of Chile and Peru to $7 billion.", "$7 billion", "forecast"),
        (
            "Chile sees much potential in Peru and is ready to boost exports to Peru worth $700 million.",
            "$700 million",
            "target",
        ),
    ],
)
def test_how_a_figure_is_meant(text, figure, expected):
    assert read(text)[figure].modality == expected


@pytest.mark.parametrize(
    ("text", "figure", "expected"),
    [
        (
            "They aim at Chile-Peru trade of $9 billion, agreed during the king's visit to Lima in December 2022.",
            "$9 billion",
            "None..None",
        ),
        (
            "Chile plans to double trade with Peru from more than $11 billion in 2015.",
            "$11 billion",
            "2015-01-01..2015-12-31",
        ),
    ],
)
def test_an_aim_is_not_for_the_day_it_was_agreed_on(text, figure, expected):
    assert days(read(text)[figure]) == expected


_COUNTS = (
    "Chile's exports brought in $3 billion in 2022. Chile's ministry is counting on total exports of $8 billion "
    "(before, it was $7 billion) and on a trade surplus of $2 billion."
)
_ANTICIPATES = (
    "Chile's exports brought in $3 billion in 2022. Chile's statistics office anticipates total exports of $9 billion "
    "{against}, and hence a trade deficit of $2 billion."
)
_WORSE = (
    "Chile's trade deficit in May was far worse than the $6 billion that traders had generally expected for May and "
    "$2 billion more than April's trade deficit of $5 billion."
)


@pytest.mark.parametrize(
    ("text", "figure", "expected"),
    [
        (_COUNTS, "$8 billion", "forecast"),
        (_COUNTS, "$7 billion", "forecast"),
        (_COUNTS, "$2 billion", "forecast"),
        (_COUNTS.replace("it was", "it sold"), "$7 billion", "actual"),
        (_ANTICIPATES.format(against="against imports of $7 billion"), "$7 billion", "forecast"),
        (_ANTICIPATES.format(against="against imports of $7 billion"), "$2 billion", "forecast"),
        (_ANTICIPATES.format(against="against exports of $7 billion in 2022"), "$7 billion", "actual"),
        (_ANTICIPATES.format(against="").replace("and hence", "leaving"), "$2 billion", "forecast"),
        (
            "Exports of Chile fell 9 percent, less than an expected 10 percent, resulting in a deficit of $2 billion.",
            "$2 billion",
            "actual",
        ),
        (
            "Exports of Chile in 2022 were $9 billion, $1 billion more than it had forecast and 20% more than in 2021.",
            "20%",
            "actual",
        ),
        (_WORSE, "$6 billion", "forecast"),
        (_WORSE, "$2 billion", "actual"),
        (_WORSE, "$5 billion", "actual"),
        (
            "Chile has exports of $6 billion to Peru that are expected to reach $7 billion and then $2 billion more.",
            "$2 billion",
            "forecast",
        ),
        (
            "Chile's exports of tin earned $3 billion in 2022, against projected exports of $4 billion.",
            "$4 billion",
            "forecast",
        ),
        ("Chile earned less than the planned $3 billion from exports in 2022.", "$3 billion", "target"),
        ("Chile earned less than planned from exports: $3 billion in 2022.", "$3 billion", "actual"),
    ],
)
def test_what_a_word_that_looks_ahead_speaks_of(text, figure, expected):
    assert read(text)[figure].modality == expected


_YEAR = "2022-01-01..2022-12-31"


@pytest.mark.parametrize(
    ("text", "figure", "expected"),
    [
        (
            "Chile's exports were $3 billion in 2022, but low prices made the country miss its target of $5 billion.",
            "$5 billion",
            _YEAR,
        ),
        (
            "Chile's exports were $3 billion in 2022, and the country is far from its target of $5 billion.",
            "$5 billion",
            "None..None",
        ),
        (
            "In 2022 revenue from Chile's exports fell, and less than the planned $5 billion came in from exports.",
            "$5 billion",
            _YEAR,
        ),
        (
            "Chile's exports were $3 billion in 2022. Those of tin were $2 billion, under the forecast of $5 billion.",
            "$5 billion",
            _YEAR,
        ),
        (
            "Chile's exports were $3 billion in 2022. Exports of tin were $2 billion, with a forecast of $5 billion.",
            "$5 billion",
            "None..None",
        ),
        (_ANTICIPATES.format(against="against imports of $5 billion"), "$5 billion", "None..None"),
    ],
)
def test_what_was_missed_was_awaited_of_the_time_told_of(text, figure, expected):
    assert days(read(text)[figure]) == expected
