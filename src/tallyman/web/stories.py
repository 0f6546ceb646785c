"""The stories of a served copy, as several reports had told them by any day up to the copy's own."""

from __future__ import annotations

from datetime import date
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from tallyman import link
from tallyman.model import Story

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tallyman.web.rows import Rows

_DAYS = 16


class Stories:
    """Stories of several reports; one that had ended by a day is as stored, one that was going on is told anew."""

    def __init__(self, rows: Rows) -> None:
        """Take the rows; the stories of the days asked for last are remembered."""
        self._rows = rows
        self._told = lru_cache(_DAYS)(self._by)

    def warm(self) -> None:
        """Load what every answer needs."""
        _ = (self._of, self._days)

    def told(self, *, as_of: date) -> list[Story]:
        """Return the stories told by ``as_of``, those that began last first."""
        return self._told(as_of)

    def one(self, story_id: str, *, as_of: date) -> Story | None:
        """Return a story as told by ``as_of``, or None if it was none by then."""
        return next((row for row in self.told(as_of=as_of) if row.id == story_id), None)

    def of(self, document_id: str, *, as_of: date) -> Story | None:
        """Return the story that a document had told by ``as_of``, or None."""
        latest = self._of.get(document_id)
        told = [] if latest is None else self._cut([latest], as_of)
        return next((row for row in told if document_id in row.document_ids), None)

    def _by(self, as_of: date) -> list[Story]:
        found = self._cut(self._all, as_of)
        return sorted(found, key=lambda row: (-self._days[row.earliest_id].toordinal(), row.id))

    def _cut(self, latest: Iterable[Story], as_of: date) -> list[Story]:
        """Return what had become of stories by a day; a story that had several beginnings may still be several."""
        whole, begun = [], []
        for story in latest:
            days = [self._days[key] for key in story.document_ids]
            if max(days) <= as_of:
                whole.append(story)
            elif min(days) <= as_of:
                begun += [key for key, day in zip(story.document_ids, days, strict=True) if day <= as_of]
        links = self._rows.links_of(begun) if begun else []
        again = link.stories(self._rows.documents(begun).values(), links)
        return [*whole, *(story for story in again if len(story.document_ids) > 1)]

    @cached_property
    def _all(self) -> list[Story]:
        return self._rows.every("stories", Story)

    @cached_property
    def _days(self) -> dict[str, date]:
        """The day of every document; one without a day has always been there."""
        return {key: day or date.min for key, day in self._rows.published().items()}

    @cached_property
    def _of(self) -> dict[str, Story]:
        return {key: story for story in self._all for key in story.document_ids}
