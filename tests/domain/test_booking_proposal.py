from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest
from msgspec import structs

from domain.booking_proposal import (
    BookingAccepted,
    BookingConfirmed,
    BookingNotFound,
    BookingProposal,
    BookingRefused,
    HandedOver,
    Line,
    OutcomeLost,
    ProposalChecked,
    ProposalCorrected,
    ProposalDeleted,
    ProposalDrafted,
    ProposalHeld,
    ProposalNumbered,
    ProposalRedrafted,
    ProposalReleased,
    ProposalUnchecked,
    RateApplied,
    ResendDecided,
    SendingAbandoned,
    SendingStarted,
    Stage,
)
from domain.dossier import Kind
from domain.exchange_rate import ExchangeRate, typed_rate
from domain.private_share import PrivateShare
from scenario import scenario

SUSPENSE = "499000"
LINE = Line(account="604000", vat_code="AH21", base=Decimal("100.00"), vat=Decimal("21.00"))
DRAFTED = ProposalDrafted(
    dossier=UUID(int=1),
    document=UUID(int=2),
    kind=Kind.PURCHASE,
    source="AIR",
    journal="CFAAN",
    period="2026-03",
    counterparty=UUID(int=3),
    party_name="Molens De Graankorrel NV",
    invoice_number="2026/0418",
    invoice_date=date(2026, 3, 5),
    total=Decimal("121.00"),
    lines=(LINE,),
)
CHECKED = ProposalChecked()
NUMBERED = ProposalNumbered(journal="CFAAN", book_year=2026, number="26000251")
STARTED = SendingStarted(attempt=1)
SENDING = (CHECKED, NUMBERED, STARTED)


def proposal(*events):
    return scenario(BookingProposal).given(DRAFTED, *events)


def test_a_correction_records_only_what_differs():
    wanted = ProposalCorrected(invoice_number="2026/0419", period="2026-03")
    proposal().when(BookingProposal.correct, wanted).then(ProposalCorrected(invoice_number="2026/0419"))
    proposal().when(BookingProposal.correct, ProposalCorrected(period="2026-03")).then_nothing()


def test_correcting_a_checked_proposal_asks_for_another_look():
    outcome = proposal(CHECKED).when(BookingProposal.correct, ProposalCorrected(period="2026-04"))
    assert outcome.after.state.stage == Stage.OPEN


def test_a_complete_proposal_is_checked_and_once_is_enough():
    proposal().when(BookingProposal.check, SUSPENSE).then(CHECKED)
    proposal(CHECKED).when(BookingProposal.check, SUSPENSE).then_nothing()


def test_checking_tells_when_a_line_stands_on_the_suspense_account():
    lines = ProposalCorrected(lines=(Line(account=SUSPENSE, vat_code="AH21", base=Decimal(100), vat=Decimal(21)),))
    proposal(lines).when(BookingProposal.check, SUSPENSE).then(ProposalChecked(suspense=True))


@pytest.mark.parametrize(
    ("empty", "name"),
    [
        (ProposalCorrected(invoice_number=""), "factuurnummer"),
        (ProposalCorrected(invoice_date=None), "factuurdatum"),
        (ProposalCorrected(period=None), "boekperiode"),
        (ProposalCorrected(total=None), "totaal"),
        (ProposalCorrected(journal=""), "dagboek"),
        (ProposalCorrected(lines=()), "rekening"),
        (ProposalCorrected(counterparty=None, party_name=""), "tegenpartij"),
        (ProposalCorrected(lines=(Line(account="604000", vat_code="", base=Decimal(121), vat=Decimal(0)),)), "btw-code"),
    ],
)
def test_a_proposal_with_an_empty_mandatory_field_cannot_be_checked(empty, name):
    proposal(empty).when(BookingProposal.check, SUSPENSE).then_refused(name)


def test_a_total_of_zero_is_a_total():
    lines = (Line(account="604000", vat_code="AH21", base=Decimal(0), vat=Decimal(0)),)
    zero = ProposalCorrected(total=Decimal(0), lines=lines)
    proposal(zero).when(BookingProposal.check, SUSPENSE).then(CHECKED)


