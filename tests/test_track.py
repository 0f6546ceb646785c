"""The register of targets and what became of them, on hand-made claims and the shipped statistics."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs
from test_check import BILLION, TODAY, claim, dollars, during, year

from tallyman.answers import said_by
from tallyman.model import Attribution, Comparison, Document, Measure, Quantity, Target
from tallyman.providers import reference
from tallyman.series import Shelf
from tallyman.track import Judge, Register, declared, drift, events, links, successors, targets
from tallyman.track.register import replaces


@pytest.fixture(scope="module")
def shelf():
    return Shelf(reference.observations())


PUTIN = Attribution(speaker="Vladimir Putin", manner="indirect")


def by(deadline, **fields):
    """A statement of $200 billion with this deadline."""
    return claim(dollars(200), year(deadline, "by"), deadline=date(deadline, 12, 31), **fields)


def seeds():
    """The targets that the five seeds state, as claims."""
    xi = Attribution(speaker="Dmitry Peskov", holder="Xi Jinping", manner="indirect")
    headline = Attribution(speaker="Kremlin", holder="Xi Jinping", manner="indirect")
    return [
        by(2024, modality="forecast", said="2021-06-04", attribution=PUTIN, id="a", document_id="000"),
        claim(
            dollars(250),
            modality="target",
            said="2022-02-04",
            attribution=headline,
            id="b",
            document_id="004",
        ),
        claim(dollars(250), modality="target", said="2022-02-04", attribution=xi, id="c", document_id="004"),
        claim(dollars(250), modality="target", said="2022-02-04", attribution=xi, id="d", document_id="004"),
        by(2024, modality="target", said="2022-12-30", attribution=PUTIN, id="e", document_id="003"),
        claim(dollars(200), modality="target", pair="CN-RU", said="2023-12-20", id="f", document_id="002"),
    ]


def test_the_seeds_state_two_targets():
    tass = Document(id="004", text="", sha256="", agency="TASS", published_on=date(2022, 2, 4))
    first, second = targets(seeds(), [tass])
    assert (first.quantity.value, first.deadline, first.set_on) == (
        200 * 10**9,
        date(2024, 12, 31),
        date(2021, 6, 4),
    )
    assert first.claim_ids == ("a", "e", "f")
    assert (second.quantity.value, second.deadline) == (250 * 10**9, None)
    assert (second.set_by, second.told_by, second.relayed_by) == ("Xi Jinping", "Dmitry Peskov", "TASS")


@given(st.permutations(seeds()))
def test_the_register_does_not_depend_on_the_order_of_reading(shuffled):
    assert targets(shuffled) == targets(seeds())


REPORTS = [
    Document(id=f"doc_{number}", text="", sha256="", agency=f"Agency {number}", published_on=day)
    for number, day in enumerate([None, date(2021, 3, 1), date(2021, 5, 1), date(2022, 2, 1)])
]


@st.composite
def said(draw):
    """Statements on one pair: of few amounts, deadlines, days and reports, so that they often meet."""
    made = []
    for number in range(draw(st.integers(1, 9))):
        amount = draw(st.sampled_from([dollars(100), dollars(200), Quantity(value=Decimal(2), unit="times")]))
        due = draw(st.sampled_from([None, None, date(2024, 12, 31), date(2025, 12, 31)]))
        day = draw(st.sampled_from([None, "2021-02-01", "2021-04-01", "2021-05-01", "2022-01-01"]))
        row = claim(
            amount,
            role="multiple" if amount.unit == "times" else "level",
            modality=draw(st.sampled_from(["target", "target", "forecast"])),
            deadline=due,
            said=day,
            id=f"c{number}",
            document_id=draw(st.sampled_from(REPORTS)).id,
            attribution=Attribution(speaker=draw(st.sampled_from([None, "A", "B"]))),
            comparison=Comparison(direction="up", base_value=100 * BILLION) if draw(st.booleans()) else None,
        )
        made.append(row)
    return made


@settings(deadline=None)
@given(said(), st.dates(date(2021, 1, 1), date(2022, 6, 1)), st.integers(0, 9))
def test_the_register_of_a_day_knows_only_what_was_said_by_then(made, day, rejected):
    whole = Register(made, REPORTS)
    judged = [
        structs.replace(row, judgement="reject")
        for row in links(whole.targets(), made)[:rejected]
        if row.kind == "restates"
    ]
    days = {row.id: row.published_on for row in REPORTS}
    by_then = [row for row in made if said_by(row, days[row.document_id], day)]
    assert whole.targets(day) == targets(by_then, REPORTS)
    assert Register(made, REPORTS, judged).targets(day) == targets(by_then, REPORTS, judged)


@settings(deadline=None)
@given(said())
def test_the_first_target_that_replaces_one_is_its_successor(made):
    register = targets(made, REPORTS)
    for target in register:
        newer = [other for other in register if replaces(other, target)]
        assert successors(register).get(target.id) == next(iter(newer), None)


def test_two_hundred_billion_was_met_early(shelf):
    target = targets(seeds())[0]
    leading = events(target, shelf, as_of=TODAY)[0]
    assert (leading.status, leading.provider, leading.on) == ("met_early", "gacc", date(2023, 12, 7))
    assert (leading.period.start, leading.period.end) == (date(2023, 1, 1), date(2023, 11, 30))
    assert leading.months_ahead == 13
    assert events(target, shelf, as_of=date(2023, 12, 6))[0].status == "open"


def test_two_hundred_fifty_billion_is_open_without_deadline(shelf):
    leading = events(targets(seeds())[1], shelf, as_of=TODAY)[0]
    assert leading.status == "open"
    assert "$228.105 billion" in leading.explanation


def test_an_old_target_was_missed_and_reached_later(shelf):
    made = claim(
        dollars(100), year(2015, "by"), modality="target", deadline=date(2015, 12, 31), said="2011-10-07"
    )
    leading = events(targets([made])[0], shelf, as_of=TODAY)[0]
    assert leading.status == "missed"
    assert "first reached in 2018" in leading.explanation


def test_doubling_from_a_named_base_is_the_same_target():
    doubled = claim(
        Quantity(value=2, unit="times"),
        year(2024, "by"),
        role="multiple",
        modality="target",
        deadline=date(2024, 12, 31),
        comparison=Comparison(direction="up", base_value=100 * 10**9),
        said="2022-12-30",
        id="g",
    )
    assert targets([*seeds(), doubled])[0].claim_ids == ("a", "e", "g", "f")


def test_a_raised_target_supersedes_only_what_is_unmet(shelf):
    old = claim(
        dollars(20),
        year(2030, "by"),
        pair="IN-BR",
        modality="target",
        deadline=date(2030, 12, 31),
        said="2025-07-08",
    )
    new = claim(
        dollars(30),
        year(2030, "by"),
        pair="IN-BR",
        modality="target",
        deadline=date(2030, 12, 31),
        said="2026-02-21",
    )
    register = targets([new, old])
    assert register[1].supersedes == register[0].id
    leading = events(register[0], shelf, as_of=TODAY, register=register)[0]
    assert (leading.status, leading.on) == ("superseded", date(2026, 2, 21))
    assert events(register[0], shelf, as_of=date(2026, 1, 1), register=register)[0].status == "open"


def test_what_nobody_counts_is_untestable(shelf):
    target = Target(
        id="tgt_x",
        measure=Measure(indicator="investment", reporter="JP", partner="IN"),
        quantity=dollars(40),
        deadline=date(2027, 12, 31),
        set_on=date(2022, 3, 19),
    )
    (event,) = events(target, shelf, as_of=TODAY)
    assert event.status == "untestable"
    assert "investment" in event.explanation


def test_cumulative_targets_are_summed_over_their_years(shelf):
    made = claim(
        dollars(500),
        during("2022-01-01", "2024-12-31"),
        modality="target",
        deadline=date(2024, 12, 31),
        said="2021-11-29",
    )
    (target,) = targets([made])
    assert target.rule == "cumulative"
    leading = events(target, shelf, as_of=TODAY)[0]
    assert (leading.status, leading.period.end, leading.on) == ("met", date(2024, 12, 31), date(2025, 1, 13))


def test_a_rejected_link_takes_its_claim_out_of_the_target():
    made = seeds()
    register = targets(made)
    link = next(link for link in links(register, made) if link.kind == "restates" and link.from_id == "f")
    apart = targets(made, (), [structs.replace(link, judgement="reject")])
    assert [target.claim_ids for target in apart] == [("a", "e"), ("b", "c", "d"), ("f",)]
    assert targets(made, (), [structs.replace(link, judgement="accept")]) == register


def test_drift_names_what_every_telling_changed():
    moved = by(
        2023, modality="target", said="2023-02-01", id="h", attribution=Attribution(speaker="A Minister")
    )
    made = [*seeds(), moved]
    register = targets(made)
    changes = drift(register[0], made, register)
    assert ("deadline", "2024-12-31", "2023-12-31", "h") in [
        (change.field, change.was, change.became, change.claim_id) for change in changes
    ]
    assert ("deadline", "2024-12-31", None, "f") in [
        (change.field, change.was, change.became, change.claim_id) for change in changes
    ]


def test_a_declaration_is_a_fact_of_its_own():
    said = claim(
        dollars(200, "at_least"),
        during("2023-01-01", "2023-11-30"),
        said="2023-12-20",
        attribution=PUTIN,
        id="z",
    )
    made = [*seeds(), said]
    register = targets(made)
    (event,) = declared(register[0], made)
    assert (event.on, event.provider, event.evidence) == (date(2023, 12, 20), None, ("z",))
    assert [link.kind for link in links(register, made) if link.from_id == "z"] == ["resolves"]


def test_a_target_given_up_is_withdrawn_if_unmet(shelf):
    made = seeds()
    given_up = claim(dollars(250), modality="target", negated=True, said="2025-01-15", id="w")
    register = targets([*made, given_up])
    assert [target.claim_ids for target in register] == [("a", "e", "f"), ("b", "c", "d")]
    leading = events(register[1], shelf, as_of=TODAY, register=register, claims=[*made, given_up])[0]
    assert (leading.status, leading.on) == ("withdrawn", date(2025, 1, 15))
    too_late = claim(dollars(200), modality="target", negated=True, said="2025-01-15", id="v")
    assert events(register[0], shelf, as_of=TODAY, claims=[too_late])[0].status == "met_early"


def test_a_judge_remembers_nothing_that_depends_on_the_day(shelf):
    judge, goals = Judge(shelf), targets(seeds())
    days = [date(2021, 7, 1), date(2023, 12, 6), date(2023, 12, 8), date(2025, 1, 10), TODAY]
    for day in [*days, *reversed(days)]:
        for goal in goals:
            assert judge.events(goal, as_of=day) == events(goal, Shelf(reference.observations()), as_of=day)
