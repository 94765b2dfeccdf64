import random
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from unicodedata import combining, normalize
from uuid import UUID, uuid4

import pytest
from msgspec.structs import asdict, replace
from psycopg.errors import UniqueViolation

from adapters.postgres.ledger_mirror import MIGRATIONS, PostgresLedgerMirror
from adapters.postgres.migrations import migrate
from adapters.postgres.pool import Database
from application.accounting_package import (
    Account,
    Balance,
    BookingLine,
    Dimension,
    DimensionValue,
    Journal,
    LedgerParty,
    LedgerSnapshot,
    OpenItem,
    PackageBooking,
    Period,
    VatCode,
)
from application.ledger_mirror import BookingFilter, BookingOrder, BookingTotals, MirrorChanges, Paid

DOSSIER, OTHER = uuid4(), uuid4()
NAMES = ("De Mûelenaere & zonen", "Van den Berg", "Bistro Noord", "bakkerij Élan", "L'Atelier 100%", "Garage_Maes")
NOTHING = LedgerSnapshot(accounts=(), vat_codes=(), journals=(), periods=(), parties=(), bookings=(), open_items=(), balances=())


@pytest.fixture
def mirror(database: str) -> Iterator[PostgresLedgerMirror]:
    migrate(database, "cell", {"ledger_mirror": MIGRATIONS})
    with Database(database, "cell") as pool:
        yield PostgresLedgerMirror(pool)


def vat_code(code: str, kind: str) -> VatCode:
    return VatCode(
        code=code,
        name=f"Btw {code}",
        kind=kind,
        rate=Decimal(21),
        reverse_charge=False,
        base_grids=("82", "88"),
        payable_grids=("55",),
        deductible_grids=("59",),
        credit_base_grids=("-82", "84"),
        credit_payable_grids=(),
        credit_deductible_grids=(),
    )


def some_booking(chance: random.Random, number: int) -> PackageBooking:
    total = Decimal(chance.randint(0, 200_000)) / 100
    name = chance.choice(NAMES)
    kind = chance.choice(("purchase", "purchase", "sales"))
    day = date(2025, 1, 1) + timedelta(days=chance.randint(0, 180))
    return PackageBooking(
        package_id=str(100_000 + number),
        booking_id=str(UUID(int=number)) if number % 3 else None,
        kind=kind,
        credit_note=chance.random() < 0.2,
        journal=chance.choice(("CFAAN", "CFCNAK")) if kind == "purchase" else "CFVER",
        number=f"25{number:06}",
        period=f"{day:%Y-%m}",
        party_id=f"L{NAMES.index(name)}",
        party_name=name,
        invoice_number=f"F/{chance.randint(1, 10_000)}",
        invoice_date=day,
        due_date=None if number % 7 == 0 else day + timedelta(days=30),
        booked_on=day,
        currency="EUR",
        total=total,
        lines=tuple(
            BookingLine(account=chance.choice(("604000", "614000", "700000")), vat_code="AD21", base=total / 2, vat=Decimal(0))
            for _ in range(chance.randint(1, 2))
        ),
        paid=chance.choice((Decimal(0), total, total / 2)),
    )


def some_snapshot(count: int = 40, seed: int = 1) -> LedgerSnapshot:
    chance = random.Random(seed)  # noqa: S311 - bookings, no secrets
    bookings = tuple(some_booking(chance, number) for number in range(1, count + 1))
    return LedgerSnapshot(
        accounts=(
            Account(code="604000", name="Aankoop handelsgoederen", open_for_annotation=True),
            Account(code="440000", name="Leveranciers", open_for_annotation=False),
            Account(code="612000", name="Elektriciteit Café", open_for_annotation=True),
        ),
        vat_codes=(vat_code("AD21EU", "purchase"), vat_code("V21", "sales"), vat_code("AD21", "purchase")),
        journals=(Journal(code="CFVER", name="Verkopen", kind="sales"), Journal(code="CFAAN", name="Aankopen", kind="purchase")),
        periods=(Period(period="2025-02", open=True), Period(period="2025-01", open=False)),
        parties=(LedgerParty(id="L0", kind="supplier", name=NAMES[0], vat_number=None, iban=None),),
        bookings=bookings,
        open_items=tuple(
            OpenItem(package_id=one.package_id, party_id=one.party_id, due_date=one.due_date, amount=one.total, open=one.total - one.paid)
            for one in (*bookings, bookings[0])
        ),
        balances=(
            Balance(account="604000", period="2025-01", amount=Decimal(5)),
            Balance(account="604000", period="2025-02", amount=Decimal(6)),
        ),
    )


