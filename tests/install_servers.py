"""Installs what the tests drive for real, Debian's Chromium and RabbitMQ, when they are missing and we may; else says so.

Tests that need one of them are skipped visibly where it is not there.
"""

import os
import shutil
import subprocess

WANTED = {"chromium": "chromium", "rabbitmq-server": "rabbitmq-server"}
"""Debian package → its program."""


def main() -> None:
    missing = [package for package, program in WANTED.items() if shutil.which(program, path="/usr/bin:/usr/sbin:/usr/local/bin") is None]
    if not missing:
        return
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        print(f"Not installed, so the tests that need them are skipped: {', '.join(missing)}")  # noqa: T201 - a command's answer
        return
    # RUNLEVEL 1 keeps Debian from starting the services it installs: the tests start their own
    quiet = os.environ | {"DEBIAN_FRONTEND": "noninteractive", "RUNLEVEL": "1"}
    subprocess.run(["apt-get", "update", "-qq"], check=True, env=quiet)
    subprocess.run(["apt-get", "install", "-y", "-qq", *missing], check=True, env=quiet, stdout=subprocess.DEVNULL)


if __name__ == "__main__":
    main()
