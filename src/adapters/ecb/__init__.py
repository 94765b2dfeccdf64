"""The European Central Bank's reference rates: reading the files it publishes, and fetching them."""
