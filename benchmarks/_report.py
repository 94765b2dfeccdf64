"""The lines of `recognition.py` as the tables of `docs/recognition.md`.

python benchmarks/recognition.py > lines.jsonl && python benchmarks/_report.py lines.jsonl docs/recognition.md
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Any

from application.recognition.reading import FIELD_NAMES

_MARKS = re.compile(r"(<!-- figures -->\n).*(<!-- end of figures -->)", re.DOTALL)
Line = dict[str, Any]


def main() -> None:
    """Replace what stands between the marks of a document."""
    lines = [json.loads(line) for line in Path(sys.argv[1]).read_text().splitlines() if line.startswith("{")]
    document = Path(sys.argv[2])
    document.write_text(_MARKS.sub(lambda marks: marks[1] + tables(lines) + marks[2], document.read_text()))


def tables(lines: list[Line]) -> str:
    """Sets, fields and reliability."""
    sets: dict[str, list[Line]] = {}
    for line in lines:
        sets.setdefault(line.get("set", ""), []).append(line)
    reliability = sets.pop("", [])
    rows = ["| set | documents | right | wrong | invented | absent | right of asked | sure | wrong of sure | s/page | peak MB |"]
    rows += ["|---" * 11 + "|", *(_set(name, told) for name, told in sets.items())]
    fields = [
        "| set | " + " | ".join(FIELD_NAMES) + " |",
        "|---" * (1 + len(FIELD_NAMES)) + "|",
        *(_fields(name, told) for name, told in sets.items()),
    ]
    bins = ["| confidence | values | said on average | right | share |", "|---|---|---|---|---|"]
    bins += [f"| {row['confidence']} | {row['values']} | {row['said']} | {row['right']} | {_share(row)} |" for row in reliability]
    parts = (
        ("Sets", rows),
        ("Right of asked per field (wrong and invented after +)", fields),
        ("Reliability of confidence, on documents not used to fit it", bins),
    )
    return "\n".join(f"### {title}\n\n" + "\n".join(part) + "\n" for title, part in parts)


def _set(name: str, told: list[Line]) -> str:
    every = next(line for line in told if line.get("field") == "all")
    sure = next((line for line in told if "sure" in line), {})
    speed = next(line for line in told if "documents" in line)
    asked = every["right"] + every["wrong"] + every["absent"]
    cells = [
        name,
        speed["documents"],
        every["right"],
        every["wrong"],
        every["invented"],
        every["absent"],
        _share(every) or f"{every['right']} of {asked}",
        sure.get("sure", ""),
        f"{sure['wrong']}{' = ' + _share(sure) if 'share' in sure else ''}" if sure else "",
        speed["seconds_per_page"],
        speed.get("peak_mb", ""),
    ]
    return "| " + " | ".join(str(cell) for cell in cells) + " |"


def _fields(name: str, told: list[Line]) -> str:
    by_field = {line["field"]: line for line in told if "field" in line}
    return "| " + " | ".join([name, *(_field(by_field.get(field)) for field in FIELD_NAMES)]) + " |"


def _field(line: Line | None) -> str:
    if line is None:
        return ""
    bad = line["wrong"] + line["invented"]
    return f"{line['right']}/{line['right'] + line['wrong'] + line['absent']}" + f" +{bad}" * bool(bad)


def _share(line: Line) -> str:
    return f"{line['share']:.1%} ({line['low']:.1%}–{line['high']:.1%})" if "share" in line else ""


if __name__ == "__main__":
    main()
