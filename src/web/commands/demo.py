"""The demo office: people, a dozen dossiers and their invoices, brought in and worked on through the real use-cases and jobs."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import NamedTuple
from uuid import UUID

from adapters.demo.generator import demo_invoices, demo_sales_invoices
from adapters.demo.invoice import DemoInvoice
from adapters.demo.paper import render_pdf, render_scan
from adapters.demo.people import ANNA, BART, CHRIS, DORA, EVERYONE, NINE, SOFIE, DemoPerson
from adapters.demo.peppol import render_ubl
from adapters.demo.world import DOSSIERS, OFFICE, DemoDossier
from application import dossiers, intake, mailboxes, people, sending, worklist
from application.event_log import Via
from application.permissions import Actor
from domain.booking_proposal import BookingProposal, Stage, proposal_of
from domain.document import Channel, Document, Mailbox, Progress
from domain.profiles import ClientProfile, OfficeProfile
from web.commands import first_start
from web.output import progress, tell
from web.security.door import Door
from web.wiring import Cell

PASSWORD = "daybook-demo"  # noqa: S105 - printed at the start of every demo office
SEED = 20260312
MANY, FEW, SOLD = 34, 7, 5
"""Invoices of the first dossier, of the others, and sales invoices of each."""
SUBMITTED, CHECKED, SENT = 0.7, 24, 16
"""Share of each dossier's invoices that is submitted; how many proposals of the first dossier are checked, and sent."""


class _Seeding(NamedTuple):
    cell: Cell
    actors: dict[str, Actor]
    dossiers: dict[str, UUID]
    stopped: Callable[[], bool]


class Stopped(Exception):
    """The operator ended the start before the demo office was ready."""


def seed(cell: Cell, stopped: Callable[[], bool], today: date) -> None:
    """Fill an empty installation. The worker process must be running: it opens, reads and books."""
    started = time.monotonic()
    tell("Het demokantoor wordt ingericht…")
    first_start.open_office(cell.bench, OFFICE.name.removesuffix(" BV"))
    users = {one.email: _person(cell, one) for one in EVERYONE}
    actors = {one.email: Actor(user=users[one.email], via=Via.PORTAL if one.dossier else Via.OFFICE) for one in EVERYONE}
    seeding = _Seeding(cell, actors, {}, stopped)
    for one in DOSSIERS:
        seeding.dossiers[one.id] = _open(seeding, one, today)
    _let_people_in(seeding)
    documents = _bring_in(seeding, today)
    _wait(seeding, "herkend", documents, lambda one: cell.bench.log.load(Document, one).state.progress not in _UNREAD)
    _work(seeding, documents)
    progress("")
    tell(f"Demokantoor klaar: {len(DOSSIERS)} dossiers, {len(documents)} documenten, {time.monotonic() - started:.0f} s.")


def accounts() -> Iterator[str]:
    """The lines that say who can sign in."""
    yield f"Aanmelden kan als (wachtwoord voor iedereen: {PASSWORD}):"
    for one in NINE:
        what = _PROFILES[one.profile]
        yield f"  {one.email:<22} {one.name:<18} {what}"


_UNREAD = frozenset({Progress.ARRIVED, Progress.INSPECTED})
_PROFILES = {
    OfficeProfile.ADMIN: "kantoor · beheerder",
    OfficeProfile.EMPLOYEE: "kantoor · medewerker",
    OfficeProfile.SUPPORT: "kantoor · ondersteuning",
    ClientProfile.ADMINISTRATOR: "klant · beheerder",
    ClientProfile.FULL_ACCESS: "klant · volledige toegang",
    ClientProfile.PROCESSING: "klant · documentverwerking",
    ClientProfile.PROCESSING_ARCHIVE: "klant · documentverwerking en archief",
    ClientProfile.FEEDBACK: "klant · volledige terugkoppeling",
    ClientProfile.DELIVERY: "klant · aanlevering",
}


def _person(cell: Cell, one: DemoPerson) -> UUID:
    profile = one.profile if isinstance(one.profile, OfficeProfile) else None
    user = people.register_user(
        cell.bench,
        people.SYSTEM,
        first_name=one.first_name,
        last_name=one.last_name,
        email=one.email,
        language=one.language,
        profile=profile,
    )
    Door(cell).passwords.choose(user, PASSWORD, one.email)
    return user


