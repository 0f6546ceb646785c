"""The ledger: what was said, held against what was counted.

It wires the rooms together and holds no rules: ``read`` fills it, the other methods answer questions as of a
day. The shipped statistics are always there, also in a ledger without a file.
"""

from __future__ import annotations

from functools import cached_property, partial
from operator import attrgetter
from types import SimpleNamespace
from typing import TYPE_CHECKING, Self

from msgspec import structs

from tallyman import __version__, extract, read, record, track
from tallyman.answers import Checked, Explained, Followed, Summary, followed, judged, said_by
from tallyman.counts import Counts
from tallyman.intake import Intake
from tallyman.mirror import mirror
from tallyman.model import (
    Claim,
    Document,
    Forecast,
    Label,
    Measure,
    Observation,
    Reject,
    TallymanError,
)
from tallyman.providers import reference
from tallyman.providers.catalogue import providers
from tallyman.publish import notebook
from tallyman.publish.chance import chances_of
from tallyman.publish.frames import Rows
from tallyman.publish.report import ReportData
from tallyman.revisions import revisions
from tallyman.store import connect
from tallyman.tellings import Tellings
from tallyman.vintage import known

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import date
    from pathlib import Path
    from types import TracebackType

    from tallyman import link, speakers
    from tallyman.mirror import Gap
    from tallyman.publish.chance import Chance
    from tallyman.revisions import Revision
    from tallyman.score import Fared
    from tallyman.series import Shelf
    from tallyman.store import Store

__all__ = ["Checked", "Explained", "Followed", "Ledger", "Summary"]


