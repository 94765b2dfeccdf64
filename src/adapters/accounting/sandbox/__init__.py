"""The sandbox ledger: an accounting package of our own that really keeps books.

It stands for a package of somebody else, so the rest of the product knows it only by `AccountingPackage`: it keeps its own schema, its own
numbers, its own ids of counterparties, and its own opinion of what may be booked.
"""
