"""What is typed in the annotation screen becomes exactly what changed."""

from datetime import date
from decimal import Decimal
from uuid import UUID, uuid4

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import UNSET

from domain.booking_proposal import BookingProposal, Line, ProposalDrafted
from domain.counterparty import Counterparty
from domain.dossier import Kind
from domain.kernel import Refused
from domain.private_share import PrivateShare
from web.office.annotation_form import CREDIT_NOTE, Ledger, TypedLine, read, read_account, read_date, shown

amounts = st.decimals(min_value=0, max_value=10**7, places=2)
dates = st.dates(date(2000, 1, 1), date(2099, 12, 31))
texts = st.text(st.characters(codec="utf-8", categories=("L", "N", "P")), max_size=20)


@st.composite
def proposals(draw):
    lines = st.builds(
        Line,
        account=st.sampled_from(("600000", "499000", "")),
        vat_code=st.sampled_from(("AH21", "")),
        base=amounts,
        vat=amounts,
        dimensions=st.sampled_from(({}, {"VEST": "LEUVEN"})),
        private=st.none() | st.decimals("0.01", "100", places=2).map(lambda value: PrivateShare(value=value)),
    )
    drafted = ProposalDrafted(
        dossier=UUID(int=1),
        document=UUID(int=2),
        kind=Kind.PURCHASE,
        source="AIR",
        journal=draw(st.sampled_from(("CFAAN", ""))),
        credit_note=draw(st.booleans()),
        period=draw(st.sampled_from((None, "2026-03"))),
        counterparty=draw(st.sampled_from((None, UUID(int=3)))),
        party_name=draw(texts),
        party_vat=draw(st.sampled_from((None, "BE0998110303", "onleesbaar"))),
        party_iban=draw(st.sampled_from(("", "BE68539007547034", "BE00"))),
        invoice_number=draw(texts),
        invoice_date=draw(st.none() | dates),
        due_date=draw(st.none() | dates),
        total=draw(st.none() | amounts),
        base=draw(st.none() | amounts),
        vat=draw(st.none() | amounts),
        payment_reference=draw(st.sampled_from(("", "010806817183", "factuur 12"))),
        lines=tuple(draw(st.lists(lines, max_size=3))),
        discount=draw(st.decimals("0", "99.99", places=2)),
        instruction=draw(texts),
    )
    return BookingProposal.evolve(None, drafted)


def changed(result):
    return {name: value for name, value in msgspec.structs.asdict(result.wanted).items() if value is not UNSET}


def of(**values):
    drafted = ProposalDrafted(dossier=UUID(int=1), document=UUID(int=2), kind=Kind.PURCHASE, source="AIR", journal="CFAAN", **values)
    return BookingProposal.evolve(None, drafted)


@given(proposals())
def test_what_is_not_touched_is_not_changed_whatever_it_is(state):
    result = read(shown(state), state, Ledger())
    assert (changed(result), result.errors) == ({}, {})


@given(proposals(), amounts)
def test_an_amount_written_the_belgian_way_is_read_to_the_cent(state, amount):
    written = f"{amount:,.2f}".translate(str.maketrans(",.", ".,"))
    result = read(msgspec.structs.replace(shown(state), total=written), state, Ledger())
    assert changed(result) == ({} if state.total == amount else {"total": amount})


@given(proposals(), dates)
def test_a_date_is_read_as_it_is_written(state, day):
    result = read(msgspec.structs.replace(shown(state), invoice_date=f"{day:%d/%m/%Y}"), state, Ledger())
    assert changed(result) == ({} if state.invoice_date == day else {"invoice_date": day})


@given(dates)
def test_the_digits_of_a_date_are_enough(day):
    assert read_date(f"{day:%d%m%Y}") == day
    assert read_date(f"{day:%d%m%y}") == day


@given(proposals(), texts)
def test_one_field_changed_changes_nothing_else(state, number):
    result = read(msgspec.structs.replace(shown(state), invoice_number=number), state, Ledger())
    assert set(changed(result)) <= {"invoice_number"}


@pytest.mark.parametrize("text", ["31/02/2026", "morgen", "2026", "99"])
def test_what_is_no_date_is_refused_with_how_to_write_one(text):
    with pytest.raises(Refused, match="31/12/2026"):
        read_date(text)


def test_an_amount_field_calculates():
    result = read(msgspec.structs.replace(shown(of()), total="96,20+46"), of(), Ledger())
    assert changed(result) == {"total": Decimal("142.20")}


