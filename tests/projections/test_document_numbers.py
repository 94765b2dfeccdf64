"""Which numbers were given, and which are void: events → rows."""

from uuid import UUID, uuid4

import pytest
from paper import fill

from domain.booking_proposal import proposal_of
from domain.document import DocumentErased
from domain.journal_book import GivenNumber, NumberFreed, NumbersGiven, NumberVoided, journal_book_of
from domain.kernel import ERASED
from projections.document_numbers import Book, DocumentNumbers
from read_models import moments

BAKERY, GARAGE = UUID(int=1), UUID(int=2)
DOCUMENTS = [uuid4() for _ in range(4)]
ONE, TWO, THREE, FOUR = (proposal_of(one) for one in DOCUMENTS)


def given(*numbers, dossier=BAKERY, journal="CFAAN", year=2026):
    told = tuple(GivenNumber(proposal=one, number=f"26{running:06}", running=running) for one, running in numbers)
    return journal_book_of(dossier, journal, year), NumbersGiven(dossier=dossier, journal=journal, book_year=year, given=told)


def of_book(event, dossier=BAKERY):
    return journal_book_of(dossier, "CFAAN", 2026), event


@pytest.fixture
def model(pool):
    return DocumentNumbers(pool)


def test_a_journal_tells_from_which_to_which_number_it_goes(model):
    fill(model, moments(given((ONE, 1), (TWO, 2)), given((FOUR, 1), dossier=GARAGE)), moments(given((THREE, 3))))
    told = Book(journal="CFAAN", book_year=2026, given=3, first="26000001", last="26000003", void=0, missing=0)
    assert model.books(BAKERY) == [told]


def test_a_void_number_says_who_when_and_why_and_leaves_no_hole(model):
    fill(model, moments(given((ONE, 1), (TWO, 2))), moments(of_book(NumberVoided(proposal=ONE, reason="dubbel"))))
    (void,) = model.void(BAKERY)
    assert (void.number, void.proposal, void.reason) == ("26000001", ONE, "dubbel")
    assert [(one.void, one.missing) for one in model.books(BAKERY)] == [(1, 0)]


def test_a_freed_number_is_given_to_another_and_is_not_void(model):
    fill(model, moments(given((ONE, 1), (TWO, 2)), of_book(NumberFreed(proposal=TWO)), given((THREE, 2))))
    assert model.void(BAKERY) == []
    assert [(one.given, one.last, one.missing) for one in model.books(BAKERY)] == [(2, "26000002", 0)]


def test_a_number_that_nobody_has_is_missed(model):
    fill(model, moments(given((ONE, 1), (TWO, 4)), given((THREE, 9), year=2027)))
    assert [(one.book_year, one.missing) for one in model.books(BAKERY)] == [(2027, 0), (2026, 2)]


def test_with_the_document_goes_what_was_said_about_its_number(model):
    erased = (DOCUMENTS[0], DocumentErased(ground="request"))
    fill(model, moments(given((ONE, 1), (TWO, 2)), of_book(NumberVoided(proposal=ONE, reason="van Jan")), erased))
    assert [one.reason for one in model.void(BAKERY)] == [ERASED]
