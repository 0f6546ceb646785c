"""Which phrase of a sentence is the subject of a verb, by the letters of ``mentions.py``."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from itertools import islice
from typing import TYPE_CHECKING

from msgspec import structs

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tallyman.extract.mentions import Kind, Mention
    from tallyman.extract.sentences import Reading, Sentence

_LOOK_BACK, _AGENT_REACH = 12, 4
_OPENS = ',":;|-()&jyd#'
_FREE, _GOVERNING = f"{_OPENS}vexMNKJ", "rafcgs"
# Between a subject and its verb: adverbs and days, "quoted by AFP", "polled by Reuters", an apposition, "and".
_CLOSE = re.compile(
    r"[xd#re]{0,5}|,?x{0,2}c[NJAIOKw]{1,4}|[wkvct][ra][NJAIOKD]{1,4}[xd]{0,3}|,[^v|;]{1,24},[xd]{0,3}|,?&?[xd]{0,2}"
)
# Between data and their verb: "data released last week by the customs office showed"; ", while on a visit,".
_OF_DATA = re.compile(r'[vw]?(?:r?d){0,2}[raf][^v|;"]{0,24}[^v|;",xd][xd]{0,3}')
_WHILE = re.compile(",?;[^v|;]{1,24},[xd]{0,3}")
# Between a person and the verb: "in his address", ", at a forum".
_OCCASION = re.compile(r",?rD?[wkKR]{0,2}[wkQR]r?d{0,2},?")
_LIGHT = re.compile(r"[xd#rewD,]{0,6}")
_BROKEN, _APART = re.compile("[|;v]"), re.compile('[,:"]')
_RELATIVE = re.compile(r",?e[^v|;,]{0,24},?$")
_BY = re.compile("(?:r?d){0,2}a")
_BEHIND = re.compile(r"[.,\"rafed&:|)(Mu]|$")
_BESIDE = {"data": _OF_DATA, "person": _OCCASION}


def _is_held(mention: Mention, gap: str) -> bool:
    """Whether words that a phrase takes with it stand between it and its verb."""
    beside = _BESIDE.get(mention.kind)
    return bool(_WHILE.fullmatch(gap) or (beside and beside.fullmatch(gap)))


class Row:
    """The mentions of one sentence in order, with the letters around them."""

    def __init__(self, reading: Reading, tags: str, mentions: list[Mention], sentence: Sentence) -> None:
        self._reading = reading
        self._tokens = reading.tokens
        self._tags = tags
        self._mentions = mentions
        self._starts = [m.start for m in mentions]
        self._low, self._end = sentence.start, sentence.end

    def first(self) -> Mention | None:
        """Return the first mention."""
        return self._mentions[0] if self._mentions else None

    def last(self) -> Mention | None:
        """Return the last mention."""
        return self._mentions[-1] if self._mentions else None

    def before(self, i: int) -> Iterator[Mention]:
        """Yield the mentions that end at or before token ``i``, the nearest first, and not too many."""
        at = bisect_left(self._starts, i)
        for k in range(at - 1, max(at - 1 - _LOOK_BACK, -1), -1):
            if self._mentions[k].end <= i:
                yield self._mentions[k]

    def after(self, i: int) -> Iterator[Mention]:
        """Yield the mentions that begin behind token ``i``, and not too many."""
        at = bisect_right(self._starts, i)
        return islice(self._mentions, at, at + _LOOK_BACK)

    def leading(self, *kinds: Kind) -> Iterator[Mention]:
        """Yield those of some kinds (of all where none is given) of the first mentions that nothing governs."""
        first = self._mentions[:_LOOK_BACK]
        return (m for m in first if (not kinds or m.kind in kinds) and self.is_free(m))

    def subject(self, i: int, *, near: bool) -> Mention | None:
        """Return the subject of the verb at ``i``: the nearest phrase before it that nothing governs.

        A ``near`` one has nothing but adverbs and appositions between itself and its verb.
        """
        spare = None
        for mention in self.before(i):
            gap = self._tags[mention.end : i]
            held = bool(gap) and _is_held(mention, gap)
            if gap and not held and _BROKEN.search(gap):
                return spare
            if gap and _RELATIVE.match(gap) and mention.kind != "group":
                return mention
            if self._is_governed(mention) or self._is_compared(mention):
                continue
            close = held or not gap or bool(_CLOSE.fullmatch(gap))
            if not close and near and not _LIGHT.fullmatch(gap):
                return None
            if not close and (near or mention.weak or _APART.search(gap)):
                continue
            if self.is_free(mention):
                return self.joint(mention)
            spare = spare or (mention if close and not near and "," not in gap else None)
        return spare

    def inverted(self, i: int) -> Mention | None:
        """Return the subject behind the verb at ``i``: '"...," said Putin', "..., said visiting Premier Li".

        An agency stands there only where the comma closes what it passes on: not in "Hugh Hill, a doctor, told AFP".
        """
        tags = self._tags
        before = tags[i - 1] if i > self._low else '"'
        if before == "x" and i - 1 > self._low:
            before = tags[i - 2]
        if before not in ',"-)j' or (behind := next(self.after(i), None)) is None:
            return None
        ahead = next(self.before(i), None)
        if behind.kind == "wire" and (before != "," or (ahead is not None and ahead.end == i - 1)):
            return None
        gap = tags[i + 1 : behind.start].strip("dx")
        titled = behind.kind == "person" and behind.role is not None
        if (gap and not (gap == "w" and titled)) or (before == ")" and ahead and ahead.end == i):
            return None
        if before == '"' or i == self._low:
            return behind
        return behind if self._ends(behind) and not (before == "," and self._has_apposition(i)) else None

    def _ends(self, mention: Mention) -> bool:
        """Whether no verb follows a mention, whose subject it would be."""
        return mention.end >= self._end or bool(_BEHIND.match(self._tags, mention.end))

    def _has_apposition(self, i: int) -> bool:
        """Whether the comma before ``i`` closes an apposition: "Hugh Hill, a doctor, said"."""
        mention = next(self.before(i), None)
        return mention is not None and self._tags[mention.end] == "," and mention.end < i - 1

    def agent(self, i: int) -> Mention | None:
        """Return who did it where the verb at ``i`` is passive: "as was emphasized by the leaders"."""
        for k in range(i + 1, min(i + _AGENT_REACH, self._end)):
            if self._tags[k] == "a":
                found = next(self.after(k), None)
                near = found is not None and not self._tags[k + 1 : found.start].strip("wxD")
                return found if near else None
        return None

    def is_passive(self, i: int) -> bool:
        """Return whether the verb at ``i`` has no subject that acts: "was announced", "set by the leaders"."""
        if i > self._low and "passive" in self._tokens[i - 1].values:
            return True
        if not _BY.match(self._tags, i + 1, self._end):
            return False
        return not any(m.kind != "data" and not self._tags[m.end : i].strip("x") for m in self.before(i))

    def joint(self, mention: Mention) -> Mention:
        """Return both subjects of "Putin and Xi said" as one group."""
        other = self._partner(mention)
        if other is None or self._is_governed(other):
            return mention
        if mention.kind == "area" and other.kind == "area":
            tokens = self._tokens
            name = self._reading.text[tokens[other.start].start : tokens[mention.end - 1].end]
        elif mention.kind in ("person", "name", "office") and other.kind in (
            "title",
            "person",
            "name",
            "office",
        ):
            name = f"{other.name} {self._tokens[mention.start - 1].raw} {mention.name}"
        else:
            return mention
        return structs.replace(mention, start=other.start, name=name, kind="group", role=None, weak=False)

    def _partner(self, mention: Mention) -> Mention | None:
        before = mention.start - 1
        return self._ending(before) if before > self._low and self._tags[before] == "&" else None

    def _ending(self, i: int) -> Mention | None:
        """The mention that ends right before token ``i``."""
        at = bisect_left(self._starts, i) - 1
        return self._mentions[at] if at >= 0 and self._mentions[at].end == i else None

    def _is_governed(self, mention: Mention) -> bool:
        """Whether a preposition or an owner stands before a mention, or before those it is joined to."""
        for _ in range(_LOOK_BACK):
            partner = self._partner(mention)
            if partner is None:
                break
            mention = partner
        return mention.start > self._low and self._tags[mention.start - 1] in _GOVERNING

    def _is_compared(self, mention: Mention) -> bool:
        """Whether a phrase, with the owner right before it, is only what something is held against."""
        owner = self._ending(mention.start)
        start = mention.start if owner is None else owner.start
        return start > self._low and "compared" in self._tokens[start - 1].values

    def is_free(self, mention: Mention) -> bool:
        """Return whether a mention begins a clause, so that it can be a subject."""
        before = mention.start - 1
        if before <= self._low:
            return True
        tags = self._tags
        free = (
            tags[before] in _FREE
            or self._tokens[before].norm == "/"
            or (tags[before] == "w" and tags[before - 1] in _OPENS)
        )
        return free and not self._is_governed(mention)
