"""Who says a figure."""

from __future__ import annotations

import sys
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from voices import LEXICON, PUBLISHED, speaker

from tallyman.extract.sentences import read
from tallyman.extract.speakers import Speakers


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Trade reached $5 billion, Latvian Economy Minister Janis Ozols said.", "Janis Ozols"),
        ("Latvian Economy Minister Janis Ozols said that trade reached $5 billion.", "Janis Ozols"),
        ('"Trade reached $5 billion," said Janis Ozols, who runs a port in Riga.', "Janis Ozols"),
        ("Janis Ozols, a grain dealer from Riga, said trade reached $5 billion.", "Janis Ozols"),
        (
            "Janis Ozols, economy minister and head of the delegation, said trade hit $5 billion.",
            "Janis Ozols",
        ),
        ("The head of the port of Riga, Janis Ozols, says trade reached $5 billion.", "Janis Ozols"),
        ("Trade, Janis Ozols noted, has reached $5 billion.", "Janis Ozols"),
        (
            "Trade rose, the Ministry of Finance said. It hit $5 billion, ministry data showed.",
            "Ministry of Finance",
        ),
        ("Trade hit $5 billion, data from government-run Office des Changes showed.", "Office des Changes"),
        ("According to the head of customs Janis Ozols, trade hit $5 billion, IRIB reported.", "Janis Ozols"),
        ("Janis Ozols told Reuters that trade reached $5 billion.", "Janis Ozols"),
        ("Janis Ozols (Latvian envoy to Brazil) stated that trade reached $5 billion.", "Janis Ozols"),
        ("Janis Ozols showed that trade reached $5 billion.", "Janis Ozols"),
        ("Minister Janis Ozols, while addressing the media, said that trade hit $5 billion.", "Janis Ozols"),
        ("Janis Ozols was quoted by TASS as saying trade reached $5 billion.", "Janis Ozols"),
        ("Trade could hit $5 billion, believes Trade Minister Janis Ozols.", "Janis Ozols"),
        ("Janis Ozols shared that trade hit $5 billion.", "Janis Ozols"),
        ("President RPCI Janis Ozols said that trade reached $5 billion.", "Janis Ozols"),
        (
            "RIGA: Janis Ozols, head of the Chamber of Ports (COP) told the government that trade hit $5 billion.",
            "Janis Ozols",
        ),
        (
            "Trade hit $5 billion, said the head of the department of statistics and trade Janis Ozols.",
            "Janis Ozols",
        ),
        (
            "The head of the Latvian-Brazilian Council, Janis Ozols, expected that trade will reach $5 billion.",
            "Janis Ozols",
        ),
        ("Janis Ozols said that trade hit $5 billion, the press service of the port reports.", "Janis Ozols"),
        ("Janis Ozols said trade hit $5 billion, according to Russia's (TASS) News Agency.", "Janis Ozols"),
        ("According to Janis Ozols, trade reached $5 billion.", "Janis Ozols"),
        ("In a call with Ana Lima, Janis Ozols said trade reached $5 billion.", "Janis Ozols"),
        ("Janis Ozols praised the port, adding that trade reached $5 billion.", "Janis Ozols"),
        ("Janis Ozols met Ana Lima and told reporters that trade reached $5 billion.", "Janis Ozols"),
        ("Dealers polled by Reuters expect trade of $5 billion.", "Dealers"),
        ("As noted Janis Ozols, the trade has made $5 billion.", "Janis Ozols"),
        ("Trade may come to $5 billion, Janis Ozols and Ana Lima said.", "Janis Ozols and Ana Lima"),
        ("Trade hit $5 billion, as announced by the minister, Janis Ozols", "Janis Ozols"),
        (
            "According to the head of the Riga Port Authority (RPA) Janis Ozols, trade hit $5 billion.",
            "Janis Ozols",
        ),
        ("Trade hit $5 billion, as per the envoy to Riga, His Excellency Janis Ozols.", "Janis Ozols"),
        (
            "Bureau for Rural and Small Business Development Director Janis Ozols said trade hit $5 billion.",
            "Janis Ozols",
        ),
        ("Latvia's customs and trade minister, Janis Ozols, said trade hit $5 billion.", "Janis Ozols"),
        (
            "Deputy Minister for Economic Diplomacy Affairs Janis Ozols said trade hit $5 billion.",
            "Janis Ozols",
        ),
        (
            "The Chairman of the Cabinet of Ministers of Latvia, Janis Ozols, said trade hit $5 billion.",
            "Janis Ozols",
        ),
        (
            "Ambassador Extraordinary and Plenipotentiary of Latvia to Brazil Janis Ozols said trade hit $5 billion.",
            "Janis Ozols",
        ),
        ("Trade hit $5 billion, TASS learned from Ambassador Janis Ozols.", "Janis Ozols"),
        ("Trade hit $5 billion, Janis Ozols was cited as saying.", "Janis Ozols"),
        ("Latvia's Chief Executive Officer Janis Ozols said trade hit $5 billion.", "Janis Ozols"),
        (
            '"Trade reached $5 billion," industry and labour statistics manager Janis Ozols said.',
            "Janis Ozols",
        ),
        (
            "Janis Ozols, Minister of Trade and Special Envoy of the President, who came, said trade hit $5 billion.",
            "Janis Ozols",
        ),
        ("Latvia and Brazil have reaffirmed that trade hit $5 billion.", "Latvia and Brazil"),
    ],
)
def test_persons_who_tell(text, name):
    assert speaker(text.replace("Dealers", "Traders")) == name.replace("Dealers", "Traders")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Exports hit $5 billion, the National Bureau of Statistics said.", "National Bureau of Statistics"),
        (
            "Exports hit $5 billion, the Ministry of Energy, Water & Mines disclosed.",
            "Ministry of Energy, Water & Mines",
        ),
        ("Exports hit $5 billion, its embassy in Riga said.", "embassy in Riga"),
        ("Exports hit $5 billion, Riga Port Authority data showed.", "Riga Port Authority"),
        ("Data from the Riga Port Authority show exports of $5 billion.", "Riga Port Authority"),
        (
            "As per figures released by the Riga Port Authority, exports hit $5 billion.",
            "Riga Port Authority",
        ),
        ("Exports hit $5 billion, the ministry's figures show.", "ministry"),
        ("Exports hit $5 billion, customs data showed.", "customs"),
        ("Exports hit $5 billion, the statistics office Latstat said.", "Latstat"),
        (
            "Exports hit $5 billion, said the Ministry of Rails, Ports and Sea Trade on Monday.",
            "Ministry of Rails, Ports and Sea Trade",
        ),
        (
            "The American Chamber of Commerce in Latvia estimated exports at $5 billion.",
            "American Chamber of Commerce in Latvia",
        ),
        ("Exports may hit $5 billion, according to official estimates.", None),
        (
            "Trade figures released last week by Latvia's customs office showed exports of $5 billion.",
            "Latvia's customs office",
        ),
        (
            "Exports hit $5 billion, data issued by the Riga Port Authority (RPA) and the Trade Ministry showed.",
            "Riga Port Authority",
        ),
        ("The RPA, which issued the report for 2023, indicated that exports hit $5 billion.", "RPA"),
        (
            "Exports hit $5 billion, as per customs-cleared data from the Finance Ministry.",
            "Finance Ministry",
        ),
        (
            "Exports hit $5 billion, reported the Korean Ministry of Trade, Industry and Energy.",
            "Korean Ministry of Trade, Industry and Energy",
        ),
        (
            "Daily News / The Riga Port Authority revealed, on Monday, exports of $5 billion.",
            "Riga Port Authority",
        ),
        ("A survey by the Riga Port Authority found that exports hit $5 billion.", "Riga Port Authority"),
        ("Exports hit $5 billion, official data showed.", None),
        ("Statistics showed that exports hit $5 billion.", None),
        ("Exports were expected to hit $5 billion.", None),
        ("Latvia and Brazil shared exports of $5 billion.", None),
        ("A report came out showing that exports hit $5 billion.", None),
        ("Latvia maintains its lead with exports of $5 billion.", None),
        ("Exports put it in the first place. They hit $5 billion.", None),
        ("Trade figures between Latvia and Brazil showed that exports hit $5 billion.", None),
        ("Latvia and Brazil have reaffirmed their promise to bring trade to $5 billion.", None),
        ("Exports hit $5 billion, Xinhua reported.", None),
        ("Exports hit $5 billion, TASS reports citing the Riga Port Authority.", "Riga Port Authority"),
        ("A spokesman for the harbour said exports hit $5 billion.", "spokesman for the harbour"),
    ],
)
def test_offices_and_data(text, name):
    assert speaker(text) == name


