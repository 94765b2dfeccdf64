"""Validation of electronic invoices: XML schema, the rules of EN 16931, our own rules, and rules an operator adds (ADR 0012)."""
