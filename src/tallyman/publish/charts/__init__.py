"""Charts as Vega-Lite: each is a template of JSON beside this file, filled with rows.

Every function returns a complete specification; ``draw.svg`` and ``draw.png`` make pictures of it, and
anyone may open it in a Vega editor. Colours are Okabe and Ito's, told apart by dashes too, so that a chart
survives grey paper.
"""

from __future__ import annotations

from tallyman.publish.charts.chances import chances
from tallyman.publish.charts.fan import fan
from tallyman.publish.charts.pair import pair
from tallyman.publish.charts.reliability import Bin, reliability
from tallyman.publish.charts.target import target

__all__ = ["Bin", "chances", "fan", "pair", "reliability", "target"]