def test_lines_that_do_not_add_up_to_the_total_cannot_be_checked():
    proposal(ProposalCorrected(total=Decimal("121.01"))).when(BookingProposal.check, SUSPENSE).then_refused("0.01")


def test_a_proposal_is_held_with_a_reason_and_released():
    proposal().when(BookingProposal.hold, " creditnota volgt ").then(ProposalHeld(reason="creditnota volgt"))
    proposal(ProposalHeld()).when(BookingProposal.release).then(ProposalReleased())
    proposal().when(BookingProposal.release).then_nothing()


def test_a_check_is_taken_back():
    proposal(CHECKED).when(BookingProposal.uncheck).then(ProposalUnchecked())


def test_only_a_checked_proposal_gets_a_number():
    proposal().when(BookingProposal.assign_number, "26000251", 2026).then_refused("nagekeken")
    proposal(CHECKED).when(BookingProposal.assign_number, "26000251", 2026).then(NUMBERED)


def test_what_is_on_its_way_cannot_be_changed():
    proposal(CHECKED, NUMBERED).when(BookingProposal.correct, ProposalCorrected(period="2026-04")).then_refused("al verzonden")
    proposal(*SENDING).when(BookingProposal.delete, "").then_refused("al verzonden")


def test_sending_starts_from_the_number_and_counts_its_attempts():
    proposal(CHECKED, NUMBERED).when(BookingProposal.start_sending).then(STARTED)
    proposal(*SENDING, SendingAbandoned()).when(BookingProposal.start_sending).then(SendingStarted(attempt=2))
    proposal(*SENDING).when(BookingProposal.start_sending).then_refused("niet klaar")


def test_each_answer_of_the_package_is_recorded():
    proposal(*SENDING).when(BookingProposal.accept, "17").then(BookingAccepted(package_id="17"))
    proposal(*SENDING).when(BookingProposal.hand_over).then(HandedOver())
    proposal(*SENDING).when(BookingProposal.refuse, "periode dicht").then(BookingRefused(reason="periode dicht"))
    proposal(*SENDING).when(BookingProposal.lose_outcome, "stil").then(OutcomeLost(reason="stil"))
    proposal(*SENDING).when(BookingProposal.abandon_sending).then(SendingAbandoned())


def test_a_refused_booking_comes_back_with_its_number():
    refused = proposal(*SENDING, BookingRefused(reason="periode dicht"))
    refused.when(BookingProposal.correct, ProposalCorrected(period="2026-04")).then(ProposalCorrected(period="2026-04"))
    assert refused.state.number == "26000251"
    refused.given(CHECKED).when(BookingProposal.assign_number, "26000252", 2026).then_refused("26000251")


def test_the_journal_is_fixed_once_there_is_a_number():
    proposal(*SENDING, BookingRefused(reason="x")).when(BookingProposal.correct, ProposalCorrected(journal="CFVER")).then_refused(
        "26000251"
    )


def test_an_unknown_outcome_is_resent_only_after_it_was_looked_for_and_by_a_person():
    lost = proposal(*SENDING, OutcomeLost())
    lost.when(BookingProposal.decide_resend).then_refused("nagekeken")
    lost.when(BookingProposal.miss).then(BookingNotFound())
    lost.given(BookingNotFound()).when(BookingProposal.decide_resend).then(ResendDecided())
    assert lost.given(BookingNotFound(), ResendDecided()).state.stage == Stage.NUMBERED


def test_a_booking_found_in_the_books_is_confirmed_whatever_was_known_of_it():
    confirmed = BookingConfirmed(package_id="17")
    for before in ((), (HandedOver(),), (BookingAccepted(package_id="17"),), (OutcomeLost(),)):
        proposal(*SENDING, *before).when(BookingProposal.confirm, "17").then(confirmed)
    proposal(*SENDING, confirmed).when(BookingProposal.confirm, "17").then_nothing()


def test_a_deleted_proposal_stays_deleted():
    proposal().when(BookingProposal.delete, "dubbel").then(ProposalDeleted(reason="dubbel"))
    proposal(ProposalDeleted()).when(BookingProposal.delete, "dubbel").then_nothing()
    proposal(ProposalDeleted()).when(BookingProposal.check, SUSPENSE).then_refused("verwijderd")


