"""How stories are scored: pairs, kinds of retelling and B-cubed against the gold, and the floors they must keep."""

from __future__ import annotations

import json
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING

from corpus import Told, corpus_hash
from rensa import RMinHash

from tallyman import extract
from tallyman.link import Linker, sketch, stories
from tallyman.link.story import joined

if TYPE_CHECKING:
    from collections.abc import Iterable

FLOORS = Path(__file__).parent / "floors.json"
REQUIRED = {"copies F1": 99.0, "rewrites F1": 92.0, "updates merged": 3.0}
COPIES = frozenset({"original", "copy", "light_edit"})
SLACK = 0.5
PERMUTATIONS, MINHASH_THRESHOLD = 128, 0.5

Group = dict[str, str]
Pair = frozenset[str]


def by_links(rows: list[Told]) -> Group:
    """Return the story of each report as Tallyman groups them, read one after the other."""
    linker = Linker()
    links = [link for row in rows for link in linker.add(sketch(row.document, extract.claims(row.document)))]
    found = stories([row.document for row in rows], links)
    name = {row.document.id: row.name for row in rows}
    return {name[key]: story.id for story in found for key in story.document_ids}


def by_minhash(rows: list[Told]) -> Group:
    """Return the same by MinHash of three-word runs alone: estimated Jaccard of at least one half."""
    hashes = {}
    for row in rows:
        words = row.document.text.casefold().split()
        hashes[row.name] = RMinHash(num_perm=PERMUTATIONS, seed=1)
        hashes[row.name].update([" ".join(run) for run in zip(words, words[1:], words[2:], strict=False)])
    pairs = combinations(hashes, 2)
    return joined(hashes, ((a, b) for a, b in pairs if hashes[a].jaccard(hashes[b]) >= MINHASH_THRESHOLD))


def scores(rows: list[Told], found: Group) -> dict[str, float]:
    """Return the scores in percent: of all pairs, of pairs by kind, and B-cubed over all reports."""
    story, kind = {row.name: row.story for row in rows}, {row.name: row.kind for row in rows}
    gold, ours = _pairs(story), _pairs(found)
    copies = {pair for pair in gold if {kind[name] for name in pair} <= COPIES}
    told_again = gold - copies
    apart = {frozenset((row.name, row.of)) for row in rows if row.of and row.story != story[row.of]}
    updates = {pair for pair in apart if "update" in {kind[name] for name in pair}}
    wrong_copies = {pair for pair in ours - gold if {kind[name] for name in pair} <= COPIES}
    precision, recall = _b_cubed(story, found)
    return {
        "pairs F1": _f1(len(gold & ours), len(gold), len(ours)),
        "B-cubed precision": round(100 * precision, 2),
        "B-cubed recall": round(100 * recall, 2),
        "B-cubed F1": round(200 * precision * recall / (precision + recall), 2),
        "copies F1": _f1(len(copies & ours), len(copies), len(copies & ours) + len(wrong_copies)),
        "rewrites F1": _f1(len(told_again & ours), len(told_again), len(ours - copies)),
        "updates merged": round(100 * len(updates & ours) / len(updates), 2),
        "meetings merged": round(100 * len((apart - updates) & ours) / len(apart - updates), 2),
    }


def wrong(rows: list[Told], found: Group) -> list[str]:
    """Return the pairs that are wrongly apart or together, one a line."""
    gold, ours = _pairs({row.name: row.story for row in rows}), _pairs(found)
    apart = [f"  apart:    {' + '.join(sorted(pair))}" for pair in gold - ours]
    together = [f"  together: {' + '.join(sorted(pair))}" for pair in ours - gold]
    return sorted(apart) + sorted(together)


def broken(ours: dict[str, float]) -> list[str]:
    """Return one line per floor that is not reached: those required, and those pinned."""
    pinned = json.loads(FLOORS.read_text()) if FLOORS.exists() else {"floors": {}, "corpus_sha256": None}
    floors = {**pinned["floors"], **REQUIRED}
    lines = [
        f"FLOOR BROKEN: stories, {name} {ours[name]:.2f}, floor {floor:.2f}"
        for name, floor in floors.items()
        if (ours[name] > floor + SLACK if "merged" in name else ours[name] < floor - SLACK)
    ]
    if pinned["corpus_sha256"] != corpus_hash():
        lines.append("FLOORS STALE: eval/stories/gold changed; run eval/stories/run.py --update")
    return lines


def _pairs(group: Group) -> set[Pair]:
    members: dict[str, list[str]] = {}
    for name, label in group.items():
        members.setdefault(label, []).append(name)
    return {frozenset(pair) for names in members.values() for pair in combinations(names, 2)}


def _f1(right: int, wanted: int, found: int) -> float:
    return round(200 * right / max(1, wanted + found), 2)


def _b_cubed(gold: Group, found: Group) -> tuple[float, float]:
    def of(one: Group, other: Group) -> float:
        return sum(_purity(name, one, other) for name in one) / len(one)

    return of(found, gold), of(gold, found)


def _purity(name: str, one: Group, other: Group) -> float:
    """Return how many of those grouped with a report in ``one`` are so in ``other`` too."""
    together: Iterable[str] = [peer for peer, label in one.items() if label == one[name]]
    return sum(other[peer] == other[name] for peer in together) / len(list(together))
