"""The web application of one cell: routes, dependencies, and what surrounds every request."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

from litestar import Litestar, Router
from litestar.di import Provide

from web import documents, front_door, health
from web.answers import Answers
from web.browser_files import static_routes
from web.errors import Errors
from web.forms import provide_form
from web.headers import security_headers
from web.office import routes as office
from web.portal import routes as portal
from web.security.admission import Admission
from web.security.cookies import Cookies
from web.security.door import Door
from web.visiting import provide_guest, provide_language, provide_visitor

if TYPE_CHECKING:
    from argon2 import PasswordHasher
    from litestar.types import ControllerRouterHandler

    from web.wiring import Cell

FORM_LIMIT = 1_000_000
"""Bytes of a request without a file."""


def create_app(cell: Cell, *, hasher: PasswordHasher | None = None) -> Litestar:
    """The application. Its handlers run in at most `settings.web_threads` threads. The caller closes the cell."""
    settings = cell.settings
    door = Door(cell, hasher)
    cookies = Cookies(secure=settings.secure_cookies, hours=settings.session_hours)
    answers = Answers(door.sessions)

    @asynccontextmanager
    async def threads(_: Litestar) -> AsyncIterator[None]:
        with ThreadPoolExecutor(settings.web_threads, thread_name_prefix="web") as pool:
            asyncio.get_running_loop().set_default_executor(pool)
            yield

    constants: dict[str, Any] = {"cell": cell, "bench": cell.bench, "models": cell.models, "door": door, "jar": cookies}
    constants["answers"] = answers
    return Litestar(
        route_handlers=[static_routes(), Router("/", route_handlers=_routes())],
        dependencies={name: _constant(value) for name, value in constants.items()}
        | {
            "visitor": Provide(provide_visitor, sync_to_thread=False),
            "guest": Provide(provide_guest, sync_to_thread=False),
            "language": Provide(provide_language, sync_to_thread=False),
            "form": Provide(provide_form),
        },
        middleware=[Admission(cell, door, cookies)],
        exception_handlers=Errors(cell).handlers,
        before_send=[security_headers(https=settings.address.startswith("https://"))],
        lifespan=[threads],
        request_max_body_size=FORM_LIMIT,
        openapi_config=None,
        logging_config=None,
    )


def _routes() -> list[ControllerRouterHandler]:
    """In one router: Litestar wraps a handler twice whose path gets a second one outside a router."""
    return [*front_door.ROUTES, *documents.ROUTES, *health.ROUTES, *portal.ROUTES, *office.ROUTES]


def _constant(value: Any) -> Provide:
    return Provide(lambda: value, sync_to_thread=False)
