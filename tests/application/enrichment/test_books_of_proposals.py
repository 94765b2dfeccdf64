"""What a proposal does to the books, against a second bookkeeper who knows the law and no VAT codes (belgium.md, c7).

He is told what is bought, from whom, and how much of its VAT may be deducted; he writes the entry and the return's grids himself.
"""

from __future__ import annotations

from collections import Counter
from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from invoices_read import DAY, around, dossier, invoice, rate

from adapters.accounting.sandbox.posting import posting
from application.accounting_package import Booking, BookingLine, BookingParty
from application.enrichment.circumstances import Party
from application.enrichment.lines import booked

CENT, STANDARD = Decimal("0.01"), Decimal(21)
GRID_OF = {"600000": "81", "604000": "81", "612300": "82", "613200": "82", "614300": "82", "240000": "83"}
"""Account → where the return tells its base."""
THINGS = frozenset({"600000", "604000", "240000"})
SELLERS = {"belgium": "BE0998110303", "union": "DE999004106", "outside": "CHE105805649", "northern ireland": "XI123456789"}

accounts = st.sampled_from(sorted(GRID_OF))
amounts = st.decimals(min_value="0.01", max_value="99999.99", places=2)


def rounded(amount: Decimal) -> Decimal:
    return amount.quantize(CENT, ROUND_HALF_UP)


def second_opinion(account, base, vat, *, deductible, owed, credit):
    """Account → debit (credit negative), and grid → amount. `owed`: the grids that tell VAT the buyer owes: (of its base, of the VAT)."""
    grid = GRID_OF[account]
    entry, grids = Counter(), Counter()
    if owed:
        due = rounded(base * STANDARD / 100)
        entry.update({account: base, "411": due, "451": -due, "440": -base})
        other, payable = owed
        grids.update({grid: base, other: base, payable: due, "59": due})
        if credit:
            grids = Counter({grid: -base, other: -base, payable: -due, "59": -due, "84" if other in ("86", "88") else "85": base})
    else:
        back = rounded(vat * deductible / 100)
        cost = base + vat - back
        entry.update({account: cost, "411": back, "440": -(base + vat)})
        grids.update({grid: cost, "59": back})
        if credit:
            grids = Counter({grid: -cost, "85": cost, "63": back})
    if credit:
        entry = Counter({one: -amount for one, amount in entry.items()})
        if not owed:
            entry["451"] = entry.pop("411")  # what is to be given back is a debt
    return without_zeros(entry), without_zeros(grids)


def without_zeros(amounts_by):
    return {name: amount for name, amount in amounts_by.items() if amount}


def proposed(found, account, seller, *, shares, credit, licence=False):
    """The entry and grids of what is proposed, as the ledger posts it."""
    known = around(
        party=Party(party_name="Leverancier", vat_number=SELLERS[seller], account=account),
        dossier=dossier(import_licence=licence),
        deductible=shares,
    )
    facts = invoice(found, party_vat=SELLERS[seller], credit_note=credit)
    lines = booked(facts, known).lines
    assert all(line.vat_code for line in lines), lines
    booking = Booking(
        id="1",
        kind="purchase",
        credit_note=credit,
        journal="CFAAN",
        number="26000001",
        period="2026-03",
        party=BookingParty(id="1", name="Leverancier"),
        invoice_number="1",
        invoice_date=DAY,
        due_date=None,
        currency="EUR",
        total=facts.total,
        lines=tuple(BookingLine(account=line.account, vat_code=line.vat_code, base=line.base, vat=line.vat) for line in lines),
    )
    made = posting(booking)
    entry = Counter()
    for move in made.moves:
        entry[move.account[:3] if move.account[:3] in ("411", "451", "440") else move.account] += move.amount
    assert sum(entry.values()) == 0
    return without_zeros(entry), made.grids


@settings(max_examples=150, deadline=None)
@given(
    account=accounts,
    base=amounts,
    percent=st.sampled_from([21, 12, 6, 0]),
    share=st.sampled_from([100, 85, 50, 35, 0]),
    credit=st.booleans(),
)
def test_vat_on_the_invoice_is_deducted_for_its_part_and_the_rest_is_cost(account, base, percent, share, credit):
    if percent != STANDARD and share not in (0, 100):
        share = 0
    found = rate(percent, base)
    expected = second_opinion(account, base, found.vat, deductible=Decimal(share), owed=None, credit=credit)
    assert proposed(found, account, "belgium", shares={account[:4]: Decimal(share)}, credit=credit) == expected


@settings(max_examples=150, deadline=None)
@given(account=accounts, base=amounts, credit=st.booleans(), said=st.sampled_from(["AE", "K", ""]))
def test_where_the_buyer_owes_the_vat_it_is_due_and_deducted_and_told_in_both_places(account, base, credit, said):
    seller, category = {"AE": ("belgium", "AE"), "K": ("union", "K"), "": ("union", "Z")}[said]
    thing = account in THINGS or said == "K"
    owed = ("87", "56") if said == "AE" else ("86", "55") if thing else ("88", "55")
    expected = second_opinion(account, base, Decimal(0), deductible=Decimal(100), owed=owed, credit=credit)
    assert proposed(rate(0, base, category), account, seller, shares={}, credit=credit) == expected


@settings(max_examples=50, deadline=None)
@given(account=accounts, base=amounts)
def test_northern_ireland_is_in_the_union_for_goods_and_outside_it_for_services(account, base):
    owed = ("86", "55") if account in THINGS else ("87", "56")
    expected = second_opinion(account, base, Decimal(0), deductible=Decimal(100), owed=owed, credit=False)
    assert proposed(rate(0, base, "Z"), account, "northern ireland", shares={}, credit=False) == expected


@settings(max_examples=100, deadline=None)
@given(account=accounts, base=amounts, licence=st.booleans())
def test_what_comes_from_outside_the_union_is_an_import_or_a_service(account, base, licence):
    if account in THINGS and not licence:  # its VAT is paid at customs, on another document
        expected = ({account: base, "440": -base}, {GRID_OF[account]: base})
    else:
        owed = ("87", "57") if account in THINGS else ("87", "56")
        expected = second_opinion(account, base, Decimal(0), deductible=Decimal(100), owed=owed, credit=False)
    assert proposed(rate(0, base, "G"), account, "outside", shares={}, credit=False, licence=licence) == expected


@pytest.mark.parametrize(
    ("share", "cost", "back"), [(50, "110.50", "10.50"), (35, "113.65", "7.35"), (85, "103.15", "17.85"), (0, "121.00", "0")]
)
def test_the_car_of_the_textbook(share, cost, back):
    """100,00 of petrol with 21,00 of VAT."""
    entry, grids = proposed(rate(21, 100), "612300", "belgium", shares={"6123": Decimal(share)}, credit=False)
    assert entry == without_zeros({"612300": Decimal(cost), "411": Decimal(back), "440": Decimal(-121)})
    assert grids == without_zeros({"82": Decimal(cost), "59": Decimal(back)})