def test_a_field_that_cannot_be_read_is_named_and_the_others_still_count():
    typed = msgspec.structs.replace(shown(of()), total="veel", invoice_number="12")
    result = read(typed, of(), Ledger())
    assert set(result.errors) == {"total"}
    assert changed(result) == {"invoice_number": "12"}


def test_a_line_that_cannot_be_read_changes_no_line():
    typed = msgspec.structs.replace(shown(of()), lines=(TypedLine(account="600000", vat_code="AH21", base="1,2,3", vat="0"),))
    result = read(typed, of(), Ledger())
    assert set(result.errors) == {"line_base.0", "lines"}
    assert changed(result) == {}


def test_an_account_is_read_from_code_and_name_and_must_exist():
    assert read_account("600000 Aankoop grondstoffen", {"600000"}) == "600000"
    with pytest.raises(Refused, match="bestaat niet"):
        read_account("123456", {"600000"})


def test_remarks_go_with_their_lines():
    state = of(lines=(Line(account="600000", vat_code="AH21", base=Decimal(100), vat=Decimal(21)),))
    line = msgspec.structs.replace(shown(state).lines[0], remark="pallets terug")
    assert changed(read(msgspec.structs.replace(shown(state), lines=(line,)), state, Ledger())) == {"remarks": ("pallets terug",)}


def test_a_chosen_counterparty_brings_its_own_name_and_number():
    known = Counterparty(
        dossier=UUID(int=1), kind=Kind.PURCHASE, party_name="Molens NV", vat_number="BE0998110303", ibans=(), package_id=None
    )
    chosen = uuid4()
    typed = msgspec.structs.replace(shown(of(party_name="molen")), counterparty=str(chosen), party="iets anders")
    result = read(typed, of(party_name="molen"), Ledger(counterparty=known))
    assert changed(result) == {"counterparty": chosen, "party_name": "Molens NV", "party_vat": "BE0998110303"}


def test_a_counterparty_of_elsewhere_is_refused():
    typed = msgspec.structs.replace(shown(of()), counterparty=str(uuid4()))
    assert "party" in read(typed, of(), Ledger()).errors


def test_typing_another_name_makes_the_counterparty_new():
    state = of(counterparty=UUID(int=9), party_name="Molens NV", party_vat="BE0998110303")
    typed = msgspec.structs.replace(shown(state), counterparty="", party="Molens Noord · BE 0998.110.303")
    assert changed(read(typed, state, Ledger())) == {"counterparty": None, "party_name": "Molens Noord"}


def test_a_structured_communication_is_kept_as_its_digits():
    typed = msgspec.structs.replace(shown(of()), payment_reference="+++010/8068/17183+++")
    assert changed(read(typed, of(), Ledger())) == {"payment_reference": "010806817183"}


def test_a_credit_note_is_a_kind_of_document():
    typed = msgspec.structs.replace(shown(of()), document_kind=CREDIT_NOTE)
    assert changed(read(typed, of(), Ledger())) == {"credit_note": True}


@pytest.mark.parametrize(
    ("typed", "private"),
    [
        ("30 %", PrivateShare(value=Decimal(30))),
        ("12,5%", PrivateShare(value=Decimal("12.5"))),
        ("10+2,10", PrivateShare(value=Decimal("12.10"), percent=False)),
        ("0", None),
        ("", None),
    ],
)
def test_a_private_part_is_typed_as_percentage_or_amount(typed, private):
    state = of()
    given = msgspec.structs.replace(
        shown(state), lines=(TypedLine(account="616000", vat_code="AD21", base="100", vat="21", private=typed),)
    )
    assert changed(read(given, state, Ledger()))["lines"][0].private == private


@pytest.mark.parametrize("typed", ["101 %", "121,01", "-5", "veel"])
def test_a_private_part_that_is_none_is_refused_at_its_field(typed):
    state = of()
    given = msgspec.structs.replace(
        shown(state), lines=(TypedLine(account="616000", vat_code="AD21", base="100", vat="21", private=typed),)
    )
    assert set(read(given, state, Ledger()).errors) == {"line_private.0", "lines"}


@pytest.mark.parametrize(("typed", "discount"), [("2", Decimal(2)), ("1,5 %", Decimal("1.5")), ("", Decimal(0))])
def test_a_financial_discount_is_typed_with_or_without_its_sign(typed, discount):
    state = of(discount=Decimal(7))
    assert changed(read(msgspec.structs.replace(shown(state), discount=typed), state, Ledger())) == {"discount": discount}


def test_a_financial_discount_of_all_is_refused():
    state = of()
    assert set(read(msgspec.structs.replace(shown(state), discount="100"), state, Ledger()).errors) == {"discount"}
