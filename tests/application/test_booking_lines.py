"""What a checked proposal says of its lines reaches the books: discount, private parts, analytic dimensions, remarks."""

from decimal import Decimal

import pytest
from msgspec.structs import replace

from application import bookkeeping, enrichment_settings, sending, worklist
from application.accounting_package import Dimension, DimensionValue
from application.permissions import Forbidden
from domain.booking_proposal import Line, ProposalCorrected, Stage
from domain.exchange_rate import typed_rate
from domain.kernel import Refused
from domain.private_share import PrivateShare
from domain.validation import Code, facts_of, validate
from invoices import proposal, propose
from world import World

SHOPS = Dimension(
    code="VEST", name="Vestiging", values=(DimensionValue(code="LEUVEN", name="Leuven"), DimensionValue(code="GENT", name="Gent"))
)
THIRD = PrivateShare(value=Decimal(30))


def correct(world: World, one, **changes):
    worklist.correct(world.bench, world.actor("bart"), one, ProposalCorrected(**changes))


def check(world: World, one, **changes):
    worklist.check(world.bench, world.actor("bart"), one, ProposalCorrected(**changes))


def send(world: World, one):
    sending.send(world.bench, world.actor("bart"), [one])
    world.settle()
    assert proposal(world, one).stage == Stage.CONFIRMED, proposal(world, one).reason
    return world.bench.mirror.booking(world.bakery, one)


def line(total="121.00", account="612300", code="AD21", **others):
    base = (Decimal(total) / Decimal("1.21")).quantize(Decimal("0.01"))
    return Line(account=account, vat_code=code, base=base, vat=Decimal(total) - base, **others)


def of_total(world: World, one, **others):
    """One line that holds the whole invoice."""
    return (line(str(proposal(world, one).total), **others),)


def with_dimension(world: World, dimension=SHOPS):
    world.bench.packages["sandbox"].set_dimension("claes", dimension)
    synchronise(world)


def synchronise(world: World):
    world.bench.mirror.replace(world.bakery, world.bench.packages["sandbox"].synchronise("claes"), world.bench.log.recorder.safe_head())


def with_private_account(world: World):
    synchronise(world)
    enrichment_settings.set_private_account(world.bench, world.actor("dora"), world.bakery, "416000")


def test_a_private_part_is_booked_on_the_private_account_without_vat_and_nothing_is_lost(world):
    with_private_account(world)
    (one,) = propose(world, 1)
    total = proposal(world, one).total
    check(world, one, lines=of_total(world, one, private=THIRD), remarks=("Telefoon",))
    booked = send(world, one)
    ours, own = booked.lines
    assert (ours.account, ours.vat_code, ours.description) == ("612300", "AD21", "Telefoon")
    assert (own.account, own.vat_code, own.vat, own.description) == ("416000", "AGEEN", Decimal(0), "Privégedeelte: Telefoon")
    assert ours.base + ours.vat + own.base == booked.total == total
    assert own.base == pytest.approx(total * 30 / 100, abs=Decimal("0.01"))


def test_without_a_private_account_nothing_is_private(world):
    (one,) = propose(world, 1)
    with pytest.raises(Refused, match="privérekening"):
        check(world, one, lines=of_total(world, one, private=THIRD))


def test_where_the_buyer_owes_the_vat_a_line_has_no_private_part(world):
    with_private_account(world)
    (one,) = propose(world, 1)
    owed = Line(account="612300", vat_code="AD21MC", base=proposal(world, one).total, vat=Decimal(0), private=THIRD)
    with pytest.raises(Refused, match="op het geheel verschuldigd"):
        check(world, one, lines=(owed,))


def test_a_private_account_is_one_of_the_books_and_the_office_chooses_it(world):
    synchronise(world)
    with pytest.raises(Refused, match="bestaat niet"):
        enrichment_settings.set_private_account(world.bench, world.actor("bart"), world.bakery, "999999")
    with pytest.raises(Forbidden):
        enrichment_settings.set_private_account(world.bench, world.actor("anna"), world.bakery, "416000")


