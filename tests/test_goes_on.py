"""Which time a text goes on about, over sentences and paragraphs; all texts are ours."""

from __future__ import annotations

import pytest
from timed import days, read

_MAY, _ROLLING, _FIVE = "2023-05-01..2023-05-31", "2022-06-01..2023-05-31", "2023-01-01..2023-05-31"


@pytest.mark.parametrize(
    ("text", "figure", "expected"),
    [
        (
            (
                "In May Chile's exports to Peru came to $3 billion. For the year ending May, they averaged $2 billion."
                "\n\nIn May, exports of copper to Peru were $1 billion.\n\nExports of tin rose 9 percent."
            ),
            "9 percent",
            _MAY,
        ),
        (
            (
                "In January-May Chile's exports to Peru came to $9 billion. In May exports to Peru were $1 billion."
                "\n\nExports of tin rose 9 percent."
            ),
            "9 percent",
            _FIVE,
        ),
        (
            (
                "In the year to May Chile's exports to Peru came to $9 billion. In May exports to Peru were $1 bn."
                "\n\nExports of tin rose 9 percent."
            ),
            "9 percent",
            _ROLLING,
        ),
    ],
)
def test_what_a_text_began_with_is_not_told_in_passing(text, figure, expected):
    assert days(read(text)[figure]) == expected