def _open(seeding: _Seeding, one: DemoDossier, today: date) -> UUID:
    dora = seeding.actors[DORA.email]
    dossier = dossiers.open_dossier(
        seeding.cell.bench,
        dora,
        name=one.party.name,
        vat_number=one.party.vat_number,
        package="sandbox",
        package_code=one.id.upper(),
        first_period=f"{today.year - 1}-01",
    )
    dossiers.open_book_year(seeding.cell.bench, dora, dossier, f"{today.year}-01")
    dossiers.request_synchronisation(seeding.cell.bench, dora, dossier)
    progress(f"Dossier {one.party.name}")
    return dossier


def _let_people_in(seeding: _Seeding) -> None:
    bench, dora = seeding.cell.bench, seeding.actors[DORA.email]
    for place, dossier in enumerate(seeding.dossiers.values()):
        people.assign_employee(bench, dora, dossier, seeding.actors[BART.email].user, manager=place % 3 != 1)
        if place % 2 == 0:
            people.assign_employee(bench, dora, dossier, seeding.actors[SOFIE.email].user)
    for one in EVERYONE:
        if isinstance(one.profile, ClientProfile):
            people.give_client_profile(bench, dora, seeding.dossiers[one.dossier], seeding.actors[one.email].user, one.profile)


def _bring_in(seeding: _Seeding, today: date) -> list[UUID]:
    found: list[UUID] = []
    for place, one in enumerate(DOSSIERS):
        actor = seeding.actors[{"claes": ANNA, "vermeulen": CHRIS}.get(one.id, DORA).email]
        bought = demo_invoices(SEED, one, today, MANY if place == 0 else FEW)
        sold = demo_sales_invoices(SEED, one, today, SOLD)
        for mailbox, invoices in ((Mailbox.PURCHASE, bought), (Mailbox.SALES, sold)):
            for number, invoice in enumerate(invoices):
                _unless_stopped(seeding)
                name, data = _file(invoice, number, mailbox)
                delivery = intake.Delivery(
                    dossier=seeding.dossiers[one.id],
                    mailbox=mailbox,
                    channel=Channel.UPLOAD,
                    file_name=name,
                    data=data,
                    key=f"demo-{mailbox}-{number}",
                )
                found.append(intake.receive(seeding.cell.bench, actor, delivery).document)
                progress(f"{len(found)} documenten aangeleverd · {one.party.name}")
    return found


def _file(invoice: DemoInvoice, number: int, mailbox: Mailbox) -> tuple[str, bytes]:
    """Most invoices come as PDF, every third as UBL with the PDF inside, one in eleven as a scan."""
    name = f"{invoice.seller.name} {invoice.number}".replace("/", "-")
    if mailbox == Mailbox.PURCHASE and number % 11 == 0:
        return f"Scan {name}.jpg", render_scan(invoice)
    pdf = render_pdf(invoice)
    if number % 3 == 1:
        return f"{name}.xml", render_ubl(invoice, pdf)
    return f"{name}.pdf", pdf


def _work(seeding: _Seeding, documents: Sequence[UUID]) -> None:
    """Clients submit most of what was read; in the first dossier the office checks and sends."""
    bench, dora, bart = seeding.cell.bench, seeding.actors[DORA.email], seeding.actors[BART.email]
    submitted = [one for place, one in enumerate(documents) if place % 10 < SUBMITTED * 10]
    mailboxes.submit(bench, dora, submitted)
    for one in documents[8::10]:
        mailboxes.mark_handled(bench, dora, one, handled=True)
    expected = [proposal_of(one) for one in submitted if bench.log.load(Document, one).state.progress != Progress.UNUSABLE]
    _wait(seeding, "voorgesteld", expected, lambda one: bench.log.find(BookingProposal, one) is not None)
    first = seeding.dossiers[DOSSIERS[0].id]
    ready = [one for one in expected if bench.log.load(BookingProposal, one).state.dossier == first]
    checked = worklist.check_all(bench, bart, ready[:CHECKED]).done
    sent = sending.send(bench, bart, checked[:SENT]).done
    _wait(seeding, "geboekt", sent, lambda one: bench.log.load(BookingProposal, one).state.stage in _SETTLED)


_SETTLED = frozenset({Stage.CONFIRMED, Stage.REFUSED, Stage.UNKNOWN})


def _wait(seeding: _Seeding, what: str, waiting: Sequence[UUID], done: Callable[[UUID], bool]) -> None:
    left = list(waiting)
    while left:
        _unless_stopped(seeding)
        left = [one for one in left if not done(one)]
        progress(f"{len(waiting) - len(left)} van {len(waiting)} {what}")
        time.sleep(0.3 if left else 0)


def _unless_stopped(seeding: _Seeding) -> None:
    if seeding.stopped():
        raise Stopped
