"""Suppliers of services: energy, telecom, insurance, advice and the rest every small company pays for. All invented."""

from __future__ import annotations

from adapters.demo.invoice import EXEMPT, REVERSE_CHARGE, DemoParty
from adapters.demo.parties import belgian
from adapters.demo.trade import Paper, Seller, items

SERVICE_SUPPLIERS = (
    Seller(
        id="energie",
        party=belgian(
            "Brabant Energie NV",
            "Koning Albert I-laan 12, 3012 Wilsele",
            9981765,
            "3101804402",
            "brabantenergie, +32 2 555 40 00",
        ),
        account="612000",
        items=items("""
            Energiekost elektriciteit dagtarief   | 0.1438 | 900-4200 | 21 | KWH
            Energiekost elektriciteit nachttarief | 0.1172 | 600-3100 | 21 | KWH
            Netkosten distributie                 | 0.0917 | 900-4200 | 21 | KWH
            Capaciteitstarief                     | 4.3120 | 9-28     | 21 | KWT
            Vaste vergoeding                      | 9.5833 | 1-1      | 21 | MON
            Bijdrage Energiefonds                 | 8.40   | 1-1      | 0
        """),
        paper=Paper(number="{year}-{sequence:06d}", layout="band", accent="#e07a00", direct_debit=False, term_days=28),
        lines=(6, 6),
        monthly=True,
    ),
    Seller(
        id="telecom",
        party=belgian("TelePlus Belgium NV", "Luchthavenlaan 9, 1930 Zaventem", 9982044, "2100900125", "teleplus, 0800 55 500"),
        account="612500",
        items=items("""
            Abonnement internet zakelijk 1 Gbps | 59.00 | 1-1 | 21 | MON
            Vaste lijn en centrale              | 14.50 | 1-2 | 21 | MON
            Mobiel abonnement 20 GB             | 16.53 | 1-5 | 21 | MON
            Verbruik buiten bundel              | 3.24  | 1-3 | 21
        """),
        paper=Paper(number="{customer}-{year}-{month:02d}", layout="sidebar", accent="#5a189a", style=1, direct_debit=True, term_days=16),
        lines=(3, 4),
        monthly=True,
    ),
    Seller(
        id="garage",
        party=belgian(
            "Garage Dijleland BV",
            "Brusselsesteenweg 160, 3020 Herent",
            9983391,
            "0013388210",
            "garagedijleland, +32 16 55 20 60",
        ),
        account="611300",
        items=items("""
            Onderhoud bestelwagen groot       | 285.00 | 1-1 | 21
            Werkuren mecanicien               | 68.50  | 1-6 | 21 | HUR
            Oliefilter en motorolie 5W30      | 92.40  | 1-1 | 21
            Remblokken vooraan                | 118.70 | 1-1 | 21
            Winterbanden 205/65 R16           | 109.00 | 2-4 | 21
            Technische keuring aanbieden      | 45.00  | 1-1 | 21
        """),
        paper=Paper(number="{yy}/{sequence:04d}", layout="boxes", accent="#14213d", structured_communication=False),
        lines=(2, 5),
    ),
    Seller(
        id="verzekering",
        party=belgian("Meander Verzekeringen NV", "Meir 210, 2000 Antwerpen", 9984412, "0630155892", "meander"),
        account="613500",
        items=items(
            """
            Polis burgerlijke aansprakelijkheid uitbating | 412.80 | 1-1 | 0
            Polis brand handelspand                       | 638.25 | 1-1 | 0
            Polis gewaarborgd inkomen                     | 287.40 | 1-1 | 0
            """,
            category=EXEMPT,
        ),
        paper=Paper(number="P{year}{month:02d}{sequence:05d}", layout="letter", accent="#003049", style=1),
        lines=(1, 2),
    ),
    Seller(
        id="advocaat",
        party=belgian("Advocaten Verlinden & Partners BV", "Bondgenotenlaan 77, 3000 Leuven", 9985519, "7350124476", "verlindenlaw"),
        account="613100",
        items=items("""
            Erelonen dossier handelshuur                  | 165.00 | 2-12 | 21 | HUR
            Erelonen dossier incasso                      | 145.00 | 1-6  | 21 | HUR
            Kantoorkosten en briefwisseling               | 62.00  | 1-1  | 21
        """),
        paper=Paper(number="EN/{year}/{sequence:03d}", layout="letter", accent="#3d2b1f"),
        lines=(1, 3),
    ),
    Seller(
        id="software",
        party=DemoParty(
            name="Brightlane Software Ltd",
            street="14 Harbourmaster Row",
            postcode="D01 X2P4",
            city="Dublin",
            country="IE",
            vat_number="IE9990417RH",
            iban="IE92DMBK99001204417310",
            email="billing@brightlane.example",
        ),
        account="611200",
        items=items(
            """
            Business plan, per user and month | 12.50 | 2-14 | 0
            Extra storage 1 TB                | 9.00  | 1-2  | 0
            Priority support                  | 29.00 | 1-1  | 0
            """,
            category=REVERSE_CHARGE,
        ),
        paper=Paper(
            number="BL-{year}-{sequence:06d}", layout="plain", accent="#0077b6", language="en", structured_communication=False, term_days=14
        ),
        lines=(1, 3),
        monthly=True,
    ),
    Seller(
        id="socialsecretariat",
        party=belgian("Sociaal Secretariaat Acorda VZW", "Kunstlaan 44, 1040 Etterbeek", 9986290, "2900046311", "acorda"),
        account="613200",
        items=items("""
            Loonadministratie per werknemer    | 18.90 | 3-14 | 21
            Dossierkost per maand              | 27.50 | 1-1  | 21
            Dimona-aangiften                   | 2.15  | 1-6  | 21
        """),
        paper=Paper(number="{yy}-{month:02d}-{sequence:04d}", layout="band", accent="#00798c", style=1, direct_debit=True, term_days=15),
        lines=(2, 3),
        monthly=True,
    ),
    Seller(
        id="drukkerij",
        party=belgian("Drukkerij Sint-Jacob BV", "Brabançonnestraat 61, 3000 Leuven", 9987018, "7340488125", "sintjacob"),
        account="614000",
        items=items("""
            Folders A5 quadri · 2.500 stuks    | 189.00 | 1-2 | 21
            Affiches A2 · 50 stuks             | 96.50  | 1-2 | 21
            Naamkaartjes · 500 stuks           | 54.00  | 1-3 | 21
            Opmaak en drukproef                | 62.00  | 1-2 | 21
        """),
        paper=Paper(number="{year}/{sequence:03d}", layout="plain", accent="#c1121f", negative_credit_notes=True),
        lines=(1, 3),
        gives_credit=True,
    ),
    Seller(
        id="verhuurder",
        party=belgian("Immo Dijlezicht BV", "Dirk Boutslaan 8, 3000 Leuven", 9987733, "0018813307", "dijlezicht"),
        account="610000",
        items=items("Huur handelspand | 2450.00 | 1-1 | 0 | MON", category=EXEMPT),
        paper=Paper(
            number="{customer}/{year}/{month:02d}", layout="letter", accent="#444444", style=1, structured_communication=False, term_days=5
        ),
        lines=(1, 1),
        monthly=True,
    ),
    Seller(
        id="koeltechniek",
        party=belgian(
            "Koeltechniek Wouters BV",
            "Ambachtenlaan 19, 3294 Molenstede",
            9988102,
            "9791142083",
            "koelwouters, +32 13 55 18 18",
        ),
        account="611100",
        items=items("""
            Jaarlijks onderhoud koelcel          | 145.00 | 1-3 | 21
            Werkuren technicus                   | 72.00  | 2-9 | 21 | HUR
            Koelmiddel R290 bijgevuld            | 48.60  | 1-4 | 21 | KGM
            Compressor 2,2 kW geplaatst          | 865.00 | 1-1 | 21
            Verplaatsing zone 1                  | 35.00  | 1-2 | 21
        """),
        paper=Paper(number="{year}-{sequence:04d}", layout="bar", accent="#0a6c74"),
        lines=(2, 5),
    ),
    Seller(
        id="schoonmaak",
        party=belgian("Nettoyage Sambre SRL", "Rue des Tanneurs 18, 5000 Namur", 9988844, "0012066719", "nettoyagesambre"),
        account="611000",
        items=items("""
            Nettoyage hebdomadaire des locaux    | 26.50 | 8-20 | 21 | HUR
            Lavage des vitres                    | 85.00 | 1-2  | 21
            Produits d'entretien                 | 34.80 | 1-1  | 21
        """),
        paper=Paper(number="{year}{month:02d}-{sequence:03d}", layout="band", accent="#2a9d8f", language="fr"),
        lines=(2, 3),
        monthly=True,
        gives_credit=True,
    ),
    Seller(
        id="elektricien",
        party=belgian("Elektriciteit Bogaerts BV", "Tervuursesteenweg 233, 3060 Bertem", 9989157, "7380061549", "bogaerts"),
        account="611000",
        items=items(
            """
            Vernieuwen zekeringkast handelspand | 740.00 | 1-1 | 0
            Werkuren elektricien                | 56.00  | 3-9 | 0 | HUR
            Ledarmatuur 120 cm geplaatst        | 64.50  | 2-8 | 0
            """,
            category=REVERSE_CHARGE,
        ),
        paper=Paper(number="B{yy}.{sequence:03d}", layout="terminal", accent="#333333", style=1),
        lines=(1, 3),
    ),
)
