"""Invoices for tests above the domain: generated ones addressed to the bakery, as electronic invoices, which are read exactly."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from adapters.demo.generator import demo_invoices, demo_sales_invoices
from adapters.demo.invoice import DemoInvoice
from adapters.demo.peppol import render_ubl
from adapters.demo.world import DOSSIERS
from application import worklist
from domain.booking_proposal import BookingProposal, proposal_of
from domain.document import Mailbox
from world import World


def bought(count: int, seed: int = 7) -> tuple[DemoInvoice, ...]:
    """Purchase invoices of the bakery in this year, oldest first."""
    today = date.today()  # noqa: DTZ011 - the world's book year is the wall clock's
    return demo_invoices(seed, DOSSIERS[0], date(today.year, 12, 20), count)


def sold(count: int, seed: int = 7) -> tuple[DemoInvoice, ...]:
    """Sales invoices of the bakery."""
    today = date.today()  # noqa: DTZ011 - the world's book year is the wall clock's
    return demo_sales_invoices(seed, DOSSIERS[0], date(today.year, 12, 20), count)


def propose(world: World, count: int, seed: int = 7, mailbox: Mailbox = Mailbox.PURCHASE) -> list[UUID]:
    """Deliver and submit so many invoices; their proposals, oldest invoice first."""
    invoices = bought(count, seed) if mailbox == Mailbox.PURCHASE else sold(count, seed)
    documents = [world.deliver(render_ubl(one), name=f"{place}.xml", mailbox=mailbox) for place, one in enumerate(invoices)]
    world.submit(*documents)
    world.settle()
    return [proposal_of(one) for one in documents]


def check(world: World, count: int, seed: int = 7) -> list[UUID]:
    """As `propose`, and Bart checks them."""
    proposals = propose(world, count, seed)
    assert not worklist.check_all(world.bench, world.actor("bart"), proposals).refused
    return proposals


def proposal(world: World, one: UUID) -> BookingProposal:
    """A proposal as it stands."""
    return world.bench.log.load(BookingProposal, one).state
