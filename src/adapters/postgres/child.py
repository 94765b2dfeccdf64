"""A child process that does not outlive us: how the embedded server is tied to the process that owns it.

Linux: the kernel signals the child when its parent dies (`PR_SET_PDEATHSIG`). It does so when the *thread* that started the child
ends, so children are started from the main thread only. macOS has no such thing: a watchdog process waits on a pipe whose other end we
hold, and signals the child when that end closes.
"""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import threading
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from adapters.postgres.place import Account

WATCHED = sys.platform != "linux"
"""Whether children need a watchdog."""
PR_SET_PDEATHSIG = 1
LAST_WORDS = signal.SIGINT
"""What the orphaned child receives; to PostgreSQL it means a fast, clean shutdown."""

WATCHDOG = f"import os, sys; sys.stdin.read(); os.kill(int(sys.argv[1]), {int(LAST_WORDS)})"


def start_child(
    command: Sequence[str],
    account: Account,
    *,
    output: BinaryIO,
    script: BinaryIO | None = None,
    keep_open: Sequence[int] = (),
) -> subprocess.Popen[bytes]:
    """Start `command` as `account`. Main thread only.

    The child gets a session of its own, so that Ctrl-C in the terminal reaches only us. `script` is read as its standard input;
    `keep_open` are file descriptors it inherits.
    """
    if threading.current_thread() is not threading.main_thread():
        raise RuntimeError("the server must be started from the main thread: it is stopped when the thread that started it ends")
    if sys.platform == "win32":
        raise RuntimeError("Windows is not supported: set DAYBOOK_DATABASE_URL to a PostgreSQL server")
    who = {"user": account.uid, "group": account.gid, "extra_groups": []} if account.switch else {}
    child: subprocess.Popen[bytes] = subprocess.Popen(  # type: ignore[call-overload]  # noqa: S603 - our own command
        command,
        stdin=script or subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.STDOUT,
        cwd="/",
        start_new_session=True,
        pass_fds=keep_open,
        preexec_fn=None if WATCHED else _death_signal(),  # noqa: PLW1509 - nothing but two system calls runs there
        **who,
    )
    if WATCHED:
        _watch(child)
    return child


def _death_signal() -> Callable[[], None]:
    """Runs in the child after the change of user, which would clear the setting."""
    prctl = ctypes.CDLL(None, use_errno=True).prctl
    parent = os.getpid()

    def arrange() -> None:
        prctl(PR_SET_PDEATHSIG, int(LAST_WORDS))
        if os.getppid() != parent:  # the parent died before the arrangement was made
            os._exit(1)

    return arrange


def _watch(child: subprocess.Popen[bytes]) -> None:
    # The pipe's only writer is this process: it closes when we die, however we die.
    watcher = subprocess.Popen(  # noqa: S603 - our own interpreter
        [sys.executable, "-I", "-c", WATCHDOG, str(child.pid)], stdin=subprocess.PIPE, cwd="/", start_new_session=True
    )
    threading.Thread(target=_dismiss, args=(child, watcher), name="postgres-watchdog", daemon=True).start()


def _dismiss(child: subprocess.Popen[bytes], watcher: subprocess.Popen[bytes]) -> None:
    """Once the child has ended its number may go to another process: the watchdog must be gone by then."""
    child.wait()
    watcher.kill()
    watcher.wait()
