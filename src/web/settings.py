"""Every setting, read once from the environment. `docs/operations.md` explains them to an operator."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

import msgspec

from application.ocr import LANGUAGES, OcrChoice

PREFIX = "DAYBOOK_"
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """`data` holds everything of one installation: database, objects, keys. The other addresses are for a scaled-out one.

    Sizes are in MB, times in seconds.
    """

    data: Path = Path("var/demo")
    host: str = "127.0.0.1"
    port: int = 8000
    database_url: str = ""
    """A PostgreSQL of your own; empty: the embedded server."""
    schema: str = "daybook"
    """The cell: one office's tables."""
    objects_url: str = ""
    """`file:///…` or `s3://bucket/prefix?endpoint=…`; empty: a folder of `data`."""
    amqp_url: str = ""
    """RabbitMQ; empty: jobs are woken inside the worker process."""
    key_file: Path | None = None
    """The installation's secret; empty: `keys/installation.key` in `data`, made at the first start."""
    public_url: str = ""
    """How browsers reach us, e.g. https://portaal.kantoor.be; empty: http://host:port."""
    trusted_proxies: tuple[str, ...] = ("127.0.0.1", "::1")
    """Whose X-Forwarded-For and X-Forwarded-Proto are believed."""
    web_threads: int = 12
    worker_threads: int = 2
    workshop_size: int = 2
    """Processes that open submitted files."""
    ocr_engine: Literal["rapidocr", "tesseract", "easyocr"] = "rapidocr"
    """What reads scans and photos."""
    ocr_models: str = ""
    """Folder of its models; empty: those it brings, or the system's usual place."""
    ocr_languages: tuple[str, ...] = LANGUAGES
    """ISO 639-1 codes, for engines with a model for each."""
    ocr_threads: int = 2
    """Processors one page may keep busy."""
    ocr_size: int = 1
    """Processes that read scans; each takes 0.8 GB (tesseract 0.3, easyocr 1.6)."""
    ocr_idle_seconds: int = 300
    """Without scans for so long, these processes end."""
    rules: str = ""
    """Folder with official rules for electronic invoices (XSLT, Schematron); empty: those that come with Daybook."""
    rules_idle_seconds: int = 300
    """Without electronic invoices for so long, the process that checks them ends."""
    max_upload_mb: int = 50
    api_requests_per_minute: int = 600
    """Of one token, in one web process."""
    mail_port: int = 0
    """Where mail is received by SMTP; 0: nowhere."""
    mail_host: str = "127.0.0.1"
    mail_domain: str = ""
    """The office's own domain for mail to dossiers, e.g. documenten.kantoor.be."""
    mail_certificate: Path | None = None
    """Chain for STARTTLS (PEM); its key in `mail_certificate_key`, or in the same file."""
    mail_certificate_key: Path | None = None
    rates_url: str = ""
    """Where the ECB's file of exchange rates is fetched every day; empty: rates are only imported."""
    trusted_targets: tuple[str, ...] = ()
    """`host:port` of outgoing calls that may lead to a private address, and go without HTTPS."""
    session_hours: int = 12
    session_idle_minutes: int = 120

    @property
    def ocr_choice(self) -> OcrChoice:
        """What the workers for scans read with."""
        return OcrChoice(engine=self.ocr_engine, models=self.ocr_models, languages=self.ocr_languages, threads=self.ocr_threads)

    @property
    def largest_file(self) -> int:
        """What a document may weigh, in bytes."""
        return self.max_upload_mb * 1_000_000

    @property
    def address(self) -> str:
        """The address to show and to put in links."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return self.public_url.rstrip("/") or f"http://{host}:{self.port}"

    @property
    def secure_cookies(self) -> bool:
        """Cookies travel over HTTPS only, except on this machine itself."""
        where = urlsplit(self.address)
        return where.scheme == "https" or where.hostname not in LOOPBACK


def read_settings(environment: Mapping[str, str] = os.environ) -> Settings:
    """The settings of this process. Raises `ValueError` naming the variable that cannot be read."""
    given: dict[str, Any] = {}
    for field in msgspec.structs.fields(Settings):
        text = environment.get(PREFIX + field.name.upper())
        if text is None or (text == "" and field.type is not str):
            continue
        value: object = [part.strip() for part in text.split(",") if part.strip()] if field.type == tuple[str, ...] else text
        if field.name in {"data", "key_file", "mail_certificate", "mail_certificate_key"}:
            given[field.name] = Path(text).expanduser()
            continue
        try:
            given[field.name] = msgspec.convert(value, field.type, strict=False)
        except msgspec.ValidationError as error:
            raise ValueError(f"{PREFIX}{field.name.upper()}: “{text}” kan hier niet.") from error
    settings = Settings(**given)
    return msgspec.structs.replace(settings, data=settings.data.absolute())
