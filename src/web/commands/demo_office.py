"""The demo office as an installation knows it: whether it was begun here and is whole, and who can sign in to it."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from adapters.demo.people import NINE
from adapters.demo.world import OFFICE
from application.event_log import Change
from application.offices import office_stream
from application.people import SYSTEM
from application.workbench import Workbench
from domain.profiles import ClientProfile, OfficeProfile
from web.commands import first_start

PASSWORD = "daybook-demo"  # noqa: S105 - printed at the start of every demo office
CLAIM, BEGUN, COMPLETE = "demo office", "begun", "complete"

_PROFILES = {
    OfficeProfile.ADMIN: "kantoor · beheerder",
    OfficeProfile.EMPLOYEE: "kantoor · medewerker",
    OfficeProfile.SUPPORT: "kantoor · ondersteuning",
    ClientProfile.ADMINISTRATOR: "klant · beheerder",
    ClientProfile.FULL_ACCESS: "klant · volledige toegang",
    ClientProfile.PROCESSING: "klant · documentverwerking",
    ClientProfile.PROCESSING_ARCHIVE: "klant · documentverwerking en archief",
    ClientProfile.FEEDBACK: "klant · volledige terugkoppeling",
    ClientProfile.DELIVERY: "klant · aanlevering",
}


def account_lines() -> Iterator[str]:
    """The lines that say who can sign in."""
    yield f"Aanmelden kan als (wachtwoord voor iedereen: {PASSWORD}):"
    for one in NINE:
        yield f"  {one.email:<22} {one.name:<18} {_PROFILES[one.profile]}"


def is_begun(bench: Workbench) -> bool:
    """Whether this installation is the demo office's, however far its filling came."""
    return bench.claims.owner(CLAIM, BEGUN) is not None


def is_complete(bench: Workbench) -> bool:
    """Whether nothing of the demo office is missing."""
    return bench.claims.owner(CLAIM, COMPLETE) is not None


def begin(bench: Workbench) -> None:
    """Open the office and note that it is the demo office, in one go."""
    first_start.open_office(bench, OFFICE.name.removesuffix(" BV"), _claim(bench, BEGUN))


def complete(bench: Workbench) -> None:
    """Note that the filling came to its end."""
    bench.log.append(_claim(bench, COMPLETE), context=SYSTEM)


def _claim(bench: Workbench, what: str) -> Change:
    office: UUID = office_stream(bench)
    return bench.claims.take(office, CLAIM, what)
