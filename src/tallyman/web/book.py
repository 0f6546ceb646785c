"""What pages ask of a served copy, as of any day up to its own: the rows as stored, or reckoned for a past day."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any

import msgspec

from tallyman.answers import undated
from tallyman.mirror import mirror
from tallyman.model import Claim, Document, Observation, TallymanError, Target, TargetEvent, Verdict
from tallyman.publish import words
from tallyman.publish.chance import Chance
from tallyman.publish.view import ClaimView, TargetView, evidence_ids, pair_key
from tallyman.web.listing import FACETS, ClaimFilter, Listing, where
from tallyman.web.remembered import Remembered
from tallyman.web.replay import Replay
from tallyman.web.rows import Rows, among
from tallyman.web.stories import Stories

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from tallyman.mirror import Gap
    from tallyman.score import Fared

MOST_REPLAYED = 5000
"""Of how many claims the verdicts of a past day are reckoned at once: about a thousand a second."""
_FACET_VALUES = 12
_LOOKED_THROUGH, _AT_ONCE = 250, 50
_DAYS, _REMEMBERED = 16, 4096


class Book:
    """A copy written by ``served.write_served``, opened for reading by any number of threads."""

    def __init__(self, path: Path) -> None:
        """Open a copy; refuse a file that is none, or one of another format."""
        self.rows = Rows(path)
        self.edition, self.title, self.version = self.rows.edition, self.rows.title, self.rows.version
        self.as_of, self.notes, self.scorable = self.rows.as_of, self.rows.notes, self.rows.scorable
        self.providers = self.rows.providers
        self.replay = Replay(self.rows)
        self.stories = Stories(self.rows)
        self._days = Remembered["list[TargetView]"](_DAYS)
        self._counted = lru_cache(_REMEMBERED)(self._count)
        self._faceted = lru_cache(_REMEMBERED)(self._facets)

    def warm(self) -> None:
        """Load what every page needs, so that no reader waits for it."""
        _ = (self.outlooks, self.names)
        self.stories.warm()
        for row in self.followed(as_of=self.as_of):
            words.goal(row.target)
        self.claims(ClaimFilter(), as_of=self.as_of, limit=1)
        self.facets(ClaimFilter(), as_of=self.as_of)
        for pair in self.pairs(as_of=self.as_of):
            self.of_pair(pair)
        for about in self._about:
            self.replay.register(about)

    def close(self) -> None:
        """Let go of the file."""
        self.rows.close()

    @cached_property
    def names(self) -> dict[str, str]:
        """The names of the providers, as printed in sentences and legends."""
        return {code: provider.label for code, provider in self.providers.items()}

    @cached_property
    def targets(self) -> dict[str, Target]:
        """All targets by id, as known on the copy's own day."""
        return {row.id: row for row in self.rows.every("targets", Target)}

    @cached_property
    def outlooks(self) -> dict[str, tuple[Chance, ...]]:
        """The chances of open targets, by target, as known on the copy's own day."""
        found: defaultdict[str, list[Chance]] = defaultdict(list)
        for chance in self.rows.every("chances", Chance):
            found[chance.target_id].append(chance)
        return {key: tuple(rows) for key, rows in found.items()}

    def pairs(self, *, as_of: date) -> dict[str, int]:
        """Return the pairs that claims or targets were about by ``as_of``, with their claims, the busiest first."""
        rows = self.rows.select(
            "SELECT pair, count(*) FROM claims WHERE pair IS NOT NULL AND (said_on IS NULL OR said_on <= ?) "
            "GROUP BY pair",
            [as_of],
        )
        return dict(sorted(rows, key=lambda row: (-row[1], row[0])))

    def claims(
        self, chosen: ClaimFilter, *, as_of: date, after: int | None = None, limit: int = 25
    ) -> Listing:
        """Return claims said by ``as_of``, newest first, from the place ``after`` on.

        Refuses the verdict of a past day where it would take the judgement of more than ``MOST_REPLAYED`` claims.
        """
        condition, values = self._where(chosen, as_of)
        found = self.rows.select(
            f"SELECT place FROM claims WHERE {condition} AND place > ? ORDER BY place LIMIT ?",
            [*values, -1 if after is None else after, limit + 1],
        )
        places = [place for (place,) in found[:limit]]
        return Listing(
            rows=self._views("place", places, as_of),
            total=self._counted(chosen, as_of),
            after=places[-1] if len(found) > limit else None,
        )

    def facets(self, chosen: ClaimFilter, *, as_of: date) -> dict[str, list[tuple[str, int]]]:
        """Return, for each field to filter by, its commonest values and their counts under the others.

        The verdicts of a past day are left out where they are too many to judge.
        """
        return self._faceted(chosen, as_of)

    def labels(self, chosen: ClaimFilter, *, as_of: date) -> dict[int, str] | None:
        """Return the verdicts of a past day by place, whatever verdict is chosen; None where they are too many."""
        condition, values = where(msgspec.structs.replace(chosen, verdict=None), as_of)
        if (
            int(self.rows.select(f"SELECT count(*) FROM claims WHERE {condition}", values)[0][0])
            > MOST_REPLAYED
        ):
            return None
        rows = self.rows.select(f"SELECT place, record, document FROM claims WHERE {condition}", values)
        told = [
            (
                msgspec.json.decode(record, type=Claim),
                msgspec.json.decode(of_document, type=Document).published_on,
            )
            for _, record, of_document in rows
        ]
        verdicts = self.replay.verdicts(told, as_of)
        return {place: verdict.label for (place, _, _), verdict in zip(rows, verdicts, strict=True)}

    def refuted(self, most: int, *, as_of: date) -> tuple[ClaimView, ...]:
        """Return the latest claims that were refuted as known on ``as_of``, of a past day those among the last 250."""
        if as_of == self.as_of:
            return self.claims(ClaimFilter(verdict="refuted"), as_of=as_of, limit=most).rows
        condition, values = where(ClaimFilter(), as_of)
        rows = self.rows.select(
            f"SELECT place FROM claims WHERE {condition} ORDER BY place LIMIT {_LOOKED_THROUGH}", values
        )
        found: list[ClaimView] = []
        for start in range(0, len(rows), _AT_ONCE):
            shown = self._views("place", [place for (place,) in rows[start : start + _AT_ONCE]], as_of)
            found += [row for row in shown if row.label_today == "refuted"]
            if len(found) >= most:
                break
        return tuple(found[:most])

    def claim(self, claim_id: str, *, as_of: date) -> ClaimView | None:
        """Return one claim, or None if there is none, or none yet on ``as_of``."""
        return next(iter(self.claims_by_id([claim_id], as_of=as_of)), None)

    def claims_by_id(self, ids: Sequence[str], *, as_of: date) -> tuple[ClaimView, ...]:
        """Return the claims with these ids that were said by ``as_of``, newest first."""
        return self._views("id", ids, as_of)

    def claims_of(self, document_id: str, *, as_of: date) -> tuple[ClaimView, ...]:
        """Return the claims of a document that were said by ``as_of``, in their order in the text."""
        shown = self._views("document_id", [document_id], as_of)
        return tuple(sorted(shown, key=lambda row: (row.claim.anchor.start, row.claim.id)))

    def library(
        self, q: str | None, *, as_of: date, after: int | None = None, limit: int = 25
    ) -> tuple[list[Document], int, int | None]:
        """Return documents published by ``as_of``, how many there are, and where the next page begins.

        They come without their texts.
        """
        asked = (q or "").casefold().split()
        condition = " AND ".join(
            ["(published_on IS NULL OR published_on <= ?)", *("contains(search, ?)" for _ in asked)]
        )
        values: list[Any] = [as_of, *asked]
        rows = self.rows.select(
            f"SELECT place, record FROM documents WHERE {condition} AND place > ? ORDER BY place LIMIT ?",
            [*values, -1 if after is None else after, limit + 1],
        )
        total = int(self.rows.select(f"SELECT count(*) FROM documents WHERE {condition}", values)[0][0])
        shown = [msgspec.json.decode(record, type=Document) for _, record in rows[:limit]]
        return shown, total, rows[limit - 1][0] if len(rows) > limit else None

    def target(self, target_id: str, *, as_of: date) -> TargetView | None:
        """Return a target with what became of it by ``as_of``, or None if it was not set by then."""
        today = self.targets.get(target_id)
        pair = None if today is None else pair_key(today.measure)
        found = next(
            (row for row in self.followed(as_of=as_of, pair=pair) if row.target.id == target_id), None
        )
        if found is None:
            return None
        said = self.claims_by_id(found.target.claim_ids, as_of=as_of)
        return msgspec.structs.replace(found, claims=said)

    def followed(self, *, as_of: date, pair: str | None = None) -> list[TargetView]:
        """Return the targets set by ``as_of``, of one pair or of all, with what became of them, the newest first.

        They come without their claims.
        """
        if as_of == self.as_of:
            return self._today.get(pair, [])
        if pair is not None:
            return self._replayed([pair], as_of)
        return self._days.get(as_of, lambda: self._replayed(self._about, as_of))

    def chances(self, shown: Iterable[TargetView], *, as_of: date) -> dict[str, tuple[Chance, ...]]:
        """Return by their ids how likely targets are to be met, as known on ``as_of``, where that can be told.

        Only those still open then have a chance.
        """
        still = [row.target for row in shown if row.status == "open"]
        if as_of == self.as_of:
            return {row.id: self.outlooks[row.id] for row in still if row.id in self.outlooks}
        return self.replay.chances(still, as_of)

    def forecasts(self, *, as_of: date) -> Sequence[Fared]:
        """Return the public record of forecasts as it stood on ``as_of``."""
        return self.rows.forecasts if as_of == self.as_of else self.replay.forecasts(as_of)

    def mirror(self, key: str, *, as_of: date) -> list[Gap]:
        """Return the years that both sides of a pair had counted by ``as_of``."""
        first, second = key.split("-")
        return mirror(self.replay.shelf, (first, second), as_of=as_of)

    def speakers(self, *, as_of: date, speaker: str | None = None) -> dict[str, dict[str, int]]:
        """Return who spoke by ``as_of``, or one of them, with the counts of the verdicts of that day.

        Refuses a past day with more claims than can be judged at once.
        """
        chosen = ClaimFilter(speaker=speaker)
        condition, values = where(chosen, as_of)
        if as_of == self.as_of:
            sql = f"SELECT speaker, verdict, count(*) FROM claims WHERE {condition} GROUP BY ALL ORDER BY ALL"
            rows = self.rows.select(sql, values)
        else:
            labels = self._labels(chosen, as_of)
            sql = f"SELECT speaker, place FROM claims WHERE {condition} ORDER BY ALL"
            rows = [(name, labels[place], 1) for name, place in self.rows.select(sql, values)]
        counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
        for name, label, count in rows:
            if name is not None:
                counts[name][label] += count
        return {name: dict(labels) for name, labels in counts.items()}

    def of_pair(self, key: str) -> list[Observation]:
        """Return all prints of figures on a pair, in either direction."""
        return self.rows.prints.of(key)

    @cached_property
    def _events(self) -> dict[str, tuple[TargetEvent, ...]]:
        found: defaultdict[str, list[TargetEvent]] = defaultdict(list)
        for event in self.rows.every("events", TargetEvent):
            found[event.target_id].append(event)
        return {key: tuple(rows) for key, rows in found.items()}

    @cached_property
    def _today(self) -> dict[str | None, list[TargetView]]:
        found: defaultdict[str | None, list[TargetView]] = defaultdict(list)
        everything = _newest(_seen(goal, self._events.get(goal.id, ())) for goal in self.targets.values())
        for row in everything:
            found[pair_key(row.target.measure)].append(row)
        return {**found, None: everything}

    def _replayed(self, pairs: Iterable[str | None], as_of: date) -> list[TargetView]:
        return _newest(
            _seen(row.target, row.events) for key in pairs for row in self.replay.followed(key, as_of)
        )

    @cached_property
    def _about(self) -> list[str | None]:
        return [pair for (pair,) in self.rows.select("SELECT DISTINCT pair FROM claims ORDER BY ALL")]

    def _where(self, chosen: ClaimFilter, as_of: date) -> tuple[str, tuple[Any, ...]]:
        if chosen.verdict is None or as_of == self.as_of:
            return where(chosen, as_of)
        labels = self._labels(chosen, as_of)
        places = [place for place, label in labels.items() if label == chosen.verdict]
        return where(msgspec.structs.replace(chosen, verdict=None), as_of, places)

    def _labels(self, chosen: ClaimFilter, as_of: date) -> dict[int, str]:
        labels = self.labels(chosen, as_of=as_of)
        if labels is None:
            raise TallymanError(
                f"as_of: the verdicts of more than {MOST_REPLAYED} claims on {as_of} would have to be reckoned; "
                "narrow them down by pair, speaker, outlet or words, or ask for the latest day"
            )
        return labels

    def _views(self, column: str, wanted: Sequence[Any], as_of: date) -> tuple[ClaimView, ...]:
        rows = self.rows.select(  # days are compared here: as a condition they would keep DuckDB from its index
            "SELECT place, said_on, record, document, verdict_then_record, verdict_today_record FROM claims "
            f"WHERE {among(column, wanted)}",
            wanted,
        )
        told = [
            (
                msgspec.json.decode(record, type=Claim),
                msgspec.json.decode(of_document, type=Document),
                *verdicts,
            )
            for _, said_on, record, of_document, *verdicts in sorted(rows, key=lambda row: row[0])
            if said_on is None or said_on <= as_of
        ]
        if as_of == self.as_of:
            latest = [_verdict(today) for *_, today in told]
        else:
            said = [(claim, document.published_on) for claim, document, *_ in told]
            latest = list(self.replay.verdicts(said, as_of))
        views = []
        for (claim, document, stored_then, _), today in zip(told, latest, strict=True):
            then = _verdict(stored_then)
            if (
                as_of != self.as_of
                and then is not None
                and claim.said_on is None
                and document.published_on is None
            ):
                then = undated(claim, as_of)
            evidence = self.rows.prints.by_id(evidence_ids(then, today))
            views.append(ClaimView(claim=claim, document=document, then=then, today=today, evidence=evidence))
        return tuple(views)

    def _count(self, chosen: ClaimFilter, as_of: date) -> int:
        condition, values = self._where(chosen, as_of)
        return int(self.rows.select(f"SELECT count(*) FROM claims WHERE {condition}", values)[0][0])

    def _facets(self, chosen: ClaimFilter, as_of: date) -> dict[str, list[tuple[str, int]]]:
        replayed = ["verdict"] if as_of != self.as_of else []
        stored = [name for name in FACETS if name not in replayed]
        free = [name for name in stored if getattr(chosen, name) is None]
        counted = self._tally(free, chosen, as_of)
        for name in stored:
            if name not in free:
                others = msgspec.structs.replace(chosen, **{name: None})
                counted |= self._tally([name], others, as_of)
        for name in replayed:
            labels = self.labels(chosen, as_of=as_of) or {}
            counted[name] = Counter(labels.values()).most_common()
        return {name: counted[name] for name in FACETS}

    def _tally(
        self, names: Sequence[str], chosen: ClaimFilter, as_of: date
    ) -> dict[str, list[tuple[str, int]]]:
        """Return the commonest values of some columns among the claims asked for, read once."""
        condition, values = self._where(chosen, as_of)
        counts = " UNION ALL ".join(
            f"(SELECT '{name}', {name}, count(*) FROM found WHERE {name} IS NOT NULL "
            f"GROUP BY 2 ORDER BY 3 DESC, 2 LIMIT {_FACET_VALUES})"
            for name in names
        )
        found: dict[str, list[tuple[str, int]]] = {name: [] for name in names}
        if names:
            columns = ", ".join(names)
            sql = f"WITH found AS MATERIALIZED (SELECT {columns} FROM claims WHERE {condition}) {counts}"
            for name, value, count in self.rows.select(sql, values):
                found[name].append((value, count))
        return {name: sorted(rows, key=lambda row: (-row[1], row[0])) for name, rows in found.items()}


def _seen(target: Target, events: Sequence[TargetEvent]) -> TargetView:
    return TargetView(
        target=target,
        status=events[0].status if events else "open",
        outcome=events[0] if events else None,
        events=tuple(events),
        claims=(),
    )


def _newest(shown: Iterable[TargetView]) -> list[TargetView]:
    return sorted(shown, key=lambda row: (-(row.target.set_on or date.min).toordinal(), row.target.id))


def _verdict(record: str | None) -> Verdict | None:
    return None if record is None else msgspec.json.decode(record, type=Verdict)
