"""The demo office Lindeman Accountants: a dozen clients (dossiers), what they buy and from whom, what they sell and to whom."""

from __future__ import annotations

import msgspec

from adapters.demo.goods_suppliers import GOODS_SUPPLIERS
from adapters.demo.invoice import EXEMPT, REVERSE_CHARGE, DemoParty
from adapters.demo.parties import belgian
from adapters.demo.service_suppliers import SERVICE_SUPPLIERS
from adapters.demo.trade import Paper, Seller, items

OFFICE = belgian("Lindeman Accountants BV", "Lindelaan 12, 3001 Heverlee", 9990018, "7340559013", "lindeman, +32 16 55 90 10")
SUPPLIERS = {seller.id: seller for seller in (*GOODS_SUPPLIERS, *SERVICE_SUPPLIERS)}

_EVERYBODY_PAYS = ("energie", "telecom", "verzekering", "software", "papeterie")


class DemoDossier(msgspec.Struct, frozen=True, kw_only=True):
    """A client of the office. `sells` is the client as a sender of sales invoices, `supplier_ids` whom it buys from."""

    id: str
    sells: Seller
    supplier_ids: tuple[str, ...]
    customers: tuple[DemoParty, ...]

    @property
    def party(self) -> DemoParty:
        """The client itself."""
        return self.sells.party

    @property
    def suppliers(self) -> tuple[Seller, ...]:
        """Whom the client buys from."""
        return tuple(SUPPLIERS[supplier_id] for supplier_id in self.supplier_ids)


_CUSTOMERS = (
    belgian("Hotel Klein Begijnhof BV", "Schapenstraat 40, 3000 Leuven", 9991014),
    belgian("Woonzorgcentrum Ter Linde VZW", "Bergstraat 55, 3010 Kessel-Lo", 9991127),
    belgian("Basisschool De Vlinder VZW", "Schoolstraat 3, 3052 Blanden", 9991233),
    belgian("Feestzaal De Kouter BV", "Kouterweg 21, 3040 Huldenberg", 9991348),
    belgian("Dranken Schepers NV", "Nijverheidslaan 6, 3200 Aarschot", 9991459),
    belgian("Projectbouw Hageland NV", "Statiestraat 102, 3300 Tienen", 9991560),
    belgian("Syndicus Noordster BV", "Tiensevest 34, 3000 Leuven", 9991672),
    belgian("Traiteur Saint-Hubert SRL", "Avenue Louise 305, 1050 Ixelles", 9991783),
    belgian("Kantoor Van Gils & Co BV", "Naamsestraat 90, 3000 Leuven", 9991894),
    belgian("Sportcentrum De Dijle VZW", "Sportlaan 1, 3050 Oud-Heverlee", 9991905),
)


def _dossier(
    id_: str, party: DemoParty, account: str, price_list: str, number: str, layout: str, accent: str, suppliers: str, category: str = ""
) -> DemoDossier:
    """One row of the table below; every client also pays energy, telecom, insurance, software and paper."""
    paper = Paper(number=number, layout=layout, accent=accent, negative_credit_notes=layout == "bar")
    priced = items(price_list, category=category) if category else items(price_list)
    first = sum(id_.encode()) % len(_CUSTOMERS)
    return DemoDossier(
        id=id_,
        sells=Seller(id=id_, party=party, account=account, items=priced, paper=paper, lines=(1, 3), gives_credit=True),
        supplier_ids=(*suppliers.split(), *_EVERYBODY_PAYS),
        customers=tuple(_CUSTOMERS[(first + step) % len(_CUSTOMERS)] for step in range(4)),
    )