def test_discount_and_instruction_go_along_with_the_booking(world):
    (one,) = propose(world, 1)
    charged = Line(account="612300", vat_code="AD21", base=Decimal(100), vat=Decimal("20.58"))
    amounts = {"total": Decimal("120.58"), "base": Decimal(100), "vat": Decimal("20.58"), "lines": (charged,), "remarks": ()}
    check(world, one, discount=Decimal(2), instruction="Voor de opendeurdag", **amounts)
    worklist_row = world.models.worklist.find(one)
    booking = bookkeeping.booking_of(world.bench, one, replace(proposal(world, one), number="26000001"))
    assert (booking.discount, booking.instruction) == (Decimal(2), "Voor de opendeurdag")
    assert send(world, one).total == Decimal("120.58")
    assert worklist_row is not None


def test_lines_stand_on_the_dimensions_of_the_package(world):
    with_dimension(world)
    (one,) = propose(world, 1)
    check(world, one, lines=of_total(world, one, dimensions={"VEST": "GENT"}))
    assert [found.dimensions for found in send(world, one).lines] == [{"VEST": "GENT"}]


def test_a_dimension_the_package_does_not_have_is_refused(world):
    with_dimension(world)
    (one,) = propose(world, 1)
    with pytest.raises(Refused, match="PARIJS"):
        check(world, one, lines=of_total(world, one, dimensions={"VEST": "PARIJS"}))


def test_a_dimension_that_the_package_asks_for_is_needed_to_check(world):
    with_dimension(world, replace(SHOPS, mandatory=True))
    (one,) = propose(world, 1)
    with pytest.raises(Refused, match="Vestiging"):
        check(world, one)
    correct(world, one, invoice_number="mag bewaard worden")


def test_without_lines_an_invoice_goes_as_a_whole_to_the_suspense_account(world):
    synchronise(world)
    (one,) = propose(world, 1)
    check(world, one, lines=(), remarks=())
    state = proposal(world, one)
    assert [(found.account, found.vat_code, found.total) for found in state.lines] == [("499000", "AGEEN", state.total)]
    assert state.suspense
    assert send(world, one).lines[0].account == "499000"


def test_without_lines_an_invoice_is_not_checked_in_passing(world):
    (one,) = propose(world, 1)
    correct(world, one, lines=(), remarks=())
    refused = worklist.check_all(world.bench, world.actor("bart"), [one]).refused
    assert "rekening" in str(refused[one])


def test_the_next_invoice_is_proposed_with_the_same_dimension_and_private_part(world):
    with_dimension(world)
    with_private_account(world)
    first = propose(world, 12)
    party = proposal(world, first[0]).counterparty or proposal(world, first[0]).party_vat
    same = [one for one in first if (proposal(world, one).counterparty or proposal(world, one).party_vat) == party]
    check(world, same[0], lines=of_total(world, same[0], private=THIRD, dimensions={"VEST": "GENT"}), remarks=())
    world.settle()
    again = propose(world, 1, seed=7)
    lines = proposal(world, again[0]).lines
    assert [(found.private, found.dimensions) for found in lines] == [(THIRD, {"VEST": "GENT"})] * len(lines)
    send(world, same[0])
    third = propose(world, 1, seed=7)
    assert [found.private for found in proposal(world, third[0]).lines] == [THIRD] * len(lines)


def test_a_typed_rate_is_kept_beside_what_was_published_and_told_when_it_is_far_from_it(world, monkeypatch):
    (one,) = propose(world, 1)
    day = proposal(world, one).invoice_date
    published = replace(typed_rate("USD", Decimal("1.0842")), source="ECB", day=day)
    monkeypatch.setattr(world.bench.rates, "on", lambda _currency, _day: published)
    correct(world, one, currency="USD", rate=typed_rate("USD", Decimal("10.842")))
    state = proposal(world, one)
    assert state.rate.published == Decimal("1.0842")
    assert Code.RATE_FAR in {reason.code for reason in validate(facts_of(state)).reasons}
    position = world.bench.log.recorder.safe_head()
    correct(world, one, rate=typed_rate("USD", Decimal("10.842")))
    assert world.bench.log.recorder.safe_head() == position
