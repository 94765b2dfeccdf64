"""Pictures as an iPhone saves them, made by Debian's encoder."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest


def heic(png: bytes) -> bytes:
    """The same picture as HEIC; the test is skipped where nothing can make one."""
    if shutil.which("heif-enc") is None:
        pytest.skip("heif-enc (Debian's libheif-examples) is not installed")
    with tempfile.TemporaryDirectory() as folder:
        source, made = Path(folder) / "picture.png", Path(folder) / "picture.heic"
        source.write_bytes(png)
        subprocess.run(["heif-enc", "-q", "80", "-o", made, source], check=True, capture_output=True)
        return made.read_bytes()