@pytest.mark.parametrize(
    ("lead", "sentence", "name"),
    [
        (
            "The Riga Port Authority (RPA) said so.",
            "The RPA added that exports hit $5 billion.",
            "Riga Port Authority",
        ),
        (
            "The Riga Port Authority said so.",
            "Exports hit $5 billion, the authority noted.",
            "Riga Port Authority",
        ),
        (
            "The Riga Port Authority said so.",
            "According to the agency, exports hit $5 billion.",
            "Riga Port Authority",
        ),
        ("The Riga Port Authority said so.", "It put exports at $5 billion.", "Riga Port Authority"),
        ("President Janis Ozols spoke.", "Ozols said exports hit $5 billion.", "Janis Ozols"),
        ("President Janis Lulu Ozols spoke.", "Lulu said exports hit $5 billion.", "Janis Lulu Ozols"),
        (
            'President Janis Ozols said: "We know it.',
            'Exports hit $5 billion.\n\nWe want more."',
            "Janis Ozols",
        ),
        (
            "A Latvian official in Lima told us. He said data from the Trade Ministry showed more.",
            '"Exports hit $5 billion," he said.',
            "Latvian official in Lima",
        ),
        (
            "President Janis Ozols said so.\n\nPhoto: Ana Costa, Riga",
            "Exports hit $5 billion, he said.",
            "Janis Ozols",
        ),
        (
            "Story Code: 4711\n\nHead of the port Janis Ozols came.",
            "He said exports hit $5 billion.",
            "Janis Ozols",
        ),
        (
            "Latvia's Export Growth Bureau said so.",
            "Exports hit $5 billion, the EGB said.",
            "Latvia's Export Growth Bureau",
        ),
        ("Exports, said Janis Al-Ozols, are up.", "Ozols said they hit $5 billion.", "Janis Al-Ozols"),
        (
            "Latvian Trade Minister Janis Ozols met Brazilian Finance Minister Ana Lima.",
            "The Latvian minister said exports hit $5 billion.",
            "Janis Ozols",
        ),
        (
            "President Janis Ozols spoke.",
            "Ozols who was giving a talk in the port of Riga, said exports hit $5 billion.",
            "Janis Ozols",
        ),
        (
            'President Janis Ozols said: "As you know, President of Brazil Ana Lima came."',
            '"Exports hit $5 billion," he said.',
            "Janis Ozols",
        ),
        (
            'President Janis Ozols said so. It is part of "Two Ports, One Sea" and more.',
            "He said exports hit $5 billion.",
            "Janis Ozols",
        ),
        ("President Janis Ozols said so.", "Exports, he noted, hit $5 billion.", "Janis Ozols"),
        ("President Janis Ozols said so.", "According to him, exports hit $5 billion.", "Janis Ozols"),
        ("President Janis Ozols said so.", "Exports hit $5 billion, the head of state added.", "Janis Ozols"),
        (
            "Latvian President Janis Ozols and Brazilian President Ana Lima met.",
            "Exports hit $5 billion, the Brazilian president said.",
            "Ana Lima",
        ),
        (
            "Mohammed bin Khalid Al Suri spoke.",
            "Al Suri said exports hit $5 billion.",
            "Mohammed bin Khalid Al Suri",
        ),
        ("Park Min-jun spoke.", "Exports hit $5 billion, Park said.", "Park Min-jun"),
        ("Nguyen Thi Lan told journalists so.", "Exports hit $5 billion, she said.", "Nguyen Thi Lan"),
        ("Karl M. Ozols said so.", "Ozols added that exports hit $5 billion.", "Karl M. Ozols"),
        ("Jean-Paul de la Tour said so.", "Exports hit $5 billion, de la Tour said.", "Jean-Paul de la Tour"),
        ("Ali Koç-Yılmaz said so.", "Exports hit $5 billion, Koç-Yılmaz said.", "Ali Koç-Yılmaz"),
    ],
)
def test_whom_a_later_word_means(lead, sentence, name):
    assert speaker(f"{lead}\n\n{sentence}") == name


