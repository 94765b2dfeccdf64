"""From the fields of an invoice to a complete booking proposal: counterparty, account, VAT code, period (FEATURES K4). Pure."""
