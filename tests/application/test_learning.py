"""The whole way of a lesson: an invoice is read wrong, the office corrects it, and the supplier's next invoice is read right."""

from datetime import date
from uuid import uuid4

import pytest

from application import erasure, worklist
from application.erasure import Ground
from application.history import history_of
from application.jobs import Job
from application.learning import teach_supplier
from domain.booking_proposal import Line, ProposalCorrected, proposal_of
from domain.document import Document, DocumentTaught, Mailbox
from invoices import proposal
from rebuilt import assert_rebuilds_alike
from typed_pdf import typed_pdf

PAPER = """
Drukkerij De Pers BV
Stationsstraat 12
9000 Gent
BTW BE 0403.019.261

Bakkerij Claes BV                     Stuk          {number}
Tiensestraat 118                      Factuurdatum  {date}
3000 Leuven

Drukwerk                                      {base}

Totaal excl. btw                              {base}
Btw 21 %                                      {vat}
Te betalen                                    {total}
"""
YEAR = date.today().year  # noqa: DTZ011 - the world's book year is the wall clock's
A = {"number": "DP-0417", "date": f"05/01/{YEAR}", "base": "100,00", "vat": "21,00", "total": "121,00"}
B = {"number": "DP-1093", "date": f"17/01/{YEAR}", "base": "300,00", "vat": "63,00", "total": "363,00"}


def drafted(world, values, *, paper=PAPER, dossier=None, by="anna", mailbox=Mailbox.PURCHASE):
    document = world.deliver(typed_pdf(paper.format(**values)), dossier=dossier, by=by, mailbox=mailbox)
    world.submit(document, by=by)
    world.settle()
    return document


def found(world, document):
    recognition = world.bench.log.load(Document, document).state.recognition
    return {one.field: one for one in (*recognition.fields, *recognition.private_fields)}


def lessons(world, document):
    return [moment.event for moment in world.bench.log.stream(document) if isinstance(moment.event, DocumentTaught)]


def correct(world, document, **wanted):
    """Bart corrects, fills in how it is booked, and checks."""
    state = proposal(world, proposal_of(document))
    codes = [code.code for code in world.bench.mirror.vat_codes(world.bakery, "purchase") if code.rate == 21 and not code.reverse_charge]
    lines = (Line(account="614000", vat_code=codes[0], base=state.base, vat=state.vat),)
    worklist.check(world.bench, world.actor("bart"), proposal_of(document), ProposalCorrected(lines=lines, **wanted))
    world.settle()


@pytest.fixture
def taught(world):
    """An invoice whose number the reader did not find, and Bart filled in."""
    document = drafted(world, A)
    assert proposal(world, proposal_of(document)).invoice_number == ""
    correct(world, document, invoice_number="DP-0417")
    return document


@pytest.mark.usefixtures("taught")
def test_the_next_invoice_of_that_supplier_is_read_right_for_every_client_of_the_office(world):
    following = drafted(world, B)
    read = found(world, following)["invoice_number"]
    assert (read.value, read.source, read.page) == ("DP-1093", "learned", 1)
    assert proposal(world, proposal_of(following)).invoice_number == "DP-1093"
    screen = world.browser("bart").get(f"/office/proposals/{proposal_of(following)}").text
    assert screen.count("geleerd uit een vorige correctie") == 1
    elsewhere = drafted(world, B, dossier=world.garage, by="chris", paper=PAPER.replace("Bakkerij Claes", "Garage Maes"))
    assert found(world, elsewhere)["invoice_number"].value == "DP-1093"
    other_supplier = drafted(world, B, paper=PAPER.replace("0403.019.261", "0417.497.106"))
    assert "invoice_number" not in found(world, other_supplier)


@pytest.mark.usefixtures("taught")
def test_a_supplier_without_vat_number_on_its_paper_is_known_by_its_name(world):
    read = found(world, drafted(world, B, paper=PAPER.replace("BTW BE 0403.019.261", "")))
    assert (read["issuer_vat"].value, read["issuer_vat"].source) == ("BE0403019261", "known")
    assert read["invoice_number"].value == "DP-1093"


def test_what_the_page_does_not_say_teaches_nothing(world):
    document = drafted(world, A)
    correct(world, document, invoice_number="TELEFONISCH")
    assert lessons(world, document) == []


def test_only_what_a_person_corrected_is_a_lesson_and_a_job_that_runs_twice_teaches_it_once(world, taught):
    again = Job(id=uuid4(), kind="teach", subject=proposal_of(taught), cause="x/1", position=1, correlation=None, attempt=1)
    teach_supplier(world.bench, again)
    [lesson] = lessons(world, taught)
    assert lesson.fields == ("invoice_number",)
    [entry] = [one for one in history_of(world.bench.log, taught) if one.name == "document.taught"]
    assert (entry.by, entry.happened) == (None, "Geleerd voor de volgende facturen van deze leverancier")
    assert entry.details == (("Factuurnummer", {}),)


def test_with_an_erased_document_goes_what_it_taught(world, taught):
    erasure.erase(world.bench, world.actor("dora"), taught, Ground.REQUEST)
    world.settle()
    [lesson] = lessons(world, taught)
    assert (lesson.fields, lesson.learnt) == (("invoice_number",), ())
    following = drafted(world, B)
    assert "invoice_number" not in found(world, following)
    correct(world, following, invoice_number="DP-1093")
    assert_rebuilds_alike([world.models.lessons, world.models.track_records], world.bench.log)
    assert len(lessons(world, following)) == 1