def all_of(mirror: PostgresLedgerMirror, wanted: BookingFilter, order: BookingOrder = BookingOrder.NUMBER) -> list[str]:
    page = mirror.bookings(DOSSIER, wanted, order=order, descending=False, offset=0, limit=1000)
    return [booking.package_id for booking in page.bookings]


def test_a_dossier_never_synchronised_has_nothing(mirror: PostgresLedgerMirror) -> None:
    assert mirror.accounts(DOSSIER) == ()
    assert mirror.synchronised_at(DOSSIER) is None
    assert all_of(mirror, BookingFilter(kind="purchase")) == []
    assert mirror.booking_totals(DOSSIER, BookingFilter(kind="purchase")) == BookingTotals(count=0, amount=Decimal(0), open=Decimal(0))


def test_a_first_synchronisation_adds_everything(mirror: PostgresLedgerMirror) -> None:
    snapshot = some_snapshot()
    lines = sum(len(booking.lines) for booking in snapshot.bookings)
    assert mirror.replace(DOSSIER, snapshot, 0) == MirrorChanges(
        added={
            "accounts": 3,
            "vat_codes": 3,
            "journals": 2,
            "periods": 2,
            "parties": 1,
            "bookings": 40,
            "booking_lines": lines,
            "open_items": 41,
            "balances": 2,
        }
    )
    assert mirror.synchronised_at(DOSSIER) is not None


def test_what_was_put_in_is_what_comes_out(mirror: PostgresLedgerMirror) -> None:
    snapshot = some_snapshot()
    mirror.replace(DOSSIER, snapshot, 0)
    assert mirror.accounts(DOSSIER) == tuple(sorted(snapshot.accounts, key=lambda account: account.code))
    assert mirror.vat_codes(DOSSIER, "purchase") == (snapshot.vat_codes[0], snapshot.vat_codes[2])
    assert mirror.journals(DOSSIER) == snapshot.journals[::-1]
    assert mirror.periods(DOSSIER) == snapshot.periods[::-1]
    assert mirror.account_name(DOSSIER, "604000") == "Aankoop handelsgoederen"
    assert mirror.account_name(DOSSIER, "999999") is None
    page = mirror.bookings(DOSSIER, BookingFilter(kind="sales"), order=BookingOrder.NUMBER, descending=False, offset=0, limit=100)
    assert page.bookings == tuple(booking for booking in snapshot.bookings if booking.kind == "sales")


def test_the_same_snapshot_again_changes_nothing(mirror: PostgresLedgerMirror) -> None:
    mirror.replace(DOSSIER, some_snapshot(), 0)
    assert mirror.replace(DOSSIER, some_snapshot(), 0) == MirrorChanges()


def test_changes_are_counted_by_kind(mirror: PostgresLedgerMirror) -> None:
    before = some_snapshot()
    mirror.replace(DOSSIER, before, 0)
    first, second, third, *rest = before.bookings
    paid_more = replace(first, paid=first.total + 1)
    moved = replace(second, lines=(replace(second.lines[0], account="499000"), *second.lines[1:]))
    renamed = replace(before.accounts[2], name="Stroom")
    new = Account(code="700000", name="Verkopen", open_for_annotation=True)
    after = replace(before, bookings=(paid_more, moved, *rest), accounts=(*before.accounts[:2], renamed, new))
    assert mirror.replace(DOSSIER, after, 0) == MirrorChanges(
        added={"accounts": 1},
        changed={"accounts": 1, "bookings": 1, "booking_lines": 1},
        removed={"bookings": 1, "booking_lines": len(third.lines)},
    )


def test_an_empty_snapshot_empties_the_dossier_and_no_other(mirror: PostgresLedgerMirror) -> None:
    mirror.replace(DOSSIER, some_snapshot(), 0)
    mirror.replace(OTHER, some_snapshot(), 0)
    mirror.replace(DOSSIER, NOTHING, 0)
    assert mirror.accounts(DOSSIER) == ()
    assert all_of(mirror, BookingFilter(kind="purchase")) == []
    assert mirror.booking_totals(DOSSIER, BookingFilter(kind="purchase")).count == 0
    assert len(mirror.accounts(OTHER)) == 3
    assert mirror.booking_totals(OTHER, BookingFilter(kind="purchase")).count > 0


def test_a_snapshot_that_cannot_be_kept_leaves_the_mirror_as_it_was(mirror: PostgresLedgerMirror) -> None:
    before = some_snapshot()
    mirror.replace(DOSSIER, before, 0)
    with pytest.raises(UniqueViolation):
        mirror.replace(DOSSIER, replace(before, accounts=(), bookings=(replace(before.bookings[0], package_id="1"),) * 2), 0)
    assert len(mirror.accounts(DOSSIER)) == 3
    assert all_of(mirror, BookingFilter(kind="purchase")) == [one.package_id for one in before.bookings if one.kind == "purchase"]


