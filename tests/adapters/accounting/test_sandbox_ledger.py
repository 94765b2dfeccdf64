from concurrent.futures import ThreadPoolExecutor
from datetime import date
from decimal import Decimal

import psycopg
import pytest
from msgspec.structs import replace
from some_bookings import DOSSIER, PURCHASE, SALE, SUPPLIER, line, purchase, purchase_of

from adapters.accounting.sandbox.ledger import SCHEMA, SandboxLedger
from application.accounting_package import Balance, BookingParty, Dimension, DimensionValue, LedgerParty, OpenItem, PushReceipt
from application.ports import PackageRefused


def balances(ledger: SandboxLedger) -> dict[str, Decimal]:
    return {row.account: row.balance for row in ledger.trial_balance(DOSSIER, "2025-01", "2025-12") if row.balance}


def test_a_purchase_debits_cost_and_vat_and_credits_the_supplier(ledger: SandboxLedger) -> None:
    ledger.push(DOSSIER, PURCHASE, None)
    assert balances(ledger) == {"614000": Decimal(100), "411059": Decimal(21), "440000": Decimal(-121)}


def test_a_sale_debits_the_customer_and_credits_income_and_vat(ledger: SandboxLedger) -> None:
    ledger.push(DOSSIER, SALE, None)
    assert balances(ledger) == {"400000": Decimal(121), "700000": Decimal(-100), "451054": Decimal(-21)}


def test_vat_that_is_not_deductible_becomes_cost(ledger: SandboxLedger) -> None:
    ledger.push(DOSSIER, purchase_of(line("612300", "AD21-50", "100", "21")), None)
    assert balances(ledger) == {"612300": Decimal("110.50"), "411059": Decimal("10.50"), "440000": Decimal(-121)}
    assert ledger.vat_return(DOSSIER, ["2025-03"]) == {"82": Decimal("110.50"), "59": Decimal("10.50"), "72": Decimal("10.50")}


def test_vat_the_buyer_owes_is_computed_and_deducted(ledger: SandboxLedger) -> None:
    ledger.push(DOSSIER, purchase_of(line("611200", "AD21EU", "100")), None)
    assert balances(ledger) == {"611200": Decimal(100), "411059": Decimal(21), "451055": Decimal(-21), "440000": Decimal(-100)}
    assert ledger.vat_return(DOSSIER, ["2025-03"]) == {"82": Decimal(100), "88": Decimal(100), "55": Decimal(21), "59": Decimal(21)}


def test_the_vat_return_tells_only_the_periods_asked(ledger: SandboxLedger) -> None:
    ledger.push(DOSSIER, purchase(1, period="2025-03"), None)
    ledger.push(DOSSIER, purchase(2, period="2025-04"), None)
    assert ledger.vat_return(DOSSIER, ["2025-04"])["82"] == Decimal(100)


def test_the_same_booking_again_is_the_same_booking(ledger: SandboxLedger) -> None:
    first = ledger.push(DOSSIER, PURCHASE, b"%PDF")
    ledger.close_period(DOSSIER, "2025-03")
    again = ledger.push(DOSSIER, replace(PURCHASE, total=Decimal("121.0")), b"%PDF")
    assert again == first
    assert balances(ledger)["440000"] == Decimal(-121)


def test_a_booking_is_read_back_as_it_was_handed_over(ledger: SandboxLedger) -> None:
    receipt = ledger.push(DOSSIER, PURCHASE, b"%PDF")
    found = ledger.find(DOSSIER, PURCHASE.id)
    assert found is not None
    assert (found.package_id, found.booking_id, found.party_name) == (receipt.package_id, PURCHASE.id, SUPPLIER.name)
    for field in ("kind", "credit_note", "journal", "number", "period", "invoice_number", "invoice_date", "due_date", "total", "lines"):
        assert getattr(found, field) == getattr(PURCHASE, field)
    assert ledger.document(DOSSIER, PURCHASE.id) == b"%PDF"


def test_what_was_never_handed_over_is_not_found(ledger: SandboxLedger) -> None:
    ledger.push(DOSSIER, PURCHASE, None)
    assert ledger.find(DOSSIER, "b-2") is None


