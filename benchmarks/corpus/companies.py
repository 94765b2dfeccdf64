"""Companies that could exist: Belgian names, streets and towns put together by chance; every number has valid check digits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from adapters.demo.invoice import DemoParty
from domain.iban import IBAN_LENGTHS, belgian_iban, iban_check_digits
from domain.vat_number import complete_enterprise_number, parse_vat_number

if TYPE_CHECKING:
    from random import Random

_SURNAMES = {
    "nl": "Peeters, Janssens, Maes, Van den Broeck, Willems, De Smet, Goossens, Wouters, Vandenberghe, De Clercq, Hermans, Aerts, Lemmens, "
    "Van Damme, Verstraete, Michiels, Coppens, Bogaerts, Segers, D'Hondt, Vermeiren, Claeys, Nijs, Cools, Baert",
    "fr": "Dubois, Lambert, Dupont, Leroy, Lejeune, Collard, Hubert, Delvaux, Renard, Gérard, Noël, Masson, Libert, Poncelet, Thiry, "
    "Hénin, Gaspard, Evrard, Rousseau, Delforge, Piron, Crèvecœur, Wathelet, Bodart",
    "de": "Heinen, Schmitz, Müller, Kessler, Pauels, Jousten, Radermacher, Hüweler, Kohnen, Mertens, Brüls, Niessen",
    "en": "Harper, Walsh, Kavanagh, Byrne, Fletcher, Lindqvist, Novak, Marsh",
}
_PLACES = {
    "nl": "9000 Gent, 2000 Antwerpen, 3500 Hasselt, 8000 Brugge, 2800 Mechelen, 8500 Kortrijk, 9300 Aalst, 9100 Sint-Niklaas, 3600 Genk, "
    "2300 Turnhout, 8800 Roeselare, 1800 Vilvoorde, 9700 Oudenaarde, 3960 Bree, 8400 Oostende, 1730 Asse, 2440 Geel, 9900 Eeklo",
    "fr": "4000 Liège, 5000 Namur, 6000 Charleroi, 7000 Mons, 1300 Wavre, 7500 Tournai, 4800 Verviers, 6700 Arlon, 1400 Nivelles, "
    "5300 Andenne, 4500 Huy, 1050 Ixelles, 6600 Bastogne, 7100 La Louvière",
    "de": "4700 Eupen, 4780 Sankt Vith, 4720 Kelmis, 4750 Bütgenbach, 4760 Büllingen, 4730 Raeren",
    "en": "1000 Brussels, 1040 Brussels, 1930 Zaventem, 2030 Antwerp, 1831 Diegem",
}
_STREETS = {
    "nl": "Kerkstraat, Industrielaan, Nieuwstraat, Gentsesteenweg, Stationsstraat, Molenweg, Ambachtenlaan, Koning Albertlaan, Lindestraat, "
    "Havenweg, Bosstraat, Dorpsplein, Meersbloem-Melden",
    "fr": "Rue de l'Église, Chaussée de Bruxelles, Rue des Artisans, Avenue Reine Astrid, Rue du Parc Industriel, Place Communale, "
    "Rue de la Station, Quai de la Boverie, Allée des Tilleuls",
    "de": "Hauptstraße, Aachener Straße, Industriestraße, Klosterstraße, Herbesthaler Straße, Am Bahnhof",
    "en": "Avenue Louise, Rue de la Loi, Leonardo da Vincilaan, Boulevard du Régent, Park Lane",
}
_FORMS = {"nl": "BV BV NV CV", "fr": "SRL SRL SA SC", "de": "GmbH AG PGmbH", "en": "BV NV SA"}
_ABROAD = {
    "NL": (
        "nl",
        "1017 AB Amsterdam, 5611 EM Eindhoven, 6211 CH Maastricht, 3011 WN Rotterdam",
        "Keizersgracht, Stationsweg, Markt",
        "B.V.",
    ),
    "FR": ("fr", "59000 Lille, 75011 Paris, 67000 Strasbourg, 51100 Reims", "Rue Nationale, Boulevard Voltaire, Quai Kléber", "SAS"),
    "DE": ("de", "52062 Aachen, 50667 Köln, 80331 München, 10115 Berlin", "Bahnhofstraße, Lindenallee, Gewerbepark", "GmbH"),
    "IE": ("en", "D02 XY45 Dublin, D04 T2K1 Dublin", "Merrion Square, Grand Canal Street", "Ltd"),
    "LU": ("fr", "1855 Luxembourg, 4010 Esch-sur-Alzette", "Avenue J.F. Kennedy, Rue de l'Alzette", "S.à r.l."),
}
_BANKS = {"NL": "ABNA INGB RABO TRIO".split(), "IE": "AIBK BOFI".split()}  # noqa: SIM905 - codes
_VAT_SHAPES = {"NL": "{0:09d}B{1:02d}", "FR": "{1:02d}{0:09d}", "DE": "{0:09d}", "IE": "{2:07d}{3}", "LU": "{4:08d}"}
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVW"


def belgian_company(random: Random, language: str, name: str = "", *, account: bool = True) -> DemoParty:
    """A Belgian company of a language; `name` may have a place for a surname (`Garage {}`), its legal form is added."""
    place = _one(random, _PLACES[language])
    surname = _one(random, _SURNAMES[language])
    named = f"{(name or '{} & Partners').format(surname)} {random.choice(_FORMS[language].split())}"
    return DemoParty(
        name=named,
        street=f"{_one(random, _STREETS[language])} {random.randint(1, 320)}{random.choice(('', '', '', ' bus 3', 'A'))}",
        postcode=place.split(" ", 1)[0],
        city=place.split(" ", 1)[1],
        vat_number=f"BE{complete_enterprise_number(random.randrange(4_010_000, 10_400_000))}",
        iban=belgian_iban(f"{random.choice((1, 68, 91, 220, 310, 363, 393, 735, 736, 750, 850, 979)):03d}{random.randrange(10**7):07d}")
        if account
        else "",
        email=f"info@{_domain(named)}.example",
        phone=f"+32 {random.randint(2, 89)} {random.randint(20, 99)} {random.randint(10, 99)} {random.randint(10, 99)}",
    )


def foreign_company(random: Random, country: str, name: str) -> DemoParty:
    """A company of another country, with a VAT number of its shape and check digits and an IBAN."""
    language, places, streets, form = _ABROAD[country]
    place = _one(random, places)
    named = f"{name.format(_one(random, _SURNAMES[language]))} {form}"
    at = 2 if country in {"NL", "IE"} else 1
    parts = place.split(" ")
    return DemoParty(
        name=named,
        street=f"{_one(random, streets)} {random.randint(1, 200)}",
        postcode=" ".join(parts[:at]),
        city=" ".join(parts[at:]),
        country=country,
        vat_number=_vat_abroad(random, country),
        iban=_iban_abroad(random, country),
        email=f"billing@{_domain(named)}.example",
        phone=f"+{random.randint(31, 49)} {random.randint(100, 999)} {random.randint(1000, 9999)}",
    )


def american_company(random: Random, name: str) -> DemoParty:
    """A company in the United States: no VAT number, no IBAN."""
    return DemoParty(
        name=f"{name.format(_one(random, _SURNAMES['en']))}, Inc.",
        street=f"{random.randint(100, 2900)} Market Street",
        postcode="CA 94103",
        city="San Francisco",
        country="US",
        vat_number="",
        email="ar@billing.example",
    )


def _vat_abroad(random: Random, country: str) -> str:
    """Drawn until its check digits are right: one in a hundred or so is."""
    while True:
        nine, two, seven, eight = (random.randrange(10**digits) for digits in (9, 2, 7, 8))
        number = country + _VAT_SHAPES[country].format(nine, two, seven, random.choice(_LETTERS), eight)
        if parse_vat_number(number) == number:
            return number


def _iban_abroad(random: Random, country: str) -> str:
    bank = random.choice(_BANKS[country]) if country in _BANKS else ""
    account = bank + "".join(str(random.randrange(10)) for _ in range(IBAN_LENGTHS[country] - 4 - len(bank)))
    return f"{country}{iban_check_digits(country, account)}{account}"


def _domain(name: str) -> str:
    letters = "".join(sign for sign in name.lower().rsplit(" ", 1)[0] if sign.isascii() and sign.isalnum())
    return letters[:24]


def _one(random: Random, listed: str) -> str:
    return random.choice(listed.split(", "))
