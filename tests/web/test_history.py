"""A document's history in sentences, and its state at every position."""

import pytest

from application import mailboxes, worklist
from application.event_log import NotFoundError, Via
from application.history import SENTENCES, document_of, history_of, state_at
from domain import booking_proposal as proposals
from domain import client_question
from domain import document as documents
from domain import help as helping
from domain import quality_control as controls
from domain.booking_proposal import ProposalCorrected, proposal_of
from domain.kernel import Event
from projections.mailbox import Mailbox
from projections.worklist import Worklist
from web.history import history_values, position_on, print_history
from world import ubl


@pytest.fixture
def lived(world):
    """A document that was renamed, submitted, corrected, checked, held and released."""
    document = world.deliver(ubl(0), name="scan.xml")
    world.settle()
    bench, anna, bart = world.bench, world.actor("anna"), world.actor("bart")
    mailboxes.rename(bench, anna, document, "Factuur meel.xml")
    mailboxes.mark_handled(bench, anna, document, handled=True)
    world.submit(document)
    world.settle()
    proposal = proposal_of(document)
    worklist.correct(bench, bart, proposal, ProposalCorrected(invoice_number="2026/1", period="2026-02"))
    worklist.check(bench, bart, proposal)
    worklist.hold(bench, bart, [proposal], "wacht")
    worklist.release(bench, bart, [proposal])
    world.settle()
    return world, document


def test_history_tells_who_did_what_in_order(lived):
    world, document = lived
    told = [(entry.by, entry.done) for entry in history_of(world.bench.log, document) if entry.by]
    anna, bart = world.user("anna"), world.user("bart")
    assert told == [
        (anna, "leverde {file_name} aan"),
        (anna, "gaf het document een andere titel"),
        (anna, "zette het document op behandeld"),
        (anna, "verzond het document naar de accountant"),
        (bart, "wijzigde het voorstel"),
        (bart, "wijzigde het voorstel"),
        (bart, "keek het voorstel na"),
        (bart, "zette het voorstel on hold"),
        (bart, "gaf het voorstel vrij"),
    ]


def test_a_change_tells_before_and_after(lived):
    world, document = lived
    entry = next(entry for entry in history_of(world.bench.log, document) if entry.name == "proposal.corrected")
    told = {one.field: (one.before, one.after) for one in entry.differences}
    assert told["invoice_number"][1] == "2026/1"
    assert told["invoice_number"][0] not in ("", "2026/1")
    assert told["period"][1] == "2026-02"


def test_a_reason_is_told_with_what_it_explains(lived):
    world, document = lived
    entry = next(entry for entry in history_of(world.bench.log, document) if entry.name == "proposal.held")
    assert entry.details == (("Reden: {reason}", {"reason": "wacht"}),)
    assert entry.via == Via.OFFICE


def test_the_state_at_every_position_is_what_the_screens_would_have_shown_then(lived):
    world, document = lived
    log, proposal = world.bench.log, proposal_of(document)
    worklist_model, mailbox_model = Worklist(world.cell.database), Mailbox(world.cell.database)
    moments = sorted([*log.stream(document), *log.stream(proposal)], key=lambda moment: moment.position)
    row = box = None
    for moment in moments:
        if isinstance(moment.event, worklist_model.events):
            row = worklist_model.fold(row, moment)
        if isinstance(moment.event, mailbox_model.events):
            box = mailbox_model.fold(box, moment)
        then = state_at(log, document, moment.position)
        assert box.file_name == then.document.file_name == row.file_name
        assert box.handled == then.document.handled
        if then.proposal is not None:
            assert (row.stage, row.invoice_number, row.period, row.counterparty, row.total) == (
                then.proposal.stage.value,
                then.proposal.invoice_number,
                then.proposal.period,
                then.proposal.counterparty,
                then.proposal.total,
            )
    assert row.stage == "open"


def test_a_moment_shows_everything_that_happened_up_to_it(lived):
    world, document = lived
    entries = history_of(world.bench.log, document)
    for entry in entries:
        at_once = [other.position for other in entries if other.at <= entry.at]
        assert state_at(world.bench.log, document, entry.at).position == at_once[-1]


def test_every_event_of_document_and_proposal_has_its_sentences():
    events = {
        kind
        for module in (documents, proposals, controls, helping, client_question)
        for kind in vars(module).values()
        if isinstance(kind, type) and issubclass(kind, Event) and "name" in vars(kind) and not kind.name.startswith("office.")
    }
    assert set(SENTENCES) == events


def test_a_proposal_leads_to_its_document_and_nothing_to_nothing(lived):
    world, document = lived
    assert document_of(world.bench.log, proposal_of(document)) == document
    with pytest.raises(NotFoundError):
        history_of(world.bench.log, world.bakery)


def test_the_command_line_prints_names_and_belgian_formats(lived):
    world, document = lived
    text = "\n".join(print_history(world.cell, proposal_of(document)))
    assert "Bart Peeters wijzigde het voorstel" in text
    assert "Boekperiode:" in text
    assert "→ 02/2026" in text
    assert "Toestand nu" in text


def test_the_pane_shows_then_beside_now(lived):
    world, document = lived
    entries = history_of(world.bench.log, document)
    held = next(entry for entry in entries if entry.name == "proposal.held")
    values = history_values(world.cell, document, "nl", at=held.position)
    stage = next(row for row in values["rows"] if row.label == "Stand")
    assert (stage.then, stage.now, stage.changed) == ("On hold", "Te valideren", True)
    later = [one.later for _, day in values["days"] for one in day]
    assert later == [True] + [False] * (len(entries) - 1)


def test_a_typed_moment_chooses_the_last_event_before_it(lived):
    world, document = lived
    entries = history_of(world.bench.log, document)
    assert position_on(world.cell, document, f"{entries[-1].at:%d/%m/%Y}") == entries[-1].position
    assert position_on(world.cell, document, "01/01/2020 10:00") == 0
    assert position_on(world.cell, document, "gisteren") is None


def test_who_works_in_the_office_sees_the_history_and_a_client_does_not_there(lived):
    world, document = lived
    address = f"/office/documents/{document}/history"
    page = world.browser("staf").get(f"{address}?quick=people").text
    assert "keek het voorstel na" in page
    assert world.browser("anna").get(address).status_code == 404
    assert world.browser("chris").get(address).status_code == 404


@pytest.mark.parametrize("text", ["10/02/2026 " + "9" * 30 + ":1", "10/02/2026 1:" + "9" * 5000, "10/02/2026 25:00", "01/01/0001 00:00"])
def test_a_moment_that_is_none_breaks_no_history(lived, text):
    world, document = lived
    assert not position_on(world.cell, document, text)
