"""Claims as W3C Web Annotations: where each stands in its report, so that other tools can mark it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from tallyman.publish import view, words
from tallyman.publish.claimreview import address

if TYPE_CHECKING:
    from pathlib import Path

    from tallyman.publish.report import ReportData
    from tallyman.publish.view import ClaimView

_CONTEXT = 32


def write_annotations(data: ReportData, folder: Path, *, site: str | None = None) -> list[Path]:
    """Write ``annotations.jsonld``: an AnnotationPage with one annotation a claim."""
    page = {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": f"{site.rstrip('/')}/annotations" if site else "urn:tallyman:annotations",
        "type": "AnnotationPage",
        "items": [annotation(shown, site=site) for shown in view.claim_views(data)],
    }
    path = folder / "annotations.jsonld"
    path.write_bytes(msgspec.json.format(msgspec.json.encode(page), indent=1))
    return [path]


def annotation(shown: ClaimView, *, site: str | None = None) -> dict[str, Any]:
    """Return the annotation of one claim: its place as offsets in code points and as a quotation."""
    claim, document = shown.claim, shown.document
    start, end = claim.anchor.start, claim.anchor.end
    said = f"{words.figure(claim)}; {words.measure(claim.measure)}; {words.when(claim)}"
    return {
        "id": address(claim.id, site),
        "type": "Annotation",
        "motivation": "assessing",
        "body": [
            {"type": "TextualBody", "purpose": "describing", "value": said},
            {"type": "TextualBody", "purpose": "assessing", "value": words.say(f"label.{shown.label_today}")},
        ],
        "target": {
            "source": document.url or address(document.id, site),
            "selector": [
                {"type": "TextPositionSelector", "start": start, "end": end},
                {
                    "type": "TextQuoteSelector",
                    "exact": claim.anchor.exact,
                    "prefix": document.text[max(0, start - _CONTEXT) : start],
                    "suffix": document.text[end : end + _CONTEXT],
                },
            ],
        },
    }
