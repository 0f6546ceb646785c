"""Tallyman: what officials and reports say about trade, held against what statistics count.

>>> import tallyman
>>> tallyman.__version__
'0.1.0'
"""

from __future__ import annotations

__version__ = "0.1.0"