DOSSIERS = (
    _dossier(
        "claes",
        belgian("Bakkerij Claes BV", "Tiensestraat 118, 3000 Leuven", 9990412, "3630778120", "bakkerijclaes"),
        "701000",
        """
        Brood en broodjes, levering week | 3.10 | 40-160 | 6
        Gebak voor vergadering | 2.85 | 20-90 | 6
        Huur broodkarren | 12.00 | 1-4 | 21
        """,
        "{year}{sequence:04d}",
        "bar",
        "#8d5524",
        "molens zuivel delicorp verpakkingen koeltechniek drukkerij garage verhuurder socialsecretariat backofen koffie tankstation",
    ),
    _dossier(
        "vermeulen",
        belgian("Elektro Vermeulen BV", "Leuvensesteenweg 44, 3070 Kortenberg", 9990523, "7340623318", "elektrovermeulen"),
        "702000",
        """
        Elektrische installatie, forfait | 1450.00 | 1-2 | 21
        Werkuren | 54.00 | 4-30 | 21 | HUR
        Herstelling woning ouder dan 10 jaar | 320.00 | 1-2 | 6
        """,
        "V{yy}-{sequence:04d}",
        "boxes",
        "#d62828",
        "bouwhandel garage tankstation socialsecretariat drukkerij",
    ),
    _dossier(
        "jacobs",
        belgian("Aannemingen Jacobs BV", "Provinciebaan 71, 3110 Rotselaar", 9990631, "0017782205", "aannemingenjacobs"),
        "702000",
        """
        Ruwbouwwerken, vorderingsstaat | 8650.00 | 1-1 | 0
        Grondwerken | 2240.00 | 1-1 | 0
        """,
        "{year}/{sequence:03d}",
        "bar",
        "#6c584c",
        "bouwhandel garage tankstation socialsecretariat advocaat elektricien",
        REVERSE_CHARGE,
    ),
    _dossier(
        "kinderkamer",
        belgian("De Kinderkamer VZW", "Parkstraat 63, 3012 Wilsele", 9990748, "2900381147", "kinderkamer"),
        "705000",
        """
        Opvangdagen bedrijfsplaatsen | 31.50 | 10-44 | 0
        """,
        "KK{yy}{sequence:04d}",
        "letter",
        "#bc4749",
        "zuivel schoonmaak socialsecretariat verhuurder koeltechniek",
        EXEMPT,
    ),
    _dossier(
        "janssens",
        belgian("Janssens Logistiek NV", "Ambachtsweg 5, 3060 Bertem", 9990852, "3101447083", "janssenslogistiek"),
        "705000",
        """
        Transport palletvracht België | 86.00 | 4-40 | 21
        Opslag per palletplaats | 7.20 | 20-90 | 21
        Brandstoftoeslag | 48.00 | 1-1 | 21
        """,
        "{year}{sequence:05d}",
        "sidebar",
        "#1d3557",
        "garage tankstation socialsecretariat verpakkingen schoonmaak advocaat",
    ),
    _dossier(
        "eik",
        belgian("Meubelmakerij Eik BV", "Houtmarkt 9, 3200 Aarschot", 9990960, "7350778213", "meubelmakerijeik"),
        "701000",
        """
        Maatkast eik, plaatsing inbegrepen | 2380.00 | 1-2 | 21
        Tafelblad massief | 690.00 | 1-3 | 21
        Herstelling | 58.00 | 2-9 | 21 | HUR
        """,
        "E-{year}-{sequence:03d}",
        "plain",
        "#7f5539",
        "bouwhandel garage verpakkingen elektricien drukkerij",
    ),
    _dossier(
        "optiek",
        belgian("Optiek Stevens BV", "Diestsestraat 151, 3000 Leuven", 9990167, "0634420918", "optiekstevens"),
        "700000",
        """
        Veiligheidsbrillen op sterkte | 118.00 | 2-12 | 21
        Oogmeting personeel | 35.00 | 2-20 | 21
        """,
        "{yy}{sequence:05d}",
        "boxes",
        "#264653",
        "verhuurder schoonmaak drukkerij verpakkingen socialsecretariat",
    ),
    _dossier(
        "linde",
        belgian("Apotheek De Linde BV", "Lindelaan 3, 3001 Heverlee", 9990271, "2900556610", "apotheekdelinde"),
        "700000",
        """
        Verbandkoffers en aanvulling | 64.50 | 1-10 | 21
        Geneesmiddelen instelling | 412.00 | 1-2 | 6
        """,
        "A{year}-{sequence:04d}",
        "band",
        "#2b9348",
        "verhuurder schoonmaak verpakkingen koeltechniek socialsecretariat",
    ),
    _dossier(
        "stadhuis",
        belgian("Brasserie Het Oud Stadhuis BV", "Grote Markt 4, 3000 Leuven", 9990386, "7340917756", "oudstadhuis"),
        "701000",
        """
        Diner groep, maaltijden | 38.00 | 8-40 | 12
        Dranken groep | 14.50 | 8-60 | 21
        Zaalhuur met dienst | 250.00 | 1-1 | 21
        """,
        "{year}-{sequence:04d}",
        "letter",
        "#780000",
        "zuivel delicorp koffie koeltechniek verhuurder schoonmaak socialsecretariat",
    ),
    _dossier(
        "fietsatelier",
        belgian("Fietsatelier Kessel BV", "Jan Davidtsstraat 7, 3010 Kessel-Lo", 9990493, "0015563328", "fietsatelier"),
        "700000",
        """
        Bedrijfsfiets lease-klaar | 890.00 | 1-4 | 21
        Onderhoud fietsvloot | 45.00 | 3-25 | 21
        """,
        "FK{yy}-{sequence:04d}",
        "plain",
        "#0081a7",
        "verhuurder drukkerij verpakkingen garage tankstation",
    ),
    _dossier(
        "verhaegen",
        belgian("Tuinen Verhaegen BV", "Waversebaan 300, 3050 Oud-Heverlee", 9990507, "3100993541", "tuinenverhaegen"),
        "702000",
        """
        Tuinonderhoud, werkuren | 42.00 | 6-40 | 21 | HUR
        Aanplanting | 360.00 | 1-2 | 6
        Afvoer groenafval | 65.00 | 1-4 | 21
        """,
        "{year}/{sequence:04d}",
        "terminal",
        "#333333",
        "bouwhandel garage tankstation socialsecretariat",
    ),
    _dossier(
        "vaartkom",
        belgian("Immo Vaartkom BV", "Vaartkom 11, 3000 Leuven", 9990614, "7350260394", "immovaartkom"),
        "744000",
        """
        Beheer mede-eigendom, kwartaal | 1180.00 | 1-2 | 21
        Plaatsbezoek | 75.00 | 1-5 | 21
        """,
        "IV{year}{sequence:03d}",
        "sidebar",
        "#3a5a40",
        "advocaat elektricien schoonmaak garage drukkerij",
    ),
)
