"""Before every route: who it is (session or token), and that an unsafe request was sent by a page of ours (CSRF)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

from litestar import Request
from litestar.concurrency import sync_to_thread
from litestar.enums import ScopeType
from litestar.exceptions import ClientException, PermissionDeniedException
from litestar.middleware import ASGIMiddleware

from application.event_log import NotFoundError, Via
from application.permissions import Actor
from web.security.network import client_address, from_ourselves
from web.security.secrets import csrf_of, same
from web.translations import choose
from web.visiting import Guest, Visitor

if TYPE_CHECKING:
    from litestar.types import ASGIApp, Receive, Scope, Send

    from web.security.cookies import Cookies
    from web.security.door import Door
    from web.wiring import Cell

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
API = "/api/"
BEARER = "bearer "


class CsrfRefused(PermissionDeniedException):
    """Sent by a page that is not ours, or one opened before signing in (again)."""


class Admission(ASGIMiddleware):
    """Puts a `Guest` or `Visitor` on the request (`scope["user"]`). Files for everybody pass unseen.

    Whatever follows from one request, also by jobs later, carries the id the request is given here (`Actor.correlation`).
    """

    scopes = (ScopeType.HTTP,)
    exclude_opt_key = "exclude_from_auth"

    def __init__(self, cell: Cell, door: Door, cookies: Cookies) -> None:
        self._cell, self._door, self._cookies = cell, door, cookies

    async def handle(self, scope: Scope, receive: Receive, send: Send, next_app: ASGIApp) -> None:
        """Look, check, pass on."""
        request: Request[Any, Any, Any] = Request(scope, receive, send)
        if "\0" in scope["path"] or b"%00" in scope["query_string"]:
            raise ClientException
        api = scope["path"].startswith(API)
        guest = await sync_to_thread(self._bearer if api else self._person, request)
        scope["user"] = guest
        if request.method not in SAFE and not api:
            await self._check_sender(request, guest)
        await next_app(scope, receive, send)

    async def _check_sender(self, request: Request[Any, Any, Any], guest: Guest) -> None:
        """Where it comes from and the token, in a header or a form field. A large upload sends the header: its body is not read here."""
        sent = request.headers.get("x-csrftoken")
        if sent is None and not request.scope["route_handler"].opt.get("body_is_large"):
            sent = str((await request.form()).get("_csrf_token", ""))
        own = self._cell.settings.address
        if not guest.csrf or not same(sent or "", guest.csrf) or not from_ourselves(request.headers, own):
            raise CsrfRefused

    def _person(self, request: Request[Any, Any, Any]) -> Guest:
        cookies = request.cookies
        token = cookies.get(self._cookies.session_name, "")
        session = self._door.sessions.find(token) if token else None
        if session is not None:
            via = Via.OFFICE if request.url.path.startswith("/office") else Via.PORTAL
            try:
                return self._visitor(request, Actor(user=session.user, via=via, correlation=uuid4()), csrf=csrf_of(token), session=session)
            except NotFoundError:
                self._door.sessions.close(session.key)
        own = cookies.get(self._cookies.guest_name, "")
        wish = request.query_params.get("language") or cookies.get(self._cookies.language_name)
        language = choose(wish, request.headers.get("accept-language", ""))
        return Guest(language=language, csrf=csrf_of(own) if own else "", address=self._address(request))

    def _bearer(self, request: Request[Any, Any, Any]) -> Guest:
        address = self._address(request)
        sent = request.headers.get("authorization", "")
        bearer = self._door.bearer(sent[len(BEARER) :].strip(), address) if sent.lower().startswith(BEARER) else None
        if bearer is not None:
            try:
                actor = Actor(user=bearer.user, via=Via.API, correlation=uuid4(), scopes=bearer.scopes, dossiers=bearer.dossiers)
                return self._visitor(request, actor)
            except NotFoundError:
                pass
        return Guest(language=choose(None, request.headers.get("accept-language", "")), address=address)

    def _visitor(self, request: Request[Any, Any, Any], actor: Actor, **more: Any) -> Visitor:
        """Raises `NotFoundError` when the person may no longer sign in."""
        person = self._cell.bench.authority.user(actor.user)
        return Visitor(
            actor=actor, name=person.full_name, language=person.language, profile=person.profile, address=self._address(request), **more
        )

    def _address(self, request: Request[Any, Any, Any]) -> str:
        peer = request.client.host if request.client else ""
        return client_address(peer, request.headers.get("x-forwarded-for", ""), self._cell.settings.trusted_proxies)
