"""A lexicon as an instrument: does every word and rule do what its examples promise, and which figures does none read.

>>> faults("en")
[]
"""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from tallyman import lexicon
from tallyman.extract import amounts, calendar
from tallyman.extract.claims import claims
from tallyman.extract.periods import find as times
from tallyman.extract.sentences import read
from tallyman.model import TallymanError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tallyman.extract.periods import TimeRef
    from tallyman.extract.sentences import Reading
    from tallyman.lexicon.pattern import Pattern
    from tallyman.model import Document

_EXAMPLE = re.compile(
    r"(?P<text>.+?) \| (?P<day>\S+)(?: => (?P<start>\S*?)\.\.(?P<end>\S*)(?: (?P<relation>\w+))?)?"
)
_FIGURE = re.compile(r"\d[\d.,]*")
_CONTEXT, _MOST_CONTEXTS = 40, 3


class Fault(NamedTuple):
    """Something in a lexicon that does not hold: the class or rule, the word, pattern or example, and what is wrong."""

    where: str
    what: str
    problem: str


class Uncovered(NamedTuple):
    """A shape of figure that nothing read: the words around it, how often, and where it stands, for example."""

    shape: str
    layer: str
    times: int
    contexts: tuple[str, ...]


class _Example(NamedTuple):
    text: str
    day: date
    start: date | None
    end: date | None
    relation: str | None
    dated: bool


def faults(language: str = "en") -> list[Fault]:
    """Return what is wrong with a lexicon; an empty list if every promise of its file holds.

    Every class has ``examples`` that hold one of its words, every word is found as a token of its class. Every
    rule has ``examples`` that it reads as told, every pattern of it is matched by one of them, and none of its
    ``counterexamples`` is read by it.
    """
    data, lex = lexicon.source(language), lexicon.load(language)
    found = [*_of_terms(data["term"], lex), *_of_macros(data)]
    for rule in lex.sections["no_amount"].rules:
        found += _of_rule(rule, lex, _bars)
    for rule in lex.sections["period"].rules:
        found += _of_rule(rule, lex, _dates)
    return found


def _of_terms(tables: dict[str, Any], lex: lexicon.Lexicon) -> Iterator[Fault]:
    for name, table in tables.items():
        if not table.get("examples"):
            yield Fault(f"term.{name}", "", "has no examples; add one")
        for example in table.get("examples", ()):
            if not any(name in token.values for token in lex.terms.scan(example)):
                yield Fault(f"term.{name}", example, "holds no word of the class")
        for word in (
            *table.get("words", ()),
            *(w for words in table.get("values", {}).values() for w in words),
        ):
            tokens = lex.terms.scan(word)
            if len(tokens) != 1 or name not in tokens[0].values:
                yield Fault(f"term.{name}", word, "is not found as one token of its class")


def _of_macros(data: dict[str, Any]) -> Iterator[Fault]:
    patterns = [p for rows in data["rule"].values() for row in rows for p in row["patterns"]]
    for name in data["macro"]:
        if not any(f"{{{name}}}" in pattern for pattern in patterns):
            yield Fault(f"macro.{name}", "", "is used by no pattern")


def _of_rule(rule: Pattern, lex: lexicon.Lexicon, holds: Any) -> Iterator[Fault]:
    examples, counterexamples = rule.data.get("examples", ()), rule.data.get("counterexamples", ())
    for name, rows in (("examples", examples), ("counterexamples", counterexamples)):
        if not rows:
            yield Fault(rule.name, "", f"has no {name}; add one")
    for example in examples:
        if problem := holds(rule, example, lex):
            yield Fault(rule.name, example, problem)
    for example in counterexamples:
        if not holds(rule, example, lex):
            yield Fault(rule.name, example, "is read by the rule, against its counterexample")
    readings = [read(example.partition(" | ")[0], lex).spots.kinds for example in examples]
    for form in rule.forms:
        if not any(form.regex.search(kinds) for kinds in readings):
            yield Fault(rule.name, form.source, "is matched by no example; add one")


def _bars(rule: Pattern, example: str, lex: lexicon.Lexicon) -> str | None:
    """Return why a rule of ``no_amount`` does not keep the figures of an example from being amounts."""
    reading = read(example, lex)
    found = [m for m in lex.find("no_amount", reading.tokens, reading.spots) if m.rule is rule]
    barred = {i for m in found for i in range(m.start, m.end)}
    if not barred:
        return "is not read by the rule"
    told = [
        a for row in amounts.find(reading, lex) for a in row if not barred.isdisjoint(range(a.start, a.end))
    ]
    return f"is an amount all the same: {told[0].quantity.value}" if told else None


