from __future__ import annotations

import msgspec
import pytest
from word_pages import page_of

from application.recognition.reader import read_pages
from application.recognition.reading import FIELD_NAMES, Kind, Reading

OWN = "BE0428759497"
SUPPLIER = "BE0403019261"

DUTCH = """
    Drukkerij De Pers BV                                   FACTUUR
    Stationsstraat 12
    9000 Gent                                  Factuurnummer:  2026/00417
    BTW BE 0403.019.261                        Factuurdatum:   05/03/2026
                                               Vervaldatum:    04/04/2026
    Klant                                      Klantnummer:    100234
    Bakkerij Claes BV                          Ordernummer:    88123
    Tiensestraat 118                           Leverdatum:     01/03/2026
    3000 Leuven
    BTW BE 0428.759.497

    Omschrijving            Aantal     Prijs      Bedrag
    Folders A5              1.000      0,8500     850,00
    Affiches A2             200        1,7500     350,00

                            Totaal excl. btw      1.200,00
                            Btw 21 %                252,00
                            Te betalen          € 1.452,00

    IBAN BE68 5390 0754 7034
    Gestructureerde mededeling: +++026/0041/70074+++
"""


def read(text: str, own: str | None = None) -> Reading:
    return read_pages((page_of(text),), own)


def values(text: str, own: str | None = None) -> dict[str, str]:
    return {name: field.value for name, field in read(text, own).fields.items()}


def test_a_dutch_invoice_is_read_whole():
    assert values(DUTCH.replace("+++026/0041/70074+++", "+++090/9337/55493+++"), OWN) == {
        "issuer_name": "Drukkerij De Pers BV",
        "issuer_vat": SUPPLIER,
        "invoice_number": "2026/00417",
        "issue_date": "2026-03-05",
        "due_date": "2026-04-04",
        "currency": "EUR",
        "total_incl": "1452.00",
        "total_excl": "1200.00",
        "vat": "252.00",
        "iban": "BE68539007547034",
        "payment_reference": "090933755493",
        "type_code": "380",
        "buyer_name": "Bakkerij Claes BV",
        "buyer_vat": OWN,
    }


def test_every_value_says_where_it_stands_and_how_it_was_found():
    reading = read(DUTCH, OWN)

    assert reading.kind is Kind.TEXT_PDF
    assert set(reading.fields) <= set(FIELD_NAMES)
    for name, field in reading.fields.items():
        assert field.page == 1, name
        assert field.box is not None, name
        assert field.box.right > field.box.left, name
        assert 0 < field.confidence < 1, name
        assert field.source, name


def test_the_box_is_around_the_value_and_not_around_its_label():
    box = read("Factuurnummer: F-17   BTW BE0403019261").fields["invoice_number"].box

    assert box is not None
    assert box.left == 40 + 15 * 5.5


def test_a_reading_survives_the_way_out_of_the_worker():
    reading = read(DUTCH, OWN)

    assert msgspec.msgpack.decode(msgspec.msgpack.encode(reading), type=Reading) == reading


FRENCH = """
    FACTURE N° FV-2026-118                        Imprimerie du Parc SRL
                                                  Rue de la Loi 5
    Date de facturation : 12 février 2026         1000 Bruxelles
    Date d'échéance : 14 mars 2026                TVA BE 0403.019.261
    N° client : 4711                              RPM Bruxelles

    Facturé à :
    Boulangerie Claes SRL
    Rue Haute 1
    1000 Bruxelles
    N° TVA client : BE 0428.759.497

    Désignation             Montant
    Cartes de visite         400,00

    Base        Taux     TVA
    400,00      21 %     84,00

    Total HTVA               400,00 €
    TVA                       84,00 €
    Total TVAC               484,00 €
    Acompte reçu             100,00 €
    Solde à payer            384,00 €

    Compte : BE68 5390 0754 7034
    Communication structurée : +++090/9337/55493+++
"""


def test_a_french_invoice_with_a_down_payment_keeps_its_own_total():
    read_ = values(FRENCH, OWN)

    assert read_["invoice_number"] == "FV-2026-118"
    assert read_["issue_date"] == "2026-02-12"
    assert read_["due_date"] == "2026-03-14"
    assert (read_["total_excl"], read_["vat"], read_["total_incl"]) == ("400.00", "84.00", "484.00")
    assert (read_["issuer_vat"], read_["buyer_vat"]) == (SUPPLIER, OWN)
    assert read_["issuer_name"] == "Imprimerie du Parc SRL"
    assert read_["iban"] == "BE68539007547034"


