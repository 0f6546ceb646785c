from __future__ import annotations

import contextlib
import doctest
import re
import tomllib
from collections import defaultdict
from datetime import date
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallyman import areas
from tallyman.areas import compile as compiling
from tallyman.model import TallymanError

ROOT = Path(__file__).parents[1]
LABELS = compiling.labels("en")
COUNTRIES = sorted(set(LABELS) - set(areas.groups()))


def longest_match():
    """A plain scanner: the longest phrase at each place; capitals stand for any case-sensitive phrase."""
    exact, folded = {}, {}
    for name in areas.names():
        if name.case_sensitive:
            exact[name.phrase] = name
            exact.setdefault(name.phrase.upper(), name)
        else:
            folded[name.phrase.casefold()] = name
    by_length = sorted({*exact, *folded}, key=len, reverse=True)
    ends = (re.escape(p) + (r"(?=\w)" if p.endswith("-") else r"(?!\w)") for p in by_length)
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(ends)})", re.IGNORECASE)

    def mentions(text):
        at, found = 0, []
        while match := pattern.search(text, at):
            spelled = match[0]
            name = exact.get(spelled) or folded.get(spelled.casefold())
            if name and name.kind != "none":
                found.append(name.code)
            at = match.end() if name else match.start() + 1
        return found

    return mentions


MENTIONS = longest_match()


def test_the_examples_in_the_docstrings_hold():
    assert doctest.testmod(areas).failed == 0
    assert doctest.testmod(compiling).failed == 0


def test_the_compiled_file_agrees_with_its_tables():
    shipped = (files("tallyman.areas") / "names_en.json").read_text(encoding="utf-8")
    assert shipped == compiling.compiled("en"), "run python -m tallyman.areas.compile"


def test_every_area_of_iso_3166_has_its_cldr_name():
    babel = pytest.importorskip("babel", reason="compares with Babel's CLDR names, which are missing")
    territories = babel.Locale("en").territories
    for code in set(COUNTRIES) & set(territories):
        assert areas.resolve(territories[code].replace("’", "'")) == code


def test_every_area_has_a_name_and_people_are_no_adjectives():
    table = compiling._table("names_en.toml")
    assert len(table) >= 249
    for code, words in table.items():
        assert words["names"], code
        assert not set(words.get("people", ())) & set(words.get("adjectives", ())), code


def test_a_phrase_names_one_area_only():
    meanings = defaultdict(set)
    for phrase, code, _ in compiling._phrases("en", compiling._table("rules_en.toml")):
        meanings[phrase.casefold()].add(code)
    assert {phrase: codes for phrase, codes in meanings.items() if len(codes) > 1} == {}


def test_the_rules_speak_of_phrases_that_exist():
    rules = compiling._table("rules_en.toml")
    phrases = {name.phrase for name in areas.names()}
    assert set(rules["exact_case"]) <= phrases
    assert set(rules["accent_matters"]) <= phrases


def test_every_false_friend_holds_the_name_of_an_area():
    words = [re.escape(n.phrase.rstrip("-")) for n in areas.names() if n.kind not in {"none", "institution"}]
    holds = re.compile(rf"(?<!\w)(?:{'|'.join(words)})(?!\w)", re.IGNORECASE)
    friends = [name.phrase for name in areas.names() if name.kind == "none"]
    assert [friend for friend in friends if not holds.search(friend)] == []


def test_groups_have_words_and_their_members_are_areas():
    assert set(compiling._table("groups_en.toml")) == set(areas.groups())
    for group in areas.groups():
        assert areas.members(group, None) <= set(COUNTRIES), group
        assert len(areas.members(group, None)) > 1, group


def test_membership_dates_are_of_members():
    for group, row in areas._groups().items():
        assert set(row.since) | set(row.until) <= set(row.members), group
        assert set(row.of) <= set(areas.groups()), group


@pytest.mark.parametrize(
    ("group", "on", "size"),
    [
        ("EU", date(1957, 12, 31), 0),
        ("EU", date(2003, 6, 1), 15),
        ("EU", date(2012, 1, 1), 27),
        ("EU", date(2019, 1, 1), 28),
        ("EU", date(2020, 2, 1), 27),
        ("ASEAN", date(2024, 1, 1), 10),
        ("ASEAN", date(2026, 1, 1), 11),
        ("EAEU", date(2015, 1, 1), 3),
        ("EAEU", date(2022, 1, 1), 5),
        ("BRICS", date(2023, 1, 1), 5),
        ("BRICS", date(2025, 6, 1), 10),
        ("SCO", date(2024, 8, 1), 10),
        ("GCC", date(2020, 1, 1), 6),
        ("OPEC", date(2024, 6, 1), 12),
        ("CPTPP", date(2025, 1, 1), 12),
        ("RCEP", date(2023, 1, 1), 15),
        ("AFCFTA", date(2018, 1, 1), 0),
        ("CENTRAL_ASIA", None, 5),
    ],
)
def test_who_belonged_to_a_group_on_a_day(group, on, size):
    assert len(areas.members(group, on)) == size


