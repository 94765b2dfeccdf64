"""For proxies and supervisors: whether this process is there."""

from __future__ import annotations

from litestar import get


@get("/health", opt={"exclude_from_auth": True}, sync_to_thread=False)
def alive() -> dict[str, str]:
    """No details: those are on the health page of the office."""
    return {"status": "ok"}


ROUTES = (alive,)
