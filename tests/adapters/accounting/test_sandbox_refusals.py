import hashlib
from datetime import date
from decimal import Decimal
from typing import Any

import msgspec
import pytest
from msgspec.structs import asdict, replace
from some_bookings import DOSSIER, PURCHASE, SALE, SUPPLIER, line, purchase, purchase_of

from adapters.accounting.sandbox.bookings import fingerprint
from adapters.accounting.sandbox.ledger import SandboxLedger
from application.accounting_package import Booking, BookingParty, ForeignAmounts
from application.ports import PackageRefused

WRONG: list[tuple[str, Booking, str]] = [
    (
        "the lines do not add up",
        purchase(total=Decimal("121.01")),
        "De lijnen tellen op tot 121,00 maar het totaal is 121,01: de boeking is niet in evenwicht.",
    ),
    ("no lines", purchase(lines=(), total=Decimal(0)), "Een boeking heeft minstens één lijn."),
    ("a closed period", purchase(period="2025-12"), "Periode 2025-12 is afgesloten."),
    ("an unknown period", purchase(period="2031-01"), "Periode 2031-01 bestaat niet in de boekhouding."),
    ("an unknown account", purchase_of(line("614999", "AD21", "100", "21")), "Rekening 614999 bestaat niet in het rekeningstelsel."),
    (
        "an account moved automatically",
        purchase_of(line("440000", "AD21", "100", "21")),
        "Rekening 440000 wordt automatisch geboekt en mag niet op een lijn staan.",
    ),
    ("an unknown journal", purchase(journal="XX"), "Dagboek XX bestaat niet in de boekhouding."),
    ("a journal of another kind", purchase(journal="CFVER"), "Dagboek CFVER neemt geen aankopen op."),
    ("an invoice in a journal of credit notes", purchase(journal="CFCNAK"), "Dagboek CFCNAK neemt alleen creditnota's op."),
    ("an unknown VAT code", purchase_of(line("614000", "21", "100", "21")), "Btw-code 21 bestaat niet."),
    ("a VAT code of another kind", purchase_of(line("614000", "V21", "100", "21")), "Btw-code V21 dient niet voor een aankoop."),
    (
        "VAT that is not the rate",
        purchase_of(line("614000", "AD21", "1000", "209.94")),
        "De btw van code AD21 is 209,94, maar 21 % van 1.000,00 is 210,00.",
    ),
    (
        "VAT where the buyer owes it",
        purchase_of(line("614000", "AD21MC", "100", "21")),
        "Bij btw-code AD21MC staat er geen btw op de factuur, maar de boeking heeft 21,00 btw.",
    ),
    (
        "VAT at zero per cent",
        purchase_of(line("614000", "AD0", "100", "0.01")),
        "Bij btw-code AD0 staat er geen btw op de factuur, maar de boeking heeft 0,01 btw.",
    ),
    ("another currency", purchase(currency="USD"), "Munt USD wordt niet ondersteund: deze boekhouding wordt in EUR gevoerd."),
    ("a negative total", purchase_of(line("614000", "AD21", "-100", "-21")), "Totaal -121,00 is negatief: boek een creditnota."),
    ("a third decimal", purchase_of(line("614000", "AD0", "100.005")), "Bedrag 100.005 heeft meer dan twee decimalen."),
    ("no number at all", purchase(total=Decimal("NaN")), "Bedrag NaN kan niet geboekt worden."),
    ("another kind", purchase(kind="expense"), "Soort expense is geen aankoop of verkoop."),
    ("no number in the journal", purchase(number=""), "Een boeking heeft een nummer in haar dagboek."),
]


@pytest.mark.parametrize(("booking", "sentence"), [row[1:] for row in WRONG], ids=[row[0] for row in WRONG])
def test_a_wrong_booking_is_refused_with_a_sentence_and_leaves_nothing_behind(
    ledger: SandboxLedger, booking: Booking, sentence: str
) -> None:
    with pytest.raises(PackageRefused) as refusal:
        ledger.push(DOSSIER, booking, None)
    assert str(refusal.value) == sentence
    assert ledger.trial_balance(DOSSIER, "2025-01", "2031-12") == ()
    assert ledger.synchronise(DOSSIER).parties == ()


def test_a_dossier_without_books_is_refused_by_every_call(ledger: SandboxLedger) -> None:
    for call in (
        lambda: ledger.push("0403019261", PURCHASE, None),
        lambda: ledger.find("0403019261", "b-1"),
        lambda: ledger.delete("0403019261", "b-1"),
        lambda: ledger.synchronise("0403019261"),
    ):
        with pytest.raises(PackageRefused, match=r"^Dossier 0403019261 bestaat niet in de boekhouding\.$"):
            call()


def test_a_number_is_given_once_in_a_journal_and_book_year(ledger: SandboxLedger) -> None:
    ledger.push(DOSSIER, purchase(1), None)
    with pytest.raises(PackageRefused, match=r"^Nummer 25000001 is al gebruikt in dagboek CFAAN van boekjaar 2025\.$"):
        ledger.push(DOSSIER, purchase(2, number="25000001", period="2025-04"), None)


