"""From invoices to proposals in a real office: templates from checked work and from the books, terms, fallback, what colleagues do."""

from datetime import date, timedelta
from decimal import Decimal
from uuid import uuid4

import msgspec
import pytest

from adapters.demo.goods_suppliers import GOODS_SUPPLIERS
from adapters.demo.invoice import DemoInvoice, DemoLine
from adapters.demo.peppol import render_ubl
from adapters.demo.world import DOSSIERS
from application import enrichment_settings, offices, worklist
from application.accounting_package import Booking, BookingLine, BookingParty
from domain.booking_proposal import Line, ProposalCorrected, Why, proposal_of
from domain.counterparty import Counterparty
from domain.dossier import Kind
from domain.kernel import Refused
from domain.office import Office
from invoices import proposal

TODAY = date.today()  # noqa: DTZ011 - the world's book year is the wall clock's
NEW_YEAR = date(TODAY.year, 1, 5)
[BAKERY] = [one for one in DOSSIERS if one.id == "claes"]
MOLENS = GOODS_SUPPLIERS[0].party


def flour(number, day=NEW_YEAR, due=None):
    bags = DemoLine(description="Tarwebloem", quantity=Decimal(10), unit_price=Decimal(20), rate=Decimal(6))
    return DemoInvoice(
        seller=MOLENS, buyer=BAKERY.sells.party, number=str(number), issue_date=day, due_date=due, lines=(bags,), account="600000"
    )


def proposed(world, *invoices):
    documents = [world.deliver(render_ubl(one), name=f"{one.number}.xml") for one in invoices]
    world.submit(*documents)
    world.settle()
    return [proposal_of(one) for one in documents]


def processed(world, numbers, *lines):
    """Invoices that Bart books on these lines, one after the other."""
    for number in numbers:
        [one] = proposed(world, flour(number))
        worklist.check(world.bench, world.actor("bart"), one, ProposalCorrected(lines=lines))
        world.settle()


WAY = (
    Line(account="600000", vat_code="AH6", base=Decimal(150), vat=Decimal(9)),
    Line(account="606000", vat_code="AH6", base=Decimal(50), vat=Decimal(3)),
)


def test_the_fourth_invoice_of_a_counterparty_fills_in_as_the_three_before_it(world):
    processed(world, (1, 2, 3), *WAY)
    [fourth] = proposed(world, flour(4))
    state = proposal(world, fourth)
    assert state.lines == WAY
    assert state.why["account"] == Why(code="account.template", values={"count": "3", "template": "600000/AH6+606000/AH6"})
    assert state.why["counterparty"] == Why(code="counterparty.vat")


def test_the_office_may_want_fewer_invoices_for_a_template(world):
    offices.set_templates(world.bench, world.actor("dora"), 1)
    processed(world, (1,), *WAY)
    [second] = proposed(world, flour(2))
    assert proposal(world, second).why["account"].code == "account.template"


def test_what_a_person_took_back_teaches_nothing(world):
    offices.set_templates(world.bench, world.actor("dora"), 1)
    processed(world, (1,), *WAY)
    [first] = [row.id for row in world.models.worklist.page(world.bakery, "purchase", quick="checked", sort="date", limit=9)[0]]
    worklist.uncheck(world.bench, world.actor("bart"), [first])
    world.settle()
    [second] = proposed(world, flour(2))
    assert proposal(world, second).why["account"].code == "account.counterparty"


def in_the_books(world, code, number, *, day=NEW_YEAR, days=30, account="604000"):
    """An invoice of the mill that somebody entered in the package itself."""
    world.bench.packages["sandbox"].enter_by_hand(
        code,
        Booking(
            id=uuid4().hex,
            kind="purchase",
            credit_note=False,
            journal="CFAAN",
            number=str(number),
            period=f"{day:%Y-%m}",
            party=BookingParty(id="M", name=MOLENS.name, vat_number=MOLENS.vat_number),
            invoice_number=f"oud {number}",
            invoice_date=day,
            due_date=day + timedelta(days=days),
            currency="EUR",
            total=Decimal(106),
            lines=(BookingLine(account=account, vat_code="AH6", base=Decimal(100), vat=Decimal(6)),),
        ),
    )


def synchronised(world, dossier):
    bench = world.bench
    code = "claes" if dossier == world.bakery else "maes"
    bench.mirror.replace(dossier, bench.packages["sandbox"].synchronise(code), bench.log.recorder.safe_head())


