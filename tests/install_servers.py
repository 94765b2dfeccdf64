"""Installs what the tests drive for real (Debian's Chromium, RabbitMQ, Tesseract's languages, a HEIC encoder), when they are missing and we
may; else says so.

Tests that need one of them are skipped visibly where it is not there.
"""

import os
import shutil
import subprocess
from pathlib import Path

TESSDATA = "/usr/share/tesseract-ocr/5/tessdata"
WANTED = {
    "chromium": "/usr/bin/chromium",
    "rabbitmq-server": "/usr/sbin/rabbitmq-server",
    "libheif-examples": "/usr/bin/heif-enc",
    **{f"tesseract-ocr-{language}": f"{TESSDATA}/{language}.traineddata" for language in ("nld", "fra", "deu", "eng")},
}
"""Debian package → a file of it."""


def main() -> None:
    missing = [package for package, file in WANTED.items() if not Path(file).exists()]
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
