"""How well invoices are read: per set and field right, wrong and absent, as JSON lines.

Sets: the real text PDFs beside the repository (the page only: an XML inside is hidden; only what is printed is scored), the demo's own
invoices where their generator is installed, and Peppol examples. `--misses` prints every wrong or absent value.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import Counter, defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from adapters.pdf import words
from application.recognition.reader import read_pages
from application.recognition.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

SHARED = Path(__file__).resolve().parents[2] / "shared"
DATA = SHARED / "data"
AMOUNTS = ("total_incl", "total_excl", "vat")
_FORMS = re.compile(r"\b(gmbh|sarl|bv|nv|sa|srl|ltd|inc|ag|e v|a g)\b")
RIGHT, WRONG, ABSENT = "right", "wrong", "absent"


def same(field: str, read: str, truth: Any) -> bool:
    """Whether a value is the true one: names without their legal form, numbers without punctuation, amounts without sign."""
    if isinstance(truth, list):
        return any(same(field, read, one) for one in truth)
    if field in AMOUNTS:
        return abs(float(read)) == abs(float(truth))
    if field.endswith("_name"):
        one, other = (_core(text) for text in (read, truth))
        return bool(one) and (one in other or other in one)
    return _bare(read) == _bare(truth)


def _bare(text: str) -> str:
    return re.sub(r"[^a-z0-9]", "", fold(text))


def _core(text: str) -> str:
    return _bare(_FORMS.sub(" ", re.sub(r"[.,]", "", fold(text.rsplit("\n", maxsplit=1)[-1]))))


def verdicts(fields: dict[str, Any], truth: dict[str, Any], scorable: list[str]) -> dict[str, str]:
    """Right, wrong or absent for each field that is scored."""
    return {
        name: ABSENT if name not in fields else RIGHT if same(name, fields[name].value, truth[name]) else WRONG
        for name in scorable
        if truth.get(name) not in (None, [])
    }


def real_invoices() -> Iterator[tuple[str, dict[str, Any], dict[str, Any], list[str]]]:
    """The real PDFs: name, fields read from the page alone, truth, and what is printed."""
    manifest = json.loads((DATA / "manifest.json").read_text())
    for entry in manifest["files"]:
        if entry["kind"] == "invoice_pdf":
            reading = read_pages(words((DATA / entry["file"]).read_bytes()))
            yield entry["file"], dict(reading.fields), entry["truth"], entry["scorable"]


def score(name: str, read: Iterator[tuple[str, dict[str, Any], dict[str, Any], list[str]]], *, misses: bool) -> dict[str, Counter[str]]:
    """Print one line a field and one for all."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    sure: Counter[str] = Counter()
    for file, fields, truth, scorable in read:
        for field, verdict in verdicts(fields, truth, scorable).items():
            counts[field][verdict] += 1
            counts["all"][verdict] += 1
            if field in fields and fields[field].confidence >= 0.9:  # noqa: PLR2004 - what is shown as certain
                sure[verdict] += 1
            if misses and verdict != RIGHT:
                print(f"{verdict:7}{file} {field}: {fields.get(field)} not {truth[field]!r}", file=sys.stderr)
    for field, counted in counts.items():
        print(json.dumps({"set": name, "field": field} | {verdict: counted[verdict] for verdict in (RIGHT, WRONG, ABSENT)}))
    print(json.dumps({"set": name, "confidence": ">= 0.9", RIGHT: sure[RIGHT], WRONG: sure[WRONG]}))
    return counts


def main() -> None:
    """Score every set that is there."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--misses", action="store_true")
    misses = parser.parse_args().misses
    if DATA.is_dir():
        score("real-pdf", real_invoices(), misses=misses)
    else:
        print(json.dumps({"set": "real-pdf", "skipped": f"{DATA} is not there"}))


if __name__ == "__main__":
    main()
