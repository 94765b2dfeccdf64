"""The chart of accounts a new company starts with: codes of the Belgian minimum chart (MAR) at six digits, names in plain Dutch."""

from __future__ import annotations

from application.accounting_package import Account

CUSTOMERS = "400000"
SUPPLIERS = "440000"
BANK = "550000"
SUSPENSE = "499000"
VAT_ACCOUNTS = {
    "59": "411059",
    "64": "411064",
    "54": "451054",
    "55": "451055",
    "56": "451056",
    "57": "451057",
    "63": "451063",
}
"""The account behind each VAT grid of the return."""

AUTOMATIC = frozenset({CUSTOMERS, SUPPLIERS, *VAT_ACCOUNTS.values()})
"""Accounts the ledger moves by itself: they may not stand on a line of an invoice."""

_ANNOTATABLE_BALANCE = frozenset({"130000", "416000", "460000", "489000", "490000", "491000", "492000", "493000", SUSPENSE})

_CHART = """
100000 Inbreng in geld
130000 Wettelijke reserve
133000 Beschikbare reserves
140000 Overgedragen winst
141000 Overgedragen verlies
160000 Voorziening voor pensioenen
163000 Voorziening voor grote herstellingen
170000 Achtergestelde leningen op meer dan een jaar
172000 Leasingschulden op meer dan een jaar
173000 Leningen bij de bank op meer dan een jaar
200000 Kosten van oprichting
210000 Onderzoek en ontwikkeling
211000 Licenties en software
211900 Afschrijvingen op licenties en software
212000 Handelsfonds
220000 Terreinen
221000 Gebouwen
221900 Afschrijvingen op gebouwen
222000 Bebouwde terreinen
230000 Installaties
230900 Afschrijvingen op installaties
231000 Machines
231900 Afschrijvingen op machines
232000 Gereedschap
232900 Afschrijvingen op gereedschap
240000 Meubilair
240900 Afschrijvingen op meubilair
241000 Computers en kantoormateriaal
241900 Afschrijvingen op computers en kantoormateriaal
242000 Personenwagens
242900 Afschrijvingen op personenwagens
243000 Bestelwagens en vrachtwagens
243900 Afschrijvingen op bestelwagens en vrachtwagens
250000 Geleasede gebouwen
252000 Geleasede wagens
260000 Inrichting van gehuurde gebouwen
260900 Afschrijvingen op inrichting van gehuurde gebouwen
280000 Deelnemingen
288000 Betaalde waarborgen
300000 Voorraad grondstoffen
310000 Voorraad hulpstoffen
320000 Goederen in bewerking
330000 Gereed product
340000 Voorraad handelsgoederen
360000 Vooruitbetalingen op voorraad
400000 Klanten
404000 Op te maken facturen
406000 Voorschotten aan leveranciers
407000 Dubieuze klanten
411000 Terug te vorderen btw
411059 Aftrekbare btw op aankopen
411064 Btw op uitgereikte creditnota's
412000 Terug te vorderen belastingen
416000 Diverse vorderingen
430000 Kaskrediet
440000 Leveranciers
444000 Te ontvangen facturen
450000 Geraamde belastingen
451000 Te betalen btw
451054 Btw op verkopen
451055 Btw op aankopen binnen de EU
451056 Btw op aankopen met verlegging
451057 Btw op invoer met verlegging
451063 Btw op ontvangen creditnota's
453000 Ingehouden bedrijfsvoorheffing
454000 Rijksdienst voor Sociale Zekerheid
455000 Te betalen lonen
456000 Voorziening vakantiegeld
460000 Voorschotten van klanten
470000 Uit te keren dividenden
489000 Rekening-courant zaakvoerder
490000 Over te dragen kosten
491000 Verkregen opbrengsten
492000 Toe te rekenen kosten
493000 Over te dragen opbrengsten
499000 Wachtrekening
530000 Geplaatste termijndeposito's
550000 Bank zichtrekening
551000 Bank spaarrekening
570000 Kas
580000 Interne overboekingen
600000 Aankoop grondstoffen
601000 Aankoop hulpstoffen
602000 Diensten en studies voor verkoop
603000 Onderaanneming
604000 Aankoop handelsgoederen
606000 Aankoop verpakking
608000 Ontvangen kortingen op aankopen
609000 Voorraadwijziging
610000 Huur gebouwen
610100 Huur machines en materieel
610200 Huur wagens
611000 Onderhoud en herstelling gebouwen
611100 Onderhoud en herstelling machines
611200 Onderhoud software en computers
611300 Onderhoud en herstelling wagens
612000 Elektriciteit
612100 Gas en stookolie
612200 Water
612300 Brandstof wagens
612400 Kantoorbenodigdheden
612500 Telefoon en internet
612600 Postzegels en verzending
612700 Klein materieel
612800 Vakliteratuur en abonnementen
613000 Erelonen boekhouder
613100 Erelonen advocaat en notaris
613200 Erelonen andere adviseurs
613300 Verzekering gebouwen
613400 Verzekering wagens
613500 Verzekering aansprakelijkheid
613600 Bijdragen aan beroepsverenigingen
613700 Vervoer op aankopen
614000 Reclame en publiciteit
614100 Beurzen en evenementen
614200 Relatiegeschenken
614300 Restaurantkosten
614400 Onthaalkosten
615000 Reiskosten en hotel
615100 Parkeren, tol en openbaar vervoer
616000 Opleiding
617000 Uitzendkrachten
618000 Bezoldiging bestuurders
618100 Sociale bijdragen bestuurders
620000 Brutolonen
621000 Werkgeversbijdragen sociale zekerheid
622000 Groepsverzekering
623000 Andere personeelskosten
630000 Afschrijvingen immateriële vaste activa
630200 Afschrijvingen materiële vaste activa
634000 Waardeverminderingen op handelsvorderingen
640000 Onroerende voorheffing
640100 Verkeersbelasting
640200 Andere bedrijfsbelastingen
641000 Minderwaarde op courante verkoop vaste activa
642000 Verlies op handelsvorderingen
643000 Diverse bedrijfskosten
650000 Intresten op leningen
654000 Wisselverschillen
657000 Bankkosten
658000 Betalingsverschillen
664000 Niet-recurrente bedrijfskosten
670000 Vennootschapsbelasting
693000 Over te dragen winst van het boekjaar
700000 Verkoop handelsgoederen
701000 Verkoop eigen productie
702000 Verkoop werken in onroerende staat
705000 Geleverde diensten
708000 Toegestane kortingen op verkopen
712000 Voorraadwijziging goederen in bewerking
740000 Exploitatiesubsidies
741000 Meerwaarde op courante verkoop vaste activa
743000 Doorgerekende kosten
744000 Diverse bedrijfsopbrengsten
751000 Ontvangen intresten
754000 Wisselwinsten
757000 Ontvangen korting contant
764000 Niet-recurrente bedrijfsopbrengsten
793000 Over te dragen verlies van het boekjaar
"""


def _open_for_annotation(code: str) -> bool:
    """Cost, income and fixed-asset accounts, save those moved at year end only, and a few of the balance sheet."""
    if code in _ANNOTATABLE_BALANCE:
        return True
    depreciation = code[0] == "2" and code[3] == "9"
    year_end = code[:2] in {"63", "67", "69", "71", "79"} or code[:3] == "609"
    return code[0] in "267" and not depreciation and not year_end


CHART = tuple(
    Account(code=code, name=name, open_for_annotation=_open_for_annotation(code))
    for code, name in (row.split(" ", 1) for row in _CHART.strip().splitlines())
)