# read again


def redraft(*events, **read):
    """What is proposed after another reading, with these fields read otherwise."""
    return proposal(*events).when(BookingProposal.redraft, structs.replace(DRAFTED, **read))


def test_what_is_read_otherwise_is_proposed_anew():
    outcome = redraft(invoice_number="2026/0481", unread=False)
    assert outcome.after.state.invoice_number == "2026/0481"
    assert outcome.after.state.stage == Stage.OPEN


def test_the_same_reading_changes_nothing():
    redraft().then_nothing()


def test_what_a_person_corrected_keeps_his_value():
    outcome = redraft(ProposalCorrected(invoice_number="X1"), invoice_number="2026/9", due_date=date(2026, 4, 4))
    state = outcome.after.state
    assert (state.invoice_number, state.due_date) == ("X1", date(2026, 4, 4))
    [event] = outcome._events
    assert isinstance(event, ProposalRedrafted)
    assert (event.kept, event.invoice_number) == (("invoice_number",), "X1")


@pytest.mark.parametrize(
    ("corrected", "read", "field"),
    [
        (ProposalCorrected(total=Decimal(60)), {"lines": (), "due_date": date(2026, 4, 4)}, "lines"),
        (ProposalCorrected(lines=()), {"total": Decimal(7), "due_date": date(2026, 4, 4)}, "total"),
        (ProposalCorrected(party_name="Anders"), {"counterparty": UUID(int=9), "due_date": date(2026, 4, 4)}, "counterparty"),
    ],
)
def test_fields_that_hang_together_are_kept_together(corrected, read, field):
    assert getattr(redraft(corrected, **read).after.state, field) == getattr(proposal(corrected).state, field)


def test_what_is_held_stays_held():
    assert redraft(ProposalHeld(), invoice_number="7").after.state.stage == Stage.HELD


@pytest.mark.parametrize("events", [(CHECKED,), (CHECKED, NUMBERED), (*SENDING, BookingRefused(reason="Nee.")), (ProposalDeleted(),)])
def test_what_somebody_stands_for_is_left_alone(events):
    redraft(*events, invoice_number="7").then_nothing()


def test_a_correction_after_a_new_reading_is_kept_the_next_time():
    first = redraft(invoice_number="1").after.given(ProposalCorrected(invoice_number="2"))
    again = first.when(BookingProposal.redraft, structs.replace(DRAFTED, invoice_number="3", total=Decimal(5)))
    assert (again.after.state.invoice_number, again.after.state.total) == ("2", 5)


DOLLARS = ProposalCorrected(currency="USD")
PUBLISHED = ExchangeRate(currency="USD", per_euro=Decimal("1.0842"), day=date(2026, 3, 5))
LATER = ExchangeRate(currency="USD", per_euro=Decimal("1.0911"), day=date(2026, 3, 9))
TYPED = typed_rate("USD", Decimal("1.1"))


def test_an_invoice_in_another_currency_is_not_checked_without_its_rate():
    proposal(DOLLARS).when(BookingProposal.check, SUSPENSE).then_refused("wisselkoers")
    proposal(DOLLARS, RateApplied(rate=PUBLISHED)).when(BookingProposal.check, SUSPENSE).then(ProposalChecked())


def test_a_rate_of_another_currency_is_no_rate():
    pounds = ProposalCorrected(currency="GBP")
    proposal(DOLLARS, RateApplied(rate=PUBLISHED), pounds).when(BookingProposal.check, SUSPENSE).then_refused("wisselkoers")


def test_a_published_rate_is_applied_once_and_a_later_one_in_its_place():
    proposal(DOLLARS).when(BookingProposal.apply_rate, PUBLISHED).then(RateApplied(rate=PUBLISHED))
    proposal(DOLLARS, RateApplied(rate=PUBLISHED)).when(BookingProposal.apply_rate, PUBLISHED).then_nothing()
    proposal(DOLLARS, RateApplied(rate=PUBLISHED)).when(BookingProposal.apply_rate, LATER).then(RateApplied(rate=LATER))


