"""What was reckoned before and may be asked again: the latest answers by key."""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock, RLock
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

_V = TypeVar("_V")
_TURNS = 64


class Remembered(Generic[_V]):
    """The values asked for last, by key; safe for any number of threads.

    >>> squares = Remembered[int](2)
    >>> squares.get(3, lambda: 9), squares.get(3, lambda: 0)
    (9, 9)
    """

    def __init__(self, most: int) -> None:
        """Hold ``most`` values, and let go of the one not asked for longest."""
        self._most = most
        self._values: OrderedDict[Hashable, _V] = OrderedDict()
        self._lock = Lock()
        self._turns = [RLock() for _ in range(_TURNS)]

    def held(self, key: Hashable) -> _V | None:
        """Return a value if it is still held."""
        with self._lock:
            if key in self._values:
                self._values.move_to_end(key)
            return self._values.get(key)

    def put(self, key: Hashable, value: _V) -> None:
        """Hold a value."""
        with self._lock:
            self._values[key] = value
            self._values.move_to_end(key)
            while len(self._values) > self._most:
                self._values.popitem(last=False)

    def get(self, key: Hashable, make: Callable[[], _V]) -> _V:
        """Return the value held for a key, else the one that ``make`` gives, and hold that.

        Of several threads that ask for one key at a time, one makes the value and the others wait for it.
        """
        found = self.held(key)
        if found is None:
            with self._turns[hash(key) % _TURNS]:
                found = self.held(key)
                if found is None:
                    found = make()
                    self.put(key, found)
        return found
