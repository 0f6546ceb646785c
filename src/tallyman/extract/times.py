"""Which time expression a figure belongs to."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from msgspec import structs

from tallyman.extract.against import is_held_against
from tallyman.extract.bases import COMPARES, YEARLY, in_comparison, is_base
from tallyman.extract.moments import (
    ends_clause,
    in_brackets,
    is_by_the_way,
    is_of_event,
    is_of_rank,
    is_short,
    is_shut_in,
    itself,
    outside,
    parts_since,
    respectively,
    since,
    step,
    sums_up,
    together,
    within,
)
from tallyman.extract.owned import Owned

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tallyman.extract.amounts import Amount
    from tallyman.extract.periods import TimeRef
    from tallyman.extract.sentences import Reading, Sentence

VAGUE, SPOKEN = "vague", "spoken_period"
_OWN_REACH = 8
_PARTS = frozenset({"clause_break", "follows"})
_BREAKS = _PARTS | {"having"}
_SAYS = frozenset({"speech", "saying"})
_CLAUSE = 9
_ALONE_REACH, _RANK_REACH, _HAD_REACH = 14, 6, 6


class Times:
    """The time expressions of one sentence, handed out to its figures."""

    def __init__(
        self, reading: Reading, sentence: Sentence, refs: Sequence[TimeRef], amounts: list[Amount]
    ) -> None:
        """Note which expression stands right behind which figure."""
        self._tokens = tokens = reading.tokens
        self._sentence = sentence
        self._refs = together(tokens, sentence, [r for r in within(refs, sentence) if not r.is_day])
        self._amounts = amounts
        self._compared: dict[int, bool] = {}
        self._stepped: set[int] = set()
        self._levels = frozenset(a.start for a in amounts if is_base(tokens, a, sentence))
        self._bases = set(self._levels)
        self._owned: dict[int, TimeRef | None] = dict.fromkeys([a.start for a in amounts])
        if self._refs:
            self._own()
        held = reading.spots.any(sentence.start, sentence.end, *COMPARES)
        aside = [a.start for a in amounts if in_comparison(tokens, a, sentence)] if held else []
        self._compared_with = frozenset(aside)
        self._aside = self._bases | self._compared_with

    def _own(self) -> None:
        """Give the figures the times that stand at them."""
        tokens, sentence, amounts = self._tokens, self._sentence, self._amounts
        owned = Owned(tokens, sentence, self._refs, self._bases, self.compares)
        told = {a.start: ref for a in amounts if (ref := owned.when(a)) is not None}
        free = [r for r in self._refs if not self.compares(r)]
        told |= respectively(tokens, sentence, self._refs, amounts)
        for a in amounts:
            self._owned[a.start] = told.get(a.start) or owned.of(a) or outside(tokens, free, a, sentence)
        self._bases |= {start for start, ref in told.items() if self.compares(ref)}

    def of(self, amount: Amount, own_flow: int | None = None) -> TimeRef | None:
        """Return what dates a figure: the time behind it, behind its partner figure, before it, after it."""
        own = self._owned[amount.start]
        if amount.start in self._bases and own is None:
            return self._behind_base(amount)
        if amount.start in self._bases or (
            own is not None
            and (not self.compares(own) or self._is_own(own, amount) or self._is_told_after(own, amount))
        ):
            return own
        k = next(j for j, a in enumerate(self._amounts) if a.start == amount.start)
        led = any(r.end <= amount.start and r.period.start and not self.compares(r) for r in self._refs)
        for after in self._amounts[k + 1 : k + 3]:
            if after.start in self._bases or self._broken(amount.end, after.start, own_flow):
                break
            if any(amount.end <= r.start < after.start and not self.compares(r) for r in self._refs):
                break
            between = self._tokens[amount.end : after.start]
            alike = after.kind == amount.kind
            alike |= after is not self._amounts[k + 1]
            if led and any(t.raw == "," or (alike and "range_and" in t.values) for t in between):
                break
            shared = self._owned[after.start]
            if shared is not None and not self.compares(shared):
                if in_brackets(self._tokens, amount, shared, self._amounts):
                    break
                return shared
        free = [
            r
            for r in self._refs
            if r.rule != VAGUE
            and not self.compares(r)
            and not self._belongs_elsewhere(r, amount)
            and not is_of_event(self._tokens, r, self._sentence)
            and not is_of_rank(self._tokens, r, self._refs)
            and not ends_clause(self._tokens, r, amount, self._sentence)
            and not (r.end <= amount.start and is_by_the_way(self._tokens, r, self._sentence))
            and not is_short(r)
        ]
        earlier = self._open([r for r in free if r.end <= amount.start], amount)
        if earlier:
            return self._of_earlier(amount, earlier, free)
        later = [r for r in free if r.start >= amount.end]
        found = next((r for r in later if self._reaches(amount, r, own_flow)), None)
        return found or self._joined(amount, k) or self._no_time(amount)

    def _open(self, earlier: list[TimeRef], amount: Amount) -> list[TimeRef]:
        """Leave out the times that stand with a figure in closed brackets: those date only what stands in others."""
        if "opening" in self._tokens[amount.start - 1].values:
            return earlier
        return [r for r in earlier if not is_shut_in(self._tokens, r, amount, self._amounts)]

    def _of_earlier(self, amount: Amount, earlier: list[TimeRef], free: list[TimeRef]) -> TimeRef:
        """What dates a figure that has times before it: one in its own clause, or the last before it."""
        last = earlier[-1]
        if sums_up(self._tokens, amount, self._sentence):
            told = [r for r in earlier if r.rule == last.rule and any(r is o for o in self._owned.values())]
            return max(told, key=lambda r: (r.period.end is not None, r.period.end), default=last)
        own = self._in_own_clause(amount, last, free) or self._turns(amount, last)
        return own or next((r for r in reversed(earlier) if r.period.start or r.period.end), last)

    def _turns(self, amount: Amount, before: TimeRef) -> TimeRef | None:
        """The words that turn from the time of another figure: "was $1 bn in 1984, now stands at $9 bn"."""
        turn = next((r for r in self._refs if before.end <= r.start < amount.start and r.rule == VAGUE), None)
        if turn is None or any(r is before for r in self._owned.values()):
            return turn
        return turn if any(before.end <= a.start < turn.start for a in self._amounts) else None

    def _in_own_clause(self, amount: Amount, before: TimeRef, free: list[TimeRef]) -> TimeRef | None:
        """The time in the clause of a figure with another before it: "in May $3 bn came, $1 bn by air in June"."""
        ref = next((r for r in free if r.start >= amount.end), None)
        parted = any(before.end <= a.start < amount.start for a in self._amounts)
        joined = any("range_and" in t.values for t in self._tokens[before.end : amount.start])
        parted |= joined and any(a.end <= before.start and a.kind == amount.kind for a in self._amounts)
        if ref is None or not parted or ref.start - amount.end > _OWN_REACH:
            return None
        rest = self._tokens[amount.end : ref.start]
        whole = not any(_PARTS & t.values.keys() or "num" in t.values or t.raw in ",;:" for t in rest)
        return ref if whole else None

    def _behind_base(self, amount: Amount) -> TimeRef | None:
        """The time that a clause behind a base names: "below the 21 percent it held at its peak in 2017"."""
        ref = next((r for r in self._refs if amount.end <= r.start <= amount.end + _CLAUSE), None)
        if ref is None or self.compares(ref) or ref.rule == VAGUE:
            return None
        if is_of_event(self._tokens, ref, self._sentence):
            return structs.replace(ref, rule=VAGUE)
        between = self._tokens[amount.end : ref.start]
        return None if any("num" in t.values or t.raw in ",;" for t in between) else ref

    def _no_time(self, amount: Amount) -> TimeRef | None:
        """What keeps a figure from going on about an earlier time: "now stands at", "before the pact signed in May"."""
        before = [r for r in self._refs if r.end <= amount.start]
        return next((r for r in before if r.rule == VAGUE), None) or next(
            (structs.replace(r, rule=VAGUE) for r in before if is_of_event(self._tokens, r, self._sentence)),
            None,
        )

    def _joined(self, amount: Amount, k: int) -> TimeRef | None:
        """The time of the next figure that "and" joins: "exports were $2 bn and imports $1 bn in May"."""
        for after in self._amounts[k + 1 : k + 2]:
            between = self._tokens[amount.end : after.start]
            told = any("respectively" in t.values for t in self._tokens[after.end : after.end + 2])
            shared = self._owned[after.start] or (self.of(after) if told else None)
            together = any("range_and" in t.values for t in between) and not any(
                _PARTS & t.values.keys() or t.raw in ";:" for t in between
            )
            if (
                shared is not None
                and together
                and after.start not in self._bases
                and not self.compares(shared)
            ):
                return shared
        return None

    def spare(self, amount: Amount) -> TimeRef | None:
        """Return the one time of a sentence, told at its end: "exports came to $2 bn, with a gap of $1 bn, in May"."""
        if not self._refs or self._refs[-1].start < amount.end:
            return None
        ref = self.told()
        if ref is None or ref.period.start is None or ref.start < amount.end:
            return None
        based = any(self._owned[start] is ref for start in self._aside)
        gap = range(amount.end, ref.start)
        based |= any({"carry", "having"} & self._tokens[i].values.keys() or self._says(i) for i in gap)
        if based or in_brackets(self._tokens, amount, ref, self._amounts):
            return None
        return itself(ref) or ref if self.is_same(ref) else ref

    def _reaches(self, amount: Amount, ref: TimeRef, own_flow: int | None) -> bool:
        """Whether a later time dates a figure: nothing parts them, or no other figure could have it."""
        rest = self._tokens[amount.end : ref.start]
        if ref.period.relation == "since" and parts_since(rest):
            return False
        if in_brackets(self._tokens, amount, ref, self._amounts):
            return False
        behind = [a for a in self._amounts if amount.end <= a.start < ref.start and a.start in self._bases]
        if any(self._behind_base(a) is ref for a in behind):
            return False
        if not self._broken(amount.end, ref.start, own_flow):
            return True
        alone = len(rest) <= _ALONE_REACH and not any(a.start > amount.start for a in self._amounts)
        alone = alone and not any(self._says(i) for i in range(amount.end, ref.start))
        return alone and not any(_PARTS & t.values.keys() or t.raw == ";" for t in rest)

    def base_of(self, amount: Amount) -> TimeRef | None:
        """Return the expression that a change is measured against."""
        near = [r for r in self._refs if self.compares(r)]
        if not near:
            return None
        named = [
            r
            for r in near
            if "rate_basis" not in self._tokens[r.start].values
            and not any(
                r.end <= a.start < amount.start or amount.end <= a.start < r.start for a in self._amounts
            )
        ]
        return min(named or near, key=lambda r: abs(r.start - amount.end))

    def of_rank(self, start: int, end: int, *, held: bool) -> TimeRef | None:
        """Return what dates a rank: the time behind it, before it, or else the first of the sentence.

        A place among partners is ``held`` since a time; a record "since 2010" is of the time told of.
        """
        based = [r for owner, r in self._owned.items() if owner in self._aside]
        told = [
            itself(r) or r if self.is_same(r) else r for r in self._refs if all(r is not b for b in based)
        ]
        dates = [r for r in told if not self.compares(r) and (held or r.period.relation != "since")]
        behind = next((since(r) for r in dates if end <= r.start <= end + _RANK_REACH), None)
        before = next((r for r in reversed(dates) if r.end <= start), None)
        return behind or before or next(iter(dates), None)

    def told(self) -> TimeRef | None:
        """Return the only expression of the sentence that could date a figure."""
        found = [
            r
            for r in self._refs
            if not (
                r.rule == SPOKEN
                or self.compares(r)
                or is_of_event(self._tokens, r, self._sentence)
                or is_short(r)
            )
        ]
        return found[0] if len(found) == 1 and found[0].period.relation == "during" else None

    def is_base(self, amount: Amount) -> bool:
        """Whether a figure is by its words the level that another is compared with."""
        return amount.start in self._levels

    def is_aside(self, amount: Amount, ref: TimeRef | None) -> bool:
        """Whether a figure or its time is told for comparison or by the way: the text does not go on about it."""
        if amount.start in self._levels or amount.start in self._compared_with:
            return True
        if ref is None:
            return False
        told = self._tokens[ref.end : min(ref.end + _HAD_REACH, self._sentence.end)]
        had = any("pluperfect" in t.values and "past_cue" in u.values for t, u in pairwise(told))
        return (had and ref.is_base) or self.compares(ref) or is_by_the_way(self._tokens, ref, self._sentence)

    def is_passing(self, ref: TimeRef | None) -> bool:
        """Whether a paragraph looks at a time in passing: "in November alone"."""
        if ref is None:
            return False
        around = self._tokens[max(ref.start - 1, self._sentence.start) : min(ref.end + 1, self._sentence.end)]
        return any("alone" in t.values for t in around)

    def compares(self, ref: TimeRef) -> bool:
        """Whether a time is what a figure is held against."""
        if ref.start not in self._compared:
            self._compared[ref.start] = self._compares(ref)
        return self._compared[ref.start]

    def _compares(self, ref: TimeRef) -> bool:
        if not ref.is_base:
            return self._held(ref)
        names = "rate_basis" not in self._tokens[ref.start].values
        return not (names and self._opens(ref)) and not self.is_same(ref)

    def _opens(self, ref: TimeRef) -> bool:
        """Whether a clause begins with a time, which then dates what follows: "In the same period of 2020, it sold"."""
        first = self._sentence.start
        if self._held(ref):
            return False
        if ref.start - first <= 1 or ";" in {t.raw for t in self._tokens[ref.start - 2 : ref.start]}:
            return True
        leads = bool(self._amounts) and ref.end <= self._amounts[0].start
        return leads and "in_word" in self._tokens[ref.start - 1].values

    def _held(self, ref: TimeRef) -> bool:
        return is_held_against(self._tokens, ref, self._sentence.start)

    def _is_own(self, ref: TimeRef, amount: Amount) -> bool:
        """Whether a time is a figure's although something is compared with it: "than that of May 2022 of $3 bn".

        "The same period of 2021" behind a level dates it where no word holds the level against it.
        """
        if ref.end <= amount.start:
            return True
        if ref.rule != "same_period" or amount.kind in ("percent", "pp") or not self._is_dated(ref):
            return False
        between = self._tokens[amount.end : ref.start]
        return not any({"compared", "held_on"} & t.values.keys() for t in between)

    def _is_told_after(self, ref: TimeRef, amount: Amount) -> bool:
        """Whether a figure told by comparison has its own time: "after a fall of 3 percent the month before"."""
        return amount.start in self._aside and "rate_basis" not in self._tokens[ref.start].values

    def _is_dated(self, ref: TimeRef) -> bool:
        return any(YEARLY & t.values.keys() for t in self._tokens[ref.start : ref.end])

    def is_same(self, ref: TimeRef) -> bool:
        """Whether "the same period" is the one spoken of: no year in it, nothing held against it."""
        first = self._sentence.start
        if ref.rule != "same_period" or self._is_dated(ref) or any(r.start < ref.start for r in self._refs):
            return False
        i = ref.start - 1
        while i >= first and {"in_word", "determiner"} & self._tokens[i].values.keys():
            i -= 1
        return i < ref.start - 1 and (i < first or "compared" not in self._tokens[i].values)

    def dating(
        self, amount: Amount, own_flow: int | None, base: TimeRef | None, *, changes: bool
    ) -> tuple[TimeRef | None, TimeRef | None]:
        """Return what dates a figure, and what it is held against: of a change "from May to June" these two months."""
        if not self._refs:
            return None, base
        ref = self.of(amount, own_flow)
        if ref is not None and self.is_same(ref):
            ref = itself(ref)
        if ref is not None and ref.since and ref.start >= amount.end:
            ref = since(ref)
        if ref is None and (began := self._began(amount)) is not None:
            return began, base
        grown = changes or (ref is not None and ref.start in self._stepped) or self._is_grown(amount)
        steps = step(self._tokens, ref) if ref is not None and grown else None
        if steps is None or ref is None:
            return ref, base
        self._stepped.add(ref.start)
        return steps[1], steps[0]

    def _began(self, amount: Amount) -> TimeRef | None:
        """The first of two months between which something grew: "between May and June it rose from $2 billion"."""
        if amount.start not in self._levels or "from_word" not in self._tokens[amount.start - 1].values:
            return None
        steps = (step(self._tokens, r) for r in self._refs if r.end <= amount.start)
        return next((both[0] for both in steps if both), None)

    def _is_grown(self, amount: Amount) -> bool:
        """Whether a figure is that to which another has grown: "from $2 billion to $3 billion"."""
        before = next((a for a in reversed(self._amounts) if a.end <= amount.start), None)
        to = before is not None and "to_word" in self._tokens[before.end].values
        return to and before is not None and before.start in self._levels

    def _belongs_elsewhere(self, ref: TimeRef, amount: Amount) -> bool:
        return any(
            owner in self._aside and r is ref and owner != amount.start for owner, r in self._owned.items()
        )

    def _says(self, i: int) -> bool:
        """Whether somebody goes on to say another thing: "the minister said, adding that"."""
        return "that_word" in self._tokens[i].values and bool(_SAYS & self._tokens[i - 1].values.keys())

    def _broken(self, start: int, end: int, own_flow: int | None) -> bool:
        return any(
            not _BREAKS.isdisjoint(t.values)
            or t.raw == ";"
            or self._says(i)
            or ("hyphen" in t.values and self._tokens[i - 1].end < t.start)
            or ("flow" in t.values and i != own_flow)
            for i, t in enumerate(self._tokens[start:end], start)
        )
