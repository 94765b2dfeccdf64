"""The European Central Bank as `application.ports.RatePublisher`."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from adapters.ecb.files import LARGEST_FILE, read_rates
from adapters.outgoing import Unreachable, fetch
from application.ports import RatesUnreachable
from domain.rate_year import DayOfRates


class EuropeanCentralBank:
    """Fetches from `url` (empty: never). `trusted`: see `adapters.outgoing`."""

    def __init__(self, url: str, trusted: Collection[str] = ()) -> None:
        self._url, self._trusted = url, frozenset(trusted)

    @property
    def is_on(self) -> bool:
        """Whether there is an address to fetch from."""
        return bool(self._url)

    def fetch(self) -> bytes:
        """The file as it is published now."""
        if not self._url:
            raise RatesUnreachable("fetching exchange rates is switched off")
        try:
            return fetch(self._url, trusted=self._trusted, largest=LARGEST_FILE)
        except Unreachable as trouble:
            raise RatesUnreachable(str(trouble)) from trouble

    def read(self, data: bytes) -> Sequence[DayOfRates]:
        """The days in a file, oldest first."""
        return read_rates(data)
