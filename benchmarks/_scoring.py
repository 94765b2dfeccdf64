"""Whether what was read is what is true, counted, with the interval a count of that size allows."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from math import sqrt
from typing import TYPE_CHECKING, Any, NamedTuple

from application.recognition.reading import FieldReading
from application.recognition.text import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

RIGHT, WRONG, ABSENT, INVENTED = "right", "wrong", "absent", "invented"
LEAST_FOR_A_SHARE = 100
"""Fields: below that only counts are printed."""

_AMOUNTS = ("total_incl", "total_excl", "vat")
_FORMS = re.compile(r"\b(gmbh|sarl|bv|nv|sa|srl|ltd|inc|ag|ev)\b")
_Z = 1.96
_BINS = 10


class Case(NamedTuple):
    """A document that was read: what is true of it, and which of that stands on it (and so can be asked for).

    `complete`: the truth knows every field, so that reading another one is an invention.
    """

    name: str
    fields: dict[str, FieldReading]
    truth: dict[str, Any]
    asked: Iterable[str]
    complete: bool = False


def same(field: str, read: str, true: Any) -> bool:
    """Whether a value is the true one: names without legal form and surroundings, numbers without punctuation, amounts without sign."""
    if isinstance(true, list):
        return any(same(field, read, one) for one in true)
    if field in _AMOUNTS:
        return abs(float(read)) == abs(float(true))
    if field.endswith("_name"):
        shorter, longer = sorted((_core(read), _core(true)), key=len)
        return len(shorter) * 2 >= len(longer) > 0 and shorter in longer
    return _bare(read) == _bare(true)


def verdicts(case: Case) -> Iterable[tuple[str, str]]:
    """Per field right, wrong or absent; and invented where nothing like it is on the page. What is true but not printed may be read."""
    asked = set(case.asked)
    for field in sorted(asked | set(case.fields)):
        read, true = case.fields.get(field), case.truth.get(field)
        if field in asked and true not in (None, "", []):
            yield field, ABSENT if read is None else RIGHT if same(field, read.value, true) else WRONG
        elif read is not None and (case.complete or field in asked) and (true in (None, "", []) or not same(field, read.value, true)):
            yield field, INVENTED


def outcomes(case: Case) -> Iterable[tuple[str, float, bool]]:
    """Per value that was read and whose truth is known: its field, its confidence, and whether it is right."""
    for field, read in case.fields.items():
        if case.complete or field in case.asked:
            true = case.truth.get(field)
            yield field, read.confidence, true not in (None, "", []) and same(field, read.value, true)


def reliability(values: Iterable[tuple[str, float, bool]]) -> list[dict[str, float | str]]:
    """Ten bins of confidence: how many values, how many right, and what confidence said."""
    bins: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for _field, confidence, right in values:
        bins[min(_BINS - 1, int(confidence * _BINS))].append((confidence, right))
    return [
        {"confidence": f"{place / _BINS:.1f}-{(place + 1) / _BINS:.1f}", "values": len(held), "right": sum(right for _, right in held)}
        | {"said": round(sum(confidence for confidence, _ in held) / len(held), 3)}
        | share(sum(right for _, right in held), len(held))
        for place, held in sorted(bins.items())
    ]


def count(
    cases: Iterable[Case], is_sure: Callable[[float], bool], misses: list[str] | None = None
) -> tuple[dict[str, Counter[str]], Counter[str]]:
    """Verdicts per field (and `all`), and of the values that are shown as sure."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    sure: Counter[str] = Counter()
    for case in cases:
        for field, said in verdicts(case):
            counts[field][said] += 1
            counts["all"][said] += 1
            if field in case.fields and is_sure(case.fields[field].confidence):
                sure[said] += 1
            if misses is not None and said != RIGHT:
                misses.append(f"{said:9}{case.name} {field}: {case.fields.get(field)} not {case.truth.get(field)!r}")
    return counts, sure


def wilson(hits: int, total: int) -> tuple[float, float]:
    """The 95 % interval of a share (Wilson's), which also holds for few cases and shares near 0 and 1."""
    if not total:
        return 0.0, 1.0
    share, square = hits / total, _Z * _Z / total
    middle = share + square / 2
    spread = _Z * sqrt((share * (1 - share) + square / 4) / total)
    return max(0.0, (middle - spread) / (1 + square)), min(1.0, (middle + spread) / (1 + square))


def share(hits: int, total: int) -> dict[str, float]:
    """A share with its interval for a line of figures; nothing below a hundred fields."""
    if total < LEAST_FOR_A_SHARE:
        return {}
    low, high = wilson(hits, total)
    return {"share": round(hits / total, 4), "low": round(low, 4), "high": round(high, 4)}


def _bare(text: str) -> str:
    return re.sub(r"[^a-z0-9]", "", fold(text))


def _core(text: str) -> str:
    return _bare(_FORMS.sub(" ", re.sub(r"[.,]", "", fold(text.rsplit("\n", maxsplit=1)[-1]))))
