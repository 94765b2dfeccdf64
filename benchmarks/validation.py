"""How well the rules agree with what the official ones say: JSON lines per family of rules, for our own, for the XSLT, and for both.

The cases are documents of OpenPEPPOL and CEN that say which rules must fail (`unit_cases.jsonl` beside the repository). `missed`: nothing
is found where the rule fails; `false_alarm`: something is found where it holds; `without`: rules that are not there. The mutants are
invoices in which one thing was spoilt, with all rules of CEN and Peppol that this breaks. CII has no such cases: there our own rules are
held against the XSLT. Then the time a document takes.

The XSLT is what comes with Daybook (EN 16931), and what lies in the folder `DAYBOOK_RULES`.
"""

from __future__ import annotations

import json
import os
import re
import time
from collections import Counter, defaultdict
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from _measure import figure
from lxml import etree

from adapters.ubl.xml import parse
from adapters.unreadable import Unreadable
from adapters.validation import checking, official, own
from adapters.validation.as_ubl import CARRIED
from adapters.validation.electronic import COMPLETE, Syntax
from adapters.validation.tree import Invoice
from application.validation.findings import UNCHECKED, Severity, Source

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lxml.etree import _Element as Element

DATA = Path(__file__).resolve().parents[2] / "shared" / "data" / "peppol"
CASES = DATA / "official" / "unit_cases.jsonl"
ROUNDS = 3
WAYS = ("own", "xslt", "both")
_ID = re.compile(r"""name="id">([^<]+)<|<svrl:failed-assert[^>]*\bid="([^"]+)\"""")

Counts = dict[tuple[str, str], Counter[str]]
"""(family, way) → how often."""


def family(rule: str) -> str:
    """`BR-CO-10` → `BR-CO`."""
    return re.sub(r"-?\d+(-\d+)?$", "", rule).removesuffix("-CN")


def known_rules() -> dict[str, frozenset[str]]:
    """Way → the rules it has for UBL."""
    sheets = (one.stylesheet for one in official._Loaded.files if one.syntax == Syntax.UBL)  # noqa: SLF001
    xslt = frozenset(found[1] or found[2] for sheet in sheets for found in _ID.finditer(sheet))
    return {"own": frozenset(own.CHECKS), "xslt": xslt, "both": xslt | frozenset(own.CHECKS)}


def judged(data: bytes) -> dict[str, frozenset[str]]:
    """Way → the rules it finds broken, whatever their severity."""
    ours = frozenset(one.rule for one in own.check(Invoice(parse(data))))
    xslt = frozenset(one.rule for one in official.validate(data) if one.rule != UNCHECKED)
    return {"own": ours, "xslt": xslt, "both": ours | xslt}


def of_cases(cases: Iterable[dict[str, Any]]) -> Counts:
    """Agreement over the expectations of all cases."""
    known, counts = known_rules(), defaultdict(Counter)
    for case in cases:
        try:
            failed = judged(case["xml"].encode())
        except Unreadable:
            counts["unreadable", ""]["documents"] += 1
            continue
        for expected in case["expect"]:
            rule, fails = expected["rule"], expected["outcome"] != "success"
            for way in WAYS:
                counts[family(rule), way][_verdict(rule in known[way], fails, rule in failed[way])] += 1
    return counts


def _verdict(known: bool, fails: bool, found: bool) -> str:  # noqa: FBT001
    if not known:
        return "without"
    return "agree" if fails == found else "missed" if fails else "false_alarm"


def mutants() -> Iterator[tuple[str, bytes, frozenset[str]]]:
    """Name, document, and all rules of CEN and Peppol that must be kept and are broken."""
    for manifest, folder in ((DATA.parent / "manifest.json", DATA), (DATA / "official" / "manifest.json", DATA / "official")):
        for one in json.loads(manifest.read_text())["files"]:
            path = folder / "mutants" / Path(one["file"]).name
            if one.get("kind") == "ubl_mutant" and path.is_file():
                broken = frozenset(rule for rule, flag in (*one["cen"], *one["peppol"]) if flag == "fatal")
                yield path.name, path.read_bytes(), broken