def test_a_bilingual_form_is_read_by_either_label():
    read_ = values("""
        Factuur / Facture
        Factuurnummer / N° de facture :  26-0031
        Factuurdatum / Date de facture :  31.01.2026
        Vervaldag / Échéance :  28.02.2026
        Bestelbon / Bon de commande :  9913
        Btw-nr. / N° TVA :  BE0403.019.261

        Totaal excl. btw / Total hors TVA      100,00
        Btw / TVA 6 %                            6,00
        Te betalen / À payer                   106,00 EUR
        """)

    assert read_["invoice_number"] == "26-0031"
    assert (read_["issue_date"], read_["due_date"]) == ("2026-01-31", "2026-02-28")
    assert (read_["total_excl"], read_["vat"], read_["total_incl"]) == ("100.00", "6.00", "106.00")


def test_labels_over_their_values_are_read_downwards():
    read_ = values("""
        Rechnung
        Rechnungsnummer    Rechnungsdatum    Kundennummer    Fällig am
        RE-2026-77         03.02.2026        100200          05.03.2026

        Nettobetrag        MwSt. 19 %        Gesamtbetrag
        1.000,00 €         190,00 €          1.190,00 €
        """)

    assert read_["invoice_number"] == "RE-2026-77"
    assert (read_["issue_date"], read_["due_date"]) == ("2026-02-03", "2026-03-05")
    assert (read_["total_excl"], read_["vat"], read_["total_incl"]) == ("1000.00", "190.00", "1190.00")


def test_the_numbers_and_dates_of_orders_and_deliveries_are_left_alone():
    read_ = values("""
        Ordernummer: 4500012
        Orderdatum: 01/02/2026
        Klantnummer: 889
        Leverdatum: 03/02/2026
        Lieferschein-Nr: L-77
        Purchase order number: PO-1
        """)

    assert "invoice_number" not in read_
    assert "issue_date" not in read_


def test_several_rates_add_up_and_are_listed():
    reading = read("""
        Factuur 2026-9
        Btw-tarief    Maatstaf      Btw-bedrag
        6 %           100,00          6,00
        21 %          200,00         42,00
        Totaal excl. btw            300,00
        Totaal btw                   48,00
        Totaal incl. btw            348,00
        """)

    assert [(each.rate, each.base, each.vat) for each in reading.vat_rates] == [("6", "100.00", "6.00"), ("21", "200.00", "42.00")]
    assert reading.fields["vat"].value == "48.00"
    assert reading.fields["vat"].confidence > 0.9


def test_one_rate_is_listed_without_a_table():
    rates = read(DUTCH).vat_rates

    assert [(each.rate, each.base, each.vat, each.category) for each in rates] == [("21", "1200.00", "252.00", "S")]


@pytest.mark.parametrize(
    ("sentence", "category"),
    [
        ("Btw verlegd - art. 20 KB nr. 1", "AE"),
        ("Autoliquidation : TVA due par le cocontractant", "AE"),
        ("Reverse charge", "AE"),
        ("Steuerschuldnerschaft des Leistungsempfängers", "AE"),
        ("Intracommunautaire levering", "K"),
        ("Vrijgesteld van btw", "E"),
    ],
)
def test_without_vat_the_base_is_the_total(sentence: str, category: str):
    reading = read(f"""
        Factuur 2026-10
        Totaal excl. btw        2.500,00
        Btw 0 %                     0,00
        Te betalen            € 2.500,00
        {sentence}
        """)

    assert [reading.fields[name].value for name in ("total_excl", "vat", "total_incl")] == ["2500.00", "0.00", "2500.00"]
    assert [(each.rate, each.base, each.vat, each.category) for each in reading.vat_rates] == [("0", "2500.00", "0.00", category)]


@pytest.mark.parametrize("minus", ["", "-"])
def test_a_credit_note_is_positive_whatever_its_sign(minus: str):
    read_ = values(f"""
        CREDITNOTA CN-26/3
        Datum: 10/03/2026
        Btw-nr: BE 0403.019.261
        Totaal excl. btw        {minus}100,00
        Btw 21 %                 {minus}21,00
        Totaal                  {minus}121,00 EUR
        """)

    assert read_["type_code"] == "381"
    assert (read_["total_excl"], read_["vat"], read_["total_incl"]) == ("100.00", "21.00", "121.00")
    assert read_["invoice_number"] == "CN-26/3"


