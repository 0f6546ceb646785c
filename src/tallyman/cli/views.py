"""How claims, targets and documents are shown: the columns of tables and CSV, the shape of JSON objects."""

from __future__ import annotations

from collections import Counter
from itertools import chain
from operator import attrgetter
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, NamedTuple, get_args

import msgspec

from tallyman import quantity, wording
from tallyman.cli.output import Column, View, attributes, exported
from tallyman.model import Label
from tallyman.publish import sarif, words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from tallyman.ledger import Checked, Explained, Followed
    from tallyman.model import Claim, Cue, Document, Measure, Verdict
    from tallyman.publish.sarif import Judged

_SHORT_NAME = 18
_SURE = 0.001
_SHORT_ID = len("clm_0123456")


class Field(NamedTuple):
    """A field of a claim with the words it was read from and the rule that read them."""

    field: str
    value: str
    words: str
    rule: str


def place(document: Document, claim: Claim) -> str:
    """Return where a claim stands, as compilers write it: ``path:line:column``, both from 1."""
    at = sarif.place(document.text, claim.anchor.start, claim.anchor.end)
    return f"{document.path or document.id}:{at.line}:{at.column}"


def finding(row: Judged) -> str:
    """Return a claim and its verdicts on one line; the explanation twice only if the two differ."""
    then, today = row.then, row.today
    verdicts, why = str(then.label), today.explanation
    if then.label != today.label:
        verdicts = f"{then.label} then, {today.label} today"
        why = f"Then: {then.explanation} Today: {today.explanation}"
    perhaps = " ".join(today.suspicions)
    line = f"{place(row.document, row.claim)}: {verdicts}: {row.claim.anchor.exact}: {why} {perhaps}"
    return " ".join(line.split())


def explanation(found: Explained) -> Iterator[str]:
    """Yield the lines that explain a claim: sentence, fields with their cues, verdicts, official rows."""
    claim, document = found.checked.claim, found.document
    yield f"{claim.id}  {place(document, claim)}"
    yield _headed(document)
    yield ""
    yield _marked(document, claim)
    yield ""
    for row in fields(found):
        cue = f'   <- "{row.words}" ({row.rule})' if row.words else ""
        yield f"  {row.field:<12} {row.value}{cue}"
    for name, verdict in (("then", found.checked.verdict_then), ("today", found.checked.verdict_today)):
        yield ""
        yield f"{name} ({verdict.as_of}): {words.say(f'label.{verdict.label}')} [{verdict.rule}]"
        yield f"  {verdict.explanation}"
        yield from (f"  {suspicion}" for suspicion in verdict.suspicions)
    if found.observations:
        yield ""
        yield "official rows used:"
    for used in found.observations:
        yield f"  {used.id}  {used.provider}  {words.period(used.period)}  {words.amount(used)}"
        yield f"    released {used.released_on} ({used.release_kind})  {used.source_url or ''}"


def fields(found: Explained) -> list[Field]:
    """Return the fields of a claim that have a value or a cue."""
    claim = found.checked.claim
    values = {
        "quantity": words.figure(claim),
        "measure": words.measure(claim.measure),
        "role": claim.role,
        "period": words.period(claim.period),
        "modality": claim.modality,
        "deadline": _text(claim.deadline),
        "comparison": _text(claim.comparison.base if claim.comparison else None),
        "speaker": words.who(claim.attribution),
        "said_on": _text(claim.said_on),
        "negated": "yes" if claim.negated else "",
    }
    cues: dict[str, list[Cue]] = {}
    for cue in claim.cues:
        cues.setdefault(cue.field, []).append(cue)
    names = dict.fromkeys(chain((name for name, value in values.items() if value), cues))
    return [
        Field(
            field=name,
            value=values.get(name, ""),
            words=" ... ".join(" ".join(cue.anchor.exact.split()) for cue in cues.get(name, ())),
            rule=", ".join(dict.fromkeys(cue.rule for cue in cues.get(name, ()))),
        )
        for name in names
    ]


def followed(row: Followed) -> dict[str, object]:
    """Return a target as a JSON object: its fields, its status with the day it could be known, its events."""
    leading = row.events[0] if row.events else None
    return {
        **msgspec.structs.asdict(row.target),
        "status": leading.status if leading else "open",
        "status_on": leading.on if leading else None,
        "months_ahead": leading.months_ahead if leading else None,
        "explanation": leading.explanation if leading else None,
        "events": row.events,
        "declared": row.declared,
    }


def tally(rows: Sequence[Checked]) -> list[str]:
    """Return how many claims have which verdict, then and today, one line a label."""
    then = Counter(row.verdict_then.label for row in rows)
    today = Counter(row.verdict_today.label for row in rows)
    return [f"{len(rows)} claims", f"  {'':<22}{'when said':>10}{'today':>8}"] + [
        f"  {words.say(f'label.{label}'):<22}{then[label]:>10}{today[label]:>8}" for label in get_args(Label)
    ]


def _marked(document: Document, claim: Claim) -> str:
    clause, anchor = claim.clause, claim.anchor
    before = document.text[clause.start : anchor.start]
    after = document.text[anchor.end : clause.end]
    return " ".join(f"{before}>>{anchor.exact}<<{after}".split())


