"""Who sends a request: a guest, or somebody signed in. Put on the request by `security.admission`, handed to the routes as dependencies."""

from __future__ import annotations

from typing import Any, cast

import msgspec
from litestar import Request
from litestar.connection import ASGIConnection
from litestar.handlers import BaseRouteHandler

from application.event_log import NotFoundError
from application.permissions import Actor
from domain.profiles import OfficeProfile
from web.security.sessions import Session


class Guest(msgspec.Struct, frozen=True, kw_only=True):
    """Anybody. `language` is the one to show, `csrf` what his forms send back, `address` where he is on the network."""

    language: str
    csrf: str = ""
    address: str = ""


class Visitor(Guest, frozen=True, kw_only=True):
    """Somebody signed in, or his token (then without session). `profile` is the one at the office, None for who is only a client."""

    actor: Actor
    name: str
    profile: OfficeProfile | None = None
    session: Session | None = None


class NotSignedIn(Exception):
    """This is for people who are signed in."""


def guest_of(request: Request[Any, Any, Any]) -> Guest:
    """Whoever sends the request; where nobody looked (an address that does not exist), an unknown one."""
    return cast("Guest", request.scope.get("user") or Guest(language="nl"))


def provide_guest(request: Request[Any, Any, Any]) -> Guest:
    """The dependency `guest`: whoever it is, as a guest."""
    guest = guest_of(request)
    return Guest(language=guest.language, csrf=guest.csrf, address=guest.address)


def provide_signed_in(request: Request[Any, Any, Any]) -> Visitor | None:
    """The dependency `signed_in`: for pages that anybody may ask for."""
    guest = guest_of(request)
    return guest if isinstance(guest, Visitor) else None


def provide_visitor(request: Request[Any, Any, Any]) -> Visitor:
    """The dependency `visitor`. Raises `NotSignedIn` for a guest."""
    guest = guest_of(request)
    if not isinstance(guest, Visitor):
        raise NotSignedIn
    return guest


def employees_only(connection: ASGIConnection[Any, Any, Any, Any], _: BaseRouteHandler) -> None:
    """The guard of the office: for who does not work there, none of it exists."""
    guest = connection.scope.get("user")
    if not isinstance(guest, Visitor):
        raise NotSignedIn
    if guest.profile is None:
        raise NotFoundError("office")


def provide_language(request: Request[Any, Any, Any]) -> str:
    """The dependency `language`."""
    return guest_of(request).language
