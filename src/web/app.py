"""The web application of one cell: routes, dependencies, and what surrounds every request."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

from litestar import Litestar, Router
from litestar.datastructures import State
from litestar.di import Provide

from web import account, documents, front_door, health, live, uploads
from web.answers import Answers
from web.api import documents as api_documents
from web.api import events, lists
from web.api.description import description_route
from web.api.request_limit import request_limit
from web.browser_files import static_routes
from web.errors import Errors
from web.forms import provide_form
from web.headers import security_headers
from web.newsroom import Newsroom
from web.office import routes as office
from web.portal import routes as portal
from web.security.admission import Admission
from web.security.cookies import Cookies
from web.security.door import Door
from web.thumbnails import Thumbnails
from web.visiting import employees_only, provide_guest, provide_language, provide_signed_in, provide_visitor

if TYPE_CHECKING:
    from argon2 import PasswordHasher
    from litestar.types import ControllerRouterHandler

    from web.settings import Settings
    from web.wiring import Cell

FORM_LIMIT = 1_000_000
"""Bytes of a request without a file."""
STREAMS_PATIENCE = 1.0
"""Seconds that open streams get to end when the process stops."""


def create_app(cell: Cell, *, hasher: PasswordHasher | None = None) -> Litestar:
    """The application. Its handlers run in at most `settings.web_threads` threads. The caller closes the cell."""
    settings = cell.settings
    door = Door(cell, hasher)
    cookies = Cookies(secure=settings.secure_cookies, hours=settings.session_hours)
    answers = Answers(door.sessions)
    newsroom = Newsroom(cell)
    dependencies = {
        name: _constant(value)
        for name, value in {
            "cell": cell,
            "bench": cell.bench,
            "models": cell.models,
            "door": door,
            "jar": cookies,
            "answers": answers,
            "newsroom": newsroom,
            "uploads": uploads.Uploads(cell.bench),
            "thumbnails": Thumbnails(cell.bench.workshop),
        }.items()
    } | {
        "visitor": Provide(provide_visitor, sync_to_thread=False),
        "guest": Provide(provide_guest, sync_to_thread=False),
        "signed_in": Provide(provide_signed_in, sync_to_thread=False),
        "language": Provide(provide_language, sync_to_thread=False),
        "form": Provide(provide_form),
    }
    return Litestar(
        route_handlers=[static_routes(), _routes(settings, dependencies)],
        dependencies=dependencies,
        middleware=[Admission(cell, door, cookies)],
        exception_handlers=Errors(cell).handlers,
        before_send=[security_headers(https=settings.address.startswith("https://"))],
        lifespan=[lambda _: _running(settings.web_threads, newsroom)],
        request_max_body_size=FORM_LIMIT,
        state=State({"newsroom": newsroom}),
        openapi_config=None,
        logging_config=None,
    )


@asynccontextmanager
async def _running(threads: int, newsroom: Newsroom) -> AsyncIterator[None]:
    """The thread pool all handlers work in, and at the end of it all the end of the news."""
    with ThreadPoolExecutor(threads, thread_name_prefix="web") as pool:
        asyncio.get_running_loop().set_default_executor(pool)
        yield
        await asyncio.to_thread(newsroom.close)


async def end_streams(app: Litestar) -> None:
    """Ask every open stream to end, and give them a moment."""
    newsroom: Newsroom = app.state.newsroom
    await asyncio.to_thread(newsroom.close)
    deadline = time.monotonic() + STREAMS_PATIENCE
    while newsroom.listeners and time.monotonic() < deadline:  # noqa: ASYNC110 - once, at the end
        await asyncio.sleep(0.01)


def _routes(settings: Settings, dependencies: Mapping[str, Provide]) -> Router:
    """All in one router: outside a router, Litestar wraps a handler twice when its path gets a second one."""
    upload_limit = settings.largest_file + uploads.MULTIPART
    programs: list[ControllerRouterHandler] = [*api_documents.ROUTES, *lists.ROUTES, *events.ROUTES]
    described = description_route(programs, dependencies, settings.address)
    people: list[ControllerRouterHandler] = [*front_door.ROUTES, *account.ROUTES, *documents.ROUTES, *live.ROUTES, *health.ROUTES]
    return Router(
        "/",
        route_handlers=[
            *people,
            *portal.ROUTES,
            Router("/", route_handlers=office.ROUTES, guards=[employees_only]),
            Router("/", route_handlers=uploads.ROUTES, request_max_body_size=upload_limit),
            Router(
                "/api/v1",
                route_handlers=[*programs, described],
                request_max_body_size=upload_limit,
                middleware=[request_limit(settings.api_requests_per_minute)],
            ),
        ],
    )


def _constant(value: Any) -> Provide:
    return Provide(lambda: value, sync_to_thread=False)
