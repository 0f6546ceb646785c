"""Sphinx: Markdown pages (MyST) into site/, the reference written from the code first; see docs/decisions/docs.md."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))

import reference  # noqa: E402 - lies beside this file

if TYPE_CHECKING:
    from sphinx.application import Sphinx

project = "Tallyman"
author = "The Tallyman developers"
extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
myst_heading_anchors = 3
autodoc_typehints = "signature"
autodoc_member_order = "bysource"
html_theme = "furo"
html_title = project
html_last_updated_fmt = None
exclude_patterns = ["images"]


def setup(app: Sphinx) -> None:
    """Write the pages of the reference before they are read."""
    app.connect("builder-inited", lambda _: reference.write(HERE / "reference"))
