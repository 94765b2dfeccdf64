"""Anna's dossier: one small office with a person of every profile, in a real cell, for tests above the domain.

`world` (a fixture, `fixtures.worlds`) is a fresh one for each test, cloned from one that was built once. `world.settle()` is the worker
process in a nutshell: models catch up, jobs are done, until nothing is left to do.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, date, datetime
from functools import cached_property
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self
from uuid import UUID, uuid4

import msgspec
from argon2 import PasswordHasher
from litestar import Litestar
from litestar.testing import TestClient

from adapters.demo.generator import demo_invoices
from adapters.demo.paper import render_pdf
from adapters.demo.peppol import render_ubl
from adapters.demo.world import DOSSIERS
from application import intake, mailboxes, people
from application.dossiers import open_dossier
from application.event_log import Via
from application.jobs import Job, Later, job_id
from application.permissions import Actor
from application.reactions import ReactionFollower
from application.work import JOB_KINDS, REACTIONS, handlers
from domain.document import Channel, Document, Mailbox, Progress
from domain.profiles import ClientProfile, OfficeProfile, Profile
from projections.runner import Runner
from serving import served
from web.app import create_app
from web.commands.first_start import open_office
from web.security.door import Door
from web.security.secrets import csrf_of

if TYPE_CHECKING:
    from adapters.demo.invoice import DemoInvoice
    from web.wiring import Cell

OFFICE_NAME = "Lindeman Accountants"
PASSWORD = "een lange wandeling"  # noqa: S105 - everybody's
QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
"""As little work as argon2 can do: tests sign in all the time."""

CAST: dict[str, tuple[str, str, Profile]] = {
    "dora": ("Dora", "Willems", OfficeProfile.ADMIN),
    "bart": ("Bart", "Peeters", OfficeProfile.EMPLOYEE),
    "staf": ("Staf", "Aerts", OfficeProfile.SUPPORT),
    "anna": ("Anna", "Claes", ClientProfile.ADMINISTRATOR),
    "fien": ("Fien", "Wouters", ClientProfile.FULL_ACCESS),
    "gust": ("Gust", "Mertens", ClientProfile.PROCESSING),
    "hilde": ("Hilde", "Goossens", ClientProfile.PROCESSING_ARCHIVE),
    "ivo": ("Ivo", "De Smet", ClientProfile.FEEDBACK),
    "ed": ("Ed", "Jacobs", ClientProfile.DELIVERY),
    "chris": ("Chris", "Maes", ClientProfile.ADMINISTRATOR),
}
"""All but Chris belong to the bakery: its nine profiles, once each. Chris is the administrator of another dossier."""


class People(msgspec.Struct, frozen=True, kw_only=True):
    """Ids of what was built."""

    users: dict[str, UUID]
    bakery: UUID
    garage: UUID


def build(cell: Cell) -> People:
    """Fill an empty cell through the use-cases: the office, its people, the bakery (Anna's dossier) and the garage (Chris's)."""
    bench = cell.bench
    open_office(bench, OFFICE_NAME)
    door = Door(cell, QUICK)
    users = {}
    for key, (first, last, profile) in CAST.items():
        office = profile if isinstance(profile, OfficeProfile) else None
        user = people.register_user(bench, people.SYSTEM, first_name=first, last_name=last, email=address(key), profile=office)
        door.passwords.choose(user, PASSWORD, address(key))
        users[key] = user
    dora = Actor(user=users["dora"], via=Via.OFFICE)
    year = f"{bench.now():%Y}-01"
    bakery, garage = (
        open_dossier(bench, dora, name=name, vat_number=number, package="sandbox", package_code=code, first_period=year)
        for name, number, code in (("Bakkerij Claes BV", "BE0999041206", "claes"), ("Garage Maes BV", "BE0999052389", "maes"))
    )
    for key in ("bart", "staf"):
        people.assign_employee(bench, dora, bakery, users[key])
    for key, (_, _, profile) in CAST.items():
        if isinstance(profile, ClientProfile):
            people.give_client_profile(bench, dora, garage if key == "chris" else bakery, users[key], profile)
    return People(users=users, bakery=bakery, garage=garage)


def address(key: str) -> str:
    """Somebody's e-mail address."""
    return f"{key}@voorbeeld.be"


def invoices(count: int = 12) -> list[DemoInvoice]:
    """What the bakery bought this year, oldest first: the same every time."""
    [bakery] = [one for one in DOSSIERS if one.id == "claes"]
    return [*demo_invoices(1, bakery, date(datetime.now(UTC).year, 6, 30), count)]


def ubl(number: int = 0) -> bytes:
    """One of the bakery's purchases as a UBL file: read exactly, at once."""
    return render_ubl(invoices()[number])


def pdf(number: int = 0) -> bytes:
    """One of them as a text PDF."""
    return render_pdf(invoices()[number])


