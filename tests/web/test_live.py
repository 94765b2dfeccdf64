import asyncio
import json
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import httpx
import pytest

from domain.document import Mailbox
from web.newsroom import Change, Newsroom
from web.presence import Present
from web.security.door import Door
from world import ubl

PATIENCE = 20.0


class Screen:
    """A browser with the live stream open; `areas` is what it was told to refresh."""

    def __init__(self, world, address, who):
        self.areas = []
        self._cookies = {"daybook": world.browser(who).cookies["daybook"]}
        self._open = threading.Event()
        self._thread = threading.Thread(target=self._listen, args=(f"{address}/live",))
        self._thread.start()
        assert self._open.wait(PATIENCE)

    def _listen(self, address):
        with httpx.stream("GET", address, cookies=self._cookies, timeout=PATIENCE) as answer:
            assert answer.headers["content-type"].startswith("text/event-stream")
            for line in answer.iter_lines():
                self._open.set()
                if line.startswith("data: "):
                    self.areas.append(json.loads(line.removeprefix("data: "))["area"])

    def is_told(self, area):
        deadline = time.monotonic() + PATIENCE
        while area not in self.areas:
            assert time.monotonic() < deadline, self.areas
            time.sleep(0.01)

    @property
    def listens(self):
        return self._thread.is_alive()

    def ends(self):
        self._thread.join(PATIENCE)
        return not self._thread.is_alive()


@pytest.fixture
def running(world):
    with world.serve() as address:
        yield world, address


def test_a_screen_hears_of_what_changes_in_its_dossiers_once_the_list_shows_it(running):
    world, address = running
    anna, chris, dora = (Screen(world, address, who) for who in ("anna", "chris", "dora"))
    document = world.deliver(ubl())
    anna.is_told(f"mailbox:{world.bakery}")
    assert world.models.mailbox.find(document) is not None
    dora.is_told(f"worklist:{world.bakery}")
    world.deliver(ubl(1), by="chris", dossier=world.garage)
    chris.is_told(f"mailbox:{world.garage}")
    assert not [area for area in chris.areas if str(world.bakery) in area]
    assert not [area for area in anna.areas if str(world.garage) in area]


def test_streams_end_when_the_process_stops(world):
    with world.serve() as address:
        screens = [Screen(world, address, "anna") for _ in range(3)]
    assert all(screen.ends() for screen in screens)


def test_who_signed_out_hears_no_more_even_while_there_is_always_news(running, monkeypatch):
    world, address = running
    monkeypatch.setattr("web.streams.LOOK_EVERY", 0.3)
    anna = Screen(world, address, "anna")
    Door(world.cell).sessions.close_all(world.user("anna"))
    deadline = time.monotonic() + PATIENCE / 2
    while anna.listens and time.monotonic() < deadline:
        world.deliver(ubl())
    assert not anna.listens


def test_an_event_nobody_foresaw_does_not_silence_those_that_follow(running, monkeypatch):
    world, address = running
    anna, look, broken = Screen(world, address, "anna"), Newsroom._look, threading.Event()

    def stumble(newsroom, after):
        if not broken.is_set():
            broken.set()
            raise KeyError("unforeseen")
        return look(newsroom, after)

    monkeypatch.setattr(Newsroom, "_look", stumble)
    assert broken.wait(PATIENCE)
    deadline = time.monotonic() + PATIENCE
    while not anna.areas:
        assert time.monotonic() < deadline
        world.deliver(ubl())


def test_a_guest_hears_nothing(running):
    _world, address = running
    assert httpx.get(f"{address}/live").status_code == 303


def in_its_own_loop(work):
    """In a thread of its own: where a browser was started before, this one has its event loop already."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, work).result()


def test_who_comes_while_the_news_begins_is_asked_to_look_for_himself(world):
    async def wait() -> float:
        newsroom = Newsroom(world.cell)
        started = time.monotonic()
        assert await newsroom.subscribe().next(PATIENCE) == frozenset()
        newsroom.close()
        return time.monotonic() - started

    assert in_its_own_loop(wait()) < PATIENCE / 2


def test_who_comes_just_after_a_change_hears_of_it(world):
    """His page may have been made before it."""

    async def change() -> frozenset[Change]:
        newsroom = Newsroom(world.cell)
        first = newsroom.subscribe()
        await first.next(PATIENCE)
        await asyncio.to_thread(world.deliver, ubl(), mailbox=Mailbox.MISC)
        await asyncio.to_thread(world._runner.catch_up)
        await first.next(PATIENCE)
        heard = await newsroom.subscribe().next(PATIENCE)
        newsroom.close()
        return heard

    assert Change("mailbox", world.bakery) in in_its_own_loop(change())


def test_a_screen_hears_that_somebody_opened_a_proposal_and_that_he_left(running):
    world, address = running
    dora = Screen(world, address, "dora")
    one = Present(world.bakery, uuid4(), world.users["bart"])
    for told in (world.cell.presence.here, world.cell.presence.gone):
        dora.areas.clear()
        told(one)
        dora.is_told(f"presence:{world.bakery}")
