"""An opened copy of a ledger: what pages ask of it, as of any day up to its own."""

from __future__ import annotations

import shutil
import tempfile
import weakref
from collections import defaultdict
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import duckdb
import msgspec

from tallyman.model import (
    Claim,
    Document,
    Noun,
    Observation,
    Story,
    TallymanError,
    Target,
    TargetEvent,
    Verdict,
)
from tallyman.providers.catalogue import Provider
from tallyman.publish.chance import Chance
from tallyman.publish.view import ClaimView, TargetView, pair_key
from tallyman.web.replay import Replay
from tallyman.web.served import FORMAT

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_N = TypeVar("_N", bound=Noun)
FACETS = ("verdict", "modality", "indicator", "pair", "speaker", "outlet")
_FACET_VALUES = 12
_REMEMBERED = 4096


class ClaimFilter(Noun, frozen=True, kw_only=True):
    """Which claims are asked for: equal in every field that is set; ``q`` are words that all must occur."""

    q: str | None = None
    verdict: str | None = None
    modality: str | None = None
    indicator: str | None = None
    pair: str | None = None
    speaker: str | None = None
    outlet: str | None = None
    document_id: str | None = None


class Listing(Noun, frozen=True, kw_only=True):
    """One page of claims, how many there are in all, and the place after which the next page begins."""

    rows: tuple[ClaimView, ...]
    total: int
    after: int | None


