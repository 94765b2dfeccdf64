"""`daybook recognise-again`, as typed by an employee."""

import pytest

from domain.document import Document
from world import address, ubl


@pytest.fixture
def submitted(world):
    document = world.deliver(ubl(), name="factuur.xml")
    world.submit(document)
    world.settle()
    return document


def test_open_invoices_of_an_older_engine_are_read_again(daybook, world, submitted):
    typed = f"recognise-again --by {address('bart')} --engine-before daybook-99"
    assert daybook(typed) == (0, "Opnieuw te herkennen: 1 van 1 open facturen, geweigerd: 0.\n")
    assert world.bench.log.load(Document, submitted).state.read_again


@pytest.mark.usefixtures("world", "submitted")
def test_without_an_engine_only_what_failed_is_read_again(daybook):
    assert daybook(f"recognise-again --by {address('bart')}")[1].startswith("Opnieuw te herkennen: 0 van 1 open")


@pytest.mark.usefixtures("world", "submitted")
def test_a_dossier_that_somebody_may_not_edit_is_left_out(daybook):
    typed = f"recognise-again --by {address('chris')} --engine-before daybook-99"
    assert daybook(typed)[1].startswith("Opnieuw te herkennen: 0 van 0 open")
