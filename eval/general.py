"""How well the two public lower layers read general news: every quantity, and every time with its days.

python eval/general.py             prints precision, recall and F1; exit code 1 below a floor
python eval/general.py --details   and every miss and false alarm in one line

``eval/gold_general/*.toml`` holds fifteen texts of ours that are not about trade. A quantity is right when it
overlaps the marked one and has its value and unit (units of one dimension are compared after conversion); a
time is right when it overlaps and has the same first and last day. ``also`` lists more right answers; what is
``optional`` may be found or not (ages, clock times, durations, "a day"): neither asked nor punished.
"""

from __future__ import annotations

import argparse
import sys
import tomllib
from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
from gold import anchor

from tallyman.model import Anchor, Noun, Period, Quantity, TallymanError
from tallyman.quantity import canonical, currencies

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

FOLDER = Path(__file__).parent / "gold_general"
RATIOS = {"percent", "pp", "times"}
ASKED = ("money", "ratio", "physical")
FLOORS = {"quantities": 97.0, "periods": 95.0}


class Mark(Noun, frozen=True):
    """A marked quantity or time: where it is and every answer that is right."""

    anchor: Anchor
    answers: tuple[tuple[Any, ...], ...]
    kind: str
    optional: bool = False


class Text(Noun, frozen=True):
    """A text of general news with its quantities and times."""

    name: str
    text: str
    published_on: date
    quantities: tuple[Mark, ...]
    periods: tuple[Mark, ...]