def test_a_dossier_fills_in_lines_on_its_first_day_from_what_stands_in_its_books(world):
    for number in (1, 2, 3):
        in_the_books(world, "claes", number)
    world.settle()
    synchronised(world, world.bakery)
    [first] = proposed(world, flour(1))
    state = proposal(world, first)
    assert state.lines == (Line(account="604000", vat_code="AH6", base=Decimal("200.00"), vat=Decimal("12.00")),)
    assert state.why["account"] == Why(code="account.package_template", values={"count": "3", "template": "604000/AH6"})
    assert (state.counterparty, state.party_name, state.why["counterparty"].code) == (None, MOLENS.name, "counterparty.package")
    assert (state.due_date, state.why["due_date"].code) == (NEW_YEAR + timedelta(days=30), "due_date.counterparty")


def test_what_another_dossier_does_is_a_suggestion_of_account_and_vat_code_alone(world):
    in_the_books(world, "maes", 1, account="601000")
    world.settle()
    synchronised(world, world.garage)
    [first] = proposed(world, flour(1))
    state = proposal(world, first)
    assert [(line.account, line.vat_code) for line in state.lines] == [("601000", "AH6")]
    assert state.why["account"] == Why(code="account.office")
    assert (state.counterparty, state.party_name, state.due_date) == (None, MOLENS.name, None)
    assert state.why["counterparty"].code == "counterparty.new"


def test_the_term_of_the_dossier_is_for_who_has_none(world):
    enrichment_settings.set_payment_days(world.bench, world.actor("bart"), world.bakery, 14)
    [one] = proposed(world, flour(1))
    assert proposal(world, one).due_date == NEW_YEAR + timedelta(days=14)


def test_an_invoice_of_nobody_is_the_fallbacks(world):
    processed(world, (1,), *WAY)
    known = next(party for party in world.models.counterparties.everybody(world.bakery, "purchase"))
    enrichment_settings.choose_fallback(world.bench, world.actor("bart"), world.bakery, Kind.PURCHASE, known.id)
    nobody = msgspec.structs.replace(MOLENS, name="", vat_number="", iban="")
    [one] = proposed(world, msgspec.structs.replace(flour(2), seller=nobody))
    assert (proposal(world, one).counterparty, proposal(world, one).why["counterparty"].code) == (known.id, "counterparty.fallback")


def test_a_counterparty_of_another_side_or_dossier_is_no_fallback(world):
    processed(world, (1,), *WAY)
    known = next(party for party in world.models.counterparties.everybody(world.bakery, "purchase"))
    for dossier, kind in ((world.bakery, Kind.SALES), (world.garage, Kind.PURCHASE)):
        with pytest.raises(Refused, match="hoort niet"):
            enrichment_settings.choose_fallback(world.bench, world.actor("dora"), dossier, kind, known.id)


def test_the_dossiers_own_share_of_deductible_vat_goes_before_the_offices(world):
    offices.set_deductible(world.bench, world.actor("dora"), "6000", Decimal(0))
    enrichment_settings.set_deductible(world.bench, world.actor("bart"), world.bakery, "6000", Decimal(100))
    [own] = proposed(world, flour(1))
    enrichment_settings.set_deductible(world.bench, world.actor("bart"), world.bakery, "6000", None)
    [of_office] = proposed(world, flour(2))
    assert [proposal(world, one).lines[0].vat_code for one in (own, of_office)] == ["AH6", "AH6-0"]


def test_vat_on_restaurants_is_not_deductible_by_law_until_the_office_says_otherwise(world):
    assert world.bench.log.load(Office, offices.office_stream(world.bench)).state.deductible["6143"] == 0


def test_what_a_person_changed_is_explained_by_nothing(world):
    [one] = proposed(world, flour(1, due=NEW_YEAR + timedelta(days=8)))
    worklist.correct(world.bench, world.actor("bart"), one, ProposalCorrected(lines=WAY, due_date=NEW_YEAR))
    assert proposal(world, one).why.keys() == {"counterparty", "period"}


def test_a_counterparty_known_by_its_account_number_is_found_without_vat_number(world):
    processed(world, (1,), *WAY)
    without = msgspec.structs.replace(flour(2), seller=msgspec.structs.replace(MOLENS, name="Iets onleesbaars", vat_number=""))
    [one] = proposed(world, without)
    state = proposal(world, one)
    assert state.why["counterparty"].code == "counterparty.iban"
    assert world.bench.log.load(Counterparty, state.counterparty).state.party_name == MOLENS.name