def _headed(document: Document) -> str:
    dated = f"{document.published_on} ({document.date_basis})" if document.published_on else "no date"
    known = (document.title, document.outlet or document.agency, dated)
    return ", ".join(part for part in known if part)


def _text(value: date | str | None) -> str:
    return "" if value is None else str(value)


def subject(measure: Measure) -> str:
    """Return what is measured, short: ``CN-RU trade`` (in this order whoever reports), ``RU-IN exports``."""
    pair = [measure.reporter or "?", measure.partner or "?"]
    if measure.indicator == "total_trade":
        pair.sort()
    return f"{'-'.join(pair)} {wording.say(f'indicator.{measure.indicator}')}"


def chance(probability: float | None) -> str:
    """Return a probability that promises no more than it can: ``38.2%``, ``> 99.9%``."""
    if probability is None:
        return ""
    if not _SURE <= probability <= 1 - _SURE:
        return f"< {_SURE:.1%}" if probability < _SURE else f"> {1 - _SURE:.1%}"
    return f"{probability:.1%}"


def _label(verdict: Verdict) -> str:
    return words.say(f"label.{verdict.label}")


def _of_claim(column: Column) -> Column:
    return Column(column.name, lambda row: column.cell(row.claim), column.right)


def _bare(claim: Claim) -> SimpleNamespace:
    return SimpleNamespace(claim=claim)


_FIGURE = (
    Column("figure", words.figure),
    Column("measure", lambda claim: subject(claim.measure)),
    Column("period", lambda claim: words.period(claim.period)),
)
EXTRACTED = View(
    table=(
        Column("place", lambda claim: f"{Path(claim.path or '').stem[:_SHORT_NAME]}:{claim.anchor.start}"),
        *_FIGURE,
        Column("modality", attrgetter("modality"), whole=True),
        Column("who", lambda claim: words.who(claim.attribution)),
    ),
    csv=lambda: exported("claims", _bare),
)
CHECKED = View(
    table=(
        Column("claim", lambda row: row.claim.id[:_SHORT_ID], whole=True),
        Column("said", lambda row: row.claim.said_on, whole=True),
        *map(_of_claim, _FIGURE),
        Column("then", lambda row: _label(row.verdict_then)),
        Column("today", lambda row: _label(row.verdict_today)),
    ),
    csv=lambda: exported("claims", lambda row: row),
)


def _outcome(row: Followed) -> str:
    goal = f"{quantity.format(row.target.quantity)} {words.due(row.target.deadline)}"
    return f"{goal}: {followed(row)['explanation']}"


FOUND = View(
    table=(),
    csv=lambda: exported("claims", lambda row: row),
    json=lambda row: {"claim": row.claim, "verdict_then": row.then, "verdict_today": row.today},
)
FOLLOWED = View(
    table=(
        Column("target", lambda row: quantity.format(row.target.quantity)),
        Column("measure", lambda row: subject(row.target.measure)),
        Column("deadline", lambda row: words.due(row.target.deadline)),
        Column("set on", lambda row: row.target.set_on, whole=True),
        Column("set by", lambda row: row.target.set_by),
        Column("status", lambda row: words.say(f"status.{followed(row)['status']}")),
        Column("known on", lambda row: followed(row)["status_on"], whole=True),
    ),
    note=_outcome,
    csv=lambda: exported("targets", lambda row: row),
    json=followed,
)
DOCUMENTS = View(
    table=(
        Column("published", attrgetter("published_on"), whole=True),
        Column("known from", attrgetter("date_basis")),
        Column("outlet", lambda row: row.outlet or row.agency),
        Column("title", attrgetter("title")),
        Column("file", lambda row: Path(row.path or "").name),
    ),
    csv=lambda: exported("documents", lambda row: row),
)
OBSERVATIONS = View(
    table=(
        Column("provider", attrgetter("provider")),
        Column("measure", lambda row: subject(row.measure)),
        Column("period", lambda row: words.period(row.period), whole=True),
        Column("figure", words.amount, right=True),
        Column("released", attrgetter("released_on"), whole=True),
        Column("status", lambda row: "" if row.status == "normal" else row.status),
    ),
    csv=lambda: exported("observations", lambda row: row),
)
FORECASTS = View(
    table=(
        Column("provider", attrgetter("provider")),
        Column("measure", lambda row: subject(row.measure)),
        Column("period", lambda row: words.period(row.period), whole=True),
        Column("5 %", lambda row: words.rounded(row.quantiles["0.05"]), right=True),
        Column("median", lambda row: words.rounded(row.quantiles["0.5"]), right=True),
        Column("95 %", lambda row: words.rounded(row.quantiles["0.95"]), right=True),
        Column("probability", lambda row: chance(row.probability)),
    ),
    csv=lambda: attributes("id", "provider", "as_of", "method", "threshold", "probability"),
    json=lambda row: {"series": subject(row.measure), **msgspec.structs.asdict(row)},
)
EXPLAINED = View(table=(), csv=lambda: attributes("field", "value", "words", "rule"))
REJECTS = View(
    table=tuple(Column(name, attrgetter(name)) for name in ("source", "place", "reason", "fix")),
    csv=lambda: attributes("source", "place", "reason", "fix"),
)
