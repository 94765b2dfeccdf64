"""Open jobs: rows derived from the log, leased by a dispatcher, run by dramatiq actors."""