def test_a_deleted_booking_leaves_the_books_and_frees_its_number(ledger: SandboxLedger) -> None:
    ledger.push(DOSSIER, PURCHASE, None)
    ledger.delete(DOSSIER, PURCHASE.id)
    assert ledger.find(DOSSIER, PURCHASE.id) is None
    assert balances(ledger) == {}
    assert ledger.vat_return(DOSSIER, ["2025-03"]) == {}
    assert ledger.push(DOSSIER, replace(PURCHASE, id="b-2"), None).package_id


def test_deleting_what_is_not_there_is_no_trouble(ledger: SandboxLedger) -> None:
    ledger.push(DOSSIER, PURCHASE, None)
    before = balances(ledger)
    ledger.delete(DOSSIER, "another")
    assert balances(ledger) == before


def test_a_booking_of_a_closed_period_is_not_deleted(ledger: SandboxLedger) -> None:
    ledger.push(DOSSIER, PURCHASE, None)
    ledger.close_period(DOSSIER, "2025-03")
    with pytest.raises(PackageRefused, match=r"^Periode 2025-03 is afgesloten\.$"):
        ledger.delete(DOSSIER, PURCHASE.id)
    assert ledger.find(DOSSIER, PURCHASE.id)


def test_a_paid_booking_is_not_deleted(ledger: SandboxLedger) -> None:
    receipt = ledger.push(DOSSIER, PURCHASE, None)
    ledger.register_payment(DOSSIER, str(receipt.package_id), Decimal(1), date(2025, 4, 1))
    with pytest.raises(PackageRefused, match="betaald"):
        ledger.delete(DOSSIER, PURCHASE.id)


def test_a_period_opened_again_takes_bookings(ledger: SandboxLedger) -> None:
    ledger.open_period(DOSSIER, "2025-12")
    assert ledger.push(DOSSIER, purchase(period="2025-12"), None).package_id


def test_payments_lower_the_open_item_until_it_is_gone(ledger: SandboxLedger) -> None:
    package_id = str(ledger.push(DOSSIER, PURCHASE, None).package_id)
    ledger.register_payment(DOSSIER, package_id, Decimal(21), date(2025, 4, 1))
    assert [(item.amount, item.open) for item in ledger.open_items(DOSSIER)] == [(Decimal(121), Decimal(100))]
    ledger.register_payment(DOSSIER, package_id, Decimal(100), date(2025, 4, 2))
    assert ledger.open_items(DOSSIER) == ()
    found = ledger.find(DOSSIER, PURCHASE.id)
    assert found is not None
    assert found.paid == Decimal(121)
    assert balances(ledger)["550000"] == Decimal(-121)


def test_no_more_is_paid_than_is_open(ledger: SandboxLedger) -> None:
    package_id = str(ledger.push(DOSSIER, PURCHASE, None).package_id)
    ledger.register_payment(DOSSIER, package_id, Decimal(21), date(2025, 4, 1))
    with pytest.raises(PackageRefused, match=r"^Er staat nog 100,00 open: 100,01 kan niet betaald worden\.$"):
        ledger.register_payment(DOSSIER, package_id, Decimal("100.01"), date(2025, 4, 1))


def test_a_credit_note_is_an_open_item_the_other_way(ledger: SandboxLedger) -> None:
    package_id = str(ledger.push(DOSSIER, purchase(credit_note=True, journal="CFCNAK"), None).package_id)
    assert [item.open for item in ledger.open_items(DOSSIER)] == [Decimal(-121)]
    ledger.register_payment(DOSSIER, package_id, Decimal(121), date(2025, 4, 1))
    assert balances(ledger) == {"614000": Decimal(-100), "451063": Decimal(-21), "550000": Decimal(121)}


