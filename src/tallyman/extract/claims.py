"""From a document to its claims: what each figure about trade measures, when, how sure, and who says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import structs

from tallyman import areas, lexicon
from tallyman.extract import (
    beside,
    build,
    figures,
    flows,
    halves,
    headings,
    lists,
    measured,
    measures,
    products,
    ranks,
    records,
    roles,
    schedule,
    shares,
    takers,
)
from tallyman.extract.places import OTHERS
from tallyman.extract.scene import NARROW_TRADE, Found, Scene, is_earlier
from tallyman.extract.times import Times
from tallyman.model import Measure
from tallyman.quantity import is_traded, units

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tallyman.extract.amounts import Amount
    from tallyman.extract.flows import Flow
    from tallyman.extract.ranks import Rank
    from tallyman.model import Claim, Document, Indicator

_TRADE_SHARE, _NEAR, _HEADED = 10, 3, 6
_MASS, _MANY = "mass", 1000
_BOTH = frozenset({"exports", "imports"})


def claims(document: Document) -> list[Claim]:
    """Return the claims of a document in order; pure, and linear in the length of the text.

    A language without a lexicon gives none. Where the text names no pair, period or speaker, the field is
    empty. A document that hardly speaks of trade gives only the figures that do so by their own words; one with
    amounts of both exports and imports is about trade, though it may never name the country.
    """
    language = document.language if document.language in lexicon.languages() else "en"
    if document.language not in (language, "und"):
        return []
    return _Walk(Scene(document, lexicon.load(language))).claims()


def _is_no_goods(scene: Scene, amount: Amount) -> bool:
    """Whether a figure counts people, firms, visits or the like, a handful of anything, a way, or one bag of many."""
    few = amount.kind in ("number", "count") and amount.factor == 1
    few = few and not (amount.goods and amount.quantity.value >= _MANY)
    measured = amount.kind == "physical" and not is_traded(amount.quantity.unit)
    after = scene.tokens[amount.end].values if amount.end < len(scene.tokens) else {}
    packed = amount.kind == "physical" and "packing" in after
    return few or measured or packed or (amount.kind == "count" and not amount.goods)


class _Walk:
    """Goes through the sentences of a scene once."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._plain: set[str] = set()
        self._placed = -_NEAR - 1
        self._ranked: Measure | None = None
        self._held: list[tuple[int, Measure]] = []
        self._halves: dict[int, Flow] = {}
        self._goods: dict[int, str | None] = {}
        self._inside: dict[int, str] = {}
        self._taken: dict[int, takers.Taking] = {}
        self._stuff: dict[tuple[str | None, str | None], str | None] = {}
        self._told: roles.Told | None = None
        self._parted = -_NEAR - 1
        self._items = -_NEAR - 1
        self._sides: set[Indicator] = set()
        self._faced = False

    def claims(self) -> list[Claim]:
        scene = self._scene
        found = [claim for n in range(len(scene.reading.sentences)) for claim in self._of_sentence(n)]
        # Trade with a named partner without its owner is too little to be told.
        if not self._sides >= _BOTH or self._faced:
            found = [claim for claim in found if measures.is_owned(claim.measure)]
        if self._sides >= _BOTH:
            return schedule.settle(found)
        plain = [claim for claim in found if claim.id in self._plain]
        shown = sum(a.kind in ("money", "percent", "pp") for row in scene.amounts for a in row)
        return schedule.settle(plain if len(plain) * _TRADE_SHARE < shown else found) if plain else []

    def _of_sentence(self, n: int) -> Iterator[Claim]:
        scene = self._scene
        sentence, amounts, before = scene.sentences[n], scene.amounts[n], scene.state.measure
        pair = scene.focus.pair if scene.focus.bilateral else None
        way, national = before.indicator if before else None, scene.focus.whole is not None
        spoken = flows.find(scene.reading, sentence, way, pair, national=national)
        scene.turn(n)
        self._told = None
        if spoken and any(figures.speaks_plainly(scene, flow) for flow in spoken):
            self._placed = n
        ranked = ranks.find(scene.reading, sentence, amounts)
        self._ranked, self._held = None, []
        owners = {rank.owner for rank in ranked} if ranked else set()
        if ranked:
            spoken = [f for f in spoken if not any(r.owner and r.start < f.start < r.end for r in ranked)]
        for rank in ranked:
            self._head(rank, spoken)
        if self._items == n - 1 and lists.is_item(scene.tokens, sentence, amounts):
            self._items = n
        if amounts:
            times = Times(scene.reading, sentence, scene.refs, amounts)
            listed = lists.assigned(scene.reading, sentence, amounts, owners)
            taken = takers.assigned(scene, n, spoken, owners)
            self._taken = {
                start: one for start, one in taken.items() if listed.get(start, one.code) == one.code
            }
            spoken = takers.without(spoken, self._taken.values())
            listed |= {start: one.code for start, one in self._taken.items()}
            self._goods = products.assigned(scene.reading, sentence, amounts)
            self._inside = beside.inside(scene.tokens, sentence, amounts)
            self._halves = halves.assigned(scene.reading, sentence, amounts, spoken)
            previous, spoken_of = sentence.start, scene.state.pair
            for amount in amounts:
                yield from self._of_amount(n, amount, spoken, times, listed, previous)
                previous = amount.end
            if len(set(listed.values())) > 1:
                scene.state = measures.listed(scene.state, set(listed.values()), spoken_of)
        if ranked:
            yield from self._ranks(n, ranked, spoken)
        scene.remember(n, spoken)
        if spoken and lists.opens(scene.tokens, sentence):
            self._items = n

    def _head(self, rank: Rank, spoken: list[Flow]) -> None:
        """Let a rank head the figures behind it: whose they are, with whom, and from which side."""
        scene = self._scene
        if rank.several and rank.indicator == "investment":
            scene.state = structs.replace(scene.state, side=rank.ranked or scene.state.side)
            return
        if rank.several:
            self._ranked = self._ranked or headings.of_list(rank, scene.focus, scene.state)
            return
        held = headings.ranked(rank, scene.focus, scene.state) if rank.ranked and not rank.world else None
        if held is None:
            return
        trades = "owner_trader" in scene.tokens[rank.end - 1].values
        heads = headings.heading(held, scene.state, trades=trades)
        behind = any(f.start >= rank.end and not f.placed for f in spoken)
        invests = held.indicator == "investment"
        home = scene.focus.home(None) if behind and not invests else None
        scene.state = measures.turned(scene.state, heads if invests else held, home)
        self._held.append((rank.end, heads))
        self._ranked = self._ranked or heads

    def _of_amount(
        self, n: int, amount: Amount, spoken: list[Flow], times: Times, listed: dict[int, str], previous: int
    ) -> Iterator[Claim]:
        scene, tokens, sentence = self._scene, self._scene.tokens, self._scene.sentences[n]
        meant = self._meant(n, amount, spoken, listed)
        if meant is None:
            return
        amount, flow, general = meant
        base, before = times.base_of(amount), scene.state.period
        left = flow.start if flow and flow.start < amount.start else sentence.start
        near = max(left, previous) if amount.kind == "money" else left
        shared = self._goes_on_shares(n, amount)
        part = (
            roles.Part("share")
            if self._items == n and amount.kind == "percent"
            else roles.part(tokens, amount, sentence, near, base, self._told, of_shares=shared)
        )
        if part is None:
            return
        measure = self._specific(n, general, amount, flow, listed, shared=part.role == "share")
        if amount.start in listed:
            general = scene.state.measure or general if part.role == "share" and scene.state.here else general
        elif part.role == "share" or shares.is_taken(tokens, amount, sentence):
            measure = self._shared(n, amount, measure, flow)
            general = measure if general.partner is None or not flow or flow.partner else general
        moves = part.role in ("change", "multiple")
        ref, base = times.dating(amount, flow.start if flow else None, base, changes=moves)
        spare = times.spare(amount) if ref is None else None
        if roles.is_passed(tokens, part):
            ref = None
        figure = (n, amount.start, amount.end, amount.quantity)
        found = Found(
            *figure, part, measure, flow, ref, base, amount, spare=spare, is_base=times.is_base(amount)
        )
        made = build.claims(scene, found)
        scene.note(found, made[0])
        self._note(n, flow, general, made)
        self._remember(n, amount, part)
        yield from made
        self._move_on(n, amount, flow, general, made[0], aside=times.is_aside(amount, ref))
        alone = part.role == "share" and len(scene.amounts[n]) == 1
        back = alone and is_earlier(scene.state.period, before)
        scene.pass_by(n, before, passing=back or times.is_passing(ref), told=made[0].period if ref else None)

    def _meant(
        self, n: int, amount: Amount, spoken: list[Flow], listed: dict[int, str]
    ) -> tuple[Amount, Flow | None, Measure] | None:
        """Return a figure in its unit, its flow and what it measures; ``None`` where it is not one of trade."""
        scene = self._scene
        amount = figures.in_unit(scene, n, amount, listed=amount.start in listed)
        if amount.converts is not None or _is_no_goods(scene, amount):
            return None
        flow = self._halves.get(amount.start) or measured.flow_of(scene, amount, spoken)
        flow = flow and measured.signed(scene, flow, amount)
        general = self._general(n, amount, flow, spoken, listed)
        if general is None or figures.excluded(scene, n, amount, flow, general.indicator):
            return None
        amount = figures.in_currency(scene, amount)
        return None if amount.kind == "number" else (amount, flow, general)

    def _note(self, n: int, flow: Flow | None, general: Measure, made: list[Claim]) -> None:
        """Note what a figure tells of its report: whether it is plainly on trade, and of which flows."""
        if flow is not None and self._is_plain(n, flow):
            self._plain.update(claim.id for claim in made)
        if flow is not None and not flow.verb and not flow.weak:
            self._sides.add(flow.indicator)
            self._faced = self._faced or not (flow.partner is None or measures.is_owned(general))

    def _general(
        self, n: int, amount: Amount, flow: Flow | None, spoken: list[Flow], listed: dict[int, str]
    ) -> Measure | None:
        """Return what a figure measures by its flow, or by what the text goes on about."""
        scene = self._scene
        if (taken := self._taken.get(amount.start)) is not None:
            return Measure(indicator=taken.way, reporter=taken.home)
        if amount.kind == "pp" and self._told is not None and self._told.part.role == "share":
            return scene.state.measure
        if flow is not None:
            meant = next(
                (f for f in reversed(spoken) if f.end <= flow.start and measures.is_again(flow, f)), flow
            )
            meant = measures.parted(meant, [f for f in spoken if f.end <= amount.start < flow.start])
            measure = measures.resolve(meant, scene.tokens, scene.focus, scene.state)
            if (
                measure is None
                and meant.partner
                and not (meant.weak or meant.reporter)
                and amount.start in listed
            ):
                own = structs.replace(meant, reporter=listed[amount.start])
                measure = measures.resolve(own, scene.tokens, scene.focus, scene.state)
            return measure if amount.start in listed else self._headed(amount, flow, measure)
        if amount.start in listed and (placed := figures.placed(scene, n, amount)) is not None:
            return placed
        if self._items == n:
            return scene.state.measure
        behind = (held for end, held in reversed(self._held) if end <= amount.start)
        return next(behind, self._ranked) or figures.carried(scene, n, amount, listed=amount.start in listed)

    def _heading(self, at: int) -> Measure | None:
        """The measure of the rank right before a token."""
        return next((held for end, held in reversed(self._held) if end <= at <= end + _HEADED), None)

    def _headed(self, amount: Amount, flow: Flow, measure: Measure | None) -> Measure | None:
        """Put in the partner whose rank heads a figure: "Peru is the top buyer of its exports with $5 billion"."""
        held = self._heading(min(flow.start, amount.start))
        if held is None or measure is None or measure.partner:
            return measure
        if measure.reporter == held.partner:
            return structs.replace(measure, partner=held.reporter)
        fits = measure.reporter == held.reporter and held.indicator in ("total_trade", measure.indicator)
        return structs.replace(measure, partner=held.partner) if fits and not flow.world else measure

    def _goes_on_shares(self, n: int, amount: Amount) -> bool:
        """Whether the percentage before a figure was a share, in its sentence or in a list that this one goes on."""
        if self._told is not None or amount.kind != "percent":
            return self._told is not None and self._told.part.role == "share"
        scene = self._scene
        return n - self._parted <= _NEAR and shares.lists_on(scene.tokens, amount, scene.sentences[n])

    def _remember(self, n: int, amount: Amount, part: roles.Part) -> None:
        """Note what was told last, and where the last share was."""
        self._told = roles.remembered(self._told, amount, part)
        if amount.kind == "percent":
            self._parted = n if part.role == "share" else -_NEAR - 1

    def _is_plain(self, n: int, flow: Flow) -> bool:
        """Whether a flow is trade beyond doubt by its own words, or a noun of trade right behind one that is."""
        near = n - self._placed <= _NEAR and flow.indicator in NARROW_TRADE
        return figures.speaks_plainly(self._scene, flow) or (near and not flow.verb and not flow.weak)

    def _specific(
        self,
        n: int,
        general: Measure,
        amount: Amount,
        flow: Flow | None,
        listed: dict[int, str],
        *,
        shared: bool,
    ) -> Measure:
        measure = headings.of_part(general, self._inside.get(amount.start)) or general
        if amount.start in listed and flow and lists.is_subject(self._scene.tokens, amount, flow):
            measure = structs.replace(measure, reporter=listed[amount.start])
        elif amount.start in listed:
            scene, focus = self._scene, self._scene.focus
            side = self._scene.state.side
            told = (focus.whole, focus.teller, *focus.areas)
            home = next((code for code in told if code and code not in listed.values()), None)
            if (own := headings.of_member(measure, listed[amount.start])) is not None:
                return own
            if listed[amount.start] == OTHERS:
                measure = structs.replace(measure, partner=None)
            elif beside.goes_to(scene.tokens, scene.sentences[n], amount, measure) == listed[amount.start]:
                measure = structs.replace(measure, partner=listed[amount.start])
            else:
                measure = lists.apply(
                    measure, listed[amount.start], listed.values(), home, side, shared=shared
                )
        product = self._goods.get(amount.start, measure.product)
        if amount.kind == "physical":
            taker = measure.reporter if measure.indicator == "imports" else measure.partner
            weighed = units()[amount.quantity.unit].dimension == _MASS
            stuff = (amount.quantity.unit, taker if weighed else None)
            product = self._goods.get(amount.start, product or self._stuff.get(stuff))
            self._stuff[stuff] = product
        return structs.replace(measure, product=product)

    def _shared(self, n: int, amount: Amount, measure: Measure, flow: Flow | None) -> Measure:
        """Put in who has the share: "Kazakhstan accounts for 45 percent of Iran's trade"."""
        codes = shares.holders(self._scene.tokens, amount, self._scene.sentences[n], measure.reporter)
        if len(codes) > 1:
            return structs.replace(measure, partner=None) if measure.partner in codes else measure
        if codes and (own := headings.of_member(measure, codes[0])) is not None:
            return own
        code = (
            codes[0] if codes else headings.sharer(measure, self._scene.state, self._goods.get(amount.start))
        )
        inside = measure.partner in areas.groups() and code in areas.members(measure.partner, None)
        told = flow is None or flow.partner is not None or flow.reporter != measure.reporter
        free = measure.partner is None or inside or (code is not None and not told)
        return structs.replace(measure, partner=code) if free else measure

    def _move_on(
        self, n: int, amount: Amount, flow: Flow | None, measure: Measure, made: Claim, *, aside: bool
    ) -> None:
        """Remember what the text speaks of now; neither the base of a comparison nor a forecast changes its time."""
        scene, sentence = self._scene, self._scene.sentences[n]
        actual = made.period if made.modality == "actual" else None
        goes_on = aside or made.modality == "forecast" or (actual is None and scene.state.sentence == n)
        bracketed = any("opening" in t.values for t in scene.tokens[max(amount.start - 2, 0) : amount.start])
        goes_on |= (scene.state.sentence == n or bracketed) and is_earlier(actual, scene.state.period)
        scene.state = structs.replace(
            scene.state,
            here=True,
            turned=False,
            measure=measure,
            pair=scene.pair(measure),
            sentence=n,
            paragraph=sentence.paragraph,
            period=scene.state.period if goes_on else actual,
            side=measures.side(measure, flow) or scene.state.side,
            product=made.measure.product,
            unit=scene.state.unit if amount.kind in ("percent", "pp", "times") else amount.quantity.unit,
            topic=scene.state.topic if scene.state.here and scene.state.topic else measure,
            total=measure if measure.indicator == "total_trade" else scene.state.total,
        )

    def _ranks(self, n: int, ranked: list[Rank], spoken: list[Flow]) -> Iterator[Claim]:
        scene, sentence = self._scene, self._scene.sentences[n]
        for rank in (rank for rank in ranked if not rank.several):
            before = [f for f in spoken if f.end <= rank.start]
            flow = before[-1] if before else spoken[0] if spoken else None
            if rank.indicator is not None:
                flow, measure = None, headings.ranked(rank, scene.focus, scene.state)
            elif flow is not None:
                measure = measures.resolve(flow, scene.tokens, scene.focus, scene.state)
            else:
                measure = scene.state.measure if scene.state.sentence == n else None
            if measure is not None:
                times = Times(scene.reading, sentence, scene.refs, scene.amounts[n])
                ref = times.of_rank(rank.start, rank.end, held=rank.indicator is not None)
                since = records.since(scene.refs, rank.start, rank.end)
                kind = rank.kind if since is not None or not rank.since else records.SINCE
                part = roles.Part("rank")
                found = Found(n, rank.start, rank.end, None, part, measure, flow, ref, since, kind=kind)
                made = build.claims(scene, found)
                if rank.owner and rank.ranked and not rank.loose and rank.indicator == "total_trade":
                    self._plain.update(claim.id for claim in made)
                yield from made
