"""What the companies of the corpus sell: names of sellers and price lists in four languages."""

from __future__ import annotations

from decimal import Decimal

import msgspec

LANGUAGES = ("nl", "fr", "en", "de")


class Article(msgspec.Struct, frozen=True):
    """Something sold: its name by language, usual price, largest quantity, VAT rate in percent."""

    names: dict[str, str]
    price: Decimal
    most: int
    rate: int


class Trade(msgspec.Struct, frozen=True):
    """A branch of business: how its companies are called, by language, and what they sell."""

    sellers: dict[str, str]
    articles: tuple[Article, ...]


def _trade(sellers: str, articles: str) -> Trade:
    return Trade(_four(sellers), tuple(_article(row.strip()) for row in articles.strip().splitlines()))


def _article(row: str) -> Article:
    names, price, most, rate = row.rsplit("|", 3)
    return Article(_four(names), Decimal(price.strip()), int(most), int(rate))


def _four(row: str) -> dict[str, str]:
    return dict(zip(LANGUAGES, (name.strip() for name in row.split("|")), strict=True))


TRADES = {
    "wholesale": _trade(
        "Groothandel {}|Grossiste {}|{} Wholesale|{} Großhandel",
        """
        Handdoekrol 2-laags, 6 st.|Rouleau essuie-mains 2 plis, 6 p.|Paper towel roll, 6 pcs|Handtuchrolle 2-lagig, 6 St.|18.45|24|21
        Allesreiniger 5 l|Nettoyant multi-usages 5 l|All-purpose cleaner 5 l|Allzweckreiniger 5 l|12.90|12|21
        Suiker in zakjes 1000 x 4 g|Sucre en sachets 1000 x 4 g|Sugar sachets 1000 x 4 g|Zuckerportionen 1000 x 4 g|14.35|10|6
        Koffie gemalen 1 kg|Café moulu 1 kg|Ground coffee 1 kg|Kaffee gemahlen 1 kg|11.20|30|6
        Plat water 24 x 50 cl|Eau plate 24 x 50 cl|Still water 24 x 50 cl|Stilles Wasser 24 x 50 cl|7.68|40|6
        Vuilniszakken 120 l, 25 st.|Sacs poubelle 120 l, 25 p.|Bin liners 120 l, 25 pcs|Müllsäcke 120 l, 25 St.|9.15|20|21
        Servetten 33 x 33, 500 st.|Serviettes 33 x 33, 500 p.|Napkins 33 x 33, 500 pcs|Servietten 33 x 33, 500 St.|16.75|8|21
        Frituurolie 10 l|Huile de friture 10 l|Frying oil 10 l|Frittieröl 10 l|27.40|12|6
        Rijst 10 kg|Riz 10 kg|Rice 10 kg|Reis 10 kg|19.95|10|6
        """,
    ),
    "building": _trade(
        "Bouwwerken {}|Entreprise {} Construction|{} Contractors|{} Bau",
        """
        Vorderingsstaat nr. 3 ruwbouw|État d'avancement n° 3 gros œuvre|Progress claim no. 3 shell|Abschlagszahlung Nr. 3 Rohbau|9450.00|1|21
        Plaatsen sanitair badkamer|Placement sanitaire salle de bain|Bathroom plumbing|Installation Sanitär|1875.50|2|6
        Werkuren vakman|Heures ouvrier qualifié|Skilled labour hours|Facharbeiterstunden|52.00|64|21
        Levering en plaatsing ramen|Fourniture et pose de châssis|Supply and fitting of windows|Lieferung und Montage Fenster|3260.00|2|6
        Huur stelling per week|Location échafaudage par semaine|Scaffolding hire per week|Gerüstmiete pro Woche|185.00|4|21
        """,
    ),
    "garage": _trade(
        "Garage {}|Garage {}|{} Motors|Autohaus {}",
        """
        Groot onderhoud|Grand entretien|Major service|Große Inspektion|289.00|1|21
        Motorolie 5W30 per liter|Huile moteur 5W30 au litre|Engine oil 5W30 per litre|Motoröl 5W30 pro Liter|14.80|6|21
        Remblokken voor|Plaquettes de frein avant|Front brake pads|Bremsbeläge vorne|96.40|1|21
        Winterbanden 205/55 R16|Pneus hiver 205/55 R16|Winter tyres 205/55 R16|Winterreifen 205/55 R16|108.90|4|21
        Werkuur mechanieker|Heure mécanicien|Mechanic hour|Arbeitsstunde Mechaniker|68.50|5|21
        """,
    ),
    "legal": _trade(
        "Advocatenkantoor {}|Cabinet d'avocats {}|{} Law Office|Anwaltskanzlei {}",
        """
        Prestaties advocaat, uren|Prestations avocat, heures|Attorney hours|Anwaltsstunden|145.00|18|21
        Dactylografie, bladzijden|Dactylographie, pages|Typing, pages|Schreibarbeiten, Seiten|9.50|40|21
        Verplaatsingskosten, km|Frais de déplacement, km|Travel, km|Fahrtkosten, km|0.65|180|21
        Openen van het dossier|Ouverture de dossier|Opening of file|Anlage der Akte|75.00|1|21
        """,
    ),
    "software": _trade(
        "{} Software|{} Logiciels|{} Cloud|{} Systeme",
        """
        Abonnement Pro, gebruikers|Abonnement Pro, utilisateurs|Pro plan, seats|Pro-Tarif, Nutzer|24.00|30|21
        Extra opslag 100 GB|Stockage 100 Go|Extra storage 100 GB|Zusatzspeicher 100 GB|9.90|10|21
        Ondersteuning Premium|Support Premium|Premium support|Premium-Support|149.00|1|21
        API-oproepen per 10.000|Appels API par 10 000|API calls per 10k|API-Aufrufe pro 10.000|1.75|200|21
        """,
    ),
    "telecom": _trade(
        "{} Telecom|{} Télécom|{} Telecom|{} Telekom",
        """
        Abonnement mobiel Zakelijk 20 GB|Abonnement mobile Pro 20 Go|Business mobile 20 GB|Mobilfunktarif Business 20 GB|21.4876|6|21
        Internet Fiber 500|Internet Fibre 500|Fibre internet 500|Glasfaser 500|45.0413|1|21
        Vaste lijn|Ligne fixe|Fixed line|Festnetzanschluss|18.1818|2|21
        Gesprekken naar buitenland|Communications internationales|International calls|Auslandsgespräche|3.1700|1|21
        """,
    ),
    "energy": _trade(
        "{} Energie|{} Énergie|{} Energy|{} Energie",
        """
        Elektriciteit dagtarief kWh|Électricité tarif jour kWh|Electricity day rate kWh|Strom Tagtarif kWh|0.1432|2900|21
        Elektriciteit nachttarief kWh|Électricité tarif nuit kWh|Electricity night rate kWh|Strom Nachttarif kWh|0.1187|2100|21
        Vaste vergoeding, dagen|Redevance fixe, jours|Standing charge, days|Grundgebühr, Tage|0.1912|92|21
        Distributiekosten kWh|Frais de distribution kWh|Distribution kWh|Verteilungskosten kWh|0.0824|2900|21
        Bijdrage energiefonds, maanden|Cotisation fonds énergie, mois|Energy fund contribution, months|Beitrag Energiefonds, Monate|9.6700|3|0
        """,
    ),
    "fuel": _trade(
        "{} Fuel Services|Carburants {}|{} Fleet Cards|{} Tankkarten",
        """
        Diesel B7, liter|Diesel B7, litres|Diesel B7, litres|Diesel B7, Liter|1.3987|62|21
        Euro 95 E10, liter|Euro 95 E10, litres|Euro 95 E10, litres|Super 95 E10, Liter|1.3562|48|21
        AdBlue, liter|AdBlue, litres|AdBlue, litres|AdBlue, Liter|0.7350|20|21
        Wassen|Lavage|Car wash|Autowäsche|11.53|1|21
        """,
    ),
    "till": _trade(
        "Drankenmarkt {}|Superette {}|{} Food Store|Supermarkt {}",
        """
        Melk halfvol 1 l|Lait demi-écrémé 1 l|Milk 1 l|Milch 1 l|1.19|8|6
        Brood meergranen|Pain multicéréales|Multigrain bread|Mehrkornbrot|2.85|4|6
        Batterijen AA 8 st.|Piles AA 8 p.|AA batteries 8 pcs|Batterien AA 8 St.|7.99|3|21
        Vaatwastabletten|Tablettes lave-vaisselle|Dishwasher tabs|Spülmaschinentabs|9.49|3|21
        Kopieerpapier A4|Papier copie A4|Copy paper A4|Kopierpapier A4|5.45|6|21
        Appelen 1 kg|Pommes 1 kg|Apples 1 kg|Äpfel 1 kg|2.49|5|6
        """,
    ),
    "horeca": _trade(
        "Brasserie {}|Restaurant {}|Bistro {}|Gasthaus {}",
        """
        Dagschotel|Plat du jour|Dish of the day|Tagesgericht|19.50|4|12
        Steak friet|Steak frites|Steak and chips|Steak mit Pommes|27.00|3|12
        Huiswijn glas|Verre de vin maison|House wine glass|Hauswein Glas|5.80|6|21
        Plat water 50 cl|Eau plate 50 cl|Still water 50 cl|Stilles Wasser 50 cl|4.20|4|21
        Koffie|Café|Coffee|Kaffee|3.10|5|21
        Dessert van het huis|Dessert maison|Dessert|Nachtisch|9.50|3|12
        """,
    ),
    "export": _trade(
        "{} Technics|{} Équipement|{} Components|{} Technik",
        """
        Hydraulische cilinder HC-80|Vérin hydraulique HC-80|Hydraulic cylinder HC-80|Hydraulikzylinder HC-80|412.50|6|21
        Dichtingsset|Jeu de joints|Seal kit|Dichtungssatz|38.75|12|21
        Stuurmodule SM4|Module de commande SM4|Control module SM4|Steuermodul SM4|689.00|3|21
        Kabelboom 5 m|Faisceau de câbles 5 m|Cable harness 5 m|Kabelbaum 5 m|54.20|10|21
        """,
    ),
    "consulting": _trade(
        "{} Advies|{} Conseil|{} Consulting|{} Beratung",
        """
        Consultancy, dagen|Consultance, jours|Consultancy, days|Beratung, Tage|680.00|14|21
        Opleiding ter plaatse|Formation sur site|On-site training|Schulung vor Ort|950.00|2|21
        Rapport en analyse|Rapport et analyse|Report and analysis|Bericht und Analyse|1240.00|1|21
        Verplaatsing, km|Déplacement, km|Mileage, km|Fahrtkosten, km|0.43|240|21
        """,
    ),
    "transport": _trade(
        "Transport {}|Transports {}|{} Logistics|Spedition {}",
        """
        Rit Antwerpen - Lille, FTL|Trajet Anvers - Lille, FTL|Antwerp - Lille, FTL|Fahrt Antwerpen - Lille, FTL|540.00|3|21
        Dieseltoeslag|Surcharge gazole|Diesel surcharge|Dieselzuschlag|64.80|1|21
        Wachttijd, uren|Temps d'attente, heures|Waiting time, hours|Wartezeit, Stunden|55.00|3|21
        Tol Viapass, km|Péage Viapass, km|Viapass toll, km|Maut Viapass, km|0.2010|310|21
        """,
    ),
    "insurance": _trade(
        "Verzekeringen {}|Assurances {}|{} Insurance|{} Versicherungen",
        """
        Netto premie brand|Prime nette incendie|Net premium fire|Nettoprämie Feuer|842.16|1|0
        Netto premie BA uitbating|Prime nette RC exploitation|Net premium liability|Nettoprämie Haftpflicht|415.70|1|0
        Taksen en bijdragen|Taxes et cotisations|Taxes and contributions|Steuern und Beiträge|116.35|1|0
        Splitsingskosten|Frais de fractionnement|Instalment fee|Ratenzuschlag|12.40|1|0
        """,
    ),
    "water": _trade(
        "Waterbedrijf {}|Intercommunale des eaux {}|{} Water|Wasserwerk {}",
        """
        Drinkwater basistarief m³|Eau potable tarif de base m³|Drinking water basic m³|Trinkwasser Grundtarif m³|2.3100|90|6
        Afvoer en zuivering m³|Épuration m³|Sewage m³|Abwasser m³|3.0400|90|6
        Vastrecht|Redevance fixe|Fixed charge|Grundgebühr|112.50|1|6
        Plaatsing teller|Placement compteur|Meter installation|Zählereinbau|148.00|1|21
        """,
    ),
    "shop": _trade(
        "{} Kantoorwinkel|{} Bureautique|{} Office Shop|{} Bürowelt",
        """
        Bureaustoel ergonomisch|Chaise de bureau ergonomique|Ergonomic desk chair|Bürostuhl ergonomisch|249.00|4|21
        Monitor 27 inch|Écran 27 pouces|Monitor 27 inch|Monitor 27 Zoll|229.95|3|21
        Vakboek btw 2025|Manuel TVA 2025|VAT handbook 2025|Fachbuch MwSt. 2025|54.50|2|6
        Verzending|Frais d'envoi|Shipping|Versand|6.95|1|21
        """,
    ),
}
