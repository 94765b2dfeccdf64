"""The demo world: an invented office with its clients and suppliers, and the invoices they send each other.

Everything is computed from a seed: the same seed gives the same invoices. Names are invented; numbers have valid check digits.
"""
