"""Making companies of the demo world: Belgian numbers are completed with their check digits, so they are always valid."""

from __future__ import annotations

from adapters.demo.invoice import DemoParty
from domain.iban import belgian_iban
from domain.vat_number import complete_enterprise_number


def belgian(name: str, address: str, first_eight: int, account: str = "", contact: str = "") -> DemoParty:
    """A Belgian company at `street, postcode city`, by the first eight digits of its enterprise number and the first ten of its account.

    `contact` is the domain it has under the reserved `.example`, optionally followed by a comma and a telephone number.
    """
    street, _, place = address.rpartition(", ")
    postcode, _, city = place.partition(" ")
    domain, _, phone = contact.partition(", ")
    return DemoParty(
        name=name,
        street=street,
        postcode=postcode,
        city=city,
        vat_number=f"BE{complete_enterprise_number(first_eight)}",
        iban=belgian_iban(account) if account else "",
        email=f"info@{domain}.example" if domain else "",
        phone=phone,
    )
