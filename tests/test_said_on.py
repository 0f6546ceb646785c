"""Whose target it is, on what day it was said, and who relays it."""

from __future__ import annotations

from datetime import date

import pytest
from voices import PUBLISHED, voice


@pytest.mark.parametrize(
    ("text", "name", "holder"),
    [
        ("Latvia and Brazil have agreed to raise trade to $5 billion.", None, "Latvia and Brazil"),
        ("Latvia and Brazil agreed on $5 billion, Janis Ozols said.", "Janis Ozols", "Latvia and Brazil"),
        ("The two sides set a target of $5 billion.", None, "The two sides"),
        ("A target of $5 billion was set by the two presidents.", None, "the two presidents"),
        ("The $5 billion which the leaders had set is near.", None, "leaders"),
        ("Janis Ozols said Ana Lima wanted to see $5 billion.", "Janis Ozols", "Ana Lima"),
        ("Janis Ozols expects exports of $5 billion.", "Janis Ozols", None),
        ("Exports hit $5 billion, Janis Ozols said.", "Janis Ozols", None),
    ],
)
def test_holders(text, name, holder):
    found = voice(text, "$5")
    assert (found.speaker and found.speaker.name) == name
    assert (found.holder and found.holder.name.removeprefix("the ")) == (
        holder and holder.removeprefix("the ")
    )


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Exports hit $5 billion, Janis Ozols said.", PUBLISHED),
        ("Exports hit $5 billion, Janis Ozols said on Monday.", date(2024, 5, 13)),
        ("Janis Ozols said Tuesday exports hit $5 billion.", date(2024, 5, 14)),
        ("Janis Ozols said at a forum in Riga on May 10 that exports hit $5 billion.", date(2024, 5, 10)),
        ("On Monday, Janis Ozols said exports hit $5 billion.", date(2024, 5, 13)),
        ("Janis Ozols said this Sunday that exports hit $5 billion.", date(2024, 5, 12)),
        ("Exports hit $5 billion, said the Ministry of Rails, Ports and Trade on Monday.", date(2024, 5, 13)),
        (
            "Noting that the port is growing and growing, Janis Ozols said trade volume reached US$5 billion.",
            PUBLISHED,
        ),
        ("Janis Ozols said yesterday that exports hit $5 billion.", date(2024, 5, 15)),
        ("Janis Ozols said exports hit $5 billion in 2023.", PUBLISHED),
        ("In March, Janis Ozols said exports would hit $5 billion.", None),
        ("Janis Ozols had said exports would hit $5 billion.", None),
        ("Exports hit $5 billion, Janis Ozols said last year.", None),
        ("Exports hit $5 billion.", None),
        (
            "Ana Lima spoke on Monday, she said on Monday. The same day Janis Ozols said $5 billion.",
            date(2024, 5, 13),
        ),
        ("Janis Ozols spoke last March, he said last March. He named $5 billion, he said.", None),
        ("Exports hit $5 billion, Janis Ozols said.\n\nOzols disclosed this on Monday.", date(2024, 5, 13)),
    ],
)
def test_the_day_it_was_said(text, day):
    assert voice(text, "$5").said_on == day


def test_the_agency_relays():
    found = voice("Exports hit $5 billion, Janis Ozols said, TASS reports.", "$5")
    assert found.speaker is not None
    assert (found.speaker.name, found.relay) == ("Janis Ozols", "TASS")


def test_a_role_stands_beside_its_name():
    found = voice("Latvian Economy Minister Janis Ozols said exports hit $5 billion.", "$5")
    assert found.speaker is not None
    assert found.speaker.role == "Latvian Economy Minister"
    assert found.manner == "indirect"


def test_a_quotation_is_direct():
    assert voice('"It is $5 billion," Janis Ozols said.', "$5").manner == "direct"


def test_without_a_date_there_is_no_day():
    found = voice("Exports hit $5 billion, Janis Ozols said on Monday.", "$5", published=None)
    assert found.speaker is not None
    assert found.said_on is None