class Book:
    """A copy written by ``served.write_served``, opened for reading by any number of threads."""

    def __init__(self, path: Path) -> None:
        """Open a copy; refuse a file that is none, or one of another format."""
        folder = Path(tempfile.mkdtemp(prefix="tallyman-"))
        weakref.finalize(self, shutil.rmtree, folder, ignore_errors=True)
        try:
            held = _held(path, folder)
            self._connection = duckdb.connect(str(held), read_only=True, config={"threads": 2})
            head = self._connection.execute("SELECT * EXCLUDE place FROM copy").fetchone()
        except (duckdb.Error, OSError) as error:
            raise TallymanError(f"{path}: this is no published copy of a ledger; publish it again") from error
        if head is None or head[0] != FORMAT:
            raise TallymanError(f"{path}: this copy was made by another version; publish it again")
        self.edition: str = head[1]
        self.title: str = head[2]
        self.version: str = head[3]
        self.as_of: date = head[4]
        self.notes: tuple[str, ...] = msgspec.json.decode(head[5], type=tuple[str, ...])
        self._counted = lru_cache(_REMEMBERED)(self._count)
        self._faceted = lru_cache(_REMEMBERED)(self._facet)

    def warm(self) -> None:
        """Load what every page needs, so that no reader waits for it."""
        _ = (
            self.replay,
            self.providers,
            self.stories,
            self.outlooks,
            self.pairs,
            self._events,
            self._by_pair,
        )
        self.claims(ClaimFilter(), as_of=self.as_of, limit=1)

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    @cached_property
    def providers(self) -> dict[str, Provider]:
        """All providers by code, by rank."""
        return {row.code: row for row in self._all("providers", Provider)}

    @cached_property
    def names(self) -> dict[str, str]:
        """The names of the providers, as printed in sentences and legends."""
        return {code: provider.label for code, provider in self.providers.items()}

    @cached_property
    def observations(self) -> dict[str, Observation]:
        """All prints of official figures by id."""
        return {row.id: row for row in self._all("observations", Observation)}

    @cached_property
    def targets(self) -> dict[str, Target]:
        """All targets by id."""
        return {row.id: row for row in self._all("targets", Target)}

    @cached_property
    def replay(self) -> Replay:
        """What was known on past days."""
        return Replay(self.observations.values(), self.targets, self.stories.values())

    @cached_property
    def stories(self) -> dict[str, Story]:
        """All stories by id."""
        return {row.id: row for row in self._all("stories", Story)}

    @cached_property
    def pairs(self) -> dict[str, int]:
        """The pairs that claims or targets are about, with their number of claims, the busiest first."""
        counted = dict(self._rows("SELECT pair, count(*) FROM claims WHERE pair IS NOT NULL GROUP BY pair"))
        for target in self.targets.values():
            counted.setdefault(pair_key(target.measure) or "", 0)
        counted.pop("", None)
        return dict(sorted(counted.items(), key=lambda item: (-item[1], item[0])))

    def claims(
        self, chosen: ClaimFilter, *, as_of: date, after: int | None = None, limit: int = 25
    ) -> Listing:
        """Return claims said by ``as_of``, newest first, from the place ``after`` on."""
        where, values = _where(chosen, as_of)
        found = self._rows(
            f"SELECT place FROM claims WHERE {where} AND place > ? ORDER BY place LIMIT ?",
            [*values, -1 if after is None else after, limit + 1],
        )
        places = [place for (place,) in found[:limit]]
        return Listing(
            rows=self._views("place", places, as_of),
            total=self._counted(where, tuple(values)),
            after=places[-1] if len(found) > limit else None,
        )

    def facets(self, chosen: ClaimFilter, *, as_of: date) -> dict[str, list[tuple[str, int]]]:
        """Return, for each field to filter by, its commonest values and their counts under the others."""
        return self._faceted(chosen, as_of)

    def _facet(self, chosen: ClaimFilter, as_of: date) -> dict[str, list[tuple[str, int]]]:
        counted = {}
        for name in FACETS:
            where, values = _where(msgspec.structs.replace(chosen, **{name: None}), as_of)
            rows = self._rows(
                f"SELECT {name}, count(*) FROM claims WHERE {where} AND {name} IS NOT NULL "
                f"GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT {_FACET_VALUES}",
                values,
            )
            counted[name] = [(str(value), int(count)) for value, count in rows]
        return counted

    def claim(self, claim_id: str, *, as_of: date) -> ClaimView | None:
        """Return one claim, or None if there is none, or none yet on ``as_of``."""
        return next(iter(self.claims_by_id([claim_id], as_of=as_of)), None)

    def claims_by_id(self, ids: Sequence[str], *, as_of: date) -> tuple[ClaimView, ...]:
        """Return the claims with these ids that were said by ``as_of``, newest first."""
        return self._views("id", ids, as_of)

    def documents(self, ids: Sequence[str]) -> dict[str, Document]:
        """Return documents by id, newest first; unknown ids are left out."""
        wanted = list(dict.fromkeys(ids))
        rows = self._rows(f"SELECT record FROM documents WHERE {_among('id', wanted)} ORDER BY place", wanted)
        found = [msgspec.json.decode(record, type=Document) for (record,) in rows]
        return {document.id: document for document in found}

    def library(
        self, q: str | None, *, as_of: date, after: int | None = None, limit: int = 25
    ) -> tuple[list[Document], int, int | None]:
        """Return documents published by ``as_of``, how many there are, and where the next page begins."""
        words = (q or "").casefold().split()
        where = " AND ".join(
            ["(published_on IS NULL OR published_on <= ?)", *("contains(search, ?)" for _ in words)]
        )
        values: list[Any] = [as_of, *words]
        rows = self._rows(
            f"SELECT place, record FROM documents WHERE {where} AND place > ? ORDER BY place LIMIT ?",
            [*values, -1 if after is None else after, limit + 1],
        )
        total = int(self._rows(f"SELECT count(*) FROM documents WHERE {where}", values)[0][0])
        shown = [msgspec.json.decode(record, type=Document) for _, record in rows[:limit]]
        return shown, total, rows[limit - 1][0] if len(rows) > limit else None

    def target(self, target_id: str, *, as_of: date) -> TargetView | None:
        """Return a target with what became of it by ``as_of``, or None if it was not set by then."""
        target = self.targets.get(target_id)
        if target is None or (target.set_on is not None and target.set_on > as_of):
            return None
        said = self.claims_by_id(target.claim_ids, as_of=as_of)
        return _seen(target, self._followed(target_id, as_of), said)

    def goals(self, *, as_of: date) -> list[Target]:
        """Return the targets set by ``as_of``, the newest first."""
        told = [goal for goal in self.targets.values() if goal.set_on is None or goal.set_on <= as_of]
        return sorted(told, key=lambda goal: (-(goal.set_on or date.min).toordinal(), goal.id))

    def followed(self, goals: Iterable[Target], *, as_of: date) -> list[TargetView]:
        """Return targets with what became of them by ``as_of``, without their claims."""
        return [_seen(goal, self._followed(goal.id, as_of), ()) for goal in goals]

    def chances(self, target_id: str, *, as_of: date) -> tuple[Chance, ...]:
        """Return how likely a target is to be met, as known on ``as_of``; empty if it is not open then."""
        if as_of == self.as_of:
            return self.outlooks.get(target_id, ())
        events = self._followed(target_id, as_of)
        return () if events and events[0].status != "open" else self.replay.chances(target_id, as_of)

    @cached_property
    def outlooks(self) -> dict[str, tuple[Chance, ...]]:
        """The chances of open targets, by target, as known on the copy's own day."""
        found: defaultdict[str, list[Chance]] = defaultdict(list)
        for chance in self._all("chances", Chance):
            found[chance.target_id].append(chance)
        return {key: tuple(rows) for key, rows in found.items()}

    def speakers(self, *, as_of: date) -> dict[str, dict[str, int]]:
        """Return who spoke by ``as_of``, with their counts of the copy's verdicts."""
        rows = self._rows(
            "SELECT speaker, verdict, count(*) FROM claims WHERE speaker IS NOT NULL "
            "AND (said_on IS NULL OR said_on <= ?) GROUP BY ALL ORDER BY ALL",
            [as_of],
        )
        records: defaultdict[str, dict[str, int]] = defaultdict(dict)
        for speaker, verdict, count in rows:
            records[speaker][verdict] = count
        return dict(records)

    def of_pair(self, key: str) -> list[Observation]:
        """Return all prints of figures on a pair, in either direction."""
        return self._by_pair.get(key, [])

    @cached_property
    def _by_pair(self) -> dict[str, list[Observation]]:
        found: defaultdict[str, list[Observation]] = defaultdict(list)
        for row in self.observations.values():
            key = pair_key(row.measure)
            if key:
                found[key].append(row)
        return dict(found)

    @cached_property
    def _events(self) -> dict[str, tuple[TargetEvent, ...]]:
        found: defaultdict[str, list[TargetEvent]] = defaultdict(list)
        for event in self._all("events", TargetEvent):
            found[event.target_id].append(event)
        return {key: tuple(events) for key, events in found.items()}

    def _followed(self, target_id: str, as_of: date) -> tuple[TargetEvent, ...]:
        if as_of == self.as_of:
            return self._events.get(target_id, ())
        return self.replay.events(target_id, as_of)

    def _views(self, column: str, wanted: Sequence[Any], as_of: date) -> tuple[ClaimView, ...]:
        rows = self._rows(
            "SELECT record, verdict_then_record, verdict_today_record FROM claims "
            f"WHERE {_among(column, wanted)} AND (said_on IS NULL OR said_on <= ?) ORDER BY place",
            [*wanted, as_of],
        )
        decoded = [
            (msgspec.json.decode(record, type=Claim), _verdict(then), _verdict(today))
            for record, then, today in rows
        ]
        documents = self.documents([claim.document_id for claim, _, _ in decoded])
        views = []
        for claim, then, stored in decoded:
            document = documents[claim.document_id]
            today = (
                stored if as_of == self.as_of else self.replay.verdict(claim, document.published_on, as_of)
            )
            views.append(
                ClaimView(
                    claim=claim,
                    document=document,
                    then=then,
                    today=today,
                    evidence=self._evidence(then, today),
                )
            )
        return tuple(views)

    def _evidence(self, *verdicts: Verdict | None) -> tuple[Observation, ...]:
        ids = dict.fromkeys(
            row
            for verdict in verdicts
            if verdict
            for row in (*verdict.evidence, *(row for finding in verdict.findings for row in finding.evidence))
        )
        return tuple(self.observations[row] for row in ids if row in self.observations)

    def _count(self, where: str, values: tuple[Any, ...]) -> int:
        return int(self._rows(f"SELECT count(*) FROM claims WHERE {where}", values)[0][0])

    def _all(self, table: str, kind: type[_N]) -> list[_N]:
        rows = self._rows(f"SELECT record FROM {table} ORDER BY place")
        return [msgspec.json.decode(record, type=kind) for (record,) in rows]

    def _rows(self, sql: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        return self._connection.cursor().execute(sql, list(values)).fetchall()


def _held(path: Path, folder: Path) -> Path:
    """Return the file under a name of its own: DuckDB takes a newer file of one name for the older one."""
    held = folder / "held.duckdb"
    try:
        held.hardlink_to(path)
    except OSError:
        shutil.copyfile(path, held)
    return held


def _where(chosen: ClaimFilter, as_of: date) -> tuple[str, list[Any]]:
    conditions = ["(said_on IS NULL OR said_on <= ?)"]
    values: list[Any] = [as_of]
    for name, value in msgspec.structs.asdict(chosen).items():
        if value is not None and name != "q":
            conditions.append(f"{name} = ?")
            values.append(value)
    for word in (chosen.q or "").casefold().split():
        conditions.append("contains(search, ?)")
        values.append(word)
    return " AND ".join(conditions), values


def _seen(target: Target, events: tuple[TargetEvent, ...], said: tuple[ClaimView, ...]) -> TargetView:
    return TargetView(
        target=target,
        status=events[0].status if events else "open",
        outcome=events[0] if events else None,
        events=events,
        claims=said,
    )


def _among(column: str, wanted: Sequence[Any]) -> str:
    return f"{column} IN ({', '.join('?' for _ in wanted)})" if wanted else "false"


def _verdict(record: str | None) -> Verdict | None:
    return None if record is None else msgspec.json.decode(record, type=Verdict)
