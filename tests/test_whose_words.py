"""Whose words they are where several are named: who goes on, who wrote the paper, who gives the speech."""

from __future__ import annotations

import pytest
from voices import speaker


@pytest.mark.parametrize(
    ("text", "name"),
    [
        # a verb that tells only between commas
        ("Besides, Janis Ozols continued, exports to Peru had hit $5 billion.", "Janis Ozols"),
        ("Exports, continued Janis Ozols, had hit $5 billion.", "Janis Ozols"),
        ("President Janis Ozols came. Exports, he continued, had hit $5 billion.", "Janis Ozols"),
        ("Exports of Latvia continued, reaching $5 billion.", None),
        ("While Peru continued, exports of Latvia hit $5 billion.", None),
        # names that are also little words
        ("Exports hit $5 billion, said Deputy Minister An Dae in Riga.", "An Dae"),
        ("Exports hit $5 billion, said Vice Premier He Wei in Riga.", "He Wei"),
        ("Janis Ozols was the minister. He said exports hit $5 billion.", "Janis Ozols"),
        # what stands before a number is its unit
        ("According to official statistics, exports peaked at $5 billion, not at FLv 4 billion.", None),
        ("According to official statistics from Latstat, exports hit $5 billion.", "Latstat"),
        # a paper of an office tells what a person said
        (
            "According to a statement of the Ministry of Ports, Janis Ozols said exports hit $5 billion.",
            "Janis Ozols",
        ),
        ("According to the Ministry of Ports, Mr. Ozols said exports hit $5 billion.", "Ozols"),
        ("According to Ana Lima, Janis Ozols said exports hit $5 billion.", "Ana Lima"),
        ("According to the Ministry of Ports, exports hit $5 billion, as it said.", "Ministry of Ports"),
        # who passes it on is no speaker behind a semicolon either
        ("Janis Ozols said exports fell; while imports hit $5 billion, reports Xinhua.", "Janis Ozols"),
        ('"It hit $5 billion," a trader, Janis Ozols, told Xinhua.', "Janis Ozols"),
        ("Janis Ozols said exports fell; while imports hit $5 billion, reports Ana Costa.", "Ana Costa"),
        # a telling put between commas covers what follows it
        ("Latvia reported a gap, the central bank said, as imports hit $5 billion.", "central bank"),
        ("Exports fell, Janis Ozols said; Latvia reported that imports hit $5 billion.", "Latvia"),
        (
            "Exports hit $5 billion, the Latvian minister said adding that more would come.",
            "Latvian minister",
        ),
        # a source by the way is that of its sentence alone
        (
            "The table is based on figures of the Port Authority. The record of $5 billion was set in 2001.",
            None,
        ),
        ("The Port Authority said so. The record of $5 billion was set in 2001.", "Port Authority"),
        ("Compared to Port Authority data published last month, exports of $5 billion are higher.", None),
        ("Port Authority data published last month showed exports of $5 billion.", "Port Authority"),
        # in a speech, the one who gives it
        (
            "Speech by Janis Ozols, port minister\n\nAs Ana Costa has recalled, it grew. It hit $5 billion.",
            "Janis Ozols",
        ),
        (
            "Speech by Janis Ozols, port minister\n\nAs Ana Costa has recalled, it hit $5 billion.",
            "Ana Costa",
        ),
        # the name beside the office
        (
            "Mr. Janis Ozols, Head of Delegation, Riga Chamber of Ports said exports hit $5 billion.",
            "Janis Ozols",
        ),
        (
            "Janis Ozols came, and then the Riga Chamber of Ports said exports hit $5 billion.",
            "Riga Chamber of Ports",
        ),
        (
            "New Latvian Consul General, Janis Ozols thinks so.\n\nThe Latvian official put it at $5 billion.",
            "Janis Ozols",
        ),
        ("As previously stated by the minister Janis Ozols, exports may hit $5 billion.", "Janis Ozols"),
        (
            "Latvian President Janis Ozols met his Peruvian counterpart Ana Costa. Peru's president named $5 billion.",
            "Ana Costa",
        ),
        (
            "Latvian President Janis Ozols met his Peruvian counterpart Ana Costa. Peru's envoy put it at $5 billion.",
            "Peru's envoy",
        ),
        # what stands between the one who tells and the verb
        ("Janis Ozols, Minister of Ports, in his address said exports hit $5 billion.", "Janis Ozols"),
        ("Janis Ozols in a statement on Monday said exports hit $5 billion.", "Janis Ozols"),
        ("Exports to Janis Ozols in the spring said exports hit $5 billion.", None),
        (
            "Janis Ozols, the minister, was quoted by state media as saying exports hit $5 billion.",
            "Janis Ozols",
        ),
        ("Exports hit $5 billion, official data from the Port Authority showed Tuesday.", "Port Authority"),
        ("Official data from the Port Authority showed exports of $5 billion.", "Port Authority"),
        # who promises that something will be tells it
        ("Janis Ozols pledged that exports would hit $5 billion.", "Janis Ozols"),
        ("Latvia pledged that exports would hit $5 billion.", None),
        # an official of an office with its short form
        (
            "An Export Growth Bureau (EGB) official told us that exports hit $5 billion.",
            "Export Growth Bureau (EGB) official",
        ),
        ("The Export Growth Bureau (EGB) said exports hit $5 billion.", "Export Growth Bureau"),
        # a quotation that nothing closes
        (
            "A trader spoke in Riga.\n\n“It grew. It hit $5 billion, said Janis Ozols, Minister of Ports.\n\nHe left.",
            "Janis Ozols",
        ),
        (
            "Janis Ozols spoke in Riga.\n\n“It hit $5 billion, Costa said, and I agree,” Ozols said.",
            "Janis Ozols",
        ),
        # a visiting minister
        ("Trade will be raised to $5 billion, said visiting Latvian President Janis Ozols.", "Janis Ozols"),
        ("Trade will hit $5 billion, said strong demand in Riga.", None),
    ],
)
def test_whose_words_they_are(text, name):
    assert speaker(text) == name
