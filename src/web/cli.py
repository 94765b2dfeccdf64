"""The `daybook` command. Each sub-command is a file of `web.commands`; here is only what one types."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from uuid import UUID

from domain.kernel import Refused
from web.parent import OWNER_ONLY
from web.settings import Settings, read_settings

Command = Callable[[argparse.Namespace, Settings], int]


def _run(arguments: argparse.Namespace, settings: Settings) -> int:
    from web.commands.run import run

    return run(settings, demo_office=arguments.demo)


def _web(_: argparse.Namespace, __: Settings) -> int:
    from web.web_process import main

    main()
    return 0


def _mail(_: argparse.Namespace, __: Settings) -> int:
    from web.mail_process import main

    main()
    return 0


def _worker(arguments: argparse.Namespace, _: Settings) -> int:
    from web.worker import main

    main(arguments.part)
    return 0


def _init(arguments: argparse.Namespace, settings: Settings) -> int:
    from web.commands.manage import init

    return init(settings, arguments.office, arguments.first_name, arguments.last_name, arguments.email)


def _user(arguments: argparse.Namespace, settings: Settings) -> int:
    from web.commands.manage import add_user

    return add_user(settings, arguments)


def _dossier(arguments: argparse.Namespace, settings: Settings) -> int:
    from web.commands.manage import add_dossier

    return add_dossier(settings, arguments)


def _token(arguments: argparse.Namespace, settings: Settings) -> int:
    from web.commands import manage

    match arguments.action:
        case "list":
            return manage.list_tokens(settings, arguments.user)
        case "revoke":
            return manage.revoke_token(settings, arguments.id)
    return manage.create_token(settings, arguments.user, arguments.scope, arguments.name, arguments.dossier)


def _status(_: argparse.Namespace, settings: Settings) -> int:
    from web.commands.inspect import status

    return status(settings)


def _verify(_: argparse.Namespace, settings: Settings) -> int:
    from web.commands.inspect import verify

    return verify(settings)


def _history(arguments: argparse.Namespace, settings: Settings) -> int:
    from web.commands.inspect import history

    return history(settings, arguments.id, arguments.at)


def _erase(arguments: argparse.Namespace, settings: Settings) -> int:
    from web.commands.erase import erase

    return erase(settings, arguments.id, arguments.ground, arguments.by)


def _recognise_again(arguments: argparse.Namespace, settings: Settings) -> int:
    from web.commands.recognise_again import recognise_again

    return recognise_again(settings, arguments.by, arguments.dossier, arguments.engine_before)


def _rebuild(arguments: argparse.Namespace, settings: Settings) -> int:
    from web.commands.inspect import rebuild

    return rebuild(settings, arguments.model)


def _backup(arguments: argparse.Namespace, settings: Settings) -> int:
    from web.commands.backup import backup

    return backup(settings, arguments.folder)


def _restore(arguments: argparse.Namespace, settings: Settings) -> int:
    from web.commands.backup import restore

    return restore(settings, arguments.folder)


def _rates(arguments: argparse.Namespace, settings: Settings) -> int:
    from web.commands.rates import fetch_now, import_file

    return fetch_now(settings) if arguments.action == "fetch" else import_file(settings, arguments.file)


def _recognise(arguments: argparse.Namespace, settings: Settings) -> int:
    from web.recognise import run

    return run(arguments.files, arguments.own_vat, sys.stdout, settings, items=arguments.lines)


def _validate(arguments: argparse.Namespace, settings: Settings) -> int:
    from web.validate import run

    return run(arguments.files, sys.stdout, settings)


def parser() -> argparse.ArgumentParser:
    """Everything that can be typed."""
    top = argparse.ArgumentParser(prog="daybook", description="De portal tussen een boekhoudkantoor en zijn klanten.")
    commands = top.add_subparsers(dest="command", required=True, metavar="OPDRACHT")

    def command(name: str, run: Command, help_: str) -> argparse.ArgumentParser:
        made = commands.add_parser(name, help=help_, description=help_)
        made.set_defaults(run=run)
        return made

    command("run", _run, "Start alles: database, web en werker.").add_argument(
        "--demo", action="store_true", help="vul een lege installatie met het demokantoor"
    )
    command("web", _web, "Start alleen een webproces (met DAYBOOK_DATABASE_URL).")
    command("mail", _mail, "Ontvang alleen mail (met DAYBOOK_DATABASE_URL, DAYBOOK_MAIL_PORT en DAYBOOK_MAIL_DOMAIN).")
    command("worker", _worker, "Start alleen een werker.").add_argument(
        "--part", choices=("all", "jobs", "projector"), default="all", help="alleen taken, alleen leesmodellen, of alles"
    )
    init = command("init", _init, "Richt een leeg kantoor in met zijn eerste beheerder.")
    init.add_argument("--office", required=True, help="naam van het kantoor")
    for name in ("--first-name", "--last-name", "--email"):
        init.add_argument(name, required=True)
    _people(command)
    command("status", _status, "Toon hoever leesmodellen en taken zijn.")
    command("verify", _verify, "Bewijs dat niets in het logboek gewijzigd of verwijderd is.")
    history = command("history", _history, "Vertel de geschiedenis van een document.")
    history.add_argument("id", help="id van het document")
    history.add_argument("--at", help="de toestand op dit moment, bv. 2026-03-12T10:00")
    erase = command("erase", _erase, "Wis een document: bestanden, tekst en persoonlijke gegevens; de geschiedenis blijft.")
    erase.add_argument("id", help="id van het document")
    erase.add_argument("--ground", required=True, choices=("request", "retention"), help="op vraag, of omdat de bewaartermijn voorbij is")
    erase.add_argument("--by", required=True, metavar="EMAIL", help="e-mailadres van de kantoorbeheerder die wist")
    again = command("recognise-again", _recognise_again, "Lees open facturen opnieuw: waarop de herkenning vastliep.")
    again.add_argument("--by", required=True, metavar="EMAIL", help="e-mailadres van de medewerker die het vraagt")
    again.add_argument("--dossier", help="ondernemingsnummer; anders alle dossiers waar die medewerker bij kan")
    again.add_argument("--engine-before", metavar="VERSIE", help="ook wat gelezen werd door een oudere herkenning dan deze, bv. daybook-2")
    command("rebuild", _rebuild, "Bouw een leesmodel opnieuw op, naast het bestaande.").add_argument("model")
    command("backup", _backup, "Bewaar database en documenten als één geheel.").add_argument("folder", type=Path)
    command("restore", _restore, "Zet een bewaard geheel terug in een lege installatie.").add_argument("folder", type=Path)
    rates = command("rates", _rates, "Wisselkoersen van de ECB.").add_subparsers(dest="action", required=True)
    rates.add_parser("import", help="lees een bestand van de ECB in: XML, CSV of ZIP, één dag of vele").add_argument("file", type=Path)
    rates.add_parser("fetch", help="haal het bestand van DAYBOOK_RATES_URL nu op")
    recognise = command("recognise", _recognise, "Lees facturen en schrijf per bestand één regel JSON.")
    recognise.add_argument("files", nargs="+")
    command(
        "validate", _validate, "Toets e-facturen (UBL, CII, of een PDF met één erin) aan de regels en schrijf per bestand één regel JSON."
    ).add_argument("files", nargs="+")
    recognise.add_argument("--own-vat", help="btw-nummer van het dossier: nooit de tegenpartij")
    recognise.add_argument("--lines", action="store_true", help="ook de lijnen van elke factuur, als die samen haar totalen maken")
    return top


def _people(command: Callable[[str, Command, str], argparse.ArgumentParser]) -> None:
    user = command("user", _user, "Voeg een medewerker of een gebruiker van een klant toe; toont de link om een wachtwoord te kiezen.")
    for name in ("--first-name", "--last-name", "--email"):
        user.add_argument(name, required=True)
    user.add_argument("--profile", required=True, help="admin, employee, support, of een klantprofiel zoals administrator")
    user.add_argument("--dossier", help="ondernemingsnummer, bij een klantprofiel of om een medewerker aan te wijzen")
    dossier = command("dossier", _dossier, "Open een dossier voor een klant.")
    dossier.add_argument("--name", required=True)
    dossier.add_argument("--vat", required=True, help="ondernemings- of btw-nummer")
    dossier.add_argument("--first-period", required=True, help="eerste boekperiode, bv. 01/2026")
    dossier.add_argument("--admin", required=True, help="e-mailadres van de kantoorbeheerder die het dossier opent")
    tokens = command("token", _token, "Toegangssleutels voor de API.").add_subparsers(dest="action", required=True, metavar="WAT")
    create = tokens.add_parser("create", help="maak een sleutel; hij wordt één keer getoond")
    create.add_argument("--scope", action="append", default=[], help="beperk tot deze rechten; mag meermaals")
    create.add_argument("--dossier", action="append", default=[], help="beperk tot dit ondernemingsnummer; mag meermaals")
    create.add_argument("--name", default="", help="waarvoor de sleutel dient")
    for one in (create, tokens.add_parser("list", help="toon iemands sleutels, met hun id")):
        one.add_argument("--user", required=True, help="e-mailadres")
    tokens.add_parser("revoke", help="trek een sleutel in, voorgoed").add_argument("id", type=UUID, help="id van de sleutel")


def main(arguments: Sequence[str] | None = None) -> None:
    """Entry point: exit status 0 done, 1 refused or impossible, 2 not understood, 130 broken off."""
    os.umask(OWNER_ONLY)
    given = parser().parse_args(arguments)
    try:
        settings = read_settings()
    except ValueError as error:
        sys.stderr.write(f"{error}\n")
        sys.exit(2)
    try:
        sys.exit(given.run(given, settings))
    except KeyboardInterrupt:
        sys.exit(130)
    except Exception as error:
        said = _sentence(error)
        if said is None:
            raise
        sys.stderr.write(f"{said}\n")
        sys.exit(1)


def _sentence(error: Exception) -> str | None:
    if isinstance(error, Refused):
        return str(error)
    from web.commands.failures import sentence

    return sentence(error)


if __name__ == "__main__":
    main()
