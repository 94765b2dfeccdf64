"""The first start of a real office (FEATURES N7): an empty office with its first administrator, who chooses a password by a link."""

from __future__ import annotations

from uuid import UUID

from application.event_log import Change
from application.offices import office_stream
from application.people import SYSTEM, register_user
from application.workbench import Workbench
from domain.kernel import Refused
from domain.office import Office, OfficeOpened
from domain.profiles import OfficeProfile


def open_office(bench: Workbench, office_name: str, *together: Change) -> None:
    """Give the installation its office, `together` with other changes in one go. Refused when it has one."""
    bench.log.append(opening(bench, office_name), *together, context=SYSTEM)


def opening(bench: Workbench, office_name: str) -> Change:
    """The change that opens the office: there is one in an installation."""
    office_name = " ".join(office_name.split())
    if not office_name:
        raise Refused("Geef het kantoor een naam.")
    if is_open(bench):
        raise Refused("Deze installatie heeft al een kantoor.")
    return Change(stream=office_stream(bench), version=0, events=[OfficeOpened(office_name=office_name)])


def is_open(bench: Workbench) -> bool:
    """Whether the installation has its office."""
    return bench.log.find(Office, office_stream(bench)) is not None


def open_with_admin(bench: Workbench, office_name: str, *, first_name: str, last_name: str, email: str) -> UUID:
    """The office and its first administrator, in one go: a mistyped address leaves nothing behind."""
    return register_user(
        bench,
        SYSTEM,
        first_name=first_name,
        last_name=last_name,
        email=email,
        profile=OfficeProfile.ADMIN,
        together=[opening(bench, office_name)],
    )
