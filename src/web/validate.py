"""`daybook validate FILE…`: the rules of UBL 2.1, EN 16931 and Peppol each electronic invoice breaks, one JSON line a file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from adapters.inspection.pool import Workshop
from application.ports import TaskFailed
from application.validation.findings import Finding
from domain.kernel import Refused
from web.recognise import content

if TYPE_CHECKING:
    from typing import TextIO


def run(files: list[str], out: TextIO) -> int:
    """Write the lines; the exit status is 1 when a file breaks a rule that must be kept or could not be read."""
    wrong = False
    with Workshop(size=1, modules=("adapters.reading", "adapters.validation.checking")) as workshop:
        workshop.run("adapters.reading:ready", b"")
        for file in files:
            line = _line(workshop, file)
            wrong = wrong or not line.get("valid", False)
            out.write(json.dumps(line, ensure_ascii=False) + "\n")
            out.flush()
    return int(wrong)


def _line(workshop: Workshop, file: str) -> dict[str, Any]:
    try:
        found: list[Finding] = workshop.run("adapters.validation.checking:validate", content(Path(file)))
    except (OSError, Refused) as error:
        return {"file": file, "error": str(error)}
    except TaskFailed:
        return {"file": file, "error": "Het bestand kan niet gelezen worden."}
    told = [
        {"rule": one.rule, "severity": str(one.severity), "source": str(one.source), "where": one.where, "sentence": one.sentence}
        for one in found
    ]
    return {"file": file, "valid": not any(one.severity == "fatal" for one in found), "findings": told}
