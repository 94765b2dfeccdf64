from uuid import UUID, uuid4

import pytest

from application import intake
from domain.document import Channel, Mailbox
from domain.kernel import Refused
from world import invoices, ubl

MAILBOXES = "/api/v1/dossiers/0999041206/mailboxes"


def deliver(world, data, *, who="anna", scopes=(), number="0999041206", mailbox="purchase", **headers):
    headers = {"Idempotency-Key": uuid4().hex, "X-File-Name": "factuur.xml", "Content-Type": "application/xml"} | headers
    address = f"/api/v1/dossiers/{number}/mailboxes/{mailbox}/documents"
    return world.browser().post(address, content=data, headers=headers | world.token(who, *scopes))


def test_the_bytes_may_be_the_body(world):
    answer = deliver(world, ubl(), **{"X-File-Name": "factuur%20mei.xml"})
    assert answer.status_code == 201
    body = answer.json()
    assert body["duplicate_of"] is None
    assert body["url"] == answer.headers["location"] == f"/api/v1/documents/{body['id']}"
    status = world.browser().get(body["url"], headers=world.token("anna")).json()
    assert (status["file_name"], status["channel"], status["status"]) == ("factuur mei.xml", Channel.API, "received")


def test_they_may_be_a_field_of_a_form(world):
    headers = {"Idempotency-Key": "een"} | world.token("anna")
    answer = world.browser().post(f"{MAILBOXES}/sales/documents", files={"file": ("verkoop.xml", ubl())}, headers=headers)
    assert answer.status_code == 201
    status = world.browser().get(answer.json()["url"], headers=world.token("anna")).json()
    assert (status["file_name"], status["mailbox"]) == ("verkoop.xml", "sales")


def test_a_repeat_is_the_same_document(world):
    first, again = (deliver(world, ubl(), **{"Idempotency-Key": "een"}) for _ in range(2))
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json()["id"] == again.json()["id"]


def test_two_people_may_use_the_same_key(world):
    first, second = (deliver(world, ubl(), who=who, **{"Idempotency-Key": "een"}) for who in ("anna", "ed"))
    assert first.json()["id"] != second.json()["id"]


@pytest.mark.parametrize("number", ["0999041206", "BE0999041206", "0999.041.206"])
def test_an_enterprise_number_is_read_in_every_usual_spelling(world, number):
    assert deliver(world, ubl(), number=number).status_code == 201


@pytest.mark.parametrize("number", ["0999052389", "0123456789", "nonsense"])
def test_a_dossier_that_is_not_yours_is_not_there(world, number):
    answer = deliver(world, ubl(), number=number)
    assert (answer.status_code, answer.headers["content-type"]) == (404, "application/problem+json")


@pytest.mark.parametrize("number", ["0999052389", "0123456749"])
def test_a_stranger_cannot_tell_by_a_missing_key_which_companies_are_clients(world, number):
    answer = deliver(world, ubl(), number=number, **{"Idempotency-Key": ""})
    assert (answer.status_code, answer.json()["detail"]) == (404, "Dit bestaat niet, of niet meer.")


def test_a_stranger_is_sent_away_before_his_file_is_looked_at(world):
    assert deliver(world, ubl(), number="0999052389", **{"X-File-Name": ""}).status_code == 404


def test_who_does_not_deliver_may_not(world):
    assert deliver(world, ubl(), who="ivo").status_code == 403
    assert deliver(world, ubl(), who="anna", scopes=["feed"]).status_code == 403
    assert deliver(world, ubl(), who="anna", scopes=["documents"]).status_code == 201


def test_a_key_is_asked_for(world):
    answer = deliver(world, ubl(), **{"Idempotency-Key": ""})
    assert (answer.status_code, answer.json()["field"]) == (400, "Idempotency-Key")
    assert deliver(world, ubl(), **{"Idempotency-Key": "x" * 201}).json()["field"] == "Idempotency-Key"


def test_a_name_is_asked_for_when_the_bytes_are_the_body(world):
    assert deliver(world, ubl(), **{"X-File-Name": ""}).json()["field"] == "X-File-Name"


def test_a_name_with_signs_that_cannot_be_printed_is_tidied(world):
    body = deliver(world, ubl(), **{"X-File-Name": "a%00b%0A.xml"}).json()
    assert world.browser().get(body["url"], headers=world.token("anna")).json()["file_name"] == "a b .xml"
    world.settle()
    assert world.models.mailbox.find(UUID(body["id"])).progress == "recognised"


def test_a_file_larger_than_the_installation_takes_is_refused(world):
    small = world.bench._replace(largest_file=1000)
    delivery = intake.Delivery(
        dossier=world.bakery, mailbox=Mailbox.PURCHASE, channel=Channel.API, file_name="groot.xml", data=ubl(), key="groot"
    )
    with pytest.raises(Refused, match="groter dan"):
        intake.receive(small, world.actor("anna"), delivery)


def test_everything_that_follows_from_a_delivery_carries_the_id_of_its_request(world):
    documents = [UUID(deliver(world, ubl(number)).json()["id"]) for number in range(2)]
    world.settle()
    ids = [{one.context.correlation for one in world.bench.log.stream(document)} for document in documents]
    assert all(len(one) == 1 and None not in one for one in ids)
    assert ids[0] != ids[1]


def test_what_is_no_document_is_refused_and_not_kept(world):
    answer = deliver(world, b"", **{"Idempotency-Key": "leeg"})
    assert answer.status_code == 409
    assert deliver(world, ubl(), **{"Idempotency-Key": "leeg"}).status_code == 201


def test_the_status_follows_the_document_and_tells_what_was_recognised(world):
    delivered = deliver(world, ubl())
    url, headers = delivered.json()["url"], world.token("anna")
    world.settle()
    read = world.browser().get(url, headers=headers).json()
    assert read["status"] == "recognised"
    assert read["fields"]["invoice_number"]["value"] == invoices()[0].number
    assert read["fields"]["total_incl"]["value"] == str(invoices()[0].total_incl)
    assert read["fields"]["total_incl"]["sure"] is True
    world.submit(UUID(delivered.json()["id"]))
    assert world.browser().get(url, headers=headers).json()["status"] == "submitted"
    world.settle()
    assert world.browser().get(url, headers=headers).json()["status"] == "open"


def test_who_only_delivers_asks_about_his_own_only(world):
    own, others = deliver(world, ubl(0), who="ed").json(), deliver(world, ubl(1), who="anna").json()
    headers, browser = world.token("ed"), world.browser()
    assert browser.get(own["url"], headers=headers).status_code == 200
    assert browser.get(others["url"], headers=headers).status_code == 404


def test_the_description_tells_of_the_interface_for_programs_and_of_nothing_else(world):
    described = world.browser().get("/api/v1/openapi.json").json()
    assert described["openapi"].startswith("3.1")
    assert set(described["paths"]) == {
        "/api/v1/dossiers/{enterprise_number}/mailboxes/{mailbox}/documents",
        "/api/v1/documents/{document}",
        "/api/v1/dossiers",
        "/api/v1/dossiers/{enterprise_number}/documents",
        "/api/v1/events",
        "/api/v1/events/stream",
    }
    deliver_ = described["paths"]["/api/v1/dossiers/{enterprise_number}/mailboxes/{mailbox}/documents"]["post"]
    assert {one["name"] for one in deliver_["parameters"]} == {"enterprise_number", "mailbox", "Idempotency-Key", "X-File-Name"}
    assert set(deliver_["requestBody"]["content"]) == {"multipart/form-data", "application/octet-stream"}
    assert described["components"]["securitySchemes"]["token"]["scheme"] == "bearer"
