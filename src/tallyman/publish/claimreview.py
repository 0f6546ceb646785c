"""Verdicts as schema.org ClaimReview in JSON-LD, for those who collect fact checks.

Only claims that official statistics decide are reviews: supported, refuted or conflicting today.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from tallyman.publish import view, words

if TYPE_CHECKING:
    from pathlib import Path

    from tallyman.publish.report import ReportData
    from tallyman.publish.view import ClaimView

_RATINGS = {"refuted": 1, "conflicting": 3, "supported": 5}
_WORST, _BEST = 1, 5
_PUBLISHER = {"@type": "Organization", "name": "Tallyman"}


def write_claimreview(data: ReportData, folder: Path, *, site: str | None = None) -> list[Path]:
    """Write ``claimreview.jsonld``, one graph of reviews; ``site`` is what the claims' pages lie under."""
    reviews = [review(shown, site=site) for shown in view.claim_views(data) if shown.label_today in _RATINGS]
    path = folder / "claimreview.jsonld"
    graph = {"@context": "https://schema.org", "@graph": reviews}
    path.write_bytes(msgspec.json.format(msgspec.json.encode(graph), indent=1))
    return [path]


def review(shown: ClaimView, *, site: str | None = None) -> dict[str, Any]:
    """Return the review of one decided claim: what was said, by whom, where, and how it fared today."""
    claim, verdict = shown.claim, shown.today
    if verdict is None or verdict.label not in _RATINGS:
        raise ValueError(f"{claim.id}: only a decided claim has a review")
    found = {
        "@type": "ClaimReview",
        "@id": address(claim.id, site),
        "url": address(claim.id, site),
        "author": _PUBLISHER,
        "datePublished": verdict.as_of,
        "claimReviewed": " ".join(claim.clause.exact.split()),
        "reviewRating": {
            "@type": "Rating",
            "ratingValue": _RATINGS[verdict.label],
            "worstRating": _WORST,
            "bestRating": _BEST,
            "alternateName": words.say(f"label.{verdict.label}"),
            "ratingExplanation": verdict.explanation,
        },
        "itemReviewed": {
            "@type": "Claim",
            "datePublished": claim.said_on or shown.document.published_on,
            "author": _author(shown),
            "appearance": _appearance(shown),
        },
        "citation": _citations(shown) or None,
    }
    return _without_gaps(found)


def address(record_id: str, site: str | None) -> str:
    """Return the permanent address of a record: under ``site`` if there is one, else a name without a place.

    >>> address("clm_1", "https://tally.example/"), address("clm_1", None)
    ('https://tally.example/claims/clm_1', 'urn:tallyman:clm_1')
    """
    if site is None:
        return f"urn:tallyman:{record_id}"
    kind = {"clm": "claims", "doc": "documents", "tgt": "targets"}[record_id.split("_", maxsplit=1)[0]]
    return f"{site.rstrip('/')}/{kind}/{record_id}"


def _author(shown: ClaimView) -> dict[str, Any]:
    told = shown.claim.attribution
    name = told.holder or told.speaker
    if name is not None:
        return {
            "@type": "Person",
            "name": name,
            "jobTitle": told.speaker_role if name == told.speaker else None,
        }
    return {"@type": "Organization", "name": shown.document.outlet or words.say("attribution.nobody")}


def _citations(shown: ClaimView) -> list[dict[str, str]]:
    addresses = {row.source_url: row.provider for row in shown.evidence if row.source_url}
    return [{"@type": "CreativeWork", "name": name, "url": url} for url, name in addresses.items()]


def _appearance(shown: ClaimView) -> dict[str, Any]:
    document = shown.document
    outlet = {"@type": "Organization", "name": document.outlet} if document.outlet else None
    return {
        "@type": "NewsArticle",
        "identifier": document.id,
        "url": document.url,
        "headline": document.title,
        "datePublished": document.published_on,
        "publisher": outlet,
    }


def _without_gaps(record: dict[str, Any]) -> dict[str, Any]:
    return {
        key: _without_gaps(part) if isinstance(part, dict) else part
        for key, part in record.items()
        if part is not None
    }
