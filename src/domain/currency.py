"""The currencies an invoice can be in (ISO 4217): those of the countries a Belgian company trades with, and every one the ECB rates."""

from __future__ import annotations

EURO = "EUR"
CURRENCIES = frozenset({
    "AED", "ALL", "AMD", "ARS", "AUD", "BAM", "BDT", "BGN", "BHD", "BRL", "CAD", "CDF", "CHF", "CLP", "CNY",
    "COP", "CZK", "DKK", "DZD", "EGP", "EUR", "GBP", "GEL", "GHS", "HKD", "HUF", "IDR", "ILS", "INR", "ISK",
    "JOD", "JPY", "KES", "KRW", "KWD", "KZT", "LKR", "MAD", "MDL", "MKD", "MXN", "MYR", "NGN", "NOK", "NZD",
    "OMR", "PEN", "PHP", "PKR", "PLN", "QAR", "RON", "RSD", "RUB", "RWF", "SAR", "SEK", "SGD", "THB", "TND",
    "TRY", "TWD", "TZS", "UAH", "UGX", "USD", "UYU", "VND", "XAF", "XOF", "ZAR",
})  # fmt: skip
"""Another code is nearly always misread."""
