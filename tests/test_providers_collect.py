from tallyman.model import Reject, TallymanError
from tallyman.providers import reference
from tallyman.providers.collect import collect
from tallyman.store import connect

ROWS = reference.observations()
BAD = Reject(source="table", place="row 1", reason="negative trade", fix="correct it")


def breaks_off():
    yield from ROWS[10:20]
    raise TallymanError("comtrade: the server sent a web page instead of data; try again later")


def test_a_source_that_fails_leaves_nothing_half_done_and_the_next_one_runs():
    with connect(None) as store:
        done = list(
            collect(
                store,
                {"first": lambda: [*ROWS[:10], BAD], "second": breaks_off, "third": lambda: ROWS[5:15]},
            )
        )
        assert [(one.source, one.new, len(one.rejects)) for one in done] == [
            ("first", 10, 1),
            ("second", 0, 0),
            ("third", 5, 0),
        ]
        assert "a web page instead of data" in done[1].trouble
        assert {row.id for row in store.observations(vintages=True)} == {row.id for row in ROWS[:15]}
        assert {row.source for row in store.rejects()} == {"table", "second"}
