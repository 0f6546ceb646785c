"""SDMX: the sources that sdmx1 knows (IMF, Eurostat, OECD ...), and SDMX-ML, SDMX-JSON and SDMX-CSV files.

A series is a mapping with a request, in ``sdmx.toml`` or in a file of one's own. sdmx1 knows the addresses
and the formats; the network is ``fetch``'s. Needs the extra ``sdmx``.
"""

from __future__ import annotations

import csv
import io
import tomllib
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Literal

import msgspec
from msgspec.structs import replace

from tallyman.model import TallymanError
from tallyman.providers.about import about
from tallyman.providers.mapping import Mapping, checked
from tallyman.providers.table import Loaded, load_rows

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from tallyman.fetch import Fetcher
    from tallyman.store import Store

try:
    import sdmx
except ImportError as missing:
    raise TallymanError("sdmx: needs an extra; pip install 'tallyman-trade[sdmx]'") from missing

Frequency = Literal["A", "Q", "M"]
_ALPHA2 = "alpha2"
_VALUE, _MULTIPLIER = "OBS_VALUE", "UNIT_MULT"


class Series(Mapping, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A mapping of SDMX dimensions, and how to ask for them.

    ``source`` is sdmx1's name of the service, ``key`` the series key with ``{reporter}``, ``{partner}``,
    ``{indicator}`` and ``{frequency}`` in the flow's order.
    """

    title: str
    source: str
    flow: str
    key: str
    area_codes: Literal["alpha2", "iso3"] = "alpha2"


def series(name: str) -> Series:
    """Return a series of ``sdmx.toml`` by its name; refuse an unknown one.

    >>> series("imf_imts").flow
    'IMTS'
    """
    known = about("sdmx").settings["series"]
    if name not in known:
        raise TallymanError(f"{name}: no such series; known are {', '.join(known)}, or give a TOML file")
    return _ready(name, known[name])


def read_series(path: Path) -> Series:
    """Return the series in a TOML file of one's own."""
    try:
        return _ready(str(path), tomllib.loads(path.read_text("utf-8")))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise TallymanError(f"{path}: cannot be read as TOML ({error}); see docs/providers.md") from error


def load(
    store: Store, wanted: Series, pair: tuple[str, str], *, frequency: Frequency, since: str, fetch: Fetcher
) -> Loaded:
    """Ask for exports and imports of a pair, as both sides report them, and add them to the ledger.

    ``since`` is the first period ("2015"). A value whose release day the series does not tell is known by the
    day it was retrieved. Refuses what ``fetch`` and ``load_file`` refuse.

    >>> imts = series("imf_imts")
    >>> load(store, imts, ("CN", "RU"), frequency="M", since="2015", fetch=fetcher)  # doctest: +SKIP
    """
    areas = "+".join(_area_code(wanted, area) for area in pair)
    key = wanted.key.format(
        reporter=areas, partner=areas, indicator="+".join(wanted.lookups["indicator"]), frequency=frequency
    )
    request = sdmx.Client(wanted.source).get(
        "data", wanted.flow, key=key, params={"startPeriod": since}, dry_run=True
    )
    answer = fetch.get(str(request.url))
    try:
        return _load(store, answer.url, answer.body, wanted, answer.retrieved_at)
    except TallymanError:
        fetch.forget(answer)
        raise


def load_file(store: Store, path: Path, wanted: Series, *, retrieved_at: datetime) -> Loaded:
    """Add what an SDMX-ML, SDMX-JSON or SDMX-CSV file says of a series.

    Refuses a file that is none of them, that holds an error message or no data, or that lacks a dimension.
    """
    try:
        body = path.read_bytes()
    except OSError as error:
        raise TallymanError(f"{path}: cannot be read ({error.strerror}); name an SDMX file") from error
    return _load(store, str(path), body, wanted, retrieved_at)


def _load(store: Store, source: str, body: bytes, wanted: Series, retrieved_at: datetime) -> Loaded:
    rows = list(_csv(body) if body.lstrip()[:1] not in {b"<", b"{"} else _message(source, body))
    if not rows:
        raise TallymanError(f"{source}: no data in it; is the key right, and the period?")
    names = list(dict.fromkeys(name for row in rows for name in row))
    table = [[_text(row, name) for name in names] for row in rows]
    if "released_on" not in wanted.columns and "released_on" not in wanted.constants:
        known_by = {"released_on": retrieved_at.date().isoformat(), "release_kind": "known_by"}
        wanted = replace(wanted, constants=wanted.constants | known_by)
    if not source.startswith("http") or "source_url" in wanted.columns:
        return load_rows(store, source, names, table, wanted, retrieved_at=retrieved_at)
    wanted = replace(wanted, constants={"source_url": source} | wanted.constants)
    return load_rows(store, source, names, table, wanted, retrieved_at=retrieved_at)


def _message(source: str, body: bytes) -> Iterator[dict[str, str]]:
    """Yield dimensions, attributes and value of each observation."""
    if body.lstrip()[:9].lower().startswith((b"<!doctype", b"<html")):
        raise TallymanError(f"{source}: a web page instead of data; try again later")
    try:
        message = sdmx.read_sdmx(io.BytesIO(body))
    except Exception as error:
        # sdmx1 lets the errors of its parsers through, whatever they are.
        reason = f"{type(error).__name__}: {error}".splitlines()[0]
        raise TallymanError(f"{source}: broken SDMX ({reason}); get it again") from error
    if not isinstance(message, sdmx.message.DataMessage):
        raise TallymanError(f"{source}: no data but {_said(message)}; check the request")
    for data_set in message.data:
        for observation in data_set.obs:
            row = {name: str(value.value) for name, value in observation.key.values.items()}
            row |= {name: str(value.value) for name, value in observation.attrib.items()}
            yield row | {_VALUE: "" if observation.value is None else str(observation.value)}


def _csv(body: bytes) -> Iterator[dict[str, str]]:
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError:
        return
    yield from csv.DictReader(io.StringIO(text, newline=""), restval="")


def _text(row: dict[str, str], name: str) -> str:
    """Return a field, the value in full units: SDMX gives the power of ten beside it."""
    text = row.get(name) or ""
    if name != _VALUE or not row.get(_MULTIPLIER):
        return text
    try:
        return f"{Decimal(text).scaleb(int(row[_MULTIPLIER])):f}"
    except (InvalidOperation, ValueError):
        return text


def _said(message: object) -> str:
    footer = getattr(message, "footer", None)
    said = "; ".join(str(text) for text in footer.text) if footer is not None else ""
    return said or f"a {type(message).__name__}"


def _area_code(wanted: Series, area: str) -> str:
    if wanted.area_codes == _ALPHA2:
        return area
    for long, short in about("sdmx").settings["iso3"].items():
        if short == area:
            return str(long)
    raise TallymanError(f"{area}: no country with an ISO code; {wanted.title} knows countries only")


def _ready(name: str, said: dict[str, object]) -> Series:
    """Return a checked series that also understands the three-letter codes it uses."""
    try:
        made = msgspec.convert(said, Series)
    except msgspec.ValidationError as error:
        raise TallymanError(f"{name}: no series ({error}); see docs/providers.md") from error
    checked(name, made, may_lack="released_on")
    if made.area_codes == _ALPHA2:
        return made
    codes: dict[str, str] = about("sdmx").settings["iso3"]
    areas = {field: codes | made.lookups.get(field, {}) for field in ("reporter", "partner")}
    return replace(made, lookups=made.lookups | areas)