def test_accounts_are_found_by_the_beginning_of_the_code_or_part_of_the_name(mirror: PostgresLedgerMirror) -> None:
    mirror.replace(DOSSIER, some_snapshot(), 0)
    assert [account.code for account in mirror.accounts(DOSSIER, "6")] == ["604000", "612000"]
    assert [account.code for account in mirror.accounts(DOSSIER, "cafe")] == ["612000"]
    assert mirror.accounts(DOSSIER, "000") == ()
    assert len(mirror.accounts(DOSSIER, "")) == 3


def test_a_booking_of_ours_is_found_by_the_id_of_its_proposal(mirror: PostgresLedgerMirror) -> None:
    snapshot = some_snapshot()
    mirror.replace(DOSSIER, snapshot, 0)
    assert mirror.booking(DOSSIER, UUID(int=1)) == snapshot.bookings[0]
    assert mirror.booking(DOSSIER, UUID(int=3)) is None
    assert mirror.booking(OTHER, UUID(int=1)) is None


def test_an_id_that_is_no_proposal_is_a_booking_of_somebody_else(mirror: PostgresLedgerMirror) -> None:
    snapshot = some_snapshot()
    foreign = replace(snapshot.bookings[0], booking_id="WB-17", kind="purchase")
    mirror.replace(DOSSIER, replace(snapshot, bookings=(foreign,)), 0)
    page = mirror.bookings(DOSSIER, BookingFilter(kind="purchase"), order=BookingOrder.NUMBER, descending=False, offset=0, limit=5)
    assert page.bookings == (replace(foreign, booking_id=None),)


def folded(text: str) -> str:
    return "".join(letter for letter in normalize("NFKD", text.lower()) if not combining(letter))


def signed(booking: PackageBooking) -> Decimal:
    return -booking.total if booking.credit_note else booking.total


def paid(booking: PackageBooking) -> Paid:
    return Paid.YES if booking.paid >= booking.total else Paid.PARTLY if booking.paid else Paid.NO


CHECKS = {
    "kind": lambda booking, value: booking.kind == value,
    "text": lambda booking, value: any(
        folded(value) in folded(part) for part in (booking.party_name, booking.invoice_number, booking.number)
    ),
    "party_id": lambda booking, value: booking.party_id == value,
    "journal": lambda booking, value: booking.journal == value,
    "account": lambda booking, value: any(line.account.startswith(value) for line in booking.lines),
    "paid": lambda booking, value: paid(booking) == value,
    "credit_note": lambda booking, value: booking.credit_note is value,
    "period_from": lambda booking, value: booking.period >= value,
    "period_to": lambda booking, value: booking.period <= value,
    "invoice_date_from": lambda booking, value: booking.invoice_date >= value,
    "invoice_date_to": lambda booking, value: booking.invoice_date <= value,
    "due_date_from": lambda booking, value: booking.due_date is not None and booking.due_date >= value,
    "due_date_to": lambda booking, value: booking.due_date is not None and booking.due_date <= value,
    "amount_from": lambda booking, value: signed(booking) >= value,
    "amount_to": lambda booking, value: signed(booking) <= value,
}
VALUES = {
    "kind": ("purchase", "sales"),
    "text": ("muelen", "ÉLAN", "F/1", "250000", "100%", "garage_", "niemand"),
    "party_id": ("L0", "L3"),
    "journal": ("CFAAN", "CFCNAK"),
    "account": ("6", "614000"),
    "paid": tuple(Paid),
    "credit_note": (True, False),
    "period_from": ("2025-03",),
    "period_to": ("2025-03", "2025-04"),
    "invoice_date_from": (date(2025, 2, 14),),
    "invoice_date_to": (date(2025, 5, 20),),
    "due_date_from": (date(2025, 4, 1),),
    "due_date_to": (date(2025, 6, 1),),
    "amount_from": (Decimal("-300.50"), Decimal(100)),
    "amount_to": (Decimal(1500), Decimal(0)),
}


