"""What enrichment is tried on: facts of one invoice, and a dossier with the sandbox ledger's chart and VAT codes."""

from datetime import date
from decimal import Decimal
from uuid import UUID, uuid4

from adapters.accounting.sandbox.chart import CHART
from adapters.accounting.sandbox.vat_codes import VAT_CODES
from application.enrichment.circumstances import Circumstances, Party, PastBooking
from application.enrichment.facts import Facts
from domain.booking_proposal import Line
from domain.document import FoundRate
from domain.dossier import Dossier, JournalSettings, Kind

SUSPENSE = "499000"
DAY = date(2026, 3, 5)
ID = UUID(int=7)


def dossier(**more):
    settings = {
        "dossier_name": "Bakkerij Claes",
        "enterprise_number": "0428759497",
        "vat_number": "BE0428759497",
        "package": "sandbox",
        "package_code": "1",
        "language": "nl",
        "journals": {
            "CFAAN": JournalSettings(code="CFAAN", kind=Kind.PURCHASE, number_format="yy000###"),
            "CFVER": JournalSettings(code="CFVER", kind=Kind.SALES, number_format="yy000###"),
        },
        "periods": {f"2026-{month:02}": month > 1 for month in range(1, 13)},
    }
    return Dossier(**settings | more)


def around(kind=Kind.PURCHASE, **more):
    """A dossier that knows nothing of the party, unless told."""
    known = {
        "kind": kind,
        "dossier": dossier(),
        "party": Party(party_name="Molens", vat_number="BE0998110303"),
        "accounts": CHART,
        "vat_codes": tuple(code for code in VAT_CODES.values() if code.kind == kind),
        "suspense_account": SUSPENSE,
    }
    return Circumstances(**known | more)


def rate(percent, base, category="S", vat=None):
    amount = Decimal(str(base))
    tax = (amount * percent / 100).quantize(Decimal("0.01")) if vat is None else Decimal(vat)
    return FoundRate(rate=Decimal(percent), base=amount, vat=tax, category=category)


def invoice(*rates, kind=Kind.PURCHASE, **more):
    """An invoice with this VAT breakdown and totals that agree with it."""
    base, vat = sum((one.base for one in rates), Decimal(0)), sum((one.vat for one in rates), Decimal(0))
    read = {
        "kind": kind,
        "party_name": "Molens NV",
        "party_vat": "BE0998110303",
        "invoice_number": "1",
        "invoice_date": DAY,
        "total": base + vat,
        "base": base,
        "vat": vat,
        "rates": rates,
    }
    return Facts(**read | more)


def line(account, vat_code, base, vat=0):
    return Line(account=account, vat_code=vat_code, base=Decimal(str(base)), vat=Decimal(str(vat)))


def past(*lines, day=DAY, own=True, due_days=None):
    return PastBooking(id=str(uuid4()), day=day, lines=lines, own=own, due_days=due_days)