def test_a_rate_that_a_person_filled_in_is_kept_until_the_currency_is_another():
    given = proposal(DOLLARS, ProposalCorrected(rate=TYPED))
    given.when(BookingProposal.apply_rate, PUBLISHED).then_nothing()
    given.given(ProposalCorrected(currency="GBP")).when(BookingProposal.apply_rate, None).then(RateApplied(rate=None))


def test_a_person_gives_his_rate_up_for_the_published_one():
    given = proposal(DOLLARS, ProposalCorrected(rate=TYPED), ProposalCorrected(rate=None))
    given.when(BookingProposal.apply_rate, PUBLISHED).then(RateApplied(rate=PUBLISHED))


def test_a_person_fills_in_no_rate_of_another_currency():
    proposal(DOLLARS).when(BookingProposal.correct, ProposalCorrected(rate=typed_rate("GBP", Decimal("0.84")))).then_refused("GBP")
    proposal().when(BookingProposal.correct, ProposalCorrected(currency="USD", rate=TYPED)).then(
        ProposalCorrected(currency="USD", rate=TYPED)
    )


@pytest.mark.parametrize("events", [(CHECKED,), (CHECKED, NUMBERED)])
def test_what_somebody_stands_for_is_not_converted_anew(events):
    proposal(DOLLARS, RateApplied(rate=PUBLISHED), *events).when(BookingProposal.apply_rate, LATER).then_nothing()


def test_what_is_kept_back_gets_its_rate_and_stays_kept_back():
    given = proposal(DOLLARS, ProposalHeld(reason="navragen"), RateApplied(rate=PUBLISHED))
    assert (given.state.stage, given.state.rate) == (Stage.HELD, PUBLISHED)


def test_a_financial_discount_is_a_percentage():
    proposal().when(lambda one: one.correct(ProposalCorrected(discount=Decimal(2)))).then(ProposalCorrected(discount=Decimal(2)))
    proposal().when(lambda one: one.correct(ProposalCorrected(discount=Decimal(100)))).then_refused("percentage")


def test_discount_instruction_and_analytic_lines_are_corrected_like_any_field():
    line = structs.replace(LINE, dimensions={"VEST": "LEUVEN"}, private=PrivateShare(value=Decimal(30)))
    wanted = ProposalCorrected(discount=Decimal("1.5"), instruction="Voor de opendeurdag", lines=(line,))
    proposal().when(lambda one: one.correct(wanted)).then(wanted)
    proposal(wanted).when(lambda one: one.correct(wanted)).then_nothing()


def test_a_private_part_larger_than_its_line_is_not_checked():
    wrong = structs.replace(LINE, private=PrivateShare(value=Decimal("121.01"), percent=False))
    proposal(ProposalCorrected(lines=(wrong,))).when(lambda one: one.check(SUSPENSE)).then_refused("privégedeelte")


def test_without_lines_the_whole_goes_to_the_suspense_account():
    whole = Line(account=SUSPENSE, vat_code="AGEEN", base=Decimal("121.00"), vat=Decimal(0))
    emptied = ProposalCorrected(lines=())
    proposal(emptied).when(lambda one: one.on_suspense(SUSPENSE, "AGEEN")).then(ProposalCorrected(lines=(whole,)))
    proposal(emptied, ProposalCorrected(lines=(whole,))).when(lambda one: one.check(SUSPENSE)).then(ProposalChecked(suspense=True))
    proposal().when(lambda one: one.on_suspense(SUSPENSE, "AGEEN")).then_nothing()


def test_what_a_person_said_of_discount_and_instruction_outlives_a_new_reading():
    said = ProposalCorrected(discount=Decimal(2), instruction="Auto van de zaak")
    again = structs.replace(DRAFTED, invoice_number="2026/0419", total=Decimal("242.00"))
    expected = {name: getattr(again, name) for name in DRAFTED.__struct_fields__}
    expected |= {"total": DRAFTED.total, "discount": Decimal(2), "instruction": "Auto van de zaak"}
    kept = ("base", "currency", "discount", "instruction", "lines", "remarks", "total", "vat")
    proposal(said).when(lambda one: one.redraft(again)).then(ProposalRedrafted(**expected, kept=kept))
