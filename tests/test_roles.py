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
        ("Chile's exports to Peru came to $2 billion or 9 percent of all.", "9 percent", "share", None),
    ],
)
def test_the_role_of_a_figure(text, figure, role, direction):
    claim = read(text)[figure]
    assert (claim.role, claim.comparison and claim.comparison.direction) == (role, direction)
