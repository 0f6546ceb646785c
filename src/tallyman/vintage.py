"""What was known on a day: which of several prints of one number counts.

One number of one provider is printed many times: first by the release, then revised, then repeated in
recaps that drop digits or quote an old release. The rules, and why, are in docs/decisions/vintages.md; the
store says the same in SQL (store/as_of.sql), and a test holds the two together.
"""

from __future__ import annotations

import zlib
from bisect import bisect_right
from collections import defaultdict
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from tallyman.model import Observation

STANDING = {"suspect": 0, "converted": 1, "rounded": 2, "computed": 3, "corrected": 4, "normal": 5}
CLOSENESS = {"known_by": 0, "second_hand": 1, "assumed": 2, "recap": 3, "source": 4}

Number = tuple[object, ...]
_COARSEST, _FINEST = 12, 31
_IDS = 2**24
_ZERO = Decimal(0)
_TWO = Decimal(2)


class Vintages:
    """All rows of one number, ready to be asked on any day; answers are remembered."""

    def __init__(self, rows: Iterable[Observation]) -> None:
        """Take rows that print the same number, in any order."""
        self._rows = sorted(rows, key=precedence)
        self._days = [row.released_on for row in self._rows]
        self._told: dict[int, list[Observation]] = {}

    def on(self, as_of: date) -> list[Observation]:
        """Return the prints known on a day, oldest first; see ``prints``."""
        known_by = bisect_right(self._days, as_of)
        if known_by not in self._told:
            self._told[known_by] = _news(self._rows[:known_by])
        return self._told[known_by]


def by_number(rows: Iterable[Observation]) -> dict[Number, list[Observation]]:
    """Return the rows of each number, in the order in which numbers first appear."""
    numbers: defaultdict[Number, list[Observation]] = defaultdict(list)
    for row in rows:
        numbers[number(row)].append(row)
    return dict(numbers)


def number(row: Observation) -> Number:
    """Return the key of the number that ``row`` prints: provider, measure, role, currency and period.

    Two rows with the same key are prints of the same number and may replace each other; a yuan conversion
    and a dollar count never share a key.
    """
    return (row.provider, row.measure, row.role, row.unit, row.currency, row.period.start, row.period.end)


def known(observations: Iterable[Observation], *, as_of: date) -> list[Observation]:
    """Return for each number the one print that counts on ``as_of``, in the order of first appearance.

    A row counts only if ``released_on <= as_of``. A repetition never displaces what it repeats: 146.9 does
    not displace 146.887, but 146.87 does, because it contradicts it beyond its own rounding. A second-hand
    row is returned only where no office's own print is known, a suspect one only where nothing else is, so
    the caller sees what it is and decides.
    """
    numbers = by_number(row for row in observations if row.released_on <= as_of)
    return [latest(rows) for rows in numbers.values()]


def latest(rows: list[Observation]) -> Observation:
    """Return the print that counts among ``rows``, which all print the same number (at least one row)."""
    if len(rows) == 1:
        return rows[0]
    return prints(rows)[-1]


def prints(rows: Iterable[Observation]) -> list[Observation]:
    """Return the rows that said something new about one number, oldest first: its vintages.

    Only the rows of the best trust are looked at: an office's own, else second-hand, else suspect ones.
    """
    return _news(sorted(rows, key=precedence))


def _news(ordered: list[Observation]) -> list[Observation]:
    best = max((_trust(row) for row in ordered), default=0)
    sound = [row for row in ordered if _trust(row) == best]
    new: list[Observation] = []
    finest: Decimal | None = None
    for place, row in enumerate(sound):
        step = _step(row)
        may_repeat = row.release_kind != "source" or (finest is not None and finest < step)
        restated = bool(new) and _same(new[-1], row)
        if not restated and not (may_repeat and any(_repeats(row, before) for before in sound[:place])):
            new.append(row)
        finest = step if finest is None else min(finest, step)
    return new


def rounds_to(exact: Decimal, printed: Decimal, step: Decimal) -> bool:
    """Whether ``printed``, written in units of ``step``, is ``exact`` rounded half up or cut off.

    >>> rounds_to(Decimal("146.887"), Decimal("146.9"), Decimal("0.1"))
    True
    >>> rounds_to(Decimal("146.887"), Decimal("146.87"), Decimal("0.01"))
    False
    """
    if exact * printed < 0:
        return False
    beyond = abs(exact) - abs(printed)
    return -step / _TWO <= beyond < step


def _trust(row: Observation) -> int:
    if row.status == "suspect":
        return 0
    return 1 if row.release_kind == "second_hand" else 2


def precedence(row: Observation) -> int:
    """Return the place of a row in time: day of release, status, kind, coarse before fine, then id.

    One number that sorts, so that a database need not compare five columns; it fits into 63 bits.
    """
    day = row.released_on.toordinal()
    standing, closeness = STANDING[row.status], CLOSENESS[row.release_kind]
    return (((day * 8 + standing) * 8 + closeness) * 32 + fineness(row.step)) * _IDS + _tie(row.id)


def fineness(step: Decimal | None) -> int:
    """Return how many digits a print has, from 0 (trillions) to 31 (all of them), by powers of ten.

    >>> fineness(Decimal("0.1")) - fineness(Decimal(1000000000))
    10
    """
    return _FINEST if not step else min(max(_COARSEST - step.adjusted(), 0), _FINEST - 1)


def _tie(key: str) -> int:
    """Return 24 bits of an id, for rows that differ in nothing else."""
    try:
        return int(key.rpartition("_")[2][:6], 16)
    except ValueError:
        return zlib.crc32(key.encode()) % _IDS


def _repeats(row: Observation, before: Observation) -> bool:
    if _step(row) > _step(before):
        return rounds_to(before.value, row.value, _step(row))
    return row.release_kind != "source" and _same(row, before)


def _same(row: Observation, other: Observation) -> bool:
    return row.value == other.value and _step(row) == _step(other)


def _step(row: Observation) -> Decimal:
    return row.step or _ZERO
