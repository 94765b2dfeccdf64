"""`daybook validate FILE…`: the rules each electronic invoice (UBL, CII, or a PDF with one inside) breaks, one JSON line a file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from adapters.inspection.pool import TaskInterrupted
from application.validation.checking import check
from domain.kernel import Refused
from web.recognise import AT_HAND, content
from web.settings import Settings
from web.workshops import rule_workshop

if TYPE_CHECKING:
    from typing import TextIO

    from adapters.inspection.pool import Workshop


def run(files: list[str], out: TextIO, settings: Settings | None = None) -> int:
    """Write the lines; the exit status is 1 when a file breaks a rule that must be kept or could not be read."""
    wrong = False
    with rule_workshop(settings or Settings(), 1, AT_HAND) as workshop:
        for file in files:
            line = _line(workshop, file)
            wrong = wrong or not line.get("valid", False)
            out.write(json.dumps(line, ensure_ascii=False) + "\n")
            out.flush()
    return int(wrong)


def _line(workshop: Workshop, file: str) -> dict[str, Any]:
    try:
        found = check(workshop, content(Path(file)))
    except (OSError, Refused, TaskInterrupted) as error:
        return {"file": file, "error": str(error)}
    told = [
        {"rule": one.rule, "severity": str(one.severity), "source": str(one.source), "where": one.where, "sentence": one.sentence}
        for one in found
    ]
    return {"file": file, "valid": not any(one.severity == "fatal" for one in found), "findings": told}
