"""Vega-Lite to pictures, by vl-convert: no browser, no network.

A picture takes its ink from the text around it (``currentColor``), so one SVG serves light and dark pages.
"""

from __future__ import annotations

import itertools
import re
from html import escape
from typing import TYPE_CHECKING, Any, cast

from tallyman.model import TallymanError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from types import ModuleType

_VERSION = "5.21"
_INK = re.compile(r"#010203")
_ROLES = re.compile(r' (?:role|aria-[a-z]+)="[^"]*"')
_CLIP = re.compile(r'(id="|url\(#)(clip\d+)')
_PAPER = (
    "<style>svg{background:#fdfcfa;color:#1c1b19}"
    "@media (prefers-color-scheme:dark){svg{background:#15171a;color:#e9e7e2}}</style>"
)
_ROOT = re.compile(r"<svg [^>]*?width=\"([\d.]+)\" height=\"([\d.]+)\" viewBox=\"([^\"]*)\">")


def available() -> bool:
    """Tell whether pictures can be drawn here."""
    try:
        _converter()
    except TallymanError:
        return False
    return True


def svg(spec: Mapping[str, Any], *, title: str, name: str = "chart", alone: bool = False) -> str:
    """Return a chart as an SVG element for use in a page, with ``title`` for screen readers.

    ``name`` keeps the ids of several charts on one page apart; a picture that stands ``alone`` in a file
    brings its own paper and ink, light or dark. Refuses without vl-convert and says how to get it.
    """
    drawn = cast("str", _converter().vegalite_to_svg(dict(spec), _VERSION))
    drawn = _ROLES.sub("", _INK.sub("currentColor", drawn))
    numbers: dict[str, str] = {}
    count = itertools.count()
    drawn = _CLIP.sub(
        lambda match: match[1] + numbers.setdefault(match[2], f"{name}-clip{next(count)}"), drawn
    )
    head = _ROOT.match(drawn)
    if head is None:
        raise TallymanError(f"{name}: vl-convert returned no SVG; install vl-convert-python 1.9 or later")
    width, height, box = head.groups()
    opening = (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="chart" role="img" aria-labelledby="{name}-title" '
        f'width="{width}" height="{height}" viewBox="{box}"><title id="{name}-title">{escape(title)}</title>'
    )
    return opening + (_PAPER if alone else "") + drawn[head.end() :]


def png(spec: Mapping[str, Any], *, scale: float = 2.0) -> bytes:
    """Return a chart as a PNG picture on white, ``scale`` pixels to a unit."""
    inked = {**spec, "background": "white"}
    return cast("bytes", _converter().vegalite_to_png(inked, _VERSION, scale=scale))


def _converter() -> ModuleType:
    try:
        import vl_convert  # noqa: PLC0415 - 84 MB, loaded only when a picture is drawn
    except ImportError as missing:
        raise TallymanError(
            "charts: vl-convert-python is not installed; pip install 'tallyman-trade[web]'"
        ) from missing
    return vl_convert
