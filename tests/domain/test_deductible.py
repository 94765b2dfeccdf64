"""Settings of enrichment in dossier and office, and where proposals say that values come from."""

from decimal import Decimal
from uuid import UUID

import msgspec
import pytest

from application.explanations import SENTENCES, is_suggestion, sentence_of
from domain.booking_proposal import ProposalDrafted, Why
from domain.dossier import DeductibleSet, Dossier, DossierOpened, FallbackChosen, ImportLicenceSwitched, Kind, PaymentDaysSet
from domain.office import Office, OfficeDeductibleSet, OfficeOpened, TemplatesSet
from scenario import scenario

OPENED = DossierOpened(
    dossier_name="Bakkerij", enterprise_number="0999041206", vat_number="BE0999041206", package="sandbox", package_code="1"
)
PARTY = UUID(int=3)
HALF = DeductibleSet(account="6123", percent=Decimal(50))


def dossier(*events):
    return scenario(Dossier).given(OPENED, *events)


def office(*events):
    return scenario(Office).given(OfficeOpened(office_name="Lindeman"), *events)


def test_a_fallback_is_chosen_by_side_of_trade_and_taken_away():
    chosen = FallbackChosen(kind=Kind.PURCHASE, counterparty=PARTY)
    dossier().when(Dossier.choose_fallback, Kind.PURCHASE, PARTY).then(chosen)
    dossier(chosen).when(Dossier.choose_fallback, Kind.PURCHASE, PARTY).then_nothing()
    dossier(chosen).when(Dossier.choose_fallback, Kind.PURCHASE, None).then(FallbackChosen(kind=Kind.PURCHASE, counterparty=None))
    assert dossier(chosen).state.fallbacks == {Kind.PURCHASE: PARTY}


def test_a_term_is_between_no_day_and_a_year():
    dossier().when(Dossier.set_payment_days, 30).then(PaymentDaysSet(days=30))
    dossier().when(Dossier.set_payment_days, None).then_nothing()
    dossier().when(Dossier.set_payment_days, 366).then_refused("hoogstens 365")
    dossier().when(Dossier.set_payment_days, -1).then_refused("hoogstens 365")


def test_the_import_licence_is_on_or_off():
    dossier().when(Dossier.switch_import_licence, on=True).then(ImportLicenceSwitched(on=True))
    dossier().when(Dossier.switch_import_licence, on=False).then_nothing()


def test_a_deductible_part_is_a_percentage_of_accounts():
    dossier().when(Dossier.set_deductible, "6123", Decimal(50)).then(HALF)
    dossier(HALF).when(Dossier.set_deductible, "6123", Decimal(50)).then_nothing()
    dossier(HALF).when(Dossier.set_deductible, "6123", None).then(DeductibleSet(account="6123"))
    dossier().when(Dossier.set_deductible, "", Decimal(50)).then_refused("geen rekening")
    dossier().when(Dossier.set_deductible, "auto", Decimal(50)).then_refused("geen rekening")
    dossier().when(Dossier.set_deductible, "6123", Decimal(101)).then_refused("van 0 tot 100")


def test_the_law_is_where_the_office_begins():
    assert office().state.deductible == {"6143": 0, "6144": 0}
    office().when(Office.set_deductible, "6143", None).then(OfficeDeductibleSet(account="6143"))
    assert office(OfficeDeductibleSet(account="6143")).state.deductible == {"6144": 0}


def test_a_template_needs_at_least_one_invoice():
    office().when(Office.set_templates, 2).then(TemplatesSet(from_count=2))
    office().when(Office.set_templates, 3).then_nothing()
    office().when(Office.set_templates, 0).then_refused("tussen 1 en 20")


@pytest.mark.parametrize("stored", ["vorige factuur van deze tegenpartij", {"code": "account.chart", "values": {"word": "bloem"}}])
def test_explanations_of_before_there_were_codes_are_still_read_and_shown(stored):
    data = {
        "dossier": str(PARTY),
        "document": str(PARTY),
        "kind": "purchase",
        "source": "AIR",
        "journal": "CFAAN",
        "why": {"account": stored},
    }
    why = msgspec.convert(data, ProposalDrafted, strict=False).why["account"]
    sentence, values = sentence_of(why)
    assert sentence.format(**values) in ("vorige factuur van deze tegenpartij", "Rekening uit het kantoorschema: “bloem”")


def test_a_code_of_a_later_version_is_shown_as_it_is():
    sentence, values = sentence_of(Why(code="account.future"))
    assert sentence.format(**values) == "account.future"


def test_what_the_office_does_is_a_suggestion():
    assert [code for code in SENTENCES if is_suggestion(Why(code=code))] == ["account.office"]
    assert not is_suggestion(None)
