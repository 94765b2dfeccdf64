"""Structured invoices, read exactly: UBL 2.1, UN/CEFACT CII, and the XML inside a Factur-X PDF."""

from adapters.ubl.cii import read_cii
from adapters.ubl.ubl import embedded_pdf, read_ubl

__all__ = ["embedded_pdf", "read_cii", "read_ubl"]
