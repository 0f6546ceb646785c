"""A document while it is being read: its tokens, figures and times, and what it has been speaking of."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from msgspec import structs

from tallyman.extract import amounts, calendar, currencies, fiscal, flows, focus, measures, places
from tallyman.extract.measures import State
from tallyman.extract.moments import step, within
from tallyman.extract.periods import find as times
from tallyman.extract.sentences import read
from tallyman.extract.speakers import Speakers, Voice
from tallyman.extract.times import Times
from tallyman.model import Anchor

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tallyman.extract.amounts import Amount
    from tallyman.extract.flows import Flow
    from tallyman.extract.periods import TimeRef
    from tallyman.extract.places import Place
    from tallyman.extract.roles import Part
    from tallyman.lexicon import Lexicon
    from tallyman.model import Claim, Document, Measure, Period, Quantity

MAIN_AREAS = 3
_OPENING, _FACING, _LEADING = 8, 4, 3
_LEAP, _YEAR = 3, 366
_NOBODY: frozenset[str] = frozenset()
_DATELINES = frozenset({"city", "capital"})
_DIRECTED = frozenset({"exports", "imports", "balance"})
_COUNTED = _DIRECTED | {"total_trade"}
_STOPS = frozenset(".?!;:")
_FACES = frozenset({"with_word", "to_word", "from_word"})
NARROW_TRADE = frozenset({"total_trade", "exports", "imports", "balance"})


class Found(NamedTuple):
    """A figure or rank on its way to a claim; ``n`` is the number of its sentence, ``kind`` that of a rank.

    ``spare`` is the time that its sentence tells of another figure, for one of which the text tells no time;
    ``is_base`` says that it is the level that another is compared with.
    """

    n: int
    start: int
    end: int
    quantity: Quantity | None
    part: Part
    measure: Measure
    flow: Flow | None
    ref: TimeRef | None
    base: TimeRef | None = None
    amount: Amount | None = None
    kind: str = ""
    spare: TimeRef | None = None
    is_base: bool = False


class Passing(NamedTuple):
    """A time that one paragraph looks at in passing, and the time that the text spoke of before."""

    paragraph: int
    before: Period | None
    period: Period | None


def _ends_with(whole: Period | None, part: Period | None) -> bool:
    """Whether a time is the last part of another; "so far this year" is itself told by the way."""
    if whole is None or part is None or not (whole.start and part.start and part.end):
        return False
    if whole.relation != "during":
        return False
    long = whole.end is None or (whole.end - whole.start).days > _YEAR
    return whole.end == part.end and whole.start < part.start and not long


def _is_same(one: Period | None, other: Period | None) -> bool:
    """Whether two times are the same days."""
    return bool(one and other) and (one.start, one.end) == (other.start, other.end)  # type: ignore[union-attr]


def is_earlier(period: Period | None, spoken: Period | None) -> bool:
    """Whether a time is over before another: a sentence that goes back to it still speaks of the later."""
    ends = period and period.end, spoken and spoken.end
    return bool(ends[0] and ends[1] and ends[0] < ends[1])


def _is_like_before(spoken: Period | None, period: Period | None) -> bool:
    """Whether a time is one before the time spoken of, and as long: the month, the year before it."""
    if not (spoken and period and spoken.start and spoken.end and period.start and period.end):
        return False
    longer = (spoken.end - spoken.start) - (period.end - period.start)
    return is_earlier(period, spoken) and abs(longer.days) <= _LEAP


def is_right_before(spoken: Period | None, period: Period | None) -> bool:
    """Whether a time ends on the day before the time spoken of, and is as long."""
    if not (spoken and period and spoken.start and period.end) or (spoken.start - period.end).days != 1:
        return False
    return _is_like_before(spoken, period)


class Scene:
    """One document, read once; ``state`` moves with the text."""

    def __init__(self, document: Document, lexicon: Lexicon) -> None:
        """Read tokens, figures, the main pair and time expressions."""
        self.document = document
        self.reading = read(document.text, lexicon)
        self.tokens, self.sentences = self.reading.tokens, self.reading.sentences
        self.amounts = amounts.find(self.reading, lexicon)
        taken = {i for row in self.amounts for a in row if a.kind != "number" for i in range(a.start, a.end)}
        self.focus = focus.focus(self.reading)
        if (whole := self._whole()) is not None:
            self.focus = structs.replace(self.focus, bilateral=False, whole=whole)
        main = self.focus.areas[:MAIN_AREAS]
        context = calendar.Context(
            published=document.published_on,
            fiscal=fiscal.habit(main),
            iranian=fiscal.counts_iranian(self.reading, main),
        )
        self.refs = times(self.reading, lexicon, context, taken)
        self.state = State()
        self.passing: Passing | None = None
        self.began: Period | None = None
        self.span: tuple[Period, Period] | None = None
        self._level: tuple[int, Period] | None = None
        self._told: tuple[int, Period] | None = None
        self._headed: Period | None = None
        self.currency: str | None = None
        self.currencies = currencies.spoken(self.amounts)
        self.signs = currencies.at_home(self.tokens, self.amounts, self.focus.home(None))
        self._speakers: Speakers | None = None

    def _whole(self) -> str | None:
        """Return the area whose trade with all a report begins with: "Japan's exports fell", nobody else named.

        An office may name it: "Exports fell, the Peruvian statistics agency said"; "foreign trade" of nobody is
        that of the area named most.
        """
        named: set[str] = set()
        official = False
        for sentence in self.reading.sentences[:_OPENING]:
            start, end = sentence.start, sentence.end
            nouns = [f for f in flows.find(self.reading, sentence, None) if not (f.weak or f.verb)]
            first = next((f for f in nouns if f.placed or f.doer), None)
            stop = end if first is None else first.start
            if self.reading.spots.any(start, stop, "pair_word"):
                return None
            here = self._before_balance(places.named(self.reading, start, stop), nouns)
            balanced = first is not None and first.indicator == "balance"
            named.update(p.code for p in here if not (balanced and p.kind == "adjective"))
            if first is not None:
                owner = first.reporter or first.doer
                owner = self.focus.home(None) if owner in places.UNNAMED else owner
                alone = named <= {owner} and (first.partner is None or self._faces_all(first))
                of_two = first.indicator == "total_trade" and self._opens_with_two()
                return (
                    self._unless_other(owner)
                    if alone and first.indicator in _COUNTED and not of_two
                    else None
                )
            if len(named) > 1 or any(p.at and _FACES & self.tokens[p.at - 1].values.keys() for p in here):
                return None
            if not named and any(f.world for f in nouns):
                if self.focus.bilateral:
                    return None
                return self._hub() or self._unless_other(self.focus.home(None))
            official |= any(p.kind == "institution" for p in here)
            if official and any(f.indicator in _DIRECTED for f in nouns):
                return self._unless_other(named.pop())
        return None

    def _unless_other(self, owner: str | None) -> str | None:
        """Return an area unless the report tells more of another one's own trade."""
        return owner if self.focus.most in (None, owner) else None

    def _hub(self) -> str | None:
        """Return the one area in every pair whose trade with each other a report tells, of two pairs or more."""
        told = [f for one in self.reading.sentences for f in flows.find(self.reading, one, None)]
        pairs = {frozenset((f.reporter, f.partner)) for f in told if f.reporter and f.partner}
        hub = frozenset.intersection(*pairs) if len(pairs) > 1 else frozenset()
        return next(iter(hub - places.UNNAMED), None)

    def _opens_with_two(self) -> bool:
        """Whether the report of two sides says so at its beginning: "bilateral trade", "between the two countries"."""
        opening = self.reading.sentences[:_LEADING]
        told = bool(opening) and self.reading.spots.any(0, opening[-1].end, "pair_word")
        return told and self.focus.bilateral and self.focus.mutual

    @staticmethod
    def _before_balance(here: list[Place], nouns: list[Flow]) -> list[Place]:
        """Return the areas of a sentence that tell whose its balance is: those before it, and offices."""
        if not nouns or nouns[0].indicator != "balance" or nouns[0].placed:
            return here
        return [p for p in here if p.at < nouns[0].start or p.kind == "institution"]

    def _faces_all(self, flow: Flow) -> bool:
        """Whether a flow is one with the rest of the world by its own words."""
        behind = self.tokens[flow.end : flow.end + _FACING]
        return flow.partner == places.OTHERS and any("world" in t.values for t in behind)

    def pass_by(self, n: int, before: Period | None, *, passing: bool, told: Period | None) -> None:
        """Note that a sentence looked at a time in passing; ``before`` is what the text spoke of.

        The last months of that time are so looked at: "in January-July trade rose; in July gold rose"; so is an
        earlier time: "in May it rose; in April it had been low". ``told`` is a time that the sentence names: told
        again, it is no longer by the way. What the text began with never is.
        """
        self.began = self.began or before
        spoken = self.state.period
        if _is_same(spoken, self._headed):
            return
        aside = _ends_with(before, spoken) or _is_like_before(before, spoken)
        if not aside and is_right_before(self.began, spoken) and not _is_same(before, spoken):
            aside, before = True, self.began
        if passing or (aside and not _is_same(spoken, self.began)):
            self.passing = Passing(self.sentences[n].paragraph, before, spoken)
        elif self.passing is not None and told == self.passing.period:
            again = self.sentences[n].paragraph > self.passing.paragraph
            self.passing = None if again else self.passing

    def told_in(self, n: int) -> Period | None:
        """Return the time of the last fact told in a sentence that is no base itself."""
        return self._told[1] if self._told is not None and self._told[0] == n else None

    def note(self, found: Found, claim: Claim) -> None:
        """Note the time of a fact, and the span between two levels: "from $2 bn in 2010 to $5 bn in 2016"."""
        period = claim.period
        if not found.is_base and claim.modality == "actual" and period.start and period.end:
            self._told = found.n, period
        if found.ref is None or found.part.role != "level" or period.start is None:
            return
        before = self._level[1] if self._level is not None and self._level[0] == found.n else None
        if is_earlier(before, period) and before is not None:
            self.span = before, period
        elif self.span is not None and not _is_same(period, self.span[1]):
            self.span = None
        self._level = found.n, period

    def spoken_of(self, n: int) -> Period | None:
        """Return the time that the text speaks of in a sentence that names none."""
        passing, spoken = self.passing, self.state.period
        over = (
            passing is not None
            and passing.period == spoken
            and self.sentences[n].paragraph > passing.paragraph
        )
        return passing.before if passing is not None and over else spoken

    def anchor(self, start: int, end: int) -> Anchor:
        """Return the characters between two token positions."""
        first, last = self.tokens[start].start, self.tokens[end - 1].end
        return Anchor(start=first, end=last, exact=self.reading.text[first:last])

    def voice(self, n: int, at: int) -> Voice:
        """Return who speaks at a token of a sentence."""
        if self._speakers is None:
            self._speakers = Speakers(self.reading, self.refs, self.document.published_on)
        return self._speakers.voice(n, at)

    def turn(self, n: int) -> None:
        """Note the pair that a sentence turns to: a heading "AZERBAIJAN:", "A-B", "A and B have agreed"."""
        sentence = self.sentences[n]
        start, end, paragraph = sentence.start, sentence.end, sentence.paragraph
        if (headed := self._heading(n)) is not None:
            self._headed, self.passing = headed, None
            self.state = structs.replace(self.state, period=headed)
        here = self.reading.named[n]
        again = self.reading.spots.any(start, end, "pair_word")
        goes_on = n > 0 and self.sentences[n - 1].paragraph == paragraph
        near = self.state.near if goes_on else _NOBODY
        near = near.union([p.code for p in here]) if here else near
        if again and self.focus.pair is not None:
            near = near.union(self.focus.pair)
        before = self.state.paragraph
        left = not self.focus.bilateral and not again and paragraph - before > 1
        pair = None if left else self.state.pair
        self.state = structs.replace(self.state, turned=paragraph != before, here=False, near=near, pair=pair)
        heading = here[0] if here and self.tokens[min(start + 1, end - 1)].raw == ":" else None
        home = self.focus.home(heading.code) if heading and heading.at == start else None
        if heading and home is not None and heading.kind not in _DATELINES:
            total = self.state.total
            turned = structs.replace(total, reporter=home, partner=heading.code) if total else None
            self.state = structs.replace(self.state, pair=(home, heading.code), measure=turned, total=turned)
            return
        pairs = self.reading.pairs[n]
        if not pairs and len(here) > 1:
            pairs = places.coordinated(self.reading, here, start, end)
        if pairs:
            self.state = structs.replace(self.state, pair=pairs[0][2])
        elif here and self._returns(here):
            self.state = measures.returned(self.state, self.focus.pair)

    def _heading(self, n: int) -> Period | None:
        """Return the time that a line of its own names, never in passing: "Detailed results for January"."""
        sentences, sentence = self.reading.sentences, self.sentences[n]
        if not n or self.amounts[n] or sentences[n - 1].paragraph == sentence.paragraph:
            return None
        if n + 1 < len(sentences) and sentences[n + 1].paragraph == sentence.paragraph:
            return None
        if self.tokens[sentence.end - 1].raw in _STOPS or not within(self.refs, sentence):
            return None
        ref = Times(self.reading, sentence, self.refs, []).told()
        return ref.period if ref is not None and ref.period.start and ref.period.end else None

    def _returns(self, here: list[Place]) -> bool:
        """Whether a sentence comes back to the main pair: it names one of the two, and nobody else."""
        main, current = self.focus.pair, self.state.pair
        if main is None or current is None or not self.focus.bilateral or set(current) == set(main):
            return False
        named = {p.code for p in here}
        return named <= set(main) and not named <= set(current)

    def remember(self, n: int, spoken: Sequence[Flow]) -> None:
        """Keep the measure that a sentence speaks of even where it gives no figure."""
        if not spoken or self.state.sentence == n:
            return
        measure = measures.resolve(spoken[-1], self.tokens, self.focus, self.state)
        if measure is not None and measure.indicator in NARROW_TRADE:
            several = len(spoken) > 1
            topic = measures.resolve(spoken[0], self.tokens, self.focus, self.state) if several else measure
            paragraph = self.sentences[n].paragraph
            self.state = structs.replace(
                self.state,
                period=self._told_time(n) or self.state.period,
                measure=measure,
                topic=topic or measure,
                pair=self.pair(measure),
                sentence=n,
                paragraph=paragraph,
                side=measures.side(measure, spoken[-1]) or self.state.side,
            )

    def _told_time(self, n: int) -> Period | None:
        """Return the time that a sentence without figures speaks of, if it is over when the report appears.

        The month or the year before the time spoken of is not: "In May it had been low".
        """
        sentence, published = self.sentences[n], self.document.published_on
        counted = any(a.kind not in ("number", "count") for a in self.amounts[n])
        ref = None if counted else Times(self.reading, sentence, self.refs, []).told()
        end = ref.period.end if ref else None
        if ref is None or end is None or _is_like_before(self.state.period, ref.period):
            return None
        moved = self.reading.spots.any(sentence.start, sentence.end, "move")
        steps = step(self.tokens, ref) if moved else None
        return (steps[1] if steps else ref).period if published and end < published else None

    def pair(self, measure: Measure) -> tuple[str, str] | None:
        """Return the pair of a measure, or the current one where it names one side only."""
        both = measure.reporter and measure.partner
        return (measure.reporter, measure.partner) if both else self.state.pair  # type: ignore[return-value]
