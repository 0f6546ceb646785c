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


_SPAN = "Chile's exports to Peru rose from $2 billion in 2010 to $9 billion in 2016"


@pytest.mark.parametrize(
    ("text", "figure", "expected"),
    [
        (
            f"{_SPAN}. During that period, copper exports to Peru increased from $1 billion to $3 billion.",
            "$1 billion",
            "2010-01-01..2010-12-31",
        ),
        (
            f"{_SPAN}. During that period, copper exports to Peru increased from $1 billion to $3 billion.",
            "$3 billion",
            "2016-01-01..2016-12-31",
        ),
        (
            f"{_SPAN}, while imports from Peru rose from $1 billion to $3 billion in the same period.",
            "$1 billion",
            "2010-01-01..2010-12-31",
        ),
        (
            f"{_SPAN}, while imports from Peru have jumped to $3 billion from $1 billion during the same period.",
            "$1 billion",
            "2010-01-01..2010-12-31",
        ),
        (
            "Chile's exports to Peru came to $9 billion in 2016. Imports rose to $3 billion from $1 billion.",
            "$1 billion",
            "2015-01-01..2015-12-31",
        ),
        (
            f"{_SPAN}. Imports from Peru were up to $3 billion from $1 billion.",
            "$1 billion",
            "2015-01-01..2015-12-31",
        ),
        (
            "In 2017 Chile sold Peru goods worth $182M, against imports of about $16M. In 2018, exports grew to $4M.",
            "$16M",
            "2017-01-01..2017-12-31",
        ),
        (
            "Chile's exports to Peru came to $2 billion, the minister said, adding that Peru was third in 2016.",
            "$2 billion",
            "None..None",
        ),
        (
            "In 2016 Chile's exports to Peru came to $9 billion. So far, 2023 saw a 14 percent export growth.",
            "14 percent",
            "2023-01-01..2023-06-20",
        ),
    ],
)
def test_a_span_told_of_goes_on(text, figure, expected):
    assert days(read(text)[figure]) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("In March the envoy expressed hope that Chile-Peru trade could reach $9 billion.", "None..None"),
        ("In 2013 they agreed on raising Chile-Peru trade to $9 billion.", "None..None"),
        ("In 2025 the two plan to raise Chile-Peru trade to $9 billion.", "2025-01-01..2025-12-31"),
        ("In 2025 Chile-Peru trade will reach $9 billion.", "2025-01-01..2025-12-31"),
        ("In 2013 Chile-Peru trade reached $9 billion.", "2013-01-01..2013-12-31"),
    ],
)
def test_a_report_without_a_day_keeps_when_an_aim_was_set_from_when_it_is_for(text, expected):
    assert days(read(text, None)["$9 billion"]) == expected


@pytest.mark.parametrize(
    ("text", "figure", "expected"),
    [
        (
            "Chile's trade with Peru, which stood at $3 billion in 2015, has since tripled to $9 billion.",
            "$9 billion",
            "None..None",
        ),
        (
            "In 2022 Chile's exports rose. Exports to Peru, which were $3 billion in 2015, rose to $9 billion.",
            "$9 billion",
            "2022-01-01..2022-12-31",
        ),
        (
            "In 2022, which was a good year, Chile's exports to Peru rose to $9 billion.",
            "$9 billion",
            "2022-01-01..2022-12-31",
        ),
        (
            "Chile's exports to Peru, which had fallen in 2015, when tin was cheap, to $9 billion, were low.",
            "$9 billion",
            "2015-01-01..2015-12-31",
        ),
        (
            "Chile's exports to Peru fell from $9 billion to $8 billion in the first five months of 2022.",
            "$9 billion",
            "2021-01-01..2021-05-31",
        ),
        (
            (
                "In 2020 Chile's exports to Peru were $7 billion. They fell from $9 billion to $8 billion in the "
                "first five months of 2022."
            ),
            "$9 billion",
            "2021-01-01..2021-05-31",
        ),
    ],
)
def test_a_clause_by_the_way_keeps_its_time(text, figure, expected):
    assert days(read(text)[figure]) == expected
