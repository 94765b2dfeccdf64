import json
import threading
import time
from uuid import uuid4

import httpx
import pytest
from cloudevents.http import from_json

from application import people
from domain.profiles import ClientProfile
from projections.generations import rebuild
from web.security.door import Door
from world import ubl

PATIENCE = 20.0


def read(world, who="dora", after=0, limit=100, scopes=()):
    return world.browser().get("/api/v1/events", params={"after": after, "limit": limit}, headers=world.token(who, *scopes))


def kinds(answer):
    return [one["type"] for one in answer.json()]


@pytest.fixture
def busy(world):
    """Two documents in the bakery and one in the garage."""
    world.deliver(ubl(0))
    world.deliver(ubl(1), by="chris", dossier=world.garage)
    world.deliver(ubl(2))
    world.settle()
    return world


def test_a_page_is_a_batch_of_cloud_events_in_log_order(busy):
    answer = read(busy)
    assert answer.headers["content-type"] == "application/cloudevents-batch+json"
    positions = [one["position"] for one in answer.json()]
    assert positions == sorted(set(positions))
    first = answer.json()[0]
    assert first["specversion"] == "1.0"
    assert first["type"] == "be.daybook.dossier.opened.v1"
    assert first["source"].endswith(f"/api/v1/dossiers/{first['dossier']}")
    assert {"id", "subject", "time", "data", "datacontenttype"} <= set(first)


def test_an_independent_reader_accepts_every_event(busy):
    for one in read(busy).json():
        event = from_json(json.dumps(one))
        assert (event["id"], event["position"], event.data) == (one["id"], one["position"], one["data"])


def test_reading_on_from_the_next_position_misses_nothing_and_repeats_nothing(busy):
    everything = read(busy, limit=1000).json()
    collected, after = [], 0
    while True:
        page = read(busy, after=after, limit=2)
        collected += page.json()
        following = int(page.headers["x-next-position"])
        assert f"after={following}" in page.headers["link"]
        if following == after:
            break
        after = following
    assert collected == everything


def test_an_empty_page_says_where_to_go_on(busy):
    last = int(read(busy).headers["x-next-position"])
    empty = read(busy, after=last)
    assert (empty.json(), int(empty.headers["x-next-position"])) == ([], last)


def test_everybody_reads_only_the_dossiers_he_may(busy):
    assert {one["dossier"] for one in read(busy, "dora").json()} == {str(busy.bakery), str(busy.garage)}
    assert {one["dossier"] for one in read(busy, "bart").json()} == {str(busy.bakery)}
    assert {one["dossier"] for one in read(busy, "anna").json()} == {str(busy.bakery)}
    assert {one["dossier"] for one in read(busy, "chris").json()} == {str(busy.garage)}


@pytest.mark.parametrize("who", ["staf", "fien", "gust", "hilde", "ivo", "ed"])
def test_who_may_not_read_the_feed_is_told_so(busy, who):
    assert read(busy, who).status_code == 403


def test_a_place_without_the_right_hides_its_dossier_and_nothing_else(busy):
    people.give_client_profile(busy.bench, busy.actor("dora"), busy.garage, busy.user("anna"), ClientProfile.DELIVERY)
    busy.settle()
    assert {one["dossier"] for one in read(busy, "anna").json()} == {str(busy.bakery)}


def test_no_personal_data_is_in_the_feed(busy):
    text = read(busy, limit=1000).text
    for word in ("factuur.pdf", "voorbeeld.be", "Claes"):
        assert word not in text


def test_the_feed_is_the_same_after_a_rebuild(busy):
    before = read(busy, limit=1000).json()
    rebuild(busy.models.public_events, busy.bench.log)
    busy.settle()
    assert read(busy, limit=1000).json() == before


def test_what_comes_in_while_a_page_is_read_is_not_on_the_next_page_again(busy, monkeypatch):
    feed = busy.models.public_events
    monkeypatch.setattr(feed, "position", lambda: 0)  # as it was a moment before the rows were read
    rows, upto = feed.after(0, None, 1000)
    assert upto == rows[-1].position


