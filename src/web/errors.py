"""One error map (DESIGN §7): what went wrong, as a page, as a sentence for a partial request, or as problem+json for a program."""

from __future__ import annotations

import logging
import secrets
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import msgspec
from litestar import MediaType, Request, Response
from litestar.concurrency import sync_to_thread
from litestar.exceptions import HTTPException, TooManyRequestsException, ValidationException
from litestar.response.base import ASGIResponse

from application.event_log import ConflictError, NotFoundError
from application.permissions import Forbidden
from domain.kernel import Refused
from projections.read_model import BeingRebuilt
from web.answers import templates
from web.pages import Frame
from web.security.admission import CsrfRefused
from web.security.throttle import HeldUp
from web.translations import _, explained, translate
from web.visiting import NotSignedIn, guest_of

if TYPE_CHECKING:
    from litestar.types import ExceptionHandlersMap, Receive, Scope, Send

    from web.wiring import Cell

PROBLEM_JSON = "application/problem+json"
REBUILT_IN = "5"
"""Seconds after which to look again at what is being rebuilt."""

log = logging.getLogger(__name__)


class BadInput(Exception):
    """A field that cannot be read: `field` is its name, `sentence` (in the reference language) says what is wrong."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(f"{field}: {sentence}")
        self.field, self.sentence = field, sentence


class Problem(msgspec.Struct, frozen=True, kw_only=True):
    """What is told: an HTTP status, a sentence (empty: the usual one for the status), a code for the help desk, the field concerned."""

    status: int
    sentence: str = ""
    code: str = ""
    field: str = ""
    headers: dict[str, str] = {}


class Errors:
    """Explains exceptions to whoever asked. `handlers` is what Litestar is given."""

    def __init__(self, cell: Cell) -> None:
        self._cell = cell

    @property
    def handlers(self) -> ExceptionHandlersMap:
        """All exceptions end here."""
        return {Exception: self.explain, HTTPException: self.explain}

    def explain(self, request: Request[Any, Any, Any], error: Exception) -> Response[Any]:
        """The answer, made in the thread pool: it may have to look up a name."""
        return _Later(lambda: self._answer(request, error))

    def _answer(self, request: Request[Any, Any, Any], error: Exception) -> Response[Any]:
        language = guest_of(request).language
        try:
            problem = self._problem(error, language)
        except Exception:  # noqa: BLE001 - the database is away, for instance: that is then what there is to tell
            problem = _unexpected()
        if problem.code:
            log.error("request failed: %s, %s %s", problem.code, request.method, request.url.path, exc_info=error)
        if _wants_json(request):
            return _problem_json(problem, language)
        if isinstance(error, NotSignedIn) and request.method == "GET" and "hx-request" not in request.headers:
            return Response(None, status_code=303, headers={"Location": f"/sign-in?{_back_to(request)}"})
        return self._page(request, problem)

    def _problem(self, error: Exception, language: str) -> Problem:
        match error:
            case Refused():
                return Problem(status=409, sentence=explained(error, language))
            case ConflictError():
                return Problem(status=409, sentence=self._who_was_faster(error, language))
            case NotFoundError():
                return Problem(status=404)
            case Forbidden():
                return Problem(status=403, sentence=translate(str(error), language))
            case NotSignedIn():
                return Problem(status=401, headers={"WWW-Authenticate": "Bearer"})
            case BadInput():
                return Problem(status=400, sentence=translate(error.sentence, language), field=error.field)
            case BeingRebuilt():
                sentence = translate(_REBUILT, language, percent=round(error.progress * 100))
                return Problem(status=503, sentence=sentence, headers={"Retry-After": REBUILT_IN})
            case CsrfRefused():
                return Problem(status=403, sentence=translate(_CSRF, language))
            case HeldUp():
                return Problem(
                    status=429, sentence=translate(HeldUp.sentence, language, seconds=error.seconds), headers=error.headers or {}
                )
            case ValidationException():
                field = _field(error)
                return Problem(status=400, field=field, sentence=translate(_FIELD, language, field=field) if field else "")
            case TooManyRequestsException():
                wait = (error.headers or {}).get("RateLimit-Reset", "")
                sentence = translate(_TOO_OFTEN, language, seconds=wait) if wait else ""
                return Problem(status=429, sentence=sentence, headers=dict(error.headers or {}) | ({"Retry-After": wait} if wait else {}))
            case HTTPException(status_code=status) if status < 500:  # noqa: PLR2004 - the family of answers about a wrong request
                return Problem(status=status, headers=dict(error.headers or {}))
        return _unexpected()

    def _who_was_faster(self, conflict: ConflictError, language: str) -> str:
        name = self._cell.models.directory.names([conflict.by]).get(conflict.by) if conflict.by else None
        return translate(_FASTER, language, name=name) if name else ""

    def _page(self, request: Request[Any, Any, Any], problem: Problem) -> Response[str]:
        guest = guest_of(request)
        try:
            name = self._cell.models.directory.office_name()
        except Exception:  # noqa: BLE001 - whatever is wrong, the page that says so is shown
            name = ""
        text = (
            templates()
            .get_template("error.html")
            .render(
                frame=Frame(office_name=name, csrf=guest.csrf),
                language=guest.language,
                status=problem.status,
                sentence=problem.sentence,
                code=problem.code,
                back="/sign-in" if problem.status == 401 else "/",  # noqa: PLR2004 - not signed in
            )
        )
        return Response(text, media_type=MediaType.HTML, status_code=problem.status, headers=problem.headers)


class _Later(Response[None]):
    """An answer that is made off the event loop."""

    def __init__(self, make: Any) -> None:
        super().__init__(None)
        self._make = make

    def to_asgi_response(self, app: Any, request: Request[Any, Any, Any], **options: Any) -> ASGIResponse:  # noqa: ARG002 - Litestar's signature
        """The answer to send, once it has been made."""
        return _LaterASGI(self._make, request, options)


class _LaterASGI(ASGIResponse):
    def __init__(self, make: Any, request: Request[Any, Any, Any], options: dict[str, Any]) -> None:
        super().__init__()
        self._make, self._request, self._options = make, request, options

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        made: Response[Any] = await sync_to_thread(self._make)
        await made.to_asgi_response(app=None, request=self._request, **self._options)(scope, receive, send)


_REBUILT = _("Dit scherm wordt opnieuw opgebouwd: {percent} % is klaar. Probeer het over enkele seconden opnieuw.")
_CSRF = _("Deze pagina is verlopen. Laad ze opnieuw en probeer het nog eens.")
_FIELD = _("Het veld “{field}” klopt niet.")
_TOO_OFTEN = _("Dit token vraagt te vaak iets. Wacht {seconds} seconden en probeer opnieuw.")
_FASTER = _("{name} was je voor en wijzigde dit terwijl jij bezig was. Je wijziging is niet bewaard.")
_TITLES = {
    400: _("Er klopt iets niet in wat je instuurde."),
    401: _("Meld je aan, of geef een geldig token mee."),
    403: _("Hiervoor heb je geen toegang."),
    404: _("Dit bestaat niet, of niet meer."),
    405: _("Dit adres kent deze bewerking niet."),
    409: _("Een collega wijzigde dit terwijl jij bezig was. Je wijziging is niet bewaard."),
    413: _("Het bestand is groter dan toegelaten."),
    415: _("Dit soort inhoud wordt hier niet aangenomen."),
    429: _("Er waren te veel pogingen. Probeer het straks opnieuw."),
    500: _("Er liep iets mis. Je documenten staan veilig. Probeer het opnieuw."),
    503: _("Even niet beschikbaar. Je documenten staan veilig."),
}


def _unexpected() -> Problem:
    return Problem(status=500, code=secrets.token_hex(4))


def _wants_json(request: Request[Any, Any, Any]) -> bool:
    return request.url.path.startswith("/api/") or "json" in request.headers.get("accept", "")


def _problem_json(problem: Problem, language: str) -> Response[bytes]:
    body: dict[str, Any] = {
        "type": "about:blank",
        "title": translate(_TITLES.get(problem.status, _TITLES[500]), language),
        "status": problem.status,
    }
    body["detail"] = problem.sentence or body["title"]
    body |= {name: value for name, value in (("field", problem.field), ("code", problem.code)) if value}
    return Response(msgspec.json.encode(body), media_type=PROBLEM_JSON, status_code=problem.status, headers=problem.headers)


def _field(error: ValidationException) -> str:
    """The name of the first field that cannot be read."""
    extra = error.extra
    first = extra[0] if isinstance(extra, list) and extra else extra
    return str(first.get("key", "")) if isinstance(first, dict) else ""


def _back_to(request: Request[Any, Any, Any]) -> str:
    query = f"?{request.url.query}" if request.url.query else ""
    return urlencode({"to": request.url.path + query})
