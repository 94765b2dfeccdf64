"""The headers every answer carries (DESIGN §8). A route that needs another policy for its bytes sets it itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from litestar.datastructures import MutableScopeHeaders

from web.content_security import CONTENT_SECURITY_POLICY

if TYPE_CHECKING:
    from litestar.types import BeforeMessageSendHookHandler, Message, Scope

HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "SAMEORIGIN",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(self), geolocation=(), microphone=()",
    "Cache-Control": "no-store",
}
HSTS = {"Strict-Transport-Security": "max-age=31536000"}


def security_headers(*, https: bool) -> BeforeMessageSendHookHandler:
    """What adds them to an answer about to be sent."""
    wanted = HEADERS | (HSTS if https else {})

    async def add(message: Message, scope: Scope) -> None:  # noqa: ARG001 - the hook's signature
        if message["type"] != "http.response.start":
            return
        headers = MutableScopeHeaders.from_message(message)
        for name, value in wanted.items():
            headers.setdefault(name, value)

    return add
