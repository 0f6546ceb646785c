"""Tables as Markdown."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


def table(head: Sequence[str], rows: Sequence[Sequence[object]], *, digits: int = 2) -> str:
    """Return a Markdown table; floats get ``digits`` digits, other cells are printed as they are."""
    lines = [list(head), ["---"] + ["---:"] * (len(head) - 1)]
    lines += [[_cell(cell, digits) for cell in row] for row in rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _cell(cell: object, digits: int) -> str:
    return f"{cell:.{digits}f}" if isinstance(cell, float) else str(cell)
