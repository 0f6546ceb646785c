"""Changes: rates of growth, differences in money or points, and multiples of an earlier level."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from tallyman.check.answer import Answer, decided, silence
from tallyman.check.level import missing
from tallyman.interval import Interval
from tallyman.model import Noun, Observation
from tallyman.period import previous_year, span_before
from tallyman.reading import Reading, agreement, written
from tallyman.wording import figure, growth, released, say, span

if TYPE_CHECKING:
    from tallyman.check.question import Question
    from tallyman.period import Span
    from tallyman.source import Source

_JUST_BEFORE = "month_on_month"
_HUNDREDTH = Decimal("0.01")
_PERCENT = Decimal(100)


class Pair(Noun, frozen=True, kw_only=True):
    """The level of a span and of the span it is compared with."""

    later: Reading
    earlier: Reading

    @property
    def rows(self) -> tuple[Observation, ...]:
        """The observations behind both levels."""
        return self.later.rows + self.earlier.rows

    def ratio(self) -> Interval:
        """Return what the rounding of both levels leaves open for their ratio."""
        return Interval(
            low=_divide(self.later.span.low, self.earlier.span.high),
            high=_divide(self.later.span.high, self.earlier.span.low),
        )


def _divide(one: Decimal | None, other: Decimal | None) -> Decimal | None:
    return one / other if one is not None and other else None


def base_of(question: Question, when: Span) -> Span:
    """Return the span a change is measured against: as the claim says, else the same span a year earlier."""
    comparison = question.claim.comparison
    if comparison and comparison.base_start and comparison.base_end:
        return comparison.base_start, comparison.base_end
    if comparison and comparison.base == _JUST_BEFORE:
        return span_before(*when)
    return previous_year(*when)


def rate(source: Source, question: Question, when: Span) -> Answer:
    """Hold a rate against printed growth first, then against growth recomputed on the day's vintage.

    Either agreement supports it: a provider prints growth against a revised base, and a reader who divides
    the numbers at hand is not wrong. A partner's count of one flow supports a rate but never refutes it.
    """
    base = base_of(question, when)
    pair = _pair(source, when, base)
    printed = source.growth(when, question.currency) if base == previous_year(*when) else []
    if not printed and pair is None:
        return missing(source, question, when)
    answers = [_printed(source, question, when, printed, pair)] if printed else []
    if pair is not None and pair.earlier.value > 0 and question.currency == source.series.unit:
        answers.append(_recomputed(source, question, pair))
    if not answers:
        return missing(source, question, when)
    answer = next((found for found in answers if found.label == "supported"), answers[0])
    if source.mirrored and answer.label == "refuted":
        return silence(source, "growth.mirror", say("growth.mirror", counted=answer.text), answer.rows)
    return answer


def _printed(
    source: Source, question: Question, when: Span, printed: list[Observation], pair: Pair | None
) -> Answer:
    fitting = [row for row in printed if _fits(question, row)]
    row = (fitting or printed)[-1]
    counted = say(
        "growth.printed",
        provider=source.label,
        growth=growth(row.value),
        indicator=say(f"indicator.{source.indicator}"),
        span=span(*when),
        released=released([row]),
        recomputed=_beside(source, row, pair),
    )
    rows = (row, *(pair.rows if pair else ()))
    return decided(
        source,
        question,
        fits=bool(fitting),
        rule="growth.printed",
        counted=counted,
        observed=row.value,
        rows=rows,
        unit="percent",
    )


def _fits(question: Question, row: Observation) -> bool:
    exact = row.status != "rounded" and question.step >= (row.step or 0)
    return question.interval.holds(row.value) if exact else question.interval.meets(written(row))


def _beside(source: Source, row: Observation, pair: Pair | None) -> str:
    """Say what the levels of the day give, and which base the printed rate stands on instead."""
    if pair is None or pair.earlier.value <= 0 or row.currency != source.series.unit:
        return ""
    percent = (pair.later.value / pair.earlier.value - 1) * _PERCENT
    base = pair.later.value / (1 + row.value / _PERCENT)
    if _percent(pair.ratio()).meets(written(row)):
        return ""
    return say(
        "growth.recomputed_beside",
        growth=growth(percent.quantize(_HUNDREDTH)),
        base=figure(_rounded(base, pair.earlier), source.series.unit),
    )


def _rounded(value: Decimal, like: Reading) -> Decimal:
    step = like.terms[0].row.step or Decimal(1)
    return (value / step).quantize(Decimal(1)) * step


def _recomputed(source: Source, question: Question, pair: Pair) -> Answer:
    percent = ((pair.later.value / pair.earlier.value - 1) * _PERCENT).quantize(_HUNDREDTH)
    counted = _counted("growth.recomputed", source, pair, growth=growth(percent))
    fits = agreement(question.interval, percent, _percent(pair.ratio()), pair.rows)
    if fits is None:
        return _too_round(source, question, counted, pair)
    return decided(
        source,
        question,
        fits=fits,
        rule="growth.recomputed",
        counted=counted,
        observed=percent,
        rows=pair.rows,
        unit="percent",
    )


def _percent(ratio: Interval) -> Interval:
    return Interval(
        low=None if ratio.low is None else (ratio.low - 1) * _PERCENT,
        high=None if ratio.high is None else (ratio.high - 1) * _PERCENT,
    )


def difference(source: Source, question: Question, when: Span) -> Answer:
    """Hold an increase in money against the difference of two levels."""
    pair = _pair(source, when, base_of(question, when))
    if pair is None:
        return missing(source, question, when)
    value = pair.later.value - pair.earlier.value
    slack = source.slack(pair.later) + source.slack(pair.earlier)
    fits = agreement(question.interval.widened(slack), value, _difference(pair), pair.rows)
    counted = _counted("growth.change", source, pair, difference=figure(value, source.series.unit))
    if fits is None:
        return _too_round(source, question, counted, pair)
    return decided(
        source, question, fits=fits, rule="growth.difference", counted=counted, observed=value, rows=pair.rows
    )


def _difference(pair: Pair) -> Interval:
    later, earlier = pair.later.span, pair.earlier.span
    return Interval(
        low=None if later.low is None or earlier.high is None else later.low - earlier.high,
        high=None if later.high is None or earlier.low is None else later.high - earlier.low,
    )


def points(source: Source, question: Question, when: Span) -> Answer:  # noqa: ARG001 - a rule like the others
    """Answer for a change in percentage points, which no series here can decide."""
    return silence(source, "growth.points", say("not_checkable.no_shares"))


def multiple(source: Source, question: Question, when: Span) -> Answer:
    """Hold "doubled since" against the ratio of two levels."""
    pair = _pair(source, when, base_of(question, when))
    if pair is None or pair.earlier.value <= 0:
        return missing(source, question, when)
    ratio = (pair.later.value / pair.earlier.value).quantize(_HUNDREDTH)
    counted = _counted("growth.multiple", source, pair, ratio=ratio)
    fits = agreement(question.interval, ratio, pair.ratio(), pair.rows)
    if fits is None:
        return _too_round(source, question, counted, pair)
    return decided(
        source, question, fits=fits, rule="growth.multiple", counted=counted, observed=ratio, rows=pair.rows
    )


def _too_round(source: Source, question: Question, counted: str, pair: Pair) -> Answer:
    text = say("level.too_round", counted=counted, figure=question.words)
    return silence(source, "level.too_round", text, pair.rows)


def _counted(key: str, source: Source, pair: Pair, **values: object) -> str:
    unit = source.series.unit
    return say(
        key,
        provider=source.label,
        indicator=say(f"indicator.{source.indicator}"),
        value=figure(pair.later.value, unit),
        span=span(pair.later.start, pair.later.end),
        before=figure(pair.earlier.value, unit),
        base_span=span(pair.earlier.start, pair.earlier.end),
        released=released(pair.rows),
        **values,
    )


def _pair(source: Source, when: Span, base: Span) -> Pair | None:
    later, earlier = source.level(when), source.level(base)
    return Pair(later=later, earlier=earlier) if later is not None and earlier is not None else None
