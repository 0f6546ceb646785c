"""From a document to its claims: every figure about trade with what it measures, when, how sure, and who says so."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from msgspec import structs

from tallyman import __version__, areas, lexicon, quantity
from tallyman.extract import amounts, calendar, flows, lists, measures, moods, periods, places, ranks, roles
from tallyman.extract.measures import State
from tallyman.extract.periods import TimeRef
from tallyman.extract.places import Focus, focus
from tallyman.extract.sentences import read
from tallyman.extract.speakers import Speakers, Voice
from tallyman.extract.times import Times, in_comparison, is_base
from tallyman.ids import content_id
from tallyman.model import Anchor, Attribution, Claim, Comparison, Cue, Origin, Period

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from tallyman.extract.amounts import Amount
    from tallyman.extract.flows import Flow
    from tallyman.extract.sentences import Reading, Sentence
    from tallyman.model import Document, Measure, Modality, Quantity

_EXTRACTOR = "tallyman.extract"
_ABOUT_TRADE = frozenset({"total_trade", "exports", "imports", "balance"})
_AFTER_REACH, _AHEAD_REACH, _CARRY_SENTENCES = 6, 12, 3
_TIME_SENTENCES, _TIME_PARAGRAPHS, _MAIN_AREAS = 3, 3, 3
_OCTOBER = 10
_TOTALS = frozenset({"carry", "target_noun", "mark", "target_cue"})
_CARRIES = frozenset({"carry", "target_noun", "mark", "target_cue", "forecast_cue", "rel_year", "year", "same"})


def claims(document: Document) -> list[Claim]:
    """Return the claims of a document in order; pure, and linear in the length of the text.

    A language without a lexicon gives none. Where the text names no pair, period or speaker, the field is empty.
    """
    language = document.language if document.language in lexicon.languages() else "en"
    if document.language not in (language, "und"):
        return []
    return _Composer(document, lexicon.load(language)).claims()


class _Found(NamedTuple):
    """A figure on its way to a claim."""

    start: int
    end: int
    quantity: Quantity | None
    part: roles.Part
    measure: Measure
    flow: Flow | None
    ref: TimeRef | None
    base: TimeRef | None
    amount: Amount | None


class _Composer:
    """Walks one document; ``state`` is what the text has been speaking of."""

    def __init__(self, document: Document, lex: lexicon.Lexicon) -> None:
        self._document = document
        self._reading: Reading = read(document.text, lex)
        tokens = self._reading.tokens
        self._amounts = [amounts.find(tokens, s.start, s.end) for s in self._reading.sentences]
        taken = {i for row in self._amounts for a in row if a.kind != "number" for i in range(a.start, a.end)}
        self._focus: Focus = focus(self._reading)
        context = calendar.Context(published=document.published_on, fiscal=_fiscal_year(self._focus))
        self._refs = periods.find(self._reading, lex, context, taken)
        self._state = State()
        self._currency: str | None = None
        self._targets: dict[tuple[object, str], date | None] = {}
        self._listed: dict[int, str] = {}
        self._speakers: Speakers | None = None

    def claims(self) -> list[Claim]:
        """Return all claims, or none where no figure is about trade in the narrow sense."""
        found = [c for n in range(len(self._reading.sentences)) for c in self._of_sentence(n)]
        if not any(c.measure.indicator in _ABOUT_TRADE for c in found):
            return []
        return self._scheduled(found)

    def _of_sentence(self, n: int) -> Iterator[Claim]:
        sentence = self._reading.sentences[n]
        found = self._amounts[n]
        tokens = self._reading.tokens
        before = self._state.measure
        spoken = flows.find(self._reading, sentence, before.indicator if before else None)
        self._turn(sentence, n)
        if found:
            times = Times(tokens, sentence, self._refs, found)
            self._listed = lists.assigned(tokens, sentence, found)
            for k, amount in enumerate(found):
                previous = found[k - 1].end if k else sentence.start
                yield from self._of_amount(n, amount, spoken, times, previous)
        yield from self._ranks(n, spoken)
        self._remember(n, spoken)

    # ------------------------------------------------------------ figures

    def _of_amount(self, n: int, amount: Amount, spoken: list[Flow], times: Times, previous: int) -> Iterator[Claim]:
        sentence, tokens = self._reading.sentences[n], self._reading.tokens
        if amount.converts is not None or (amount.kind in ("number", "count") and amount.factor == 1):
            return
        flow = self._flow(amount, spoken, sentence)
        measure = measures.resolve(flow, tokens, self._focus, self._state) if flow else self._carried(n, amount)
        if measure is None or self._excluded(amount, flow, sentence):
            return
        spoken_of = measure
        if amount.start in self._listed:
            measure = lists.apply(measure, self._listed[amount.start], tuple(self._listed.values()))
        amount = self._in_currency(amount)
        if amount.kind == "number":
            return
        left = max(flow.start if flow and flow.start < amount.start else sentence.start, sentence.start)
        left = min(left, amount.start)
        base = times.base_of(amount)
        part = roles.part(tokens, amount, sentence, max(left, previous) if amount.kind == "money" else left, base)
        if part is None:
            return
        if amount.kind in ("physical", "count"):
            measure = structs.replace(measure, product=self._product_after(amount) or measure.product)
        ref = times.of(amount, flow.start if flow else None)
        found = _Found(amount.start, amount.end, amount.quantity, part, measure, flow, ref, base, amount)
        made = list(self._moods(n, found))
        yield from made
        based = is_base(tokens, amount, sentence) or in_comparison(tokens, amount, sentence)
        period = self._state.period if based else made[0].period if made[0].modality == "actual" else None
        turned = flow is not None and flow.sign == "down"
        total = spoken_of if spoken_of.indicator == "total_trade" else self._state.total
        self._state = State(spoken_of, self._pair(spoken_of), n, sentence.paragraph, period, turned, total)

    def _flow(self, amount: Amount, spoken: list[Flow], sentence: Sentence) -> Flow | None:
        tokens = self._reading.tokens
        before = [f for f in spoken if f.end <= amount.start and not any(t.raw == ";" for t in tokens[f.end : amount.start])]
        if before and self._measured_by(before[-1].end, amount.start):
            return before[-1]
        for flow in spoken:
            if amount.end <= flow.start <= amount.end + _AFTER_REACH and self._leads(amount.end, flow.start):
                return flow
        if before:
            return before[-1]
        return next((f for f in spoken if amount.end <= f.start <= amount.end + _AHEAD_REACH), None)

    def _measured_by(self, start: int, end: int) -> bool:
        """Whether a flow is followed by its figure at once: "a deficit of $5 billion"."""
        tokens = self._reading.tokens[start:end]
        return bool(tokens) and "genitive" in tokens[0].values and all(
            {"genitive", "hedge", "determiner", "hedge_gap"} & t.values.keys() for t in tokens
        )

    def _leads(self, start: int, end: int) -> bool:
        """Whether only linking words stand between a figure and the flow after it: "$5 billion worth of exports"."""
        allowed = {"worth", "genitive", "determiner", "pair_word", "area", "goods_basis", "move", "in_word", "hyphen", "product",
                   "rel_year", "possessive", "year_ago", "target_noun", "copula", "bracket", "record", "per_period", "superlative", "surplus"}
        return all(allowed & t.values.keys() or (t.raw.isalpha() and not t.values) for t in self._reading.tokens[start:end])

    def _carried(self, n: int, amount: Amount) -> Measure | None:
        """The measure of the sentences before, where this one points back to it."""
        state, sentence = self._state, self._reading.sentences[n]
        if state.measure is None or n - state.sentence > _CARRY_SENTENCES or sentence.paragraph - state.paragraph > 4:  # noqa: PLR2004
            return None
        tokens = self._reading.tokens[sentence.start : sentence.end]
        if amount.kind in ("physical", "count"):
            return None
        if any("exclude" in t.values for t in tokens):
            return None
        near = n - state.sentence <= 1
        if amount.kind == "money" and any(_TOTALS & t.values.keys() for t in tokens):
            return state.total or state.measure
        speaks = any(_CARRIES & t.values.keys() for t in tokens)
        return state.measure if speaks or (near and amount.kind in ("money", "percent", "pp")) else None

    def _excluded(self, amount: Amount, flow: Flow | None, sentence: Sentence) -> bool:
        tokens = self._reading.tokens
        if self._priced(amount):
            return True
        after = tokens[amount.end : min(amount.end + 3, sentence.end)]
        for t in after:
            if "exclude" in t.values:
                return True
            if not t.raw.isalpha() or "flow" in t.values or "genitive" not in t.values:
                break
        start = flow.end if flow and flow.end <= amount.start else max(sentence.start, amount.start - _AFTER_REACH)
        return any("exclude" in t.values for t in tokens[start : amount.start])

    def _priced(self, amount: Amount) -> bool:
        """Whether money is a price: "431 dollars a tonne"."""
        tokens, i = self._reading.tokens, amount.end
        return amount.kind == "money" and i + 1 < len(tokens) and "per_word" in tokens[i].values and "measure_unit" in tokens[i + 1].values

    def _in_currency(self, amount: Amount) -> Amount:
        """Decide a shared currency word by the areas of the document; give a bare "100 bln" the document's currency."""
        if amount.kind == "number":
            if self._currency is None or amount.factor < 10**6 or not self._bare(amount):
                return amount
            money = structs.replace(amount.quantity, unit=self._currency)
            return amount._replace(kind="money", quantity=money, candidates=(self._currency,))
        if amount.kind != "money":
            return amount
        currency = amount.quantity.unit
        if len(amount.candidates) > 1:
            currency = quantity.currency(amount.candidates, self._focus.areas[:_MAIN_AREAS], currency) or currency
        self._currency = currency
        return amount._replace(quantity=structs.replace(amount.quantity, unit=currency))

    def _bare(self, amount: Amount) -> bool:
        after = self._reading.tokens[amount.end] if amount.end < len(self._reading.tokens) else None
        return after is None or not after.raw.isalpha() or bool({"mark", "in_word", "relation", "target_noun", "clause_break", "past_verb", "from_word", "range_and"} & after.values.keys())

    def _product_after(self, amount: Amount) -> str | None:
        tokens = self._reading.tokens
        for t in tokens[amount.end : amount.end + 4]:
            if "product" in t.values:
                return str(t.values["product"])
            if not t.raw.isalpha():
                break
        return None

    # ------------------------------------------------------------ ranks

    def _ranks(self, n: int, spoken: list[Flow]) -> Iterator[Claim]:
        sentence, tokens = self._reading.sentences[n], self._reading.tokens
        for rank in ranks.find(tokens, sentence, self._amounts[n]):
            flow = None
            measure: Measure | None
            if rank.indicator is None:
                before = [f for f in spoken if f.end <= rank.start]
                flow = before[-1] if before else spoken[0] if spoken else None
                measure = measures.resolve(flow, tokens, self._focus, self._state) if flow else self._ranked(n)
            else:
                measure = measures.ranked(rank, self._focus, self._state)
            if measure is not None:
                times = Times(tokens, sentence, self._refs, [])
                ref = times.near(rank.end) or times.anchor()
                yield from self._moods(n, _Found(rank.start, rank.end, None, roles.Part("rank"), measure, flow, ref, None, None))

    def _ranked(self, n: int) -> Measure | None:
        return self._state.measure if self._state.sentence == n else None

    # ------------------------------------------------------------ the claim

    def _moods(self, n: int, found: _Found) -> Iterator[Claim]:
        sentence, tokens = self._reading.sentences[n], self._reading.tokens
        if found.amount is not None and is_base(tokens, found.amount, sentence):
            found = found._replace(ref=self._base_ref(found))
            yield self._claim(n, found, moods.Mood("actual"), "actual", rule="base/actual")
            return
        mood = moods.mood(tokens, found.start, found.end, sentence)
        if found.ref is not None:
            mood = moods.in_time(mood, found.ref.period, self._document.published_on)
        yield self._claim(n, found, mood, mood.modality)
        if mood.met and found.quantity is not None:
            yield self._claim(n, found, moods.Mood("target", mood.target, met=True), "target")

    def _base_ref(self, found: _Found) -> TimeRef | None:
        """When a level was that another is compared with: what the text says, else a year before what it speaks of."""
        ref, spoken = found.ref, self._state.period
        if spoken is None or not (spoken.start and spoken.end):
            return ref
        if ref is not None and not (ref.is_base and ref.rule == "year_ago"):
            return ref
        start, end = calendar.shift_years((spoken.start, spoken.end), -1)
        period = Period(start=start, end=end, relation="during")
        return TimeRef(found.end - 1, found.end, "implied_base", period, is_base=True, is_day=False)

    def _claim(self, n: int, found: _Found, mood: moods.Mood, modality: Modality, rule: str | None = None) -> Claim:
        reading, tokens = self._reading, self._reading.tokens
        sentence = reading.sentences[n]
        voice = self._voice(n, found.start)
        period = self._period(n, found, modality, mood)
        measured = self._quantity(found, mood, modality, sentence)
        anchor = self._anchor(found.start, found.end)
        deadline = period.end if modality != "actual" and period.relation == "by" else None
        cues = self._cues(found, mood, voice, sentence)
        document = self._document
        return Claim(
            id=content_id("clm", document.id, anchor.start, anchor.end, found.part.role, modality),
            document_id=document.id,
            path=document.path,
            anchor=anchor,
            clause=self._anchor(sentence.start, sentence.end),
            quantity=measured,
            role=found.part.role,
            measure=found.measure,
            period=period,
            modality=modality,
            deadline=deadline,
            comparison=self._comparison(n, found, period),
            attribution=self._attribution(voice),
            said_on=voice.said_on,
            negated=mood.negated,
            confidence=self._confidence(found),
            cues=cues,
            origin=Origin(extractor=_EXTRACTOR, version=__version__, rule=rule or f"{found.part.role}/{modality}"),
        )

    def _comparison(self, n: int, found: _Found, period: Period) -> Comparison | None:
        if found.amount is None:
            return None
        compared = roles.comparison(found.part, found.amount, period, found.base, self._reading.tokens)
        if compared is None or found.part.role != "multiple":
            return compared
        sentence = self._reading.sentences[n]
        levels = [a for a in self._amounts[n] if a.kind == "money" and is_base(self._reading.tokens, a, sentence)]
        if not levels:
            return compared
        return structs.replace(compared, base="level", base_value=levels[0].quantity.value)

    def _quantity(self, found: _Found, mood: moods.Mood, modality: Modality, sentence: Sentence) -> Quantity | None:
        q = found.quantity
        if q is None or found.amount is None:
            return None
        passed = moods.is_mark_reached(self._reading.tokens, found.amount, sentence)
        if q.bound == "exact" and modality == "actual" and (mood.met or passed):
            return structs.replace(q, bound="at_least")
        return q

    def _period(self, n: int, found: _Found, modality: Modality, mood: moods.Mood) -> Period:
        ref = found.ref
        ahead = self._ahead(n, found)
        if modality == "forecast" and ahead is not None and (ref is None or ahead > found.end):
            return Period(relation="before", text=self._anchor(ahead, ahead + 1).exact)
        if ref is not None and not (modality == "target" and self._dates_the_setting(found, ref, mood)):
            return ref.period
        if modality == "actual" and found.amount is not None and not mood.negated and self._recent(n):
            return self._state.period or Period()
        return Period()

    def _dates_the_setting(self, found: _Found, ref: TimeRef, mood: moods.Mood) -> bool:
        """Whether a past date beside a target is the day it was set or met, not the day it is for."""
        if ref.period.relation != "during":
            return False
        if mood.met and ref.start < found.start:
            return True
        published = self._document.published_on
        over = published is not None and ref.period.end is not None and ref.period.end < published
        return over and not {"target_for"} & self._reading.tokens[ref.start - 1].values.keys()

    def _recent(self, n: int) -> bool:
        """Whether the sentence goes on about the time of the one before it."""
        paragraph = self._reading.sentences[n].paragraph
        return n - self._state.sentence <= _TIME_SENTENCES and paragraph - self._state.paragraph <= _TIME_PARAGRAPHS

    def _ahead(self, n: int, found: _Found) -> int | None:
        sentence, tokens = self._reading.sentences[n], self._reading.tokens
        near = range(max(sentence.start, found.start - _AHEAD_REACH), min(sentence.end, found.end + _AHEAD_REACH))
        return next((k for k in near if "ahead" in tokens[k].values), None)

    def _voice(self, n: int, at: int) -> Voice:
        if self._speakers is None:
            self._speakers = Speakers(self._reading, self._refs, self._document.published_on)
        return self._speakers.voice(n, at)

    def _attribution(self, voice: Voice) -> Attribution:
        if voice.speaker is None:
            return Attribution(holder=voice.holder.name if voice.holder else None)
        return Attribution(
            speaker=voice.speaker.name,
            speaker_role=voice.speaker.role,
            holder=voice.holder.name if voice.holder else None,
            relayed_by=self._document.agency,
            manner=voice.manner,
        )

    def _cues(self, found: _Found, mood: moods.Mood, voice: Voice, sentence: Sentence) -> tuple[Cue, ...]:
        spots: list[tuple[str, str, int, int]] = []
        if found.flow is not None:
            spots.append(("measure", f"flow/{found.flow.indicator}", found.flow.start, found.flow.end))
        if found.ref is not None:
            spots.append(("period", found.ref.rule, found.ref.start, found.ref.end))
        if found.amount is not None and found.amount.hedge is not None and found.quantity is not None:
            spots.append(("bound", found.quantity.bound, *found.amount.hedge))
        if mood.cue is not None:
            spots.append(("modality", mood.modality, mood.cue, mood.cue + 1))
        if found.part.cue is not None:
            spots.append(("role", found.part.role, found.part.cue, found.part.cue + 1))
        if voice.cue is not None:
            spots.append(("speaker", voice.manner, voice.cue, voice.cue + 1))
        return tuple(Cue(field=f, rule=r, anchor=self._anchor(a, b)) for f, r, a, b in spots)

    def _anchor(self, start: int, end: int) -> Anchor:
        first, last = self._reading.tokens[start].start, self._reading.tokens[end - 1].end
        return Anchor(start=first, end=last, exact=self._reading.text[first:last])

    def _confidence(self, found: _Found) -> float:
        doubts = (found.flow is None, found.flow is not None and not found.flow.placed, found.ref is None)
        return round(0.97 - 0.07 * sum(doubts), 2)

    # ------------------------------------------------------------ what the text speaks of

    def _turn(self, sentence: Sentence, n: int) -> None:
        tokens = self._reading.tokens
        pairs = places.joined(tokens, sentence.start, sentence.end)
        heading = places.place(tokens, sentence.start)
        home = self._focus.home(heading.code) if heading else None
        if heading is not None and home is not None and tokens[min(sentence.start + 1, sentence.end - 1)].raw == ":":
            measure = structs.replace(self._state.total, reporter=home, partner=heading.code) if self._state.total else None
            self._state = self._state._replace(pair=(home, heading.code), measure=measure, total=measure)
            return
        pairs = pairs or places.coordinated(tokens, sentence.start, sentence.end)
        if pairs:
            self._state = self._state._replace(pair=pairs[0][2])

    def _remember(self, n: int, spoken: list[Flow]) -> None:
        """Keep the measure that a sentence speaks of even where it gives no figure."""
        if spoken and self._state.sentence != n:
            measure = measures.resolve(spoken[-1], self._reading.tokens, self._focus, self._state)
            if measure is not None and measure.indicator in _ABOUT_TRADE:
                self._state = self._state._replace(
                    measure=measure, pair=self._pair(measure), sentence=n, paragraph=self._reading.sentences[n].paragraph
                )

    def _pair(self, measure: Measure) -> tuple[str, str] | None:
        return (measure.reporter, measure.partner) if measure.reporter and measure.partner else self._state.pair

    def _scheduled(self, found: list[Claim]) -> list[Claim]:
        """Give "ahead of schedule" the deadline of the same target elsewhere in the document, and make its repetitions targets."""
        known = {
            (c.quantity.value, c.quantity.unit): c.deadline or c.period.end
            for c in found
            if c.quantity and c.modality in ("target", "forecast") and (c.deadline or c.modality == "target")
        }
        out = []
        for c in found:
            key = (c.quantity.value, c.quantity.unit) if c.quantity else None
            if c.period.relation == "before" and key in known and known[key]:
                out.append(structs.replace(c, deadline=known[key]))
            elif key in known and c.modality == "actual" and c.role == "level" and self._unsaid(c):
                out.append(structs.replace(c, modality="target"))
            else:
                out.append(c)
        return out

    def _unsaid(self, claim: Claim) -> bool:
        """Whether no verb says that the amount is real."""
        return not any(cue.field in ("modality", "role") for cue in claim.cues) and claim.quantity is not None and (
            claim.quantity.bound == "exact" and claim.period.start is None
        )



def _fiscal_year(about: Focus) -> areas.FiscalYear | None:
    """The fiscal year of the most named area that has one."""
    known = [found for code in about.areas[:_MAIN_AREAS] if (found := areas.fiscal_year(code))]
    return min(known, key=lambda year: year.month == _OCTOBER, default=None)
