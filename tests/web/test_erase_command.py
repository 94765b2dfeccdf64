"""`daybook erase`, as typed by an administrator of the office."""

from uuid import UUID

import pytest

from domain.document import Document
from world import address, ubl

UNKNOWN = UUID(int=404)


def test_an_administrator_erases_a_document_once(daybook, world):
    document = world.deliver(ubl(), name="factuur.xml")
    typed = f"erase {document} --ground request --by {address('dora')}"
    assert daybook(typed) == (0, f"Document {document} is gewist; de werker verwijdert zijn bestanden en sleutels.\n")
    assert daybook(typed) == (0, "Dit document was al gewist.\n")
    assert world.bench.log.load(Document, document).state.erased
    last = world.bench.log.stream(document)[-1]
    assert (last.event.ground, last.context.by, last.context.via) == ("request", world.user("dora"), "cli")


def test_an_employee_erases_nothing(daybook, world):
    document = world.deliver(ubl(), name="factuur.xml")
    code, said = daybook(f"erase {document} --ground request --by {address('bart')}")
    assert (code, said) == (1, "Je profiel laat dit niet toe.\n")
    assert not world.bench.log.load(Document, document).state.erased


@pytest.mark.parametrize(
    ("typed", "code", "reason"),
    [
        (f"{UNKNOWN} --ground retention --by dora@voorbeeld.be", 1, "bestaat niet"),
        ("no-id --ground retention --by dora@voorbeeld.be", 1, "no-id"),
        (f"{UNKNOWN} --ground retention --by nobody@nowhere.be", 1, "nobody@nowhere.be"),
        (f"{UNKNOWN} --ground whim --by dora@voorbeeld.be", 2, "whim"),
    ],
)
def test_what_cannot_be_erased_is_said_in_a_sentence(daybook, typed, code, reason):
    ended, said = daybook(f"erase {typed}")
    assert ended == code
    assert reason in said
