"""A process of ours ends with the supervisor that started it, however that ends: its standard input is a pipe the supervisor holds."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time

ENVIRONMENT = "DAYBOOK_SUPERVISED"
"""Set by the supervisor for its children; a process started by hand has no such pipe."""
PATIENCE = 3.0
OWNER_ONLY = 0o066
"""The file mask of every command and process of ours: logs and back-ups are for who runs Daybook, and nobody else of the machine.

Folders may be passed through but not looked into: under root the embedded database runs as another account, inside the data folder.
"""


def end_with_parent() -> None:
    """Ask this process to stop when the supervisor is gone, and end it when it does not listen."""
    if os.environ.get(ENVIRONMENT):
        threading.Thread(target=_watch, name="parent", daemon=True).start()


def _watch() -> None:
    while os.read(sys.stdin.fileno(), 1024):
        pass
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(PATIENCE)
    os._exit(1)
