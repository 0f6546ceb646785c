"""Cut a document's text where claims begin and end, so that a page can mark them."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from tallyman.model import Claim, Document, Noun, TallymanError

if TYPE_CHECKING:
    from collections.abc import Iterable


class Segment(Noun, frozen=True, kw_only=True):
    """A run of text and the claims whose figure covers it; most runs carry none."""

    text: str
    claims: tuple[Claim, ...] = ()


def segments(document: Document, claims: Iterable[Claim]) -> list[Segment]:
    """Return the text of a document in runs; joined together they are the text again.

    Claims on the same figure share a run; where figures overlap, the overlap is a run of its own. Refuses a
    claim whose anchor does not fit the text.

    >>> from tallyman.model import Anchor, Measure, Origin, Period, Quantity
    >>> document = Document(id="doc_1", text="up 5 %", sha256="")
    >>> claim = Claim(id="clm_1", document_id="doc_1", path=None, anchor=Anchor(start=3, end=6, exact="5 %"),
    ...     clause=Anchor(start=0, end=6, exact="up 5 %"), quantity=None, role="change", modality="actual",
    ...     measure=Measure(indicator="exports"), period=Period(),
    ...     origin=Origin(extractor="x", version="1", rule="r"))
    >>> [segment.text for segment in segments(document, [claim])]
    ['up ', '5 %']
    """
    own = sorted((claim for claim in claims if claim.document_id == document.id), key=_place)
    edges = {0, len(document.text)}
    for claim in own:
        anchor = claim.anchor
        if document.text[anchor.start : anchor.end] != anchor.exact:
            raise TallymanError(
                f"{claim.id}: {anchor.exact!r} does not stand at {anchor.start} "
                f"in {document.path or document.id}; read the document again"
            )
        edges |= {anchor.start, anchor.end}
    ordered = sorted(edges)
    return [
        Segment(
            text=document.text[start:end],
            claims=tuple(claim for claim in own if claim.anchor.start <= start and end <= claim.anchor.end),
        )
        for start, end in pairwise(ordered)
    ]


def _place(claim: Claim) -> tuple[int, int, str]:
    return (claim.anchor.start, claim.anchor.end, claim.id)
