"""Comparing the log with its hash chain and with the signed anchors: what differs, and where it begins (FEATURES O2). Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import StrEnum

import msgspec

from application.audit_chain import BEGINNING, Anchor, Entry, digest


class Defect(StrEnum):
    """What can be wrong."""

    CHANGED = "changed"
    """The event does not have the digest it had, or something between it and the one before was removed with its digest."""
    REMOVED = "removed"
    """The digest is there, the event is not."""
    INSERTED = "inserted"
    """The event stands among older ones, and the chain never saw it."""
    TRUNCATED = "truncated"
    """The log ends before a position that was anchored."""
    REWRITTEN = "rewritten"
    """The chain agrees with the events but not with what was signed: both were changed after the previous anchor."""
    FORGED_ANCHOR = "forged_anchor"
    """The anchor was not signed with this installation's key."""
    ANCHOR_REMOVED = "anchor_removed"
    """The last anchor is remembered outside the database, but is no longer in it or in the object store."""


class Finding(msgspec.Struct, frozen=True):
    """The first of its kind: at which position, and after which position that was still right. `count`: how many of the kind."""

    defect: Defect
    position: int
    after: int
    count: int = 1


class VerifyReport(msgspec.Struct, frozen=True, kw_only=True):
    """The outcome. `events` were compared, up to `position`; `anchor` is the last one that was signed and still fits."""

    events: int
    position: int
    anchor: Anchor | None
    not_anchored: int
    """Events younger than that anchor: a change in them could still go unnoticed."""
    findings: tuple[Finding, ...]

    @property
    def intact(self) -> bool:
        """Whether nothing was found."""
        return not self.findings


Pair = tuple[int, Entry | None, bytes | None]
"""A position with the event that stands there and the digest the chain has for it; at least one of the two."""


class Findings:
    """The first finding of every kind, and how many there were."""

    def __init__(self) -> None:
        self._found: dict[Defect, Finding] = {}

    def add(self, defect: Defect, position: int, after: int) -> None:
        """One more."""
        first = self._found.get(defect)
        self._found[defect] = Finding(defect, position, after) if first is None else msgspec.structs.replace(first, count=first.count + 1)

    @property
    def all(self) -> tuple[Finding, ...]:
        """By position."""
        return tuple(sorted(self._found.values(), key=lambda finding: finding.position))


def check_log(pairs: Iterable[Pair], chain_end: int, anchors: Sequence[Anchor], findings: Findings) -> VerifyReport:
    """Compare all positions in order, and the chain with the (truly signed) anchors. `chain_end` is the last position in the chain."""
    comparison = _Comparison(chain_end, {anchor.position: anchor for anchor in anchors}, findings)
    for position, entry, link in pairs:
        comparison.take(position, entry, link)
    return comparison.report()


class _Comparison:
    def __init__(self, chain_end: int, anchors: dict[int, Anchor], findings: Findings) -> None:
        self._chain_end, self._anchors, self._findings = chain_end, anchors, findings
        self._digest, self._position = BEGINNING, 0
        self._anchor: Anchor | None = None
        self._events = self._not_anchored = 0

    def take(self, position: int, entry: Entry | None, link: bytes | None) -> None:
        """The next position."""
        if entry is not None:
            self._events += 1
            self._not_anchored += 1
        if link is None:
            if position < self._chain_end:
                self._findings.add(Defect.INSERTED, position, self._position)
            return
        if entry is None:
            self._findings.add(Defect.REMOVED, position, self._position)
        elif digest(self._digest, entry) != link:
            self._findings.add(Defect.CHANGED, position, self._position)
        self._digest, self._position = link, position
        self._compare_with_anchor(position, link)

    def _compare_with_anchor(self, position: int, link: bytes) -> None:
        anchor = self._anchors.pop(position, None)
        if anchor is None:
            return
        if anchor.digest != link.hex():
            self._findings.add(Defect.REWRITTEN, position, self._anchored)
        else:
            self._anchor, self._not_anchored = anchor, 0

    @property
    def _anchored(self) -> int:
        return self._anchor.position if self._anchor else 0

    def report(self) -> VerifyReport:
        """After the last position. An anchor that met no position stood where something was removed."""
        for position in sorted(self._anchors):
            self._findings.add(Defect.TRUNCATED if position > self._position else Defect.REMOVED, position, self._position)
        return VerifyReport(
            events=self._events,
            position=self._position,
            anchor=self._anchor,
            not_anchored=self._not_anchored,
            findings=self._findings.all,
        )
