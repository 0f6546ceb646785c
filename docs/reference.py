"""Write the reference from the code: commands, addresses of the API, settings, nouns, values, rules, tables.

Sphinx calls ``write`` before it reads the pages; what the code cannot say itself stands in meanings.toml.
"""

from __future__ import annotations

import tomllib
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

import typer
from litestar import Litestar
from litestar.openapi import OpenAPIConfig
from typer.core import TyperArgument

from tallyman import __version__, model, score
from tallyman.cli import app
from tallyman.publish.formats import writers
from tallyman.publish.tables import layouts
from tallyman.web import routes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
HERE = Path(__file__).parent
MEANINGS: dict[str, Any] = tomllib.loads((HERE / "meanings.toml").read_text(encoding="utf-8"))
NOUNS = [
    thing
    for thing in vars(model).values()
    if isinstance(thing, type) and issubclass(thing, model.Noun) and thing is not model.Noun
]
VALUES = {
    name: get_args(thing)
    for name, thing in (*vars(model).items(), ("Made", score.Made))
    if name[0].isupper() and name != "Literal" and get_args(thing)
}


def write(folder: Path) -> None:
    """Write the pages of the reference into a folder, made if need be."""
    folder.mkdir(exist_ok=True)
    for name, text in pages().items():
        path = folder / f"{name}.md"
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")


def pages() -> dict[str, str]:
    """Return the pages of the reference by name."""
    return {
        "commands": _page("Commands and options", _commands()),
        "api": _page("Addresses of the API", _routes()),
        "settings": _page("Settings", _settings()),
        "nouns": _page("Nouns and their fields", _nouns()),
        "values": _page("Labels, statuses and other values", _values()),
        "rules": _page("Rules of verdicts, and metrics of forecasts", _rules()),
        "tables": _page("Tables of the exports", _tables()),
    }


def commands() -> Iterator[tuple[str, Any]]:
    """Yield every command with its full name: ``targets import``."""
    yield from _below("", typer.main.get_command(app))


def operations() -> dict[str, dict[str, Any]]:
    """Return what the API's description says of each address."""
    config = OpenAPIConfig(title="Tallyman", version=__version__, use_handler_docstrings=True)
    described = Litestar(route_handlers=routes.handlers(), openapi_config=config).openapi_schema.to_schema()
    return {path: methods["get"] for path, methods in described["paths"].items()}


def _below(prefix: str, command: Any) -> Iterator[tuple[str, Any]]:
    within: Mapping[str, Any] = getattr(command, "commands", {})
    if not within or (prefix and getattr(command, "invoke_without_command", False)):
        yield prefix.strip(), command
    for name, found in within.items():
        yield from _below(f"{prefix} {name}", found)


def _commands() -> Iterator[str]:
    yield "Every command explains itself with `--help`; this page is what they say."
    for name, command in commands():
        text, _, examples = (command.help or "").partition("\b")
        yield f"## tallyman {name}\n\n{text.strip()}"
        lines = [line.strip() for line in examples.strip().splitlines()]
        if lines:
            yield "\n".join(["```sh", *lines, "```"])
        rows = [
            (_called(option), " ".join(str(getattr(option, "help", "") or "").split()), _default(option))
            for option in command.params
        ]
        if rows:
            yield _table(("argument or option", "what it does", "default"), rows)


def _called(option: Any) -> str:
    if isinstance(option, TyperArgument):
        return f"`{option.metavar or option.name}`"
    values = [value.value for value in type(option.default)] if isinstance(option.default, Enum) else []
    kind = "" if option.is_flag else " or ".join(values) or option.metavar or ""
    return f"`{', '.join(option.opts)}` {kind}".strip()


def _default(option: Any) -> str:
    if not isinstance(option.default, str | int | float) or isinstance(option.default, bool):
        return ""
    return f"`{getattr(option.default, 'value', option.default)}`"


def _routes() -> Iterator[str]:
    yield (
        "What `tallyman serve` answers. `{ref}` is an id, a pair, a name or a code, and may carry the ending of a twin "
        "(`.json`, `.csv`; charts `.svg`, `.png`, `.vl.json`). The same as OpenAPI 3.1: `/openapi.json`."
    )
    alike: dict[str, list[str]] = {}
    for path, told in operations().items():
        rows = [
            (f"`{asked['name']}`", asked.get("description", ""))
            for asked in told.get("parameters", [])
            if asked["in"] == "query"
        ]
        table = _table(("parameter", "meaning"), rows) if rows else ""
        alike.setdefault(f"{told['description'].strip()}\n\n{table}", []).append(path)
    for text, paths in alike.items():
        yield f"## {paths[0]}\n\n{', '.join(f'`GET {path}`' for path in paths)}\n\n{text}".rstrip()


def _settings() -> Iterator[str]:
    yield "Tallyman has no configuration file. These variables of the environment are read:"
    yield _table(("variable", "meaning"), [(f"`{key}`", text) for key, text in MEANINGS["setting"].items()])


def _nouns() -> Iterator[str]:
    yield (
        "The records that the API, JSON Lines and Python share. A name that ends in `_on` is a date, in `_at` a UTC "
        "timestamp. Amounts are exact decimals in full units."
    )
    for noun in NOUNS:
        yield f"## {noun.__name__}\n\n{(noun.__doc__ or '').splitlines()[0]}"
        meanings = MEANINGS["field"][noun.__name__]
        rows = [
            (f"`{name}`", f"`{noun.__annotations__[name]}`".replace("|", "\\|"), meanings[name])
            for name in noun.__struct_fields__
        ]
        yield _table(("field", "type", "meaning"), rows)


def _values() -> Iterator[str]:
    for name, values in VALUES.items():
        yield f"## {name}"
        yield _table(
            ("value", "meaning"), [(f"`{value}`", MEANINGS["value"][name][value]) for value in values]
        )


def _rules() -> Iterator[str]:
    yield "Every verdict names the rule that decided. How the rules work is told in [methodology](../methodology.md)."
    yield "## Rules of verdicts"
    yield _table(("rule", "meaning"), [(f"`{key}`", text) for key, text in MEANINGS["rule"].items()])
    yield "## Metrics of forecasts"
    yield "Smaller is better, except for the two shares of ranges. See [forecasts](../forecasting.md)."
    yield _table(("metric", "meaning"), [(f"`{key}`", text) for key, text in MEANINGS["metric"].items()])


def _tables() -> Iterator[str]:
    formats = ", ".join(f"`{name}`" for name in writers())
    yield f"`tallyman publish FOLDER --format` takes {formats}; see [publishing](../publishing.md)."
    yield "The tables are the columns of CSV, Parquet, the data package and data frames alike."
    for name, layout in layouts().items():
        yield f"## {name}\n\n{layout.title}."
        rows = [
            (f"`{column.name}`", column.type.replace("_", " "), column.meaning) for column in layout.columns
        ]
        yield _table(("column", "type", "meaning"), rows)


def _page(title: str, parts: Iterable[str]) -> str:
    return "\n\n".join([f"# {title}", *parts]) + "\n"


def _table(heads: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [heads, tuple("---" for _ in heads), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)
