"""Several sources into one ledger: each as a whole or not at all, and none stops the next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tallyman.model import Noun, Observation, Reject, TallymanError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from tallyman.store import Store

    Rows = Iterable[Observation | Reject]


class Collected(Noun, frozen=True, kw_only=True):
    """What came of one source: how many observations are new, what was rejected, or why nothing came."""

    source: str
    new: int = 0
    rejects: tuple[Reject, ...] = ()
    trouble: str | None = None


def collect(store: Store, sources: Mapping[str, Callable[[], Rows]]) -> Iterator[Collected]:
    """Add the rows of each source to the ledger in a transaction of its own, in the given order.

    A source that refuses leaves the ledger as it was but for one reject that says why, and the next one runs.

    >>> chinese = lambda: comtrade.observations(("CN", "RU"), ["2023"], fetch=fetcher)
    >>> list(collect(store, {"comtrade CN-RU": chinese}))  # doctest: +SKIP
    """
    for source, rows in sources.items():
        try:
            with store.transaction():
                collected = _added(store, source, rows())
        except TallymanError as error:
            trouble = str(error)
            store.add_rejects(
                [Reject(source=source, reason=trouble, fix="see the reason; then run it again")]
            )
            collected = Collected(source=source, trouble=trouble)
        yield collected


def _added(store: Store, source: str, rows: Rows) -> Collected:
    rejects: list[Reject] = []
    new = store.add_observations(_sound(rows, rejects))
    store.add_rejects(rejects)
    return Collected(source=source, new=new, rejects=tuple(rejects))


def _sound(rows: Rows, rejects: list[Reject]) -> Iterator[Observation]:
    for row in rows:
        if isinstance(row, Reject):
            rejects.append(row)
        else:
            yield row
