from collections import defaultdict
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

import pytest
from stdnum.be import ogm_vcs

from adapters.demo.generator import demo_invoices, demo_sales_invoices
from adapters.demo.invoice import DemoInvoice, DemoLine, DemoParty, truth
from adapters.demo.world import DOSSIERS
from application.recognition.reading import FIELD_NAMES

TODAY = date(2026, 3, 12)
CENT = Decimal("0.01")
PURCHASES = tuple(invoice for dossier in DOSSIERS for invoice in demo_invoices(7, dossier, TODAY, 60))
SALES = tuple(invoice for dossier in DOSSIERS for invoice in demo_sales_invoices(7, dossier, TODAY, 30))
ALL = PURCHASES + SALES


def rounded(amount: Decimal) -> Decimal:
    return amount.quantize(CENT, ROUND_HALF_UP)


@pytest.mark.parametrize("make", [demo_invoices, demo_sales_invoices])
def test_the_same_seed_gives_the_same_invoices(make):
    assert make(7, DOSSIERS[0], TODAY, 40) == make(7, DOSSIERS[0], TODAY, 40)


@pytest.mark.parametrize("make", [demo_invoices, demo_sales_invoices])
def test_another_seed_gives_other_invoices(make):
    assert make(7, DOSSIERS[0], TODAY, 40) != make(8, DOSSIERS[0], TODAY, 40)


@pytest.mark.parametrize("count", [0, 1, 7, 150])
def test_as_many_come_as_asked_oldest_first_and_none_from_the_future(count):
    for made in (demo_invoices(7, DOSSIERS[3], TODAY, count), demo_sales_invoices(7, DOSSIERS[3], TODAY, count)):
        days = [invoice.issue_date for invoice in made]
        assert len(days) == count
        assert days == sorted(days)
        assert all(day <= TODAY for day in days)


def test_totals_add_up_to_the_cent():
    for invoice in ALL:
        nets = [rounded(line.quantity * line.unit_price) for line in invoice.lines]
        per_rate = defaultdict(Decimal)
        for line, net in zip(invoice.lines, nets, strict=True):
            per_rate[line.rate] += net
        assert invoice.total_excl == sum(nets)
        assert invoice.vat == sum(rounded(base * rate / 100) for rate, base in per_rate.items())
        assert invoice.total_incl == invoice.total_excl + invoice.vat > 0


def test_vat_is_rounded_per_rate_and_not_per_line():
    company = DemoParty(name="A", street="B", postcode="1", city="C", vat_number="BE0999041206")
    line = DemoLine(description="D", quantity=Decimal(1), unit_price=Decimal("0.10"), rate=Decimal(6))
    invoice = DemoInvoice(seller=company, buyer=company, number="1", issue_date=TODAY, lines=(line,) * 5, account="600000")
    assert invoice.vat == Decimal("0.03")


def test_every_structured_communication_is_valid():
    references = [invoice.payment_reference for invoice in ALL if invoice.payment_reference]
    assert len(references) > 200
    assert all(ogm_vcs.is_valid(reference) for reference in references)


def test_no_seller_uses_a_number_twice():
    numbers = [(invoice.seller.vat_number, invoice.number) for invoice in ALL]
    assert len(set(numbers)) == len(numbers)


def test_sales_are_numbered_without_holes_in_each_year():
    for dossier in DOSSIERS:
        sequences = defaultdict(list)
        for invoice in demo_sales_invoices(7, dossier, TODAY, 30):
            sequences[invoice.issue_date.year].append(int("".join(sign for sign in invoice.number if sign.isdigit())[-3:]))
        assert all(found == list(range(1, len(found) + 1)) for found in sequences.values())


def test_a_landlord_sends_one_invoice_a_month_for_the_same_rent():
    rents = [invoice for invoice in demo_invoices(7, DOSSIERS[0], TODAY, 150) if invoice.seller.name == "Immo Dijlezicht BV"]
    months = [(invoice.issue_date.year, invoice.issue_date.month) for invoice in rents]
    assert len(set(months)) == len(months) > 3
    assert {invoice.total_incl for invoice in rents} == {Decimal("2450.00")}


def test_a_credit_note_gives_back_part_of_an_earlier_invoice_of_the_same_two():
    known = {(invoice.seller.vat_number, invoice.number): invoice for invoice in ALL}
    notes = [invoice for invoice in ALL if invoice.credit_note]
    assert len(notes) > 10
    for note in notes:
        credited = known[note.seller.vat_number, note.credited_number]
        assert not credited.credit_note
        assert credited.buyer == note.buyer
        assert credited.issue_date <= note.issue_date
        assert note.total_incl <= credited.total_incl


def test_the_world_is_as_varied_as_a_real_post_box():
    assert {invoice.language for invoice in PURCHASES} == {"nl", "fr", "en", "de"}
    assert {line.category for invoice in PURCHASES for line in invoice.lines} == {"S", "AE", "K", "E"}
    assert {invoice.layout for invoice in ALL} == {"band", "bar", "boxes", "letter", "plain", "sidebar", "terminal"}
    assert any(len(invoice.vat_groups) > 1 for invoice in PURCHASES)
    assert {invoice.negative for invoice in ALL if invoice.credit_note} == {True, False}
    assert any(invoice.direct_debit for invoice in PURCHASES)
    assert any(invoice.due_date is None for invoice in PURCHASES if not invoice.credit_note)


def test_the_truth_speaks_the_language_of_recognition():
    assert set().union(*(truth(invoice) for invoice in ALL)) == set(FIELD_NAMES)


def test_the_truth_of_a_credit_note_is_positive_and_says_what_it_is():
    note = next(invoice for invoice in ALL if invoice.credit_note and invoice.negative)
    told = truth(note)
    assert told["type_code"] == "381"
    assert Decimal(told["total_incl"]) > 0
    assert "due_date" not in told
