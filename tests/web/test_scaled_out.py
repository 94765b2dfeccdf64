"""Processes apart, as on several machines: one database, one broker, a web process, a projector, and a worker for jobs."""

import os
import subprocess
import sys
import time
from contextlib import closing, contextmanager
from uuid import UUID

import pytest

from adapters.demo.peppol import render_ubl
from domain.booking_proposal import proposal_of
from installation import Site, eventually, free_port
from invoices import bought
from web.security.door import Door
from web.settings import Settings
from world import address

ROLES = (("web",), ("worker", "--part", "projector"), ("worker", "--part", "jobs"))
PATIENCE = 10.0
"""Seconds a process gets to stop."""


@contextmanager
def processes(environment):
    """One of each; they end at SIGTERM, in time."""
    started = [
        subprocess.Popen([sys.executable, "-m", "web.cli", *role], env=environment, stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for role in ROLES
    ]
    try:
        yield started
    finally:
        for process in started:
            process.terminate()
        deadline = time.monotonic() + PATIENCE
        late = [process for process in started if not _ended(process, deadline)]
        for process in late:
            process.kill()
            process.wait()
    assert not late, [process.args for process in late]


def _ended(process, deadline):
    try:
        process.wait(max(0.1, deadline - time.monotonic()))
    except subprocess.TimeoutExpired:
        return False
    return True


@pytest.fixture
def site(cell, built_world, rabbit):
    settings = Settings(data=cell.settings.data, port=free_port(), database_url=cell.database.dsn, amqp_url=rabbit.url)
    made = Site(settings)
    made.people, made.token = built_world[0], Door(cell).create_token(address("anna"), ["documents", "proposals"], "test")
    names = ("data", "port", "database_url", "amqp_url")
    environment = os.environ | {f"DAYBOOK_{name.upper()}": str(getattr(settings, name)) for name in names}
    with processes(environment):
        eventually(made.answers)
        yield made


def test_a_document_goes_all_the_way_through_processes_apart(site):
    bakery = site.people.bakery
    with site.client() as program, closing(site.sign_in("anna")) as anna, closing(site.sign_in("bart")) as bart:
        document = site.deliver(program, render_ubl(bought(1)[0]), "apart").json()["id"]

        def becomes(status):
            eventually(lambda: program.get(f"/api/v1/documents/{document}").json()["status"] == status)

        def acts(browser, where, act, one):
            eventually(lambda: browser.post(where, data={"do": act, "id": str(one)}).is_redirect)

        becomes("recognised")
        acts(anna, f"/portal/{bakery}/mailboxes/selection", "submit", document)
        becomes("open")
        worklist = f"/office/dossiers/{bakery}/worklist/selection"
        acts(bart, worklist, "check", proposal_of(UUID(document)))
        becomes("checked")
        acts(bart, worklist, "send", proposal_of(UUID(document)))
        becomes("confirmed")
