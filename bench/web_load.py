"""How fast pages are: a copy with 100,000 claims and 1,000 targets under 50 requests a second.

python bench/web_load.py [--claims 100000] [--rate 50] [--seconds 60] [--past-days 50]
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
import msgspec

from tallyman import answers, demo, track
from tallyman.ledger import Ledger
from tallyman.web.book import Book
from tallyman.web.served import write_served

if TYPE_CHECKING:
    from tallyman.model import Claim, Link, Quantity
    from tallyman.publish.report import ReportData

TODAY = date(2026, 11, 22)
SERVER = """
import sys
from pathlib import Path
from tallyman.web.server import listen
listen(Path(sys.argv[1]), host="127.0.0.1", port=int(sys.argv[2]))
"""
PORT = 8719
OK = 200


def grown(claims: int, targets: int) -> tuple[ReportData, list[Link]]:
    """Return the bundled reports' rows and links, repeated with other ids, days and aims until there are enough.

    Every turn aims at other amounts, up to the wanted number of targets; the register follows from the claims,
    as it does in a ledger.
    """
    with Ledger() as book:
        book.add(demo.documents(), today=TODAY)
        data = book.report("Load", as_of=TODAY)
        statistics, links = book.statistics, book.store.links()
    replace = msgspec.structs.replace
    documents, said, then, today, stories, joined = [], [], [], [], [], []
    first = {verdict.claim_id: verdict for verdict in data.verdicts_then}
    last = {verdict.claim_id: verdict for verdict in data.verdicts_today}
    others = -(-targets // len(data.targets))
    for turn in range(-(-claims // len(data.claims))):
        shift = timedelta(days=turn % 700)
        for document in data.documents:
            day = document.published_on - shift
            documents.append(replace(document, id=f"{document.id}{turn}", published_on=day))
        stories += [
            replace(
                story,
                id=f"{story.id}{turn}",
                document_ids=tuple(f"{key}{turn}" for key in story.document_ids),
                earliest_id=f"{story.earliest_id}{turn}",
            )
            for story in data.stories
        ]
        joined += [
            replace(link, id=f"{link.id}{turn}", from_id=f"{link.from_id}{turn}", to_id=f"{link.to_id}{turn}")
            for link in links
        ]
        for claim in data.claims:
            new = replace(
                claim,
                id=f"{claim.id}{turn}",
                document_id=f"{claim.document_id}{turn}",
                said_on=(claim.said_on or TODAY) - shift,
                quantity=_aimed(claim, turn % others),
            )
            said.append(new)
            then.append(replace(first[claim.id], claim_id=new.id))
            today.append(replace(last[claim.id], claim_id=new.id))
    followed = answers.followed(track.targets(said, documents), said, track.Judge(statistics), as_of=TODAY)
    report = replace(
        data,
        documents=tuple(documents),
        claims=tuple(said),
        verdicts_then=tuple(then),
        verdicts_today=tuple(today),
        targets=tuple(row.target for row in followed),
        events=tuple(event for row in followed for event in row.events),
        stories=tuple(stories),
    )
    return report, joined


def _aimed(claim: Claim, turn: int) -> Quantity | None:
    quantity = claim.quantity
    if quantity is None or claim.modality != "target" or claim.role != "level":
        return quantity
    return msgspec.structs.replace(quantity, value=quantity.value * (100 + turn) / 100)


def addresses(book: Book, count: int, *, past_days: int) -> list[str]:
    """Return a mixture of addresses as readers ask for them; most are asked once only.

    One in twelve replays one of some past days, none of which anybody has asked about before.
    """
    dice = random.Random(7)  # noqa: S311 - a repeatable mixture, no secret
    ids = [row[0] for row in book.rows.select("SELECT id FROM claims USING SAMPLE 20000 ROWS (reservoir, 1)")]
    documents = [row[0] for row in book.rows.select("SELECT id FROM documents LIMIT 5000")]
    targets, pairs = list(book.targets), list(book.pairs(as_of=book.as_of))
    words = ["customs", "Peskov", "billion", "exports", "target", "oil", "Hanoi", "record", "ministry"]
    verdicts = ["supported", "refuted", "conflicting", "not_enough_evidence"]
    days = [TODAY - timedelta(days=dice.randrange(1, 1500)) for _ in range(past_days)]
    kinds = [
        (4, lambda: "/"),
        (25, lambda: f"/claims/{dice.choice(ids)}"),
        (15, lambda: f"/documents/{dice.choice(documents)}"),
        (15, lambda: f"/targets/{dice.choice(targets)}"),
        (10, lambda: f"/claims?after={dice.randrange(90000)}"),
        (8, lambda: f"/claims?q={dice.choice(words)}+{dice.choice(words)}&verdict={dice.choice(verdicts)}"),
        (5, lambda: f"/claims?pair={dice.choice(pairs)}&after={dice.randrange(1000)}"),
        (5, lambda: f"/pairs/{dice.choice(pairs)}"),
        (4, lambda: f"/claims.json?after={dice.randrange(90000)}"),
        (3, lambda: "/targets?status=open"),
        (2, lambda: f"/claims?as_of={dice.choice(days)}&after={dice.randrange(50000)}"),
        (2, lambda: f"/targets?as_of={dice.choice(days)}"),
        (2, lambda: f"/?as_of={dice.choice(days)}"),
        (1, lambda: f"/pairs/{dice.choice(pairs)}?as_of={dice.choice(days)}"),
        (1, lambda: f"/stories?as_of={dice.choice(days)}"),
        (2, lambda: "/speakers"),
        (1, lambda: "/scores"),
        (1, lambda: f"/stories?after={dice.randrange(100)}"),
    ]
    weights = [weight for weight, _ in kinds]
    return [make() for _, make in dice.choices(kinds, weights, k=count)]


async def drive(urls: list[str], rate: float) -> list[tuple[str, int, float]]:
    """Ask for one address every 1/rate seconds, whether the last answer came or not.

    A first question, not counted, loads what the asking side itself needs.
    """
    results: list[tuple[str, int, float]] = []
    limits = httpx.Limits(keepalive_expiry=20)  # sooner than the server closes an idle connection
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{PORT}", timeout=30, limits=limits) as client:

        async def ask(url: str) -> None:
            start = time.perf_counter()
            status = 0
            with contextlib.suppress(httpx.TransportError):
                answer = await client.get(url, headers={"accept": "text/html", "accept-encoding": "gzip"})
                status = answer.status_code
            results.append((url, status, time.perf_counter() - start))

        await client.get("/tallyman.css")
        begin, tasks = time.perf_counter(), []
        for place, url in enumerate(urls):
            await asyncio.sleep(max(0.0, begin + place / rate - time.perf_counter()))
            tasks.append(asyncio.create_task(ask(url)))
        await asyncio.gather(*tasks)
    return results


def report(results: list[tuple[str, int, float]]) -> None:
    """Print the median and the 99th percentile, over all and for each kind of page."""
    kinds: dict[str, list[float]] = {"all": [seconds for _, _, seconds in results]}
    for url, _, seconds in results:
        path = url.split("?")[0]
        kind = path if path.count("/") < 2 else path.rsplit("/", 1)[0] + "/{id}"
        kinds.setdefault(kind + (" (replayed)" if "as_of" in url else ""), []).append(seconds)
    print(f"{'page':28} {'count':>6} {'median ms':>10} {'p99 ms':>8} {'max ms':>8}")
    for kind, times in sorted(kinds.items(), key=lambda item: -len(item[1])):
        ordered = sorted(times)
        p99 = ordered[min(len(ordered) - 1, int(len(ordered) * 0.99))]
        middle, worst = statistics.median(times), ordered[-1]
        print(f"{kind:28} {len(times):6} {middle * 1000:10.1f} {p99 * 1000:8.1f} {worst * 1000:8.1f}")
    bad = sorted((status, url) for url, status, _ in results if status != OK)
    print("answers other than 200 (0: none came):", len(bad), bad[:5])


def main() -> None:
    """Build the copy, start the server, drive it, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--claims", type=int, default=100_000)
    parser.add_argument("--targets", type=int, default=1_000)
    parser.add_argument("--rate", type=float, default=50)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--past-days", type=int, default=50)
    parser.add_argument("--copy", type=Path, help="keep the copy here and use it again")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        copy = chosen.copy or Path(folder) / "served.duckdb"
        if not copy.exists():
            start = time.perf_counter()
            report_data, links = grown(chosen.claims, chosen.targets)
            write_served(report_data, copy, links=links)
            print(f"copy written in {time.perf_counter() - start:.1f} s, {copy.stat().st_size / 1e6:.0f} MB")
        book = Book(copy)
        urls = addresses(book, int(chosen.rate * chosen.seconds), past_days=chosen.past_days)
        book.close()
        server = subprocess.Popen([sys.executable, "-c", SERVER, str(copy), str(PORT)])  # noqa: S603
        try:
            for _ in range(100):
                with contextlib.suppress(httpx.TransportError):
                    httpx.get(f"http://127.0.0.1:{PORT}/tallyman.css")
                    break
                time.sleep(0.2)
            report(asyncio.run(drive(urls, chosen.rate)))
            print("server still running:", server.poll() is None)
            page = httpx.get(f"http://127.0.0.1:{PORT}/", headers={"accept-encoding": "gzip"})
            print("first page, compressed:", page.num_bytes_downloaded, "bytes")
        finally:
            server.terminate()
            server.wait()
            used = resource.getrusage(resource.RUSAGE_CHILDREN)
            spent = (used.ru_utime + used.ru_stime) / len(urls)
            print(f"server: {spent * 1000:.1f} ms of CPU a request, starting up included")


if __name__ == "__main__":
    main()
