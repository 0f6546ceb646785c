"""Sphinx: Markdown pages (MyST) into site/; see docs/decisions/docs.md."""

project = "Tallyman"
author = "The Tallyman developers"
extensions = ["myst_parser"]
myst_heading_anchors = 3
html_theme = "furo"
html_title = project
html_last_updated_fmt = None
exclude_patterns = ["images"]
