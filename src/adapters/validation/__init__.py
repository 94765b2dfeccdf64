"""Validation of electronic invoices: the XML schema and our own rules (ADR 0013)."""
