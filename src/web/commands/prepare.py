"""What `daybook run` sees to before it says that it is ready: there is an office, and the demo office is whole."""

from __future__ import annotations

from collections.abc import Callable

from domain.kernel import Refused
from web.commands import demo_office, first_start
from web.output import tell
from web.settings import Settings
from web.wiring import Cell, open_cell


def prepare(settings: Settings, dsn: str, stopped: Callable[[], bool], *, demo: bool) -> list[str]:
    """Fill the demo office at its first start, or go on after a start that was broken off. Returns who can sign in.

    Refused when there is no office to start.
    """
    cell = open_cell(settings, dsn, threads=2, workshop_size=0)
    try:
        if demo and not demo_office.is_complete(cell.bench):
            _fill(cell, stopped)
        if not first_start.is_open(cell.bench):
            raise Refused("Er is nog geen kantoor. Maak er een met `daybook init`, of start het demokantoor met `daybook run --demo`.")
        return list(demo_office.account_lines()) if demo_office.is_begun(cell.bench) else []
    finally:
        cell.close()


def _fill(cell: Cell, stopped: Callable[[], bool]) -> None:
    if first_start.is_open(cell.bench) and not demo_office.is_begun(cell.bench):
        tell("In deze map staat een echt kantoor: er komt niets van het demokantoor bij.")
        return
    from web.commands import demo  # noqa: PLC0415 - it draws invoices: much to load, at the first start only

    try:
        demo.seed(cell, stopped)
    except demo.Stopped:
        tell("Gestopt voor het demokantoor klaar was; de volgende start gaat verder waar deze stopte.")