class Ledger:
    """One ledger: a DuckDB file, a PostgreSQL address, or nothing but memory.

    >>> from datetime import date
    >>> with Ledger() as ledger:
    ...     row = ledger.observations(("CN", "RU"), as_of=date(2022, 1, 20))[-1]
    >>> row.provider, row.released_on <= date(2022, 1, 20)
    ('ru_officials', True)
    """

    def __init__(self, path: Path | str | None = None, *, read_only: bool = False) -> None:
        """Open a ledger; ``None`` is one in memory, which holds the shipped statistics only."""
        self._path = path
        self._read_only = read_only

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _repr_html_(self) -> str:
        counts = {
            "reports": len(self.documents()),
            "claims": len(self.claims()),
            "refused": len(self.rejects()),
        }
        return notebook.ledger(str(self._path or "in memory"), counts)

    def close(self) -> None:
        """Let go of the file or server."""
        if "store" in self.__dict__:
            self.store.close()

    @cached_property
    def store(self) -> Store:
        """The tables behind the ledger, opened when first needed."""
        return connect(self._path, read_only=self._read_only)

    def read(
        self,
        paths: Iterable[str | Path],
        *,
        published_on: date | str | None = None,
        outlet: str | None = None,
        today: date | None = None,
        workers: int = 1,
    ) -> Summary:
        """Read reports and their claims from files, folders or standard input ("-"); see ``add``."""
        found = read.documents(paths, published_on=published_on, outlet=outlet)
        return self.add(found, today=today, workers=workers)

    def add(
        self, found: Iterable[Document | Reject], *, today: date | None = None, workers: int = 1
    ) -> Summary:
        """Add documents with their claims, and what was refused.

        A document already there adds nothing, unless a newer extractor reads it: then its claims count instead.
        Each batch is one transaction, so a crash loses at most the batch under way and a second run goes on
        where the first one stopped. A document dated after ``today`` is refused.
        """
        self.store.add_observations(reference.observations())
        summary = self._intake.add(found, today=today, workers=workers)
        self.__dict__.pop("_counts", None)
        return summary

    def add_targets(self, text: str, path: str) -> track.Listed:
        """Add a table of targets as a document with a claim a row; see ``track.listed``. Twice adds nothing."""
        found = track.listed(text, path)
        with self.store.transaction():
            self.store.add_documents([found.document])
            self.store.add_claims(row.claim for row in found.rows)
            self.store.add_readings([found.document.id], __version__)
            self.store.add_rejects(found.rejects)
        return found

    def documents(self) -> Rows[Document]:
        """Return the documents by day of publication, undated ones last."""
        return Rows(self.store.documents(), "documents")

    def claims(self) -> Rows[Claim]:
        """Return the claims by document and place in it; ``verdicts`` has them with what became of them."""
        return Rows(
            self.store.claims(), "claims", record=lambda claim: SimpleNamespace(claim=claim), of="claim."
        )

    def rejects(self) -> list[Reject]:
        """Return the inputs that were refused, with the reason and the fix."""
        return self.store.rejects()

    def observations(
        self, pair: tuple[str, str] | None = None, *, as_of: date, vintages: bool = False
    ) -> Rows[Observation]:
        """Return what was known on ``as_of`` of a pair of areas, in either order, or of all; in full units.

        Of several prints of one number the one that counts on that day, or all of them as ``vintages``.
        """
        rows = self._counts.everything() if pair is None else self._counts.get(frozenset(pair), [])
        if vintages:
            return Rows((row for row in rows if row.released_on <= as_of), "observations")
        return Rows(known(rows, as_of=as_of), "observations")

    def verdicts(self, *, as_of: date, labels: Collection[Label] | None = None) -> Rows[Checked]:
        """Return the claims said by ``as_of`` with both verdicts; those of which one is among ``labels``."""
        told = self.tellings
        days = {document.id: document.published_on for document in told.documents}
        of_document = _by_document(told.claims)
        sources, copies = told.corroboration(), told.copies()
        checked = [
            structs.replace(
                judged(
                    claim,
                    self.statistics,
                    published_on=days.get(key),
                    as_of=as_of,
                    beside=claims,
                    copies=copies.get(key, ()),
                ),
                independent_sources=sources.get(claim.id),
            )
            for key, claims in of_document.items()
            for claim in claims
            if said_by(claim, days.get(key), as_of)
        ]
        wanted = (
            c for c in checked if labels is None or {c.verdict_then.label, c.verdict_today.label} & {*labels}
        )
        return Rows(wanted, "claims")

    @property
    def statistics(self) -> Shelf:
        """All official rows, ready to be asked what was known on a day."""
        return self._counts.shelf

    def check(self, document: Document, *, as_of: date) -> list[Checked]:
        """Return the claims of a document with both verdicts, without keeping anything."""
        claims = extract.claims(document)
        copies = self._copies_of(document, claims)
        judge = partial(judged, statistics=self.statistics, published_on=document.published_on, as_of=as_of)
        return [judge(claim, beside=claims, copies=copies) for claim in claims]

    def targets(self, *, as_of: date) -> Rows[Followed]:
        """Return the targets set by ``as_of`` and what became of them by that day."""
        documents = self.documents()
        days = {document.id: document.published_on for document in documents}
        said = [claim for claim in self.claims() if said_by(claim, days.get(claim.document_id), as_of)]
        register = track.targets(said, documents, self.store.links())
        return Rows(followed(register, said, track.Judge(self.statistics), as_of=as_of), "targets")

    def stories(self, *, as_of: date) -> Rows[link.Told]:
        """Return the stories that reports told by ``as_of``, oldest first; see ``tellings``."""
        return Rows(self.tellings.stories(as_of=as_of), "stories", record=attrgetter("story"))

    def chances(self, *, as_of: date) -> dict[str, tuple[Chance, ...]]:
        """Return how likely the targets that are open on ``as_of`` are to be met, by their ids; see ``chances_of``.

        Empty without the extra ``[forecast]``; nothing is kept, see ``keep``.
        """
        followed = self.targets(as_of=as_of)
        still = [row.target for row in followed if not row.events or row.events[0].status == "open"]
        return chances_of(still, self.statistics, as_of=as_of)

    @property
    def tellings(self) -> Tellings:
        """Who tells what again: stories, links and judgements, drift, corroboration, chronicles."""
        return Tellings(self.store, lambda day: [(row.target, row.events) for row in self.targets(as_of=day)])

    def report(self, title: str, *, as_of: date) -> ReportData:
        """Return all rows of a printed report, as known on ``as_of``."""
        checked = self.verdicts(as_of=as_of)
        followed = self.targets(as_of=as_of)
        pairs = {_pair(row.claim.measure) for row in checked}
        return ReportData(
            title=title,
            as_of=as_of,
            version=__version__,
            documents=tuple(self.documents()),
            claims=tuple(row.claim for row in checked),
            verdicts_then=tuple(row.verdict_then for row in checked),
            verdicts_today=tuple(row.verdict_today for row in checked),
            targets=tuple(row.target for row in followed),
            events=tuple(event for row in followed for event in row.events),
            observations=tuple(row for row in self._counts.of(pairs) if row.released_on <= as_of),
            stories=tuple(
                told.story for told in self.tellings.stories(as_of=as_of) if len(told.documents) > 1
            ),
            providers=tuple(providers().values()),
            record=tuple(self.forecasts(as_of=as_of)) if record.scorable() else None,
        )

    def mirror(self, pair: tuple[str, str], *, as_of: date) -> list[Gap]:
        """Return the years that both sides of a pair had counted by ``as_of``, with the gap between them."""
        return mirror(self.statistics, pair, as_of=as_of)

    def revisions(self, pair: tuple[str, str], *, as_of: date) -> list[Revision]:
        """Return every number of a pair as first printed and as it counts on ``as_of``; see ``revisions``."""
        return revisions(self.observations(pair, as_of=as_of, vintages=True), as_of=as_of)

    def forecast(
        self,
        measure: Measure,
        year: int,
        *,
        as_of: date,
        fiscal: int | None = None,
        threshold: float | None = None,
        issued_on: date | None = None,
    ) -> list[Forecast | Reject]:
        """Return the distribution of a year's total as known on ``as_of``, one per provider; see ``nowcast``.

        Needs the extra ``[forecast]``; nothing is kept, see ``keep``.
        """
        try:
            from tallyman.forecast import nowcast  # noqa: PLC0415 - numpy is an extra
        except ModuleNotFoundError as error:
            raise record.needed(error) from error
        rows = self.statistics
        return nowcast(
            rows, measure, year, as_of=as_of, fiscal=fiscal, threshold=threshold, issued_on=issued_on
        )

    def keep(self, forecasts: Iterable[Forecast]) -> int:
        """Add forecasts to the public record, where none is ever changed; return how many are new."""
        return self.store.add_forecasts(forecasts)

    def forecasts(self, *, as_of: date) -> list[Fared]:
        """Return the public record: forecasts kept, and officials' with ours beside them, with their scores."""
        return record.fared(self.store.forecasts(), self.claims(), self.statistics, as_of=as_of)

    def speakers(self, *, as_of: date, by: record.By = "speaker") -> list[speakers.Record]:
        """Return how right each speaker, or each outlet, was by ``as_of``; only those with ten claims or more."""
        return record.spoken(self.verdicts(as_of=as_of), self.documents(), self.statistics, by=by)

    def explain(self, claim_id: str, *, as_of: date) -> Explained:
        """Return all that stands behind a claim; the first letters of an id do if no other begins with them.

        Refuses an id that no claim, or more than one, begins with.
        """
        found = [claim for claim in self.claims() if claim.id.startswith(claim_id)]
        if len(found) != 1:
            reason = f"{len(found)} claims begin so" if found else "no such claim in this ledger"
            raise TallymanError(f"{claim_id}: {reason}; list the ids with: tallyman claims --format csv")
        claim = found[0]
        (document,) = self.store.documents(ids=[claim.document_id])
        beside = [other for other in self.claims() if other.document_id == document.id]
        copies = self.tellings.copies().get(document.id, ())
        checked = judged(
            claim,
            self.statistics,
            published_on=document.published_on,
            as_of=as_of,
            beside=beside,
            copies=copies,
        )
        used = self._counts.by_id((*checked.verdict_then.evidence, *checked.verdict_today.evidence))
        return Explained(document=document, checked=checked, observations=tuple(used.values()))

    def _copies_of(self, document: Document, claims: Iterable[Claim]) -> tuple[str, ...]:
        rows = self._counts.of({_pair(claim.measure) for claim in claims})
        quoting = {row.document_id for row in rows if row.document_id is not None}
        return self.tellings.copies_of(document, claims, quoting) if quoting else ()

    @cached_property
    def _intake(self) -> Intake:
        return Intake(self.store)

    @cached_property
    def _counts(self) -> Counts:
        empty = self._path is None and "store" not in self.__dict__
        return Counts(None if empty else self.store)


def _by_document(claims: Iterable[Claim]) -> dict[str, list[Claim]]:
    found: dict[str, list[Claim]] = {}
    for claim in claims:
        found.setdefault(claim.document_id, []).append(claim)
    return found


def _pair(measure: Measure) -> frozenset[str | None]:
    return frozenset((measure.reporter, measure.partner))
