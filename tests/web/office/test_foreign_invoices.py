"""An invoice in dollars: proposed with the rate of its day, corrected on the annotation screen, and booked in euro."""

import re
from datetime import timedelta
from decimal import Decimal
from html import unescape

import msgspec
import pytest

from adapters.demo.peppol import render_ubl
from application import sending, worklist
from application.event_log import Context, Via
from application.exchange_rates import take_in
from domain.booking_proposal import BookingProposal, ProposalCorrected, RateApplied, Stage, proposal_of
from domain.exchange_rate import ExchangeRate, typed_rate
from domain.in_euro import in_euro
from domain.kernel import Refused
from domain.target_calendar import publication_day
from ecb_files import as_xml
from web.office.annotation_form import TypedLine, shown
from world import invoices

SYSTEM = Context(by=None, via=Via.CLI)
INVOICE = msgspec.structs.replace(invoices()[0], currency="USD")
PUBLISHED = publication_day(INVOICE.issue_date)
BEFORE = publication_day(PUBLISHED - timedelta(days=1))


def text_of(answer):
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", answer.text)))


class Desk:
    """The bakery's one invoice in dollars, and its proposal."""

    def __init__(self, world):
        self.world = world
        document = world.deliver(render_ubl(INVOICE), name="dollars.xml")
        world.submit(document)
        world.settle()
        self.id = proposal_of(document)

    @property
    def state(self):
        return self.world.bench.log.load(BookingProposal, self.id).state

    @property
    def row(self):
        return self.world.models.worklist.find(self.id)

    def page(self):
        self.world.settle()
        return self.world.browser("bart").get(f"/office/proposals/{self.id}")

    def worklist_source(self):
        self.world.settle()
        return self.world.browser("bart").get(f"/office/dossiers/{self.world.bakery}/worklist").text

    def worklist(self):
        return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", self.worklist_source())))

    def save(self, **typed):
        self.world.settle()
        fields = msgspec.structs.asdict(msgspec.structs.replace(shown(self.state), **typed))
        lines = fields.pop("lines")
        columns = {f"line_{name}": [getattr(line, name) for line in lines] for name in TypedLine.__struct_fields__}
        version = str(self.world.bench.log.load(BookingProposal, self.id).version)
        browser = self.world.browser("bart")
        answer = browser.post(
            f"/office/proposals/{self.id}", data={**fields, **columns, "version": version, "then": "back"}, follow_redirects=False
        )
        self.world.settle()
        return answer


@pytest.fixture
def desk(world):
    take_in(world.bench, as_xml({BEFORE: {"USD": "1.0800"}, PUBLISHED: {"USD": "1.0842"}}), SYSTEM)
    world.settle()
    return Desk(world)


@pytest.fixture
def unknown(world):
    return Desk(world)


def complete(desk):
    """Whatever enrichment could not tell of this invoice is filled in."""
    lines = tuple(
        msgspec.structs.replace(line, account=line.account or "604000", vat_code=line.vat_code or "AH21") for line in desk.state.lines
    )
    worklist.correct(desk.world.bench, desk.world.actor("bart"), desk.id, ProposalCorrected(lines=lines))
    desk.world.settle()


def test_it_is_proposed_in_its_currency_with_the_rate_of_its_day(desk):
    assert (desk.state.currency, desk.state.rate) == ("USD", ExchangeRate(currency="USD", per_euro=Decimal("1.0842"), day=PUBLISHED))
    assert in_euro(desk.state).total == round(desk.state.total / Decimal("1.0842"), 2)


def test_worklist_and_screen_show_it_in_both_currencies(desk):
    euro = f"{in_euro(desk.state).total:,.2f}".translate(str.maketrans(",.", ".,"))
    dollars = f"{desk.state.total:,.2f}".translate(str.maketrans(",.", ".,"))
    listed = desk.worklist()
    assert (euro in listed, f"{dollars} USD" in listed) == (True, True)
    assert desk.row.total_eur == in_euro(desk.state).total
    page = desk.page()
    assert 'id="rate" name="rate" value="1,0842"' in page.text
    assert f"ECB, {PUBLISHED:%d/%m/%Y}" in text_of(page)
    assert f'data-euro="total">{euro}<' in page.text


def test_without_a_rate_it_is_not_ok_cannot_be_checked_and_says_why(unknown):
    assert unknown.state.rate is None
    assert "Geen koers gekend: vul ze in, of lees de koersen van de ECB in." in text_of(unknown.page())
    assert f"Geen koers van USD gekend voor {INVOICE.issue_date:%d/%m/%Y}" in unknown.worklist_source()
    assert "wisselkoers" in unknown.row.missing
    assert unknown.row.total_eur is None
    with pytest.raises(Refused, match="wisselkoers"):
        worklist.check(unknown.world.bench, unknown.world.actor("bart"), unknown.id)