def test_a_number_may_come_back_in_the_next_book_year(ledger: SandboxLedger) -> None:
    ledger.open_dossier(DOSSIER, "Bakkerij Peeters", 2025, ["2026-01"])
    ledger.push(DOSSIER, purchase(1), None)
    assert ledger.push(DOSSIER, purchase(2, number="25000001", period="2026-01"), None).package_id


def test_an_invoice_of_a_supplier_is_booked_once(ledger: SandboxLedger) -> None:
    ledger.push(DOSSIER, purchase(1), None)
    with pytest.raises(PackageRefused, match=r"^Factuur f-2025-1 van Drukkerij Claes is al geboekt als CFAAN 25000001\.$"):
        ledger.push(DOSSIER, purchase(2, invoice_number="f-2025-1"), None)


def test_another_supplier_may_use_the_same_invoice_number(ledger: SandboxLedger) -> None:
    ledger.push(DOSSIER, purchase(1), None)
    other = BookingParty(id="party-2", name="Garage Maes", vat_number="BE0428759497")
    assert ledger.push(DOSSIER, purchase(2, invoice_number="F-2025-1", party=other), None).package_id


def test_receipts_without_a_number_are_not_taken_for_each_other(ledger: SandboxLedger) -> None:
    ledger.push(DOSSIER, purchase(1, invoice_number=""), None)
    assert ledger.push(DOSSIER, purchase(2, invoice_number=""), None).package_id


def test_cents_of_rounding_in_the_printed_vat_are_taken(ledger: SandboxLedger) -> None:
    assert ledger.push(DOSSIER, purchase_of(line("614000", "AD21", "1000", "209.95")), None).package_id


def test_the_same_id_with_other_content_is_refused(ledger: SandboxLedger) -> None:
    ledger.push(DOSSIER, purchase(1), None)
    with pytest.raises(PackageRefused, match=r"^Boeking b-1 is al geboekt met een andere inhoud\.$"):
        ledger.push(DOSSIER, replace(purchase(1), party=replace(SUPPLIER, name="Drukkerij Claes bv")), None)


def test_a_sale_is_not_refused_for_what_a_purchase_did(ledger: SandboxLedger) -> None:
    ledger.push(DOSSIER, purchase(1), None)
    assert ledger.push(DOSSIER, replace(SALE, number="25000001", invoice_number="F-2025-1"), None).package_id


DOLLARS = ForeignAmounts(
    currency="USD",
    total=Decimal("131.19"),
    lines=((Decimal("108.42"), Decimal("22.77")),),
    per_euro=Decimal("1.0842"),
    rate_day=date(2025, 3, 4),
)


def test_what_was_converted_right_is_booked(ledger: SandboxLedger) -> None:
    ledger.push(DOSSIER, purchase(foreign=DOLLARS), None)
    booked = ledger.find(DOSSIER, "b-1")
    assert booked is not None
    assert (booked.currency, booked.total, booked.foreign) == ("EUR", Decimal("121.00"), DOLLARS)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"currency": "EUR"}, "horen niet bij deze boeking"),
        ({"lines": ()}, "horen niet bij deze boeking"),
        ({"per_euro": Decimal(0)}, "horen niet bij deze boeking"),
        ({"total": Decimal("131.20")}, "tellen niet op"),
        ({"per_euro": Decimal("1.0942")}, "is niet 121,00 euro"),
        ({"per_euro": Decimal(1)}, "is niet 121,00 euro"),
        ({"lines": ((Decimal("109.42"), Decimal("21.77")),)}, "verkeerd omgerekend"),
    ],
)
def test_what_was_converted_wrong_is_refused(ledger: SandboxLedger, changes: dict[str, Any], reason: str) -> None:
    with pytest.raises(PackageRefused, match=reason):
        ledger.push(DOSSIER, purchase(foreign=replace(DOLLARS, **changes)), None)


def test_the_same_amounts_in_another_currency_are_another_booking() -> None:
    assert fingerprint(purchase(foreign=DOLLARS)) != fingerprint(purchase())
    assert fingerprint(purchase(foreign=DOLLARS)) != fingerprint(purchase(foreign=replace(DOLLARS, currency="CAD")))


def test_a_plain_booking_is_known_again_by_the_digest_it_had_before_there_were_currencies_discounts_and_dimensions() -> None:
    plain = {name: value for name, value in asdict(purchase()).items() if name not in ("foreign", "discount")}
    plain["lines"] = [{name: value for name, value in asdict(one).items() if name != "dimensions"} for one in purchase().lines]
    assert fingerprint(purchase()) == hashlib.sha256(msgspec.json.encode(plain)).hexdigest()


def test_another_discount_or_dimension_is_another_booking() -> None:
    on_shop = purchase(lines=(replace(PURCHASE.lines[0], dimensions={"VEST": "LEUVEN"}),))
    assert len({fingerprint(one) for one in (purchase(), purchase(discount=Decimal(2)), on_shop)}) == 3


def test_a_discount_is_less_than_all(ledger: SandboxLedger) -> None:
    with pytest.raises(PackageRefused, match="geen percentage"):
        ledger.push(DOSSIER, purchase(discount=Decimal(100)), None)


def test_vat_on_the_whole_price_is_refused_when_there_is_a_discount(ledger: SandboxLedger) -> None:
    with pytest.raises(PackageRefused, match=r"21 % van 98,00 is 20,58"):
        ledger.push(DOSSIER, purchase(discount=Decimal(2)), None)