def of_mutants() -> Counts:
    """Agreement over the rules that the mutants break; a finding that must be kept and is not among them is a false alarm."""
    known, counts = known_rules(), defaultdict(Counter)
    for name, data, broken in mutants():
        everything = [*checking.validate(data), *official.validate(data)]
        must = [one for one in everything if one.source != Source.SCHEMA and (one.severity == Severity.FATAL or one.rule in broken)]
        found = {way: {one.rule for one in must if way in ("both", _way(one.source))} for way in WAYS}
        for way in WAYS:
            for rule in broken:
                counts[family(rule), way][_verdict(rule in known[way], True, rule in found[way])] += 1
            for rule in found[way] - broken:
                counts[family(rule), way]["false_alarm"] += 1
                print(json.dumps({"false_alarm": rule, "by": way, "mutant": name}))
            for rule in (broken & known[way]) - found[way]:
                print(json.dumps({"missed": rule, "by": way, "mutant": name}))
    return counts


def of_cii() -> Counts:
    """Our own rules on CII against the XSLT: over the rules both have, on CEN's examples with every few elements removed or changed.

    Cases in which both find nothing are not counted: there are thousands.
    """
    sheet = next(one for one in official._Loaded.files if one.syntax == Syntax.CII and one.wanted == COMPLETE)  # noqa: SLF001
    known = {found[1] or found[2] for found in _ID.finditer(sheet.stylesheet)} & {name for name in own.CHECKS if CARRIED.fullmatch(name)}
    counts: Counts = defaultdict(Counter)
    for path in sorted((DATA / "official" / "cen-examples-cii").glob("*.xml")):
        for data in _spoilt(path.read_bytes()):
            ours = {one.rule for one in checking.validate(data) if one.source == Source.OWN} & known
            theirs = {one.rule for one in official.validate(data)} & known
            for rule in ours | theirs:
                counts[family(rule), "own"][_verdict(True, rule in theirs, rule in ours)] += 1
    return counts


def _spoilt(data: bytes) -> Iterator[bytes]:
    """The document, and copies of it in which one element is gone or holds another number or code."""
    yield data
    elements = sum(1 for _ in etree.fromstring(data).iter(etree.Element))
    for number in range(1, elements, max(elements // 25, 1)):
        for change in (_removed, _changed):
            root = etree.fromstring(data)
            change(list(root.iter(etree.Element))[number])
            yield etree.tostring(root)


def _removed(element: Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _changed(element: Element) -> None:
    text = (element.text or "").strip()
    if re.fullmatch(r"-?\d+(\.\d+)?", text):
        element.text = str(Decimal(text) + 7)
    elif text and len(text) < len("code"):
        element.text = "QQ"


def _way(source: Source) -> str:
    return "xslt" if source == Source.OFFICIAL else "own"


def told(of: str, counts: Counts) -> None:
    """A line for each family and way, then the sums."""
    sums: dict[str, Counter[str]] = defaultdict(Counter)
    for (name, way), counted in sorted(counts.items()):
        print(json.dumps({"of": of, "rules": name, "by": way, **counted}))
        sums[way] += counted
    for way, counted in sums.items():
        print(json.dumps({"of": of, "rules": "all", "by": way, **counted}))


def main() -> None:
    """Agreement, then speed."""
    if not CASES.is_file():
        print(json.dumps({"skipped": "the official cases are not beside the repository"}))
        return
    official.load(b"", os.environ.get("DAYBOOK_RULES", ""))
    cases = [json.loads(line) for line in CASES.read_text().splitlines()]
    told("unit cases", of_cases(cases))
    told("mutants", of_mutants())
    told("spoilt CII", of_cii())
    documents = [case["xml"].encode() for case in cases]
    for name, run in (("schema-and-own-rules", checking.validate), ("official-rules", official.validate)):
        whole, floor = [], []
        for _ in range(ROUNDS):
            started = time.perf_counter()
            for data in documents:
                parse(data)
            middle = time.perf_counter()
            for data in documents:
                run(data)
            whole.append((time.perf_counter() - middle) * 1e6 / len(documents))
            floor.append((middle - started) * 1e6 / len(documents))
        figure(f"validate/{name}", whole, floor, "µs")


if __name__ == "__main__":
    main()
