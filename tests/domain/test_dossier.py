from uuid import UUID

from domain.access import (
    ClientAccessWithdrawn,
    ClientProfileGiven,
    DossierAccess,
    EmployeeAssigned,
    EmployeeUnassigned,
)
from domain.claim import Claim, ClaimReleased, ClaimTaken
from domain.counterparty import Counterparty, CounterpartyCreated, CounterpartyRenamed, DefaultsLearnt, IbanConfirmed
from domain.dossier import (
    BookYearOpened,
    Dossier,
    DossierOpened,
    JournalSet,
    JournalSettings,
    Kind,
    PeriodClosed,
    PeriodReopened,
    Validation,
    ValidationChosen,
    VatCodeSwitched,
)
from domain.office import Office, OfficeOpened, OfficeRenamed
from domain.profiles import ClientProfile, OfficeProfile
from domain.synchronisation import DossierSynchronised, Synchronisation, SynchronisationRequested
from domain.user import (
    LanguageChosen,
    OfficeProfileGiven,
    User,
    UserDeactivated,
    UserReactivated,
    UserRegistered,
    register,
)
from scenario import scenario

OPENED = DossierOpened(
    dossier_name="Bakkerij Claes BV", enterprise_number="0999041206", vat_number="BE0999041206", package="sandbox", package_code="C"
)
CFAAN = JournalSettings(code="CFAAN", kind=Kind.PURCHASE, number_format="yy000###")
CFCNAK = JournalSettings(code="CFCNAK", kind=Kind.PURCHASE, number_format="yy000###", credit_notes_only=True)
ID, ANNA, JAN, BART = UUID(int=9), UUID(int=1), UUID(int=2), UUID(int=3)
ANNA_ADMINISTRATES = ClientProfileGiven(dossier=ID, user=ANNA, profile=ClientProfile.ADMINISTRATOR)
MOLENS = CounterpartyCreated(dossier=ID, kind=Kind.PURCHASE, party_name="Molens NV", vat_number="BE0998110303", ibans=("BE06731004418222",))
REGISTERED = UserRegistered(first_name="Anna", last_name="Claes", email="anna@example.be")


def dossier(*events):
    return scenario(Dossier).given(OPENED, *events)


def test_a_journal_is_set_and_a_format_that_cannot_be_read_is_refused():
    dossier().when(Dossier.set_journal, CFAAN).then(JournalSet(journal=CFAAN))
    dossier(JournalSet(journal=CFAAN)).when(Dossier.set_journal, CFAAN).then_nothing()
    wrong = JournalSettings(code="X", kind=Kind.PURCHASE, number_format="yy")
    dossier().when(Dossier.set_journal, wrong).then_refused("volgnummer")


def test_credit_notes_go_to_the_ordinary_journal_unless_there_is_one_for_them():
    ordinary = dossier(JournalSet(journal=CFAAN))
    assert ordinary.state.journal_for(Kind.PURCHASE, credit_note=True) == CFAAN
    assert ordinary.given(JournalSet(journal=CFCNAK)).state.journal_for(Kind.PURCHASE, credit_note=True) == CFCNAK
    assert ordinary.given(JournalSet(journal=CFCNAK)).state.journal_for(Kind.PURCHASE, credit_note=False) == CFAAN
    assert ordinary.state.journal_for(Kind.SALES, credit_note=False) is None


def test_a_book_year_opens_twelve_periods_and_keeps_what_was_closed():
    opened = dossier().when(Dossier.open_book_year, "2026-01").then(BookYearOpened(first_period="2026-01")).after
    assert opened.state.open_periods == [f"2026-{month:02d}" for month in range(1, 13)]
    dossier().when(Dossier.open_book_year, "2026-07").then_refused("januari")
    closed = opened.given(PeriodClosed(period="2026-01"))
    assert closed.given(BookYearOpened(first_period="2026-01")).state.open_periods[0] == "2026-02"


def test_a_period_is_closed_and_reopened():
    year = dossier(BookYearOpened(first_period="2026-01"))
    year.when(Dossier.close_period, "2026-03").then(PeriodClosed(period="2026-03"))
    year.when(Dossier.close_period, "2027-03").then_refused("2027-03")
    year.given(PeriodClosed(period="2026-03")).when(Dossier.reopen_period, "2026-03").then(PeriodReopened(period="2026-03"))
    year.when(Dossier.reopen_period, "2026-03").then_nothing()


def test_validation_and_vat_codes_are_settings():
    dossier().when(Dossier.choose_validation, Validation.HYBRID).then(ValidationChosen(by=Validation.HYBRID))
    dossier().when(Dossier.choose_validation, Validation.OFFICE).then_nothing()
    dossier().when(Dossier.switch_vat_code, "AH21", on=False).then(VatCodeSwitched(code="AH21", on=False))
    dossier(VatCodeSwitched(code="AH21", on=False)).when(Dossier.switch_vat_code, "AH21", on=True).then(
        VatCodeSwitched(code="AH21", on=True)
    )


