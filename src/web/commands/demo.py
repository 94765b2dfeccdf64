"""The demo office: people, a dozen dossiers and their invoices, brought in and worked on through the real use-cases and jobs.

Every step finds what an earlier start has already done, so a filling that was broken off goes on where it was.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import date
from typing import NamedTuple, cast
from uuid import UUID

from adapters.accounting.sandbox.ledger import SandboxLedger
from adapters.demo.generator import demo_invoices, demo_sales_invoices
from adapters.demo.invoice import DemoInvoice
from adapters.demo.paper import render_pdf, render_scan
from adapters.demo.people import ANNA, BART, CHRIS, DORA, EVERYONE, SOFIE, DemoPerson
from adapters.demo.peppol import render_ubl
from adapters.demo.world import DOSSIERS, DemoDossier
from application import dossiers, enrichment_settings, intake, mailboxes, people, sending, worklist
from application.accounting_package import Dimension, DimensionValue
from application.event_log import Via
from application.offices import office_stream
from application.permissions import Actor
from application.ports import PackageRefused
from application.workbench import Workbench
from domain.booking_proposal import ON_ITS_WAY, BookingProposal, Stage, proposal_of
from domain.document import Channel, Document, Mailbox, Progress
from domain.dossier import Dossier
from domain.profiles import ClientProfile, OfficeProfile
from domain.user import User
from domain.vat_number import enterprise_number
from web.commands import demo_office
from web.formats import OFFICE_TIME
from web.output import progress, tell
from web.security.door import Door
from web.wiring import Cell

SEED = 20260312
MANY, FEW, SOLD = 34, 7, 5
"""Invoices of the first dossier, of the others, and sales invoices of each."""
FIRST_SCAN, SCAN_EVERY = 15, 19
"""Which purchase invoice of a mailbox comes as a scan, and every how many after it."""
BOOKED, SUBMITTED, CHECKED = 0.4, 0.75, 3
"""Share of each mailbox's invoices that has been booked, that has been submitted; how many of the waiting ones are checked."""


class _Seeding(NamedTuple):
    cell: Cell
    actors: dict[str, Actor]
    dossiers: dict[str, UUID]
    stopped: Callable[[], bool]
    today: date


class Stopped(Exception):
    """The operator ended the start before the demo office was ready."""


def _value(code: str, name: str) -> DimensionValue:
    return DimensionValue(code=code, name=name)


DIMENSIONS = {
    "claes": (
        Dimension(code="VEST", name="Vestiging", values=(_value("LEUVEN", "Winkel Leuven"), _value("HEVERLEE", "Winkel Heverlee"))),
        Dimension(code="ACT", name="Activiteit", values=(_value("BROOD", "Brood"), _value("PATISSERIE", "Patisserie"))),
    ),
}
"""What the packages of some dossiers book on besides accounts."""
PRIVATE_ACCOUNT = "416000"
"""Where the baker's own part of a cost goes."""


def seed(cell: Cell, stopped: Callable[[], bool]) -> None:
    """Fill the installation. The worker process must be running: it opens, reads and books. Raises `Stopped`."""
    started = time.monotonic()
    bench = cell.bench
    if demo_office.is_begun(bench):
        tell("Het demokantoor wordt verder ingericht…")
    else:
        tell("Het demokantoor wordt ingericht…")
        demo_office.begin(bench)
    users = {one.email: _person(cell, one) for one in EVERYONE}
    actors = {one.email: Actor(user=users[one.email], via=Via.PORTAL if one.dossier else Via.OFFICE) for one in EVERYONE}
    seeding = _Seeding(cell, actors, {}, stopped, _first_day(bench))
    for one in DOSSIERS:
        _unless_stopped(seeding)
        seeding.dossiers[one.id] = _open(seeding, one)
    _let_people_in(seeding)
    boxes = _bring_in(seeding)
    documents = [one for box in boxes for one in box]
    _wait(seeding, "herkend", documents, lambda one: bench.log.load(Document, one).state.progress not in _UNREAD)
    _wait(seeding, "gekoppeld", list(seeding.dossiers.values()), lambda one: bench.mirror.synchronised_at(one) is not None)
    enrichment_settings.set_private_account(bench, actors[DORA.email], seeding.dossiers["claes"], PRIVATE_ACCOUNT)
    _work(seeding, boxes)
    demo_office.complete(bench)
    progress("")
    tell(f"Demokantoor klaar: {len(DOSSIERS)} dossiers, {len(documents)} documenten, {time.monotonic() - started:.0f} s.")


_UNREAD = frozenset({Progress.ARRIVED, Progress.INSPECTED})


def _first_day(bench: Workbench) -> date:
    """The day the office was opened, on the operator's wall: its invoices lead up to that day."""
    return bench.log.stream(office_stream(bench), upto=1)[0].at.astimezone(OFFICE_TIME).date()


def _person(cell: Cell, one: DemoPerson) -> UUID:
    bench = cell.bench
    user = bench.claims.owner("email", one.email)
    if user is None:
        user = people.register_user(
            bench, people.SYSTEM, first_name=one.first_name, last_name=one.last_name, email=one.email, language=one.language
        )
    if isinstance(profile := one.profile, OfficeProfile):
        bench.log.decide(User, user, lambda state: state.give_office_profile(profile), context=people.SYSTEM)
    Door(cell).passwords.choose(user, demo_office.PASSWORD, one.email)
    return user


