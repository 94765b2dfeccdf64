"""Invoices as Belgian companies lay them out, on a typewriter: what each must and must not be read as."""

from __future__ import annotations

from typing import NamedTuple

import pytest
from word_pages import page_of

from application.recognition.reader import read_pages

OWN = "BE0428759497"


class Sample(NamedTuple):
    """A page, and what is true of it. Own number: that of Bakkerij Claes BV."""

    text: str
    truth: dict[str, str]


SAMPLES = {
    "a telephone bill": Sample(
        """
        Telefoonmaatschappij NV                                   Factuur
        Liersesteenweg 4, 2800 Mechelen
                                                                   Uw klantnummer         1234567890
                                                                   Factuurnummer          2026-0300-1122
        BAKKERIJ CLAES BV                                          Factuurdatum           16 maart 2026
        TIENSESTRAAT 118                                           Te betalen voor        01/04/2026
        3000 LEUVEN

        Samenvatting van uw factuur van 16/03/2026 tot 15/04/2026
        Abonnementen                                               € 82,64
        Verbruik                                                   €  4,13
        Totaal zonder btw                                          € 86,77
        21% btw                                                    € 18,22
        Totaal met btw                                             € 104,99
        Totaal te betalen                                          € 104,99

        Gelieve het bedrag te storten op rekening BE68 5390 0754 7034 met mededeling +++090/9337/55493+++
        Uw btw-nummer: BE 0428.759.497
        Telefoonmaatschappij NV - Liersesteenweg 4 - 2800 Mechelen - BTW BE 0403.019.261 - RPR Mechelen - IBAN BE68 5390 0754 7034
        """,
        {
            "issuer_name": "Telefoonmaatschappij NV",
            "issuer_vat": "BE0403019261",
            "buyer_vat": "BE0428759497",
            "invoice_number": "2026-0300-1122",
            "issue_date": "2026-03-16",
            "due_date": "2026-04-01",
            "total_incl": "104.99",
            "total_excl": "86.77",
            "vat": "18.22",
            "iban": "BE68539007547034",
            "payment_reference": "090933755493",
            "currency": "EUR",
            "type_code": "380",
            "buyer_name": "BAKKERIJ CLAES BV",
        },
    ),
    "a garage in French": Sample(
        """
                                GARAGE DU CENTRE SPRL
                       Chaussée de Louvain 220 - 5000 NAMUR
               Tél. 081/22.33.44 - T.V.A. BE 0403.019.261 - R.P.M. Namur

        FACTURE                                   Boulangerie Claes SRL
        Numéro : 2026/0815                        Rue Haute 1
        Date : 09/04/2026                         1000 BRUXELLES
        Échéance : 09/05/2026                     T.V.A. : BE 0428 759 497

        Description                      Qté     P.U.      Total HTVA
        Entretien annuel                  1     210,00      210,00
        Huile 5W30                        5      12,50       62,50
        Filtre                            1      27,50       27,50

        Total H.T.V.A.                              300,00
        T.V.A. 21,00 %                               63,00
        TOTAL T.V.A.C.                    EUR       363,00

        Payable au compte IBAN BE68 5390 0754 7034 BIC TRIOBEBB
        """,
        {
            "issuer_name": "GARAGE DU CENTRE SPRL",
            "issuer_vat": "BE0403019261",
            "buyer_vat": "BE0428759497",
            "invoice_number": "2026/0815",
            "issue_date": "2026-04-09",
            "due_date": "2026-05-09",
            "total_incl": "363.00",
            "total_excl": "300.00",
            "vat": "63.00",
            "iban": "BE68539007547034",
            "currency": "EUR",
            "type_code": "380",
            "buyer_name": "Boulangerie Claes SRL",
        },
    ),
    "an energy bill with two rates": Sample(
        """
        ENERGIELEVERANCIER
                                                           Referentie: 300123456
                                                           Factuur nr: 720123456789
                                                           Datum: 12/02/2026

                                                           BAKKERIJ CLAES
                                                           TIENSESTRAAT 118
                                                           3000 LEUVEN

        TUSSENTIJDSE FACTUUR ELEKTRICITEIT

        EAN-code: 541448920701234567        Meternummer: 12345678
        Verbruiksadres: Tiensestraat 118, 3000 Leuven

                                      excl. btw          btw          incl. btw
        Elektriciteit 21%             200,00 €           42,00 €      242,00 €
        Aardgas 6%                    100,00 €            6,00 €      106,00 €
        Totaal                        300,00 €           48,00 €      348,00 €

        Te betalen vóór 02/03/2026:                                   348,00 €

        Betalingsgegevens: IBAN BE68 5390 0754 7034   +++090/9337/55493+++
        Energieleverancier NV, Simon Bolivarlaan 36, 1000 Brussel, BTW BE 0403.019.261, RPR Brussel
        """,
        {
            "issuer_vat": "BE0403019261",
            "invoice_number": "720123456789",
            "issue_date": "2026-02-12",
            "due_date": "2026-03-02",
            "total_incl": "348.00",
            "total_excl": "300.00",
            "vat": "48.00",
            "payment_reference": "090933755493",
            "type_code": "380",
        },
    ),
    "a roofer who reverses the charge": Sample(
        """
        VAN DAMME DAKWERKEN BV
        Industrieweg 9
        9032 Wondelgem
        BE 0403.019.261

        Aan: Bakkerij Claes BV
        Tiensestraat 118
        3000 Leuven
        BE 0428.759.497

        FACTUUR 26/045
        Datum 28/02/2026        Vervaldatum 30/03/2026

        Omschrijving                                   Bedrag
        Dakwerken volgens offerte 25/118             12.500,00

        Maatstaf van heffing 12.500,00    BTW verlegd     TOTAAL   12.500,00
        Verlegging van heffing. Bij gebrek aan schriftelijke betwisting...
        Rekeningnr. BE68 5390 0754 7034
        """,
        {
            "issuer_name": "VAN DAMME DAKWERKEN BV",
            "issuer_vat": "BE0403019261",
            "buyer_vat": "BE0428759497",
            "invoice_number": "26/045",
            "issue_date": "2026-02-28",
            "due_date": "2026-03-30",
            "total_incl": "12500.00",
            "total_excl": "12500.00",
            "vat": "0.00",
            "iban": "BE68539007547034",
            "buyer_name": "Bakkerij Claes BV",
        },
    ),
    "software from Ireland": Sample(
        """
        CloudSoft Ireland Ltd                                     Tax Invoice
        1 Grand Canal Square
        Dublin 2, Ireland
        VAT ID: IE6388047V

        Bill to                        Invoice ID        CS-2026-009812
        Bakkerij Claes BV              Date of issue     Apr 3, 2026
        Tiensestraat 118               Date due          Apr 17, 2026
        3000 Leuven
        Belgium
        VAT BE0428759497

        Description                 Qty        Unit price      Amount
        Pro plan (Apr 3 - May 3)     4            €20.00       €80.00

        Subtotal                                               €80.00
        VAT (0%)                                                €0.00
        Total                                                  €80.00
        Amount due                                             €80.00
        VAT reverse charged to the recipient
        """,
        {
            "issuer_name": "CloudSoft Ireland Ltd",
            "issuer_vat": "IE6388047V",
            "buyer_vat": "BE0428759497",
            "invoice_number": "CS-2026-009812",
            "issue_date": "2026-04-03",
            "due_date": "2026-04-17",
            "total_incl": "80.00",
            "total_excl": "80.00",
            "vat": "0.00",
            "buyer_name": "Bakkerij Claes BV",
        },
    ),
    "a bilingual wholesaler": Sample(
        """
        S.A. DISTRIBUTION N.V.                       FACTUUR/FACTURE
        Rue Bara 1 Barastraat
        1070 BRUXELLES - BRUSSEL

        Factuurnr./N° facture     Datum/Date      Vervaldag/Echéance    Klantnr./N° client
        V26/10233                 02.03.2026      01.04.2026            C00991

        Art.     Omschrijving/Description     Aantal/Qté   Prijs/Prix    Bedrag/Montant
        1001     Meel/Farine 25kg             10           18,50         185,00
        1002     Suiker/Sucre 10kg             5            9,00          45,00

        Basis/Base HTVA     BTW%/TVA%     BTW/TVA       Totaal/Total
        230,00              6             13,80         243,80 EUR

        BTW/TVA: BE 0403.019.261    IBAN: BE68 5390 0754 7034
        """,
        {
            "issuer_vat": "BE0403019261",
            "invoice_number": "V26/10233",
            "issue_date": "2026-03-02",
            "due_date": "2026-04-01",
            "total_incl": "243.80",
            "total_excl": "230.00",
            "vat": "13.80",
            "iban": "BE68539007547034",
        },
    ),
    "our own sale": Sample(
        """
        Bakkerij Claes BV
        Tiensestraat 118, 3000 Leuven
        BTW BE 0428.759.497 - IBAN BE68 5390 0754 7034

                                                     Hotel De Pauw NV
                                                     Markt 3
                                                     8000 Brugge
                                                     BE 0403.019.261
        Factuur VF-2026-0012
        Factuurdatum: 15-01-2026
        Betaaltermijn: 30 dagen (14-02-2026)

        Brood en gebak                                           500,00
        Totaal exclusief BTW                                     500,00
        6% BTW                                                    30,00
        Totaal inclusief BTW                                     530,00
        """,
        {
            "issuer_name": "Bakkerij Claes BV",
            "issuer_vat": "BE0428759497",
            "buyer_vat": "BE0403019261",
            "buyer_name": "Hotel De Pauw NV",
            "invoice_number": "VF-2026-0012",
            "issue_date": "2026-01-15",
            "due_date": "2026-02-14",
            "total_incl": "530.00",
            "total_excl": "500.00",
            "vat": "30.00",
        },
    ),
    "a small business without VAT": Sample(
        """
        Els Peeters - Grafisch ontwerp
        Kerkstraat 4, 3010 Kessel-Lo
        Ondernemingsnr 0403.019.261

        Factuur #2026-07                     15 mei 2026
        Voor: Bakkerij Claes BV

        Ontwerp logo                          450 EUR
        Totaal                                450 EUR

        Kleine onderneming onderworpen aan de vrijstellingsregeling van belasting. Btw niet van toepassing.
        Te betalen binnen 14 dagen op BE68 5390 0754 7034
        """,
        {
            "issuer_vat": "BE0403019261",
            "invoice_number": "2026-07",
            "issue_date": "2026-05-15",
            "total_incl": "450.00",
            "total_excl": "450.00",
            "vat": "0.00",
        },
    ),
    "a brewery with deposits": Sample(
        """
        Brouwerij Het Anker NV
        BTW BE0403.019.261
        FACTUUR
        Nummer 4711        Datum 04/02/26

        Bier        24    30,00     720,00
        Leeggoed    24     2,10      50,40

        Basis      Tarief    BTW
        720,00     21        151,20
        50,40      0           0,00
        Totaal excl       770,40
        BTW               151,20
        Totaal            921,60
        """,
        {
            "issuer_name": "Brouwerij Het Anker NV",
            "issuer_vat": "BE0403019261",
            "invoice_number": "4711",
            "issue_date": "2026-02-04",
            "total_incl": "921.60",
            "total_excl": "770.40",
            "vat": "151.20",
        },
    ),
    "a restaurant ticket": Sample(
        """
        BRASSERIE DE MARKT BVBA
        Grote Markt 1 2000 ANTWERPEN
        BTW BE 0403.019.261
        BTW KASTICKET / FACTUUR nr 004512
        14/02/2026 20:45
        2 x Dagschotel        40,00 B
        2 x Wijn              24,00 A
        TOTAAL EUR            64,00
        A 21%   netto 19,83   btw 4,17   24,00
        B 12%   netto 35,71   btw 4,29   40,00
        Bancontact            64,00
        """,
        {
            "issuer_name": "BRASSERIE DE MARKT BVBA",
            "invoice_number": "004512",
            "issue_date": "2026-02-14",
            "total_incl": "64.00",
        },
    ),
    "a final invoice after an advance": Sample(
        """
        Keukens Vlaanderen BV  BE0403.019.261
        Slotfactuur 2026-210   d.d. 18/08/2026
        Keuken volgens bestelbon        10.000,00
        Voorschotfactuur 2026-100       -4.000,00
        Totaal excl. BTW                 6.000,00
        BTW 6%                             360,00
        Totaal incl. BTW                 6.360,00
        Vervaldag 17/09/2026
        """,
        {
            "issuer_name": "Keukens Vlaanderen BV",
            "invoice_number": "2026-210",
            "issue_date": "2026-08-18",
            "due_date": "2026-09-17",
            "total_incl": "6360.00",
            "total_excl": "6000.00",
            "vat": "360.00",
        },
    ),
    "an auction that bills for us": Sample(
        """
        Veiling Haspengouw CV                      AFREKENING - SELFBILLING
        BTW BE 0428.759.497                        Nummer: SB26/001
        Factuur uitgereikt door de afnemer
        Leverancier: Fruitbedrijf Maes
        BTW BE 0403.019.261
        Datum: 30/09/2026
        Netto 5.000,00  BTW 6% 300,00  Totaal 5.300,00 EUR
        """,
        {
            "type_code": "389",
            "issuer_vat": "BE0403019261",
            "buyer_vat": "BE0428759497",
            "issuer_name": "Fruitbedrijf Maes",
            "invoice_number": "SB26/001",
            "total_incl": "5300.00",
            "total_excl": "5000.00",
            "vat": "300.00",
        },
    ),
    "a supplier in the Netherlands": Sample(
        """
        De Groot Verpakkingen B.V.
        Postbus 12, 3000 AA Rotterdam
        KvK 24330087  BTW NL810433941B01  IBAN NL50INGB0683251309
        Aan
        Bakkerij Claes BV
        Factuurnummer   : VF2600871
        Factuurdatum    : 12-05-2026
        Vervaldatum     : 11-06-2026
        Btw-nr afnemer  : BE0428759497
        Totaal excl. btw       812,40
        Btw 0% intracommunautaire levering    0,00
        Totaal te voldoen      812,40
        """,
        {
            "issuer_name": "De Groot Verpakkingen B.V.",
            "issuer_vat": "NL810433941B01",
            "buyer_vat": "BE0428759497",
            "iban": "NL50INGB0683251309",
            "invoice_number": "VF2600871",
            "issue_date": "2026-05-12",
            "due_date": "2026-06-11",
            "total_incl": "812.40",
            "total_excl": "812.40",
            "vat": "0.00",
        },
    ),
    "a lease": Sample(
        """
        LeaseCo Belgium SA/NV
        Factuurnummer: 2600451123            Contract: 778812
        Factuurdatum: 01-07-2026             Uw ref.: 1-ABC-123
        Vervaldatum: 15-07-2026              BTW klant: BE0428759497

        Huur juli 2026                       412,00
        Diensten                              88,00
        Subtotaal                            500,00
        BTW 21,00 %                          105,00
        Totaal te betalen                    605,00 EUR
        OGM: 090/9337/55493
        LeaseCo Belgium SA/NV - Woluwelaan 1 - 1200 Brussel - RPM/RPR Brussel 0403.019.261 - BE68 5390 0754 7034
        """,
        {
            "invoice_number": "2600451123",
            "issue_date": "2026-07-01",
            "due_date": "2026-07-15",
            "total_incl": "605.00",
            "total_excl": "500.00",
            "vat": "105.00",
            "issuer_vat": "BE0403019261",
            "buyer_vat": "BE0428759497",
            "payment_reference": "090933755493",
        },
    ),
    "a social secretariat": Sample(
        """
        Sociaal Secretariaat VZW                 Factuur 4455667
        Aansluitingsnummer 998877                Factuurdatum 28/02/2026
        Ondernemingsnummer klant 0428.759.497    Vervaldatum 14/03/2026
        Loonberekening 4 werknemers  20,00   80,00
        Abonnement                           15,00
        Basis 21%   95,00    BTW 19,95
        Te betalen             114,95 EUR
        Ondernemingsnummer 0403.019.261
        """,
        {
            "invoice_number": "4455667",
            "issue_date": "2026-02-28",
            "due_date": "2026-03-14",
            "total_incl": "114.95",
            "total_excl": "95.00",
            "vat": "19.95",
            "issuer_vat": "BE0403019261",
            "buyer_vat": "BE0428759497",
        },
    ),
    "a lawyer with the total above": Sample(
        """
        Te betalen bedrag: € 363,00     Uiterlijk op: 20/06/2026
        Advocatenkantoor Maes BV        Ereloonnota nr. 2026/55
        BTW BE0403.019.261              20 mei 2026
        Ereloon                  300,00
        21% BTW                   63,00
                                -------
                                 363,00
        """,
        {
            "invoice_number": "2026/55",
            "total_incl": "363.00",
            "total_excl": "300.00",
            "vat": "63.00",
            "issue_date": "2026-05-20",
            "due_date": "2026-06-20",
        },
    ),
}


@pytest.mark.parametrize("name", SAMPLES)
def test_an_invoice_is_read_as_its_reader_would(name: str):
    text, truth = SAMPLES[name]

    fields = read_pages((page_of(text),), OWN).fields

    assert {field: fields[field].value if field in fields else None for field in truth} == truth
