import re
from datetime import date, timedelta
from decimal import Decimal

import msgspec
import pytest

from application import misc_documents
from application.accounting_package import LedgerSnapshot, PackageBooking
from application.misc_documents import Filing
from domain.booking_proposal import BookingProposal, proposal_of
from domain.document import Mailbox
from web import formats
from world import ubl


@pytest.fixture
def archive(world):
    """Its address."""
    return f"/portal/{world.bakery}/archive"


@pytest.fixture
def book(world):
    """What the accountant booked himself: in the books as they were last synchronised, without a document of ours."""
    booked = []

    def make(number, party, total, *, paid=0, credit=False, days_left=10):
        booked.append(
            PackageBooking(
                package_id=f"X{number}",
                booking_id=None,
                kind="purchase",
                credit_note=credit,
                journal="AANK",
                number=number,
                period="2025-11",
                party_id="p",
                party_name=party,
                invoice_number=number,
                invoice_date=date(2025, 11, 3),
                due_date=world.bench.now().date() + timedelta(days=days_left),
                booked_on=date(2025, 11, 4),
                currency="EUR",
                total=Decimal(total),
                paid=Decimal(paid),
                lines=(),
            )
        )
        nothing = dict.fromkeys((field.name for field in msgspec.structs.fields(LedgerSnapshot)), ())
        world.bench.mirror.replace(world.bakery, LedgerSnapshot(**nothing | {"bookings": tuple(booked)}), upto=10**9)

    return make


def lines(page):
    return re.findall(r'<tr data-id="[^"]+".*?</tr>', page.text, re.DOTALL)


def test_what_is_booked_stands_there_with_its_account_its_total_and_a_blue_eye(booked, post, anna, world):
    state = world.bench.log.load(BookingProposal, proposal_of(booked)).state
    [line] = lines(anna.get(f"{post.portal}/archive"))
    assert f"{state.journal} {state.number}" in line
    assert state.lines[0].account in line
    assert formats.amount(state.total) in line
    assert "ib is-blue" in line
    assert "Te betalen" in line or "Vervallen" in line


def test_a_booking_without_a_document_has_a_grey_eye_and_nothing_to_open(archive, anna, book):
    book("F1", "Notaris Maes", "100")
    [line] = [one for one in lines(anna.get(archive)) if "Notaris Maes" in one]
    assert "ib is-off" in line
    assert "/documents/" not in line


def test_totals_count_credit_notes_negative_and_tell_what_is_open(archive, anna, book):
    book("F1", "Notaris Maes", "100.50")
    book("F2", "Notaris Maes", "50", paid=50)
    book("F3", "Notaris Maes", "20", credit=True)
    page = anna.get(archive).text
    assert "Totaal van 3 documenten" in page
    assert '<td class="num">130,50</td>' in page
    assert '<span class="tab">80,50</span>' in page


def test_a_date_that_has_passed_is_red_until_it_is_paid(archive, anna, book):
    book("F1", "Te laat NV", "10", days_left=-1)
    book("F2", "Op tijd NV", "10", days_left=1)
    book("F3", "Betaald NV", "10", paid=10, days_left=-1)
    late = {re.search(r"is-party ph-a\" title=\"([^\"]+)", one).group(1): 'class="tab late"' in one for one in lines(anna.get(archive))}
    assert late == {"Te laat NV": True, "Op tijd NV": False, "Betaald NV": False}


def test_every_filter_leaves_what_fits(archive, anna, book):
    book("F1", "De Delhaize NV", "1200")
    book("F2", "Proximus", "50", paid=50)
    book("F3", "Proximus", "20", credit=True)
    expected = {
        "party=délhaize": "F1",
        "number=f2": "F2",
        "paid=yes": "F2",
        "credit=only": "F3",
        "credit=none": "F1 F2",
        "amount_from=1.000,00": "F1",
        "amount_to=-1": "F3",
        "date_from=03/11/2025&date_to=3-11-25": "F1 F2 F3",
        "date_from=04/11/2025": "",
        "period=2025-11&journal=AANK": "F1 F2 F3",
        "journal=ANDER": "",
        "q=delhaize": "F1",
    }
    found = {}
    for query in expected:
        shown = "".join(lines(anna.get(f"{archive}?{query}")))
        found[query] = " ".join(number for number in ("F1", "F2", "F3") if f">{number}<" in shown)
    assert found == expected


def test_a_word_on_the_page_finds_the_document(booked, post, anna, world):
    state = world.bench.log.load(BookingProposal, proposal_of(booked)).state
    assert len(lines(anna.get(f"{post.portal}/archive", params={"q": state.invoice_number}))) == 1
    assert lines(anna.get(f"{post.portal}/archive?q=kwantummechanica")) == []


def test_each_filter_that_is_set_can_be_taken_away_by_itself(archive, anna, book):
    book("F1", "Proximus", "50")
    page = anna.get(f"{archive}?party=proximus&paid=no").text
    assert 'href="' + f"{archive}?paid=no" + '" class="db-q is-on">Tegenpartij: proximus' in page
    assert f'href="{archive}?party=proximus" class="db-q is-on">Niet betaald' in page


def test_a_date_that_is_none_is_told_beside_its_field_and_does_not_count(archive, anna, book):
    book("F1", "Proximus", "50")
    page = anna.get(f"{archive}?date_from=gisteren")
    assert 'id="wrong-date_from"' in page.text
    assert len(lines(page)) == 1


def test_miscellaneous_documents_come_in_once_the_office_dealt_with_them(archive, anna, world):
    letter = world.deliver(ubl(9), mailbox=Mailbox.MISC, name="brief van de gemeente.xml")
    world.settle()
    world.submit(letter)
    world.settle()
    assert "Nog geen diverse documenten" in anna.get(f"{archive}?tab=misc").text
    misc_documents.process(world.bench, world.actor("bart"), [letter], Filing())
    world.settle()
    assert "brief van de gemeente.xml" in anna.get(f"{archive}?tab=misc").text


def test_a_document_is_opened_from_the_archive_and_leads_back_to_it(booked, post, anna):
    page = anna.get(f"{post.preview(booked)}?from=archive&sort=amount").text
    assert f'href="{post.portal}/archive?sort=amount" data-action="back"' in page
    assert "1 van 1" in page


def test_the_archive_is_for_who_may_see_the_books(archive, world):
    expected = {"anna": 200, "fien": 200, "hilde": 200, "ivo": 200, "gust": 403, "ed": 403, "chris": 404}
    assert {who: world.browser(who).get(archive).status_code for who in expected} == expected
