"""What is served to browsers, and under which names."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from litestar import Litestar
from litestar.testing import TestClient

from web import browser_files

MODULES = browser_files.ROOT / "node_modules"


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A world with one package and one file of our own."""
    folder = tmp_path / "node_modules" / "font"
    (folder / "files").mkdir(parents=True)
    (folder / "font.css").write_text("src: url(./files/a.woff2)")
    (folder / "files" / "a.woff2").write_bytes(b"a")
    (folder / "readme.md").write_text("not served")
    own = tmp_path / "own"
    own.mkdir()
    (own / "app.css").write_text('src: url("vendor:font/files/a.woff2")')
    monkeypatch.setattr(browser_files, "SERVED", {"font": ("font", ("font.css", "files/*"))})
    return tmp_path


def build(world: Path) -> dict[str, str]:
    return browser_files.build(world / "node_modules", world / "vendor", world / "own")


def test_only_what_is_named_is_copied(package: Path) -> None:
    manifest = build(package)
    copied = {
        path.relative_to(package / "vendor" / manifest["font"]).as_posix() for path in (package / "vendor" / manifest["font"]).rglob("*.*")
    }
    assert copied == {"font.css", "files/a.woff2"}


def test_our_files_point_at_the_folder_with_the_hash(package: Path) -> None:
    manifest = build(package)
    assert (package / "vendor" / manifest["own"] / "app.css").read_text() == f'src: url("../{manifest["font"]}/files/a.woff2")'


def test_the_same_content_has_the_same_name(package: Path) -> None:
    assert build(package) == build(package)


def test_a_changed_file_gives_its_folder_another_name_and_the_old_one_goes(package: Path) -> None:
    before = build(package)
    (package / "node_modules" / "font" / "files" / "a.woff2").write_bytes(b"b")
    after = build(package)
    assert before["font"] != after["font"]
    assert before["own"] != after["own"]
    assert {path.name for path in (package / "vendor").iterdir()} == {*after.values(), "manifest.json"}


def test_a_rebuild_below_a_running_server_shows_at_once(package: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(browser_files, "TARGET", package / "vendor")
    build(package)
    before = browser_files.asset("own/app.css")
    (package / "own" / "app.css").write_text("changed")
    assert browser_files.asset("own/app.css") == before
    manifest = build(package)
    assert browser_files.asset("own/app.css") == f"/static/{manifest['own']}/app.css" != before


def test_a_missing_file_is_an_error_and_not_a_hole(package: Path) -> None:
    (package / "node_modules" / "font" / "font.css").unlink()
    with pytest.raises(browser_files.BrowserFilesMissing, match=r"font\.css"):
        build(package)


def test_a_reference_to_a_folder_that_is_not_served_is_an_error(package: Path) -> None:
    (package / "own" / "app.js").write_text('import "vendor:nothing/x.js"')
    with pytest.raises(browser_files.BrowserFilesMissing, match=r"app\.js"):
        build(package)


def test_the_real_files_are_built_and_every_reference_leads_somewhere() -> None:
    manifest = json.loads((browser_files.TARGET / "manifest.json").read_text())
    assert set(manifest) == {*browser_files.SERVED, "own"}
    own = browser_files.TARGET / manifest["own"]
    for file in own.iterdir():
        for reference in re.findall(r"""["'](\.\.?/[^"']+)["']""", file.read_text()):
            assert (own / reference).exists(), f"{file.name} points at {reference}"


def test_every_package_is_pinned_exactly_and_the_lock_file_names_no_registry() -> None:
    wanted = json.loads((browser_files.ROOT / "package.json").read_text())
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", version) for version in {**wanted["dependencies"], **wanted["devDependencies"]}.values())
    locked = json.loads((browser_files.ROOT / "package-lock.json").read_text())
    assert all("resolved" not in package for package in locked["packages"].values())


def test_an_unknown_file_has_no_address() -> None:
    with pytest.raises(browser_files.BrowserFilesMissing):
        browser_files.asset("own/nothing.js")


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("own/app.js", "text/javascript"),
        ("pdfjs/build/pdf.worker.min.mjs", "text/javascript"),
        ("pdfjs/wasm/jbig2.wasm", "application/wasm"),
        ("own/daybook.css", "text/css"),
    ],
)
def test_a_file_is_served_with_its_kind_and_may_be_kept_for_ever(name: str, kind: str) -> None:
    with TestClient(Litestar([browser_files.static_routes()])) as client:
        answer = client.get(browser_files.asset(name))
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith(kind)
    assert "immutable" in answer.headers["cache-control"]


def test_nothing_outside_the_folder_is_served() -> None:
    with TestClient(Litestar([browser_files.static_routes()])) as client:
        assert client.get("/static/%2e%2e/daybook.css").status_code == 404
