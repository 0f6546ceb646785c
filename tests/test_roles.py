"""What a figure is to its measure: the level, its change or a share of it; all texts are ours."""

from __future__ import annotations

import pytest
from timed import read


@pytest.mark.parametrize(
    ("text", "figure", "role", "direction"),
    [
        (
            "It reflected a decrease in the goods deficit of Chile of $2 billion to $65 billion in May.",
            "$2 billion",
            "change",
            "down",
        ),
        (
            "It reflected a decrease in the goods deficit of Chile of $2 billion to $65 billion in May.",
            "$65 billion",
            "level",
            None,
        ),
        (
            "It reflected a decrease in Chile's goods deficit of $2 billion or 1.6 percent to $65 billion in May.",
            "1.6 percent",
            "change",
            "down",
        ),
        (
            "That was an increase in Chile's exports of copper to Peru of $2 billion, or 9 percent, to $21 billion.",
            "$2 billion",
            "change",
            "up",
        ),
        (
            "Chile's increase in exports to Peru of $2 billion was the talk of May.",
            "$2 billion",
            "level",
            None,
        ),
        ("May saw a rise in Chile's exports to Peru, to $2 billion.", "$2 billion", "level", None),
        (
            "Chile's exports to Peru fell by 5 percent. The main decrease was that of copper ($2 million).",
            "$2 million",
            "change",
            "down",
        ),
        (
            "Chile's exports to Peru fell by 5 percent. The main product was copper ($2 million).",
            "$2 million",
            "level",
            None,
        ),
        (
            "Chile's exports to Peru were $9 billion, which is $2 billion (+19%) more than in June last year.",
            "$2 billion",
            "change",
            "up",
        ),
        (
            "Chile's exports to Peru rose by 5 percent. Chile's surplus with Peru became smaller (+$2 billion).",
            "$2 billion",
            "level",
            None,
        ),
        (
            "Chile's imports from Peru rose by 5 percent. Next came fuel with 11.3 percent ($2 million).",
            "11.3 percent",
            "share",
            None,
        ),
        ("Chile's exports to Peru came to $2 billion or 9 percent of all.", "9 percent", "share", None),
    ],
)
def test_the_role_of_a_figure(text, figure, role, direction):
    claim = read(text)[figure]
    assert (claim.role, claim.comparison and claim.comparison.direction) == (role, direction)


@pytest.mark.parametrize(
    ("text", "figure", "role", "direction"),
    [
        (
            "Exports of Chile to Peru and Spain saw 14 percent and negative 3 percent growth.",
            "3 percent",
            "change",
            "down",
        ),
        (
            "Chile's exports to Peru came to $2 billion with a declined 3 percent growth.",
            "3 percent",
            "change",
            "down",
        ),
        (
            "Chile's exports to Peru came to $2 billion with a negative growth of 3 percent.",
            "3 percent",
            "change",
            "down",
        ),
        (
            "In May exports to Peru fell 31 percent, representing a tenth of the exports of Chile.",
            "31 percent",
            "change",
            "down",
        ),
        (
            "In May exports to Peru fell 31 percent representing a tenth of the exports of Chile.",
            "31 percent",
            "change",
            "down",
        ),
        ("Chile's exports to Peru grew, 31 percent representing copper.", "31 percent", "share", None),
        (
            "Chile's trade with Peru rose from 9 percent of its total trade in 2010 to 31 percent in 2022.",
            "9 percent",
            "share",
            None,
        ),
        (
            "Chile's trade with Peru rose from 9 percent of its total trade in 2010 to 31 percent in 2022.",
            "31 percent",
            "share",
            None,
        ),
        (
            "Chile's exports to Peru rose by 25 percent, or more than $7 million.",
            "$7 million",
            "change",
            "up",
        ),
        ("Chile's exports to Peru came to 3 tonnes, or more than $7 million.", "$7 million", "level", None),
        (
            "Chile increased its exports of copper to Peru, Cuba and Brazil by a total of 7 million tons.",
            "7 million tons",
            "change",
            "up",
        ),
        (
            "Chile's exports to Peru were 146 tons and showed a 25-million-ton annual decline.",
            "25-million-ton",
            "change",
            "down",
        ),
        ("Chile raised its 5 percent share in the exports to Peru.", "5 percent", "share", None),
        ("Chile's exports of copper to Peru could grow by another $2 billion.", "$2 billion", "change", "up"),
        ("Chile's exports of copper to Peru grew by a further $2 billion.", "$2 billion", "change", "up"),
        (
            "Chile's exports of copper to Peru fell by a tenth, equivalent to $2 billion.",
            "$2 billion",
            "change",
            "down",
        ),
        (
            "Chile's exports of copper to Peru came to 3 tonnes, equivalent to $2 billion.",
            "$2 billion",
            "level",
            None,
        ),
    ],
)
def test_a_change_by_the_words_around_it(text, figure, role, direction):
    claim = read(text)[figure]
    assert (claim.role, claim.comparison and claim.comparison.direction) == (role, direction)


@pytest.mark.parametrize(
    ("text", "figure", "direction"),
    [
        (
            "The annual growth of Chile's imports eased sharply to 6 percent from 14 percent in May.",
            "6 percent",
            "up",
        ),
        (
            "The annual growth of Chile's imports eased sharply to 6 percent from 14 percent.",
            "14 percent",
            "up",
        ),
        ("The decline in Chile's exports to Peru narrowed to 6 percent in May.", "6 percent", "down"),
        ("The growth of imports eased, and Chile's exports fell by 6 percent.", "6 percent", "down"),
        ("After growth of 3 percent in April Chile's exports to Peru fell 6 percent.", "6 percent", "down"),
    ],
)
def test_a_growth_that_moves_to_a_figure_keeps_its_direction(text, figure, direction):
    comparison = read(text)[figure].comparison
    assert comparison is not None
    assert comparison.direction == direction


@pytest.mark.parametrize(
    "text",
    [
        "It reflected a decrease in Chile's exports to Peru of $2 billion",
        "Chile's exports to Peru rose by $1 billion or 5 percent",
        "Chile's exports to Peru rose from $2 billion",
        "5 percent",
        "Chile's exports to Peru were $2 billion, twice",
        "Chile's exports to Peru rose in May, which was $2 billion in 2015,",
    ],
)
def test_a_text_may_end_at_its_figure(text):
    assert read(text) is not None
