"""The euro's exchange rates by day, asked when an invoice in another currency is enriched or checked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import ClassVar

import msgspec
import psycopg

from application.event_log import Moment
from domain.exchange_rate import ECB, ExchangeRate
from domain.rate_year import RatesPublished
from projections.read_model import ReadModel

_UPSERT = """
INSERT INTO exchange_rates SELECT * FROM json_populate_recordset(NULL::exchange_rates, %s::json)
ON CONFLICT (source, day) DO UPDATE SET per_euro = excluded.per_euro, taken_in = excluded.taken_in
"""
_ON = """
SELECT day, (per_euro ->> %(currency)s)::numeric FROM exchange_rates
WHERE source = %(source)s AND day <= %(day)s AND per_euro ? %(currency)s ORDER BY day DESC LIMIT 1
"""


class PublishedDay(msgspec.Struct, frozen=True, kw_only=True):
    """What was published on one day: by currency, how much of it is one euro. `taken_in`: when this installation got to know it."""

    source: str
    day: date
    per_euro: dict[str, Decimal]
    taken_in: datetime


class Extent(msgspec.Struct, frozen=True, kw_only=True):
    """How many days are known, the first and the last of them."""

    days: int = 0
    first: date | None = None
    last: date | None = None


class ExchangeRates(ReadModel):
    """A row per day of publication."""

    name: ClassVar[str] = "exchange_rates"
    events: ClassVar = (RatesPublished,)
    schema: ClassVar[str] = """
        CREATE TABLE exchange_rates (
            source text, day date, per_euro jsonb NOT NULL, taken_in timestamptz NOT NULL, PRIMARY KEY (source, day)
        );
    """

    def apply(self, batch: Sequence[Moment], db: psycopg.Connection) -> None:
        """The last word on a day counts."""
        rows = {
            (event.source, one.day): PublishedDay(source=event.source, day=one.day, per_euro=one.per_euro, taken_in=moment.at)
            for moment in batch
            if isinstance(event := moment.event, RatesPublished)
            for one in event.days
        }
        db.execute(_UPSERT, (msgspec.json.encode(list(rows.values())).decode(),))

    def on(self, currency: str, day: date) -> ExchangeRate | None:
        """The rate of a currency that was published last, on `day` or before it."""
        with self.asking() as db:
            row = db.execute(_ON, {"currency": currency, "source": ECB, "day": day}).fetchone()
        return ExchangeRate(currency=currency, per_euro=row[1], day=row[0]) if row else None

    def day(self, wanted: date) -> PublishedDay | None:
        """What was published last, on this day or before it."""
        question = "SELECT * FROM exchange_rates WHERE source = %s AND day <= %s ORDER BY day DESC LIMIT 1"
        with self.asking() as db:
            row = db.execute(question, (ECB, wanted)).fetchone()
        if row is None:
            return None
        source, day, per_euro, taken_in = row
        return PublishedDay(source=source, day=day, per_euro={code: Decimal(rate) for code, rate in per_euro.items()}, taken_in=taken_in)

    def extent(self) -> Extent:
        """How far the rates go that are known."""
        with self.asking() as db:
            row = db.execute("SELECT count(*), min(day), max(day) FROM exchange_rates WHERE source = %s", (ECB,)).fetchone()
        return Extent(days=row[0], first=row[1], last=row[2]) if row else Extent()