def test_a_counterparty_is_known_again_by_vat_number_then_by_its_new_id(ledger: SandboxLedger) -> None:
    ledger.push(DOSSIER, purchase(1), None)
    ledger.push(DOSSIER, purchase(2, party=BookingParty(id="other-id", name="Claes", vat_number=SUPPLIER.vat_number)), None)
    ledger.push(DOSSIER, purchase(3, party=BookingParty(id="other-id", name="Claes")), None)
    ledger.push(DOSSIER, purchase(4, party=BookingParty(id="L00001", name="Claes")), None)
    assert [party.name for party in ledger.synchronise(DOSSIER).parties] == ["Drukkerij Claes"]


def test_a_synchronisation_brings_everything(ledger: SandboxLedger) -> None:
    ours = ledger.push(DOSSIER, PURCHASE, None)
    foreign = ledger.enter_by_hand(DOSSIER, SALE)
    ledger.register_payment(DOSSIER, foreign, Decimal(21), date(2025, 5, 2))
    snapshot = ledger.synchronise(DOSSIER)
    accounts = {account.code: account for account in snapshot.accounts}
    assert accounts["604000"].open_for_annotation
    assert not accounts["440000"].open_for_annotation
    assert {code.kind for code in snapshot.vat_codes} == {"purchase", "sales"}
    assert {journal.code for journal in snapshot.journals} == {"CFAAN", "CFVER", "CFCNAK", "CFCNVK", "FIN", "DIV"}
    assert [period.period for period in snapshot.periods if not period.open] == ["2025-12"]
    assert snapshot.parties == (
        LedgerParty(id="K00001", kind="customer", name="Bistro Noord", vat_number="BE0403019261", iban=None),
        LedgerParty(id="L00001", kind="supplier", name="Drukkerij Claes", vat_number="BE0400000185", iban="BE68539007547034"),
    )
    assert [(b.package_id, b.booking_id, b.paid) for b in snapshot.bookings] == [
        (ours.package_id, "b-1", Decimal(0)),
        (foreign, None, Decimal(21)),
    ]
    assert snapshot.bookings[0] == ledger.find(DOSSIER, "b-1")
    due = date(2025, 4, 3)
    assert snapshot.open_items == (
        OpenItem(package_id=str(ours.package_id), party_id="L00001", due_date=due, amount=Decimal(121), open=Decimal(121)),
        OpenItem(package_id=foreign, party_id="K00001", due_date=due, amount=Decimal(121), open=Decimal(100)),
    )
    assert Balance(account="400000", period="2025-05", amount=Decimal(-21)) in snapshot.balances
    assert sum(balance.amount for balance in snapshot.balances) == 0


def test_the_books_of_one_company_hold_nothing_of_another(ledger: SandboxLedger) -> None:
    ledger.open_dossier("0403019261", "Bistro Noord", 2025, ["2025-03"])
    ledger.push(DOSSIER, PURCHASE, None)
    assert ledger.synchronise("0403019261").bookings == ()
    assert ledger.push("0403019261", PURCHASE, None) != ledger.push(DOSSIER, PURCHASE, None)


def test_opening_the_books_again_changes_nothing(ledger: SandboxLedger) -> None:
    ledger.close_period(DOSSIER, "2025-01")
    before = ledger.synchronise(DOSSIER)
    ledger.open_dossier(DOSSIER, "Bakkerij Peeters", 2025, ["2025-01"])
    assert ledger.synchronise(DOSSIER) == before


def test_eight_threads_pushing_one_booking_book_it_once(ledger: SandboxLedger) -> None:
    with ThreadPoolExecutor(8) as threads:
        receipts = set(threads.map(lambda _: ledger.push(DOSSIER, PURCHASE, None).package_id, range(16)))
    assert len(receipts) == 1
    assert balances(ledger)["440000"] == Decimal(-121)


def test_of_eight_threads_wanting_one_number_one_gets_it(ledger: SandboxLedger) -> None:
    def push(number: int) -> PushReceipt | None:
        try:
            return ledger.push(DOSSIER, purchase(number, number="25000001"), None)
        except PackageRefused:
            return None

    with ThreadPoolExecutor(8) as threads:
        assert sum(receipt is not None for receipt in threads.map(push, range(16))) == 1
    assert len(ledger.synchronise(DOSSIER).bookings) == 1


