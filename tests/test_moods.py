"""How a figure is meant: a fact, an aim, a forecast, a chance; all texts are ours."""

from __future__ import annotations

import pytest
from test_claims import LEAD, read


@pytest.mark.parametrize(
    ("sentence", "figure", "modality"),
    [
        # when a base was recorded says nothing of what is to come
        (
            "Exports are expected to rise from $2 billion, registered in 2008, to $5 billion.",
            "$5 billion",
            "forecast",
        ),
        (
            "Exports are expected to rise from $2 billion, registered in 2008, to $5 billion.",
            "$2 billion",
            "actual",
        ),
        ("Trade could rise from the $2 billion recorded in 1995 to $5 billion.", "$5 billion", "potential"),
        ("Exports rose from $2 billion and recorded $5 billion in 2023.", "$5 billion", "actual"),
        # a decision a few words before what is to be done
        ("They have decided as a first step to increase trade to $5 billion.", "$5 billion", "target"),
        ("They have reaffirmed to enhance bilateral trade to $5 billion.", "$5 billion", "target"),
        ("They decided nothing, and trade rose to $5 billion.", "$5 billion", "actual"),
        # who reckons that something will be does not aim at it
        ("The chamber estimates the agreement will double exports of fruit.", "double", "forecast"),
        ("We will double exports of fruit to Peru.", "double", "target"),
        (
            "Trade will hit $9 billion, of which Chile will have exported $5 billion.",
            "$5 billion",
            "forecast",
        ),
        ("Trade hit $9 billion, of which Chile has exported $5 billion.", "$5 billion", "actual"),
        # what is so already
        ("The deal will be a boost, growing a trade already worth $5 billion.", "$5 billion", "actual"),
        ("The deal will be a boost, bringing trade worth $5 billion.", "$5 billion", "forecast"),
        # the life of a treaty is no contract
        (
            "Trade rose over the first five years of the agreement, reaching $5 billion last year.",
            "$5 billion",
            "actual",
        ),
        (
            "Chile signed an agreement to export copper worth $5 billion to Peru.",
            "$5 billion",
            "commitment",
        ),
        # a sure place is no forecast
        ("Peru occupies a confident first place in Chile's trade.", "first place", "actual"),
        ("The minister is confident that trade will reach $5 billion.", "$5 billion", "forecast"),
    ],
)
def test_how_a_figure_is_meant(sentence, figure, modality):
    assert read(LEAD + sentence)[figure].modality == modality
