"""Which goods a figure counts, by the words beside it: "$4 billion of chips", "chips ($4 billion)"."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tallyman.extract.amounts import Amount
    from tallyman.extract.sentences import Reading, Sentence

_LONGEST, _CARRIED, _WITHOUT = 12, 8, 3
_ACTS = frozenset({"past_verb", "auxiliary", "move", "share", "copula", "relative"})
_STOPS = frozenset({"clause_break", "bracket", "num", "currency"})
_OPENS = frozenset(
    {"list_joiner", "clause_break", "determiner", "with_word", "part_of", "when_word", "copula", "by_word"}
)
_FLOWS = frozenset({"flow", "weak_flow"})
_ANEW = _FLOWS | {"area", "product", "clause_break"}
_WORDS = frozenset({"product", "goods_head"})
_STEPS = frozenset({"hedge", "hedge_gap", "determiner"})


class Goods(NamedTuple):
    """A run of tokens that names goods; ``known`` counts those that the lexicon knows."""

    start: int
    end: int
    known: int
    name: str


def assigned(reading: Reading, sentence: Sentence, amounts: list[Amount]) -> dict[int, str | None]:
    """Return the goods of each figure that has words of its own for them, by the figure's first token.

    ``None`` takes goods away: what "exports without diamonds" count is no diamonds.
    """
    row = _Row(reading, sentence, amounts)
    found: dict[int, str | None] = dict(row.respectively())
    before: Amount | None = None
    for amount in amounts:
        beside = row.behind(amount) or row.bracketed(amount) or row.worth(amount)
        goods = beside or row.subject(amount) or row.moved(amount)
        if row.leaves_out(amount):
            found[amount.start] = None
        elif goods is not None and amount.start not in found:
            found[amount.start] = goods.name
        elif before is not None and before.start in found and row.goes_on(before, amount):
            found.setdefault(amount.start, found[before.start])
        before = amount
    return found


class _Row:
    """The words of one sentence."""

    def __init__(self, reading: Reading, sentence: Sentence, amounts: list[Amount]) -> None:
        self._text = reading.text
        self._tokens = reading.tokens
        self._sentence = sentence
        self._amounts = amounts
        self._lists = self._listed()

    def behind(self, amount: Amount) -> Goods | None:
        """Goods behind a figure: "$10 billion of flat panels", "a 9 percent drop in coal shipments"."""
        i = amount.end
        if self._has(i, "move") and self._has(i + 1, "in_word"):
            return self._usable(self._run_after(i + 2), open_words=False)
        if not self._has(i, "genitive") and not self._has(i, "worth_of"):
            return None
        if self._has(i + 1, "determiner"):
            return None
        return self._usable(self._run_after(i + 1), open_words=amount.kind != "percent")

    def bracketed(self, amount: Amount) -> Goods | None:
        """Goods before a figure in brackets: "medicines ($449 million)"."""
        return self._lists.get(amount.start)

    def _listed(self) -> dict[int, Goods]:
        """All goods before brackets; words that the lexicon does not know count only in a list."""
        found = {}
        for amount in self._amounts:
            i = self._back(amount.start)
            if i > self._sentence.start and self._has(i - 1, "opening"):
                goods = self._run_before(i - 1)
                if goods is not None:
                    found[amount.start] = goods
        listed = len(found) > 1
        return {start: goods for start, goods in found.items() if listed or goods.known}

    def worth(self, amount: Amount) -> Goods | None:
        """Goods before their worth: "ceramic products, worth $1.8 billion"."""
        i = self._back(amount.start, but="worth_word")
        if i <= self._sentence.start or not self._has(i - 1, "worth_word"):
            return None
        i -= 1
        if self._has(i - 1, "list_joiner"):
            i -= 1
        return self._usable(self._run_before(i), open_words=False)

    def subject(self, amount: Amount) -> Goods | None:
        """Goods that begin the clause of a figure: "coal sales alone were up 36 percent"."""
        tokens = self._tokens
        for i in range(amount.start - 1, self._sentence.start - 1, -1):
            values = tokens[i].values
            if not _STOPS.isdisjoint(values) or "area" in values or tokens[i].raw == '"':
                return None
            if not _FLOWS.isdisjoint(values) and not self._is_governed(i) and not self._has(i - 1, "product"):
                return None
            if "product" in values:
                goods = self._run_before(i + 1)
                return goods if goods is not None and self._leads(goods) else None
        return None

    def moved(self, amount: Amount) -> Goods | None:
        """Goods that the lexicon does not know behind their flow: "exports of natural water were worth"."""
        for i in range(amount.start - 1, self._sentence.start - 1, -1):
            values = self._tokens[i].values
            if not _STOPS.isdisjoint(values):
                return None
            if not _FLOWS.isdisjoint(values):
                goods = self._run_after(i + 2) if self._has(i + 1, "genitive") else None
                return goods if goods is not None and goods.end < amount.start else None
        return None

    def _leads(self, goods: Goods) -> bool:
        """Whether goods begin a clause and something happens to them."""
        before, behind = goods.start - 1, goods.end
        if behind < self._sentence.end and not _FLOWS.isdisjoint(self._tokens[behind].values):
            behind += 1
        if self._has(behind, "list_joiner") and self._has(behind + 1, "relative"):
            behind += 1
        opens = before < self._sentence.start or not _OPENS.isdisjoint(self._tokens[before].values)
        return opens and behind < self._sentence.end and not _ACTS.isdisjoint(self._tokens[behind].values)

    def _is_governed(self, i: int) -> bool:
        """Whether a flow is what a share is taken of: "88 percent of its purchases"."""
        i -= 1
        while i > self._sentence.start and not _STEPS.isdisjoint(self._tokens[i].values):
            i -= 1
        return self._has(i, "genitive")

    def respectively(self) -> Iterator[tuple[int, str]]:
        """Yield the goods of figures handed out in order: "sesame and nuts rose 38 and 106 percent, respectively"."""
        tokens, (start, end, _) = self._tokens, self._sentence
        if not any("respectively" in t.values for t in tokens[start:end]):
            return
        named = [i for i in range(start, end) if "product" in tokens[i].values]
        for first, amount in enumerate(self._amounts):
            shares = [a for a in self._amounts[first:] if a.kind == amount.kind]
            ahead = [i for i in named if i < amount.start]
            if len(shares) == len(ahead) > 1 and self._is_list(ahead):
                yield from (
                    (a.start, str(tokens[i].values["product"])) for a, i in zip(shares, ahead, strict=True)
                )
                return

    def _is_list(self, named: list[int]) -> bool:
        gaps = (self._tokens[a:b] for a, b in pairwise(named))
        return all(any("list_joiner" in t.values for t in gap) for gap in gaps)

    def goes_on(self, before: Amount, amount: Amount) -> bool:
        """Whether a figure says more of the goods of the one before: "rose 36 percent to $7.8 billion"."""
        gap = self._tokens[before.end : amount.start]
        if not gap or len(gap) > _CARRIED:
            return False
        return all(_ANEW.isdisjoint(t.values) for t in gap) and (
            before.kind != amount.kind or "range_and" not in gap[-1].values
        )

    def leaves_out(self, amount: Amount) -> bool:
        """Whether the clause of a figure leaves goods out: "without diamonds the exports rose 174 percent"."""
        for i in range(amount.start - 1, self._sentence.start - 1, -1):
            values = self._tokens[i].values
            if not _STOPS.isdisjoint(values):
                return False
            if "without" in values:
                return any(self._has(k, "product") for k in range(i + 1, i + _WITHOUT))
        return False

    def _back(self, i: int, but: str | None = None) -> int:
        """Step back over the hedges before a figure."""
        while i > self._sentence.start and not _STEPS.isdisjoint(self._tokens[i - 1].values):
            if but is not None and self._has(i - 1, but):
                break
            i -= 1
        return i

    def _has(self, i: int, kind: str) -> bool:
        inside = self._sentence.start <= i < self._sentence.end
        return inside and kind in self._tokens[i].values

    def _is_word(self, i: int) -> bool:
        token = self._tokens[i]
        return not _WORDS.isdisjoint(token.values) or (not token.values and token.raw[0].isalpha())

    def _run_after(self, start: int) -> Goods | None:
        end = start
        last = min(self._sentence.end, start + _LONGEST)
        while end < last and (
            self._is_word(end) or (self._has(end, "range_and") and end + 1 < last and self._is_word(end + 1))
        ):
            end += 1
        return self._goods(start, end)

    def _run_before(self, end: int) -> Goods | None:
        start = end
        low = max(self._sentence.start, end - _LONGEST)
        while start > low and (
            self._is_word(start - 1)
            or (
                self._has(start - 1, "range_and")
                and start < end
                and start - 1 > low
                and self._is_word(start - 2)
            )
        ):
            start -= 1
        return self._goods(start, end)

    def _usable(self, goods: Goods | None, *, open_words: bool) -> Goods | None:
        return goods if goods is not None and (goods.known or open_words) else None

    def _goods(self, start: int, end: int) -> Goods | None:
        """Return the run as goods; none where it names nothing more than "goods"."""
        tokens = self._tokens
        while start < end and "range_and" in tokens[start].values:
            start += 1
        words = [i for i in range(start, end) if "goods_head" not in tokens[i].values]
        if not words:
            return None
        heads = end - start - len(words)
        known = [str(tokens[i].values["product"]) for i in range(start, end) if "product" in tokens[i].values]
        written = " ".join(self._text[tokens[start].start : tokens[end - 1].end].split()).lower()
        name = known[0] if len(known) == len(words) == 1 else written
        return Goods(start, end, len(known) + heads, name)
