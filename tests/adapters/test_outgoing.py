"""Outgoing calls: what they bring, and where they refuse to be led. Against a real server on this machine."""

import socket
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from adapters import outgoing
from adapters.outgoing import Unreachable, fetch


class Site(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        match self.path:
            case "/file":
                self._answer(200, b"koersen")
            case "/elsewhere":
                self._answer(302, b"", ("Location", self.server.elsewhere))
            case "/file-on-disk":
                self._answer(302, b"", ("Location", "file:///etc/hostname"))
            case "/round":
                self._answer(302, b"", ("Location", "/round"))
            case "/drip":
                self.send_response(200)
                self.end_headers()
                for _ in range(100):
                    self.wfile.write(b".")
                    self.wfile.flush()
                    time.sleep(0.05)
            case "/silent":
                time.sleep(2)
            case "/cut":
                self._answer(200, b"half", ("Content-Length", "100"))
            case _:
                self._answer(503, b"")

    def _answer(self, status: int, body: bytes, *headers: tuple[str, str]) -> None:
        self.send_response(status)
        for header in headers or (("Content-Length", str(len(body))),):
            self.send_header(*header)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


class Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_: object) -> None:
        """Who asked has gone."""


@pytest.fixture(scope="module")
def site() -> Iterator[Server]:
    with Server(("127.0.0.1", 0), Site) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        server.elsewhere = f"http://localhost:{server.server_port}/file"
        yield server
        server.shutdown()


@pytest.fixture
def here(site):
    return f"127.0.0.1:{site.server_port}"


def test_a_trusted_target_is_fetched_from(here):
    assert fetch(f"http://{here}/file", trusted=[here]) == b"koersen"


def test_without_https_nothing_is_fetched(here):
    with pytest.raises(Unreachable, match="only HTTPS"):
        fetch(f"http://{here}/file")


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "10.0.0.1", "192.168.1.1", "169.254.169.254", "[::1]", "[fe80::1]", "0.0.0.0"])  # noqa: S104
def test_an_address_inside_the_network_is_refused(host):
    with pytest.raises(Unreachable, match="not an address outside"):
        fetch(f"https://{host}/file", seconds=1)


def test_a_name_that_leads_inside_is_refused_at_the_moment_of_connecting(monkeypatch):
    inside = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 443)) for address in ("93.184.216.34", "127.0.0.1")]
    monkeypatch.setattr(outgoing.socket, "getaddrinfo", lambda *_, **__: inside)
    with pytest.raises(Unreachable, match="not an address outside"):
        fetch("https://koersen.example.com/file")


def test_a_redirect_leads_nowhere_it_could_not_have_gone_by_itself(site, here):
    with pytest.raises(Unreachable, match="only HTTPS"):
        fetch(f"http://{here}/elsewhere", trusted=[here])
    assert fetch(f"http://{here}/elsewhere", trusted=[here, f"localhost:{site.server_port}"]) == b"koersen"


@pytest.mark.parametrize("path", ["file-on-disk", "round", "cut", "missing"])
def test_what_is_no_whole_answer_is_refused(here, path):
    with pytest.raises(Unreachable):
        fetch(f"http://{here}/{path}", trusted=[here])


@pytest.mark.parametrize("url", ["file:///etc/hostname", "ftp://example.com/x", "data:text/plain,x", "eurofxref.xml", ""])
def test_only_the_web_is_fetched_from(url):
    with pytest.raises(Unreachable):
        fetch(url)


def test_a_silent_server_is_waited_for_no_longer_than_said(here):
    began = time.monotonic()
    with pytest.raises(Unreachable):
        fetch(f"http://{here}/silent", trusted=[here], seconds=0.2)
    assert time.monotonic() - began < 1.5


def test_a_server_that_drips_does_not_keep_the_worker(here):
    began = time.monotonic()
    with pytest.raises(Unreachable, match="too slow"):
        fetch(f"http://{here}/drip", trusted=[here], seconds=0.2)
    assert time.monotonic() - began < 2


def test_an_answer_that_is_too_large_is_not_read_to_its_end(here):
    with pytest.raises(Unreachable, match="more than 3 bytes"):
        fetch(f"http://{here}/file", trusted=[here], largest=3)


def test_where_nobody_listens_is_unreachable():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        nobody = f"127.0.0.1:{probe.getsockname()[1]}"
    with pytest.raises(Unreachable):
        fetch(f"http://{nobody}/file", trusted=[nobody])
