import pytest
from schwifty import IBAN
from stdnum.eu import vat

from adapters.accounting.sandbox.chart import CHART
from adapters.demo.paper import LAYOUTS
from adapters.demo.people import ANNA, BART, CHRIS, DORA, ED, EVERYONE, NINE
from adapters.demo.world import DOSSIERS, OFFICE, SUPPLIERS
from domain.profiles import ClientProfile, OfficeProfile

SELLERS = (*SUPPLIERS.values(), *(dossier.sells for dossier in DOSSIERS))
CUSTOMERS = tuple(dict.fromkeys(customer for dossier in DOSSIERS for customer in dossier.customers))
COMPANIES = (OFFICE, *(seller.party for seller in SELLERS), *CUSTOMERS)


@pytest.mark.parametrize("company", COMPANIES, ids=lambda company: company.name)
def test_every_company_has_a_valid_vat_number(company):
    assert vat.validate(company.vat_number) == company.vat_number


@pytest.mark.parametrize("seller", SELLERS, ids=lambda seller: seller.id)
def test_every_seller_can_be_paid_on_a_valid_iban(seller):
    assert IBAN(seller.party.iban, validate_bban=seller.party.country == "BE").compact == seller.party.iban


def test_no_two_companies_share_a_vat_number():
    assert len({company.vat_number for company in COMPANIES}) == len(COMPANIES)


def test_the_first_client_is_bakkerij_claes():
    assert (DOSSIERS[0].party.name, DOSSIERS[0].party.vat_number) == ("Bakkerij Claes BV", "BE0999041206")


def test_there_are_a_dozen_clients_with_their_own_id():
    assert len({dossier.id for dossier in DOSSIERS}) == len(DOSSIERS) == 12


def test_the_nine_hold_every_profile_once():
    assert sorted(person.profile for person in NINE) == sorted([*OfficeProfile, *ClientProfile])


def test_the_fixed_cast_has_its_places():
    assert (ANNA.profile, ANNA.dossier) == (ClientProfile.ADMINISTRATOR, "claes")
    assert (BART.profile, DORA.profile) == (OfficeProfile.EMPLOYEE, OfficeProfile.ADMIN)
    assert (ED.profile, ED.dossier) == (ClientProfile.DELIVERY, "claes")
    assert CHRIS.profile == ClientProfile.ADMINISTRATOR
    assert CHRIS.dossier != ANNA.dossier


def test_people_of_clients_belong_to_a_client_and_no_address_is_used_twice():
    ids = {dossier.id for dossier in DOSSIERS}
    assert all((person.dossier in ids) == isinstance(person.profile, ClientProfile) for person in EVERYONE)
    assert len({person.email for person in EVERYONE}) == len(EVERYONE)


@pytest.mark.parametrize("seller", SELLERS, ids=lambda seller: seller.id)
def test_what_is_sold_can_be_booked_in_the_demo_ledger(seller):
    assert seller.account in {account.code for account in CHART if account.open_for_annotation}


@pytest.mark.parametrize("seller", SELLERS, ids=lambda seller: seller.id)
def test_every_seller_has_an_existing_layout(seller):
    assert seller.paper.layout in LAYOUTS