def test_a_title_is_named_by_what_follows():
    text = "The Latvian envoy said exports hit $5 billion.\n\nAmbassador of Latvia Janis Ozols spoke in Riga."
    assert speaker(text) == "Janis Ozols"


@pytest.mark.parametrize(
    ("headline", "name"),
    [
        ("Exports to hit $5 billion — Ozols", "Janis Ozols"),
        ("Exports to hit $5 billion, says Ozols", "Janis Ozols"),
        ("Exports to hit $5 billion: Ministry of Ports", "Ministry of Ports"),
        ("Exports To Hit $5 Billion Next Year: Ozols", "Janis Ozols"),
        ("EXPORTS TO HIT $5 BILLION NEXT YEAR", None),
    ],
)
def test_headlines(headline, name):
    assert speaker(f"{headline}\n\nJanis Ozols, the minister of ports, spoke in Riga.") == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ('Janis Ozols spoke. "It rose. It is now $5 billion. It is good," he said.', "Janis Ozols"),
        ('"It is good," Janis Ozols said. "It is $5 billion."', "Janis Ozols"),
        ('"Much has changed.\n\n"It is $5 billion," Janis Ozols said.', "Janis Ozols"),
        ('Janis Ozols said: "According to the Port Authority, it is $5 billion."', "Janis Ozols"),
        ("We are glad. It is $5 billion. We want more, Janis Ozols said.", "Janis Ozols"),
        ("Exports hit $5 billion. This was stated by Janis Ozols at a forum.", "Janis Ozols"),
        ("Exports hit $5 billion. Janis Ozols announced this in Riga.", "Janis Ozols"),
        ("Janis Ozols: Exports hit $5 billion.", "Janis Ozols"),
        ("Remarks by Janis Ozols at the port\n\nExports hit $5 billion.", "Janis Ozols"),
        (
            "Interview with Janis Ozols\n\nQuestion: And exports?\n\nAnswer: They hit $5 billion.",
            "Janis Ozols",
        ),
        ("Janis Ozols said it was good. Exports hit $5 billion.", "Janis Ozols"),
        ("Janis Ozols said it was good.\n\nExports hit $5 billion.", None),
        ("Exports hit $5 billion in May and the minister Janis Ozols said they would grow.", None),
        ("Janis Ozols said exports fell; the Port Authority said they hit $5 billion.", "Port Authority"),
        ("Janis Ozols said exports fell, while Anna Lind said they hit $5 billion.", "Anna Lind"),
        ("Nobody should count on $5 billion.", None),
    ],
)
def test_how_far_words_reach(text, name):
    assert speaker(text) == name


