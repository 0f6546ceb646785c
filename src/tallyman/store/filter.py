"""The conditions of a query."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date


class Filter:
    """Conditions of a query, all of which must hold, with their bound parameters."""

    def __init__(self) -> None:
        self._conditions = ["TRUE"]
        self.parameters: list[Any] = []

    @property
    def condition(self) -> str:
        """All conditions as one."""
        return " AND ".join(self._conditions)

    def holds(self, condition: str) -> Filter:
        """Add a condition without parameters."""
        self._conditions.append(condition)
        return self

    def equal(self, column: str, value: object) -> Filter:
        """Add that a column has a value; none asks nothing."""
        if value is not None:
            self._conditions.append(f"{column} = {self._bound(value)}")
        return self

    def until(self, column: str, day: date | None) -> Filter:
        """Add that a day is not after ``day``."""
        if day is not None:
            self._conditions.append(f"{column} <= {self._bound(day)}")
        return self

    def among(self, column: str, values: Sequence[str] | None) -> Filter:
        """Add that a column has one of the values."""
        if values is not None:
            self._conditions.append(f"{column} = ANY({self._bound(list(values))})")
        return self

    def pair(self, areas: tuple[str, str] | None) -> Filter:
        """Add that two areas are the pair, whichever of them counts."""
        if areas is not None:
            one, other = self._bound(areas[0]), self._bound(areas[1])
            self._conditions.append(
                f"((reporter = {one} AND partner = {other}) OR (reporter = {other} AND partner = {one}))"
            )
        return self

    def _bound(self, value: object) -> str:
        self.parameters.append(value)
        return f"${len(self.parameters)}"
