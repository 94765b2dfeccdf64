from uuid import UUID, uuid4

import msgspec
import pytest

from domain.document import Channel, Document, Mailbox
from web.app import create_app
from world import QUICK, Browser, ubl


def upload(browser, world, data, key=None, mailbox="purchase", name="factuur.xml"):
    headers = {"Idempotency-Key": key or uuid4().hex, "Accept": "application/json"}
    return browser.post(f"/portal/{world.bakery}/mailboxes/{mailbox}/documents", files={"file": (name, data)}, headers=headers)


def test_a_dropped_file_becomes_a_document_of_the_mailbox(world):
    answer = upload(world.browser("anna"), world, ubl(), mailbox="misc")
    assert answer.status_code == 201
    state = world.bench.log.load(Document, UUID(answer.json()["id"])).state
    assert (state.mailbox, state.channel, state.file_name, state.dossier) == (
        Mailbox.MISC,
        Channel.UPLOAD,
        "factuur.xml",
        world.bakery,
    )
    assert world.bench.objects.get(state.sha256) == ubl()


def test_sent_again_after_a_lost_answer_it_is_the_same_document(world):
    browser = world.browser("anna")
    first, again = (upload(browser, world, ubl(), key="een") for _ in range(2))
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()


def test_the_same_bytes_under_another_key_are_a_second_document_that_names_the_first(world):
    browser = world.browser("anna")
    first, second = (upload(browser, world, ubl()).json() for _ in range(2))
    assert second["id"] != first["id"]
    assert (first["duplicate_of"], second["duplicate_of"]) == (None, first["id"])


def test_another_file_under_the_same_key_is_refused(world):
    browser = world.browser("anna")
    upload(browser, world, ubl(0), key="een")
    answer = upload(browser, world, ubl(1), key="een")
    assert answer.status_code == 409
    assert "sleutel" in answer.json()["detail"]


def test_what_is_no_document_is_refused_with_the_reason(world):
    answer = upload(world.browser("anna"), world, b"MZ this is a program", name="setup.exe")
    assert answer.status_code == 409
    assert answer.json()["detail"]


def test_the_page_after_an_upload_shows_it(world):
    browser = world.browser("anna")
    upload(browser, world, ubl())
    world._runner.catch_up()
    assert "factuur.xml" in browser.get(f"/portal/{world.bakery}/mailboxes").text


@pytest.mark.parametrize(
    ("name", "kept"), [("C:\\scans\\bon.xml", "bon.xml"), ("../../etc/bon.xml", "bon.xml"), ("x" * 300 + ".xml", "x" * 251 + ".xml")]
)
def test_of_a_path_only_the_name_is_kept(world, name, kept):
    answer = upload(world.browser("anna"), world, ubl(), name=name)
    assert world.bench.log.load(Document, UUID(answer.json()["id"])).state.file_name == kept


def test_without_a_key_or_a_file_the_refusal_names_what_is_missing(world):
    browser = world.browser("anna")
    address, json = f"/portal/{world.bakery}/mailboxes/purchase/documents", {"Accept": "application/json"}
    assert browser.post(address, files={"file": ("a.xml", ubl())}, headers=json).json()["field"] == "Idempotency-Key"
    without = browser.post(address, files={"other": ("a.xml", ubl())}, headers=json | {"Idempotency-Key": "een"})
    assert (without.status_code, without.json()["field"]) == (400, "file")


def test_a_mailbox_that_does_not_exist_takes_nothing(world):
    assert upload(world.browser("anna"), world, ubl(), mailbox="bin").status_code in {400, 404}


def test_a_file_larger_than_the_setting_is_refused_with_a_sentence(world):
    small = world.cell._replace(settings=msgspec.structs.replace(world.cell.settings, max_upload_mb=1))
    with Browser(create_app(small, hasher=QUICK)) as browser:
        browser.sign_in("anna")
        answer = upload(browser, world, b"%PDF-1.7" + b"x" * 1_200_000)
        assert answer.status_code == 413
        assert answer.json()["detail"] == "Het bestand is groter dan toegelaten."
        assert upload(browser, world, b"%PDF-1.7\n" + b"x" * 900_000 + b"\n%%EOF").status_code != 413
