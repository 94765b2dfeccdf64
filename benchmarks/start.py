"""`start/warm`: from `daybook run` to the first answer of a filled office, against PostgreSQL's own start on the same data folder.

Both are wall-clock seconds of a start after a clean stop, in turns. The floor is the database server alone, started and asked for one row
by this process; ours is everything: the server, the worker and the web process.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from _measure import figure

from installation import Installation, installation
from web.supervisor import answers

if TYPE_CHECKING:
    from collections.abc import Callable

ROUNDS = int(os.environ.get("ROUNDS", "7"))


def main() -> None:
    """Print the figure. One round before the first warms the disk's cache and fills the read models."""
    with installation() as office:
        whole(office)
        rounds = [(whole(office), server(office)) for _ in range(ROUNDS)]
    figure("start/warm", [ours for ours, _ in rounds], [floor for _, floor in rounds], "s")


def server(office: Installation) -> float:
    """Seconds until the database server alone answers."""
    alone = office.server

    def ask() -> bool:
        alone.start()
        with psycopg.connect(alone.dsn) as connection:
            return connection.execute("SELECT 1").fetchone() == (1,)

    seconds = _timed(ask)
    alone.stop()
    return seconds


def whole(office: Installation) -> float:
    """Seconds until the office answers."""
    process: list[subprocess.Popen[bytes]] = []

    def serve() -> bool:
        process.append(office.launch())
        while not answers(office.settings.host, office.settings.port):
            time.sleep(0.005)
        return True

    seconds = _timed(serve)
    process[0].send_signal(signal.SIGINT)
    process[0].wait()
    return seconds


def _timed(act: Callable[[], bool]) -> float:
    began = time.perf_counter()
    assert act()
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
