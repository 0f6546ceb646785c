from datetime import date

import pytest

from tallyman.providers.periods import written


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2021", date(2021, 1, 1), date(2021, 12, 31)),
        ("2021-A1", date(2021, 1, 1), date(2021, 12, 31)),
        ("202102", date(2021, 2, 1), date(2021, 2, 28)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2021M12", date(2021, 12, 1), date(2021, 12, 31)),
        ("2021-Q3", date(2021, 7, 1), date(2021, 9, 30)),
        ("2021-S2", date(2021, 7, 1), date(2021, 12, 31)),
    ],
)
def test_a_written_period(text, start, end):
    found = written(text)
    assert (found.start, found.end, found.relation) == (start, end, "during")


@pytest.mark.parametrize(
    "text", ["", "21", "2021-13", "202113", "2021-Q5", "0021", "2021-1", "May 2021", "２０２１"]
)
def test_what_writes_no_period(text):
    assert written(text) is None