class Browser(TestClient[Litestar]):
    """A browser in front of the application, perhaps with somebody signed in. `post` sends the CSRF token along."""

    __test__ = False

    def sign_in(self, key: str, password: str = PASSWORD) -> Any:
        """Sign in through the form; returns the answer."""
        self.get("/sign-in")
        return self.post("/sign-in", data={"email": address(key), "password": password}, follow_redirects=False)

    @property
    def csrf(self) -> str:
        """The token the pages of this browser carry."""
        cookies = {cookie.name.removeprefix("__Host-"): cookie.value for cookie in self.cookies.jar}
        return csrf_of(cookies.get("daybook") or cookies.get("daybook-guest") or "")

    def post(self, url: Any, **options: Any) -> Any:
        """As a page of ours would."""
        options["headers"] = {"X-CSRFToken": self.csrf} | dict(options.get("headers") or {})
        return super().post(url, **options)


class World:
    """The cast and their office at work. Ids: `world.user("anna")`, `world.bakery`, `world.garage`."""

    def __init__(self, cell: Cell, known: People) -> None:
        self.cell, self.bench, self.models = cell, cell.bench, cell.models
        self.bakery, self.garage, self.users = known.bakery, known.garage, known.users
        reactions = [ReactionFollower(reaction, cell.bench.log) for reaction in REACTIONS]
        self._runner = Runner(cell.bench.log, cell.database, cell.models, reactions)
        self._handlers = handlers(cell.bench)
        self._seen = 0
        self._waiting: list[Job] = []
        self._serving: Browser | None = None

    @cached_property
    def app(self) -> Litestar:
        """The application, made when it is first asked for."""
        return create_app(self.cell, hasher=QUICK)

    def user(self, key: str) -> UUID:
        """Somebody's id."""
        return self.users[key]

    def actor(self, key: str, via: Via | None = None) -> Actor:
        """Somebody, through his usual door."""
        usual = Via.OFFICE if isinstance(CAST[key][2], OfficeProfile) else Via.PORTAL
        return Actor(user=self.users[key], via=via or usual)

    def browser(self, key: str = "") -> Browser:
        """A browser in which this person is signed in (nobody: a guest). It is closed with the world."""
        if self._serving is None:
            self._serving = Browser(self.app)
            self._serving.__enter__()
        made = Browser(self.app)
        made.blocking_portal = self._serving.blocking_portal  # one application, one event loop
        if key:
            assert made.sign_in(key).status_code == 303
        return made

    @contextmanager
    def serve(self) -> Iterator[str]:
        """The application behind a real server, for streams and real browsers: its address. Read models follow the log by themselves."""
        self._runner.start()
        with served(create_app(self.cell, hasher=QUICK)) as address_:
            yield address_

    def token(self, key: str, *scopes: str, days: int | None = None, dossiers: Sequence[UUID] = ()) -> dict[str, str]:
        """The header of a program that acts as this person."""
        made = Door(self.cell, QUICK).create_token(address(key), scopes, "test", days, dossiers)
        return {"Authorization": f"Bearer {made}"}

    def deliver(
        self, data: bytes, *, by: str = "anna", dossier: UUID | None = None, mailbox: Mailbox = Mailbox.PURCHASE, name: str = "factuur.pdf"
    ) -> UUID:
        """Somebody brings a file in; returns the document."""
        delivery = intake.Delivery(
            dossier=dossier or self.bakery, mailbox=mailbox, channel=Channel.UPLOAD, file_name=name, data=data, key=uuid4().hex
        )
        return intake.receive(self.bench, self.actor(by), delivery).document

    def submit(self, *documents: UUID, by: str = "anna") -> None:
        """Hand documents to the accountant, once they have been opened."""
        if any(self.bench.log.load(Document, one).state.progress == Progress.ARRIVED for one in documents):
            self.settle()
        assert not mailboxes.submit(self.bench, self.actor(by), documents).refused

    def settle(self) -> None:
        """Let read models, reactions and jobs catch up with everything that has happened, and with what follows from it."""
        self._runner.catch_up()
        while self._work():
            self._runner.catch_up()

    def close(self) -> None:
        """End the browsers and the runner; the cell is somebody else's."""
        if self._serving is not None:
            self._serving.__exit__(None, None, None)
        self._runner.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def _work(self) -> bool:
        """Do the jobs of the events not yet seen, in order; whether there were any. One that says «later» is left for the next time."""
        piece = self.bench.log.read(self._seen)
        new = [
            Job(
                id=job_id(kind.name, moment.id),
                kind=kind.name,
                subject=kind.subject(moment),
                cause=moment.id,
                position=moment.position,
                correlation=moment.context.correlation,
                attempt=1,
            )
            for moment in piece.events
            for kind in JOB_KINDS
            if isinstance(moment.event, kind.triggers) and kind.wanted(moment)
        ]
        moved, self._seen = piece.upto > self._seen, piece.upto
        jobs: Sequence[Job] = [*self._waiting, *new]
        self._waiting = []
        for job in jobs:
            with suppress(Later):
                self._handlers[job.kind](job)
                continue
            self._waiting.append(job)
        return moved
