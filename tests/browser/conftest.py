"""A real browser, and a small server that gives it pages under the content security policy of the product."""

from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import sync_playwright
from screen_samples import DESK

from web import browser_files
from web.content_security import CONTENT_SECURITY_POLICY
from web.pages import Frame, environment

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, BrowserContext, Page

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
KINDS = {".js": "text/javascript", ".mjs": "text/javascript", ".css": "text/css", ".wasm": "application/wasm", ".svg": "image/svg+xml"}


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if not CHROMIUM.exists():
        pytest.skip("Chromium is not installed")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield started
        started.close()


@pytest.fixture(scope="session")
def context(browser: Browser) -> Iterator[BrowserContext]:
    """One profile for the whole run: what is cacheable is fetched once, as in life."""
    made = browser.new_context(viewport=DESK, locale="nl-BE")
    yield made
    made.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """A fresh tab without cookies, the size of a small office screen. Its errors and policy violations fail the test."""
    opened = context.new_page()
    complaints: list[str] = []
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    opened.on("console", lambda message: complaints.append(message.text) if "Content Security Policy" in message.text else None)
    yield opened
    if not opened.is_closed():
        if opened.url.startswith("http"):
            opened.evaluate("localStorage.clear()")
        opened.close()
    context.clear_cookies()
    assert not complaints


class Request:
    def __init__(self, method: str, path: str, headers: Any, body: bytes) -> None:
        self.method, self.path, self.headers, self.body = method, path, headers, body


class Site:
    """Pages and answers of one test. `add` gives an address fixed bytes, or a function of the request; `requests` is what came in."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.answers: dict[str, Callable[[Request], tuple[int, str, bytes]]] = {}
        self.requests: list[Request] = []
        self.templates = environment(Path(__file__).parent / "pages")

    def add(self, path: str, answer: Callable[[Request], tuple[int, str, bytes]] | bytes, kind: str = "text/html; charset=utf-8") -> None:
        self.answers[path] = answer if callable(answer) else lambda _request: (200, kind, answer)

    def show(self, template: str, path: str = "/", language: str = "nl", **values: Any) -> str:
        """Render a template at an address and return the whole address."""
        values.setdefault("frame", Frame(office_name="Lindeman Accountants", csrf="token"))
        self.add(path, self.templates.get_template(template).render(language=language, **values).encode())
        return self.address + path

    @property
    def posted(self) -> list[Request]:
        return [request for request in self.requests if request.method == "POST"]

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


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    site: Site

    def do_GET(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        status, kind, answer = Handler.site.answer(Request(self.command, self.path, self.headers, body))
        self.send_response(status)
        for name, value in {
            "Content-Type": kind,
            "Content-Length": str(len(answer)),
            "Content-Security-Policy": CONTENT_SECURITY_POLICY,
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "public, max-age=3600, immutable" if self.path.startswith("/static/") else "no-store",
        }.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(answer)

    do_POST = do_GET  # noqa: N815 - the name the standard library asks for

    def log_message(self, *_: Any) -> None:
        pass


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as made:
        made.daemon_threads = True
        thread = threading.Thread(target=made.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        yield f"http://127.0.0.1:{made.server_port}"
        made.shutdown()
        thread.join()


@pytest.fixture
def site(server: str) -> Site:
    Handler.site = Site(server)
    return Handler.site
