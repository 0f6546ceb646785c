"""What was known on a past day: verdicts, outcomes and chances reckoned anew, and remembered.

Judgement is pure Python on shared tables, so only one thread at a time reckons.
"""

from __future__ import annotations

from functools import lru_cache
from threading import Lock
from typing import TYPE_CHECKING

from tallyman import track
from tallyman.check import check
from tallyman.model import Forecast
from tallyman.publish.chance import chances_of
from tallyman.series import shelf

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from tallyman.model import Claim, Measure, Observation, Story, Target, TargetEvent, Verdict
    from tallyman.publish.chance import Chance

_REMEMBERED = 4096


class Replay:
    """The official figures and the register of targets, to be asked as of any day."""

    def __init__(
        self, observations: Iterable[Observation], targets: Mapping[str, Target], stories: Iterable[Story]
    ) -> None:
        """Take all prints of official figures, all targets, and stories: no report backs another of its story."""
        self._shelf = shelf(observations)
        self._told_with = {key: story.document_ids for story in stories for key in story.document_ids}
        self._targets = targets
        self._reckoning = Lock()
        self.verdict = lru_cache(_REMEMBERED)(self._verdict)
        self.events = lru_cache(_REMEMBERED)(self._events)
        self.chances = lru_cache(_REMEMBERED)(self._chances)
        self.nowcast = lru_cache(_REMEMBERED)(self._nowcast)

    def _verdict(self, claim: Claim, published_on: date | None, as_of: date) -> Verdict:
        """Return what is known of a claim on a day."""
        with self._reckoning:
            copies = self._told_with.get(claim.document_id, ())
            return check(claim, self._shelf, as_of=as_of, said_on=published_on, copies=copies)

    def _events(self, target_id: str, as_of: date) -> tuple[TargetEvent, ...]:
        """Return what became of a target by a day, among the targets set by then."""
        register = [goal for goal in self._targets.values() if goal.set_on is None or goal.set_on <= as_of]
        with self._reckoning:
            return tuple(track.events(self._targets[target_id], self._shelf, as_of=as_of, register=register))

    def _chances(self, target_id: str, as_of: date) -> tuple[Chance, ...]:
        """Return how likely a target was to be met, on a day; empty if nobody's figures tell."""
        with self._reckoning:
            return chances_of([self._targets[target_id]], self._shelf, as_of=as_of).get(target_id, ())

    def _nowcast(self, measure: Measure, as_of: date) -> tuple[Forecast, ...]:
        """Return the forecast of the running year of the first provider that allows one; at most one."""
        try:
            from tallyman.forecast import nowcast  # noqa: PLC0415 - numpy is an extra
        except ImportError:
            return ()
        with self._reckoning:
            found = nowcast(self._shelf, measure, as_of.year, as_of=as_of)
        return tuple(row for row in found if isinstance(row, Forecast))[:1]
