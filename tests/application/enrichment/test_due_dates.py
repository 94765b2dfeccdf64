"""When an invoice is due, and in which period it is booked."""

from datetime import date

from invoices_read import around, dossier, invoice, past

from application.enrichment.due_dates import due_date


def due(facts, **known):
    day, why = due_date(facts, around(**known))
    return day, why and why.code


USUAL = tuple(past(due_days=days) for days in (30, 30, 14))


def test_a_printed_date_goes_before_all():
    assert due(invoice(due_date=date(2026, 3, 9)), past=USUAL) == (date(2026, 3, 9), "due_date.printed")


def test_a_date_from_printed_terms_says_so():
    assert due(invoice(due_date=date(2026, 3, 9), terms=True), past=USUAL)[1] == "due_date.terms"


def test_the_term_of_most_of_its_last_invoices_is_the_partys_usual_one():
    assert due(invoice(), past=USUAL, dossier=dossier(payment_days=8)) == (date(2026, 4, 4), "due_date.counterparty")


def test_terms_that_differ_each_time_are_no_usual_term():
    mixed = tuple(past(due_days=days) for days in (30, 14, 8, 60))
    assert due(invoice(), past=mixed, dossier=dossier(payment_days=8)) == (date(2026, 3, 13), "due_date.dossier")


def test_without_any_term_it_stays_empty():
    assert due(invoice()) == (None, None)


def test_a_credit_note_is_not_due_by_terms():
    assert due(invoice(credit_note=True), past=USUAL) == (None, None)


def test_an_invoice_without_date_is_due_on_no_day():
    assert due(invoice(invoice_date=None), past=USUAL) == (None, None)
