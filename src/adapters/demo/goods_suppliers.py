"""Suppliers of goods: what a bakery, a restaurant or a workshop buys. All invented."""

from __future__ import annotations

from adapters.demo.invoice import INTRA_COMMUNITY, DemoParty
from adapters.demo.parties import belgian
from adapters.demo.trade import Paper, Seller, items

RAW_MATERIALS = "600000"
PACKAGING = "606000"
SMALL_TOOLS = "612700"

GOODS_SUPPLIERS = (
    Seller(
        id="molens",
        party=belgian("Molens De Graankorrel NV", "Vaartkom 31, 3000 Leuven", 9981103, "7310044182", "degraankorrel, +32 16 55 01 31"),
        account=RAW_MATERIALS,
        items=items("""
            Tarwebloem T55 · 25 kg          | 21.40 | 10-40 | 6
            Volkorenmeel biologisch · 25 kg | 28.90 | 4-20  | 6
            Roggemeel T130 · 25 kg          | 24.75 | 2-12  | 6
            Speltbloem · 10 kg              | 19.35 | 2-10  | 6
            Verse gist · 1 kg               | 4.45  | 10-40 | 6  | KGM
            Transport zone 2                | 96.20 | 1-1   | 21
            Huur europallets                | 5.75  | 2-10  | 21
        """),
        paper=Paper(number="{year}/{sequence:04d}", layout="bar", accent="#7a4a12", negative_credit_notes=True),
        lines=(4, 7),
        gives_credit=True,
    ),
    Seller(
        id="zuivel",
        party=belgian("Zuivel Hageland CV", "Diestsesteenweg 204, 3390 Tielt-Winge", 9983145, "7343127704", "zuivelhageland"),
        account=RAW_MATERIALS,
        items=items("""
            Roomboter 82 % · 10 kg     | 78.50 | 2-8  | 6
            Volle melk · bidon 20 l    | 19.80 | 4-16 | 6
            Slagroom 40 % · 5 l        | 23.15 | 2-10 | 6
            Platte kaas · 5 kg         | 14.60 | 1-6  | 6
            Scharreleieren · 180 stuks | 34.20 | 2-9  | 6
        """),
        paper=Paper(number="F{yy}-{sequence:05d}", layout="boxes", accent="#20639b", style=1),
        lines=(2, 5),
        gives_credit=True,
    ),
    Seller(
        id="delicorp",
        party=belgian(
            "Groothandel Delicorp NV",
            "Industrielaan 88, 9320 Erembodegem",
            9984290,
            "2900977103",
            "delicorp, +32 53 55 12 00",
        ),
        account=RAW_MATERIALS,
        items=items("""
            Couverture puur 57,7 % · 10 kg    | 96.40 | 1-4  | 6
            Couverture melk 33,6 % · 10 kg    | 98.90 | 1-4  | 6
            Amandelpoeder blank · 5 kg        | 52.30 | 1-4  | 6
            Hazelnootpasta · 5 kg             | 61.75 | 1-3  | 6
            Kristalsuiker · 25 kg             | 26.10 | 2-10 | 6
            Bloemsuiker · 10 kg               | 15.95 | 1-8  | 6
            Glucosestroop 43 DE · 15 kg       | 29.40 | 1-3  | 6
            Abrikozenconfituur bakvast · 6 kg | 22.85 | 1-5  | 6
            Frambozenpuree · 1 kg             | 9.70  | 2-12 | 6
            Rozijnen sultana · 12,5 kg        | 38.60 | 1-4  | 6
            Vanillestokken Bourbon · 100 g    | 41.50 | 1-2  | 6
            Zonnebloemolie · 10 l             | 24.95 | 1-6  | 6
            Kaneel gemalen · 1 kg             | 13.20 | 1-3  | 6
            Fondant wit · 7 kg                | 27.30 | 1-3  | 6
            Gedroogde cranberry · 10 kg       | 74.10 | 1-2  | 6
            Pistachenoten gepeld · 1 kg       | 33.90 | 1-4  | 6
            Marsepein 50/50 · 6 kg            | 49.80 | 1-4  | 6
            Wegwerphandschoenen · 100 stuks   | 7.45  | 2-10 | 21
            Spuitzakken 53 cm · 100 stuks     | 18.60 | 1-6  | 21
            Ontvetter keuken · 5 l            | 16.35 | 1-4  | 21
        """),
        paper=Paper(number="DC{yy}{sequence:06d}", layout="sidebar", accent="#9b2226"),
        lines=(12, 40),
        gives_credit=True,
    ),
    Seller(
        id="verpakkingen",
        party=belgian("Verpakkingen Noorderkempen NV", "Steenweg op Turnhout 91, 2360 Oud-Turnhout", 9985377, "0682217745", "vnk"),
        account=PACKAGING,
        items=items("""
            Broodzakken kraft bedrukt · 1.000 stuks | 38.40 | 2-8  | 21
            Taartdozen 28 × 28 cm · 100 stuks       | 31.20 | 2-6  | 21
            Draagtassen papier · 250 stuks          | 27.65 | 2-8  | 21
            Inpakpapier · rol 50 cm                 | 44.90 | 1-3  | 21
            Gebaksbakjes karton · 500 stuks         | 22.15 | 2-6  | 21
        """),
        paper=Paper(number="VN-{yy}{sequence:04d}", layout="plain", accent="#2d6a4f", style=1, structured_communication=False),
        lines=(2, 5),
        gives_credit=True,
    ),
    Seller(
        id="papeterie",
        party=belgian("Papeterie Wavrienne SRL", "Chaussée de Namur 47, 1300 Wavre", 9986034, "0012894417", "papeteriewavrienne"),
        account="612400",
        items=items("""
            Papier A4 80 g · boîte de 5 rames   | 24.90 | 1-8  | 21
            Cartouche laser noire               | 68.40 | 1-3  | 21
            Classeurs à levier · lot de 10      | 19.75 | 1-4  | 21
            Rouleaux thermiques 80 mm · 50 p.   | 32.60 | 1-4  | 21
            Stylos à bille bleus · boîte de 50  | 12.35 | 1-2  | 21
        """),
        paper=Paper(number="FA{yy}-{sequence:05d}", layout="boxes", accent="#6d597a", language="fr", negative_credit_notes=True),
        gives_credit=True,
    ),
    Seller(
        id="tankstation",
        party=belgian("Tankstation Heverlee BV", "Naamsesteenweg 377, 3001 Heverlee", 9987456, "3100428875", "tsheverlee"),
        account="612300",
        items=items("""
            Diesel B7             | 1.4132 | 28-64 | 21 | LTR
            Benzine 95 E10        | 1.3967 | 22-48 | 21 | LTR
            AdBlue aan de pomp    | 0.7851 | 8-20  | 21 | LTR
            Carwash programma 3   | 10.74  | 1-1   | 21
        """),
        paper=Paper(number="{sequence:07d}", layout="terminal", accent="#333333", structured_communication=False, term_days=None),
        lines=(1, 2),
    ),
    Seller(
        id="koffie",
        party=DemoParty(
            name="Van Buren Koffiebranderij B.V.",
            street="Havenkade 14",
            postcode="4811 XA",
            city="Breda",
            country="NL",
            vat_number="NL999000123B01",
            iban="NL58DMBK0417310220",
            email="facturen@vanburenkoffie.example",
            phone="+31 76 555 01 44",
        ),
        account=RAW_MATERIALS,
        items=items(
            """
            Espressobonen huismelange · 6 kg | 82.50 | 1-6 | 0
            Filterkoffie snelmaling · 5 kg   | 58.75 | 1-4 | 0
            Cafeïnevrij · 3 kg               | 47.20 | 1-2 | 0
            """,
            category=INTRA_COMMUNITY,
        ),
        paper=Paper(number="{year}{sequence:05d}", layout="plain", accent="#4a2c2a", structured_communication=False, term_days=14),
        lines=(1, 3),
    ),
    Seller(
        id="backofen",
        party=DemoParty(
            name="Rheintal Backofenbau GmbH",
            street="Gewerbestraße 22",
            postcode="53557",
            city="Bad Hönningen",
            country="DE",
            vat_number="DE999004106",
            iban="DE07999000410417310220",
            email="rechnung@rheintal-backofen.example",
            phone="+49 2635 555 310",
        ),
        account="611100",
        items=items(
            """
            Dichtungssatz Etagenofen     | 84.60  | 1-3 | 0
            Brennerdüse Typ 4            | 61.90  | 1-2 | 0
            Steuerplatine Gärschrank     | 412.00 | 1-1 | 0
            Edelstahlrost 60 × 80 cm     | 39.50  | 2-8 | 0
            """,
            category=INTRA_COMMUNITY,
        ),
        paper=Paper(number="RE-{year}-{sequence:05d}", layout="letter", accent="#1b4965", language="de", structured_communication=False),
        lines=(1, 3),
    ),
    Seller(
        id="bouwhandel",
        party=belgian("Bouwmaterialen Demervallei BV", "Mechelsesteenweg 512, 3200 Aarschot", 9988671, "1430099216", "demervallei"),
        account=RAW_MATERIALS,
        items=items("""
            Snelbouwsteen 29 × 14 × 14 cm · pallet | 218.00 | 1-6   | 21
            Cement CEM II 42,5 · 25 kg             | 6.85   | 10-60 | 21
            Gipsplaat 260 × 60 cm                  | 7.90   | 10-50 | 21
            OSB-plaat 18 mm                        | 27.40  | 4-24  | 21
            Isolatieplaat PIR 10 cm                | 24.60  | 6-40  | 21
            Schroeven 5 × 60 mm · 500 stuks        | 23.95  | 1-6   | 21
            Levering met kraanwagen                | 75.00  | 1-1   | 21
        """),
        paper=Paper(number="{yy}{month:02d}{sequence:05d}", layout="bar", accent="#bc6c25", style=1, negative_credit_notes=True),
        lines=(2, 6),
        gives_credit=True,
    ),
)
