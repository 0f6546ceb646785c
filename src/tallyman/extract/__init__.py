"""Documents to claims, by rules of a lexicon; pure and linear in the length of the text.

>>> from tallyman.extract import quantities
>>> [(a.exact, str(q.value)) for a, q in quantities("up 5 percent to $2.5 billion")]
[('5 percent', '5'), ('$2.5 billion', '2500000000')]
"""

from __future__ import annotations

from tallyman.extract.amounts import quantities
from tallyman.extract.claims import claims
from tallyman.extract.periods import periods

__all__ = ["claims", "periods", "quantities"]
