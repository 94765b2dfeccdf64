"""Read models: one file per screen's tables, filled from the event log."""
