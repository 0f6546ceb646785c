"""What one provider answers, before all answers are joined to a verdict."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from tallyman.model import Basis, Label, Modality, Noun, Observation
from tallyman.wording import ends, figure, points, say, share

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tallyman.check.question import Question
    from tallyman.source import Source


_MISSED: dict[Modality, str] = {"forecast": "came_out", "target": "aimed"}


class Answer(Noun, frozen=True, kw_only=True):
    """One provider's answer: a label, the value it rests on and a clause that says why.

    ``tier`` is 0 for a statistical office, 1 for officials, 2 for others. ``counted`` is the part of the
    clause that says what the provider counted, ``gap`` the part that says by how much the claim misses it.
    """

    provider: str
    area: str | None
    tier: int
    basis: Basis
    label: Label
    rule: str
    text: str
    counted: str = ""
    gap: str = ""
    observed: Decimal | None = None
    deviation: Decimal | None = None
    rows: tuple[Observation, ...] = ()

    @property
    def decisive(self) -> bool:
        """Whether the answer says true or false."""
        return self.label in ("supported", "refuted")


def answered(
    source: Source,
    label: Label,
    rule: str,
    text: str,
    *,
    rows: Sequence[Observation] = (),
    observed: Decimal | None = None,
    deviation: Decimal | None = None,
) -> Answer:
    """Return a provider's answer, signed with its name and side."""
    return Answer(
        provider=source.series.provider,
        area=source.area,
        tier=source.tier,
        basis=source.series.basis,
        label=label,
        rule=rule,
        text=text,
        observed=observed,
        deviation=deviation,
        rows=tuple(rows),
    )


def silence(source: Source, rule: str, text: str, rows: Sequence[Observation] = ()) -> Answer:
    """Return the answer of a provider that has nothing to decide with."""
    return answered(source, "not_enough_evidence", rule, text, rows=rows)


def decided(
    source: Source,
    question: Question,
    *,
    fits: bool,
    rule: str,
    counted: str,
    observed: Decimal,
    rows: Sequence[Observation],
    unit: str | None = None,
) -> Answer:
    """Return the answer that compares an observed value with the claim's interval and says the gap."""
    unit = unit or question.unit
    deviation = question.interval.distance(observed)
    missed = gap(question, deviation, observed, unit) if deviation and not fits else ""
    text = f"{counted}; {claims(question, unit)}"
    if fits and deviation:
        text = f"{text}, and {say('level.allowed', gap=figure(abs(deviation), unit))}"
    return Answer(
        provider=source.series.provider,
        area=source.area,
        tier=source.tier,
        basis=source.series.basis,
        label="supported" if fits else "refuted",
        rule=rule,
        text=f"{text}, so {missed}" if missed else text,
        counted=counted,
        gap=missed,
        observed=observed,
        deviation=deviation,
        rows=tuple(rows),
    )


def claims(question: Question, unit: str) -> str:
    """Return what the words claim: "$140 billion claims $139.5 billion to $141 billion"."""
    return say("level.claims", figure=question.words, ends=ends(question.interval, unit))


def gap(question: Question, deviation: Decimal, observed: Decimal, unit: str) -> str:
    """Return how far off the claim is: a value above the interval means that the figure is too low."""
    kind = _MISSED.get(question.claim.modality, "too")
    key = f"{kind}_low" if deviation > 0 else f"{kind}_high"
    if unit in ("percent", "pp"):
        return say(f"size.{key}_points", points=points(abs(deviation)))
    return say(f"size.{key}", gap=figure(abs(deviation), unit), share=share(deviation, observed))
