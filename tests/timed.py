"""Claims of a text of ours by their figures, and the days they are about."""

from __future__ import annotations

from datetime import date

from tallyman.extract import claims
from tallyman.model import Document

DAY = date(2023, 6, 20)
NO_TIME = "None..None"


def read(text, published_on=DAY):
    document = Document(id="d", text=text, sha256="", language="en", published_on=published_on)
    return {claim.anchor.exact: claim for claim in claims(document)}


def days(claim):
    return f"{claim.period.start}..{claim.period.end}"
