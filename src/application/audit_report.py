"""What the comparison of log and chain found, in plain words for the office and its auditor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from application.audit_check import Defect, Finding, VerifyReport

if TYPE_CHECKING:
    from application.audit_chain import Anchor

SENTENCES = {
    Defect.CHANGED: "Positie {position} klopt niet: die gebeurtenis is gewijzigd, of er is een verwijderd na positie {after}.",
    Defect.REMOVED: "Positie {position} ontbreekt: die gebeurtenis is verwijderd.",
    Defect.INSERTED: "Positie {position} is er achteraf tussen gezet: de keten kent die gebeurtenis niet.",
    Defect.TRUNCATED: "Het einde ontbreekt: het logboek stopt na positie {after}, maar positie {position} is ooit verankerd.",
    Defect.REWRITTEN: "De keten is herschreven: tussen positie {after} en {position} staat iets anders dan wat verankerd is.",
    Defect.FORGED_ANCHOR: "Het anker op positie {position} is niet ondertekend met de sleutel van deze installatie.",
    Defect.ANCHOR_REMOVED: "Het laatste anker, op positie {position}, is verwijderd uit de databank of uit de opslag van documenten.",
}


def report_lines(report: VerifyReport) -> list[str]:
    """The outcome first, then how far it reaches, then every kind of defect with its first position."""
    verdict = "Het logboek is ongeschonden." if report.intact else "Het logboek is NIET ongeschonden."
    compared = f"{_events(report.events)} nagerekend, tot en met positie {report.position}."
    younger = [f"{_events(report.not_anchored)} nog niet verankerd."] if report.not_anchored else []
    return [verdict, compared, _anchored(report.anchor), *younger, *map(_found, report.findings)]


def _events(count: int) -> str:
    return "1 gebeurtenis" if count == 1 else f"{count} gebeurtenissen"


def _anchored(anchor: Anchor | None) -> str:
    if anchor is None:
        return "Nog geen enkele positie is verankerd."
    return f"Laatst verankerde positie: {anchor.position}, op {anchor.at:%d/%m/%Y %H:%M} UTC."


def _found(finding: Finding) -> str:
    line = SENTENCES[finding.defect].format(position=finding.position, after=finding.after)
    return line if finding.count == 1 else f"{line} In totaal {finding.count} keer."
