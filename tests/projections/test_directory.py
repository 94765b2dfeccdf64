from uuid import uuid4

import pytest
from paper import BAKERY, GARAGE, fill

from domain import access, office, user
from domain.dossier import DossierOpened
from domain.profiles import ClientProfile, OfficeProfile
from domain.synchronisation import DossierSynchronised
from projections.directory import Directory, Member
from read_models import moments

ANNA, BART, DORA = uuid4(), uuid4(), uuid4()


@pytest.fixture
def directory(pool):
    return Directory(pool)


SYNCHRONISED = (BAKERY, DossierSynchronised(dossier=BAKERY))


def registered(first, last):
    return user.UserRegistered(first_name=first, last_name=last, email=f"{first.lower()}@voorbeeld.be")


def opened(name, number="0403170701"):
    return DossierOpened(dossier_name=name, enterprise_number=number, vat_number=f"BE{number}", package="sandbox", package_code=name[:3])


def assigned(dossier, person, *, manager=False):
    return (access.access_of(dossier), access.EmployeeAssigned(dossier=dossier, user=person, manager=manager))


def given(dossier, person, profile=ClientProfile.ADMINISTRATOR):
    return (access.access_of(dossier), access.ClientProfileGiven(dossier=dossier, user=person, profile=profile))


TWO_DOSSIERS = [(BAKERY, opened("Bakkerij Claes")), (GARAGE, opened("Garage Maes", "0999052389"))]


def test_the_office_has_the_name_it_was_last_given(directory):
    stream = uuid4()
    fill(directory, moments((ANNA, registered("Anna", "Claes"))))
    assert directory.office_name() == ""
    fill(directory, moments((stream, office.OfficeOpened(office_name="Oud")), (stream, office.OfficeRenamed(office_name="Nieuw"))))
    assert directory.office_name() == "Nieuw"


def test_people_are_known_by_name_profile_and_language(directory):
    told = [user.OfficeProfileGiven(profile=OfficeProfile.EMPLOYEE), user.LanguageChosen(language="fr"), user.UserDeactivated()]
    fill(directory, moments((BART, registered("Bart", "Peeters")), *((BART, one) for one in told)))
    bart = directory.person(BART)
    assert (bart.full_name, bart.initials, bart.profile, bart.language, bart.active) == ("Bart Peeters", "BP", "employee", "fr", False)
    fill(directory, moments((BART, registered("Bart", "Peeters")), (BART, user.UserDeactivated()), (BART, user.UserReactivated())))
    assert directory.person(BART).active
    assert directory.person(ANNA) is None
    assert directory.names([BART, ANNA, None]) == {BART: "Bart Peeters"}


def test_everybody_is_in_order_of_last_name_without_particles(directory):
    names = [("Anna", "Zoo"), ("Ivo", "De Smet"), ("Els", "Élan"), ("Jan", "van den Berg")]
    fill(directory, moments(*((uuid4(), registered(*name)) for name in names)))
    assert [person.last_name for person in directory.everybody()] == ["van den Berg", "Élan", "De Smet", "Zoo"]


def test_a_dossier_card_shows_its_manager_and_when_the_books_were_read(directory):
    fill(
        directory,
        moments(*TWO_DOSSIERS, assigned(BAKERY, DORA), assigned(BAKERY, BART, manager=True), (BAKERY, DossierSynchronised(dossier=BAKERY))),
    )
    card = directory.dossier(BAKERY)
    assert (card.dossier_name, card.enterprise_number, card.manager) == ("Bakkerij Claes", "0403170701", BART)
    assert card.synchronised_at is not None
    assert directory.dossier(GARAGE).manager is directory.dossier(GARAGE).synchronised_at is directory.dossier(uuid4()) is None


def test_a_client_and_an_employee_can_be_the_same_person(directory):
    fill(
        directory,
        moments(*TWO_DOSSIERS, given(BAKERY, BART), assigned(BAKERY, BART, manager=True), given(BAKERY, ANNA, ClientProfile.DELIVERY)),
    )
    bart = Member(user=BART, profile=ClientProfile.ADMINISTRATOR.value, employee=True, manager=True)
    anna = Member(user=ANNA, profile=ClientProfile.DELIVERY.value, employee=False, manager=False)
    assert {member.user: member for member in directory.members(BAKERY)} == {BART: bart, ANNA: anna}
    assert directory.members(GARAGE) == []


def test_who_lost_his_place_reaches_the_dossier_no_longer(directory):
    stream = access.access_of(BAKERY)
    gone = [access.ClientAccessWithdrawn(dossier=BAKERY, user=ANNA), access.EmployeeUnassigned(dossier=BAKERY, user=BART)]
    told = [*TWO_DOSSIERS, given(BAKERY, ANNA), given(GARAGE, ANNA), assigned(BAKERY, BART, manager=True)]
    fill(directory, moments(*told))
    assert (directory.reach(ANNA, None), directory.reach(BART, "employee")) == ([BAKERY, GARAGE], [BAKERY])
    fill(directory, moments(*told, *((stream, one) for one in gone)))
    assert (directory.reach(ANNA, None), directory.reach(BART, "employee")) == ([GARAGE], [])
    assert [card.id for card in directory.portal_dossiers(ANNA)] == [GARAGE]
    assert directory.dossier(BAKERY).manager is None


def test_an_admin_reaches_everything(directory):
    fill(directory, moments(*TWO_DOSSIERS))
    assert directory.reach(DORA, OfficeProfile.ADMIN) is None
    cards, count = directory.office_dossiers(DORA, OfficeProfile.ADMIN)
    assert ([card.id for card in cards], count) == ([BAKERY, GARAGE], 2)


def test_an_employee_lists_only_what_is_assigned_to_him(directory):
    fill(directory, moments(*TWO_DOSSIERS, assigned(GARAGE, BART), given(BAKERY, BART)))
    cards, count = directory.office_dossiers(BART, OfficeProfile.EMPLOYEE)
    assert ([card.id for card in cards], count) == ([GARAGE], 1)
    assert [card.id for card in directory.portal_dossiers(BART)] == [BAKERY]


@pytest.mark.parametrize(
    ("text", "found"),
    [("claes", ["De Bakkerij Claes"]), ("de bakk", ["De Bakkerij Claes"]), ("0999", ["Garage Maes"]), ("%", None), ("xx", [])],
)
def test_a_dossier_is_found_by_part_of_its_name_or_number(directory, text, found):
    fill(directory, moments((BAKERY, opened("De Bakkerij Claes")), (GARAGE, opened("Garage Maes", "0999052389"))))
    cards, count = directory.office_dossiers(DORA, OfficeProfile.ADMIN, text=text)
    expected = ["De Bakkerij Claes", "Garage Maes"] if found is None else found  # without letters or digits, nothing is asked for
    assert ([card.dossier_name for card in cards], count) == (expected, len(expected))


def test_dossiers_come_page_by_page_in_order_of_name(directory):
    names = ["Zoo", "De Smet", "Élan", "Van den Berg", "aalst"]
    fill(directory, moments(*((uuid4(), opened(name)) for name in names)))
    pages = [directory.office_dossiers(DORA, OfficeProfile.ADMIN, limit=2, offset=offset) for offset in (0, 2, 4)]
    assert [card.dossier_name for cards, _ in pages for card in cards] == ["aalst", "Van den Berg", "Élan", "De Smet", "Zoo"]
    assert {count for _, count in pages} == {5}
