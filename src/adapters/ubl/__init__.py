"""Structured invoices, read exactly: UBL 2.1, UN/CEFACT CII, and the XML inside a Factur-X PDF."""

from adapters.ubl.attachments import embedded_pdf
from adapters.ubl.cii import read_cii
from adapters.ubl.ubl import read_ubl

__all__ = ["embedded_pdf", "read_cii", "read_ubl"]
