"""Who acts in a clause: the subject of a verb of trade, the doer before a noun of trade, and whose "its" is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tallyman.extract.places import ANAPHOR, NAMED, Place, member_before, place

if TYPE_CHECKING:
    from tallyman.extract.sentences import Sentence
    from tallyman.lexicon.terms import Token

_REACH, _NEAR_BEFORE, _FORMER, _CLAUSE = 6, 3, 60, 24
_GOVERNS = frozenset({"to_word", "from_word", "with_word", "genitive", "in_word", "by_word", "range_between"})
_FACED = frozenset({"to_word", "from_word", "with_word", "genitive"})
_ACTS = frozenset({"past_verb", "auxiliary", "move", "target_cue", "to_reach"})
_MODIFIES = frozenset({"determiner", "ordinal"})
_ENDS = frozenset({"clause_break", "speech", "that_word", "rank_noun", "rank_word", "superlative", "percent"})
_NO_SUBJECT = frozenset({"country_noun", "possessive", "range_and"})


def doer(tokens: list[Token], i: int, sentence: Sentence) -> str | None:
    """Return who acts in the clause of a noun of trade: "Fiji managed to raise exports to China"."""
    acts = False
    for j in range(i - 1, max(i - _CLAUSE, sentence.start) - 1, -1):
        values = tokens[j].values
        if "relative" in values:
            return _told_of(tokens, j)
        if tokens[j].raw in ",;:" or not _ENDS.isdisjoint(values):
            return None
        found = place(tokens, j)
        if found is None:
            acts = acts or bool(_ACTS & values.keys())
        elif acts and found.kind in NAMED and found.kind not in ("city", "institution"):
            after = tokens[j + 1].values
            if not (_is_governed(tokens, j, sentence) or _NO_SUBJECT & after.keys()):
                return found.code
    return None


def subject(tokens: list[Token], i: int, sentence: Sentence) -> str | None:
    """Return who does what the verb at token ``i`` says, or whose balance the noun there is."""
    if (described := _described(tokens, i, sentence)) is not None:
        return described
    for j in range(i - 1, sentence.start - 1, -1):
        if tokens[j].raw == ";" or "clause_break" in tokens[j].values:
            return ANAPHOR if tokens[i - 1].values.get("it_they") == "one" else None
        if "area" in tokens[j].values and any("country_noun" in t.values for t in tokens[j + 1 : j + _REACH]):
            if _is_faced(tokens, j, sentence):
                continue
            return member_before(tokens, Place(j, *tokens[j].values["area"]), alone=False) or ANAPHOR
        if "country_noun" in tokens[j].values and "determiner" in tokens[j - 1].values:
            return ANAPHOR
        if "former_word" in tokens[j].values:
            return _former(tokens, j, int(tokens[j].values["former_word"]))
        if "relative" in tokens[j].values and (told := _told_of(tokens, j)) is not None:
            return told
        found = place(tokens, j)
        if found is not None and found.kind in NAMED | {"adjective"} and not _is_faced(tokens, j, sentence):
            return found.code
    return None


def _described(tokens: list[Token], i: int, sentence: Sentence) -> str | None:
    """The subject that a relative clause in commas describes: "Chile, which is Peru's main partner, had imported"."""
    k = i - 1
    while k > sentence.start and {"auxiliary", "takes_word"} & tokens[k].values.keys():
        k -= 1
    if k <= sentence.start or tokens[k].raw != ",":
        return None
    opens = (j for j in range(k - 1, sentence.start + 1, -1) if "relative" in tokens[j].values)
    j = next(opens, None)
    return _told_of(tokens, j) if j is not None and tokens[j - 1].raw == "," else None


def _is_faced(tokens: list[Token], j: int, sentence: Sentence) -> bool:
    """Whether a preposition right before an area makes it the other side: "from the Asian giant"."""
    k = j - 1 - ("determiner" in tokens[j - 1].values)
    return k >= sentence.start and not _FACED.isdisjoint(tokens[k].values)


def possessor(tokens: list[Token], i: int, sentence: Sentence) -> str | None:
    """Whose "its" is: that of the nearest area before it which acts, and does not only describe."""
    for j in range(i - 1, sentence.start - 1, -1):
        before = tokens[j - 1].values if j > sentence.start else {}
        found = place(tokens, j)
        if "country_noun" in tokens[j].values and "determiner" in before:
            return None
        if found is None or found.kind not in NAMED or found.kind == "city":
            continue
        if not (_is_governed(tokens, j, sentence) or "country_noun" in tokens[j + 1].values):
            return found.code
    return None


def _is_governed(tokens: list[Token], j: int, sentence: Sentence) -> bool:
    """Whether a preposition stands before an area, or before the list that it ends: "from Peru and the EU"."""
    joiner = "range_and"
    for _ in range(_NEAR_BEFORE):
        k = j - 1
        while k > sentence.start and _MODIFIES & tokens[k].values.keys():
            k -= 1
        if k < sentence.start:
            return False
        if not (joiner in tokens[k].values and k > sentence.start and _ends_name(tokens, k - 1)):
            return bool(_GOVERNS & tokens[k].values.keys())
        j, joiner = k - 1, "list_joiner"
    return False


def _ends_name(tokens: list[Token], k: int) -> bool:
    return place(tokens, k) is not None or "others_noun" in tokens[k].values


def _told_of(tokens: list[Token], i: int) -> str | None:
    """Whom a relative clause tells of: "in favour of Peru, which exported"."""
    before = place(tokens, i - 1 - (tokens[i - 1].raw == ","))
    return before.code if before is not None and before.kind in NAMED else None


def _former(tokens: list[Token], i: int, which: int) -> str | None:
    """Return the first or the second of the last two areas before token ``i``."""
    codes: list[str] = []
    for j in range(i - 1, max(i - _FORMER, -1), -1):
        found = place(tokens, j)
        if found is not None and found.code not in codes:
            codes.append(found.code)
            if len(codes) > 1:
                return codes[1 - which]
    return None
