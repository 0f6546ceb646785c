"""The shipped coefficients: ``pooled.json``, fitted on the whole panel by ``bench/forecast/ship.py``."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import NamedTuple

import msgspec
import numpy as np

from tallyman.forecast.calibrate import Scale
from tallyman.forecast.pooled import Pool


class Shipped(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file as written: where the numbers come from, and the numbers per k = 0..11."""

    made_by: str
    panel: str
    sources: tuple[str, ...]
    volatility: float
    unknown_volatility: float
    noise: float
    hints: tuple[tuple[float, ...], ...]
    drift: tuple[float, ...]
    tide: tuple[float, ...]
    size_slopes: tuple[tuple[float, ...], ...]
    sizes: tuple[tuple[float, ...], ...]


class Learned(NamedTuple):
    """What the panels taught: the two fits, the volatility of annual totals, the least noise to believe.

    ``unknown_volatility`` is the mean of the wide panel with its small partners, for a series too short to
    show its own.
    """

    pool: Pool
    scale: Scale
    volatility: float
    unknown_volatility: float
    noise: float


@cache
def learned() -> Learned:
    """Return the shipped coefficients.

    >>> learned().pool.drift.shape
    (12,)
    """
    text = resources.files(__package__).joinpath("pooled.json").read_bytes()
    file = msgspec.json.decode(text, type=Shipped)
    return Learned(
        pool=Pool(np.array(file.hints), np.array(file.drift), np.array(file.tide)),
        scale=Scale(np.array(file.size_slopes), np.array(file.sizes)),
        volatility=file.volatility,
        unknown_volatility=file.unknown_volatility,
        noise=file.noise,
    )