def test_every_filter_and_page_gives_what_a_plain_search_through_the_snapshot_gives(mirror: PostgresLedgerMirror) -> None:
    chance = random.Random(11)  # noqa: S311 - filters, no secrets
    snapshot = some_snapshot(300)
    mirror.replace(DOSSIER, snapshot, 0)
    mirror.replace(OTHER, some_snapshot(50, seed=2), 0)
    for name in [*VALUES, *[None] * 60]:
        chosen = {name} if name else set(chance.sample(sorted(VALUES), k=chance.randint(0, 3)))
        wanted = BookingFilter(**{one: chance.choice(VALUES[one]) for one in {"kind", *chosen}})
        expected = [
            booking
            for booking in snapshot.bookings
            if all(CHECKS[one](booking, value) for one, value in asdict(wanted).items() if value is not None)
        ]
        offset, limit = chance.choice((0, 3, 20, 200)), chance.choice((1, 25, 1000))
        page = mirror.bookings(DOSSIER, wanted, order=BookingOrder.NUMBER, descending=True, offset=offset, limit=limit)
        assert page.bookings == tuple(expected[::-1][offset : offset + limit]), wanted
        assert page.totals == BookingTotals(
            count=len(expected),
            amount=sum(map(signed, expected), Decimal(0)),
            open=sum((signed(one) - (-one.paid if one.credit_note else one.paid) for one in expected), Decimal(0)),
        ), wanted
        assert mirror.booking_totals(DOSSIER, wanted) == page.totals


def test_ranges_include_both_ends(mirror: PostgresLedgerMirror) -> None:
    snapshot = some_snapshot()
    mirror.replace(DOSSIER, snapshot, 0)
    one = snapshot.bookings[0]
    wanted = BookingFilter(
        kind=one.kind,
        amount_from=signed(one),
        amount_to=signed(one),
        invoice_date_from=one.invoice_date,
        invoice_date_to=one.invoice_date,
        due_date_from=one.due_date,
        due_date_to=one.due_date,
        period_from=one.period,
        period_to=one.period,
    )
    assert all_of(mirror, wanted) == [one.package_id]


@pytest.mark.parametrize("order", list(BookingOrder))
@pytest.mark.parametrize("descending", [False, True])
def test_pages_together_are_the_whole_list_in_order(mirror: PostgresLedgerMirror, order: BookingOrder, descending: bool) -> None:  # noqa: FBT001 - from the table
    mirror.replace(DOSSIER, some_snapshot(90), 0)
    wanted = BookingFilter(kind="purchase")

    def page(offset: int, limit: int) -> list[str]:
        found = mirror.bookings(DOSSIER, wanted, order=order, descending=descending, offset=offset, limit=limit)
        return [booking.package_id for booking in found.bookings]

    whole = page(0, 1000)
    assert [one for offset in range(0, len(whole) + 7, 7) for one in page(offset, 7)] == whole
    assert len(set(whole)) == len(whole) == mirror.booking_totals(DOSSIER, wanted).count
    assert page(0, 1000) == all_of(mirror, wanted, order)[:: -1 if descending else 1]


def test_names_sort_without_accents_and_articles(mirror: PostgresLedgerMirror) -> None:
    some = some_snapshot(len(NAMES)).bookings
    bookings = tuple(replace(one, kind="sales", party_name=name) for one, name in zip(some, NAMES, strict=True))
    mirror.replace(DOSSIER, replace(NOTHING, bookings=bookings), 0)
    page = mirror.bookings(DOSSIER, BookingFilter(kind="sales"), order=BookingOrder.PARTY, descending=False, offset=0, limit=10)
    assert [booking.party_name for booking in page.bookings] == [
        "L'Atelier 100%",
        "bakkerij Élan",
        "Van den Berg",
        "Bistro Noord",
        "Garage_Maes",
        "De Mûelenaere & zonen",
    ]


def test_analytic_dimensions_are_mirrored_in_order_and_lines_keep_what_they_stand_on(mirror: PostgresLedgerMirror) -> None:
    shops = Dimension(code="VEST", name="Vestiging", mandatory=True, values=(DimensionValue(code="L", name="Leuven"),))
    acts = Dimension(code="ACT", name="Activiteit")
    [booking] = some_snapshot(1).bookings
    on_shop = replace(booking, lines=tuple(replace(one, dimensions={"VEST": "L"}) for one in booking.lines))
    mirror.replace(DOSSIER, replace(NOTHING, bookings=(on_shop,), dimensions=(shops, acts)), 0)
    assert mirror.dimensions(DOSSIER) == (shops, acts)
    assert mirror.dimensions(OTHER) == ()
    page = mirror.bookings(DOSSIER, BookingFilter(kind=booking.kind), order=BookingOrder.NUMBER, descending=False, offset=0, limit=1)
    assert page.bookings[0].lines == on_shop.lines
    assert mirror.replace(DOSSIER, replace(NOTHING, bookings=(on_shop,), dimensions=(shops, acts)), 1) == MirrorChanges()
