"""Writes the samples that are missing: `python -m tests.stored_events.write`, once for every new event or raised version.

Look at what it wrote and make it true to life before it is committed. A sample is never changed afterwards.
"""

from __future__ import annotations

import sys

from tests.stored_events.generate import plausible
from tests.stored_events.samples import FOLDER, sample_of, write_sample

from application.event_catalogue import EVENTS


def main() -> None:
    """Write one sample for each catalogued event that has none of its present version."""
    for kind in EVENTS.values():
        sample = sample_of(plausible(kind))
        if not (FOLDER / sample.file_name).exists():
            sys.stdout.write(f"{write_sample(sample).name}\n")


if __name__ == "__main__":
    main()
