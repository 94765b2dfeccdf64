"""The ways an invoice can be booked as earlier ones of its counterparty were: which fit, which stands there, and saving one."""

from decimal import Decimal

import msgspec
import pytest
from test_enrichment import flour, proposed

from application import enrichment_settings, worklist
from application.event_log import NotFoundError
from application.permissions import Forbidden
from application.ways_of_booking import drop_template, save_template, ways_of
from domain.booking_proposal import BookingProposal, Line, ProposalCorrected
from domain.counterparty import Counterparty
from domain.dossier import Kind
from domain.kernel import Refused


def state(world, proposal):
    return world.bench.log.load(BookingProposal, proposal).state


def booked_on(world, proposal, *accounts):
    """Check it on these accounts, its base in equal parts."""
    now = state(world, proposal)
    code = now.lines[0].vat_code
    parts = tuple(Line(account=one, vat_code=code, base=now.base / len(accounts), vat=now.vat / len(accounts)) for one in accounts)
    worklist.check(world.bench, world.actor("bart"), proposal, ProposalCorrected(lines=parts))
    world.settle()


def accounts(ways):
    return [[line.account for line in way.lines] for way in ways]


@pytest.fixture
def fourth(world):
    """Two invoices of the mill on one account, one divided over two; the fourth has just been proposed."""
    for number, ways in ((1, ("600000",)), (2, ("600000",)), (3, ("600000", "606000"))):
        [proposal] = proposed(world, flour(number))
        booked_on(world, proposal, *ways)
    [proposal] = proposed(world, flour(4))
    return proposal


def test_every_way_its_invoices_were_booked_can_be_chosen_the_most_used_first(world, fourth):
    now = state(world, fourth)
    ways = ways_of(world.bench, now, now.counterparty)
    assert accounts(ways) == [["600000"], ["600000", "606000"]]
    assert [way.template.count for way in ways] == [2, 1]
    assert all(sum(line.total for line in way.lines) == now.total for way in ways)


def test_the_way_the_lines_stand_in_is_known(world, fourth):
    now = state(world, fourth)
    assert [way.chosen for way in ways_of(world.bench, now, now.counterparty)] == [True, False]
    worklist.correct(
        world.bench,
        world.actor("bart"),
        fourth,
        ProposalCorrected(lines=ways_of(world.bench, now, now.counterparty)[1].lines),
    )
    now = state(world, fourth)
    assert [way.chosen for way in ways_of(world.bench, now, now.counterparty)] == [False, True]


def test_a_saved_way_is_how_the_next_invoice_is_proposed_however_often_others_were_used(world, fourth):
    now = state(world, fourth)
    parts = (
        Line(account="606000", vat_code=now.lines[0].vat_code, base=Decimal(150), vat=Decimal(9)),
        Line(account="604000", vat_code=now.lines[0].vat_code, base=Decimal(50), vat=Decimal(3)),
    )
    save_template(world.bench, world.actor("bart"), fourth, now.counterparty, parts)
    [fifth] = proposed(world, flour(5))
    assert [(line.account, line.base) for line in state(world, fifth).lines] == [("606000", 150), ("604000", 50)]
    assert state(world, fifth).why["account"].code == "account.saved_template"
    key = ways_of(world.bench, now, now.counterparty)[0].template.key
    drop_template(world.bench, world.actor("bart"), fourth, now.counterparty, key)
    [sixth] = proposed(world, flour(6))
    assert [line.account for line in state(world, sixth).lines] == ["600000"]


def test_a_way_without_account_or_code_cannot_be_saved(world, fourth):
    now = state(world, fourth)
    half = (Line(account="606000", vat_code="", base=Decimal(200), vat=Decimal(12)),)
    with pytest.raises(Refused, match="rekening en een btw-code"):
        save_template(world.bench, world.actor("bart"), fourth, now.counterparty, half)


def test_a_template_is_of_a_known_counterparty_of_this_dossier(world, fourth):
    now = state(world, fourth)
    for other in (None, world.bakery):
        with pytest.raises((Refused, AssertionError)):
            save_template(world.bench, world.actor("bart"), fourth, other, now.lines)
    assert ways_of(world.bench, now, None) == []


@pytest.mark.parametrize(("who", "error"), [("chris", NotFoundError), ("anna", Forbidden), ("ed", Forbidden)])
def test_who_does_not_book_saves_no_template(world, fourth, who, error):
    now = state(world, fourth)
    with pytest.raises(error):
        save_template(world.bench, world.actor(who), fourth, now.counterparty, now.lines)
    with pytest.raises(error):
        drop_template(world.bench, world.actor(who), fourth, now.counterparty, "x")


def test_the_screen_offers_the_ways_and_the_card_of_another_counterparty_before_it_is_saved(world, fourth):
    bart, now = world.browser("bart"), state(world, fourth)
    page = bart.get(f"/office/proposals/{fourth}").text
    assert "Sjabloon 1 van 2" in page
    assert "van de laatste 3 nagekeken zonder wijziging" in page
    fragment = bart.get(f"/office/proposals/{fourth}/known?counterparty={now.counterparty}").text
    assert fragment.count("data-way=") == 2
    assert "data-way=" not in bart.get(f"/office/proposals/{fourth}/known?counterparty=").text


def test_lines_as_typed_are_saved_and_offered_at_once(world, fourth):
    bart, now = world.browser("bart"), state(world, fourth)
    columns = {
        "line_account": ["606000 Handelsgoederen"],
        "line_vat_code": [now.lines[0].vat_code],
        "line_base": ["200"],
        "line_vat": ["12"],
    }
    data = {"counterparty": str(now.counterparty), **columns}
    answer = bart.post(f"/office/proposals/{fourth}/templates", data=data)
    assert "bewaard door het kantoor" in answer.text
    [kept] = world.bench.log.load(Counterparty, now.counterparty).state.templates.values()
    assert [(line.account, line.share) for line in kept] == [("606000", 1)]
    wrong = bart.post(f"/office/proposals/{fourth}/templates", data=data | {"line_base": ["veel"]})
    assert wrong.status_code == 409


def test_what_the_fallback_was_billed_before_says_nothing_of_the_next_invoice(world, fourth):
    mill = state(world, fourth).counterparty
    enrichment_settings.choose_fallback(world.bench, world.actor("bart"), world.bakery, Kind.PURCHASE, mill)
    nobody = msgspec.structs.replace(flour(5).seller, name="", vat_number="", iban="")
    [fifth] = proposed(world, msgspec.structs.replace(flour(5), seller=nobody))
    nobody = state(world, fifth)
    assert nobody.counterparty == mill
    assert nobody.why["account"].code not in ("account.template", "account.counterparty")
