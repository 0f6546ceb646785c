"""On what day something was said: the words beside a telling, and what its speaker said before."""

from __future__ import annotations

import re
from bisect import bisect_left
from datetime import timedelta
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from tallyman.extract.mentions import Mention
    from tallyman.extract.periods import TimeRef
    from tallyman.extract.sentences import Reading, Sentence
    from tallyman.extract.tellings import Telling

_ADJUNCT, _AT_ONCE, _WITNESSES = 24, 5, 12
_MONTH, _YEAR = 31, 364
_VERBS = "vuotgc"
_STOP = re.compile('[y,|"ov]')


class _When(NamedTuple):
    """What the words beside a telling say of its day; ``day`` is ``None`` for "last March"."""

    day: date | None


class SaidOn:
    """The days on which the tellings of a document were told; ``note`` them in order, then ask ``day``."""

    def __init__(self, reading: Reading, tags: str, refs: Sequence[TimeRef], published: date | None) -> None:
        self._tokens = reading.tokens
        self._spots = reading.spots
        self._tags = tags
        self._refs = sorted(refs, key=lambda ref: ref.start)
        self._starts = [ref.start for ref in self._refs]
        self._clues = sorted([*self._starts, *reading.spots.of("same_day", "said_before")])
        self._published = published
        self._when: dict[int, _When] = {}
        self._day_of: dict[str, date] = {}
        self._latest: tuple[str, int, _When] | None = None
        self._last_day: date | None = None

    def day(self, telling: Telling) -> date | None:
        """Return the day that its words give, else another day of its speaker, else the day of the report.

        ``None`` where the words say that it was some other time, without a day.
        """
        when = self._when.get(telling.at)
        if when is not None:
            return when.day
        return self._day_of.get(telling.who.name if telling.who else "", self._published)

    def note(self, telling: Telling, sentence: Sentence, present: Iterable[Mention]) -> None:
        """Keep the day that the words beside a telling give, for it, its speaker and the others ``present``."""
        if telling.who is None or self._tags[telling.at] not in _VERBS:
            return
        name, latest = telling.who.name, self._latest
        when = self._stated(telling, sentence) if self._has_clue(sentence) else None
        if when is None and latest is not None and latest[:2] == (name, sentence.paragraph):
            when = latest[2]
        if when is None:
            return
        self._when[telling.at] = when
        self._latest = (name, sentence.paragraph, when)
        if when.day is not None and telling.kind == "speech":
            self._last_day = when.day
            for heard in (name, *(m.name for m in islice(present, _WITNESSES) if m.kind == "person")):
                self._day_of.setdefault(heard, when.day)

    def _has_clue(self, sentence: Sentence) -> bool:
        """Whether any word of a sentence tells a time."""
        first = bisect_left(self._clues, sentence.start)
        return first < len(self._clues) and self._clues[first] < sentence.end

    def _stated(self, telling: Telling, sentence: Sentence) -> _When | None:
        past = False
        for low, high, days_only in self._adjuncts(telling, sentence):
            if self._last_day and self._spots.any(low, high, "same_day"):
                return _When(self._last_day)
            past = past or (not days_only and self._spots.any(low, high, "said_before"))
            for k in range(bisect_left(self._starts, low), bisect_left(self._starts, high)):
                ref = self._refs[k]
                day = ref.period.start
                if ref.is_day and day is not None:
                    day = self._last(day, has_year=self._spots.any(ref.start, ref.end, "year"))
                    return _When(day) if day is not None else None
                past = past or (not days_only and self._is_past(ref))
        return _When(None) if past else None

    def _last(self, day: date, *, has_year: bool) -> date | None:
        """The last such day before the report: "this Sunday", on which it was said, is past; "May 3" is this year's."""
        published = self._published
        if published is None or (has_year and day <= published):
            return day
        if day > published:
            day -= timedelta(days=7)
            return day if day <= published else None
        later = (day + timedelta(days=days) for days in (365, 366))
        return next((d for d in later if (d.month, d.day) == (day.month, day.day) and d <= published), day)

    def _is_past(self, ref: TimeRef) -> bool:
        """Whether it names a month or a year before the report; a quarter or half is what figures are about."""
        start, end = ref.period.start, ref.period.end
        if ref.is_day or ref.is_base or start is None or end is None or self._published is None:
            return False
        return end < self._published and not _MONTH < (end - start).days < _YEAR

    def _adjuncts(self, telling: Telling, sentence: Sentence) -> list[tuple[int, int, bool]]:
        """Where the words stand that say when it was said, and whether only days count there.

        Behind the verb as far as "that" or the next comma (at once where the words told follow), between subject
        and verb, and in front of the sentence.
        """
        verb, subject, tags = telling.at, telling.subject, self._tags
        end = min(verb + _ADJUNCT, sentence.end)
        behind = (
            subject.end if subject is not None and telling.trailing and subject.start > verb else verb + 1
        )
        stop = m.start() if (m := _STOP.search(tags, behind, end)) else end
        told = stop >= sentence.end or tags[stop] != "y" or set("k&") & set(tags[behind:stop])
        at_once = bool(told) and not telling.trailing
        source = tags[verb] in "gc"
        spans = [(behind, min(behind + _AT_ONCE, stop) if at_once else stop, at_once or source)]
        if subject is not None and subject.end <= verb:
            spans.append((max(subject.start, verb - _ADJUNCT), verb, False))
            spans += [] if telling.trailing else self._in_front(subject.start, sentence)
        return spans

    def _in_front(self, subject: int, sentence: Sentence) -> list[tuple[int, int, bool]]:
        """Where the words stand that begin a sentence before its subject, if no trade is told there."""
        tags, first = self._tags, sentence.start
        high = min(subject, first + _ADJUNCT)
        low = max(first, tags.rfind(")", first, high) + 1, tags.rfind("-", first, high) + 1)
        low = max(low, tags.rfind(":", low, high) + 1)
        return [] if low >= high or "k" in tags[low:high] else [(low, high, False)]
