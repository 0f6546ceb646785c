"""What was known on a past day: verdicts, targets, chances and scores, reckoned as the ledger would.

Judgement is pure Python on shared tables, so only one thread at a time reckons.
"""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache, partial
from threading import Lock
from typing import TYPE_CHECKING

from tallyman import answers, record, track
from tallyman.check import check
from tallyman.model import Forecast
from tallyman.publish.chance import chances_of
from tallyman.score import Fared
from tallyman.series import Shelf
from tallyman.web.remembered import Remembered

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from tallyman.answers import Followed
    from tallyman.model import Claim, Measure, Target, Verdict
    from tallyman.publish.chance import Chance
    from tallyman.web.rows import Rows

_DAYS = 16
_FOLLOWED = 512
_REMEMBERED = 4096
_VERDICTS = 50_000


class Replay:
    """The rows of a served copy, to be asked as of any day up to its own."""

    def __init__(self, rows: Rows) -> None:
        """Take the rows; every answer is remembered for a while."""
        self._rows = rows
        self._reckoning = Lock()
        self._verdicts = Remembered["Verdict"](_VERDICTS)
        self._chances = Remembered["tuple[Chance, ...]"](_REMEMBERED)
        self.shelf = Shelf(rows.prints)
        self._judge = track.Judge(self.shelf)
        self._beside = Remembered["tuple[Sequence[Claim], Sequence[str]]"](_REMEMBERED)
        self._registers = Remembered["tuple[track.Register, list[Claim]]"](_REMEMBERED)
        self._targets = Remembered["tuple[Followed, ...]"](_FOLLOWED)
        self.nowcast = lru_cache(_REMEMBERED)(self._nowcast)
        self.forecasts = lru_cache(_DAYS)(self._forecasts)

    def followed(self, pair: str | None, as_of: date) -> tuple[Followed, ...]:
        """Return the targets of a pair that were set by a day, with what had become of them."""
        return self._targets.get((pair, as_of), lambda: self._followed(pair, as_of))

    def register(self, pair: str | None) -> tuple[track.Register, list[Claim]]:
        """Return what was said of targets of a pair on any day, and the claims that deny one."""
        return self._registers.get(pair, lambda: self._register(pair))

    def verdicts(self, told: Sequence[tuple[Claim, date | None]], as_of: date) -> list[Verdict]:
        """Return what is known on a day of some claims, each given with the day of its report."""
        held = {claim.id: self._verdicts.held((claim.id, as_of)) for claim, _ in told}
        beside = self._beside_of({claim.document_id for claim, _ in told if held[claim.id] is None})
        return [
            held[claim.id]
            or self._verdicts.get(
                (claim.id, as_of),
                partial(self._verdict, claim, published_on, as_of, beside.get(claim.document_id, ((), ()))),
            )
            for claim, published_on in told
        ]

    def chances(self, targets: Sequence[Target], as_of: date) -> dict[str, tuple[Chance, ...]]:
        """Return by their ids how likely targets were to be met, on a day from their setting on.

        Those are left out of which nobody's figures tell.
        """
        found = {row.id: self._chances.held((row.id, as_of)) for row in targets}
        if None in found.values():
            with self._reckoning:
                absent = [row for row in targets if self._chances.held((row.id, as_of)) is None]
                told = chances_of(absent, self.shelf, as_of=as_of)
                for row in absent:
                    found[row.id] = told.get(row.id, ())
                    self._chances.put((row.id, as_of), told.get(row.id, ()))
        return {key: rows for key, rows in found.items() if rows}

    def history(self, target: Target, days: Sequence[date], as_of: date) -> list[Fared]:
        """Return the chances of a target on several days as replayed, with the scores known by ``as_of``."""
        rows = [
            Fared(made="replayed", who=told.forecast.method, forecast=told.forecast)
            for day in days
            for told in self.chances([target], day).get(target.id, ())
        ]
        with self._reckoning:
            return record.known(rows, self.shelf, as_of=as_of) if self._rows.scorable else rows

    def _verdict(
        self,
        claim: Claim,
        published_on: date | None,
        as_of: date,
        around: tuple[Sequence[Claim], Sequence[str]],
    ) -> Verdict:
        beside, copies = around
        with self._reckoning:
            return check(claim, self.shelf, as_of=as_of, said_on=published_on, beside=beside, copies=copies)

    def _beside_of(self, documents: set[str]) -> dict[str, tuple[Sequence[Claim], Sequence[str]]]:
        """Return for each document its claims and its copies."""
        held = {key: found for key in documents if (found := self._beside.held(key)) is not None}
        absent = sorted(documents - held.keys())
        if absent:
            copies = self._rows.copies(absent)
            claims: defaultdict[str, list[Claim]] = defaultdict(list)
            for claim in self._rows.claims_in(absent):
                claims[claim.document_id].append(claim)
            for key in absent:
                held[key] = (claims[key], copies.get(key, ()))
                self._beside.put(key, held[key])
        return held

    def _followed(self, pair: str | None, as_of: date) -> tuple[Followed, ...]:
        register, denials = self.register(pair)
        with self._reckoning:
            goals = register.targets(as_of)
            return tuple(answers.followed(goals, denials, self._judge, as_of=as_of))

    def _register(self, pair: str | None) -> tuple[track.Register, list[Claim]]:
        claims, documents = self._rows.aims_of(pair)
        with self._reckoning:
            register = track.Register(claims, documents, self._rows.rejected)
        return register, [claim for claim in claims if claim.negated]

    def _nowcast(self, measure: Measure, as_of: date) -> tuple[Forecast, ...]:
        """Return the forecast of the running year of the first provider that allows one; at most one."""
        try:
            from tallyman.forecast import nowcast  # noqa: PLC0415 - numpy is an extra
        except ImportError:
            return ()
        with self._reckoning:
            found = nowcast(self.shelf, measure, as_of.year, as_of=as_of)
        return tuple(row for row in found if isinstance(row, Forecast))[:1]

    def _forecasts(self, as_of: date) -> tuple[Fared, ...]:
        """Return the public record as it stood on a day."""
        with self._reckoning:
            return tuple(record.known(self._rows.forecasts, self.shelf, as_of=as_of))
