"""HEAD at every address that GET answers: the same head, no body."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from litestar.enums import ScopeType

if TYPE_CHECKING:
    from litestar.types import ASGIApp, HTTPScope, Message, Receive, Scope, Send


def heads(answer: ASGIApp) -> ASGIApp:
    """Return an application that answers HEAD as GET, without the body."""

    async def answered(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != ScopeType.HTTP or scope["method"] != "HEAD":
            await answer(scope, receive, send)
            return

        async def headed(message: Message) -> None:
            if message["type"] == "http.response.body":
                message["body"] = b""
            await send(message)

        await answer(cast("HTTPScope", {**scope, "method": "GET"}), receive, headed)

    return answered
