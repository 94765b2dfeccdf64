"""Reading the lines of an invoice on demand, and of the next ones of its supplier by themselves."""

from datetime import date
from decimal import Decimal

import pytest
from msgspec.structs import replace

from adapters.demo.goods_suppliers import GOODS_SUPPLIERS
from adapters.demo.invoice import DemoInvoice, DemoLine
from adapters.demo.paper import render_pdf
from adapters.demo.peppol import render_ubl
from adapters.demo.world import DOSSIERS
from application import line_reading, worklist
from application.event_log import NotFoundError
from application.permissions import Forbidden
from domain.booking_proposal import BookingProposal, ProposalCorrected, Why, proposal_of
from domain.document import Document, LinesRead
from domain.kernel import Refused
from invoices import proposal

DAY = date(date.today().year, 1, 5)  # noqa: DTZ011 - the world's book year is the wall clock's
[BAKERY] = [one for one in DOSSIERS if one.id == "claes"]
MOLENS = GOODS_SUPPLIERS[0].party
LINES = (
    DemoLine(description="Tarwebloem", quantity=Decimal(10), unit_price=Decimal(20), rate=Decimal(6)),
    DemoLine(description="Broodzakken", quantity=Decimal(2), unit_price=Decimal("15.50"), rate=Decimal(21)),
)


def invoice(number, lines=LINES):
    return DemoInvoice(
        seller=MOLENS, buyer=BAKERY.sells.party, number=str(number), issue_date=DAY, due_date=None, lines=lines, account="600000"
    )


def proposed(world, data, name):
    document = world.deliver(data, name=name)
    world.submit(document)
    world.settle()
    return proposal_of(document)


@pytest.fixture
def on_paper(world):
    return proposed(world, render_pdf(invoice(1)), "one.pdf")


def read(world, one, person="bart", **changes):
    return line_reading.read_lines(world.bench, world.actor(person), one, replace(proposal(world, one), **changes))


def test_the_lines_on_paper_are_proposed_each_with_its_own_account_and_vat(world, on_paper):
    booked = read(world, on_paper)

    assert [(line.base, line.vat) for line in booked.lines] == [(Decimal("200.00"), Decimal("12.00")), (Decimal("31.00"), Decimal("6.51"))]
    assert [line.account for line in booked.lines] == ["600000", "606000"]
    assert booked.remarks == ("Tarwebloem", "Broodzakken")
    assert sum(line.total for line in booked.lines) == proposal(world, on_paper).total


def test_reading_lines_changes_nothing_of_the_proposal_and_keeps_them_with_the_document(world, on_paper):
    before = proposal(world, on_paper)
    read(world, on_paper)
    read(world, on_paper)

    assert proposal(world, on_paper) == before
    kept = [moment.event for moment in world.bench.log.stream(before.document) if isinstance(moment.event, LinesRead)]
    assert [[line.name for line in one.lines] for one in kept] == [["Tarwebloem", "Broodzakken"]]


def test_lines_that_do_not_make_up_the_total_as_corrected_are_refused_with_both_sums(world, on_paper):
    with pytest.raises(Refused, match=r"samen 231\.00, de factuur is 300\.00"):
        read(world, on_paper, total=Decimal("350.00"), base=Decimal("300.00"), vat=Decimal("50.00"))


def test_a_document_without_lines_is_refused_with_a_sentence(world):
    letter = proposed(world, render_pdf(invoice(2, ())), "letter.pdf")

    with pytest.raises(Refused, match=r"Vul eerst het totaal in|geen lijnen gevonden"):
        read(world, letter)


def test_an_electronic_invoice_has_its_lines_already(world):
    booked = read(world, proposed(world, render_ubl(invoice(3)), "three.xml"))

    assert booked.remarks == ("Tarwebloem", "Broodzakken")


def test_the_next_invoice_comes_with_lines_once_that_is_remembered_and_without_them_when_it_is_undone(world, on_paper):
    worklist.check(world.bench, world.actor("bart"), on_paper)
    line_reading.remember(world.bench, world.actor("bart"), on_paper, on=True)
    world.settle()
    second = proposal(world, proposed(world, render_pdf(invoice(4)), "four.pdf"))
    line_reading.remember(world.bench, world.actor("bart"), on_paper, on=False)
    world.settle()
    third = proposal(world, proposed(world, render_pdf(invoice(5)), "five.pdf"))

    assert second.remarks == ("Tarwebloem", "Broodzakken")
    assert third.remarks == ()


def test_when_they_cannot_be_read_the_proposal_says_so(world, on_paper, monkeypatch):
    worklist.check(world.bench, world.actor("bart"), on_paper)
    line_reading.remember(world.bench, world.actor("bart"), on_paper, on=True)
    world.settle()

    def none(*_args):
        raise Refused("Op dit document zijn geen lijnen gevonden. Er is niets ingevuld.")

    monkeypatch.setattr(line_reading, "lines_on_paper", none)
    state = proposal(world, proposed(world, render_pdf(invoice(6)), "six.pdf"))

    assert state.why["lines"] == Why(code="lines.none")
    assert sum(line.total for line in state.lines) == state.total


def test_a_new_reading_of_the_document_forgets_the_lines_of_the_former(world, on_paper):
    read(world, on_paper)
    state = world.bench.log.load(Document, proposal(world, on_paper).document).state

    assert state.lines
    assert not Document.evolve(state, state.recognition).lines


def test_only_who_may_edit_the_proposal_has_its_lines_read_or_remembered(world, on_paper):
    for person, wrong in (("anna", Forbidden), ("ed", Forbidden), ("chris", NotFoundError)):
        with pytest.raises(wrong):
            read(world, on_paper, person)
        with pytest.raises(wrong):
            line_reading.remember(world.bench, world.actor(person), on_paper, on=True)
    assert read(world, on_paper, "dora").lines == read(world, on_paper, "bart").lines


def test_corrected_lines_keep_their_remarks_when_the_document_is_proposed_anew(world, on_paper):
    booked = read(world, on_paper)
    wanted = ProposalCorrected(lines=booked.lines, remarks=booked.remarks)
    state = worklist.folded(proposal(world, on_paper), [wanted])
    first = world.bench.log.stream(on_paper)[0].event
    [again] = state.redraft(replace(first, invoice_number="X")) or [None]

    assert again is not None
    assert BookingProposal.evolve(state, again).remarks == booked.remarks
