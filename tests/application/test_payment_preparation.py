"""Purchases put ready for payment where they are booked, in dossiers that allow it."""

import pytest

from application import enrichment_settings, worklist
from application.permissions import Forbidden
from domain.booking_proposal import ProposalCorrected
from domain.document import Mailbox
from domain.kernel import Refused
from invoices import proposal, propose


def allow(world, who="bart", *, on=True):
    enrichment_settings.switch_payment_preparation(world.bench, world.actor(who), world.bakery, on=on)


def put_ready(world, one):
    worklist.correct(world.bench, world.actor("bart"), one, ProposalCorrected(pay=True))


def test_a_purchase_is_put_ready_for_payment_where_the_dossier_allows_it(world):
    (one,) = propose(world, 1)
    allow(world)
    put_ready(world, one)
    assert proposal(world, one).pay


def test_elsewhere_it_is_refused(world):
    (one,) = propose(world, 1)
    with pytest.raises(Refused, match="geen betalingen"):
        put_ready(world, one)
    allow(world)
    allow(world, on=False)
    with pytest.raises(Refused, match="geen betalingen"):
        put_ready(world, one)


def test_a_sale_is_never_paid(world):
    (one,) = propose(world, 1, mailbox=Mailbox.SALES)
    allow(world)
    with pytest.raises(Refused, match="geen betalingen"):
        put_ready(world, one)


def test_a_client_does_not_allow_it(world):
    with pytest.raises(Forbidden):
        allow(world, "anna")


def test_the_screen_offers_it_where_it_is_allowed(world):
    (one,) = propose(world, 1)
    bart = world.browser("bart")
    assert "Klaarzetten voor betaling" not in bart.get(f"/office/proposals/{one}").text
    allow(world)
    assert "Klaarzetten voor betaling" in bart.get(f"/office/proposals/{one}").text