def test_with_an_older_rate_only_the_last_known_one_is_used_with_a_warning(unknown):
    take_in(unknown.world.bench, as_xml({BEFORE: {"USD": "1.0800"}}), SYSTEM)
    unknown.world.settle()
    assert unknown.state.rate.day == BEFORE
    assert f"De koers van USD is die van {BEFORE:%d/%m/%Y}: die van {PUBLISHED:%d/%m/%Y} is nog niet gekend." in text_of(unknown.page())


def test_once_the_rate_of_the_day_is_known_it_comes_in_the_place_of_the_older_one(unknown):
    for day, rate in ((BEFORE, "1.0800"), (PUBLISHED, "1.0842")):
        take_in(unknown.world.bench, as_xml({day: {"USD": rate}}), SYSTEM)
        unknown.world.settle()
    assert unknown.state.rate.day == PUBLISHED
    applied = [one.event for one in unknown.world.bench.log.stream(unknown.id) if isinstance(one.event, RateApplied)]
    assert [one.rate.day for one in applied] == [BEFORE, PUBLISHED]


def test_another_date_or_currency_has_another_rate(desk):
    complete(desk)
    desk.save(invoice_date=f"{BEFORE:%d/%m/%Y}")
    assert (desk.state.rate.day, str(desk.state.rate.per_euro)) == (BEFORE, "1.0800")
    worklist.correct(desk.world.bench, desk.world.actor("bart"), desk.id, ProposalCorrected(currency="EUR"))
    assert desk.state.rate is None


def test_a_rate_that_was_typed_is_locked_until_it_is_given_up(desk):
    complete(desk)
    desk.save(rate="1,10")
    assert desk.state.rate == msgspec.structs.replace(typed_rate("USD", Decimal("1.10")), published=Decimal("1.0842"))
    desk.save(invoice_date=f"{BEFORE:%d/%m/%Y}")
    assert desk.state.rate.is_typed
    page = text_of(desk.page())
    assert "zelf ingevuld" in page
    assert f"ECB op {BEFORE:%d/%m/%Y}: 1,08" in page
    desk.save(rate_typed="")
    assert desk.state.rate.day == BEFORE


def test_a_rate_that_cannot_be_one_is_refused_at_its_field(desk):
    answer = desk.save(rate="0")
    assert (answer.status_code, "Een wisselkoers is hoeveel USD één euro waard is" in text_of(answer)) == (400, True)
    assert desk.save(rate="veel").status_code == 400


def test_the_screen_looks_a_rate_up_while_somebody_chooses(desk):
    bart = desk.world.browser("bart")
    look = f"/office/proposals/{desk.id}/rate"
    assert bart.get(look, params={"currency": "USD", "day": f"{BEFORE:%d/%m/%Y}"}).json() == {
        "rate": "1,08",
        "note": f"ECB, {BEFORE:%d/%m/%Y}",
        "old": False,
    }
    for params in ({"currency": "GBP", "day": f"{BEFORE:%d/%m/%Y}"}, {"currency": "USD", "day": "onzin"}, {"currency": "XXXX"}, {}):
        assert bart.get(look, params=params).json()["rate"] == ""
    assert desk.world.browser("anna").get(look).status_code == 404
    assert desk.world.browser("chris").get(look).status_code == 404


def test_it_is_booked_in_euro_beside_what_the_invoice_says(desk):
    complete(desk)
    bench, bart = desk.world.bench, desk.world.actor("bart")
    worklist.check(bench, bart, desk.id)
    assert not sending.send(bench, bart, [desk.id]).refused
    desk.world.settle()
    assert (desk.state.stage, desk.state.reason) == (Stage.CONFIRMED, "")
    booked = bench.packages["sandbox"].find("claes", str(desk.id))
    assert (booked.currency, booked.total) == ("EUR", in_euro(desk.state).total)
    assert (booked.foreign.currency, booked.foreign.total, booked.foreign.per_euro, booked.foreign.rate_day) == (
        "USD",
        desk.state.total,
        Decimal("1.0842"),
        PUBLISHED,
    )
    assert sum(line.base + line.vat for line in booked.lines) == booked.total


def test_its_history_tells_the_rate(desk):
    page = text_of(desk.world.browser("bart").get(f"/office/documents/{desk.state.document}/history"))
    assert "Wisselkoers toegepast" in page
    assert f"1 EUR = 1,0842 USD (ECB {PUBLISHED:%d/%m/%Y})" in page
