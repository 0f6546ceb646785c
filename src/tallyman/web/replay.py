"""What was known on a past day: verdicts, targets, chances, stories and scores, reckoned as the ledger would.

Judgement is pure Python on shared tables, so only one thread at a time reckons.
"""

from __future__ import annotations

from functools import lru_cache
from threading import Lock
from typing import TYPE_CHECKING

from tallyman import answers, link, record, track
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
    from tallyman.model import Claim, Document, Measure, Story, Target, Verdict
    from tallyman.publish.chance import Chance
    from tallyman.web.rows import Rows

_DAYS = 16
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
        self._beside = lru_cache(_REMEMBERED)(lambda key: rows.claims_in([key]))
        self._copies = lru_cache(_REMEMBERED)(rows.copies)
        self._registers = Remembered["tuple[track.Register, list[Claim]]"](_REMEMBERED)
        self._targets = Remembered["tuple[Followed, ...]"](_REMEMBERED)
        self.nowcast = lru_cache(_REMEMBERED)(self._nowcast)
        self.forecasts = lru_cache(_DAYS)(self._forecasts)

    def followed(self, pair: str | None, as_of: date) -> tuple[Followed, ...]:
        """Return the targets of a pair that were set by a day, with what had become of them."""
        return self._targets.get((pair, as_of), lambda: self._followed(pair, as_of))

    def register(self, pair: str | None) -> tuple[track.Register, list[Claim]]:
        """Return what was said of targets of a pair on any day, and the claims that deny one."""
        return self._registers.get(pair, lambda: self._register(pair))

    def verdict(self, claim: Claim, published_on: date | None, as_of: date) -> Verdict:
        """Return what is known of a claim on a day."""
        return self._verdicts.get((claim.id, as_of), lambda: self._verdict(claim, published_on, as_of))

    def chances(self, target: Target, as_of: date) -> tuple[Chance, ...]:
        """Return how likely a target was to be met, on a day from its setting on; empty if nobody's figures tell."""
        return self._chances.get((target.id, as_of), lambda: self._chance(target, as_of))

    def history(self, target: Target, days: Sequence[date], as_of: date) -> list[Fared]:
        """Return the chances of a target on several days as replayed, with the scores known by ``as_of``."""
        rows = [
            Fared(made="replayed", who=told.forecast.method, forecast=told.forecast)
            for day in days
            for told in self.chances(target, day)
        ]
        with self._reckoning:
            return record.known(rows, self.shelf, as_of=as_of) if self._rows.scorable else rows

    def stories(self, documents: dict[str, Document], as_of: date) -> list[Story]:
        """Return the stories that some documents had told by a day, those of several reports only."""
        told = [row for row in documents.values() if row.published_on is None or row.published_on <= as_of]
        links = self._rows.links_of([row.id for row in told])
        return [story for story in link.stories(told, links) if len(story.document_ids) > 1]

    def _verdict(self, claim: Claim, published_on: date | None, as_of: date) -> Verdict:
        beside, copies = self._beside(claim.document_id), self._copies(claim.document_id)
        with self._reckoning:
            return check(claim, self.shelf, as_of=as_of, said_on=published_on, beside=beside, copies=copies)

    def _followed(self, pair: str | None, as_of: date) -> tuple[Followed, ...]:
        register, denials = self.register(pair)
        with self._reckoning:
            goals = register.targets(as_of)
            return tuple(answers.followed(goals, denials, self.shelf, as_of=as_of))

    def _register(self, pair: str | None) -> tuple[track.Register, list[Claim]]:
        claims, documents = self._rows.aims_of(pair)
        with self._reckoning:
            register = track.Register(claims, documents, self._rows.rejected)
        return register, [claim for claim in claims if claim.negated]

    def _chance(self, target: Target, as_of: date) -> tuple[Chance, ...]:
        if target.set_on is None or as_of < target.set_on:
            return ()
        with self._reckoning:
            return chances_of([target], self.shelf, as_of=as_of).get(target.id, ())

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
