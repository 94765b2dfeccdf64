"""How well our own rules agree with the official ones: JSON lines per family of rules with how often both say the same.

The cases are documents of OpenPEPPOL and CEN that say which rules must fail (`unit_cases.jsonl` beside the repository). `missed`: ours
stay silent where the rule fails; `false_alarm`: ours speak where it holds; `not_ours`: rules we do not have. Then microseconds a document,
beside parsing alone.
"""

from __future__ import annotations

import json
import re
import time
from collections import Counter, defaultdict
from pathlib import Path

from _measure import figure
from lxml import etree

from adapters.ubl.xml import parse
from adapters.unreadable import Unreadable
from adapters.validation import checking, own
from adapters.validation.tree import Invoice

CASES = Path(__file__).resolve().parents[2] / "shared" / "data" / "peppol" / "official" / "unit_cases.jsonl"
ROUNDS = 3


def family(rule: str) -> str:
    """`BR-CO-10` → `BR-CO`."""
    return re.sub(r"-?\d+(-\d+)?$", "", rule).removesuffix("-CN")


def agreement(cases: list[dict]) -> dict[str, Counter[str]]:  # type: ignore[type-arg]
    """Per family of rules, over the expectations of all cases."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for case in cases:
        try:
            failed = {one.rule for one in own.check(Invoice(parse(case["xml"].encode())))}
        except Unreadable:
            counts["unreadable"]["documents"] += 1
            continue
        for expected in case["expect"]:
            rule, fails = expected["rule"], expected["outcome"] != "success"
            if rule not in own.CHECKS:
                counts[family(rule)]["not_ours"] += 1
            elif fails == (rule in failed):
                counts[family(rule)]["agree"] += 1
            else:
                counts[family(rule)]["missed" if fails else "false_alarm"] += 1
    return counts


def main() -> None:
    """Agreement, then speed."""
    if not CASES.is_file():
        print(json.dumps({"skipped": "the official cases are not beside the repository"}))
        return
    cases = [json.loads(line) for line in CASES.read_text().splitlines()]
    for name, counted in sorted(agreement(cases).items()):
        print(json.dumps({"rules": name, **counted}))
    documents = [case["xml"].encode() for case in cases]
    ours, floor = [], []
    for _ in range(ROUNDS):
        started = time.perf_counter()
        for data in documents:
            etree.fromstring(data)
        middle = time.perf_counter()
        for data in documents:
            checking.validate(data)
        ours.append((time.perf_counter() - middle) * 1e6 / len(documents))
        floor.append((middle - started) * 1e6 / len(documents))
    figure("validate/schema-and-own-rules", ours, floor, "µs")


if __name__ == "__main__":
    main()
