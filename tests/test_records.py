"""Records: the highest or worst of some time or of all; all texts are ours."""

from __future__ import annotations

from datetime import date

import pytest

from tallyman.extract import claims
from tallyman.model import Document

LEAD = "Chile's trade with Peru came to $3.1 billion in May 2024. "


def read(text):
    document = Document(id="d", text=LEAD + text, sha256="", language="en", published_on=date(2024, 9, 4))
    return [claim for claim in claims(document) if claim.role == "rank"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Exports to Peru were the lowest since June 2020.", "the lowest since June 2020"),
        (
            "Exports to Peru rose to their highest level in May since 2010.",
            "their highest level in May since 2010",
        ),
        ("Chile's deficit with Peru hit $5 billion, the second highest imbalance ever.", None),
        ("Exports to Peru hit $5 billion, the third-highest on record.", "the third-highest on record"),
        ("Exports to Peru hit 5 million tonnes, the most in any month on record.", None),
        ("Exports to Peru fell to the lowest level in more than ten years.", None),
        ("Exports to Peru grew at the fastest pace since statistics were first kept in 1979.", None),
        ("Exports to Peru fell to $5 billion, the third-highest on record after $7 billion in 2022.", None),
        ("Exports to Peru hit a new historic monthly high.", None),
        ("Exports to Peru hit an all-time high.", "an all-time high"),
        ("Exports to Peru hit a 2-year high.", "2-year high"),
        ("Chile booked a deficit with Peru for the third straight month.", "third straight month"),
        ("Chile has had a surplus with Peru for 41 consecutive months.", "41 consecutive months"),
    ],
)
def test_the_highest_or_lowest_of_a_time_is_a_rank(text, words):
    [claim] = read(text)
    assert words in (None, claim.anchor.exact)
    assert {claim.measure.reporter, claim.measure.partner} == {"CL", "PE"}


@pytest.mark.parametrize(
    "text",
    [
        "The largest port in Peru ships the most ore.",
        "Exports to Peru hit the highest $5 billion since 2010.",
        "Most of the exports to Peru have been copper since 2010.",
        "Exports to Peru were followed by a third straight month of rain.",
        "Exports to Peru raised growth to a two-year high.",
        "Trade with Peru fell as the mercury hit a high.",
    ],
)
def test_a_superlative_without_its_time_is_none(text):
    assert read(text) == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Exports to Peru hit a record high.", "record"),
        ("Exports to Peru hit a record low.", "record_low"),
        ("Exports to Peru hit their highest level since 2010.", "record"),
        ("Exports to Peru were the lowest since June 2010.", "record_low"),
        ("Exports to Peru were the highest on record.", "record"),
        ("Exports to Peru were the highest since the crisis.", "among_times"),
        ("Exports to Peru were the second highest since 2010.", "among_times"),
        ("Peru is Chile's largest buyer.", "among_partners"),
    ],
)
def test_the_cue_of_a_rank_says_which_it_is(text, kind):
    [claim] = read(text)
    assert kind in [cue.rule for cue in claim.cues if cue.field == "role"]


def test_a_record_is_of_the_time_told_of_and_not_of_that_since_which_it_counts():
    [claim] = read("Exports to Peru fell 9 percent in June, the steepest fall since January 2020.")
    assert (claim.period.start, claim.period.end) == (date(2024, 6, 1), date(2024, 6, 30))


def test_a_record_since_a_time_is_held_against_what_followed_that_time():
    [claim] = read("Exports to Peru were the lowest since June 2010.")
    assert claim.comparison is not None
    assert claim.comparison.base_start == date(2010, 6, 1)
