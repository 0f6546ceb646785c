"""The only door to the network: polite, cached, patient, and able to go on where it stopped.

Nothing else in Tallyman opens a connection. Every answer is kept in the cache folder as it came, so a run
that broke off asks only for what it does not have yet.
"""

from __future__ import annotations

import hashlib
import time
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

import httpx2
import msgspec

from tallyman.model import Noun, TallymanError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path
    from types import TracebackType
    from typing import Self

_ATTEMPTS = 5
_LONGEST_WAIT = 120.0
_LARGEST_ANSWER = 500 * 2**20
_TIMEOUT = 60.0
_REFUSED = 300
_PASSING = frozenset({408, 425, 429, 500, 502, 503, 504})


class Answer(Noun, frozen=True, kw_only=True):
    """What a server sent: ``body`` untouched, and when it was retrieved."""

    url: str
    body: bytes
    media_type: str
    retrieved_at: datetime


class Fetcher:
    """Gets pages for one run.

    ``now`` is the time of the run and stands in every answer as ``retrieved_at``; answers in ``cache`` that
    are younger than ``max_age`` are used again. Two requests to one host are ``pause`` seconds apart.
    """

    def __init__(
        self,
        *,
        now: datetime,
        cache: Path | None = None,
        max_age: timedelta = timedelta(days=1),
        pause: float = 1.0,
        wait: Callable[[float], None] = time.sleep,
    ) -> None:
        self.now = now.astimezone(UTC)
        self._cache = cache
        self._max_age = max_age
        self._pause = pause
        self._wait = wait
        self._last_request: dict[str, float] = {}
        self._client = httpx2.Client(
            timeout=_TIMEOUT,
            follow_redirects=True,
            headers={"User-Agent": "tallyman (trade statistics reader)"},
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the connections."""
        self._client.close()

    def get(
        self, url: str, *, query: Mapping[str, str] | None = None, headers: Mapping[str, str] | None = None
    ) -> Answer:
        """Return the answer to a GET; keys belong in ``headers``, which are neither cached nor shown.

        Tries again on passing failures, after the time the server asks for in ``Retry-After`` (at most two
        minutes) or doubled waits. Refuses, with the address and the reason: what the server refuses, what
        stays broken, more than 500 MB, and a redirection of a request that carries a key.
        """
        asked = httpx2.URL(url, params=dict(query)) if query else httpx2.URL(url)
        if asked.scheme not in {"http", "https"}:
            raise TallymanError(f"{asked}: not an address of the web; give one that starts with https://")
        kept = self._kept(str(asked))
        if kept is not None:
            return kept
        answer = self._ask(asked, dict(headers or {}))
        self._keep(answer, str(asked))
        return answer

    def forget(self, answer: Answer) -> None:
        """Drop a kept answer that proved to be unusable, so that the next run asks again."""
        file = self._file(answer.url)
        if file is not None:
            file.unlink(missing_ok=True)

    def _ask(self, url: httpx2.URL, headers: dict[str, str]) -> Answer:
        reason = ""
        for attempt in range(_ATTEMPTS):
            delay = 2.0**attempt
            self._keep_pace(url.host)
            try:
                status, sent, body = self._send(url, headers)
            except httpx2.TransportError as error:
                reason = f"the connection broke ({error or type(error).__name__})"
            else:
                if status < _REFUSED:
                    media_type = sent.get("content-type", "").partition(";")[0].strip().lower()
                    return Answer(url=str(url), body=body, media_type=media_type, retrieved_at=self.now)
                if status not in _PASSING:
                    raise TallymanError(
                        f"{url}: the server refused it ({status}{_said(body)}); check the address"
                    )
                reason = f"the server said {status}{_said(body)}"
                delay = self._asked_to_wait(sent, url, delay)
            if attempt + 1 < _ATTEMPTS:
                self._wait(delay)
        raise TallymanError(f"{url}: {reason}, {_ATTEMPTS} times; try again later")

    def _send(self, url: httpx2.URL, headers: dict[str, str]) -> tuple[int, httpx2.Headers, bytes]:
        with self._client.stream("GET", url, headers=headers, follow_redirects=not headers) as response:
            chunks, size = [], 0
            for chunk in response.iter_bytes():
                size += len(chunk)
                if size > _LARGEST_ANSWER:
                    raise TallymanError(f"{url}: more than {_LARGEST_ANSWER // 2**20} MB; ask for less")
                chunks.append(chunk)
            return response.status_code, response.headers, b"".join(chunks)

    def _asked_to_wait(self, sent: httpx2.Headers, url: httpx2.URL, otherwise: float) -> float:
        text = sent.get("retry-after", "").strip()
        if not text:
            return otherwise
        if text.isdigit():
            seconds = float(text)
        else:
            try:
                until, since = parsedate_to_datetime(text), parsedate_to_datetime(sent.get("date", ""))
            except ValueError:
                return otherwise
            seconds = max(0.0, (until - since).total_seconds())
        if seconds > _LONGEST_WAIT:
            raise TallymanError(
                f"{url}: the server asks to wait {seconds:.0f} seconds; run it again then, what came is kept"
            )
        return seconds

    def _keep_pace(self, host: str) -> None:
        last = self._last_request.get(host)
        if last is not None:
            left = last + self._pause - time.monotonic()
            if left > 0:
                self._wait(left)
        self._last_request[host] = time.monotonic()

    def _file(self, url: str) -> Path | None:
        if self._cache is None:
            return None
        return self._cache / f"{hashlib.sha256(url.encode()).hexdigest()}.msgpack"

    def _kept(self, url: str) -> Answer | None:
        file = self._file(url)
        if file is None or not file.exists():
            return None
        try:
            answer = msgspec.msgpack.decode(file.read_bytes(), type=Answer)
        except msgspec.DecodeError:
            return None
        return answer if self.now - answer.retrieved_at <= self._max_age else None

    def _keep(self, answer: Answer, url: str) -> None:
        file = self._file(url)
        if file is None:
            return
        file.parent.mkdir(parents=True, exist_ok=True)
        half = file.with_suffix(".part")
        half.write_bytes(msgspec.msgpack.encode(answer))
        half.replace(file)


def _said(body: bytes) -> str:
    """Return the first words of a short error text, as ``: text``; nothing for a page."""
    text = " ".join(body[:200].decode("utf-8", "replace").split())
    return f": {text}" if text and not text.startswith("<") else ""
