"""A real browser, and a small server that gives it pages under the content security policy of the product."""

from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import sync_playwright

from web import browser_files
from web.content_security import CONTENT_SECURITY_POLICY
from web.pages import Frame, environment

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, Page

CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
DESK = {"width": 1366, "height": 768}
PHONE = {"width": 390, "height": 844}
KINDS = {".js": "text/javascript", ".mjs": "text/javascript", ".css": "text/css", ".wasm": "application/wasm", ".svg": "image/svg+xml"}


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if not CHROMIUM.exists():
        pytest.skip("Chromium is not installed")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield started
        started.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A fresh page at the size of a small office screen. What it complains about (errors, policy violations) fails the test."""
    context = browser.new_context(viewport=DESK, locale="nl-BE")
    opened = context.new_page()
    complaints: list[str] = []
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    opened.on("console", lambda message: complaints.append(message.text) if "Content Security Policy" in message.text else None)
    yield opened
    context.close()
    assert not complaints


class Request:
    def __init__(self, method: str, path: str, headers: Any, body: bytes) -> None:
        self.method, self.path, self.headers, self.body = method, path, headers, body


class Site:
    """Pages and answers of one test. `add` gives an address fixed bytes, or a function of the request; `requests` is what came in."""

    def __init__(self) -> None:
        self.answers: dict[str, Callable[[Request], tuple[int, str, bytes]]] = {}
        self.requests: list[Request] = []
        self.templates = environment(Path(__file__).parent / "pages")
        self.address = ""

    def add(self, path: str, answer: Callable[[Request], tuple[int, str, bytes]] | bytes, kind: str = "text/html; charset=utf-8") -> None:
        self.answers[path] = answer if callable(answer) else lambda _request: (200, kind, answer)

    def show(self, template: str, path: str = "/", language: str = "nl", **values: Any) -> str:
        """Render a template at an address and return the whole address."""
        values.setdefault("frame", Frame(office_name="Lindeman Accountants", csrf="token"))
        self.add(path, self.templates.get_template(template).render(language=language, **values).encode())
        return self.address + path

    def answer(self, request: Request) -> tuple[int, str, bytes]:
        path = request.path.partition("?")[0]
        if path.startswith("/static/"):
            file = browser_files.TARGET / path.removeprefix("/static/")
            return (
                (200, KINDS.get(file.suffix, "application/octet-stream"), file.read_bytes()) if file.is_file() else (404, "text/plain", b"")
            )
        self.requests.append(request)
        found = self.answers.get(path)
        return found(request) if found else (404, "text/plain", b"")


def handler(site: Site) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            status, kind, answer = site.answer(Request(self.command, self.path, self.headers, body))
            self.send_response(status)
            for name, value in {
                "Content-Type": kind,
                "Content-Length": str(len(answer)),
                "Content-Security-Policy": CONTENT_SECURITY_POLICY,
                "X-Content-Type-Options": "nosniff",
            }.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(answer)

        do_POST = do_GET  # noqa: N815 - the name the standard library asks for

        def log_message(self, *_: Any) -> None:
            pass

    return Handler


@pytest.fixture
def site() -> Iterator[Site]:
    made = Site()
    with ThreadingHTTPServer(("127.0.0.1", 0), handler(made)) as server:
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        made.address = f"http://127.0.0.1:{server.server_port}"
        yield made
        server.shutdown()
        thread.join()