def test_a_negative_invoice_is_a_credit_note():
    fields = read("FACTUUR 2026-4\nTotaal excl. btw  -100,00\nBtw 21 %  -21,00\nTotaal incl. btw  -121,00").fields

    assert (fields["type_code"].value, fields["type_code"].confidence < 0.9) == ("381", True)
    assert fields["total_incl"].value == "121.00"


def test_a_self_billed_invoice_says_so():
    assert values("Selfbilling - factuur uitgereikt door afnemer\nFactuurnummer SB-1")["type_code"] == "389"


def test_a_total_alone_is_given_without_base_and_vat():
    reading = read("Factuur 2026-12\nTotaal te betalen   75,00 EUR")

    assert reading.fields["total_incl"].value == "75.00"
    assert reading.fields["total_incl"].confidence < 0.9
    assert "vat" not in reading.fields
    assert "total_excl" not in reading.fields


def test_amounts_that_do_not_add_up_prove_nothing():
    reading = read("Totaal excl. btw  100,00\nBtw 21 %  25,00\nTotaal incl. btw  121,00")

    assert "vat" not in reading.fields
    assert reading.fields["total_incl"].confidence < 0.9


def test_a_page_that_is_no_invoice_gives_next_to_nothing():
    read_ = values("Algemene voorwaarden\nArtikel 1 Toepassing\nElke bestelling houdt de aanvaarding in van deze voorwaarden.")

    assert not {"invoice_number", "issue_date", "total_incl", "vat", "issuer_vat", "iban"} & set(read_)


def test_an_empty_document_gives_no_fields():
    assert read_pages(()).fields == {}
    assert read_pages((page_of("x"),)).fields == {}


def test_the_descriptions_of_the_lines_are_listed():
    assert read(DUTCH).line_texts == ("Folders A5", "Affiches A2")


def test_the_account_money_is_taken_from_is_not_the_suppliers():
    assert "iban" not in values("Factuur 2026-1\nDit bedrag wordt gedomicilieerd van uw rekening BE68 5390 0754 7034")
    assert "iban" not in values("Creditnota 2026-1\nCe montant sera remboursé sur votre compte BE68 5390 0754 7034")


def test_without_a_sign_the_currency_is_that_of_the_issuers_country():
    currency = read("Factuur 2026-1\nBTW BE 0403.019.261\nTotaal 12,00").fields["currency"]

    assert (currency.value, currency.source, currency.confidence < 0.7) == ("EUR", "assumed", True)


def test_a_page_of_a_hundred_thousand_words_is_not_read_to_its_end():
    crowd = page_of("\n".join("Totaal btw factuur nr 12,00 € " * 4 for _ in range(3000)))

    assert read_pages((crowd,)).kind is Kind.TEXT_PDF


def test_a_credit_note_is_not_given_the_number_and_date_of_the_invoice_it_corrects():
    read_ = values("""
        Gutschrift Nr. G-2026-14
        Datum: 04.05.2026
        zu Rechnung Nr. R-2026-100 vom 02.04.2026
        Gesamtbetrag   119,00 EUR
        """)

    assert (read_["invoice_number"], read_["issue_date"], read_["type_code"]) == ("G-2026-14", "2026-05-04", "381")


def test_a_date_without_a_label_is_a_guess_and_never_the_due_date():
    fields = read("Loodgieter Peeters\n22 juni 2026\nVervaldatum   22/07/2026").fields

    assert fields["issue_date"].value == "2026-06-22"
    assert fields["issue_date"].confidence < 0.5
    assert "issue_date" not in values("Vervaldatum   22/07/2026")


def test_nothing_is_due_before_it_is_issued():
    assert read("Factuurdatum 05/03/2026\nVervaldatum 05/02/2026").fields["due_date"].confidence < 0.5


