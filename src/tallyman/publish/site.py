"""A ledger as a static site: pages that work from disk, with relative links and nothing fetched from elsewhere."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import unquote

from tallyman.ids import content_id
from tallyman.mirror import mirror
from tallyman.model import Measure
from tallyman.publish import coverage, pictures, standings, terms, view
from tallyman.publish.chance import chances
from tallyman.publish.html import environment
from tallyman.series import shelf

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from tallyman.model import Observation
    from tallyman.publish.report import ReportData
    from tallyman.publish.view import ClaimView

_A_PAGE = 500
_WRONG = 10
_STYLE = "tallyman.css"


class Page(NamedTuple):
    """One page: its address on a served ledger, its template, what it shows, and its folder if named otherwise."""

    address: str
    template: str
    found: dict[str, Any]
    folder: str | None = None

    @property
    def path(self) -> str:
        """The file of the page: an index in a folder of its own, so that its address needs no ending."""
        folder = (self.address if self.folder is None else self.folder).strip("/")
        return f"{folder}/index.html" if folder else "index.html"


def write_site(data: ReportData, folder: Path) -> list[Path]:
    """Write a page for the scoreboard, each claim, document, pair, target, story, speaker and provider.

    The addresses are those of a served ledger, each a folder with its ``index.html``, so permalinks stay what
    they are on any web server; links name the file, so that they hold on a disk too. A speaker's folder is named
    by a hash of the name. Pages of an earlier run that no longer belong stay where they are.
    """
    pages = list(_Site(data).pages())
    places = {page.address: page.path for page in pages}
    jinja = environment()
    written = [folder / _STYLE]
    folder.mkdir(parents=True, exist_ok=True)
    written[0].write_text(jinja.get_template("pages.css").render(), encoding="utf-8")
    for page in pages:
        path = folder / page.path
        path.parent.mkdir(parents=True, exist_ok=True)
        root = "../" * page.path.count("/")

        def to(address: str, root: str = root) -> str:
            return f"{root}{places[unquote(address)]}"

        text = jinja.get_template(page.template).render(
            data=data,
            as_of=data.as_of,
            frame="site/frame.html",
            to=to,
            root=root,
            style=_STYLE,
            address=page.address,
            **page.found,
        )
        path.write_text(text, encoding="utf-8", errors="replace")
        written.append(path)
    return written


class _Site:
    """The views of a report, gathered once for all of its pages."""

    def __init__(self, data: ReportData) -> None:
        self.data = data
        self.shelf = shelf(data.observations)
        self.names = {provider.code: provider.label for provider in data.providers}
        self.claims = sorted(view.claim_views(data), key=_newest)
        self.targets = view.target_views(data, self.claims)
        self.documents = view.document_views(data, self.claims)
        self.chances = chances(data)
        self.stories = view.story_views(data)
        self.speakers = view.speaker_views(view.speaker_counts(self.claims))
        self.observations: defaultdict[str, list[Observation]] = defaultdict(list)
        for row in data.observations:
            self.observations[view.pair_key(row.measure) or ""].append(row)

    def pages(self) -> Iterator[Page]:
        """Yield all pages."""
        yield from self._lists()
        yield from self._claims()
        yield from self._documents()
        yield from self._pairs()
        yield from self._targets()
        yield from self._speakers()
        yield from self._providers()

    def _lists(self) -> Iterator[Page]:
        wrong = [row for row in self.claims if row.label_today == "refuted"]
        statuses = Counter(row.status for row in self.targets).most_common()
        found = {
            "targets": self.targets, "chances": self.chances, "statuses": statuses, "names": self.names,
            "total": len(self.claims), "wrong": wrong[:_WRONG], "counts": view.label_counts(self.claims),
        }  # fmt: skip
        yield Page("/", "site/scoreboard.html", found)
        yield from _paged("/claims", "site/claims.html", self.claims)
        documents = sorted((row.document for row in self.documents), key=view.published, reverse=True)
        for page in _paged("/documents", "site/documents.html", documents):
            yield page._replace(found=page.found | {"stories": self.stories})
        yield Page("/speakers", "pages/speakers.html", {"speakers": self.speakers})
        board = None if self.data.record is None else standings.board(self.data.record)
        found = {"record": board, "names": self.names, "diagram": pictures.of_record(self.data)}
        yield Page("/scores", "site/scores.html", found)

    def _claims(self) -> Iterator[Page]:
        goals = defaultdict(list)
        for goal in self.targets:
            for claim_id in goal.target.claim_ids:
                goals[claim_id].append(goal)
        for row in self.claims:
            stories = [told.story for told in self.stories if row.document.id in told.story.document_ids]
            found = {"view": row, "names": self.names, "goals": goals[row.claim.id], "stories": stories}
            yield _of("claims", row.claim.id, "pages/claim.html", found)

    def _documents(self) -> Iterator[Page]:
        by_id = {row.claim.id: row for row in self.claims}
        for row in self.documents:
            yield _of(
                "documents",
                row.document.id,
                "pages/document.html",
                {"view": row, "by_id": by_id, "story": None},
            )
        for told in self.stories:
            yield _of(
                "stories",
                told.story.id,
                "pages/story.html",
                {"title": told.title, "story": told.story, "documents": told.documents},
            )

    def _pairs(self) -> Iterator[Page]:
        said: defaultdict[str, list[ClaimView]] = defaultdict(list)
        for row in self.claims:
            said[view.pair_key(row.claim.measure) or ""].append(row)
        wanted = {view.pair_key(row.target.measure) or "" for row in self.targets}
        keys = sorted(
            (wanted | {*said} | {*self.observations}) - {""}, key=lambda key: (-len(said[key]), key)
        )
        rows = [view.PairView(pair=key, claims=len(said[key])) for key in keys]
        yield Page("/pairs", "pages/pairs.html", {"pairs": rows})
        for key in keys:
            goals = [row for row in self.targets if view.pair_key(row.target.measure) == key]
            reporter, partner = key.split("-")
            flow = Measure(indicator="total_trade", reporter=reporter, partner=partner)
            aims = [row.target for row in goals if row.target.measure.indicator == "total_trade"]
            found = {
                "key": key, "measure": flow, "goals": goals, "chances": self.chances, "names": self.names,
                "gaps": mirror(self.shelf, (reporter, partner), as_of=self.data.as_of),
                "chronicle": view.chronicle(goals), "claims": said[key],
                "picture": pictures.of_pair(self.data, flow, self.observations[key], aims, self.names),
            }  # fmt: skip
            yield _of("pairs", key, "pages/pair.html", found)

    def _targets(self) -> Iterator[Page]:
        register = {row.target.id: row.target for row in self.targets}
        for row in self.targets:
            found = {
                "view": row, "targets": register, "names": self.names, "history": view.history(row),
                "chances": self.chances.get(row.target.id, ()),
                "picture": pictures.of_target(self.data, row, self.names),
            }  # fmt: skip
            yield _of("targets", row.target.id, "pages/target.html", found)

    def _speakers(self) -> Iterator[Page]:
        said: defaultdict[str, list[ClaimView]] = defaultdict(list)
        for row in self.claims:
            said[view.speaker(row.claim) or ""].append(row)
        for record in self.speakers:
            name = record.speaker
            found = {"record": record, "claims": said[name]}
            yield Page(
                f"/speakers/{name}", "pages/speaker.html", found, f"speakers/{content_id('spk', name)}"
            )

    def _providers(self) -> Iterator[Page]:
        rows: defaultdict[str, list[Observation]] = defaultdict(list)
        for row in self.data.observations:
            rows[row.provider].append(row)
        listed = [
            coverage.of_provider(one, rows[one.code]) for one in self.data.providers if one.code in rows
        ]
        yield Page(
            "/providers", "pages/providers.html", {"providers": listed, "terms": terms.terms(self.data)}
        )
        for one in self.data.providers:
            found = {"provider": one, "coverage": coverage.by_pair(rows[one.code])}
            yield _of("providers", one.code, "pages/provider.html", found)


def _of(kind: str, key: str, template: str, found: dict[str, Any]) -> Page:
    return Page(f"/{kind}/{key}", template, found)


def _paged(address: str, template: str, rows: Sequence[object]) -> Iterator[Page]:
    """Yield a long list in pages, the first under the plain address."""
    last = max(0, len(rows) - 1) // _A_PAGE
    for number in range(last + 1):
        ending = f"-{number + 1}" if number else ""
        found = {
            "rows": rows[number * _A_PAGE : (number + 1) * _A_PAGE],
            "total": len(rows),
            "further": f"{address}-{number + 2}" if number < last else None,
        }
        yield Page(f"{address}{ending}", template, found)


def _newest(shown: ClaimView) -> tuple[int, str, int, str]:
    day = shown.claim.said_on or shown.document.published_on
    return (-day.toordinal() if day else 0, shown.document.id, shown.claim.anchor.start, shown.claim.id)
