"""Exchange rates from the command line: a file of the ECB, or the address it is fetched from."""

from __future__ import annotations

from pathlib import Path

from application.exchange_rates import TakenIn, take_in
from application.people import SYSTEM
from application.ports import RatesUnreachable
from domain.kernel import Refused
from web.commands.manage import cell_of
from web.output import tell
from web.settings import Settings


def import_file(settings: Settings, file: Path) -> int:
    """Take in what a file says that was not known."""
    try:
        data = file.read_bytes()
    except OSError as trouble:
        raise Refused("{file} kan niet gelezen worden: {reason}", file=file, reason=trouble.strerror or str(trouble)) from trouble
    with cell_of(settings) as cell:
        _tell(take_in(cell.bench, data, SYSTEM))
    return 0


def fetch_now(settings: Settings) -> int:
    """Fetch the file at once, as the worker does every day."""
    if not settings.rates_url:
        raise Refused("Zet eerst DAYBOOK_RATES_URL op het adres van het bestand van de ECB.")
    with cell_of(settings) as cell:
        try:
            data = cell.bench.rate_publisher.fetch()
        except RatesUnreachable as trouble:
            raise Refused("De koersen konden niet opgehaald worden: {reason}", reason=str(trouble)) from trouble
        _tell(take_in(cell.bench, data, SYSTEM))
    return 0


def _tell(taken: TakenIn) -> None:
    news = f"{taken.new} dagen met nieuwe koersen" if taken.new != 1 else "1 dag met nieuwe koersen"
    tell(f"{news}; het bestand gaat tot {taken.last:%d/%m/%Y}.")
