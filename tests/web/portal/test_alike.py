"""Documents of the same invoice are told in the client's mailbox, with the way to the other; nobody learns of what he may not see."""

import pytest

from application import mailboxes
from domain.document import Mailbox
from world import pdf, ubl


def changed(data):
    """The same invoice, in other bytes."""
    return data.replace(b"?>", b"?>\n<!-- opnieuw -->", 1)


@pytest.fixture
def pair(world):
    documents = [world.deliver(one, name=name) for one, name in ((ubl(), "eerst.xml"), (changed(ubl()), "opnieuw.xml"))]
    world.settle()
    return documents


def listed(world, who="anna", tab="purchase"):
    return world.browser(who).get(f"/portal/{world.bakery}/mailboxes?tab={tab}").text


def test_the_later_one_is_flagged_and_both_lead_to_the_other(world, pair):
    page = listed(world)
    assert page.count("Dubbel?") == 1
    for one, other in (pair, pair[::-1]):
        preview = world.browser("anna").get(f"/portal/{world.bakery}/documents/{one}").text
        assert f"/portal/{world.bakery}/documents/{other}" in preview
        assert "Bekijk het andere" in preview


def test_a_pdf_and_its_e_invoice_are_no_doubles_but_belong_together(world):
    world.deliver(ubl(), name="factuur.xml")
    world.deliver(pdf(), name="factuur.pdf")
    world.settle()
    page = listed(world)
    assert page.count("Pdf en e-factuur") == 2
    assert "Dubbel?" not in page


def test_what_is_deleted_is_no_double_any_more(world, pair):
    mailboxes.delete(world.bench, world.actor("anna"), pair[0])
    world.settle()
    assert "Dubbel?" not in listed(world)


def test_other_numbers_and_other_sides_are_other_invoices(world):
    world.deliver(ubl(0), name="een.xml")
    world.deliver(ubl(1), name="twee.xml")
    world.deliver(changed(ubl(0)), name="drie.xml", mailbox=Mailbox.MISC)
    world.settle()
    assert "Dubbel?" not in listed(world)


def test_another_dossier_is_never_told_of(world):
    world.deliver(ubl(), name="bakker.xml")
    world.deliver(changed(ubl()), name="garage.xml", by="chris", dossier=world.garage)
    world.settle()
    assert "Dubbel?" not in listed(world)
    assert "Dubbel?" not in world.browser("chris").get(f"/portal/{world.garage}/mailboxes?tab=purchase").text


def test_who_sees_only_what_he_delivered_is_not_told_of_anothers(world):
    world.deliver(ubl(), name="van anna.xml")
    own = world.deliver(changed(ubl()), name="van ed.xml", by="ed")
    world.settle()
    assert "Dubbel?" in listed(world, "anna")
    assert "Dubbel?" not in listed(world, "ed")
    assert "Bekijk het andere" not in world.browser("ed").get(f"/portal/{world.bakery}/documents/{own}").text
