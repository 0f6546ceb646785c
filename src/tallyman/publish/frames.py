"""Rows for Python users: a list that also becomes a data frame, and shows itself as a table in a notebook."""

from __future__ import annotations

from decimal import Decimal
from html import escape
from importlib import import_module
from typing import TYPE_CHECKING, Any, TypeVar

from tallyman.model import TallymanError
from tallyman.publish import tables, words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from tallyman.publish.tables import Cell, Column

_Row = TypeVar("_Row")
_SHOWN = 20
_STEP = Decimal("0.000001")
_PANDAS = {
    "text": "string",
    "link": "string",
    "date": "datetime64[s]",
    "integer": "Int64",
    "number": "float64",
    "yes_no": "boolean",
}


class Rows(list[_Row]):
    """The rows of one table of ``tables.toml``: a plain list of records first, a data frame when asked.

    Amounts are in full units. Arrow and polars keep them exact (decimals of 38 digits, six after the point);
    pandas knows no decimals and gets floats. The libraries are loaded only when asked for: without one of them,
    its method refuses and names the extra to install.

    >>> from tallyman.ledger import Ledger
    >>> from datetime import date
    >>> rows = Ledger().observations(("CN", "RU"), as_of=date(2022, 1, 20))
    >>> rows.columns["provider"][0], len(rows) == len(rows.columns["value"])
    ('gacc', True)
    """

    def __init__(
        self,
        rows: Iterable[_Row],
        table: str,
        *,
        record: Callable[[_Row], object] = lambda row: row,
        of: str = "",
    ) -> None:
        """Hold rows of ``table``; ``record`` turns one into what its columns are read from.

        Only columns whose source begins with ``of`` are kept: "claim." for claims without verdicts.
        """
        super().__init__(rows)
        self._layout = tables.layouts()[table]
        self._record = record
        self._columns = [column for column in self._layout.columns if column.source.startswith(of)]

    @property
    def columns(self) -> dict[str, list[Cell]]:
        """The cells by column, in the order of the exports; None where a row has nothing."""
        rows = [self._record(row) for row in self]
        return {column.name: [tables.cell(row, column) for row in rows] for column in self._columns}

    def to_arrow(self) -> Any:
        """Return a ``pyarrow.Table`` with exact decimals; what each column means stands in its metadata."""
        arrow = _loaded("pyarrow", "to_arrow")
        types = {
            "text": arrow.string(),
            "link": arrow.string(),
            "date": arrow.date32(),
            "integer": arrow.int64(),
            "number": arrow.decimal128(38, 6),
            "yes_no": arrow.bool_(),
        }
        schema = arrow.schema(
            [
                arrow.field(column.name, types[column.type], metadata={"meaning": column.meaning})
                for column in self._columns
            ]
        )
        return arrow.table(self._typed(), schema=schema)

    def to_pandas(self) -> Any:
        """Return a ``pandas.DataFrame`` with nullable types; amounts are floats, days are timestamps."""
        pandas = _loaded("pandas", "to_pandas")
        types = {column.name: _PANDAS[column.type] for column in self._columns}
        return pandas.DataFrame(
            {
                name: pandas.Series(_floats(cells) if types[name] == "float64" else cells, dtype=types[name])
                for name, cells in self.columns.items()
            }
        )

    def to_polars(self) -> Any:
        """Return a ``polars.DataFrame`` with exact decimals."""
        polars = _loaded("polars", "to_polars")
        types = {
            "text": polars.String,
            "link": polars.String,
            "date": polars.Date,
            "integer": polars.Int64,
            "number": polars.Decimal(38, 6),
            "yes_no": polars.Boolean,
        }
        schema = {column.name: types[column.type] for column in self._columns}
        return polars.DataFrame(self._typed(), schema=schema)

    def _typed(self) -> dict[str, list[Cell]]:
        numbers = {column.name for column in self._columns if column.type == "number"}
        return {
            name: [_stepped(cell) for cell in cells] if name in numbers else cells
            for name, cells in self.columns.items()
        }

    def _repr_html_(self) -> str:
        shown = [column for column in self._columns if column.name in self._layout.shown] or self._columns
        head = "".join(f"<th>{escape(column.name)}</th>" for column in shown)
        body = "".join(
            _line([tables.cell(self._record(row), column) for column in shown], shown)
            for row in self[:_SHOWN]
        )
        rest = words.say("frame.rest", shown=min(_SHOWN, len(self)), count=len(self))
        return (
            f"<table><caption>{escape(self._layout.title)}</caption><thead><tr>{head}</tr></thead>"
            f"<tbody>{body}</tbody></table><p>{escape(rest)}</p>"
        )


def _line(cells: list[Cell], columns: list[Column]) -> str:
    return f"<tr>{''.join(map(_shown, cells, columns))}</tr>"


def _shown(cell: Cell, column: Column) -> str:
    if column.type in {"number", "integer"} and cell is not None:
        return f'<td style="text-align: right">{cell:,}</td>'
    return f'<td style="text-align: left">{escape("" if cell is None else str(cell))}</td>'


def _stepped(cell: Cell) -> Cell:
    return None if cell is None else Decimal(str(cell)).quantize(_STEP)


def _floats(cells: list[Cell]) -> list[float | None]:
    return [None if cell is None else float(str(cell)) for cell in cells]


def _loaded(library: str, method: str) -> Any:
    try:
        return import_module(library)
    except ModuleNotFoundError as error:
        raise TallymanError(
            f"{method}: {library} is not installed; pip install 'tallyman-trade[frames]'"
        ) from error
