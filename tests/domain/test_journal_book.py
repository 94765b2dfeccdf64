from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from domain.journal_book import GivenNumber, JournalBook, NumberFreed, NumbersGiven, NumberVoided
from scenario import scenario

DOSSIER, FORMAT = UUID(int=99), "yy000###"
ONE, TWO, THREE = UUID(int=1), UUID(int=2), UUID(int=3)


def numbers(*given_numbers):
    return NumbersGiven(dossier=DOSSIER, journal="CFAAN", book_year=2026, given=given_numbers)


def number(proposal, running):
    return GivenNumber(proposal=proposal, number=f"26{running:06d}", running=running)


def book(*events):
    return scenario(JournalBook).given(numbers(number(ONE, 1)), *events)


def test_a_selection_gets_the_next_numbers_in_its_order_as_one_fact():
    book().when(JournalBook.give, [THREE, TWO], FORMAT).then(numbers(number(THREE, 2), number(TWO, 3)))


def test_a_proposal_keeps_the_number_it_has():
    book().when(JournalBook.give, [ONE], FORMAT).then_nothing()
    book().when(JournalBook.give, [ONE, TWO], FORMAT).then(numbers(number(TWO, 2)))


def test_the_last_number_is_free_again_when_its_proposal_is_deleted():
    freed = book(numbers(number(TWO, 2))).when(JournalBook.withdraw, TWO, "dubbel").then(NumberFreed(proposal=TWO)).after
    freed.when(JournalBook.give, [THREE], FORMAT).then(numbers(number(THREE, 2)))


def test_an_earlier_number_becomes_void_and_is_never_given_again():
    voided = book(numbers(number(TWO, 2))).when(JournalBook.withdraw, ONE, "dubbel").then(NumberVoided(proposal=ONE, reason="dubbel")).after
    voided.when(JournalBook.give, [THREE], FORMAT).then(numbers(number(THREE, 3)))
    voided.when(JournalBook.withdraw, ONE, "dubbel").then_nothing()


def test_a_sales_number_is_registered_as_it_is_and_only_once():
    book().when(JournalBook.register, TWO, "26000012", 12).then(numbers(number(TWO, 12)))
    book().when(JournalBook.register, TWO, "26000001", 1).then_refused("26000001")


@given(st.lists(st.lists(st.integers(1, 12), max_size=5), max_size=8))
def test_numbers_are_consecutive_and_never_doubled_whatever_the_selections(selections):
    state = JournalBook(dossier=DOSSIER, journal="CFAAN", book_year=2026)
    for selection in selections:
        for event in state.give([UUID(int=one) for one in selection], FORMAT):
            state = JournalBook.evolve(state, event)
    assert sorted(one.running for one in state.numbers.values()) == list(range(1, len(state.numbers) + 1))