def _dates(rule: Pattern, example: str, lex: lexicon.Lexicon) -> str | None:
    """Return why a rule of ``period`` does not read an example, or what it reads instead."""
    told = _example(rule, example)
    reading = read(told.text, lex)
    refs = [r for r in _refs(reading, lex, told.day) if r.rule == rule.name]
    if not refs or not told.dated:
        return None if refs else "is not read by the rule"
    wanted = (told.start, told.end, told.relation)
    if any((r.period.start, r.period.end, told.relation and r.period.relation) == wanted for r in refs):
        return None
    return "is read as " + " and ".join(f"{r.period.start}..{r.period.end} {r.period.relation}" for r in refs)


def _refs(reading: Reading, lex: lexicon.Lexicon, day: date) -> list[TimeRef]:
    taken = {
        i
        for row in amounts.find(reading, lex)
        for a in row
        if a.kind != "number"
        for i in range(a.start, a.end)
    }
    return times(reading, lex, calendar.Context(published=day), taken)


def _example(rule: Pattern, written: str) -> _Example:
    parts = _EXAMPLE.fullmatch(written)
    if parts is None:
        raise TallymanError(
            f"lexicon rule {rule.name!r}: cannot read the example {written!r}; "
            "write 'text | day of the report => first day..last day relation'"
        )
    start, end = (date.fromisoformat(day) if day else None for day in (parts["start"], parts["end"]))
    dated = parts["start"] is not None
    return _Example(parts["text"], date.fromisoformat(parts["day"]), start, end, parts["relation"], dated)


def coverage(documents: Iterable[Document], *, language: str = "en") -> list[Uncovered]:
    """Return the shapes of figures that nothing reads, the most frequent first, with contexts.

    ``layer`` "figure": digits that are neither part of an amount nor of a time. "claim": amounts with a unit
    that no claim takes up. A shape is the word before, the figure as ``#``, and the word after.
    """
    counts: Counter[tuple[str, str]] = Counter()
    contexts: dict[tuple[str, str], list[str]] = {}
    for document in documents:
        for key, context in _uncovered(document, lexicon.load(language)):
            counts[key] += 1
            shown = contexts.setdefault(key, [])
            if len(shown) < _MOST_CONTEXTS and context not in shown:
                shown.append(context)
    ranked = sorted(counts, key=lambda key: (-counts[key], key))
    return [
        Uncovered(shape, layer, counts[shape, layer], tuple(contexts[shape, layer]))
        for shape, layer in ranked
    ]


def _uncovered(document: Document, lex: lexicon.Lexicon) -> Iterator[tuple[tuple[str, str], str]]:
    reading = read(document.text, lex)
    rows = amounts.find(reading, lex)
    refs = times(reading, lex, calendar.Context(published=document.published_on))
    known = {i for row in rows for a in row for i in range(a.start, a.end)}
    known |= {i for ref in refs for i in range(ref.start, ref.end)}
    for i, token in enumerate(reading.tokens):
        if "num" in token.values and i not in known:
            yield (_shape(reading, i, i + 1), "figure"), _context(reading, i, i + 1)
    claimed = [(claim.anchor.start, claim.anchor.end) for claim in claims(document)]
    for amount in (a for row in rows for a in row if a.kind not in {"number", "count"}):
        start, end = reading.tokens[amount.start].start, reading.tokens[amount.end - 1].end
        if not any(first < end and start < last for first, last in claimed):
            yield (
                (_shape(reading, amount.start, amount.end), "claim"),
                _context(reading, amount.start, amount.end),
            )


def _shape(reading: Reading, start: int, end: int) -> str:
    words = [t.norm for t in reading.tokens[max(start - 1, 0) : start]]
    figure = reading.text[reading.tokens[start].start : reading.tokens[end - 1].end]
    words.append(_FIGURE.sub("#", figure).casefold())
    words += [t.norm for t in reading.tokens[end : end + 1]]
    return " ".join(words).replace("\n", "/")


def _context(reading: Reading, start: int, end: int) -> str:
    first, last = reading.tokens[start].start, reading.tokens[end - 1].end
    around = reading.text[max(first - _CONTEXT, 0) : last + _CONTEXT]
    return " ".join(around.split())