WORDS = st.sampled_from(
    [
        "Janis", "Ozols", "said", "the", "minister", "of", "Trade", ",", ".", '"', "he", "and", "$5",
        "billion", "Latvia", "(", "JO", ")", "data", "in", "2023", "that", "were", "set", "by", "-",
        ":", ";", "al", "'s", "according to", "on Monday", "\n",
    ]
)  # fmt: skip


@given(st.lists(WORDS, max_size=60))
@settings(max_examples=150, deadline=None)
def test_any_order_of_words_has_voices(words):
    text = " ".join(words)
    reading = read(text, LEXICON)
    speakers = Speakers(reading, [], PUBLISHED)
    for n, sentence in enumerate(reading.sentences):
        for at in range(sentence.start, sentence.end):
            found = speakers.voice(n, at)
            assert found.speaker is None or found.speaker.name


@pytest.mark.parametrize(
    "unit", ["Janis Ozols said it, ", "according to the ", "minister of the ", "A-B-C-based "]
)
def test_the_steps_grow_with_the_length(unit):
    def steps(count):
        reading = read(unit * count, LEXICON)
        kinds = Counter()
        sys.setprofile(lambda _frame, kind, _arg: kinds.update((kind,)))
        Speakers(reading, [], PUBLISHED)
        sys.setprofile(None)
        return kinds.total()

    assert steps(2000) < 6 * steps(500)