class Listener:
    """A reader of the stream in a thread of its own: `seen` holds the events, `heard` all lines."""

    def __init__(self, address, headers, **query):
        self.seen, self.heard = [], []
        self._leaving = threading.Event()
        self._thread = threading.Thread(target=self._listen, args=(f"{address}/api/v1/events/stream", headers, query))
        self._thread.start()

    def _listen(self, address, headers, query):
        with httpx.stream("GET", address, headers=headers, params=query, timeout=PATIENCE) as answer:
            self.status = answer.status_code
            for line in answer.iter_lines():
                self.heard.append(line)
                if line.startswith("data: "):
                    self.seen.append(json.loads(line.removeprefix("data: ")))
                if self._leaving.is_set():
                    return

    def wait_for(self, count):
        deadline = time.monotonic() + PATIENCE
        while len(self.seen) < count:
            assert time.monotonic() < deadline, f"only {len(self.seen)} of {count} events came"
            time.sleep(0.01)
        return self.seen

    @property
    def listens(self):
        return self._thread.is_alive()

    def leave(self):
        """At the next line."""
        self._leaving.set()

    def join(self):
        self._thread.join(PATIENCE)
        assert not self._thread.is_alive()


@pytest.fixture
def running(busy):
    """The read models follow the log by themselves, and the application is behind a real server."""
    with busy.serve() as address:
        yield busy, address


def test_the_stream_tells_what_was_and_what_happens(running):
    world, address = running
    before = read(world, limit=1000).json()
    listener = Listener(address, world.token("dora"))
    listener.wait_for(len(before))
    started = time.monotonic()
    world.deliver(ubl(3))
    listener.wait_for(len(before) + 1)
    assert time.monotonic() - started < 3
    assert listener.seen[:-1] == before
    assert listener.seen[-1]["type"] == "be.daybook.document.received.v1"
    ids = [int(line.removeprefix("id: ")) for line in listener.heard if line.startswith("id: ")]
    assert ids == [one["position"] for one in listener.seen]


def test_a_reader_that_comes_back_misses_nothing_and_gets_nothing_twice(running):
    world, address = running
    first = Listener(address, world.token("dora"))
    first.wait_for(2)
    first.leave()
    for number in range(4, 8):
        world.deliver(ubl(number))
    first.join()
    last = first.seen[-1]["position"]
    second = Listener(address, world.token("dora") | {"Last-Event-ID": str(last)})
    everything = read_until(world, "document.received", 7)
    second.wait_for(len(everything) - len(first.seen))
    assert first.seen + second.seen == everything


def read_until(world, kind, count):
    """The whole feed, once so many of a kind are in it."""
    deadline = time.monotonic() + PATIENCE
    while True:
        events = read(world, limit=1000).json()
        if sum(kind in one["type"] for one in events) >= count:
            return events
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_appends_from_many_sides_come_in_order_each_once(running):
    world, address = running
    listener = Listener(address, world.token("dora"), after=read(world).json()[-1]["position"])
    writers = [threading.Thread(target=lambda: [world.deliver(ubl(), name=f"{uuid4()}.xml") for _ in range(5)]) for _ in range(4)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    positions = [one["position"] for one in listener.wait_for(20)]
    assert positions == sorted(set(positions))
    assert len(positions) == 20


def test_a_revoked_token_hears_no_more_even_while_there_is_always_news(running, monkeypatch):
    world, address = running
    monkeypatch.setattr("web.streams.LOOK_EVERY", 0.3)
    listener = Listener(address, world.token("dora"))
    listener.wait_for(1)
    [token] = Door(world.cell).tokens.of(world.user("dora"))
    Door(world.cell).tokens.revoke(token.id)
    deadline = time.monotonic() + PATIENCE / 2
    while listener.listens and time.monotonic() < deadline:
        world.deliver(ubl())
    assert not listener.listens


def test_a_stranger_to_the_feed_gets_no_stream(running):
    world, address = running
    assert httpx.get(f"{address}/api/v1/events/stream", headers=world.token("ed")).status_code == 403
    assert httpx.get(f"{address}/api/v1/events/stream").status_code == 401
    wrong = httpx.get(f"{address}/api/v1/events/stream", headers=world.token("dora") | {"Last-Event-ID": "yesterday"})
    assert (wrong.status_code, wrong.json()["field"]) == (400, "Last-Event-ID")
