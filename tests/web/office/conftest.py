"""A world whose office has work: four purchase invoices of the bakery, submitted and proposed."""

import pytest

from domain.booking_proposal import BookingProposal, proposal_of
from domain.document import Mailbox
from world import ubl


class Work:
    """The world with its proposals; `state(n)` is proposal n as the log has it."""

    def __init__(self, world, documents):
        self.world, self.documents = world, documents
        self.ids = [proposal_of(document) for document in documents]
        self.worklist = f"/office/dossiers/{world.bakery}/worklist"

    def state(self, number):
        return self.world.bench.log.load(BookingProposal, self.ids[number]).state

    def version(self, number):
        return self.world.bench.log.load(BookingProposal, self.ids[number]).version

    def act(self, browser, do, *numbers, tab="", **fields):
        """Do something to a selection, as the page does."""
        data = {"do": do, "id": [str(self.ids[number]) for number in numbers], **fields}
        self.world.settle()
        answer = browser.post(f"{self.worklist}/selection{tab}", data=data, headers={"HX-Request": "true"})
        self.world.settle()
        return answer


@pytest.fixture
def work(world):
    documents = [world.deliver(ubl(number), name=f"factuur {number}.xml") for number in range(4)]
    world.settle()
    world.submit(*documents)
    world.settle()
    return Work(world, documents)


@pytest.fixture
def misc(world):
    document = world.deliver(ubl(0), mailbox=Mailbox.MISC, name="brief.xml")
    world.settle()
    world.submit(document)
    world.settle()
    return document