def test_a_synchronisation_that_began_earlier_than_the_last_is_no_news():
    def reading(upto):
        return DossierSynchronised(dossier=ID, upto=upto)

    story = scenario(Synchronisation).given(SynchronisationRequested(dossier=ID))
    story.when(Synchronisation.request).then(SynchronisationRequested(dossier=ID))
    story.when(Synchronisation.complete, reading(10)).then(reading(10))
    story.given(reading(10)).when(Synchronisation.complete, reading(9)).then_nothing()


def access(*events):
    return scenario(DossierAccess).given(ANNA_ADMINISTRATES, *events)


def test_profiles_are_given_changed_and_withdrawn():
    jan = ClientProfileGiven(dossier=ID, user=JAN, profile=ClientProfile.DELIVERY)
    access().when(DossierAccess.give_profile, JAN, ClientProfile.DELIVERY).then(jan)
    access(jan).when(DossierAccess.give_profile, JAN, ClientProfile.DELIVERY).then_nothing()
    access(jan).when(DossierAccess.withdraw, JAN).then(ClientAccessWithdrawn(dossier=ID, user=JAN))


def test_the_last_administrator_stays_one():
    access().when(DossierAccess.give_profile, ANNA, ClientProfile.DELIVERY).then_refused("minstens één beheerder")
    access().when(DossierAccess.withdraw, ANNA).then_refused("minstens één beheerder")


def test_employees_are_assigned_and_unassigned():
    access().when(DossierAccess.assign, BART, manager=True).then(EmployeeAssigned(dossier=ID, user=BART, manager=True))
    bart = access(EmployeeAssigned(dossier=ID, user=BART, manager=True))
    bart.when(DossierAccess.assign, BART, manager=True).then_nothing()
    bart.when(DossierAccess.unassign, BART).then(EmployeeUnassigned(dossier=ID, user=BART))


def test_a_counterparty_learns_how_it_is_booked():
    scenario(Counterparty).given(MOLENS).when(Counterparty.learn, "600000", "AH6", ANNA).then(
        DefaultsLearnt(account="600000", vat_code="AH6", proposal=ANNA)
    )
    learnt = scenario(Counterparty).given(MOLENS, DefaultsLearnt(account="600000", vat_code="AH6", proposal=ANNA))
    learnt.when(Counterparty.learn, "600000", "AH6", JAN).then_nothing()


def test_a_counterparty_is_renamed_and_gets_to_know_accounts():
    molens = scenario(Counterparty).given(MOLENS)
    molens.when(Counterparty.rename, " Molens BV ").then(CounterpartyRenamed(party_name="Molens BV"))
    molens.when(Counterparty.rename, " ").then_refused("naam")
    molens.when(Counterparty.confirm_iban, "BE06731004418222").then_nothing()
    molens.when(Counterparty.confirm_iban, "BE68539007547034").then(IbanConfirmed(iban="BE68539007547034"))


def test_a_person_registers_with_a_tidy_name_and_address():
    scenario(User).when_new(register, " Anna ", "Claes", "Anna@Example.be").then(REGISTERED)
    scenario(User).when_new(register, "Anna", "", "anna@example.be").then_refused("naam")
    scenario(User).when_new(register, "Anna", "Claes", "anna").then_refused("e-mailadres")
    scenario(User).when_new(register, "Anna", "Claes", "anna@example.be", "it").then_refused("Kies")


def test_a_persons_profile_language_and_access_change():
    anna = scenario(User).given(REGISTERED)
    anna.when(User.give_office_profile, OfficeProfile.SUPPORT).then(OfficeProfileGiven(profile=OfficeProfile.SUPPORT))
    anna.when(User.choose_language, "fr").then(LanguageChosen(language="fr"))
    anna.when(User.choose_language, "it").then_refused("Kies")
    anna.when(User.deactivate).then(UserDeactivated())
    anna.given(UserDeactivated()).when(User.reactivate).then(UserReactivated())


def test_the_office_has_a_name():
    office = scenario(Office).given(OfficeOpened(office_name="Lindeman"))
    office.when(Office.rename, " Lindeman  & Co ").then(OfficeRenamed(office_name="Lindeman & Co"))
    office.when(Office.rename, " ").then_refused("naam")


def test_a_claim_conflicts_until_it_is_released():
    taken = scenario(Claim).given(ClaimTaken(owner=ANNA))
    taken.when(Claim.take, JAN).then_refused("bestaat al")
    taken.when(Claim.take, ANNA).then_nothing()
    taken.when(Claim.release, JAN).then_nothing()
    taken.when(Claim.release, ANNA).then(ClaimReleased())
    taken.given(ClaimReleased()).when(Claim.take, JAN).then(ClaimTaken(owner=JAN))
