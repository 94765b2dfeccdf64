"""How long an employee waits between two invoices: the JSON line `annotation/save-next`, in Chromium, with 10,000 proposals in the list.

Measured from the press of Ctrl → (save and next) until the next document's first page is drawn and the focus stands in one of its fields.
Floor, in turns with it: from a key press on an empty page of a bare server to the next empty page's focused field. To reach: p95 300 ms.

`python benchmarks/annotation.py [PROPOSALS] [SAVES]`: a dozen invoices go the real way, by upload, recognition and enrichment; the list is
then filled with copies of their events that have numbers of their own.
"""

from __future__ import annotations

import json
import statistics
import sys
import threading
import time
from contextlib import contextmanager
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import cycle, islice
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

import msgspec
from _measure import database_on_disk
from playwright.sync_api import sync_playwright
from upload import PORT, process

from adapters.demo.generator import demo_invoices
from adapters.demo.paper import render_pdf
from adapters.demo.world import DOSSIERS
from application import intake, mailboxes
from application.dossiers import open_dossier
from application.event_log import Change, Context, Via
from application.people import SYSTEM, give_client_profile, register_user
from application.permissions import Actor
from domain.booking_proposal import ProposalDrafted, proposal_of
from domain.document import Channel, Document, DocumentReceived, Mailbox
from domain.document import Progress as Stage
from domain.profiles import ClientProfile, OfficeProfile
from web.commands.first_start import open_office
from web.security.door import Door
from web.settings import Settings
from web.supervisor import answers
from web.wiring import Cell, open_cell

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, Page

PROPOSALS, SAVES = 10_000, 100
ORIGINALS = 12
WARM_UP = 5
AT_ONCE = 50
PATIENCE = 120.0
EMAIL, PASSWORD = "a@voorbeeld.be", "een lange wandeling"
MACHINE = Context(by=None, via=Via.JOB)
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-sync"]
READY = "html[data-ready]"
WATCH = """
(() => {
  const now = () => performance.timeOrigin + performance.now();
  let left = null;
  const look = () => {
    const field = document.activeElement;
    const there = location.href !== left && document.querySelector(DRAWN) && field?.matches("input, select");
    if (there) document.documentElement.dataset.ready = now();
    else requestAnimationFrame(look);
  };
  addEventListener("keydown", (event) => {
    if (event.key !== "ArrowRight") return;
    sessionStorage.setItem("pressed", now());
    delete document.documentElement.dataset.ready;
    left = location.href;
    requestAnimationFrame(look);
  }, true);
  requestAnimationFrame(look);
})();
"""
EMPTY = b"""<!doctype html><title>-</title><form method="post"><p data-ready><input autofocus></p></form>
<script>addEventListener("keydown", (event) => event.key === "ArrowRight" && document.forms[0].submit())</script>"""


class Bare(BaseHTTPRequestHandler):
    """An empty page; a POST leads to another."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """The page."""
        self._answer(200, EMPTY)

    def do_POST(self) -> None:
        """To the next."""
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self._answer(303, b"", Location=f"/{uuid4()}")

    def _answer(self, status: int, body: bytes, **headers: str) -> None:
        self.send_response(status)
        for name, value in {"Content-Type": "text/html", "Content-Length": str(len(body)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Nothing."""


@contextmanager
def bare_server() -> Iterator[str]:
    """Its address."""
    with ThreadingHTTPServer(("127.0.0.1", 0), Bare) as server:
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


def wait_for(check: Callable[[], bool]) -> None:
    """Until the processes have done it."""
    deadline = time.monotonic() + PATIENCE
    while not check():
        assert time.monotonic() < deadline
        time.sleep(0.1)


def office(cell: Cell) -> tuple[Actor, UUID]:
    """An administrator with a password, who is also the client, and a dossier with books."""
    open_office(cell.bench, "Kantoor")
    user = register_user(cell.bench, SYSTEM, first_name="A", last_name="B", email=EMAIL, profile=OfficeProfile.ADMIN)
    Door(cell).passwords.choose(user, PASSWORD, EMAIL)
    actor = Actor(user=user, via=Via.CLI)
    books = {"package": "sandbox", "package_code": "klant", "first_period": f"{cell.bench.now():%Y}-01"}
    dossier = open_dossier(cell.bench, actor, name="Klant", vat_number=DOSSIERS[0].party.vat_number, **books)
    give_client_profile(cell.bench, actor, dossier, user, ClientProfile.ADMINISTRATOR)
    return actor, dossier


def originals(cell: Cell, actor: Actor, dossier: UUID) -> list[UUID]:
    """Invoices that went the real way up to the worklist."""
    wait_for(lambda: bool(cell.bench.mirror.accounts(dossier)))
    documents = [_delivered(cell, actor, dossier, number, page) for number, page in enumerate(_pages(date(cell.bench.now().year, 6, 1)))]
    wait_for(lambda: all(_state(cell, one).progress == Stage.RECOGNISED for one in documents))
    assert not mailboxes.submit(cell.bench, actor, documents).refused
    wait_for(lambda: all(cell.bench.log.stream(proposal_of(one)) for one in documents))
    return documents


def _pages(day: date) -> list[bytes]:
    return [render_pdf(one) for one in demo_invoices(7, DOSSIERS[0], day, ORIGINALS)]