def test_eight_threads_make_one_new_counterparty(ledger: SandboxLedger) -> None:
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(lambda number: ledger.push(DOSSIER, purchase(number), None), range(16)))
    snapshot = ledger.synchronise(DOSSIER)
    assert (len(snapshot.bookings), len(snapshot.parties)) == (16, 1)


def test_the_database_itself_refuses_an_entry_out_of_balance(ledger: SandboxLedger, database: str) -> None:
    ledger.push(DOSSIER, PURCHASE, None)
    with psycopg.connect(database, options=f"-c search_path={SCHEMA}") as connection:
        connection.execute("UPDATE entry_lines SET debit = debit + 1 WHERE account = '614000'")
        with pytest.raises(psycopg.errors.CheckViolation):
            connection.commit()


def test_an_account_added_in_the_package_can_be_booked_on(ledger: SandboxLedger) -> None:
    ledger.set_account(DOSSIER, "614500", "Website", open_for_annotation=True)
    ledger.push(DOSSIER, purchase_of(line("614500", "AD21", "100", "21")), None)
    assert [row.name for row in ledger.trial_balance(DOSSIER, "2025-03", "2025-03") if row.account == "614500"] == ["Website"]


def test_a_financial_discount_lowers_what_vat_is_due_on_and_not_what_is_owed(ledger: SandboxLedger) -> None:
    ledger.push(DOSSIER, purchase_of(line("614000", "AD21", "100", "20.58"), discount=Decimal(2)), None)
    assert balances(ledger) == {"614000": Decimal(100), "411059": Decimal("20.58"), "440000": Decimal("-120.58")}
    assert ledger.vat_return(DOSSIER, ["2025-03"]) == {"82": Decimal(98), "59": Decimal("20.58"), "72": Decimal("20.58")}


def test_the_buyer_owes_vat_on_the_price_less_the_discount(ledger: SandboxLedger) -> None:
    ledger.push(DOSSIER, purchase_of(line("614000", "AD21MC", "100"), discount=Decimal(2)), None)
    grids = ledger.vat_return(DOSSIER, ["2025-03"])
    assert grids == {"82": Decimal(98), "87": Decimal(98), "56": Decimal("20.58"), "59": Decimal("20.58")}


SHOPS = Dimension(
    code="VEST",
    name="Vestiging",
    mandatory=True,
    values=(DimensionValue(code="LEUVEN", name="Winkel Leuven"), DimensionValue(code="GENT", name="Winkel Gent")),
)


def test_a_line_is_booked_on_a_dimension_and_comes_back_with_it(ledger: SandboxLedger) -> None:
    ledger.set_dimension(DOSSIER, SHOPS)
    on_shop = replace(line("614000", "AD21", "100", "21"), dimensions={"VEST": "LEUVEN"})
    ledger.push(DOSSIER, purchase_of(on_shop), None)
    held = ledger.synchronise(DOSSIER)
    assert held.dimensions == (SHOPS,)
    assert held.bookings[0].lines == (on_shop,)


@pytest.mark.parametrize(
    ("dimensions", "reason"),
    [({}, "een Vestiging nodig"), ({"VEST": "PARIJS"}, "PARIJS bestaat niet"), ({"X": "Y"}, "Y bestaat niet als X")],
)
def test_a_dimension_that_is_asked_for_or_unknown_is_refused(ledger: SandboxLedger, dimensions: dict[str, str], reason: str) -> None:
    ledger.set_dimension(DOSSIER, SHOPS)
    with pytest.raises(PackageRefused, match=reason):
        ledger.push(DOSSIER, purchase_of(replace(line("614000", "AD21", "100", "21"), dimensions=dimensions)), None)


def test_a_dimension_may_get_other_values(ledger: SandboxLedger) -> None:
    ledger.set_dimension(DOSSIER, SHOPS)
    changed = replace(SHOPS, mandatory=False, values=SHOPS.values[:1])
    ledger.set_dimension(DOSSIER, changed)
    assert ledger.synchronise(DOSSIER).dimensions == (changed,)