def test_a_group_that_is_none_is_refused():
    with pytest.raises(TallymanError, match="'CN': not a group"):
        areas.members("CN", None)


def test_institutions_belong_to_known_areas_and_are_among_the_names():
    phrases = {name.phrase: name for name in areas.names()}
    for institution in areas.institutions():
        for name in institution.names:
            assert phrases[name].code == institution.area
            assert phrases[name].kind == "institution"
            assert phrases[name].case_sensitive


@given(st.sampled_from(sorted(LABELS)))
def test_codes_and_labels_resolve_to_themselves(code):
    assert areas.resolve(code) == areas.resolve(code.lower()) == areas.resolve(areas.label(code)) == code


@given(
    st.lists(st.sampled_from(sorted(LABELS)), min_size=2, max_size=2, unique=True), st.sampled_from("-–/:,")
)
def test_pairs_of_codes_and_of_labels_are_read(codes, joint):
    first, second = codes
    assert areas.pair(f"{first}{joint}{second}") == (first, second)
    assert areas.pair(f"{areas.label(first)} {joint} {areas.label(second)}") == (first, second)


@given(st.text(max_size=20))
def test_any_other_text_is_refused_or_read_as_two_different_areas(text):
    with contextlib.suppress(TallymanError):
        first, second = areas.pair(text)
        assert first != second


@pytest.mark.parametrize(
    ("argument", "hint"),
    [
        ("Rusia-China", r"'Rusia' is no area.*RU \(Russia\)"),
        ("CN-CN", "China twice"),
        ("China", "exactly two areas"),
        ("", "exactly two areas"),
        ("CN-XYZQ", "ISO 3166-1"),
    ],
)
def test_what_is_no_pair_is_refused_with_candidates(argument, hint):
    with pytest.raises(TallymanError, match=hint):
        areas.pair(argument)


def test_a_language_without_names_is_refused():
    with pytest.raises(TallymanError, match="language 'tlh': no names of areas"):
        areas.names("tlh")


@pytest.mark.parametrize(
    ("sentence", "codes"),
    [
        ("Türkiye and Turkiye are Turkey; a roast turkey is not.", ["TR", "TR", "TR"]),
        ("The U.S. told us that US imports from the Emirates fell.", ["US", "US", "AE"]),
        ("CHINA-RUSSIA TRADE HITS RECORD, SAYS BEIJING", ["CN", "RU", "CN"]),
        ("Blue china from China, a Polish trader and floor polish.", ["CN", "PL"]),
        ("Guinea, Guinea-Bissau, Equatorial Guinea and Papua New Guinea", ["GN", "GW", "GQ", "PG"]),
        ("Niger and Nigeria; Nigerien goods, Nigerian buyers", ["NE", "NG", "NE", "NG"]),
        ("Dominica is not the Dominican Republic.", ["DM", "DO"]),
        ("Congo, the Republic of the Congo and DR Congo", ["CD", "CG", "CD"]),
        ("Korean steel, North Korean coal, Pyongyang and Seoul", ["KR", "KP", "KP", "KR"]),
        ("Latin American buyers, American sellers, South America", ["LATIN_AMERICA", "US", "SOUTH_AMERICA"]),
        ("Ships crossed the South China Sea and the Indian Ocean to India.", ["IN"]),
        ("China Daily wrote that the Bank of China lent to Chile.", ["CL"]),
        ("Hong Kong and Chinese Taipei report apart from mainland China.", ["HK", "TW", "CN"]),
        ("Atlanta, Georgia, and Tbilisi, Georgia", ["GE", "GE"]),
        ("Michael Jordan flew to Amman in Jordan.", ["JO", "JO"]),
        ("Sino-Russian, Indo-US and Franco-German trade", ["CN", "RU", "IN", "US", "FR", "DE"]),
        ("Brussels and the White House wait for the Kremlin.", ["EU", "US", "RU"]),
        ("Data of TurkStat, Destatis, GACC and the Census Bureau", ["TR", "DE", "CN", "US"]),
        ("Côte d'Ivoire, Cote d'Ivoire, Ivory Coast, Ivorian cocoa", ["CI"] * 4),
        (
            "ASEAN, the GCC, Mercosur, EAEU and African partners",
            ["ASEAN", "GCC", "MERCOSUR", "EAEU", "AFRICA"],
        ),
        ("Male visitors of a family reunion in Paris, Texas", []),
        ("Lima exports more than lima beans.", ["PE"]),
        ("The Paris Agreement was signed far from Doha.", ["QA"]),
    ],
)
def test_traps_of_our_own(sentence, codes):
    assert MENTIONS(sentence) == codes


def test_the_gold_uses_codes_that_are_known():
    gold = sorted((ROOT / "eval" / "gold").glob("*.toml"))
    assert gold
    for path in gold:
        report = tomllib.loads(path.read_text(encoding="utf-8"))
        for claim in (*report.get("claims", ()), report.get("defaults", {})):
            for code in filter(None, (claim.get("reporter"), claim.get("partner"))):
                assert areas.label(code), path.name
