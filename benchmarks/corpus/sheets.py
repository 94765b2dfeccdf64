"""A bill as the texts on its page, in the shape the demo's layouts take; remembers which of the fields it prints."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from benchmarks.corpus.bill import NO_VAT, SELF_BILLED, Situation
from benchmarks.corpus.held_back_wordings import HELD_BACK_NO_VAT, HELD_BACK_TERMS, HELD_BACK_WORDINGS
from benchmarks.corpus.looks import Part, detail
from benchmarks.corpus.notation import notation
from benchmarks.corpus.trades import LANGUAGES
from benchmarks.corpus.wordings import NO_VAT as WHY_NO_VAT
from benchmarks.corpus.wordings import TERMS, WORDINGS

if TYPE_CHECKING:
    from random import Random

    from benchmarks.corpus.bill import Bill
    from benchmarks.corpus.looks import Look

    from adapters.demo.invoice import DemoParty

_COUNTRIES = {"BE": "België", "NL": "Nederland", "DE": "Deutschland", "FR": "France", "IE": "Ireland", "LU": "Luxembourg", "US": "USA"}
_NEGATIVE = {Situation.CREDIT_MINUS: ("minus", "minus", "trailing"), Situation.CREDIT_BRACKETS: ("brackets",)}
_BICS = ("GEBABEBB", "KREDBEBB", "BBRUBEBB", "GKCCBEBB", "AXABBE22")


class Sheet:
    """Makes the texts of one bill. `printed` fills with the fields that stand on the page."""

    def __init__(self, bill: Bill, look: Look, part: Part, random: Random) -> None:
        self.bill, self.look, self.random = bill, look, random
        self.printed: set[str] = set()
        self._part = part
        self._chosen: dict[str, str] = {}
        negative = random.choice(_NEGATIVE.get(bill.situation, ("minus",)))
        self._notation = notation(random, bill.language, negative, terse=look.roll)
        self._sign = -1 if bill.situation in _NEGATIVE else 1

    def texts(self) -> dict[str, Any]:
        """Everything a layout needs."""
        bill, title = self.bill, "credit_title" if self.bill.credit_note else self.look.title
        buyer = bill.buyer
        no_vat_shown = all(group.category in NO_VAT for group in bill.vat_groups) and self._may_hide_vat()
        return {
            "language": bill.language,
            "accent": bill.accent,
            "title": self._put("type_code", self._say(title)),
            "number": bill.number,
            "seller": self._seller(),
            "seller-heading": self._say("seller"),
            "buyer": self._buyer(),
            "delivery": {
                "heading": self._say("delivery_address"),
                "address": [buyer.street, f"{buyer.postcode} {buyer.city}"],
            },
            "meta": self._meta(),
            "extras": self._extras(),
            "columns": self._columns(),
            "lines": [self._line(place) for place in range(len(bill.lines))],
            "vat-columns": [] if no_vat_shown else [self._say(name) for name in ("rate", "base", "vat_amount")],
            "vat-rows": [] if no_vat_shown else self._vat_rows(),
            "vat-gross": [self._money(group.base + group.vat) for group in bill.vat_groups],
            "gross": self._say("gross"),
            **self._sums(hide_vat=no_vat_shown),
            "notes": self._notes(),
            "payment": self._payment(),
            "cash": self._say("cash"),
            "register": self._register(),
            "bic": f"BIC {self.random.choice(_BICS)}" if bill.seller.iban.startswith("BE") else "",
            "terms": self._terms(),
            "page": self._say("page"),
            "annex": f"{self._say('annex')} {self._say('title').lower()} {bill.number}",
        }

    def _say(self, label: str) -> str:
        """The wording of a label: one for the whole page, in two languages where the page has two."""
        if label not in self._chosen:
            languages = [self.bill.language, *([self.bill.also] if self.bill.also else [])]
            self._chosen[label] = " / ".join(dict.fromkeys(self._one(self._wordings(label), language) for language in languages))
        return self._chosen[label].replace("{town}", self.bill.seller.city)

    def _wordings(self, label: str) -> str:
        """The row of wordings that this part draws from: for calibration the toss of a coin."""
        unseen = self._part is Part.HELD_BACK or (self._part is Part.CALIBRATION and self.random.random() < 0.5)  # noqa: PLR2004
        return (HELD_BACK_WORDINGS if unseen else WORDINGS)[label]

    def _one(self, row: str, language: str) -> str:
        return self.random.choice(row.split(" | ")[LANGUAGES.index(language)].split(" / ")).strip()

    def _put(self, field: str, text: str) -> str:
        """A text that shows a field: empty on paper that hides it."""
        if field in self.look.hides:
            return text if field in {"type_code", "invoice_number"} else ""
        if text:
            self.printed.add(field)
        return text

    def _money(self, amount: Decimal, *, final: bool = False) -> str:
        return self._notation.money(self._sign * amount, self.bill.currency, final=final)

    def _address(self, party: DemoParty) -> list[str]:
        foreign = self.bill.seller.country != self.bill.buyer.country
        return [party.street, f"{party.postcode} {party.city}", *([_COUNTRIES[party.country]] if foreign else [])]

    def _seller(self) -> dict[str, Any]:
        seller, write = self.bill.seller, self._notation
        return {
            "name": self._put("issuer_name", seller.name),
            "address": self._address(seller),
            "vat": self._pair("vat_number", "issuer_vat", write.vat_number(seller.vat_number)),
            "iban": self._pair("iban", "iban", write.iban(seller.iban)),
            "contact": [text for text in (f"{self._say('phone')} {seller.phone}" if seller.phone else "", seller.email) if text],
        }

    def _pair(self, label: str, field: str, text: str) -> list[str]:
        """Label and value of a field; nothing where it is not on this paper."""
        return [self._say(label), self._put(field, text)] if text and field not in self.look.hides else []

    def _buyer(self) -> dict[str, Any]:
        buyer = self.bill.buyer
        if "buyer_name" in self.look.hides:
            return {"heading": "", "name": "", "address": [], "vat": []}
        label = self._say(self.random.choice(("vat_number", "buyer_vat_number")))
        return {
            "heading": self._say("buyer"),
            "name": self._put("buyer_name", buyer.name),
            "address": self._address(buyer),
            "vat": [label, self._put("buyer_vat", self._notation.vat_number(buyer.vat_number))],
        }

    def _meta(self) -> list[list[str]]:
        """Number and dates, with other numbers and dates around them."""
        bill, day = self.bill, self._notation.day
        credit = "credit_" if bill.credit_note else ""
        number = "ticket" if self.look.roll else f"{credit}number"
        rows = [
            [self._say(number), self._put("invoice_number", bill.number)],
            [self._say(f"{credit}date"), self._put("issue_date", day(bill.issue_date))],
        ]
        if self.look.roll:
            return [*rows[::-1], [self._say("customer_number"), bill.customer_number]] if self.random.random() < 0.3 else rows  # noqa: PLR2004
        if bill.due_date and "due_date" not in self.look.hides:
            rows.append([self._say("due"), self._put("due_date", day(bill.due_date))])
        others = self._other_meta()
        if self.random.random() < 0.3:  # noqa: PLR2004 - three in ten begin with the customer's number
            return [others[0], *rows, *others[1:]]
        return [*rows, *others]

    def _other_meta(self) -> list[list[str]]:
        bill, random = self.bill, self.random
        rows = [[self._say("customer_number"), bill.customer_number]]
        if bill.credited_number:
            rows.append([self._say("credited"), bill.credited_number])
        more = {
            "order": bill.order_reference,
            "delivery_note": f"{random.randrange(10**5, 10**6)}",
            "delivery_date": self._notation.day(bill.issue_date.replace(day=max(1, bill.issue_date.day - random.randint(0, 9)))),
            "contract": f"{random.randrange(10**6, 10**7)}",
            "period": f"{self._notation.day(bill.issue_date.replace(day=1))} - {self._notation.day(bill.issue_date)}",
        }
        return rows + [[self._say(name), more[name]] for name in random.sample(sorted(more), random.randint(1, 3))]

    def _extras(self) -> list[list[str]]:
        return [detail(self.random, name, self.bill.language) for name in self.look.details]

    def _columns(self) -> list[str]:
        price = "price_incl" if self.bill.inclusive else "price"
        return [self._say(name) for name in ("description", "quantity", price, "rate", "gross" if self.bill.inclusive else "amount")]

    def _line(self, place: int) -> list[str]:
        line = self.bill.lines[place]
        price = f"{line.unit_price:.2f}" if line.unit_price.as_tuple().exponent == -2 else f"{line.unit_price}"  # noqa: PLR2004 - cents
        return [
            line.description,
            self._notation.number(line.quantity),
            price.replace(".", self._notation.decimal),
            self._rate(line.rate),
            self._money(line.net),
        ]

    def _rate(self, rate: Decimal) -> str:
        return f"{rate.normalize():f}" + ("" if self._notation.variant % 2 else " %")

    def _vat_rows(self) -> list[list[str]]:
        return [[f"{group.rate.normalize():f} %", self._money(group.base), self._money(group.vat)] for group in self.bill.vat_groups]

    def _may_hide_vat(self) -> bool:
        """Who charges no VAT often prints only what is to be paid."""
        mine = ("contractor", "foreign", "selfbilling", "insurance", "transport", "form", "typed")
        return self.look.layout in mine and (self.look.layout == "insurance" or self.random.random() < 0.4)  # noqa: PLR2004

    def _sums(self, *, hide_vat: bool) -> dict[str, Any]:
        """The rows above the amount to pay, and that."""
        bill, rows = self.bill, []
        if bill.discount:
            taken = bill.listed - bill.total_excl
            rows += [[self._say("subtotal"), self._money(bill.listed)], [f"{self._say('discount')} {bill.discount} %", self._money(-taken)]]
        if not hide_vat:
            rows += self._base_and_vat()
        changed = bill.due != bill.total_incl
        final = "refund" if bill.credit_note else self.random.choice(("total", "payable"))
        if changed or (rows and not self.look.plain_totals and self.random.random() < 0.25):  # noqa: PLR2004 - one in four shows both
            rows.append([self._say("total"), self._money(bill.total_incl)])
            final = "refund" if bill.credit_note else "payable"
        for label, amount in (("prepaid", -bill.prepaid), ("previous", bill.previous), ("rounding", bill.rounding)):
            if amount:
                rows.append([self._say(label), self._money(amount)])
        self.printed.update({"total_incl", "currency"})
        return {"totals": rows, "payable": [self._say(final), self._money(bill.due, final=True)]}

    def _base_and_vat(self) -> list[list[str]]:
        """The base, and the VAT in one sum or per rate."""
        bill, groups = self.bill, self.bill.vat_groups
        if self.look.roll:
            self.printed.update({"total_excl", "vat"} if len(groups) == 1 else set())
            return []
        base = [self._say("total_excl"), self._money(bill.total_excl)]
        self.printed.add("total_excl")
        if len(groups) > 1 and self.random.random() < 0.3:  # noqa: PLR2004 - three in ten
            return [base, *([f"{self._say('total_vat')} {group.rate.normalize():f} %", self._money(group.vat)] for group in groups)]
        self.printed.add("vat")
        return [base, [self._say("total_vat"), self._money(bill.vat)]]

    def _notes(self) -> list[str]:
        why = HELD_BACK_NO_VAT if self._part is Part.HELD_BACK else WHY_NO_VAT
        found = dict.fromkeys(group.category for group in self.bill.vat_groups if group.category in NO_VAT)
        return [self.random.choice(why[category, self.bill.language].split(" / ")) for category in found]

    def _terms(self) -> str:
        return (HELD_BACK_TERMS if self._part is Part.HELD_BACK else TERMS)[self.bill.language]

    def _register(self) -> str:
        """The register of legal persons: the enterprise number once more."""
        seller = self.bill.buyer if self.bill.type_code == SELF_BILLED else self.bill.seller
        if not seller.vat_number.startswith("BE"):
            return ""
        return self._say("register").replace(self.bill.seller.city, seller.city) + f" {seller.vat_number[2:]}"

    def _payment(self) -> list[str]:
        """How to pay: the communication, a sentence, or nothing."""
        bill = self.bill
        if bill.credit_note or self.look.roll:
            return []
        if bill.payment_reference and "payment_reference" not in self.look.hides:
            return [self._say("reference"), self._put("payment_reference", self._notation.reference(bill.payment_reference))]
        return [self._say("direct_debit" if bill.direct_debit else "pay_free")]
