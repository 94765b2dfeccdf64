"""A world whose bakery has post: Anna's three purchases, one of Ed's, and a file that cannot be opened."""

import json
from uuid import uuid4

import pytest

from application import sending, worklist
from domain.booking_proposal import proposal_of
from domain.document import Document
from world import ubl

BROKEN = b"%PDF-1.4\nnothing that makes a page\n%%EOF"


class Post:
    """`anna` and `ed` are what they delivered, `broken` the file that does not open."""

    def __init__(self, world):
        self.world = world
        self.anna = [world.deliver(ubl(number), name=f"factuur {number}.xml") for number in range(3)]
        self.ed = world.deliver(ubl(3), by="ed", name="van ed.xml")
        self.broken = world.deliver(BROKEN, name="kapot.pdf")
        self.portal = f"/portal/{world.bakery}"
        world.settle()

    def state(self, document):
        return self.world.bench.log.load(Document, document).state

    def preview(self, document):
        return f"{self.portal}/documents/{document}"

    def act(self, browser, do, *documents, query=""):
        """Do something to a selection, as the page does: the answer is the list."""
        data = {"do": do, "id": [str(one) for one in documents]}
        self.world.settle()
        answer = browser.post(f"{self.portal}/mailboxes/selection{query}", data=data, headers={"HX-Request": "true"})
        self.world.settle()
        return answer

    def upload(self, browser, data, name, key=None, mailbox="purchase"):
        """One file, as the page script sends it."""
        headers = {"Idempotency-Key": key or uuid4().hex, "Accept": "application/json"}
        return browser.post(f"{self.portal}/mailboxes/{mailbox}/documents", files={"file": (name, data)}, headers=headers)


@pytest.fixture(autouse=True)
def impatient(monkeypatch):
    """Nothing follows the log while an answer is made: waiting for it would only take time."""
    monkeypatch.setattr("web.answers.PATIENCE", 0.0)


@pytest.fixture
def post(world):
    return Post(world)


@pytest.fixture
def booked(post, world):
    """A document of Anna's that is in the books."""
    world.submit(post.anna[0])
    world.settle()
    proposal = [proposal_of(post.anna[0])]
    assert not worklist.check_all(world.bench, world.actor("bart"), proposal).refused
    assert not sending.send(world.bench, world.actor("bart"), proposal).refused
    world.settle()
    return post.anna[0]


@pytest.fixture
def anna(world):
    return world.browser("anna")


@pytest.fixture
def told():
    """What an answer tells in a toast."""
    return lambda answer: json.loads(answer.headers["HX-Trigger"])["toast"]
