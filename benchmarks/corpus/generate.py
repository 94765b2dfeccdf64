"""The documents of the corpus, computed from a seed: every kind of paper in every language and situation it can have."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
from benchmarks.corpus.bill import EXPORT, SELF_BILLED, Bill, Situation
from benchmarks.corpus.companies import american_company, belgian_company, foreign_company
from benchmarks.corpus.looks import LOOKS, Part
from benchmarks.corpus.sheets import Sheet
from benchmarks.corpus.trades import LANGUAGES, TRADES

from adapters.demo.chance import seeded
from adapters.demo.invoice import EXEMPT, INTRA_COMMUNITY, REVERSE_CHARGE, STANDARD, DemoLine, DemoParty, truth
from adapters.demo.paper import typeset
from domain.structured_communication import creditor_reference, structured_communication

if TYPE_CHECKING:
    from collections.abc import Iterator
    from random import Random

    from benchmarks.corpus.looks import Look
    from benchmarks.corpus.trades import Trade

_ROOT = Path(__file__).resolve().parents[2]
_PAGE = Path(__file__).parent / "layouts" / "page.typ"
_CATEGORIES = {
    Situation.REVERSE: REVERSE_CHARGE,
    Situation.INTRA: INTRA_COMMUNITY,
    Situation.EXPORT: EXPORT,
    Situation.EXEMPT: EXEMPT,
}
_CREDITS = (Situation.CREDIT, Situation.CREDIT_MINUS, Situation.CREDIT_BRACKETS)
_NUMBERS = (
    "{y}/{s:04d}, F{yy}-{s:05d}, {y}{s:04d}, VF-{y}-{s:04d}, {yy}{m:02d}{s:05d}, {y}.{m:02d}.{s:03d}, 1{s:06d}, INV-{s:05d}, "
    "{yy}/1/{s:05d}, A{s:05d}"
)
_ACCENTS = "#1a56a0 #7a4a12 #2d6a4f #9b2226 #264653 #5a189a #b45309 #111111"
_ALSO = {"nl": "fr", "fr": "nl", "de": "fr"}
_BILINGUAL = 0.15
_OF_TWO_RATES = (Situation.RATES, Situation.DEPOSIT, Situation.INCLUSIVE, Situation.ROUNDED, Situation.DISCOUNT)


class Document(msgspec.Struct, frozen=True, kw_only=True):
    """A text PDF with what is true of it. `printed` are the fields that stand on it: only these can be asked for."""

    name: str
    look: str
    language: str
    situation: Situation
    pdf: bytes
    truth: dict[str, Any]
    printed: tuple[str, ...]
    bill: Bill


def documents(part: Part, *, seed: int = 1, count: int | None = None) -> Iterator[Document]:
    """Documents of one part; without `count` each look in each language and situation once. The same seed gives the same bytes.

    Those for calibration are of all looks but the held-back ones, half of their words held back from tuning: there the reader meets
    words it was not made for. The first `count` are a fair sample: they are shuffled.
    """
    for place, (look, language, situation) in enumerate(combinations(part, seed)[:count]):
        yield _document(part, look, language, situation, seeded(seed, part, place, look.layout, language, situation))


def combinations(part: Part, seed: int = 1) -> list[tuple[Look, str, Situation]]:
    """What each document is, in the order they are made."""
    looks = [look for look in LOOKS if look.part is part or (part is Part.CALIBRATION and look.part is Part.TUNING)]
    all_ = [(look, language, situation) for look in looks for language, situation in product(LANGUAGES, look.situations)]
    seeded(seed, "order", part).shuffle(all_)
    return all_


def series(part: Part, *, seed: int = 1, length: int = 8) -> Iterator[list[Document]]:
    """For each look and language of a part: the invoices one supplier sent, one after the other."""
    looks = dict.fromkeys((look.layout, language) for look, language, _situation in combinations(part, seed))
    by_layout = {look.layout: look for look in LOOKS}
    for layout, language in looks:
        look, random = by_layout[layout], seeded(seed, "series", part, layout, language)
        first = random.choice(look.situations)
        alike = [one for one in look.situations if _is_abroad(look, one) == _is_abroad(look, first)]
        seller = _seller(look, TRADES[look.trade], language, first, random)
        yield [_document(part, look, language, random.choice(alike), random, seller) for _ in range(length)]


def _document(part: Part, look: Look, language: str, situation: Situation, random: Random, seller: DemoParty | None = None) -> Document:
    bill = _bill(look, language, situation, random, seller)
    sheet = Sheet(bill, look, part, random)
    texts = sheet.texts()
    pdf = typeset(_PAGE, _ROOT, {"sheet": msgspec.json.encode(texts).decode(), "layout": look.layout}, bill.issue_date)
    return Document(
        name=f"{look.layout} {language}{'+' + bill.also if bill.also else ''} {situation}",
        look=look.layout,
        language=language,
        situation=situation,
        pdf=pdf,
        truth=_truth(bill),
        printed=tuple(sorted(sheet.printed)),
        bill=bill,
    )


def _truth(bill: Bill) -> dict[str, Any]:
    true: dict[str, Any] = truth(bill) | {"type_code": "381" if bill.credit_note else bill.type_code}
    if bill.layout == "insurance":  # what is taxed is no base of VAT: both ways to see it are right
        true["total_excl"] = [str(bill.total_incl), str(bill.lines[0].net)]
    return true


def _bill(look: Look, language: str, situation: Situation, random: Random, seller: DemoParty | None = None) -> Bill:
    seller = seller or _seller(look, TRADES[look.trade], language, situation, random)
    buyer = belgian_company(random, random.choice((language, "nl", "fr")), random.choice(("{} & Zonen", "{}", "Ets {}")), account=False)
    if look.layout == "selfbilling":
        buyer = belgian_company(random, language, "Groep {}", account=False)
    if situation is Situation.EXPORT or (look.trade == "export" and situation is Situation.INTRA and seller.country == "BE"):
        buyer = foreign_company(random, "FR", "{} Distribution")
    if situation is Situation.INTRA and look.part is Part.HELD_BACK:
        buyer = foreign_company(random, random.choice(("NL", "DE")), "{} Handel")
    issued = date(2024, 1, 3) + timedelta(days=random.randrange(820))
    number = random.choice(_NUMBERS.split(", ")).format(y=issued.year, yy=issued.year % 100, m=issued.month, s=random.randrange(3, 9000))
    credit = situation in _CREDITS
    currency = "USD" if look.trade == "software" and seller.country != "BE" else "EUR"
    pays_how = random.random()
    bill = Bill(
        seller=seller,
        buyer=buyer,
        number=number,
        issue_date=issued,
        due_date=None if credit or pays_how < 0.1 else issued + timedelta(days=random.choice((8, 14, 30, 30, 30, 45, 60))),  # noqa: PLR2004
        lines=_lines(look, language, situation, random),
        account="",
        currency=currency,
        payment_reference=None if credit else _reference(random, number, seller.country),
        language=language,
        layout=look.layout,
        accent=random.choice(_ACCENTS.split()),
        credit_note=credit,
        credited_number=f"{issued.year}{random.randrange(10**4, 10**5)}" if credit else None,
        customer_number=f"{random.randrange(10**4, 10**6)}",
        order_reference=f"{random.choice(('PO', 'B-', ''))}{random.randrange(10**4, 10**5)}",
        direct_debit=random.random() < 0.3,  # noqa: PLR2004 - three in ten
        situation=situation,
        also=_ALSO.get(language, "") if random.random() < _BILINGUAL else "",
        discount=Decimal(random.choice((2, 5, 10, 15))) if situation is Situation.DISCOUNT else Decimal(0),
        inclusive=look.gross_lines or situation is Situation.INCLUSIVE,
        cash=situation is Situation.ROUNDED,
        type_code=SELF_BILLED if look.layout == "selfbilling" else "380",
    )
    return _with_balance(bill, random)


def _with_balance(bill: Bill, random: Random) -> Bill:
    """What was paid before, or is still open from before, makes the amount due another than the total."""
    if bill.situation is Situation.DEPOSIT:
        part = (bill.total_incl * random.choice((20, 30, 50, 100)) / 100).quantize(Decimal("0.01"))
        return msgspec.structs.replace(bill, prepaid=part)
    if bill.situation is Situation.BALANCE:
        return msgspec.structs.replace(bill, previous=Decimal(random.randrange(500, 25_000)) / 100)
    return bill


def _seller(look: Look, trade: Trade, language: str, situation: Situation, random: Random) -> DemoParty:
    name = trade.sellers[language]
    if not _is_abroad(look, situation):
        return belgian_company(random, language, name, account=not look.roll)
    country = random.choice(look.abroad)
    return american_company(random, name) if country == "US" else foreign_company(random, country, name)


def _is_abroad(look: Look, situation: Situation) -> bool:
    return bool(look.abroad) and situation not in {Situation.ONE_RATE, Situation.CREDIT_MINUS}


def _lines(look: Look, language: str, situation: Situation, random: Random) -> tuple[DemoLine, ...]:
    articles = list(TRADES[look.trade].articles)
    least, most = look.lines
    wanted = random.randint(least, most)
    if situation is Situation.RATES:
        wanted = max(wanted, len(articles))
    chosen = random.sample(articles, min(wanted, len(articles))) + [random.choice(articles) for _ in range(wanted - len(articles))]
    single = situation not in _OF_TWO_RATES and look.trade != "energy"
    rate = random.choice((21, 21, 21, 6)) if look.trade in {"building", "till"} else 21
    lines = []
    for article in chosen:
        category = _CATEGORIES.get(situation, STANDARD if article.rate or situation is not Situation.EXEMPT else EXEMPT)
        own = rate if single and article.rate else article.rate
        price = article.price * random.randint(90, 115) / 100
        places = Decimal("0.0001") if article.price.as_tuple().exponent < -2 else Decimal("0.01")  # noqa: PLR2004 - a tariff
        lines.append(
            DemoLine(
                description=article.names[language],
                quantity=Decimal(random.randint(max(1, article.most // 3), article.most)),
                unit_price=price.quantize(places),
                rate=Decimal(0) if situation in _CATEGORIES else Decimal(own),
                category=category,
            )
        )
    return tuple(lines)


def _reference(random: Random, number: str, country: str) -> str | None:
    if random.random() < 0.2:  # noqa: PLR2004 - one in five asks for the invoice number only
        return None
    if country != "BE":
        return creditor_reference("".join(sign for sign in number.upper() if sign.isalnum())) if random.random() < 0.3 else None  # noqa: PLR2004
    return structured_communication(random.randrange(10**10))
