"""Which goods a figure counts, by the words beside it: "$4 billion of chips", "chips ($4 billion)"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tallyman.extract import lists
from tallyman.extract.goods import Row

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tallyman.extract.amounts import Amount
    from tallyman.extract.goods import Goods
    from tallyman.extract.sentences import Reading, Sentence

_CARRIED, _WITHOUT = 8, 3
_GOODS = ("product", "goods_head")
_ACTS = ("past_verb", "undergoes", "auxiliary", "move", "share", "copula", "relative")
_STOPS = ("clause_break", "bracket", "num", "currency")
_OPENS = (
    "list_joiner",
    "clause_break",
    "determiner",
    "with_word",
    "part_of",
    "when_word",
    "copula",
    "by_word",
)
_ASIDE = ("hyphen", "list_joiner")
_FLOWS = ("flow", "weak_flow")
_HALTS = (*_STOPS, *_FLOWS)
_STOPPING, _FLOWING = frozenset(_STOPS), frozenset(_FLOWS)
_ENDS = _STOPPING | {"area"}
_ANEW = (*_FLOWS, "area", "product", "clause_break")


def assigned(reading: Reading, sentence: Sentence, amounts: list[Amount]) -> dict[int, str | None]:
    """Return the goods of each figure that has words of its own for them, by the figure's first token.

    ``None`` takes goods away: what "exports without diamonds" count is no diamonds.
    """
    rules = _Rules(Row(reading, sentence), amounts)
    found: dict[int, str | None] = dict(rules.respectively())
    before: Amount | None = None
    for amount in amounts:
        goods = rules.beside(amount)
        if rules.leaves_out(amount):
            found[amount.start] = None
        elif goods is not None and amount.start not in found:
            found[amount.start] = goods.name
        elif before is not None and before.start in found and rules.goes_on(before, amount):
            found.setdefault(amount.start, found[before.start])
        elif rules.counts_all(amount):
            found.setdefault(amount.start, None)
        before = amount
    return found


class _Rules:
    """Where the goods of the figures of one sentence may stand."""

    def __init__(self, row: Row, amounts: list[Amount]) -> None:
        self._row = row
        self._tokens = row.tokens
        self._amounts = amounts
        self._lists = self._listed()
        self._is_known = row.spots.any(row.start, row.end, *_GOODS)
        self._is_without = row.spots.any(row.start, row.end, "without")

    def beside(self, amount: Amount) -> Goods | None:
        """Return the goods of a figure, by the first rule that finds some."""
        open_words = self._behind(amount) or self._lists.get(amount.start)
        if open_words is not None or not self._is_known:
            return open_words or self._moved(amount)
        return (
            self._worth(amount)
            or self._next_in_list(amount)
            or self._of_share(amount)
            or self._subject(amount)
            or self._moved(amount)
            or self._head()
        )

    def counts_all(self, amount: Amount) -> bool:
        """Whether a figure counts goods of every kind: "5,000 tonnes of products"."""
        i = amount.end
        return self._row.has(i, "genitive") and self._row.has(i + 1, "goods_head", "goods_basis")

    def _behind(self, amount: Amount) -> Goods | None:
        """Goods behind a figure: "$10 billion of flat panels", "a 9 percent drop in coal shipments"."""
        row = self._row
        inside = row.spots.between(amount.start, amount.end, "genitive")
        i = inside[0] if inside else amount.end
        while row.has(i, "per_day", "per_period"):
            i += 1
        values = self._tokens[i].values if i < row.end else {}
        if "move" in values and "compared" not in values:
            goods = row.after(i + 1 + row.has(i + 1, "in_word"))
            return _known(goods) if goods is None or goods.start <= i + 2 else None
        if not ("genitive" in values or "worth_of" in values):
            return None
        if amount.kind == "percent" and (parts := self._parts(i)) is not None:
            return parts
        own = row.has(i + 1, "determiner")
        i += row.has(i + 1, "own_word") or row.has(i + 1, "area")
        if own and not row.has(i, "own_word"):
            return None
        goods = row.after(i + 1)
        return _known(goods) if amount.kind == "percent" else goods

    def _parts(self, i: int) -> Goods | None:
        """Goods that a share of a flow is made of: "9 percent of the exports consisted of minerals"."""
        row = self._row
        k = next((k for k in range(i + 1, min(i + _CARRIED, row.end)) if row.has(k, *_FLOWS)), None)
        return _known(row.after(k + 2)) if k is not None and row.has(k + 1, "comprises") else None

    def _listed(self) -> dict[int, Goods]:
        """All goods before figures in brackets; words that the lexicon does not know count only in a list."""
        found = {}
        for amount in self._amounts:
            i = self._row.back(amount.start)
            if self._row.has(i - 1, "opening") and (goods := self._row.before(i - 1)) is not None:
                found[amount.start] = goods
        listed = len(found) > 1
        return {start: goods for start, goods in found.items() if listed or goods.known}

    def _worth(self, amount: Amount) -> Goods | None:
        """Goods before their worth or place: "ceramic products, worth $1.8 billion", "chemicals at 9 percent"."""
        row = self._row
        i = row.back(amount.start, but="worth_word") - 1
        if row.has(i, "at_word"):
            return _known(row.before(i))
        if not row.has(i, "worth_word"):
            return None
        i -= row.has(i - 1, "list_joiner")
        goods = _known(row.before(i))
        return None if goods is not None and self._sums_up(goods) else goods

    def _sums_up(self, goods: Goods) -> bool:
        """Whether goods only end a list of what all is made of: "imports comprised oil, gas and tea worth"."""
        listed = self._row.listed_before(goods.end)
        return bool(listed) and self._row.has(listed[0].start - 1, "comprises")

    def _next_in_list(self, amount: Amount) -> Goods | None:
        """Goods right before a figure in a list of such: "tea made up 9 percent, green coffee 8 percent"."""
        goods = _known(self._row.before(amount.start))
        if goods is None or not self._row.has(goods.start - 1, "list_joiner"):
            return None
        return goods if any(a.end < goods.start and a.kind == amount.kind for a in self._amounts) else None

    def _of_share(self, amount: Amount) -> Goods | None:
        """Goods whose share a percentage is: "the share of oil exports in all exports fell to 9 percent"."""
        if amount.kind != "percent":
            return None
        for i in range(amount.start - 1, self._row.start - 1, -1):
            values = self._tokens[i].values
            if "share_noun" in values:
                return _known(self._row.after(i + 2)) if self._row.has(i + 1, "genitive") else None
            if "clause_break" in values:
                return None
        return None

    def _subject(self, amount: Amount) -> Goods | None:
        """Goods that begin the clause of a figure: "coal sales alone were up 36 percent"."""
        row, i = self._row, amount.start - 1
        while i >= row.start:
            kinds = self._tokens[i].values
            if not _ENDS.isdisjoint(kinds) or self._tokens[i].raw == '"':
                return None
            if not _FLOWING.isdisjoint(kinds) and not self._is_governed(i) and not row.has(i - 1, "product"):
                return None
            if "product" in kinds and (goods := row.before(i + 1)) is not None:
                if not self._sums_up(goods):
                    return goods if self._leads(goods) else None
                i = self._row.listed_before(goods.end)[0].start - 1
            i -= 1
        return None

    def _moved(self, amount: Amount) -> Goods | None:
        """Goods that the lexicon does not know behind their flow: "exports of natural water were worth"."""
        for i in reversed(self._row.spots.between(self._row.start, amount.start, *_HALTS)):
            if not _STOPPING.isdisjoint(self._tokens[i].values):
                return None
            if not (self._row.has(i - 1, "comprises") or self._row.has(i - 2, "comprises")):
                goods = self._row.after(i + 2) if self._row.has(i + 1, "genitive") else None
                return goods if goods is not None and goods.end < amount.start else None
        return None

    def _head(self) -> Goods | None:
        """Goods that head a sentence by their place: "farm products ranked first, with about $3 billion"."""
        goods = _known(self._row.after(self._row.start))
        return goods if goods is not None and self._row.has(goods.end, "ranked_word") else None

    def _leads(self, goods: Goods) -> bool:
        """Whether goods begin a clause and something happens to them."""
        row, behind = self._row, goods.end
        behind += row.has(behind, *_FLOWS)
        behind += row.has(behind, "set_apart")
        if row.has(behind, *_ASIDE) and row.has(behind + 1, "comprises"):
            behind = next((i + 1 for i in range(behind + 2, row.end) if row.has(i, *_ASIDE)), behind)
        behind += row.has(behind, "list_joiner") and row.has(behind + 1, "relative")
        opens = goods.start <= row.start or row.has(goods.start - 1, *_OPENS)
        return opens and row.has(behind, *_ACTS)

    def _is_governed(self, i: int) -> bool:
        """Whether a flow is what a share is taken of: "88 percent of its purchases"."""
        return self._row.has(self._row.back(i) - 1, "genitive")

    def respectively(self) -> Iterator[tuple[int, str]]:
        """Yield the goods of figures handed out in order: "sesame and nuts rose 38 and 106 percent, respectively"."""
        row = self._row
        told = next(iter(row.spots.between(row.start, row.end, "respectively")), None)
        if told is None:
            return
        for run in lists.runs(row.tokens, [a for a in self._amounts if a.end <= told]):
            for end in range(run[0].start, row.start, -1):
                if not row.is_word(end - 1) or row.is_word(end):
                    continue
                listed = row.listed_before(end)
                listed = listed if len(listed) == len(run) else _merged(row, listed)
                if len(listed) == len(run) and any(goods.known for goods in listed):
                    yield from ((a.start, goods.name) for a, goods in zip(run, listed, strict=True))
                    return

    def goes_on(self, before: Amount, amount: Amount) -> bool:
        """Whether a figure says more of the goods of the one before: "rose 36 percent to $7.8 billion"."""
        start = before.end
        own = self._behind(before)
        if own is not None and own.end < amount.start and before.kind != amount.kind:
            start = own.end
        if not 0 < amount.start - start <= _CARRIED:
            return False
        return not any(self._row.has(i, *_ANEW) for i in range(start, amount.start)) and (
            before.kind != amount.kind or not self._row.has(amount.start - 1, "range_and")
        )

    def leaves_out(self, amount: Amount) -> bool:
        """Whether the clause of a figure leaves goods out: "without diamonds the exports rose 174 percent"."""
        if not self._is_without:
            return False
        for i in range(amount.start - 1, self._row.start - 1, -1):
            if self._row.has(i, *_STOPS):
                return False
            if self._row.has(i, "without"):
                return any(self._row.has(k, "product") for k in range(i + 1, i + _WITHOUT))
        return False


def _known(goods: Goods | None) -> Goods | None:
    """Return goods if the lexicon knows one of their words."""
    return goods if goods is not None and goods.known else None


def _merged(row: Row, listed: list[Goods]) -> list[Goods]:
    """Join what one head ends: "mechanical and electrical products, and tea" are two."""
    found: list[Goods] = []
    for goods in listed:
        last = found[-1] if found else None
        if (
            last is not None
            and row.has(goods.end - 1, "goods_head")
            and not row.has(last.end - 1, "goods_head")
        ):
            both = row.goods(last.start, goods.end)
            found[-1] = both if both is not None else goods
        else:
            found.append(goods)
    return found