def _open(seeding: _Seeding, one: DemoDossier) -> UUID:
    bench, dora, year = seeding.cell.bench, seeding.actors[DORA.email], seeding.today.year
    progress(f"Dossier {one.party.name}")
    known = dossiers.dossier_by_enterprise_number(bench, enterprise_number(one.party.vat_number) or "")
    dossier = known or dossiers.open_dossier(
        bench,
        dora,
        name=one.party.name,
        vat_number=one.party.vat_number,
        package="sandbox",
        package_code=one.id.upper(),
        first_period=f"{year - 1}-01",
    )
    dossiers.open_book_year(bench, dora, dossier, f"{year}-01")
    if dimensions := DIMENSIONS.get(one.id):
        for dimension in dimensions:
            cast("SandboxLedger", bench.packages["sandbox"]).set_dimension(one.id.upper(), dimension)
    dossiers.request_synchronisation(bench, dora, dossier)
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


def _bring_in(seeding: _Seeding) -> list[list[UUID]]:
    """The documents of each dossier's mailboxes, oldest invoice first."""
    found: list[list[UUID]] = []
    for place, one in enumerate(DOSSIERS):
        actor = seeding.actors[{"claes": ANNA, "vermeulen": CHRIS}.get(one.id, DORA).email]
        bought = demo_invoices(SEED, one, seeding.today, MANY if place == 0 else FEW)
        sold = demo_sales_invoices(SEED, one, seeding.today, SOLD)
        for mailbox, invoices in ((Mailbox.PURCHASE, bought), (Mailbox.SALES, sold)):
            found.append([])
            for number, invoice in enumerate(invoices):
                _unless_stopped(seeding)
                found[-1].append(_deliver(seeding, actor, seeding.dossiers[one.id], mailbox, number, invoice))
                progress(f"{sum(map(len, found))} documenten aangeleverd · {one.party.name}")
    return found


def _deliver(seeding: _Seeding, actor: Actor, dossier: UUID, mailbox: Mailbox, number: int, invoice: DemoInvoice) -> UUID:
    bench, key = seeding.cell.bench, f"demo-{mailbox}-{number}"
    document = intake.document_of(dossier, Channel.UPLOAD, actor.user, key)
    if bench.log.find(Document, document) is None:
        name, data = _file(invoice, number, mailbox)
        delivery = intake.Delivery(dossier=dossier, mailbox=mailbox, channel=Channel.UPLOAD, file_name=name, data=data, key=key)
        intake.receive(bench, actor, delivery)
    return document


def _file(invoice: DemoInvoice, number: int, mailbox: Mailbox) -> tuple[str, bytes]:
    """Most invoices come as PDF, every third as UBL with the PDF inside, one in nineteen as a scan."""
    name = f"{invoice.seller.name} {invoice.number}".replace("/", "-")
    if mailbox == Mailbox.PURCHASE and number % SCAN_EVERY == FIRST_SCAN:
        return f"Scan {name}.jpg", render_scan(invoice)
    pdf = render_pdf(invoice)
    if number % 3 == 1:
        return f"{name}.xml", render_ubl(invoice, pdf)
    return f"{name}.pdf", pdf


def _work(seeding: _Seeding, boxes: Sequence[Sequence[UUID]]) -> None:
    """The oldest invoices are submitted, checked and sent; what was learnt from them helps with the next, which wait in the worklist."""
    bench, bart = seeding.cell.bench, seeding.actors[BART.email]
    ready = _submit(seeding, boxes, 0.0, BOOKED)
    sending.send(bench, bart, worklist.check_all(bench, bart, ready).done)
    _wait(seeding, "geboekt", ready, lambda one: bench.log.load(BookingProposal, one).state.stage not in _SENDING)
    _pay(seeding, ready)
    waiting = _submit(seeding, boxes, BOOKED, SUBMITTED)
    worklist.check_all(bench, bart, waiting[:CHECKED])
    for box in boxes:
        mailboxes.mark_handled(bench, seeding.actors[DORA.email], box[-1], handled=True)


def _pay(seeding: _Seeding, proposals: Sequence[UUID]) -> None:
    """The bank paid two of every three; the books know, and so does the mirror after a synchronisation."""
    bench, dora = seeding.cell.bench, seeding.actors[DORA.email]
    ledger = cast("SandboxLedger", bench.packages["sandbox"])
    for place, one in enumerate(proposals):
        state = bench.log.load(BookingProposal, one).state
        if place % 3 and state.package_id is not None and state.total is not None:
            code = bench.log.load(Dossier, state.dossier).state.package_code
            with suppress(PackageRefused):  # paid in an earlier start that was broken off
                ledger.register_payment(code, state.package_id, state.total, seeding.today)
    for dossier in seeding.dossiers.values():
        dossiers.request_synchronisation(bench, dora, dossier)


def _submit(seeding: _Seeding, boxes: Sequence[Sequence[UUID]], start: float, end: float) -> list[UUID]:
    """Submit a share of each mailbox's documents; their proposals, once they are there."""
    bench = seeding.cell.bench
    chosen = [one for box in boxes for one in box[round(len(box) * start) : round(len(box) * end)]]
    mailboxes.submit(bench, seeding.actors[DORA.email], chosen)
    expected = [proposal_of(one) for one in chosen if bench.log.load(Document, one).state.progress != Progress.UNUSABLE]
    _wait(seeding, "voorgesteld", expected, lambda one: bench.log.find(BookingProposal, one) is not None)
    return expected


_SENDING = ON_ITS_WAY - {Stage.CONFIRMED, Stage.UNKNOWN}


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