class RawMark(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """A mark as written in TOML."""

    exact: str
    nth: int = 1
    value: Decimal | None = None
    value_max: Decimal | None = None
    unit: str | None = None
    bound: str = "exact"
    start: date | None = None
    end: date | None = None
    also: list[list[str]] = []
    optional: bool = False


class RawText(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """A text as written in TOML."""

    topic: str
    published_on: date
    text: str
    quantities: list[RawMark]
    periods: list[RawMark]


@dataclass
class Score:
    """Counts of one layer: found rightly, asked for, told; and a line for every fault."""

    right: Counter[str] = field(default_factory=Counter)
    asked: Counter[str] = field(default_factory=Counter)
    told: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)

    def f1(self, kinds: Iterable[str]) -> tuple[float, float, float]:
        """Return precision, recall and F1 in percent over ``kinds``."""
        right, asked, told = (
            sum(counts[kind] for kind in kinds) for counts in (self.right, self.asked, self.told)
        )
        return tuple(100 * right / total if total else 0.0 for total in (told, asked, (told + asked) / 2))  # type: ignore[return-value]


def texts(folder: Path = FOLDER) -> list[Text]:
    """Return the texts in ``folder`` by name; refuses a mark that is not in its text."""
    return [_text(path) for path in sorted(folder.glob("*.toml"))]


def amount(quantity: Quantity) -> tuple[Any, ...]:
    """Return what two equal quantities share: the value, the upper value and the unit.

    >>> amount(Quantity(value=Decimal("2.5"), unit="km")) == amount(Quantity(value=Decimal(2500), unit="m"))
    True
    """
    same = canonical(quantity)
    return same.value, same.value_max or same.value, same.unit


def kind(unit: str | None) -> str:
    """Return whether ``unit`` is "money", a "ratio", a "count" or "physical"."""
    if unit in currencies():
        return "money"
    return "ratio" if unit in RATIOS else "count" if unit in {None, "count"} else "physical"


def score(marks: Sequence[Mark], told: Sequence[Mark], place: str, total: Score) -> None:
    """Add to ``total`` how ``told``, each a mark with one answer, answers ``marks``, one to one."""
    free = list(told)
    for mark in (mark for mark in marks if not mark.optional):
        total.asked[mark.kind] += 1
        hit = next(
            (one for one in free if _overlap(mark, one.anchor) and one.answers[0] in mark.answers), None
        )
        if hit:
            free.remove(hit)
            total.right[mark.kind] += 1
            total.told[mark.kind] += 1
        else:
            total.faults.append(f"{place}:{mark.anchor.start}\tMISSED\t{mark.anchor.exact}")
    for one in free:
        near = [mark for mark in marks if _overlap(mark, one.anchor)]
        if near and all(mark.optional for mark in near):
            continue
        total.told[one.kind] += 1
        total.faults.append(f"{place}:{one.anchor.start}\tFALSE\t{one.anchor.exact}\t{one.answers[0]}")


def told_quantities(found: Iterable[tuple[Anchor, Quantity]]) -> list[Mark]:
    """Return what an extractor told, in the shape that ``score`` compares."""
    return [Mark(anchor=at, answers=(amount(one),), kind=kind(one.unit)) for at, one in found]


def told_periods(found: Iterable[tuple[Anchor, Period]]) -> list[Mark]:
    """Return what an extractor told, in the shape that ``score`` compares; no days, nothing told."""
    return [
        Mark(anchor=at, answers=((one.start, one.end),), kind="time")
        for at, one in found
        if one.start or one.end
    ]


def main() -> int:
    """Print the scores of both layers; return 1 when a floor is broken."""
    from tallyman import extract  # noqa: PLC0415 - the corpus can be read without the extractor

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--details", action="store_true")
    options = parser.parse_args()
    amounts, times = Score(), Score()
    for one in texts():
        score(one.quantities, told_quantities(extract.quantities(one.text)), one.name, amounts)
        score(one.periods, told_periods(extract.periods(one.text, one.published_on)), one.name, times)
    if options.details:
        print(*amounts.faults, *times.faults, sep="\n")
    print(*_table(amounts, times), sep="\n")
    low = [
        f"FLOOR BROKEN: {name} {reached:.2f}, floor {FLOORS[name]:.2f}"
        for name, reached in (("quantities", amounts.f1(ASKED)[-1]), ("periods", times.f1(("time",))[-1]))
        if reached < FLOORS[name]
    ]
    print(*low, sep="\n")
    return 1 if low else 0


def _table(amounts: Score, times: Score) -> Iterator[str]:
    rows = [(name, amounts, (name,)) for name in (*ASKED, "count")]
    rows += [("money+ratio+physical", amounts, ASKED), ("times", times, ("time",))]
    yield f"{'general news':24}{'asked':>8}{'P':>8}{'R':>8}{'F1':>8}"
    for name, layer, kinds in rows:
        yield f"{name:24}{sum(layer.asked[one] for one in kinds):8}" + "".join(
            f"{number:8.2f}" for number in layer.f1(kinds)
        )


def _text(path: Path) -> Text:
    try:
        raw = msgspec.convert(tomllib.loads(path.read_text()), RawText)
        return Text(
            name=path.stem,
            text=raw.text,
            published_on=raw.published_on,
            quantities=tuple(_quantity(raw.text, row) for row in raw.quantities),
            periods=tuple(_period(raw.text, row) for row in raw.periods),
        )
    except (msgspec.ValidationError, tomllib.TOMLDecodeError, TallymanError) as error:
        raise TallymanError(f"{path.name}: {error}; see the head of eval/general.py") from error


def _quantity(text: str, row: RawMark) -> Mark:
    answers = [(value, None, unit) for value, unit in row.also]
    if row.value is not None:
        answers.insert(0, (row.value, row.value_max, row.unit))
    return Mark(
        anchor=anchor(text, row.exact, row.nth),
        answers=tuple(
            amount(Quantity(value=Decimal(value), value_max=most, unit=unit or "count"))
            for value, most, unit in answers
        ),
        kind=kind(row.unit),
        optional=row.optional,
    )


def _period(text: str, row: RawMark) -> Mark:
    also = (tuple(date.fromisoformat(day) if day else None for day in days) for days in row.also)
    return Mark(
        anchor=anchor(text, row.exact, row.nth),
        answers=((row.start, row.end), *also),
        kind="time",
        optional=row.optional,
    )


def _overlap(mark: Mark, found: Anchor) -> bool:
    return mark.anchor.start < found.end and found.start < mark.anchor.end


if __name__ == "__main__":
    sys.exit(main())