def _delivered(cell: Cell, actor: Actor, dossier: UUID, number: int, page: bytes) -> UUID:
    delivery = intake.Delivery(
        dossier=dossier, mailbox=Mailbox.PURCHASE, channel=Channel.UPLOAD, file_name=f"factuur {number}.pdf", data=page, key=uuid4().hex
    )
    return intake.receive(cell.bench, actor, delivery).document


def _state(cell: Cell, document: UUID) -> Document:
    return cell.bench.log.load(Document, document).state


def fill(cell: Cell, documents: list[UUID], wanted: int) -> None:
    """Copies of what happened to these documents, until the list holds as many as wanted."""
    stories = [
        ([moment.event for moment in cell.bench.log.stream(one)], [moment.event for moment in cell.bench.log.stream(proposal_of(one))])
        for one in documents
    ]
    changes: list[Change] = []
    for number, (received, proposed) in enumerate(islice(cycle(stories), wanted - len(documents))):
        document = uuid4()
        first, *rest = received
        assert isinstance(first, DocumentReceived)
        told = [msgspec.structs.replace(first, file_name=f"factuur {number}.pdf"), *rest]
        drafted, *more = proposed
        assert isinstance(drafted, ProposalDrafted)
        again = msgspec.structs.replace(drafted, document=document, invoice_number=f"C{number:06d}")
        changes += [Change(stream=document, version=0, events=told), Change(stream=proposal_of(document), version=0, events=[again, *more])]
        if len(changes) >= AT_ONCE:
            cell.bench.log.append(*changes, context=MACHINE)
            changes = []
    if changes:
        cell.bench.log.append(*changes, context=MACHINE)
    head = cell.bench.log.recorder.safe_head()
    wait_for(lambda: cell.models.worklist.position() >= head)


def opened(browser: Browser, drawn: str) -> Page:
    """A tab that notes when it is ready to be worked in."""
    page = browser.new_context(viewport={"width": 1366, "height": 768}, locale="nl-BE").new_page()
    page.add_init_script(WATCH.replace("DRAWN", json.dumps(drawn)))
    return page


def next_one(page: Page, key: str) -> float:
    """Milliseconds from the press of the key to the next page that can be worked in."""
    before = page.url
    page.keyboard.press(key)
    page.wait_for_url(lambda url: url != before)
    page.wait_for_selector(READY)
    return float(page.evaluate("Number(document.documentElement.dataset.ready) - Number(sessionStorage.getItem('pressed'))"))


def measure(address: str, dossier: UUID, saves: int) -> None:
    """Ours and the floor in turns."""
    with bare_server() as bare, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=ARGUMENTS)
        ours, floor = opened(browser, ".page[data-drawn]"), opened(browser, "[data-ready]")
        ours.goto(f"{address}/sign-in")
        ours.fill("[name=email]", EMAIL)
        ours.fill("[name=password]", PASSWORD)
        ours.keyboard.press("Enter")
        ours.wait_for_url("**/office/clients")
        ours.goto(f"{address}/office/dossiers/{dossier}/worklist")
        ours.wait_for_selector("tr.is-cur")
        ours.keyboard.press("Control+1")
        ours.wait_for_selector("html[data-ready] form[data-annotation]")
        floor.goto(bare)
        floor.wait_for_selector(READY)
        waits: list[tuple[float, float]] = []
        for _ in range(saves + WARM_UP):
            waits.append((next_one(ours, "Control+ArrowRight"), next_one(floor, "ArrowRight")))
            ours.wait_for_timeout(400)  # nobody checks an invoice faster: what comes next may be fetched meanwhile
        browser.close()
    report([one for one, _ in waits[WARM_UP:]], [other for _, other in waits[WARM_UP:]])


def report(ours: list[float], floor: list[float]) -> None:
    """The JSON line."""
    p95 = {"p95": round(statistics.quantiles(ours, n=20)[-1]), "floor_p95": round(statistics.quantiles(floor, n=20)[-1])}
    middle = {"ours": round(statistics.median(ours)), "floor": round(statistics.median(floor))}
    ratio = round(statistics.median(ours) / statistics.median(floor), 2)
    print(json.dumps({"figure": "annotation/save-next", **middle, "ratio": ratio, "unit": "ms", **p95, "to_reach_p95": 300}), flush=True)


def main() -> None:
    """On an embedded server of its own, on disk."""
    proposals, saves = (int(given) if given else usual for given, usual in zip([*sys.argv[1:3], "", ""], (PROPOSALS, SAVES), strict=False))
    with database_on_disk() as server:
        settings = Settings(data=server.data.parent / "data", port=PORT)
        cell = open_cell(settings, server.dsn, threads=4, workshop_size=0)
        actor, dossier = office(cell)
        with process("web.worker", settings, server.dsn):
            documents = originals(cell, actor, dossier)
        with process("web.web_process", settings, server.dsn), process("web.cli", settings, server.dsn, "worker", "--part", "projector"):
            fill(cell, documents, proposals)
            wait_for(lambda: answers("127.0.0.1", PORT))
            measure(settings.address, dossier, saves)
        cell.close()


if __name__ == "__main__":
    main()
