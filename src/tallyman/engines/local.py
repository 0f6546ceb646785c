"""The engine of one machine: a pure function over many inputs, in one process or several."""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import TYPE_CHECKING, Self, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from types import TracebackType

_In = TypeVar("_In")
_Out = TypeVar("_Out")

_WORTH_A_PROCESS = 200
_SHARD = 20


class Local:
    """Applies functions to inputs in this process, and in ``workers`` processes once that pays.

    Processes import the function anew, so it must be a module's own, and a script that asks for more than
    one worker needs ``if __name__ == "__main__"``.

    >>> with Local() as engine:
    ...     engine.map(len, ["a", "bc"])
    [1, 2]
    """

    def __init__(self, workers: int = 1) -> None:
        self._workers = workers
        self._done = 0
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)

    def map(self, function: Callable[[_In], _Out], inputs: Sequence[_In]) -> list[_Out]:
        """Return the function of every input, in their order."""
        self._done += len(inputs)
        if self._workers == 1 or self._done <= _WORTH_A_PROCESS:
            return [function(value) for value in inputs]
        if self._pool is None:
            self._pool = ProcessPoolExecutor(self._workers, mp_context=get_context("spawn"))
        return list(self._pool.map(function, inputs, chunksize=_SHARD))
