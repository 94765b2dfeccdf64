"""How often one token may ask: a limit per minute, told in every answer (`RateLimit-*`), and `Retry-After` when it is reached.

Each web process counts by itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from litestar.middleware.rate_limit import RateLimitConfig

from web.security.secrets import digest
from web.visiting import guest_of

if TYPE_CHECKING:
    from litestar import Request
    from litestar.middleware.base import DefineMiddleware


def request_limit(per_minute: int) -> DefineMiddleware:
    """So many requests a minute for each token, and for each address without one."""
    return RateLimitConfig(rate_limit=("minute", per_minute), identifier_for_request=_who).middleware


def _who(request: Request[Any, Any, Any]) -> str:
    token = request.headers.get("authorization", "")
    return digest(token).hex() if token else guest_of(request).address