def test_the_sum_of_the_lines_is_not_taken_for_the_total_with_vat():
    read_ = values("""
        Omschrijving       Excl.       BTW       Incl.
        Stoel             100,00     21,00     121,00
        Tafel             200,00     42,00     242,00
                          300,00     63,00     363,00
        Te betalen: 363,00
        """)

    assert (read_["total_excl"], read_["vat"], read_["total_incl"]) == ("300.00", "63.00", "363.00")


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("FACTUUR      Datum         Werkorder\nV26-20417    11/11/2026    WO-88120", "V26-20417"),
        ("CREDIT MEMO\nCM-2026-0044\nDate: Aug 17, 2026", "CM-2026-0044"),
        ("Invoice #\n24/1/06314\n\nDate\n18/07/2024", "24/1/06314"),
        ("Facture n° FB-118 842 077\nDate: 01/10/2026", "FB-118 842 077"),
        ("Volgnummer L26-0881 · 25 mei 2026", "L26-0881"),
        ("N° de quittance: 26-08817734", "26-08817734"),
        ("INVOICE\nBakkerij Claes BV\n3000 Leuven", None),
    ],
)
def test_the_number_is_found_where_invoices_put_it(text: str, number: str | None):
    assert values(f"{text}\n\nTotal 121,00 EUR").get("invoice_number") == number


@pytest.mark.parametrize(
    ("line", "day"),
    [("Mons, 6 février 2026 – échéance 8 mars 2026", "2026-02-06"), ("Eupen, den      8. Dezember 2025", "2025-12-08")],
)
def test_a_letter_is_dated_after_its_place(line: str, day: str):
    assert values(f"ETABLISSEMENTS\n\n{line}\n\nFacture 2026/12\nTotal 121,00 EUR")["issue_date"] == day


def test_a_date_that_unknown_words_announce_is_not_the_date_of_issue():
    text = "FACTUUR 12345\nKohier uitvoerbaar verklaard op      2 juli 2026\nGrondslag vastgesteld op      3 juni 2026\n\nTotaal 121,00 EUR"

    assert "issue_date" not in values(text)


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Betalingsherinnering\n\nFactuurnummer 2026-44718", None),
        ("Offerte nr. O-26-118\nDit is geen factuur.", None),
        ("Zahlungserinnerung\nRechnung 2026/12", None),
        ("FACTUUR 2026-12\nOfferte O-26-118", "380"),
        ("Factuur 2026-12\nOfferte: O-26-118", "380"),
        ("Creditnota CN-12", "381"),
    ],
)
def test_what_is_no_invoice_is_not_called_one(title: str, kind: str | None):
    assert values(f"{title}\n\n\nTotaal 121,00 EUR").get("type_code") == kind


def test_terms_stand_below_their_label_in_a_table_too():
    text = """
        Factuurnr      Factuurdatum      Betalingsconditie      Uw BTW-nr
        20261188       14-03-2026        14 dagen netto         BE0428759497
    """

    assert values(text)["due_date"] == "2026-03-28"


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Datum         Nummer       Klantcode\n05/05/2026    CN2600031    BAKCLA", "CN2600031"),
        ("Facture n° / Factuurnr      7 118 842 077", "7 118 842 077"),
        ("Factuur nr: 2026 - 012", "2026 - 012"),
    ],
)
def test_a_number_is_read_whole(text: str, number: str):
    assert values(f"{text}\n\nTotal 121,00 EUR").get("invoice_number") == number


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Factuur (self-billing) 2026-12", "389"),
        ("Factuur 2026-12\n\nOpgemaakt in naam en voor rekening van de leverancier", "380"),
        ("Factuur 2026-12" + "\n" * 42 + "In naam en voor rekening van de leverancier", "389"),
        ("Facture 2026-12" + "\n" * 42 + "Facture établie par l'acquéreur", "389"),
        ("Factuur 2026-12\n\nWij bieden ook self-billing aan", "380"),
        ("CREDIT ADVICE CA-12", "381"),
        ("Gutschriftsanzeige 2026/12", "381"),
    ],
)
def test_what_the_law_has_written_on_a_self_billed_invoice_stands_anywhere(text: str, kind: str):
    assert values(f"{text}\n\nTotaal 121,00 EUR")["type_code"] == kind


def test_a_day_to_pay_may_follow_the_bare_verb():
    assert values("Factuur 26.004\nHeverlee, 14.09.2026 — vervalt 14.10.2026\n\nTotaal 121,00 EUR")["due_date"] == "2026-10-14"
