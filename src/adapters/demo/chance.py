"""Chance that can be repeated."""

from __future__ import annotations

from random import Random


def seeded(*seed: object) -> Random:
    """A stream of random numbers that is the same for the same seed, on every machine."""
    return Random(" ".join(str(part) for part in seed))  # noqa: S311 - nothing here is secret, and it must be repeatable
