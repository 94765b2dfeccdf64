"""Signing in and out, choosing a password after an invitation, and the way from `/` to where a person works."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

import msgspec
from litestar import Request, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect

from application.event_log import NotFoundError
from domain.kernel import Refused
from web.answers import Answers
from web.forms import Form
from web.frames import guest_frame
from web.security.cookies import Cookies
from web.security.door import Door
from web.security.secrets import csrf_of, new_token
from web.security.throttle import HeldUp
from web.translations import LANGUAGES, explained, translate
from web.visiting import Guest, Visitor
from web.wiring import Cell


def start_of(visitor: Visitor) -> str:
    """Where a person works."""
    return "/portal" if visitor.profile is None else "/office"


@get("/", sync_to_thread=False)
def start(visitor: NamedDependency[Visitor]) -> Redirect:
    """To the office or the portal."""
    return Redirect(start_of(visitor), status_code=303)


@get("/sign-in", sync_to_thread=True)
def sign_in_page(
    cell: NamedDependency[Cell],
    answers: NamedDependency[Answers],
    jar: NamedDependency[Cookies],
    guest: NamedDependency[Guest],
    signed_in: NamedDependency[Visitor | None],
    request: Request[Any, Any, Any],
    to: FromQuery[str] = "",
) -> Response[Any]:
    """The form; who is signed in already goes on."""
    if signed_in is not None:
        return Redirect(_inside(to) or start_of(signed_in), status_code=303)
    page = _guest_page(cell, answers, jar, guest, "sign_in.html", email="", refusal="", action=_action(to))
    chosen = request.query_params.get("language")
    if chosen in LANGUAGES:
        page.set_cookie(jar.language(chosen))
    return page


@post("/sign-in", sync_to_thread=True)
def sign_in(
    cell: NamedDependency[Cell],
    answers: NamedDependency[Answers],
    jar: NamedDependency[Cookies],
    door: NamedDependency[Door],
    guest: NamedDependency[Guest],
    signed_in: NamedDependency[Visitor | None],
    form: NamedDependency[Form],
    to: FromQuery[str] = "",
) -> Response[Any]:
    """A session of its own, whatever cookie the browser came with; or the form again, with one sentence whatever was wrong."""
    email = form.text("email")
    try:
        token = door.sign_in(email, form.secret("password"), guest.address)
    except (Refused, HeldUp) as problem:
        status, sentence = _explained(problem, guest.language)
        again = _guest_page(cell, answers, jar, guest, "sign_in.html", status=status, email=email, refusal=sentence, action=_action(to))
        again.headers.update(getattr(problem, "headers", None) or {})
        return again
    if signed_in is not None and signed_in.session is not None:
        door.sessions.close(signed_in.session.key)
    return _enter(jar, token, _inside(to) or "/")


@post("/sign-out", sync_to_thread=True)
def sign_out(jar: NamedDependency[Cookies], door: NamedDependency[Door], signed_in: NamedDependency[Visitor | None]) -> Redirect:
    """End the session; harmless when it has ended already."""
    if signed_in is not None and signed_in.session is not None:
        door.sign_out(signed_in.session.key, signed_in.actor.user, signed_in.address)
    answer = Redirect("/sign-in", status_code=303)
    answer.set_cookie(jar.no_session())
    return answer


@get("/welcome/{token:str}", sync_to_thread=True)
def welcome_page(
    cell: NamedDependency[Cell],
    answers: NamedDependency[Answers],
    jar: NamedDependency[Cookies],
    door: NamedDependency[Door],
    guest: NamedDependency[Guest],
    token: FromPath[str],
) -> Response[Any]:
    """Choosing a password, while the link is good."""
    user = door.links.owner(token)
    if user is None:
        raise NotFoundError("welcome link")
    return _guest_page(cell, answers, jar, guest, "security/welcome.html", refusal="", email=cell.bench.authority.user(user).email)


@post("/welcome/{token:str}", sync_to_thread=True)
def welcome(
    cell: NamedDependency[Cell],
    answers: NamedDependency[Answers],
    jar: NamedDependency[Cookies],
    door: NamedDependency[Door],
    guest: NamedDependency[Guest],
    form: NamedDependency[Form],
    token: FromPath[str],
) -> Response[Any]:
    """The password is chosen and the person is signed in; the link is used up."""
    try:
        if form.secret("password") != form.secret("again"):
            raise Refused("De twee wachtwoorden zijn niet gelijk. Typ ze opnieuw.")  # noqa: TRY301 - told in the same way as the others
        session = door.choose_password(token, form.secret("password"), guest.address)
    except Refused as refusal:
        status, sentence = _explained(refusal, guest.language)
        values = {"refusal": sentence, "email": form.text("email")}
        return _guest_page(cell, answers, jar, guest, "security/welcome.html", status=status, **values)
    return _enter(jar, session, "/")


ROUTES = (start, sign_in_page, sign_in, sign_out, welcome_page, welcome)


def _guest_page(
    cell: Cell, answers: Answers, jar: Cookies, guest: Guest, template: str, *, status: int = 200, **values: Any
) -> Response[str]:
    """A page for somebody who is not signed in; its form is bound to a cookie of his own."""
    fresh = "" if guest.csrf else new_token()
    if fresh:
        guest = msgspec.structs.replace(guest, csrf=csrf_of(fresh))
    page = answers.page(guest, template, guest_frame(cell, guest), status=status, **values)
    if fresh:
        page.set_cookie(jar.guest(fresh))
    return page


def _enter(jar: Cookies, session: str, to: str) -> Redirect:
    answer = Redirect(to, status_code=303)
    answer.set_cookie(jar.session(session))
    return answer


def _explained(problem: Refused | HeldUp, language: str) -> tuple[int, str]:
    if isinstance(problem, HeldUp):
        return 429, translate(problem.sentence, language, seconds=problem.seconds)
    return 401, explained(problem, language)


def _action(to: str) -> str:
    return "/sign-in" + (f"?{urlencode({'to': to})}" if _inside(to) else "")


def _inside(to: str) -> str:
    """The address, when it is one of ours and nobody else's: an absolute path without tricks."""
    return to if to.startswith("/") and not to.startswith("//") and "\\" not in to and to.isprintable() else ""
